"""One window per data folder: a second start raises the first one's window.

The operating system's file lock decides, because it ends with the process however that ends. A local
socket only carries the wish to see the window, perhaps with a file or a posting in it. Its address stands in
the lock file, which the user alone may read.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QCryptographicHash, QObject

from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import _
from followup_desktop.system.activation import activating, token_given
from followup_desktop.system.local_socket import Answer, Limits, places

if sys.platform == "win32":
    import ctypes
    import msvcrt

    from followup_desktop.system.local_pipe import PipeServer as LineServer
    from followup_desktop.system.local_pipe import ask

    _ANY_PROCESS = -1
else:
    import fcntl

    from followup_desktop.system.local_socket import LineServer, ask

_RAISE, _KEEP = b"raise", b"keep"
_LONGEST_POSTING = 80_000
"""Bytes of a text that is handed over; no letter has more than four."""
_MESSAGE_LIMIT = 4 * 4096 + 3 * _LONGEST_POSTING
"""The longest path of Linux and the longest text, should every byte be escaped as three, and some room."""
_LIMITS = Limits(callers=16, bytes_of_a_line=_MESSAGE_LIMIT, milliseconds=5000)
_LOCKED = b"\n"
"""What stands before the address in the lock file: Windows lets nobody else read the byte that is locked."""
_ADDRESS_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What a start wants of the window beside seeing it: a file opened, or a posting filled into quick add.

    Nothing else can be asked for, so nothing is recorded that the user doesn't save there.
    """

    file: Path | None = None
    posting: str = ""


NOTHING_ELSE = Wish()


class Reception(Enum):
    """What the first start does with the wish of a later one, by the line that says so."""

    TAKEN = b"done\n"
    """It is fulfilled, or waits where it outlives the program."""
    LATER = b"later\n"
    """It can only be fulfilled once there is a window; if the user quits before, it is gone."""
    FULL = b"full\n"
    """Too many wait already, so it isn't kept."""
    CLOSED = b"closed\n"
    """The data aren't open, and won't be before the user does something, so there's no place to keep it."""


def _take_all(_wish: Wish) -> Reception:
    return Reception.TAKEN


@contextlib.contextmanager
def without_window(lock_file: Path) -> Iterator[None]:
    """For so long no window is opened on these data; ``Refused`` if there is one."""
    try:
        descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        sentence = _("{file} can't be opened ({reason}). Check the data folder's permissions.")
        raise Refused(sentence.format(file=lock_file, reason=reason_of(error))) from error
    try:
        if not _lock(descriptor):
            raise Refused(_("Follow Up is open. Quit it, then try again."))
        yield
    finally:
        os.close(descriptor)


