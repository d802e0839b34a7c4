"""The user's own reminders: written on their page, changed and deleted from where they are seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Reminder, Repeat
from followup_desktop.services.wording.facts import reminder_words
from followup_desktop.ui.applications.planned import PlannedSection
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.requests import AddReminder, EditReminder, OpenApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.reminder.form import ReminderForm
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk, page_of


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window over three applications and no reminder, on Wed 14 October 2026 in Madrid."""
    desk.put(FACTS)
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    window.hide()


def add(desk: Desk, title: str = "Call the bank", **fields: object) -> str:
    done = desk.tracker.add_reminder(
        **{"title": title, "at": datetime.fromisoformat("2026-10-14T09:00"), **fields}  # type: ignore[arg-type]
    )
    assert done.id is not None
    return done.id


def shown(window: MainWindow) -> str:
    return window.view


def page(window: MainWindow) -> ReminderView:
    return page_of(window, ReminderView)


def form(window: MainWindow) -> ReminderForm:
    return page(window).form


def line(window: MainWindow, key: str) -> QLineEdit:
    editor = form(window).fields[key].editor
    assert isinstance(editor, QLineEdit)
    return editor


def write(window: MainWindow, key: str, text: str) -> None:
    line(window, key).setFocus()
    line(window, key).selectAll()
    QTest.keyClicks(line(window, key), text)


def press(widget: object, key: Qt.Key) -> None:
    assert isinstance(widget, QWidget)
    QTest.keyClick(widget, key)


def row(window: MainWindow, reminder: str, day: str = "2026-10-14") -> FollowUpItem:
    window.show_view("today")
    item = page_of(window, TodayView).list.item(f"manual/{reminder}/{day}")
    assert item is not None
    page_of(window, TodayView).list.select(item.key, focus=True)
    return item


def planned(window: MainWindow, application: str) -> PlannedSection:
    window.answer(OpenApplication(application))
    return page_of(window, ApplicationsView).detail.planned


def only(desk: Desk) -> Reminder:
    (reminder,) = desk.store.reminders()
    return reminder


# Writing one


