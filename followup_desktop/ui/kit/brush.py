"""Paints the texts, chips and grounds of what draws itself, in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from followup_desktop.i18n import on_one_line
from followup_desktop.services.rows import Tone
from followup_desktop.ui.kit.mirror import elided, elided_apart, write
from followup_desktop.ui.kit.theme import Theme, Type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

# What a cell needs each time it is painted is made once: a table has a hundred cells in sight, and they are
# painted anew at each key in the search.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LINE = Qt.TextFlag.TextSingleLine.value
_LINES = _LEFT.value | Qt.TextFlag.TextWordWrap.value
_CENTRED_LINE = Qt.AlignmentFlag.AlignCenter.value | _LINE
_FEWEST_LETTERS = 4
"""Of what to do, or it isn't worth cutting it short rather than when."""


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
        shown, advance = _fitting(metrics, on_one_line(text), area.width())
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        write(painter, area, alignment.value | _LINE, shown)
        return advance

    def lines(
        self, painter: QPainter, area: QRect, text: str, *, role: str = "text", struck: bool = False
    ) -> None:
        """Paint a text in as many lines as it needs."""
        font = QFont(self.theme.measured(Type.TEXT, QFont.Weight.Normal)[0])
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        write(painter, area, _LINES, text)

    def lines_height(self, text: str, width: int) -> int:
        """The height that a text needs in so many pixels."""
        room = QRect(0, 0, max(width, 1), 10_000)
        return self.theme.metrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, text).height()

    def chip(self, painter: QPainter, area: QRect, text: str, ink: str, ground: str) -> int:
        """Paint words on a round ground at the left of the area; gives the width it took."""
        font, metrics = self.theme.measured(Type.SMALL)
        pad = self.theme.px(9)
        shown, advance = _fitting(metrics, text, max(0, area.width() - 2 * pad))
        width = min(area.width(), advance + 2 * pad + 1)
        height = metrics.height() + self.theme.px(5)
        box = QRectF(area.left(), area.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.colour("contrast_edge"))
        painter.setBrush(self.theme.ink(ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self.theme.ink(ink))
        write(painter, box, _CENTRED_LINE, shown)
        return width

    def shortened(self, text: str, width: int, size: Type = Type.TEXT) -> str:
        """The next step of a row with what to do cut short rather than when, which stands behind the dot."""
        metrics = self.theme.metrics(size)
        if metrics.horizontalAdvance(text) <= width:
            return text
        what, dot, when = text.rpartition(" · ")
        room = width - metrics.horizontalAdvance(dot + when)
        if room < metrics.averageCharWidth() * _FEWEST_LETTERS:
            return elided(metrics, text, width)
        cut = elided_apart(metrics, what, room)
        return cut.replace(" …", "…") + dot + when

    def shortened_in_chip(self, text: str, width: int) -> str:
        """The text ``shortened`` for a chip that may be so wide."""
        return self.shortened(text, width - 2 * self.theme.px(9) - 1, Type.SMALL)

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
            painter.fillRect(area.left(), area.top(), area.width(), 1, self.theme.colour("contrast_edge"))
            if table.horizontalHeader().visualIndex(column) == 0:
                self.bar(painter, area)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, self.theme.colour("line"))

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


def _fitting(metrics: QFontMetrics, text: str, room: int) -> tuple[str, int]:
    """The text cut short for the room, and its width: most have room, and are measured once."""
    advance = metrics.horizontalAdvance(text)
    if advance > room:
        text = elided(metrics, text, room)
        advance = metrics.horizontalAdvance(text)
    return text, advance
