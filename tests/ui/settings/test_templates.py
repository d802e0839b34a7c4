"""The message templates in the settings: listed, marked, changed in place, reset, undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.drafts import Template, TemplateName
from followup_desktop.domain.model import Facts
from followup_desktop.ui.settings.view import SettingsView
from tests.pseudo_locale import speaking
from tests.ui import situations
from tests.ui.desk import Desk

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit)


def texts(view: SettingsView) -> list[str]:
    model = view.templates.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def edit(view: SettingsView, row: int = 0) -> None:
    view.show_section("Message templates")
    view.templates.list.setFocus()
    view.templates.list.select(row)
    QTest.keyClick(view.templates.list, Qt.Key.Key_Return)


def test_all_are_listed_by_name(view: SettingsView) -> None:
    assert len(texts(view)) == len(TemplateName)
    assert "Thank-you email" in texts(view)
    assert not any("edited" in text for text in texts(view))


def test_one_is_changed_in_place_and_marked_and_undo_takes_it_back(view: SettingsView, desk: Desk) -> None:
    edit(view)
    rows = view.templates
    assert QApplication.focusWidget() is rows.editor.body.text
    assert not rows.editor.reset_button.isEnabled()
    rows.editor.body.text.setPlainText("Dear $first_name, thank you.")
    QTest.keyClick(rows.editor.body.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not rows.is_editing
    assert QApplication.focusWidget() is rows.list
    assert texts(view)[0] == "Thank-you email — edited"
    assert desk.store.templates()["thank_you/en"].body == "Dear $first_name, thank you."
    desk.tracker.undo()
    assert texts(view)[0] == "Thank-you email"
    desk.tracker.redo()
    assert rows.reset_button.isEnabled()
    edit(view)
    rows.editor.reset_button.click()
    assert texts(view)[0] == "Thank-you email"


def test_delete_resets_in_the_list_and_can_be_undone(view: SettingsView, desk: Desk) -> None:
    desk.tracker.save_template(TemplateName.CALL_SCRIPT, "", "Hello")
    row = list(TemplateName).index(TemplateName.CALL_SCRIPT)
    assert "edited" in texts(view)[row]
    view.templates.list.select(row)
    QTest.keyClick(view.templates.list, Qt.Key.Key_Delete)
    assert "edited" not in texts(view)[row]
    assert desk.tracker.undo_label == "Reset template"
    desk.tracker.undo()
    assert "edited" in texts(view)[row]


def test_what_was_never_changed_cannot_be_reset(view: SettingsView, desk: Desk) -> None:
    view.templates.list.select(1)
    assert not view.templates.reset_button.isEnabled()
    QTest.keyClick(view.templates.list, Qt.Key.Key_Delete)
    assert desk.tracker.undo_label is None


def test_esc_leaves_the_editor_for_the_list(view: SettingsView, desk: Desk) -> None:
    for row in range(len(TemplateName)):
        edit(view, row)
        assert view.templates.editor.unknown.isHidden()
        QTest.keyClick(view.templates.editor.body.text, Qt.Key.Key_Escape)
        assert not view.templates.is_editing
    assert desk.tracker.undo_label is None


def test_what_is_written_is_kept_over_a_crash_until_it_is_saved_or_left(
    open_settings: Callable[[Facts], SettingsView], desk: Desk, qtbot: QtBot
) -> None:
    first = open_settings(situations.nothing())
    edit(first)
    first.templates.editor.body.text.setPlainText("Dear $first_name, half a")
    qtbot.waitUntil(lambda: "template/thank_you" in desk.store.drafts.all("forms"))
    again = open_settings(situations.nothing())
    edit(again, 1)
    assert again.templates.keeper.isHidden(), "it is another template"
    QTest.keyClick(again.templates.editor.body.text, Qt.Key.Key_Escape)
    edit(again)
    rows = again.templates
    assert rows.editor.body.typed() == "Dear $first_name, half a"
    assert "half a" in rows.editor.preview.text()
    assert rows.keeper.isVisible()
    rows.keeper.afresh_button.click()
    assert rows.editor.body.typed() != "Dear $first_name, half a"
    QTest.keyClick(rows.editor.body.text, Qt.Key.Key_Escape)
    edit(open_settings(situations.nothing()))
    assert rows.keeper.isHidden()


def test_a_draft_stays_in_its_language_after_the_program_speaks_another(
    open_settings: Callable[[Facts], SettingsView], desk: Desk, qtbot: QtBot
) -> None:
    first = open_settings(situations.nothing())
    edit(first)
    assert first.templates.editor.language.isHidden()
    subject = first.templates.editor.subject.typed()
    first.templates.editor.body.text.setPlainText("Dear $first_name, on $interview_day")
    qtbot.waitUntil(lambda: "template/thank_you" in desk.store.drafts.all("forms"))
    with desk.store.transaction("Change template") as transaction:
        transaction.put_template(Template("thank_you", "Danke", "Guten Tag $name"))
    with speaking("de"):
        again = open_settings(situations.nothing())
        edit(again)
        editor = again.templates.editor
        assert editor.body.typed() == "Dear $first_name, on $interview_day"
        assert editor.subject.typed() == subject, "it goes with the text, though it wasn't changed"
        assert editor.language.isVisible()
        assert editor.language.combo.currentText() == "English"
        assert "on Wednesday 14 October" in editor.preview.text()
        assert not editor.reset_button.isEnabled(), "it would reset the German one"
        QTest.keyClick(editor.body.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        bodies = {key: template.body for key, template in desk.store.templates().items()}
        assert bodies == {
            "thank_you": "Guten Tag $name",
            "thank_you/en": "Dear $first_name, on $interview_day",
        }
        edit(again)
        assert (editor.body.typed(), editor.language.value()) == ("Guten Tag $name", "de")
        assert editor.language.isHidden()


def test_every_control_has_a_name_of_its_own(view: SettingsView) -> None:
    edit(view)
    controls = [
        one
        for one in view.findChildren(QWidget)
        if isinstance(one, CONTROLS) and one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert all(one.accessibleName() for one in controls if view.templates.isAncestorOf(one))
    names = Counter(name for one in controls if (name := one.accessibleName()))
    assert max(names.values()) == 1, names
