"""Every state of the people drawn in each look and size: nothing asks for more room than there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests.screens_board import PEOPLE


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("room", [(1084, 716, 1.0), (736, 516, 1.0), (736, 516, 1.5)], ids=str)
def test_everything_keeps_to_its_place(
    qtbot: QtBot,
    looks: Theme,
    open_people: Callable[[Facts], PeopleView],
    name: str,
    room: tuple[int, int, float],
) -> None:
    width, height, scale = room
    facts, prepare = PEOPLE[name]
    looks.scale_text(scale)
    view = open_people(facts())
    view.resize(width, height)
    prepare(view)
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        looks.choose(choice)
        qtbot.wait(0)
        assert not view.grab().isNull()
    assert (view.width(), view.height()) == (width, height)
    if view.pane.isVisible():
        content = view.pane.area.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= view.pane.area.viewport().width()
