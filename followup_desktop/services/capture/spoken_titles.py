"""When to be reminded, as it stands at the end of what of: "call mum tomorrow at 5pm"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.clock_words import without_times
from followup_desktop.services.capture.dates import Direction, ReadDate, read_date, read_hours_ahead
from followup_desktop.services.capture.dates_in_text import days_in
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import MONTHS, WEEKDAYS, DateWriting, Translator, plain

_MOST_WORDS = 8
_LINKS = frozenset(
    "on at by the this in due am um den dem der bis zum el la las los a al para "  # noqa: SIM905
    "dans sous le vers d'ici".split()
)
"""Words before a time that belong to it, and go with it."""
_AHEAD = ("in ", "within ", "dentro ", "en ", "dans ", "d'ici ", "sous ")
_OF_THE_TITLE = frozenset("for about of before after until till to with from since und and or y o".split())  # noqa: SIM905
"""Behind these, a day is what the title is about: "prepare for Monday"."""
_ALSO_WORDS = frozenset({"sat", "sun", "wed", "may", "mar", "march", "so", "do", "second", "first"})
"""Names of days that alone are as likely other words."""


@dataclass(frozen=True, slots=True)
class SpokenTitle:
    """A title without the time that stood at its end, and that time."""

    title: str
    when: ReadDate


def split_title(text: str, now: datetime, writing: DateWriting) -> SpokenTitle | None:
    """The title and the time at its end, said when the user's clock shows ``now``; ``None`` if there is none.

    Only what means one day, or hours from now, is a time; a time of day alone is the next one.
    """
    words = text.split()
    best: tuple[int, ReadDate] | None = None
    for start in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_WORDS), -1):
        said = _read(" ".join(words[start:]), now, writing)
        if said is not None and (best is None or said != best[1] or _belongs(words[start], now, writing)):
            best = (start, said)
    if best is None:
        return None
    start, when = best
    if not when.is_exact or plain(words[start - 1]) in _OF_THE_TITLE or _is_a_word(words[start:]):
        return None
    if _time_alone(" ".join(words[start:]), now) is not None and days_in(" ".join(words[:start]), now.date()):
        return None  # of two times, the title's own may be the one that is meant
    title = " ".join(words[:start]).rstrip(" ,;:-–—")
    return SpokenTitle(title, when) if title else None


def _read(text: str, now: datetime, writing: DateWriting) -> ReadDate | None:
    ahead = read_hours_ahead(text)
    if ahead is not None and plain(text).startswith(_AHEAD):
        at = now + ahead
        return ReadDate(at.date(), at.date(), at.date(), timed=True, clock=f"{at:%H:%M}")
    if not any(each.isalpha() for each in text) and ":" not in text:
        return None
    try:
        found = read_date(text, now.date(), Direction.NEXT, writing)
    except Refused:
        return _time_alone(text, now)
    return replace(found, timed=bool(found.clock))


def _time_alone(text: str, now: datetime) -> ReadDate | None:
    rest, _timed, clock = without_times(plain(text))
    if rest or not clock:
        return None
    at = read_time(clock, working_day=True)
    day = now.date() if at is None or at > now.time() else now.date() + timedelta(days=1)
    return ReadDate(day, day, day, timed=True, clock=clock)


def _belongs(word: str, now: datetime, writing: DateWriting) -> bool:
    """Whether a word that changes nothing of the time is one of its own: "on", a weekday with its date.

    So is "tomorrow" where the next 5 p.m. is tomorrow's anyway.
    """
    bare = plain(word).strip(",")
    names_a_day = bare not in _ALSO_WORDS and _read(bare, now, writing) is not None
    return bare in _LINKS or names_a_day or Translator(writing).translate(bare)[:3] in (*WEEKDAYS, *MONTHS)


def _is_a_word(words: list[str]) -> bool:
    return len(words) == 1 and plain(words[0]).strip(".") in _ALSO_WORDS
