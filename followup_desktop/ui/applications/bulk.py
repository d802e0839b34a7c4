"""What stands beside the table while several applications are selected."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import format_number, ngettext, with_dots
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import INSET, Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.card import ElidedLabel, Text, as_heading

_NAMED = 12
"""So many of them are named; of the others the number is told."""


class ManyPane(QWidget):
    """How many are selected, and which they are; what can be done with them stands below the table."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = as_heading(Text("", "name", wrap=True))
        self._names = [ElidedLabel("", "text") for _place in range(_NAMED)]
        self._others = Text("", "secondary")
        column = QVBoxLayout(self)
        set_margins(column, INSET, 0, Space.S, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.title)
        for label in (*self._names, self._others):
            column.addWidget(label)
        column.addStretch(1)

    def show_selection(self, ids: list[str]) -> None:
        """Show these applications, in their order."""
        self.title.setText(
            ngettext("{n} application selected", "{n} applications selected", len(ids)).format(
                n=format_number(len(ids))
            )
        )
        rows = self._context.overview.application_rows(ids[:_NAMED], self._context.clock())
        for place, label in enumerate(self._names):
            label.setVisible(place < len(rows))
            if place < len(rows):
                label.show_text(with_dots((rows[place].employer, rows[place].role)))
        more = len(ids) - len(rows)
        self._others.setText(ngettext("and {n} more", "and {n} more", more).format(n=format_number(more)))
        self._others.setVisible(more > 0)
