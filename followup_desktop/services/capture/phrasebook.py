"""Other languages' phrases of dates, put into English, so that one grammar reads them all.

A language is a table of its own (``phrasebook_es.py``): the names of its months and weekdays, and rows of
what stands for its other words. A row is a regular expression over the plain text (``vocabulary.plain``:
small letters without accents) and its English. The rows come in turn, so a longer phrase stands before a
word of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from followup_desktop.services.capture.vocabulary import Names

TIME = " at noon "
"""What a row puts for any time of day: it is seen and left out."""


@dataclass(frozen=True)
class Phrasebook:
    """A language's words for dates; ``words`` come last, and stand for themselves."""

    months: Names
    weekdays: Names
    rows: tuple[tuple[str, str], ...]
    words: Mapping[str, str]

    def english(self, text: str) -> str:
        """The plain text with what the book has in English; the names of months and weekdays stay."""
        for pattern, meant in self._patterns:
            text = pattern.sub(meant, text)
        text = re.sub(r"\b\w+\b", lambda found: self.words.get(found[0], found[0]), text)
        return " ".join(text.split())

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.rows)
