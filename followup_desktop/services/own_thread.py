"""Work on a thread of its own, beside the window, that nobody waits for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock, Thread


class _Collector:
    """Python's search for cycles, which is off while any block on any thread wants it to be."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks = 0
        self._was_on = False

    @contextmanager
    def off(self) -> Iterator[None]:
        """Off in this block: the last that ends puts it on again, if it was."""
        with self._lock:
            if not self._blocks:
                self._was_on = gc.isenabled()
                gc.disable()
            self._blocks += 1
        try:
            yield
        finally:
            with self._lock:
                self._blocks -= 1
                if not self._blocks and self._was_on:
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


class OwnThread(Thread):
    """Runs ``work`` ``without_collector``, and doesn't keep the program from ending."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        super().__init__(target=work, name=name, daemon=True)

    def run(self) -> None:
        with without_collector():
            super().run()


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
