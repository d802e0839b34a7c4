"""Every state of the board drawn in each look and size: nothing leaves its place or asks for more room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.kit.theme import Theme
from tests.screens_board import BOARD
from tests.ui.pictures import ROOMS, draw_in_both_looks


@pytest.mark.parametrize("name", BOARD)
@pytest.mark.parametrize("room", ROOMS)
def test_columns_keep_to_their_place(
    qtbot: QtBot,
    theme: Theme,
    open_board: Callable[[Facts], BoardView],
    name: str,
    room: tuple[int, int, float],
) -> None:
    width, height, scale = room
    facts, prepare = BOARD[name]
    theme.scale_text(scale)
    view = open_board(facts())
    view.resize(width, height)
    prepare(view)
    assert (view.width(), view.height()) == (width, height)
    draw_in_both_looks(view, theme, qtbot)
    shown = [column for column in view.columns.values() if column.isVisible()]
    assert all(column.width() >= theme.px(160) for column in shown)
    for column in shown:
        cards = column.list
        assert cards.horizontalScrollBar().maximum() == 0
        if cards.cards.rowCount():
            assert cards.visualRect(cards.cards.index(0, 0)).width() <= cards.viewport().width()
