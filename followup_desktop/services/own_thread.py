"""Work on a thread of its own, beside the window, that nobody waits for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock, Thread, current_thread, main_thread


class _Collector:
    """Python's search for cycles, which is off while any block on any thread wants it to be."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks = 0
        self._was_on = False
        self._is_due = False
        """Whether it is to be on again, and isn't yet."""

    @contextmanager
    def off(self) -> Iterator[None]:
        """Off in this block: after the last that ends it is on again, if it was, as ``resume`` says."""
        with self._lock:
            if not self._blocks:
                self._was_on, self._is_due = gc.isenabled() or self._is_due, False
                gc.disable()
            self._blocks += 1
        try:
            yield
        finally:
            with self._lock:
                self._blocks -= 1
                self._is_due = self._was_on and not self._blocks
            self.resume()

    def resume(self) -> None:
        """Put it on again where that is due, on the main thread alone: it begins on the thread that does."""
        with self._lock:
            if self._is_due and current_thread() is main_thread():
                self._is_due = False
                gc.enable()


_COLLECTOR = _Collector()


def without_collector() -> AbstractContextManager[None]:
    """Python looks for no cycles in this block, on any thread.

    It would look for them on whatever thread makes an object, and might give up things of Qt, such as timers,
    that only the window's thread may touch. So many new objects would also have it go through everything
    there is, which at ten thousand applications holds the window up for most of a second, and takes a sixth
    of an import. What is made has none.
    """
    return _COLLECTOR.off()


def resume_collector() -> None:
    """Let Python look for cycles again if the last of such blocks has ended on another thread than this."""
    _COLLECTOR.resume()


class OwnThread(Thread):
    """Runs ``work`` ``without_collector``, and doesn't keep the program from ending."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        super().__init__(target=work, name=name, daemon=True)

    def run(self) -> None:
        with without_collector():
            super().run()

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        resume_collector()


Runner = Callable[[Callable[[], None]], Callable[[float], bool]]
"""Runs work beside the window; what it gives waits for the end so many seconds, and says if it is reached."""


def own_thread(name: str) -> Runner:
    """Runs each work in an ``OwnThread`` of that name."""

    def run(work: Callable[[], None]) -> Callable[[float], bool]:
        thread = OwnThread(name, work)
        thread.start()

        def ended(seconds: float) -> bool:
            thread.join(seconds)
            return not thread.is_alive()

        return ended

    return run
