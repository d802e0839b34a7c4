"""A due follow-up on each real notification server, answered by real clicks on its popup.

notification-daemon shows one popup at a time. One that does not vanish by itself it leaves on the screen even
when it was withdrawn and the server has said that it is closed; it goes when it is clicked.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.desktop.popups import Popups
from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.servers import NOTIFICATION_DAEMON, SERVERS, Server
from tests.desktop.session import PrivateSession, Received

TITLE = "Thank Ana Ruiz"
NEEDS_NONE = "2"
DONE = "1"
SETTLED = "This was already done"
ALL_DAY = {"quiet_from": "00:00", "quiet_until": "00:00"}
TIMEOUT = 60.0


@pytest.fixture(params=SERVERS, ids=lambda server: server.name)
def session(
    request: pytest.FixtureRequest, need: Callable[..., None], need_server: Callable[[Server], None]
) -> Iterator[PrivateSession]:
    """A private session with one of the servers, a tray and an accessibility bus."""
    need("trayer")
    need_server(request.param)
    with PrivateSession(request.param, accessibility=True) as session:
        session.start_tray()
        yield session


@pytest.fixture
def popups(session: PrivateSession) -> Iterator[Popups]:
    with Popups(session) as popups:
        yield popups


def content(*, settled: bool = False) -> dict[str, Any]:
    """Facts by which a thank-you is due, or has been sent."""
    now = datetime.now(UTC).replace(microsecond=0)
    application = just_interviewed(now)
    if settled:
        at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        application["events"] = [
            {"id": "e1", "kind": "thank_you", "at": at, "contact": "c1", "interview": "i1"}
        ]
    return facts(application, **ALL_DAY)


def received(session: PrivateSession, *, title: str = "", body: str = "") -> Received:
    """The notification with that title and this in its body, once the server has it."""

    def first() -> Received | None:
        found = (each for each in session.received() if title in each.title and body in each.body)
        return next(found, None)

    return wait_until(first, TIMEOUT, f"{title or body!r} is announced")


def shown(session: PrivateSession, title: str) -> Received:
    """The notification with that title, once it is on the screen."""
    found = received(session, title=title)
    wait_until(session.displayed, TIMEOUT, "it is on the screen")
    return found


def is_withdrawn(session: PrivateSession, notification: Received) -> None:
    """Wait until it is closed, and off the screen where the server takes it off."""
    wait_until(lambda: notification.id in session.closed(), TIMEOUT, "the notification is closed")
    if session.kind is not NOTIFICATION_DAEMON:
        wait_until(lambda: session.displayed() == 0, TIMEOUT, "it is off the screen")


def started(session: PrivateSession) -> RunningProgram:
    """The program with a thank-you due; its user knows already that it stays in the tray."""
    program = RunningProgram(session, content())
    (program.folder / "window.ini").write_text("[tray]\ntold=true\n")
    program.start()
    return program


def close_to_tray(session: PrivateSession, program: RunningProgram) -> None:
    session.tray_icon()
    session.close_window(program.window)
    assert session.windows(program.process) == []
    assert program.process.poll() is None


def due(program: RunningProgram) -> list[str]:
    return [each["title"] for each in program.due()]


def end(program: RunningProgram) -> None:
    program.leave()
    assert problems(program.folder) == ""


def test_a_button_answers_while_the_window_is_hidden(session: PrivateSession, popups: Popups) -> None:
    program = started(session)
    popup = shown(session, TITLE)
    assert popup.actions == {
        "default": "Open",
        "write_email": "Write email…",
        "sent": "Sent",
        "needs_none": "Needs none",
        "snooze": "Snooze",
    }
    close_to_tray(session, program)
    popups.click(popup, "Sent")
    (event,) = wait_until(program.events, TIMEOUT, "the thank-you is stored")
    assert (event["kind"], event["contact"], event["interview"]) == ("thank_you", "c1", "i1")
    wait_until(lambda: session.displayed() == 0, TIMEOUT, "the notification is gone")
    assert due(program) == []
    assert session.windows(program.process) == []
    end(program)


def test_a_click_opens_the_follow_up_and_what_is_settled_in_the_window_is_withdrawn(
    session: PrivateSession, popups: Popups
) -> None:
    program = started(session)
    popup = shown(session, TITLE)
    close_to_tray(session, program)
    popups.open(popup)
    (window,) = wait_until(lambda: session.windows(program.process), TIMEOUT, "the window is back")
    wait_until(lambda: session.active_window() == window, TIMEOUT, "it is in front")
    session.run("xdotool", "key", NEEDS_NONE)
    wait_until(program.events, TIMEOUT, "the key answers the follow-up that was opened")
    wait_until(lambda: session.displayed() == 0, TIMEOUT, "its notification is gone")

    program.add_due("Second", **ALL_DAY)
    popup = shown(session, "Second")
    program.answer_in_today(DONE, lambda: due(program) == [])
    is_withdrawn(session, popup)
    end(program)


def test_an_answer_that_no_longer_holds_writes_nothing_and_is_told(
    session: PrivateSession, popups: Popups
) -> None:
    """Another process settles it, and the click comes before the program, which is stopped, can know."""
    program = started(session)
    popup = shown(session, TITLE)
    close_to_tray(session, program)
    place = popups.place(popup, "Sent")
    wait_until(lambda: program.exported()["announced"], TIMEOUT, "that it was announced is stored")
    program.process.send_signal(signal.SIGSTOP)
    source = session.folder / "settled.json"
    source.write_text(json.dumps(content(settled=True)), "utf-8")
    program.command("import", str(source))
    popups.click_at(place, popup, "Sent")
    program.process.send_signal(signal.SIGCONT)
    received(session, body=SETTLED)
    assert [event["id"] for event in program.events()] == ["e1"]
    end(program)


@pytest.mark.parametrize("session", [NOTIFICATION_DAEMON], ids=lambda server: server.name, indirect=True)
def test_a_popup_that_stays_though_withdrawn_answers_nothing(session: PrivateSession, popups: Popups) -> None:
    """Only notification-daemon leaves one behind."""
    program = started(session)
    popup = shown(session, TITLE)
    program.answer_in_today(NEEDS_NONE, lambda: due(program) == [])
    before = program.events()
    is_withdrawn(session, popup)
    close_to_tray(session, program)
    popups.click(popup, "Sent")
    received(session, body=SETTLED)
    assert program.events() == before
    end(program)


def test_a_server_that_was_killed_is_used_again_when_it_is_back(session: PrivateSession) -> None:
    program = started(session)
    shown(session, TITLE)
    session.kill_notification_server()
    program.add_due("Without a server", **ALL_DAY)
    wait_until(lambda: len(program.exported()["announced"]) == 2, TIMEOUT, "it is announced in another way")
    assert sorted(due(program)) == [TITLE, "Without a server"]
    session.start_notification_server()
    program.add_due("Back", **ALL_DAY)
    with Popups(session) as popups:
        popups.click(shown(session, "Back"), "Done")
    wait_until(lambda: "Back" not in due(program), TIMEOUT, "the answer is stored")
    assert sorted(due(program)) == [TITLE, "Without a server"]
    end(program)


def test_a_server_that_hangs_holds_up_neither_the_window_nor_the_reminders(
    session: PrivateSession,
) -> None:
    """While it hangs the window takes keys, and the tray shows what it does not; then it has its turn."""
    program = started(session)
    popup = shown(session, TITLE)
    session.server.send_signal(signal.SIGSTOP)
    program.add_due("Meanwhile", **ALL_DAY)
    program.answer_in_today(NEEDS_NONE, lambda: due(program) == ["Meanwhile"])
    assert program.events()
    wait_until(lambda: session.balloons(program.process), TIMEOUT, "the tray shows it")
    assert len(program.exported()["announced"]) == 2
    session.server.send_signal(signal.SIGCONT)
    received(session, title="Meanwhile")
    wait_until(lambda: popup.id in session.closed(), TIMEOUT, "what was settled is withdrawn")
    assert [each.title for each in session.received()].count("Meanwhile") <= 2
    assert due(program) == ["Meanwhile"]
    session.server.send_signal(signal.SIGSTOP)
    session.activate(program.window)
    session.run("xdotool", "key", "ctrl+q")
    program.ended()
    assert problems(program.folder) == ""
