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

from followup_desktop.services.capture.language_files import (
    Table,
    check_keys,
    faults_in,
    filled,
    read_all,
    rows_at,
    table_at,
    text_at,
    texts_at,
)
from followup_desktop.services.capture.vocabulary import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    Meant,
    Names,
    expanded,
    plain,
)

_FILES = "dates/*.toml"
_SIGNS = {
    "<morning>": " in the morning ",
    "<afternoon>": " in the afternoon ",
    "<evening>": " in the evening ",
}
"""What a row puts for a part of the day: it says of which half of the day an hour beside it is."""
_LISTS = (
    *("said_days", "before_days", "before_months", "before_counts", "ordinals", "over"),
    *("other_words", "not_alone", "links", "ahead", "about", "articles", "second"),
)
_ENTRIES = ("months", "weekdays", "rows", "words", "repeats", "parts", *_LISTS)
_REPEATS = ("daily", "working_days", "weekly", "each")


@cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """The phrasebooks of all languages, in the order of their codes."""
    return read_all(_FILES, _read)


def all_of(name: str, *english: str) -> tuple[str, ...]:
    """The expressions of that name over plain texts, of all languages, behind the ``english`` ones."""
    return (*english, *(each for book in phrasebooks() for each in book.lists.get(name, ())))


def words_for(english: str) -> tuple[str, ...]:
    """The plain words that mean this in each language, and the English one."""
    return (
        english,
        *(word for book in phrasebooks() for word, meant in book.words.items() if meant == english),
    )


def faults() -> Iterator[str]:
    """What is wrong with those that aren't among the ``phrasebooks``."""
    return faults_in(_FILES, _read)


def _read(text: str) -> Phrasebook:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f'{fault}. A name with an accent stands in quotes: "amanhã" = "tomorrow"') from fault
    check_keys(table, _ENTRIES)
    named = table_at(table, "parts")
    parts = {f"<{name}>": filled(f"the part {name}", text_at(named, name), {}) for name in named}
    repeats = table_at(table, "repeats")
    check_keys(repeats, _REPEATS, "repeat")
    words = table_at(table, "words")
    book = Phrasebook(
        months=_names(table, "months", ENGLISH_MONTHS),
        weekdays=_names(table, "weekdays", ENGLISH_WEEKDAYS),
        rows=tuple(
            (filled("rows", row, parts), _meant(row, meant))
            for row, meant in rows_at(table, "rows", r"['in (\d+) tagen', 'in \1 days']")
        ),
        words={plain(word): text_at(words, word) for word in words},
        repeats={how: filled(how, text_at(repeats, how), parts) for how in repeats},
        lists={name: tuple(filled(name, each, {}) for each in texts_at(table, name)) for name in _LISTS},
    )
    book.check()
    return book


def _meant(row: str, meant: str) -> str:
    """The English of a row, with what its signs stand for."""
    if unknown := [sign for sign in re.findall(r"(?<!\\g)<\w+>", meant) if sign not in _SIGNS]:
        raise ValueError(f"the row {row!r}: there's no {unknown[0]}; there are {', '.join(_SIGNS)}")
    return re.sub("|".join(_SIGNS), lambda sign: _SIGNS[sign[0]], meant)


def _names(table: Table, kind: str, english: Names) -> Names:
    """The names of the months or weekdays; the English ones where the language has none yet."""
    if kind not in table:
        return english
    found = rows_at(table, kind, f'["{english[0][0]}", "{english[0][1]}", …]')
    if len(found) != len(english):
        raise ValueError(f"{kind} needs {len(english)} lists of names, and has {len(found)}")
    return found


@dataclass(frozen=True)
class Phrasebook:
    """A language's words for dates; ``words`` come last, and stand for themselves.

    ``repeats`` are expressions for how often something comes again, and for ``each`` before a weekday;
    ``lists`` are those of what stands around a day.
    """

    months: Names
    weekdays: Names
    rows: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    repeats: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ``ValueError`` for a pattern that isn't one, or a row that asks for a group it hasn't."""
        alone = (*self.repeats.values(), *(each for listed in self.lists.values() for each in listed))
        for row, meant in (*self.rows, *((row, "") for row in alone)):
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
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Meant], ...]:
        return tuple((re.compile(pattern), expanded(meant)) for pattern, meant in self.rows)
