"""What PySide6 says of a wrong call doesn't change by when its patterns are compiled."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import contextlib, re, sys
from followup_desktop.system.qt_patterns import patterns_put_off
plain = re.compile
with {around}:
    from PySide6.QtCore import QObject, QPoint, QRect
    from PySide6.support.signature import get_signature
assert re.compile is plain
for wrong in (lambda: QRect("a", 1), lambda: QPoint().setX([]), lambda: QObject(1, 2, 3)):
    try:
        wrong()
    except Exception as error:
        print(error)
print(get_signature(QRect.intersected), get_signature(QPoint))
"""


def said(around: str) -> str:
    """What a process says that loaded PySide6 so."""
    command = [sys.executable, "-c", SAID.format(around=around)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_pyside_says_of_wrong_calls_and_of_signatures_what_it_always_says() -> None:
    expected = said("contextlib.nullcontext()")
    assert "QRect" in expected
    assert said("patterns_put_off()") == expected
