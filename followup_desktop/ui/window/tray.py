"""The icon in the tray: how many follow-ups are open, what comes next, and the way back to the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reminding.pauses import PauseOption
from followup_desktop.ui.kit.colours import LIGHT
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.plain import label_text
from followup_desktop.ui.kit.window_settings import TOLD_OF_TRAY, WindowSettings


class Tray(QObject):
    """Stands in the tray while the desktop has one.

    ``opened`` asks for the window, ``add_wanted`` for the form of a new application, ``pause_wanted`` for a
    pause until an instant, ``resume_wanted`` for its end, ``quitting`` for the end of the program. ``icon``
    may also show balloons. ``show_sentence`` brings a sentence to the user although the window goes away.
    """

    opened = Signal()
    add_wanted = Signal()
    pause_wanted = Signal(object)
    resume_wanted = Signal()
    quitting = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: WindowSettings,
        show_sentence: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._show_sentence = show_sentence
        self._count = -1
        self._options: tuple[PauseOption, ...] = ()
        self._next = QAction("", self)
        self._next.setEnabled(False)
        self._resume = QAction("", self)
        self._resume.triggered.connect(self.resume_wanted)

    @cached_property
    def icon(self) -> QSystemTrayIcon:
        """What stands in the tray; made when it is first wanted, for a window is seen without it."""
        icon = QSystemTrayIcon(self._theme.app_icon(), self)
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._activated)
        return icon

    @cached_property
    def pauses(self) -> QMenu:
        """The menu of the ends of a pause."""
        pauses = QMenu(_("Pause reminders"))
        pauses.aboutToShow.connect(partial(self._theme.dress, pauses))
        return pauses

    @cached_property
    def menu(self) -> QMenu:
        """The menu of the icon."""
        menu = QMenu()
        menu.aboutToShow.connect(partial(self._theme.dress, menu))
        menu.addAction(self._next)
        menu.addSeparator()
        menu.addAction(_("Open Follow Up")).triggered.connect(self.opened)
        menu.addAction(_("Add application…")).triggered.connect(self.add_wanted)
        menu.addMenu(self.pauses)
        menu.addAction(self._resume)
        menu.addSeparator()
        menu.addAction(_("Quit")).triggered.connect(self.quitting)
        return menu

    @property
    def available(self) -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Take a place in the tray, if there is one."""
        if not self.icon.isVisible() and self.available:  # a heartbeat asks, and the answer is the bus's
            if self._count < 0:
                self.show_count(0)
                self.show_reminders(None, (), None)
            self.icon.show()

    def show_count(self, count: int) -> None:
        """Draw the number of open follow-ups on the icon, and say it in the tool tip."""
        if count == self._count:
            return
        self._count = count
        self.icon.setIcon(self._numbered(count))
        said = ngettext("Follow Up: {n} follow-up open", "Follow Up: {n} follow-ups open", count)
        self.icon.setToolTip(  # the tray shows it as it is
            said.format(n=format_number(count)) if count else _("Follow Up: nothing to do right now")
        )

    def show_reminders(
        self, following: str | None, options: Sequence[PauseOption], paused_until: str | None
    ) -> None:
        """Say what comes next, and offer these ends of a pause, or the end of the one that is on."""
        line = _("Next: {reminder}").format(reminder=following) if following else _("No reminders planned")
        self._next.setText(label_text(line))
        self.pauses.menuAction().setVisible(paused_until is None)
        self._resume.setVisible(paused_until is not None)
        self._resume.setText(_("Resume reminders (paused until {time})").format(time=paused_until))
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.pauses.clear()
            for option in self._options:
                action = self.pauses.addAction(option.label)
                action.triggered.connect(lambda _on=False, until=option.until: self.pause_wanted.emit(until))

    def takes_the_window(self) -> bool:
        """Whether a window that is closed may hide here; said to the user the first time."""
        if not (self.available and self.icon.isVisible()):
            return False
        if not self._settings.get(TOLD_OF_TRAY):
            self._settings.set(TOLD_OF_TRAY, True)
            self._show_sentence(
                _("Follow Up keeps running in the tray and will remind you. Choose Quit to stop it.")
            )
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
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, format_number(min(count, 99)))
    painter.end()
    return pixmap
