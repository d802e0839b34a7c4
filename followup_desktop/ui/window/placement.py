"""Where the window stands and how large it is, from one run to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.kit.window_settings import GEOMETRY, WINDOW_STATE, WindowSettings, WindowState

USUAL_SIZE = QSize(1280, 800)
_PAUSE_MS = 500
"""So long after the last change the place is kept: who drags a window writes no file at every pixel."""
_FRAME = QSize(16, 48)
"""What a frame may take of the screen."""


_FLAGS = {
    WindowState.MAXIMIZED: Qt.WindowState.WindowMaximized,
    WindowState.FULL_SCREEN: Qt.WindowState.WindowFullScreen,
}


class WindowPlace(QObject):
    """Keeps the place of a window whenever it changes, so that a crash loses nothing, and brings it back.

    The state is kept beside Qt's geometry, which Qt refuses on a screen of quite another width.
    """

    def __init__(self, window: QWidget, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self.keep)
        window.installEventFilter(self)

    def bring_back(self) -> None:
        """Give the window the place that was kept, within a screen that is there, or else the usual size."""
        window = self._window
        if not window.restoreGeometry(self._settings.get(GEOMETRY)):
            window.resize(USUAL_SIZE.boundedTo(window.screen().availableSize() - _FRAME))
        if self._settings.is_kept(WINDOW_STATE):
            others = ~(Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen)
            state = window.windowState() & others
            kept = self._settings.get(WINDOW_STATE)
            window.setWindowState(state | _FLAGS.get(kept, Qt.WindowState.WindowNoState))

    def keep(self) -> None:
        """Write it down; of a window that is maximised also where it stood before."""
        self._soon.stop()
        self._settings.set(GEOMETRY, self._window.saveGeometry())
        self._settings.set(WINDOW_STATE, self._state())

    def _state(self) -> WindowState:
        state = self._window.windowState()
        return next((each for each, flag in _FLAGS.items() if state & flag), WindowState.NORMAL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the place has changed."""
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)
        if event.type() in kinds and self._window.isVisible() and not self._window.isMinimized():
            self._soon.start()
        return super().eventFilter(watched, event)
