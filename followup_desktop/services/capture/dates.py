"""One reader for every date that a user types, whatever the field: "friday", "8 Jan", "7/1", "in two weeks".

English as people say it, ISO dates, and dates in figures or with a month's name as the user's language writes
them. The field tells on which side of today its dates lie.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from followup_desktop import i18n
from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, ngettext
from followup_desktop.services.capture.clock_words import hours_ahead
from followup_desktop.services.capture.date_texts import DateMeaning, DateOrTime, DateTexts, VagueTime
from followup_desktop.services.capture.phrasebook import phrasebooks
from followup_desktop.services.capture.phrases import Contradiction, DayConflict, FarYear, NoSuchDay
from followup_desktop.services.capture.spans import Direction, Span, Works, weekdays
from followup_desktop.services.capture.vocabulary import ENGLISH, DateWriting, plain

__all__ = ["ENGLISH", "DateWriting", "Direction", "ReadDate", "read_date", "read_hours_ahead"]

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What was understood.

    ``first`` and ``last`` are the days between which the text leaves it open; ``day`` is the later reading,
    so that nobody is asked too early. ``timed`` says that the text names a time of day; ``clock`` are the
    words of its first hour, for ``times.read_time``, if it names one: "in the morning" does not. ``no_time``
    are figures that stand for a time and can be none, as in "Friday at 25".
    """

    day: date
    first: date
    last: date
    timed: bool = False
    clock: str = ""
    no_time: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the text means one day."""
        return self.first == self.last


class WrongWeekday(Refused):
    """The day that was said is another day of the week than the one said with it."""


def read_date(
    text: str,
    today: date,
    direction: Direction,
    writing: DateWriting = ENGLISH,
    works: Works = weekdays,
) -> ReadDate:
    """The date that a text means, said on ``today``; raises ``Refused`` with one sentence if there is none.

    A date without a year, and a weekday, lie in the ``direction`` of the field, unless the text says
    otherwise ("last Friday", "in two weeks"). A date with its year is taken as it is. A weekday has to fit.
    Days that are counted as working days are those that ``works`` says.
    """
    reading = DateMeaning(None)
    try:
        if len(text) <= _LONGEST:
            reading = DateTexts(today, direction, writing, works).read(text)
    except Contradiction as wrong:
        raise WrongWeekday(_contradiction(wrong)) from None
    except NoSuchDay as wrong:
        raise Refused(_no_such_day(wrong)) from None
    except DayConflict as wrong:
        raise Refused(_two_days(text, wrong)) from None
    except FarYear as wrong:
        raise Refused(
            _("“{text}” isn't a date. If {figures} is the year, enter {year}.").format(
                text=_shown(text), figures=f"{wrong.year % 100:02}", year=wrong.year
            )
        ) from None
    except DateOrTime as wrong:
        raise Refused(_date_or_time(text, wrong)) from None
    except VagueTime:
        raise Refused(_("“{text}” is too vague. Enter a day.").format(text=_shown(text))) from None
    except (OverflowError, ValueError):  # beyond what a calendar holds
        raise Refused(_outside(text)) from None
    found = _beside(reading.span, today, direction) if reading.span is not None else None
    if found is None:
        raise Refused(_no_date(text, today, direction))
    if not MIN_YEAR <= found.day.year <= MAX_YEAR:
        raise Refused(_outside(text))
    last = max(found.last, found.day)
    return ReadDate(found.day, found.first, last, reading.timed, reading.clock, reading.no_time)


def read_hours_ahead(text: str) -> timedelta | None:
    """How long from now a text means that counts hours or minutes: "in two hours"; ``None`` for any other.

    What was ("an hour ago") is less than nothing.
    """
    bare = plain(text)
    if len(bare) > _LONGEST:
        return None
    ahead = (hours_ahead(each) for each in (bare, *(book.english(bare) for book in phrasebooks())))
    return next((each for each in ahead if each is not None), None)


def _beside(found: Span, today: date, direction: Direction) -> Span | None:
    """What was understood, if it lies on the side of the field, or the text told its side."""
    if found.has_side:
        return found
    wrong = found.day < today if direction is Direction.NEXT else found.day > today
    return None if wrong else found


def _contradiction(wrong: Contradiction) -> str:
    return _("{date} is a {weekday}, not a {said}. Change one of them.").format(
        date=i18n.format_full_date(wrong.day),
        weekday=i18n.weekday_name(wrong.day.weekday()),
        said=i18n.weekday_name(wrong.weekday),
    )


def _no_such_day(wrong: NoSuchDay) -> str:
    if not 1 <= wrong.month <= 12:
        return _("There's no month {number}. Check the order of day and month.").format(number=wrong.month)
    month, year = i18n.month_name(wrong.month), wrong.year
    if year is not None and wrong.month == 2:
        days = monthrange(year, wrong.month)[1]
        return ngettext(
            "{month} {year} has only {n} day. Check the day.",
            "{month} {year} has only {n} days. Check the day.",
            days,
        ).format(month=month, year=year, n=days)
    days = monthrange(2000, wrong.month)[1]
    return ngettext(
        "{month} has only {n} day. Check the day.", "{month} has only {n} days. Check the day.", days
    ).format(month=month, n=days)


def _two_days(text: str, wrong: DayConflict) -> str:
    return _("“{text}” has two dates, {date} and {other}. Keep one of them.").format(
        text=_shown(text), date=i18n.format_full_date(wrong.day), other=i18n.format_full_date(wrong.other)
    )


def _date_or_time(text: str, wrong: DateOrTime) -> str:
    return _("“{text}” could mean {date}, or {other} at {time}. Add the month, or “at”.").format(
        text=_shown(text),
        date=i18n.format_full_date(wrong.day),
        other=i18n.format_full_date(wrong.other),
        time=i18n.format_clock(wrong.clock),
    )


def _outside(text: str) -> str:
    return _("“{text}” isn't between {first} and {last}. Check the year.").format(
        text=_shown(text), first=MIN_YEAR, last=MAX_YEAR
    )


def _no_date(text: str, today: date, direction: Direction) -> str:
    if re.fullmatch(r"\d{1,2}", plain(text)):
        return _(
            "“{text}” could be a day or a number of days. Add the month, or enter “in {text} days”."
        ).format(text=_shown(text))
    day = date(today.year, 10, 14)
    if direction is Direction.NEXT and day < today:  # a day as the field takes it
        day = day.replace(year=today.year + 1)
    elif direction is Direction.LAST and day > today:
        day = day.replace(year=today.year - 1)
    example = i18n.format_full_date(day)
    return _("“{text}” isn't a date. Try something like {date}, “next Friday” or “in two weeks”.").format(
        text=_shown(text), date=example
    )


def _shown(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 40 else f"{bare[:40]}…"
