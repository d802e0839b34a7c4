"""A passphrase in a real keyring: kept, replaced, deleted; its question dismissed; the service gone."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from followup_desktop.services.ports import KeyringDismissed, KeyringUnavailable
from followup_desktop.system.keyrings.platform_keyring import platform_keyring
from followup_desktop.system.keyrings.secret_service import SERVICE, SecretService
from tests.desktop.conftest import is_missing
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.session import PrivateSession

PROMPTERS = ("/usr/libexec/gcr-prompter", "/usr/lib/gcr/gcr-prompter")
PROMPTER = next((path for path in PROMPTERS if Path(path).exists()), "")
ROOT = DBusAddress("/org/freedesktop/secrets", SERVICE, "org.freedesktop.Secret.Service")
NAME, SECRET = "passphrase", "vier Wörter, kein Reim"


class Asked(NamedTuple):
    """A question to the keyring that may have to wait for the user, and what gives it up."""

    answer: Future[str | None]
    give_up: Callable[[], None]


class Keyring:
    """A session with a keyring that is unlocked, and the program that asks for its password."""

    def __init__(self, session: PrivateSession) -> None:
        self.session = session
        self.address = session.env["DBUS_SESSION_BUS_ADDRESS"]
        self.service = SecretService(self.address)
        self.prompter = session.start("prompter", PROMPTER)
        session.wait_for(
            "prompter", self.prompter, lambda: session.name_is_owned("org.gnome.keyring.SystemPrompter")
        )
        self.daemon = self.start_daemon()

    def start_daemon(self) -> Popen[bytes]:
        (self.session.folder / "password").write_text("password")
        command = "exec gnome-keyring-daemon --foreground --unlock --components=secrets <$0"
        daemon = self.session.start("keyring", "sh", "-c", command, str(self.session.folder / "password"))
        self.session.wait_for("keyring", daemon, lambda: self.session.name_is_owned(SERVICE))
        return daemon

    def lock(self) -> None:
        with open_dbus_connection(bus=self.address) as connection:
            call = new_method_call(ROOT, "ReadAlias", "s", ("default",))
            (collection,) = connection.send_and_get_reply(call, timeout=10).body
            connection.send_and_get_reply(new_method_call(ROOT, "Lock", "ao", ([collection],)), timeout=10)

    @contextmanager
    def asked(self) -> Iterator[Asked]:
        """What is kept is asked for on a thread, at the latest until the end of the block."""
        is_over: list[bool] = []
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(self.service.get, NAME, lambda: bool(is_over))
            try:
                yield Asked(answer, lambda: is_over.append(True))
            finally:
                is_over.append(True)

    def question(self) -> str:
        """The window in which the keyring asks, once it is there."""
        found: list[str] = []

        def is_there() -> bool:
            found[:] = self.session.visible("--name", "Unlock")
            return bool(found)

        wait_until(is_there, 30, "the keyring asks")
        return found[0]

    def wait_for_no_question(self) -> None:
        wait_until(lambda: not self.session.visible("--name", "Unlock"), 20, "the question is gone")

    def answer(self, asked: Asked, *keys: str) -> None:
        """Press the keys in the keyring's question until it takes them; it is deaf for a moment."""

        def press() -> None:
            if found := self.session.visible("--name", "Unlock"):
                self.session.run("xdotool", "windowactivate", "--sync", found[0], *keys)

        repeat_until(press, asked.answer.done, 30, "the question is answered")


@pytest.fixture
def keyring(need: Callable[..., None]) -> Iterator[Keyring]:
    need("gnome-keyring-daemon")
    if not PROMPTER:
        is_missing("not installed: gcr")
    with PrivateSession(None) as session:
        yield Keyring(session)


def test_what_is_kept_is_read_replaced_and_deleted(keyring: Keyring) -> None:
    service = keyring.service
    assert service.get(NAME) is None
    service.set(NAME, SECRET, "Follow Up")
    service.set("another", "of another name", "Follow Up")
    assert platform_keyring(keyring.session.env).get(NAME) == SECRET
    service.set(NAME, "later", "Follow Up")
    assert service.get(NAME) == "later"
    service.delete(NAME)
    service.delete(NAME)
    assert service.get(NAME) is None
    assert service.get("another") == "of another name"


def test_a_locked_keyring_asks_and_a_question_that_is_dismissed_is_no_answer(keyring: Keyring) -> None:
    keyring.service.set(NAME, SECRET, "Follow Up")
    keyring.lock()
    with keyring.asked() as asked:
        keyring.answer(asked, "key", "Escape")
        with pytest.raises(KeyringDismissed):
            asked.answer.result(20)
    keyring.wait_for_no_question()
    with keyring.asked() as asked:
        keyring.answer(asked, "key", "--delay", "50", *"password", "Return")
        assert asked.answer.result(20) == SECRET


def test_a_question_that_nobody_waits_for_any_more_is_taken_back(keyring: Keyring) -> None:
    keyring.service.set(NAME, SECRET, "Follow Up")
    keyring.lock()
    with keyring.asked() as asked:
        keyring.question()
        asked.give_up()
        with pytest.raises(KeyringDismissed):
            asked.answer.result(20)
    keyring.wait_for_no_question()


def test_a_keyring_that_ends_while_it_asks_is_told_as_unavailable(keyring: Keyring) -> None:
    keyring.service.set(NAME, SECRET, "Follow Up")
    keyring.lock()
    with keyring.asked() as asked:
        keyring.question()
        keyring.daemon.send_signal(signal.SIGKILL)
        with pytest.raises(KeyringUnavailable):
            asked.answer.result(20)


def test_no_service_and_no_bus_are_told_as_unavailable(keyring: Keyring, tmp_path: Path) -> None:
    keyring.daemon.kill()
    wait_until(lambda: not keyring.session.name_is_owned(SERVICE), 30, "the keyring is gone")
    for service in (keyring.service, SecretService(f"unix:path={tmp_path}/no-bus"), SecretService(None)):
        with pytest.raises(KeyringUnavailable):
            service.get(NAME)
        with pytest.raises(KeyringUnavailable):
            service.set(NAME, SECRET, "Follow Up")
        with pytest.raises(KeyringUnavailable):
            service.delete(NAME)
