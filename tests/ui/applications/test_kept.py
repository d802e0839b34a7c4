"""What stands in an open form outlives the program, whatever was typed, until it is saved or cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.context import drafts_of
from followup_desktop.domain.model import CallOutcome, EventKind
from followup_desktop.ui.applications.event_form import EventForm
from followup_desktop.ui.applications.interview_form import InterviewForm
from followup_desktop.ui.applications.quick_add import QuickAdd
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.forms.drafts import TITLE
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.requests import AddReminder, OpenApplication, OpenPerson
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk, page_of


class Runs:
    """The window over one data folder, one run after the other."""

    def __init__(self, desk: Desk, theme: Theme, qtbot: QtBot) -> None:
        self._desk = desk
        self._theme = theme
        self._qtbot = qtbot
        self.window: MainWindow | None = None

    def start(self, view: str = "") -> MainWindow:
        """The program starts; the run before ended without a word, as in a crash."""
        if self.window is not None:
            self.window.hide()
        window = self.window = self._desk.window(self._theme, view=view)
        self._qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        self._qtbot.waitExposed(window)
        return window

    def applications(self) -> ApplicationsView:
        """The applications of a new run, with Acme shown."""
        window = self.start("applications")
        window.answer(OpenApplication("acme"))
        return page_of(window, ApplicationsView)

    def kept(self) -> dict[str, str]:
        """What a start at this moment would find kept: the forms' titles by their keys."""
        window = self.window
        assert window is not None
        return drafts_of(
            window._settings, self._desk.store, self._desk.given.readers, self._desk.wording
        ).forms.all(TITLE)

    def titles(self) -> list[str]:
        """What a start at this moment would name as kept."""
        return list(self.kept().values())

    def wait_kept(self, *titles: str) -> None:
        """Nothing else happens after the last key: what was typed is kept all the same, and soon."""
        self._qtbot.waitUntil(lambda: self.titles() == list(titles))


