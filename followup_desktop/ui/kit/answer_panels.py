"""What opens below a row of Today: the reasons, a question, a date to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.i18n import _
from followup_desktop.services.rows import Explanation
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.join_button import JoinButton

_IN_LINE = 240
"""From this width on, in pixels at the ordinary text size, a panel begins below the text of its row."""
_START, _LEAST_START = 57, 16
"""Where the text of a row starts, and a panel that is narrower, in pixels at the ordinary text size."""


class Panel(QFrame):
    """A part that opens below a row, in line with its text if it has room for that; Esc closes it."""

    closed = Signal()
    answer: Answer | None = None
    """The answer of the row that asks this, if it is one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.theme = theme
        self._start = _START
        self.inner = QVBoxLayout(self)
        theme.set_spacing(self.inner, 4)
        theme.keep_fit(self.inner, self._indent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin further to the left where there is little room."""
        super().resizeEvent(event)
        self._indent()

    def _indent(self) -> None:
        px = self.theme.px
        start = self._start if self.width() >= px(_IN_LINE) else min(self._start, _LEAST_START)
        set_margins(self.inner, px(start), px(12), px(16), px(14))

    def start_at(self, start: int) -> None:
        """Let its lines start there, in pixels at the ordinary text size, where there is room for that."""
        self._start = start
        self._indent()

    def begin(self) -> None:
        """Take the keyboard, now that it is seen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, row: QWidget) -> None:
        """Be no more; the row takes the keyboard, if it is here: Qt would scroll to what it gives it to."""
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()

    def follow(self, before: QWidget) -> None:
        """Let the Tab key come here behind this stop, and go on from part to part."""
        for part in self.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, part)
                before = part

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

    def __init__(
        self, theme: Theme, explanation: Explanation, parent: QWidget, join: Callable[[str], object]
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(_("Why this reminder"))
        self.setAccessibleDescription(ended(sentences(explanation.heading, *explanation.lines)))
        self.inner.addWidget(as_heading(Text(explanation.heading, "strong", self, wrap=True)))
        for line in explanation.lines:
            self.inner.addLayout(self._bullet(line))
        for link in explanation.joins:
            self.inner.addWidget(JoinButton(link, join, self), 0, Qt.AlignmentFlag.AlignLeft)

    def _bullet(self, line: str) -> QHBoxLayout:
        row = QHBoxLayout()
        self.theme.set_margins(row, 8, 0, 0, 0)
        self.theme.set_spacing(row, 8)
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
        labels = with_keys([label for _value, label in answers])
        self.inner.addWidget(Text(question, "strong", self, wrap=True))
        flow = FlowLayout()
        theme.set_spacing(flow, 8)
        buttons: list[Button] = []
        for (value, _plain), label in zip(answers, labels, strict=True):
            button = Button("", self, name=spoken(label.replace("&", "", 1)))
            button.setText(label)
            button.clicked.connect(partial(self.chosen.emit, value))
            self._by_letter[_key_of(label)] = value
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


def with_keys(labels: Sequence[str]) -> list[str]:
    """The labels, each with a letter marked that no other has; a mark that a label has stays."""
    taken = {_key_of(label) for label in labels if "&" in label[:-1]}
    marked = []
    for each in labels:
        label = each
        if "&" not in label[:-1]:
            place = next(
                (n for n, sign in enumerate(label) if sign.isalnum() and sign.upper() not in taken), 0
            )
            label = f"{label[:place]}&{label[place:]}"
            taken.add(_key_of(label))
        marked.append(label)
    return marked


def _key_of(label: str) -> str:
    return label[label.index("&") + 1].upper()
