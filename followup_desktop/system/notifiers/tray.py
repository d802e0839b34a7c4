"""Notifications as balloons of the tray icon."""

from __future__ import annotations

from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QSystemTrayIcon

from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.system.notifiers.backend import OPEN, Listener
from followup_desktop.system.notifiers.text import TITLE_LIMIT, one_line, some_lines

_SHOWN_MS = 10_000
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner")
_TRAY_SERVICE = "org.kde.StatusNotifierWatcher"
_ANSWER_MS = 1000


def is_tray_a_service() -> bool:
    """Whether the tray is one on the session bus: then Qt hands balloons to the notification server.

    It says nothing of what became of them, and where that server shows nothing, neither does the tray.
    """
    question = QDBusMessage.createMethodCall(*_BUS)
    question.setArguments([_TRAY_SERVICE])
    return QDBusConnection.sessionBus().call(question, timeout=_ANSWER_MS).arguments() == [True]


class TrayNotifier:
    """The back end that uses the program's own tray icon; see the protocol ``Backend``.

    It tells of a click on the balloon, not of what became of it, and the last balloon stands for all. Without
    ``balloons`` of its own it shows nothing.
    """

    name = "tray"

    def __init__(self, listener: Listener, icon: QSystemTrayIcon, *, balloons: bool = True) -> None:
        self._listener = listener
        self._balloons = balloons
        self._icon = icon
        self._last_tag: str | None = None
        icon.messageClicked.connect(self._on_clicked)

    @property
    def busy(self) -> bool:
        """Never: the balloon is shown at once."""
        return False

    @property
    def on_screen(self) -> frozenset[str]:
        """Nothing for long."""
        return frozenset()

    def start(self) -> None:
        """Nothing is needed."""

    def notify(self, notification: Notification) -> None:
        """Show the balloon. Without a tray Qt would silently do nothing, so it is asked first."""
        if not self._balloons:
            raise NotifierFailed("the tray has no balloons of its own")
        if not self._icon.isSystemTrayAvailable() or not self._icon.isVisible():
            raise NotifierFailed("there is no tray")
        self._last_tag = notification.tag
        self._icon.showMessage(
            one_line(notification.title, TITLE_LIMIT),
            some_lines(notification.body),
            QSystemTrayIcon.MessageIcon.Information,
            _SHOWN_MS,
        )
        self._listener.delivered(self, notification)

    def withdraw(self, tag: str) -> None:
        """Forget it; a balloon can't be taken back."""
        if self._last_tag == tag:
            self._last_tag = None

    def close(self) -> None:
        """Hear of no more clicks."""
        self._icon.messageClicked.disconnect(self._on_clicked)

    def fileno(self) -> int | None:
        """There is none to watch."""
        return None

    def on_readable(self) -> None:
        """Nothing is ever readable."""

    def poll(self) -> None:
        """Nothing is ever awaited."""

    def _on_clicked(self) -> None:
        if self._last_tag is not None:
            self._listener.action(self._last_tag, OPEN)
