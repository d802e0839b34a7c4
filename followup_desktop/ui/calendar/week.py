"""The week: a column a day, an hour as high everywhere, and a strip for the follow-ups of a full day."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime, time
from functools import cache, lru_cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from followup_desktop import i18n
from followup_desktop.i18n import _
from followup_desktop.services.reading.calendar import (
    CalendarDay,
    CalendarFollowUp,
    CalendarPage,
)
from followup_desktop.services.wording import Wording
from followup_desktop.ui.calendar.days import paint_ground
from followup_desktop.ui.calendar.drawing import EntryForm
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.grid import (
    LEAST_WIDTH,
    EntryGrid,
    EntryPlace,
    MorePlace,
    Place,
    wall_at,
)
from followup_desktop.ui.calendar.navigator import STEP_MINUTES, Navigator
from followup_desktop.ui.calendar.overlap_columns import Lane
from followup_desktop.ui.calendar.side_by_side import HOURS, MARK_HEIGHT, HourPlan, SideBySide
from followup_desktop.ui.calendar.texts import CalendarTexts, minute_of_day, minutes_in
from followup_desktop.ui.kit.mirror import placed, write
from followup_desktop.ui.kit.theme import Theme, Type

_AT_START = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_AT_END = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value

STRIP_LINES = 3
LOW = 450
"""A page lower than this, in pixels at the ordinary text size, has a line less in its strip."""


_BEHIND_HOURS = 8
"""Between the times of the hours and the first column, in pixels at the ordinary text size."""


@cache
def _hours(_locale: str) -> tuple[str, ...]:
    return tuple(i18n.format_clock(time(hour)) for hour in range(1, HOURS))


@lru_cache(maxsize=1)
def _axis(theme: Theme, _sizes: Hashable, locale: str) -> int:
    """The width of the hours, before the columns, for these sizes of text."""
    widest = max(map(theme.metrics(Type.SMALL).horizontalAdvance, _hours(locale)))
    return max(theme.px(52), widest + theme.px(_BEHIND_HOURS))


class DayColumns:
    """Where the columns of a week are: behind the hours, equally wide."""

    def __init__(self, theme: Theme, width: int, days: int) -> None:
        self.axis = _axis(theme, theme.sizes, i18n.locale_name())
        self._room = max(width - self.axis, days)
        self._days = days

    def left(self, number: int) -> int:
        """The left edge of a column; that of the one behind the last is the right edge of all."""
        return self.axis + self._room * number // self._days

    def area(self, number: int, top: int, height: int) -> QRect:
        """The column between two heights, without the line at its left."""
        left = self.left(number)
        return QRect(left + 1, top, self.left(number + 1) - left - 1, height)

    def room(self, number: int) -> QRect:
        """Where entries stand in the column, without their height."""
        return self.area(number, 0, 0).adjusted(2, 0, -3, 0)

    def number_at(self, x: int) -> int | None:
        """The column at that place."""
        if x < self.axis or x >= self.left(self._days):
            return None
        return next(n for n in range(self._days) if x < self.left(n + 1))


class WeekCanvas(EntryGrid):
    """The hours of a week, with the entries that stand in them."""

    def __init__(self, theme: Theme, navigator: Navigator, wording: Wording, parent: QWidget) -> None:
        name = _("The week's interviews and follow-ups")
        super().__init__(theme, navigator, name, EntryForm.BLOCK, parent)
        self._plan = HourPlan(theme)

    @property
    def hour(self) -> int:
        """The height of an hour."""
        return self._plan.hour

    def columns(self, page: CalendarPage) -> DayColumns:
        """The columns at the present width."""
        return DayColumns(self.theme, self.width(), len(page.days))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), HOURS * self.hour + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(LEAST_WIDTH), HOURS * self.hour + 1)

    def y_of(self, minute: int) -> int:
        """How far down a minute of the day is."""
        return self._plan.y_of(minute)

    def ground(self, page: CalendarPage) -> object:
        now = minute_of_day(page.now, page.zone_name)
        # What is said of an hour that comes twice depends on what lies upon it.
        entries = [day for day in page.days if day.clock_change is not None]
        return now, entries, super().ground(page)

    def shown(self, days: Sequence[CalendarDay], zone_name: str) -> list[list[int]]:
        """Which interviews of each day have room at the present width, by their places among its spans."""
        there = [each.interviews for each in self.laid_out(days, zone_name)]
        return [
            [place for place, span in enumerate(day.spans) if span.interview in drawn]
            for day, drawn in zip(days, there, strict=True)
        ]

    def is_short(self, page: CalendarPage) -> bool:
        found = zip(page.days, self.laid_out(page.days, page.zone_name), strict=True)
        return any(not each.interviews.issubset(i.id for i in day.interviews) for day, each in found)

    def laid_out(self, days: Sequence[CalendarDay], zone_name: str) -> list[SideBySide]:
        """How the entries of each day stand at the present width."""
        columns = DayColumns(self.theme, self.width(), len(days))
        widths = [columns.room(number).width() for number in range(len(days))]
        return [self._plan.day(day, zone_name, width) for day, width in zip(days, widths, strict=True)]

    def room_of(self, number: int) -> Hashable:
        assert self.page is not None
        room = self.columns(self.page).room(number)
        return room.left(), room.width()

    def place_day(self, number: int, day: CalendarDay) -> Sequence[Place]:
        assert self.page is not None
        column = self.columns(self.page).room(number)
        found = self._plan.day(day, self.page.zone_name, column.width())
        named, places = {each.id: each for each in day.interviews}, list[Place]()
        for held, heights, lane in found.drawn:
            entry = held if isinstance(held, CalendarFollowUp) else named[held.interview]
            places.append(EntryPlace(entry, day, _lane_area(column, heights, lane)))
        for more in found.hidden:
            area = _lane_area(column, more.heights, found.spare)
            places.append(MorePlace(more.count, day, area, more.at))
        return places

    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        if self.page is None:
            return None
        columns = self.columns(self.page)
        number = columns.number_at(corner.x() + frame.width() // 2)
        if number is None:
            return None
        minute = round(corner.y() * 60 / self.hour / STEP_MINUTES) * STEP_MINUTES
        minute = min(max(minute, 0), HOURS * 60 - STEP_MINUTES)
        room = columns.room(number)
        left = min(max(corner.x(), room.left()), room.left() + max(0, room.width() - frame.width()))
        area = QRect(left, self.y_of(minute) + 1, frame.width(), frame.height())
        return area, wall_at(self.page.days[number].day, minute)

    def empty_at(self, point: QPoint) -> datetime | None:
        if self.page is None:
            return None
        number = self.columns(self.page).number_at(point.x())
        if number is None:
            return None
        minute = point.y() * 60 // self.hour // STEP_MINUTES * STEP_MINUTES
        return wall_at(self.page.days[number].day, min(minute, HOURS * 60 - STEP_MINUTES))

    # The picture

    def paint_ground(self, painter: QPainter, page: CalendarPage, texts: CalendarTexts) -> None:
        columns = self.columns(page)
        for number, day in enumerate(page.days):
            paint_ground(painter, self.theme, columns.area(number, 0, self.height()), day)
            self._paint_clock_change(painter, columns, number, day)
        self._paint_hours(painter, columns, texts)
        painter.setPen(QPen(self.theme.colour("line"), 1))
        for number in range(len(page.days)):
            painter.drawLine(columns.left(number), 0, columns.left(number), self.height())
        self._paint_now(painter, columns, page)

    def _paint_hours(self, painter: QPainter, columns: DayColumns, texts: CalendarTexts) -> None:
        small = self.theme.font(Type.SMALL)
        height = QFontMetrics(small).height()
        painter.setFont(small)
        for hour in range(1, HOURS):
            y = self.y_of(hour * 60)
            painter.setPen(QPen(self.theme.colour("line"), 1))
            painter.drawLine(columns.axis - self.theme.px(4), y, self.width(), y)
            painter.setPen(self.theme.colour("secondary"))
            area = QRect(0, y - height // 2, columns.axis - self.theme.px(_BEHIND_HOURS), height)
            write(painter, area, _AT_END, texts.time(time(hour)))

    def _paint_clock_change(
        self, painter: QPainter, columns: DayColumns, number: int, day: CalendarDay
    ) -> None:
        """Colour the hour that is left out or comes twice, and say which where nothing lies upon it."""
        change = day.clock_change
        if change is None:
            return
        start = min(change.at, change.at + change.minutes)
        top = self.y_of(start)
        area = columns.area(number, top, self.y_of(start + abs(change.minutes)) - top)
        painter.fillRect(area, self.theme.colour("now_soft"))
        seen = placed(area, self)
        if any(frame.isVisible() and frame.geometry().intersects(seen) for frame in self.frames()):
            return
        painter.setFont(self.theme.font(Type.SMALL))
        painter.setPen(self.theme.colour("now"))
        words = _("skipped") if change.minutes > 0 else _("happens twice")
        inner = area.adjusted(self.theme.px(4), 0, 0, 0)
        write(painter, inner, _AT_START, words)

    def _paint_now(self, painter: QPainter, columns: DayColumns, page: CalendarPage) -> None:
        numbers = [n for n, day in enumerate(page.days) if day.day == page.today]
        if not numbers:
            return
        area = columns.area(numbers[0], self.y_of(minute_of_day(page.now, page.zone_name)), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("late"), 2))
        painter.drawLine(area.left(), area.top(), area.right(), area.top())
        painter.setBrush(self.theme.colour("late"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPoint(area.left(), area.top()), self.theme.px(4), self.theme.px(4))


class WeekStrip(EntryGrid):
    """The follow-ups of days that have many, above the hours; it has no height where there are none."""

    def __init__(
        self, theme: Theme, navigator: Navigator, wording: Wording, canvas: WeekCanvas, parent: QWidget
    ) -> None:
        super().__init__(theme, navigator, _("Follow-ups on busy days"), EntryForm.LINE, parent)
        self._canvas = canvas
        self._full: frozenset[int] = frozenset()
        """The numbers of the days whose follow-ups stand here."""
        self._most = STRIP_LINES
        """How many lines there was room for when they were placed."""

    @property
    def line(self) -> int:
        """The height of one entry with the gap below it."""
        return self.theme.px(MARK_HEIGHT) + 2

    def columns(self, page: CalendarPage) -> DayColumns:
        """The columns at the present width."""
        return DayColumns(self.theme, self.contentsRect().width(), len(page.days))

    def lines(self) -> int:
        """How many lines the fullest day needs, the button for the rest being one."""
        most = max((day.follow_up_count for _number, day in self._full_days()), default=0)
        return min(most, self.at_most())

    def _full_days(self) -> list[tuple[int, CalendarDay]]:
        """The days whose follow-ups stand here, with their numbers."""
        if self.page is None:
            return []
        found = self._canvas.laid_out(self.page.days, self.page.zone_name)
        return [(number, self.page.days[number]) for number, each in enumerate(found) if each.is_full]

    def at_most(self) -> int:
        """How many lines there is room for."""
        page = self.parentWidget()
        return STRIP_LINES - 1 if page is not None and page.height() < self.theme.px(LOW) else STRIP_LINES

    def follow_room(self) -> None:
        """Place the lines anew where the page has become so low or high that it has room for others."""
        if self.at_most() != self._most:
            self.relayout()

    def prepare(self, page: CalendarPage, texts: CalendarTexts) -> None:
        self._most = self.at_most()
        self._full = frozenset(number for number, _day in self._full_days())
        lines = self.lines()
        self.setFixedHeight(lines * self.line + self.theme.px(6) if lines else 0)

    def room_of(self, number: int) -> Hashable:
        assert self.page is not None
        columns = self.columns(self.page)
        return columns.left(number), columns.left(number + 1), self.at_most(), number in self._full

    def place_day(self, number: int, day: CalendarDay) -> Sequence[Place]:
        assert self.page is not None
        return [*self._place(self.columns(self.page), number, day)] if number in self._full else ()

    def _place(self, columns: DayColumns, number: int, day: CalendarDay) -> Iterator[Place]:
        most = self.at_most()
        shown = day.follow_ups[: most if day.follow_up_count <= most else most - 1]
        for line, follow_up in enumerate(shown):
            yield EntryPlace(follow_up, day, self._area(columns, number, line))
        if hidden := day.follow_up_count - len(shown):
            yield MorePlace(hidden, day, self._area(columns, number, len(shown)))

    def _area(self, columns: DayColumns, number: int, line: int) -> QRect:
        top = self.theme.px(3) + line * self.line
        return columns.area(number, top, self.line - 2).adjusted(2, 0, -3, 0)

    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        """Sideways only: another day at the same time."""
        if self.page is None or self.texts is None:
            return None
        columns = self.columns(self.page)
        number = columns.number_at(corner.x() + frame.width() // 2)
        if number is None:
            return None
        area = columns.area(number, frame.y(), frame.height()).adjusted(2, 0, -3, 0)
        minute = minute_of_day(frame.at, self.texts.zone_name)
        return area, wall_at(self.page.days[number].day, minute)

    def empty_at(self, point: QPoint) -> datetime | None:
        return None

    def paint_ground(self, painter: QPainter, page: CalendarPage, texts: CalendarTexts) -> None:
        columns = self.columns(page)
        for number, day in enumerate(page.days):
            paint_ground(painter, self.theme, columns.area(number, 0, self.height()), day)
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for number in range(len(page.days)):
            painter.drawLine(columns.left(number), 0, columns.left(number), self.height())


def _lane_area(column: QRect, span: tuple[int, int], lane: Lane) -> QRect:
    """The lane of a column between two heights, a pixel narrower where another follows."""
    top, bottom = span
    left = column.left() + column.width() * lane.number // lane.of
    right = column.left() + column.width() * (lane.number + 1) // lane.of
    return QRect(left, top, right - left - (1 if lane.number < lane.of - 1 else 0), bottom - top)


def first_minute(page: CalendarPage, visible: int) -> int:
    """From where on a week is shown first, if so many minutes of a day are seen at once.

    That is eight o'clock, or what begins before it; in the present week it is later where the hour of now, or
    an interview still to come today, would be out of sight, and earlier before eight.
    """
    starts = [minutes_in(span, day, page.zone_name)[0] for day in page.days for span in day.spans]
    first = min([8 * 60, *(start for start in starts if start >= 5 * 60)])
    if not page.first <= page.today <= page.last:
        return first
    now = minute_of_day(page.now, page.zone_name)
    ends = [
        minutes_in(span, day, page.zone_name)[1]
        for day in page.days
        if day.day == page.today
        for span in day.spans
        if span.end > page.now
    ]
    latest = max(now - 60, 0)
    return min(max(first, max([now + 60, *ends]) - visible), latest)
