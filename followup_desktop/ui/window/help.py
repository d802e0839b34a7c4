"""What the Help menu opens: the guide, at the page of what is on the screen, and About."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop import __version__
from followup_desktop.i18n import _
from followup_desktop.resource_files import resources_dir
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.window.actions import Actions
from followup_desktop.ui.window.pages import Pages
from followup_desktop.ui.window.views import FIRST

if TYPE_CHECKING:
    from followup_desktop.ui.window.guide.book import Book
    from followup_desktop.ui.window.guide.window import GuideWindow

TIPS = "tips"
WELCOME = "welcome"
"""What the guide calls the time before there is a view."""


class Help:
    """Answers the Help menu of a window whose views are ``pages``.

    What a menu opens is loaded when it is opened.
    """

    def __init__(self, actions: Actions, pages: Pages, context: Context, window: QWidget) -> None:
        self._pages = pages
        self._theme = theme = context.theme
        self._wording = context.wording
        self._window = window
        self._guide: GuideWindow | None = None
        self._book: Book | None = None
        actions.on("guide", self.open_guide)
        actions.on("shortcuts", self.show_shortcuts)
        actions.on("tips", lambda: self.open_page(TIPS))
        actions.on("about", lambda: AboutDialog(theme, window, resources_dir() / "licences.txt").show())

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

    def show_shortcuts(self) -> None:
        """Show the keys of the view that is on the screen, or put them away."""
        from followup_desktop.ui.window.shortcuts import ShortcutSheet

        for open_one in self._window.findChildren(ShortcutSheet):
            if open_one.isVisible():
                open_one.close()
                return
        ShortcutSheet(self._pages.name or FIRST.name, self._wording, self._theme, self._window).show()

    def open_page(self, name: str, anchor: str = "") -> None:
        """Show the guide at this page, or at a heading of it."""
        self.guide.come_forward()
        self.guide.open_page(name, anchor)


class AboutDialog(QDialog):
    """What this program is: text with Close, which does not keep the main window waiting.

    ``licences`` is the file with those of all that is bundled; where there is none, nothing is.
    """

    def __init__(self, theme: Theme, parent: QWidget, licences: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Follow Up"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(12))
        picture = QLabel(self)
        picture.setPixmap(theme.app_icon().pixmap(theme.px(64), theme.px(64)))
        column.addWidget(picture)
        column.addWidget(Text(_("Follow Up {version}").format(version=__version__), "title", self))
        words = _(
            "Follow up after job interviews: the right person, at the right time, never "
            "too often. Your data stays on this computer, and Follow Up goes online only for a "
            "calendar server you connect. "
            "Free software under the MIT licence."
        )
        column.addWidget(Text(words, "text", self, wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        if licences.is_file():
            shown = buttons.addButton(_("Licences"), QDialogButtonBox.ButtonRole.ActionRole)
            shown.clicked.connect(lambda: LicencesDialog(theme, licences.read_text("utf-8"), self).show())
        column.addWidget(buttons)
        width = theme.px(440)
        self.resize(width, column.totalHeightForWidth(width))


class LicencesDialog(QDialog):
    """The licences of the program and of all that comes with it, to be read."""

    def __init__(self, theme: Theme, licences: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QPlainTextEdit(licences, self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(text, 1)
        column.addWidget(buttons)
        self.resize(theme.px(720), theme.px(520))
