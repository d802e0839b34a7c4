"""Scrolls sideways while a card is held near an edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea

_EDGE = 48
"""So near an edge, in pixels, a card that is held there scrolls what lies beyond into sight."""
_STEP = 18
_BEAT_MS = 25


class EdgeScroll(QObject):
    """Told where the pointer is, it scrolls the area as long as that is near the left or the right edge."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._scroll)

    def hold(self, where: QPoint) -> None:
        """The pointer is there on the screen."""
        x = self._area.viewport().mapFromGlobal(where).x()
        width = self._area.viewport().width()
        self._step = -_STEP if x < _EDGE else _STEP if x > width - _EDGE else 0
        if self._step:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """The card was dropped, or is elsewhere."""
        self._timer.stop()

    def _scroll(self) -> None:
        bar = self._area.horizontalScrollBar()
        bar.setValue(bar.value() + self._step)
