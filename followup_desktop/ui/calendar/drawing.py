"""How what stands in the calendar is drawn: all of a part by one painter, from plain values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from followup_desktop.domain.rules.table import icon_of
from followup_desktop.i18n import with_dots
from followup_desktop.services.reading.calendar import CalendarInterview
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording.formats import capitalised
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.mirror import draw_icon, elided, write
from followup_desktop.ui.kit.theme import Theme, Type

RADIUS = 5.0
_LEAST_ROOM = 48
"""What is narrower, in pixels at the ordinary text size, may end within its icon."""
_MOST_PICTURES = 60
"""So many are known, 0.5 MB, before all are forgotten: a week has a dozen."""
_AT_START = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


class EntryForm(Enum):
    """How an entry is drawn: in the hours of a week, on one line, or as a row of a day."""

    BLOCK = auto()
    LINE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class LongerText:
    """A text of which parts are known, and the rest is asked for only where these have room.

    In a crowded week few entries have room for the names of what they overlap: to list and measure these took
    a sixth of its painting.
    """

    parts: tuple[str, ...]
    whole: Callable[[], str]

    def fitting(self, metrics: QFontMetrics, room: int) -> str:
        """The text if it fits, or nothing."""
        width = metrics.horizontalAdvance
        if sum(map(width, self.parts)) > room or width(text := self.whole()) > room:
            return ""
        return text


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entry in a colour of the theme; ``shorter`` stands where the text does not fit."""

    text: str
    role: str
    bold: bool = False
    shorter: str = ""
    longer: LongerText | None = None
    """What stands instead where it fits."""
    icon: str = ""
    """What is drawn where not even the shorter text fits."""
    may_be_cut: bool = False
    """Whether it is before that shortened to as few letters as tell anything."""
    name: str = ""
    """What it ends with, which stands alone where too little of it would be left."""

    def fitting(self, metrics: QFontMetrics, room: int) -> str:
        """The text that fits; shortened by an ellipsis, or nothing where an icon says it.

        Of a name its first letters stand where there is no room for an ellipsis behind them.
        """
        if self.longer is not None and (text := self.longer.fitting(metrics, room)):
            return text
        for text in (self.text, self.shorter):
            if text and metrics.horizontalAdvance(text) <= room:
                return text
        text = self.shorter or self.text
        cut = elided(metrics, text, room)
        if self.name and len(cut) <= len(text) - len(self.name) + LEAST_LETTERS:
            cut = elided(metrics, self.name, room)
            if len(cut) <= LEAST_LETTERS and not self.icon:
                cut = _first_letters(self.name, metrics, room)
        return "" if self.icon and (not self.may_be_cut or len(cut) <= LEAST_LETTERS) else cut


LEAST_LETTERS = 4
"""So many with the ellipsis, and fewer, tell nothing."""


def _first_letters(text: str, metrics: QFontMetrics, room: int) -> str:
    """As many of a text's letters as there is room for."""
    lengths = range(min(len(text), 2 * LEAST_LETTERS), 0, -1)
    return next((text[:n] for n in lengths if metrics.horizontalAdvance(text[:n]) <= room), "")


