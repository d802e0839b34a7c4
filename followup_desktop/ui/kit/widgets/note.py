"""A card that says something, with the one button that belongs to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, Text, let_shrink

_LINE = 30
"""So many letters of a line the words have beside the button, or else they stand above it."""


class NoteCard(Card):
    """The words with the button beside them, or below them where both have no room."""

    def __init__(self, tone: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone)
        self.text = Text("", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        let_shrink(self.text)
        self.button = button
        self.button.setMinimumWidth(1)
        self.parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.parts.addWidget(self.text, 1)
        self.parts.addWidget(button)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room in the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        words = self.text.fontMetrics().averageCharWidth() * _LINE
        beside = self.width() >= words + self.button.sizeHint().width()
        way = QBoxLayout.Direction
        self.parts.setDirection(way.LeftToRight if beside else way.TopToBottom)
        place = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft
        self.parts.setAlignment(self.button, place)
