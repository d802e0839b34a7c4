"""What the Help menu opens: the guide, at the page of what is on the screen, the shortcuts, and About."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QWidget

from followup_desktop.resource_files import resources_dir
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.window.actions import Actions
from followup_desktop.ui.window.view_stack import ViewStack
from followup_desktop.ui.window.views import FIRST

if TYPE_CHECKING:
    from followup_desktop.ui.window.guide.book import Book
    from followup_desktop.ui.window.guide.window import GuideWindow

TIPS = "tips"
WELCOME = "welcome"
"""What the guide calls the time before there is a view."""


class GuidePlace(NamedTuple):
    """Where a guide that is open stands, and what it shows."""

    page: str
    heading: int
    """So many headings are at the top of what is seen or before it."""
    geometry: QByteArray


class Help:
    """Answers the Help menu of a window whose views are ``pages``.

    What a menu opens is loaded when it is opened.
    """

    def __init__(self, actions: Actions, pages: ViewStack, context: Context, window: QWidget) -> None:
        self._pages = pages
        self._theme = context.theme
        self._wording = context.wording
        self._window = window
        self._guide: GuideWindow | None = None
        self._book: Book | None = None
        actions.on("guide", self.open_guide)
        actions.on("shortcuts", self.show_shortcuts)
        actions.on("tips", lambda: self.open_page(TIPS))
        actions.on("about", self.show_about)

    @property
    def guide(self) -> GuideWindow:
        """The window of the guide, made when it is first wanted."""
        from followup_desktop.ui.window.guide.window import GuideWindow

        if self._guide is None:
            self._guide = GuideWindow(self.book, self._theme, self._window)
        return self._guide

    @property
    def book(self) -> Book:
        """The guide's pages in the language in use, read when they are first wanted."""
        from followup_desktop.ui.window.guide.book import Book, guide_folder

        if self._book is None:
            self._book = Book(guide_folder())
        return self._book

    def open_guide(self) -> None:
        """Show the guide at the page on the view that is on the screen."""
        self.open_page(*self.book.place(self._pages.name or WELCOME))

    def guide_place(self) -> GuidePlace | None:
        """Where the guide stands, if it is open."""
        guide = self._guide
        if guide is None or not guide.isVisible():
            return None
        return GuidePlace(guide.page, guide.headings_read(), guide.saveGeometry())

    def go_on(self, place: GuidePlace) -> None:
        """Open the guide where one in another language stood; the keyboard stays where it is."""
        guide = self.guide
        guide.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        guide.restoreGeometry(place.geometry)
        guide.open_page(place.page)
        guide.show()
        guide.scroll_to_heading(place.heading)
        guide.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)

    def show_shortcuts(self) -> None:
        """Show the keys of the view that is on the screen, or put them away."""
        from followup_desktop.ui.window.shortcuts import ShortcutSheet

        for open_one in self._window.findChildren(ShortcutSheet):
            if open_one.isVisible():
                open_one.close()
                return
        ShortcutSheet(self._pages.name or FIRST.name, self._wording, self._theme, self._window).show()

    def show_about(self) -> None:
        """Say what this program is."""
        from followup_desktop.ui.window.about import AboutDialog

        AboutDialog(self._theme, self._window, resources_dir() / "licences.txt").show()

    def open_page(self, name: str, anchor: str = "") -> None:
        """Show the guide at this page, or at a heading of it."""
        self.guide.come_forward()
        self.guide.open_page(name, anchor)
