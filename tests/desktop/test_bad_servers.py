"""Notification servers that answer what they must not, late, or never: nothing raises or is lost."""

from __future__ import annotations

import random
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from followup_desktop.services.ports import Notification
from followup_desktop.system.notifiers.chain import NotifierChain
from followup_desktop.system.notifiers.freedesktop import FreedesktopNotifier, Sender, server_capabilities
from tests.desktop.display import takes_connections
from tests.desktop.programs import DesktopPrograms, wait_until
from tests.desktop.session import BUS_CONFIG, NOTIFICATIONS
from tests.system.doubles import ObedientBackend

ACTIONS = (("open", "Open"), ("sent", "Sent"))
REPLY_TIMEOUT = 0.5
TIMEOUT = 30.0
ERROR = "org.example.Error"

Reply = tuple[str | None, tuple[Any, ...]] | str | None
"""Signature and body of the reply; the name of an error; or ``None``: silence."""
CAPABILITIES: Reply = ("as", (["actions", "body"],))


def notification(tag: str) -> Notification:
    return Notification(tag=tag, title=f"Title of {tag}", body="Acme", actions=ACTIONS)


class Server:
    """A notification server that answers as the test wants, from a thread of its own."""

    def __init__(self, address: str) -> None:
        self.capabilities: Reply = CAPABILITIES
        self.notified: Reply | Callable[[int], Reply] = lambda number: ("u", (number,))
        self.shown: list[int] = []
        self.closed: list[int] = []
        self.unanswered: list[Message] = []
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(NOTIFICATIONS))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def on_screen(self) -> list[int]:
        return [number for number in self.shown if number not in self.closed]

    def say(self, member: str, signature: str | None, body: tuple[Any, ...]) -> None:
        """Send a signal."""
        emitter = DBusAddress("/org/freedesktop/Notifications", interface=NOTIFICATIONS)
        self._connection.send(new_signal(emitter, member, signature, body))

    def answer_at_last(self) -> None:
        """Answer what was left unanswered."""
        waiting, self.unanswered = self.unanswered, []
        for message in waiting:
            self._answer(message)

    def close(self) -> None:
        """End; the bus tells everyone."""
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            except ConnectionError:
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Message) -> None:
        reply: Reply
        match message.header.fields[HeaderFields.member]:
            case "GetCapabilities":
                reply = self.capabilities
            case "Notify":
                number = message.body[1] or len(self.shown) + 1
                reply = self.notified(number) if callable(self.notified) else self.notified
                if isinstance(reply, tuple):
                    self.shown.append(number)
            case "CloseNotification":
                self.closed.append(message.body[0])
                return
            case _:
                return
        if reply is None:
            self.unanswered.append(message)
        elif isinstance(reply, str):
            self._connection.send(new_error(message, reply))
        else:
            self._connection.send(new_method_return(message, *reply))


class Clock:
    """The monotonic clock, that can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


class Bus(DesktopPrograms):
    """A session bus and nothing else, with the program's notifiers on it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.address = f"unix:path={folder}/bus"
        self.clock = Clock()
        self.fates: list[tuple[str, str | None]] = []
        self.actions: list[tuple[str, str]] = []
        (folder / "bus.conf").write_text(BUS_CONFIG.format(folder=folder))

    def __enter__(self) -> Bus:
        command = ("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self.folder}/bus.conf")
        self.daemon = self.start("bus", *command)
        self.wait_for("bus", self.daemon, lambda: takes_connections(self.folder / "bus"))
        self.use(self.address)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def use(self, address: str) -> None:
        """Make the chain: the real back end, and behind it one that does as the test wants."""
        self.chain = NotifierChain(
            [
                lambda listener: FreedesktopNotifier(
                    listener,
                    address,
                    Sender(name="Follow Up Desktop", desktop_entry="followup-desktop"),
                    reply_timeout=REPLY_TIMEOUT,
                    monotonic=self.clock,
                ),
                lambda listener: self._keep(ObedientBackend("spare", listener)),
            ],
            lambda tag, action: self.actions.append((tag, action)),
            monotonic=self.clock,
        )
        self.chain.set_fate_handler(lambda tag, back_end: self.fates.append((tag, back_end)))
        self._stack.callback(self.chain.close)

    def _keep(self, backend: ObedientBackend) -> ObedientBackend:
        self.spare = backend
        return backend

    def server(self) -> Server:
        server = Server(self.address)
        self._stack.callback(server.close)
        return server

    def wait(self, condition: Callable[[], object], what: str) -> None:
        def step() -> bool:
            self.chain.pump()
            return bool(condition())

        wait_until(step, TIMEOUT, what)

    def fate(self, tag: str) -> str | None:
        """Raise it, and wait until it is known what became of it."""
        before = len(self.fates)
        self.chain.notify(notification(tag))
        self.wait(lambda: len(self.fates) > before, "its fate is known")
        assert self.fates[-1][0] == tag
        return self.fates[-1][1]


@pytest.fixture
def bus(need_bus: None) -> Iterator[Bus]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="followup-"))
        yield stack.enter_context(Bus(Path(folder)))


