"""Dates as tables have them: typed, in figures, in words, or as a spreadsheet counts days."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial

from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.facts import record
from followup_desktop.services.capture.numeric_dates import nearest_year
from followup_desktop.services.capture.vocabulary import plain
from followup_desktop.services.transfer.tables.table import Cell, written
from followup_desktop.services.transfer.tables.words import any_of, around_dates, month_names

_FIGURES = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:[,\s]+(.+))?\.?")
_NO_YEAR = re.compile(r"(\d{1,2})([./])\s?(\d{1,2})\b\.?(?:[,\s]+(\D.*))?")
"""A day and a month in figures, the dot of the month behind it or not, and the words that may follow."""
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?(?:[T,\s]+(.+))?")
_COMPACT = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = range(32874, 73416)
"""The days from 1990 to 2100, counted as Excel counts them: from 30 December 1899."""
_ZERO = date(1899, 12, 30)
_CLOCK = re.compile(
    r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s?([ap])?\.?\s?(?:m\.?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(\d{1,2})\s?([ap])\.?\s?m\.?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|→.*)$")
"""A time zone in brackets, and the end of a period."""
_ZONE = re.compile(
    r"\(?\b(?P<name>[ECMP][SD]T|CES?T|EES?T|WES?T|BST|GMT|UTC)(?P<hours>[+-]\d{1,2})?(?::?(?P<minutes>\d\d))?\)?$"
)
_HOURS_OF_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "GMT": 0, "UTC": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
"""The offsets that programs write behind a time, those that are of one place alone."""
_OF_A_YEAR = re.compile(r"[^\W\d_]+\.?\s?[-/'’]\s?(\d\d)")
"""A month and a number as spreadsheets write a month of a year: "Nov-26"."""
_NEAR = 3
"""Years."""
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOON = 12


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('agreed')})(?!\w)[\s,;:–-]*(?=\w)", re.IGNORECASE)


@cache
def _full_hour() -> re.Pattern[str]:
    return re.compile(rf"(\d{{1,2}})\s?(?:{any_of('hours')})\b", re.IGNORECASE)


@cache
def _after_noon() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('after_noon')})\b")


@record()
class CellDate:
    """A date, with the time of day and the offset where the text has them."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None
    has_no_year: bool = False

    def instant(self, zone: object) -> datetime:
        """The instant: noon where no time is told."""
        clock = self.clock or time(_NOON)
        if self.offset is not None:
            return datetime.combine(self.day, clock, UTC) - self.offset
        return datetime.combine(self.day, clock).replace(tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]


class DateOrder:
    """Whether the dates in figures of a file have the day first: known, proved by one of them, or open.

    ``ready`` is what the language of the headings lets one expect, and the ``answer`` what the user said.
    """

    def __init__(
        self, known: bool | None = None, *, answer: bool | None = None, ready: bool | None = None
    ) -> None:
        self._known = known
        self._answer = answer
        self._ready = ready
        self._proofs: set[bool] = set()
        self.example = ""
        """The first date that can be read both ways, if there is one."""

    @property
    def day_first(self) -> bool | None:
        """Whether it is the day; ``None`` if nothing says so."""
        if self._known is None and len(self._proofs) == 1:
            return next(iter(self._proofs))  # an answer may be that to an earlier table
        told = (self._answer, self._known, self._ready)
        return next((each for each in told if each is not None), None)

    @property
    def is_open(self) -> bool:
        """Whether there are dates that can be read both ways, and nothing but an answer tells which."""
        return bool(self.example) and self._known is None and len(self._proofs) != 1

    def look_at(self, cells: Iterable[Cell]) -> None:
        """See what the dates of a column prove."""
        for cell in dict.fromkeys(cells):
            text = written(cell) if isinstance(cell, str) else ""
            found = _FIGURES.fullmatch(text) or _NO_YEAR.fullmatch(text)
            if found is None or found[2] == ".":
                continue
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                self._proofs.add(True)
            elif second > 12 >= first:
                self._proofs.add(False)
            elif first != second:
                self.example = self.example or found[0]

    def look_beside(self, cells: Iterable[Cell]) -> None:
        """See what a column proves that may have other things than dates: only those with a year count."""
        whole = [cell for cell in cells if isinstance(cell, str) and _FIGURES.fullmatch(cell.strip())]
        known = self.example
        self.look_at(whole)
        self.example = known


