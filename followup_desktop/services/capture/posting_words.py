"""What postings say in each language: its file, ``resources/postings/es.toml``.

The expressions are over texts as they stand, with their capitals and accents.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from followup_desktop.services.capture.language_files import (
    check_keys,
    compiled,
    faults_in,
    lists_at,
    one_of,
    read_all,
    text_at,
)

_FILES = "postings/*.toml"
_ENDINGS = "role_endings"
_LISTS = (
    *("roles", "role_parts"),
    *("employer_labels", "role_labels", "place_labels", "pay_labels", "houses"),
    *("employer_headings", "place_headings", "pay_headings"),
    *("closing", "until", "for_a_while", "pay", "other_money"),
    *("we_seek", "applied", "seeks", "lately", "articles", "firm_articles", "in_names"),
    *("behind_roles", "places", "about", "no_firm", "seasons", "agencies", "for_client"),
    *("bids", "page_lines", "numbered", "job_kinds", "posted", "pages"),
    *("hires", "join", "as_role", "at_firm", "calls", "calls_for"),
    *("currencies", "thousands", "millions", "counted", "pay_spans", "pay_from", "gross", "with_bonus"),
    *("on_top", "pay_per", "pay_per_articles", "per_hour", "per_day_or_week", "per_month", "per_year"),
    *("numbers", "references", "posted_ago", "posted_on", "posted_by", "careers_at", "firm_pages"),
    *("career_hosts", "career_paths", "teams", "alerts", "openings", "firm_words", "departments"),
    *("no_role", "no_name", "nobody", "nobody_alone", "gender_endings"),
    *("remote", "anywhere", "elsewhere", "behind_place", "before_place", "before_role", "in_place_names"),
    *("seeks_role", "we_are", "who_hires", "wanted", "spoken_of", "subjects"),
    *("at_firm_or_place", "fields_behind_at", "one_posting", "many_postings", "page_numbers"),
    *("fields_of_work", "joining", "regions", "cities"),
    *("hourly", "daily_or_weekly", "monthly", "yearly"),
)
_SIGN = re.compile(r"(?<!\?P)<([A-Z]+)>")
_SIGNS: Mapping[str, frozenset[str]] = {
    "we_seek": frozenset({"EMPLOYER", "SOUGHT", "LATELY"}),
    "applied": frozenset({"EMPLOYER", "ROLE", "END"}),
    "who_hires": frozenset({"EMPLOYER", "PLACE"}),
    "wanted": frozenset({"ROLE"}),
    "spoken_of": frozenset({"EMPLOYER"}),
    "subjects": frozenset({"EMPLOYER", "ROLE"}),
}
"""What may stand in the sentences of a name."""


@dataclass(frozen=True, slots=True)
class PostingLanguage:
    """What one language has: its lists of expressions, and what may stand behind the words for roles."""

    lists: Mapping[str, tuple[str, ...]]
    role_endings: str


@cache
def languages() -> tuple[PostingLanguage, ...]:
    """What can be read of the files."""
    return read_all(_FILES, _read)


def faults() -> Iterator[str]:
    """A sentence for each file that can't be read."""
    return faults_in(_FILES, _read)


def any_of(name: str) -> str:
    """Any of the expressions of that name, of all languages; of none, what is never found."""
    return one_of(each for language in languages() for each in language.lists[name])


@cache
def words_of(name: str) -> re.Pattern[str]:
    """Where one of the expressions of that name stands as words of its own, whatever its capitals."""
    return re.compile(rf"\b(?:{any_of(name)})\b", re.IGNORECASE)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of that name, of all languages, in small letters; they are no expressions."""
    return frozenset(each.casefold() for language in languages() for each in language.lists[name])


def sentences(
    name: str, signs: Mapping[str, str], flags: re.RegexFlag | int = 0
) -> tuple[re.Pattern[str], ...]:
    """The sentences of that name, of all languages; ``signs`` are what ``<EMPLOYER>`` and others mean."""
    return tuple(
        re.compile(_SIGN.sub(lambda sign: signs[sign[1]], each), flags)
        for language in languages()
        for each in language.lists[name]
    )


def _read(text: str) -> PostingLanguage:
    table = check_keys(tomllib.loads(text), (*_LISTS, _ENDINGS))
    lists = lists_at(table, _LISTS)
    endings = text_at(table, _ENDINGS)
    compiled(_ENDINGS, endings)
    for name, expressions in lists.items():
        for each in expressions:
            if unknown := [sign for sign in _SIGN.findall(each) if sign not in _SIGNS.get(name, ())]:
                raise ValueError(f"{name}: nothing says what <{unknown[0]}> is in {each!r}")
    return PostingLanguage(lists, endings)
