"""Keeps what is offered for the selected applications in step with the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.ui.applications.bulk import ManyPane
from followup_desktop.ui.applications.selection import SelectionVerbs
from followup_desktop.ui.applications.selection_bar import SelectionBar
from followup_desktop.ui.applications.table import ApplicationsTable
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import LOG, STAGE, STAGES
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import Context

_MENU = (
    "open-application",
    "edit-in-table",
    "open-posting",
    "copy-posting",
    "copy-applications",
    "add-another",
    None,
    LOG,
    STAGES,
    "tag-applications",
    "archive",
    "unarchive",
    "export-applications",
    None,
    "delete-application",
)


class Selecting(QObject):
    """The bar below the table, the pane beside it, and the menu of the rows.

    ``open_wanted`` asks for one application in the detail, ``delete_wanted`` for the trash.
    """

    open_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(
        self,
        context: Context,
        table: ApplicationsTable,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.progress = context.progress(parent)
        self._context = context
        self._table = table
        self.verbs = SelectionVerbs(context, self.progress, table.selected_ids, parent)
        self.bar = SelectionBar(self.verbs)
        self.bar.hide()
        self.pane = ManyPane(context)
        self.verbs.delete_wanted.connect(self.delete_wanted)
        self.bar.closed.connect(self._closed)
        table.menu_wanted.connect(self._show_menu)
        table.copy_pressed.connect(self.copy)

    @property
    def is_many(self) -> bool:
        """Whether more than one application is selected."""
        return self._table.selects_many

    def show_selection(self) -> None:
        """Show what the table's selection is now."""
        ids = self._table.selected_ids()
        many = len(ids) > 1
        shown = many or (self.bar.is_tagging and bool(ids))
        self.bar.setVisible(shown)
        if shown:
            self.bar.show_count(len(ids))
        if many:
            self.pane.show_selection(ids)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them."""
        if not self._table.selected_ids():
            return
        self._context.copy(self._table.selected_text())
        count = len(self._table.selected_ids())
        self._context.show_status(
            ngettext("Copied {n} application", "Copied {n} applications", count).format(
                n=format_number(count)
            )
        )

    def menu(self) -> QMenu:
        """What can be done with the selected rows, with the keys that do it."""
        ids = self._table.selected_ids()
        verbs = self.commands()
        verbs["delete-application"] = self.verbs.delete_wanted.emit
        if len(ids) == 1:
            verbs["open-application"] = partial(self.open_wanted.emit, ids[0])
        offer = Offer(self._context, Selection(applications=tuple(ids)), verbs, "applications")
        return command_menu(offer, _MENU, self._table)

    def commands(self) -> dict[str, Callable[[], object]]:
        """What is done to the selected rows, by the ids of the commands."""
        found: dict[str, Callable[[], object]] = {
            "edit-in-table": self._table.edit_current,
            "copy-applications": self.copy,
            "tag-applications": self._ask_for_tags,
            "export-applications": self.verbs.export,
            "archive": self.verbs.archive,
            "unarchive": self.verbs.archive,
        }
        return found | {STAGE.format(stage): partial(self.verbs.set_stage, stage) for stage in Stage}

    def _show_menu(self, place: QPoint) -> None:
        if self._table.selected_ids():
            self.menu().popup(place)

    def _ask_for_tags(self) -> None:
        self.bar.ask_for_tags()
        self.show_selection()
        self.bar.tags.setFocus()

    def _closed(self) -> None:
        self.show_selection()
        self._table.setFocus()
