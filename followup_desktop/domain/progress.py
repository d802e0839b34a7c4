"""What long work calls to say how far it is."""

from __future__ import annotations

from collections.abc import Callable

OnProgress = Callable[[int, int], object]
"""Is called with how much of how much is done, of 0 while that isn't known; what it raises ends the work."""


def ignore_progress(_done: int, _of: int) -> None:
    """Where no one waits for it."""
