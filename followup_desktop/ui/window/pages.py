"""The views of the window, each made when it is first shown: a start costs the one that is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QByteArray, QSettings, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.models.changes import Changes
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.window.sidebar import View

Maker = Callable[[], QWidget]
"""Makes a view with all that it needs."""

TIMES_EVERY = 300
"""Seconds of the wall clock, in whole intervals: call windows and moments mostly begin and end with one."""

_WITH_TIMES = {View.APPLICATIONS, View.BOARD, View.CALENDAR, View.PEOPLE}
"""Views with words like "until 12:00" or "3 days"; Today is shown anew at every beat."""

PageT = TypeVar("PageT", bound=QWidget)


class Refreshable(Protocol):
    """What every view has: it can show anew what an edit changed, ``None`` for anything."""

    def refresh(self, changes: Changes | None = None) -> None: ...


class Pages(QStackedWidget):
    """One view at a time. ``made`` tells of a view that was just made, to be joined to the others."""

    made = Signal(object, QWidget)

    def __init__(self, makers: Mapping[View, Maker], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = makers
        self._pages: dict[View, QWidget] = {}
        self._seen: dict[View, int] = {}

    @property
    def view(self) -> View | None:
        """The view that is shown."""
        shown = self.currentWidget()
        return next((view for view, page in self._pages.items() if page is shown), None)

    def page(self, view: View, kind: type[PageT]) -> PageT:
        """That view, made if it has not been."""
        page = self._page(view)
        if not isinstance(page, kind):
            raise TypeError(f"the view {view} is a {type(page).__name__}")
        return page

    def show_view(self, view: View) -> QWidget:
        """Show that view."""
        page = self._page(view)
        self.setCurrentWidget(page)
        return page

    def refresh(self, changes: Changes | None) -> None:
        """Show in every view that was made what differs."""
        for page in self._pages.values():
            _refreshable(page).refresh(changes)

    def pass_time(self, now: datetime) -> None:
        """Show the times of the view that is seen as they are now, if that was not done in this interval."""
        view, interval = self.view, int(now.timestamp()) // TIMES_EVERY
        if view is None or view not in _WITH_TIMES or not self.isVisible():
            return
        if self._seen.get(view) == interval:
            return
        was_made_only_now = view not in self._seen
        self._seen[view] = interval
        if not was_made_only_now:
            _refreshable(self._pages[view]).refresh(None)

    def flush(self) -> None:
        """Save what is being typed in the view that is seen; a view that is left has saved it."""
        shown = self.currentWidget()
        if isinstance(shown, ApplicationsView | PeopleView):
            shown.flush()

    def save_states(self, settings: QSettings) -> None:
        """Remember how the views that were made are arranged."""
        for page in self._pages.values():
            save_state(page, settings)

    def _page(self, view: View) -> QWidget:
        if view not in self._pages:
            page = self._pages[view] = self._makers[view]()
            self.addWidget(page)
            self.made.emit(view, page)
        return self._pages[view]


def save_state(page: QWidget, settings: QSettings) -> None:
    """Remember columns, splitters and modes of a view."""
    match page:
        case ApplicationsView() | PeopleView():
            columns, splitter = page.state()
            settings.setValue(f"{_name(page)}/columns", columns)
            settings.setValue(f"{_name(page)}/splitter", splitter)
        case CalendarView():
            settings.setValue("calendar/mode", page.state())


def restore_state(page: QWidget, settings: QSettings) -> None:
    """Arrange a view as it was when it was left last."""
    match page:
        case ApplicationsView() | PeopleView():
            columns: Any = settings.value(f"{_name(page)}/columns")
            splitter: Any = settings.value(f"{_name(page)}/splitter")
            if isinstance(columns, QByteArray) and isinstance(splitter, QByteArray):
                page.restore(columns, splitter)
        case CalendarView():
            mode = settings.value("calendar/mode")
            if isinstance(mode, str):
                page.restore(mode)


def _name(page: ApplicationsView | PeopleView) -> str:
    return "applications" if isinstance(page, ApplicationsView) else "people"


def _refreshable(page: QWidget) -> Refreshable:
    refreshable: Refreshable = page  # type: ignore[assignment]  # every maker gives one
    return refreshable