NOTHING: tuple[str | None, tuple[Any, ...]] = (None, ())
NO_CAPABILITIES = {
    "no body": NOTHING,
    "a text": ("s", ("actions",)),
    "a number": ("u", (1,)),
    "numbers": ("ai", ([1, 2],)),
    "variants": ("av", ([("s", "actions")],)),
    "two lists": ("asas", (["actions"], ["body"])),
    "a dictionary": ("a{ss}", ({"actions": "body"},)),
    "an error": ERROR,
}
NO_NUMBER = {
    "no body": NOTHING,
    "a text": ("s", ("7",)),
    "an empty text": ("s", ("",)),
    "zero": ("u", (0,)),
    "a negative number": ("i", (-1,)),
    "a huge number": ("t", (2**40,)),
    "a truth value": ("b", (True,)),
    "a fraction": ("d", (1.5,)),
    "two numbers": ("uu", (1, 2)),
    "a list": ("au", ([1],)),
    "a variant": ("v", (("u", 1),)),
    "an error": ERROR,
}


@pytest.mark.parametrize("reply", NO_CAPABILITIES.values(), ids=NO_CAPABILITIES)
def test_a_server_that_does_not_say_what_it_can_shows_nothing(bus: Bus, reply: Reply) -> None:
    server = bus.server()
    server.capabilities = reply
    bus.chain.start()
    assert bus.fate("a") == "spare"
    assert server_capabilities(bus.address, TIMEOUT) is None
    bus.spare.broken = True
    assert bus.fate("b") is None
    assert server.shown == []
    server.capabilities = CAPABILITIES
    bus.clock.ahead += 61
    assert bus.fate("b") == "freedesktop", "once it does it is used"


def test_a_server_that_can_do_nothing_special_is_one(bus: Bus) -> None:
    server = bus.server()
    server.capabilities = ("as", ([],))
    assert bus.fate("a") == "freedesktop"
    assert server.on_screen == [1]


@pytest.mark.parametrize("reply", NO_NUMBER.values(), ids=NO_NUMBER)
def test_a_server_that_gives_no_number_has_shown_nothing(bus: Bus, reply: Reply) -> None:
    server = bus.server()
    server.notified = reply
    assert bus.fate("a") == "spare"
    bus.spare.broken = True
    bus.clock.ahead += 61
    assert bus.fate("b") is None
    assert bus.chain.on_screen == {"a"}
    server.notified = ("u", (2**32 - 1,))
    bus.clock.ahead += 61
    assert bus.fate("b") == "freedesktop"
    assert bus.chain.on_screen == {"a", "b"}


WRONG_SIGNALS: list[tuple[str, str | None, tuple[Any, ...]]] = [
    (member, signature, body)
    for member in ("ActionInvoked", "NotificationClosed", "ActivationToken", "Unheard")
    for signature, body in (
        (None, ()),
        ("u", (1,)),
        ("s", ("1",)),
        ("ss", ("1", "sent")),
        ("su", ("sent", 1)),
        ("au", ([1],)),
        ("a{sv}", ({"id": ("u", 1)},)),
        ("vv", (("u", 1), ("s", "sent"))),
        ("ub", (1, True)) if member == "ActionInvoked" else ("us", (1, "sent")),
        ("t", (2**63,)),
        ("usu", (1, "sent", 1)),
    )
    if (member, signature) != ("ActivationToken", "us")
]


def test_signals_with_other_arguments_are_passed_over(bus: Bus) -> None:
    server = bus.server()
    assert bus.fate("a") == "freedesktop"
    for member, signature, body in WRONG_SIGNALS:
        server.say(member, signature, body)
    server.say("ActionInvoked", "us", (77, "sent"))
    server.say("ActionInvoked", "us", (1, "sent"))
    bus.wait(lambda: bus.actions, "the right one is heard")
    assert bus.actions == [("a", "sent")]
    assert bus.chain.on_screen == {"a"}
    server.say("NotificationClosed", "uu", (1, 2))
    bus.wait(lambda: not bus.chain.on_screen, "the closing is heard")


def test_what_vanished_with_its_server_is_not_on_the_screen(bus: Bus) -> None:
    server = Server(bus.address)
    assert bus.fate("a") == "freedesktop"
    assert bus.chain.on_screen == {"a"}
    server.close()
    bus.wait(lambda: not bus.chain.on_screen, "the end of the server is heard")
    assert bus.fate("b") == "spare"


def test_a_silent_server_is_given_up_and_what_it_shows_late_is_taken_away(bus: Bus) -> None:
    server = bus.server()
    server.notified = None
    assert bus.fate("a") == "spare"
    server.notified = lambda number: ("u", (number,))
    server.answer_at_last()
    bus.wait(lambda: server.closed, "it would stand there twice")
    assert server.on_screen == []
    assert bus.fates == [("a", "spare")]
    assert bus.fate("b") == "freedesktop", "and it is used again"


