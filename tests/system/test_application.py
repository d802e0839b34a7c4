"""The end that the system asks for, over a window that will not close."""

from __future__ import annotations

import os
import subprocess
import sys

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

qt = DesktopApplication(sys.argv[:1], end)
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
