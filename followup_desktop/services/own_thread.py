"""Work on a thread of its own, beside the window, that nobody waits for."""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Thread

Runner = Callable[[Callable[[], None]], Callable[[float], bool]]
"""Runs work beside the window; what it gives waits for the end so many seconds, and says if it is reached."""


def own_thread(name: str) -> Runner:
    """Runs each work in a thread of that name.

    Meanwhile Python looks for no cycles: so many new objects would have it go through everything there is,
    which at ten thousand applications holds the window up for most of a second. What is made has none.
    """

    def run(work: Callable[[], None]) -> Callable[[float], bool]:
        def undisturbed() -> None:
            gc.disable()
            try:
                work()
            finally:
                gc.enable()

        thread = Thread(target=undisturbed, name=name, daemon=True)
        thread.start()

        def ended(seconds: float) -> bool:
            thread.join(seconds)
            return not thread.is_alive()

        return ended

    return run
