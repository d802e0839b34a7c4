"""The window comes back as it was left: maximised, where it stood before, and on a screen that is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QDataStream, QRect, QSettings

from followup_desktop.ui.kit.window_settings import GEOMETRY, WindowSettings
from tests.desktop.program import RunningProgram, facts
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession
from tests.desktop.window_states import FULL_SCREEN, MAXIMISED, put, states

TIMEOUT = 60.0
SIZE = (900, 620)
_BEFORE_THE_PLACE = 24
"""Bytes of ``QWidget.saveGeometry``: a number, two of the version, and the place with its frame."""


def put_in_place(session: PrivateSession, program: RunningProgram, place: tuple[int, int]) -> None:
    """Give the window its size and place, by the hand of the window manager; wait until it is kept.

    A program that is still busy sees the last of several sizes alone: of a window that is maximised before
    it has looked, it would never learn what size it had.
    """
    window = program.window
    session.activate(window)
    size, where = [str(each) for each in SIZE], [str(each) for each in place]
    session.run("xdotool", "windowsize", window, *size, "windowmove", window, *where)
    wait_until(lambda: session.area(window)[2:] == SIZE, TIMEOUT, "the window has its size")
    wait_until(lambda: kept_size(program) == SIZE, TIMEOUT, "the program keeps its size")


def kept_size(program: RunningProgram) -> tuple[int, int]:
    """The size that the program has kept for its window as it is neither maximised nor full screen."""
    file = QSettings(str(program.folder / "window.ini"), QSettings.Format.IniFormat)
    stream = QDataStream(WindowSettings(file).get(GEOMETRY))
    stream.skipRawData(_BEFORE_THE_PLACE)
    place = QRect()
    stream >> place
    return place.width(), place.height()


@pytest.fixture
def program(session: PrivateSession, need: Callable[..., None]) -> RunningProgram:
    need("xprop")
    program = RunningProgram(session, facts())
    program.start()
    put_in_place(session, program, (100, 90))
    return program


@pytest.mark.parametrize("names", [MAXIMISED, FULL_SCREEN], ids=["maximised", "full screen"])
def test_it_comes_back_as_it_was_quit_with_its_place_before_below(
    session: PrivateSession, program: RunningProgram, names: Sequence[str]
) -> None:
    before = session.area(program.window)
    put(session, program.window, names)
    program.leave()
    program.start()
    wait_until(lambda: names[0] in states(session, program.window), TIMEOUT, "it is as it was")
    put(session, program.window, names, on=False)
    wait_until(lambda: session.area(program.window)[2:] == SIZE, TIMEOUT, "it has its size of before")
    assert session.area(program.window) == before
    program.leave()
    program.start()
    assert names[0] not in states(session, program.window), "and it can be left small again"


def test_a_crash_does_not_make_it_small(session: PrivateSession, program: RunningProgram) -> None:
    put(session, program.window, MAXIMISED)
    kept = program.folder / "window.ini"
    wait_until(lambda: "maximized" in kept.read_text("utf-8"), TIMEOUT, "its state is kept")
    program.process.kill()
    program.process.wait(TIMEOUT)
    program.start()
    wait_until(lambda: MAXIMISED[0] in states(session, program.window), TIMEOUT, "it is as it was")


def test_it_is_raised_from_the_task_bar_as_large_as_it_was(
    session: PrivateSession, program: RunningProgram
) -> None:
    put(session, program.window, MAXIMISED)
    session.run("xdotool", "windowminimize", program.window)
    wait_until(lambda: "HIDDEN" in states(session, program.window), TIMEOUT, "it is minimised")
    program.raise_window()
    wait_until(lambda: "HIDDEN" not in states(session, program.window), TIMEOUT, "it is back")
    wait_until(lambda: MAXIMISED[0] in states(session, program.window), TIMEOUT, "it is as large")


@pytest.mark.parametrize(("size", "maximised"), [("1280x800", True), ("800x600", True), ("800x600", False)])
def test_a_window_of_a_screen_that_is_gone_is_seen_on_the_one_that_is_there(
    need: Callable[..., None], tmp_path: Path, size: str, maximised: bool
) -> None:
    need("xprop")
    kept = tmp_path / "window.ini"
    with PrivateSession(None, size="1920x1200") as large:
        program = RunningProgram(large, facts())
        program.start()
        put_in_place(large, program, (1000, 560))
        if maximised:
            put(large, program.window, MAXIMISED)
        program.leave()
        shutil.copy(program.folder / "window.ini", kept)
    with PrivateSession(None, size=size) as small:
        program = RunningProgram(small, facts())
        shutil.copy(kept, program.folder / "window.ini")
        program.start()
        width, height = (int(each) for each in size.split("x"))
        wait_until(lambda: within(small.area(program.window), width, height), TIMEOUT, "it is on the screen")
        wait_until(
            lambda: (MAXIMISED[0] in states(small, program.window)) == maximised, TIMEOUT, "it is as it was"
        )


@pytest.mark.parametrize(
    "env", [{"QT_SCALE_FACTOR": "2"}, {"QT_FONT_DPI": "192"}], ids=lambda env: next(iter(env))
)
def test_at_200_percent_the_whole_window_is_on_the_screen(
    session: PrivateSession, need: Callable[..., None], env: dict[str, str]
) -> None:
    need("xprop")
    program = RunningProgram(session, facts())
    program.start(**env)
    wait_until(lambda: within(session.area(program.window), 1280, 800), TIMEOUT, "it fits on the screen")
    assert session.area(program.window)[3] > 500, "and it is no slit"


def within(area: tuple[int, int, int, int], width: int, height: int) -> bool:
    """Whether a window lies on a screen of that size, but for its frame, of which xdotool tells too much."""
    left, top, wide, tall = area
    frame = 40
    return -frame <= left and -frame <= top and left + wide <= width + frame and top + tall <= height + frame
