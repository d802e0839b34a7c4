"""A desktop of a test's own: X server, window manager, session bus and notification server.

Everything runs below one temporary folder and ends with the session, so that neither the user's desktop nor
another test notices it.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Properties, new_method_call
from jeepney.bus_messages import MatchRule, Monitoring, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.display import takes_connections
from tests.desktop.programs import START_TIMEOUT, DesktopPrograms, NotInTime, wait_until
from tests.desktop.servers import DUNST, Server

PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon", "dunst")
"""What a session is made of; ``faketime``, ``trayer`` and ``notify-send`` are for single tests."""

SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python that Debian's ``gi`` belongs to; scripts that speak AT-SPI run in it."""

A11Y_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
REPLY_TIMEOUT = 30.0
NOTIFICATIONS = "org.freedesktop.Notifications"
DUNST_CONTROL = DBusAddress("/org/freedesktop/Notifications", NOTIFICATIONS, "org.dunstproject.cmd0")

BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

_OTHERS_DESKTOP = (
    *("XDG_", "DBUS_", "QT_", "GTK_", "WAYLAND_", "AT_SPI_"),
    *("DISPLAY", "XAUTHORITY", "SESSION_MANAGER", "FOLLOWUP_DATA_DIR"),
)


def missing_programs(*more: str) -> list[str]:
    """Which of the programs of a session, and of those named, are not installed."""
    return [name for name in (*PROGRAMS, *more) if shutil.which(name) is None]


def a11y_launcher() -> str | None:
    """The program that starts the accessibility bus, if it is installed."""
    return next(filter(os.path.exists, A11Y_LAUNCHERS), None)


