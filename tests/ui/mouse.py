"""The mouse as a person uses it, where QTest leaves something out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def double_click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click twice, in the middle if no place is given, and let go: ``mouseDClick`` keeps the button down."""
    place = widget.rect().center() if at is None else at
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=place)
