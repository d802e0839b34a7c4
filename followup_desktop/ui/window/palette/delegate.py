"""How a row of the palette is drawn: icon, title, where it stands, and at the right its shortcut or kind."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.mirror import draw_icon, elided, mirrored, write
from followup_desktop.ui.kit.models.rows import ROW_ROLE, Index
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.window.palette.entries import PaletteEntry


class EntryDelegate(QStyledItemDelegate):
    """Draws one entry on one line; the title is shortened last."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._brush = Brush(theme)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row in the theme's present colours."""
        entry: PaletteEntry | None = index.data(ROW_ROLE)
        if entry is None:
            return
        px = self._theme.px
        area = option.rect.adjusted(px(2), 1, -px(2), -1)
        state = option.state
        painter.save()
        mirrored(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            if state & QStyle.StateFlag.State_Selected:
                self._brush.selected(painter, area)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("window"))
                painter.drawRoundedRect(area, px(6), px(6))
        side = px(16)
        top = area.center().y() - side // 2
        icon = self._theme.icon(entry.icon, "secondary")
        draw_icon(painter, icon, area.left() + px(8), top, side)
        self._texts(painter, entry, area.adjusted(px(34), 0, -px(10), 0))
        painter.restore()

    def _texts(self, painter: QPainter, entry: PaletteEntry, area: QRect) -> None:
        small = self._theme.font(Type.SMALL)
        gap = self._theme.px(12)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        hint = self._width(small, entry.hint, area.width() // 2)
        self._write(
            painter, (small, "secondary"), entry.hint, area.adjusted(area.width() - hint, 0, 0, 0), side
        )
        rest = area.adjusted(0, 0, -(hint + gap) if hint else 0, 0)
        font = self._theme.font()
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        width = self._width(font, entry.title, rest.width())
        self._write(
            painter, (font, "text"), entry.title, QRect(rest.topLeft(), QSize(width, rest.height())), side
        )
        self._write(painter, (small, "secondary"), entry.detail, rest.adjusted(width + gap, 0, 0, 0), side)

    def _width(self, font: QFont, text: str, most: int) -> int:
        return min(QFontMetrics(font).horizontalAdvance(text) + 2, most) if text else 0

    def _write(
        self, painter: QPainter, look: tuple[QFont, str], text: str, area: QRect, side: Qt.AlignmentFlag
    ) -> None:
        if not text or area.width() <= 0:
            return
        font, role = look
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        shown = elided(QFontMetrics(font), text, area.width())
        write(painter, area, side.value, shown)
