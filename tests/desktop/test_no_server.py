"""Where no notification server is, or not even a bus, follow-ups are in the window; and the tray."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.servers import DUNST
from tests.desktop.session import PrivateSession

TITLE = "Thank Ana Ruiz"
ALL_DAY = {"quiet_from": "00:00", "quiet_until": "00:00"}
TIMEOUT = 60.0


def program_with_a_reminder(session: PrivateSession) -> RunningProgram:
    now = datetime.now(UTC).replace(microsecond=0)
    return RunningProgram(session, facts(just_interviewed(now), **ALL_DAY))


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
        wait_until(lambda: program.exported()["announced"], TIMEOUT, "it counts as announced")
        session.start_notification_server(DUNST)
        program.add_due("It is back", **ALL_DAY)
        (only,) = wait_until(session.received, TIMEOUT, "it is shown")
        assert only.title == "It is back"
        end(program)


def test_without_a_bus_it_is_in_the_window(accessible_session: PrivateSession) -> None:
    """The accessibility bus is found through the session bus, so keys show that the window works."""
    session = accessible_session
    program = program_with_a_reminder(session)
    program.start(DBUS_SESSION_BUS_ADDRESS=f"unix:path={session.folder}/missing")
    wait_until(lambda: program.exported()["announced"], TIMEOUT, "it counts as announced")
    program.answer_in_today("2", lambda: bool(program.events()))
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
    assert process.poll() is None

    def click() -> None:
        if not session.windows(process):
            session.click(session.middle(icon))

    (window,) = repeat_until(click, lambda: session.windows(process), TIMEOUT, "the window is back")
    wait_until(lambda: session.active_window() == window, TIMEOUT, "it is in front")
    assert process.poll() is None
    end(program)


def test_without_a_tray_closing_the_window_ends_the_program(session: PrivateSession) -> None:
    program = program_with_a_reminder(session)
    program.start()
    session.close_window(program.window)
    program.ended()
