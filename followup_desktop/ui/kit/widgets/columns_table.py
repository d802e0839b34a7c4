"""A table whose columns can be chosen and moved, and whose rows are painted once while they scroll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from followup_desktop.ui.kit.models.columns import ColumnsModel
from followup_desktop.ui.kit.stylesheet import TABLE_ROUNDING
from followup_desktop.ui.kit.widgets.placing import stay_painted

_ROUND = TABLE_ROUNDING - 1
"""How far the rounding of the frame reaches within it, in pixels."""


class RowsDelegate(QStyledItemDelegate):
    """Paints the cells of such a table, or a row at once."""

    def paint_cell(
        self, painter: QPainter, area: QRect, place: tuple[int, int], *, is_selected: bool, has_keyboard: bool
    ) -> None:
        """Paint the cell at a place, its row and its column, and leave the painter as it was."""
        raise NotImplementedError

    def paint_row(
        self, painter: QPainter, row: int, across: tuple[int, int], columns: Sequence[tuple[int, int, int]]
    ) -> None:
        """Paint a row, neither selected nor with the keyboard, as its cells would be, from left to right.

        ``across`` are its top and its height, ``columns`` the numbers, lefts and widths of those in sight.
        """
        raise NotImplementedError


class ColumnsTable(QTableView):
    """Shows all columns that its model holds, in the model's order: a hidden one would still be read out.

    Of what scrolls, Qt moves the pixels and paints only the rows that come into sight; a table that was
    painted anew for each row took 4 ms more. It does so only if the viewport paints its ground itself. So it
    does, but for the round corners of the frame, which would be moved, too, and are then painted again.
    """

    def __init__(self, model: ColumnsModel[Any, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns_model = model
        self.setModel(model)
        # Where the rows stand is reckoned before they are painted: Qt does it within the first painting, and
        # then has all of them painted a second time.
        for changed in (model.layoutChanged, model.modelReset):
            changed.connect(self.executeDelayedItemsLayout, Qt.ConnectionType.QueuedConnection)
        model.layoutAboutToBeChanged.connect(self._note_seen)
        model.modelAboutToBeReset.connect(self._forget_seen)
        self._seen: tuple[object, ...] | None = None
        """What was painted last, from when rows or columns move until these are placed; empty: anything."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._corners: list[QRect] = []
        """The corners of the frame at the end of the rows, in the viewport's coordinates."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewport().setAutoFillBackground(True)
        stay_painted(self.viewport())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:  # a style sheet with a frame turns it off
            self.viewport().setAutoFillBackground(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        rows, scrolled = self.viewport(), self.verticalHeader().offset()
        super().resizeEvent(event)
        if (event.size().width(), self.verticalHeader().offset()) != (event.oldSize().width(), scrolled):
            rows.update()  # what is painted stands elsewhere now
        inner = self.contentsRect().translated(-rows.pos())
        top = inner.bottom() + 1 - _ROUND
        places = (QRect(left, top, _ROUND, _ROUND) for left in (inner.left(), inner.right() + 1 - _ROUND))
        self._corners = [place for place in places if rows.rect().contains(place)]
        ground = QRegion(rows.rect())
        for corner in self._corners:
            ground -= corner
        rows.setMask(ground)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        before = self.verticalHeader().offset()
        super().scrollContentsBy(dx, dy)
        moved = before - self.verticalHeader().offset()
        for corner in self._corners:  # there are none above the bar that scrolls to the sides
            QWidget.update(self, corner.translated(self.viewport().pos()))
            self.viewport().update(corner.translated(0, moved))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; all rows that are to be painted are read at once, and no other."""
        area = event.rect()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first >= 0:
            end = self._columns_model.rowCount() if last < 0 else last + 1
            self._columns_model.rows_in(range(first, end))
            if isinstance(delegate := self.itemDelegate(), RowsDelegate) and not self.isRightToLeft():
                self._paint_rows(delegate, range(first, end), area)
                return
        super().paintEvent(event)

    def _paint_rows(self, delegate: RowsDelegate, rows: range, area: QRect) -> None:
        """Paint what of these rows is in the area as Qt has it painted, which takes twice as long.

        For each cell it asks the model, the selection and the style, and hands over an option.
        """
        header, selection = self.horizontalHeader(), self.selectionModel()
        columns = [
            (number, left, width)
            for number in range(header.count())
            if (left := header.sectionViewportPosition(number)) <= area.right()
            and left + (width := header.sectionSize(number)) > area.left()
        ]
        current = self.currentIndex() if self.hasFocus() else QModelIndex()
        painter = QPainter(self.viewport())
        for row in rows:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            is_selected = selection.isSelected(self._columns_model.index(row, 0))
            if not is_selected and row != current.row():
                delegate.paint_row(painter, row, (top, height), columns)
                continue
            for number, left, width in columns:
                delegate.paint_cell(
                    painter,
                    QRect(left, top, width, height),
                    (row, number),
                    is_selected=is_selected,
                    has_keyboard=(row, number) == (current.row(), current.column()),
                )
        painter.end()

    def doItemsLayout(self) -> None:  # noqa: N802
        """Place the rows; those in sight aren't painted where only others have moved.

        All of them take 3.6 ms, and an edit mostly moves one.
        """
        seen, self._seen = self._seen, None
        if seen and seen == self._in_sight():
            self.updateGeometries()
        else:
            super().doItemsLayout()

    def _in_sight(self) -> tuple[object, ...]:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = self._columns_model.rowCount() if last < 0 else last + 1
        rows = self._columns_model.ids_in(range(max(first, 0), end))
        return rows, self._columns_model.shown, self.verticalHeader().offset()

    def _note_seen(self) -> None:
        if self._seen is None:
            self._seen = self._in_sight()

    def _forget_seen(self) -> None:
        self._seen = ()

    def show_columns(self, columns: Sequence[Any]) -> None:
        """Have these columns, in this order; rows that are selected stay so."""
        if tuple(columns) == self._columns_model.shown:
            return
        found = self.selectionModel().selection()
        ranges = [found.at(place) for place in range(found.count())]
        runs = {(each.top(), each.bottom()) for each in ranges}
        self._columns_model.show_columns(columns)
        selection, model = QItemSelection(), self._columns_model
        for top, bottom in sorted(runs):
            selection.select(model.index(top, 0), model.index(bottom, model.columns - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_widths(self, widths: Mapping[int, int]) -> None:
        """Give columns these widths, by their places.

        Where Qt hears of a new width, it has the rows painted by a timer: for a second time, if they are to
        be painted anyway, which took 5 of the 35 ms that another filter took.
        """
        header = self.horizontalHeader()
        if all(header.sectionSize(place) == width for place, width in widths.items()):
            return
        with QSignalBlocker(header):
            for place, width in widths.items():
                header.resizeSection(place, width)
        self.viewport().update()
        # A little later, but before the painting: Qt may be in the middle of it, as where a bar takes room.
        QTimer.singleShot(0, self, self.updateGeometries)

    def take_moved(self) -> None:
        """Give the model's columns the order into which the user has moved their headings."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        widths = [header.sectionSize(number) for number in order]
        columns = [self._columns_model.column_at(number) for number in order]
        with QSignalBlocker(header):
            for place in range(header.count()):
                header.moveSection(header.visualIndex(place), place)
        self.show_columns(columns)
        self.set_widths(dict(enumerate(widths)))

    def mark_order(self, column: Any, *, descending: bool) -> None:
        """Mark that column as the one that the rows are ordered by, if it is shown, without ordering them."""
        header = self.horizontalHeader()
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(header):
            header.setSortIndicator(self._columns_model.place_of(column), order)
        header.viewport().update()
