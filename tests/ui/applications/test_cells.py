"""Editing in the table: one step each, refused texts stay, letters go to the rows and not into editors."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.ui.applications.view import ApplicationsView
from tests.ui.applications.conftest import ACME
from tests.ui.desk import Desk


def edit(view: ApplicationsView, column: str, application: str = "acme") -> QWidget:
    """The editor that F2 opens in the cell."""
    view.table.columns_shown.choose(COLUMN_NAMES)
    number = COLUMN_NAMES.index(column)
    view.table.setFocus()
    view.table.select_only(application)
    view.table.setCurrentIndex(view.model.index(view.model.row_of(application), number))
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.indexWidget(view.table.currentIndex())
    assert editor is not None
    assert QApplication.focusWidget() is editor
    return editor


def finish(editor: QWidget, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(editor, key)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("column", "text", "stored"),
    [
        ("employer", " Acme Iberia ", "Acme Iberia"),
        ("role", "Analyst", "Analyst"),
        ("tags", "remote, go,,remote", ("remote", "go")),
    ],
)
def test_a_line_is_saved_by_enter_as_one_step(
    view: ApplicationsView, desk: Desk, column: str, text: str, stored: Any
) -> None:
    editor = edit(view, column)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    finish(editor)
    assert getattr(desk.store.application("acme"), column) == stored
    assert view.table.hasFocus()
    assert view.table.indexWidget(view.table.currentIndex()) is None
    assert view.table.selected_ids() == ["acme"]
    desk.tracker.undo()
    assert desk.store.application("acme") == ACME


@pytest.mark.parametrize(
    ("column", "downs", "stored"),
    [
        ("stage", 1, Stage.OFFER),
        ("fit", 4, 4),
        ("priority", 2, 2),
    ],
)
def test_a_choice_is_saved_by_enter_as_one_step(
    view: ApplicationsView, desk: Desk, column: str, downs: int, stored: Any
) -> None:
    editor = edit(view, column)
    assert isinstance(editor, QComboBox)
    for _ in range(downs):
        QTest.keyClick(editor, Qt.Key.Key_Down)
    assert desk.store.application("acme") == ACME, "turning to a choice is not yet taking it"
    finish(editor)
    assert getattr(desk.store.application("acme"), column) == stored
    desk.tracker.undo()
    assert desk.store.application("acme") == ACME


def test_a_choice_from_the_popup_is_taken_at_once(view: ApplicationsView, desk: Desk) -> None:
    editor = edit(view, "priority")
    assert isinstance(editor, QComboBox)
    editor.showPopup()
    QTest.keyClick(editor.view(), Qt.Key.Key_Down)
    QTest.keyClick(editor.view(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert desk.store.application("acme").priority == 1
    assert view.table.indexWidget(view.table.currentIndex()) is None


def test_escape_leaves_it_as_it_was(view: ApplicationsView, desk: Desk) -> None:
    editor = edit(view, "role")
    QTest.keyClicks(editor, "x")
    finish(editor, Qt.Key.Key_Escape)
    assert desk.store.application("acme") == ACME
    assert view.table.hasFocus()
    assert desk.tracker.undo_label is None


def test_a_refused_text_keeps_its_editor(view: ApplicationsView, desk: Desk, qtbot: QtBot) -> None:
    editor = edit(view, "employer")
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, " ")
    with qtbot.waitSignal(view.status) as said:
        finish(editor)
    assert said.args is not None
    assert "empty" in str(said.args[0])
    assert view.table.indexWidget(view.table.currentIndex()) is editor
    assert editor.accessibleDescription() == said.args[0]
    assert not view.leave()
    QTest.keyClicks(editor, "Acme SA")
    finish(editor)
    assert desk.store.application("acme").employer == "Acme SA"
    assert view.leave()


def test_what_is_typed_is_saved_when_the_view_is_left(view: ApplicationsView, desk: Desk) -> None:
    editor = edit(view, "role")
    QTest.keyClicks(editor, "Analyst")
    assert view.leave()
    assert desk.store.application("acme").role == "Analyst"


def test_a_change_from_elsewhere_spares_what_is_typed(view: ApplicationsView, desk: Desk) -> None:
    editor = edit(view, "role")
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "Analyst")
    desk.tracker.edit_application("acme", role="Else", location="Bilbao")
    view.refresh(None)
    assert view.table.indexWidget(view.table.currentIndex()) is editor
    assert editor.text() == "Analyst"


def test_a_row_that_left_its_filter_goes_when_the_keyboard_leaves_it(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    editor = edit(view, "stage")
    assert isinstance(editor, QComboBox)
    editor.setCurrentText("Rejected")
    finish(editor)
    assert desk.store.application("acme").stage is Stage.REJECTED
    assert view.model.row_of("acme") >= 0, "what was just edited goes nowhere"
    assert view.detail.application == "acme"
    assert view.table.hasFocus()
    view.table.select_only("initech")
    qtbot.waitUntil(lambda: view.model.row_of("acme") < 0)


def test_where_nothing_can_be_typed_the_employer_is_edited(view: ApplicationsView) -> None:
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(0, view.table.columns_shown.shown().index("next")))
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    assert view.table.currentIndex().column() == view.table.columns_shown.shown().index("employer")
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_letters_go_to_the_row_that_begins_so(view: ApplicationsView) -> None:
    view.table.select_only("acme")
    view.table.setFocus()
    QTest.keyClicks(view.table, "ini")
    assert view.table.current_id() == "initech"
    assert view.table.hasFocus()
