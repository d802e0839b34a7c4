"""Keeps what is offered for the selected applications in step with the table."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.applications.bulk import ManyPane
from followup_desktop.ui.applications.selection import SelectionVerbs
from followup_desktop.ui.applications.selection_bar import SelectionBar
from followup_desktop.ui.applications.table import ApplicationTable
from followup_desktop.ui.kit.contact_links import page
from followup_desktop.ui.kit.view import Context


class Selecting(QObject):
    """The bar below the table, the pane beside it, and the menu of the rows.

    ``open_wanted`` asks for one application in the detail, ``delete_wanted`` for the trash.
    """

    open_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(
        self,
        context: Context,
        table: ApplicationTable,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.progress = context.progress(parent)
        self._context = context
        self._table = table
        self.verbs = SelectionVerbs(context, self.progress, table.selected_ids, parent)
        self.bar = SelectionBar(self.verbs, context.wording, _("selected rows"))
        self.bar.hide()
        self.pane = ManyPane(context, self.verbs)
        self.verbs.delete_wanted.connect(self.delete_wanted)
        self.bar.closed.connect(self._closed)
        table.menu_wanted.connect(self._show_menu)
        table.copy_pressed.connect(self.copy)

    @property
    def is_many(self) -> bool:
        """Whether more than one application is selected."""
        return len(self._table.selected_ids()) > 1

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

    def open_posting(self, application: str) -> None:
        """Open the posting of an application where addresses are opened."""
        posting = page(self._posting(application))
        if posting is None or not self._context.open_url(posting):
            self._context.show_status(
                _("The posting's address could not be opened; look at it in the detail.")
            )

    def menu(self) -> QMenu:
        """What can be done with the selected rows, with the keys that do it."""
        ids = self._table.selected_ids()
        menu = QMenu(self._table)
        if len(ids) == 1:
            one = ids[0]
            menu.addAction(_("&Open\tEnter")).triggered.connect(lambda: self.open_wanted.emit(one))
            edit = menu.addAction(_("Edit &in the table\tF2"))
            edit.triggered.connect(self._table.edit_current)
            posting = menu.addAction(_("Open &posting"))
            posting.setEnabled(page(self._posting(one)) is not None)
            posting.triggered.connect(lambda: self.open_posting(one))
        menu.addAction(_("&Copy\tCtrl+C")).triggered.connect(self.copy)
        menu.addSeparator()
        stages = menu.addMenu(_("&Stage"))
        stages.addActions(self.verbs.stage_actions(stages))
        menu.addAction(_("&Tag…")).triggered.connect(self._ask_for_tags)
        archived = self.verbs.all_archived
        archive = _("Take out of the &archive") if archived else _("&Archive")
        menu.addAction(archive).triggered.connect(self.verbs.archive)
        menu.addAction(_("&Export…")).triggered.connect(self.verbs.export)
        menu.addSeparator()
        menu.addAction(_("&Delete\tDel")).triggered.connect(self.verbs.delete_wanted)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        if self._table.selected_ids():
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def _ask_for_tags(self) -> None:
        self.bar.ask_for_tags()
        self.show_selection()
        self.bar.tags.setFocus()

    def _closed(self) -> None:
        self.show_selection()
        self._table.setFocus()

    def _posting(self, application: str) -> str:
        try:
            return self._context.overview.detail(application, self._context.clock()).application.url
        except Refused:
            return ""
