"""Ending in good order when the operating system asks for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class TerminationWatch(QObject):
    """Calls back from the event loop when the process is asked to end (SIGINT, SIGTERM).

    Python handles a signal only when it runs its own code, and Qt's loop may sleep for long; the wake-up
    descriptor brings the signal into the loop at once.
    """

    def __init__(self, ask_to_end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask_to_end = ask_to_end
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            # Without a handler of Python's own nothing is written to the descriptor.
            signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Stop watching; the signals do again what they do by themselves."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(self._reader)
        os.close(self._writer)

    def _woken(self) -> None:
        numbers = os.read(self._reader, 64)
        if {signal.SIGINT, signal.SIGTERM} & set(numbers):
            self._ask_to_end()
