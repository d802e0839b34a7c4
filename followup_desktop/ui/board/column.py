"""A column of the board: the stage, how many, and the cards."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.services.wording import Wording
from followup_desktop.ui.board.cards import CardList
from followup_desktop.ui.board.model import ColumnModel
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import ElidedLabel, Text, as_heading


class StageColumn(QFrame):
    """The list of a stage below its name and its number."""

    def __init__(
        self, model: ColumnModel, wording: Wording, theme: Theme, width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("boardColumn")
        self._wording = wording
        self._theme = theme
        self._least = width
        label = wording.stage_label(model.stage)
        self.list = CardList(model, label, theme)
        self._heading = as_heading(ElidedLabel(label, "strong"))
        self._heading.setBuddy(self.list)
        self._count = Text("", "secondary")
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.list, 1)
        theme.changed.connect(self.fit_text)
        self.fit_text()

    @property
    def stage(self) -> Stage:
        """The stage of the cards."""
        return self.list.cards.stage

    @property
    def count(self) -> str:
        """The number on the header."""
        return self._count.text()

    def show_count(self, count: int) -> None:
        """Write how many cards there are."""
        number = format_number(count)
        words = ngettext("{n} application", "{n} applications", count).format(n=number)
        self._count.setText(number)
        self._count.setAccessibleName(words)
        self.list.setAccessibleDescription(words)

    def fit_text(self) -> None:
        """Take the widths that go with the present size of text."""
        px = self._theme.px
        self.setMinimumWidth(px(self._least))
        self._column.setContentsMargins(px(8), px(8), px(8), px(2))
        self._column.setSpacing(px(8))
