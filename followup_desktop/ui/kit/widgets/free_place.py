"""Where something can lie over the window without covering what is pressed or typed into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.roles import ItemFrame

_LARGE = 0.25
"""Of what has the keyboard and is higher than this share of the window, the current line is kept free."""

STAYS_IN_SIGHT = "staysInSight"
"""The property of what is to be read until it is answered or closed: nothing lies over it."""

Heights = Callable[[int], int]
"""The height that something needs in a width."""


def buttons_in(window: QWidget, without: QWidget) -> list[QRect]:
    """Where the buttons that can be seen stand in a window, but for those in one part; its menu bar, too."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QMenuBar) or without.isAncestorOf(widget):
            continue
        drawn = not isinstance(widget, Button) or widget.is_drawn
        if drawn and (place := _in_sight(widget, widget.rect(), window)):
            found.append(place)
    return found


def fields_in(window: QWidget) -> list[QRect]:
    """Where the lines and choices that can be seen stand in a window."""
    kinds = QLineEdit | QComboBox | QAbstractSpinBox
    fields = (each for each in window.findChildren(QWidget) if isinstance(each, kinds))
    return [place for each in fields if (place := _in_sight(each, each.rect(), window))]


def refusals_in(window: QWidget) -> list[QRect]:
    """Where it is said below a field why it was not accepted."""
    hints = (each for each in window.findChildren(Hint) if each.said)
    return [place for each in hints if (place := _in_sight(each, each.rect(), window))]


def bars_in(window: QWidget) -> list[QRect]:
    """Where what is to be read until it is answered or closed stands in a window."""
    bars = (each for each in window.findChildren(QWidget) if each.property(STAYS_IN_SIGHT))
    return [place for each in bars if (place := _in_sight(each, each.rect(), window))]


def words_in(window: QWidget, without: QWidget) -> list[QRect]:
    """Where the texts and the rows of lists that can be seen stand in a window, but for those in one part."""
    found = []
    for widget in window.findChildren(QWidget):
        if without.isAncestorOf(widget):
            continue
        if isinstance(widget, ItemFrame) or (isinstance(widget, QLabel) and widget.text()):
            found.append(_in_sight(widget, widget.rect(), window))
        elif isinstance(widget, QAbstractItemView) and widget.isVisibleTo(window):
            found.append(_in_sight(widget.viewport(), _rows_of(widget), window))
    return [place for place in found if place]


def _rows_of(view: QAbstractItemView) -> QRect:
    """As much of a list or a table as rows fill, over all its width."""
    rows = view.model().rowCount() if view.model() is not None else 0
    if not rows:
        return QRect()
    last = view.visualRect(view.model().index(rows - 1, 0))
    bottom = last.bottom() if last.isValid() else view.viewport().height()
    return QRect(0, 0, view.viewport().width(), min(bottom + 1, view.viewport().height()))


def keyboard_in(window: QWidget, without: QWidget) -> list[QRect]:
    """Where the keyboard is in a window: the field, or in what is large its current row or line."""
    focus = window.focusWidget()
    if focus is None or without.isAncestorOf(focus) or focus is window:
        return []
    part = focus.rect()
    if isinstance(focus, QAbstractItemView):
        part = focus.visualRect(focus.currentIndex())
        focus = focus.viewport()
    elif focus.height() >= _LARGE * window.height():
        if not isinstance(focus, QTextEdit | QPlainTextEdit):
            return []
        part = focus.cursorRect()
        part.setLeft(0)
        part.setWidth(focus.viewport().width())
        focus = focus.viewport()
    place = _in_sight(focus, part, window)
    return [place] if place else []


def free_place(
    room: QRect, widths: Sequence[int], height: Heights, kept_free: Iterable[QRect], gap: int
) -> QRect | None:
    """The lowest place in ``room`` that leaves all of these free, near the middle, and as wide as can be.

    ``None`` if there is none. It keeps a ``gap`` to each of them.
    """
    taken = [each.adjusted(-gap, -gap, gap, gap) for each in kept_free]
    taken = [each for each in taken if each.intersects(room)]
    for bottom in sorted({room.bottom(), *(each.top() - 1 for each in taken)}, reverse=True):
        for width in widths:
            tall = height(width)
            if bottom - tall + 1 < room.top():
                continue
            band = QRect(room.left(), bottom - tall + 1, room.width(), tall)
            background = [each for each in taken if each.intersects(band)]
            for left in _lefts(room, width, background):
                place = QRect(left, band.top(), width, tall)
                if not any(each.intersects(place) for each in background):
                    return place
    return None


def _lefts(room: QRect, width: int, background: Sequence[QRect]) -> Iterator[int]:
    """Where it may begin so as to touch what stands beside it, from the middle of the room outwards."""
    middle = room.left() + (room.width() - width) // 2
    last = room.right() - width + 1
    found = {middle, room.left(), last}
    for each in background:
        found |= {each.left() - width, each.right() + 1}
    yield from sorted((x for x in found if room.left() <= x <= last), key=lambda x: (abs(x - middle), x))


def _in_sight(widget: QWidget, part: QRect, window: QWidget) -> QRect | None:
    """The part of a widget that can be seen, in the window's coordinates; what lies over it is not asked."""
    if not widget.isVisibleTo(window) or widget.testAttribute(
        Qt.WidgetAttribute.WA_TransparentForMouseEvents
    ):
        return None
    place = QRect(part)
    while widget is not window:
        place = place.intersected(widget.rect()).translated(widget.pos())
        parent = widget.parentWidget()
        if parent is None or place.isEmpty():
            return None
        widget = parent
    return place.intersected(window.rect())
