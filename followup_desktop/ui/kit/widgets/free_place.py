"""Where something can lie over the window without covering what is pressed, typed into or read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
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
from followup_desktop.ui.kit.widgets.card import Card
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.roles import ItemFrame

_LARGE = 0.25
"""Of what has the keyboard and is higher than this share of the window, the current line is kept free."""

STAYS_IN_SIGHT = "staysInSight"
"""The property of what is to be read until it is answered or closed: nothing lies over it."""

IS_READ = "isRead"
"""The property of what is drawn to be read all over, as a calendar, a chart, or a list that is empty."""

Heights = Callable[[int], int]
"""The height that something needs in a width."""


@dataclass(frozen=True, slots=True)
class OccupiedAreas:
    """Where what can be seen stands in a window.

    ``needed`` is what is pressed, what has the keyboard, why a field was not accepted, and bars that wait
    for an answer; ``read`` are the fields, the texts, the rows of lists, and what is drawn; ``cards`` are
    the grounds on which the parts of a view lie.
    """

    needed: list[QRect]
    read: list[QRect]
    cards: list[QRect]


def occupied_areas(window: QWidget, without: QWidget, within: QRect | None = None) -> OccupiedAreas:
    """Where what can be seen stands in a window, but for what is in one part; as far as it is ``within``."""
    needed, read = keyboard_in(window, without), list[QRect]()
    cards = list[QRect]()
    for widget, origin, seen in _seen_in(window, without, within):
        if _is_needed(widget):
            found, part = needed, widget.rect()
        else:
            found, part = read, _read_of(widget)
        if isinstance(widget, Card | QAbstractItemView):
            cards.append(seen)
        place = part.translated(origin).intersected(seen)
        if not (place.isEmpty() or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)):
            found.append(place)
    return OccupiedAreas(needed, read, cards)


def pressed_in(window: QWidget, without: QWidget) -> dict[QAbstractButton, QRect]:
    """Where the buttons stand that can be seen whole in a window, but for those in one part."""
    return {
        widget: seen
        for widget, _origin, seen in _seen_in(window, without)
        if isinstance(widget, QAbstractButton)
        and seen.size() == widget.size()
        and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    }


def _seen_in(
    window: QWidget, without: QWidget, within: QRect | None = None
) -> Iterator[tuple[QWidget, QPoint, QRect]]:
    """What can be seen in a window but for one part: each with its origin there, and as much as is in sight.

    What lies over it is not asked. A page that is hidden, or scrolled away, isn't entered.
    """
    waiting = [(window, QPoint(), window.rect() if within is None else within)]
    for around, origin, sight in waiting:
        for widget in around.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if widget.isHidden() or widget.isWindow() or widget is without:
                continue
            begin = origin + widget.pos()
            seen = widget.rect().translated(begin).intersected(sight)
            if not seen.isEmpty():
                waiting.append((widget, begin, seen))
                yield widget, begin, seen


def _is_needed(widget: QWidget) -> bool:
    if isinstance(widget, Button):
        return widget.is_drawn
    if isinstance(widget, Hint):
        return bool(widget.sentence)
    return isinstance(widget, QAbstractButton | QMenuBar) or bool(widget.property(STAYS_IN_SIGHT))


def _read_of(widget: QWidget) -> QRect:
    """The part of a widget that is read."""
    if isinstance(widget, QAbstractItemView) and not widget.property(IS_READ):
        return _rows_of(widget).translated(widget.viewport().pos())
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return widget.viewport().geometry()
    is_read = (
        isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox | ItemFrame)
        or (isinstance(widget, QLabel) and bool(widget.text()))
        or widget.property(IS_READ)
    )
    return widget.rect() if is_read else QRect()


def _rows_of(view: QAbstractItemView) -> QRect:
    """The part of a list or a table that rows fill, over all its width."""
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
