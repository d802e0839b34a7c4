"""Ending in good order when the operating system asks for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, the end of the session, the end of the terminal."""


class TerminationWatch(QObject):
    """Calls ``ask_to_end`` from the event loop when the process is asked to end (SIGINT, SIGTERM, SIGHUP).

    Python handles a signal only when it runs its own code, and Qt's loop may sleep for long; the wake-up
    descriptor brings the signal into the loop at once. A signal that is ignored at the start, as ``nohup``
    has it, stays ignored.
    """

    def __init__(self, ask_to_end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask_to_end = ask_to_end
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        self._numbers = [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]
        for number in self._numbers:
            # Without a handler of Python's own nothing is written to the descriptor.
            signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Stop watching because the process ends; a second request must not break off what it still does."""
        self._notifier.setEnabled(False)
        for number in self._numbers:
            signal.signal(number, signal.SIG_IGN)
        signal.set_wakeup_fd(-1)
        os.close(self._reader)
        os.close(self._writer)

    def _woken(self) -> None:
        if set(self._numbers) & set(os.read(self._reader, 64)):
            self._ask_to_end()
