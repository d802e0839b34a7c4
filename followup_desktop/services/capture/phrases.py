"""English as people say by when: "in two weeks", "Friday week", "the week of the 19th"."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date, timedelta

from followup_desktop.services.capture import spans
from followup_desktop.services.capture.numeric_dates import NEAR_YEARS, nearest_year, read_figures
from followup_desktop.services.capture.period_phrases import HOLIDAY, PART, Periods, left_open, some_weekday
from followup_desktop.services.capture.phrase_words import MONTH, NTH, NUMBER, UNIT, WD
from followup_desktop.services.capture.spans import DAY, Direction, Span, Works, one, pick, with_side, years
from followup_desktop.services.capture.vocabulary import MONTHS, WEEKDAYS, DateWriting

_DURATION = rf"(?P<n>{NUMBER}) (?P<unit>{UNIT})"
_NUMBER_OF_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NTH_DAY = r"\d{1,2}(?:st|nd|rd|th)"
_DAY_MONTH = re.compile(
    rf"(?:(?P<d1>{_NUMBER_OF_DAY}) (?:of |de )?)?(?P<month>{MONTH})(?: (?P<d2>{_NUMBER_OF_DAY}))?"
    r"(?: (?:de |of )?(?P<year>\d{4}|\d\d))?"
)
_NAME = "day after tomorrow|day before yesterday|today|tomorrow|yesterday"
_NAMED_IN_A_YEAR = re.compile(rf"\b(?:{MONTH}|q ?[1-4]|{HOLIDAY})\b|\d/\d|\bquarter$")
_HOURS = range(24)
_NAMED = {
    "today": 0, "now": 0, "right now": 0, "just now": 0, "late today": 0, "tomorrow": 1,
    "end tomorrow": 1, "day after tomorrow": 2, "after tomorrow": 2, "yesterday": -1,
    "day before yesterday": -2,
}  # fmt: skip
_AHEAD = (
    r"(?:in|within|inside|under|next|coming|less than|at least|over)(?: next| coming)* "
    rf"{_DURATION}(?: from today)?"
)
_EITHER = rf"{_DURATION}(?P<ago> ago| back| earlier)?(?P<ahead> from today| later| ahead)?"
_SOME_DAY = rf"today|tomorrow|yesterday|(?:this |next |coming )?(?:{WD})"
_RECKONED = (
    rf"(?:{_DURATION}|(?P<alone>day|week|fortnight)) (?P<how>from|after|before|on) (?P<what>.+)",
    rf"{_DURATION}(?P<how>)(?P<alone>) (?P<what>{_SOME_DAY})",
    rf"(?P<what>{_SOME_DAY})(?P<how>) (?:{_DURATION}|(?P<alone>week|fortnight))",
)


class Contradiction(Exception):
    """The weekday that was said is not that of the day."""

    def __init__(self, day: date, weekday: int) -> None:
        super().__init__()
        self.day = day
        self.weekday = weekday


class DayConflict(Exception):
    """The words name two days that are not the same: "tomorrow, 16 October"."""

    def __init__(self, day: date, other: date) -> None:
        super().__init__()
        self.day = day
        self.other = other


class FarYear(Exception):
    """A year of two figures that lies far from today, so that they may be anything else."""

    def __init__(self, year: int) -> None:
        super().__init__()
        self.year = year


class NoSuchDay(Exception):
    """The month has no such day: in no year, or not in the year that was said."""

    def __init__(self, year: int | None, month: int) -> None:
        super().__init__()
        self.year = year
        self.month = month


class PhraseReader:
    """Reads phrases that are said ``today``, in the words that ``phrase_words.tidy`` leaves.

    A weekday is the next after today, "next Friday" that of the next week, from Monday on, "Friday week" a
    week after the coming one. A week stands for its Friday, a month for its last day from Monday to Friday:
    the later reading. "By" a month is its first such day, and "before" and "after" something the last such
    day before it and the first after it. Working days are those that ``works`` says.
    """

    def __init__(
        self, today: date, direction: Direction, writing: DateWriting, works: Works = spans.weekdays
    ) -> None:
        self._today = today
        self._direction = direction
        self._writing = writing
        self._works = works
        self._periods = Periods(today, direction, lambda words, day: self._said_on(day).date(words), works)

    def read(self, words: str) -> Span | None:
        """What the words mean, or ``None``; raises ``Contradiction`` and ``NoSuchDay``."""
        periods = self._periods
        readers = (
            self._named_day, self._of_some_year, self.date, self._bounded, self._one_or_other,
            self._duration, periods.week,
            self._weekday, self._some_weekdays, self._weekday_beside, periods.weekday_of_week,
            periods.counted, periods.part, periods.holiday, self._reckoned,
        )  # fmt: skip
        return next((found for reader in readers if (found := reader(words)) is not None), None)

    def _said_on(self, today: date) -> PhraseReader:
        return PhraseReader(today, self._direction, self._writing, self._works)

    def _towards(self, direction: Direction) -> PhraseReader:
        return PhraseReader(self._today, direction, self._writing, self._works)

    # Days

    def _named_day(self, words: str) -> Span | None:
        return one(self._today + _NAMED[words] * DAY, has_side=True) if words in _NAMED else None

    def _of_some_year(self, words: str) -> Span | None:
        """ "8 January next year", "next year in March", "Christmas last year"."""
        match = re.fullmatch(r"(?P<what>.+?)(?: (?:of|in))? (?P<which>this|next|last) year", words)
        match = match or re.fullmatch(
            r"(?:in )?(?P<which>this|next|last) year (?:(?:on|in) )?(?P<what>.+)", words
        )
        if match is None or not _NAMED_IN_A_YEAR.search(match["what"]):
            return None
        year = self._today.year + {"this": 0, "next": 1, "last": -1}[match["which"]]
        return self.read(f"{match['what']} {year}")

    def date(self, words: str) -> Span | None:
        """A date in figures or with its month's name, or a day of a month; its weekday has to fit."""
        if re.fullmatch(r"\d{1,2}", words):
            return None
        twice = re.fullmatch(rf"(?P<name>{_NAME}) (?P<rest>.+)", words)
        twice = twice or re.fullmatch(rf"(?P<rest>.+?) (?P<name>{_NAME})", words)
        if twice is not None:
            return self._named_twice(twice["name"], twice["rest"])
        first = re.fullmatch(
            rf"(?:(?:next|this|coming|last) )?(?P<day>{WD})(?: (?:next|coming))? (?P<rest>.+)", words
        )
        match = first or re.fullmatch(rf"(?P<rest>.+) (?P<day>{WD})", words)
        found = self._bare_date(match["rest"] if match else words)
        if match and found is not None and found.day.weekday() != WEEKDAYS.index(match["day"]):
            raise Contradiction(found.day, WEEKDAYS.index(match["day"]))
        return found

    def _named_twice(self, name: str, rest: str) -> Span | None:
        """ "tomorrow, 15 October", "Thursday tomorrow": the two have to be the same day."""
        day = self._today + _NAMED[name] * DAY
        if re.fullmatch(WD, rest):
            if day.weekday() != WEEKDAYS.index(rest):
                raise Contradiction(day, WEEKDAYS.index(rest))
            return one(day, has_side=True)
        side = Direction.LAST if day < self._today else Direction.NEXT
        other = self._towards(side).date(rest)
        if other is None:
            return None
        if other.day != day:
            raise DayConflict(day, other.day)
        return one(day, has_side=True)

    def _bare_date(self, words: str) -> Span | None:
        if (figures := read_figures(words, self._writing, self._today)) is not None:
            return self._day(figures.day, figures.month, figures.year)
        if only := re.fullmatch(rf"(?:of )?({_NUMBER_OF_DAY})", words):
            return self._of_some_month(_figure(only[1]))
        if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th) (?:of |in )?(this|next|last) month", words):
            year, month = spans.month_after(self._today, {"this": 0, "next": 1, "last": -1}[found[2]])
            return with_side(self._day(int(found[1]), month, year))
        if found := re.fullmatch(rf"(?P<y>\d{{4}}) (?P<m>{MONTH}) (?P<d>\d{{1,2}})", words):
            return self._day(int(found["d"]), MONTHS.index(found["m"]) + 1, int(found["y"]))
        return self._day_and_month(words)

    def _day_and_month(self, words: str) -> Span | None:
        """ "8 January", "Jan 8th 2027", "8 Jan 27"."""
        match = _DAY_MONTH.fullmatch(words)
        if (
            match is None
            or not (match["d1"] or match["d2"])
            or all((match["d1"], match["d2"], match["year"]))
        ):
            return None
        year = match["year"] or (match["d2"] if match["d1"] else None)
        day = _figure(match["d1"] or match["d2"])
        return self._day(day, MONTHS.index(match["month"]) + 1, self._year(year))

    def _year(self, said: str | None) -> int | None:
        """A year of four figures, or one of two that lies near today: any other two may be an hour."""
        if said is None or len(said) == 4:
            return int(said) if said else None
        year = nearest_year(_figure(said), self._today)
        is_wrong = year < self._today.year if self._direction is Direction.NEXT else year > self._today.year
        if abs(year - self._today.year) > NEAR_YEARS or (is_wrong and _figure(said) in _HOURS):
            raise FarYear(year)
        return year

    def _day(self, day: int, month: int, year: int | None) -> Span:
        a_leap_year = 2000
        if not (1 <= month <= 12 and 1 <= day <= monthrange(year or a_leap_year, month)[1]):
            raise NoSuchDay(year, month)
        if year is not None:
            return one(date(year, month, day), has_side=True)
        found = years(lambda each: _existing(each, month, day), self._today, self._direction)
        if found is None:
            raise NoSuchDay(None, month)
        return found

    def _of_some_month(self, day: int) -> Span | None:
        months = (spans.month_after(self._today, step) for step in range(-3, 4))
        days = [each for year, month in months if (each := _existing(year, month, day)) is not None]
        return pick(days, self._today, self._direction)

    def _weekday(self, words: str) -> Span | None:
        """ "Friday", "this coming Friday", "Monday after next", "last Friday"."""
        match = re.fullmatch(
            rf"(?:(?P<which>this coming|this|next|coming|last) )?(?P<day>{WD})"
            r"(?: (?P<then>after next|before last|next|last|coming))?",
            words,
        )
        if match is None:
            return None
        number = WEEKDAYS.index(match["day"])
        return some_weekday(number, match["which"], match["then"], self._today, self._direction)

    def _some_weekdays(self, words: str) -> Span | None:
        """ "two Fridays from now", "2 Fridays ago"."""
        match = re.fullmatch(rf"(?P<n>\d{{1,2}}) (?P<day>{WD}) (?P<how>from today|ago)", words)
        if match is None or match["n"] == "0":
            return None
        past, number = match["how"] == "ago", WEEKDAYS.index(match["day"])
        first = some_weekday(number, "last" if past else "coming", None, self._today, self._direction)
        return with_side(first.moved((1 - int(match["n"]) if past else int(match["n"]) - 1) * spans.WEEK))

    def _weekday_beside(self, words: str) -> Span | None:
        """ "the Monday after Thanksgiving", "the Friday before Christmas"."""
        match = re.fullmatch(rf"(?P<day>{WD}) (?P<how>after|before) (?P<what>.+)", words)
        found = self.read(match["what"]) if match is not None else None
        if match is None or found is None:
            return None
        number = WEEKDAYS.index(match["day"])
        if match["how"] == "after":
            return one(
                found.last + ((number - found.last.weekday() - 1) % 7 + 1) * DAY, has_side=found.has_side
            )
        return one(
            found.first - ((found.first.weekday() - number - 1) % 7 + 1) * DAY, has_side=found.has_side
        )

    # By, before, after; the one or the other

    def _bounded(self, words: str) -> Span | None:
        match = re.fullmatch(r"(?P<how>by|until|before|after|from|since) (?P<what>.+)", words)
        if match is None:
            return None
        how, what = match["how"], match["what"]
        if how == "after":
            return self._after(what)
        if how in {"by", "until"}:
            return self._by_the_start(what) or self.read(what)
        if how == "before" and not re.fullmatch(rf"(?:end|in) .*|{_DURATION}", what):
            return self._before(what)
        return self.read(what)

    def _by_the_start(self, what: str) -> Span | None:
        """By a month, a quarter or a year: its first working day; by a holiday: the last one before it."""
        if re.fullmatch(rf"{HOLIDAY}|(?:(?:this|next) )?weekend", what):
            return self._before(what)
        if re.fullmatch(
            rf"(?:(?:this|next) )?(?:month|quarter|year)|(?:{MONTH}|q ?\d)(?: \d{{4}})?|\d{{4}}", what
        ):
            return self._periods.part(f"start {what}")
        return None

    def _before(self, what: str) -> Span | None:
        """The last working day before it; where that is over, before the next such thing."""
        found = self.read(what)
        if found is None:
            return None
        day = spans.working_day_before(found.first)
        if found.has_side or self._direction is Direction.LAST or day >= self._today:
            return one(day, has_side=found.has_side)
        if found.first > self._today:
            return one(self._today)
        further = self._said_on(found.last + DAY).read(what)
        return one(spans.working_day_before(further.first)) if further is not None else None

    def _after(self, what: str) -> Span | None:
        """The first working day after it; a holiday that is just over counts."""
        found = self.read(what)
        if self._direction is Direction.NEXT and re.fullmatch(HOLIDAY, what):
            last = self._towards(Direction.LAST).read(what)
            if last is not None and spans.working_day_from(last.last + DAY) >= self._today:
                found = last
        if found is None:
            return None
        return one(spans.working_day_from(found.last + DAY), has_side=found.has_side)

    def _one_or_other(self, words: str) -> Span | None:
        """ "Monday or Tuesday", "2 to 3 weeks", "between the 20th and the 23rd": the later."""
        between = re.fullmatch(r"between (?P<a>.+) and (?P<b>.+)", words)
        match = between or re.fullmatch(r"(?:from )?(?P<a>.+?) (?:to|or|until) (?P<b>.+)", words)
        if match is None:
            return None
        a, b = match["a"], _completed(match["a"], match["b"])
        later = self.read(b)
        earlier = self._earlier(a, b, later)
        if later is None or (earlier is None and not left_open(a)):
            return None
        if earlier is None:
            return later
        if later.day < earlier.day and not later.has_side:
            later = self._said_on(earlier.last).read(b) or later
        day = max(earlier.day, later.day)
        if between and re.fullmatch(HOLIDAY, b):
            day = max(earlier.first, spans.working_day_before(later.first))
        return Span(min(earlier.first, later.first), max(later.last, day), day, later.has_side)

    def _earlier(self, a: str, b: str, later: Span | None) -> Span | None:
        unit = re.search(rf"\b(?:{UNIT})\b", b)
        if unit and re.fullmatch(rf"(?:in |within |next )*{NUMBER}", a):
            return self.read(f"{a} {unit[0]}")
        day = re.fullmatch(rf"(?:[a-z]+ )?({_NUMBER_OF_DAY})", a)
        if day and later is not None and later.first == later.last:
            if re.search(MONTH, b):
                found = _existing(later.day.year, later.day.month, _figure(day[1]))
                return found if found is not None and found.day <= later.day else None
            if re.fullmatch(rf"(?:[a-z]+ )?{_NTH_DAY}", b) and re.fullmatch(rf"(?:[a-z]+ )?{_NTH_DAY}", a):
                return self._said_on(later.day)._towards(Direction.LAST)._of_some_month(_figure(day[1]))
        for kind in (WD, NTH, PART):
            begun = re.fullmatch(rf"(?:[a-z]+ )?(?:{kind})", a)
            rest = re.fullmatch(rf"(?:{kind}) (?P<rest>.+)", b)
            if begun and rest and (found := self.read(f"{a} {rest['rest']}")) is not None:
                return found
        return None if left_open(a) else self.read(a)

    # So long from a day

    def _duration(self, words: str) -> Span | None:
        """ "in 2 weeks", "3 days ago"; where no word tells it, towards the field's side."""
        if match := re.fullmatch(_AHEAD, words):
            return one(_away(self._today, match["n"], match["unit"], self._works), has_side=True)
        if match := re.fullmatch(rf"(?:over )?last {_DURATION}", words):
            return one(_away(self._today, match["n"], match["unit"], self._works, -1), has_side=True)
        match = re.fullmatch(_EITHER, words)
        if match is None:
            return None
        has_side = bool(match["ago"] or match["ahead"])
        is_past = match["ago"] or (self._direction is Direction.LAST and not match["ahead"])
        return one(
            _away(self._today, match["n"], match["unit"], self._works, -1 if is_past else 1),
            has_side=has_side,
        )

    def _reckoned(self, words: str) -> Span | None:
        """ "a week from Friday", "two days after Christmas", "Friday week", "a week tomorrow"."""
        match = next((m for form in _RECKONED if (m := re.fullmatch(form, words))), None)
        if match is None or match["what"] in {"next", "last", "that"}:
            return None
        reader = self if match["how"] in {"after", "before"} else self._towards(Direction.NEXT)
        found = reader.read(match["what"])
        if found is None:
            return None
        unit = match["alone"] or match["unit"]
        if match["how"] == "before":
            return one(_away(found.first, match["n"] or "1", unit, self._works, -1), has_side=True)
        return one(_away(found.day, match["n"] or "1", unit, self._works), has_side=True)


