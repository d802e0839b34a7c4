"""One connection to the D-Bus session bus on which nothing ever waits.

jeepney makes and reads the messages; this sends them on a non-blocking socket and hands over what arrives
when whoever watches the descriptor says that there is something.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from jeepney import HeaderFields, Message, MessageFlag, MessageType, Parser
from jeepney.auth import Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus

from followup_desktop.system.paths import absolute_folder

Body = tuple[Any, ...]
ReplyHandler = Callable[[Body | None], None]
"""Called with the body of the reply, or ``None`` if the reply is an error."""

_CHUNK = 65536


def session_bus_address(environment: Mapping[str, str]) -> str | None:
    """The address of the user's session bus, or ``None`` if the environment names none."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    runtime = absolute_folder(environment, "XDG_RUNTIME_DIR")
    return f"unix:path={runtime}/bus" if runtime else None


class SessionBus:
    """The connection. ``on_lost`` is called once if it breaks, never after ``close``.

    Making one raises ``OSError`` if there is no such bus.
    """

    def __init__(
        self, address: str, on_signal: Callable[[str, Body], None], on_lost: Callable[[], None]
    ) -> None:
        self._on_signal = on_signal
        self._on_lost = on_lost
        self._serials = count(1)
        self._handlers: dict[int, ReplyHandler] = {}
        self._parser = Parser()
        self._authenticator: Authenticator | None = Authenticator()
        self._unsent = b""
        self._socket: socket.socket | None = _connected(address, self._authenticator.data_to_send())
        self.call(message_bus.Hello(), lambda _: None)

    def fileno(self) -> int | None:
        """The descriptor to be watched for reading, or ``None`` once the connection is gone."""
        return self._socket.fileno() if self._socket is not None else None

    def call(self, message: Message, on_reply: ReplyHandler) -> None:
        """Send the method call; its reply comes to ``on_reply`` if it ever comes."""
        serial = next(self._serials)
        self._handlers[serial] = on_reply
        self._send(message.serialise(serial))

    def post(self, message: Message) -> None:
        """Send the method call without wanting a reply."""
        message.header.flags |= MessageFlag.no_reply_expected
        self._send(message.serialise(next(self._serials)))

    def on_readable(self) -> None:
        """Read and dispatch all that has arrived."""
        while self._socket is not None:
            try:
                data = self._socket.recv(_CHUNK)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            try:
                messages = self._parsed(data) if data else None
            except Exception:  # noqa: BLE001 - whatever it is, the other end speaks no D-Bus
                messages = None
            if messages is None:
                self._lose()
                return
            for message in messages:
                self._dispatch(message)

    def close(self) -> None:
        """End the connection; nothing is called any more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self._handlers.clear()

    def _parsed(self, data: bytes) -> list[Message]:
        if self._authenticator is None:
            messages: list[Message] = self._parser.feed(data)
            return messages
        self._authenticator.feed(data)
        if self._authenticator.authenticated:
            self._authenticator = None
            # BEGIN ends the authentication; jeepney leaves its sending to the caller.
            unsent, self._unsent = b"BEGIN\r\n" + self._unsent, b""
            self._write(unsent)
        return []

    def _dispatch(self, message: Message) -> None:
        if self._socket is None:
            return
        fields = message.header.fields
        kind = message.header.message_type
        if kind is MessageType.signal:
            self._on_signal(fields.get(HeaderFields.member, ""), tuple(message.body))
        elif kind in {MessageType.method_return, MessageType.error}:
            serial = fields.get(HeaderFields.reply_serial)
            handler = self._handlers.pop(serial, None) if isinstance(serial, int) else None
            if handler is not None:
                handler(tuple(message.body) if kind is MessageType.method_return else None)

    def _send(self, data: bytes) -> None:
        if self._authenticator is None:
            self._write(data)
        else:
            self._unsent += data

    def _write(self, data: bytes) -> None:
        if self._socket is None:
            return
        try:
            sent = self._socket.send(data)
        except OSError:
            sent = -1
        # A bus that lets hundreds of kilobytes pile up is stuck; waiting for it would block the window.
        if sent != len(data):
            self._lose()

    def _lose(self) -> None:
        if self._socket is not None:
            self.close()
            self._on_lost()


def _connected(address: str, greeting: bytes) -> socket.socket:
    try:
        where = next(iter(get_connectable_addresses(address)))
    except (ValueError, RuntimeError, StopIteration) as error:
        raise ConnectionError("the session bus has no address that can be used") from error
    connection = socket.socket(socket.AF_UNIX)
    connection.setblocking(False)
    try:
        connection.connect(where)
        connection.sendall(greeting)
    except OSError:
        connection.close()
        raise
    return connection
