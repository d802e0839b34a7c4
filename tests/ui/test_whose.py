"""What is added from anywhere asks for whom: proposed is where the user stands, never the last selection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from followup_desktop.ui.applications.interview_form import InterviewForm
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.requests import (
    OpenApplication,
    OpenDebrief,
    OpenInterview,
    OpenPerson,
    WriteMessage,
)
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.actions import Actions
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of

LAST = "hooli"
"""What was selected last, elsewhere."""


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    """Twelve applications, of which Hooli was looked at last."""
    window = open_window(situations.twelve(), "applications")
    window.answer(OpenApplication(LAST))
    return window


def at_row_of_today(window: MainWindow) -> str:
    window.show_view("today")
    key = next(key for key in page_of(window, TodayView).list._order if "initech" in key)
    page_of(window, TodayView).list.select(key, focus=True)
    return "initech"


def at_card_of_board(window: MainWindow) -> str:
    window.show_view("board")
    assert page_of(window, BoardView).select("acme")
    return "acme"


def at_entry_of_calendar(window: MainWindow) -> str:
    window.show_view("calendar")
    page = page_of(window, CalendarView).page
    frame = next(
        stop
        for stop in page.navigator.stops
        if isinstance(stop, EntryFrame) and stop.entry.application == "globex"
    )
    page.navigator.select(frame.key, focus=True)
    return "globex"


def at_person(window: MainWindow) -> str:
    window.answer(OpenPerson("lena"))
    return "initech"


def at_application(window: MainWindow) -> str:
    window.answer(OpenApplication("umbrella"))
    return "umbrella"


def in_letter(window: MainWindow) -> str:
    window.answer(WriteMessage("thank_you/acme/2026-10-14/ana"))
    return "acme"


def in_debrief(window: MainWindow) -> str:
    window.answer(
        OpenDebrief(
            next(key for key in page_of(window, TodayView).list._order if key.startswith("debrief/umbrella"))
        )
    )
    return "umbrella"


STANDS: dict[str, Callable[[MainWindow], str]] = {
    "today": at_row_of_today,
    "board": at_card_of_board,
    "calendar": at_entry_of_calendar,
    "people": at_person,
    "applications": at_application,
    "compose": in_letter,
    "debrief": in_debrief,
}


def nowhere(window: MainWindow) -> None:
    window.show_view("settings")


def pressed(window: MainWindow, action: Callable[[Actions], QAction]) -> None:
    action(window.actions_).trigger()


def from_palette(window: MainWindow, action: Callable[[Actions], QAction]) -> None:
    """As the list of commands runs it."""
    title = action(window.actions_).text().replace("&", "").rstrip("…")
    window.palette_.toggle()
    window.palette_.line.setText(title)
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Return)


WAYS = {"menu": pressed, "palette": from_palette}


def interview_form(window: MainWindow) -> InterviewForm:
    assert window.view == "applications"
    form = page_of(window, ApplicationsView).interview_form
    assert form.isVisible()
    return form


def contact_form(window: MainWindow) -> ContactForm:
    form = page_of(window, ApplicationsView).contact_form
    assert form.isVisible()
    return form


def about(form: InterviewForm | ContactForm) -> ApplicationField:
    field = form.fields["application"]
    assert isinstance(field, ApplicationField)
    assert field.editor.accessibleName() == "Application"
    return field


def choose(form: InterviewForm | ContactForm, text: str) -> None:
    """Type into the field and leave it."""
    line = about(form).line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    popup = about(form).completer.popup()
    assert popup is not None
    popup.hide()  # as a key does that goes on
    form.save_button.setFocus(Qt.FocusReason.TabFocusReason)


def interviews_of(desk: Desk) -> dict[str, int]:
    return {each.id: len(each.interviews) for each in desk.store.applications() if each.interviews}


@pytest.mark.parametrize("way", WAYS)
def test_an_interview_is_proposed_for_where_one_stands(window: MainWindow, way: str) -> None:
    for stand in STANDS.values():
        expected = stand(window)
        WAYS[way](window, lambda actions: actions["add-interview"])
        form = interview_form(window)
        assert about(form).isVisible(), stand
        assert about(form).value() == expected, stand
        assert form.application == expected, stand


def test_a_contact_is_proposed_for_where_one_stands(window: MainWindow) -> None:
    for name, stand in STANDS.items():
        if name == "people":
            continue
        expected = stand(window)
        pressed(window, lambda actions: actions["add-contact"])
        assert about(contact_form(window)).value() == expected, name


def test_among_the_people_a_contact_is_added_there_and_needs_no_application(
    window: MainWindow, desk: Desk
) -> None:
    at_person(window)
    pressed(window, lambda actions: actions["add-contact"])
    assert window.view == "people"
    form = page_of(window, PeopleView).form
    assert form.isVisible()
    assert about(form).value() is None
    form.fields["name"].fill_in("Nadia Blum")
    choose(form, "stark")
    assert form.submit()
    added = next(each for each in desk.store.all_contacts() if each.name == "Nadia Blum")
    assert added.id in desk.store.application("stark").contacts


@pytest.mark.parametrize("way", WAYS)
def test_without_a_place_to_stand_it_asks_and_refuses_to_guess(
    window: MainWindow, desk: Desk, way: str
) -> None:
    before = interviews_of(desk)
    nowhere(window)
    WAYS[way](window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    assert about(form).typed() == ""
    assert about(form).editor.hasFocus()
    assert form.title.full_text == "New interview"
    form.save_button.click()
    assert about(form).refusal == "Choose one of your applications."
    assert interviews_of(desk) == before
    choose(form, "stark")
    form.save_button.click()
    assert interviews_of(desk) == before | {"stark": before.get("stark", 0) + 1}
    assert page_of(window, ApplicationsView).detail.application == "stark"


def test_a_contact_is_refused_without_an_application(window: MainWindow, desk: Desk) -> None:
    count = len(desk.store.all_contacts())
    nowhere(window)
    pressed(window, lambda actions: actions["add-contact"])
    form = contact_form(window)
    form.fields["name"].fill_in("Nadia Blum")
    form.save_button.click()
    assert about(form).refusal == "Choose one of your applications."
    assert len(desk.store.all_contacts()) == count
    choose(form, "acme")
    assert form.fields["employer"].value() == "Acme"
    form.save_button.click()
    added = next(each for each in desk.store.all_contacts() if each.name == "Nadia Blum")
    assert added.id in desk.store.application("acme").contacts
    assert added.id not in desk.store.application(LAST).contacts


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nobody GmbH", "No application matches “Nobody GmbH”. Choose one from the list."),
        ("o", "“o” matches several applications. Choose one from the list."),
    ],
)
def test_what_is_no_application_is_refused_when_the_field_is_left(
    window: MainWindow, typed: str, sentence: str
) -> None:
    at_row_of_today(window)
    pressed(window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    choose(form, typed)
    assert about(form).refusal == sentence
    assert not form.submit()


def test_another_application_brings_its_own_people_and_title(window: MainWindow, desk: Desk) -> None:
    at_row_of_today(window)
    pressed(window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    form._people.show_value(["lena"])
    choose(form, "globex")
    assert about(form).typed().startswith("Globex · ")
    assert form.title.full_text == "New interview at Globex"
    offered = [form._people.list.item(row).text() for row in range(form._people.list.count())]
    assert offered == ["山田太郎"]
    assert form.fields["interviewers"].value() == ()
    before = interviews_of(desk)
    form.save_button.click()
    assert interviews_of(desk) == before | {"globex": before["globex"] + 1}
    assert page_of(window, ApplicationsView).detail.application == "globex"


def test_another_application_brings_its_zone_unless_one_was_chosen(window: MainWindow, desk: Desk) -> None:
    desk.tracker.edit_application("globex", timezone="Asia/Tokyo")
    at_entry_of_calendar(window)
    page_of(window, CalendarView).add_button.click()
    form = interview_form(window)
    assert form.fields["timezone"].value() == "Asia/Tokyo"
    at = desk.overview.policy().timezone
    moment = form._at
    assert moment is not None
    assert form.fields["time"].value() == time(17)  # ten in the morning of the calendar
    choose(form, "initech")
    assert form.fields["timezone"].value() == at
    assert form.fields["time"].value() == time(10)
    form.fields["time"].fill_in(time(11))
    choose(form, "globex")
    assert form.fields["timezone"].value() == "Asia/Tokyo"


def test_what_was_typed_stays_when_the_application_is_changed(window: MainWindow, desk: Desk) -> None:
    at_row_of_today(window)
    pressed(window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    for key, text in (("location", "Third floor"), ("time", "15:30"), ("date", "20 Oct 2026")):
        form.fields[key].editor.setFocus()
        form.fields[key].line.selectAll()  # type: ignore[attr-defined]
        QTest.keyClicks(form.fields[key].editor, text)
    choose(form, "stark")
    form.save_button.click()
    added = desk.store.application("stark").interviews[-1]
    assert (added.location, added.starts_at.time(), added.starts_at.date()) == (
        "Third floor",
        time(15, 30),
        date(2026, 10, 20),
    )


def test_a_new_person_of_an_interview_is_stored_with_it_and_at_its_employer(
    window: MainWindow, desk: Desk
) -> None:
    before = desk.store.facts()
    nowhere(window)
    pressed(window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    for name in ("Nadia Blum", "Kim Ito"):
        form._people.name_line.setText(name)
        form._people.add_button.click()
    assert form._people.name_line.text() == ""
    choose(form, "stark")
    form._people.name_line.setText("Ann Loe")
    assert desk.store.facts() == before
    form.save_button.click()
    people = {each.id: each for each in desk.store.all_contacts()}
    added = [people[each] for each in desk.store.application("stark").interviews[-1].interviewers]
    employer = desk.store.application("stark").employer
    assert [(each.name, each.employer) for each in added] == [
        (name, employer) for name in ("Nadia Blum", "Kim Ito", "Ann Loe")
    ]
    desk.tracker.undo()
    assert desk.store.facts() == before


def test_a_new_person_of_an_interview_that_is_not_saved_is_a_draft(window: MainWindow, desk: Desk) -> None:
    before = desk.store.facts()
    window.answer(OpenInterview("globex-1"))
    form = interview_form(window)
    form._people.name_line.setText("Nadia Blum")
    form._people.email_line.setText("nadia@globex.example")
    form._people.add_button.click()
    window.show_view("today")
    pressed(window, lambda actions: actions["add-interview"])
    assert form._people.new_people() == ()
    window.show_view("today")
    assert desk.store.facts() == before
    window.drafts_bar.resume_button.click()
    assert [each.name for each in form._people.new_people()] == ["Nadia Blum"]
    assert form.submit()
    (added,) = [each for each in desk.store.all_contacts() if each.name == "Nadia Blum"]
    assert added.email == "nadia@globex.example"
    assert added.id in desk.store.application("globex").interviews[0].interviewers


def test_several_selected_propose_none_of_them(window: MainWindow) -> None:
    window.show_view("applications")
    page_of(window, ApplicationsView).table.selectAll()
    pressed(window, lambda actions: actions["add-interview"])
    assert about(interview_form(window)).typed() == ""


def test_with_no_application_at_all_it_says_so(open_window: Open) -> None:
    window = open_window(situations.nothing())
    for action in (window.actions_["add-interview"], window.actions_["add-contact"]):
        action.trigger()
        assert window.toast.message == "Add an application first."


def test_an_interview_that_is_there_stays_where_it_is(window: MainWindow) -> None:
    window.answer(OpenInterview("globex-1"))
    form = interview_form(window)
    assert not form.fields["application"].isVisible()
    form.fields["location"].fill_in("Third floor")
    assert form.submit()


def test_a_draft_keeps_whose_it_is(window: MainWindow, desk: Desk) -> None:
    before = interviews_of(desk)
    nowhere(window)
    pressed(window, lambda actions: actions["add-interview"])
    form = interview_form(window)
    choose(form, "globex")
    form._people.show_value(["taro"])
    form._people._touch()
    window.show_view("today")
    assert interviews_of(desk) == before
    window.drafts_bar.resume_button.click()
    form = interview_form(window)
    assert about(form).value() == "globex"
    assert form.title.full_text == "New interview at Globex"
    assert form.fields["interviewers"].value() == ("taro",)
    form.keeper.afresh_button.click()
    assert about(form).value() == "globex"
    assert form.title.full_text == "New interview at Globex"
    assert form.fields["interviewers"].value() == ()


def test_from_an_open_form_it_goes_on_with_whom_that_is_for(window: MainWindow) -> None:
    at_row_of_today(window)
    pressed(window, lambda actions: actions["add-interview"])
    choose(interview_form(window), "globex")
    pressed(window, lambda actions: actions["add-contact"])
    assert about(contact_form(window)).value() == "globex"
