"""The application as Qt has it, the end that the system asks of it, and the window that a Dock asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from followup_desktop.i18n import read_what_is_said
from followup_desktop.resource_files import resources_dir
from followup_desktop.system.qt_language import speak_to_qt

_START_MS = 3000
"""The system makes a program active within this time of its start, or leaves it in the background."""


class DesktopApplication(QApplication):
    """Speaks the program's language, and ends when the system wants it.

    ``end`` is called for the session's end, and for Quit in the Dock of macOS. Left to itself Qt asks every
    window to close, and one that hides in the tray instead would refuse, which on macOS holds up the log-out.
    ``save`` is called when the session asks whether it may end: another program may still refuse that, and
    this one then goes on. ``opened`` carries the address of a file or a link that macOS hands over.
    """

    opened = Signal(QUrl)

    def __init__(self, arguments: Sequence[str], end: Callable[[], None], save: Callable[[], None]) -> None:
        super().__init__(list(arguments))
        read_what_is_said(resources_dir() / "cldr")
        speak_to_qt(self)
        self._end = end
        self.commitDataRequest.connect(lambda _session: save())

    def event(self, event: QEvent, /) -> bool:
        """Take the wish to quit as the system's."""
        if event.type() is QEvent.Type.Quit:
            self._end()
            return True
        if isinstance(event, QFileOpenEvent):
            self.opened.emit(event.url())
            return True
        return super().event(event)


class DockClicks(QObject):
    """On macOS a click in the Dock makes the program active; calls ``show`` then, while nothing is shown.

    Qt tells of such a click even where the program was active already. A start makes it active too: one
    that is to stay ``hidden`` lets that pass, once and in its first seconds. Other systems have no such
    click, and nothing is called.
    """

    def __init__(
        self,
        application: QGuiApplication,
        platform: str,
        *,
        hidden: bool,
        is_shown: Callable[[], bool],
        show: Callable[[], None],
    ) -> None:
        super().__init__(application)
        self._passing = hidden
        self._is_shown = is_shown
        self._show = show
        if platform == "darwin":
            application.applicationStateChanged.connect(self._changed)
            QTimer.singleShot(_START_MS, self, self._started)

    def _started(self) -> None:
        self._passing = False

    def _changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            return
        if self._passing:
            self._passing = False
        elif not self._is_shown():
            self._show()
