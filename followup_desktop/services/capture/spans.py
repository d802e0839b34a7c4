"""Days and stretches of days that a phrase can mean, and which of several is meant."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_WORKING_DAYS = 5
_MOST_BY_HOLIDAYS = 1000
"""Of more working days than these nobody knows the holidays; to reckon them would hold up the typing."""
Works = Callable[[date], bool]
"""Whether a day is a working day."""


def weekdays(day: date) -> bool:
    """Whether it is one from Monday to Friday: a working day where no holidays are known."""
    return day.weekday() < _WORKING_DAYS


class Direction(StrEnum):
    """On which side of today a date without a year, or a weekday, lies.

    ``NEXT`` is for what is to come (today counts for a date, not for a weekday), ``LAST`` for what has
    happened (today counts).
    """

    NEXT = "next"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` to ``last``; ``day`` is the one that counts where one is needed: the later reading.

    ``has_side`` says that the phrase itself tells the side of today: "ago", "in", a year.
    """

    first: date
    last: date
    day: date
    has_side: bool = False

    def moved(self, by: timedelta) -> Span:
        """The span, moved so much later."""
        return Span(self.first + by, self.last + by, self.day + by, self.has_side)


def one(day: date, *, has_side: bool = False) -> Span:
    """A single day."""
    return Span(day, day, day, has_side)


def with_side(span: Span) -> Span:
    """The span, with its side of today told by the phrase."""
    return replace(span, has_side=True)


def pick(candidates: Iterable[Span], today: date, direction: Direction, *, whole: bool = True) -> Span | None:
    """The one of these, in the order of time, that lies on the side of today.

    A stretch in which today lies counts up to today, or from today on if it is ``whole`` (a week is not:
    who says "this week" on a Saturday means the one to come).
    """
    found = list(candidates)
    if direction is Direction.LAST:
        past = [each for each in found if each.first <= today]
        return replace(past[-1], day=min(past[-1].day, today)) if past else None
    for each in found:
        if each.day >= today:
            return each
        if whole and each.first < each.last and each.last >= today:
            return replace(each, day=today)
    return None


def years(make: Callable[[int], Span | None], today: date, direction: Direction) -> Span | None:
    """What comes once a year, on the side of today; a year in which it does not exist is passed over."""
    around = range(max(1, today.year - 8), min(9998, today.year + 8) + 1)  # 29 February: at most 8 years away
    return pick((each for year in around if (each := make(year)) is not None), today, direction)


def week_of(day: date) -> Span:
    """The working week in which a day lies; its Friday is the later reading."""
    monday = day - timedelta(days=day.weekday())
    friday = monday + 4 * DAY
    return Span(monday, friday, friday)


def month_span(year: int, month: int) -> Span:
    """A month; its last working day is the later reading."""
    return days_of_month(year, month, 1, calendar.monthrange(year, month)[1])


def days_of_month(year: int, month: int, first: int, last: int) -> Span:
    """A part of a month; its last working day is the later reading."""
    start, end = date(year, month, first), date(year, month, last)
    return Span(start, end, max(start, working_day_before(end + DAY)))


def part_of_month(year: int, month: int, part: str) -> Span:
    """The end, the late part, the middle, the early part or the beginning of a month.

    Its end is its last working day, its beginning its first, its middle that on or after the 15th; its early
    part goes on until the 10th, its late part begins on the 21st.
    """
    end = calendar.monthrange(year, month)[1]
    if part == "early":
        return days_of_month(year, month, 1, 10)
    if part == "late":
        return days_of_month(year, month, 21, end)
    if part == "end":
        return Span((last := days_of_month(year, month, 1, end).day), date(year, month, end), last)
    if part == "mid":
        return Span(date(year, month, 11), date(year, month, 20), working_day_from(date(year, month, 15)))
    return one(working_day_from(date(year, month, 1)))


def week_of_month(year: int, month: int, number: int) -> Span | None:
    """The week of that number (-1: the last): it has most of its working days in the month."""
    length = calendar.monthrange(year, month)[1]
    middles = [day for day in range(1, length + 1) if date(year, month, day).weekday() == 2]
    if number > len(middles):
        return None
    week = week_of(date(year, month, middles[number - 1 if number > 0 else number]))
    last = min(week.last, date(year, month, length))
    return Span(max(week.first, date(year, month, 1)), last, last)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> Span | None:
    """The first, second … (-1: last) of a weekday in a month."""
    length = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    if number > len(days):
        return None
    return one(date(year, month, days[number - 1 if number > 0 else number]))


def working_day_before(day: date) -> date:
    """The last from Monday to Friday before a day; holidays are for the rules."""
    day -= DAY
    while not weekdays(day):
        day -= DAY
    return day


def working_day_from(day: date) -> date:
    """The first from Monday to Friday at or after a day."""
    while not weekdays(day):
        day += DAY
    return day


def after_working_days(day: date, count: int, works: Works = weekdays) -> date:
    """The day so many working days later, or earlier for a negative count."""
    step = DAY if count > 0 else -DAY
    left = abs(count)
    if left > _MOST_BY_HOLIDAYS:
        works = weekdays
    while left:
        day += step
        left -= works(day)
    return day


def after_months(day: date, count: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = month_after(day, count)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_after(day: date, count: int) -> tuple[int, int]:
    """The year and the month so many months after that of a day."""
    more, month = divmod(day.month - 1 + count, 12)
    return day.year + more, month + 1


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> Span:
    """The days that a name of ``HOLIDAYS`` stands for in a year."""
    if name in _AFTER_EASTER:
        first, last, day = (easter(year) + days * DAY for days in _AFTER_EASTER[name])
        return Span(first, last, day)
    if name == "thanksgiving":
        thursday = date(year, 11, 1) + timedelta(days=(3 - date(year, 11, 1).weekday()) % 7 + 21)
        return Span(thursday, thursday + DAY, thursday)
    begins, ends = HOLIDAYS[name]
    start = date(year, *begins)
    return Span(start, date(year + (ends < begins), *ends), start)


HOLIDAYS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "christmas eve": ((12, 24), (12, 24)),
    "christmas day": ((12, 25), (12, 25)),
    "christmas": ((12, 25), (12, 26)),
    "boxing day": ((12, 26), (12, 26)),
    "new year eve": ((12, 31), (12, 31)),
    "new year": ((1, 1), (1, 1)),
    "holidays": ((12, 24), (1, 1)),
}
"""Holidays by which people state dates, with their first and last days; those that move are reckoned.

Names of weekdays in them are short, as ``vocabulary.Translator`` leaves them.
"""
_AFTER_EASTER = {
    "good fri": (-2, -2, -2),
    "easter mon": (1, 1, 1),
    "easter": (-2, 1, 0),
    "ascension day": (39, 39, 39),
    "pentecost mon": (50, 50, 50),
    "pentecost": (49, 50, 49),
}
"""The first and last days of holidays, and the day itself, counted from Easter Sunday."""
MOVING_HOLIDAYS = (*_AFTER_EASTER, "thanksgiving")
