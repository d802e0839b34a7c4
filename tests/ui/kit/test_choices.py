"""Fields whose text is one of many names: they write it as it is kept once they are left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.forms.choices import CountryField, SuggestField, ZoneField


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
