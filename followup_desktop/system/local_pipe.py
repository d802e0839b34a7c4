"""A named pipe of Windows by which this user's own processes tell each other a line.

Windows lets only the user's processes connect. It has no other address for what ``local_socket.py`` does.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from followup_desktop.system.local_socket import TRY_SECONDS, Answer, Limits


class PipeServer(QObject):
    """Hears at an address what this user's processes say, a line each."""

    def __init__(self, told: Callable[[bytes, Answer], None], limits: Limits, parent: QObject) -> None:
        super().__init__(parent)
        self._told = told
        self._limits = limits
        self._callers: set[QLocalSocket] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self, address: str) -> str | None:
        """Listen there from now on; why not if that can't be."""
        QLocalServer.removeServer(address)
        return None if self._server.listen(address) else self._server.errorString()

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    def _greet(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= self._limits.callers:
                caller.abort()
                caller.deleteLater()
                continue
            self._callers.add(caller)
            caller.setReadBufferSize(self._limits.bytes_of_a_line + 1)
            QTimer.singleShot(self._limits.milliseconds, caller, caller.abort)
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            caller.disconnected.connect(lambda caller=caller: self._forget(caller))
            if caller.bytesAvailable():
                self._hear(caller)

    def _forget(self, caller: QLocalSocket) -> None:
        self._callers.discard(caller)
        caller.deleteLater()

    def _hear(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > self._limits.bytes_of_a_line:
                caller.abort()
            return

        def hang_up(answer: bytes) -> None:
            caller.write(answer)
            caller.flush()
            caller.disconnectFromServer()

        self._told(bytes(caller.readLine().data()).rstrip(b"\n"), hang_up)


def ask(address: str, message: bytes, deadline: float) -> bytes | None:
    """What the process that listens there answers; ``None`` if there is none, or it is silent.

    It is waited for until the ``deadline`` of the monotonic clock.
    """
    socket, patience = QLocalSocket(), round(1000 * TRY_SECONDS)
    socket.connectToServer(address)
    try:
        if not socket.waitForConnected(patience):
            return None
        socket.write(message)
        left = max(0, round((deadline - time.monotonic()) * 1000))
        answered = socket.waitForBytesWritten(patience) and socket.waitForReadyRead(left)
        return bytes(socket.readAll().data()) if answered else None
    finally:
        socket.abort()
