"""Says that another entry may be the same person, and offers to make them one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _, format_series
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import INSET, Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.note import NoteCard

_AT_MOST = 3


class AlikeNotes(QWidget):
    """A note for each of the first few; ``merge_wanted`` carries the id of the other entry."""

    merge_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: tuple[Contact, ...] = ()
        self._cards: list[NoteCard] = []
        self._column = QVBoxLayout(self)
        set_margins(self._column, INSET, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self.hide()

    def show_people(self, people: Sequence[Contact]) -> None:
        """Show who may be the same person."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(other) for other in self._people[:_AT_MOST]]
        for card in self._cards:
            self._column.addWidget(card)
        self.setVisible(bool(self._cards))

    def _card(self, other: Contact) -> NoteCard:
        described = format_series(filter(None, (other.name, other.employer, other.email)))
        button = Button(_("Merge"), name=_("Merge with {name}").format(name=described))
        card = NoteCard("now", button)
        set_margins(card.parts, Space.M, Space.XS, Space.XS, Space.XS)
        card.text.setText(_("{name} might be the same person.").format(name=described))
        card.button.clicked.connect(lambda: self.merge_wanted.emit(other.id))
        return card
