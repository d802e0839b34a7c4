"""What is made, with the modules that it takes, when it is first used: a start has no use for most of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


def later(make: Callable[[], T]) -> T:
    """Stands for what ``make`` gives, which is called once something is asked of it; on any thread."""
    return cast(T, _Later(make))


class _Later(Generic[T]):
    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = RLock()

    def __getattr__(self, name: str) -> Any:
        with self._lock:
            if "_made" not in vars(self):
                self._made = self._make()
        return getattr(self._made, name)
