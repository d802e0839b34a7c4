"""When what is in a layout gets its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
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


def _invalidate(layout: QLayout) -> None:
    """Let it reckon anew, and the layouts in it, too, which Qt tells only when it places what is in them."""
    layout.invalidate()
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        if inner is not None:
            _invalidate(inner)
