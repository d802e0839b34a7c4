"""The ways from one view of the window to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QMainWindow

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.forms.drafts import DEBRIEF, LETTER
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.actions import VIEW_SHORTCUTS, Actions
from followup_desktop.ui.window.pages import Maker, Pages
from followup_desktop.ui.window.sidebar import VIEW_LABELS, Sidebar, View
from followup_desktop.ui.window.topbar import TopBar


class WindowOfViews(QMainWindow):
    """The base of the window: the views with the sidebar and the bar that lead to them.

    Its subclass says the sentences, and comes to the front.
    """

    def __init__(self, makers: Mapping[View, Maker], theme: Theme) -> None:
        super().__init__()
        self._before = View.TODAY
        self.actions_ = Actions(self)
        self.sidebar = Sidebar(theme, VIEW_SHORTCUTS, self)
        self.top_bar = TopBar(theme, self)
        self.pages = Pages(makers, self)

    def show_status(self, sentence: str) -> None:
        """Show a sentence at the foot."""
        raise NotImplementedError

    def come_forward(self) -> None:
        """Show the window in front of the others."""
        raise NotImplementedError

    @property
    def today(self) -> TodayView:
        """The reminder view."""
        return self.pages.page(View.TODAY, TodayView)

    @property
    def applications(self) -> ApplicationsView:
        """The table of applications with the detail."""
        return self.pages.page(View.APPLICATIONS, ApplicationsView)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.pages.view or View.TODAY

    def show_view(self, view: View, focus: bool = True) -> None:
        """Show this view, and put the keyboard into it; a refused entry in the one before keeps it there."""
        if view is not self.view and not self._may_leave():
            view = self.view
        if view in VIEW_LABELS:
            self._before = view
            self.actions_.views[view].setChecked(True)
        page = self.pages.show_view(view)
        self.sidebar.select(view)
        if not focus:
            return
        if isinstance(page, TodayView | CalendarView):
            page.focus_list()
        elif not isinstance(page, ComposeView | DebriefView | ReminderView):
            page.setFocus()

    def _may_leave(self) -> bool:
        page = self.pages.currentWidget()
        if isinstance(page, ComposeView | DebriefView):
            page.keep()
        if isinstance(page, SettingsView):
            page.templates.leave()
        return not isinstance(page, ApplicationsView | PeopleView | ReminderView) or page.leave()

    def show_application(self, application_id: str) -> None:
        """Show the application in its view."""
        self.show_view(View.APPLICATIONS)
        self.applications.show_application(application_id)

    def show_follow_up(self, key: str) -> None:
        """Bring the window to the front with this follow-up selected, as a notification's click does."""
        self.come_forward()
        self.show_view(View.TODAY)
        self.today.show_follow_up(key)

    def add_application(self) -> None:
        """Open the form of a new application."""
        self.show_view(View.APPLICATIONS, focus=False)
        self.applications.add_application()

    @property
    def current_application(self) -> str | None:
        """The application of what is current in the view that is shown, if there is just one."""
        page = self.pages.currentWidget()
        has_one = (ApplicationsView, BoardView, CalendarView, ComposeView, DebriefView, PeopleView, TodayView)
        return page.current_application if isinstance(page, has_one) else None

    def add_interview_here(self) -> None:
        """Open the form of a new interview from where the user is, which proposes whose it is."""
        page = self.pages.currentWidget()
        if isinstance(page, CalendarView):
            page.add()
        else:
            self.add_interview(self.current_application)

    def add_interview(self, application_id: str | None, at: datetime | None = None) -> None:
        """Open the form of a new interview, which asks whose; an application and an instant are proposed."""
        if self._can_add_to_one():
            self.applications.add_interview(application_id, at)

    def add_contact_here(self) -> None:
        """Open the form of a new person from where the user is, which proposes for which application."""
        page, application = self.pages.currentWidget(), self.current_application
        if isinstance(page, PeopleView):
            page.add_person()
        elif self._can_add_to_one():
            self.applications.add_contact(application)

    def _can_add_to_one(self) -> bool:
        """Show the applications; whether there is one to add something to, else that is said."""
        self.show_view(View.APPLICATIONS, focus=False)
        if self.view is View.APPLICATIONS and not self.applications.is_empty:
            return True
        if self.view is View.APPLICATIONS:
            self.show_status(_("Add an application first."))
        return False

    def show_interview(self, interview_id: str) -> None:
        """Open the form of an interview."""
        self.show_view(View.APPLICATIONS, focus=False)
        self.applications.show_interview(interview_id)

    def try_someone_else(self, application_id: str) -> None:
        """Show the application, where another person can be added and asked."""
        self.show_application(application_id)
        self.show_status(_("Add whom else you could ask, then log the call or the email."))

    def compose(self, key: str, organiser: bool = False) -> None:
        """Write what a follow-up asks for; ``organiser`` asks somebody else to pass the thanks on."""
        if self.pages.page(View.COMPOSE, ComposeView).open(key, organiser):
            self.show_view(View.COMPOSE)

    def debrief(self, key: str) -> None:
        """Note how an interview day went, by its follow-up or one of its interviews."""
        page = self.pages.page(View.DEBRIEF, DebriefView)
        if page.open(key) if "/" in key else page.open_interview(key):
            self.show_view(View.DEBRIEF)

    def add_reminder(self, application_id: str = "") -> None:
        """Open the form of a new reminder of the user's own, perhaps about an application."""
        if self.pages.page(View.REMINDER, ReminderView).add(application_id or None):
            self.show_view(View.REMINDER)

    def edit_reminder(self, reminder_id: str) -> None:
        """Open the form of a reminder of the user's own."""
        if self.pages.page(View.REMINDER, ReminderView).edit(reminder_id):
            self.show_view(View.REMINDER)

    def resume_draft(self, store: str, key: str) -> None:
        """Open the form of a draft, by the kind of its store and its key there, as it was left."""
        if store == LETTER:
            self.compose(key)
            return
        if store == DEBRIEF:
            self.debrief(key)
            return
        kind, what, about = (*key.split("/", 2), "", "")[:3]
        try:
            self._open_form(kind, what, about)
        except Refused as refused:
            self.show_status(str(refused))

    def _open_form(self, kind: str, what: str, about: str) -> None:
        match kind, what:
            case "new-application", _:
                self.add_application()
            case ("new-contact", _) | ("contact", "edit"):
                self.show_view(View.PEOPLE, focus=False)
                self.pages.page(View.PEOPLE, PeopleView).begin_form(about or None)
            case "new-interview", _:
                self.add_interview(None)
            case "contact", "detail":
                self.show_person(about)
                self.pages.page(View.PEOPLE, PeopleView).pane.autosave.resume()
            case "new-reminder", _:
                self.add_reminder()
            case "reminder", _:
                self.edit_reminder(about)
            case "application", "reminder":
                self.add_reminder(about)
            case "answer", _:
                self._resume_answer(about, what)
            case (("settings" | "template"), _):
                self.show_view(View.SETTINGS)
                self.pages.page(View.SETTINGS, SettingsView).resume(what)
            case "interview", _:
                self.show_interview(about)
            case "event", _:
                self.show_view(View.APPLICATIONS, focus=False)
                self.applications.edit_event(about)
            case _:
                self.show_view(View.APPLICATIONS, focus=False)
                self.applications.begin_form(what, about)

    def _resume_answer(self, key: str, what: str) -> None:
        self.show_view(View.TODAY)
        if not self.today.resume_answer(key, what):
            self.show_view(View.APPLICATIONS, focus=False)
            self.applications.resume_answer(key, what)

    def go_back(self) -> None:
        """Show the view that was shown before a message, a debrief or a reminder was opened."""
        self.show_view(self._before)

    def show_search(self, text: str) -> None:
        """Have the search field say what is searched for."""
        self.top_bar.search.setText(text)

    def show_saved_view(self, name: str) -> None:
        """Show the applications as one of the user's own views has them."""
        self.show_view(View.APPLICATIONS)
        self.applications.show_saved_view(name)

    def save_view(self) -> None:
        """Keep what the table of applications shows under a name."""
        self.show_view(View.APPLICATIONS)
        self.applications.save_view()

    def show_setting(self, name: str) -> None:
        """Show the settings with that one, or the section of that heading, in sight."""
        self.show_view(View.SETTINGS)
        self.pages.page(View.SETTINGS, SettingsView).show_setting(name)

    def show_person(self, contact_id: str) -> None:
        """Show somebody among the people."""
        self.show_view(View.PEOPLE)
        self.pages.page(View.PEOPLE, PeopleView).show_person(contact_id)

    def begin_search(self) -> None:
        """Put the keyboard into the search."""
        self.top_bar.search.setFocus()
        self.top_bar.search.selectAll()

    def search_for(self, text: str) -> None:
        """Show the applications that contain the text."""
        if text and self.view is not View.APPLICATIONS:
            self.show_view(View.APPLICATIONS, focus=False)
        self.applications.set_search_text(text)
