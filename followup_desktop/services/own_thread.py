"""Work on a thread of its own, beside the window, that nobody waits for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def without_collector() -> Iterator[None]:
    """Python looks for no cycles in this block, on any thread.

    So many new objects would have it go through everything there is, which at ten thousand applications holds
    the window up for most of a second, and takes a sixth of an import. What is made has none.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


Runner = Callable[[Callable[[], None]], Callable[[float], bool]]
"""Runs work beside the window; what it gives waits for the end so many seconds, and says if it is reached."""


def own_thread(name: str) -> Runner:
    """Runs each work in a thread of that name, ``without_collector``."""

    def run(work: Callable[[], None]) -> Callable[[float], bool]:
        def undisturbed() -> None:
            with without_collector():
                work()

        thread = Thread(target=undisturbed, name=name, daemon=True)
        thread.start()

        def ended(seconds: float) -> bool:
            thread.join(seconds)
            return not thread.is_alive()

        return ended

    return run
