"""When to be reminded, and how often, as it stands at the end of what of: "call mum every Friday at 5pm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Repeat
from followup_desktop.services.capture.clock_words import without_times
from followup_desktop.services.capture.clocks import time_alone
from followup_desktop.services.capture.dates import (
    Direction,
    ReadDate,
    WrongWeekday,
    read_date,
    read_hours_ahead,
)
from followup_desktop.services.capture.dates_in_text import days_in
from followup_desktop.services.capture.phrasebook import all_of, phrasebooks
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import (
    ENGLISH,
    MONTHS,
    WEEKDAYS,
    DateWriting,
    Translator,
    plain,
)

_MOST_WORDS = 8
_FRIDAY = 4
_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "links": ("on", "at", "by", "the", "this", "in", "due"),
    "ahead": ("in", "within"),
    "about": (
        *(
            "for",
            "about",
            "of",
            "before",
            "after",
            "until",
            "till",
            "to",
            "with",
            "from",
            "since",
            "and",
            "or",
        ),
    ),
    "other_words": ("sat", "sun", "wed", "may", "mar", "march", "second", "first"),
    "articles": ("the", "a", "an", "my", "our"),
    "second": ("other", "second", "third", r"\d+\w*"),
}
"""What stands around a time; a ``Phrasebook`` has the same of another language.

