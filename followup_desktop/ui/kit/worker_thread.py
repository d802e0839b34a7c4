"""One piece of work on a thread of its own, looked after from the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from followup_desktop.services.own_thread import OwnThread

T = TypeVar("T")


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
