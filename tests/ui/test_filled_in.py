"""What the program puts into a field belongs to the field: it stays, is saved, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Channel, Rule, Stage
from followup_desktop.ui.applications.quick_add import QuickAdd
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TagsField, TextField
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    AddReminder,
    OpenApplication,
    OpenDebrief,
    WriteMessage,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.main_window import MainWindow
from tests.screens_compose import DAY
from tests.ui import situations
from tests.ui.desk import Desk, page_of

POSTING = """Company: Globex
Job title: Staff Engineer
Location: Springfield
Apply by 30 October 2026
"""


def today() -> date:
    return date(2026, 10, 14)


FIELDS: dict[str, tuple[Callable[[], Field], Any]] = {
    "text": (lambda: TextField("Text"), "Globex"),
    "tags": (lambda: TagsField("Tags"), ("remote", "python")),
    "notes": (lambda: NotesField("Notes"), "two\nlines"),
    "date": (lambda: DateField("Date", today), date(2026, 10, 30)),
    "time": (lambda: TimeField("Time"), time(14, 30)),
    "choice": (lambda: ChoiceField("Stage", [(s, s.value) for s in Stage]), Stage.OFFER),
    "check": (lambda: CheckField("Archived"), True),
}


@pytest.fixture(params=FIELDS)
def filled(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[tuple[Field, Any, QWidget]]:
    """A field with its value, which is not in it yet, and another one to go to."""
    make, value = FIELDS[request.param]
    holder, other = QWidget(), TextField("Other")
    field = make()
    for each in (field, other):
        each.setParent(holder)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    if isinstance(field, ChoiceField):
        field.set_value(Stage.SAVED)
    yield field, value, other
    holder.hide()


def pass_through(field: Field, other: QWidget) -> None:
    field.editor.setFocus(Qt.FocusReason.TabFocusReason)
    other.setFocus(Qt.FocusReason.TabFocusReason)


def test_a_value_that_was_filled_in_stays_when_the_keyboard_passes_through(
    filled: tuple[Field, Any, QWidget],
) -> None:
    field, value, other = filled
    field.fill_in(value)
    pass_through(field, other)
    assert (field.value(), field.dirty, field.is_filled_in) == (value, True, True)


def test_a_value_that_was_filled_in_is_kept_with_the_draft(filled: tuple[Field, Any, QWidget]) -> None:
    field, value, _ = filled
    field.fill_in(value)
    kept = field.draft()
    field.begin_with(Stage.SAVED if isinstance(field, ChoiceField) else None)
    assert field.typed() != kept
    field.type_again(kept)
    assert field.value() == value


@pytest.mark.parametrize("kind", ["text", "tags", "notes", "date", "time"])
def test_the_editor_takes_back_what_was_filled_in(qtbot: QtBot, kind: str) -> None:
    make, value = FIELDS[kind]
    field = make()
    qtbot.addWidget(field)
    QTest.keyClicks(field.editor, "mine")
    field.fill_in(value)
    assert field.typed() != "mine"
    QTest.keyClick(field.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.typed(), field.is_filled_in) == ("mine", False)


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    desk.put(situations.twelve())
    window = desk.window(theme, view="applications")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.hide()


@pytest.fixture
def form(window: MainWindow) -> QuickAdd:
    window.answer(AddApplication())
    return page_of(window, ApplicationsView).quick_add


def go_through(page: QWidget) -> None:
    """Go through every field of a page with the keyboard, to and fro."""
    fields = [field for field in page.findChildren(Field) if field.isVisible()]
    for field in (*fields, *reversed(fields)):
        field.setFocus(Qt.FocusReason.TabFocusReason)
        assert page.window().isActiveWindow(), field.name


def tab_round(page: QWidget) -> list[str]:
    """What the fields of a page say after the keyboard went through them."""
    go_through(page)
    return texts(page)


def texts(page: QWidget) -> list[str]:
    return [field.typed() for field in page.findChildren(Field) if field.isVisible()]


def test_what_a_posting_filled_in_is_saved_after_every_field_was_passed_through(
    form: QuickAdd, desk: Desk
) -> None:
    form.posting.text.setPlainText(POSTING)
    before = texts(form)
    assert tab_round(form) == before
    assert form.submit()
    (stored,) = [one for one in desk.store.applications() if one.employer == "Globex" and not one.contacts]
    assert (stored.role, stored.location) == ("Staff Engineer", "Springfield")
    assert stored.closes_on == date(2026, 10, 30)
    assert [f.rule for f in desk.store.follow_ups(stored.id)] == [Rule.APPLY]


def test_the_address_of_a_posting_is_saved_after_every_field_was_passed_through(
    form: QuickAdd, desk: Desk
) -> None:
    form.posting.text.setPlainText("https://jobs.example/812")
    for key in ("employer", "role"):
        form.fields[key].editor.setFocus()
        QTest.keyClicks(form.fields[key].editor, "Cook")
    go_through(form)
    assert form.submit()
    assert [one.url for one in desk.store.applications() if one.role == "Cook"] == [
        "https://jobs.example/812"
    ]


def test_real_tabs_through_the_form_lose_nothing(form: QuickAdd, window: MainWindow) -> None:
    form.posting.text.setPlainText(POSTING)
    before = texts(form)
    form.posting.editor.setFocus()
    for _ in range(30):
        focus = window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert texts(form) == before


def test_a_suggestion_that_was_taken_stays(form: QuickAdd) -> None:
    form.posting.text.setPlainText(
        "Company: Vandelay Imports\nCompany: Vandelay\nRole: Lead\nRole: Site Reliability Engineer\n"
    )
    for key in ("employer", "role"):
        form.suggestions[key].buttons[0].click()
    tab_round(form)
    assert [form.fields[key].typed() for key in ("employer", "role")] == [
        "Vandelay",
        "Site Reliability Engineer",
    ]


def test_the_stage_that_follows_from_the_day_of_applying_is_saved(form: QuickAdd, desk: Desk) -> None:
    for key, text in (("employer", "Globex"), ("role", "Cook"), ("applied_on", "yesterday")):
        form.fields[key].editor.setFocus()
        QTest.keyClicks(form.fields[key].editor, text)
    tab_round(form)
    assert form.submit()
    (stored,) = [one for one in desk.store.applications() if one.role == "Cook"]
    assert (stored.stage, stored.applied_on) == (Stage.APPLIED, date(2026, 10, 13))


def test_a_posting_that_lands_in_a_line_can_be_taken_back_there(form: QuickAdd) -> None:
    line = form.fields["employer"].editor
    line.setFocus()
    QTest.keyClicks(line, "Glob")
    QTest.keyClick(form.posting.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    form.posting.text.insertPlainText(POSTING)
    assert form.fields["employer"].typed() == "Glob"
    assert form.fields["role"].typed() == "Staff Engineer"
    QTest.keyClick(form.fields["role"].editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.fields["role"].typed() == ""


def test_a_time_chosen_in_the_calendar_stays(window: MainWindow, desk: Desk) -> None:
    window.answer(OpenApplication("initech"))
    window.answer(AddInterview("initech", datetime(2026, 10, 20, 7, tzinfo=UTC)))
    form = page_of(window, ApplicationsView).interview_form
    tab_round(form)
    assert (form.fields["date"].value(), form.fields["time"].value()) == (date(2026, 10, 20), time(9))


def test_a_day_picked_in_the_calendar_of_a_field_stays(window: MainWindow) -> None:
    window.answer(AddReminder())
    form = window.pages.currentWidget()
    assert form is not None
    day = next(field for field in form.findChildren(DateField))
    day.editor.setFocus()
    day.open_picker()
    assert day.picker is not None
    day.picker.go_to(date(2026, 11, 5))
    day.picker.choose_button.click()
    tab_round(form)
    assert day.value() == date(2026, 11, 5)


def test_that_they_gave_no_date_takes_the_date_away_for_good(window: MainWindow, desk: Desk) -> None:
    interview = "umbrella-1"
    desk.tracker.edit_interview(interview, reply_by=date(2026, 10, 30))
    window.answer(OpenDebrief(DAY))
    view = page_of(window, DebriefView)
    assert view.form is not None
    assert view.form.date.value() == date(2026, 10, 30)
    view.form.no_date.box.click()
    tab_round(view)
    assert (view.form.no_date.value(), view.form.date.typed()) == (True, "")
    view.save()
    stored = next(i for i in desk.store.application("umbrella").interviews if i.id == interview)
    assert (stored.reply_by, stored.no_date_given) == (None, True)


def test_the_first_guess_of_the_place_stays(theme: Theme, qtbot: QtBot) -> None:
    page = FirstRun(theme, "Europe/Madrid", "ES-MD")
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    before = texts(page)
    assert tab_round(page) == before


def test_presets_and_defaults_of_the_settings_stay(window: MainWindow) -> None:
    window.show_view("settings")
    settings = page_of(window, SettingsView)
    settings.patient_button.click()
    pending = dict(settings.form.pending)
    assert pending
    go_through(settings)
    assert settings.form.pending == pending


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PHONE])
def test_a_draft_and_the_notes_kept_for_it_stay(window: MainWindow, desk: Desk, channel: Channel) -> None:
    rule = {Channel.EMAIL: Rule.THANK_YOU, Channel.PHONE: Rule.STATUS_CALL}[channel]
    key = next(f.key for f in desk.store.follow_ups() if f.rule is rule)
    view = page_of(window, ComposeView)
    window.answer(WriteMessage(key))
    if channel is Channel.PHONE:
        view.call.notes.text.insertPlainText("They were kind")
        window.show_view("today")
        window.answer(WriteMessage(key))
        assert view.call.notes.typed() == "They were kind"
    before = texts(view)
    assert any(before)
    assert tab_round(view) == before
