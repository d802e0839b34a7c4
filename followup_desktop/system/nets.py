"""The last nets: where an error ends up that nothing handled, instead of a traceback on standard error."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any


@contextmanager
def last_nets(caught: Callable[[BaseException], None]) -> Iterator[None]:
    """Within it, ``caught`` is given what no code handles: in a slot, an event, a thread, or a destructor.

    An error of ``caught`` itself goes nowhere.
    """

    def hand_on(error: BaseException | None) -> None:
        try:
            if error is not None:
                caught(error)
        except Exception:  # noqa: BLE001 - there is no net below this one
            return

    def of_a_slot(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        hand_on(error)

    def elsewhere(arguments: Any) -> None:
        hand_on(arguments.exc_value)

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = of_a_slot, elsewhere, elsewhere
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
