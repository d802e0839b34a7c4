"""Editing in the table itself: F2, Enter saves, Esc leaves it as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from followup_desktop.domain.checks import clean_name
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.reading.rows import ApplicationColumn, ApplicationRow
from followup_desktop.ui.applications.model import COLUMNS, FACTS, ID_ROLE, ROW_ROLE
from followup_desktop.ui.kit.delegates import ApplicationDelegate
from followup_desktop.ui.kit.forms.choices import Combo, fit_choices, priority_choices
from followup_desktop.ui.kit.forms.field import LineEdit, tags_in
from followup_desktop.ui.kit.tools import Tools
from followup_desktop.ui.kit.widgets.card import restyle

Index = QModelIndex | QPersistentModelIndex


class CellCombo(Combo):
    """A closed list in a cell; what is picked in its popup is taken, what is turned to waits for Enter."""

    def __init__(self, choices: Sequence[tuple[Any, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = [value for value, _ in choices]
        self.addItems([label for _, label in choices])
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

    def __init__(self, tools: Tools, view: QAbstractItemView) -> None:
        super().__init__(tools.theme, view)
        self._tools = tools

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = COLUMNS[index.column()]
        choices = self._choices(column)
        editor: QWidget
        if choices is None:
            editor = LineEdit(parent)
        else:
            editor = combo = CellCombo(choices, parent)
            combo.activated.connect(lambda: self._picked(combo))
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(_("{} in the table").format(title))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row: ApplicationRow | None = index.data(ROW_ROLE)
        if row is None or editor.property("filled"):
            return
        value = getattr(row, FACTS[COLUMNS[index.column()]])
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
        column = COLUMNS[index.column()]
        fact = FACTS[column]
        try:
            value = self._value(editor, column, editor.accessibleName())
            if value != getattr(row, fact):
                self._save(application, fact, value)
        except Refused as refusal:
            self._mark(editor, str(refusal))
            self._tools.show_status(str(refusal))
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

    def _save(self, application: str, fact: str, value: Any) -> None:
        tracker = self._tools.tracker
        if fact == "stage":
            done = tracker.set_stage(application, value)
        else:
            done = tracker.edit_application(application, **{fact: value})
        if done.notice:
            self._tools.show_status(done.notice)

    def _value(self, editor: QWidget, column: ApplicationColumn, name: str) -> Any:
        if isinstance(editor, CellCombo):
            return editor.value()
        text = editor.text() if isinstance(editor, LineEdit) else ""
        return tags_in(text, name) if column is ApplicationColumn.TAGS else clean_name(text, name)

    def _choices(self, column: ApplicationColumn) -> Sequence[tuple[Any, str]] | None:
        if column is ApplicationColumn.STAGE:
            return [(stage, self._tools.wording.stage_label(stage)) for stage in Stage]
        if column is ApplicationColumn.FIT:
            return fit_choices()
        return priority_choices() if column is ApplicationColumn.PRIORITY else None

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
