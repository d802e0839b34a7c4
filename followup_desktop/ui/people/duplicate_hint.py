"""Says that another entry may be the same person, and offers to make them one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _, format_series
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import INSET, Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, WrappedLabel

_AT_MOST = 3


class AlikeNotes(QWidget):
    """A note for each of the first few; ``merge_wanted`` carries the id of the other entry."""

    merge_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: tuple[Contact, ...] = ()
        self._cards: list[Card] = []
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

    def _card(self, other: Contact) -> Card:
        card = Card(tone="now")
        described = format_series(filter(None, (other.name, other.employer, other.email)))
        words = WrappedLabel(_("{name} might be the same person.").format(name=described))
        button = Button(_("Merge"), name=_("Merge with {name}").format(name=described))
        button.clicked.connect(lambda: self.merge_wanted.emit(other.id))
        row = QHBoxLayout(card)
        set_margins(row, Space.M, Space.XS, Space.XS, Space.XS)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(words, 1)
        row.addWidget(button)
        return card
