"""Other languages' phrases of dates, put into English, so that one grammar reads them all.

A language is a module of its own (``phrasebook_es.py``) with one table, ``PHRASEBOOK``: the names of its
months and weekdays, and rows of what stands for its other words. Nothing else names it. A row is a regular
expression over the plain text (``vocabulary.plain``: small letters without accents) and its English. The rows
come in turn, so a longer phrase stands before a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules

from followup_desktop.services.capture.clock_words import first_hour
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import Names

HOUR = " hour "
"""What a row puts for a time of day with its hour: ``times`` are its words in English."""
MORNING, AFTERNOON, EVENING = " in the morning ", " in the afternoon ", " in the evening "
"""What a row puts for a part of the day: it says of which half of the day an hour beside it is."""


@cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """Those that there are, in the order of their names."""
    package = __name__.rpartition(".")[0]
    names = sorted(each.name for each in iter_modules(import_module(package).__path__))
    books = (import_module(f"{package}.{name}") for name in names if name.startswith("phrasebook_"))
    return tuple(book.PHRASEBOOK for book in books)


@dataclass(frozen=True)
class Phrasebook:
    """A language's words for dates; ``words`` come last, and stand for themselves.

    The rows of ``times`` put into English what a row found that stands for ``HOUR``.
    """

    months: Names
    weekdays: Names
    rows: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    times: tuple[tuple[str, str], ...] = ()

    def english(self, text: str) -> str:
        """The plain text with what the book has in English; the names of months and weekdays stay."""
        for pattern, meant in self._patterns:
            text = pattern.sub(self._hour if meant == HOUR else meant, text)
        text = re.sub(r"\b\w+\b", lambda found: self.words.get(found[0], found[0]), text)
        return " ".join(text.split())

    def _hour(self, found: re.Match[str]) -> str:
        text = found[0]
        for pattern, meant in self._times:
            text = pattern.sub(meant, text)
        text = " ".join(re.sub(r"[^\W\d]+", lambda word: self.words.get(word[0], word[0]), text).split())
        clock = read_time(text) if text.endswith((" a.m.", " p.m.")) else None
        hour = f"{clock:%H:%M}" if clock is not None else first_hour(text)
        return f" at {hour} " if hour else MORNING

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.rows)

    @cached_property
    def _times(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.times)
