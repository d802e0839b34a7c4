"""What is read beside the window, to be shown when it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.services.background_work import BackgroundWork, Session
from followup_desktop.services.progress import Cancelled
from followup_desktop.ui.kit.worker_thread import LatestWork, WorkerThread

T = TypeVar("T")


class BackgroundReader(QObject):
    """Reads one thing at a time; ``found`` carries it, ``failed`` why there is none."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, background: BackgroundWork, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._work = LatestWork(self)
        self._work.ended.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return self._work.is_busy

    def start(self, name: str, read: Callable[[Session], T]) -> None:
        """Read this on a thread of that name, and no longer what was asked before."""
        background = self._background
        self._work.start(name, lambda is_over: background.run(read, is_over))

    def cancel(self) -> None:
        """Give up what is being read."""
        self._work.cancel()

    def _take(self, work: WorkerThread[object]) -> None:
        try:
            found = work.result()
        except Cancelled:
            return
        except Refused as refusal:
            self.failed.emit(str(refusal))
            return
        self.found.emit(found)
