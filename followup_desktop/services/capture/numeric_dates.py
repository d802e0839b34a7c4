"""Dates in figures, ``7/1`` or ``5.6.26``, by the order in which the user's language writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from followup_desktop.services.capture.vocabulary import DateWriting

_FIGURES = re.compile(r"(\d{1,4})(\D{1,2})(\d{1,4})(?:(\D{1,2})(\d{1,4}))?\D{0,2}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SEPARATORS = frozenset(".-/ ")
NEAR_YEARS = 2
"""A search for work seldom looks further: a year-first date with another year is read the other way round."""


@dataclass(frozen=True, slots=True)
class DateDigits:
    """A date in figures: its year may be missing."""

    year: int | None
    month: int
    day: int


def read_figures(text: str, writing: DateWriting, today: date) -> DateDigits | None:
    """What the figures mean; ``None`` if the text is no date in figures. The day may not exist.

    Four figures are a year. A year of two is the nearest to ``today`` that ends in them. Where the language's
    order gives no month, the other way round is meant: ``12/25`` is 25 December everywhere.
    """
    if compact := _COMPACT.fullmatch(text):
        return DateDigits(*(int(part) for part in compact.groups()))
    found = _FIGURES.fullmatch(text)
    if found is None or not (set(found[2]) | set(found[4] or "")) <= _SEPARATORS:
        return None
    if found[5] is None:
        return _without_year(found[1], found[3], writing) if found[2].strip() else None
    if found[2] != found[4] and len(found[5]) < 4:
        return None  # of "23/10 10" the last is an hour
    return _with_year((found[1], found[3], found[5]), found[2].strip(), writing, today)


def _without_year(first: str, second: str, writing: DateWriting) -> DateDigits | None:
    if max(len(first), len(second)) > 2:
        return None
    numbers = int(first), int(second)
    day, month = numbers if writing.day_first else numbers[::-1]
    if not 1 <= month <= 12 and 1 <= day <= 12:
        day, month = month, day
    return DateDigits(None, month, day)


def _with_year(
    parts: tuple[str, str, str], separator: str, writing: DateWriting, today: date
) -> DateDigits | None:
    first, last = len(parts[0]), len(parts[2])
    if 3 in (first, last) or (not separator and 4 not in (first, last)):
        return None
    if first == 4:
        return _named(parts, "yMd", today)
    if last == 4:
        return _first_possible(parts, _day_orders(writing), today)
    return _two_figures(parts, separator, writing, today)


def _two_figures(
    parts: tuple[str, str, str], separator: str, writing: DateWriting, today: date
) -> DateDigits | None:
    """A year of two figures stands first only in a language that writes so, with the signs it uses."""
    orders = list(_day_orders(writing))
    if separator == "." and writing.order == "yMd":
        orders = ["dMy", "Mdy"]  # with dots the year comes last, wherever that is written at all
    if writing.order == "yMd":
        first = _of(parts, "yMd", today)
        own = separator == writing.separator
        if first is not None and own and abs((first.year or 0) - today.year) <= NEAR_YEARS:
            return first
        orders.append("yMd")
        possible = [each for order in orders if (each := _of(parts, order, today)) is not None]
        return min(possible, key=lambda each: abs((each.year or 0) - today.year), default=None)
    return _first_possible(parts, (*orders, "yMd"), today)


def _day_orders(writing: DateWriting) -> tuple[str, str]:
    return ("dMy", "Mdy") if writing.day_first else ("Mdy", "dMy")


def _first_possible(parts: tuple[str, str, str], orders: tuple[str, ...], today: date) -> DateDigits:
    """The first order that gives a month and a day; where none does, the first one's, which is refused."""
    read = (_of(parts, order, today) for order in orders)
    found = next((each for each in read if each is not None), None)
    return found or _named(parts, orders[0], today)


def _of(parts: tuple[str, str, str], order: str, today: date) -> DateDigits | None:
    found = _named(parts, order, today)
    return found if 1 <= found.month <= 12 and 1 <= found.day <= 31 else None


def _named(parts: tuple[str, str, str], order: str, today: date) -> DateDigits:
    named = dict(zip(order, parts, strict=True))
    year = int(named["y"])
    return DateDigits(
        year if len(named["y"]) == 4 else nearest_year(year, today), int(named["M"]), int(named["d"])
    )


def nearest_year(two: int, today: date) -> int:
    """The year that ends in these two figures and is nearest to ``today``."""
    century = today.year - today.year % 100
    return min((century + add + two for add in (-100, 0, 100)), key=lambda year: abs(year - today.year))
