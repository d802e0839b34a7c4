"""A line to type in, as assistive technology hears it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.forms.field import LineEdit, NotesField, TextField
from followup_desktop.ui.kit.forms.passphrase import PassphraseField, PassphraseFields
from followup_desktop.ui.kit.theme import Lettering, TextSize, Theme


@pytest.mark.parametrize("kind", ["line", "passphrase"])
def test_no_cursor_moves_in_a_line_that_the_tab_key_comes_to_first(qtbot: QtBot, kind: str) -> None:
    """Qt tells of it before it tells where the keyboard is; Orca then never says which line it is."""
    holder = QWidget()
    qtbot.addWidget(holder)
    inside = QVBoxLayout(holder)
    lines: list[QLineEdit]
    if kind == "line":
        lines = [LineEdit(), LineEdit()]
        for line in lines:
            inside.addWidget(line)
    else:
        both = PassphraseFields({"first": "New passphrase", "again": "Repeat the new passphrase"})
        inside.addWidget(both)
        lines = [field.line for field in both.fields.values()]
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    lines[0].setFocus()
    moved: list[tuple[int, int]] = []
    lines[1].cursorPositionChanged.connect(lambda before, now: moved.append((before, now)))
    QTest.keyClick(lines[0], Qt.Key.Key_Tab)
    assert lines[1].hasFocus()
    assert moved == []


def described(editor: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface is not None
    return interface.text(QAccessible.Text.Description)


@pytest.mark.parametrize("make", [TextField, NotesField])
def test_what_an_empty_field_asks_for_is_told_only_while_it_is_empty(
    qtbot: QtBot, make: type[TextField | NotesField]
) -> None:
    field = make("Email", hint="not known")
    qtbot.addWidget(field)
    assert described(field.editor) == "not known"
    field.set_value("ana@acme.example")
    assert described(field.editor) == ""
    field.set_value("")
    assert described(field.editor) == "not known"


def test_a_required_field_says_what_it_asks_for_until_it_is_filled(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    inside = QVBoxLayout(form)
    field, other = TextField("Employer", required=True, hint="or an agency"), QLineEdit()
    inside.addWidget(field)
    inside.addWidget(other)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    assert described(field.editor) == "required, or an agency"
    field.setFocus()
    QTest.keyClicks(field.line, "Acme")
    assert described(field.editor) == "required, or an agency"  # what changes here would be read at once
    other.setFocus()
    qtbot.waitUntil(lambda: described(field.editor) == "required")


def test_a_password_without_room_is_not_shown(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.resize(80, 40)
    field.show()
    field.line.setText("W" * 60)
    first = field.line.grab().toImage()
    field.line.setText("i" * 60)
    assert field.line.grab().toImage() == first
    assert "W" not in field.line.whole
    assert "i" not in field.line.whole


@pytest.mark.parametrize("size", TextSize)
def test_a_text_of_several_lines_has_the_height_they_need(qtbot: QtBot, theme: Theme, size: TextSize) -> None:
    theme.letter(Lettering(size))
    notes = shown_notes(qtbot, theme)
    for count in (3, 5, 8, 12):
        notes.text.setPlainText("\n".join(["One more line"] * count))
        QApplication.processEvents()
        assert notes.text.verticalScrollBar().maximum() == 0
        assert not notes.text.verticalScrollBar().isVisible()
    notes.text.setPlainText("\n".join(["One more line"] * 20))
    QApplication.processEvents()
    assert notes.text.verticalScrollBar().isVisible()


def test_a_text_that_wraps_has_room_in_each_width(qtbot: QtBot, theme: Theme) -> None:
    notes = shown_notes(qtbot, theme)
    notes.text.setPlainText("They asked for a portfolio with three projects, one of them about streams. " * 3)
    QApplication.processEvents()
    first = notes.text.height()
    for width in (250, 600):
        notes.resize(width, 500)
        QApplication.processEvents()
        assert not notes.text.verticalScrollBar().isVisible()
        assert notes.text.document().size().height() * line_height(notes) <= notes.text.viewport().height()
        assert (notes.text.height() > first) == (width == 250)


def shown_notes(qtbot: QtBot, theme: Theme) -> NotesField:
    notes = NotesField("Notes")
    qtbot.addWidget(notes)
    theme.dress(notes)
    notes.resize(600, 500)
    notes.show()
    QApplication.processEvents()
    return notes


def line_height(notes: NotesField) -> float:
    """How high a line is that is shown."""
    block = notes.text.document().firstBlock().layout()
    return block.boundingRect().height() / block.lineCount()
