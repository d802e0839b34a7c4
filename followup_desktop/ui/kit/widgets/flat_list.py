"""A list inside the scrolling detail: as high as its rows, without a frame of its own."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from followup_desktop.ui.kit.theme import INSET, Theme
from followup_desktop.ui.kit.widgets.free_place import IS_READ


class FlatList(QListView):
    """Rows with Enter to open, Delete to delete and the menu key for the rest; says so when it is empty."""

    opened = Signal(int)
    delete_pressed = Signal(int)
    placed = Signal()
    """Its rows have another place or width."""
    most_rows: float = 60
    """A longer list scrolls by itself."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: QAbstractItemModel,
        empty: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._empty = empty
        self.sizes: dict[int, QSize] = {}
        """What rows asked for, and do until one is another: Qt asks each ten times until it is painted."""
        self._measured: tuple[int, int] | None = None
        """The width for which they asked for it, and the height of all."""
        self.setAccessibleName(name)
        self.setProperty("flat", True)
        self.setProperty(IS_READ, True)  # the words that stand where there are no rows, too
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setModel(model)
        model.dataChanged.connect(self.measure_anew)
        theme.resized.connect(self.measure_anew)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.rowsMoved):
            changed.connect(self._resized)
            # Before the next painting; Qt lets a timer do it, after that, and has the rows painted then.
            changed.connect(self.executeDelayedItemsLayout, Qt.ConnectionType.QueuedConnection)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self._describe()
        self._resized()

    def sizeHint(self) -> QSize:
        if self._measured is None or self._measured[0] != self.width():
            self.measure_anew()
            rows = int(min(self.model().rowCount(), self.most_rows)) if self.model() is not None else 0
            height = sum(map(self._height_of, range(rows))) or self.theme.px(26)
            self._measured = (self.width(), height)
        return QSize(self.theme.px(120), self._measured[1])

    def _height_of(self, row: int) -> int:
        known = self.sizes.get(row)
        return self.sizeHintForRow(row) if known is None else known.height()

    def measure_anew(self) -> None:
        """Ask the rows again how high they are."""
        self.sizes.clear()
        self._measured = None

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def current_row(self) -> int:
        """The row that keys act on, or -1."""
        return self.currentIndex().row()

    def select(self, row: int) -> None:
        """Make that row the current one."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.select(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit(row)
            event.accept()
            return
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(row)
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure_anew()
            self.doItemsLayout()  # else the rows, and what stands at their ends, stay as wide as they were
            self.updateGeometry()  # rows whose words wrap need another height
        self.placed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.placed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.theme.colour("secondary"))
            area = self.viewport().rect().adjusted(INSET, 0, -INSET, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._empty)
            painter.end()

    def _resized(self, *_: object) -> None:
        self.measure_anew()
        rows = self.model().rowCount()
        if rows:
            self._describe()
        else:  # others may come in a moment, and then it need not be told
            QTimer.singleShot(0, self, self._describe)
        scrolls = rows > self.most_rows
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def _describe(self) -> None:
        self.setAccessibleDescription("" if self.model().rowCount() else self._empty)

    def row_index(self, row: int) -> QModelIndex:
        """The model's index of a row."""
        return self.model().index(row, 0)
