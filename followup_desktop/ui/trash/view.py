"""The Trash view: what was deleted, when it goes for good, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QPainter
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext, with_dots
from followup_desktop.services.tracker.trash import KEPT_DAYS
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.delegates import Index, RowDelegate
from followup_desktop.ui.kit.forms.panel import scrolled_page, small_print
from followup_desktop.ui.kit.mirror import draw_icon
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.models.rows import ROW_ROLE, RowsModel
from followup_desktop.ui.kit.moments import show_moment
from followup_desktop.ui.kit.theme import INSET, Space, Type
from followup_desktop.ui.kit.view import MINUTES_5, Context, View
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton
from followup_desktop.ui.kit.widgets.card import Card, Text, as_heading
from followup_desktop.ui.kit.widgets.empty_state import EmptyState, PageOrEmpty
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import in_lines

if TYPE_CHECKING:
    from followup_desktop.domain.model import TrashEntry

_WIDTH = 760
"""No wider than this, in pixels at the ordinary text size."""
_MENU = ("restore", None, "delete-for-ever")
_ICONS = {"application": "briefcase", "contact": "person"}


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A thing in the trash in words: what it was, when it was deleted, and when it goes."""

    deleted: TrashEntry
    kind: str
    when: str
    goes: str
    moment: str

    @property
    def id(self) -> str:
        """Its identity: an application and a person of an imported file may have the same id."""
        return f"{self.deleted.kind}/{self.deleted.id}"

    @property
    def subtitle(self) -> str:
        """What stands below the title."""
        return with_dots((self.kind, self.when))

    @property
    def spoken(self) -> str:
        """Everything the row says."""
        return in_one_breath(self.deleted.title, self.kind, self.when, self.goes)


class TrashList(FlatList):
    """The rows, with a menu of what can be done with the current one; it asks for it at a place."""

    menu_wanted = Signal(object)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.select(index.row())
            where = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(where))


