"""The days and times that sentences name, as they are spoken: "by the end of next week"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, lru_cache

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.clocks import before_days_like_halves, said_times
from followup_desktop.services.capture.dates import read_date
from followup_desktop.services.capture.phrasebook import all_of, phrasebooks, words_for
from followup_desktop.services.capture.said_zones import SaidZone, zoned_times
from followup_desktop.services.capture.spans import Direction
from followup_desktop.services.capture.times import NUMBERS, read_time
from followup_desktop.services.capture.vocabulary import (
    ENGLISH,
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    DateWriting,
    plain,
)

_LONGEST = 9
_WEEK = timedelta(days=7)
_MOST_WORDS = 80
_TOKEN = re.compile(r"[^\s,;()\[\]!?\"“”„»«]+")
_FIGURES_ALONE = r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{1,2}/\d{1,2}/\d{4}"
_LENGTHS = frozenset({"day", "days", "week", "weeks", "fortnight", "month", "months"})
_DAYS = frozenset({"tomorrow", "day after tomorrow"})
_SHORTEST = 3
"""Names of fewer letters are also words, and are not looked for."""
_EITHER_WAY = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/\d{2,4})?\b")
_ZONE = re.compile(
    r"^(?:ce[s]?t|ee[s]?t|we[s]?t|e[sd]t|c[sd]t|m[sd]t|p[sd]t|bst|ist|utc|gmt)(?:[+-]\d+)?$|^h$"
)
_GLUE, _HALF_A_TIME = "~", "§"
_TIME = re.compile(
    rf"(?<![\w:.])\d{{1,2}}:\d\d(?![\w:])|\b\d+{_GLUE}(?:oclock|minutes{_GLUE}past{_GLUE}\d+)\b"
)
_HOURS = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS[1:])})"
_PAST = rf"past(?! {_HOURS}\b(?! (?:days|weeks|months|years)))"
"""But "half past ten" is a time of day."""


@dataclass(frozen=True, slots=True)
class SaidWhen:
    """A day that a sentence names, with its time of day if it names one, and whether it means one day."""

    day: date
    clock: time | None = None
    is_exact: bool = True
    zone: SaidZone | None = None
    """The zone of the clock, if one is said."""


def days_in(sentence: str, today: date, writing: DateWriting = ENGLISH) -> list[SaidWhen]:
    """The days ahead of ``today`` that a sentence names, in its order, the longest words for each.

    A date in figures that may be two days is left out, unless the ``writing`` of the language tells.
    """
    return _days(_with_times(plain(sentence)), today, writing)


def clocks_in(sentence: str) -> list[time]:
    """The times of day that a sentence names, in its order; of those from when until when the first."""
    return _clocks(_with_times(plain(sentence)))


def with_zones(said: Iterable[SaidWhen], sentence: str, written: str) -> list[SaidWhen]:
    """What a sentence says, with the time zones that it says behind times, or behind the last of several.

    ``written`` is the text it is of, with its capitals.
    """
    zoned = zoned_times(plain(sentence), written)
    zones = {zone for _clock, zone in zoned if zone is not None}
    if not zones:
        return list(said)
    only = next(iter(zones)) if len(zones) == 1 else None

    def of(clock: time) -> SaidZone | None:
        place = next((n for n, (each, _zone) in enumerate(zoned) if each == clock), None)
        return (zoned.pop(place)[1] if place is not None else None) or only

    return [each if each.clock is None else replace(each, zone=of(each.clock)) for each in said]


def _with_times(text: str) -> str:
    """The plain text with each time of day as one word that ``_TIME`` knows, or the sign for half a one."""
    parts, place = [], 0
    for each in said_times(text, strictly=True):
        parts += [text[place : each.start], f" {each.words.replace(' ', _GLUE) or _HALF_A_TIME} "]
        on = next((on for on in before_days_like_halves() if text.startswith(f" {on} ", each.end)), None)
        place = each.end + (len(on) + 1 if on is not None else 0)
    return "".join((*parts, text[place:]))


def _days(text: str, today: date, writing: DateWriting) -> list[SaidWhen]:
    if _says_when().search(text) is None:
        return []
    tokens = [
        each[0].strip(".:") if not _alone().match(each[0]) else each[0] for each in _TOKEN.finditer(text)
    ]
    tokens = [each for each in tokens if each and not _ZONE.match(each)][:_MOST_WORDS]
    return list(_found(tokens, today, writing))


def _clocks(text: str) -> list[time]:
    found = (read_time(each[0].replace(_GLUE, " "), working_day=True) for each in _TIME.finditer(text))
    return [each for each in found if each is not None]


def offers_in(sentence: str, today: date, writing: DateWriting = ENGLISH) -> list[SaidWhen]:
    """The several times that a sentence offers: "Tuesday at 10:00 or Thursday at 3 pm"; none if it has one.

    A time of day by itself is one of the day before it: "20 October, 10:00 or 14:00"; a weekday behind a date
    the next one after that: "Tuesday 20 October or Thursday".
    """
    found: list[SaidWhen] = []
    named: date | None = None
    for piece in _joined("or", ";").split(_with_times(plain(sentence))):
        clocks, has_days = _clocks(piece), False
        parts = [piece] if _between().search(piece) else _joined("and").split(piece)
        for part in parts:
            days = _timed(part, today, writing)
            found += _from(named, days, _timed(part, named, writing)) if named is not None else days
            fixed = [each.day for each in days if each in _timed(part, today + _WEEK, writing)]
            named = fixed[-1] if fixed else named
            has_days = has_days or bool(days)
        if not has_days and found:
            found += [replace(found[-1], clock=clock) for clock in clocks]
    offered = [each for each in dict.fromkeys(found) if each.is_exact and each.clock is not None]
    return offered if len(offered) > 1 else []


def _from(named: date, days: list[SaidWhen], later: list[SaidWhen]) -> list[SaidWhen]:
    """The days of a part, those before the date named last as they are counted from that, if near it."""
    if len(days) != len(later):
        return days
    return [
        then if each.day < named <= then.day <= named + _WEEK else each
        for each, then in zip(days, later, strict=True)
    ]


def _timed(part: str, today: date, writing: DateWriting) -> list[SaidWhen]:
    """The days of a part of a sentence; one day alone has the time of day that the part names."""
    days, clocks = _days(part, today, writing), _clocks(part)
    if len(days) == 1 and days[0].clock is None and len(clocks) == 1:
        return [replace(days[0], clock=clocks[0])]
    return days


def _found(tokens: list[str], today: date, writing: DateWriting) -> Iterator[SaidWhen]:
    place = 0
    while place < len(tokens):
        for end in range(min(place + _LONGEST, len(tokens)), place, -1):
            said = _said(tokens[place:end], today, writing)
            if said is not None:
                said, place = _going_on(tokens, place, end, today, writing) or (said, end - 1)
                yield said
                break
        place += 1


def _going_on(
    tokens: list[str], place: int, end: int, today: date, writing: DateWriting
) -> tuple[SaidWhen, int] | None:
    """The day whose words go on beyond what was read from a place, and its last word.

    Of "we will let you know by the 14th" as many words are looked at as fit; "of December" comes after them.
    """
    if end == len(tokens) or tokens[end] not in _months():
        return None
    day = _said(tokens[place:end], today, writing)
    for start in range(place + 1, end):
        if _said(tokens[start:end], today, writing) != day:
            break
        for further in range(min(start + _LONGEST, len(tokens)), end, -1):
            said = _said(tokens[start:further], today, writing)
            if said is not None:
                return said, further - 1
    return None


def _said(words: list[str], today: date, writing: DateWriting) -> SaidWhen | None:
    if len(words) == 1 and not _alone().match(words[0]):
        return None
    return _read(" ".join(words).replace(_GLUE, " "), today, writing)


@cache
def _months() -> frozenset[str]:
    """What a day of the month goes on with: the names of months, and "of" before them."""
    names = (*ENGLISH_MONTHS, *(month for book in phrasebooks() for month in book.months))
    return frozenset({plain(name) for month in names for name in month} | set(all_of("before_months", "of")))


@cache
def _says_when() -> re.Pattern[str]:
    """What a text has that says when: a figure, or one of any language's names and words for it."""
    books = phrasebooks()
    months = {
        name
        for each in (ENGLISH_MONTHS, *(book.months for book in books))
        for month in each
        for name in month
    }
    # Of other languages' days only the whole names: "sam" is more often somebody's name than a Saturday.
    days = {name for each in ENGLISH_WEEKDAYS for name in each}
    days |= {each[0] for book in books for each in book.weekdays}
    names = {plain(name) for name in months | days if len(name) >= _SHORTEST}
    words = (
        _LENGTHS
        | _DAYS
        | {w for book in phrasebooks() for w, said in book.words.items() if said in _LENGTHS | _DAYS}
    )
    return re.compile(rf"\d|\b(?:{'|'.join(sorted(names | words, key=len, reverse=True))})\b")


