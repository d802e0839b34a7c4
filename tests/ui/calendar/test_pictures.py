"""Every state of the calendar drawn in each look and size: nothing overlaps or leaves its place."""

from __future__ import annotations

from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.services.diary import Diary
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests.screens_calendar import CALENDAR
from tests.ui.desk import Desk


@pytest.mark.parametrize("name", CALENDAR)
@pytest.mark.parametrize("room", [(1084, 716, 1.0), (736, 516, 1.0), (736, 516, 1.5)], ids=str)
def test_entries_keep_to_their_place(
    qtbot: QtBot, looks: Theme, desk: Desk, name: str, room: tuple[int, int, float]
) -> None:
    width, height, scale = room
    facts, prepare = CALENDAR[name]
    desk.put(facts())
    view = CalendarView(desk.tracker, Diary(desk.store, desk.wording), desk.wording, desk.clock, looks)
    qtbot.addWidget(view)
    view.resize(width, height)
    looks.scale_text(scale)
    view.show()
    prepare(view)
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        looks.choose(choice)
        qtbot.wait(0)
        assert not view.grab().isNull()
    assert (view.width(), view.height()) == (width, height)
    for grid in view.page.grids:
        shown = [frame.geometry() for frame in grid.frames()]
        assert all(grid.rect().contains(place) for place in shown)
        assert all(place.width() >= 10 and place.height() >= 10 for place in shown)
        assert not any(one.intersects(two) for one, two in combinations(shown, 2))
