"""Every state of the people drawn in each look and size: nothing asks for more room than there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.view import PeopleView
from tests.screens_board import PEOPLE
from tests.ui.pictures import ROOMS, draw_in_both_looks


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("room", ROOMS)
def test_everything_keeps_to_its_place(
    qtbot: QtBot,
    theme: Theme,
    open_people: Callable[[Facts], PeopleView],
    name: str,
    room: tuple[int, int, float],
) -> None:
    width, height, scale = room
    facts, prepare = PEOPLE[name]
    theme.scale_text(scale)
    view = open_people(facts())
    view.resize(width, height)
    prepare(view)
    assert (view.width(), view.height()) == (width, height)
    draw_in_both_looks(view, theme, qtbot)
    if view.pane.isVisible():
        content = view.pane.area.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= view.pane.area.viewport().width()
