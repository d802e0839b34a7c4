"""The Applications view: filters, rows, adding by keyboard alone, room, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtCore import QByteArray, QDataStream, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.model import CallOutcome, EventKind, Facts, Interview, Stage
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.requests import AddApplication, NoteSearch
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.window_settings import APPLICATIONS_SPLITTER
from tests.tables import tabled
from tests.ui.applications.conftest import ACME, FACTS
from tests.ui.desk import Desk
from tests.ui.detail_parts import is_form_open

FIELD_NAMES = [
    "Employer", "Role", "Stage", "Applied on", "Closes on", "Offer expires on", "Time zone", "Country",
    "Channel", "Location", "Posting address", "Source", "Salary", "Fit", "Priority", "Tags", "Notes",
]  # fmt: skip
OTHER_NAMES = [
    "Applications", "Interviews", "Timeline", "Contacts", "Add interview", "Add contact", "Log event", "Why?",
]  # fmt: skip
CONTROLS = (QAbstractButton, QLineEdit, QComboBox)


def named(view: QWidget, name: str) -> QWidget:
    """The one shown widget of that accessible name."""
    found = [one for one in view.findChildren(QWidget) if one.isVisible() and one.accessibleName() == name]
    assert len(found) == 1, (name, found)
    return found[0]


def type_in(view: QWidget, name: str, text: str) -> None:
    """Type into the field of that name, over what it says."""
    widget = named(view, name)
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.selectAll()
    QTest.keyClicks(widget, text)


def press(view: QWidget, name: str) -> None:
    """Press a button with the keyboard."""
    button = named(view, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_names_are_exactly_as_specified(view: ApplicationsView) -> None:
    for name in FIELD_NAMES + OTHER_NAMES:
        widget = named(view, name)
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) == name


def test_every_control_has_a_name_of_its_own(view: ApplicationsView) -> None:
    def check() -> None:
        controls = [
            one
            for one in view.findChildren(QWidget)
            if isinstance(one, CONTROLS) and one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        assert all(one.accessibleName() for one in controls)
        # "Archived" is a fact to tick and a filter to press: readers say which.
        roles = (QAccessible.queryAccessibleInterface(one).role() for one in controls)
        names = Counter(zip(roles, (one.accessibleName() for one in controls), strict=True))
        assert max(names.values()) == 1, names

    check()
    view.detail.timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    check()
    view.add_application()
    check()
    view.begin_interview("acme")
    check()
    view.detail.contact_wanted.emit("")
    check()


def test_an_application_is_added_by_keyboard(view: ApplicationsView, desk: Desk) -> None:
    view.add_application()
    assert QApplication.focusWidget() is named(view, "Employer")
    QTest.keyClicks(named(view, "Employer"), "Globex")
    QTest.keyClick(named(view, "Employer"), Qt.Key.Key_Return)
    assert "Role can't be empty" in view.quick_add.fields["role"].refusal
    QTest.keyClicks(named(view, "Role"), "Staff Engineer")
    QTest.keyClick(named(view, "Role"), Qt.Key.Key_Return)
    added = view.detail.application
    assert added not in (None, "acme")
    stored = desk.store.application(str(added))
    assert (stored.employer, stored.role, stored.stage) == ("Globex", "Staff Engineer", Stage.SAVED)
    assert view.table.current_id() == added
    desk.tracker.undo()
    assert view.detail.application != added


def test_a_date_of_applying_makes_it_applied(view: ApplicationsView, desk: Desk) -> None:
    view.add_application()
    for name, text in (("Employer", "Globex"), ("Role", "SRE"), ("Applied on", "2026-10-12")):
        type_in(view, name, text)
    press(view, "Save application")
    stored = desk.store.application(str(view.detail.application))
    assert (stored.stage, stored.applied_on) == (Stage.APPLIED, date(2026, 10, 12))


def test_escape_leaves_a_form_without_saving(view: ApplicationsView, desk: Desk) -> None:
    view.add_application()
    type_in(view, "Employer", "Globex")
    QTest.keyClick(named(view, "Employer"), Qt.Key.Key_Escape)
    assert view.detail.isVisible()
    assert len(desk.store.applications()) == 3


def test_choosing_a_row_shows_it_and_keeps_what_stands_in_a_form(view: ApplicationsView) -> None:
    view.add_application()
    type_in(view, "Employer", "Globex")
    view.table.select_id("initech")
    assert view.detail.isVisible()
    assert view.table.current_id() == "initech"
    view.add_application()
    assert view.quick_add.fields["employer"].typed() == "Globex"


def test_an_interview_is_added_by_keyboard(view: ApplicationsView, desk: Desk, qtbot: QtBot) -> None:
    view.show_application("initech")
    press(view, "Add interview")
    for name, text in (
        ("Date", "2026-10-20"),
        ("Time", "10:30"),
        ("Time zone", "new york"),
        ("Minutes", "45"),
        ("New person's name", "Lena Park"),
        ("New person's email", "lena@initech.example"),
    ):
        type_in(view, name, text)
    QTest.keyClick(named(view, "New person's email"), Qt.Key.Key_Return)
    assert "16:30" in view.interview_form.here.text()
    with qtbot.waitSignal(view.status):
        QTest.keyClick(named(view, "Minutes"), Qt.Key.Key_Return)
    stored = desk.store.application("initech")
    interview = stored.interviews[0]
    assert (interview.starts_at, interview.minutes) == (datetime.fromisoformat("2026-10-20T10:30"), 45)
    assert interview.timezone == "America/New_York"
    assert [desk.store.contact(one).name for one in interview.interviewers] == ["Lena Park"]
    assert stored.stage is Stage.INTERVIEWING
    assert view.detail.isVisible()


def test_an_interview_that_overlaps_another_is_told_and_may_be_saved(
    view: ApplicationsView, desk: Desk
) -> None:
    view.show_application("initech")
    press(view, "Add interview")
    for name, text in (("Date", "2026-10-14"), ("Time", "10:30"), ("Time zone", "Europe/Madrid")):
        type_in(view, name, text)
    assert view.interview_form.clash.text() == "Overlaps the interview at Acme 10:00–11:00."
    type_in(view, "Time", "11:00")
    assert not view.interview_form.clash.isVisible()
    type_in(view, "Time", "09:30")
    assert not view.interview_form.clash.isVisible(), "it's still being typed"
    named(view, "Minutes").setFocus()
    assert view.interview_form.clash.isVisible()
    press(view, "Save interview")
    assert len(desk.store.application("initech").interviews) == 1


@tabled("name, text", [("Minutes", "0"), ("Minutes", "a while"), ("Time", "25:00"), ("Date", "31 June 2026")])
def test_an_interview_that_cannot_be_is_refused_where_it_was_typed(
    view: ApplicationsView, desk: Desk, name: str, text: str
) -> None:
    view.show_interview("acme-1")
    type_in(view, name, text)
    QTest.keyClick(named(view, name), Qt.Key.Key_Return)
    field = next(one for one in view.interview_form.fields.values() if one.name == name)
    assert field.refusal
    assert field.typed() == text
    assert desk.store.application("acme") == ACME


def test_which_of_two_equal_times_is_asked_only_where_there_are_two(
    view: ApplicationsView, desk: Desk
) -> None:
    view.show_interview("acme-1")
    fold = view.interview_form.fields["fold"]
    assert not fold.isVisible()
    type_in(view, "Date", "2026-10-25")
    type_in(view, "Time", "02:30")
    assert fold.isVisible()
    combo = named(view, "Which one")
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(1)
    press(view, "Save interview")
    assert desk.store.application("acme").interviews[0].fold == 1


def test_after_an_interview_what_they_said_is_written_down(view: ApplicationsView, desk: Desk) -> None:
    view.show_interview("acme-1")
    for name, text in (
        ("Next steps", "two more talks"),
        ("They'll answer by", "2026-10-30"),
        ("Topics", "streaming"),
        ("Interview notes", "good people"),
    ):
        type_in(view, name, text)
    press(view, "Debriefed")
    press(view, "Save interview")
    stored = desk.store.application("acme").interviews[0]
    assert (stored.process, stored.reply_by, stored.topics) == (
        "two more talks",
        date(2026, 10, 30),
        "streaming",
    )
    assert stored.notes == "good people"
    assert stored.debriefed_at == desk.now
    assert stored.minutes == 60
    desk.tracker.undo()
    assert desk.store.application("acme") == ACME


def test_they_cancelled_is_one_step(view: ApplicationsView, desk: Desk) -> None:
    view.show_interview("acme-1")
    press(view, "They cancelled")
    assert desk.store.application("acme").interviews[0].cancelled
    desk.tracker.undo()
    assert desk.store.application("acme") == ACME


def test_delete_in_the_lists_deletes_and_undo_brings_back(view: ApplicationsView, desk: Desk) -> None:
    for name in ("Interviews", "Contacts"):
        rows = named(view, name)
        rows.setFocus()
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        assert desk.store.application("acme") != ACME
        desk.tracker.undo()
        assert desk.store.application("acme") == ACME
    timeline = view.detail.timeline
    timeline.list.select(timeline.model.place_of("call call"))
    QTest.keyClick(timeline.list, Qt.Key.Key_Delete)
    assert desk.store.application("acme").events == ()


def test_a_contact_is_added_and_edited_by_keyboard(view: ApplicationsView, desk: Desk) -> None:
    press(view, "Add contact")
    type_in(view, "Name", "Lena Park")
    type_in(view, "Phone", "+34 600")
    QTest.keyClick(named(view, "Phone"), Qt.Key.Key_Return)
    people = desk.store.application("acme").contacts
    lena = desk.store.contact(people[-1])
    assert (lena.name, lena.phone, lena.employer) == ("Lena Park", "+34 600", "Acme")
    view.detail.people.list.select(view.detail.people.model.place_of(lena.id))
    QTest.keyClick(view.detail.people.list, Qt.Key.Key_Return)
    type_in(view, "Job title", "Recruiter")
    press(view, "Doesn't need a thank-you")
    press(view, "Save contact")
    edited = desk.store.contact(lena.id)
    assert (edited.title, edited.no_thank_you, edited.name) == ("Recruiter", True, "Lena Park")


def test_a_known_person_is_linked_not_made_again(view: ApplicationsView, desk: Desk) -> None:
    view.show_application("initech")
    press(view, "Add contact")
    type_in(view, "Name", "Tom")
    completer = view.contact_form.name_field.line.completer()
    completer.activated.emit("Tom Berg · Acme")
    press(view, "Save contact")
    assert desk.store.application("initech").contacts == ("tom",)
    assert len(desk.store.all_contacts()) == 2


@tabled(
    "label, kind, outcome",
    [
        ("Call: left message", EventKind.CALL, CallOutcome.LEFT_MESSAGE),
        ("Call: no answer", EventKind.CALL, CallOutcome.NO_ANSWER),
        ("Status email", EventKind.EMAIL, None),
        ("Thank-you", EventKind.THANK_YOU, None),
        ("Feedback request", EventKind.FEEDBACK_REQUEST, None),
        ("Other message", EventKind.MESSAGE, None),
        ("Note", EventKind.NOTE, None),
    ],
)
def test_each_kind_of_event_is_logged(
    view: ApplicationsView,
    desk: Desk,
    label: str,
    kind: EventKind,
    outcome: CallOutcome | None,
) -> None:
    menu = view.detail.timeline.log_menu
    next(one for one in menu.actions() if one.text().replace("&", "") == label).trigger()
    type_in(view, "Event note", "about the role")
    press(view, "Log")
    event = next(one for one in desk.store.application("acme").events if one.id != "call")
    assert (event.kind, event.outcome, event.note, event.at) == (kind, outcome, "about the role", desk.now)
    assert not is_form_open(view.detail.timeline)
    desk.tracker.undo()
    assert len(desk.store.application("acme").events) == 1


def test_a_talk_and_a_wait_take_the_date(view: ApplicationsView, desk: Desk) -> None:
    view.detail.timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    say(view, "A date")
    type_in(view, "They'll answer by", "2026-10-30")
    press(view, "Log")
    view.detail.timeline.log(EventKind.WAIT)
    press(view, "Log")
    assert is_form_open(view.detail.timeline)
    type_in(view, "Keep waiting until", "2026-11-06")
    press(view, "Log")
    dates = {one.kind: one.reply_by for one in desk.store.application("acme").events if one.id != "call"}
    assert dates == {EventKind.CALL: date(2026, 10, 30), EventKind.WAIT: date(2026, 11, 6)}


def test_a_reply_with_an_offer_moves_the_stage(view: ApplicationsView, desk: Desk) -> None:
    view.detail.timeline.log(EventKind.REPLY)
    view.detail.timeline.form.fields["said"].show_value(EmployerReply.OFFER)
    press(view, "Log")
    assert desk.store.application("acme").stage is Stage.OFFER
    assert view.detail.fields["stage"].value() is Stage.OFFER


def choose_reply(view: ApplicationsView, said: str) -> Field:
    """Log a reply that says so, as the user chooses it; gives the field of the date."""
    view.detail.timeline.log(EventKind.REPLY)
    return say(view, said)


def say(view: ApplicationsView, said: str) -> Field:
    fields = view.detail.timeline.form.fields
    combo = fields["said"].editor
    assert isinstance(combo, QComboBox)
    combo.setCurrentText(said)
    assert combo.currentText() == said
    return fields["reply_by"]


@pytest.mark.parametrize("said", ["Nothing new", "Next interview", "Rejected"])
def test_no_date_is_asked_of_a_reply_that_comes_with_none(view: ApplicationsView, said: str) -> None:
    assert choose_reply(view, "A date").isVisible()
    assert choose_reply(view, said).isHidden()


def test_the_date_of_an_offer_is_named_as_the_users_own(view: ApplicationsView, desk: Desk) -> None:
    assert choose_reply(view, "A date").name == "They'll answer by"
    choose_reply(view, "Offer")
    type_in(view, "Answer needed by", "2026-10-30")
    press(view, "Log")
    assert desk.store.application("acme").offer_expires_on == date(2026, 10, 30)


LOGGED = [(EventKind.REPLY, None), (EventKind.CALL, CallOutcome.SPOKE)]


@pytest.mark.parametrize(("kind", "outcome"), LOGGED)
def test_an_interview_that_they_invite_to_has_its_form(
    view: ApplicationsView, desk: Desk, kind: EventKind, outcome: CallOutcome | None
) -> None:
    view.detail.timeline.log(kind, outcome)
    say(view, "Next interview")
    view.asked.connect(view.answer)  # as the window does
    press(view, "Log")
    assert view.interview_form.isVisible()
    assert view.interview_form.application == "acme"
    assert (kind, outcome) in [(each.kind, each.outcome) for each in desk.store.application("acme").events]


@pytest.mark.parametrize(("said", "stage"), [("Offer", Stage.OFFER), ("Rejected", Stage.REJECTED)])
def test_what_they_said_on_the_phone_counts_as_in_writing(
    view: ApplicationsView, desk: Desk, said: str, stage: Stage
) -> None:
    view.detail.timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    say(view, said)
    press(view, "Log")
    application = desk.store.application("acme")
    assert application.stage is stage
    assert CallOutcome.SPOKE in [each.outcome for each in application.events if each.id != "call"]


def test_who_was_not_reached_said_nothing(view: ApplicationsView) -> None:
    view.detail.timeline.log(EventKind.CALL, CallOutcome.LEFT_MESSAGE)
    fields = view.detail.timeline.form.fields
    assert fields["said"].isHidden()
    assert fields["reply_by"].isHidden()


def test_the_guard_warns_and_can_be_passed_over(view: ApplicationsView, desk: Desk) -> None:
    view.detail.timeline.log(EventKind.CALL, CallOutcome.NO_ANSWER)
    type_in(view, "Day", "2026-10-12")
    QTest.keyClick(named(view, "Day"), Qt.Key.Key_Tab)
    view.detail.timeline.form.fields["clock"].editor.setFocus()
    assert "tip" in view.detail.timeline.form.warning.text()
    assert view.detail.timeline.form.warning.isVisible()
    press(view, "Log anyway")
    assert len(desk.store.application("acme").events) == 2


def test_an_entry_is_edited(view: ApplicationsView, desk: Desk) -> None:
    timeline = view.detail.timeline
    timeline.list.select(timeline.model.place_of("call call"))
    QTest.keyClick(timeline.list, Qt.Key.Key_Return)
    type_in(view, "Day", "2026-10-07")
    type_in(view, "Event note", "machine")
    press(view, "Save")
    event = desk.store.application("acme").events[0]
    assert (event.at, event.note) == (datetime(2026, 10, 7, 8, tzinfo=UTC), "machine")


def test_delete_on_a_row_deletes_and_undo_brings_back(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    view.table.setFocus()
    with qtbot.waitSignal(view.status):
        QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert {one.id for one in desk.store.applications()} == {"hooli", "initech"}
    assert view.detail.application == "initech"
    desk.tracker.undo()
    assert view.model.row_of("acme") >= 0


def test_filters_count_and_choose(view: ApplicationsView) -> None:
    saved = named(view, "Saved")
    assert isinstance(saved, QAbstractButton)
    assert saved.text() == "Saved 1"
    saved.click()
    assert [view.model.id_at(row) for row in range(view.model.rowCount())] == ["hooli"]
    assert view.detail.application == "hooli"
    assert view.model.query.stage_filter is StageFilter.SAVED


def test_a_search_that_finds_nothing_says_so_and_can_be_ended(view: ApplicationsView, qtbot: QtBot) -> None:
    view.list.set_search_text("data eng")
    assert view.model.rowCount() == 1
    view.list.set_search_text("zzz")
    assert "zzz" in view.list.nothing_found.title.text()
    with qtbot.waitSignal(view.asked) as changed:
        press(view, "Show all applications")
    assert changed.args == [NoteSearch("")]
    assert view.model.rowCount() == 3


def test_what_is_found_under_another_filter_is_one_press_away(view: ApplicationsView) -> None:
    view.list.show_stage(StageFilter.OFFER)
    view.list.set_search_text("hooli")
    assert view.model.rowCount() == 0
    press(view, "Show all applications")
    assert [view.model.id_at(row) for row in range(view.model.rowCount())] == ["hooli"]
    assert view.model.query.text == "hooli"


def test_without_applications_there_is_one_thing_to_do(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk
) -> None:
    view = open_view(Facts())
    press(view, "Add application")
    assert view.quick_add.isVisible()
    for name in ("Employer", "Role"):
        type_in(view, name, "x")
    press(view, "Save application")
    assert view.table.isVisible()
    assert view.detail.isVisible()


def test_a_column_can_be_shown_and_the_choice_is_remembered(view: ApplicationsView) -> None:
    action = next(one for one in view.table.columns_shown.actions() if one.text() == "Tags")
    assert not action.isChecked()
    action.toggle()
    view.keep_state()
    again = ApplicationsView(view.context, view)
    assert "tags" in again.table.columns_shown.shown()


def test_the_order_of_columns_and_of_rows_is_remembered(view: ApplicationsView) -> None:
    header = view.table.horizontalHeader()
    header.moveSection(0, 2)
    view.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    view.keep_state()
    again = ApplicationsView(view.context, view)
    assert again.table.columns_shown.shown()[2] == "employer"
    assert again.table.horizontalHeader().sortIndicatorSection() == 2
    assert again.model.query.order_by == "employer"
    assert again.model.query.descending


def test_the_filter_is_remembered(open_view: Callable[[Facts], ApplicationsView]) -> None:
    open_view(FACTS).list.show_stage(StageFilter.SAVED)
    again = open_view(FACTS)
    assert again.model.query.stage_filter is StageFilter.SAVED
    assert [again.model.id_at(row) for row in range(again.model.rowCount())] == ["hooli"]
    saved = named(again, "Saved")
    assert isinstance(saved, QAbstractButton)
    assert saved.isChecked()


def test_where_there_is_little_room_table_and_detail_take_turns(view: ApplicationsView) -> None:
    view.resize(600, 540)
    assert view.table.isVisible()
    assert not view.detail.isVisible()
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.detail.isVisible()
    assert not view.table.isVisible()
    press(view, "Back to the list")
    assert view.table.isVisible()
    view.resize(1084, 748)
    assert view.table.isVisible()
    assert view.detail.isVisible()


def open_interview(view: ApplicationsView) -> FormPanel:
    view.begin_interview("acme")
    return view.interview_form


def open_quick_add(view: ApplicationsView) -> FormPanel:
    view.add_application()
    return view.quick_add


def open_person(view: ApplicationsView) -> FormPanel:
    view.begin_contact("acme")
    return view.contact_form


def cancel(form: FormPanel) -> None:
    QTest.keyClick(form, Qt.Key.Key_Escape)


def save(form: FormPanel) -> None:
    texts = (
        {"name": "Olga"} if isinstance(form, ContactForm) else {"date": "16 October 2026", "time": "10:00"}
    )
    for key, text in texts.items():
        form.fields[key].editor.setText(text)  # type: ignore[attr-defined]
    assert form.submit()


FORMS = [
    (open_interview, cancel),
    (open_interview, save),
    (open_person, cancel),
    (open_person, save),
    (open_quick_add, cancel),
]


@tabled(
    "begin, end, by_way_of", [(*form, by_way_of) for form in FORMS for by_way_of in (None, open_quick_add)]
)
def test_where_there_is_little_room_a_form_leads_back_to_the_list_it_was_opened_from(
    view: ApplicationsView,
    begin: Callable[[ApplicationsView], FormPanel],
    end: Callable[[FormPanel], None],
    by_way_of: Callable[[ApplicationsView], FormPanel] | None,
) -> None:
    view.resize(600, 540)
    view.table.setFocus()
    if by_way_of is not None:
        by_way_of(view)
    form = begin(view)
    assert form.isVisible()
    end(form)
    assert not form.isVisible()
    assert view.table.isVisible()
    assert not view.detail.isVisible()
    assert view.table.hasFocus()


@tabled("begin, end", FORMS)
def test_where_there_is_little_room_a_form_leads_back_to_the_detail_it_was_opened_from(
    view: ApplicationsView,
    begin: Callable[[ApplicationsView], FormPanel],
    end: Callable[[FormPanel], None],
) -> None:
    view.resize(600, 540)
    view.show_application("acme")
    form = begin(view)
    assert form.isVisible()
    assert not view.back_button.isVisible()
    end(form)
    assert not form.isVisible()
    assert view.detail.isVisible()
    assert not view.table.isVisible()
    press(view, "Back to the list")
    assert view.table.isVisible()


def test_where_there_is_little_room_an_added_application_is_shown_with_the_way_to_the_list(
    view: ApplicationsView,
) -> None:
    view.resize(600, 540)
    form = open_quick_add(view)
    type_in(view, "Employer", "Globex")
    type_in(view, "Role", "Analyst")
    assert form.submit()
    assert view.detail.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is view.detail or view.detail.isAncestorOf(focused)
    press(view, "Back to the list")
    assert view.table.isVisible()


LONG = replace(
    ACME,
    employer="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau GmbH",
    role="数据工程师 " * 20,
    tags=tuple(f"tag{number}" for number in range(40)),
    notes="مرحبا " * 300,
    interviews=tuple(
        Interview(
            id=f"i{number}",
            starts_at=datetime.combine(date(2026, 9, 1 + number), time(10)),
            minutes=60,
            location="x" * 300,
            interviewers=("ana", "tom"),
        )
        for number in range(20)
    ),
)


@pytest.mark.parametrize("size", [(1084, 748), (604, 548)])
def test_long_values_are_cut_short_not_off(
    open_view: Callable[[Facts], ApplicationsView], size: tuple[int, int]
) -> None:
    view = open_view(replace(FACTS, applications=(LONG,)))
    view.resize(*size)
    view.show_application("acme")
    QApplication.processEvents()
    assert view.size().width() == size[0]
    area = view.detail.area
    inner = area.widget()
    assert inner is not None
    assert inner.width() <= area.viewport().width()
    for widget in inner.findChildren(QWidget):
        if widget.isVisible():
            right = widget.mapTo(inner, widget.rect().topRight()).x()
            assert right <= inner.width(), widget
    assert view.table.maximumHeight() > 0


def header_of(names: Sequence[str], *, hidden: str) -> QByteArray:
    """The state of a table's header with these columns and one of them hidden, as it is kept."""
    table = QTableWidget(1, len(names))
    table.setColumnHidden(names.index(hidden), True)
    return table.horizontalHeader().saveState()


