"""The contact meter: how often the employer heard from the user lately."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.kit.theme import INSET, Theme, Type
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

_BARS = 3


class ContactMeter(QWidget):
    """Bars and the number in words: contacts made in the last 14 days (never overwhelm the employer)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made = 0
        self._ever = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._set_name()

    @property
    def text(self) -> str:
        """The number in words."""
        if self._made == 0:
            return _("No enquiries in 14 days") if self._ever else _("No contact yet")
        return ngettext("{n} enquiry in 14 days", "{n} enquiries in 14 days", self._made).format(
            n=format_number(self._made)
        )

    def show_made(self, made: int, *, ever: bool = False) -> None:
        """Show so many contacts, and whether the two were ``ever`` in touch."""
        if (made, ever) != (self._made, self._ever):
            self._made, self._ever = made, ever
            self._set_name()
            self.update()

    def _set_name(self) -> None:
        self.setAccessibleName(self.text)
        set_tool_tip(self, _("Calls, status emails and feedback requests. Be persistent, not a pest."))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        px = self._theme.px
        tone = "late" if self._made > 2 else "now"
        left = INSET
        for bar in range(_BARS):
            painter.setBrush(self._theme.colour(tone if bar < self._made else "neutral_soft"))
            painter.drawRoundedRect(QRectF(left, self.height() / 2 - px(2), px(22), px(5)), px(2), px(2))
            left += px(26)
        painter.setPen(self._theme.colour("secondary"))
        painter.setFont(self._theme.font(Type.SMALL))
        area = self.rect().adjusted(left + px(4), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text)
        painter.end()
