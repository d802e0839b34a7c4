"""The date they stated, as it was said: "in two weeks", "by next Friday", or a date."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.stated_dates import stated_date
from followup_desktop.ui.forms.dates import DateField, Today, read_date, show_date
from followup_desktop.ui.forms.panel import small_print
from followup_desktop.ui.theme import Theme


class StatedDateField(DateField):
    """A date, or a phrase that means one, reckoned from ``said_on``; below it what was understood (tip 1)."""

    def __init__(self, name: str, said_on: Today, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, said_on, theme=theme, parent=parent)
        self._said_on = said_on
        self.line.setPlaceholderText(self.tr("a date, or “in two weeks”, “next Friday”"))
        self.understood = small_print()
        self.understood.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.understood)
        self.line.textChanged.connect(self._understand)

    def value(self) -> Any:
        """The date that is meant; raises ``Refused`` where none can be made out."""
        typed = self.line.text().strip()
        today = self._said_on()
        plain = read_date(typed, self.locale(), today) if typed else None
        meant = stated_date(typed, today) if plain is None and typed else None
        if meant is not None:
            return meant
        try:
            return super().value()
        except Refused as refusal:
            raise Refused(
                self.tr(
                    "“{}” is no date I understand; try “in two weeks”, “next Friday” or 2026-10-23."
                ).format(typed),
                self.name,
            ) from refusal

    def _understand(self) -> None:
        try:
            day = self.value()
        except Refused:
            day = None
        text = ""
        if day is not None and self.line.text().strip() != show_date(day, self.locale()):
            text = self.tr("That is {}").format(show_date(day, self.locale()))
        self.understood.setText(text)
        self.understood.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
