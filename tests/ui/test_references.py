"""Qt may be called as often as one likes, on every Python that is supported."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

import followup_desktop.ui


def test_calls_never_use_up_a_constant() -> None:
    thing = QObject()
    assert followup_desktop.ui.__doc__
    for _ in range(20_000):
        thing.setObjectName("x")
    for constant in (None, True, False):
        assert sys.getrefcount(constant) > 1_000_000
