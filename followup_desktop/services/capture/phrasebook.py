"""Other languages' phrases of dates, put into English, so that one grammar reads them all.

A language is a file of its own, ``resources/dates/es.toml``: the names of its months and weekdays, and rows
of what stands for its other words. Nothing else names it. A row is a regular expression over the plain text
(``vocabulary.plain``: small letters without accents) and its English; ``<HOUR>`` in it is that of the file's
``parts``. The rows come in turn, so a longer phrase stands before a word of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache, cached_property
from typing import Any

from followup_desktop.services.capture.clock_words import first_hour, impossible_time
from followup_desktop.services.capture.language_files import faults_in, read_all
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, Names, plain

_FILES = "dates/*.toml"
HOUR = " hour "
"""What a row puts for a time of day with its hour: ``times`` are its words in English."""
MORNING, AFTERNOON, EVENING = " in the morning ", " in the afternoon ", " in the evening "
"""What a row puts for a part of the day: it says of which half of the day an hour beside it is."""


_SIGNS = {"<hour>": HOUR, "<morning>": MORNING, "<afternoon>": AFTERNOON, "<evening>": EVENING}


@cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """Those that there are, in the order of their names."""
    return read_all(_FILES, _read)


def faults() -> Iterator[str]:
    """What is wrong with those that aren't among the ``phrasebooks``."""
    return faults_in(_FILES, _read)


def spoken_time(text: str, *, working_day: bool = False, twelve_hours: bool = False) -> time | None:
    """What ``times.read_time`` reads, also as other languages say it: "halb drei", "midi", "las tres"."""
    typed = plain(text).strip(" .,")
    for words in (typed, *filter(None, (book.time_alone(typed) for book in phrasebooks()))):
        found = read_time(words, working_day=working_day, twelve_hours=twelve_hours)
        if found is not None:
            return found
    return None


def _read(text: str) -> Phrasebook:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f'{fault}. A name with an accent stands in quotes: "amanhã" = "tomorrow"') from fault
    parts = {f"<{name}>": part for name, part in table.get("parts", {}).items()}

    def whole(text: str, known: Mapping[str, str]) -> str:
        return re.sub(r"<\w+>", lambda sign: known.get(sign[0], sign[0]), text)

    book = Phrasebook(
        months=_names(table, "months", ENGLISH_MONTHS),
        weekdays=_names(table, "weekdays", ENGLISH_WEEKDAYS),
        rows=tuple((whole(row, parts), whole(meant, _SIGNS)) for row, meant in table.get("rows", ())),
        words={plain(str(word)): str(meant) for word, meant in table.get("words", {}).items()},
        times=tuple((whole(row, parts), meant) for row, meant in table.get("times", ())),
        before_a_time=tuple(f"{plain(lead)} " for lead in table.get("before_a_time", ())),
        repeats={str(how): whole(row, parts) for how, row in table.get("repeats", {}).items()},
    )
    book.check()
    return book


def _names(table: Mapping[str, Any], kind: str, english: Names) -> Names:
    """The names of the months or weekdays; the English ones where the language has none yet."""
    found = table.get(kind, english)
    if len(found) != len(english) or not all(names and isinstance(names, (list, tuple)) for names in found):
        raise ValueError(f"{kind} needs {len(english)} lists of names, each with the full name first")
    return tuple(tuple(map(str, names)) for names in found)


@dataclass(frozen=True)
class Phrasebook:
    """A language's words for dates; ``words`` come last, and stand for themselves.

    The rows of ``times`` put into English what a row found that stands for ``HOUR``. ``before_a_time`` is
    what a time of day that is said alone lacks of such a row. ``repeats`` are expressions for how often
    something comes again, and for ``each`` before a day of the week.
    """

    months: Names
    weekdays: Names
    rows: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    times: tuple[tuple[str, str], ...] = ()
    before_a_time: tuple[str, ...] = ()
    repeats: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ``ValueError`` for a pattern that isn't one, or a row that asks for a group it hasn't."""
        for row, meant in (*self.rows, *self.times, *((row, "") for row in self.repeats.values())):
            try:
                re.compile(row).sub(meant, "")
            except re.error as fault:
                raise ValueError(f"the row {row!r}: {fault}") from fault

    def english(self, text: str) -> str:
        """The plain text with what the book has in English; the names of months and weekdays stay."""
        for pattern, meant in self._patterns:
            text = pattern.sub(self._hour if meant == HOUR else meant, text)
        text = re.sub(r"\b\w+\b", lambda found: self.words.get(found[0], found[0]), text)
        return " ".join(text.split())

    def time_alone(self, text: str) -> str | None:
        """A plain text that is nothing but a time of day, in English: "halb drei", "30 minutes to three"."""
        hours = [pattern for pattern, meant in self._patterns if meant == HOUR]
        for said in (text, *(lead + text for lead in self.before_a_time)):
            if any(pattern.fullmatch(said) for pattern in hours):
                return self._english_time(said)
        return None

    def _english_time(self, text: str) -> str:
        for pattern, meant in self._times:
            text = pattern.sub(meant, text)
        words = re.sub(r"[^\W\d]+(?!\.m\.)", lambda word: self.words.get(word[0], word[0]), text)
        return " ".join(words.split())

    def _hour(self, found: re.Match[str]) -> str:
        text = self._english_time(found[0])
        clock = read_time(text) if text.endswith((" a.m.", " p.m.")) else None
        hour = f"{clock:%H:%M}" if clock is not None else first_hour(text) or impossible_time(f"at {text}")
        return f" at {hour} " if hour else MORNING

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.rows)

    @cached_property
    def _times(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.times)
