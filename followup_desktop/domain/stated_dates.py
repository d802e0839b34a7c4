"""The date that somebody means when they say by when you will hear: "in two weeks", "by next Friday" (tip 1).

English as people say it, and ISO dates. Dates written in the order of a locale are read where that is known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.model import WEEKDAYS

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_A_FEW = {"a": 1, "an": 1, "the": 1, "couple": 2, "few": 3, "several": 3}
_FILLERS = re.compile(
    r"\b(?:they|will|would|said|say|let|us|me|you|know|get|be|hear|answer|decide|back|to|from|i|we|should|"
    r"call|write|by|until|till|before|on|at|the|latest|about|around|roughly|maybe|probably|sometime|some|time|"
    r"of|within|no|later|than)\b"
)
_SPAN = re.compile(
    r"(?:in )?(?:(?P<half>half) )?(?P<n>\d{1,3}|[a-z]+(?: couple| few)?)? ?"
    r"(?P<unit>working days?|business days?|weekdays?|days?|weeks?|fortnights?|months?)(?: time)?"
)
_WEEKDAY = re.compile(rf"(?P<which>this|next|coming)? ?(?P<day>{'|'.join(d[:3] for d in WEEKDAYS)})[a-z]*")
_PART = re.compile(
    r"(?P<part>end|early|beginning|start|middle|mid)?-? ?(?P<which>this|next)? ?(?P<unit>week|month|year)"
)
_DAY_MONTH = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>[a-z]{3,9})(?: (?P<d2>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?: (?P<year>\d{4}))?"
)


def stated_date(text: str, today: date) -> date | None:
    """The date meant by a phrase said on ``today``; ``None`` if it says no date, or one before today.

    A weekday is the next one after today; "next Friday" is that of the next week, from Monday on. A week's
    or month's end is its last day from Monday to Friday. Working days are counted without holidays, which
    the rules add. Days of a month without a year are the next ones to come.
    """
    words = " ".join(_FILLERS.sub(" ", _plain(text)).split())
    for read in (_iso, _named_day, _end, _span, _weekday, _of_month):
        found = read(words, today)
        if found is not None:
            return found if today <= found and MIN_YEAR <= found.year <= MAX_YEAR else None
    return None


def _plain(text: str) -> str:
    """Small letters without signs; a week's end and the like keep their words."""
    lowered = text.casefold().replace("’", "'").replace("'s", "")
    lowered = re.sub(r"\b(?:the )?end of\b", "end", lowered)
    return " ".join(re.sub(r"[^\w\-]+", " ", lowered).split())


def _iso(words: str, _today: date) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    return _date(*(int(part) for part in match.groups())) if match else None


def _named_day(words: str, today: date) -> date | None:
    days = {"today": 0, "tonight": 0, "end day": 0, "end today": 0, "tomorrow": 1, "end tomorrow": 1}
    days["day after tomorrow"] = days["after tomorrow"] = 2
    return today + timedelta(days=days[words]) if words in days else None


def _end(words: str, today: date) -> date | None:
    """The last working day of a week, a month, a year: "end of next week", "next week", "month"."""
    match = _PART.fullmatch(words)
    if match is None or not (match["part"] or match["which"]):
        return _end_of_named_month(words, today)
    step = 1 if match["which"] == "next" else 0
    part = match["part"] or "end"
    if match["unit"] == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        day = monday + timedelta(days={"end": 4, "middle": 2, "mid": 2}.get(part, 0))
        return day if day >= today or step else monday + timedelta(days=11)
    if match["unit"] == "year":
        return _last_working_day(today.year + step, 12) if part == "end" else None
    year, month = _month_after(today, step)
    return _in_month(year, month, part)


def _end_of_named_month(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(end|early|beginning|start|middle|mid)-? ?([a-z]{3,9})", words)
    month = _month(match[2]) if match else None
    if match is None or month is None:
        return None
    year = today.year + (month < today.month)
    return _in_month(year, month, match[1])


def _in_month(year: int, month: int, part: str) -> date | None:
    if part == "end":
        return _last_working_day(year, month)
    day = _date(year, month, 15 if part in {"middle", "mid"} else 1)
    while day is not None and day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _span(words: str, today: date) -> date | None:
    """Some days, working days, weeks or months from today."""
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    said = match["n"]
    n = _number(said) if said else (1 if match["unit"] in {"fortnight"} else None)
    if n is None or match["half"]:
        return None
    unit = match["unit"].rstrip("s")
    if unit in {"working day", "business day", "weekday"}:
        return _after_working_days(today, n)
    if unit == "month":
        year, month = _month_after(today, n)
        return _date(year, month, min(today.day, monthrange(year, month)[1]))
    return today + timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _weekday(words: str, today: date) -> date | None:
    ahead = 0
    if words.endswith(" week") and "next" not in words.split()[:1]:
        words = words.removesuffix(" week").removesuffix(" next").strip()
        ahead = 1
    match = _WEEKDAY.fullmatch(words)
    if match is None:
        return None
    number = next(n for n, day in enumerate(WEEKDAYS) if day.startswith(match["day"]))
    if ahead or match["which"] == "next":
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _of_month(words: str, today: date) -> date | None:
    """A day of a month: "9 October", "Oct 9th 2026", "the 15th"."""
    only = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", words)
    if only:
        for step in (0, 1, 2):
            year, month = _month_after(today, step)
            day = _date(year, month, int(only[1]))
            if day is not None and day >= today:
                return day
        return None
    words = re.sub(rf"^(?:{'|'.join(d[:3] for d in WEEKDAYS)})[a-z]* ", "", words)
    match = _DAY_MONTH.fullmatch(words)
    number = (match["d1"] or match["d2"]) if match else None
    named = _month(match["month"]) if match else None
    if match is None or number is None or named is None or (match["d1"] and match["d2"]):
        return None
    if match["year"]:
        return _date(int(match["year"]), named, int(number))
    this = _date(today.year, named, int(number))
    return this if this is None or this >= today else _date(today.year + 1, named, int(number))


def _number(said: str) -> int | None:
    words = said.split()
    if said.isdecimal():
        return int(said)
    if words[-1] in _A_FEW:
        return _A_FEW[words[-1]]
    return _NUMBERS.index(said) if said in _NUMBERS else None


def _month(name: str) -> int | None:
    found = [n for n, month in enumerate(_MONTHS, 1) if len(name) >= 3 and month.startswith(name)]
    if name == "sept":
        return 9
    return found[0] if found else None


def _month_after(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1


def _last_working_day(year: int, month: int) -> date:
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=max(0, last.weekday() - 4))


def _after_working_days(day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