def window_is_open(lock_file: Path) -> bool:
    """Whether a process has a window on these data."""
    try:
        descriptor = os.open(lock_file, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


class SingleInstance(QObject):
    """The claim of this process to be the one with the window.

    ``on_raise`` is called when a later start of this user's wants the window, with what it wants there: of
    files only one that there is. ``reception`` says first what will become of it, and handles no events.
    ``deaf`` says after ``listen`` why later starts can't be heard; ``None`` if they can.
    """

    def __init__(
        self,
        lock_file: Path,
        on_raise: Callable[[Wish], None],
        environment: Mapping[str, str] | None = None,
        reception: Callable[[Wish], Reception] = _take_all,
    ) -> None:
        super().__init__()
        self._reception = reception
        self._lock_file = lock_file
        self._on_raise = on_raise
        self._environment = os.environ if environment is None else environment
        self.deaf: str | None = None
        self._descriptor: int | None = None
        self._server: LineServer | None = None

    def acquire(self) -> bool:
        """Whether this process is the first. Raises ``Refused`` if the lock file can't be opened."""
        try:
            descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            sentence = _("{file} can't be opened ({reason}). Check the data folder's permissions.")
            raise Refused(sentence.format(file=self._lock_file, reason=reason_of(error))) from error
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)  # the address there is that of a process that is gone
        return True

    def listen(self) -> None:
        """Answer to later starts from now on, which look for this one until it does.

        It isn't part of the claim, for to load Python's sockets takes 5 ms that the window needn't wait for.
        """
        if self._descriptor is None or self._server is not None:
            return
        self.deaf = _("there's no private folder for it")
        for address in self._places():
            server = LineServer(self._hear, _LIMITS, self)
            # Whoever listened here has lost the lock: what is left of it is a crash's.
            self.deaf = server.listen(address)
            if self.deaf is None:
                self._server = server
                try:
                    os.write(self._descriptor, _LOCKED + os.fsencode(address))
                except OSError as error:
                    self.deaf = reason_of(error)
                return
            server.deleteLater()

    def raise_first(
        self, timeout: float = 3.0, wish: Wish = NOTHING_ELSE, *, now_or_never: bool = False
    ) -> Reception | None:
        """Ask the process that holds the lock to show its window and do this; what it says it does with it.

        It may be starting, so it is looked for again until ``timeout`` seconds have passed; once it is found
        it is asked once, for what it is slow to answer it does all the same. With ``now_or_never`` a wish
        that isn't taken at once is not done later either.
        """
        _let_others_come_forward()
        message = _message(_KEEP if now_or_never else _RAISE, wish, token_given(self._environment))
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            address = self._address()
            said = ask(address, message, deadline) if address is not None else None
            for each in Reception:
                if each.value == said:
                    return each
            time.sleep(0.05)
        return None

    def release(self) -> None:
        """Let another process be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _places(self) -> Iterable[str]:
        path = os.fsencode(os.path.realpath(self._lock_file))
        # Python's own hashes bring OpenSSL.
        sha256 = QCryptographicHash.hash(path, QCryptographicHash.Algorithm.Sha256)
        name = f"followup-desktop-{sha256.data().hex()[:24]}"
        if sys.platform == "win32":
            # Other users see the names of pipes and may take one; this one they can't foresee.
            return (f"{name}-{os.urandom(16).hex()}",)
        return places(name, self._lock_file.parent, self._environment)

    def _address(self) -> str | None:
        """Where the first process listens; ``None`` before it does."""
        try:
            with self._lock_file.open("rb", buffering=0) as file:
                file.seek(len(_LOCKED))
                return os.fsdecode(file.read(_ADDRESS_LIMIT)) or None
        except OSError:
            return None

    def _hear(self, line: bytes, hang_up: Answer) -> None:
        verb, *words = line.split(b" ")
        path, token = (*(os.fsdecode(unquote_to_bytes(word)) for word in words[:2]), "", "")[:2]
        posting = unquote_to_bytes(words[2]).decode("utf-8", "replace") if len(words) > 2 else ""
        wish = Wish(_existing(path), posting)
        reception = self._reception(wish) if verb in (_RAISE, _KEEP) else None
        hang_up(reception.value if reception is not None else b"")
        if reception is None or (verb == _KEEP and reception is not Reception.TAKEN):
            return
        # Last: what is done then may handle events.
        with activating(token):
            self._on_raise(wish if reception in (Reception.TAKEN, Reception.LATER) else NOTHING_ELSE)


def _existing(path: str) -> Path | None:
    """The file or folder of that name, if there is one: other names go no further."""
    with contextlib.suppress(OSError, ValueError):
        if path.startswith("/") or sys.platform == "win32":
            file = Path(path)
            return file if file.exists() else None
    return None


def _message(verb: bytes, wish: Wish, token: str) -> bytes:
    """The line that asks for the window, with what lets it come to the front on Wayland.

    The other process has a working directory of its own.
    """
    path = "" if wish.file is None else str(wish.file.absolute())
    posting = wish.posting.encode("utf-8", "replace")[:_LONGEST_POSTING]
    words = (os.fsencode(path), os.fsencode(token), posting)
    quoted = (quote_from_bytes(word).encode("ascii") for word in words)
    return b" ".join((verb, *quoted)).rstrip() + b"\n"


def _let_others_come_forward() -> None:
    if sys.platform == "win32":
        # Windows lets only the program that the user has just started bring a window to the front.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def _lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
