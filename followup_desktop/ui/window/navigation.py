"""The way from one view of the window to another, and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.requests import Request
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.window.view_stack import ViewStack
from followup_desktop.ui.window.views import FIRST, row_of


class Navigation(QObject):
    """Shows the views of ``pages``, and knows which one to go back to.

    A refused entry in the view that is shown holds the user there. While somebody new is welcomed, nothing
    leads away: there would be no way back. ``shown`` tells the name of the view that is shown now,
    ``titled`` what the window is about.
    """

    shown = Signal(str)
    titled = Signal(str)

    def __init__(self, pages: ViewStack, context: Context) -> None:
        super().__init__(pages)
        self._pages = pages
        self._context = context
        self._place = FIRST.name
        self._came_from: str | None = None
        """The view to be shown again when a form is done that was asked for in passing."""
        self._welcome: QWidget | None = None
        """What is shown to somebody new, instead of all views."""
        self._waiting: list[Callable[[], object]] = []
        pages.made.connect(self._follow)

    def _follow(self, page: View) -> None:
        page.windowTitleChanged.connect(self.name_window)

    @property
    def view(self) -> str:
        """The name of the view that is shown."""
        return self._pages.name or FIRST.name

    @property
    def place(self) -> str:
        """The view of the sidebar that is shown, or was before the form that is."""
        return self._place

    @property
    def is_welcoming(self) -> bool:
        """Whether somebody new is welcomed, and there is no view yet."""
        return self._welcome is not None

    def show_view(self, name: str, focus: bool = True) -> None:
        """Show this view, and put the keyboard into it."""
        if self.is_welcoming:
            return
        self._came_from = None
        if name != self.view and not self.may_leave():
            name = self.view
        if row_of(name).in_sidebar:
            self._place = name
        page = self._pages.show_view(name)
        self.name_window()
        self.shown.emit(name)
        if focus and not page.is_form:
            page.begin()
            announce(page, page.announcement)

    def may_leave(self) -> bool:
        """Whether the view that is shown can be left; what was typed there becomes a draft."""
        return self._pages.shown is None or self._pages.shown.leave()

    def go_back(self) -> None:
        """Leave a form that has a view of its own, for the place from which it was opened."""
        self.show_view(self._place)

    def end_form(self) -> None:
        """Show the view again from which the form that is done was asked for in passing, if it was."""
        if self._came_from is not None:
            self.show_view(self._came_from)

    def answer(self, request: Request) -> bool:
        """Have a request answered by the view that it names, which is shown; whether it could be.

        A view for one thing is shown only if that is there. Where the view before can't be left, nothing
        else happens. A refusal becomes a message.
        """
        if self.is_welcoming:
            return False
        try:
            if row_of(request.view).in_sidebar:
                return self._answer_at_place(request)
            return self._answer_in_form(request)
        except Refused as refused:
            self._context.show_status(str(refused))
            return False

    def _answer_at_place(self, request: Request) -> bool:
        before = self.view
        self.show_view(request.view, focus=not request.takes_keyboard)
        if request.comes_back and before != request.view:
            self._came_from = before
        shown = self._pages.shown
        return shown is not None and shown.name == request.view and shown.answer(request)

    def _answer_in_form(self, request: Request) -> bool:
        if not self._pages.page(request.view).answer(request):
            return False
        self.show_view(request.view, focus=not request.takes_keyboard)
        return True

    def name_window(self) -> None:
        """Tell what is shown, for the title of the window."""
        page, said = self._pages.shown, ""
        if self._welcome is not None:
            said = self._welcome.accessibleName()
        elif page is not None:
            row = row_of(page.name)
            about = page.windowTitle()
            said = _(row.title) if row.in_sidebar and not about else about
        if said:
            # Translators: the title of the window: the view that is shown, or what a letter or form is about
            self.titled.emit(_("{view} — Follow Up").format(view=said))

    # While somebody new is welcomed

    def welcome(self, page: QWidget) -> None:
        """Show only this page until ``end_welcome``."""
        self._welcome = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.name_window()

    def end_welcome(self) -> None:
        """Show the first view."""
        page, self._welcome = self._welcome, None
        self.show_view(FIRST.name)
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

    def when_welcomed(self, open_it: Callable[[], object]) -> None:
        """Open what was asked for from outside, now or with ``open_what_waits`` after the welcome."""
        self._waiting.append(open_it)
        if not self.is_welcoming:
            self.open_what_waits()

    def open_what_waits(self) -> bool:
        """Open what was asked for during the welcome, in its order; whether there was anything."""
        waiting, self._waiting = self._waiting, []
        for open_it in waiting:
            open_it()
        return bool(waiting)
