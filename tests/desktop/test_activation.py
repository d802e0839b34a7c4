"""A server of version 1.2 of the specification hands over a token before it tells of a click."""

from __future__ import annotations

import select
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from followup_desktop.services.ports import Notification
from followup_desktop.system.notifiers.freedesktop import FreedesktopNotifier, Sender
from tests.desktop.programs import wait_until
from tests.system.doubles import Notes

NAME = "org.freedesktop.Notifications"
EMITTER = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
CALL = "status_call/acme/e1/0"


@pytest.fixture
def bus(tmp_path: Path, need: Callable[..., None]) -> Iterator[str]:
    """The address of a bus of the test's own."""
    need("dbus-daemon")
    address = f"unix:path={tmp_path}/bus"
    process = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"],
        stderr=subprocess.DEVNULL,
    )
    wait_until((tmp_path / "bus").exists, 60, "the bus has started")
    yield address
    process.terminate()
    process.wait(10)


class Server:
    """A notification server that answers when it is told to look, and emits what the test wants."""

    def __init__(self, address: str) -> None:
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        self.shown = 0

    def answer(self) -> None:
        """Answer what has been asked meanwhile."""
        while select.select([self._connection.sock], [], [], 0)[0]:
            message = self._connection.receive(timeout=1)
            if message.header.message_type is MessageType.method_call:
                self._reply(message)

    def emit(self, member: str, signature: str, *body: object) -> None:
        self._connection.send(new_signal(EMITTER, member, signature, body))

    def close(self) -> None:
        self._connection.close()

    def _reply(self, message: Message) -> None:
        if message.header.fields[HeaderFields.member] == "GetCapabilities":
            self._connection.send(new_method_return(message, "as", (["actions"],)))
        else:
            self.shown += 1
            self._connection.send(new_method_return(message, "u", (self.shown,)))


class Talk:
    """A back end and the server it speaks to."""

    def __init__(self, address: str) -> None:
        self.server = Server(address)
        self.notes = Notes()
        self.notifier = FreedesktopNotifier(
            self.notes, address, Sender(name="Follow Up", desktop_entry="followup-desktop")
        )
        self.notifier.notify(
            Notification(tag=CALL, title="Acme: call now", body="", actions=(("open", "Open"),))
        )
        self.wait(lambda: self.notes.shown == [CALL], "it is shown")

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        def step() -> bool:
            self.server.answer()
            self.notifier.on_readable()
            return condition()

        wait_until(step, 60, what)

    def click(self, number: int) -> None:
        """The click, and nothing else: what is heard comes after what the server emitted before."""
        heard = len(self.notes.actions)
        self.server.emit("ActionInvoked", "us", number, "default")
        self.wait(lambda: len(self.notes.actions) > heard, "the click is heard")

    def close(self) -> None:
        self.notifier.close()
        self.server.close()


def test_the_token_comes_with_the_click_and_is_good_for_one(bus: str) -> None:
    with closing(Talk(bus)) as talk:
        talk.server.emit("ActivationToken", "us", 1, "token-1")
        talk.click(1)
        talk.click(1)
        assert talk.notes.actions == [(CALL, "open"), (CALL, "open")]
        assert talk.notes.tokens == ["token-1", ""]


def test_a_server_that_closes_it_in_between_is_understood(bus: str) -> None:
    with closing(Talk(bus)) as talk:
        talk.server.emit("ActivationToken", "us", 1, "token-1")
        talk.server.emit("NotificationClosed", "uu", 1, 2)
        talk.click(1)
        assert talk.notes.tokens == ["token-1"]


def test_the_token_of_another_program_s_notification_is_not_taken(bus: str) -> None:
    with closing(Talk(bus)) as talk:
        talk.server.emit("ActivationToken", "us", 77, "theirs")
        talk.server.emit("ActionInvoked", "us", 77, "default")
        talk.click(1)
        assert talk.notes.actions == [(CALL, "open")]
        assert talk.notes.tokens == [""]
