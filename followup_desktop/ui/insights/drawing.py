"""Pictures of numbers as plain shapes, and the one function that paints them, wherever they are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from unicodedata import bidirectional

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from followup_desktop.ui.kit.colours import Colours
from followup_desktop.ui.kit.theme import SMALLEST_TEXT_PIXELS, Theme

SERIES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "light": ("#1f6f78", "#c77a0a", "#4b2a7b"),
        "dark": ("#2f9aa4", "#f0bd6a", "#d9d2ff"),
        "contrast-light": ("#007a8a", "#c06a00", "#2d0a63"),
        "contrast-dark": ("#1aa3b0", "#ffc65c", "#f1ecff"),
    }
)
"""Three colours side by side in one picture, by the name of the theme: they differ in lightness, so that they
are told apart without red and green, too."""

_SMALL = 12 / 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a picture is painted with: colours, the font, the text's height in pixels, and the direction."""

    colours: Colours
    font: QFont
    pixels: float
    is_mirrored: bool = False
    _letters: dict[tuple[bool, bool], QFontMetricsF] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """How wide letters are, bold or small: a picture asks for each of its texts."""

    @classmethod
    def of(cls, theme: Theme, *, is_mirrored: bool, colours: Colours | None = None) -> Look:
        """The look of the window, or one with other colours."""
        return cls(
            colours=colours or theme.colours,
            font=theme.font(),
            pixels=theme.px(SMALLEST_TEXT_PIXELS),
            is_mirrored=is_mirrored,
        )

    def px(self, pixels: float) -> float:
        """A distance, grown with the text."""
        return pixels * self.pixels / SMALLEST_TEXT_PIXELS

    def colour(self, role: str) -> QColor:
        """A colour by its role; ``series-0`` to ``series-2`` are those that stand side by side."""
        if role.startswith("series-"):
            return QColor(SERIES[self.colours.name][int(role[-1])])
        return QColor(getattr(self.colours, role))

    def made_font(self, *, is_bold: bool = False, is_small: bool = True) -> QFont:
        """The font in one of two sizes."""
        font = QFont(self.font)
        font.setPixelSize(max(round(self.pixels * (_SMALL if is_small else 1)), 1))
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
        return font

    def width(self, text: str, *, is_bold: bool = False, is_small: bool = True) -> float:
        """How wide a text is."""
        return self._metrics(is_bold=is_bold, is_small=is_small).horizontalAdvance(text) + 2

    @property
    def line(self) -> float:
        """The height of a line of small text."""
        return self._metrics().height()

    def _metrics(self, *, is_bold: bool = False, is_small: bool = True) -> QFontMetricsF:
        kind = is_bold, is_small
        if kind not in self._letters:
            self._letters[kind] = QFontMetricsF(self.made_font(is_bold=is_bold, is_small=is_small))
        return self._letters[kind]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, with round corners of that radius."""

    area: QRectF
    role: str
    radius: float = 0
    is_marked_off: bool = False
    """Whether its ground is soft, so that high contrast needs a line around it."""


@dataclass(frozen=True, slots=True)
class Band:
    """What flows from the right side of one rectangle to the left side of another."""

    start: QRectF
    end: QRectF
    role: str

    @property
    def path(self) -> QPainterPath:
        """Its outline."""
        start, end = self.start, self.end
        middle = (start.right() + end.left()) / 2
        path = QPainterPath(QPointF(start.right(), start.top()))
        path.cubicTo(QPointF(middle, start.top()), QPointF(middle, end.top()), QPointF(end.left(), end.top()))
        path.lineTo(QPointF(end.left(), end.bottom()))
        path.cubicTo(
            QPointF(middle, end.bottom()),
            QPointF(middle, start.bottom()),
            QPointF(start.right(), start.bottom()),
        )
        path.closeSubpath()
        return path

    def contains(self, point: QPointF) -> bool:
        """Whether a point lies on it."""
        return self.path.contains(point)


@dataclass(frozen=True, slots=True)
class Line:
    """A thin line."""

    line: QLineF
    role: str = "line"
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, shortened where it has no room; ``end`` is the side that it stands at."""

    area: QRectF
    text: str
    role: str = "text"
    at: str = "start"
    is_bold: bool = False
    is_small: bool = True


