"""What was done on the phone, a row each above the list, with its answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.sync.questions import (
    PhoneAnswer,
    PhoneQuestionRow,
    PhoneQuestions,
    needs_form,
)
from followup_desktop.ui.kit.bars import Bar
from followup_desktop.ui.kit.requests import WriteMessage
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.placing import read_as_placed

MOST_SHOWN = 3
"""Nobody is met by a wall; the others come as these are answered."""


class PhoneQuestionRows(QWidget):
    """The first questions; an answered one leaves its place to the next, and the last to ``all_answered``.

    ``form_wanted``: an answer to the follow-up of this key needs more than a word.
    """

    all_answered = Signal()
    form_wanted = Signal(str, Answer)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._questions = PhoneQuestions(context.data.store, context.tracker, context.wording)
        self.bars: list[PhoneQuestionBar] = []
        self._more = Text("", "secondary", self, wrap=True)
        self._column = QVBoxLayout(self)
        context.theme.set_margins(self._column, 0, 0, 0, 10)
        context.theme.set_spacing(self._column, 6)
        self._column.addWidget(self._more)
        self.hide()

    def refresh(self) -> None:
        """Show what waits for an answer now."""
        rows = self._questions.rows(self._context.clock())
        shown, left = rows[:MOST_SHOWN], len(rows[MOST_SHOWN:])
        if [bar.row for bar in self.bars] != list(shown):
            self._show(shown)
        text = ngettext("{n} more change on your phone", "{n} more changes on your phone", left)
        self._more.setText(text.format(n=format_number(left)))
        self._more.setVisible(left > 0)
        self.setVisible(bool(shown))

    def _show(self, rows: tuple[PhoneQuestionRow, ...]) -> None:
        for bar in self.bars:
            bar.hide()
            bar.deleteLater()
        self.bars = []
        for place, row in enumerate(rows):
            bar = PhoneQuestionBar(row)
            bar.answered.connect(partial(self._answer, row))
            self._column.insertWidget(place, bar)
            bar.show_sentence(row.sentence)
            self.bars.append(bar)
        read_as_placed(self._column)

    def _answer(self, row: PhoneQuestionRow, answer: PhoneAnswer | Answer) -> None:
        if needs_form(answer):
            self.form_wanted.emit(row.follow_up, answer)
            return
        try:
            done = self._questions.answer(row.uid, answer)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        if done is not None:
            self._context.show_status(done.notice or done.label)
        self.refresh()
        if done is not None and done.letter is not None:
            self._context.open(WriteMessage(done.letter))
            return
        if self.bars:
            self.bars[0].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.all_answered.emit()


class PhoneQuestionBar(Bar):
    """One question with its answers; ``answered`` carries the one that was chosen."""

    answered = Signal(object)

    def __init__(self, row: PhoneQuestionRow) -> None:
        self.row = row
        self.buttons = []
        for number, (answer, label) in enumerate(row.answers):
            is_last = number == len(row.answers) - 1
            button = Button(label, look="quiet" if is_last else "plain")
            button.clicked.connect(partial(self._choose, answer))
            self.buttons.append(button)
        super().__init__(_("Changed on your phone"), "accent", *self.buttons)

    def _choose(self, answer: PhoneAnswer | Answer) -> None:
        self.answered.emit(answer)
