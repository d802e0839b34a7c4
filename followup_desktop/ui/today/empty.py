"""What Today says when there is nothing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Card, RoundIcon, Text, as_heading

_BESIDE = 220
"""From this width on, in pixels at the ordinary text size, the icon stands beside the words."""


class NothingNow(Card):
    """A quiet card: nothing is open, and when the next reminder comes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = RoundIcon(theme, "check", self)
        self._heading = as_heading(Text("", "name", self, wrap=True))
        self._body = Text("", "secondary", self, wrap=True)
        words = QVBoxLayout()
        theme.set_spacing(words, 4)
        words.addWidget(self._heading)
        words.addWidget(self._body)
        row = QHBoxLayout(self)
        theme.set_margins(row, 14, 16, 16, 16)
        theme.set_spacing(row, 12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icon out where the words need its room."""
        super().resizeEvent(event)
        self._icon.setVisible(self.width() >= self._theme.px(_BESIDE))

    @property
    def words(self) -> str:
        """What stands here, as it is read out."""
        return ended(sentences(self._heading.text(), self._body.text()))

    def show_next(self, next_reminder: str | None, nothing_yet: bool, assurance: str) -> None:
        """Say when the next reminder comes, or how one comes about; and whether it can, in a sentence."""
        if nothing_yet and next_reminder is None:
            self._heading.setText(_("Nothing to follow up on yet"))
            words = _(
                "Add an application or an interview you've had. Follow Up works out when to "
                "write or call, and reminds you."
            )
        else:
            self._heading.setText(_("Nothing to do right now"))
            # Translators: {time} is like "tomorrow, Tue 10:00" or "Tue 20 Oct 10:00"
            words = _("Your next reminder: {time}.") if next_reminder else _("No reminders planned.")
        self._body.setText(f"{words.format(time=next_reminder)} {assurance}")