def with_names(names: Sequence[str], header: QByteArray) -> QByteArray:
    state = QByteArray()
    stream = QDataStream(state, QDataStream.OpenModeFlag.WriteOnly)
    stream.writeQStringList(list(names))
    stream << header
    return state


def test_a_column_that_is_new_since_the_header_was_kept_stays_hidden(view: ApplicationsView) -> None:
    before = COLUMN_NAMES[:-1]
    view.table.columns_shown.choose(COLUMN_NAMES)
    view.table.restore(with_names(before, header_of(before, hidden="quiet")))
    assert set(view.table.columns_shown.shown()) == set(before) - {"quiet"}


def test_a_header_kept_before_columns_were_named_is_taken_up(view: ApplicationsView) -> None:
    view.table.restore(header_of(COLUMN_NAMES[:10], hidden="quiet"))
    assert set(view.table.columns_shown.shown()) == set(COLUMN_NAMES[:10]) - {"quiet"}


@pytest.mark.parametrize("names", [("employer", "gone", *COLUMN_NAMES[1:]), (*COLUMN_NAMES, "newer")])
def test_a_header_of_other_columns_is_left_alone(view: ApplicationsView, names: Sequence[str]) -> None:
    shown = view.table.columns_shown.shown()
    view.table.restore(with_names(names, header_of(names, hidden="employer")))
    assert view.table.columns_shown.shown() == shown
    assert view.table.horizontalHeader().count() == len(shown), "hidden columns would be read out"


