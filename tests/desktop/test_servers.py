"""A due follow-up on each real notification server, answered by real clicks on its popup."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.desktop.popups import Popups
from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.reader import Reader
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


@pytest.fixture
def reader(session: PrivateSession) -> Iterator[Reader]:
    with closing(Reader(session)) as reader:
        yield reader


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


def close_to_tray(session: PrivateSession, program: RunningProgram) -> None:
    session.tray_icon()
    session.run("xdotool", "windowactivate", "--sync", program.window)
    session.run("xdotool", "key", "alt+F4")
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
    program = RunningProgram(session, content())
    program.start()
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


def test_a_click_opens_the_follow_up_and_what_is_settled_there_is_withdrawn(
    session: PrivateSession, popups: Popups, reader: Reader
) -> None:
    program = RunningProgram(session, content())
    program.start()
    popup = shown(session, TITLE)
    close_to_tray(session, program)
    popups.open(popup)
    (window,) = wait_until(lambda: session.windows(program.process), 10, "the window is back")
    wait_until(lambda: session.active_window() == window, 10, "it is in front")
    wait_until(lambda: TITLE in reader.focused(), 10, "the follow-up is selected")
    add(session, program, "Second")
    second = shown(session, "Second")
    session.run("xdotool", "key", "ctrl+1", "Home", "d")
    session.run("xdotool", "key", "2")
    wait_until(lambda: not [f for f in program.due() if f["title"] == TITLE], 10, "it is settled")
    end(program)
    assert second
