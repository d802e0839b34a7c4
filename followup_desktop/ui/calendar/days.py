"""Days: their heads, and the ground on which their entries stand."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from followup_desktop.i18n import format_number, with_dots
from followup_desktop.services.reading.calendar import CalendarDay
from followup_desktop.ui.calendar.drawing import LEAST_LETTERS, RADIUS, EntryBrush
from followup_desktop.ui.calendar.texts import CalendarTexts
from followup_desktop.ui.kit.mirror import elided, mirrored, placed
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.plain import set_seen_tip


def paint_ground(
    painter: QPainter, theme: Theme, area: QRect, day: CalendarDay, *, muted: bool = False, head: int = 0
) -> None:
    """The ground of a day: shaded at weekends and on holidays, hatched while the user is away.

    The ``head`` is the height at the top, in pixels, in which words stand on it.
    """
    free = day.is_weekend or day.holiday is not None
    painter.fillRect(area, theme.colour("sidebar" if free else "window" if muted else "surface"))
    if day.is_away:
        painter.fillRect(
            area.adjusted(0, head, 0, 0), QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern)
        )


_AT_START = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_AT_END = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
_CENTRED = Qt.AlignmentFlag.AlignCenter.value
_CLASH = "warning"
"""The icon of a day with a clash: "2 over…" says less than it."""


class HeadPicture:
    """What a day's head looks like: of this, the head is asked nothing while all of a page are painted."""

    __slots__ = ("_in_month", "_theme", "count", "form", "icon", "is_today", "mark", "muted", "names")

    def __init__(self, theme: Theme, *, in_month: bool) -> None:
        self._theme = theme
        self._in_month = in_month
        self.names: tuple[str, ...] = ("",)
        self.form = 0
        self.mark = ""
        self.icon = ""
        """What stands for the mark where its words have no room."""
        self.count = ""
        self.is_today = False
        self.muted = False

    @property
    def name(self) -> str:
        """How the day is named, such as ``Wed 14`` or ``W 14``."""
        return self.names[min(self.form, len(self.names) - 1)]

    def lines_at(self, width: int) -> list[str]:
        """The lines of the mark as they are painted; none where an icon stands for it."""
        if not self.mark:
            return []
        px = self._theme.px
        if not self._in_month:
            return self._lines(width - px(10), 2)
        used = self.width_of_count() if self.shows_count(width) else 0
        number = px(4) + min(self._number_width(), width - px(8) - used)
        return self._lines(width - number - px(6) - used, 1)

    def shows_count(self, width: int) -> bool:
        """Whether how much the day holds is written beside its number, which comes first."""
        needed = self._number_width() + self.width_of_count()
        return self.form < len(self.names) and needed <= width - self._theme.px(8)

    def height_at(self, width: int) -> int:
        """The height that a head in a week needs: one line for its mark, or two at most."""
        px, metrics = self._theme.px, self._theme.metrics(Type.SMALL)
        lines = len(self._lines(width - px(10), 2))
        return px(24) + max(lines, 1) * metrics.height() + px(5)

    def form_at(self, width: int) -> int:
        """In how short a form the weekday has room beside the count: 0 for the longest, 2 for none.

        3 is without the count, too: what the day holds is told by its tool tip.
        """
        room = width - self._theme.px(8) - self.width_of_count()
        fitting = (form for form, name in enumerate(self.names) if self._name_width(name) <= room)
        return next(fitting, len(self.names))

    def width_of_count(self) -> int:
        """The room that the count takes at the right."""
        if not self.count:
            return 0
        metrics = self._theme.metrics(Type.SMALL)
        return metrics.horizontalAdvance(self.count) + self._theme.px(6)

    def paint(self, brush: EntryBrush, area: QRect) -> None:
        """Paint it there, as reckoned from the left."""
        px, left, top, width = brush.px, area.x(), area.y(), area.width()
        line = px(22)
        shown = self.count if self.shows_count(width) else ""
        used = self.width_of_count() if shown else 0
        wide = min(self._number_width(), width - px(8) - used)
        self._paint_name(brush, QRect(left + px(4), top + px(2), wide, line))
        if shown:
            corner = QRect(left, top + px(2), width - px(7), line)
            brush.write(corner, _AT_END, shown, "secondary")
        if not self.mark:
            return
        height = brush.metrics().height()
        if self._in_month:
            number = px(4) + wide - 1
            place = QRect(left + number + px(4), top + px(2), width - number - px(6) - used, line)
        else:
            place = QRect(left + px(8), top + px(2) + line, width - px(10), height)
        lines = self.lines_at(width)
        if not lines:
            side = min(px(14), place.width())
            brush.icon(self.icon, "secondary", place.left(), place.center().y() - side // 2, side)
        for text in lines:
            brush.write(place, _AT_START, text, "secondary")
            place.translate(0, height)

    def _paint_name(self, brush: EntryBrush, area: QRect) -> None:
        """Weekday and number, today's on the accent's ground."""
        if self.is_today:
            brush.ring(QRectF(area), area.height() / 2, Qt.PenStyle.NoPen, "accent")
        role = "on_accent" if self.is_today else "secondary" if self.muted else "text"
        brush.write(area, _CENTRED, self.name, role, size=Type.TEXT, weight=self._weight())

    def _lines(self, width: int, most: int) -> list[str]:
        """The words on what is special about the day; none where too few letters of them would be left."""
        lines = in_lines(self.mark, self._theme.metrics(Type.SMALL), width, most)
        cut = [each for each in lines if each.endswith("…")]
        is_told = not cut or (self.icon != _CLASH and min(map(len, cut)) > LEAST_LETTERS)
        return lines if is_told else []

    def _number_width(self) -> int:
        """The room for the weekday and number, with the ground of today's."""
        return max(self._name_width(self.name), self._theme.px(22))

    def _name_width(self, name: str) -> int:
        metrics = self._theme.measured(Type.TEXT, self._weight())[1]
        return metrics.horizontalAdvance(name) + self._theme.px(8)

    def _weight(self) -> QFont.Weight:
        return QFont.Weight.DemiBold if self.is_today or not self._in_month else QFont.Weight.Normal


class DayHead(QAbstractButton):
    """A day's weekday and number, how much it holds, and what is special about it; pressed, it opens the day.

    In a month it has one line, and the weekday stands above the column. The Tab key passes it by, for the
    key D opens the day of an entry. What it stands in paints it, with all others.
    """

    def __init__(self, theme: Theme, *, in_month: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = HeadPicture(theme, in_month=in_month)
        self._theme = theme
        self._in_month = in_month
        self._shown: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def count(self) -> str:
        """How much the day holds; nothing for none."""
        return self.picture.count

    @property
    def name(self) -> str:
        """How the day is named, such as ``Wed 14`` or ``W 14``."""
        return self.picture.name

    @property
    def mark(self) -> str:
        """The words on what is special about the day."""
        return self.picture.mark

    @property
    def shown_mark(self) -> list[str]:
        """The lines of the mark as they are painted; none where an icon stands for it."""
        return self.picture.lines_at(self.width())

    @property
    def shows_count(self) -> bool:
        """Whether how much the day holds is written beside its number, which comes first."""
        return self.picture.shows_count(self.width())

    def use_form(self, form: int) -> None:
        """Name the day in that form, as the other days of the week are."""
        if form != self.picture.form:
            self.picture.form = form
            self.update()

    def show_day(self, day: CalendarDay, texts: CalendarTexts, today: date, *, muted: bool = False) -> None:
        """Be the head of this day; ``muted`` where it belongs to another month."""
        shown = (
            (day.day, day.holiday, day.is_away, day.no_calls, day.clock_change),
            (day.interview_count, day.follow_up_count, day.overlap_count),
            (today, muted),
        )
        if shown == self._shown:
            return
        self._shown = shown
        picture, number = self.picture, format_number(day.day.day)
        weekdays = ("",) if self._in_month else (texts.weekday(day.day), texts.initial(day.day), "")
        picture.names = tuple(f"{weekday} {number}".strip() for weekday in weekdays)
        quiet = "" if self._in_month else texts.quiet_mark(day)
        picture.mark = with_dots(texts.marks(day)) or quiet
        picture.icon = _CLASH if day.overlap_count else "info"
        picture.count = format_number(day.count) if day.count else ""
        picture.is_today, picture.muted = day.day == today, muted
        spoken = texts.spoken_day(day, today)
        self.setAccessibleName(spoken)
        set_seen_tip(self, spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What it stands in paints it."""

    def paint(self, brush: EntryBrush, area: QRect) -> None:
        """Paint it there, as reckoned from the left."""
        self.picture.paint(brush, area)
        if self.underMouse():
            edge = QPen(self._theme.colour("secondary"), 1)
            brush.ring(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, edge)


class WeekHeads(QWidget):
    """The heads of the days of a week, which it paints."""

    def __init__(self, theme: Theme, days: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._brush = EntryBrush(theme)
        self.heads = tuple(DayHead(theme, in_month=False, parent=self) for _ in range(days))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored(painter, self.rect())
        self._brush.begin(painter)
        for head in self.heads:
            if event.region().intersects(head.geometry()):
                head.paint(self._brush, placed(head.geometry(), self))
        painter.end()


def in_lines(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """The text in at most so many lines of whole words, the last one ending in an ellipsis if need be."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
            count += 1
        lines.append(" ".join(words[:count]))
        words = words[count:]
    if words:
        lines.append(" ".join(words))
    return [elided(metrics, line, width) for line in lines]
