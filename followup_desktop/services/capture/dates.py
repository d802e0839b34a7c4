"""One reader for every date that a user types, whatever the field: "friday", "8 Jan", "7/1", "in two weeks".

English as people say it, ISO dates, and dates in figures or with a month's name as the user's language writes
them. The field tells on which side of today its dates lie.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.phrase_words import split_glued, tidy
from followup_desktop.services.capture.phrases import Contradiction, NoSuchDay, Phrases
from followup_desktop.services.capture.spans import Direction, Span
from followup_desktop.services.capture.vocabulary import ENGLISH, DateWriting, Translator, plain

__all__ = ["ENGLISH", "DateWriting", "Direction", "ReadDate", "read_date"]

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What was understood.

    ``first`` and ``last`` are the days between which the text leaves it open; ``day`` is the later reading,
    so that nobody is asked too early. ``timed`` says that the text names a time of day, which is not read.
    """

    day: date
    first: date
    last: date
    timed: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the text means one day."""
        return self.first == self.last


def read_date(
    text: str,
    today: date,
    direction: Direction,
    writing: DateWriting = ENGLISH,
) -> ReadDate:
    """The date that a text means, said on ``today``; raises ``Refused`` with one sentence if there is none.

    A date without a year, and a weekday, lie in the ``direction`` of the field, unless the text says
    otherwise ("last Friday", "in two weeks"). A date with its year is taken as it is. A weekday has to fit.
    """
    found, timed = None, False
    try:
        if len(text) <= _LONGEST:
            found, timed = _read(text, today, direction, writing)
    except Contradiction as wrong:
        raise Refused(_contradiction(wrong, writing)) from None
    except NoSuchDay as wrong:
        raise Refused(_no_such_day(wrong, writing)) from None
    except (OverflowError, ValueError):  # beyond what a calendar holds
        raise Refused(_outside(text)) from None
    if found is None:
        raise Refused(_no_date(text, today, writing))
    if not MIN_YEAR <= found.day.year <= MAX_YEAR:
        raise Refused(_outside(text))
    return ReadDate(found.day, found.first, max(found.last, found.day), timed)


def _read(text: str, today: date, direction: Direction, writing: DateWriting) -> tuple[Span | None, bool]:
    bare = plain(text)
    phrases = Phrases(today, direction, writing)
    figures = phrases.read(bare) if re.fullmatch(r"[\d./ -]+", bare) else None
    if figures is not None:
        return _beside(figures, today, direction), False
    translate = _translator(writing).translate
    named = translate(bare)
    apart = split_glued(named)
    words, timed = tidy(translate(apart) if apart != named else named)
    found = phrases.read(words) if words else None
    return (_beside(found, today, direction) if found is not None else None), timed


def _beside(found: Span, today: date, direction: Direction) -> Span | None:
    """What was understood, if it lies on the side of the field, or the text told its side."""
    if found.told:
        return found
    wrong = found.day < today if direction is Direction.NEXT else found.day > today
    return None if wrong else found


@lru_cache(maxsize=8)
def _translator(writing: DateWriting) -> Translator:
    return Translator(writing)


def _contradiction(wrong: Contradiction, writing: DateWriting) -> str:
    return _("{date} is a {weekday}, not a {said}; change one of them.").format(
        date=_written(wrong.day, writing),
        weekday=writing.weekdays[wrong.day.weekday()][0],
        said=writing.weekdays[wrong.weekday][0],
    )


def _no_such_day(wrong: NoSuchDay, writing: DateWriting) -> str:
    if not 1 <= wrong.month <= 12:
        return _("There is no month {number}; check the order of day and month.").format(number=wrong.month)
    month, year = writing.months[wrong.month - 1][0], wrong.year
    if year is not None and wrong.month == 2:
        return _("{month} {year} has only {days} days; check the day.").format(
            month=month, year=year, days=monthrange(year, wrong.month)[1]
        )
    return _("{month} has only {days} days; check the day.").format(
        month=month, days=monthrange(2000, wrong.month)[1]
    )


def _outside(text: str) -> str:
    return _("“{text}” lies outside the years {first} to {last}; check the year.").format(
        text=_shown(text), first=MIN_YEAR, last=MAX_YEAR
    )


def _no_date(text: str, today: date, writing: DateWriting) -> str:
    if re.fullmatch(r"\d{1,2}", plain(text)):
        return _(
            "“{text}” may be a day or a number of days; add the month, or type “in {text} days”."
        ).format(text=_shown(text))
    example = _written(date(today.year, 10, 14), writing)
    return _("“{text}” is no date; type one like {date}, “next Friday” or “in two weeks”.").format(
        text=_shown(text), date=example
    )


def _written(day: date, writing: DateWriting) -> str:
    return f"{day.day} {writing.months[day.month - 1][0]} {day.year}"


def _shown(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 40 else f"{bare[:40]}…"
