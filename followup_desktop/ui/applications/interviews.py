"""The interviews of one application, and what to do with each."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.rows import InterviewRow
from followup_desktop.ui.applications.delegates import LINE_HEIGHT, InterviewDelegate
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import INTERVIEW_VERBS
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.selection import CurrentInterview, Selection, current_interview
from followup_desktop.ui.kit.theme import INSET
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.join_button import JoinButton
from followup_desktop.ui.kit.widgets.section import Section


class RowButtons(QWidget):
    """Edit at the end of an interview's row and, while its meeting can be joined, Join below its words.

    ``opened`` carries the interview's id.
    """

    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._px = context.theme.px
        self._row: InterviewRow | None = None
        self.edit = Button(_("Edit"), look="link")
        self.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does it in the row
        self.edit.clicked.connect(self._open)
        self.join = JoinButton(None, context.join)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)

    def show_row(self, row: InterviewRow, spoken: str) -> None:
        """Be the buttons of this row."""
        if row != self._row:
            self._row = row
            # Translators: the button of a row, like “Edit: Wed 14 Oct 10:00–11:00 · onsite”
            self.edit.setAccessibleName(_("Edit: {interview}").format(interview=spoken))
            self.join.show_link(row.join)
        self.show()

    def place(self, area: QRect) -> None:
        """Stand there, the words in line with those of the row."""
        for button in (self.edit, self.join):
            button.ensurePolished()  # a style sheet that it takes on lifts the height that was set before
            button.setFixedHeight(self._px(LINE_HEIGHT))
        self.setGeometry(area)

    def _open(self) -> None:
        if self._row is not None:
            self.opened.emit(self._row.id)


class InterviewSection(Section):
    """The list ``Interviews``: Enter opens one, Delete deletes it, the menu key offers the rest."""

    add_pressed = Signal()
    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._buttons: list[RowButtons] = []
        """The buttons of the rows in their order, and behind them hidden ones that other applications needed.

        Qt's index widgets go with their rows, and new ones cost the next application 0.7 ms.
        """
        self.set_heading(_("Interviews"))
        self.model: RowsModel[InterviewRow] = RowsModel(self._spoken, self)
        self.list = FlatList(context.theme, _("Interviews"), self.model, _("No interviews yet"))
        self._delegate = InterviewDelegate(context.theme, self.list)
        self.list.setItemDelegate(self._delegate)
        give_rows_menu(self.list, lambda place: self.actions_of(self.model.rows[place]))
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.add_button = self.add_action(_("Add interview"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)
        self.list.placed.connect(self._place_buttons)
        context.theme.dressed.connect(self._place_buttons)

    def show_interviews(self, rows: tuple[InterviewRow, ...]) -> None:
        """Show these, each with its own buttons."""
        if rows == self.model.rows:
            return
        self.model.set_rows(rows)
        while len(self._buttons) < len(rows):
            buttons = RowButtons(self._context, self.list.viewport())
            buttons.opened.connect(self.opened)
            self._buttons.append(buttons)
        for buttons, row in zip_longest(self._buttons, rows):
            if row is None:
                buttons.hide()
            else:
                buttons.show_row(row, self._spoken(row))
                self._delegate.edit_width = buttons.edit.sizeHint().width()
        self.list.measure_anew()
        self.list.doItemsLayout()
        self.list.updateGeometry()
        self._place_buttons()

    def actions_of(self, row: InterviewRow) -> QMenu:
        """The menu of one interview."""
        verbs = dict.fromkeys(("open-interview", "reschedule-interview"), partial(self.opened.emit, row.id))
        return command_menu(
            Offer(self._context, Selection(interview=current_interview(row)), verbs), INTERVIEW_VERBS, self
        )

    def _place_buttons(self) -> None:
        to_left = self.isRightToLeft()
        for place, buttons in enumerate(self._buttons[: self.model.rowCount()]):
            area = self.list.visualRect(self.list.row_index(place))
            buttons.place(area.adjusted(0 if to_left else INSET, 0, -INSET if to_left else 0, 0))

    @property
    def current(self) -> CurrentInterview | None:
        """The interview of the current row."""
        row = self.model.row_at(self.list.current_row())
        return current_interview(row) if row is not None else None

    @staticmethod
    def _spoken(row: InterviewRow) -> str:
        return _("{interview}, cancelled").format(interview=row.text) if row.cancelled else row.text

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row.id)

    def _delete(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None and self._context.do(lambda: self._context.tracker.delete_interview(row.id)):
            self._context.show_status(_("Deleted the interview"))
