"""The left side of the view: what is searched for, and below it the table or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.people.model import PeopleModel
from followup_desktop.ui.people.table import PeopleTable

_AROUND = 32
"""What is beside the words of the search, in pixels at the ordinary text size."""


class SearchLine(LineEdit):
    """What is searched for: Down goes to what was found, Esc empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PeoplePane(QWidget):
    """Search and table; ``queried`` says that others are shown now."""

    queried = Signal()
    add_pressed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._people = people = context.readers.people
        self.model = PeopleModel(people, context.wording, context.clock, self)
        self.table = PeopleTable(self.model, context.theme)
        self.search = SearchLine()
        self.search.setAccessibleName(_("Search people"))
        self.search.ask_for(_("Search people"))
        self.search.setClearButtonEnabled(True)
        self.add_button = Button(_("Add contact"))
        context.theme.set_icon(self.add_button, "plus")
        self.nobody_yet = EmptyState(
            context.theme,
            "people",
            _("No one yet"),
            _("Everyone you meet or write to, across all your applications."),
            button=StrongButton(_("Add the first contact")),
        )
        self.nothing_found = EmptyState(
            context.theme, "search", button=Button(_("Show everyone"), look="plain")
        )
        self._arrange()
        context.theme.keep_fit(self, self._fit_add)
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self.table.setFocus)
        self.add_button.clicked.connect(self.add_pressed)
        self.nobody_yet.pressed.connect(self.add_pressed)
        self.nothing_found.pressed.connect(self.search.clear)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room in the new width."""
        super().resizeEvent(event)
        self._fit_add()

    def _fit_add(self) -> None:
        """Leave the words of the button to its tool tip where the search has no room for its own."""
        self.add_button.setText(_("Add contact"))
        searched = self.search.fontMetrics().horizontalAdvance(_("Search people"))
        around = self._theme.px(_AROUND)
        if self.width() < self.add_button.sizeHint().width() + searched + around:
            self.add_button.setText("")
        set_tool_tip(self.add_button, "" if self.add_button.text() else _("Add contact"))
        self._theme.fit_icon(self.add_button)

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody at all."""
        return self._pages.currentWidget() is self.nobody_yet

    def show_state(self) -> None:
        """Show the table, or why it is empty."""
        nobody = not self._people.count()
        text = self.model.query.text
        self._head.setVisible(not nobody)
        if nobody:
            self._pages.setCurrentWidget(self.nobody_yet)
        elif self.model.rowCount():
            self._pages.setCurrentWidget(self._table_page)
        else:
            self.nothing_found.set_texts(
                _("No one matches “{text}”").format(text=text),
                _("Searched names, employers, job titles, addresses, numbers and notes."),
            )
            self._pages.setCurrentWidget(self.nothing_found)

    def _search(self, text: str) -> None:
        self.model.set_text(text)
        self.queried.emit()
        count = self.model.rowCount()
        words = ngettext("{n} person", "{n} people", count).format(n=format_number(count))
        if not count:
            words = self.nothing_found.title.text()
        voice = Announcer.of(self)
        voice.announce(words, about=self, rest=TYPED_MS, unless=lambda: not self.isVisible())

    def _arrange(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.S)
        head.addWidget(self.search, 1)
        head.addWidget(self.add_button)
        self._table_page = QWidget()
        page = QVBoxLayout(self._table_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.table, 1)
        page.addStretch(0)
        self._pages = QStackedWidget()
        for each in (self._table_page, self.nobody_yet, self.nothing_found):
            self._pages.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
