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
        self._given_up: list[WorkerThread[object]] = []
        """What goes on until it notices."""
        self._wish = _CurrentWish()
        self.destroyed.connect(self._wish.end)
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
        is_over = self._wish.begin()
        background = self._background
        self._work = WorkerThread(name, lambda: background.run(read, is_over))
        self._work.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being read."""
        self._wish.end()
        if self._work is not None:
            self._work.give_up()
            self._given_up.append(self._work)
            self._work = None

    def _look(self) -> None:
        ended = [each for each in (*self._given_up, self._work) if each is not None and not each.is_alive()]
        for each in ended:
            each.join()  # so that Python looks for cycles again, not first at the next heartbeat
        self._given_up = [each for each in self._given_up if each not in ended]
        work = self._work
        if work is not None and work not in ended:
            return
        self._work = None
        if not self._given_up:
            self._timer.stop()
        if work is None:
            return
        try:
            found = work.result()
        except Cancelled:
            return
        except Refused as refusal:
            self.failed.emit(str(refusal))
            return
        self.found.emit(found)


class _CurrentWish:
    """What is being read is wanted until it ends: with the next one, or with the reader."""

    def __init__(self) -> None:
        self._over = Event()

    def begin(self) -> Callable[[], bool]:
        """Another wish, after the end of the one before; what this gives tells whether it is over."""
        self._over = Event()
        return self._over.is_set

    def end(self) -> None:
        """It is over."""
        self._over.set()
