"""What headings and the words for stages mean, read from the data files of the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from followup_desktop.domain.model import Stage
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.capture.language_files import (
    check_keys,
    compiled,
    faults_in,
    table_at,
    texts_at,
)
from followup_desktop.services.capture.phrasebook import words_for
from followup_desktop.services.capture.vocabulary import plain
from followup_desktop.services.transfer.tables.table import folded

FOLDER = "tables"
_ENDS = frozenset({Stage.OFFER, Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE})
_GENITIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_EXPRESSIONS = (
    *("choices", "gender_endings", "phones", "agreed", "hours", "after_noon", "applied", "followed_up"),
)
"""What of ``values.toml`` is no plain word."""
_LONGEST_WAY = 3
_LONGEST_LEAD = 5
"""Words."""
_FIRST = 2
"""Letters."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word is taken for, and whether that is certain enough not to be asked about."""

    means: str
    is_sure: bool


@cache
def _choice() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)\W+(?:{any_of('choices')})\W*$", re.IGNORECASE)


@cache
def _gender_ending() -> re.Pattern[str]:
    return re.compile(any_of("gender_endings"))


@cache
def _either() -> re.Pattern[str]:
    return re.compile(rf"\s*[/|]\s*|\s+(?:{'|'.join(words_for('or'))})\s+")


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
    heading = _GENITIVE.sub("", _choice().sub("", heading))
    ways = (_of_person, _of_round, _of_outcome, _of_bare, _of_several, _of_words)
    return _headings().get(folded(heading)) or next(filter(None, (way(heading) for way in ways)), ())


def _of_bare(heading: str) -> tuple[Meaning, ...]:
    """What it means without what is in brackets: "Application date (dd/mm/yyyy)", not "Interview (notes)"."""
    bare = _IN_BRACKETS.sub(" ", heading)
    if bare == heading or not folded(bare):
        return ()
    meanings = meanings_of(bare)
    inside = [meanings_of(part) for each in _IN_BRACKETS.findall(heading) for part in _either().split(each)]
    fits = all(not each or each[0].means in {of.means for of in meanings} for each in inside)
    return meanings if fits else ()


def _of_several(heading: str) -> tuple[Meaning, ...]:
    """What several words for one thing mean: "Status / Stage"."""
    parts = _either().split(heading)
    if len(parts) == 1 or not all(map(folded, parts)):
        return ()
    first, *others = (meanings_of(part) for part in parts)
    shared = (each for each in first if all(each.means in {of.means for of in other} for other in others))
    return tuple(shared)


def _of_words(heading: str) -> tuple[Meaning, ...]:
    """What its words mean in whatever order and number, and without the small ones between."""
    return _by_words().get(_own_words(heading), ())


@cache
def _by_words() -> Mapping[tuple[str, ...], tuple[Meaning, ...]]:
    found: dict[tuple[str, ...], tuple[Meaning, ...]] = {}
    for heading, meanings in _headings().items():
        found.setdefault(_own_words(heading), meanings)
    return found


def _own_words(heading: str) -> tuple[str, ...]:
    small = _words("between") | _words("small")
    return tuple(sorted({word.removesuffix("s") for word in folded(heading).split() if word not in small}))


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
    is_clock = not _words("clocks").isdisjoint(folded(heading).split())
    return (Meaning("interview_clock" if is_clock else "interview_at", True),)


def _round_in(heading: str) -> str:
    """What a heading calls an interview, without its number and what of its time is told."""
    aside = _words("ordinals") | _words("clocks") | _words("days") | _words("between")
    words = folded(_choice().sub("", heading)).split()
    return " ".join(word for word in words if not (word.isdecimal() or word in aside))


def _rounds() -> frozenset[str]:
    return _words("interviews") | _words("rounds") | _words("numbered")


@lru_cache(maxsize=1024)
def is_of_interviews(heading: str) -> bool:
    """Whether a yes below it says that there was an interview: below "Onsite" it may be of the place."""
    return _round_in(heading) in _rounds() - _words("numbered") - _words("places")


def is_of_rounds(heading: str) -> bool:
    """Whether each row is of an interview, and the heading is of which: "Round"."""
    return _round_in(heading) in _words("numbered")


def without_time(heading: str) -> str:
    """A heading without what says that a day is below it: "Follow up" of "Follow up date"."""
    times = _words("days") | _words("clocks")
    left = [word for word in heading.split() if folded(word) not in times]
    while left and folded(left[-1]) in _words("between"):
        left.pop()
    while left and folded(left[0]) in _words("between"):
        left.pop(0)
    return " ".join(left)


