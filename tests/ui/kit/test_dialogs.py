"""What fits wherever it opens: dialogs, labels and fields, check boxes, choices."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.dialogs import FittingDialog, TwoParts
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.forms.panel import FormGrid
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button, CheckBox
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.combo import NamedCombo
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from tests.scene import settle

WORDS = "Keep it in the keyring of this computer, so that you are not asked again"


@pytest.fixture
def place(theme: Theme, qtbot: QtBot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(800, 400)
    return place


def test_a_dialog_scrolls_above_its_buttons_where_its_window_is_small(theme: Theme, place: QWidget) -> None:
    place.resize(500, 300)
    place.show()
    dialog = FittingDialog(theme, 900, place)
    content, buttons, button = QVBoxLayout(), FlowLayout(), Button("Save")
    said = Text("Short.", wrap=True)
    content.addWidget(said)
    buttons.addWidget(button)
    dialog.arrange(content, buttons)
    dialog.show()
    settle()
    low = dialog.height()
    said.setText("A sentence that is much longer. " * 40)
    settle()
    assert low < dialog.height() <= 300
    assert dialog.width() <= 500
    assert dialog.rect().contains(button.geometry())


def test_labels_stand_above_their_fields_where_there_is_no_room_beside_them(
    theme: Theme, place: QWidget
) -> None:
    grid, field = FormGrid(theme), TextField("Job title")
    place.setLayout(grid)
    grid.add(field, field.name)
    label = next(each for each in place.findChildren(Text) if each.text() == "Job title")
    place.show()
    for width, stacked in ((600, False), (200, True), (600, False)):
        place.resize(width, 400)
        settle()
        assert (label.geometry().bottom() < field.y()) is stacked
        assert place.rect().contains(field.geometry())


def test_the_words_of_a_check_box_take_more_lines_where_they_need_them(theme: Theme, place: QWidget) -> None:
    column, box = QVBoxLayout(place), CheckBox(WORDS)
    column.addWidget(box)
    column.addStretch(1)
    place.show()
    heights = []
    for width in (700, 240, 700):
        place.resize(width, 400)
        settle()
        assert place.width() == width
        assert box.fontMetrics().size(0, box.text()).width() < box.width()
        heights.append(box.height())
    assert heights[0] == heights[2] < heights[1]
    assert (box.text(), box.accessibleName()) == (WORDS, WORDS)


def test_a_check_box_is_as_high_in_a_width_whatever_lines_its_words_stand_in(
    theme: Theme, place: QWidget
) -> None:
    box = CheckBox(WORDS, place)
    place.show()
    heights = []
    for width in (100, 240, 700):
        box.resize(width, 100)
        heights.append([box.heightForWidth(each) for each in (100, 240, 700)])
    assert heights[0] == heights[1] == heights[2]
    assert heights[0][2] == box.sizeHint().height()


def test_a_choice_may_be_narrower_than_its_longest_words(theme: Theme, place: QWidget) -> None:
    column, combo = QVBoxLayout(place), NamedCombo()
    combo.addItems(["Short", WORDS])
    column.addWidget(combo)
    place.show()
    place.resize(200, 100)
    settle()
    assert place.width() == 200
    assert combo.sizeHint().width() > 200
    for style in ("", f"font-size: {theme.px(12)}px; padding: 3px 9px;"):
        combo.setStyleSheet(style)
        for words in ("Interviewing", "No response", "Saved"):
            combo.clear()
            combo.addItem(words)
            combo.resize(combo.sizeHint())
            option = QStyleOptionComboBox()
            combo.initStyleOption(option)
            assert combo._shortened(option) == words


def test_two_parts_stand_above_each_other_where_there_is_little_width(theme: Theme, place: QWidget) -> None:
    parts, first, second = TwoParts(theme, 500, (200, 400)), QWidget(), QWidget()
    column = QVBoxLayout(place)
    column.addWidget(parts)
    parts.addWidget(first)
    parts.addWidget(second)
    place.show()
    for width, beside in ((800, True), (400, False), (800, True)):
        place.resize(width, 400)
        settle()
        assert (first.geometry().right() < second.x()) is beside
        assert min(first.width(), first.height(), second.width(), second.height()) > 100
