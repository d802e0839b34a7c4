"""The month: whole weeks of days, each with as many of its entries as there is room for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.worktime import local
from followup_desktop.i18n import _
from followup_desktop.services.reading.calendar import AT_MOST, WEEK_DAYS, CalendarDay, CalendarPage
from followup_desktop.services.wording import Wording
from followup_desktop.ui.calendar.days import DayHead, paint_ground
from followup_desktop.ui.calendar.drawing import EntryForm
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.grid import (
    LEAST_WIDTH,
    EntryGrid,
    EntryPlace,
    MorePlace,
    Place,
    by_time,
    wall_at,
)
from followup_desktop.ui.calendar.navigator import Navigator
from followup_desktop.ui.calendar.texts import CalendarTexts, minute_of_day
from followup_desktop.ui.kit.mirror import placed
from followup_desktop.ui.kit.theme import Theme

HEAD = 25
LINE = 22
LEAST_LINES = 2
AT_ONCE = 50
"""So many entries of a day are listed at first, and more each time when these were gone through."""
MORNING = 10 * 60
"""An interview added in a month begins at ten, until its form says otherwise."""


class MonthCanvas(EntryGrid):
    """The days of a month in rows of a week."""

    def __init__(self, theme: Theme, navigator: Navigator, wording: Wording, parent: QWidget) -> None:
        name = _("The month's interviews and follow-ups")
        super().__init__(theme, navigator, name, EntryForm.LINE, parent)
        self._month: int | None = None
        self._heads: list[DayHead] = []

    def set_month(self, month: int) -> None:
        """Mute the days of other months than this from now on."""
        self._month = month

    def minimumSizeHint(self) -> QSize:
        weeks = len(self.page.days) // WEEK_DAYS if self.page is not None else 6
        least = self.theme.px(HEAD + LEAST_LINES * LINE + 4)
        return QSize(self.theme.px(LEAST_WIDTH), weeks * least)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @property
    def at_most(self) -> int:
        """So many entries of each day are shown at most."""
        return AT_MOST if self.page is None else max(AT_MOST, self.room(self.page))

    def cell(self, number: int) -> QRect:
        """The room of the day with that number, without the lines at its left and above it."""
        weeks = len(self.page.days) // WEEK_DAYS if self.page is not None else 1
        column, row = number % WEEK_DAYS, number // WEEK_DAYS
        left, right = (self.width() * n // WEEK_DAYS for n in (column, column + 1))
        top, bottom = (self.height() * n // weeks for n in (row, row + 1))
        return QRect(left + 1, top + 1, right - left - 1, bottom - top - 1)

    def number_at(self, point: QPoint) -> int | None:
        """The number of the day at that place."""
        days = len(self.page.days) if self.page is not None else 0
        return next((n for n in range(days) if self.cell(n).adjusted(-1, -1, 0, 0).contains(point)), None)

    def ground(self, page: CalendarPage) -> object:
        return self._month, super().ground(page)

    def is_short(self, page: CalendarPage) -> bool:
        there = page.at_most
        return there is not None and there < min(self.room(page), max(day.count for day in page.days))

    def room(self, page: CalendarPage) -> int:
        """How many entries of each day there is room for."""
        weeks = max(len(page.days) // WEEK_DAYS, 1)
        return self._fits(-(-self.height() // weeks) - 1)  # of the tallest cell

    def _fits(self, height: int) -> int:
        """How many lines there are in a cell; where a day has more entries, the last is for the button."""
        px = self.theme.px
        return max(1, (height - px(HEAD) - px(2)) // px(LINE))

    def prepare(self, page: CalendarPage, texts: CalendarTexts) -> None:
        while len(self._heads) < len(page.days):
            self._heads.append(self._new_head(len(self._heads)))
        for head in self._heads[len(page.days) :]:
            head.hide()
        for number, day in enumerate(page.days):
            cell, head = self.cell(number), self._heads[number]
            head.show_day(day, texts, page.today, muted=self._is_muted(day.day))
            head.setGeometry(placed(QRect(cell.left(), cell.top(), cell.width(), self.theme.px(HEAD)), self))
            head.show()

    def room_of(self, number: int) -> Hashable:
        cell = self.cell(number)
        return cell.left(), cell.top(), cell.width(), cell.height()

    def _new_head(self, number: int) -> DayHead:
        head = DayHead(self.theme, in_month=True, parent=self)
        head.clicked.connect(lambda: self._open_day(number))
        return head

    def place_day(self, number: int, day: CalendarDay) -> Sequence[Place]:
        px, cell = self.theme.px, self.cell(number)
        fits = self._fits(cell.height())
        shown = by_time(day)[: fits if day.count <= fits else fits - 1]
        areas = [
            QRect(cell.left() + 2, cell.top() + px(HEAD) + n * px(LINE), cell.width() - 5, px(LINE) - 2)
            for n in range(fits)
        ]
        places: list[Place] = [
            EntryPlace(entry, day, area) for entry, area in zip(shown, areas, strict=False)
        ]
        if hidden := day.count - len(shown):
            places.append(MorePlace(hidden, day, areas[len(shown)]))
        return places

    def _is_muted(self, day: date) -> bool:
        return day.month != self._month

    def _open_day(self, number: int) -> None:
        if self.page is not None:
            self.day_wanted.emit(self.page.days[number].day)

    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        """Another day at the same time."""
        if self.page is None or self.texts is None:
            return None
        number = self.number_at(corner + QPoint(frame.width() // 2, frame.height() // 2))
        if number is None:
            return None
        minute = minute_of_day(frame.at, self.texts.zone_name)
        return QRect(corner, frame.size()), wall_at(self.page.days[number].day, minute)

    def empty_at(self, point: QPoint) -> datetime | None:
        number = self.number_at(point)
        if number is None or self.page is None:
            return None
        return wall_at(self.page.days[number].day, MORNING)

    def paint_ground(self, painter: QPainter, page: CalendarPage, texts: CalendarTexts) -> None:
        painter.fillRect(self.rect(), self.theme.colour("line"))
        for number, day in enumerate(page.days):
            muted = self._is_muted(day.day)
            paint_ground(painter, self.theme, self.cell(number), day, muted=muted, head=self.theme.px(24))
        today = [n for n, day in enumerate(page.days) if day.day == page.today]
        if today:
            painter.setPen(QPen(self.theme.colour("accent"), 1))
            painter.drawRect(self.cell(today[0]).adjusted(0, 0, -1, -1))

    def heads(self) -> Sequence[DayHead]:
        return self._heads[: len(self.page.days)] if self.page is not None else ()


class DayList(EntryGrid):
    """Everything of one day, one below the other, of very many the first ones until more are wanted."""

    def __init__(self, theme: Theme, navigator: Navigator, wording: Wording, parent: QWidget) -> None:
        super().__init__(theme, navigator, _("The day's interviews and follow-ups"), EntryForm.ROW, parent)
        self.at_most = AT_ONCE

    @property
    def row(self) -> int:
        """The height of an entry with the gap below it."""
        return self.theme.px(38)

    @property
    def rows(self) -> int:
        """How many rows there are, the button for the others being one."""
        if self.page is None or self.page.at_most is None:
            return 0
        return min(self.page.days[0].count, self.page.at_most + 1)

    def begin_anew(self) -> None:
        """Another day begins with the first ones."""
        self.at_most = AT_ONCE

    def show_hidden(self, day: date) -> None:
        """List more, and put the keyboard on the first of them if it was on the button."""
        had_keyboard, listed = any(each.hasFocus() for each in self.buttons()), len(self.frames())
        self.show_next()
        if had_keyboard:
            self._navigator.select(self.frames()[listed].key, focus=True)

    def show_next(self) -> None:
        """List more of them, if there are any."""
        if self.page is not None and self.page.days[0].count > self.at_most:
            self.at_most += AT_ONCE
            self.short.emit()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), max(1, self.rows) * self.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(LEAST_WIDTH), self.sizeHint().height())

    def prepare(self, page: CalendarPage, texts: CalendarTexts) -> None:
        self.updateGeometry()

    def room_of(self, number: int) -> Hashable:
        return self.width(), self.page.at_most if self.page is not None else None

    def place_day(self, number: int, day: CalendarDay) -> Sequence[Place]:
        shown = by_time(day)[: self.page.at_most if self.page is not None else 0]
        areas = [
            QRect(0, n * self.row, self.width(), self.row - self.theme.px(4)) for n in range(len(shown) + 1)
        ]
        places: list[Place] = [
            EntryPlace(entry, day, area) for entry, area in zip(shown, areas, strict=False)
        ]
        if hidden := day.count - len(shown):
            places.append(MorePlace(hidden, day, areas[-1]))
        return places

    def paint_ground(self, painter: QPainter, page: CalendarPage, texts: CalendarTexts) -> None:
        """The entries of a day stand on the page's own."""

    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        """Nothing is carried in a list."""
        return None

    def empty_at(self, point: QPoint) -> datetime | None:
        """Below the entries: the day at ten, or in an hour where that is past today."""
        if self.page is None or point.y() < self.rows * self.row:
            return None
        day = self.page.days[0].day
        now = local(self.page.now, self.page.zone_name)
        hour = now.hour + 1 if day == self.page.today and now.hour >= 10 else 10
        return wall_at(day, min(hour, 23) * 60)
