"""An interview that begins soon or goes on, once its preparation is answered: the way in stays in sight."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.next_step import MeetingNeeds, Needs
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Card, Text
from followup_desktop.ui.today.needs import CardActions, MeetingBody


class MeetingCard(Card):
    """How soon the interview is, where, and *Join* or when to leave; hidden where there is none."""

    def __init__(self, theme: Theme, actions: CardActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = actions
        self._key = ""
        self._heading = Text("", "strong", self, wrap=True)
        self.body: MeetingBody | None = None
        self._column = QVBoxLayout(self)
        theme.set_margins(self._column, 16, 12, 16, 14)
        theme.set_spacing(self._column, 6)
        self._column.addWidget(self._heading)
        self.hide()

    @property
    def words(self) -> str:
        """What stands here, as it is read out."""
        return ended(sentences(self._heading.text(), *(self.body.words if self.body is not None else ())))

    def show_meeting(self, key: str, needs: Needs | None) -> None:
        """Show the interview of the preparation with this key; ``None`` hides the card."""
        if not isinstance(needs, MeetingNeeds):
            self.hide()
            return
        if self.body is None or key != self._key:
            if self.body is not None:
                self.body.hide()
                self.body.deleteLater()
            self._key = key
            self.body = MeetingBody(self._theme, key, self._actions, self)
            self._column.addWidget(self.body)
        self._heading.setText(_("Interview at {employer}").format(employer=needs.employer))
        self.setAccessibleName(self._heading.text())
        self.body.show_needs(needs)
        self._fit()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.body is not None:
            margins = self._column.contentsMargins()
            width = self.width() - margins.left() - margins.right()
            self.body.setFixedHeight(self.body.fit(width))
