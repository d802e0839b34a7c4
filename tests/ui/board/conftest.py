"""The Board over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.services.board import Board
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests.ui import situations
from tests.ui.desk import Desk


@pytest.fixture
def open_board(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[Callable[[Facts], BoardView]]:
    """Opens the board, 1084 × 748, over these facts."""
    opened: list[BoardView] = []

    def open_over(facts: Facts) -> BoardView:
        desk.put(facts)
        view = BoardView(
            desk.tracker, desk.wording, desk.clock, theme, board=Board(desk.store, desk.overview)
        )
        qtbot.addWidget(view)
        desk.store.subscribe(view.refresh)
        view.resize(1084, 748)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        opened.append(view)
        return view

    yield open_over
    for view in opened:
        view.hide()


@pytest.fixture
def board(open_board: Callable[[Facts], BoardView]) -> BoardView:
    """The board of a search with an application in each column."""
    return open_board(situations.twelve())


@pytest.fixture
def looks(theme: Theme) -> Iterator[Theme]:
    """The theme, put back afterwards."""
    yield theme
    theme.choose(ThemeChoice.LIGHT)
    theme.scale_text(1.0)
