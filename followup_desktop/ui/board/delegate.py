"""How a card is painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.rows import ApplicationRow, Tone
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.mirror import mirrored
from followup_desktop.ui.kit.models.blocks import ROW_ROLE, Index
from followup_desktop.ui.kit.theme import Theme, Type

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GAP = 6
_PAD = 9
_LINE = 20
_CHIP_LINE = 25
_NARROW = 190
"""Below this width, in pixels at the ordinary text size, a card has one more line."""


class CardDelegate(QStyledItemDelegate):
    """A card: the employer and how long it has been quiet, the role, and what comes next.

    Where ``ended`` nothing comes next any more, as a rule, so there is no line for it.
    """

    def __init__(self, theme: Theme, parent: QAbstractItemView, *, ended: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self._brush = Brush(theme)
        self._view = parent
        self._ended = ended

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 2 * _LINE if self._ended else 2 * _LINE + _CHIP_LINE
        if self.is_narrow and not self._ended:
            lines += _LINE
        return QSize(self._theme.px(60), self._theme.px(lines + 2 * _PAD - 3 + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ApplicationRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        card: QRect = option.rect.adjusted(0, 0, 0, -self._theme.px(_GAP))
        painter.save()
        mirrored(painter, card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # With the keyboard a view gets a current row, which keys act on, but selects none.
        acted_on = index == self._view.currentIndex() and self._view.hasFocus()
        self._ground(painter, card, acted_on, bool(option.state & QStyle.StateFlag.State_MouseOver))
        pad = self._theme.px(_PAD)
        self._words(painter, card.adjusted(pad, self._theme.px(_PAD - 2), -pad, 0), row)
        painter.restore()

    def _ground(self, painter: QPainter, card: QRect, acted_on: bool, under_pointer: bool) -> None:
        role = "focus" if acted_on else "secondary" if under_pointer else "line"
        width = 2 if acted_on else 1
        painter.setPen(QPen(self._theme.colour(role), width))
        painter.setBrush(self._theme.colour("surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), 7, 7)

    def _words(self, painter: QPainter, area: QRect, row: ApplicationRow) -> None:
        px = self._theme.px
        line = QRect(area.left(), area.top(), area.width(), px(_LINE))
        quiet = ""
        if row.quiet_days:
            # Translators: for so many days nothing has happened, as short as it can be said
            words = ngettext("{n} d quiet", "{n} d quiet", row.quiet_days)
            quiet = words.format(n=format_number(row.quiet_days))
            if line.width() - self._width(quiet) < self._name_width(row.employer, line.width()):
                quiet = ngettext("{n} d", "{n} d", row.quiet_days).format(n=format_number(row.quiet_days))
        used = self._width(quiet) + px(8) if quiet else 0
        self._brush.text(painter, line.adjusted(0, 0, -used, 0), row.employer, weight=QFont.Weight.DemiBold)
        self._brush.text(painter, line, quiet, role="secondary", size=Type.SMALL, alignment=_RIGHT)
        line.translate(0, px(_LINE))
        self._brush.text(painter, line, row.role, role="secondary")
        if self._ended:
            return
        line.translate(0, px(_LINE))
        line.setHeight(px(_CHIP_LINE + 2))
        if not row.next_text:
            text = _("Nothing planned")
            self._brush.text(painter, line, text, role="secondary", size=Type.SMALL)
        elif self.is_narrow:
            self._next_in_two_lines(painter, line, row)
        elif row.next_tone is Tone.NEUTRAL:
            text = self._brush.shortened(row.next_text, line.width(), Type.SMALL)
            self._brush.text(painter, line, text, size=Type.SMALL)
        else:
            text = self._brush.shortened_in_chip(row.next_text, line.width())
            self._brush.chip(painter, line, text, *self._brush.tone(row.next_tone))

    @property
    def is_narrow(self) -> bool:
        """Whether what comes next stands above its time: beside it, there would be hardly a letter of it."""
        return self._view.viewport().width() < self._theme.px(_NARROW)

    def _next_in_two_lines(self, painter: QPainter, line: QRect, row: ApplicationRow) -> None:
        what, _dot, when = row.next_text.rpartition(" · ")
        above = QRect(line.left(), line.top(), line.width(), self._theme.px(_LINE))
        self._brush.text(painter, above, what or when, size=Type.SMALL)
        line.translate(0, self._theme.px(_LINE))
        if what and row.next_tone is Tone.NEUTRAL:
            self._brush.text(painter, line, when, size=Type.SMALL)
        elif what:
            self._brush.chip(painter, line, when, *self._brush.tone(row.next_tone))

    def _name_width(self, name: str, most: int) -> int:
        """What the name of an employer should have of the line: all it needs, up to two thirds of it."""
        bold = self._theme.metrics(weight=QFont.Weight.DemiBold)
        return min(bold.horizontalAdvance(name) + self._theme.px(8), 2 * most // 3)

    def _width(self, text: str) -> int:
        return self._theme.metrics(Type.SMALL).horizontalAdvance(text) + 1