def _of_outcome(heading: str) -> tuple[Meaning, ...]:
    """What a heading tells of the day on which something ended: "Rejected date", "Fecha de rechazo"."""
    bare = without_time(heading)
    if not bare or bare == heading:
        return ()
    stage, is_sure = stage_of(bare)
    return (Meaning("outcome", True),) if is_sure and stage in _ENDS else ()


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
    return folded(heading) in _words("vacancies")


def is_of_applying(heading: str) -> bool:
    """Whether a word of it tells of applying."""
    return not _words("applying").isdisjoint(folded(heading).split())


def is_of_the_user(heading: str) -> bool:
    """Whether a word of it tells of the user: "My email"."""
    return not _words("own").isdisjoint(folded(heading).split())


def is_of_posting(heading: str, text: str) -> bool:
    """Whether a link behind the text leads to the posting, by the text or by the heading above it."""
    said = folded(text)
    leads = (f"{said} ".startswith(f"{each} ") for each in _words("postings"))
    return (any(leads) and len(said.split()) <= _LONGEST_LEAD) or folded(heading) in _words("postings")


@lru_cache(maxsize=1024)
def has_address(heading: str) -> bool:
    """Whether an address follows the name below it: "Firma, Anschrift"."""
    return not _words("addresses").isdisjoint(folded(heading).split())


def is_of_anyone(heading: str) -> bool:
    """Whether it says nothing of whom it is about, as "Email" or "Contact email"."""
    return person_in(heading) <= {word for each in _values()["anyone"] for word in person_in(each)}


@lru_cache(maxsize=1024)
def _parted(heading: str) -> tuple[tuple[str, ...], str]:
    """The words for a person in a heading, and the field of what it tells of them, if any."""
    words = folded(_GENITIVE.sub("", heading)).split()
    found = ""
    for size in range(min(len(words), _LONGEST_WAY), 0, -1):
        for part, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            if not found and (way := _ways().get(" ".join(part))):
                found, words = way, rest
    return tuple(word for word in words if word not in _words("between")), found


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
            words[language not in _values()["any_order"]] |= {
                folded(word) for some in fields.values() for word in some
            }
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
def _parts_of_stages() -> Mapping[str, tuple[tuple[int, str, Stage], ...]]:
    """What a word may begin with, by its first letters, and behind no letters what stands anywhere in a text.

    Each has its row, of which the first counts. Of all 450 a text is asked for the few that it may have.
    """
    found: dict[str, list[tuple[int, str, Stage]]] = {}
    rows: Iterable[Mapping[str, Any]] = _data("stages.toml")["contains"]
    for number, row in enumerate(rows):
        for word in map(folded, row["words"]):
            is_plain, beginning = word.isascii(), word[:_FIRST].strip()
            first = beginning if is_plain and len(beginning) == _FIRST else ""
            part = f" {word}" if is_plain else word
            found.setdefault(first, []).append((number, part, Stage(row["stage"])))
    return {first: tuple(parts) for first, parts in found.items()}


def stage_of(word: str) -> tuple[Stage | None, bool]:
    """The stage that a word stands for, and whether that is sure; ``None`` where it says nothing known."""
    said = folded(_gender_ending().sub("", _choice().sub("", word)))
    if meaning := _stages().get(said):
        return Stage(meaning.means), meaning.is_sure
    if said.replace(" ", "_") in set(Stage):
        return Stage(said.replace(" ", "_")), True
    spaced = f" {said}"
    parts = _parts_of_stages()
    firsts = {"", *(each[:_FIRST] for each in said.split())}
    found = [part for first in firsts for part in parts.get(first, ()) if part[1] in spaced]
    return (min(found)[2] if found else None), False


def is_undecided(word: str) -> bool:
    """Whether it says no more of an application than that it isn't over."""
    return folded(word) in _undecided()


@cache
def _undecided() -> frozenset[str]:
    return frozenset(map(folded, _data("stages.toml")["undecided"]["words"]))


def flag_of(text: str) -> bool | None:
    """Yes or no; ``None`` for what is neither."""
    said = _sign(text)
    return True if said in _signs("yes") else False if said in _signs("no") else None


def _sign(text: str) -> str:
    return plain(text).replace("\ufe0f", "")


@cache
def _signs(name: str) -> frozenset[str]:
    return frozenset(map(_sign, _values()[name]))


@cache
def _words(name: str) -> frozenset[str]:
    """What the file has under a name, as headings are compared."""
    return frozenset(map(folded, _values()[name]))


@lru_cache(maxsize=1024)
def is_of_interviewers(heading: str) -> bool:
    """Whether those below it are met in an interview."""
    words = {word for word in person_in(heading) if not word.isdecimal()}
    return any(words == person_in(each) for each in _values()["interviewers"])


def forms_of_address() -> frozenset[str]:
    """What a table of people may have as a title, and is no one's in a firm."""
    return _words("forms_of_address")


