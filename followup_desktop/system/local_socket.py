"""A socket by which this user's own processes tell each other a line, and where it may stand.

Anyone may take a name in the temporary folder, so it stands in a folder that belongs to the user alone, and
both ends look whose process the other one is. Windows has named pipes instead (``local_pipe.py``). Qt's own
sockets would do for both, but with its network they take 8 of 320 ms of a start, and 4 of 95 MB.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from followup_desktop.domain.errors import reason_of

_LONGEST = 103
"""So many bytes of a path fit into the address of a socket on macOS; on Linux there are four more."""
_OTHERS, _OTHERS_WRITE = 0o077, 0o022
_CREDENTIALS_OF_MACOS = struct.Struct("@IIh16I")  # xucred of sys/ucred.h
_LOCAL_PEERCRED = 1
_LONGEST_ANSWER = 64
TRY_SECONDS = 0.2
"""So long at most somebody is waited for who has to be there."""

Answer = Callable[[bytes], None]
"""Tells the other end this, and hangs up."""


class Limits(NamedTuple):
    """How many may be heard at a time, and how much each may say within how long."""

    callers: int
    bytes_of_a_line: int
    milliseconds: int


def places(name: str, data_folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The addresses at which the socket may stand, the best first; none where no folder is the user's alone.

    They are in the run-time folder of the user's session, in the data folder, and, where the paths of these
    are too long for an address, in a folder of the user's in the temporary one, which is made.
    """
    session = environment.get("XDG_RUNTIME_DIR", "")
    if session.startswith("/") and _is_ours(Path(session)):
        yield from _fitting(Path(session), name)
    if _is_ours(data_folder, but_for=_OTHERS_WRITE):
        yield from _fitting(data_folder, name)
    temporary = Path(tempfile.gettempdir(), f"followup-desktop-{os.getuid()}")
    try:
        temporary.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return
    if _is_ours(temporary):
        yield from _fitting(temporary, name)


def _fitting(folder: Path, name: str) -> Iterator[str]:
    address = str(folder / name)
    if len(os.fsencode(address)) <= _LONGEST:
        yield address


def _is_ours(folder: Path, but_for: int = _OTHERS) -> bool:
    """Whether it is a folder, and no link to one, that is this user's and denies others these rights."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & but_for


class LineServer(QObject):
    """Hears at an address what this user's processes say, a line each."""

    def __init__(self, told: Callable[[bytes, Answer], None], limits: Limits, parent: QObject) -> None:
        super().__init__(parent)
        self._told = told
        self._limits = limits
        self._callers: set[_Caller] = set()
        self._address = ""
        self._listening: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None

    def listen(self, address: str) -> str | None:
        """Listen there from now on, whatever a process that is gone left there; why not if that can't be."""
        listening = socket.socket(socket.AF_UNIX)
        try:
            Path(address).unlink(missing_ok=True)
            listening.bind(address)
            Path(address).chmod(0o600)  # before anyone can connect
            listening.listen()
        except OSError as error:
            listening.close()
            return reason_of(error)
        listening.setblocking(False)
        self._listening, self._address = listening, address
        self._notifier = QSocketNotifier(listening.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._greet)
        return None

    def close(self) -> None:
        """Hear no more."""
        for caller in [*self._callers]:
            caller.hang_up()
        if self._listening is not None and self._notifier is not None:
            self._notifier.setEnabled(False)
            self._listening.close()
            self._listening = None
            with suppress(OSError):
                Path(self._address).unlink()

    def _greet(self) -> None:
        while self._listening is not None:
            try:
                connection, _address = self._listening.accept()
            except OSError:  # nobody else for now, or who waited has gone
                return
            if len(self._callers) >= self._limits.callers or not _is_own_process(connection):
                connection.close()
            else:
                self._callers.add(_Caller(connection, self))


class _Caller(QObject):
    """One process that was let in, until it has said its line or is taking too long."""

    def __init__(self, connection: socket.socket, server: LineServer) -> None:
        super().__init__(server)
        self._server = server
        self._connection = connection
        self._said = b""
        connection.setblocking(False)
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        QTimer.singleShot(server._limits.milliseconds, self, self.hang_up)

    def hang_up(self, answer: bytes = b"") -> None:
        """Say this at last, if somebody is still there."""
        if self not in self._server._callers:
            return
        self._server._callers.remove(self)
        self._notifier.setEnabled(False)
        with suppress(OSError):
            self._connection.send(answer)
        self._connection.close()
        self.deleteLater()

    def _hear(self) -> None:
        limit = self._server._limits.bytes_of_a_line
        try:
            more = self._connection.recv(limit)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        self._said += more
        line, end, _rest = self._said.partition(b"\n")
        if not more or len(line) > limit:
            self.hang_up()
        elif end:
            self._notifier.setEnabled(False)
            self._server._told(line, self.hang_up)


def ask(address: str, message: bytes, deadline: float) -> bytes | None:
    """What the process that listens there answers; ``None`` if it isn't this user's, or is silent.

    It is waited for until the ``deadline`` of the monotonic clock.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(TRY_SECONDS)
        try:
            connection.connect(address)
            if not _is_own_process(connection):
                return None
            connection.settimeout(max(deadline - time.monotonic(), TRY_SECONDS))
            connection.sendall(message)
            return connection.recv(_LONGEST_ANSWER)
        except OSError:
            return None


def _is_own_process(connection: socket.socket) -> bool:
    """Whether the process at the other end runs as the same user."""
    try:
        user = _peer(connection)
    except OSError:
        return False
    return user is None or user == os.geteuid()


def _peer(connection: socket.socket) -> int | None:
    """The user of the process at the other end; ``None`` where the system does not tell."""
    if hasattr(socket, "SO_PEERCRED"):
        packed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        _process, user, _group = struct.unpack("3i", packed)
        return int(user)
    if sys.platform == "darwin":
        packed = connection.getsockopt(0, _LOCAL_PEERCRED, _CREDENTIALS_OF_MACOS.size)
        return int(struct.unpack_from("=II", packed)[1])
    return None
