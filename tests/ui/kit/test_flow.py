"""Buttons set in lines, as text is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.widgets.flow import FlowLayout


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def buttons(parent: QWidget) -> list[QPushButton]:
    """Seven of 80 by 30 pixels."""
    made = [QPushButton(parent) for _place in range(7)]
    for button in made:
        button.setFixedSize(80, 30)
    parent.show()
    return made


@pytest.fixture
def flow(parent: QWidget, buttons: list[QPushButton]) -> FlowLayout:
    """The buttons, of which the last three belong together, at some distance."""
    made = FlowLayout(parent, gap=10)
    for button in buttons:
        made.addWidget(button)
    made.keep_together(buttons[4])
    return made


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (620, [7]),
        (610, [4, 3]),  # rather than six and one
        (350, [4, 3]),
        (260, [3, 1, 3]),
        (250, [2, 2, 2, 1]),  # no line holds all three
        (80, [1] * 7),
    ],
)
def test_what_belongs_together_is_in_one_line_if_one_has_room(
    flow: FlowLayout, buttons: list[QPushButton], width: int, expected: list[int]
) -> None:
    flow.setGeometry(QRect(0, 0, width, flow.heightForWidth(width)))
    tops = [button.y() for button in buttons]
    assert [tops.count(top) for top in sorted(set(tops))] == expected
    assert all(button.geometry().right() < width for button in buttons)


def test_what_is_hidden_takes_no_part(flow: FlowLayout, buttons: list[QPushButton]) -> None:
    for button in buttons[4:6]:
        button.hide()
    assert flow.heightForWidth(440) == 30
    assert flow.heightForWidth(430) == 70