@cache
def _alone() -> re.Pattern[str]:
    """What says a day in a single word."""
    names = {
        plain(day[0]) for days in (ENGLISH_WEEKDAYS, *(b.weekdays for b in phrasebooks())) for day in days
    }
    words = {"tomorrow"} | {w for book in phrasebooks() for w, said in book.words.items() if said in _DAYS}
    return re.compile(rf"^(?:{'|'.join(sorted(names | words - set(all_of('not_alone'))))}|{_FIGURES_ALONE})$")


@cache
def _count() -> re.Pattern[str]:
    """A number that counts something: "20", "of 20 minutes"."""
    return re.compile(rf"(?:(?:{'|'.join(all_of('before_counts', 'of'))}) )?\d+")


@cache
def _over() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(all_of('over', 'last', _PAST))})\b")


@cache
def _joined(english: str, *signs: str) -> re.Pattern[str]:
    """The word that means this in each language, between others, and the signs."""
    return re.compile("|".join((rf"\s(?:{'|'.join(words_for(english))})\s", *signs)))


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words_for('between'))})\b")


@lru_cache(maxsize=1024)
def _read(words: str, today: date, writing: DateWriting) -> SaidWhen | None:
    """The day that words name; a reply is searched for its days, and then for the times that it offers."""
    if _says_when().search(words) is None or _over().search(words) or _count().fullmatch(words):
        return None
    figures = _EITHER_WAY.search(words)
    if figures is not None and max(int(figures[1]), int(figures[2])) <= 12 and figures[1] != figures[2]:
        return None
    try:
        found = read_date(words, today, Direction.NEXT, writing)
    except Refused:
        return None
    if found.day < today or (found.day == today and found.clock == "" and not found.timed):
        return None
    clock = read_time(found.clock, working_day=True) if found.clock else None
    return SaidWhen(found.day, clock, found.is_exact)