class _TrashDelegate(RowDelegate):
    """Two lines: the title; below it what it was and when it was deleted, at the right when it goes.

    Where these have no room beside each other, that stands below.
    """

    marks_without_keyboard = True

    def height(self, index: Index) -> int:
        row: TrashRow = index.data(ROW_ROLE)
        return self.theme.px(48) + (0 if self._is_beside(row) else self.theme.px(24))

    def _is_beside(self, row: TrashRow) -> bool:
        said = self.theme.metrics(Type.SMALL).horizontalAdvance(row.subtitle)
        beside = said + self.brush.chip_width(row.goes) + self.theme.px(34 + 12)
        return beside <= self._view.width() - 2 * INSET

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        row: TrashRow = index.data(ROW_ROLE)
        px = self.theme.px
        side = px(18)
        icon = self.theme.icon(_ICONS[row.deleted.kind], "secondary")
        draw_icon(painter, icon, area.left() + px(4), area.center().y() - side // 2, side)
        is_beside = self._is_beside(row)
        chip = self.brush.chip_width(row.goes)
        words = area.adjusted(px(34), 0, 0, 0)
        below = QRect(words.left(), words.top() + px(44), words.width(), px(24))
        if not is_beside:
            words.setHeight(px(48))
        upper, lower = QRect(words), QRect(words)
        upper.setBottom(words.center().y() + px(4))  # the two lines stand as close as in other lists
        lower.setTop(words.center().y() - px(4))
        right = QRect(words.right() - chip, words.top(), chip, words.height())
        self.brush.chip(painter, right if is_beside else below, row.goes, *self.brush.stage(""))
        room = words.width() - (chip + px(12) if is_beside else 0)
        upper.setWidth(room)
        lower.setWidth(room)
        self.brush.text(painter, upper, row.deleted.title, weight=QFont.Weight.Medium)
        self.brush.text(painter, lower, self.subtitle(row, room), role="secondary", size=Type.SMALL)

    def subtitle(self, row: TrashRow, room: int) -> str:
        """What stands below the title; in too little room the day without what happened on it."""
        fits = self.theme.metrics(Type.SMALL).horizontalAdvance(row.subtitle) <= room
        return row.subtitle if fits else with_dots((row.kind, row.moment))


class TrashView(View):
    """What was deleted, the last first; what is deleted here for good can't be undone, so that is asked."""

    name = "trash"
    times_change_every = MINUTES_5

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._theme = theme
        self.progress = context.progress(self)
        self.setAccessibleName(_("Trash view"))
        self.model: RowsModel[TrashRow] = RowsModel(lambda row: row.spoken, self)
        self.list = TrashList(theme, _("Deleted items"), self.model, _("The trash is empty."))
        self.list.setItemDelegate(_TrashDelegate(theme, self.list))
        self.restore_button = Button(_("Restore"))
        self.delete_button = Button(_("Delete for good…"))
        self.empty_button = QuietButton(_("Empty trash…"))
        for button, icon in (
            (self.restore_button, "restore"),
            (self.delete_button, "trash-forever"),
            (self.empty_button, "trash-empty"),
        ):
            theme.set_icon(button, icon)
        self.nothing = EmptyState(
            theme,
            "trash-empty",
            _("The trash is empty"),
            _("Deleted items wait here in case you want them back."),
        )
        self.nothing.button.hide()
        self._lay_out()
        self._connect()

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Show what is in the trash now."""
        place = self.list.current_row()
        rows = [self._row(each) for each in self.context.readers.trash()]
        self.model.set_rows(rows)
        if rows and self.list.current_row() < 0:
            self.list.select(min(max(place, 0), len(rows) - 1))
        self._pages.show_page(is_empty=not rows)

    @property
    def announcement(self) -> str:
        return self._pages.announcement

    def begin(self) -> None:
        """Put the keyboard on the rows."""
        (self.list if self.model.rowCount() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """The way back, and the ways out for good."""
        if not self.model.rowCount():
            return {}
        return {
            "restore": self.restore_current,
            "delete-for-ever": self.delete_current,
            "empty-trash": self.empty,
        }

    def restore_current(self) -> None:
        """Bring the current thing back."""
        row = self._current()
        if row is None:
            return
        thing = row.deleted
        done = self.context.do(lambda: self.context.tracker.restore(thing.kind, thing.id))
        if done is not None and not done.notice:
            self.context.show_status(_("Restored {title}").format(title=thing.title))

    def delete_current(self) -> None:
        """Delete the current thing for good, if the user means it."""
        row = self._current()
        if row is None:
            return
        question = _("Delete “{title}” for good?").format(title=row.deleted.title)
        if self._means_it(question, _("Delete for good")):
            self._delete([row.deleted])

    def empty(self) -> None:
        """Delete everything in the trash for good, if the user means it."""
        things = [row.deleted for row in self.model.rows]
        question = ngettext(
            "Delete the {n} item in the trash for good?",
            "Delete all {n} items in the trash for good?",
            len(things),
        ).format(n=format_number(len(things)))
        if things and self._means_it(question, _("Empty trash")):
            self._delete(things)

    def _delete(self, things: Sequence[TrashEntry]) -> None:
        """A backup is made before, for which the window doesn't stand still."""
        gone = [(each.kind, each.id) for each in things]
        try:
            count = self.progress.run(
                _("Backing up…"), lambda session, _progress: session.tracker.delete_for_good(gone)
            )
        except Refused as refused:
            self.context.show_status(str(refused))
            return
        said = ngettext("Deleted {n} item for good", "Deleted {n} items for good", count)
        self.context.show_undoable(said.format(n=format_number(count)), None)
        self.begin()

    def _means_it(self, question: str, label: str) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Follow Up"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        box.setInformativeText(_("You can't undo this, or anything you did before it."))
        keep = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        delete = box.addButton(label, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        return box.clickedButton() is delete

    def _current(self) -> TrashRow | None:
        return self.model.row_at(self.list.current_row())

    def _row(self, deleted: TrashEntry) -> TrashRow:
        kind = _("Application") if deleted.kind == "application" else _("Contact")
        moment = show_moment(self.context.days.wall(deleted.trashed_at))
        when = _("deleted {when}").format(when=moment)
        left = max(KEPT_DAYS - deleted.run_days, 1)
        goes = ngettext("{n} day left", "{n} days left", left).format(n=format_number(left))
        return TrashRow(deleted, kind, when, goes, moment)

    def _lay_out(self) -> None:
        words = ngettext(
            "Deleted items stay here for {n} day on which you use Follow Up, then they're gone for good.",
            "Deleted items stay here for {n} days on which you use Follow Up, then they're gone for good.",
            KEPT_DAYS,
        ).format(n=format_number(KEPT_DAYS))
        card = Card()
        rows = QVBoxLayout(card)
        rows.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        rows.addWidget(self.list)
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        column.addWidget(as_heading(Text(_("Trash"), "title")))
        column.addWidget(small_print(words))
        column.addWidget(card)
        column.addLayout(in_lines(self.restore_button, self.delete_button, self.empty_button))
        full = scrolled_page(self._theme, column, _WIDTH)
        full.setAccessibleName(_("Trash"))
        self._pages = PageOrEmpty(full, self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self.list.opened.connect(lambda _row: self.restore_current())
        self.list.delete_pressed.connect(lambda _row: self.delete_current())
        self.list.menu_wanted.connect(lambda where: command_menu(offer_of(self), _MENU, self).popup(where))
        self.restore_button.clicked.connect(self.restore_current)
        self.delete_button.clicked.connect(self.delete_current)
        self.empty_button.clicked.connect(self.empty)
