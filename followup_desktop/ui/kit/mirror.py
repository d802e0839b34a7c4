"""What is placed and painted by hand, where the layout runs from right to left.

All of it is reckoned from the left. ``placed`` turns an area round for a widget; ``mirrored`` a painter,
which then paints as in a mirror. What is to be read, or known by its shape, stands upright in both: ``write``
and ``draw_icon`` paint it.
"""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QLayout, QSplitter, QStyle, QWidget

_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_BEGIN_APART = ("FSI", "LRI", "RLI")
_DIRECTED = frozenset({"L", "R", "AL"})
_SIDES = (Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignVertical_Mask).value
_TO_RIGHT, _TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_BY_ITSELF = "\N{FIRST STRONG ISOLATE}"
_APART, _POP = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_DASH = "–"


def placed(area: QRect, holder: QWidget) -> QRect:
    """The area as it lies in the holder."""
    direction = holder.layoutDirection()
    return QStyle.visualRect(direction, holder.rect(), area) if direction is _RIGHT_TO_LEFT else area


def reckoned(point: QPoint, holder: QWidget) -> QPoint:
    """A point of the holder as it is reckoned from the left."""
    return QStyle.visualPos(holder.layoutDirection(), holder.rect(), point)


def set_margins(part: QWidget | QLayout, start: int, top: int, end: int, bottom: int) -> None:
    """Give it these margins; ``start`` is where lines start."""
    if QGuiApplication.isRightToLeft():
        start, end = end, start
    part.setContentsMargins(start, top, end, bottom)


def keep_within(splitter: QSplitter) -> None:
    """Have its parts end within it: of parts from right to left, Qt places the first a pixel too far out."""
    set_margins(splitter, int(splitter.isRightToLeft()), 0, 0, 0)


def mirrored(painter: QPainter, area: QRect) -> None:
    """Paint within the area as the layout runs from now on."""
    if QGuiApplication.isRightToLeft() and painter.layoutDirection() is _RIGHT_TO_LEFT:
        _turn(painter, QRectF(area))


def from_the_right(text: str) -> str:
    """The text so that it runs from right to left, whatever it begins with.

    Where its first letter that isn't set apart does, it is left as it is. One without any letter, as a phone
    number, is set apart as a whole, that its groups of digits stay in order. A range ("12:00–13:00") begins
    at the right wherever it stands, as ICU writes it.
    """
    depth, kinds = 0, set()
    for sign in text:
        kind = bidirectional(sign)
        if kind in {"R", "AL"} and not depth:
            return text
        if kind == "L" and not depth:
            return _TO_LEFT + text
        kinds.add(kind)
        depth += {"FSI": 1, "LRI": 1, "RLI": 1, "PDI": -1}.get(kind, 0)
    if not text or "PDI" in kinds or _DASH in text:
        return text and _TO_LEFT + text
    return f"{_TO_LEFT}{_APART}{text}{_POP}"


def write(painter: QPainter, area: QRect | QRectF, alignment: int, text: str) -> None:
    """Write the text within the area; left and right are those of the layout."""
    # In a window from left to right no painter runs otherwise. Asked itself, which brings two members of an
    # enumeration, it takes a quarter of what the text takes.
    if not QGuiApplication.isRightToLeft():
        painter.drawText(area, alignment, text)
        return
    with_turn = _is_turned(painter)
    if with_turn:
        _turn(painter, QRectF(area))
    if painter.layoutDirection() is _RIGHT_TO_LEFT:
        text = from_the_right(text)
    if alignment & Qt.TextFlag.TextWordWrap.value and painter.layoutDirection() is _RIGHT_TO_LEFT:
        write_lines(painter, QRectF(area), Qt.AlignmentFlag(alignment & _SIDES), text)
    else:
        painter.drawText(area, alignment, text)
    if with_turn:
        _turn(painter, QRectF(area))


def write_lines(painter: QPainter, area: QRectF, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write the text from right to left in as many lines as it needs.

    Qt moves a line by the blank at its end there, out of the area and over its edge (``QPainter.drawText``).
    """
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), painter.font())
    side = QStyle.visualAlignment(_RIGHT_TO_LEFT, alignment) & Qt.AlignmentFlag.AlignHorizontal_Mask
    option = QTextOption(side)
    option.setTextDirection(_RIGHT_TO_LEFT)
    layout.setTextOption(option)
    leading, height = max(0, painter.fontMetrics().leading()), 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(area.width())
        line.setPosition(QPointF(0, height))
        height += line.height() + leading
    layout.endLayout()
    spare = area.height() - height + leading
    top = spare / 2 if alignment & Qt.AlignmentFlag.AlignVCenter else 0.0
    layout.draw(painter, area.topLeft() + QPointF(0, round(top)))


def draw_icon(painter: QPainter, icon: QIcon, left: int, top: int, side: int) -> None:
    """Draw an icon as it is drawn everywhere."""
    area = QRect(left, top, side, side)
    with_turn = QGuiApplication.isRightToLeft() and _is_turned(painter)
    if with_turn:
        _turn(painter, QRectF(area))
    icon.paint(painter, area)
    if with_turn:
        _turn(painter, QRectF(area))


def elided(metrics: QFontMetrics, text: str, width: int, flags: int = 0) -> str:
    """The part of the text that there is room for, and an ellipsis where it was cut.

    A window from right to left has that before a name in Latin letters, as if its beginning were missing.
    """
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width, flags)
    if shown == text or not QGuiApplication.isRightToLeft():
        return shown
    last = next((kind for sign in reversed(shown) if (kind := bidirectional(sign)) in _DIRECTED), "")
    kinds = [bidirectional(sign) for sign in shown]
    still_open = sum(map(kinds.count, _BEGIN_APART)) - kinds.count("PDI")
    return shown + (_TO_RIGHT if last == "L" else "") + _POP * still_open


def elided_apart(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text ``elided`` so that what stands behind it runs as the window does, also a number."""
    shown = elided(metrics, text, width)
    is_turned = QGuiApplication.isRightToLeft()
    return f"{_BY_ITSELF}{shown}{_POP}" if is_turned and shown != text else shown


def _is_turned(painter: QPainter) -> bool:
    return painter.worldMatrixEnabled() and painter.worldTransform().m11() < 0


def _turn(painter: QPainter, area: QRectF) -> None:
    """Turn left and right round within the area; done twice, it's as before."""
    painter.translate(area.left() + area.right(), 0)
    painter.scale(-1, 1)
