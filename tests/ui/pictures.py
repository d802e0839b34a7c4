"""Views drawn in each look, for tests of what keeps to its place."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme, ThemeChoice

ROOMS = [
    pytest.param((1084, 716, 1.0), marks=pytest.mark.journey, id="wide"),
    pytest.param((736, 516, 1.0), marks=pytest.mark.journey, id="narrow"),
    pytest.param((736, 516, 1.5), id="narrow with large text"),
]
"""Width and height of a view in pixels, and the size of the text; in every run, what has the least room."""


def draw_in_both_looks(view: QWidget, theme: Theme, qtbot: QtBot) -> None:
    """Draw the view dark, then light; it keeps its size."""
    size = view.size()
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        theme.choose(choice)
        qtbot.wait(0)
        assert not view.grab().isNull()
    assert view.size() == size
