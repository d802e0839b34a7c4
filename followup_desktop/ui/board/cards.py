"""The list of cards in a column: keys, dragging and dropping."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.board import CLOSED_STAGES
from followup_desktop.ui.board.delegate import CardDelegate
from followup_desktop.ui.board.model import ColumnModel
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.placing import stay_painted

MIME = "application/x-follow-up-application"
"""What a dragged card carries: the application's id; of use within the program alone."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVING = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


def carried(event: QDropEvent) -> str:
    """The id of the card that is dragged; empty for anything else."""
    return bytes(event.mimeData().data(MIME).data()).decode("utf-8", "replace")


class CardList(QListView):
    """One column's cards, top to bottom.

    ``stepped`` asks for the neighbouring column, ``shifted`` to move a card there: -1 to the left, 1 to the
    right. ``dropped`` carries the id of a card from elsewhere that was let go here; ``dragged_over`` where on
    the screen the pointer is while a card is dragged.
    """

    opened = Signal(str)
    delete_pressed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    stepped = Signal(int)
    shifted = Signal(str, int)
    dropped = Signal(str)
    dragged_over = Signal(QPoint)
    drag_left = Signal()

    def __init__(self, model: ColumnModel, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = model
        self._theme = theme
        self._empty = _("Nothing here")
        self._is_target = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setModel(model)
        self.setItemDelegate(CardDelegate(theme, self, ended=model.stage in CLOSED_STAGES))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index.row()) or ""))
        for changed in (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved):
            # Before the next painting; Qt lets a timer do it, after that, and has all painted once more then.
            changed.connect(self.executeDelayedItemsLayout, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> str | None:
        """The id of the card that keys act on."""
        return self.cards.id_at(self.currentIndex().row())

    def select(self, row: int) -> None:
        """Make the card in that row, or the last one, the current one."""
        row = min(row, self.cards.rowCount() - 1)
        if row >= 0:
            index = self.cards.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards are higher in a narrow column."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        if self._is_marked:
            self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        stay_painted(self.viewport())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        key, modifiers, card = Qt.Key(event.key()), event.modifiers(), self.current
        step = _STEPS.get(key, 0)
        if step:
            step = -step if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else step
            if not modifiers & _MOVING:
                self.stepped.emit(step)
            elif card is not None:
                self.shifted.emit(card, step)
            return True
        if card is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card)
        elif key == Qt.Key.Key_Delete:
            self.delete_pressed.emit(card)
        else:
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            where = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(self.cards.id_at(index.row()), self.viewport().mapToGlobal(where))

    # Dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802
        """Carry the current card, with its picture under the pointer."""
        index = self.currentIndex()
        card = self.cards.id_at(index.row())
        if card is None:
            return
        data = QMimeData()
        data.setData(MIME, QByteArray(card.encode("utf-8")))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.viewport().grab(self.visualRect(index)))
        drag.setHotSpot(QPoint(self._theme.px(16), self._theme.px(16)))
        # Nothing is removed here after the drag: the model follows from what is stored.
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        card = carried(event)
        if not card:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._aim(self.cards.row_of(card) < 0)
        self.dragged_over.emit(self.viewport().mapToGlobal(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)
        self.drag_left.emit()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        card = carried(event)
        self._aim(False)
        self.drag_left.emit()
        if not card:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        if self.cards.row_of(card) < 0:
            self.dropped.emit(card)

    def _aim(self, on: bool) -> None:
        if on != self._is_target:
            self._is_target = on
            self.viewport().update()

    # Look

    @property
    def _is_marked(self) -> bool:
        """Whether a line around all of it says that keys, or a card that is let go, are for this list."""
        return self._is_target or (self.hasFocus() and not self.currentIndex().isValid())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("sidebar"))
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        if self.cards.rowCount(QModelIndex()) == 0:
            painter.setPen(self._theme.colour("secondary"))
            area = self.viewport().rect().adjusted(0, self._theme.px(14), 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._empty)
        if self._is_marked:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(self._theme.colour("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), 7, 7)
        painter.end()
