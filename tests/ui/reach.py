"""Which controls of a window nobody can reach, be it by scrolling or by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
)  # fmt: skip
_OWN = (Qt.WindowType.Window, Qt.WindowType.Dialog)
_LINES = 2
"""So many lines of what scrolls are to be seen at a time; through less of it nobody finds anything."""


def unreachable(window: QMainWindow) -> Iterator[str]:
    """The controls in the window, and in others beside it, that can't be brought into sight."""
    for top in QApplication.topLevelWidgets():
        if not top.isVisible() or (top is not window and top.windowType() not in _OWN):
            continue
        for widget in top.findChildren(QWidget):
            if not widget.isVisible() or widget.window() is not top or _is_part(widget):
                continue
            if isinstance(widget, QScrollArea) and _is_a_slit(widget, top):
                yield f"{_name(widget)} shows {widget.viewport().height()} pixels of what scrolls"
            if isinstance(widget, CONTROLS) and not _can_be_seen(widget, top):
                yield f"{_name(widget)} at {widget.geometry().getRect()} can't be brought into sight"


def _can_be_seen(widget: QWidget, top: QWidget) -> bool:
    """Whether all of it can, or of something large as much as there is room for."""
    place, part = widget.rect(), widget
    while part is not top and (parent := part.parentWidget()) is not None:
        place.translate(part.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            place = _scrolled_into(place, area)
        if not parent.rect().contains(place):
            return False
        part = parent
    return True


def _scrolled_into(place: QRect, area: QAbstractScrollArea) -> QRect:
    """Where it stands once it has been scrolled to: within the area, along the ways in which that scrolls."""
    room, found = area.viewport().rect(), QRect(place)
    across, down = area.horizontalScrollBar(), area.verticalScrollBar()
    if across.maximum() > across.minimum():
        found.setWidth(min(found.width(), room.width()))
        found.moveLeft(max(room.left(), min(found.left(), room.right() - found.width() + 1)))
    if down.maximum() > down.minimum():
        found.setHeight(min(found.height(), room.height()))
        found.moveTop(max(room.top(), min(found.top(), room.bottom() - found.height() + 1)))
    return found


def _is_a_slit(area: QScrollArea, top: QWidget) -> bool:
    scrolls = area.verticalScrollBar().maximum() > 0
    if not scrolls:
        return False
    return area.viewport().height() < _LINES * area.fontMetrics().lineSpacing()


def _is_part(widget: QWidget) -> bool:
    """What belongs to a control, and is drawn or hidden by it."""
    transparent = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    within = widget.parentWidget()
    return transparent or isinstance(within, QComboBox | QAbstractSpinBox | QLineEdit)


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"
