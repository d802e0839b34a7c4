"""What opens below a row of Today: the reasons, a question, a date to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.services.rows import Explanation
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, QuietButton
from followup_desktop.ui.widgets.card import Text
from followup_desktop.ui.widgets.flow import FlowLayout


class Panel(QFrame):
    """A part that opens below a row, in line with its text; Esc closes it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.theme = theme
        self.inner = QVBoxLayout(self)
        self.inner.setContentsMargins(theme.px(57), theme.px(12), theme.px(16), theme.px(14))
        self.inner.setSpacing(theme.px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; keep the other keys from the row."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            event.accept()


class WhyPanel(Panel):
    """The answer to *Why this reminder?*: the tip, the steps, what would cancel it."""

    def __init__(self, theme: Theme, explanation: Explanation, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Why this reminder")
        self.setAccessibleDescription(". ".join((explanation.heading, *explanation.lines)))
        self.inner.addWidget(Text(explanation.heading, "strong", self, wrap=True))
        for line in explanation.lines:
            self.inner.addLayout(self._bullet(line))

    def _bullet(self, line: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(self.theme.px(8), 0, 0, 0)
        row.setSpacing(self.theme.px(8))
        bullet = Text("•", "secondary", self)
        row.addWidget(bullet, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(line, "secondary", self, wrap=True), 1)
        return row


class ChoicePanel(Panel):
    """A question with a few answers, each a button; ``chosen`` carries the value of the one taken.

    The letter marked in an answer takes it, too.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, question: str, answers: Sequence[tuple[object, str]], parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(question)
        self._by_letter: dict[str, object] = {}
        self.inner.addWidget(Text(question, "strong", self))
        flow = FlowLayout(gap=theme.px(8))
        buttons = []
        for value, label in answers:
            button = Button("", self, name=label.replace("&", "").strip(" …"))
            button.setText(label)
            button.clicked.connect(partial(self.chosen.emit, value))
            self._by_letter[label[label.index("&") + 1].upper()] = value
            flow.addWidget(button)
            buttons.append(button)
        self.inner.addLayout(flow)
        self.setFocusProxy(buttons[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the answers need in this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.inner.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the answer of the letter; else as every panel does."""
        letter = event.text().upper()
        if letter in self._by_letter:
            self.chosen.emit(self._by_letter[letter])
        else:
            super().keyPressEvent(event)


class DatePanel(Panel):
    """Asks for a date, or a date and a time, in one line.

    ``saved`` carries a ``date``, or a naive wall time where ``initial`` is one. A sentence can be shown below
    when what was chosen is refused; what was typed stays.
    """

    saved = Signal(object)

    def __init__(
        self, theme: Theme, label: str, initial: date | datetime, save_label: str, parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(label)
        self._with_time = isinstance(initial, datetime)
        self.edit = self._make_edit(initial)
        self.edit.setAccessibleName(label)
        self.edit.installEventFilter(self)
        heading = Text(label, "strong", self)
        heading.setBuddy(self.edit)
        self.save = Button(save_label, self)
        self.save.clicked.connect(self._save)
        cancel = QuietButton("Cancel", self)
        cancel.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for widget in (heading, self.edit, self.save, cancel):
            row.addWidget(widget)
        row.addStretch(1)
        self.inner.addLayout(row)
        self._heading, self._buttons = heading, (self.save, cancel)
        self._problem = Text("", "secondary", self, wrap=True)
        self._problem.setObjectName("refusal")
        self._problem.hide()
        self.inner.addWidget(self._problem)
        self.setFocusProxy(self.edit)

    def stack(self) -> None:
        """Stand in lines one below the other, where there is little room."""
        side = self.theme.px(6)
        self.inner.setContentsMargins(side, side, side, side)
        self.inner.insertWidget(0, self._heading)
        below = QHBoxLayout()
        below.setSpacing(self.theme.px(8))
        for button in self._buttons:
            below.addWidget(button)
        below.addStretch(1)
        self.inner.insertLayout(2, below)

    def refuse(self, sentence: str) -> None:
        """Say why this could not be taken."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    @property
    def problem(self) -> str:
        """Why what was chosen could not be taken; empty if nothing was refused."""
        return self._problem.text()

    def value(self) -> date | datetime:
        """What stands in the field."""
        shown = self.edit.dateTime()
        day = date(shown.date().year(), shown.date().month(), shown.date().day())
        if not self._with_time:
            return day
        return datetime.combine(day, time(shown.time().hour(), shown.time().minute()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field saves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.edit.interpretText()
                self._save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)

    def _make_edit(self, initial: date | datetime) -> QDateTimeEdit:
        day = QDate(initial.year, initial.month, initial.day)
        if isinstance(initial, datetime):
            edit = QDateTimeEdit(QDateTime(day, QTime(initial.hour, initial.minute)), self)
            edit.setDisplayFormat("ddd d MMM yyyy  HH:mm")
        else:
            edit = QDateEdit(day, self)
            edit.setDisplayFormat("ddd d MMM yyyy")
        edit.setCalendarPopup(True)
        widest = edit.fontMetrics().horizontalAdvance(edit.text().replace(edit.text()[:3], "Wed "))
        edit.setMinimumWidth(widest + self.theme.px(52))
        edit.setDateRange(QDate(1970, 1, 1), QDate(2100, 12, 31))
        return edit

    def _save(self) -> None:
        self.saved.emit(self.value())
