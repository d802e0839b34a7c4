"""Fields whose text is one of many names: they write it as it is kept once they are left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.forms.choices import ChoiceField, CountryField, SuggestField, ZoneField


@pytest.mark.parametrize(
    ("kind", "typed", "shown", "value"),
    [
        (CountryField, "ES-MD", "Madrid, Spain", "ES-MD"),
        (CountryField, "spain", "Spain", "ES"),
        (ZoneField, "new york", "America/New_York", "America/New_York"),
    ],
)
def test_a_name_is_written_out_when_the_field_is_left(
    qtbot: QtBot, kind: type[SuggestField], typed: str, shown: str, value: str
) -> None:
    field = kind("Place")
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, typed)
    field.settle()
    assert (field.typed(), field.value(), field.refusal) == (shown, value, "")
    assert field.dirty


@pytest.mark.parametrize("kind", [CountryField, ZoneField])
def test_no_such_name_is_refused_when_the_field_is_left(qtbot: QtBot, kind: type[SuggestField]) -> None:
    field = kind("Place")
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "qqq")
    assert field.refusal == ""
    field.settle()
    assert "qqq" in field.refusal
    assert field.typed() == "qqq"
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    field.settle()
    assert (field.typed(), field.value(), field.refusal) == ("", None, "")


@pytest.mark.usefixtures("theme")  # in another style the list stays open
def test_a_choice_made_with_the_mouse_leaves_the_keyboard_on_the_field(qtbot: QtBot) -> None:
    field = ChoiceField("Stage", [("a", "Applied"), ("o", "Offer")])
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.combo.clearFocus()
    QTest.mouseClick(field.combo, Qt.MouseButton.LeftButton)
    view = field.combo.view()
    qtbot.waitUntil(view.isVisible)
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: field.value() == "o")
    assert field.combo.hasFocus()
