"""What the window costs with ten thousand applications, as a ratio to what it costs with a hundred.

``python -m tests.benchmarks.bench_window``. Both windows are measured in turn in one process, without a
display: how long the thread that paints works, which is how long the window would not answer.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests.benchmarks.many import many
from tests.ui.desk import Desk, page_of

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
FEW, MANY = 100, 10_000
ROUNDS = 7


class Case:
    """A window over so many applications; each measure gives the seconds that it took."""

    def __init__(self, count: int, folder: Path, theme: Theme) -> None:
        folder.mkdir()
        self._folder = folder
        self._theme = theme
        self._notes = cycle(("Called", "Wrote"))
        self._letters = cycle(("acme", "acm"))
        desk = Desk(folder, many(count, NOW), NOW)
        desk.store.close()
        self._open()

    def edit(self) -> float:
        """The refresh after an edit of one application, Today being shown."""
        self.window.show_view("today")
        QCoreApplication.processEvents()
        self.desk.tracker.edit_application("a00001", notes=next(self._notes))
        return self._refreshed - self._committed

    def today(self) -> float:
        """Today as it is now, from another view."""
        self.window.show_view("settings")
        QCoreApplication.processEvents()

        def show() -> None:
            self.window.tick()
            self.window.show_view("today")

        return _seconds(show)

    def opening(self) -> float:
        """The first time that Applications is shown."""
        self.close()
        self._open()
        return _seconds(lambda: self.window.show_view("applications"))

    def keystroke(self) -> float:
        """One letter more or less in the search, Applications being shown."""
        self.window.show_view("applications")
        QCoreApplication.processEvents()
        return _seconds(
            lambda: page_of(self.window, ApplicationsView).list.set_search_text(next(self._letters))
        )

    def close(self) -> None:
        """Give everything back."""
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.desk.close()

    def _open(self) -> None:
        self.desk = Desk(self._folder, now=NOW)
        self._committed = self._refreshed = 0.0
        self.desk.store.subscribe(lambda _changes: setattr(self, "_committed", time.thread_time()))
        self.window = self.desk.window(self._theme)
        self.desk.store.subscribe(lambda _changes: setattr(self, "_refreshed", time.thread_time()))
        self.window.resize(1280, 800)
        self.window.show()
        QCoreApplication.processEvents()


def _seconds(act: Callable[[], None]) -> float:
    """How long this thread works until it is painted."""
    begun = time.thread_time()
    act()
    QCoreApplication.processEvents()
    return time.thread_time() - begun


def main() -> int:
    """Measure and print; returns the exit status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    theme = Theme(application, IconSet(icon_folder()), ThemeChoice.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        cases = [Case(count, Path(folder, str(count)), theme) for count in (FEW, MANY)]
        for name in ("edit", "today", "opening", "keystroke"):
            found: list[list[float]] = [[] for _ in cases]
            for number in range(1 + ROUNDS):
                for case, taken in zip(cases, found, strict=True):
                    seconds = getattr(case, name)()
                    if number:  # the first time only brings everything into memory
                        taken.append(1000 * seconds)
            few, much = (statistics.median(taken) for taken in found)
            sys.stdout.write(
                f"{name}: {few:.0f} ms with {FEW}, {much:.0f} ms with {MANY}: {much / few:.1f}\n"
            )
        for case in cases:
            case.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