def test_another_at_the_same_employer_begins_with_its_name(view: ApplicationsView, desk: Desk) -> None:
    view.answer(AddApplication(employer="Acme"))
    assert view.quick_add.fields["employer"].typed() == "Acme"
    type_in(view, "Role", "Analyst")
    press(view, "Save application")
    added = [desk.store.application(one) for one in desk.store.application_ids(now=desk.now, text="analyst")]
    assert [(one.employer, one.role) for one in added] == [("Acme", "Analyst")]
    assert view.detail.application == added[0].id
    assert not view.detail.banner.isHidden()
    view.detail.banner.links[0].click()
    assert view.detail.application == "acme"


def test_what_was_typed_before_is_not_lost_to_another_at_an_employer(view: ApplicationsView) -> None:
    view.add_application()
    type_in(view, "Employer", "Initrode")
    view.answer(AddApplication(employer="Acme"))
    assert view.quick_add.fields["employer"].typed() == "Initrode"


@pytest.mark.parametrize("command", ["filter-applications", "choose-columns"])
def test_filters_and_columns_are_chosen_by_a_command(view: ApplicationsView, command: str) -> None:
    view.verbs()[command]()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_the_shares_of_list_and_detail_are_kept_only_if_they_were_chosen(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    view = open_view(FACTS)
    view.keep_state()
    assert not view.context.settings.is_kept(APPLICATIONS_SPLITTER)
    handle = view.splitter.handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(60, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    chosen = view.splitter.sizes()
    view.keep_state()
    again = open_view(FACTS)
    assert again.splitter.sizes() == chosen


def test_what_a_search_finds_is_said_once_typing_rests(view: ApplicationsView) -> None:
    voice = Announcer.of(view)
    voice.speak()
    before = len(voice.said)
    for text in ("d", "da", "data eng"):
        view.list.set_search_text(text)
    voice.speak()
    view.list.set_search_text("zzz")
    voice.speak()
    nothing = "Nothing matches “zzz”. No application in “All active” contains this text."
    assert voice.said[before:] == ["1 application.", nothing]


def test_a_search_says_how_many_fit_under_other_filters(view: ApplicationsView) -> None:
    voice = Announcer.of(view)
    view.list.set_search_text("hooli")
    voice.speak()
    assert voice.said[-1] == "Nothing matches “hooli”. 1 application in the other filters contains this text."
    button = view.list.nothing_found.button
    assert button.text() == "Show all applications"
    button.click()
    assert view.list.model.rowCount() == 1
