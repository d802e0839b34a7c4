"""Notifications on a real session bus, with a real server."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.services.ports import Notification, Notifier, NotifierFailed, Urgency
from followup_desktop.system.notifiers.chain import NotifierChain
from followup_desktop.system.notifiers.driver import NotifierDriver
from followup_desktop.system.notifiers.freedesktop import FreedesktopNotifier, Sender, server_capabilities
from followup_desktop.system.notifiers.platform_chain import platform_backends
from followup_desktop.system.notifiers.plyer_platform import shower
from followup_desktop.system.notifiers.text import escape_markup
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession, Received
from tests.system.doubles import ObedientBackend

ACTIONS = (("open", "Open"), ("sent", "Sent"), ("snooze", "Snooze"))
CALL_TIMEOUT = 1.0


MARKUP = "    markup = full\n"


def notification(tag: str, title: str | None = None, body: str = "Acme") -> Notification:
    return Notification(tag=tag, title=title or f"Title of {tag}", body=body, actions=ACTIONS)


def configure(session: PrivateSession, old: str, new: str) -> None:
    """Start the server again with this in its configuration."""
    session.kill_notification_server()
    configuration = session.folder / "dunstrc"
    configuration.write_text(configuration.read_text().replace(old, new))
    session.start_notification_server()


def let_the_server_read_markup(session: PrivateSession) -> None:
    """Start it again, so that it declares ``body-markup``."""
    configure(session, "[global]\n", f"[global]\n{MARKUP}")


@dataclass
class Rig:
    """A chain of the real back end and, behind it, one that only writes down."""

    session: PrivateSession
    address: str = ""
    chain: NotifierChain = field(init=False)
    spare: ObedientBackend = field(init=False)
    actions: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        address = self.address or self.session.env["DBUS_SESSION_BUS_ADDRESS"]
        self.chain = NotifierChain(
            [
                lambda listener: FreedesktopNotifier(
                    listener,
                    address,
                    Sender(name="Follow Up Desktop", desktop_entry="followup-desktop"),
                    reply_timeout=CALL_TIMEOUT,
                ),
                lambda listener: self._keep(ObedientBackend("spare", listener)),
            ],
            lambda tag, action: self.actions.append((tag, action)),
        )

    def _keep(self, backend: ObedientBackend) -> ObedientBackend:
        self.spare = backend
        return backend

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        def step() -> bool:
            self.chain.pump()
            return condition()

        wait_until(step, 60, what)

    def show(self, each: Notification) -> Received:
        """Raise it, and wait until the server has it."""
        before = len(self.session.received())
        self.chain.notify(each)
        self.wait(lambda: len(self.session.received()) > before and not self.chain.busy, "it arrives")
        return self.session.received()[-1]


@pytest.fixture
def rig(session: PrivateSession) -> Iterator[Rig]:
    rig = Rig(session)
    yield rig
    rig.chain.close()


TRICKY_TITLE = "-Call R&D <now>"
TRICKY_BODY = "-it's <b>not</b> bold & \\n plain\nnext line"


def test_it_arrives_with_its_text_buttons_and_hints(rig: Rig) -> None:
    received = rig.show(notification("a", TRICKY_TITLE, TRICKY_BODY))
    assert (received.title, received.body) == (TRICKY_TITLE, TRICKY_BODY)
    assert received.actions == {"default": "Open", "sent": "Sent", "snooze": "Snooze"}
    assert received.app_name == "Follow Up Desktop"
    assert received.hints["urgency"] == Urgency.NORMAL
    assert received.hints["desktop-entry"] == "followup-desktop"
    (entry,) = rig.session.dunst_history()
    assert (entry["summary"], entry["body"]) == (TRICKY_TITLE, TRICKY_BODY)


def test_for_a_server_that_reads_markup_it_is_escaped(session: PrivateSession, rig: Rig) -> None:
    let_the_server_read_markup(session)
    received = rig.show(notification("a", TRICKY_TITLE, TRICKY_BODY))
    assert received.title == TRICKY_TITLE
    assert received.body == "-it's &lt;b&gt;not&lt;/b&gt; bold &amp; \\n plain\nnext line"


def test_a_body_of_any_length_and_content_is_made_to_fit(rig: Rig) -> None:
    received = rig.show(notification("a", "\0\x1b[31m", "&" * 10_000))
    assert received.title == "[31m"
    assert received.body == "&" * 199 + "…"


@pytest.mark.parametrize(("pressed", "heard"), [("sent", "sent"), ("default", "open")])
def test_a_button_pressed_comes_back(rig: Rig, pressed: str, heard: str) -> None:
    rig.show(notification("other"))
    received = rig.show(notification("thank_you/a1/2026-09-30/c1"))
    wait_until(lambda: rig.session.displayed() == 2, 60, "the server shows both")
    rig.session.press_action(received.id, pressed)
    rig.wait(lambda: bool(rig.actions), "the action comes back")
    assert rig.actions == [("thank_you/a1/2026-09-30/c1", heard)]


def test_the_same_tag_replaces(rig: Rig) -> None:
    first = rig.show(notification("a"))
    second = rig.show(notification("a", "Thank Tom Berg"))
    assert second.replaces == first.id
    wait_until(lambda: rig.session.displayed() == 1, 60, "one is left")


def test_two_of_one_tag_in_one_breath_leave_one(rig: Rig) -> None:
    rig.show(notification("b"))
    rig.chain.notify(notification("a"))
    rig.chain.notify(notification("a", "Thank Tom Berg"))
    rig.wait(lambda: len(rig.session.received()) == 3 and not rig.chain.busy, "both arrive")
    wait_until(lambda: rig.session.displayed() == 2, 60, "one of the two is closed")


def test_it_can_be_withdrawn_shown_or_on_its_way(rig: Rig) -> None:
    rig.show(notification("a"))
    rig.chain.withdraw("a")
    wait_until(lambda: rig.session.displayed() == 0, 60, "it is gone")
    rig.chain.notify(notification("b"))
    rig.chain.withdraw("b")
    rig.wait(lambda: len(rig.session.received()) == 2 and not rig.chain.busy, "it arrives")
    wait_until(lambda: rig.session.displayed() == 0, 60, "it is gone")
    assert rig.spare.taken == []


def test_withdrawn_before_the_server_has_answered_at_all_it_is_never_sent(rig: Rig) -> None:
    rig.chain.notify(notification("a"))
    rig.chain.withdraw("a")
    rig.show(notification("b", "Thank Tom Berg"))
    assert [each.title for each in rig.session.received()] == ["Thank Tom Berg"]


def test_when_the_server_dies_the_next_takes_over_until_it_returns(rig: Rig) -> None:
    rig.show(notification("a"))
    rig.session.kill_notification_server()
    rig.chain.notify(notification("b"))
    rig.wait(lambda: bool(rig.spare.taken), "the next back end has it")
    assert [each.tag for each in rig.spare.taken] == ["b"]
    assert rig.chain.name == "spare"
    rig.session.start_notification_server()
    rig.wait(lambda: rig.chain.name == "freedesktop", "it is used again")
    assert rig.show(notification("c", "Back")).title == "Back"


def test_a_server_that_dies_with_notifications_unanswered_loses_none(rig: Rig) -> None:
    rig.show(notification("a"))
    rig.session.server.send_signal(signal.SIGSTOP)
    rig.chain.notify(notification("b"))
    rig.chain.notify(notification("c"))
    rig.session.server.kill()
    rig.wait(lambda: len(rig.spare.taken) == 2, "both go to the next")
    assert {each.tag for each in rig.spare.taken} == {"b", "c"}


def test_a_server_that_hangs_blocks_nothing_and_is_given_up(rig: Rig) -> None:
    rig.show(notification("a"))
    rig.session.server.send_signal(signal.SIGSTOP)
    rig.chain.notify(notification("b"))
    assert rig.spare.taken == [], "notify has returned before the server was given up"
    rig.wait(lambda: bool(rig.spare.taken), "it is given up")
    rig.chain.notify(notification("c"))
    assert [each.tag for each in rig.spare.taken] == ["b", "c"]
    rig.session.server.send_signal(signal.SIGCONT)
    rig.wait(lambda: rig.chain.name == "freedesktop", "it is used again")
    rig.show(notification("d", "Back"))


def test_a_bus_that_ends_is_a_failure_too(session: PrivateSession) -> None:
    configuration = session.folder / "other.conf"
    configuration.write_text((session.folder / "bus.conf").read_text().replace("/bus<", "/other<"))
    bus = session.start("other", "dbus-daemon", "--nofork", "--nopidfile", f"--config-file={configuration}")
    wait_until((session.folder / "other").exists, 60, "the bus has started")
    rig = Rig(session, address=f"unix:path={session.folder}/other")
    rig.chain.start()
    bus.send_signal(signal.SIGSTOP)
    rig.chain.notify(notification("a"))
    bus.kill()
    rig.wait(lambda: bool(rig.spare.taken), "the next has it")
    assert rig.chain.name == "spare"
    assert rig.chain.descriptors() == ()
    rig.chain.close()


def test_without_a_bus_the_next_has_it_at_once(session: PrivateSession) -> None:
    rig = Rig(session, address=f"unix:path={session.folder}/missing")
    rig.chain.start()
    rig.chain.notify(notification("a"))
    assert [each.tag for each in rig.spare.taken] == ["a"]


def test_the_event_loop_drives_it(session: PrivateSession, qtbot: QtBot) -> None:
    rig = Rig(session)
    driver = NotifierDriver(rig.chain)
    rig.chain.start()
    rig.chain.notify(notification("a"))
    qtbot.waitUntil(lambda: session.displayed() == 1)
    session.press_action(session.received()[0].id, "snooze")
    qtbot.waitUntil(lambda: rig.actions == [("a", "snooze")])
    session.server.send_signal(signal.SIGSTOP)
    rig.chain.notify(notification("b"))
    qtbot.waitUntil(lambda: bool(rig.spare.taken))
    rig.chain.close()
    driver.deleteLater()


def test_the_test_names_the_back_end_and_shows_the_icon(session: PrivateSession, tmp_path: Path) -> None:
    bare = {**session.env, "XDG_DATA_DIRS": str(tmp_path)}
    chain = NotifierChain(
        platform_backends(app_name="Follow Up", desktop_entry="followup-desktop", environment=bare),
        lambda _tag, _action: None,
    )
    with closing(chain):
        chain.start()
        assert chain.send_test("Test", "A test") == "freedesktop"
        (received,) = session.received()
        assert received.title == "Test"
        address = urlsplit(received.icon)
        assert address.scheme == "file"
        assert Path(unquote(address.path)).read_bytes().startswith(b"<svg")


def test_plyer_shows_the_same_text(
    session: PrivateSession, need: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    need("notify-send")
    address = session.env["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    show = shower("Follow Up", lambda: server_capabilities(address, 5))
    for markup in (False, True):
        if markup:
            let_the_server_read_markup(session)
        show(notification("a", TRICKY_TITLE, TRICKY_BODY))
        received = session.received()[-1]
        assert received.title == "\u2010Call R&D <now>"
        body = "\u2010" + TRICKY_BODY[1:]
        assert received.body == (escape_markup(body) if markup else body)


def test_plyer_s_failure_is_known_when_the_server_hangs(session: PrivateSession) -> None:
    address = session.env["DBUS_SESSION_BUS_ADDRESS"]
    session.server.send_signal(signal.SIGSTOP)
    with pytest.raises(NotifierFailed):
        shower("Follow Up", lambda: server_capabilities(address, 0.3))(notification("a"))


def test_the_chain_is_a_notifier(rig: Rig) -> None:
    notifier: Notifier = rig.chain
    assert notifier.name == "freedesktop"


def test_what_asks_for_an_answer_stays_as_long_as_the_program_hears_it(
    rig: Rig, session: PrivateSession
) -> None:
    """A reminder has no time limit, but with the program it goes; a mere message is the server's matter."""
    configure(session, "timeout = 0", "timeout = 1")
    rig.show(notification("a"))
    rig.show(Notification(tag="message", title="Notifications work", body=""))
    wait_until(lambda: session.displayed() == 1, 60, "the message is gone")
    rig.chain.close()
    wait_until(lambda: session.displayed() == 0, 60, "the reminder is gone")
