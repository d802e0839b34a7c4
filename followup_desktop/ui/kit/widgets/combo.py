"""A combo box that assistive technology knows by its name, and suggestions that look like its list."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QComboBox,
    QCompleter,
    QListView,
    QStyledItemDelegate,
    QWidget,
)


class NamedCombo(QComboBox):
    """A combo box; an item that is selected in its list while that is closed is chosen.

    Only assistive technology can select there: a pointer or a key needs the popup.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for combo boxes takes no padding
        self.view().selectionModel().selectionChanged.connect(self._selected)

    def _selected(self, chosen: QItemSelection) -> None:
        rows = [index.row() for index in chosen.indexes()]
        if rows and not self.view().isVisible() and rows[0] != self.currentIndex():
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])


class Completer(QCompleter):
    """Suggestions below a line, which match anywhere in a line of the model, whatever their case."""

    def __init__(self, model: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)
        popup = _Completions(self)
        self.setPopup(popup)
        popup.setObjectName("completions")
        popup.setItemDelegate(QStyledItemDelegate(popup))


class _Completions(QListView):
    """A window of its own, which has the look of the line that it belongs to."""

    def __init__(self, completer: QCompleter) -> None:
        super().__init__()
        self._completer = completer

    def sizeHintForRow(self, row: int) -> int:  # noqa: N802
        """The height of a row, by which Qt finds the place of the list just before it shows it."""
        part: QWidget | None = self._completer.widget()
        while part is not None and not part.styleSheet():
            part = part.parentWidget()
        if part is not None and part.styleSheet() != self.styleSheet():
            self.setStyleSheet(part.styleSheet())
        return super().sizeHintForRow(row)


class NamedComboInterface(QAccessibleWidget):
    """On X11 and Wayland, Qt gives a combo box its present value as its name; this one says its own name."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo, QAccessible.Role.ComboBox)
        self._combo = combo

    def childCount(self) -> int:
        return 1

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt allows null
        return QAccessible.queryAccessibleInterface(self._combo.view()) if index == 0 else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self._combo.view() else -1

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name and self._combo.accessibleName():
            return self._combo.accessibleName()
        if kind is QAccessible.Text.Value:
            return self._combo.currentText()
        return super().text(kind)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.showMenuAction(), QAccessibleActionInterface.pressAction()]

    def doAction(self, _name: str) -> None:
        if self._combo.view().isVisible():
            self._combo.hidePopup()
        else:
            self._combo.showPopup()
