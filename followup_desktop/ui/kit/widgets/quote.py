"""The first lines of a text that stands elsewhere, on a quiet ground, with a way to the whole of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button, FlushLink
from followup_desktop.ui.kit.widgets.card import Text


class Quote(QFrame):
    """A few lines; ``whole_wanted`` asks for all of it, where ``whole`` names a button for that."""

    whole_wanted = Signal()

    def __init__(self, theme: Theme, name: str, whole: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quote")
        self._name = name
        self._words = Text("", wrap=True, parent=self)
        self._words.setMinimumWidth(1)
        column = QVBoxLayout(self)
        theme.set_margins(column, 12, 8, 12, 8)
        theme.set_spacing(column, 2)
        column.addWidget(self._words)
        self.whole: Button | None = None
        if whole:
            self.whole = FlushLink(whole, self)
            self.whole.clicked.connect(self.whole_wanted)
            column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_words(self, words: str) -> None:
        """Show these lines; nothing where there are none."""
        QLabel.setText(self._words, words)  # in its own direction, whatever the window's is
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(words)
        self.setVisible(bool(words))
        self.updateGeometry()  # what it stands in would measure it anew only once events are handled
