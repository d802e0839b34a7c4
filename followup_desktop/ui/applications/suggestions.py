"""What a posting says of a field, below it: whether it is from there, and what else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _, format_dated_day
from followup_desktop.services.capture.postings import Trust
from followup_desktop.ui.kit.forms.dates import WrittenOutField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Chip
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

_AT_MOST = 3
_SHOWN = 40


class SuggestionLine(QWidget):
    """Marks what came from the posting, and offers a few other values; ``taken`` carries a chosen one.

    The mark is also the description of the field's editor. Where it goes it leaves its room, so that
    nothing moves while one types.
    """

    taken = Signal(object)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._offered: list[str | date] = []
        self.buttons: list[Button] = []
        self._line = FlowLayout(self, gap=Space.XS)
        self.mark = Chip()
        policy = self.mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.mark.setSizePolicy(policy)
        self._line.addWidget(self.mark)
        self.mark.hide()
        self.hide()

    def show_from(self, trust: Trust | None, doubt: str = "") -> None:
        """Say how far the field says what the posting does; ``None``: it does not, or no longer.

        A ``doubt`` says why the posting's words for it can't be taken.
        """
        words = {Trust.STATED: _("From the posting"), Trust.GUESS: _("A guess from the posting")}
        text = words[trust] if trust is not None else ""
        if text:
            self.mark.show_text(text, "accent" if trust is Trust.STATED else "neutral")
            self.show()
        self.mark.setVisible(bool(text))
        if isinstance(self._field, WrittenOutField):
            self._field.remark(text or doubt, is_shown=bool(doubt))  # beside what else it has to say
        elif not self._field.refusal:
            self._field.describe(text)

    def offer(self, values: Sequence[str | date]) -> None:
        """Offer these instead of what was offered before."""
        wanted = list(values[:_AT_MOST])
        if wanted != self._offered:
            self._offered = wanted
            self._clear()
            for value in wanted:
                self._add(value)
        self.give_back_room()

    def give_back_room(self) -> None:
        """Let what stands below move up, if nothing is marked or offered."""
        self.setVisible(bool(self._offered) or not self.mark.isHidden())

    def _add(self, value: str | date) -> None:
        text = format_dated_day(value) if isinstance(value, date) else value
        short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        # Translators: a button that enters what was read in a posting: ““Madrid”?”.
        button = Button(_("“{text}”?").format(text=short), look="link")
        set_tool_tip(button, _("From the posting. Press to use it: {text}").format(text=text))
        # Translators: the name of a field, and what may be put into it
        button.setAccessibleDescription(_("{field}: use “{text}”").format(field=self._field.name, text=text))
        button.clicked.connect(lambda: self.taken.emit(value))
        self.buttons.append(button)
        self._line.addWidget(button)
        button.show()
        QWidget.setTabOrder(self.buttons[-2] if len(self.buttons) > 1 else self._field.editor, button)

    def _clear(self) -> None:
        for button in self.buttons:
            button.hide()
            self._line.removeWidget(button)
            button.deleteLater()
        self.buttons.clear()