def _figure(said: str) -> int:
    """The number of "23" and of "23rd"."""
    return int(re.sub(r"\D", "", said))


def _existing(year: int, month: int, day: int) -> Span | None:
    exists = 1 <= day <= monthrange(year, month)[1]
    return one(date(year, month, day)) if exists else None


def _completed(a: str, b: str) -> str:
    """What the second of two leaves out because the first has said it: "a week or two", "Oct 20 to 23"."""
    unit = re.fullmatch(rf"(?P<before>.*?){_DURATION}", a)
    month = re.fullmatch(rf"(?:.+ )?({MONTH}) \d{{1,2}}", a)
    if unit and re.fullmatch(NUMBER, b):
        return f"{unit['before']}{b} {unit['unit']}"
    if month and re.fullmatch(r"\d{1,2}", b):
        return f"{month[1]} {b}"
    if re.fullmatch(rf"(?:in |within |next |last )+{NUMBER}", a) and re.match(NUMBER, b):
        return f"{a.rpartition(' ')[0]} {b}"
    return b


def _away(day: date, said: str, unit: str, works: Works, sign: int = 1) -> date:
    """The day so long after another, or before it: half a month is fifteen days, 48 hours are two days."""
    number = float(said)
    if unit == "working day":
        return spans.after_working_days(day, sign * math.ceil(number), works)
    if unit in {"month", "quarter", "year"}:
        months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
        half = (15 if months % 1 else 0) * DAY
        return spans.after_months(day, sign * int(months)) + sign * half
    if unit in {"hour", "minute"}:
        hours = number if unit == "hour" else number / 60
        return day + sign * (math.ceil(hours / 24) if hours >= 12 else 0) * DAY
    return day + sign * timedelta(days=math.ceil(number * {"day": 1, "week": 7, "fortnight": 14}[unit]))
