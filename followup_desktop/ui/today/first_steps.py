"""The list of first steps, which ticks itself and goes when it is done or put away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.first_steps import FirstStep, StepRow
from followup_desktop.services.wording.formats import ended
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    OpenDebrief,
    OpenGuide,
    Request,
    WriteMessage,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context, WayBack
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton
from followup_desktop.ui.kit.widgets.card import Card, LineText, Text, as_heading, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.window_settings import FIRST_STEPS, FirstStepsState

_TIPS = "tips"
"""The page of the guide."""
_WORDS = 200
"""So much room the words of a step have beside its button, in pixels at the ordinary text size."""


class FirstStepsCard(Card):
    """Shown from an empty beginning on; the next step has the button that leads to it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._steps = context.overview.first_steps
        self._shown: tuple[StepRow, ...] = ()
        self.setAccessibleName(_("First steps"))
        self.tips_button = Button(_("The ten tips"), look="link")
        self.tips_button.clicked.connect(lambda: self._context.open(OpenGuide(_TIPS)))
        self.hide_button = QuietButton(_("Hide"), name=_("Hide the first steps"))
        self.hide_button.clicked.connect(self._put_away)
        self._title = as_heading(LineText(_("First steps"), "name", self))
        self._buttons = FlowLayout(at_end=True)
        context.theme.set_spacing(self._buttons, 6)
        self._buttons.addWidget(self.tips_button)
        self._buttons.addWidget(self.hide_button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(self._buttons)
        self._rows = QVBoxLayout()
        context.theme.set_spacing(self._rows, 8)
        column = QVBoxLayout(self)
        context.theme.set_margins(column, 16, 10, 10, 14)
        context.theme.set_spacing(column, 8)
        column.addLayout(self._head)
        column.addLayout(self._rows)
        self.lines: dict[FirstStep, _StepLine] = {}
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons stand below the title where they have no room beside it."""
        super().resizeEvent(event)
        room = self._head.contentsRect().width() - self._head.spacing()
        beside = room >= self._title.sizeHint().width() + self._buttons.sizeHint().width()
        way = QBoxLayout.Direction
        self._head.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def show_now(self) -> None:
        """Tick what is done, or go."""
        rows = self._wanted_rows()
        if rows and all(row.is_done for row in rows):
            self._context.settings.set(FIRST_STEPS, FirstStepsState.DONE)
            self._context.show_status(
                _("That was the last of the first steps. You know your way around now.")
            )
            rows = ()
        self.setVisible(bool(rows))
        if rows == self._shown:
            return
        self._shown = rows
        following = next((row.step for row in rows if not row.is_done), None)
        for row in rows:
            if row.step not in self.lines:
                line = self.lines[row.step] = _StepLine(self._context, self)
                line.button.clicked.connect(lambda _checked, step=row.step: self._go(step))
                self._rows.addWidget(line)
            self.lines[row.step].show_row(row, is_next=row.step is following and self._way(row) is not None)

    def _wanted_rows(self) -> tuple[StepRow, ...]:
        settings, now = self._context.settings, self._context.clock()
        state = settings.get(FIRST_STEPS)
        if state is FirstStepsState.UNDECIDED and self._steps.is_empty():
            settings.set(FIRST_STEPS, state := FirstStepsState.SHOWN)
        return self._steps.rows(now) if state is FirstStepsState.SHOWN else ()

    def _go(self, step: FirstStep) -> None:
        row = next(each for each in self._shown if each.step is step)
        if (request := self._way(row)) is not None:
            self._context.open(request)

    def _way(self, row: StepRow) -> Request | None:
        """Where the step is done; ``None`` while its time has not come."""
        if row.step is FirstStep.APPLICATION:
            return AddApplication()
        if row.step is FirstStep.INTERVIEW:
            return AddInterview()
        if row.follow_up is None:
            return None
        return WriteMessage(row.follow_up) if row.step is FirstStep.THANKS else OpenDebrief(row.follow_up)

    def _put_away(self) -> None:
        self._context.settings.set(FIRST_STEPS, FirstStepsState.DONE)
        self.show_now()
        self._context.show_undoable(
            _("Hid the first steps"), WayBack(lambda: _("Hide the first steps"), self._bring_back)
        )

    def _bring_back(self) -> None:
        self._context.settings.set(FIRST_STEPS, FirstStepsState.SHOWN)
        self.show_now()


class _StepLine(QWidget):
    """One step: its tick, its words, and for the next one its button."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme = context.theme
        self._tick = _StepTick(theme, self)
        self.title = Text("", "text", self, wrap=True)
        self.hint = Text("", "small", self, wrap=True)
        self.button = Button("", self)
        self.button.setMinimumWidth(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        row = QHBoxLayout(self)
        theme.set_margins(row, 0, 0, 6, 0)
        theme.set_spacing(row, 10)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        self._side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.set_spacing(self._side, 10)
        self._side.addLayout(words, 1)
        self._side.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._side, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the button stand below the words where both have no room beside each other."""
        super().resizeEvent(event)
        beside = self.width() >= self.button.sizeHint().width() + self._theme.px(_WORDS)
        way = QBoxLayout.Direction
        self._side.setDirection(way.LeftToRight if beside else way.TopToBottom)
        place = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft
        self._side.setAlignment(self.button, place)

    def show_row(self, row: StepRow, *, is_next: bool) -> None:
        """Show the step as it stands."""
        self._tick.show_done(row.is_done)
        self.title.setText(row.title)
        self.title.setAccessibleName(ended(named(_("Done") if row.is_done else _("To do"), row.title)))
        self.hint.setText(row.hint)
        self.hint.setAccessibleName(ended(row.hint))
        self.hint.setVisible(not row.is_done)
        self.button.setText(_("Start"))
        # Translators: the button of a step, like “Start: Add an application”
        self.button.setAccessibleName(_("Start: {step}").format(step=row.title))
        self.button.setVisible(is_next)


class _StepTick(QWidget):
    """A ring, and a tick in it once the step is done; the title says the same in words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_done = False
        theme.keep_fit(self, lambda: self.setFixedSize(theme.px(18), theme.px(18)))

    def show_done(self, is_done: bool) -> None:
        """Tick it, or take the tick away."""
        if is_done != self._is_done:
            self._is_done = is_done
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the theme's present colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(self._theme.colour("well" if self._is_done else "secondary"), 1.5))
        if self._is_done:
            painter.setBrush(self._theme.colour("well_soft"))
        painter.drawEllipse(ring)
        if self._is_done:
            side = self._theme.px(11)
            left = (self.width() - side) // 2
            self._theme.icon("check").paint(painter, left, left, side, side)
        painter.end()
