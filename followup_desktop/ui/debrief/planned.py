"""What was planned from a debrief: the follow-ups with their dates, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.rules.table import icon_of
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.rows import Explanation, FollowUpRow
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.letter_parts import tab_through
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, FlushLink, StrongButton
from followup_desktop.ui.kit.widgets.card import Card, Chip, RoundIcon, Text, as_heading, let_shrink, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout


class PlannedCard(Card):
    """One follow-up with its date; *Why?* opens the arithmetic below it."""

    compose = Signal(str)

    def __init__(
        self,
        theme: Theme,
        row: FollowUpRow,
        when: str,
        explain: Callable[[str], Explanation],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = row
        self._explain = explain
        title = Text(row.title, "strong", wrap=True)
        let_shrink(title)
        self.when = Text(when, "secondary", wrap=True)
        let_shrink(self.when)
        words = QVBoxLayout()
        theme.set_spacing(words, 2)
        words.addWidget(title)
        words.addWidget(self.when)
        self.why_button = FlushLink(_("Why?"), name=_("Why? {title}").format(title=row.title))
        self.why_button.clicked.connect(self._toggle)
        self.stops: list[Button] = []
        buttons = FlowLayout(gap=Space.XS)
        if Answer.WRITE_EMAIL in row.answers:
            self.write_button = Button(
                _("Write email…"), name=_("Write email: {title}").format(title=row.title)
            )
            self.write_button.clicked.connect(lambda: self.compose.emit(row.key))
            buttons.addWidget(self.write_button)
            self.stops.append(self.write_button)
        buttons.addWidget(self.why_button)
        self.stops.append(self.why_button)
        words.addLayout(buttons)
        head = QHBoxLayout()
        theme.set_spacing(head, Space.M)
        head.addWidget(RoundIcon(theme, icon_of(row.rule, row.channel)), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        if row.chip:
            head.addWidget(Chip(row.chip, row.tone), 0, Qt.AlignmentFlag.AlignTop)
        self.why = Text("", "secondary", wrap=True)
        let_shrink(self.why)
        theme.set_margins(self.why, 44, 0, 0, 0)
        self.why.hide()
        column = QVBoxLayout(self)
        theme.set_margins(column, 14, 10, 10, 10)
        column.addLayout(head)
        column.addWidget(self.why)

    def _toggle(self) -> None:
        if self.why.isHidden():
            told = self._explain(self.row.key)
            self.why.setText("\n".join((told.heading, *(f"•  {line}" for line in told.lines))))
        self.why.setVisible(self.why.isHidden())


class PlannedFromIt(QWidget):
    """What follows from the debrief. ``done`` tells that the user has seen it, ``compose`` what to write."""

    done = Signal()
    compose = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[PlannedCard] = []
        self.heading = as_heading(Text("", "strong", wrap=True))
        let_shrink(self.heading)
        self.done_button = StrongButton(pgettext("a button", "Done"))
        self.done_button.clicked.connect(self.done)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.heading)
        column.addLayout(self._list)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    @property
    def announcement(self) -> str:
        """All of it, as it is read out when it comes."""
        cards = (named(card.row.title, card.when.text()) for card in self.cards)
        return ended(sentences(self.heading.text(), *cards))

    def show_rows(
        self, rows: Sequence[tuple[FollowUpRow, str]], explain: Callable[[str], Explanation]
    ) -> None:
        """Show these follow-ups, each with its date in words."""
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [PlannedCard(self._theme, row, when, explain) for row, when in rows]
        for card in self.cards:
            card.compose.connect(self.compose)
            self._list.addWidget(card)
            card.show()
        tab_through(*(stop for card in self.cards for stop in card.stops), self.done_button)
        self.heading.setText(_("Here's what comes next:") if rows else _("There's nothing to follow up on."))
