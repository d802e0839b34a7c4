"""One window per data folder: a second start raises the first one's window.

The operating system's file lock decides, because it ends with the process however that ends. The local
server only carries the wish to see the window, perhaps with a file in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from followup_desktop.domain.errors import Refused

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _ANY_PROCESS = -1
else:
    import fcntl

_RAISE = b"raise"
_DONE = b"done\n"
_MESSAGE_LIMIT = 4 * 4096
"""The longest path of Linux, should every byte of it be escaped as three, and some room."""
_TRY_MS = 200


class SingleInstance(QObject):
    """The claim of this process to be the one with the window.

    ``on_raise`` is called when a later start wants the window, with the file to open in it, if there is one.
    """

    def __init__(
        self, lock_file: Path, on_raise: Callable[[Path | None], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lock_file = lock_file
        self._on_raise = on_raise
        self._descriptor: int | None = None
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Whether this process is the first; if so, it answers to later ones from now on.

        Raises ``Refused`` if the lock file can't be opened.
        """
        try:
            descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            reason = error.strerror or "unknown error"
            raise Refused(
                f"The file {self._lock_file} can't be opened ({reason}); check the data folder's permissions."
            ) from error
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self._listen()
        return True

    def raise_first(self, timeout: float = 3.0, file: Path | None = None) -> bool:
        """Ask the process that holds the lock to show its window, with this file; whether it says it does.

        It may be starting, so it is looked for again until ``timeout`` seconds have passed; once it is found
        it is asked once, for what it is slow to answer it does all the same.
        """
        _let_others_come_forward()
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if _ask(self._server_name(), _message(file), deadline):
                return True
            time.sleep(0.05)
        return False

    def release(self) -> None:
        """Let another process be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _listen(self) -> None:
        name = self._server_name()
        # Whoever listened under this name has lost the lock: what is left of it is a crash's.
        QLocalServer.removeServer(name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._greet)
        server.listen(name)
        self._server = server

    def _server_name(self) -> str:
        path = os.path.realpath(self._lock_file)
        return "followup-desktop-" + hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:24]

    def _greet(self) -> None:
        if self._server is None:
            return
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(lambda connection=connection: self._hear(connection))
            connection.disconnected.connect(connection.deleteLater)
            if connection.bytesAvailable():
                self._hear(connection)

    def _hear(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            if connection.bytesAvailable() > _MESSAGE_LIMIT:
                connection.abort()
            return
        verb, _, path = bytes(connection.readLine().data()).rstrip(b"\n").partition(b" ")
        wanted = verb == _RAISE
        if wanted:
            connection.write(_DONE)
            connection.flush()
        connection.disconnectFromServer()
        if wanted:  # last: what is done then may handle events, and the connection is gone after that
            self._on_raise(Path(os.fsdecode(unquote_to_bytes(path))) if path else None)


def _message(file: Path | None) -> bytes:
    """The line that asks for the window. The other process has a working directory of its own."""
    path = b"" if file is None else b" " + quote_from_bytes(os.fsencode(file.absolute())).encode("ascii")
    return _RAISE + path + b"\n"


def _ask(name: str, message: bytes, deadline: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    try:
        if not socket.waitForConnected(_TRY_MS):
            return False
        socket.write(message)
        left = max(0, round((deadline - time.monotonic()) * 1000))
        answered = socket.waitForBytesWritten(_TRY_MS) and socket.waitForReadyRead(left)
        return answered and socket.readAll().data() == _DONE
    finally:
        socket.abort()


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
