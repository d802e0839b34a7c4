"""The menu in the tray and the bar about another time zone, used as a user does."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession

TIMEOUT = 60.0
RIGHT = "3"
HOME, AWAY = "Europe/Madrid", "America/Argentina/Buenos_Aires"
ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00"}


class TrayMenu:
    """The menu that a click with the right button on the icon opens; chosen from by the keyboard."""

    def __init__(self, session: PrivateSession, process: subprocess.Popen[bytes]) -> None:
        self._session = session
        self._process = process
        self._icon = session.tray_icon()

    def open(self) -> str:
        """Open it; returns the id of its window."""

        def click() -> None:
            if not self.shown():
                self._session.click(self._session.middle(self._icon), RIGHT)

        return repeat_until(click, self.shown, TIMEOUT, "the menu is open")[0]

    def shown(self) -> list[str]:
        """The windows of menus that are open."""
        return self._session.balloons(self._process)

    def choose(self, *keys: str, effect: Callable[[], object]) -> None:
        """Open it, press these keys, and wait for what that does."""

        def press() -> None:
            self.open()
            self._session.run("xdotool", "key", "--delay", "60", *keys)

        repeat_until(press, effect, TIMEOUT, f"{keys} in the menu of the tray")


def due_now(session: PrivateSession, **policy: str) -> RunningProgram:
    """A program in which a thank-you is due."""
    return RunningProgram(session, facts(just_interviewed(datetime.now(UTC)), **ALWAYS, **policy))


def settings(program: RunningProgram) -> str:
    """What the program keeps from one run to the next."""
    file = program.folder / "window.ini"
    return file.read_text("utf-8") if file.exists() else ""


def test_the_menu_in_the_tray_pauses_resumes_opens_and_quits(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = due_now(session)
    process = program.start()
    menu = TrayMenu(session, process)
    session.close_window(program.window)
    # Open, Add application, Pause: its menu opens to the side, with its first end chosen.
    menu.choose("Down", "Down", "Down", "Right", "Return", effect=lambda: "paused_until" in settings(program))
    assert session.windows(process) == [], "a pause needs no window"
    menu.choose("Down", "Down", "Down", "Return", effect=lambda: "paused_until" not in settings(program))
    menu.choose("Down", "Return", effect=lambda: session.windows(process))
    menu.choose("Up", "Return", effect=lambda: process.poll() is not None)
    assert process.returncode == 0, session.log("program")
    assert problems(program.folder) == ""


def test_add_application_in_the_tray_opens_the_window_with_the_form(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    program = due_now(session)
    process = program.start()
    menu = TrayMenu(session, process)
    session.close_window(program.window)
    menu.choose("Down", "Down", "Return", effect=lambda: session.windows(process))
    program.window = session.window(process)
    session.activate(program.window)

    def stored() -> list[str]:
        return [each["employer"] for each in program.exported()["applications"]]

    session.run("xdotool", "type", "--delay", "30", "Globex")
    session.run("xdotool", "key", "--delay", "60", "Tab")
    session.run("xdotool", "type", "--delay", "30", "Clerk")
    session.run("xdotool", "key", "Return")
    wait_until(lambda: "Globex" in stored(), TIMEOUT, "the application is stored")
    program.leave()
    assert problems(program.folder) == ""


@pytest.mark.parametrize(
    ("button", "zone"), [("Use Buenos Aires time", AWAY), ("Keep Madrid time", HOME)], ids=["use", "keep"]
)
def test_a_computer_that_has_moved_asks_once(
    accessible_session: PrivateSession, button: str, zone: str
) -> None:
    session = accessible_session
    program = due_now(session, timezone=HOME)
    program.start(TZ=HOME)
    wait_until(lambda: HOME in settings(program), TIMEOUT, "the zone was seen")
    program.leave()
    program.start(TZ=AWAY)
    reader = Reader(session)
    reader.press(button)
    wait_until(lambda: AWAY in settings(program), TIMEOUT, "the answer is kept")
    reader.close()
    assert program.exported()["policy"]["timezone"] == zone
    program.leave()
    program.start(TZ=AWAY)
    reader = Reader(session)
    assert button not in [name for _, name in reader.shown()]
    reader.close()
    program.leave()
    assert problems(program.folder) == ""
