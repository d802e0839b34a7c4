"""Editing in the table itself: F2, Enter saves, Esc leaves it as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Fact, Kind
from followup_desktop.i18n import _
from followup_desktop.services.rows import ApplicationRow
from followup_desktop.ui.applications.delegates import ApplicationDelegate
from followup_desktop.ui.applications.facts import save_fact
from followup_desktop.ui.applications.model import ID_ROLE, ROW_ROLE, ApplicationTableModel
from followup_desktop.ui.kit.forms.choices import Combo
from followup_desktop.ui.kit.forms.field import LineEdit, tags_in, text_in
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.card import restyle

Index = QModelIndex | QPersistentModelIndex


class CellCombo(Combo):
    """A closed list in a cell; what is picked in its popup is taken, what is turned to waits for Enter."""

    def __init__(self, choices: Mapping[Any, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = list(choices)
        self.addItems(list(choices.values()))
        self.popped_up = False

    def value(self) -> Any:
        """The value of what is shown."""
        return self._values[self.currentIndex()]

    def show_value(self, value: Any) -> None:
        """Turn to a value, which a file may have brought without its being in the list."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value))

    def showPopup(self) -> None:  # noqa: N802
        self.popped_up = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.popped_up = False
        super().keyPressEvent(event)


class CellDelegate(ApplicationDelegate):
    """Paints the cells, and edits those of facts; what is refused stays in its editor, marked ``invalid``."""

    def __init__(self, context: Context, model: ApplicationTableModel, view: QTableView) -> None:
        super().__init__(context.theme, model, view)
        self._context = context

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        words = self._context.wording.labels.facts[self._fact_of(index).name]
        editor: QWidget
        if words.choices:
            editor = combo = CellCombo(words.choices, parent)
            combo.activated.connect(lambda: self._picked(combo))
        else:
            editor = LineEdit(parent)
        editor.setAccessibleName(_("{column} in the table").format(column=words.label))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row: ApplicationRow | None = index.data(ROW_ROLE)
        if row is None or editor.property("filled"):
            return
        value = row.facts[self._fact_of(index).name]
        if isinstance(editor, CellCombo):
            editor.show_value(value)
        elif isinstance(editor, LineEdit):
            editor.setText(", ".join(value) if isinstance(value, tuple) else value)
            editor.selectAll()
        # What is being typed is not overwritten by a change from elsewhere.
        editor.setProperty("filled", True)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        application: str | None = index.data(ID_ROLE)
        row: ApplicationRow | None = index.data(ROW_ROLE)
        if application is None or row is None:
            return
        fact = self._fact_of(index)
        try:
            value = self._value(editor, fact, editor.accessibleName())
            if value != row.facts[fact.name]:
                done = save_fact(self._context.tracker, application, fact.name, value)
                if done.notice:
                    self._context.show_status(done.notice)
        except Refused as refusal:
            self._mark(editor, str(refusal))
            self._context.show_status(str(refusal))
        else:
            self._mark(editor, "")

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        room = option.rect
        room.setWidth(max(room.width(), editor.minimumSizeHint().width()))
        view = editor.parentWidget()
        if view is not None and room.right() > view.width():
            room.moveRight(max(view.width(), room.width()) - 1)
        editor.setGeometry(room)

    def _value(self, editor: QWidget, fact: Fact, name: str) -> Any:
        if isinstance(editor, CellCombo):
            return editor.value()
        text = editor.text() if isinstance(editor, LineEdit) else ""
        if fact.kind is Kind.TEXTS:
            return tags_in(text, name)
        return text_in(text, name, required=fact.required)

    def _picked(self, combo: CellCombo) -> None:
        if combo.popped_up:
            self.commitData.emit(combo)
            self.closeEditor.emit(combo, self.EndEditHint.SubmitModelCache)

    @staticmethod
    def _mark(editor: QWidget, refusal: str) -> None:
        if bool(editor.property("invalid")) != bool(refusal):
            editor.setProperty("invalid", bool(refusal))
            restyle(editor)
        editor.setAccessibleDescription(refusal)

    def _fact_of(self, index: Index) -> Fact:
        """The fact in the column of a cell that can be edited."""
        fact = self._model.column_at(index.column()).fact
        if fact is None:
            raise LookupError("what is reckoned can't be edited")
        return fact