def test_what_a_slow_server_shows_at_last_and_no_other_has_shown_counts(bus: Bus) -> None:
    server = bus.server()
    bus.spare.broken = True
    server.notified = None
    assert bus.fate("a") is None
    for _ in range(5):
        assert bus.fate("a") is None, "a server that hangs is not asked again and again"
    assert len(server.unanswered) == 1
    server.notified = lambda number: ("u", (number,))
    server.answer_at_last()
    bus.wait(lambda: bus.fates[-1] == ("a", "freedesktop"), "it counts")
    assert server.on_screen == [1]
    bus.chain.withdraw("a")
    bus.wait(lambda: not server.on_screen, "and it can be withdrawn")


def test_what_was_withdrawn_meanwhile_is_taken_away_when_a_slow_server_shows_it(bus: Bus) -> None:
    server = bus.server()
    bus.spare.broken = True
    server.notified = None
    assert bus.fate("a") is None
    bus.chain.withdraw("a")
    server.notified = lambda number: ("u", (number,))
    server.answer_at_last()
    bus.wait(lambda: server.closed, "it is taken away")
    assert bus.fates == [("a", None)]


def test_a_server_that_lost_what_it_was_asked_is_asked_again_after_a_while(bus: Bus) -> None:
    """It answers nothing of what it was sent at first, ever; then it is well. One notification is left."""
    server = bus.server()
    bus.spare.broken = True
    server.notified = None
    assert bus.fate("a") is None
    lost, server.unanswered = server.unanswered, []
    server.notified = lambda number: ("u", (number,))
    bus.clock.ahead += 61
    assert bus.fate("a") is None, "now it is asked what it can"
    bus.wait(lambda: bus.chain.name == "freedesktop", "it has answered")
    assert bus.fate("a") == "freedesktop"
    assert server.on_screen == [1]
    server.unanswered = lost
    server.shown.append(0)  # its next number is another
    server.answer_at_last()
    bus.wait(lambda: server.closed == [3], "the first one, shown after all, does not pile up on it")


def test_a_server_silent_from_the_beginning_is_given_up(bus: Bus) -> None:
    server = bus.server()
    server.capabilities = None
    bus.chain.start()
    assert bus.fate("a") == "spare"
    server.capabilities = CAPABILITIES
    server.answer_at_last()
    bus.wait(lambda: bus.chain.name == "freedesktop", "it is used once it speaks")
    assert server.shown == [], "what another has shown is not sent"


def test_a_bus_that_dies_and_one_that_is_not_there_show_nothing(bus: Bus) -> None:
    bus.server()
    assert bus.fate("a") == "freedesktop"
    bus.end(bus.daemon)
    assert bus.fate("b") == "spare"
    bus.spare.broken = True
    bus.clock.ahead += 61
    assert bus.fate("c") is None
    assert bus.chain.on_screen == {"b"}


def test_a_bus_that_stands_still_holds_nobody_up(bus: Bus) -> None:
    server = bus.server()
    assert bus.fate("a") == "freedesktop"
    bus.daemon.send_signal(signal.SIGSTOP)
    assert bus.fate("b") == "spare"
    bus.daemon.send_signal(signal.SIGCONT)
    bus.wait(lambda: server.closed, "what comes late is taken away")
    assert server.on_screen == [1]


class Babbler:
    """What takes connections for a bus, lets everybody in, and then sends this."""

    def __init__(self, path: Path, babble: bytes) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._babble = babble
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
                while b"BEGIN" not in connection.recv(4096):
                    pass
                connection.sendall(self._babble)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


RANDOM = random.Random(9)
BABBLE = {
    "nothing": b"",
    "text": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "zeros": bytes(64),
    "a header of no kind": b"l\x09\x00\x01" + bytes(12) + bytes(32),
    "a body without end": b"l\x02\x00\x01\xff\xff\xff\x07\x01\x00\x00\x00\x08\x00\x00\x00"
    b"\x05\x01u\x00\x01\x00\x00\x00",
    "a bad signature": b"l\x02\x00\x01\x04\x00\x00\x00\x01\x00\x00\x00\x0f\x00\x00\x00"
    b"\x05\x01u\x00\x02\x00\x00\x00\x08\x01g\x00\x01(\x00\x00\x01\x00\x00\x00",
    "a serial that is a list": b"l\x02\x00\x01\x00\x00\x00\x00\x01\x00\x00\x00\x10\x00\x00\x00"
    b"\x05\x02au\x00\x00\x00\x00\x04\x00\x00\x00\x02\x00\x00\x00",
    **{f"noise {n}": b"l\x02\x00\x01" + RANDOM.randbytes(200) for n in range(8)},
    **{f"other noise {n}": RANDOM.randbytes(200) for n in range(4)},
}


@pytest.mark.parametrize("babble", BABBLE.values(), ids=BABBLE)
def test_what_speaks_no_d_bus_shows_nothing(bus: Bus, babble: bytes) -> None:
    path = bus.folder / "babbler"
    babbler = Babbler(path, babble)
    try:
        bus.use(f"unix:path={path}")
        assert bus.fate("a") == "spare"
        assert bus.chain.name == "spare"
    finally:
        babbler.close()
