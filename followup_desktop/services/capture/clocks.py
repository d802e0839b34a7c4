"""Times of day as people say them, in each language: "halb drei", "a las nueve y cuarto", "dix-sept heures".

All languages are looked for at once, and each time is handed on as one grammar reads it, so that a field and
the reader of emails understand the same. A time that is only half understood is handed on as such: it never
becomes another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import cache, lru_cache

from followup_desktop.services.capture.clock_language import ClockLanguage, SaidTime, read_language
from followup_desktop.services.capture.language_files import faults_in, read_all
from followup_desktop.services.capture.phrasebook import all_of
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import plain

__all__ = [
    "TextWithTimes",
    "before_days_like_halves",
    "faults",
    "in_figures",
    "languages",
    "said_times",
    "spoken_time",
    "time_alone",
]

_FILES = "clocks/*.toml"
_HALVES = frozenset({"am", "pm"})


@dataclass(frozen=True, slots=True)
class TextWithTimes:
    """A plain text with its times of day as one grammar reads them, and one that is half understood.

    The latter is left out of the text.
    """

    text: str
    no_time: str = ""


@cache
def languages() -> tuple[ClockLanguage, ...]:
    """The clock languages there are, in the order of their codes."""
    return read_all(_FILES, read_language)


def faults() -> Iterator[str]:
    """What is wrong with those that aren't among the ``languages``."""
    return faults_in(_FILES, read_language)


@lru_cache(maxsize=1024)
def said_times(text: str, *, strictly: bool = False) -> tuple[SaidTime, ...]:
    """The times of day in a plain text, in its order; of those from when until when the first.

    Read ``strictly``, "2 heures" within a sentence is none where nothing beside it says that it is.
    """
    found: list[SaidTime] = []
    ahead = [(each, each.first(text, 0, strictly=strictly)) for each in languages()]
    while said := [(one, first) for one, first in ahead if first is not None]:
        best = min((first for _one, first in said), key=lambda each: (each.start, -each.end, not each.words))
        found.append(best)
        ahead = [
            (one, first if first.start >= best.end else one.first(text, best.end, strictly=strictly))
            for one, first in said
        ]
    return tuple(found)


@cache
def before_days_like_halves() -> tuple[str, ...]:
    """What stands before a day, and is no half of it behind a time: "um 12.15 Uhr am 22. Oktober"."""
    return tuple(word for word in all_of("before_days") if word in _HALVES)


def in_figures(text: str) -> TextWithTimes:
    """What a field reads of a plain text."""
    parts, place, no_time = [], 0, ""
    for each in said_times(text):
        is_on = any(text.startswith(f" {word} ", each.end) for word in before_days_like_halves())
        apart = "," if is_on else ""
        between = text[place : each.start]
        lead = "" if place and between == " or " else " at "  # "9:00 or 10:00" is one to the grammar
        parts += [between, f"{lead}{each.words}{apart} " if each.words else " "]
        no_time = no_time or ("" if each.words else each.own)
        place = each.end
    return (
        TextWithTimes(" ".join("".join((*parts, text[place:])).split()), no_time)
        if parts
        else TextWithTimes(text)
    )


def time_alone(text: str) -> str:
    """The words, for ``times.read_time``, of a plain text that is nothing but a time of day; or nothing."""
    return next(filter(None, (each.alone(text) for each in languages())), "")


def spoken_time(text: str, *, working_day: bool = False, twelve_hours: bool = False) -> time | None:
    """What ``times.read_time`` reads, also as other languages say it: "halb drei", "midi", "las tres"."""
    typed = plain(text).strip(" .,")
    for words in filter(None, (typed, time_alone(typed))):
        found = read_time(words, working_day=working_day, twelve_hours=twelve_hours)
        if found is not None:
            return found
    return None