class PictureSet:
    """The grounds and icons of entries, each drawn once for its size: a week has eighty, of a dozen kinds.

    To fill a rounded ground, with its outline and bar, takes 18 µs, to paint the picture of it less than one.
    They are those of one look, as is told by ``use``.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._look: Hashable = None
        self._ratio = 1.0
        self._grounds: dict[tuple[int, int, str, str, str], QPixmap] = {}
        self._icons: dict[tuple[str, str, int], tuple[QPixmap, float]] = {}

    def use(self, look: Hashable, ratio: float) -> None:
        """Have them in this look from now on, for a device of that pixel ratio."""
        if (look, ratio) != (self._look, self._ratio):
            self._look, self._ratio = look, ratio
            self._grounds.clear()
            self._icons.clear()

    def ground(self, width: int, height: int, ground: str, line: str, bar: str) -> QPixmap:
        """The ground of an entry, in colours of the theme; a ``bar`` is at the start of its lines."""
        key = (width, height, ground, line, bar)
        found = self._grounds.get(key)
        if found is None:
            if len(self._grounds) == _MOST_PICTURES:
                self._grounds.clear()
            found = self._grounds[key] = self._draw(QSize(width, height), ground, line, bar)
        return found

    def icon(self, name: str, role: str, side: int) -> tuple[QPixmap, float]:
        """An icon in a colour of the theme, and how far from the corner it is to stand in its square."""
        key = (name, role, side)
        found = self._icons.get(key)
        if found is None:
            picture = self._theme.icon(name, role).pixmap(QSize(side, side), self._ratio)
            found = self._icons[key] = (picture, (side - picture.deviceIndependentSize().width()) / 2)
        return found

    def _draw(self, size: QSize, ground: str, line: str, bar: str) -> QPixmap:
        picture = QPixmap(size * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(QPoint(), size).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(outline, self._theme.colour(ground))
        painter.setPen(QPen(self._theme.colour(line), 1))
        painter.drawPath(outline)
        if bar:
            painter.setClipPath(outline)
            painter.fillRect(0, 0, self._theme.px(3), size.height(), self._theme.colour(bar))
        painter.end()
        return picture


class EntryBrush:
    """Paints what stands in one part of the calendar, all of it by one painter.

    A page has two hundred entries and heads. Where each painted itself, three quarters of its painting were
    the looking up of what is the same for all: fonts, colours, sizes, and the painter itself.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures = PictureSet(theme)
        self._sizes: Hashable = None
        self._distances: dict[int, int] = {}
        self._font: QFont | None = None
        self._role = ""

    def begin(self, painter: QPainter) -> None:
        """Paint with that from now on, as it is left by ``mirrored``."""
        theme = self._theme
        self._painter = painter
        self._is_turned = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._pictures.use((theme.sizes, theme.colours), painter.device().devicePixelRatio())
        if theme.sizes != self._sizes:
            self._sizes = theme.sizes
            self._distances.clear()
        self._font, self._role = None, ""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def px(self, pixels: int) -> int:
        """A distance, grown with the text."""
        found = self._distances.get(pixels)
        if found is None:
            found = self._distances[pixels] = self._theme.px(pixels)
        return found

    def metrics(self, size: Type = Type.SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetrics:
        """How large letters are."""
        return self._theme.measured(size, weight)[1]

    def ground(self, area: QRect, ground: str, line: str, bar: str = "") -> None:
        """Paint the ground of an entry."""
        picture = self._pictures.ground(area.width(), area.height(), ground, line, bar)
        self._painter.drawPixmap(area.x(), area.y(), picture)

    def icon(self, name: str, role: str, left: int, top: int, side: int) -> None:
        """Paint an icon, which is drawn as everywhere."""
        if self._is_turned:
            draw_icon(self._painter, self._theme.icon(name, role), left, top, side)
            return
        picture, inset = self._pictures.icon(name, role, side)
        self._painter.drawPixmap(QPointF(left + inset, top + inset), picture)

    def write(
        self,
        area: QRect,
        alignment: int,
        text: str,
        role: str,
        *,
        size: Type = Type.SMALL,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        """Write a text in a font and a colour of the theme."""
        painter = self._painter
        font = self._theme.measured(size, weight)[0]
        if font is not self._font:
            painter.setFont(font)
            self._font = font
        if role != self._role:
            painter.setPen(self._theme.colour(role))
            self._role = role
        if self._is_turned:
            write(painter, area, alignment, text)
        else:
            painter.drawText(area, alignment, text)

    @contextmanager
    def within(self, area: QRect) -> Iterator[None]:
        """Paint nothing beside the area."""
        self._painter.setClipRect(area)
        yield
        self._painter.setClipping(False)

    def ring(self, area: QRectF, radius: float, pen: QPen | Qt.PenStyle, ground: str = "") -> None:
        """Draw a round edge, on a ground if there is one."""
        self._painter.setPen(pen)
        self._painter.setBrush(self._theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(area, radius, radius)
        self._role = ""

    def keyboard_ring(self, area: QRectF, radius: float, ground: str = "") -> None:
        """Draw the ring round what has the keyboard."""
        self.ring(area, radius, QPen(self._theme.colour("focus"), 2), ground)


class EntryPicture:
    """What an entry looks like: of this, its frame is asked nothing while all of a page are painted.

    An attribute of what is Qt's takes five times as long to look up.
    """

    __slots__ = ("_entry", "_form", "_lines", "_unsaid", "dropping_at")

    def __init__(self, form: EntryForm) -> None:
        self._form = form
        self._lines: list[EntryLine] = []
        self._unsaid: Iterator[EntryLine] = iter(())
        """The lines below these, for which there was no height yet."""
        self.dropping_at = ""
        """When it would be, were it let go where it is carried now."""

    def show_entry(self, entry: Entry, texts: CalendarTexts) -> None:
        """Be the picture of this."""
        self._entry = entry
        # Most of a busy week is out of sight.
        self._lines, self._unsaid = [], _lines_of(entry, texts, self._form)

    def paint(self, brush: EntryBrush, area: QRect) -> None:
        """Paint it there, as reckoned from the left."""
        one = self._entry
        if isinstance(one, CalendarInterview):
            ink, ground = ("accent", "accent_soft")
            if one.is_over:
                ink, ground = "secondary", "neutral_soft"
            elif one.clashes:
                ink, ground = "late", "late_soft"
            brush.ground(area, ground, "surface", ink)
            left, icon = brush.px(8), "warning" if one.clashes and self._form is not EntryForm.BLOCK else ""
        else:
            ink, ground = _INKS.get(one.tone, "secondary"), _GROUNDS.get(one.tone, "surface")
            brush.ground(area, ground, "line" if one.tone is Tone.NEUTRAL else ground)
            left, icon = brush.px(5), icon_of(one.rule, one.channel)
        if area.width() >= brush.px(_LEAST_ROOM):
            self._paint_words(brush, area, left, icon, ink)
        else:
            with brush.within(area):
                self._paint_words(brush, area, left, icon, ink)

    def _paint_words(self, brush: EntryBrush, area: QRect, left: int, icon: str, ink: str) -> None:
        """Paint an icon if there is one, and as many lines as there is height for."""
        whole = area.height()
        if icon:
            side = brush.px(14)
            middle = whole if self._form is EntryForm.ROW else min(whole, brush.px(24))
            brush.icon(icon, ink, area.x() + left, area.y() + (middle - side) // 2, side)
            left += side + brush.px(4)
        height = brush.metrics().height()
        fits = max(1, (whole - brush.px(4)) // height)
        is_centred = self._form is not EntryForm.BLOCK or fits == 1
        top = (whole - height) // 2 if is_centred else brush.px(3)
        place = QRect(area.x() + left, area.y() + top, area.width() - left - brush.px(3), height)
        for line in self._lines_at(fits):
            weight = QFont.Weight.DemiBold if line.bold else QFont.Weight.Normal
            text = line.fitting(brush.metrics(Type.SMALL, weight), place.width())
            if text:
                brush.write(place, _AT_START, text, line.role, weight=weight)
            elif line.icon:
                brush.icon(line.icon, line.role, place.x(), place.y(), height)
            place.translate(0, height)

    def _lines_at(self, fits: int) -> list[EntryLine]:
        """So many lines at most; while it is carried, when it would be."""
        if self.dropping_at:
            return [EntryLine(self.dropping_at, "text", bold=True)]
        if (missing := fits - len(self._lines)) > 0:
            self._lines += islice(self._unsaid, missing)
        return self._lines[:fits]


_INKS = {Tone.LATE: "late", Tone.NOW: "now"}
_GROUNDS = {Tone.LATE: "late_soft", Tone.NOW: "now_soft"}


def _lines_of(entry: Entry, texts: CalendarTexts, form: EntryForm) -> Iterator[EntryLine]:
    """The lines of an entry, the more telling first, each put into words when there is height for it."""
    if isinstance(entry, CalendarInterview):
        yield from _lines_of_interview(entry, texts, form)
    else:
        clock = texts.clock(entry.at) if form is EntryForm.ROW else ""
        said = with_dots((clock, entry.title), plain=True)
        yield EntryLine(said, "late" if entry.tone is Tone.LATE else "text")


def _lines_of_interview(one: CalendarInterview, texts: CalendarTexts, form: EntryForm) -> Iterator[EntryLine]:
    """The lines of an interview, the more telling first."""
    ink = "secondary" if one.is_over else "text"
    if form is EntryForm.LINE:
        said = f"{texts.clock(one.starts_at)} {one.employer}"
        longer = LongerText(
            (said, texts.overlaps_at_least(one)),
            lambda: with_dots((said, texts.overlaps(one)), plain=True),
        )
        yield EntryLine(
            said,
            ink,
            True,
            "" if one.clashes else one.employer,
            longer if one.clashes else None,
            icon="" if one.clashes else "interviewing",
            may_be_cut=True,
            name=one.employer,
        )
        return
    if form is EntryForm.ROW:
        parts = (texts.span(one), texts.there(one), one.employer, one.role, texts.overlaps(one))
        yield EntryLine(with_dots(parts, plain=True), ink, bold=True)
        return
    if one.employer:
        yield EntryLine(one.employer, ink, bold=True, name=one.employer)
    if one.clashes:
        yield EntryLine(
            texts.overlap,
            "secondary" if one.is_over else "late",
            longer=LongerText((texts.overlaps_at_least(one),), lambda: capitalised(texts.overlaps(one))),
            icon="warning",
        )
    yield EntryLine(texts.span(one), "secondary", shorter=texts.clock(one.starts_at))
    for text in (texts.there(one), one.role):
        if text:
            yield EntryLine(text, "secondary")
