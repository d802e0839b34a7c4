"""How the cells of the table and the rows of the small lists are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from followup_desktop.i18n import with_dots
from followup_desktop.services.rows import (
    TimelineEntry,
)
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.mirror import mirrored
from followup_desktop.ui.kit.models import rows
from followup_desktop.ui.kit.theme import INSET, Theme, Type
from followup_desktop.ui.kit.widgets.flat_list import FlatList

Index = QModelIndex | QPersistentModelIndex

SELECTED = QStyle.StateFlag.State_Selected.value


class RowDelegate(QStyledItemDelegate):
    """The common part of the small lists: one row's ground, and its height by its lines."""

    marks_without_keyboard = False
    """Whether the current row is marked while the keyboard is elsewhere."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.theme = theme
        self.brush = Brush(theme)
        self._view = parent
        self._sizes = parent.sizes if isinstance(parent, FlatList) else None

    def height(self, index: Index) -> int:
        """The height of a row, in pixels."""
        return self.theme.px(28)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.row()
        known = None if self._sizes is None else self._sizes.get(row)
        if known is None:
            known = QSize(self.theme.px(80), self.height(index))
            if self._sizes is not None:
                self._sizes[row] = known
        return known

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        mirrored(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Given the keyboard, a view has a current row, which keys act on, but selects none.
        if index == self._view.currentIndex() and (self.marks_without_keyboard or self._view.hasFocus()):
            self.brush.selected(painter, rect)
        self.draw(painter, rect.adjusted(INSET, 0, -INSET, 0), index)
        painter.restore()

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        """Paint what the row says."""
        self.brush.text(painter, area, index.data(Qt.ItemDataRole.DisplayRole) or "")


class TimelineDelegate(RowDelegate):
    """One thing that happened: a dot on the line, what it was, and when below it."""

    def height(self, index: Index) -> int:
        return self.theme.px(46)

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        entry: TimelineEntry = index.data(rows.ROW_ROLE)
        px = self.theme.px
        middle = area.left() + px(4)
        last = index.row() == index.model().rowCount() - 1
        painter.setPen(QPen(self.theme.colour("line"), 2))
        top = area.top() + px(13) if index.row() == 0 else area.top()
        painter.drawLine(middle, top, middle, area.top() + px(13) if last else area.bottom() + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("accent" if entry.strong else "secondary"))
        painter.drawEllipse(QRectF(middle - px(4), area.top() + px(9), px(8), px(8)))
        left = area.adjusted(px(20), px(3), 0, 0)
        left.setHeight(px(20))
        self.brush.text(painter, left, entry.title)
        below = left.translated(0, px(20))
        when = with_dots((entry.when, entry.note), plain=True)
        self.brush.text(painter, below, when, role="secondary", size=Type.SMALL)
