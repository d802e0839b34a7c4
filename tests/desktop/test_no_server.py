"""Where no notification server is, or not even a bus, follow-ups are in the window; and the tray."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.reader import Reader
from tests.desktop.servers import DUNST
from tests.desktop.session import PrivateSession

TITLE = "Thank Ana Ruiz"


def program_with_a_reminder(session: PrivateSession) -> RunningProgram:
    now = datetime.now(UTC).replace(microsecond=0)
    return RunningProgram(session, facts(just_interviewed(now), quiet_from="00:00", quiet_until="00:00"))


def add_reminder(session: PrivateSession, program: RunningProgram, title: str) -> None:
    """Another process adds a reminder that is due; the program looks at once."""
    at = f"{datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    more = {
        **facts(quiet_from="00:00", quiet_until="00:00"),
        "reminders": [{"id": "r1", "title": title, "at": at}],
    }
    source = session.folder / "more.json"
    source.write_text(json.dumps(more), "utf-8")
    program.command("import", str(source))
    program.raise_window()


def end(program: RunningProgram) -> None:
    program.leave()
    assert problems(program.folder) == ""


def test_without_a_server_it_is_in_the_window_and_the_first_one_that_comes_is_used(
    need: Callable[..., None],
) -> None:
    need()
    with PrivateSession(None, accessibility=True) as session, closing(Reader(session)) as reader:
        program = program_with_a_reminder(session)
        program.start()
        reader.has(TITLE, part=True)
        wait_until(lambda: program.exported()["announced"], 20, "it counts as announced")
        session.start_notification_server(DUNST)
        add_reminder(session, program, "It is back")
        wait_until(lambda: [each.title for each in session.received()] == ["It is back"], 20, "it is shown")
        end(program)


def test_without_a_bus_it_is_in_the_window(accessible_session: PrivateSession) -> None:
    """The accessibility bus is found through the session bus, so keys show that the window works."""
    session = accessible_session
    program = program_with_a_reminder(session)
    program.start(DBUS_SESSION_BUS_ADDRESS=f"unix:path={session.folder}/missing")
    session.run("xdotool", "windowactivate", "--sync", program.window)
    wait_until(lambda: program.exported()["announced"], 20, "it counts as announced")
    session.run("xdotool", "key", "--delay", "60", "ctrl+1", "Home", "2")
    wait_until(program.events, 10, "the follow-up is answered in the window")
    assert session.received() == []
    end(program)


def test_the_window_closes_to_the_tray_and_a_click_there_brings_it_back(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = program_with_a_reminder(session)
    process = program.start()
    icon = session.tray_icon()
    session.close_window(program.window)
    wait_until(lambda: not session.windows(process), 10, "the window is closed")
    session.click(session.middle(icon))
    (window,) = wait_until(lambda: session.windows(process), 10, "the window is back")
    wait_until(lambda: session.active_window() == window, 10, "it is in front")
    assert process.poll() is None
    end(program)


def test_without_a_tray_closing_the_window_ends_the_program(session: PrivateSession) -> None:
    program = program_with_a_reminder(session)
    process = program.start()
    session.close_window(program.window)
    wait_until(lambda: process.poll() is not None, 20, "the program ends")
    assert process.returncode == 0
