"""What a posting may mean for a field: values to be taken with a key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _, format_dated_day
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import tool_tip

_AT_MOST = 3
_SHOWN = 40


class SuggestionLine(QWidget):
    """A few values below a field; ``taken`` carries the one that was chosen."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[str | date] = []
        self.buttons: list[Button] = []
        self._line = FlowLayout(self, gap=Space.XS)
        self.hide()

    def offer(self, field: str, values: Sequence[str | date]) -> None:
        """Offer these for the field of that name instead of what was offered before."""
        wanted = list(values[:_AT_MOST])
        if wanted != self._offered:
            self._offered = wanted
            self._clear()
            for value in wanted:
                self._add(field, value)
        self.setVisible(bool(wanted))

    def _add(self, field: str, value: str | date) -> None:
        text = format_dated_day(value) if isinstance(value, date) else value
        short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        button = Button(_("“{text}”?").format(text=short), look="link")
        # Translators: the name of a field, and what may be put into it
        button.setAccessibleName(_("{field}: use “{text}”").format(field=field, text=text))
        button.setToolTip(tool_tip(_("The posting may say so. Press to use it: {text}").format(text=text)))
        button.clicked.connect(lambda: self.taken.emit(value))
        self.buttons.append(button)
        self._line.addWidget(button)
        button.show()

    def _clear(self) -> None:
        for button in self.buttons:
            button.hide()
            self._line.removeWidget(button)
            button.deleteLater()
        self.buttons.clear()
