"""The section on message templates: all of them by name, changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.letter_parts import PageStack
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.requests import ShowView
from followup_desktop.ui.kit.template_editor import TemplateEditor
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, discarded
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text, as_heading, let_shrink
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class _TemplateRow:
    """A template as a row."""

    id: TemplateName
    text: str
    own: bool


class TemplateRows(QWidget):
    """Every template, with a mark on those that the user changed; one of them can be changed at a time.

    Enter opens the editor in the list's place, Delete brings the original back; both can be undone. What is
    written and not saved is a draft, and put back when that template is opened again.
    ``moved`` says that the editor opened or closed, so that the section can be brought into sight.
    """

    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.model: RowsModel[_TemplateRow] = RowsModel(lambda row: row.text, self)
        self.list = FlatList(context.theme, _("Message templates"), self.model, "")
        self.edit_button = Button(_("Edit…"), name=_("Edit the template"))
        self.reset_button = Button(_("Reset"), name=_("Reset the template"))
        self.editor = TemplateEditor(context)
        self.title = as_heading(Text("", "strong"))
        self.keeper = DraftKeeper(
            context.drafts.forms, lambda: self.editor.fields, self._draft_title, tuple(self.editor.fields)
        )
        self._lay_out()
        self.list.opened.connect(lambda _row: self.edit_current())
        self.list.delete_pressed.connect(lambda _row: self.reset_current())
        self.list.selectionModel().currentChanged.connect(self._show_buttons)
        self.edit_button.clicked.connect(self.edit_current)
        self.reset_button.clicked.connect(self.reset_current)
        for field in self.editor.fields.values():
            field.edited.connect(self.keeper.touched)
        self.keeper.afresh.connect(self._begin_afresh)
        self.editor.done.connect(self._back)
        self.editor.cancelled.connect(self._cancelled)
        self.refresh()

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._pages.shown is self._editing

    def refresh(self) -> None:
        """Mark those that are the user's own now."""
        compose = self._context.readers.compose
        rows = []
        for name in TemplateName:
            own = compose.template(name) != compose.original(name)
            label = compose.label(name)
            rows.append(
                _TemplateRow(name, _("{template} — edited").format(template=label) if own else label, own)
            )
        self.model.set_rows(rows)
        if self.list.current_row() < 0:
            self.list.select(0)
        self._show_buttons()

    def edit_current(self) -> None:
        """Open the editor on the selected template."""
        row = self._current()
        if row is not None:
            self.title.setText(self._context.readers.compose.label(row.id))
            self._pages.show_page(self._editing)
            self.editor.edit(self._context.readers.compose.template(row.id), own=row.own)
            if self.keeper.open(f"template/{row.id}"):
                self.editor.look()
            self.moved.emit()

    def edit_template(self, name: TemplateName) -> None:
        """Open the editor on this template."""
        self.list.select(self.model.place_of(name))
        self.edit_current()

    def leave(self) -> None:
        """Close the editor; what was written becomes a draft."""
        if self.is_editing:
            self.keeper.set_aside()
            self._pages.show_page(self._listed)

    def reset_current(self) -> None:
        """Bring the original of the selected template back, if it was changed."""
        row = self._current()
        if row is None or not row.own:
            return
        if self._context.do(partial(self._context.tracker.reset_template, row.id)) is not None:
            label = self._context.readers.compose.label(row.id)
            self._context.show_status(_("Reset the template “{template}”").format(template=label))

    def _draft_title(self) -> str:
        return _("Template: {name}").format(name=self.title.text())

    def _current(self) -> _TemplateRow | None:
        return self.model.row_at(self.list.current_row())

    def _show_buttons(self) -> None:
        row = self._current()
        self.reset_button.setEnabled(row is not None and row.own)

    def _begin_afresh(self) -> None:
        self.keeper.forget()
        self.edit_current()

    def _cancelled(self) -> None:
        row, keep_again = self._current(), self.keeper.another_chance()
        title = self.title.text()
        self._back()

        def bring_back() -> None:
            if row is not None and keep_again is not None:
                keep_again()
                self._context.open(ShowView("settings"))
                self.list.select(self.model.place_of(row.id))
                self.edit_current()

        if keep_again is not None:
            self._context.show_undoable(*discarded(title, bring_back))

    def _back(self) -> None:
        self.keeper.forget()
        self._pages.show_page(self._listed)
        self.list.setFocus()
        self.moved.emit()

    def _lay_out(self) -> None:
        words = _("New messages start with these texts. Your own changes to a message stay.")
        small = Text(words, "small", wrap=True)
        let_shrink(small)
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.edit_button)
        buttons.addWidget(self.reset_button)
        self._listed = QWidget()
        listed = _column(self._listed)
        listed.addWidget(small)
        listed.addWidget(self.list)
        listed.addLayout(buttons)
        self._editing = QWidget()
        editing = _column(self._editing)
        editing.addWidget(self.title)
        editing.addWidget(self.keeper)
        editing.addWidget(self.editor)
        self._pages = PageStack()
        self._pages.add(self._listed)
        self._pages.add(self._editing)
        _column(self).addWidget(self._pages)


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    return column
