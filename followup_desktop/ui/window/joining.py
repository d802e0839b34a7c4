"""How the views ask for each other: every way from one to another leads through the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtWidgets import QWidget

from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.sidebar import View


class Ways(Protocol):
    """What the views may ask the window for."""

    def show_status(self, sentence: str) -> None: ...
    def show_view(self, view: View) -> None: ...
    def show_application(self, application_id: str) -> None: ...
    def add_application(self) -> None: ...
    def add_interview(self, application_id: str | None, at: datetime | None = None) -> None: ...
    def show_interview(self, interview_id: str) -> None: ...
    def show_follow_up(self, key: str) -> None: ...
    def try_someone_else(self, application_id: str) -> None: ...
    def compose(self, key: str, organiser: bool = False) -> None: ...
    def debrief(self, key: str) -> None: ...
    def add_reminder(self, application_id: str = "") -> None: ...
    def edit_reminder(self, reminder_id: str) -> None: ...
    def go_back(self) -> None: ...
    def show_search(self, text: str) -> None: ...
    def show_undoable(self, sentence: str, undo: Callable[[], None] | None) -> None: ...


def join(page: QWidget, ways: Ways) -> None:
    """Connect what a view asks for."""
    match page:
        case TodayView():
            page.show_application.connect(ways.show_application)
            page.add_application.connect(ways.add_application)
            page.next_interview.connect(ways.add_interview)
            page.compose.connect(ways.compose)
            page.debrief.connect(ways.debrief)
            page.someone_else.connect(lambda application, _key: ways.try_someone_else(application))
            page.edit_reminder.connect(ways.edit_reminder)
        case ApplicationsView():
            page.detail.reminder_wanted.connect(ways.add_reminder)
            page.detail.reminder_opened.connect(ways.edit_reminder)
            page.search_changed.connect(ways.show_search)
            _tell(page, ways, View.APPLICATIONS)
            page.compose.connect(ways.compose)
            page.debrief.connect(ways.debrief)
            page.someone_else.connect(lambda application, _key: ways.try_someone_else(application))
        case BoardView():
            page.show_application.connect(ways.show_application)
            page.add_application.connect(ways.add_application)
        case CalendarView():
            page.show_application.connect(ways.show_application)
            page.show_interview.connect(ways.show_interview)
            page.show_follow_up.connect(ways.show_follow_up)
            page.add_interview.connect(lambda at, application: ways.add_interview(application, at))
            page.edit_reminder.connect(ways.edit_reminder)
        case ComposeView():
            page.closed.connect(ways.go_back)
            page.show_application.connect(ways.show_application)
            page.next_interview.connect(ways.add_interview)
        case DebriefView():
            page.closed.connect(ways.go_back)
            page.compose.connect(ways.compose)
            page.show_application.connect(ways.show_application)
        case ReminderView():
            page.closed.connect(ways.go_back)
            _tell(page, ways, View.REMINDER)
        case PeopleView():
            page.show_application.connect(ways.show_application)
            _tell(page, ways, View.PEOPLE)
        case SettingsView():
            page.show_application.connect(ways.show_application)
            _tell(page, ways, View.SETTINGS)
        case _:
            raise TypeError(f"no ways lead from a {type(page).__name__}")
    page.status.connect(ways.show_status)


def _tell(page: ApplicationsView | PeopleView | ReminderView | SettingsView, ways: Ways, view: View) -> None:
    """Say what the page tells, with its way back, which leads to the page."""
    page.told.connect(ways.show_undoable)
    page.called_back.connect(lambda: ways.show_view(view))
