"""Dates as postings write them, read only where they can mean one day; what those that can't may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from followup_desktop.services.capture.phrasebook import all_of, phrasebooks
from followup_desktop.services.capture.spans import Direction, Span, one, years
from followup_desktop.services.capture.vocabulary import ENGLISH_MONTHS, ENGLISH_WEEKDAYS

_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"


@cache
def _number_of_month() -> Mapping[str, int]:
    """Each name of a month, of all languages, in small letters."""
    names = (ENGLISH_MONTHS, *(book.months for book in phrasebooks()))
    return {each.lower(): number for of in names for number, month in enumerate(of, 1) for each in month}


@cache
def _number_of_weekday() -> Mapping[str, int]:
    """Each name of a weekday; the short ones of English alone, for others are words, as German "so"."""
    names = (ENGLISH_WEEKDAYS, *(tuple(day[:1] for day in book.weekdays) for book in phrasebooks()))
    return {each.lower(): number for of in names for number, day in enumerate(of) for each in day}


@cache
def _weekday() -> re.Pattern[str]:
    names = "|".join(map(re.escape, _number_of_weekday()))
    before = "|".join(all_of("before_days", "the"))
    return re.compile(rf"\b({names})\b[.,]?\s+(?:(?:{before})\s+)?$", re.IGNORECASE)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    month = "|".join(map(re.escape, sorted(_number_of_month(), key=len, reverse=True)))
    ordinals, of = (
        "|".join(all_of("ordinals", "st", "nd", "rd", "th")),
        "|".join(all_of("before_months", "of")),
    )
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{_YEAR}-(?P<month>[0-9]{{1,2}})-{_DAY}\b",
            rf"\b{_DAY}(?:{ordinals}|º|\.)?\s+(?:(?:{of})\s+)?(?P<name>{month})\b\.?,?"
            rf"(?:\s+(?:(?:{of})\s+)?{_YEAR})?",
            rf"\b(?P<name>{month})\b\.?\s+{_DAY}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR})?",
            rf"\b{_DAY}\.\s?(?P<month>[0-9]{{1,2}})\.(?:\s?{_YEAR}\b|(?!\s?[0-9]))",
            rf"(?<![0-9/])(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})(?:/{_YEAR}\b|(?![0-9/]))(?<!24/7)",
        )
    )


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, where it stands, and whether its year is written; if not, it is the next such day."""

    day: date
    start: int
    end: int
    has_year: bool


def find_dates(text: str, today: date) -> Iterator[FoundDate]:
    """The dates of a text; one without a year is the next such day.

    ``3/4/2027`` can be in March or April, so it is none; nor is one whose weekday is that of another day.
    """
    for form in _forms():
        for found in form.finditer(text):
            parts = found.groupdict()
            day = _numeric(parts, today) if "first" in parts else _named(parts, today)
            if day is not None and not _contradicts(day, text[: found.start()]):
                yield FoundDate(day, found.start(), found.end(), parts["year"] is not None)


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """What is written as a date and doesn't mean one day, and the days that it may mean.

    With two days, it is figures that can be read in two orders; with one, the weekday beside it is of another
    day; with none, there is no such day.
    """

    text: str
    start: int
    end: int
    days: tuple[date, ...]


def find_doubtful_dates(text: str, today: date) -> Iterator[DoubtfulDate]:
    """What ``find_dates`` leaves out, as it stands in the text, with the weekday before it."""
    for form in _forms():
        for found in form.finditer(text):
            parts = found.groupdict()
            days = (
                _readings(parts, today) if "first" in parts else tuple(filter(None, (_named(parts, today),)))
            )
            before = text[: found.start()]
            if len(days) == 1 and not _contradicts(days[0], before):
                continue
            weekday = _weekday().search(before)
            start = weekday.start() if weekday is not None else found.start()
            yield DoubtfulDate(text[start : found.end()].rstrip(" ,"), start, found.end(), days)


def _readings(parts: dict[str, str | None], today: date) -> tuple[date, ...]:
    """The days that figures mean with the day first, and with the month first."""
    first, second = parts["first"], parts["second"]
    orders = ({"day": first, "month": second}, {"day": second, "month": first})
    days = (_named({**order, "year": parts["year"]}, today) for order in orders)
    return tuple(dict.fromkeys(filter(None, days)))


def _numeric(parts: dict[str, str | None], today: date) -> date | None:
    found = _readings(parts, today)
    return found[0] if len(found) == 1 else None


def _named(parts: dict[str, str | None], today: date) -> date | None:
    name, month = parts.get("name"), parts.get("month")
    number = _number_of_month()[name.lower()] if name else int(month or 0)
    day, year = int(parts["day"] or 0), parts["year"]
    if year is not None:
        return _date(int(year), number, day)
    found = years(lambda each: _day(each, number, day), today, Direction.NEXT)
    return found.day if found is not None else None


def _day(year: int, month: int, day: int) -> Span | None:
    found = _date(year, month, day)
    return one(found) if found is not None else None


def _contradicts(day: date, before: str) -> bool:
    """Whether another weekday stands before a date: such a date is a slip, and nobody knows of what."""
    said = _weekday().search(before)
    return said is not None and _number_of_weekday()[said[1].lower()] != day.weekday()


def _date(year: int, month: int, day: int) -> date | None:
    if not (1970 <= year <= 2100 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
