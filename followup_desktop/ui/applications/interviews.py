"""The interviews of one application, and what to do with each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.rows import InterviewRow
from followup_desktop.ui.applications.delegates import LINE_HEIGHT, InterviewDelegate
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import INTERVIEW_VERBS
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.selection import CurrentInterview, Selection, current_interview
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.join_button import JoinButton
from followup_desktop.ui.kit.widgets.section import Section


class RowButtons(QWidget):
    """Edit at the end of an interview's row and, while its meeting can be joined, Join below its words."""

    def __init__(self, row: InterviewRow, spoken: str, context: Context) -> None:
        super().__init__()
        self.row = row
        px = context.theme.px
        # Translators: the button of a row, like “Edit: Wed 14 Oct 10:00–11:00 · onsite”
        self.edit = Button(_("Edit"), look="link", name=_("Edit: {interview}").format(interview=spoken))
        self.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does it in the row
        self.join = JoinButton(row.join, context.join)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)
        for button in (self.edit, self.join):  # their words stand in line with those of the row
            button.setFixedHeight(px(LINE_HEIGHT))


class InterviewSection(Section):
    """The list ``Interviews``: Enter opens one, Delete deletes it, the menu key offers the rest."""

    add_pressed = Signal()
    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.set_heading(_("Interviews"))
        self.model: RowsModel[InterviewRow] = RowsModel(self._spoken, self)
        self.list = FlatList(context.theme, _("Interviews"), self.model, _("No interviews yet"))
        self.list.setItemDelegate(InterviewDelegate(context.theme, self.list))
        give_rows_menu(self.list, lambda place: self.actions_of(self.model.rows[place]))
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.add_button = self.add_action(_("Add interview"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)
        for changed in (self.model.rowsInserted, self.model.rowsMoved, self.model.dataChanged):
            changed.connect(self._put_buttons)

    def actions_of(self, row: InterviewRow) -> QMenu:
        """The menu of one interview."""
        verbs = dict.fromkeys(("open-interview", "reschedule-interview"), partial(self.opened.emit, row.id))
        return command_menu(
            Offer(self._context, Selection(interview=current_interview(row)), verbs), INTERVIEW_VERBS, self
        )

    def buttons_of(self, interview: str) -> RowButtons:
        """The buttons in the row of that interview."""
        buttons = self.list.indexWidget(self.list.row_index(self.model.place_of(interview)))
        assert isinstance(buttons, RowButtons)
        return buttons

    def _put_buttons(self) -> None:
        """Let each row have its own buttons."""
        for place, row in enumerate(self.model.rows):
            index = self.list.row_index(place)
            present = self.list.indexWidget(index)
            if not isinstance(present, RowButtons) or present.row != row:
                buttons = RowButtons(row, self._spoken(row), self._context)
                buttons.edit.clicked.connect(partial(self.opened.emit, row.id))
                self.list.setIndexWidget(index, buttons)
        self.list.doItemsLayout()
        self.list.updateGeometry()

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
