"""Writing to an employer over a real store: drafts, sending, near copies, calls, templates, what survives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.drafts import PLACEHOLDERS
from followup_desktop.domain.model import CallOutcome, EventKind, Rule, Stage
from followup_desktop.services.messages.values import Values
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.requests import AddInterview, Request
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.window_settings import SENDER
from tests.pseudo_locale import speaking
from tests.scene import settle
from tests.screens_compose import COMPOSE, three_to_thank
from tests.tables import tabled
from tests.ui import situations
from tests.ui.compose.conftest import Write, Writing


def button(widget: QWidget, name: str) -> QAbstractButton:
    """The visible button with this accessible name."""
    found = [b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def query(url: QUrl) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)).query)


def notes(writing: Writing, application: str = "acme") -> list[tuple[EventKind, str | None, str]]:
    events = writing.desk.store.application(application).events
    return [(e.kind, e.contact, e.note) for e in events]


def test_a_thank_you_is_opened_sent_and_logged_by_the_keyboard(write: Write, qtbot: QtBot) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    assert page.message.text.hasFocus()
    body = page.message.typed()
    QTest.keyClick(page.message.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [url] = writing.desk.urls
    assert unquote(url.path()) == "ana@acme.example"
    assert query(url)["body"] == [body.replace("\n", "\r\n")]
    assert notes(writing) == []
    assert page.question.buttons[0].hasFocus()
    with qtbot.waitSignal(writing.view.asked):
        QTest.keyClick(page.question.buttons[0], Qt.Key.Key_Y)
    assert notes(writing) == [(EventKind.THANK_YOU, "ana", body)]
    assert writing.said[-1] == "Marked “Thank Ana Ruiz” as sent"
    assert writing.view.context.drafts.letters.all("body") == {}
    writing.desk.tracker.undo()
    assert notes(writing) == []
    writing.view.open(key)
    assert page.message.typed() == body


def test_another_language_is_chosen_while_writing_and_what_was_written_can_be_had_back(write: Write) -> None:
    writing = write(three_to_thank())
    undo: list[Any] = []
    writing.view.undoable.connect(lambda said, take_back: undo.append((said, take_back)))
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    page.message.type_again("Dear Ana, thanks a lot")
    field = page.language_field
    assert (field.name, field.combo.currentText()) == ("Language", "English")
    field.combo.setCurrentText("Deutsch (Sie)")
    assert "heut" in page.message.typed().casefold()
    written = (page.subject.editor, page.message.editor)
    assert {part.locale().language() for part in written} == {QLocale.Language.German}
    assert page.template_button.isHidden()
    [(said, take_back)] = undo
    assert said == "Started over in Deutsch (Sie)"
    take_back()
    assert (page.message.typed(), field.combo.currentText()) == ("Dear Ana, thanks a lot", "English")
    assert {part.locale().name() for part in written} == {QLocale().name()}
    writing.open(Rule.THANK_YOU, "tom")
    field.combo.setCurrentText("Español (tú)")
    assert writing.desk.store.application("acme").language == "es-informal"
    assert page.message.typed().startswith("Hola, Tom:")
    assert len(undo) == 1, "nothing was written that could be lost"


def test_a_letter_goes_on_in_its_own_language_after_the_program_speaks_another(write: Write) -> None:
    writing = write(three_to_thank(""))
    writing.view.context.settings.set(SENDER, "")
    key = writing.open(Rule.THANK_YOU, "ana")
    QTest.keyClicks(writing.view.email.subject.editor, "Hello: ")
    typed = writing.view.email.message.typed()
    assert "[what you talked about]" in typed
    writing.view.hide()
    with speaking("de"):
        again = write(three_to_thank(""))
        again.view.open(key)
        page = again.view.email
        typed = typed.replace("[what you talked about]", "[worüber Sie gesprochen haben]")
        typed = typed.replace("[your name]", "[Ihr Name]")
        assert page.message.typed() == typed, "the marks are for the user, the rest isn't"
        assert page.language_field.combo.currentText() == "English"
        assert page.template_button.isHidden(), "it would change the German one"
        assert page.missing.text == "Noch auszufüllen: worüber Sie gesprochen haben, Ihr Name."
        assert page.message.text.textCursor().selectedText() == "[worüber Sie gesprochen haben]"
        QTest.keyClicks(page.signature.editor, "Sam Rivera")
        QTest.keyClick(page.signature.editor, Qt.Key.Key_Return)
        assert page.message.typed() == typed.replace("[Ihr Name]", "Sam Rivera")
        assert page.missing.text == "Noch auszufüllen: worüber Sie gesprochen haben."
        page.language_field.combo.setCurrentText("Deutsch (Sie)")
        assert "heut" in page.message.typed().casefold()
        assert again.desk.store.application("acme").language == "de"


def test_a_letter_kept_before_its_language_was_noted_is_in_the_application_s(write: Write) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    letters = writing.view.context.drafts.letters
    writing.view.email.message.type_again("Dear Ana, thanks a lot")
    writing.view.keep()
    kept = letters[key]
    assert kept.pop("language") == "en"
    writing.view.hide()
    letters.keep(key, kept)
    writing.desk.tracker.edit_application("acme", language="es")
    again = write(three_to_thank())
    again.view.open(key)
    assert again.view.email.message.typed() == "Dear Ana, thanks a lot"
    assert again.view.email.language_field.combo.currentText() == "Español (usted)"


def test_not_yet_leaves_everything_as_it_is(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    page.open_mail()
    QTest.keyClick(page.question.buttons[0], Qt.Key.Key_N)
    assert page.question.isHidden()
    assert page.message.text.hasFocus()
    assert notes(writing) == []


def test_without_a_mail_program_it_says_what_else_to_do(write: Write) -> None:
    writing = write(three_to_thank())
    writing.mail_program = False
    writing.open(Rule.THANK_YOU, "ana")
    writing.view.email.open_mail()
    assert "Copy the text" in writing.said[-1]
    assert writing.view.email.question.isHidden()
    assert writing.view.email.copy_button.hasFocus()


def test_one_too_long_for_an_address_is_handed_over_by_the_clipboard(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    page.message.text.setPlainText("日本語 " * 400)
    page.open_mail()
    [url] = writing.desk.urls
    assert query(url).get("body") is None
    assert QGuiApplication.clipboard().text() == page.message.typed()
    assert "clipboard" in writing.said[-1]


def test_copy_and_save_as_a_file(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    button(page.window(), "Copy message").click()
    assert QGuiApplication.clipboard().text() == page.message.typed()
    button(page.window(), "Save as .eml").click()
    assert writing.file is not None
    message = message_from_bytes(writing.file.read_bytes(), policy=default)
    assert message["To"] == "ana@acme.example"
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == page.subject.typed()
    assert not page.question.isHidden()
    writing.file = None
    button(page.window(), "Save as .eml").click()


def test_what_is_missing_is_marked_listed_and_selected(write: Write) -> None:
    writing = write(three_to_thank(""))
    writing.view.context.settings.set(SENDER, "")
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    assert page.missing.text == "Still to fill in: what you talked about, your name."
    assert page.message.text.textCursor().selectedText() == "[what you talked about]"
    formats = page.message.text.document().firstBlock().next().next().layout().formats()
    assert len(formats) == 1
    assert page.signature.editor.hasFocus()
    QTest.keyClicks(page.signature.editor, "Sam Rivera")
    QTest.keyClick(page.signature.editor, Qt.Key.Key_Return)
    assert "[your name]" not in page.message.typed()
    assert page.message.typed().endswith("Sam Rivera")
    assert page.missing.text == "Still to fill in: what you talked about."
    where = page.sent_button.y()
    page.message.text.setPlainText(page.message.typed().replace("[what you talked about]", "x"))
    assert page.missing.isHidden()
    QCoreApplication.sendPostedEvents()
    assert page.sent_button.y() == where, "the buttons stay under the pointer"
    writing.open(Rule.THANK_YOU, "tom")
    assert page.signature.isHidden()


def test_words_are_counted_with_a_hint(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    assert "60 to 120" in page.words.text()
    page.message.text.setPlainText("too short")
    assert page.words.text().startswith("2 words. Aim for 60")
    page.message.text.setPlainText("word " * 121)
    assert page.words.text().startswith("121 words. Aim for 120")


def test_a_near_copy_of_another_note_is_pointed_out_sent_or_not(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    page.message.text.setPlainText(page.message.typed() + "\nPS: see you soon")
    body = page.message.typed()
    writing.open(Rule.THANK_YOU, "tom")
    assert page.warnings.isHidden()
    page.message.text.setPlainText(body.replace("Ana", "Tom"))
    page.signature.committed.emit()
    page.keep()
    writing.view.open(writing.view.key or "")
    assert "Ana Ruiz" in page.warnings.text
    assert "tip 2" in page.warnings.text


def test_a_warning_of_the_guard_is_shown_and_stops_nobody(write: Write) -> None:
    facts = situations.twelve()
    writing = write(facts)
    key = writing.open(Rule.CHECK_IN)
    assert writing.view.email.warnings.isHidden()
    writing.desk.tracker.log_event("quiet-001", EventKind.EMAIL)
    key = next(
        f.key for f in writing.desk.store.follow_ups("quiet-001") if f.rule is Rule.CHECK_IN and f.key != key
    )
    writing.view.open(key)
    assert "heard from you" in writing.view.email.warnings.text
    button(writing.view, "Sent").click()
    assert len(writing.desk.store.application("quiet-001").events) == 2


def test_the_organiser_is_offered_and_passes_the_thanks_on(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "li")
    page = writing.view.email
    button(page.window(), "Ask the organiser").click()
    assert page.to.typed() == "Ana Ruiz <ana@acme.example>"
    assert "Li Wei" in page.message.typed()
    page.message.text.setPlainText(page.message.typed() + "\nPS")
    key = writing.view.key or ""
    writing.view.keep()
    writing.view.open(writing.follow_up(Rule.THANK_YOU, "ana").key)
    writing.view.open(key)
    assert page.message.typed().endswith("PS")
    button(page.window(), "Sent").click()
    assert [(kind, contact) for kind, contact, _ in notes(writing)] == [(EventKind.THANK_YOU, "li")]


def test_directly_after_all(write: Write) -> None:
    writing = write(three_to_thank())
    writing.view.open(writing.follow_up(Rule.THANK_YOU, "li").key, True)
    button(writing.view, "Write directly").click()
    assert "Li," in writing.view.email.message.typed()
    writing.view.email.to.line.setText("li@acme.example")
    button(writing.view, "Sent").click()
    assert writing.desk.store.contact("li").email == "li@acme.example"


def test_an_address_that_is_none_is_refused_where_it_stands(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    page.to.line.setText("ana@acme.example, tom@acme.example")
    button(page.window(), "Sent").click()
    assert "an email address" in page.to.refusal
    page.open_mail()
    assert writing.desk.urls == []
    assert notes(writing) == []


def test_another_recipient_is_greeted_by_name(write: Write) -> None:
    facts = three_to_thank()
    first, *others = facts.applications
    gone = replace(first, stage=Stage.REJECTED, stage_at=situations.NOW)
    writing = write(replace(facts, applications=(gone, *others)))
    key = next(f.key for f in writing.desk.store.follow_ups("acme") if f.rule is Rule.ASK_FEEDBACK)
    writing.view.open(key)
    page = writing.view.email
    page.message.text.setPlainText(page.message.typed() + "\nPS")
    page.to.line.setText("Tom Berg <tom@acme.example>")
    page.to.committed.emit()
    assert page.message.typed().startswith("Dear Tom,")
    assert page.message.typed().endswith("PS")


def test_what_was_written_survives_leaving_and_the_end_of_the_program(write: Write, qtbot: QtBot) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    QTest.keyClicks(page.message.text, "Hello! ")
    qtbot.waitUntil(lambda: key in writing.view.context.drafts.letters.all("body"))
    typed = page.message.typed()
    writing.open(Rule.THANK_YOU, "tom")
    assert page.message.typed() != typed
    writing.view.open(key)
    assert page.message.typed() == typed
    writing.view.hide()
    again = write(three_to_thank())
    again.view.open(key)
    assert again.view.email.message.typed() == typed
    QTest.keyClick(again.view.email.message.text, Qt.Key.Key_Escape)
    assert again.view.key is None
    again.view.open(key)
    QTest.keyClick(again.view.back, Qt.Key.Key_Escape)
    assert again.view.key is None


def test_a_letter_that_waits_overnight_says_yesterday_and_keeps_what_was_typed(write: Write) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    on_the_day = page.message.typed()
    assert "today" in on_the_day
    page.message.type_again(f"{on_the_day} I have time today.")
    writing.view.leave()
    writing.desk.now += timedelta(days=1)
    writing.open(Rule.THANK_YOU, "tom")
    writing.view.open(key)
    typed = page.message.typed()
    assert typed == f"{on_the_day.replace('today', 'yesterday')} I have time today."
    page.copy()
    writing.desk.now += timedelta(days=1)
    writing.view.leave()
    writing.view.open(key)
    assert page.message.typed() == typed, "it was sent, perhaps"


def test_a_letter_that_stays_open_overnight_says_yesterday(write: Write) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    page = writing.view.email
    on_the_day = page.message.typed()
    writing.desk.now += timedelta(days=1)
    page.open_mail()
    [url] = writing.desk.urls
    said = on_the_day.replace("today", "yesterday")
    assert query(url)["body"] == [said.replace("\n", "\r\n")]
    page.question.chosen.emit(1)
    assert page.message.typed() == said
    assert not writing.view.context.drafts.letters.is_kept(key)


def test_what_is_settled_elsewhere_is_left(write: Write, qtbot: QtBot) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.THANK_YOU, "ana")
    with qtbot.waitSignal(writing.view.asked):
        writing.desk.tracker.log_event("acme", EventKind.THANK_YOU, contact="ana")
    assert not writing.view.open(key)
    assert "already done" in writing.said[-1]


@pytest.mark.parametrize(
    ("letter", "outcome", "kind"),
    [
        ("l", CallOutcome.LEFT_MESSAGE, EventKind.CALL),
        ("n", CallOutcome.NO_ANSWER, EventKind.CALL),
        ("e", None, EventKind.EMAIL),
    ],
)
def test_a_call_is_logged_by_one_key(
    write: Write, letter: str, outcome: CallOutcome | None, kind: EventKind
) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    said = [label.text() for label in page.brief.findChildren(QLabel) if not label.isHidden()]
    assert said[:2] == ["+34 600 000 000", "Lena Park"]
    assert "still being considered" in page.script.typed()
    page.notes.text.setPlainText("very kind")
    QTest.keyClicks(page.how.buttons[0], letter)
    [event] = writing.desk.store.application("initech").events
    assert (event.kind, event.outcome, event.contact, event.note) == (kind, outcome, "lena", "very kind")


def test_a_date_of_a_call_that_is_left_is_there_again_with_its_question(write: Write) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    QTest.keyClicks(page.how.buttons[0], "s")
    QTest.keyClicks(page.what.buttons[0], "1")
    QTest.keyClicks(page.date.editor, "in two weeks")
    page.notes.text.setPlainText("very kind")
    writing.open(Rule.THANK_YOU, "ana")
    assert writing.view.open(key)
    assert page.date.isVisible()
    assert page.date.editor.hasFocus()
    assert page.notes.typed() == "very kind"
    QTest.keyClick(page.date.editor, Qt.Key.Key_Return)
    [event] = writing.desk.store.application("initech").events
    assert (str(event.reply_by), event.note) == ("2026-10-28", "very kind")
    assert not writing.view.context.drafts.letters.is_kept(key)


def test_spoke_asks_what_they_said(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    QTest.keyClicks(page.how.buttons[0], "s")
    assert page.what.buttons[0].hasFocus()
    QTest.keyClicks(page.what.buttons[0], "1")
    assert page.date.editor.hasFocus()
    QTest.keyClick(page.date.editor, Qt.Key.Key_Return)
    assert "the date they gave you" in page.date.refusal
    QTest.keyClicks(page.date.editor, "in two weeks")
    assert page.date.understood.sentence.startswith("= Wed")
    QTest.keyClick(page.date.editor, Qt.Key.Key_Return)
    [event] = writing.desk.store.application("initech").events
    assert event.outcome is CallOutcome.SPOKE
    assert str(event.reply_by) == "2026-10-28"


def test_an_offer_on_the_phone_is_asked_until_when(write: Write) -> None:
    writing = write(three_to_thank())
    key = writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    QTest.keyClicks(page.how.buttons[0], "s")
    QTest.keyClicks(page.what.buttons[0], "3")
    assert page.date.editor.accessibleName() == "Answer needed by"
    QTest.keyClicks(page.date.editor, "in two weeks")
    writing.open(Rule.THANK_YOU, "ana")
    assert writing.view.open(key)
    assert page.date.editor.accessibleName() == "Answer needed by", "it goes on as an offer"
    QTest.keyClick(page.date.editor, Qt.Key.Key_Return)
    initech = writing.desk.store.application("initech")
    assert (initech.stage, str(initech.offer_expires_on)) == (Stage.OFFER, "2026-10-28")
    writing.desk.tracker.undo()
    assert writing.view.open(key)
    QTest.keyClicks(page.how.buttons[0], "s")
    QTest.keyClicks(page.what.buttons[0], "3")
    page.date.line.clear()
    QTest.keyClick(page.date.editor, Qt.Key.Key_Return)
    initech = writing.desk.store.application("initech")
    assert (initech.stage, initech.offer_expires_on) == (Stage.OFFER, None), "they may have named no day"


def test_they_refused_and_a_next_interview(write: Write, qtbot: QtBot) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    QTest.keyClicks(page.how.buttons[0], "s")
    QTest.keyClicks(page.what.buttons[0], "4")
    assert writing.desk.store.application("initech").stage is Stage.REJECTED
    writing.desk.tracker.undo()
    writing.open(Rule.STATUS_CALL)
    button(page.window(), "Spoke").click()
    asked: list[Request] = []
    writing.view.asked.connect(asked.append)
    button(page.window(), "Next interview").click()
    assert asked[-1] == AddInterview("initech")


def test_a_name_that_is_missing_in_a_script_is_asked_for_beside_it(write: Write) -> None:
    writing = write(three_to_thank())
    writing.view.context.settings.set(SENDER, "")
    writing.open(Rule.STATUS_CALL)
    page = writing.view.call
    assert "[your name]" in page.script.typed()
    assert page.missing.text == "Missing: your name."
    assert page.how.buttons[0].hasFocus(), "the answers stay at hand"
    page.signature.setFocus()
    QTest.keyClicks(page.signature.editor, "Sam Nel")
    QTest.keyClick(page.signature.editor, Qt.Key.Key_Return)
    assert "[your name]" not in page.script.typed()
    assert "Sam Nel" in page.script.typed()
    assert page.missing.isHidden()
    assert writing.view.context.settings.get(SENDER) == "Sam Nel"
    writing.open(Rule.THANK_YOU, "ana")
    assert writing.view.email.signature.isHidden()
    writing.open(Rule.STATUS_CALL)
    assert page.signature.isHidden()


def test_an_email_instead_of_the_call(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.STATUS_CALL)
    button(writing.view, "Write an email instead").click()
    assert "Friday 9 October" in writing.view.email.message.typed()
    button(writing.view, "Sent").click()
    [event] = writing.desk.store.application("initech").events
    assert event.kind is EventKind.EMAIL
    assert "Friday 9 October" in event.note


def test_the_number_is_dialled_and_copied(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.STATUS_CALL)
    button(writing.view, "Call").click()
    assert writing.desk.urls[0].toString() == "tel:+34600000000"
    button(writing.view, "Copy number").click()
    assert QGuiApplication.clipboard().text() == "+34 600 000 000"


def test_an_extension_is_dialled_as_one_and_two_numbers_not_at_all(write: Write) -> None:
    writing = write(three_to_thank())
    writing.desk.tracker.edit_contact("lena", phone="+34 600 000 000 ext. 12")
    writing.open(Rule.STATUS_CALL)
    button(writing.view, "Call").click()
    assert writing.desk.urls[0].toString() == "tel:+34600000000;ext=12"
    writing.desk.tracker.edit_contact("lena", phone="600 000 000 / 601 000 000")
    writing.open(Rule.STATUS_CALL)
    assert not writing.view.call.call_button.isVisible()
    assert writing.view.call.copy_button.isVisible()


def test_a_template_is_changed_told_what_is_unknown_and_reset(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    button(writing.view, "Edit template").click()
    editor = writing.view.editor
    assert not editor.reset_button.isEnabled()
    editor.subject.line.setText("Thanks, $first_name")
    editor.body.text.setPlainText("About $topics and $salary. ")
    editor.body.text.moveCursor(editor.body.text.textCursor().MoveOperation.End)
    button(editor, "$my_name").click()
    assert editor.body.typed().endswith("$my_name")
    assert "“$salary” isn't a placeholder" in editor.unknown.text
    assert "About the move to streaming and [salary]. Sam Rivera" in editor.preview.text()
    button(editor, "Save template").click()
    page = writing.view.email
    assert page.isVisible()
    assert page.subject.typed() == "Thanks, Ana"
    assert page.missing.text == "Still to fill in: salary."
    writing.open(Rule.THANK_YOU, "tom")
    assert page.subject.typed() == "Thanks, Tom"
    button(writing.view, "Edit template").click()
    button(editor, "Reset").click()
    assert page.subject.typed() != "Thanks, Tom"
    assert writing.desk.tracker.undo_label == "Reset template"


def test_esc_leaves_the_template_for_the_message(write: Write) -> None:
    writing = write(three_to_thank())
    writing.open(Rule.THANK_YOU, "ana")
    button(writing.view, "Edit template").click()
    QTest.keyClick(writing.view.editor.body.text, Qt.Key.Key_Escape)
    assert writing.view.email.isVisible()


def test_every_control_has_a_name_of_its_own(write: Write) -> None:
    writing = write(three_to_thank())
    for rule in (Rule.THANK_YOU, Rule.STATUS_CALL):
        writing.open(rule)
        _check_names(writing.view)
    writing.open(Rule.THANK_YOU)
    button(writing.view, "Edit template").click()
    _check_names(writing.view)
    hints = Values(Wording()).hints()
    assert sorted(hints) == sorted(PLACEHOLDERS)
    assert all(button(writing.view, f"${name}") for name in hints)


def _check_names(view: QWidget) -> None:
    stops = [
        w
        for w in view.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]
    names = [w.accessibleName() for w in stops]
    assert all(names), [type(w).__name__ for w in stops if not w.accessibleName()]
    assert len(names) == len(set(names)), names


@tabled("name", COMPOSE)
def test_nothing_is_cut_off_however_small_and_large_the_text(write: Write, theme: Theme, name: str) -> None:
    facts, prepare = COMPOSE[name]
    theme.scale_text(1.5)
    writing = write(facts())
    prepare(writing.view)
    for width in (560, 1050):
        writing.view.resize(width, 600)
        QCoreApplication.processEvents()
        for each in writing.view.findChildren(Button):
            if each.isVisible():
                assert each.width() >= each.sizeHint().width(), each.accessibleName()
        [area] = writing.view.findChildren(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
    writing.view.hide()


def test_the_buttons_are_in_sight_in_a_low_window_whatever_is_said(write: Write) -> None:
    writing = write(three_to_thank())
    writing.desk.settings().set(SENDER, "")
    view = writing.view
    view.resize(734, 525)  # of a window of 800 by 600
    writing.open(Rule.THANK_YOU, "ana")
    settle()
    last = view.email.cancel_button
    assert view.email.missing.isVisible()
    assert view.email.signature.isVisible()
    assert last.mapTo(view, last.rect().bottomLeft()).y() < view.height()
    view.resize(734, 1000)
    settle()
    text = view.email.message.text
    assert text.verticalScrollBar().maximum() == 0, "where there is room, all of it is seen"
