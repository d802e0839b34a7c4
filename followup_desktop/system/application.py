"""The application as Qt has it, and the end that the system asks of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


class DesktopApplication(QApplication):
    """Calls ``end`` when the system wants the program to end: the session's end, Quit in the Dock of macOS.

    Left to itself Qt asks every window to close, and one that hides in the tray instead would refuse, which
    on macOS holds up the log-out.
    """

    def __init__(self, arguments: Sequence[str], end: Callable[[], None]) -> None:
        super().__init__(list(arguments))
        self._end = end

    def event(self, event: QEvent, /) -> bool:
        """Take the wish to quit as the system's."""
        if event.type() is QEvent.Type.Quit:
            self._end()
            return True
        return super().event(event)
