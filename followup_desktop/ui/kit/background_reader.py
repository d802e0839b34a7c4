"""What is read beside the window, to be shown when it is there."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.services.background_work import BackgroundWork, Session
from followup_desktop.services.progress import Cancelled
from followup_desktop.ui.kit.worker_thread import WorkerThread

T = TypeVar("T")
_LOOK_MS = 20


class BackgroundReader(QObject):
    """Reads one thing at a time; ``found`` carries it, ``failed`` why there is none."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, background: BackgroundWork, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._work: WorkerThread[object] | None = None
        self._given_up = Event()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return self._work is not None

    def start(self, name: str, read: Callable[[Session], T]) -> None:
        """Read this on a thread of that name, and no longer what was asked before."""
        self.cancel()
        given_up = self._given_up = Event()
        self.destroyed.connect(given_up.set)
        background = self._background
        self._work = WorkerThread(name, lambda: background.run(read, given_up.is_set))
        self._work.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being read."""
        self._timer.stop()
        self._given_up.set()
        self._work = None

    def _look(self) -> None:
        work = self._work
        if work is None or work.is_alive():
            return
        self._timer.stop()
        self._work = None
        work.join()  # so that Python looks for cycles again, not first at the next heartbeat
        try:
            found = work.result()
        except Cancelled:
            return
        except Refused as refusal:
            self.failed.emit(str(refusal))
            return
        self.found.emit(found)
