"""What is planned for one application, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Rule
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording.subject import reminder_id
from followup_desktop.ui.applications.delegates import FollowUpDelegate
from followup_desktop.ui.applications.flat_list import FlatList
from followup_desktop.ui.applications.planned_answers import PlannedAnswers
from followup_desktop.ui.applications.section import Section
from followup_desktop.ui.applications.tools import Tools
from followup_desktop.ui.forms.panel import let_shrink
from followup_desktop.ui.models.rows import RowsModel
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Text


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up as a row of the list, known by its key."""

    row: FollowUpRow

    @property
    def id(self) -> str:
        """The follow-up's key."""
        return self.row.key


class PlannedList(FlatList):
    """The list with the keys of Today: Enter and digits answer, S snoozes, K skips, W explains, F2 edits."""

    answered = Signal(int)
    snooze_pressed = Signal()
    skip_pressed = Signal()
    why_pressed = Signal()
    edit_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        key, text = event.key(), event.text()
        if held:
            super().keyPressEvent(event)
        elif text.isdecimal() and int(text) > 0:
            self.answered.emit(int(text) - 1)
        elif key == Qt.Key.Key_F2:
            self.edit_pressed.emit()
        elif key == Qt.Key.Key_S:
            self.snooze_pressed.emit()
        elif key == Qt.Key.Key_K:
            self.skip_pressed.emit()
        elif key in (Qt.Key.Key_W, Qt.Key.Key_Question):
            self.why_pressed.emit()
        else:
            super().keyPressEvent(event)


class PlannedSection(Section):
    """The list of planned follow-ups; the current one, or the first that is open, is answered below it.

    ``add_pressed`` asks for a new reminder, ``reminder_opened`` for one that there is, by its id.
    """

    add_pressed = Signal()
    reminder_opened = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._explained: str | None = None
        self.set_heading(self.tr("Planned"))
        self.model: RowsModel[Planned] = RowsModel(self._spoken, self)
        self.list = PlannedList(
            tools.theme, self.tr("Planned follow-ups"), self.model, self.tr("Nothing is planned")
        )
        self.list.setItemDelegate(FollowUpDelegate(tools.theme, self.list))
        self.answers = PlannedAnswers(tools)
        self.answers.setFocusProxy(self.list)
        self.list.opened.connect(lambda _row: self._answer_or_explain())
        self.list.answered.connect(self.answers.answer)
        self.list.snooze_pressed.connect(lambda: self._press(self.answers.snooze))
        self.list.skip_pressed.connect(lambda: self._press(self.answers.skip))
        self.list.why_pressed.connect(self._why)
        self.list.delete_pressed.connect(lambda _row: self._delete())
        self.list.edit_pressed.connect(self._edit)
        self.add_button = self.add_action(self.tr("Add reminder"))
        self.add_button.clicked.connect(self.add_pressed)
        self.edit_button = self.add_action(self.tr("Edit"), self.tr("Edit reminder"))
        self.edit_button.clicked.connect(self._edit)
        self.why_button = self.add_action(self.tr("Why?"))
        self.why_button.clicked.connect(self._why)
        self.explanation = Text("", "secondary", wrap=True)
        self.explanation.setContentsMargins(6, 0, 6, 4)
        let_shrink(self.explanation)
        self.explanation.hide()
        self.column.addWidget(self.list)
        self.column.addWidget(self.answers)
        self.column.addWidget(self.explanation)
        self.list.selectionModel().currentRowChanged.connect(self._moved)

    def show_follow_ups(self, rows: tuple[FollowUpRow, ...]) -> None:
        """Show these, in this order."""
        self.model.set_rows([Planned(row) for row in rows])
        self.why_button.setEnabled(bool(rows))
        self._offer()
        if self._explained is not None:
            if self.model.place_of(self._explained) < 0:
                self._fold()
            else:
                self._explain(self._explained)

    def _current(self) -> Planned | None:
        """The current row; before there is one, the first that is open, or the first of all."""
        current = self.model.row_at(self.list.current_row())
        is_open = next((planned for planned in self.model.rows if planned.row.is_open), None)
        return current or is_open or self.model.row_at(0)

    def _offer(self) -> None:
        current = self._current()
        self.answers.show_row(current.row if current is not None else None)
        self.edit_button.setVisible(self._own() is not None)

    def _own(self) -> Planned | None:
        """The current row if it is of a reminder of the user's own."""
        current = self._current()
        return current if current is not None and current.row.rule is Rule.MANUAL else None

    def _edit(self) -> None:
        own = self._own()
        if own is not None:
            self.reminder_opened.emit(reminder_id(own.id))

    def _delete(self) -> None:
        own = self._own()
        if own is not None and self._tools.do(
            lambda: self._tools.tracker.delete_reminder(reminder_id(own.id))
        ):
            self._tools.say(self.tr("Deleted “{}”. Undo brings it back.").format(own.row.title))

    def _answer_or_explain(self) -> None:
        self._offer()
        if self.answers.isHidden():
            self._why()
        else:
            self.answers.answer(0)

    def _press(self, button: Button) -> None:
        if not self.answers.isHidden():
            button.click()

    @staticmethod
    def _spoken(planned: Planned) -> str:
        row = planned.row
        return f"{row.title}, {row.chip}" if row.chip else row.title

    def _why(self) -> None:
        planned = self._current()
        if planned is None or planned.id == self._explained:
            self._fold()
        else:
            self._explain(planned.id)

    def _moved(self) -> None:
        planned = self.model.row_at(self.list.current_row())
        self._offer()
        if self._explained is not None and planned is not None:
            self._explain(planned.id)

    def _explain(self, key: str) -> None:
        try:
            why = self._tools.overview.explain(key, self._tools.clock())
        except Refused as refusal:
            self._fold()
            self._tools.say(str(refusal))
            return
        self._explained = key
        self.explanation.setText("\n".join((why.heading, *(f"•  {line}" for line in why.lines))))
        self.explanation.show()

    def _fold(self) -> None:
        self._explained = None
        self.explanation.hide()