def speaks_at_spi() -> bool:
    """Whether the accessibility bus and the libraries to speak to it from ``SYSTEM_PYTHON`` are installed."""
    script = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return (
        a11y_launcher() is not None
        and not subprocess.run([SYSTEM_PYTHON, "-c", script], capture_output=True, check=False).returncode
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A notification that the server accepted, under the number ``id`` that it gave it."""

    id: int
    replaces: int
    app_name: str
    icon: str
    title: str
    body: str
    actions: Mapping[str, str]
    hints: Mapping[str, Any]


class PrivateSession(DesktopPrograms):
    """A context manager around the desktop; ``env`` is the environment for programs that shall run on it.

    With ``accessibility`` there is an accessibility bus too, and Qt programs always speak to it. ``kind`` is
    the notification server, or ``None`` for none.
    """

    def __init__(
        self, kind: Server | None = DUNST, *, accessibility: bool = False, size: str = "1280x800"
    ) -> None:
        self.kind = kind
        self._accessibility = accessibility or bool(kind and kind.application)
        self._size = size
        super().__init__()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix="followup-", ignore_cleanup_errors=True)
            self.folder = Path(stack.enter_context(folder))
            self._stack = stack
            self._make_environment()
            self._start_bus()
            self._start_display()
            if self._accessibility:
                self._start_accessibility()
            if self.kind is not None:
                self._prepare(self.kind)
                self.start_notification_server()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    # Notifications

    def received(self) -> list[Received]:
        """All notifications that the server has accepted since the session began, the first one first."""
        self._listen()
        return list(self._received)

    def closed(self) -> frozenset[int]:
        """The numbers of the notifications of which the server has said that they are closed."""
        self._listen()
        return frozenset(self._closed)

    def _listen(self) -> None:
        # What was answered before this question was asked reaches the monitor before its answer does.
        reply = self._connection.send_and_get_reply(message_bus.GetId(), timeout=REPLY_TIMEOUT)
        asked = (self._connection.unique_name, reply.header.fields[HeaderFields.reply_serial])
        answered = None
        while answered != asked:
            message = self._monitor.receive(timeout=REPLY_TIMEOUT)
            self._note(message)
            fields = message.header.fields
            answered = (fields.get(HeaderFields.destination), fields.get(HeaderFields.reply_serial))

    def displayed(self) -> int:
        """How many notifications the server shows now."""
        if self.kind is not DUNST:
            return len(self.popup_windows())
        reply = self._call(Properties(DUNST_CONTROL).get("displayedLength"))
        return int(reply[0][1])

    def popup_windows(self) -> list[str]:
        """The ids of the server's windows with notifications; dunst has one for all of them."""
        assert self.kind is not None
        return self.visible("--name", self.kind.window)

    def dunst_history(self) -> list[dict[str, Any]]:
        """Close what is shown, and return the server's own list of all it has shown, the newest first."""
        self._call(new_method_call(DUNST_CONTROL, "NotificationCloseAll"))
        wait_until(lambda: self.displayed() == 0, REPLY_TIMEOUT, "the server closes its notifications")
        (entries,) = self._call(new_method_call(DUNST_CONTROL, "NotificationListHistory"))
        return [{name: value for name, (_, value) in entry.items()} for entry in entries]

    def press_action(self, number: int, action: str) -> None:
        """Choose an action of a notification that is shown, by their ids, in the server's own menu."""
        (self.folder / "choice").write_text(f"[{number},{action}]")
        self._call(new_method_call(DUNST_CONTROL, "ContextMenuCall"))

    def start_notification_server(self, kind: Server | None = None) -> None:
        """Start the server, or one of this kind, again after ``server`` has ended; it is ``server`` then."""
        if kind is not None:
            self.kind = kind
            self._prepare(kind)
        assert self.kind is not None
        self.server = self.start(self.kind.name, *self.kind.command(self.folder))
        self.wait_for(self.kind.name, self.server, lambda: self.name_is_owned(NOTIFICATIONS))

    def kill_notification_server(self) -> None:
        """Kill the server, and wait until the bus knows."""
        self.server.kill()
        self.server.wait(REPLY_TIMEOUT)
        wait_until(lambda: not self.name_is_owned(NOTIFICATIONS), REPLY_TIMEOUT, "the server is gone")

    def name_is_owned(self, name: str) -> bool:
        """Whether a program of the session has this name on the bus."""
        return bool(self._call(message_bus.NameHasOwner(name))[0])

    # The parts

    def _make_environment(self) -> None:
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS_DESKTOP)}
        self.env |= {
            "HOME": str(self._make_folder("home")),
            "XDG_RUNTIME_DIR": str(self._make_folder("runtime")),
            "XDG_DATA_HOME": str(self._make_folder("data")),
            "XDG_CONFIG_HOME": str(self._make_folder("config")),
            "XDG_CACHE_HOME": str(self._make_folder("cache")),
            "XDG_STATE_HOME": str(self._make_folder("state")),
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/bus",
        }
        self._write("bus.conf", BUS_CONFIG)

    def _prepare(self, kind: Server) -> None:
        for name, text in kind.files.items():
            self._write(name, text).chmod(0o700)
        for part, its_name in kind.before:
            process = self.start(part.name, *part.command(self.folder))
            self.wait_for(part.name, process, lambda name=its_name: self.name_is_owned(name))  # type: ignore[misc]

    def _make_folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        return folder

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text.format(folder=self.folder))
        return path

    def _start_bus(self) -> None:
        bus = self.start(
            "bus", "dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self.folder}/bus.conf"
        )
        self.wait_for("bus", bus, lambda: takes_connections(self.folder / "bus"))
        self._connection = self._connect()
        self._monitor = self._connect()
        self._asked: dict[tuple[str, int], Message] = {}
        self._received: list[Received] = []
        self._closed: set[int] = set()
        rules = (
            MatchRule(type="method_call", interface=NOTIFICATIONS),
            MatchRule(type="method_return"),
            MatchRule(type="signal", interface=NOTIFICATIONS, member="NotificationClosed"),
        )
        self._monitor.send_and_get_reply(Monitoring().BecomeMonitor([rule.serialise() for rule in rules]))

    def _connect(self) -> DBusConnection:
        connection = open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"])
        self._stack.callback(connection.close)
        return connection

    def _start_display(self) -> None:
        number_from, number_to = os.pipe()
        with os.fdopen(number_from) as numbers:
            options = ("-displayfd", str(number_to), "-screen", "0", f"{self._size}x24")
            # -noreset: else the server starts anew whenever its last client leaves, and takes others along
            display = self.start(
                "Xvfb", "Xvfb", *options, "-noreset", "-nolisten", "tcp", pass_fds=(number_to,)
            )
            os.close(number_to)
            ready, _, _ = select.select([numbers], [], [], START_TIMEOUT)
            number = numbers.readline().strip() if ready else ""
        if not number:
            raise NotInTime(f"Xvfb did not start (status {display.poll()}): {self.log('Xvfb')}")
        self.env["DISPLAY"] = f":{number}"
        manager = self.start("openbox", "openbox", "--sm-disable")
        self.wait_for("openbox", manager, lambda: self.run("xdotool", "get_desktop").returncode == 0)

    def _start_accessibility(self) -> None:
        launcher = a11y_launcher()
        assert launcher, "at-spi-bus-launcher is not installed"
        self.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        bus = self.start("a11y", launcher, "--launch-immediately")
        self.wait_for("a11y", bus, lambda: self.name_is_owned("org.a11y.Bus"))

    def _call(self, message: Message) -> Any:
        reply = self._connection.send_and_get_reply(message, timeout=REPLY_TIMEOUT)
        if reply.header.message_type is MessageType.error:
            raise AssertionError(f"{message.header.fields[HeaderFields.member]}: {reply.body}")
        return reply.body

    def _note(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is MessageType.method_call:
            if fields.get(HeaderFields.member) == "Notify":
                self._asked[fields[HeaderFields.sender], message.header.serial] = message
        elif message.header.message_type is MessageType.method_return:
            answered = (fields.get(HeaderFields.destination, ""), fields.get(HeaderFields.reply_serial, 0))
            if call := self._asked.pop(answered, None):
                self._received.append(_received(message.body[0], call.body))
                self._closed.discard(message.body[0])  # the number may be one of a server before
        elif fields.get(HeaderFields.member) == "NotificationClosed":
            self._closed.add(message.body[0])


def _received(number: int, body: Sequence[Any]) -> Received:
    app_name, replaces, icon, title, text, actions, hints, _timeout = body
    return Received(
        id=number,
        replaces=replaces,
        app_name=app_name,
        icon=icon,
        title=title,
        body=text,
        actions=dict(zip(actions[::2], actions[1::2], strict=True)),
        hints={name: value for name, (_, value) in hints.items()},
    )
