"""When what is in a layout gets its place and is painted, and what stays painted there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise, takewhile

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


@contextmanager
def placed_once(*layouts: QLayout | None) -> Iterator[None]:
    """What is in these layouts is placed when all of it is there.

    Else a widget that is shown has the layouts around it place everything at once, in the heights of before.
    Meanwhile a layout hears of no new size, nor asks for its turn; so it is given one in the end.
    """
    found = [layout for layout in layouts if layout is not None]
    for layout in found:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in found:
            layout.setEnabled(True)
            _invalidate(layout)
            if (around := layout.parentWidget()) is not None:
                QCoreApplication.postEvent(around, QEvent(QEvent.Type.LayoutRequest))


def place_ahead(part: QWidget) -> None:
    """Give a part that isn't seen yet, and all around it, the places that they will have.

    Qt keeps the sizes of what is hidden to itself until that is shown.
    """
    around = [part]
    while not around[-1].isWindow() and (outer := around[-1].parentWidget()) is not None:
        around.append(outer)
    for each in reversed(around):
        if each.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent):
            each.setAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent, False)
            QCoreApplication.sendEvent(each, QResizeEvent(each.size(), QSize()))
        elif (layout := each.layout()) is not None:
            layout.activate()


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


def stay_painted(part: QWidget) -> None:
    """Keep what is painted of the part, from the top left corner on, where it is resized.

    So Qt does where what is around it is resized, but for a part alone that paints its ground itself, or is
    ``in_place``, and only if this is called when the part is shown: a window hears of it where it is there.
    """
    part.setAttribute(Qt.WidgetAttribute.WA_StaticContents)


@contextmanager
def in_place(*parts: QWidget) -> Iterator[None]:
    """What is painted of these parts, which ``stay_painted``, stays although their ground isn't their own.

    Only what is around them is resized meanwhile, and they stand where they stood. As a lasting property of a
    part with many widgets, Qt would paint these twice where all of them are painted.
    """
    for part in parts:
        part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    try:
        yield
    finally:
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)


def take_turn() -> None:
    """Let the window paint what is there; what the user does waits, as this is amid taking up a change."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


@contextmanager
def painted_next(part: QWidget) -> Iterator[None]:
    """What changes in this part of the window within the block is painted in another turn.

    Between them is one for what its timers do, as reading the rows that came into sight.
    """
    part.setUpdatesEnabled(False)
    try:
        yield
        take_turn()
        take_turn()
    finally:
        part.setUpdatesEnabled(True)


def read_as_placed(layout: QLayout) -> None:
    """Let assistive technology and the Tab key come to what is in the layout in the order of their places.

    A layout says where each is drawn; both others go by when each was made. Only what stands elsewhere than
    before is moved: to go through the whole chain of Today took a quarter of a frame an edit.
    """
    around = layout.parentWidget()
    if around is None:
        return
    parts = [part for part in _widgets(layout) if part.parentWidget() is around]
    wanted = set(parts)
    before = [child for child in around.children() if child in wanted]
    if before == parts:
        return
    from difflib import SequenceMatcher

    same = SequenceMatcher(None, before, parts, autojunk=False).get_matching_blocks()
    kept = {place for block in same for place in range(block.b, block.b + block.size)}
    moved = [place for place in range(len(parts)) if place not in kept]
    for place in reversed(moved):
        if place + 1 < len(parts):
            parts[place].stackUnder(parts[place + 1])
        else:
            parts[place].raise_()
    for place in moved:
        own = _stops_in(parts[place])
        behind = next((stops[-1] for part in reversed(parts[:place]) if (stops := _stops_in(part))), None)
        if behind is not None:
            _link(behind, *own)
        elif own:  # Qt can only put one behind another: what comes next goes behind it, too
            later = (parts[at] for at in range(place + 1, len(parts)) if at in kept)
            following = next((stops for part in later if (stops := _stops_in(part))), [])
            _link(*following[:1], *own, *following)


def tab_behind(before: QWidget, *parts: QWidget) -> None:
    """Let the Tab key come to these parts right behind that one; what is made later stands last for it."""
    stops = [stop for part in parts for stop in _stops_in(part)]
    _link((_stops_in(before) or [before])[-1], *stops)


def _link(*stops: QWidget) -> None:
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops_in(part: QWidget) -> list[QWidget]:
    """Where the Tab key can stop within a part, in its order: as a rule they follow the part on end."""
    count = sum(map(_is_stop, (part, *part.findChildren(QWidget))))
    near = [part, *takewhile(partial(_is_in, part), focus_chain(part))] if count else []
    found = list(filter(_is_stop, near))
    if len(found) < count:
        found = [stop for stop in focus_chain(part.window()) if _is_in(part, stop) and _is_stop(stop)]
    return found


def _is_stop(part: QWidget) -> bool:
    return part.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _is_in(part: QWidget, other: QWidget | None) -> bool:
    while other is not None and other is not part:
        other = other.parentWidget()
    return other is part


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
    for inner in layout.findChildren(QLayout):
        inner.invalidate()
