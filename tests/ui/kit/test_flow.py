"""Buttons set in lines, as text is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLayoutItem, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import tool_tip


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


def test_what_wants_the_same_size_is_set_once_in_a_width_and_anew_where_one_wants_another(
    flow: FlowLayout, buttons: list[QPushButton], monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned: list[int] = []
    reckon = FlowLayout._tail_width

    def noted(layout: FlowLayout) -> tuple[QLayoutItem | None, int]:
        reckoned.append(layout.count())
        return reckon(layout)

    monkeypatch.setattr(FlowLayout, "_tail_width", noted)
    for _time in range(3):
        flow.invalidate()
        assert [flow.heightForWidth(width) for width in (620, 350, 620)] == [30, 70, 30]
    assert reckoned == [7, 7]
    buttons[0].setFixedSize(80, 50)
    assert [flow.heightForWidth(width) for width in (620, 350, 620)] == [50, 90, 50]
    flow.setSpacing(20)
    assert flow.heightForWidth(350) == 150


def test_a_button_that_has_no_room_for_its_words_tells_them_in_a_tool_tip(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, *_rest: told.append(text))
    line = FlowLayout(parent)
    button = Button("", parent)
    button.setText("&Merge R&&D <Ltd> with another one of that name")
    line.addWidget(button)
    parent.show()
    for width in (2000, 100):
        parent.resize(width, 100)
        line.setGeometry(parent.rect())
        button.grab()  # it is seen before it is pointed at
        QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
    assert button.width() <= 100
    assert told == [tool_tip("Merge R&D <Ltd> with another one of that name")]
