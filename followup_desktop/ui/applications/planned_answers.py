"""What can be done about one planned follow-up, as buttons in its row."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.i18n import _
from followup_desktop.services.rows import Explanation, FollowUpRow
from followup_desktop.ui.kit.answer_panels import Panel
from followup_desktop.ui.kit.answering import AnswerFlow
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import INSET, Space, Theme
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import Text, let_shrink, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.join_button import JoinButton
from followup_desktop.ui.kit.widgets.placing import read_as_placed
from followup_desktop.ui.kit.widgets.plain import label_text


def _below_words(layout: QLayout, theme: Theme) -> None:
    """Let it stand below the words of the row."""
    theme.keep_fit(layout, lambda: set_margins(layout, INSET + theme.px(24), 0, INSET, Space.S))


class PlannedAnswers(QWidget):
    """The strong answer, the others, Snooze and Skip, then Edit and Why?.

    What a follow-up is not open for is not offered. A question, and the explanation, open below the buttons;
    ``grown`` tells that another height is needed.
    """

    panel_opened = Signal()
    grown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._row: FollowUpRow | None = None
        self._panel: Panel | None = None
        self.answering = AnswerFlow(context, self)
        self.strong = Button("", look="strong")
        self.others: list[Button] = []
        """The buttons of the answers behind the strong one."""
        self._spare: list[Button] = []
        """More such buttons, which other follow-ups needed: one that is new costs as much as ten words."""
        self.snooze = Button(_("Snooze ▾"))
        self.skip = Button(_("Skip"))
        self.strong.clicked.connect(lambda: self.answer(0))
        self.snooze.clicked.connect(lambda: self.answering.snooze(self))
        self.skip.clicked.connect(lambda: self.answering.skip(self))
        self.edit = Button(_("Edit"), name=_("Edit reminder"))
        self.why = Button(_("Why?"), look="link")
        self.explanation = Text("", "secondary", wrap=True)
        let_shrink(self.explanation)
        self.explanation.hide()
        self._flow = flow = FlowLayout(gap=Space.S - 2)
        for button in (self.strong, self.snooze, self.skip, self.edit, self.why):
            flow.addWidget(button)
        flow.keep_together(self.snooze)
        self._column = QVBoxLayout(self)
        _below_words(self._column, context.theme)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(flow)
        self._column.addWidget(self.explanation)
        self._joins = QVBoxLayout()
        self._column.addLayout(self._joins)
        self.hide()

    # What answering asks of the row that it is about

    @property
    def key(self) -> str:
        """The follow-up's key."""
        return self.row.key

    @property
    def row(self) -> FollowUpRow:
        """The follow-up; there is one whenever a button can be pressed."""
        if self._row is None:
            raise LookupError("no follow-up is shown")
        return self._row

    @property
    def selected(self) -> bool:
        """Whether the keyboard comes back here after a question."""
        return True

    def open_panel(self, panel: Panel | None) -> None:
        """Show a question below the buttons instead of the one before."""
        if self._panel is not None:
            self._column.removeWidget(self._panel)
            self._panel.go(self)
        self._panel = panel
        if panel is not None:
            if isinstance(panel, DatePanel):
                panel.stack()
            self._column.addWidget(panel)
            panel.show()
            panel.follow(self.why)
        self._show_looks()
        if panel is not None:
            self.panel_opened.emit()

    # What the section asks

    def explain(self, why: Explanation | None) -> None:
        """Say why there is this follow-up, with the meetings that can be joined; or no longer."""
        while (item := self._joins.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        self.explanation.setVisible(why is not None)
        if why is not None:
            self.explanation.setText("\n".join((why.heading, *(f"•  {line}" for line in why.lines))))
            for link in why.joins:
                button = JoinButton(link, self._context.join, self)
                self._joins.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def is_open(self) -> bool:
        """Whether the follow-up that is shown can be answered, put off and left out."""
        return self._row is not None

    @property
    def has_strong_answer(self) -> bool:
        """Whether its first answer is the next step; it is none while another comes first."""
        return self._row is not None and self._row.waits_for is None and bool(self._row.answers)

    def height_in(self, width: int) -> int:
        """The height that all of it needs in this width."""
        return self._column.totalHeightForWidth(width)

    def event(self, event: QEvent) -> bool:
        """Tell when what is in it needs another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().event(event)

    def show_row(self, row: FollowUpRow | None) -> None:
        """Offer what can be done about this follow-up; without one nothing is shown."""
        before = self._row
        if row is None or before is None or row.key != before.key:
            self.open_panel(None)
        self._row = row if row is not None and row.is_open else None
        self.setVisible(row is not None)
        for button in (self.strong, self.snooze, self.skip):
            button.setVisible(self._row is not None)
        self.strong.setVisible(self.has_strong_answer)
        self.edit.setVisible(row is not None and row.is_own)
        for button in (self.edit, self.why):
            button.setAccessibleDescription(row.title if row is not None else "")
        offered = list(enumerate(self._row.answers)) if self._row is not None else []
        if self.has_strong_answer:
            _number, strong = offered.pop(0)
            label = self._context.wording.answer_label(strong)
            self.strong.setText(label_text(label))
            self.strong.setAccessibleName(spoken(label))
        self._offer(offered)
        for button in (self.strong, *self.others, self.snooze, self.skip):
            button.setAccessibleDescription(row.title if row is not None else "")
        self._flow.invalidate()  # of what changed in a layout within another Qt tells it when it places all

    def _offer(self, offered: list[tuple[int, Answer]]) -> None:
        """Have a button for each of these answers, behind the strong one."""
        labels = [self._context.wording.answer_label(answer) for _number, answer in offered]
        while len(self.others) > len(offered):
            spare = self.others.pop()
            spare.hide()
            self._spare.append(spare)
        while len(self.others) < len(offered):
            self.others.append(self._spare.pop() if self._spare else self._make_other())
        first = offered[0][0] if offered else 0
        for number, (button, label) in enumerate(zip(self.others, labels, strict=True), first):
            button.setText(label_text(label))
            button.setAccessibleName(spoken(label))
            button.setProperty("answer", number)
            button.show()
        self._show_looks()

    def _show_looks(self) -> None:
        """Have the strong answer stand out, or the one that asks something below."""
        asks = self._panel.answer if self._panel is not None else None
        answers = self._row.answers if self._row is not None else ()
        chosen = answers.index(asks) if asks is not None and asks in answers else None
        self.strong.set_look({None: "strong", 0: "chosen"}.get(chosen, "plain"))
        for button in self.others:
            button.set_look("chosen" if chosen == button.property("answer") else "plain")

    def _make_other(self) -> Button:
        """A button behind those that there are."""
        button, last = Button(""), [self.strong, *self.others][-1]
        button.clicked.connect(lambda _checked=False, one=button: self.answer(one.property("answer")))
        self._flow.addWidget(button)
        self._flow.move_last(self._flow.indexOf(last) + 1)
        read_as_placed(self._flow)
        return button

    def answer(self, number: int) -> None:
        """Give the answer of that number, the strong one being the first."""
        if self._row is not None and number < len(self._row.answers):
            answer: Answer = self._row.answers[number]
            self.answering.answer(self, answer)


class RowAnswers(QWidget):
    """The answers of a row that is not the current one; ``answered`` carries the row's key and their number.

    The keyboard comes to them with the row: it is made current by the arrow keys, and answered by digits.
    """

    answered = Signal(str, int)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.row: FollowUpRow | None = None
        self.buttons: list[Button] = []
        """The buttons of the answers, and behind them hidden ones that another row needed."""
        self._wording = context.wording
        self._flow = FlowLayout(self, gap=Space.S - 2)
        _below_words(self._flow, context.theme)

    def show_row(self, row: FollowUpRow) -> None:
        """Offer the answers of this one."""
        self.row = row
        while len(self.buttons) < len(row.answers):
            self._add_button(len(self.buttons))
        for button, answer in zip_longest(self.buttons, row.answers):
            button.setVisible(answer is not None)
            if answer is not None:
                label = self._wording.answer_label(answer)
                button.setText(label_text(label))
                button.setAccessibleName(named(spoken(label), row.title))
        self.show()

    def _add_button(self, number: int) -> None:
        button = Button("", self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._press(number))
        self._flow.addWidget(button)
        self.buttons.append(button)

    def _press(self, number: int) -> None:
        if self.row is not None:
            self.answered.emit(self.row.key, number)

    def height_in(self, width: int) -> int:
        """The height that all of it needs in this width."""
        return self._flow.heightForWidth(width)
