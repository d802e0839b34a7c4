"""The keyring of Linux desktops: GNOME Keyring, KWallet or another that speaks the Secret Service API.

https://specifications.freedesktop.org/secret-service/ tells the methods. What is kept goes over the session
bus as it is: every program that may listen there may ask the keyring as well.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from followup_desktop.i18n import _
from followup_desktop.services.ports import KeyringDismissed, KeyringUnavailable

SERVICE = "org.freedesktop.secrets"
_ROOT = "/org/freedesktop/secrets"
_INTERFACE = "org.freedesktop.Secret"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_NO_OBJECT = "/"
_APPLICATION = "followup-desktop"
_ANSWER_SECONDS = 25
"""So long the bus itself waits for a service that it has to start."""
_LOOK_SECONDS = 0.2
"""So often it is looked, while the user is asked, whether that is still wanted."""

Cancelled = Callable[[], bool]


class SecretService:
    """The keyring on the session bus with this address; ``None`` where there is no such bus."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def get(self, name: str, is_cancelled: Cancelled = bool) -> str | None:
        """What is kept under this name; ``None`` if there is nothing."""
        with self._session(is_cancelled) as session:
            items = session.find(name)
            return session.read(items[0]) if items else None

    def set(self, name: str, secret: str, label: str, is_cancelled: Cancelled = bool) -> None:
        """Keep this under the name, in place of what was; the system's own program shows it as ``label``."""
        with self._session(is_cancelled) as session:
            session.write(name, secret, label)

    def delete(self, name: str, is_cancelled: Cancelled = bool) -> None:
        """Keep nothing under this name any more."""
        with self._session(is_cancelled) as session:
            for item in session.find(name):
                session.call(item, "Item", "Delete", then_ask=True)

    @contextmanager
    def _session(self, is_cancelled: Cancelled) -> Iterator[_KeyringSession]:
        if self._address is None:
            raise _no_keyring()
        try:
            with open_dbus_connection(bus=self._address) as connection:
                yield _KeyringSession(connection, is_cancelled)
        except (OSError, DBusErrorResponse) as error:  # a time that is over is an OSError, too
            raise _no_keyring() from error


def _no_keyring() -> KeyringUnavailable:
    return KeyringUnavailable(_("The keyring of this system isn't available. Enter the passphrase instead."))


class _KeyringSession:
    """What is said to the keyring for one call of the port, over a connection of its own."""

    def __init__(self, connection: DBusConnection, is_cancelled: Cancelled) -> None:
        self._connection = connection
        self._is_cancelled = is_cancelled
        _output, self._path = self.call(_ROOT, "Service", "OpenSession", "sv", "plain", ("s", ""))

    def call(
        self,
        path: str,
        interface: str,
        method: str,
        signature: str = "",
        *body: object,
        then_ask: bool = False,
    ) -> tuple[Any, ...]:
        """The answer of the keyring; with ``then_ask`` it may end in a question, which is asked first."""
        address = DBusAddress(path, SERVICE, f"{_INTERFACE}.{interface}")
        answer = self._send(new_method_call(address, method, signature or None, body))
        if then_ask and (prompt := answer[-1]) != _NO_OBJECT:
            return (*answer[:-1], self._asked(prompt))
        return answer

    def _send(self, message: Message) -> tuple[Any, ...]:
        reply = self._connection.send_and_get_reply(message, timeout=_ANSWER_SECONDS)
        if reply.header.message_type is MessageType.error:
            raise DBusErrorResponse(reply)
        return tuple(reply.body)

    def find(self, name: str) -> list[str]:
        """The entries under this name, unlocked."""
        unlocked, locked = self.call(_ROOT, "Service", "SearchItems", "a{ss}", _attributes(name))
        if unlocked or not locked:
            return list(unlocked)
        return self._unlock(locked)

    def _unlock(self, objects: list[str]) -> list[str]:
        unlocked, asked = self.call(_ROOT, "Service", "Unlock", "ao", objects, then_ask=True)
        # Where nothing had to be asked, the answer ends in the path of no object.
        return list(unlocked) if asked == _NO_OBJECT else list(asked)

    def read(self, item: str) -> str:
        """What is kept in an entry that is unlocked."""
        (secrets,) = self.call(_ROOT, "Service", "GetSecrets", "aoo", [item], self._path)
        _session, _parameters, value, _kind = secrets[item]
        return bytes(value).decode("utf-8", "replace")

    def write(self, name: str, secret: str, label: str) -> None:
        """Put it into the user's collection, in place of what has this name."""
        properties = {
            f"{_INTERFACE}.Item.Label": ("s", label),
            f"{_INTERFACE}.Item.Attributes": ("a{ss}", _attributes(name)),
        }
        kept = (self._path, b"", secret.encode(), "text/plain; charset=utf8")
        collection = self._collection()
        self.call(
            collection, "Collection", "CreateItem", "a{sv}(oayays)b", properties, kept, True, then_ask=True
        )

    def _collection(self) -> str:
        """The collection that the user uses, unlocked; made where there is none yet."""
        (collection,) = self.call(_ROOT, "Service", "ReadAlias", "s", "default")
        if collection == _NO_OBJECT:
            properties = {f"{_INTERFACE}.Collection.Label": ("s", _("Login"))}
            made, asked = self.call(
                _ROOT, "Service", "CreateCollection", "a{sv}s", properties, "default", then_ask=True
            )
            return str(made if asked == _NO_OBJECT else asked)
        self._unlock([collection])
        return str(collection)

    def _asked(self, prompt: str) -> Any:
        """Have the keyring ask the user, and wait for the answer; gives its result."""
        address = DBusAddress(prompt, SERVICE, f"{_INTERFACE}.Prompt")
        completed = MatchRule(
            type="signal", interface=f"{_INTERFACE}.Prompt", member="Completed", path=prompt
        )
        lost = MatchRule(
            type="signal",
            interface="org.freedesktop.DBus",
            member="NameOwnerChanged",
            sender="org.freedesktop.DBus",
        )
        lost.add_arg_condition(0, SERVICE)
        heard: deque[Message] = deque()
        for rule in (completed, lost):
            self._send(message_bus.AddMatch(rule))
        with (
            self._connection.filter(completed, queue=heard),
            self._connection.filter(lost, queue=heard),
        ):
            self._send(new_method_call(address, "Prompt", "s", ("",)))
            signal = self._heard(heard, address)
        if signal.header.fields.get(HeaderFields.member) != "Completed":
            raise _no_keyring()
        is_dismissed, (_signature, result) = signal.body
        if is_dismissed:
            raise _dismissed()
        return result

    def _heard(self, heard: deque[Message], prompt: DBusAddress) -> Message:
        while not heard:
            if self._is_cancelled():
                self._connection.send(new_method_call(prompt, "Dismiss"))
                raise _dismissed()
            with contextlib.suppress(TimeoutError):
                self._connection.recv_messages(timeout=_LOOK_SECONDS)
        return heard.popleft()


def _dismissed() -> KeyringDismissed:
    return KeyringDismissed(_("The keyring stayed locked. Enter the passphrase instead."))


def _attributes(name: str) -> dict[str, str]:
    return {"application": _APPLICATION, "name": name}
