"""How the cells of the table and the rows of the small lists are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from followup_desktop.services.reading.columns import COLUMNS, LAST_CONTACT, NEXT, Column
from followup_desktop.services.reading.rows import (
    ApplicationRow,
    FollowUpRow,
    InterviewRow,
    TimelineEntry,
    Tone,
)
from followup_desktop.ui.kit.models import blocks, rows
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.tools import stage_tone

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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
        font = self.theme.font(size, weight)
        font.setStrikeOut(struck)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        painter.drawText(area, alignment | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)

    def chip(self, painter: QPainter, area: QRect, text: str, ink: str, ground: str) -> int:
        """Paint words on a round ground at the left of the area; gives the width it took."""
        font = self.theme.font(Type.SMALL)
        metrics = QFontMetrics(font)
        pad = self.theme.px(9)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width() - 2 * pad))
        width = min(area.width(), metrics.horizontalAdvance(shown) + 2 * pad + 1)
        height = metrics.height() + self.theme.px(5)
        box = QRectF(area.left(), area.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
        return width

    def chip_width(self, text: str) -> int:
        """How wide a chip with these words is."""
        advance = QFontMetrics(self.theme.font(Type.SMALL)).horizontalAdvance(text)
        return advance + 2 * self.theme.px(9) + 2

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


class ApplicationDelegate(QStyledItemDelegate):
    """The cells of the table: the employer bold, stage and next follow-up as chips."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._brush = Brush(theme)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ApplicationRow | None = index.data(blocks.ROW_ROLE)
        column = COLUMNS[index.column()]
        painter.save()
        painter.setClipRect(option.rect)
        self._ground(painter, option)
        if row is not None:
            pad = self._theme.px(10)
            area = option.rect.adjusted(pad, 0, -pad, 0)
            self._cell(painter, area, index, row, column)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _cell(
        self, painter: QPainter, area: QRect, index: Index, row: ApplicationRow, column: Column
    ) -> None:
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if column.name == "employer":
            role = "secondary" if row.archived else "text"
            self._brush.text(painter, area, text, role=role, weight=QFont.Weight.DemiBold)
        elif column.name == "stage":
            self._brush.chip(painter, area, text, *self._brush.stage(stage_tone(row.stage)))
        elif column.name == NEXT and text and row.next_tone is not Tone.NEUTRAL:
            self._brush.chip(painter, area, text, *self._brush.tone(row.next_tone))
        else:
            alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
            quiet = column.name in ("tags", LAST_CONTACT)
            self._brush.text(painter, area, text, role="secondary" if quiet else "text", alignment=alignment)


class RowDelegate(QStyledItemDelegate):
    """The common part of the small lists: one row's ground, and its height by its lines."""

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
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        self.draw(painter, rect.adjusted(self.theme.px(6), 0, -self.theme.px(6), 0), index)
        painter.restore()

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        """Paint what the row says."""
        self.brush.text(painter, area, index.data(Qt.ItemDataRole.DisplayRole) or "")


class InterviewDelegate(RowDelegate):
    """An interview on one line: past ones quiet, cancelled ones struck through."""

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        row: InterviewRow = index.data(rows.ROW_ROLE)
        role = "secondary" if row.is_over or row.cancelled else "text"
        self.brush.text(painter, area, row.text, role=role, struck=row.cancelled)


class FollowUpDelegate(RowDelegate):
    """A planned follow-up on one line: its icon, what to do, and when.

    Below the line of one row there may be room for what can be done about it.
    """

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(theme, parent)
        self._room: tuple[str, int] = ("", 0)

    def leave_room(self, row_id: str, height: int) -> bool:
        """Leave so many pixels in that row alone; whether that is another room than before."""
        before, self._room = self._room, (row_id, height)
        return before != self._room

    def height(self, index: Index) -> int:
        row_id, room = self._room
        return super().height(index) + (room if index.data(rows.ID_ROLE) == row_id else 0)

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        row: FollowUpRow = index.data(rows.ROW_ROLE).row
        area.setHeight(super().height(index))
        side = self.theme.px(16)
        icon = self.theme.icon(_CHANNEL_ICONS.get(row.channel.value, "clock"), "secondary")
        icon.paint(painter, area.left(), area.center().y() - side // 2, side, side)
        area = area.adjusted(side + self.theme.px(8), 0, 0, 0)
        chip = min(self.brush.chip_width(row.chip), int(area.width() * 0.55)) if row.chip else 0
        room = QRect(area)
        room.setWidth(max(0, area.width() - chip - self.theme.px(8)))
        used = self.brush.text(painter, room, row.title)
        if chip:
            left = area.left() + used + self.theme.px(8)
            self.brush.chip(
                painter, QRect(left, area.top(), chip, area.height()), row.chip, *self.brush.tone(row.tone)
            )


_CHANNEL_ICONS = {"phone": "phone", "email": "mail"}


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
