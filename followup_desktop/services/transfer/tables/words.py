"""What headings and the words for stages mean, read from the data files of the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from followup_desktop.domain.model import Stage
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.tables.table import folded

FOLDER = "tables"
_LONGEST_WAY = 3
"""Words."""


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
    return _headings().get(folded(heading)) or _of_person(heading) or _of_round(heading)


def _of_person(heading: str) -> tuple[Meaning, ...]:
    """What a heading tells of someone whom it names as others do: "Interviewer Email", "Contact 2"."""
    said, way = _parted(heading)
    bare = " ".join(word for word in said if not word.isdecimal())
    meanings = _headings().get(bare, ())
    named = next((each for each in meanings if each.means == "contact_name"), None)
    is_said = way or len(bare.split()) < len(said)
    return (Meaning(way or "contact_name", named.is_sure),) if named is not None and is_said else ()


def _of_round(heading: str) -> tuple[Meaning, ...]:
    """What a heading tells of an interview: "Interview 2", "Phone screen date", "Uhrzeit Gespräch 1"."""
    said = _round_in(heading)
    if said not in _rounds():
        return ()
    is_clock = any(word in _values()["clocks"] for word in folded(heading).split())
    return (Meaning("interview_clock" if is_clock else "interview_at", True),)


def _round_in(heading: str) -> str:
    """What a heading calls an interview, without its number and what of its time is told."""
    aside = (*_values()["ordinals"], *_values()["clocks"], *_values()["days"], *_values()["between"])
    return " ".join(word for word in folded(heading).split() if not (word.isdecimal() or word in aside))


@cache
def _rounds() -> frozenset[str]:
    return frozenset(map(folded, (*_values()["interviews"], *_values()["rounds"])))


@lru_cache(maxsize=1024)
def is_of_interviews(heading: str) -> bool:
    """Whether a yes below it says that there was an interview: below "Onsite" it may be of the place."""
    return _round_in(heading) in {folded(each) for each in _values()["interviews"]}


def number_in(heading: str) -> str:
    """The number in a heading, as that of a round; an empty text for none."""
    return next((word for word in folded(heading).split() if word.isdecimal()), "")


def person_in(heading: str) -> frozenset[str]:
    """The words by which a heading names a person, without what it tells of them: of "Recruiter Email" one.

    The ending of a genitive or a plural is no difference.
    """
    return frozenset(word.removesuffix("s") for word in _parted(heading)[0])


def is_of_a_vacancy(heading: str) -> bool:
    """Whether it can only be of a job that one applies for, and not of what a person is."""
    return folded(heading) in _vacancies()


@cache
def _vacancies() -> frozenset[str]:
    return frozenset(map(folded, _values()["vacancies"]))


def is_of_anyone(heading: str) -> bool:
    """Whether it says nothing of whom it is about, as "Email" or "Contact email"."""
    return person_in(heading) <= {word for each in _values()["anyone"] for word in person_in(each)}


@lru_cache(maxsize=1024)
def _parted(heading: str) -> tuple[tuple[str, ...], str]:
    """The words for a person in a heading, and the field of what it tells of them, if any."""
    words = folded(heading).split()
    found = ""
    for size in range(min(len(words), _LONGEST_WAY), 0, -1):
        for part, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            if not found and (way := _ways().get(" ".join(part))):
                found, words = way, rest
    return tuple(word for word in words if word not in _values()["between"]), found


@cache
def _ways() -> Mapping[str, str]:
    return {folded(word): field for field, words in _values()["ways"].items() for word in words}


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
    plain = _sign(text)
    return True if plain in _values()["yes"] else False if plain in _values()["no"] else None


def is_box(text: str) -> bool:
    """Whether a yes or no is that of a box to tick, and not a word that somebody wrote."""
    return _sign(text) in _values()["boxes"]


def _sign(text: str) -> str:
    return text.strip().replace("\ufe0f", "").casefold()


@lru_cache(maxsize=1024)
def is_of_interviewers(heading: str) -> bool:
    """Whether those below it are met in an interview."""
    words = {word for word in person_in(heading) if not word.isdecimal()}
    return any(words == person_in(each) for each in _values()["interviewers"])


@cache
def forms_of_address() -> frozenset[str]:
    """What a table of people may have as a title, and is no one's in a firm."""
    return frozenset(map(folded, _values()["forms_of_address"]))


def is_total(text: str) -> bool:
    """Whether it begins a row that only adds up others."""
    said = folded(text)
    if said in _totals():
        return True
    words = said.split()
    rest = next((words[size:] for size in (2, 1) if " ".join(words[:size]) in _totals()), None)
    return rest is not None and all(word.isdecimal() or word in _values()["counted"] for word in rest)


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(folded, _values()["totals"]))


@cache
def given_names() -> frozenset[str]:
    """Names by which people are called, as cells are compared: they tell a second person from a surname."""
    return frozenset(folded(name) for name in " ".join(_values()["given_names"]).split())


@cache
def no_surnames() -> frozenset[str]:
    """What stands in a position or the name of a firm, and in nobody's own."""
    return frozenset(_values()["no_surnames"])


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
