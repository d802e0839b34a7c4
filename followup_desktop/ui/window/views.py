"""The views of the window: a row each. A view's module is loaded when the view is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from followup_desktop.i18n import N_
from followup_desktop.ui.kit.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """A view, as it is known before it is loaded.

    ``made_by`` is the dotted name of its class; ``title`` and ``shortcut`` stand in the sidebar and the
    menu, if it has a place there, ``at_foot`` below the others; ``icon`` names its picture. The contents of
    the guide say which page is about it.
    """

    name: str
    made_by: str
    title: str = ""
    shortcut: str = ""
    icon: str = ""
    at_foot: bool = False

    @property
    def in_sidebar(self) -> bool:
        """Whether the user goes to it as a place; else it is opened for one thing."""
        return bool(self.title)

    def load(self) -> type[View]:
        """The class of the view."""
        module, _dot, name = self.made_by.rpartition(".")
        made: type[View] = getattr(import_module(module), name)
        return made


_UI = "followup_desktop.ui"

VIEWS = (
    ViewRow(
        name="today",
        made_by=f"{_UI}.today.view.TodayView",
        title=N_("Today"),
        shortcut="Ctrl+1",
        icon="today",
    ),
    ViewRow(
        name="applications",
        made_by=f"{_UI}.applications.view.ApplicationsView",
        title=N_("Applications"),
        shortcut="Ctrl+2",
        icon="applications",
    ),
    ViewRow(
        name="board",
        made_by=f"{_UI}.board.view.BoardView",
        title=N_("Board"),
        shortcut="Ctrl+3",
        icon="board",
    ),
    ViewRow(
        name="calendar",
        made_by=f"{_UI}.calendar.view.CalendarView",
        title=N_("Calendar"),
        shortcut="Ctrl+4",
        icon="calendar",
    ),
    ViewRow(
        name="people",
        made_by=f"{_UI}.people.view.PeopleView",
        title=N_("People"),
        shortcut="Ctrl+5",
        icon="people",
    ),
    ViewRow(
        name="insights",
        made_by=f"{_UI}.insights.view.InsightsView",
        title=N_("Insights"),
        shortcut="Ctrl+6",
        icon="insights",
    ),
    ViewRow(
        name="trash",
        made_by=f"{_UI}.trash.view.TrashView",
        title=N_("Trash"),
        shortcut="Ctrl+Shift+T",
        icon="trash",
        at_foot=True,
    ),
    ViewRow(
        name="settings",
        made_by=f"{_UI}.settings.view.SettingsView",
        title=N_("Settings"),
        shortcut="Ctrl+,",
        icon="settings",
        at_foot=True,
    ),
    ViewRow(name="compose", made_by=f"{_UI}.compose.view.ComposeView"),
    ViewRow(name="debrief", made_by=f"{_UI}.debrief.view.DebriefView"),
    ViewRow(name="reminder", made_by=f"{_UI}.reminder.view.ReminderView"),
)
"""In the order of the sidebar; those without a title are opened for one thing."""

FIRST = VIEWS[0]
"""What a new window shows."""

SIDEBAR = tuple(row for row in VIEWS if row.in_sidebar)


def row_of(name: str) -> ViewRow:
    """The row of that view."""
    return next(row for row in VIEWS if row.name == name)
