"""What assistive technology meets beyond Qt's own interfaces."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import invalidate, isValid

from followup_desktop.ui.kit.widgets import roles as roles_module
from followup_desktop.ui.kit.widgets.buttons import Button, ChoiceGroup, Disclosure
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.combo import NamedCombo
from followup_desktop.ui.kit.widgets.plain import tool_tip
from followup_desktop.ui.kit.widgets.roles import ItemFrame, OpenableItem, Part, install_roles


@pytest.fixture(autouse=True)
def roles(qapp: QApplication) -> None:
    install_roles()


def test_a_scroll_area_is_asked_for_a_child_that_has_gone(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(QWidget())
    interface = QAccessible.queryAccessibleInterface(area)
    assert interface.childCount() > 0
    assert interface.child(99) is None


@pytest.mark.parametrize("kind", [QWidget, Part])
def test_what_hands_the_keyboard_on_has_not_got_it(qtbot: QtBot, kind: type[QWidget]) -> None:
    """Else two places would have it, and a reader could take the nameless one."""
    around = kind()
    qtbot.addWidget(around)
    line, box = QLineEdit(), QSpinBox()
    inside = QVBoxLayout(around)
    for each in (line, box):
        inside.addWidget(each)
    around.setFocusProxy(line)
    with qtbot.waitActive(around):
        around.show()
        around.activateWindow()
    around.setFocus()
    assert line.hasFocus()
    states = [QAccessible.queryAccessibleInterface(each).state() for each in (around, line)]
    assert [(state.focusable, state.focused) for state in states] == [(False, False), (True, True)]
    assert QAccessible.queryAccessibleInterface(box).role() == QAccessible.Role.SpinBox


@pytest.mark.parametrize(
    "make", [lambda parent: QScrollArea(parent).viewport(), lambda parent: QTabWidget(parent).children()[0]]
)
def test_what_qt_made_is_read_after_its_python_half_has_gone(
    qtbot: QtBot, make: Callable[[QWidget], QWidget]
) -> None:
    """It can go while the widget stays, and each reading was told as a fault."""
    around = QWidget()
    qtbot.addWidget(around)
    thing = make(around)
    interface = QAccessible.queryAccessibleInterface(thing)
    invalidate(thing)
    assert not isValid(thing)
    assert not interface.state().invalid
    assert interface.childCount() == 0


def test_a_heading_says_its_level_and_its_language(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    for kind, level in (("title", 1), ("name", 2), ("section", 2), ("strong", 3)):
        told = _attributes(as_heading(Text("x", kind, around)))
        assert told.attributeValue(QAccessible.Attribute.Level) == level, kind
    label = as_heading(Text("x", "name", around), 1)
    label.setLocale(QLocale("de"))
    told = _attributes(label)
    assert told.attributeValue(QAccessible.Attribute.Level) == 1
    assert told.attributeValue(QAccessible.Attribute.Locale).name() == "de_DE"
    interface = QAccessible.queryAccessibleInterface(label)
    assert interface.tableCellInterface() is None, "what it isn't can be asked for"


def _attributes(label: QWidget) -> QAccessibleAttributesInterface:
    return QAccessible.queryAccessibleInterface(label).attributesInterface()


def test_a_combo_box_says_its_name_and_its_value(qtbot: QtBot) -> None:
    combo = NamedCombo()
    qtbot.addWidget(combo)
    combo.addItems(["Saved", "Applied"])
    combo.setAccessibleName("Stage")
    interface = QAccessible.queryAccessibleInterface(combo)
    assert interface.text(QAccessible.Text.Name) == "Stage"
    assert interface.text(QAccessible.Text.Value) == "Saved"


def test_a_button_with_an_arrow_says_that_it_opens_something(qtbot: QtBot) -> None:
    button = Button("Snooze ▾")
    qtbot.addWidget(button)
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.text(QAccessible.Text.Name) == "Snooze"
    assert (interface.state().hasPopup, interface.state().expanded) == (True, False)
    button.setText("Close ▴")
    assert interface.state().expanded
    with qtbot.waitSignal(button.clicked):
        interface.actionInterface().doAction("Press")


def test_choosing_in_the_closed_list_of_a_combo_box_sets_it(qtbot: QtBot) -> None:
    combo = NamedCombo()
    qtbot.addWidget(combo)
    combo.addItems(["Saved", "Applied"])
    with qtbot.waitSignal(combo.activated):
        combo.view().setCurrentIndex(combo.model().index(1, 0))
    assert combo.currentText() == "Applied"


def test_no_row_of_a_closed_list_has_the_keyboard(qtbot: QtBot) -> None:
    """For Qt the current row has it, in any list. Which one is selected can still be asked."""
    combo = NamedCombo()
    qtbot.addWidget(combo)
    combo.addItems(["Saved", "Applied", "Offer"])
    combo.setCurrentIndex(1)
    combo.show()

    def rows(state: str) -> list[int]:
        listed = QAccessible.queryAccessibleInterface(combo).child(0)
        states = (listed.child(place).state() for place in range(listed.childCount()))
        return [place for place, each in enumerate(states) if getattr(each, state)]

    assert rows("selected") == [1]
    qtbot.waitUntil(lambda: rows("focused") == [])
    combo.setCurrentIndex(2)
    qtbot.waitUntil(lambda: rows("focused") == [])
    assert rows("selected") == [2]
    combo.showPopup()
    assert rows("focused") == [2]
    combo.hidePopup()
    qtbot.waitUntil(lambda: rows("focused") == [])
    assert combo.currentText() == "Offer"


def test_items_may_come_and_go_in_great_numbers(qtbot: QtBot) -> None:
    """Their interfaces are deleted once, by Qt."""
    for _ in range(1000):
        item = ItemFrame()
        assert QAccessible.queryAccessibleInterface(item).role() == QAccessible.Role.ListItem
        item.deleteLater()
    qtbot.wait(0)


def test_a_thing_is_looked_at_once_however_many_windows_there_were(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    looked_at: list[QObject] = []
    monkeypatch.setattr(roles_module, "_interface", looked_at.append)
    for _ in range(3):
        install_roles()
    button = QPushButton("Sent")  # of three classes
    qtbot.addWidget(button)
    assert QAccessible.queryAccessibleInterface(button).role() is QAccessible.Role.Button
    assert looked_at == [button]


def test_the_tab_key_stops_at_the_one_that_is_chosen(qtbot: QtBot) -> None:
    """Also where it was chosen by no key: Qt would stop at the one that had the keyboard last."""
    holder = QWidget()
    qtbot.addWidget(holder)
    line, buttons, group = (
        QLineEdit(),
        [Button(each) for each in ("Today", "Board", "People")],
        ChoiceGroup(holder),
    )
    inside = QVBoxLayout(holder)
    for each in (line, *buttons):
        inside.addWidget(each)
    for button in buttons:
        button.setCheckable(True)
        group.addButton(button)
    buttons[0].setChecked(True)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    buttons[0].setFocus()
    buttons[1].setChecked(True)
    line.setFocus()
    stops = []
    for _ in range(2):
        QTest.keyClick(holder.focusWidget(), Qt.Key.Key_Tab)
        stops.append(holder.focusWidget())
    assert stops == [buttons[1], line]
    QTest.keyClick(line, Qt.Key.Key_Tab)
    QTest.keyClick(buttons[1], Qt.Key.Key_Down)
    assert (holder.focusWidget(), group.checkedButton()) == (buttons[2], buttons[2])


def test_a_list_s_item_whose_tool_tip_says_its_name_is_read_once(qtbot: QtBot) -> None:
    item = OpenableItem()
    qtbot.addWidget(item)
    item.setAccessibleName("Interview at Acme, Sunday 29 November")
    item.setToolTip(tool_tip(item.accessibleName()))
    said = QAccessible.queryAccessibleInterface(item).text
    assert (said(QAccessible.Text.Name), said(QAccessible.Text.Description)) == (item.accessibleName(), "")


def test_a_choice_made_while_a_reader_listens_is_told_as_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader asks what a button is as soon as that has a name; Qt keeps the answer."""

    def named(button: Button, name: str) -> None:
        QPushButton.setAccessibleName(button, name)
        QAccessible.queryAccessibleInterface(button)

    monkeypatch.setattr(Button, "setAccessibleName", named)
    holder = QWidget()
    qtbot.addWidget(holder)
    button, group = Button("Week", holder, "filter", checkable=True), ChoiceGroup(holder)
    group.addButton(button)
    assert QAccessible.queryAccessibleInterface(button).role() == QAccessible.Role.RadioButton


def test_what_shows_more_is_expanded_or_collapsed_and_no_box_to_be_checked(qtbot: QtBot) -> None:
    button = Disclosure("Columns", name="Columns of the file")
    qtbot.addWidget(button)
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() == QAccessible.Role.PushButton
    assert interface.text(QAccessible.Text.Name) == "Columns of the file"
    states = [interface.state()]
    interface.actionInterface().doAction("Press")
    states.append(interface.state())
    assert [(each.expandable, each.expanded, each.collapsed) for each in states] == [
        (True, False, True),
        (True, True, False),
    ]
    assert not any(each.checkable or each.hasPopup for each in states)
