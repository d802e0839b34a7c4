"""Editing an application in place: what is typed is stored, refused texts stay, undo shows the old value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, Channel, EventKind, Facts, Stage
from followup_desktop.domain.notes import split_notes
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.choices import ChoiceField, SuggestField
from followup_desktop.ui.kit.forms.field import CheckField, NotesField
from followup_desktop.ui.kit.theme import Lettering, TextSize, Theme
from tests.tables import tabled
from tests.ui.desk import Desk, Open, page_of
from tests.ui.detail_parts import is_form_open

TYPED: list[tuple[str, str, Any]] = [
    ("employer", "Acme España", "Acme España"),
    ("role", "  Analyst ", "Analyst"),
    ("applied_on", "2026-09-15", date(2026, 9, 15)),
    ("closes_on", "1 November 2026", date(2026, 11, 1)),
    ("offer_expires_on", "2026-12-01", date(2026, 12, 1)),
    ("timezone", "new york", "America/New_York"),
    ("country", "us-ny", "US-NY"),
    ("location", "北京", "北京"),
    ("url", "https://acme.example/jobs/812", "https://acme.example/jobs/812"),
    ("source", "a friend", "a friend"),
    ("salary", "50 000 €", "50 000 €"),
    ("resume", "v3", "v3"),
    ("tags", "remote, python, ,remote", ("remote", "python")),
]


def type_into(view: ApplicationsView, key: str, text: str) -> None:
    """Put the keyboard into a field and type there, over what it says."""
    editor = view.detail.fields[key].editor
    editor.setFocus()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    if text.isascii() and text:
        QTest.keyClicks(editor, text)
    elif text:
        editor.insert(text)  # as an input method does
    else:
        QTest.keyClick(editor, Qt.Key.Key_Delete)


def test_a_line_is_stored_when_it_is_left_and_undone(view: ApplicationsView, desk: Desk) -> None:
    application = desk.store.application("acme")
    for key, text, stored in TYPED:
        field = view.detail.fields[key]
        type_into(view, key, text)
        popup = field.line.completer().popup() if isinstance(field, SuggestField) else None
        if popup is not None:
            popup.hide()
        view.detail.fields["notes"].editor.setFocus()
        assert getattr(desk.store.application("acme"), key) == stored
        assert not field.refusal, key
        desk.tracker.undo()
        assert desk.store.application("acme") == application, key
        assert field.value() == getattr(application, key), key


@tabled(
    "key, label, choice",
    [
        ("stage", "Offer", Stage.OFFER),
        ("fit", "4", 4),
        ("priority", "2", 2),
        ("channel", "Email", Channel.EMAIL),
    ],
)
def test_a_choice_is_stored_at_once(
    view: ApplicationsView, desk: Desk, key: str, label: str, choice: object
) -> None:
    field = view.detail.fields[key]
    assert isinstance(field, ChoiceField)
    texts = [field.combo.itemText(place) for place in range(field.combo.count())]
    field.combo.setFocus()
    field.combo.setCurrentText(next(text for text in texts if label in text))
    assert getattr(desk.store.application("acme"), key) == choice
    desk.tracker.undo()
    assert field.value() == getattr(desk.store.application("acme"), key) != choice


@pytest.mark.parametrize("key", ["do_not_contact", "archived"])
def test_a_tick_is_stored_at_once(view: ApplicationsView, desk: Desk, key: str) -> None:
    field = view.detail.fields[key]
    assert isinstance(field, CheckField)
    field.box.setFocus()
    QTest.keyClick(field.box, Qt.Key.Key_Space)
    assert getattr(desk.store.application("acme"), key) is True
    assert view.detail.application == "acme"


def test_notes_are_stored_after_a_pause_and_what_is_typed_stays(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    field = view.detail.fields["notes"]
    assert isinstance(field, NotesField)
    field.text.setFocus()
    QTest.keyClicks(field.text, "They use Kafka ")
    qtbot.waitUntil(lambda: desk.store.application("acme").notes == "They use Kafka")
    assert field.typed() == "They use Kafka "
    QTest.keyClicks(field.text, "and Go")
    view.table.setFocus()
    assert desk.store.application("acme").notes == "They use Kafka and Go"


REFUSED = [
    ("closes_on", "32/13/2026"),
    ("closes_on", "soon"),
    ("applied_on", "1969-12-31"),
    ("applied_on", "2101-01-01"),
    ("timezone", "Europe/Atlantis"),
    ("country", "XX"),
    ("employer", ""),
    ("location", "a\0b"),
]


def test_a_refused_text_stays_and_says_how_to_mend_it(view: ApplicationsView, desk: Desk) -> None:
    before = desk.store.application("acme")
    for key, text in REFUSED:
        field = view.detail.fields[key]
        field.editor.setFocus()
        field.type_again(text)
        view.table.setFocus()
        assert field.refusal.endswith("."), text
        assert field.typed() == text
        assert field.editor.accessibleDescription() == field.refusal
        assert desk.store.application("acme") == before, text


def test_a_refused_text_comes_back_with_its_application(view: ApplicationsView) -> None:
    type_into(view, "closes_on", "32 Oct")
    view.table.select_id("initech")
    assert view.detail.application == "initech"
    assert view.detail.fields["closes_on"].typed() == ""
    view.table.select_id("acme")
    assert view.detail.fields["closes_on"].typed() == "32 Oct"
    assert view.detail.fields["closes_on"].refusal
    type_into(view, "closes_on", "31 Oct 2026")
    view.table.setFocus()
    assert view.detail.fields["closes_on"].value() == date(2026, 10, 31)
    assert not view.detail.fields["closes_on"].refusal


def test_going_to_another_row_saves_what_was_typed(view: ApplicationsView, desk: Desk) -> None:
    type_into(view, "source", "a fair")
    view.table.select_id("initech")
    assert desk.store.application("acme").source == "a fair"
    assert desk.store.application("initech").source == ""


def test_hiding_the_view_saves_what_was_typed(view: ApplicationsView, desk: Desk) -> None:
    type_into(view, "source", "a fair")
    view.hide()
    assert desk.store.application("acme").source == "a fair"


def test_a_change_from_elsewhere_shows_but_spares_what_is_being_typed(
    view: ApplicationsView, desk: Desk
) -> None:
    type_into(view, "location", "Mad")
    desk.tracker.edit_application("acme", location="Bilbao", salary="1")
    assert view.detail.fields["location"].typed() == "Mad"
    assert view.detail.fields["salary"].typed() == "1"


def test_undo_in_a_field_that_has_nothing_to_undo_is_left_to_the_window(
    view: ApplicationsView, desk: Desk
) -> None:
    type_into(view, "source", "a fair")
    view.table.setFocus()
    line = view.detail.fields["source"].editor
    assert isinstance(line, QLineEdit)
    assert not line.isUndoAvailable()


def test_why_explains_the_planned_follow_up(view: ApplicationsView) -> None:
    planned = view.detail.planned
    assert planned.model.rowCount() > 0
    planned.list.setFocus()
    QTest.keyClick(planned.list, Qt.Key.Key_W)
    assert planned.answers.explanation.isVisible()
    assert planned.answers.explanation.text()
    QTest.keyClick(planned.list, Qt.Key.Key_W)
    assert not planned.answers.explanation.isVisible()


def test_what_was_missed_stands_in_the_timeline_and_is_no_entry_to_delete(
    view: ApplicationsView, desk: Desk
) -> None:
    desk.now += timedelta(days=4)
    view.refresh()
    said: list[str] = []
    timeline = view.detail.timeline
    view.status.connect(said.append)
    missed = next(row for row in timeline.model.rows if row.kind == "missed")
    assert missed.title == "Thank-you to Ana Ruiz: time ran out"
    facts = desk.store.facts()
    timeline.list.setFocus()
    timeline.list.select(timeline.model.rows.index(missed))
    QTest.keyClick(timeline.list, Qt.Key.Key_Delete)
    QTest.keyClick(timeline.list, Qt.Key.Key_Return)
    assert said == ["This comes from your log. It clears when you log it with its time."]
    assert desk.store.facts() == facts


def test_who_applied_today_sees_it_in_the_timeline(view: ApplicationsView, desk: Desk) -> None:
    added = desk.tracker.add_application(employer="Globex", role="Clerk", stage=Stage.APPLIED).id or ""
    view.show_application(added)
    said: list[str] = []
    view.status.connect(said.append)
    timeline, facts = view.detail.timeline, desk.store.facts()
    assert [(row.title, row.when) for row in timeline.model.rows] == [("Applied", "today")]
    timeline.list.setFocus()
    timeline.list.select(0)
    QTest.keyClick(timeline.list, Qt.Key.Key_Delete)
    QTest.keyClick(timeline.list, Qt.Key.Key_Return)
    assert said == ["This comes from the date in “Applied on”. Change it there."]
    assert desk.store.facts() == facts
    assert timeline.current_event is None


def test_a_text_set_without_the_keyboard_is_stored_too(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    """As assistive technology does it: no focus, no key."""
    for key, text in (("closes_on", "2026-11-01"), ("country", "US"), ("source", "a fair")):
        editor = view.detail.fields[key].editor
        interface = QAccessible.queryAccessibleInterface(editor)
        interface.setText(QAccessible.Text.Value, text)
    qtbot.waitUntil(lambda: desk.store.application("acme").source == "a fair")
    stored = desk.store.application("acme")
    assert (stored.closes_on, stored.country) == (date(2026, 11, 1), "US")


@pytest.mark.parametrize(("letter", "title"), [("e", "Status email"), ("r", "Their reply"), ("N", "Note")])
def test_a_letter_in_the_timeline_logs(view: ApplicationsView, letter: str, title: str) -> None:
    timeline = view.detail.timeline
    timeline.list.setFocus()
    QTest.keyClicks(timeline.list, letter)
    assert is_form_open(timeline)
    assert timeline.form.title.full_text == title


@tabled("name", ["Call: spoke", "Status email", "Their reply", "Note"])
def test_what_is_logged_most_has_a_button_beside_the_menu(view: ApplicationsView, name: str) -> None:
    timeline = view.detail.timeline
    next(each for each in timeline.findChildren(QAbstractButton) if each.accessibleName() == name).click()
    assert is_form_open(timeline)
    QTest.keyClick(timeline.form, Qt.Key.Key_Escape)
    assert not is_form_open(timeline)


def test_the_text_of_the_posting_is_a_section_beside_the_notes(view: ApplicationsView, desk: Desk) -> None:
    fields = view.detail.fields
    for key, text in (("notes", "Ask about the team"), ("posting", "Data Engineer\n\nWe move to streaming.")):
        field = fields[key]
        assert isinstance(field, NotesField)
        field.text.setPlainText(text)
    view.detail.flush()
    assert split_notes(desk.store.application("acme").notes) == (
        "Ask about the team",
        "Data Engineer\n\nWe move to streaming.",
    )
    view.show_application("hooli")
    assert [fields[key].typed() for key in ("notes", "posting")] == ["", ""]
    view.show_application("acme")
    assert fields["notes"].typed() == "Ask about the team"
    assert fields["posting"].typed().endswith("We move to streaming.")


def test_no_contact_yet_is_said_only_of_those_never_in_touch(view: ApplicationsView, desk: Desk) -> None:
    """Thanks and interviews aren't what overwhelms, and still no one would say there was no contact."""
    desk.tracker.add_interview("hooli", starts_at=desk.now.replace(tzinfo=None) + timedelta(days=2))
    view.show_application("hooli")
    assert view.detail.meter.text == "No contact yet", "an interview that is to come is no contact"
    for application, kind in (("hooli", EventKind.THANK_YOU), ("initech", EventKind.REPLY)):
        desk.tracker.log_event(application, kind)
        view.show_application(application)
        assert view.detail.meter.text == "No enquiries in 14 days"


