"""What the sentence at the foot of a window covers, though it is needed or read."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.kit.widgets.roles import ItemFrame
from followup_desktop.ui.today.row_buttons import RowButton
from followup_desktop.ui.window.main_window import MainWindow

NEEDED = (
    *(QAbstractButton, QLabel, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView),
    *(ItemFrame, EntryFrame),
)
"""What one presses, reads, or types into."""


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def covered(window: MainWindow) -> Iterator[str]:
    """What lies below the sentence and is pressed or read, or has the keyboard."""
    toast = window.toast
    for widget in window.findChildren(QWidget):
        if toast.isAncestorOf(widget) or widget.window() is not window or not widget.isVisible():
            continue
        if not isinstance(widget, NEEDED) or (isinstance(widget, RowButton) and not widget.is_drawn):
            continue
        if not lies_over(widget, toast) and seen_of(widget, window).intersects(toast.geometry()):
            yield f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


def lies_over(widget: QWidget, toast: QWidget) -> bool:
    """Whether it is part of what was opened over the sentence, as the palette."""
    window = toast.window()
    in_order = [each for each in window.children() if isinstance(each, QWidget)]
    part = next(each for each in in_order if each is widget or each.isAncestorOf(widget))
    return in_order.index(part) > in_order.index(toast)


def seen_of(widget: QWidget, window: QWidget) -> QRect:
    """As much of a widget as can be seen: of a list its rows, of a label with no words nothing."""
    seen, part = widget.rect(), widget
    if isinstance(widget, QLabel) and not widget.text():
        return QRect()
    if isinstance(widget, QAbstractItemView):
        last = widget.model().index(widget.model().rowCount() - 1, 0) if widget.model() else None
        if last is None or not last.isValid():
            return QRect()
        seen.setBottom(min(seen.bottom(), widget.visualRect(last).bottom()))
        seen = seen.intersected(widget.viewport().geometry())
    elif isinstance(widget, QAbstractScrollArea):
        seen = widget.viewport().geometry()
    while part is not window and (around := part.parentWidget()) is not None:
        seen, part = seen.translated(part.pos()).intersected(around.rect()), around
    return seen
