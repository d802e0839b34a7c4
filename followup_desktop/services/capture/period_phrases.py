"""Weeks, months, quarters, years and holidays in a phrase, and the days that are named by them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from followup_desktop.services.capture import spans
from followup_desktop.services.capture.phrase_words import MONTH, NTH, NUMBER, WD
from followup_desktop.services.capture.spans import (
    DAY,
    WEEK,
    Direction,
    Span,
    Works,
    one,
    pick,
    with_side,
    years,
)
from followup_desktop.services.capture.vocabulary import MONTHS, WEEKDAYS

DateOf = Callable[[str, date], Span | None]
"""Reads a date with its day, as said on a day."""

_SHIFTS = {
    "last": -1, "this": 0, "next": 1, "coming": 1, "this coming": 1, "after next": 2, "before last": -2,
}  # fmt: skip
_WHICH = "this coming|this|next|coming|last"
PART = "early|late|start|mid|end"
_NAMES = "|".join((*spans.HOLIDAYS, *spans.MOVING_HOLIDAYS))
HOLIDAY = rf"(?:{_NAMES})(?: \d{{4}})?"


class Periods:
    """Reads them as said ``today``; ``date_of`` reads the date by which a week is named.

    ``works`` says which days are counted as working days.
    """

    def __init__(
        self, today: date, direction: Direction, date_of: DateOf, works: Works = spans.weekdays
    ) -> None:
        self._works = works
        self._today = today
        self._direction = direction
        self._date_of = date_of
        self._monday = today - today.weekday() * DAY

    # Weeks

    def week(self, words: str) -> Span | None:
        """ "next week", "the week after next", "the week of the 19th", "week 43", "the weekend"."""
        words = re.sub(r"^(?:in|during) (?=.*week)", "", words)
        return self._weekend(words) or self._whole_week(words) or self._numbered_week(words)

    def _weekend(self, words: str) -> Span | None:
        match = re.fullmatch(
            rf"(?:(?P<which>{_WHICH}) )?weekend(?: (?P<then>after next|before last))?", words
        )
        if match is None:
            return None
        which = match["then"] or match["which"]
        here = Span(self._monday + 5 * DAY, self._monday + 6 * DAY, self._monday + 6 * DAY)
        if which in {"next", "last", "after next", "before last"}:
            return with_side(here.moved(_SHIFTS[which] * WEEK))
        return pick((here.moved(-WEEK), here), self._today, self._direction)

    def _whole_week(self, words: str) -> Span | None:
        if match := re.fullmatch(r"week (after next|before last)", words):
            return with_side(self._week_in(_SHIFTS[match[1]]))
        if match := re.fullmatch(r"(next|coming|this coming|last) week", words):
            return with_side(self._week_in(_SHIFTS[match[1]]))
        if words == "this week":
            return self._pick_week(lambda week: week)
        match = re.fullmatch(r"week (?:(?P<how>of|from|with|in|after|before|ending) )?(?P<what>.+)", words)
        bare = rf"(?:{WD})|today|tomorrow|next|last|that|\d{{1,2}}(?: \d{{4}})?"
        if match is None or re.fullmatch(bare, match["what"]):
            return None
        return self._week_with(match["how"] or "of", match["what"])

    def _week_in(self, step: int) -> Span:
        return spans.week_of(self._today + step * WEEK)

    def _pick_week(self, cut: Callable[[Span], Span]) -> Span | None:
        weeks = (cut(self._week_in(step)) for step in (-1, 0, 1))
        return pick(weeks, self._today, self._direction, whole=False)

    def _week_with(self, how: str, what: str) -> Span | None:
        """The week of a day or up to it, before or after it; of what is to come, the present week counts."""
        step = {"after": 1, "before": -1}.get(how, 0)
        starts = (self._monday, self._today) if self._direction is Direction.NEXT else (self._today,)
        for start in starts:
            day = self._date_of(what, start) or self.holiday(what)
            if day is None:
                return None
            week = spans.week_of(day.first + step * WEEK)
            if how == "ending" and day.first < week.last:
                week = Span(week.first, day.first, day.first)
            found = Span(week.first, week.last, week.day, day.has_side)
            if found.has_side or found.day >= self._today or start == self._today:
                break
        return found

    def _numbered_week(self, words: str) -> Span | None:
        match = re.fullmatch(
            r"(?:calendar week|week|cw|kw|v) (?:no |nr |number )?(?P<n>\d{1,2})(?: (?P<y>\d{4}))?", words
        )
        if match is None:
            return None

        def of(year: int) -> Span | None:
            try:
                return spans.week_of(date.fromisocalendar(year, int(match["n"]), 1))
            except ValueError:
                return None

        return self._in_year(of, match["y"])

    def weekday_of_week(self, words: str) -> Span | None:
        """ "Friday next week", "Thursday in the week of the 26th", "Friday in two weeks"."""
        match = re.fullmatch(rf"(?P<day>{WD}) (?:of |in (?!\d))?(?P<week>.+)", words)
        match = match or re.fullmatch(rf"(?P<week>.*(?:week|fortnight).*?)(?: on)? (?P<day>{WD})", words)
        if match is None:
            return None
        day = WEEKDAYS.index(match["day"]) * DAY
        if ahead := re.fullmatch(r"in (\d{1,2}) (week|fortnight)(?: from today)?", match["week"]):
            weeks = int(ahead[1]) * (2 if ahead[2] == "fortnight" else 1)
            return one(self._monday + weeks * WEEK + day, has_side=True)
        week = self._whole_week(match["week"]) or self._numbered_week(match["week"])
        return one(week.first + day, has_side=True) if week is not None else None

    # Months, and what is counted in them

    def counted(self, words: str) -> Span | None:
        """ "first Monday of November", "last day of the month", "the first week of next month"."""
        match = re.fullmatch(
            rf"(?P<nth>{NTH}) (?P<what>{WD}|working day|day|week|half) (?:of |in )?(?P<month>.+)", words
        )
        if match is None:
            return None
        number = -1 if match["nth"] == "last" else int(match["nth"][0])
        return self._month(
            match["month"], lambda year, month: _nth(year, month, match["what"], number, self._works)
        )

    def part(self, words: str) -> Span | None:
        """ "end of next week", "mid-November", "early next month", "Q1", "the end of the year"."""
        match = re.fullmatch(rf"(?:in (?!\d))?(?:(?P<part>{PART}) )?(?:of |in )?(?P<what>.+)", words)
        if match is None:
            return None
        part, what = match["part"], match["what"]
        if part is None and what in {"month", "quarter"}:
            return None
        return (
            self._part_of_week(part, what)
            or self._month(what, lambda year, month: _part_of_month(year, month, part))
            or self._quarter(what, part)
            or self._year(what, part)
        )

    def _part_of_week(self, part: str | None, what: str) -> Span | None:
        if part is None:
            return None
        if re.fullmatch(rf"(?:(?:{_WHICH}) )?weekend", what):
            return self._weekend(what)
        first, last = {"start": (0, 0), "early": (0, 1), "mid": (2, 2), "late": (3, 4), "end": (4, 4)}[part]

        def cut(week: Span) -> Span:
            return Span(week.first + first * DAY, week.first + last * DAY, week.first + last * DAY)

        if what in {"week", "this week"}:
            return self._pick_week(cut)
        found = self._whole_week(what) or self._numbered_week(what)
        return with_side(cut(found)) if found is not None else None

    def _month(self, what: str, make: Callable[[int, int], Span | None]) -> Span | None:
        """What ``make`` gives of a month that is named, or of this one or the next."""
        return self._named_month(what, make) or self._some_month(what, make)

    def _named_month(self, what: str, make: Callable[[int, int], Span | None]) -> Span | None:
        match = re.fullmatch(
            rf"(?:(?P<which>next|this|last) )?(?P<month>{MONTH})(?: (?:of )?(?P<year>\d{{4}}))?", what
        )
        if match is None:
            return None
        month = MONTHS.index(match["month"]) + 1
        if match["which"] is None or match["year"]:
            return self._in_year(lambda year: make(year, month), match["year"])
        side = Direction.LAST if match["which"] == "last" else Direction.NEXT
        found = years(lambda year: make(year, month), self._today, side)
        return with_side(found) if found is not None else None

    def _some_month(self, what: str, make: Callable[[int, int], Span | None]) -> Span | None:
        match = re.fullmatch(rf"(?:(?P<which>{_WHICH}) )?month(?: (?P<then>after next|before last))?", what)
        if match is None:
            return None
        which = match["then"] or match["which"] or "this"
        if which == "this":
            months = (make(*spans.month_after(self._today, step)) for step in (-1, 0, 1))
            return pick((each for each in months if each is not None), self._today, self._direction)
        found = make(*spans.month_after(self._today, _SHIFTS[which]))
        return with_side(found) if found is not None else None

    # Quarters, years, holidays

    def _quarter(self, what: str, part: str | None) -> Span | None:
        named = re.fullmatch(
            r"(?:q ?(?P<q>[1-4])|(?P<nth>[1-4])(?:st|nd|rd|th) quarter)(?: (?:of )?(?P<year>\d{4}))?", what
        )
        if named is not None:
            month = 3 * int(named["q"] or named["nth"]) - 2
            return self._in_year(lambda year: _part_of_months(year, month, 3, part), named["year"])
        match = re.fullmatch(rf"(?:(?P<which>{_WHICH}) )?quarter", what)
        if match is None:
            return None
        begun = self._today.replace(day=1, month=self._today.month - (self._today.month - 1) % 3)
        return self._some_months(match["which"], 3, begun, part)

    def _year(self, what: str, part: str | None) -> Span | None:
        """A part of a year: a year by itself is too long to be a date."""
        if part is None:
            return None
        if match := re.fullmatch(r"(\d{4})", what):
            return with_side(_part_of_months(int(match[1]), 1, 12, part))
        match = re.fullmatch(rf"(?:(?P<which>{_WHICH}) )?year", what)
        if match is None:
            return None
        return self._some_months(match["which"], 12, self._today.replace(day=1, month=1), part)

    def _some_months(self, which: str | None, count: int, begun: date, part: str | None) -> Span | None:
        def of(step: int) -> Span:
            return _part_of_months(*spans.month_after(begun, step * count), count, part)

        if which is not None and which != "this":
            return with_side(of(_SHIFTS[which]))
        return pick((of(-1), of(0), of(1)), self._today, self._direction)

    def holiday(self, words: str) -> Span | None:
        """ "Christmas", "New Year 2027", "Easter"."""
        match = re.fullmatch(rf"(?P<name>{_NAMES})(?: (?P<year>\d{{4}}))?", words)
        if match is None:
            return None
        return self._in_year(lambda year: spans.holiday(match["name"], year), match["year"])

    def _in_year(self, make: Callable[[int], Span | None], said: str | None) -> Span | None:
        """What ``make`` gives of the year that was said, or else of the one on the side of today."""
        if said is None:
            return years(make, self._today, self._direction)
        found = make(int(said))
        return with_side(found) if found is not None else None


def some_weekday(number: int, which: str | None, then: str | None, today: date, side: Direction) -> Span:
    """A weekday: the next after today or the last until today, or as told: "next", "last", "after next"."""
    monday = today - today.weekday() * DAY
    weeks = _SHIFTS.get(then or "") if then in {"after next", "before last"} else None
    if weeks is None and "next" in (which, then):
        weeks = 1
    if weeks is not None:
        return one(monday + weeks * WEEK + number * DAY, has_side=True)
    back = (today.weekday() - number) % 7
    if "last" in (which, then):
        return one(today - (back or 7) * DAY, has_side=True)
    if side is Direction.LAST and not {"coming", "this coming"} & {which, then}:
        return one(today - back * DAY)
    return one(today + (7 - back) * DAY, has_side=side is Direction.LAST)


def _nth(year: int, month: int, what: str, number: int, works: Works) -> Span | None:
    """The first, second … last (-1) day, working day, weekday, week or half of a month."""
    length = monthrange(year, month)[1]
    if what == "week":
        return spans.week_of_month(year, month, number)
    if what == "half":
        return spans.days_of_month(year, month, *((1, 15) if number == 1 else (16, length)))
    if what in WEEKDAYS:
        return spans.weekday_of_month(year, month, WEEKDAYS.index(what), number)
    if what == "day":
        return one(date(year, month, number if number > 0 else length))
    edge = date(year, month, 1) - DAY if number > 0 else date(year, month, length) + DAY
    return one(spans.after_working_days(edge, number, works))


def _part_of_month(year: int, month: int, part: str | None) -> Span:
    return spans.month_span(year, month) if part is None else spans.part_of_month(year, month, part)


def _part_of_months(year: int, month: int, count: int, part: str | None) -> Span:
    """A part of a quarter or a year: its first month is the early part, its last the late one."""
    start = date(year, month, 1)
    end = spans.month_after(start, count - 1)
    if part == "early":
        return spans.month_span(year, month)
    if part == "start":
        return spans.part_of_month(year, month, "start")
    if part == "mid":
        return spans.part_of_month(*spans.month_after(start, (count - 1) // 2), "end")
    last = spans.month_span(*end)
    return one(last.day) if part else Span(start, last.last, last.day)


def left_open(words: str) -> bool:
    """Whether words say something only with what follows: "2" of "2 or 3 weeks", "mid" of "mid to late"."""
    return re.fullmatch(rf"(?:in |within |next )*{NUMBER}(?:st|nd|rd|th)?|{PART}", words) is not None
