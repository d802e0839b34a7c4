"""The table of views, and how the window answers what they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit import requests
from followup_desktop.ui.kit.requests import (
    ActOnFollowUp,
    AddInterview,
    EditReminder,
    FormDone,
    GoBack,
    MakeReport,
    NoteGoal,
    NoteSearch,
    OpenApplication,
    OpenDebrief,
    OpenEvent,
    OpenGuide,
    Request,
    ShowView,
    SpeakLanguage,
)
from followup_desktop.ui.window.views import SIDEBAR, VIEWS, ViewRow
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of


@tabled("row", VIEWS)
def test_a_row_leads_to_the_view_of_its_name(row: ViewRow) -> None:
    made = row.load()
    assert made.name == row.name
    assert made.is_form is not row.in_sidebar


def test_names_and_shortcuts_belong_to_one_view_each() -> None:
    assert len({row.name for row in VIEWS}) == len(VIEWS)
    assert len({row.shortcut for row in SIDEBAR}) == len(SIDEBAR)


def kinds_of_request() -> Iterator[type[Request]]:
    for each in vars(requests).values():
        if isinstance(each, type) and issubclass(each, Request) and each is not Request:
            yield each


def test_every_request_names_a_view_that_there_is() -> None:
    of_the_window = {ShowView, GoBack, FormDone, MakeReport, NoteGoal, NoteSearch, ActOnFollowUp, OpenGuide}
    of_the_window.add(SpeakLanguage)
    named = {each.view for each in kinds_of_request() if each not in of_the_window}
    assert named <= {row.name for row in VIEWS}


def test_what_is_asked_for_is_shown_in_its_view(open_window: Open) -> None:
    window = open_window(situations.twelve())
    assert window.answer(OpenApplication("acme"))
    assert window.view == "applications"
    assert page_of(window, ApplicationsView).current_application == "acme"


def test_a_form_about_what_is_gone_leaves_the_user_where_they_are(open_window: Open) -> None:
    window = open_window(situations.twelve())
    window.show_view("board")
    assert not window.answer(EditReminder("gone"))
    assert not window.answer(OpenDebrief("debrief/gone/2026-10-14"))
    assert window.view == "board"


def test_a_refusal_of_the_view_that_is_asked_is_told(open_window: Open) -> None:
    window = open_window(situations.twelve())
    assert not window.answer(OpenEvent("gone"))
    assert window.toast.isVisible()


def test_without_applications_an_interview_has_nobody_to_be_with(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.nothing())
    window.answer(AddInterview())
    assert window.view == "applications"
    assert "Add an application first." in window.toast._text.text()
