"""What PySide6 says of a wrong call doesn't change by when its readers of signatures are loaded."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import contextlib
from followup_desktop.system.start.qt_imports import imports_kept_plain
with {around}:
    from PySide6.QtCore import QObject, QPoint, QRect, Qt
    from PySide6.QtGui import QColor
from PySide6.support.signature import get_signature
for wrong in (
    lambda: QRect("a", 1),
    lambda: QPoint().setX([]),
    lambda: QObject(1, 2, 3),
    lambda: QObject(nothing=1),
    lambda: QObject().setParent(Qt),
    lambda: QColor.fromRgb("a", b=1),
):
    try:
        wrong()
    except Exception as error:
        print(type(error), error)
print(get_signature(QRect.intersected), get_signature(QPoint), QPoint.setX.__doc__)
"""
LOADED = """
import builtins, sys
from followup_desktop.system.start.qt_imports import imports_kept_plain
plain = builtins.__import__
with imports_kept_plain():
    import PySide6.QtCore
assert builtins.__import__ is plain
from PySide6 import QtGui
print(*sorted(
    name for name, module in sys.modules.items()
    if name.startswith("shibokensupport.") and "__file__" in vars(module)
))
"""


def said(script: str) -> str:
    """What such a process prints."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_pyside_says_of_wrong_calls_and_of_signatures_what_it_always_says() -> None:
    expected = said(SAID.format(around="contextlib.nullcontext()"))
    assert "QRect" in expected
    assert said(SAID.format(around="imports_kept_plain()")) == expected


def test_what_reads_signatures_is_not_loaded_with_qt() -> None:
    support = "shibokensupport"
    here = {"feature", "signature", "signature.importhandler", "signature.lib", "signature.loader"}
    assert said(LOADED).split() == sorted(f"{support}.{name}" for name in here)
