"""What headings and the words for stages mean, read from the data files of the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from followup_desktop.domain.model import Stage
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.tables.table import folded

FOLDER = "tables"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word is taken for, and whether that is certain enough not to be asked about."""

    means: str
    is_sure: bool


@cache
def _headings() -> Mapping[str, tuple[Meaning, ...]]:
    found: dict[str, list[Meaning]] = {}
    data = _data("headings.toml")
    for sureness, languages in data.items():
        for fields in languages.values():
            for name, words in fields.items():
                for word in words:
                    meaning = Meaning(name, sureness == "sure")
                    known = found.setdefault(folded(word), [])
                    if all(other.means != name for other in known):
                        known.append(meaning)
    return {word: tuple(meanings) for word, meanings in found.items()}


def meanings_of(heading: str) -> tuple[Meaning, ...]:
    """The fields that a heading may stand for, the likeliest first; none if it isn't known."""
    return _headings().get(folded(heading), ())


def is_of_day_first(heading: str) -> bool:
    """Whether it is a heading of languages alone that write the day of a date first."""
    return folded(heading) in _of_day_first()


@cache
def _of_day_first() -> frozenset[str]:
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for languages in _data("headings.toml").values():
        for language, fields in languages.items():
            words[language not in ("en", "ja")] |= {folded(word) for some in fields.values() for word in some}
    return frozenset(words[True] - words[False])


@cache
def _stages() -> Mapping[str, Meaning]:
    data = _data("stages.toml")
    found = {folded(word): Meaning(stage, True) for stage, words in data["sure"].items() for word in words}
    for stage, words in data["asked"].items():
        for word in words:
            found.setdefault(folded(word), Meaning(stage, False))
    return found


@cache
def _parts_of_stages() -> tuple[tuple[Stage, tuple[str, ...]], ...]:
    rows: Iterable[Mapping[str, Any]] = _data("stages.toml")["contains"]
    return tuple((Stage(row["stage"]), tuple(folded(word) for word in row["words"])) for row in rows)


def stage_of(word: str) -> tuple[Stage | None, bool]:
    """The stage that a word stands for, and whether that is sure; ``None`` where it says nothing known."""
    plain = folded(word)
    if meaning := _stages().get(plain):
        return Stage(meaning.means), meaning.is_sure
    if plain.replace(" ", "_") in set(Stage):
        return Stage(plain.replace(" ", "_")), True
    spaced = f" {plain}"
    for stage, parts in _parts_of_stages():
        if any((part if not part.isascii() else f" {part}") in spaced for part in parts):
            return stage, False
    return None, False


def is_undecided(word: str) -> bool:
    """Whether it says no more of an application than that it isn't over."""
    return folded(word) in _undecided()


@cache
def _undecided() -> frozenset[str]:
    return frozenset(map(folded, _data("stages.toml")["undecided"]["words"]))


def flag_of(text: str) -> bool | None:
    """Yes or no; ``None`` for what is neither."""
    plain = text.strip().casefold()
    return True if plain in _values()["yes"] else False if plain in _values()["no"] else None


def is_of_interviewers(heading: str) -> bool:
    """Whether those below it are met in an interview."""
    return folded(heading) in set(map(folded, _values()["interviewers"]))


def is_total(text: str) -> bool:
    """Whether it begins a row that only adds up others."""
    return folded(text) in _values()["totals"]


def priority_of(text: str) -> int | None:
    """The priority that a word names, 3 for the highest; ``None`` for what is none."""
    plain = folded(text)
    return next((int(number) for number, words in _values()["priority"].items() if plain in words), None)


@cache
def month_names() -> Mapping[str, int]:
    """The number of each month by its names, in full and short, in the languages that are read."""
    return {name: int(number) for number, names in _values()["months"].items() for name in names}


@cache
def around_dates() -> frozenset[str]:
    """What may stand around a date in words."""
    return frozenset(_values()["around"])


@cache
def _values() -> Mapping[str, Any]:
    return _data("values.toml")


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources_dir() / FOLDER / name).read_text(encoding="utf-8"))