def test_a_reminder_is_added_by_keys_alone_and_undone(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    assert shown(window) == "reminder"
    assert window.focusWidget() is line(window, "title")
    QTest.keyClicks(line(window, "title"), "Call the bank")
    press(line(window, "title"), Qt.Key.Key_Return)
    reminder = only(desk)
    assert (reminder.title, reminder.at) == ("Call the bank", datetime.fromisoformat("2026-10-15T09:00"))
    assert (reminder.timezone, reminder.repeat, reminder.application) == ("Europe/Madrid", None, None)
    assert shown(window) == "today"
    assert window.toast.message == "Added the reminder “Call the bank”"
    window.steps.undo()
    assert desk.store.reminders() == []


def test_a_title_says_when(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    title = line(window, "title")
    QTest.keyClicks(title, "call mum friday at 5pm")
    assert form(window).fields["title"].understood.sentence == "= Fri 16 Oct 2026, 17:00, in 2 days"  # type: ignore[attr-defined]
    press(title, Qt.Key.Key_Return)
    reminder = only(desk)
    assert (reminder.title, reminder.at) == ("call mum", datetime.fromisoformat("2026-10-16T17:00"))


def test_the_fields_follow_the_time_of_a_title_while_it_is_typed(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    title = line(window, "title")
    QTest.keyClicks(title, "call mum friday at 5pm")
    assert (line(window, "date").text(), line(window, "time").text()) == ("Fri 16 Oct", "17:00")
    assert title.text() == "call mum friday at 5pm"
    for _each in "at 5pm":
        press(title, Qt.Key.Key_Backspace)
    assert (line(window, "date").text(), line(window, "time").text()) == ("Fri 16 Oct", "09:00")
    write(window, "title", "call mum")
    assert line(window, "date").text() == "Thu 15 Oct"
    QTest.keyClicks(title, " friday")
    line(window, "time").setFocus()
    QTest.keyClicks(title, " and dad")
    assert form(window).submit()
    assert (only(desk).title, only(desk).at.day) == ("call mum and dad", 16)


def test_a_title_says_how_often(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    title = line(window, "title")
    QTest.keyClicks(title, "weekly review every monday 9am")
    understood = form(window).fields["title"].understood.sentence  # type: ignore[attr-defined]
    assert understood == "= Mon 19 Oct 2026, 09:00, in 5 days · Every week"
    press(title, Qt.Key.Key_Return)
    reminder = only(desk)
    assert (reminder.title, reminder.at) == ("weekly review", datetime.fromisoformat("2026-10-19T09:00"))
    assert reminder.repeat is Repeat.WEEKLY


def test_a_title_whose_day_contradicts_itself_is_refused(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    title = line(window, "title")
    QTest.keyClicks(title, "visit friday 12 december")
    press(title, Qt.Key.Key_Return)
    assert desk.store.reminders() == []
    assert "is a Saturday, not a Friday" in form(window).fields["title"].refusal
    write(window, "date", "11 Dec")
    assert form(window).submit()
    assert only(desk).title == "visit friday 12 december", "the day is said by its own field"


def test_a_title_says_when_as_soon_as_it_is_left(window: MainWindow) -> None:
    window.actions_["add-reminder"].trigger()
    QTest.keyClicks(line(window, "title"), "call mum friday")
    line(window, "time").setFocus()
    assert (line(window, "title").text(), line(window, "date").text()) == ("call mum", "Fri 16 Oct")
    assert line(window, "time").text() == "09:00", "no hour was named"


def test_what_was_typed_as_the_date_counts_before_the_title(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    write(window, "date", "20 Oct")
    QTest.keyClicks(line(window, "title"), "prepare what is due on friday")
    assert form(window).submit()
    reminder = only(desk)
    assert (reminder.title, reminder.at.day) == ("prepare what is due on friday", 20)


def test_a_title_kept_for_another_day_means_the_same_day(window: MainWindow, desk: Desk) -> None:
    window.actions_["add-reminder"].trigger()
    QTest.keyClicks(line(window, "title"), "call mum tomorrow at 5pm")
    kept = form(window).fields["title"].draft()
    desk.now += timedelta(days=3)
    again = form(window)
    again.start_afresh()
    again.fields["title"].type_again(kept)
    assert again.submit()
    reminder = only(desk)
    assert (reminder.title, reminder.at) == ("call mum", datetime.fromisoformat("2026-10-15T17:00"))


def test_every_field_is_stored(window: MainWindow, desk: Desk) -> None:
    window.answer(AddReminder())
    for key, text in {
        "title": "Look through the postings",
        "date": "20 Oct 2026",
        "time": "18:30",
        "timezone": "New York",
        "application": "initech",
    }.items():
        write(window, key, text)
    form(window).fields["repeat"].editor.setCurrentIndex(2)  # type: ignore[attr-defined]
    assert form(window).submit()
    assert only(desk) == Reminder(
        id=only(desk).id,
        title="Look through the postings",
        at=datetime.fromisoformat("2026-10-20T18:30"),
        timezone="America/New_York",
        repeat=Repeat.WORKING_DAYS,
        application="initech",
    )


def test_what_is_refused_is_said_where_it_stands(window: MainWindow, desk: Desk) -> None:
    window.answer(AddReminder())
    for key, text in {"date": "30 Oc", "time": "nineish", "timezone": "Nowhere", "application": "zz"}.items():
        write(window, key, text)
    assert not form(window).submit()
    refused = {key: field.refusal for key, field in form(window).fields.items() if field.refusal}
    assert set(refused) == {"title", "date", "time", "timezone", "application"}
    assert refused["application"].startswith("No application matches “zz”")
    assert desk.store.reminders() == []
    window.show_view("today")
    assert shown(window) == "today"
    assert desk.store.reminders() == []
    window.drafts_bar.resume_button.click()
    assert form(window).fields["time"].typed() == "nineish"


def test_a_name_that_several_applications_have_is_asked_about(window: MainWindow, desk: Desk) -> None:
    desk.tracker.add_application(employer="Acme", role="Data Analyst")
    window.answer(AddReminder())
    write(window, "title", "Ask")
    write(window, "application", "acme data")
    assert not form(window).submit()
    assert "matches several" in form(window).fields["application"].refusal
    line(window, "application").setText("Acme · Data Analyst")
    assert form(window).submit()
    assert only(desk).application not in (None, "acme")


def test_the_time_here_and_a_time_that_has_passed_are_told(window: MainWindow) -> None:
    window.answer(AddReminder())
    notes = form(window).notes
    assert notes.isHidden()
    write(window, "timezone", "New York")
    assert notes.text() == "Thu 15 Oct 15:00 where you are"
    write(window, "timezone", "Europe/Madrid")
    write(window, "date", "1 Oct 2026")
    assert notes.text() == "That time has passed, so you'll be reminded right away."


def test_leaving_the_page_saves_nothing_and_keeps_it(window: MainWindow, desk: Desk) -> None:
    window.answer(AddReminder())
    write(window, "title", "Call the bank")
    window.show_view("board")
    assert shown(window) == "board"
    assert desk.store.reminders() == []
    window.drafts_bar.resume_button.click()
    assert page(window).form.fields["title"].typed() == "Call the bank"


def test_a_page_left_untouched_adds_nothing(window: MainWindow, desk: Desk) -> None:
    window.show_view("board")
    window.answer(AddReminder())
    page(window).back.click()
    assert shown(window) == "board"
    assert desk.store.reminders() == []


def test_what_was_typed_goes_on_after_a_crash(
    window: MainWindow, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    window.answer(AddReminder())
    write(window, "title", "Call the ba")
    write(window, "date", "30 Oc")
    form(window).keeper.flush()
    again = desk.window(theme)
    qtbot.addWidget(again)
    again.answer(AddReminder())
    assert (line(again, "title").text(), line(again, "date").text()) == ("Call the ba", "30 Oc")
    assert not form(again).keeper.isHidden()
    assert line(again, "title").cursorPosition() == len("Call the ba")
    form(again).keeper.afresh_button.click()
    assert (line(again, "title").text(), line(again, "date").text()) == ("", "Thu 15 Oct")


# Today


def test_f2_on_a_row_of_today_changes_it(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk)
    press(row(window, reminder), Qt.Key.Key_F2)
    assert shown(window) == "reminder"
    assert form(window).title.full_text == "Reminder: Call the bank"
    write(window, "title", "Write to the bank")
    assert form(window).submit()
    assert only(desk).title == "Write to the bank"
    assert shown(window) == "today"


def test_delete_on_a_row_of_today_can_be_undone(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk)
    press(row(window, reminder), Qt.Key.Key_Delete)
    assert desk.store.reminders() == []
    assert window.toast.message == "Deleted “Call the bank”"
    window.steps.undo()
    assert only(desk).id == reminder


def test_a_reminder_that_is_still_to_come_has_its_buttons(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk, at=datetime.fromisoformat("2026-10-16T09:00"))
    item = row(window, reminder, "2026-10-16")
    assert [button.text() for button in item.buttons()] == ["Edit", "Delete", "Why?"]
    press(item, Qt.Key.Key_Return)
    assert form(window).reminder == reminder


def test_an_ordinary_row_is_neither_changed_nor_deleted(window: MainWindow, desk: Desk) -> None:
    before = desk.store.facts()
    window.show_view("today")
    item = next(each for each in page_of(window, TodayView).list.items() if isinstance(each, FollowUpItem))
    assert not {"Edit", "Delete"} & {button.text() for button in item.buttons()}
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
        press(item, key)
    assert (desk.store.facts(), window.view) == (before, "today")


# An application


def test_an_application_takes_a_reminder(window: MainWindow, desk: Desk) -> None:
    section = planned(window, "initech")
    assert section.add_button.accessibleName() == "Add reminder"
    section.add_button.click()
    assert line(window, "application").text() == "Initech · Platform Lead"
    write(window, "title", "Send the reference")
    assert form(window).submit()
    assert only(desk).application == "initech"
    assert shown(window) == "applications"


def test_a_planned_reminder_is_changed_and_deleted(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk, application="initech")
    section = planned(window, "initech")
    section.list.setFocus()
    section.list.select(section.model.place_of(f"manual/{reminder}/2026-10-14"))
    assert section.answers.edit.isVisible()
    press(section.list, Qt.Key.Key_F2)
    assert form(window).reminder == reminder
    press(line(window, "title"), Qt.Key.Key_Escape)
    press(section.list, Qt.Key.Key_Delete)
    assert desk.store.reminders() == []
    assert not section.answers.edit.isVisible()


def test_a_planned_follow_up_of_a_rule_stays(window: MainWindow, desk: Desk) -> None:
    section = planned(window, "acme")
    assert section.model.rows
    before = desk.store.facts()
    section.list.select(0)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
        press(section.list, key)
    assert (desk.store.facts(), window.view) == (before, "applications")


# The calendar, and others' changes


def test_a_reminder_in_the_calendar_opens_its_form(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk, at=datetime.fromisoformat("2026-10-16T09:00"))
    window.show_view("calendar")
    view = page_of(window, CalendarView)
    assert view._select(f"manual/{reminder}/2026-10-16")
    stop = view.page.navigator.current
    assert stop is not None
    press(stop, Qt.Key.Key_Return)
    assert (window.view, form(window).reminder) == ("reminder", reminder)


def test_delete_in_the_form_can_be_undone(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk)
    window.answer(EditReminder(reminder))
    form(window).delete_button.click()
    assert desk.store.reminders() == []
    assert shown(window) == "today"
    window.steps.undo()
    assert only(desk).id == reminder


def test_a_reminder_deleted_elsewhere_leaves_its_form(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk)
    window.answer(EditReminder(reminder))
    desk.tracker.delete_reminder(reminder)
    assert shown(window) == "today"
    window.answer(EditReminder(reminder))
    assert shown(window) == "today"
    assert window.toast.message.startswith("That reminder no longer exists.")


def test_an_edit_that_changes_nothing_stores_nothing(window: MainWindow, desk: Desk) -> None:
    reminder = add(desk, at=datetime(2026, 10, 14, 9, 0, 30), application="acme")  # noqa: DTZ001
    desk.store.history.clear()
    window.answer(EditReminder(reminder))
    assert form(window).submit()
    assert desk.tracker.undo_label is None


def test_every_fact_of_a_reminder_can_be_entered(window: MainWindow) -> None:
    window.answer(AddReminder())
    assert set(form(window).fields) == set(reminder_words()) - {"at"} | {"date", "time"}