``links`` belong to it and go with it. Behind what it is ``about``, a day is the title's own ("prepare for
Monday"); behind ``articles``, how often is a part of a name ("read the daily"). ``other_words`` are names of
days that alone are as likely other words.
"""
_EACH = "each"
_REPEATS = {
    Repeat.DAILY: "every day|each day|daily",
    Repeat.WORKING_DAYS: "(?:every|each) (?:working day|workday|weekday)|on (?:working ?|week)days",
    Repeat.WEEKLY: "every week|each week|weekly",
    _EACH: "every|each",
}
"""How often in English; a ``Phrasebook`` has the same of another language."""


@dataclass(frozen=True, slots=True)
class SpokenTitle:
    """A title without what stood at its end: the time, and how often. No time is that of the form."""

    title: str
    when: ReadDate | None
    repeat: Repeat | None = None


def split_title(text: str, now: datetime, writing: DateWriting) -> SpokenTitle | None:
    """The title and the time at its end, said when the user's clock shows ``now``; ``None`` if there is none.

    Only what means one day, or hours from now, is a time; a time of day alone is the next one. Raises
    ``WrongWeekday`` for a date with another day of the week than it has.
    """
    words = text.split()
    for said in _repeats(words, writing):
        found = _repeated(words, said, now, writing)
        if found is not None:
            return found
    found = _once(words, now, writing)
    if found is not None and _is_every(found.title):
        return None  # as in "every second Monday", which no form offers
    return found


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(all_of(name, *_ENGLISH[name])))


def _is_one(name: str, word: str) -> bool:
    return _any(name).fullmatch(word) is not None


def _repeats(words: list[str], writing: DateWriting) -> Iterator[tuple[int, int, Repeat]]:
    """Where the words say how often, the longest first; a day of the week behind them is left out."""
    spoken = [plain(word).strip(",.") for word in words]
    tables = (_REPEATS, *(book.repeats for book in phrasebooks()))
    for start in range(1, len(words)):
        if _is_one("articles", spoken[start - 1]):
            continue
        for end in range(min(len(words), start + 3), start, -1):
            said = " ".join(spoken[start:end])
            for table in tables:
                known = (each for each in Repeat if each in table and re.fullmatch(table[each], said))
                if (repeat := next(known, None)) is not None:
                    yield start, end, repeat
                elif (
                    _EACH in table
                    and re.fullmatch(table[_EACH], said)
                    and end < len(words)
                    and _is_weekday(spoken[end], writing)
                ):
                    yield start, end, Repeat.WEEKLY


def _repeated(
    words: list[str], said: tuple[int, int, Repeat], now: datetime, writing: DateWriting
) -> SpokenTitle | None:
    """What comes again so, if nothing but the time of it stands around those words at the end."""
    start, end, repeat = said
    if end == len(words) and (found := _once(words[:start], now, writing)) is None:
        return SpokenTitle(_title(words[:start]), None, repeat)
    found = _once([*words[:start], *words[end:]], now, writing)
    if found is None or found.when is None or len(found.title.split()) > start:
        return None
    when = found.when
    if repeat is Repeat.WORKING_DAYS and when.day.weekday() > _FRIDAY:
        day = when.day + timedelta(days=7 - when.day.weekday())
        when = replace(when, day=day, first=day, last=day)
    return replace(found, when=when, repeat=repeat)


def _is_every(title: str) -> bool:
    """Whether what comes again is named behind this title, each time or every second."""
    tables = (_REPEATS, *(book.repeats for book in phrasebooks()))
    each = "|".join(table[_EACH] for table in tables if _EACH in table)
    return re.search(rf"(?:^| )(?:{each})(?: (?:{_any('second').pattern}))?$", plain(title)) is not None


def _is_weekday(word: str, writing: DateWriting) -> bool:
    writings = (writing, *(replace(writing, weekdays=book.weekdays) for book in phrasebooks()), ENGLISH)
    return any(Translator(each).translate(word)[:3] in WEEKDAYS for each in writings)


def _title(words: list[str]) -> str:
    return " ".join(words).rstrip(" ,;:-–—")


def _once(words: list[str], now: datetime, writing: DateWriting) -> SpokenTitle | None:
    """The title and the one time at its end."""
    best: tuple[int, ReadDate] | None = None
    for start in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_WORDS), -1):
        try:
            said = _read(" ".join(words[start:]), now, writing)
        except WrongWeekday:
            if start > 0 and _is_one("about", plain(words[start - 1])):
                return None
            raise
        if said is not None and (best is None or said != best[1] or _belongs(words[start], now, writing)):
            best = (start, said)
    if best is None:
        return None
    start, when = best
    if not when.is_exact or _is_one("about", plain(words[start - 1])) or _is_a_word(words[start:]):
        return None
    if _time_alone(" ".join(words[start:]), now) is not None and days_in(" ".join(words[:start]), now.date()):
        return None  # of two times, the title's own may be the one that is meant
    title = _title(words[:start])
    return SpokenTitle(title, when) if title else None


def _read(text: str, now: datetime, writing: DateWriting) -> ReadDate | None:
    ahead = read_hours_ahead(text)
    if ahead is not None and _is_one("ahead", plain(text).partition(" ")[0]):
        at = now + ahead
        return ReadDate(at.date(), at.date(), at.date(), timed=True, clock=f"{at:%H:%M}")
    if not any(each.isalpha() for each in text) and ":" not in text:
        return None
    try:
        found = read_date(text, now.date(), Direction.NEXT, writing)
    except WrongWeekday:
        raise
    except Refused:
        return _time_alone(text, now)
    return replace(found, timed=bool(found.clock))


def _time_alone(text: str, now: datetime) -> ReadDate | None:
    said = plain(text)
    rest, _timed, clock = without_times(said)
    if rest or not clock:
        clock = time_alone(said)
    if not clock:
        return None
    at = read_time(clock, working_day=True)
    day = now.date() if at is None or at > now.time() else now.date() + timedelta(days=1)
    return ReadDate(day, day, day, timed=True, clock=clock)


def _belongs(word: str, now: datetime, writing: DateWriting) -> bool:
    """Whether a word that changes nothing of the time is one of its own: "on", a weekday with its date.

    So is "tomorrow" where the next 5 p.m. is tomorrow's anyway.
    """
    bare = plain(word).strip(",")
    names_a_day = not _is_one("other_words", bare) and _read(bare, now, writing) is not None
    return (
        _is_one("links", bare)
        or names_a_day
        or Translator(writing).translate(bare)[:3] in (*WEEKDAYS, *MONTHS)
    )


def _is_a_word(words: list[str]) -> bool:
    return len(words) == 1 and _is_one("other_words", plain(words[0]).strip("."))
