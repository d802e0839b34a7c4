"""The real notification servers that a private session can run, each started by its own binary."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_DUNST_CONFIG = """\
[global]
    notification_limit = 0
    idle_threshold = 0
    history_length = 200
    sticky_history = yes
    show_age_threshold = -1
    font = Sans 10
    dmenu = {folder}/choose
    mouse_left_click = do_action, close_current
    mouse_right_click = context
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
"""

# dunst hands its context menu to this program and takes the line that it prints as the user's choice. A line
# ends with the number of the notification and the action's id in brackets. What was chosen is forgotten.
_CHOOSE = """\
#!/bin/sh
grep -F -- "$(cat '{folder}/choice')" && rm '{folder}/choice'
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A notification server.

    ``places`` are patterns of where its binary may be, if its name is no command; ``files`` are what is to be
    in the session's folder, for which ``{folder}`` stands. ``window`` is the pattern of its windows' names.
    One with an ``application`` is known by that name on the accessibility bus, and needs one; ``before`` is
    what runs beside it, each with its name on the session bus.
    """

    name: str
    places: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    window: str = ""
    application: str = ""
    before: tuple[tuple[Server, str], ...] = ()

    def binary(self) -> str | None:
        """Where it is installed, or ``None``."""
        found = (str(path) for place in self.places for path in Path("/").glob(place.lstrip("/")))
        return shutil.which(self.name) or next(found, None)

    def missing(self) -> list[str]:
        """What is not installed of it and what it needs."""
        parts = (self, *(part for part, _ in self.before))
        return [part.name for part in parts if part.binary() is None]

    def command(self, folder: Path) -> tuple[str, ...]:
        """How it is started in the session of that folder; it must be installed."""
        return (self.binary() or self.name, *(word.format(folder=folder) for word in self.arguments))


DUNST = Server(
    "dunst", (), ("-config", "{folder}/dunstrc"), {"dunstrc": _DUNST_CONFIG, "choose": _CHOOSE}, "^Dunst$"
)
_XFCONFD = Server("xfconfd", ("/usr/lib/*/xfce4/xfconf/xfconfd", "/usr/lib/xfce4/xfconf/xfconfd"))
XFCE4_NOTIFYD = Server(
    "xfce4-notifyd",
    ("/usr/lib/*/xfce4/notifyd/xfce4-notifyd", "/usr/lib/xfce4/notifyd/xfce4-notifyd"),
    window="^xfce4-notifyd$",
    application="xfce4-notifyd",
    before=((_XFCONFD, "org.xfce.Xfconf"),),
)
NOTIFICATION_DAEMON = Server(
    "notification-daemon",
    (
        "/usr/lib/notification-daemon/notification-daemon",
        "/usr/libexec/notification-daemon",
        "/usr/lib/notification-daemon-1.0/notification-daemon",
    ),
    window="^Notification$",
    application="notification-daemon",
)
SERVERS = (DUNST, XFCE4_NOTIFYD, NOTIFICATION_DAEMON)
