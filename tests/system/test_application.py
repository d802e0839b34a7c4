"""The end that the system asks for, over a window that will not close; a click in the Dock of macOS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from followup_desktop.system.application import DockClicks

_ASKED_TO_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from followup_desktop.system.application import DesktopApplication

class Staying(QWidget):
    def closeEvent(self, event: QCloseEvent) -> None:
        print("asked to close")
        event.ignore()

def end() -> None:
    print("ended")
    qt.exit(3)

qt = DesktopApplication(sys.argv[:1], end, lambda: None)
qt.setQuitOnLastWindowClosed(False)
window = Staying()
window.show()
QTimer.singleShot(0, qt.quit)
QTimer.singleShot(10_000, lambda: qt.exit(4))
sys.exit(qt.exec())
"""


def test_a_window_that_hides_does_not_hold_up_the_end_of_the_session() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _ASKED_TO_QUIT],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "ended\n")


class Dock:
    """A program on a platform; ``shown`` counts how often its window was asked for."""

    def __init__(self, qapp: QApplication, platform: str, *, hidden: bool) -> None:
        self._qapp = qapp
        self.is_shown = not hidden
        self.shown = 0
        self.clicks = DockClicks(
            qapp, platform, hidden=hidden, is_shown=lambda: self.is_shown, show=self._show
        )

    def click(self) -> None:
        self._qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)

    def leave(self) -> None:
        self._qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)

    def _show(self) -> None:
        self.is_shown = True
        self.shown += 1


Start = Callable[[str, bool], Dock]


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Start]:
    """Starts a program on a platform, hidden or not."""
    started: list[Dock] = []

    def make(platform: str, hidden: bool) -> Dock:
        started.append(Dock(qapp, platform, hidden=hidden))
        return started[-1]

    yield make
    for each in started:
        each.clicks.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_click_in_the_dock_shows_a_window_that_is_hidden(start: Start) -> None:
    dock = start("darwin", False)
    dock.click()
    assert dock.shown == 0
    dock.is_shown = False
    dock.leave()
    assert dock.shown == 0
    dock.click()
    dock.click()
    assert dock.shown == 1


def test_a_hidden_start_stays_hidden_though_it_is_made_active(start: Start) -> None:
    dock = start("darwin", True)
    dock.click()
    assert dock.shown == 0
    dock.click()
    assert dock.shown == 1


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_elsewhere_becoming_active_shows_nothing(start: Start, platform: str) -> None:
    dock = start(platform, True)
    dock.click()
    dock.click()
    assert dock.shown == 0
