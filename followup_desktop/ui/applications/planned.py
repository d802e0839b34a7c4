"""What is planned for one application, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import inf

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QMenu, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import id_in
from followup_desktop.i18n import _
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.applications.delegates import FollowUpDelegate
from followup_desktop.ui.applications.planned_answers import PlannedAnswers, RowAnswers
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import FOLLOW_UP_VERBS
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.requests import EditReminder
from followup_desktop.ui.kit.selection import CurrentFollowUp, Selection
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.section import Section

_WITH_ANSWERS = 12
"""So many rows have their answers in sight before they are the current one: each costs a widget a button."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
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
    most_rows = inf
    """It never scrolls by itself: what lies in a row would slip out of it."""

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
        elif key == Qt.Key.Key_W:
            self.why_pressed.emit()
        else:
            super().keyPressEvent(event)


class PlannedSection(Section):
    """The list of planned follow-ups; each is answered in its row, by the keyboard the current one.

    ``add_pressed`` asks for a new reminder.
    """

    add_pressed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._explained: str | None = None
        self._width = 0
        self._is_filling = False
        self._row_answers: dict[str, RowAnswers] = {}
        self._spare_answers: list[RowAnswers] = []
        """Of rows that are no longer there, for others."""
        self._proposed = ""
        """The row that was made current without the user."""
        self.set_heading(_("Planned"))
        self.model: RowsModel[PlannedRow] = RowsModel(self._spoken, self)
        self.list = PlannedList(context.theme, _("Planned follow-ups"), self.model, _("Nothing planned"))
        self._delegate = FollowUpDelegate(context.theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.answers = PlannedAnswers(context)
        self.answers.setFocusProxy(self.list)
        self.answers.grown.connect(self._make_room)
        self.answers.edit.clicked.connect(self._edit)
        self.answers.why.clicked.connect(self._why)
        self.list.opened.connect(lambda _row: self._answer_or_explain())
        self.list.answered.connect(self.answers.answer)
        self.list.snooze_pressed.connect(lambda: self._press(self.answers.snooze))
        self.list.skip_pressed.connect(lambda: self._press(self.answers.skip))
        self.list.why_pressed.connect(self._why)
        self.list.delete_pressed.connect(lambda _row: self._delete())
        self.list.edit_pressed.connect(self._edit)
        give_rows_menu(self.list, self._menu)
        self.add_button = self.add_action(_("Add reminder"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)
        # It lies in the room that the list leaves in a row. Within the list it would be hidden from
        # assistive technology, which is told of a list's rows alone.
        self.answers.setParent(self)
        self.list.placed.connect(self._make_room)
        self.list.selectionModel().currentRowChanged.connect(self._moved)

    @property
    def layouts(self) -> tuple[QLayout | None, ...]:
        """The layouts that place its parts."""
        return self.column, self.answers.layout()

    def show_follow_ups(self, rows: tuple[FollowUpRow, ...]) -> None:
        """Show these, in this order.

        The current row stays current while it is there, unless nobody chose it and it could not be answered.
        """
        before = {planned.id for planned in self.model.rows}
        place = self.list.current_row()
        current = self.model.row_at(place)
        self._is_filling = True  # what is offered goes by the row that is current in the end
        self.model.set_rows([PlannedRow(row) for row in rows])
        is_idle = current is not None and current.id == self._proposed and not current.row.is_open
        if current is None or is_idle or self.model.place_of(current.id) < 0:
            stays = any(row.key in before for row in rows)
            self._go_on(place if stays and not is_idle else 0)
        else:
            self._show_answers(self._current())
        self._is_filling = False
        self._make_room()
        if self._explained is not None:
            if self.model.place_of(self._explained) < 0:
                self._fold()
            else:
                self._explain(self._explained)

    def current_follow_up(self) -> CurrentFollowUp | None:
        """The follow-up of the current row, and what its buttons do."""
        current = self._current()
        if current is None:
            return None
        self._offer()
        answering, answers = self.answers.answering, self.answers
        return CurrentFollowUp(
            row=current.row,
            answer=partial(answering.answer, answers),
            snooze=partial(answering.snooze, answers),
            skip=partial(answering.skip, answers),
            explain=self._why,
        )

    def _menu(self, place: int) -> QMenu:
        row = self.model.rows[place].row
        applications = () if row.application is None else (row.application,)
        selection = Selection(applications=applications, follow_up=self.current_follow_up())
        return command_menu(Offer(self._context, selection, view="applications"), FOLLOW_UP_VERBS, self)

    def resume_answer(self, key: str, what: str = "") -> None:
        """Make this follow-up the current one, and open what was being typed to answer it, if asked to."""
        self.list.select(self.model.place_of(key))
        self._offer()
        if what and self.answers.is_open:
            self.answers.answering.resume(self.answers, what)

    def _go_on(self, place: int) -> None:
        """Make current what is open from that place on, or before it; where nothing is, what is near."""
        rows = self.model.rows
        is_open = [number for number, planned in enumerate(rows) if planned.row.is_open]
        ahead = [number for number in is_open if number >= place]
        if rows:
            place = (ahead or is_open or [min(max(place, 0), len(rows) - 1)])[0]
            # Before it is selected, for which Qt lays out the rows: without that room it did so twice.
            self._show_answers(rows[place])
            self._leave_room(rows[place])
            self.list.select(place)
            self._proposed = rows[place].id
        else:
            self._show_answers(None)

    def _current(self) -> PlannedRow | None:
        """The current row: there is one as soon as there are rows."""
        return self.model.row_at(self.list.current_row())

    def _offer(self) -> None:
        self._show_answers(self._current())
        self._make_room()

    def _show_answers(self, current: PlannedRow | None) -> None:
        self.answers.show_row(current.row if current is not None else None)

    def _leave_room(self, current: PlannedRow | None) -> dict[str, PlannedAnswers | RowAnswers]:
        """Leave room for the answers in their rows; gives them by the rows' keys."""
        parts: dict[str, PlannedAnswers | RowAnswers] = dict(self._others(current))
        if current is not None:
            parts[current.id] = self.answers
        width = self.list.viewport().width()
        rooms = {key: part.height_in(width) for key, part in parts.items()}
        if self._delegate.leave_room(rooms) or width != self._width:
            self._width = width
            self.list.measure_anew()
            self.list.scheduleDelayedItemsLayout()
            self.list.updateGeometry()
        return parts

    def _make_room(self) -> None:
        """Leave room for the answers in their rows, and put them there."""
        for key, part in self._leave_room(self._current()).items():
            area = self.list.visualRect(self.list.row_index(self.model.place_of(key)))
            area.setTop(area.bottom() + 1 - self._delegate.room_in(key))
            part.setGeometry(area.translated(self.list.pos()))
            part.raise_()

    def _others(self, current: PlannedRow | None) -> dict[str, RowAnswers]:
        """The answers of the rows that are not the current one, as far as they are open."""
        wanted = {
            each.id: each.row
            for each in self.model.rows[:_WITH_ANSWERS]
            if each.row.is_open and each.row.waits_for is None and each.row.answers and each != current
        }
        for key in self._row_answers.keys() - wanted.keys():
            part = self._row_answers.pop(key)
            part.hide()
            self._spare_answers.append(part)
        for key, row in wanted.items():
            part = self._row_answers.get(key) or self._row_answers.setdefault(key, self._answers_to_fill())
            if part.row != row or part.isHidden():
                part.show_row(row)
        return self._row_answers

    def _answers_to_fill(self) -> RowAnswers:
        if self._spare_answers:
            return self._spare_answers.pop()
        part = RowAnswers(self._context, self)
        part.answered.connect(self._answer_in)
        return part

    def _answer_in(self, key: str, number: int) -> None:
        """Make a row the current one, and answer it."""
        self.list.select(self.model.place_of(key))
        self.answers.answer(number)

    def _own(self) -> PlannedRow | None:
        """The current row if it is of a reminder of the user's own."""
        current = self._current()
        return current if current is not None and current.row.is_own else None

    def _edit(self) -> None:
        own = self._own()
        if own is not None:
            self._context.open(EditReminder(id_in(own.id)))

    def _delete(self) -> None:
        own = self._own()
        if own is not None and self._context.do(lambda: self._context.tracker.delete_reminder(id_in(own.id))):
            self._context.show_status(_("Deleted “{title}”").format(title=own.row.title))

    def _answer_or_explain(self) -> None:
        self._offer()
        if not self.answers.has_strong_answer:
            self._why()
        else:
            self.answers.answer(0)

    def _press(self, button: Button) -> None:
        if self.answers.is_open:
            button.click()

    @staticmethod
    def _spoken(planned: PlannedRow) -> str:
        return in_one_breath(planned.row.title, planned.row.chip)

    def _why(self) -> None:
        planned = self._current()
        if planned is None or planned.id == self._explained:
            self._fold()
        else:
            self._explain(planned.id)

    def _moved(self) -> None:
        self._proposed = ""
        if self._is_filling:
            return
        planned = self.model.row_at(self.list.current_row())
        self._offer()
        if self._explained is not None and planned is not None:
            self._explain(planned.id)

    def _explain(self, key: str) -> None:
        try:
            why = self._context.overview.explain(key, self._context.clock())
        except Refused as refusal:
            self._fold()
            self._context.show_status(str(refusal))
            return
        self._explained = key
        self.answers.explain(why)
        self._make_room()

    def _fold(self) -> None:
        self._explained = None
        self.answers.explain(None)
        self._make_room()
