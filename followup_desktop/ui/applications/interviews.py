"""The interviews of one application, and what to do with each."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.messages.new_time import new_time_key
from followup_desktop.services.reading.rows import InterviewRow
from followup_desktop.ui.applications.delegates import InterviewDelegate
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.requests import WriteMessage
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.section import Section


class InterviewSection(Section):
    """The list ``Interviews``: Enter opens one, Delete deletes it, the menu key offers the rest."""

    add_pressed = Signal()
    opened = Signal(str)
    reschedule_pressed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.set_heading(_("Interviews"))
        self.model: RowsModel[InterviewRow] = RowsModel(self._spoken, self)
        self.list = FlatList(context.theme, _("Interviews"), self.model, _("No interview yet"))
        self.list.setItemDelegate(InterviewDelegate(context.theme, self.list))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.add_button = self.add_action(_("Add interview"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)

    def actions_of(self, row: InterviewRow) -> QMenu:
        """The menu of one interview."""
        tracker = self._context.tracker
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Edit"), lambda: self.opened.emit(row.id))
        if not row.cancelled:
            menu.addAction(_("Rescheduled…"), lambda: self.reschedule_pressed.emit(row.id))
            menu.addAction(
                _("They cancelled"), lambda: self._context.do(lambda: tracker.they_cancelled(row.id))
            )
            if row.is_over:
                menu.addAction(_("It did not take place…"), lambda: self._did_not_take_place(row.id))
        else:
            menu.addAction(_("Ask for a new time…"), lambda: self._write(new_time_key(row.id)))
        menu.addSeparator()
        menu.addAction(_("Delete"), lambda: self._delete(self.model.place_of(row.id)))
        return menu

    def _did_not_take_place(self, interview: str) -> None:
        done = self._context.do(lambda: self._context.tracker.did_not_take_place(interview))
        if done is not None:
            self._context.show_status(done.label)
            if done.letter is not None:
                self._write(done.letter)

    def _write(self, key: str) -> None:
        """Write the message that asks for a new time."""
        self._context.open(WriteMessage(key))

    def _spoken(self, row: InterviewRow) -> str:
        return _("{interview}, cancelled").format(interview=row.text) if row.cancelled else row.text

    def _open(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row.id)

    def _delete(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None and self._context.do(lambda: self._context.tracker.delete_interview(row.id)):
            self._context.show_status(_("Deleted the interview. Undo brings it back."))

    def _menu(self, where: QPoint) -> None:
        row = self.model.row_at(self.list.current_row())
        if row is not None:
            self.actions_of(row).popup(self.list.viewport().mapToGlobal(where))