def date_of_cell(
    cell: Cell, day_first: bool | None, now: datetime, *, is_ahead: bool = False
) -> CellDate | None:
    """The date that a cell tells; ``None`` if it tells none that is certain.

    Figures with dots between have the day first wherever they are written; others go by ``day_first``, and
    where that is open, by what is possible. A year of two figures is the nearest to ``now``, and without a
    year the last day of that name is meant, of what may lie ahead (``is_ahead``) the nearest one.
    """
    if isinstance(cell, datetime):
        return _within(CellDate(cell.date(), cell.time()))
    if isinstance(cell, date):
        return _within(CellDate(cell))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _serial(float(cell))
    said = " ".join(_agreed().sub("", written(cell)).split())
    zone = _ZONE.search(said)
    text = _ASIDE.sub("", said[: zone.start()].rstrip() if zone is not None else said)
    if _SERIAL.fullmatch(text):
        return _serial(float(text))
    ways = (_in_order, _compact, _in_words, partial(_in_figures, day_first=day_first))
    found = next((found for read in ways if (found := read(text, now)) is not None), None)
    if found is None:
        return None
    if found.has_no_year:
        found = replace(found, day=_in_its_year(found.day, now.date(), is_ahead=is_ahead))
    if zone is not None and found.clock is not None and found.offset is None:
        found = replace(found, offset=_offset_of(zone))
    return _within(found)


def _in_its_year(day: date, today: date, *, is_ahead: bool) -> date:
    """The day of that name that is meant, seen from ``today``."""
    years = (day.replace(year=today.year + add) for add in (-1, 0, 1) if _is_day(day, today.year + add))
    if is_ahead:
        return min(years, key=lambda each: abs(each - today), default=day)
    return max((each for each in years if each <= today), default=day)


def nearest_to(day: date, others: Collection[date], today: date) -> date:
    """The day of that name that is nearest to one of the others, and not after ``today``."""
    years = {each.year + add for each in others for add in (-1, 0, 1)}
    found = [each for year in years if _is_day(day, year) and (each := day.replace(year=year)) <= today]
    return min(found, key=lambda each: min(abs(each - other) for other in others), default=day)


def first_after(day: date, earliest: date) -> date:
    """The first day of that name that isn't before ``earliest``."""
    years = (earliest.year + add for add in range(9))
    found = (day.replace(year=year) for year in years if _is_day(day, year))
    return next((each for each in found if each >= earliest), day)


def _is_day(day: date, year: int) -> bool:
    return (day.month, day.day) != (2, 29) or isleap(year)


def _offset_of(zone: re.Match[str]) -> timedelta:
    hours, minutes = int(zone["hours"] or 0), int(zone["minutes"] or 0)
    return timedelta(hours=_HOURS_OF_ZONES[zone["name"]] + hours, minutes=-minutes if hours < 0 else minutes)


def _within(found: CellDate | None) -> CellDate | None:
    return found if found is not None and MIN_YEAR <= found.day.year <= MAX_YEAR else None


