"""Qt that was loaded ahead of its use is as it always is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is loaded ahead")

LOADED = """
import sys, threading
from pathlib import Path
from followup_desktop.system.start.qt_ahead import LOADER, load_qt_ahead
load_qt_ahead(sys.argv[1:])
for thread in threading.enumerate():
    if thread.name == LOADER:
        thread.join()
print("libQt6Widgets" in Path("/proc/self/maps").read_text(), "PySide6" in sys.modules)
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QLabel
qt = QApplication([])
print(QThread.isMainThread(), qt.thread() is QThread.currentThread())
label = QLabel("Follow Up")
label.show()
qt.processEvents()
"""


def done(*words: str) -> tuple[list[str], str]:
    """What a process prints for such a command line, and what it complains of."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stdout.split(), ended.stderr


@pytest.mark.parametrize("words", [(), ("--data-dir", "/tmp/jobs"), ("--background",)])
def test_libraries_are_loaded_for_a_window_and_the_main_thread_stays_that(words: tuple[str, ...]) -> None:
    assert done(*words) == (["True", "False", "True", "True"], "")


@pytest.mark.parametrize("words", [("due",), ("--data-dir", "/tmp/jobs", "notify-test")])
def test_none_is_loaded_for_a_command(words: tuple[str, ...]) -> None:
    assert done(*words)[0][0] == "False"
