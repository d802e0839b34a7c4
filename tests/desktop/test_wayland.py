"""The main job on Wayland: the window, a second start, popups in their places, a notification answered."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from tests.desktop.conftest import is_missing
from tests.desktop.program import RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import Received, speaks_at_spi
from tests.desktop.wayland import SIZE, WAYLAND_PROGRAMS, Area, WaylandSession

TIMEOUT = 30.0
OTHER = "from PySide6.QtWidgets import *; a = QApplication([]); w = QWidget(); w.show(); a.exec()"
"""Another program, whose window comes in front."""

Place = tuple[int, int]


@pytest.fixture
def session(need: Callable[..., None]) -> Iterator[WaylandSession]:
    need(*WAYLAND_PROGRAMS)
    if not speaks_at_spi():
        is_missing("not installed: at-spi2-core, python3-gi or gir1.2-atspi-2.0")
    with WaylandSession(accessibility=True) as session:
        yield session


def check_popup(
    session: WaylandSession, reader: Reader, name: str, act: Callable[[WaylandSession, Place], None]
) -> None:
    """What this opens at the control of that name stands beside it, on the screen."""
    before = len(session.popups("program"))
    places: list[Place] = []

    def open_it() -> None:
        places.append(reader.place(name))  # anew, should it still have moved
        act(session, places[-1])

    found = repeat_until(open_it, lambda: session.popups("program")[before:], TIMEOUT, f"a popup of {name}")
    assert is_on_screen(found[-1]), (name, found[-1])
    assert any(is_beside(found[-1], place) for place in places), (name, found[-1], places)
    session.hands.press("Escape")
    # One that is still open would take the next click for the wish to close it.
    wait_until(lambda: not session.open_popups("program"), TIMEOUT, f"the popup of {name} is closed")


def click(session: WaylandSession, place: Place) -> None:
    session.hands.click(place)


def is_on_screen(area: Area) -> bool:
    x, y, width, height = area
    return x >= 0 and y >= 0 and x + width <= SIZE[0] and y + height <= SIZE[1]


def is_beside(area: Area, place: Place) -> bool:
    """Whether a popup begins right below, or ends right above, a control with its middle in that place."""
    x, y, width, height = area
    near = 30
    return x - near <= place[0] <= x + width + near and (
        0 <= y - place[1] <= near or 0 <= place[1] - (y + height) <= near
    )


def complete(session: WaylandSession, place: Place) -> None:
    """Type into a field that makes suggestions."""
    session.hands.click(place)
    session.hands.press("ctrl+a")
    session.hands.type("europe m")


FIELDS = {"Kind": click, "Choose Date in a calendar": click, "Time zone": complete}
"""What opens a list, a calendar, and suggestions."""


def announced(session: WaylandSession) -> Received | None:
    return next((each for each in session.received() if "Ana Ruiz" in each.title), None)


def test_the_main_job_on_wayland(session: WaylandSession) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    program = RunningProgram(session, facts(just_interviewed(now), quiet_from="00:00", quiet_until="00:00"))
    process = program.start()
    hands = session.hands
    wait_until(lambda: session.has_keyboard(process), TIMEOUT, "the window has the keyboard")

    other = session.start("other", sys.executable, "-c", OTHER)
    wait_until(lambda: session.has_keyboard(other), TIMEOUT, "another window is in front")
    session.env["XDG_ACTIVATION_TOKEN"] = hands.token()
    program.raise_window()
    del session.env["XDG_ACTIVATION_TOKEN"]
    wait_until(lambda: session.has_keyboard(process), TIMEOUT, "a second start raises the first one's window")
    session.end(other)
    wait_until(lambda: session.area_of(process) == (0, 0, *SIZE), TIMEOUT, "it has the screen for itself")

    with closing(Reader(session)) as reader:
        check_popup(session, reader, "Help", click)
        hands.press("ctrl+i")
        reader.has("Save interview")
        for name, act in FIELDS.items():
            check_popup(session, reader, name, act)
        hands.press("Escape")

    shown = wait_until(lambda: announced(session), TIMEOUT, "the thank-you is announced")
    wait_until(lambda: session.displayed() == 1, TIMEOUT, "it is on the screen")
    session.press_action(shown.id, next(each for each, label in shown.actions.items() if label == "Sent"))
    (event,) = wait_until(program.events, TIMEOUT, "the thank-you is stored")
    assert event["kind"] == "thank_you"
    program.leave()
    assert problems(program.folder) == ""
