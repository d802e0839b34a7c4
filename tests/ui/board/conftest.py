"""The Board over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from followup_desktop.domain.model import Facts
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.kit.theme import Theme
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


@pytest.fixture
def open_board(desk: Desk, theme: Theme, put_up: PutUp) -> Callable[[Facts], BoardView]:
    """Opens the board, 1084 × 748, over these facts."""

    def open_over(facts: Facts) -> BoardView:
        desk.put(facts)
        view = BoardView(desk.context(theme))
        put_up(view)
        return view

    return open_over


@pytest.fixture
def board(open_board: Callable[[Facts], BoardView]) -> BoardView:
    """The board of a search with an application in each column."""
    return open_board(situations.twelve())
