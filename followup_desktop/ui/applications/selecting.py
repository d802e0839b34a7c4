"""Keeps what is offered for the selected applications in step with the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.ui.applications.bulk import ManyPane
from followup_desktop.ui.applications.list_pane import ApplicationsPane
from followup_desktop.ui.applications.selection import SelectionVerbs
from followup_desktop.ui.applications.selection_bar import SelectionBar
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


class SelectionParts(QObject):
    """The bar below the table, the pane beside it, and the menu of the rows.

    ``open_wanted`` asks for one application in the detail, ``delete_wanted`` for the trash.
    """

    open_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(
        self,
        context: Context,
        rows: ApplicationsPane,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.progress = context.progress(parent)
        self._context = context
        self._rows = rows
        self._table = table = rows.table
        self.verbs = SelectionVerbs(context, self.progress, table.selected_ids, parent)
        self._has_bar = False
        self.verbs.delete_wanted.connect(self.delete_wanted)
        table.menu_wanted.connect(self._show_menu)
        table.copy_pressed.connect(self.copy)

    # Both are made when they are first wanted: mostly one application alone is selected.

    @cached_property
    def bar(self) -> SelectionBar:
        """What is done with the selected rows, below them."""
        self._has_bar = True
        bar = SelectionBar(self.verbs)
        bar.hide()
        bar.closed.connect(self._closed)
        self._rows.put_below(bar)
        return bar

    @cached_property
    def pane(self) -> ManyPane:
        """What is said of the selected rows, beside them."""
        return ManyPane(self._context)

    @property
    def is_many(self) -> bool:
        """Whether more than one application is selected."""
        return self._table.selects_many

    def show_selection(self) -> None:
        """Show what the table's selection is now."""
        ids = self._table.selected_ids()
        many = len(ids) > 1
        shown = many or (self._has_bar and self.bar.is_tagging and bool(ids))
        if shown or self._has_bar:
            self.bar.setVisible(shown)
        if shown:
            self.bar.show_count(len(ids))
        if many:
            self.pane.show_selection(ids)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them."""
        if not self._table.selected_ids():
            return
        self._context.desktop.copy(self._table.selected_text())
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
