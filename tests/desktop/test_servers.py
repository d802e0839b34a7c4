"""A due follow-up on each real notification server, answered by real clicks on its popup."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.desktop.popups import Popups
from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.servers import SERVERS, Server
from tests.desktop.session import PrivateSession, Received

TITLE = "Thank Ana Ruiz"
ALL_DAY = {"quiet_from": "00:00", "quiet_until": "00:00"}


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


def content(*titles: str, settled: bool = False) -> dict[str, Any]:
    """Facts by which a thank-you is due, or has been sent, and reminders of these titles too."""
    now = datetime.now(UTC).replace(microsecond=0)
    application = just_interviewed(now)
    if settled:
        at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        application["events"] = [
            {"id": "e1", "kind": "thank_you", "at": at, "contact": "c1", "interview": "i1"}
        ]
    return {**facts(application, **ALL_DAY), "reminders": reminders(*titles)}


def reminders(*titles: str) -> list[dict[str, str]]:
    at = datetime.now(UTC) - timedelta(minutes=1)
    return [{"id": title.lower(), "title": title, "at": f"{at:%Y-%m-%dT%H:%M}"} for title in titles]


def shown(session: PrivateSession, title: str) -> Received:
    """The notification with that title, once the server has it and it is on the screen."""

    def newest() -> Received | None:
        return next((each for each in session.received() if each.title == title), None)

    found = wait_until(newest, 20, f"{title!r} is announced")
    wait_until(session.displayed, 10, "it is on the screen")
    return found


def started(session: PrivateSession) -> RunningProgram:
    """The program with a thank-you due; its user knows already that it stays in the tray."""
    program = RunningProgram(session, content())
    (program.folder / "window.ini").write_text("[tray]\ntold=true\n")
    program.start()
    return program


def close_to_tray(session: PrivateSession, program: RunningProgram) -> None:
    session.tray_icon()
    session.close_window(program.window)
    wait_until(lambda: not session.windows(program.process), 10, "the window is closed")
    assert program.process.poll() is None


def end(program: RunningProgram) -> None:
    program.leave()
    assert problems(program.folder) == ""


def add(session: PrivateSession, program: RunningProgram, *titles: str) -> None:
    """Another process adds reminders that are due; the program looks at once."""
    source = session.folder / "more.json"
    source.write_text(json.dumps({**facts(**ALL_DAY), "reminders": reminders(*titles)}), "utf-8")
    program.command("import", str(source))
    program.raise_window()


def test_a_button_answers_while_the_window_is_hidden(session: PrivateSession, popups: Popups) -> None:
    program = started(session)
    popup = shown(session, TITLE)
    assert popup.actions == {
        "default": "Open",
        "sent": "Sent",
        "needs_none": "Needs none",
        "snooze": "Snooze",
    }
    close_to_tray(session, program)
    popups.click(popup, "Sent")
    (event,) = wait_until(program.events, 10, "the thank-you is stored")
    assert (event["kind"], event["contact"], event["interview"]) == ("thank_you", "c1", "i1")
    wait_until(lambda: session.displayed() == 0, 10, "the notification is gone")
    assert program.due() == []
    assert session.windows(program.process) == []
    end(program)


def test_a_click_opens_the_follow_up_and_what_is_settled_in_the_window_is_withdrawn(
    session: PrivateSession, popups: Popups
) -> None:
    program = started(session)
    popup = shown(session, TITLE)
    close_to_tray(session, program)
    popups.open(popup)
    (window,) = wait_until(lambda: session.windows(program.process), 10, "the window is back")
    wait_until(lambda: session.active_window() == window, 10, "it is in front")
    session.run("xdotool", "key", "2")
    wait_until(program.events, 10, "the key answers the follow-up that was opened")
    wait_until(lambda: session.displayed() == 0, 10, "its notification is gone")

    add(session, program, "Second")
    shown(session, "Second")
    session.run("xdotool", "key", "--delay", "60", "ctrl+1", "Home", "1")
    wait_until(lambda: program.due() == [], 10, "the reminder is settled")
    wait_until(lambda: session.displayed() == 0, 10, "its notification is withdrawn")
    end(program)


def test_a_server_that_hangs_holds_up_neither_the_window_nor_the_reminders(session: PrivateSession) -> None:
    program = started(session)
    shown(session, TITLE)
    session.server.send_signal(signal.SIGSTOP)
    add(session, program, "Meanwhile")
    session.activate(program.window)
    session.run("xdotool", "key", "--delay", "60", "ctrl+1", "Home", "2")
    wait_until(program.events, 10, "the window takes an answer while the server hangs")
    wait_until(lambda: len(program.exported()["announced"]) == 2, 10, "the reminder is announced")
    session.server.send_signal(signal.SIGCONT)
    shown(session, "Meanwhile")
    wait_until(lambda: session.displayed() == 1, 10, "what was settled meanwhile is withdrawn")
    assert [each.title for each in session.received()].count("Meanwhile") == 1
    end(program)
