"""What the services need from outside: a clock, a way to notify, a keyring, and the calendar server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from followup_desktop.domain.errors import Refused

Clock = Callable[[], datetime]
"""The present instant, aware, in UTC."""


class Urgency(IntEnum):
    """How a notification asks for attention; the numbers are those of the freedesktop specification."""

    LOW = 0
    NORMAL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One notification as plain text.

    ``tag`` identifies it: one with the same tag replaces it, and actions come back with it. ``actions`` are
    (id, label) pairs in the order in which they are to be offered; a back end offers as many as it can.
    """

    tag: str
    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    urgency: Urgency = Urgency.NORMAL


FateHandler = Callable[[str, str | None], None]
"""Told what became of a notification, by its tag: the back end that has shown it, or ``None`` for none."""

ActionHandler = Callable[[str, str], None]
"""Called on the GUI thread with the tag and the action's id; a click on the body is the action ``open``."""


class Notifier(Protocol):
    """A back end that can show notifications."""

    @property
    def name(self) -> str:
        """Which back end it is, as told to the user."""

    @property
    def on_screen(self) -> frozenset[str]:
        """The tags of the notifications known to be on the screen: neither closed, nor gone with a server."""

    def notify(self, notification: Notification) -> None:
        """Hand it on to be shown; raises ``NotifierFailed`` if it is known that it can't be.

        What becomes of it is told later, or before this returns, to a ``FateHandler``.
        """

    def withdraw(self, tag: str) -> None:
        """Take the notification with this tag away, if it is still shown and the back end can."""

    def close(self) -> None:
        """Release what the back end holds; no call follows."""


class NotifierFailed(Exception):
    """The back end cannot show notifications now; the next one of the chain is asked."""


class FileData(Protocol):
    """The bytes of a file: all of them, or what reads a part from the disk when it is asked for.

    A part that can't be read, or is too large to be held, is ``Refused``.
    """

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...


class Files(Protocol):
    """Files of the user's choice; each raises ``Refused``.

    What has to be waited for, as a pipe that nobody serves, is given up soon after ``is_cancelled`` is true.
    """

    def read(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> bytes:
        """The contents of a file."""

    def open(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> FileData:
        """The contents of a file, of which a large one isn't read yet."""

    def check_target(self, target: Path) -> None:
        """Refuse what may not be written whatever it is to hold, as a file of the program's own."""

    def write(self, target: Path, data: bytes, is_cancelled: Callable[[], bool] = bool) -> None:
        """Put a file in place of an older one in one step."""


class Autostart(Protocol):
    """Whether the program is started, in the tray, when the user logs in."""

    def is_on(self) -> bool:
        """Whether it is, as far as the system says; what the user removed or turned off there is off."""

    def turn(self, on: bool) -> None:
        """Arrange it, or no longer; what the user changed there by hand is kept.

        Raises ``Refused`` where the system does not let it be arranged.
        """


class KeyringUnavailable(Refused):
    """There is no keyring, or it can't be used now."""


class KeyringDismissed(Refused):
    """The user closed the keyring's own question, so it stayed locked."""


class Secrets(Protocol):
    """The keyring of the system: it keeps passwords for the user who is logged in.

    A call may wait for the user, whom the system asks to unlock the keyring: never make one on the GUI
    thread. It is given up soon after ``is_cancelled`` is true, with ``KeyringDismissed``. Each raises
    ``KeyringUnavailable`` or ``KeyringDismissed``, and then nothing was changed.
    """

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        """What is kept under this name; ``None`` if there is nothing."""

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep this under the name, in place of what was; the system's own program shows it as ``label``."""

    def delete(self, name: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep nothing under this name any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRequest:
    """One request to the calendar server; only one that ``has_password`` carries user and password."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    has_password: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WebReply:
    """What came of it: a status with what was sent back, or status 0 and why there is none, in a sentence.

    The names of the headers are in small letters. ``wants_proxy_login``: a proxy asked for a user and a
    password, and got none that it takes.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: str = ""
    wants_proxy_login: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """With what the program makes itself known to the calendar server, or to a proxy on the way."""

    user: str
    password: str = field(repr=False)


class WebClient(Protocol):
    """Speaks to the calendar server, and waits for nothing: replies come while events are handled.

    Certificates are verified; without TLS it speaks to this computer alone; redirects are given back, not
    followed. At most one call of ``send`` is under way. A proxy that asks is given ``proxy_login``.
    """

    proxy_login: Credentials | None

    def send(
        self, requests: Sequence[WebRequest], login: Credentials, then: Callable[[list[WebReply]], None]
    ) -> None:
        """Send them all, a few at a time, and call back once with the replies in their order."""

    def stop(self) -> None:
        """Give up what is under way; nobody is called back."""
