"""How the cells of the table and the rows of the small lists are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from followup_desktop.i18n import on_one_line
from followup_desktop.services.reading.rows import (
    TimelineEntry,
    Tone,
)
from followup_desktop.ui.kit.models import rows
from followup_desktop.ui.kit.theme import INSET, Theme, Type

Index = QModelIndex | QPersistentModelIndex

# What a cell needs each time it is painted is made once: a table has a hundred cells in sight, and they are
# painted anew at each key in the search.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LINE = Qt.TextFlag.TextSingleLine.value
_CENTRED_LINE = Qt.AlignmentFlag.AlignCenter.value | _LINE
SELECTED = QStyle.StateFlag.State_Selected.value


class Brush:
    """Paints text and chips in the theme's colours, cut short where there is no room."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def text(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        *,
        role: str = "text",
        size: Type = Type.TEXT,
        weight: QFont.Weight = QFont.Weight.Normal,
        alignment: Qt.AlignmentFlag = _LEFT,
        struck: bool = False,
    ) -> int:
        """Paint one line; gives the width it took."""
        font, metrics = self.theme.measured(size, weight)
        if struck:
            font = QFont(font)
            font.setStrikeOut(True)
        shown = metrics.elidedText(on_one_line(text), Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        painter.drawText(area, alignment.value | _LINE, shown)
        return metrics.horizontalAdvance(shown)

    def chip(self, painter: QPainter, area: QRect, text: str, ink: str, ground: str) -> int:
        """Paint words on a round ground at the left of the area; gives the width it took."""
        font, metrics = self.theme.measured(Type.SMALL)
        pad = self.theme.px(9)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width() - 2 * pad))
        width = min(area.width(), metrics.horizontalAdvance(shown) + 2 * pad + 1)
        height = metrics.height() + self.theme.px(5)
        box = QRectF(area.left(), area.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.colour("contrast_edge"))
        painter.setBrush(self.theme.ink(ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self.theme.ink(ink))
        painter.drawText(box, _CENTRED_LINE, shown)
        return width

    def chip_width(self, text: str) -> int:
        """How wide a chip with these words is."""
        advance = self.theme.metrics(Type.SMALL).horizontalAdvance(text)
        return advance + 2 * self.theme.px(9) + 2

    def selected(self, painter: QPainter, area: QRect) -> None:
        """Paint the ground of a selected row, with a bar at its left for whoever doesn't see the tint."""
        painter.setPen(self.theme.colour("contrast_edge"))
        painter.setBrush(self.theme.colour("accent_soft"))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), self.theme.px(6), self.theme.px(6))
        self.bar(painter, area)

    def cell(
        self, painter: QPainter, area: QRect, table: QTableView, column: int, *, is_selected: bool
    ) -> None:
        """Paint the ground of a table's cell: the line below it, and whether its row is selected."""
        if is_selected:
            painter.fillRect(area, self.theme.colour("accent_soft"))
            painter.setPen(self.theme.colour("contrast_edge"))
            painter.drawLine(area.topLeft(), area.topRight())
            if table.horizontalHeader().visualIndex(column) == 0:
                self.bar(painter, area)
        painter.setPen(self.theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def bar(self, painter: QPainter, area: QRect) -> None:
        """Paint the bar at the left of what is selected."""
        width, inset = self.theme.px(3), area.height() / 5
        bar = QRectF(area.left() + 1, area.top() + inset, width, area.height() - 2 * inset)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("accent"))
        painter.drawRoundedRect(bar, width / 2, width / 2)

    def tone(self, tone: Tone) -> tuple[str, str]:
        """The ink and the ground of a tone."""
        return self.theme.colours.of_tone(tone)

    def stage(self, tone: str) -> tuple[str, str]:
        """The ink and the ground of a stage's tone."""
        colours = self.theme.colours
        return {
            "accent": (colours.accent, colours.accent_soft),
            "well": (colours.well, colours.well_soft),
        }.get(tone, (colours.text, colours.neutral_soft))


class RowDelegate(QStyledItemDelegate):
    """The common part of the small lists: one row's ground, and its height by its lines."""

    marks_without_keyboard = False
    """Whether the selected row is marked while the keyboard is elsewhere."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.theme = theme
        self.brush = Brush(theme)
        self._view = parent

    def height(self, index: Index) -> int:
        """The height of a row, in pixels."""
        return self.theme.px(28)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(80), self.height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.marks_without_keyboard or self._view.hasFocus()
        if state & QStyle.StateFlag.State_Selected and marked:
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
        when = f"{entry.when} · {entry.note}" if entry.note else entry.when
        self.brush.text(painter, below, when, role="secondary", size=Type.SMALL)