def _serial(number: float) -> CellDate | None:
    days = int(number)
    if days not in _SERIALS:
        return None
    minutes = round((number - days) * 24 * 60)
    clock = time(minutes // 60 % 24, minutes % 60) if minutes else None
    return CellDate(_ZERO + timedelta(days), clock)


def _in_order(text: str, _now: datetime) -> CellDate | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _cell_date(int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None


def _compact(text: str, _now: datetime) -> CellDate | None:
    found = _COMPACT.fullmatch(text)
    return _cell_date(int(found[1] + found[2]), int(found[3]), int(found[4]), None) if found else None


def _in_figures(text: str, now: datetime, *, day_first: bool | None) -> CellDate | None:
    found = _FIGURES.fullmatch(text)
    has_year = found is not None
    found = found or _NO_YEAR.fullmatch(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "." or first > 12:
        day_first = True
    elif second > 12:
        day_first = False
    elif first == second:
        day_first = True
    if day_first is None:
        return None
    day, month = (first, second) if day_first else (second, first)
    if not has_year:
        return _without_year(month, day, found[4], now)
    year = int(found[4]) if len(found[4]) == 4 else nearest_year(int(found[4]), now.date())
    return _cell_date(year, month, day, found[5])


def _in_words(text: str, now: datetime) -> CellDate | None:
    """A date with the name of its month: "Nov 5, 2026", "5. November 2026", "5 de noviembre de 2026"."""
    of_year = _OF_A_YEAR.fullmatch(text)
    if of_year is not None and abs(int(of_year[1]) - now.year % 100) <= _NEAR:
        return None  # it may be either
    bare, clock = text, None
    for pattern in (_CLOCK, _HOUR, _full_hour()):
        if clock is None and (found := next(pattern.finditer(text), None)) is not None:
            clock, bare = found[0], text[: found.start()] + text[found.end() :]
    months = [(word, month) for word in _LETTERS.findall(bare) if (month := month_names().get(plain(word)))]
    numbers = _NUMBER.findall(bare)
    others = [word for word in _LETTERS.findall(bare) if plain(word) not in month_names()]
    if (
        len(months) != 1
        or not 1 <= len(numbers) <= 2
        or any(plain(word) not in around_dates() for word in others)
    ):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    month = months[0][1]
    if len(years) == 1 and len(days) == 1:
        return _cell_date(int(years[0]), month, int(days[0]), clock)
    if len(days) == 2:
        return _cell_date(nearest_year(int(days[1]), now.date()), month, int(days[0]), clock)
    if len(days) == 1 and not years:
        return _without_year(month, int(days[0]), clock, now)
    return None


def _without_year(month: int, day: int, clock: str | None, now: datetime) -> CellDate | None:
    """A day whose year is to be told; 29 February is of the last year that has one."""
    years = (now.year, *(range(now.year - 1, now.year - 9, -1) if (month, day) == (2, 29) else ()))
    told = next((told for year in years if (told := _cell_date(year, month, day, clock)) is not None), None)
    return replace(told, has_no_year=True) if told is not None else None


def _cell_date(year: int, month: int, day: int, clock: str | None) -> CellDate | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    told, offset = _clock(clock)
    return CellDate(found, told, offset)


def _clock(text: str | None) -> tuple[time | None, timedelta | None]:
    if not text:
        return None, None
    hour = _HOUR.fullmatch(text.strip())
    found = _CLOCK.match(text.strip())
    if hour is None and found is None:
        return _spoken(text), None
    if hour is not None:
        hours, minutes, half, zone = int(hour[1]), 0, hour[2], None
    else:
        assert found is not None
        hours, minutes, half, zone = int(found[1]), int(found[2]), found[4], found[5]
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    if hours > 23 or minutes > 59:
        return None, None
    return time(hours, minutes, int(found[3] or 0) % 60 if found and not hour else 0), _offset(zone)


def with_clock(day: CellDate, cell: Cell) -> CellDate:
    """The day with the time of day that another cell has, as a text or as a spreadsheet keeps it."""
    if isinstance(cell, datetime):
        return replace(day, clock=cell.time())
    if isinstance(cell, time):
        return replace(day, clock=cell)
    if isinstance(cell, timedelta | float) and not isinstance(cell, bool):
        part = cell if isinstance(cell, timedelta) else timedelta(days=cell)
        minutes = round(part.total_seconds() / 60)
        is_of_a_day = 0 < minutes < 24 * 60
        return replace(day, clock=time(minutes // 60, minutes % 60)) if is_of_a_day else day
    clock, offset = _clock(written(cell))
    return day if clock is None else replace(day, clock=clock, offset=offset)


def _spoken(text: str) -> time | None:
    """The time of day that is told in words: "à 14h30", "a las 5 de la tarde"; ``None`` for none, or two."""
    from followup_desktop.services.capture.dates_in_text import clocks_in  # few tables have times in words

    clocks = clocks_in(text)
    if len(clocks) != 1:
        return None
    (clock,) = clocks
    return (
        clock.replace(hour=clock.hour + 12)
        if clock.hour < 12 and _after_noon().search(plain(text))
        else clock
    )


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return timedelta()
    figures = zone[1:].replace(":", "")
    found = timedelta(hours=int(figures[:2]), minutes=int(figures[2:]))
    return -found if zone[0] == "-" else found