def short_forms_of_address() -> frozenset[str]:
    """The forms of address that are known by how they are written, and only before a name."""
    return frozenset(_values()["short_forms_of_address"])


def is_total(text: str) -> bool:
    """Whether it begins a row that only adds up others."""
    said = folded(text)
    if said in _words("totals"):
        return True
    words = said.split()
    rest = next((words[size:] for size in (2, 1) if " ".join(words[:size]) in _words("totals")), None)
    return rest is not None and all(word.isdecimal() or word in _words("counted") for word in rest)


@cache
def given_names() -> frozenset[str]:
    """Names by which people are called, as cells are compared: they tell a second person from a surname."""
    return frozenset(folded(name) for name in " ".join(_values()["given_names"]).split())


def no_surnames() -> frozenset[str]:
    """What stands in a position or the name of a firm, and in nobody's own."""
    return _words("no_surnames")


def priority_of(text: str) -> int | None:
    """The priority that a word names, 3 for the highest; ``None`` for what is none."""
    said = folded(text)
    levels = _values()["priority"].items()
    return next((int(number) for number, words in levels if said in map(folded, words)), None)


@cache
def month_names() -> Mapping[str, int]:
    """The number of each month by its plain names, in full and short, in the languages that are read."""
    return {folded(name): int(number) for number, names in _values()["months"].items() for name in names}


def is_heading_alone(line: str) -> bool:
    """Whether a table with one column may have this heading."""
    return folded(line) in _words("alone")


def small_words_of_names() -> frozenset[str]:
    """What surnames have before or between their words: "de la"."""
    return _words("particles")


def plain_dates() -> frozenset[str]:
    """Headings that are of the day of applying only where no other is."""
    return _words("plain_dates")


def plain_stages() -> frozenset[str]:
    """Headings that are of the stage only where no other is."""
    return _words("plain_stages")


@cache
def end_of_range() -> re.Pattern[str]:
    """A word of a heading, as those are compared, that says that one of two ends is below it."""
    return re.compile(rf"\b(?:{'|'.join(sorted(_words('ends_of_range')))})\b")


@cache
def any_of(name: str) -> str:
    """Any of the expressions of that name."""
    return "|".join(_values()[name])


def around_dates() -> frozenset[str]:
    """What may stand around a date in plain words."""
    return _words("around")


def outlook_headings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By Outlook's language the headings of its contacts, by what they hold; ``needs`` are always there."""
    return _data("outlook.toml")


@cache
def _values() -> Mapping[str, Any]:
    return _data("values.toml")


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources_dir() / FOLDER / name).read_text(encoding="utf-8"))


def faults() -> Iterator[str]:
    """What is wrong with the files, a sentence each."""
    yield from faults_in(f"{FOLDER}/headings.toml", _check_headings)
    yield from faults_in(f"{FOLDER}/stages.toml", _check_stages)
    yield from faults_in(f"{FOLDER}/values.toml", _check_values)
    yield from faults_in(f"{FOLDER}/outlook.toml", _check_outlook)


def _check_headings(text: str) -> None:
    table = tomllib.loads(text)
    known = {name for languages in table.values() for name in table_at(languages, "en")}
    for sureness in check_keys(table, ("sure", "asked")):
        for language in (languages := table_at(table, sureness)):
            fields = table_at(languages, language)
            for name in check_keys(fields, known, f"field in [{sureness}.{language}]"):
                texts_at(fields, name)


def _check_outlook(text: str) -> None:
    table = tomllib.loads(text)
    known = table_at(table, "en")
    for language in table:
        fields = table_at(table, language)
        for name in check_keys(fields, known, f"field in [{language}]"):
            texts_at(fields, name)


def _check_stages(text: str) -> None:
    table = tomllib.loads(text)
    check_keys(table, ("undecided", "sure", "asked", "contains"))
    texts_at(table_at(table, "undecided"), "words")
    for kind in ("sure", "asked"):
        for stage in check_keys(words := table_at(table, kind), tuple(Stage), "stage"):
            texts_at(words, stage)
    for row in table["contains"]:
        check_keys(row, ("stage", "words"))
        texts_at(row, "words")
        Stage(row["stage"])


def _check_values(text: str) -> None:
    table = tomllib.loads(text)
    for name in _EXPRESSIONS:
        for each in texts_at(table, name):
            compiled(name, each)
    for name, found in table.items():
        for key in found if isinstance(found, Mapping) else (name,):
            texts_at(found if isinstance(found, Mapping) else table, key)
    month_numbers = {str(number) for number in range(1, 13)}
    check_keys(table_at(table, "months"), month_numbers, "month")
    check_keys(table_at(table, "priority"), ("1", "2", "3"), "priority")
