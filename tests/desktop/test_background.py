"""The program without its window: started as at login, with a tray and without, and found again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.desktop.program import COMMAND, RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import wait_until
from tests.desktop.servers import DUNST
from tests.desktop.session import PrivateSession

ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00"}


def due_now(session: PrivateSession) -> RunningProgram:
    """A program in which a thank-you is due."""
    return RunningProgram(session, facts(just_interviewed(datetime.now(UTC)), **ALWAYS))


def begin(session: PrivateSession, program: RunningProgram) -> subprocess.Popen[bytes]:
    """Start it as at login."""
    command = (*COMMAND, "--background", "--data-dir", str(program.folder))
    program.process = session.start("program", *command)
    return program.process


def iconic(session: PrivateSession, process: subprocess.Popen[bytes]) -> bool:
    """Whether a window of the program is there, but minimised."""
    found = session.run("xdotool", "search", "--all", "--pid", str(process.pid), "--name", "Follow Up")
    states = (session.run("xprop", "-id", window, "WM_STATE").stdout for window in found.stdout.split())
    return any("Iconic" in state for state in states)


def test_in_the_tray_it_reminds_without_a_window_and_a_second_start_shows_it(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = due_now(session)
    process = begin(session, program)
    wait_until(lambda: any("Ana Ruiz" in r.title for r in session.received()), 60, "the reminder comes")
    assert session.windows(process) == []
    assert session.run(*COMMAND, "--background", "--data-dir", str(program.folder)).returncode == 0
    assert session.windows(process) == [], "another start in the background leaves it there"
    program.raise_window()
    wait_until(lambda: session.windows(process), 60, "the window is there")
    program.leave()
    assert problems(program.folder) == ""


def test_without_a_tray_the_window_is_there_minimised(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("xprop")
    program = due_now(session)
    process = begin(session, program)
    wait_until(lambda: any("Ana Ruiz" in r.title for r in session.received()), 60, "the reminder comes")
    wait_until(lambda: iconic(session, process), 60, "the window is there, minimised")
    program.raise_window()
    wait_until(lambda: session.windows(process), 60, "the window is there")
    program.leave()
    assert problems(program.folder) == ""


def test_a_button_counts_while_the_window_is_in_the_tray(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = due_now(session)
    process = begin(session, program)
    shown = wait_until(
        lambda: next((r for r in session.received() if "Ana Ruiz" in r.title), None), 60, "it comes"
    )
    wait_until(lambda: session.displayed() == 1, 60, "it is on the screen")
    session.press_action(shown.id, next(action for action, label in shown.actions.items() if label == "Sent"))
    (event,) = wait_until(program.events, 60, "the thank-you is stored")
    assert event["kind"] == "thank_you"
    assert session.windows(process) == []
    program.leave()


def test_with_a_tray_the_program_ends_by_the_keyboard_though_its_window_is_shown(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = due_now(session)
    process = program.start()
    session.tray_icon()
    session.run("xdotool", "windowactivate", "--sync", program.window)
    session.run("xdotool", "key", "--window", program.window, "ctrl+q")
    wait_until(lambda: process.poll() is not None, 60, "the program ends")
    assert process.returncode == 0
    said = [r.body for r in session.received() if r.title == "Follow Up"]
    assert len(said) == 1
    assert "You won't get reminders until you start Follow Up again." in said[0]


def test_in_the_background_without_a_server_a_reminder_waits_for_one(need: Callable[..., None]) -> None:
    """Nobody sees the window, and nothing shows a notification: it is not announced, and not lost."""
    need("xprop")
    with PrivateSession(None) as session:
        program = due_now(session)
        process = begin(session, program)
        wait_until(lambda: iconic(session, process), 60, "the window is there, minimised")
        assert program.exported()["announced"] == []
        session.start_notification_server(DUNST)
        wait_until(lambda: any("Ana Ruiz" in r.title for r in session.received()), 60, "the reminder comes")
        wait_until(lambda: program.exported()["announced"], 60, "it counts as announced")
        program.leave()
        assert problems(program.folder) == ""


def times_announced(session: PrivateSession) -> int:
    return sum("Ana Ruiz" in received.title for received in session.received())


@pytest.mark.parametrize("by_keys", [False, True], ids=["log-out", "Ctrl+Q"])
def test_what_was_on_the_screen_at_the_end_comes_again_and_what_was_closed_does_not(
    session: PrivateSession, by_keys: bool
) -> None:
    program = due_now(session)
    (program.folder / "window.ini").write_text("[tray]\ntold_farewell=true\n")
    for times in (1, 2):
        program.start()
        wait_until(lambda times=times: times_announced(session) == times, 60, "it is announced")  # type: ignore[misc]
        wait_until(lambda: program.exported()["announced"], 60, "that is written down")
        wait_until(session.displayed, 60, "it is on the screen")
        if times == 2:
            session.dunst_history()  # closes it, as a user does
        if by_keys:
            session.activate(program.window)
            session.run("xdotool", "key", "ctrl+q")
            program.ended()
        else:
            program.leave()
        wait_until(lambda: session.displayed() == 0, 60, "nobody would hear its buttons")
        assert bool(program.exported()["announced"]) == (times == 2)
    program.start()
    program.add_due("Something else", **ALWAYS)
    wait_until(lambda: any(r.title == "Something else" for r in session.received()), 60, "it reminds")
    assert times_announced(session) == 2
    program.leave()
    assert problems(program.folder) == ""
