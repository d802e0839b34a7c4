"""Work on threads of its own, looked after from the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.services.own_thread import OwnThread

T = TypeVar("T")
_LOOK_MS = 20


class WorkerThread(OwnThread, Generic[T]):
    """Runs ``work``, which touches nothing that Qt shows; its ``result`` is asked for when it has ended."""

    def __init__(self, name: str, work: Callable[[], T]) -> None:
        super().__init__(name, lambda: self._keep(work))
        self._made: list[T] = []
        self._error: Exception | None = None
        self._is_given_up = False

    def give_up(self) -> None:
        """Keep nothing of what comes out: an error that nobody takes holds what the work had in memory."""
        self._is_given_up = True
        self._error = None

    def _keep(self, work: Callable[[], T]) -> None:
        """The result, or the error for the window's thread to raise."""
        try:
            self._made.append(work())
        except Exception as error:  # noqa: BLE001
            self._error = error
            if self._is_given_up:  # asked last: it may be given up at any time
                self._error = None

    def result(self) -> T:
        """What came out; raises what the work raised, once: with it goes what the work had in memory."""
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # it leads to this frame
        return self._made[0]


class LatestWork(QObject):
    """One piece of work at a time, each on a thread of its own: what was begun before is given up.

    ``ended`` carries the thread whose ``result`` is there; nothing is heard of what was given up.
    """

    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._current: WorkerThread[object] | None = None
        self._given_up: list[WorkerThread[object]] = []
        """What goes on until it notices."""
        self._wish = _CurrentWish()
        self.destroyed.connect(self._wish.end)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether something is to come."""
        return self._current is not None

    def start(self, name: str, work: Callable[[Callable[[], bool]], object]) -> None:
        """Do this on a thread of that name; ``work`` may ask whether it was given up."""
        self.cancel()
        is_over = self._wish.begin()
        self._current = WorkerThread(name, lambda: work(is_over))
        self._current.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being done."""
        self._wish.end()
        if self._current is not None:
            self._current.give_up()
            self._given_up.append(self._current)
            self._current = None

    def _look(self) -> None:
        current = self._current
        ended = [each for each in (*self._given_up, current) if each is not None and not each.is_alive()]
        for each in ended:
            each.join()  # so that Python looks for cycles again, not first at the next heartbeat
        self._given_up = [each for each in self._given_up if each not in ended]
        if current is not None and current not in ended:
            return
        self._current = None
        if not self._given_up:
            self._timer.stop()
        if current is not None:
            self.ended.emit(current)


class _CurrentWish:
    """What is being done is wanted until it ends: with the next one, or with who asked for it."""

    def __init__(self) -> None:
        self._over = Event()

    def begin(self) -> Callable[[], bool]:
        """Another wish, after the end of the one before; what this gives tells whether it is over."""
        self._over = Event()
        return self._over.is_set

    def end(self) -> None:
        """It is over."""
        self._over.set()
