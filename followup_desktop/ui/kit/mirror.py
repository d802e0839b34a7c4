"""What is placed and painted by hand, where the layout runs from right to left.

All of it is reckoned from the left. ``placed`` turns an area round for a widget; ``mirrored`` a painter,
which then paints as in a mirror. What is to be read, or known by its shape, stands upright in both: ``write``
and ``draw_icon`` paint it.
"""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon, QPainter
from PySide6.QtWidgets import QLayout, QSplitter, QStyle, QWidget

_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_DIRECTED = frozenset({"L", "R", "AL"})
_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


def placed(area: QRect, holder: QWidget) -> QRect:
    """The area as it lies in the holder."""
    return QStyle.visualRect(holder.layoutDirection(), holder.rect(), area)


def reckoned(point: QPoint, holder: QWidget) -> QPoint:
    """A point of the holder as it is reckoned from the left."""
    return QStyle.visualPos(holder.layoutDirection(), holder.rect(), point)


def set_margins(part: QWidget | QLayout, start: int, top: int, end: int, bottom: int) -> None:
    """Give it these margins; ``start`` is where lines start."""
    if QGuiApplication.layoutDirection() is _RIGHT_TO_LEFT:
        start, end = end, start
    part.setContentsMargins(start, top, end, bottom)


def keep_within(splitter: QSplitter) -> None:
    """Have its parts end within it: of parts from right to left, Qt places the first a pixel too far out."""
    set_margins(splitter, int(splitter.isRightToLeft()), 0, 0, 0)


def mirrored(painter: QPainter, area: QRect) -> None:
    """Paint within the area as the layout runs from now on."""
    if painter.layoutDirection() is _RIGHT_TO_LEFT:
        _turn(painter, QRectF(area))


def write(painter: QPainter, area: QRect | QRectF, alignment: int, text: str) -> None:
    """Write the text within the area; left and right are those of the layout."""
    with_turn = _is_turned(painter)
    if with_turn:
        _turn(painter, QRectF(area))
    painter.drawText(area, alignment, text)
    if with_turn:
        _turn(painter, QRectF(area))


def draw_icon(painter: QPainter, icon: QIcon, left: int, top: int, side: int) -> None:
    """Draw an icon as it is drawn everywhere."""
    area, with_turn = QRect(left, top, side, side), _is_turned(painter)
    if with_turn:
        _turn(painter, QRectF(area))
    icon.paint(painter, area)
    if with_turn:
        _turn(painter, QRectF(area))


def elided(metrics: QFontMetrics, text: str, width: int, flags: int = 0) -> str:
    """As much of the text as there is room for, and an ellipsis where it was cut.

    A window from right to left has that before a name in Latin letters, as if its beginning were missing.
    """
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width, flags)
    if shown == text or QGuiApplication.layoutDirection() is not _RIGHT_TO_LEFT:
        return shown
    last = next((kind for sign in reversed(shown) if (kind := bidirectional(sign)) in _DIRECTED), "")
    return shown + _TO_RIGHT if last == "L" else shown


def _is_turned(painter: QPainter) -> bool:
    return painter.worldMatrixEnabled() and painter.worldTransform().m11() < 0


def _turn(painter: QPainter, area: QRectF) -> None:
    """Turn left and right round within the area; done twice, it's as before."""
    painter.translate(area.left() + area.right(), 0)
    painter.scale(-1, 1)
