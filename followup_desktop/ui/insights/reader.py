"""Figures in the making: at once where that is quick, else beside the window."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.services.progress import Cancelled
from followup_desktop.services.reading.insights import Figures, InsightQuery
from followup_desktop.ui.kit.worker_thread import WorkerThread

_LOOK_MS = 20

Count = Callable[[InsightQuery, Callable[[], bool]], Figures]
"""Counts on any thread, until the second says that it is given up."""


class FiguresReader(QObject):
    """Counts one query at a time; ``found`` carries the figures, ``failed`` why there are none."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, count: Count, parent: QObject) -> None:
        super().__init__(parent)
        self._count = count
        self._work: WorkerThread[Figures] | None = None
        self._given_up = Event()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether figures are on their way."""
        return self._work is not None

    def start(self, query: InsightQuery) -> None:
        """Count this, and no longer what was asked before."""
        self.cancel()
        given_up = self._given_up = Event()
        self.destroyed.connect(given_up.set)
        self._work = WorkerThread("figures", lambda: self._count(query, given_up.is_set))
        self._work.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being counted."""
        self._timer.stop()
        self._given_up.set()
        self._work = None

    def _look(self) -> None:
        work = self._work
        if work is None or work.is_alive():
            return
        self._timer.stop()
        self._work = None
        try:
            figures = work.result()
        except Cancelled:
            return
        except Refused as refusal:
            self.failed.emit(str(refusal))
            return
        self.found.emit(figures)