Shape = Box | Band | Line | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The shapes of a picture from back to front, and where each row of its table is seen, in that order.

    ``more`` are further places of rows, by their numbers, which have no ring.
    """

    size: tuple[float, float]
    shapes: Sequence[Shape]
    marks: Sequence[QRectF]
    more: Sequence[tuple[int, QRectF | Band]] = ()

    def mark_at(self, point: QPointF, *, is_mirrored: bool) -> int:
        """The row at a point of the picture, or -1."""
        here = QPointF(self.size[0] - point.x(), point.y()) if is_mirrored else point
        places: list[tuple[int, QRectF | Band]] = [*reversed([*enumerate(self.marks)]), *self.more]
        return next((row for row, place in places if place.contains(here)), -1)


def paint(painter: QPainter, rect: QRectF, drawing: Drawing, look: Look, current: int = -1) -> None:
    """Paint a picture into ``rect``, as large as it was drawn, with a ring round the ``current`` row."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = _Pen(painter, drawing.size[0], look)
    for shape in drawing.shapes:
        match shape:
            case Box():
                pen.box(shape)
            case Band():
                pen.band(shape)
            case Line():
                pen.line(shape)
            case Words():
                pen.words(shape)
    if 0 <= current < len(drawing.marks):
        pen.ring(drawing.marks[current])
    painter.restore()


def direction_of(text: str) -> Qt.LayoutDirection:
    """The way a text runs, by its first letter; from the left without any."""
    for letter in text:
        match bidirectional(letter):
            case "R" | "AL":
                return Qt.LayoutDirection.RightToLeft
            case "L":
                return Qt.LayoutDirection.LeftToRight
    return Qt.LayoutDirection.LeftToRight


class _Pen:
    """Draws shapes, mirrored where text runs from the right."""

    def __init__(self, painter: QPainter, width: float, look: Look) -> None:
        self._painter = painter
        self._width = width
        self._look = look

    def box(self, shape: Box) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        edge = self._look.colour("contrast_edge")
        if shape.is_marked_off and edge.alpha():
            self._painter.setPen(QPen(edge, 1))
        self._painter.setBrush(self._look.colour(shape.role))
        self._painter.drawRoundedRect(self._there(shape.area), shape.radius, shape.radius)

    def band(self, shape: Band) -> None:
        mirror = QTransform(-1, 0, 0, 1, self._width, 0) if self._look.is_mirrored else QTransform()
        edge = self._look.colour("contrast_edge")
        self._painter.setPen(QPen(edge, 1) if edge.alpha() else QPen(Qt.PenStyle.NoPen))
        self._painter.setBrush(self._look.colour(shape.role))
        self._painter.drawPath(mirror.map(shape.path))

    def line(self, shape: Line) -> None:
        style = Qt.PenStyle.DashLine if shape.is_dashed else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(self._look.colour(shape.role), 1, style))
        line = shape.line
        self._painter.drawLine(self._at(line.x1(), line.y1()), self._at(line.x2(), line.y2()))

    def words(self, shape: Words) -> None:
        font = self._look.made_font(is_bold=shape.is_bold, is_small=shape.is_small)
        self._painter.setFont(font)
        self._painter.setPen(self._look.colour(shape.role))
        text = QFontMetricsF(font).elidedText(shape.text, Qt.TextElideMode.ElideMiddle, shape.area.width())
        side = {"start": Qt.AlignmentFlag.AlignLeft, "end": Qt.AlignmentFlag.AlignRight}.get(
            shape.at, Qt.AlignmentFlag.AlignHCenter
        )
        if self._look.is_mirrored and shape.at != "middle":
            left = Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignRight if side is left else left
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        # A text runs as it is written: "0–6" is the same beside Hebrew.
        self._painter.setLayoutDirection(direction_of(text))
        self._painter.drawText(self._there(shape.area), flags, text)

    def ring(self, area: QRectF) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._look.colour("focus"), 2))
        self._painter.drawRoundedRect(self._there(area).adjusted(-2, -2, 2, 2), 4, 4)

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(self._width - x if self._look.is_mirrored else x, y)

    def _there(self, area: QRectF) -> QRectF:
        if not self._look.is_mirrored:
            return area
        return QRectF(self._width - area.right(), area.top(), area.width(), area.height())
