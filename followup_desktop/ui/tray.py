"""The icon in the tray: how many follow-ups are open, and the way back to the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from followup_desktop.ui.theme import LIGHT, Theme

_TOLD = "tray/told"


class Tray(QObject):
    """Stands in the tray while the desktop has one.

    ``opened`` asks for the window, ``quitting`` for the end of the program. ``icon`` may also show balloons.
    """

    opened = Signal()
    quitting = Signal()

    def __init__(
        self, theme: Theme, settings: QSettings, tell: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._tell = tell
        self._count = -1
        self._menu = QMenu()
        self._menu.addAction("Open Follow Up").triggered.connect(self.opened)
        self._menu.addSeparator()
        self._menu.addAction("Quit").triggered.connect(self.quitting)
        self.icon = QSystemTrayIcon(theme.app_icon(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.show_count(0)

    @property
    def available(self) -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Take a place in the tray, if there is one."""
        if self.available:
            self.icon.show()

    def show_count(self, count: int) -> None:
        """Draw the number of open follow-ups on the icon, and say it in the tool tip."""
        if count == self._count:
            return
        self._count = count
        self.icon.setIcon(self._numbered(count))
        follow_ups = "1 follow-up" if count == 1 else f"{count} follow-ups"
        self.icon.setToolTip(f"Follow Up: {follow_ups} open" if count else "Follow Up: nothing to do now")

    def takes_the_window(self) -> bool:
        """Whether a window that is closed may hide here; said to the user the first time."""
        if not (self.available and self.icon.isVisible()):
            return False
        if not self._settings.value(_TOLD, False, type=bool):
            self._settings.setValue(_TOLD, True)
            self._tell("Follow Up stays in the tray and goes on reminding you. Quit ends it.")
        return True

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    def _numbered(self, count: int) -> QIcon:
        plain = self._theme.app_icon()
        if not count:
            return plain
        icon = QIcon()
        for size in (22, 32, 48, 64):
            icon.addPixmap(_with_number(plain.pixmap(size, size), count))
        return icon


def _with_number(picture: QPixmap, count: int) -> QPixmap:
    """The picture with the number on a badge in its lower right corner; more than 99 becomes "99"."""
    pixmap = QPixmap(picture)
    pixmap.setDevicePixelRatio(1.0)
    side = pixmap.width()
    badge = QRectF(side * 0.38, side * 0.38, side * 0.62, side * 0.62)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.late))
    painter.drawEllipse(badge)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(side * (0.42 if count < 10 else 0.36))))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(min(count, 99)))
    painter.end()
    return pixmap
