"""The windows of a program are taken down so that nothing is deleted twice."""

from __future__ import annotations

import subprocess
import sys

_COMPLETERS = """
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget
from followup_desktop.system.shutdown import take_down_windows

app = QApplication([])
window = QWidget()
lines = QVBoxLayout(window)
for number in range(20):
    line = QLineEdit()
    lines.addWidget(line)
    line.setCompleter(QCompleter(["Acme", "Globex"], line))
    line.completer().setPopup(QListView())
window.show()
line.completer().complete()
app.processEvents()
take_down_windows(app)
print(len(app.topLevelWidgets()))
"""


def test_the_popup_of_a_completer_goes_with_its_field() -> None:
    """In which order Qt tells of the windows is chance: with twenty one is sure to come before its field."""
    done = subprocess.run(
        [sys.executable, "-c", _COMPLETERS],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr
