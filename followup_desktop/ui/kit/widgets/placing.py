"""When what is in a layout gets its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


@contextmanager
def placed_once(*layouts: QLayout | None) -> Iterator[None]:
    """What is in these layouts is placed when all of it is there.

    Else a widget that is shown has the layouts around it place everything at once, in the heights of before.
    """
    found = [layout for layout in layouts if layout is not None]
    for layout in found:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in found:
            layout.setEnabled(True)


def take_heights(area: QScrollArea, *parts: QWidget) -> None:
    """Let these parts of what scrolls, the innermost first, take the heights of what is in them now.

    From outside to inside, each is placed once, where all of it has room; Qt would take a turn for each.
    """
    layouts = [layout for part in parts if (layout := part.layout()) is not None]
    for part, layout in zip(parts, layouts, strict=True):
        _invalidate(layout)
        part.updateGeometry()
    QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))
    for layout in reversed(layouts):
        layout.activate()


def read_as_placed(layout: QLayout) -> None:
    """Let assistive technology and the Tab key come to what is in the layout in the order of their places.

    A layout says where each is drawn; both others go by when each was made.
    """
    around = layout.parentWidget()
    if around is None:
        return
    parts = [part for part in _widgets(layout) if part.parentWidget() is around]
    wanted = set(parts)
    if [child for child in around.children() if child in wanted] == parts:
        return
    for part in parts:
        part.raise_()
    reached: list[QWidget] = []
    belongs: dict[QWidget, list[QWidget]] = {part: [] for part in parts}
    for stop in _reached(around):
        inner: QWidget | None = stop
        while inner is not None and inner not in belongs:
            inner = inner.parentWidget()
        if inner is not None:
            belongs[inner].append(stop)
            reached.append(stop)
    stops = [stop for part in parts for stop in belongs[part]]
    if stops and stops[0] is not reached[0]:
        QWidget.setTabOrder(reached[0], stops[0])  # Qt puts one behind another; all stay where the first was
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _reached(start: QWidget) -> Iterator[QWidget]:
    """What the Tab key could come to after it; the others keep their place, and Qt moves none of them."""
    return (stop for stop in focus_chain(start) if stop.focusPolicy() is not Qt.FocusPolicy.NoFocus)


def focus_chain(start: QWidget) -> Iterator[QWidget]:
    """The widgets of the window that come after this one in Qt's chain, until that comes round to it."""
    stop = _after(start)
    while stop is not None and stop is not start:
        yield stop
        stop = _after(stop)


def _after(part: QWidget) -> QWidget | None:
    """The next in the chain, which stays with its own parent.

    To Shiboken, what ``nextInFocusChain`` returns belongs to the widget that was asked: when a row of Today
    went, so did the menu that stands behind it in the chain, for Python.
    """
    following = part.nextInFocusChain()
    if following is not None:
        following.setParent(following.parentWidget())  # no change to Qt
    return following


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and (widget := item.widget()) is not None:
            yield widget
        elif item is not None and (inner := item.layout()) is not None:
            yield from _widgets(inner)


def _invalidate(layout: QLayout) -> None:
    """Let it reckon anew, and the layouts in it, too, which Qt tells only when it places what is in them."""
    layout.invalidate()
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        if inner is not None:
            _invalidate(inner)
