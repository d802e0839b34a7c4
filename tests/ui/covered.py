"""What the sentence at the foot of a window covers, though it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from followup_desktop.ui.today.row_buttons import RowButton
from followup_desktop.ui.window.main_window import MainWindow


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def covered(window: MainWindow) -> Iterator[str]:
    """What lies below the sentence and is pressed, or has the keyboard."""
    toast = window.toast
    for button in window.findChildren(QAbstractButton):
        if toast.isAncestorOf(button) or (isinstance(button, RowButton) and not button.is_drawn):
            continue
        seen, part = button.rect(), button.parentWidget()
        place = button.pos()
        while part is not None and part is not window:
            seen = seen.translated(place).intersected(part.rect())
            place, part = part.pos(), part.parentWidget()
        seen.translate(place)
        if button.isVisible() and seen.intersects(toast.geometry()):
            yield button.accessibleName() or button.text()
    focus = window.focusWidget()
    if isinstance(focus, QLineEdit) and place_of(focus, window).intersects(toast.geometry()):
        yield focus.accessibleName()
