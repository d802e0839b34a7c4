"""The interviews of one application, and what to do with each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.rows import InterviewRow
from followup_desktop.ui.applications.delegates import InterviewDelegate
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import INTERVIEW_VERBS
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.selection import CurrentInterview, Selection
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.join_button import JoinButton
from followup_desktop.ui.kit.widgets.section import Section


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
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.add_button = self.add_action(_("Add interview"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)
        self.join_button = JoinButton(None, context.join)
        self.column.addWidget(self.join_button, 0, Qt.AlignmentFlag.AlignLeft)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.dataChanged):
            changed.connect(self._offer_to_join)

    def actions_of(self, row: InterviewRow) -> QMenu:
        """The menu of one interview."""
        verbs = dict.fromkeys(("open-interview", "reschedule-interview"), partial(self.opened.emit, row.id))
        return command_menu(
            Offer(self._context, Selection(interview=_current(row)), verbs), INTERVIEW_VERBS, self
        )

    def _offer_to_join(self) -> None:
        """Offer the next meeting that can be joined; the rows come newest first."""
        links = [row.join for row in self.model.rows if row.join is not None]
        self.join_button.show_link(links[-1] if links else None)

    @property
    def current(self) -> CurrentInterview | None:
        """The interview of the current row."""
        row = self.model.row_at(self.list.current_row())
        return _current(row) if row is not None else None

    def _spoken(self, row: InterviewRow) -> str:
        return _("{interview}, cancelled").format(interview=row.text) if row.cancelled else row.text

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row.id)

    def _delete(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None and self._context.do(lambda: self._context.tracker.delete_interview(row.id)):
            self._context.show_status(_("Deleted the interview"))

    def _menu(self, where: QPoint) -> None:
        row = self.model.row_at(self.list.current_row())
        if row is not None:
            self.actions_of(row).popup(self.list.viewport().mapToGlobal(where))


def _current(row: InterviewRow) -> CurrentInterview:
    return CurrentInterview(id=row.id, is_over=row.is_over, cancelled=row.cancelled)