@pytest.fixture
def runs(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[Runs]:
    desk.put(FACTS)
    runs = Runs(desk, theme, qtbot)
    yield runs
    if runs.window is not None:
        runs.window.hide()


def editor(form: FormPanel, key: str) -> QWidget:
    return form.fields[key].editor


def type_in(form: FormPanel, key: str, text: str) -> None:
    where = editor(form, key)
    where.setFocus()
    if isinstance(where, QLineEdit):
        where.selectAll()
    QTest.keyClicks(where, text)


def quick_add(view: ApplicationsView) -> QuickAdd:
    view.add_application()
    return view.quick_add


def interview(view: ApplicationsView, which: str = "") -> InterviewForm:
    view._edit_interview(which)
    return view.interview_form


def contact(view: ApplicationsView, who: str = "") -> ContactForm:
    view._edit_contact(who)
    return view.contact_form


def event(view: ApplicationsView) -> EventForm:
    view.detail.timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    return view.detail.timeline.form


def test_quick_add_goes_on_in_the_next_run(runs: Runs) -> None:
    form = quick_add(runs.applications())
    type_in(form, "employer", "Glob")
    type_in(form, "closes_on", "30 Oc")
    form.posting.text.setPlainText("We are looking for\nsomebody calm.")
    form.keep_text.box.click()
    runs.wait_kept("New application at Glob")
    form = quick_add(runs.applications())
    assert form.keeper.isVisible()
    assert (form.fields["employer"].typed(), form.fields["closes_on"].typed()) == ("Glob", "30 Oc")
    assert form.posting.typed() == "We are looking for\nsomebody calm."
    assert not form.keep_text.value()
    assert form.is_dirty


def test_the_start_names_what_is_kept(runs: Runs, desk: Desk) -> None:
    form = quick_add(runs.applications())
    type_in(form, "employer", "Glob")
    runs.wait_kept("New application at Glob")
    window = runs.start()
    assert window.drafts_bar.isVisible()
    assert window.drafts_bar.sentence == "Unsaved: New application at Glob"


def test_what_was_saved_is_not_offered_again(runs: Runs, desk: Desk) -> None:
    form = quick_add(runs.applications())
    type_in(form, "employer", "Globex")
    type_in(form, "role", "Clerk")
    runs.wait_kept("New application at Globex")
    assert form.submit()
    assert runs.titles() == []
    form = quick_add(runs.applications())
    assert form.fields["employer"].typed() == ""
    assert form.keeper.isHidden()


def test_save_and_begin_another_begins_empty(runs: Runs) -> None:
    view = runs.applications()
    form = quick_add(view)
    form.posting.text.setPlainText("Clerk\nGlobex Ltd\nLondon, UK\n£30,000 a year\n\nAbout the role\n")
    assert not form.suggestions["role"].isHidden()
    type_in(form, "employer", "Globex")
    type_in(form, "role", "Clerk")
    runs.wait_kept("New application at Globex")
    form.save_and_begin_another()
    assert (form.fields["employer"].typed(), form.keeper.isHidden()) == ("", True)
    assert all(line.isHidden() for line in form.suggestions.values()), "marks of the last one keep their room"
    rows = [view.model.row(place) for place in range(view.model.rowCount())]
    assert "Globex" in [row.employer for row in rows if row is not None], "what was saved is in the list"
    type_in(form, "employer", "Next")
    runs.wait_kept("New application at Next")


def test_what_was_cancelled_is_not_offered_again(runs: Runs) -> None:
    form = quick_add(runs.applications())
    type_in(form, "employer", "Globex")
    runs.wait_kept("New application at Globex")
    form.cancel_button.click()
    assert runs.titles() == []
    assert quick_add(runs.applications()).fields["employer"].typed() == ""


def take_back(runs: Runs) -> None:
    """Press Undo in the sentence at the foot, wherever the window is by then."""
    window = runs.window
    assert window is not None
    window.show_view("today")
    window.toast._undo.click()


def test_a_cancelled_form_comes_back_as_it_was_by_undo(runs: Runs) -> None:
    view = runs.applications()
    window = runs.window
    assert window is not None
    form = quick_add(view)
    type_in(form, "employer", "Globex")
    form.posting.text.setPlainText("We are looking for\nsomebody calm.")
    form.cancel_button.click()
    assert window.toast.message == "Discarded “New application at Globex”"
    assert (runs.titles(), form.isVisible()) == ([], False)
    take_back(runs)
    assert form.isVisible()
    assert (form.fields["employer"].typed(), form.posting.typed()[:6], form.is_dirty) == (
        "Globex",
        "We are",
        True,
    )
    assert runs.titles() == ["New application at Globex"]


def test_a_form_cancelled_untouched_says_nothing(runs: Runs) -> None:
    view = runs.applications()
    form = interview(view)
    assert runs.window is not None
    before = runs.window.toast.message
    form.cancel_button.click()
    assert (runs.window.toast.message, form.isVisible()) == (before, False)


def test_what_is_deleted_is_not_said_to_be_unsaved(runs: Runs) -> None:
    form = interview(runs.applications(), "acme-1")
    type_in(form, "location", "Third floor")
    form.delete_button.click()
    assert runs.window is not None
    assert runs.window.toast.message.startswith("Deleted the interview")


def test_undo_brings_a_cancelled_form_back_although_it_serves_another_by_now(runs: Runs) -> None:
    view = runs.applications()
    form = interview(view, "acme-1")
    type_in(form, "location", "Third floor")
    form.cancel_button.click()
    assert runs.window is not None
    interview(view).cancel_button.click()
    runs.window.steps.undo()
    assert (form.title.full_text, form.fields["location"].typed()) == ("Interview at Acme", "Third floor")
    assert form.isVisible()


def test_a_cancelled_interview_at_a_time_from_the_calendar_comes_back(runs: Runs) -> None:
    view = runs.applications()
    view.begin_interview("acme", datetime(2026, 10, 20, 14, tzinfo=UTC))
    form = view.interview_form
    type_in(form, "time", "9")
    form.cancel_button.click()
    take_back(runs)
    assert (form.fields["date"].value().day, form.fields["time"].typed()) == (20, "9")


def test_a_cancelled_entry_comes_back_in_its_application(runs: Runs) -> None:
    view = runs.applications()
    form = event(view)
    type_in(form, "note", "They were ki")
    form.cancel_button.click()
    assert runs.window is not None
    assert runs.window.toast.message == "Discarded “Call: spoke · Acme”"
    view.show_application("hooli")
    runs.window.steps.undo()
    assert view.detail.application == "acme"
    assert (form.isVisible(), form.fields["note"].typed()) == (True, "They were ki")


def test_a_cancelled_reminder_comes_back(runs: Runs) -> None:
    window = runs.start()
    window.answer(AddReminder())
    page = page_of(window, ReminderView)
    type_in(page.form, "title", "Ask Ma")
    page.form.cancel_button.click()
    assert (window.view, window.toast.message) == ("today", "Discarded “New reminder”")
    take_back(runs)
    assert page.form.isVisible()
    assert page.form.fields["title"].typed() == "Ask Ma"
    page.form.submit()
    assert not page.form.isVisible()


def test_a_cancelled_template_comes_back(runs: Runs) -> None:
    window = runs.start()
    window.show_view("settings")
    templates = page_of(window, SettingsView).templates
    templates.list.select(2)
    templates.edit_current()
    subject = next(iter(templates.editor.fields.values()))
    subject.setFocus()
    QTest.keyClicks(subject.editor, "Hello")
    said, title = subject.typed(), templates.title.text()
    templates.editor.cancel_button.click()
    assert window.toast.message == f"Discarded “{title}”"
    templates.list.select(0)
    take_back(runs)
    assert (window.view, templates.is_editing, subject.typed()) == ("settings", True, said)


def test_start_afresh_empties_the_form_and_goes_on_keeping(runs: Runs) -> None:
    form = quick_add(runs.applications())
    type_in(form, "employer", "Globex")
    form.posting.text.setPlainText("Company: Initech")
    runs.wait_kept("New application at Globex")
    form = quick_add(runs.applications())
    form.keeper.afresh_button.click()
    assert (form.fields["employer"].typed(), form.posting.typed(), form.is_dirty) == ("", "", False)
    assert form.keeper.isHidden()
    assert runs.titles() == []
    type_in(form, "role", "Clerk")
    runs.wait_kept("New application")


def test_a_form_closed_untouched_keeps_nothing(runs: Runs) -> None:
    view = runs.applications()
    quick_add(view)
    view.show_application("hooli")
    assert runs.titles() == []


def test_an_interview_goes_on_with_half_a_date_people_and_choices(runs: Runs) -> None:
    form = interview(runs.applications())
    type_in(form, "date", "14 Oc")
    form.fields["kind"].editor.setCurrentIndex(2)  # type: ignore[attr-defined]
    people = form._people
    people.list.item(1).setCheckState(Qt.CheckState.Checked)
    QTest.keyClicks(people.name_line, "Lena Wol")
    QTest.keyClicks(people.email_line, "lena@")
    chosen, ticked = form.fields["kind"].value(), people.value()
    runs.wait_kept("New interview at Acme")
    form = interview(runs.applications())
    assert form.keeper.isVisible()
    assert form.fields["date"].typed() == "14 Oc"
    assert form.fields["kind"].value() is chosen
    assert form._people.value() == ticked == ("tom",)
    assert (form._people.name_line.text(), form._people.email_line.text()) == ("Lena Wol", "lena@")
    assert form.fields["minutes"].typed() == "60"


def test_each_interview_has_its_own(runs: Runs) -> None:
    view = runs.applications()
    form = interview(view, "acme-1")
    type_in(form, "location", "Third floor")
    runs.wait_kept("Interview at Acme")
    view = runs.applications()
    assert interview(view).keeper.isHidden()
    form = interview(view, "acme-1")
    assert (form.fields["location"].typed(), form.keeper.isVisible()) == ("Third floor", True)


def test_a_time_chosen_in_the_calendar_counts_before_the_one_kept(runs: Runs) -> None:
    form = interview(runs.applications())
    type_in(form, "time", "9")
    type_in(form, "location", "Third floor")
    runs.wait_kept("New interview at Acme")
    view = runs.applications()
    view.begin_interview("acme", datetime(2026, 10, 20, 14, tzinfo=UTC))
    form = view.interview_form
    assert (form.fields["time"].value().hour, form.fields["location"].typed()) == (16, "Third floor")


def test_a_person_goes_on(runs: Runs, desk: Desk) -> None:
    form = contact(runs.applications())
    type_in(form, "name", "Lena")
    runs.wait_kept("New contact")
    view = runs.applications()
    form = contact(view)
    assert (form.fields["name"].typed(), form.keeper.isVisible()) == ("Lena", True)
    form.submit()
    form = contact(view, "tom")
    type_in(form, "phone", "00 1")
    runs.wait_kept("Tom Berg")
    assert contact(runs.applications(), "tom").fields["phone"].typed() == "00 1"


def test_a_person_among_the_people_goes_on(runs: Runs) -> None:
    def form() -> ContactForm:
        window = runs.start()
        window.show_view("people")
        people = page_of(window, PeopleView)
        people.begin_form(None)
        return people.form

    type_in(form(), "name", "Lena")
    runs.wait_kept("New contact")
    assert form().fields["name"].typed() == "Lena"


def test_an_event_goes_on_and_another_kind_begins_empty(runs: Runs) -> None:
    form = event(runs.applications())
    type_in(form, "note", "They were ki")
    form.fields["contact"].editor.setCurrentIndex(2)  # type: ignore[attr-defined]
    chosen = form.fields["contact"].value()
    runs.wait_kept("Call: spoke · Acme")
    view = runs.applications()
    form = event(view)
    assert isinstance(editor(form, "note"), QPlainTextEdit)
    assert (form.fields["note"].typed(), form.fields["contact"].value()) == ("They were ki", chosen)
    form.cancelled.emit()
    view.detail.timeline.log(EventKind.NOTE)
    assert (form.fields["note"].typed(), form.keeper.isHidden()) == ("", True)


def test_what_was_kept_for_an_application_goes_with_it(runs: Runs, desk: Desk) -> None:
    form = interview(runs.applications())
    type_in(form, "location", "Third floor")
    runs.wait_kept("New interview at Acme")
    desk.tracker.trash_application("acme")
    assert runs.titles() == []


def test_half_a_date_in_the_detail_goes_on(runs: Runs, desk: Desk) -> None:
    view = runs.applications()
    line = view.detail.fields["applied_on"].editor
    line.setFocus()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "30 Oc")
    runs.wait_kept("Details of Acme")
    assert desk.store.application("acme").applied_on == FACTS.applications[0].applied_on
    view = runs.applications()
    field = view.detail.fields["applied_on"]
    assert (field.typed(), field.refusal[:9]) == ("30 Oc", "“30 Oc” i")
    view.show_application("hooli")
    view.show_application("acme")
    assert field.typed() == "30 Oc"


