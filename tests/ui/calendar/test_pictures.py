"""Every state of the calendar drawn in each look and size: nothing overlaps or leaves its place."""

from __future__ import annotations

from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.theme import Theme
from tests.screens_calendar import CALENDAR
from tests.ui.desk import Desk
from tests.ui.pictures import ROOMS, draw_in_both_looks


@pytest.mark.parametrize("name", CALENDAR)
@pytest.mark.parametrize("room", ROOMS)
def test_entries_keep_to_their_place(
    qtbot: QtBot, theme: Theme, desk: Desk, name: str, room: tuple[int, int, float]
) -> None:
    width, height, scale = room
    facts, prepare = CALENDAR[name]
    desk.put(facts())
    view = CalendarView(desk.context(theme))
    qtbot.addWidget(view)
    view.resize(width, height)
    theme.scale_text(scale)
    view.show()
    prepare(view)
    assert (view.width(), view.height()) == (width, height)
    draw_in_both_looks(view, theme, qtbot)
    for grid in view.page.grids:
        shown = [frame.geometry() for frame in grid.frames()]
        assert all(grid.rect().contains(place) for place in shown)
        assert all(place.width() >= 10 and place.height() >= 10 for place in shown)
        assert not any(one.intersects(two) for one, two in combinations(shown, 2))