@pytest.mark.parametrize("where", ["interview", "event"])
def test_the_date_they_gave_leads_to_where_it_was_noted(
    view: ApplicationsView, desk: Desk, qtbot: QtBot, where: str
) -> None:
    desk.tracker.edit_interview("acme-1", reply_by=date(2026, 10, 23))
    if where == "event":
        desk.tracker.log_event("acme", EventKind.REPLY, at=desk.now, reply_by=date(2026, 10, 30))
    link = view.detail.answer_by
    day = "Fri 30 Oct" if where == "event" else "Fri 23 Oct"
    assert (link.text(), link.accessibleName()) == (day, f"{day}: They'll answer by")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    if where == "event":
        form = view.detail.timeline.form
        qtbot.waitUntil(form.isVisible)
        assert form.fields["reply_by"].value() == date(2026, 10, 30)
    else:
        assert view.interview_form.isVisible()
        assert view.interview_form.fields["reply_by"].value() == date(2026, 10, 23)


def test_the_stage_stands_beside_the_name_after_text_was_larger_meanwhile(
    open_window: Open, theme: Theme
) -> None:
    """Out of sight, the detail gets its width while its words have the size that they had before."""
    employer = Application(id="cloud", employer="Cloud Initech 7", role="Data Engineer", stage=Stage.APPLIED)
    window = open_window(Facts(applications=(employer,)), "applications")
    window.resize(1100, 700)
    fields = page_of(window, ApplicationsView).detail.fields

    def is_beside() -> bool:
        window.show_view("applications")
        QApplication.processEvents()
        name, stage = (fields[key].geometry() for key in ("employer", "stage"))
        return stage.left() > name.right()

    assert is_beside()
    for size in (TextSize.P150, TextSize.NORMAL):
        window.show_view("board")
        theme.letter(Lettering(size))
        window.show_view("applications")
        QApplication.processEvents()
    assert is_beside()


def test_who_writes_in_the_detail_has_it_still_where_list_and_detail_take_turns(
    view: ApplicationsView, qtbot: QtBot
) -> None:
    view.detail.timeline.list.setFocus()
    QTest.keyClicks(view.detail.timeline.list, "n")
    note = view.detail.timeline.form.fields["note"].editor
    note.setFocus()
    assert note.hasFocus()
    view.resize(640, 500)
    qtbot.waitUntil(lambda: not view.table.isVisible())
    assert note.isVisible()
    assert note.hasFocus()
    view.resize(1084, 748)
    qtbot.waitUntil(view.table.isVisible)
    assert note.hasFocus()