def test_what_is_stored_is_kept_no_more(runs: Runs, desk: Desk) -> None:
    view = runs.applications()
    notes = view.detail.fields["notes"].editor
    notes.setFocus()
    QTest.keyClicks(notes, "Ask about the team")
    view.detail.autosave._keep_soon.timeout.emit()
    assert runs.titles() == ["Details of Acme"]
    runs.wait_kept()
    assert desk.store.application("acme").notes == "Ask about the team"


def test_a_text_that_was_not_stored_any_more_is_stored_in_the_next_run(runs: Runs, desk: Desk) -> None:
    view = runs.applications()
    kept = view.context.drafts.forms
    view.window().hide()
    kept.keep("application/detail/acme", {TITLE: "Details of Acme", "notes": "Ask about the team"})
    runs.applications()
    assert desk.store.application("acme").notes == "Ask about the team"
    assert runs.titles() == []


def test_half_a_name_of_a_person_goes_on(runs: Runs, desk: Desk) -> None:
    def shown() -> QLineEdit:
        window = runs.start()
        window.answer(OpenPerson("tom"))
        line = page_of(window, PeopleView).pane.fields["name"].editor
        assert isinstance(line, QLineEdit)
        return line

    line = shown()
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)  # nobody is without a name
    runs.wait_kept("Details of Tom Berg")
    assert shown().text() == ""
    assert desk.store.contact("tom").name == "Tom Berg"
