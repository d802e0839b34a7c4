"""Only Save writes: a form that is left is a draft, which the window names and opens again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle
from typing import TypeVar

import apsw
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from followup_desktop.context import drafts_of
from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.domain.model import CallOutcome, EventKind, Rule, Stage
from followup_desktop.services.reading.readers import Readers
from followup_desktop.services.transfer.interchange import write
from followup_desktop.storage.failures import Busy
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.answering import AnswerFlow, AnswerHost
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.forms.drafts import unwritten
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    AddReminder,
    OpenApplication,
    OpenDebrief,
    OpenFollowUp,
    OpenInterview,
    WriteMessage,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import SENDER
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.handed_postings import PostingDrafts
from followup_desktop.ui.window.main_window import MainWindow
from tests.pseudo_locale import speaking
from tests.sweeps import every, swept
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk, page_of

Open = Callable[[MainWindow], FormPanel]
Write = Callable[[MainWindow, Desk], Callable[[], Field]]
Leave = Callable[[MainWindow], None]

T = TypeVar("T")


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> MainWindow:
    desk.put(FACTS)
    window = desk.window(theme, view="applications")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.answer(OpenApplication("acme"))
    return window


def quick_add(window: MainWindow) -> FormPanel:
    window.answer(AddApplication())
    return page_of(window, ApplicationsView).quick_add


def new_interview(window: MainWindow) -> FormPanel:
    window.answer(AddInterview("acme"))
    return page_of(window, ApplicationsView).interview_form


def known_interview(window: MainWindow) -> FormPanel:
    window.answer(OpenInterview("acme-1"))
    return page_of(window, ApplicationsView).interview_form


def new_contact(window: MainWindow) -> FormPanel:
    page_of(window, ApplicationsView)._edit_contact("")
    return page_of(window, ApplicationsView).contact_form


def new_person(window: MainWindow) -> FormPanel:
    window.show_view("people")
    people = page_of(window, PeopleView)
    people.begin_form(None)
    return people.form


def event(window: MainWindow) -> FormPanel:
    page_of(window, ApplicationsView).detail.timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    return page_of(window, ApplicationsView).detail.timeline.form


def reminder(window: MainWindow) -> FormPanel:
    window.answer(AddReminder("acme"))
    return page_of(window, ReminderView).form


FORMS: dict[str, tuple[Open, str, str]] = {
    "application": (quick_add, "employer", "New application at Globex"),
    "interview": (new_interview, "location", "New interview at Acme"),
    "known interview": (known_interview, "location", "Interview at Acme"),
    "contact": (new_contact, "name", "New contact"),
    "person": (new_person, "name", "New contact"),
    "event": (event, "note", "Call: spoke · Acme"),
    "reminder": (reminder, "title", "New reminder"),
}


def leave_for_a_view(window: MainWindow) -> None:
    window.show_view("board")


def leave_for_a_row(window: MainWindow) -> None:
    window.answer(OpenApplication("hooli"))


def close(window: MainWindow) -> None:
    window.close()


def quit_(window: MainWindow) -> None:
    window.quit()


def end(window: MainWindow) -> None:
    window.quit(ask=False)


def press_esc(window: MainWindow) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)


LEAVES: list[Leave] = [leave_for_a_view, leave_for_a_row, press_esc, close, quit_, end]


def in_turn(forms: Iterable[T], leaves: Sequence[Leave]) -> list[tuple[T, Leave]]:
    """The first form left in every way, each of the others in one: no form knows how it is left."""
    first, *others = forms
    return [(first, leave) for leave in leaves] + list(zip(others, cycle(leaves), strict=False))


@pytest.mark.parametrize(("name", "leave"), every(2, in_turn(FORMS, LEAVES)))
def test_leaving_a_form_records_nothing_and_names_the_draft(
    window: MainWindow, desk: Desk, leave: Leave, name: str
) -> None:
    open_form, key, title = FORMS[name]
    before = write(desk.store.facts())
    form = open_form(window)
    QTest.keyClicks(form.fields[key].editor, "Globex")
    assert window.drafts_bar.isHidden(), "what is in sight needs no bar"
    leave(window)
    assert write(desk.store.facts()) == before
    window.show()
    assert window.drafts_bar.isVisible()
    assert window.drafts_bar.sentence == f"Unsaved: {title}"
    window.drafts_bar.resume_button.click()
    assert form.isVisible()
    assert form.fields[key].typed() == "Globex"
    assert window.drafts_bar.isHidden()
    assert write(desk.store.facts()) == before


def test_a_choice_made_in_a_form_is_not_recorded_by_leaving_it(window: MainWindow, desk: Desk) -> None:
    """An interview that nobody chose, its stage and five follow-ups with it."""
    planned = len(desk.store.follow_ups("hooli"))
    window.answer(AddInterview("hooli"))
    form = page_of(window, ApplicationsView).interview_form
    QTest.keyClick(form.fields["kind"].editor, Qt.Key.Key_V)
    window.show_view("today")
    application = desk.store.application("hooli")
    assert (application.stage, application.interviews) == (Stage.SAVED, ())
    assert len(desk.store.follow_ups("hooli")) == planned


def test_a_form_left_untouched_is_no_draft(window: MainWindow) -> None:
    for open_form, _, _ in FORMS.values():
        open_form(window)
        window.show_view("board")
        window.answer(OpenApplication("acme"))
    assert window.drafts_bar.isHidden()


def test_a_discarded_draft_comes_back_by_undo(window: MainWindow) -> None:
    form = quick_add(window)
    QTest.keyClicks(form.fields["employer"].editor, "Globex")
    window.show_view("board")
    window.drafts_bar.discard_button.click()
    assert window.drafts_bar.isHidden()
    assert window.toast.message == "Discarded “New application at Globex”"
    assert window.top_bar.undo.accessibleDescription() == "Discard New application at Globex"
    assert "Undo “Discard New application at Globex”" in window.top_bar.undo.toolTip()
    assert quick_add(window).fields["employer"].typed() == ""
    window.show_view("board")
    window.toast._undo.click()
    assert window.drafts_bar.sentence == "Unsaved: New application at Globex"
    window.drafts_bar.resume_button.click()
    assert form.fields["employer"].typed() == "Globex"


def given_up(window: MainWindow) -> None:
    quick_add(window).cancel()


def discarded(window: MainWindow) -> None:
    window.show_view("board")
    window.drafts_bar.discard_button.click()


@pytest.mark.parametrize("lose", [discarded, given_up])
def test_undo_right_after_a_draft_was_thrown_away_brings_it_back_and_no_step_of_the_data_s(
    window: MainWindow, desk: Desk, lose: Callable[[MainWindow], None]
) -> None:
    desk.tracker.edit_application("acme", role="Data Scientist")
    form = quick_add(window)
    QTest.keyClicks(form.fields["employer"].editor, "Globex")
    lose(window)
    assert "Globex" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert desk.store.application("acme").role == "Data Scientist"
    assert window.toast.isHidden()
    if window.drafts_bar.isVisible():
        window.drafts_bar.resume_button.click()
    assert (form.isVisible(), form.fields["employer"].typed()) == (True, "Globex")
    window.show_view("board")
    window.actions_["undo"].trigger()
    assert desk.store.application("acme").role == "Data Engineer"


def test_once_something_is_changed_undo_takes_that_back_and_not_the_draft_thrown_away_before(
    window: MainWindow, desk: Desk
) -> None:
    QTest.keyClicks(quick_add(window).fields["employer"].editor, "Globex")
    discarded(window)
    desk.tracker.edit_application("acme", role="Data Scientist")
    window.actions_["undo"].trigger()
    assert desk.store.application("acme").role == "Data Engineer"
    assert window.drafts_bar.isHidden()


def key_of(desk: Desk, rule: Rule) -> str:
    return next(each.key for each in desk.store.follow_ups() if each.rule is rule)


def letter(window: MainWindow, desk: Desk) -> Callable[[], Field]:
    window.answer(WriteMessage(key_of(desk, Rule.THANK_YOU)))
    return lambda: page_of(window, ComposeView).email.message


def call_notes(window: MainWindow, desk: Desk) -> Callable[[], Field]:
    window.answer(WriteMessage(key_of(desk, Rule.STATUS_CALL)))
    return lambda: page_of(window, ComposeView).call.notes


def call_date(window: MainWindow, desk: Desk) -> Callable[[], Field]:
    """By when they answer: S, then 1."""
    call_notes(window, desk)
    page = page_of(window, ComposeView).call
    QTest.keyClicks(page.how.buttons[0], "s")
    QTest.keyClicks(page.what.buttons[0], "1")
    return lambda: page.date


def debrief(window: MainWindow, desk: Desk) -> Callable[[], Field]:
    window.answer(OpenDebrief(key_of(desk, Rule.DEBRIEF)))

    def notes() -> Field:
        form = page_of(window, DebriefView).form
        assert form is not None
        return form.notes

    return notes


WRITINGS: dict[Write, str] = {
    letter: "Thank Ana Ruiz",
    call_notes: "Call Acme about the position",
    call_date: "Call Acme about the position",
    debrief: "How did it go at Acme?",
}


@pytest.mark.parametrize(
    ("write_", "leave"),
    every(2, in_turn(WRITINGS, [leave for leave in LEAVES if leave is not press_esc])),
)
def test_what_is_written_for_a_follow_up_and_left_is_named_and_opened_as_any_draft(
    window: MainWindow,
    desk: Desk,
    leave: Leave,
    write_: Write,
) -> None:
    before = write(desk.store.facts())
    field = write_(window, desk)
    QTest.keyClicks(field().editor, "Globex")
    assert window.drafts_bar.isHidden(), "what is in sight needs no bar"
    leave(window)
    window.show_view("board")
    window.show()
    assert window.drafts_bar.sentence == f"Unsaved: {WRITINGS[write_]}"
    window.drafts_bar.resume_button.click()
    assert "Globex" in field().typed()
    assert field().isVisible()
    assert window.drafts_bar.isHidden()
    assert write(desk.store.facts()) == before


@pytest.mark.parametrize("name", ["contact", "reminder"])
def test_ctrl_enter_saves_wherever_the_keyboard_is(window: MainWindow, name: str) -> None:
    open_, field, _title = FORMS[name]
    form = open_(window)
    QTest.keyClicks(form.fields[field].editor, "Globex")
    saved: list[object] = []
    form.saved.connect(saved.append)
    form.cancel_button.setFocus()
    QTest.keyClick(form.cancel_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(saved) == 1


GERMAN = {
    "event": "Anruf: gesprochen · Acme",
    "application": "Neue Bewerbung bei Globex",
    "interview": "Neues Gespräch bei Acme",
    "known interview": "Gespräch bei Acme",
    "reminder": "Neue Erinnerung",
}


def test_in_another_language_every_draft_is_named_in_that_one(
    window: MainWindow, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    for name in GERMAN:
        open_, field, _title = FORMS[name]
        QTest.keyClicks(open_(window).fields[field].editor, "Globex")
        window.show_view("board")
    for write_ in (letter, debrief):
        QTest.keyClicks(write_(window, desk)().editor, "Globex")
        window.show_view("board")
    pick_snooze(*in_today(window, key_of(desk, Rule.THANK_YOU)))
    panel = panel_of(window).date.line
    panel.selectAll()
    QTest.keyClicks(panel, "some tim")
    PostingDrafts(window.context.drafts.forms).keep("Data Engineer")
    window.show_view("board")
    with speaking("de"):
        drafts = [title for store in window.context.drafts for title in store.waiting().values()]
    assert sorted(drafts) == sorted(
        [
            *GERMAN.values(),
            "Ana Ruiz danken",
            "Erneut erinnern: Ana Ruiz danken",
            "Stellenanzeige „Data Engineer“",
            "Wie lief es bei Acme?",
        ]
    )


@pytest.mark.parametrize("write_", WRITINGS)
def test_what_is_written_for_a_follow_up_and_discarded_stays_so_unless_undone(
    window: MainWindow, desk: Desk, write_: Write
) -> None:
    QTest.keyClicks(write_(window, desk)().editor, "Globex")
    window.show_view("board")
    window.drafts_bar.discard_button.click()
    assert "Globex" not in write_(window, desk)().typed()
    window.show_view("board")
    assert window.drafts_bar.isHidden()
    window.actions_["undo"].trigger()
    window.drafts_bar.resume_button.click()
    assert "Globex" in write_(window, desk)().typed()


def test_a_letter_for_what_is_done_is_not_named_until_that_is_undone(window: MainWindow, desk: Desk) -> None:
    QTest.keyClicks(letter(window, desk)().editor, "Globex")
    window.show_view("board")
    assert window.drafts_bar.isVisible()
    desk.tracker.answer(key_of(desk, Rule.THANK_YOU), Answer.SENT)
    assert window.drafts_bar.isHidden()
    desk.tracker.undo()
    assert window.drafts_bar.sentence == "Unsaved: Thank Ana Ruiz"


def test_details_that_were_refused_and_discarded_say_what_is_stored(window: MainWindow) -> None:
    field = page_of(window, ApplicationsView).detail.fields["employer"]
    field.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(field.editor, Qt.Key.Key_Delete)
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    window.show_view("board")
    assert window.drafts_bar.sentence == "Unsaved: Details of Acme"
    window.drafts_bar.discard_button.click()
    window.show_view("applications")
    assert (field.typed(), field.refusal) == ("Acme", "")
    window.show_view("board")
    window.actions_["undo"].trigger()
    window.save()
    window.drafts_bar.resume_button.click()
    assert field.typed() == ""
    assert field.refusal


def test_a_call_being_logged_is_named_with_its_employer(window: MainWindow, desk: Desk) -> None:
    form = event(window)
    QTest.keyClicks(form.fields["note"].editor, "they liked it")
    window.show_view("board")
    assert window.drafts_bar.sentence == "Unsaved: Call: spoke · Acme"
    window.drafts_bar.resume_button.click()
    form.submit()
    assert window.toast.message.startswith("Logged “Call: spoke”")


def test_the_bar_moves_nothing_below_the_pointer(window: MainWindow) -> None:
    window.show_view("today")
    before = window.pages.mapTo(window, window.pages.rect().topLeft())
    window.context.drafts.forms.keep("new-contact", {"name": "Ana"})
    QApplication.processEvents()
    assert window.drafts_bar.isVisible()
    assert window.pages.mapTo(window, window.pages.rect().topLeft()) == before
    assert window.drafts_bar.mapTo(window, window.drafts_bar.rect().topLeft()).y() > window.height() // 2


def test_a_refused_detail_is_said_once_and_then_waits_for_its_draft(
    window: MainWindow, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    field = page_of(window, ApplicationsView).detail.fields["applied_on"]
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field.editor, "Tuesday 30 November")
    window.show_view("board")
    qtbot.waitUntil(lambda: not window.toast.isHidden())
    assert window.toast.message.startswith("Details of Acme, Applied on: 30 November 2025 is a Sunday, not")
    assert window.drafts_bar.sentence == "Unsaved: Details of Acme"
    for shown in (window, desk.window(theme)):
        if shown is not window:
            window.hide()
            qtbot.addWidget(shown)
            shown.show()
            qtbot.waitExposed(shown)
        shown.show_status("Added Latex at Vandelay")
        for view in ("applications", "today", "applications", "board"):
            shown.show_view(view)
            QTest.qWait(0)
        assert shown.toast.message == "Added Latex at Vandelay"
        assert shown.drafts_bar.sentence == "Unsaved: Details of Acme"
        shown.drafts_bar.resume_button.click()
        again = page_of(shown, ApplicationsView).detail.fields["applied_on"]
        assert again.typed() == "Tuesday 30 November"
        assert shown.focusWidget() is again.editor
        qtbot.waitUntil(lambda again=again: again.shows_refusal(again.refusal))  # type: ignore[misc]


def settings_of(window: MainWindow) -> SettingsView:
    window.show_view("settings")
    return page_of(window, SettingsView)


def change_settings(view: SettingsView) -> None:
    """Something in every kind of field, of which the last is refused."""
    fields = view.form.fields()
    fields["grace_working_days"].editor.setFocus()
    fields["grace_working_days"].spin.setValue(4)  # type: ignore[attr-defined]
    fields["no_call_weekdays"].boxes[2].click()  # type: ignore[attr-defined]
    fields["call_windows"].add_button.click()  # type: ignore[attr-defined]
    QTest.keyClicks(fields["call_windows"].rows[-1].first.line, "19:00")  # type: ignore[attr-defined]
    fields["quiet_from"].editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(fields["quiet_from"].editor, "qqq")


@pytest.mark.parametrize("leave", every(2, [leave_for_a_view, close, end, quit_]))
def test_settings_changed_and_not_applied_are_a_draft(
    window: MainWindow, desk: Desk, theme: Theme, leave: Callable[[MainWindow], None]
) -> None:
    view = settings_of(window)
    stored = desk.store.policy()
    change_settings(view)
    drafts = {name: field.draft() for name, field in view.form.fields().items() if field.dirty}
    assert len(drafts) == 4
    assert window.drafts_bar.isHidden(), "what is in sight needs no bar"
    leave(window)
    window.hide()
    again = desk.window(theme, view="board")
    again.show()
    assert again.drafts_bar.sentence == "Unsaved: Changes to settings"
    again.drafts_bar.resume_button.click()
    view = settings_of(again)
    assert {name: field.draft() for name, field in view.form.fields().items() if field.dirty} == drafts
    assert view.form.refused
    assert not view.bar.isHidden()
    assert desk.store.policy() == stored


def test_settings_applied_or_given_up_are_no_draft_any_more(window: MainWindow, desk: Desk) -> None:
    view = settings_of(window)
    number = view.form.fields()["grace_working_days"]
    for end_it, days in ((view.apply, 4), (view.discard, 6)):
        number.spin.setValue(days)  # type: ignore[attr-defined]
        view.keeper.keep()
        end_it()
        window.show_view("board")
        assert window.drafts_bar.isHidden()
        window.show_view("settings")
    assert desk.store.policy().grace_working_days == 4


def test_settings_discarded_from_the_bar_come_back_by_undo(window: MainWindow) -> None:
    view = settings_of(window)
    number = view.form.fields()["grace_working_days"]
    before = number.value()
    number.spin.setValue(7)  # type: ignore[attr-defined]
    window.show_view("board")
    window.drafts_bar.discard_button.click()
    assert number.value() == before
    window.actions_["undo"].trigger()
    window.save()
    window.drafts_bar.resume_button.click()
    assert (number.value(), number.dirty) == (7, True)


@pytest.mark.parametrize("leave", [close, quit_, end])
def test_what_was_refused_in_a_cell_of_the_table_is_a_draft_at_the_end(
    window: MainWindow, desk: Desk, theme: Theme, leave: Callable[[MainWindow], None]
) -> None:
    before = write(desk.store.facts())
    view = page_of(window, ApplicationsView)
    view.table.select_only("acme")
    row, column = view.model.row_of("acme"), view.table.columns_shown.shown().index("employer")
    view.table.setCurrentIndex(view.model.index(row, column))
    view.table.edit_current()
    editor = view.table.indexWidget(view.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "   ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert editor.property("invalid")
    leave(window)
    window.hide()
    assert write(desk.store.facts()) == before
    again = desk.window(theme, view="board")
    again.show()
    assert again.drafts_bar.sentence == "Unsaved: Details of Acme"
    again.drafts_bar.resume_button.click()
    field = page_of(again, ApplicationsView).detail.fields["employer"]
    assert (field.typed(), bool(field.refusal)) == ("   ", True)


@pytest.mark.parametrize("leave", every(2, [press_esc, leave_for_a_view, end, close]))
def test_a_template_changed_from_a_letter_is_a_draft_until_it_is_saved(
    window: MainWindow, desk: Desk, leave: Callable[[MainWindow], None]
) -> None:
    letter(window, desk)
    page = page_of(window, ComposeView)
    page.email.template_wanted.emit()
    QTest.keyClicks(page.editor.subject.editor, "Globex")
    leave(window)
    window.show_view("board")
    window.show()
    assert window.drafts_bar.sentence == "Unsaved: Template: Thank-you email"
    window.drafts_bar.resume_button.click()
    editor = settings_of(window).templates.editor
    assert "Globex" in editor.subject.typed()
    editor.save()
    window.show_view("board")
    assert window.drafts_bar.isHidden()


def pick_snooze(item: AnswerHost, answering: AnswerFlow) -> None:
    answering._pick_snooze(item)


def new_time(item: AnswerHost, answering: AnswerFlow) -> None:
    answering.answer(item, Answer.RESCHEDULED)


def until_when(item: AnswerHost, answering: AnswerFlow) -> None:
    answering._take_what_they_said(item, Answer.THEY_ANSWERED, EmployerReply.DATE)


def in_today(window: MainWindow, key: str) -> tuple[AnswerHost, AnswerFlow]:
    window.show_view("today")
    window.answer(OpenFollowUp(key))
    item = page_of(window, TodayView).list.item(key)
    assert item is not None
    return item, page_of(window, TodayView)._answering


def in_the_detail(window: MainWindow, key: str) -> tuple[AnswerHost, AnswerFlow]:
    window.answer(OpenApplication("acme"))
    planned = page_of(window, ApplicationsView).detail.planned
    planned.list.select(planned.model.place_of(key))
    return planned.answers, planned.answers.answering


def panel_of(window: MainWindow) -> DatePanel:
    (panel,) = [each for each in window.findChildren(DatePanel) if each.isVisible()]
    return panel


ASKED = (
    (in_today, pick_snooze),
    (in_today, new_time),
    (in_the_detail, until_when),
    (in_the_detail, new_time),
)
DATE_LEAVES = (leave_for_a_view, press_esc, quit_, end)


@pytest.mark.parametrize(
    ("where", "ask", "leave"),
    swept(
        ((*asked, leave) for asked in ASKED for leave in DATE_LEAVES),
        lambda case: ASKED.index(case[:2]) == DATE_LEAVES.index(case[2]),
    ),
)
def test_a_date_being_typed_to_answer_a_follow_up_is_a_draft(
    window: MainWindow,
    desk: Desk,
    where: Callable[[MainWindow, str], tuple[AnswerHost, AnswerFlow]],
    ask: Callable[[AnswerHost, AnswerFlow], None],
    leave: Callable[[MainWindow], None],
) -> None:
    before = write(desk.store.facts())
    key = key_of(desk, Rule.DEBRIEF)
    ask(*where(window, key))
    panel = panel_of(window)
    name = panel.date.name
    panel.date.line.selectAll()
    QTest.keyClicks(panel.date.line, "some tim")
    assert window.drafts_bar.isHidden(), "what is in sight needs no bar"
    leave(window)
    window.hide()
    assert write(desk.store.facts()) == before
    again = desk.window(desk.given.theme, view="board")
    again.show()
    assert again.drafts_bar.sentence == f"Unsaved: {name}: How did it go at Acme?"
    again.drafts_bar.resume_button.click()
    assert (panel_of(again).date.name, panel_of(again).date.typed()) == (name, "some tim")
    assert again.drafts_bar.isHidden()


def test_a_new_time_is_resumed_in_its_interview_once_the_follow_up_is_answered(
    window: MainWindow, desk: Desk
) -> None:
    desk.now = datetime(2026, 10, 14, 7, 0, tzinfo=UTC)
    window.tick()
    key = key_of(desk, Rule.PREPARE)
    new_time(*in_today(window, key))
    panel = panel_of(window)
    panel.date.line.selectAll()
    QTest.keyClicks(panel.date.line, "tomorrow at 5")
    QTest.keyClick(panel.date.line, Qt.Key.Key_Escape)
    desk.tracker.answer(key, Answer.DONE)
    window.show_view("board")
    assert window.drafts_bar.sentence.startswith("Unsaved: New interview time: ")
    window.drafts_bar.resume_button.click()
    form = page_of(window, ApplicationsView).interview_form
    assert form.isVisible()
    assert form.fields["date"].value() == date(2026, 10, 15)
    form.save_button.click()
    moved = desk.store.application("acme").interviews[0]
    assert moved.starts_at == datetime.fromisoformat("2026-10-15T17:00")
    window.show_view("board")
    assert window.drafts_bar.isHidden()


def test_a_date_goes_with_its_follow_up_and_comes_back_with_it(window: MainWindow, desk: Desk) -> None:
    key = key_of(desk, Rule.DEBRIEF)
    pick_snooze(*in_today(window, key))
    panel = panel_of(window)
    panel.date.line.selectAll()
    QTest.keyClicks(panel.date.line, "some tim")
    window.show_view("board")
    assert window.drafts_bar.isVisible()
    desk.tracker.skip(key)
    assert window.drafts_bar.isHidden()
    desk.tracker.undo()
    assert window.drafts_bar.isVisible()


def test_a_date_that_was_given_or_cancelled_is_no_draft(window: MainWindow, desk: Desk) -> None:
    key = key_of(desk, Rule.DEBRIEF)
    for button in ("Cancel", "Snooze"):
        pick_snooze(*in_today(window, key))
        panel = panel_of(window)
        panel.date.line.selectAll()
        QTest.keyClicks(panel.date.line, "tomorrow")
        next(each for each in panel.findChildren(QPushButton) if each.text() == button).click()
        window.show_view("board")
        assert window.drafts_bar.isHidden(), button
    assert desk.store.choice(key) is not None


ABOUT_ANOTHER = {"interview": "location", "contact": "name", "reminder": "title"}


@pytest.mark.parametrize("name", ABOUT_ANOTHER)
def test_a_draft_moved_to_another_application_is_that_one_s(
    window: MainWindow, desk: Desk, name: str
) -> None:
    open_form, key = FORMS[name][0], ABOUT_ANOTHER[name]
    form = open_form(window)
    QTest.keyClicks(form.fields[key].editor, "Globex")
    about = form.fields["application"]
    about.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(about.editor, "hooli")
    about.committed.emit()
    window.show_view("board")
    assert open_form(window).fields[key].typed() != "Globex", "what is new at Acme begins afresh"
    window.show_view("board")
    desk.tracker.trash_application("acme")
    kept = drafts_of(desk.settings(), desk.store, desk.given.readers, desk.wording).forms
    assert [*kept.waiting()] == [f"application/{name}/hooli"]
    window.drafts_bar.resume_button.click()
    assert (form.fields["application"].value(), form.fields[key].typed()) == ("hooli", "Globex")


def test_a_draft_moved_to_an_application_that_has_one_leaves_both(window: MainWindow) -> None:
    window.answer(AddInterview("hooli"))
    form = page_of(window, ApplicationsView).interview_form
    QTest.keyClicks(form.fields["location"].editor, "Hooli's")
    window.show_view("board")
    new_interview(window)
    QTest.keyClicks(form.fields["location"].editor, "Acme's")
    about = form.fields["application"]
    about.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(about.editor, "hooli")
    about.committed.emit()
    window.show_view("board")
    found = []
    window.drafts_bar.resume_button.click()
    found.append((form.fields["application"].value(), form.fields["location"].typed()))
    window.drafts_bar.resume_button.click()
    found.append((form.fields["application"].value(), form.fields["location"].typed()))
    assert sorted(found) == [("hooli", "Acme's"), ("hooli", "Hooli's")]


def test_a_known_person_who_was_picked_and_not_added_is_a_draft(window: MainWindow, desk: Desk) -> None:
    before = write(desk.store.facts())
    window.actions_["add-contact"].trigger()
    window.answer(OpenApplication("hooli"))
    page_of(window, ApplicationsView)._edit_contact("")
    form = page_of(window, ApplicationsView).contact_form
    QTest.keyClicks(form.name_field.line, "Tom")
    form._take_known("Tom Berg · Acme")
    QTest.keyClicks(form.fields["phone"].editor, "600 11 22 33")
    window.show_view("board")
    assert window.drafts_bar.sentence == "Unsaved: Tom Berg"
    window.answer(OpenApplication("acme"))
    page_of(window, ApplicationsView)._edit_contact("")
    assert form.fields["name"].typed() == ""
    window.show_view("board")
    window.drafts_bar.resume_button.click()
    assert [form.fields[key].typed() for key in ("name", "employer", "phone")] == [
        "Tom Berg",
        "Acme",
        "600 11 22 33",
    ]
    assert write(desk.store.facts()) == before
    assert form.submit()
    (tom,) = [each for each in desk.store.all_contacts() if each.name == "Tom Berg"]
    assert (tom.phone, desk.store.application("hooli").contacts) == ("600 11 22 33", (tom.id,))


def test_of_several_drafts_the_last_is_named_and_the_others_are_in_a_menu(window: MainWindow) -> None:
    QTest.keyClicks(quick_add(window).fields["employer"].editor, "R&D")
    QTest.keyClicks(reminder(window).fields["title"].editor, "Call the bank")
    window.show_view("board")
    bar = window.drafts_bar
    assert (bar.sentence, bar.more_button.text()) == ("Unsaved: New reminder", "1 more")
    (other,) = bar.menu.actions()
    assert other.text() == "New application at R&&D"
    other.trigger()
    assert page_of(window, ApplicationsView).quick_add.fields["employer"].typed() == "R&D"
    assert bar.sentence == "Unsaved: New reminder"


@contextmanager
def unkept(window: MainWindow, desk: Desk) -> Iterator[None]:
    """Two drafts that can't be kept, for the database isn't in its place."""
    file, elsewhere = desk.folder / "data.db", desk.folder / "moved.db"
    file.rename(elsewhere)
    try:
        window.context.drafts.forms.keep("new-application", {"": "New application", "employer": "Globex"})
        window.context.drafts.letters.keep(
            "thank_you/a/b", {"body": "Dear Ana,", "language": "en", "opened": "1"}
        )
        yield
    finally:
        elsewhere.rename(file)


def test_what_could_not_be_kept_is_known_until_it_is(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    drafts = window.context.drafts
    with unkept(window, desk):
        assert unwritten(drafts) == "New application\nGlobex\n\nDear Ana,"
        assert "data.db" in str(drafts.forms.failure)
    qtbot.waitUntil(lambda: drafts.forms.failure is None)
    assert desk.store.drafts.all("forms")["new-application"]["employer"] == "Globex"
    assert unwritten(drafts) == ""


def test_a_change_by_another_program_keeps_no_key_waiting(window: MainWindow, desk: Desk) -> None:
    other = apsw.Connection(str(desk.folder / "data.db"))
    other.execute("BEGIN IMMEDIATE")
    forms = window.context.drafts.forms
    forms.keep("new-application", {"employer": "Globex"})
    assert isinstance(forms.failure, Busy)
    assert forms["new-application"] == {"employer": "Globex"}
    other.execute("ROLLBACK")
    other.close()
    assert forms.write()
    assert desk.store.drafts.all("forms") == {"new-application": {"employer": "Globex"}}


def test_drafts_of_an_earlier_version_come_into_the_database_and_out_of_the_settings(desk: Desk) -> None:
    settings, readers = desk.settings(), Readers(desk.store, desk.overview, desk.wording, desk.clock)
    old = {"new-application": {"": "New application", "employer": "Globex"}, "event/edit/gone": {"note": "x"}}
    settings.file.setValue("writing/forms", json.dumps(old))
    settings.file.setValue("writing/debriefs", json.dumps({"2026-10-13": {"notes": "Went well"}}))
    settings.set(SENDER, "Ana")
    settings.write()
    drafts = drafts_of(settings, desk.store, readers, desk.wording)
    assert drafts.forms.waiting() == {"new-application": "New application at Globex"}
    assert drafts.debriefs["2026-10-13"] == {"notes": "Went well"}
    assert desk.store.drafts.all("forms") == {"new-application": old["new-application"]}
    text = (desk.folder / "window.ini").read_text()
    assert "Globex" not in text
    assert "writing" not in text
    assert desk.settings().get(SENDER) == "Ana"
    again = drafts_of(desk.settings(), desk.store, readers, desk.wording)
    assert again.forms["new-application"]["employer"] == "Globex"


@pytest.mark.parametrize("answer", ["Don't quit", "Copy text", "Quit without saving it"])
def test_quitting_where_nothing_can_be_kept_says_why_and_offers_to_copy_the_text(
    window: MainWindow, desk: Desk, answer: str
) -> None:
    QGuiApplication.clipboard().clear()

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        try:
            assert box.text() == "Couldn't keep your unsaved text"
            why, way_out = box.informativeText().split("\n\n")
            assert why.startswith(f"{desk.folder / 'data.db'} has been moved or deleted, so nothing")
            assert way_out == "Copy the text and paste it somewhere safe before you quit."
            next(button for button in box.buttons() if button.text() == answer).click()
        finally:
            box.close()  # one that nobody answers waits for ever

    QTimer.singleShot(0, press)
    with unkept(window, desk):
        window.quit()
    assert bool(desk.quits) is (answer == "Quit without saving it")
    assert ("Globex" in QGuiApplication.clipboard().text()) is (answer == "Copy text")


def test_the_system_s_end_asks_nothing(window: MainWindow, desk: Desk) -> None:
    with unkept(window, desk):
        window.quit(ask=False)
    assert desk.quits
