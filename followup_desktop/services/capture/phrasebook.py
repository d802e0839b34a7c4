"""Other languages' phrases of dates, put into English, so that one grammar reads them all.

A language is a file of its own, ``resources/dates/es.toml``: the names of its months and weekdays, and rows
of what stands for its other words. Nothing else names it. A row is a regular expression over the plain text
(``vocabulary.plain``: small letters without accents) and its English; ``<MONTH>`` in it is that of the file's
``parts``. The rows come in turn, so a longer phrase stands before a word of it. Times of day are put into
figures before (``clocks``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from followup_desktop.services.capture.language_files import faults_in, read_all
from followup_desktop.services.capture.vocabulary import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, Names, plain

_FILES = "dates/*.toml"
_SIGNS = {
    "<morning>": " in the morning ",
    "<afternoon>": " in the afternoon ",
    "<evening>": " in the evening ",
}
"""What a row puts for a part of the day: it says of which half of the day an hour beside it is."""


@cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """The phrasebooks of all languages, in the order of their codes."""
    return read_all(_FILES, _read)


def faults() -> Iterator[str]:
    """What is wrong with those that aren't among the ``phrasebooks``."""
    return faults_in(_FILES, _read)


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

    ``repeats`` are expressions for how often something comes again, and for ``each`` before a weekday.
    """

    months: Names
    weekdays: Names
    rows: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    repeats: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ``ValueError`` for a pattern that isn't one, or a row that asks for a group it hasn't."""
        for row, meant in (*self.rows, *((row, "") for row in self.repeats.values())):
            try:
                re.compile(row).sub(meant, "")
            except re.error as fault:
                raise ValueError(f"the row {row!r}: {fault}") from fault

    def english(self, text: str) -> str:
        """The plain text with what the book has in English; the names of months and weekdays stay."""
        for pattern, meant in self._patterns:
            text = pattern.sub(meant, text)
        text = re.sub(r"\b\w+\b", lambda found: self.words.get(found[0], found[0]), text)
        return " ".join(text.split())

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), meant) for pattern, meant in self.rows)
