"""What sentences of a posting or an email say of who hires whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from followup_desktop.services.capture.posting_words import any_of, sentences, words_of
from followup_desktop.services.capture.postings.fields_of_work import is_city
from followup_desktop.services.capture.postings.guess import BY_NAME, EMPLOYER, Suggestion, Trust, values_of
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.mails import (
    is_agency,
    read_header,
    read_sentence,
    read_subject,
)
from followup_desktop.services.capture.postings.names import is_role, nobody

_ROLE = r"(?P<role>[^.,!?;:(]{3,60}?)"
_FIRM = r"(?P<employer>[A-Z][\w&'’-]*(?:\s[A-Z&][\w&'’-]*){0,4})"
_TOWN = r"(?P<location>[A-Z][\w-]*)"
_NAME = r"(?P<employer>[A-Z][\w&’-]*(?:\s(?:&\s)?[A-Z][\w&’-]*){0,3})"
_NAME_PART = r"[A-ZÀ-Þ][\w&.'’-]*"


def _employer() -> str:
    """The name of a firm, with the small words of the languages within it."""
    within = any_of("in_names")
    return rf"(?P<employer>{_NAME_PART}(?:\s(?:(?:&|{within})\s)?[A-ZÀ-Þ0-9][\w&.'’-]*){{0,5}})"


@cache
def _who_seeks() -> re.Pattern[str]:
    """ "Die Gemeinde Ostermoor sucht", "Cobalt & Sel recrute"."""
    return re.compile(
        rf"(?:^|[.!?]\s)(?i:{any_of('firm_articles')})?{_employer()}"
        rf"(?:\s(?:{any_of('places')})\s(?P<location>[A-ZÀ-Þ][\w-]*))?,?\s(?:{any_of('seeks')})\b"
    )


@cache
def _we_seek() -> tuple[re.Pattern[str], ...]:
    """Where a firm speaks of itself as "we", and says whom it wants: "Wir, die Bäckerei Kern, suchen …"."""
    places = any_of("places")
    sought = (
        rf"(?:(?:{any_of('articles')})\s)?(?P<role>[^.,!?;()]{{3,60}}?(?:\s\([mwfdxh/]+\))?)"
        rf"(?:\s(?:{places})\s"
        r"(?P<location>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}(?:,\s[A-Z]{2}\b)?))?"
        rf"(?=\s(?:{any_of('behind_roles')}|\()|[.,!?;(]|$)"
    )
    lately = rf"(?:(?:{any_of('lately')})\s)?"
    return sentences("we_seek", {"EMPLOYER": _employer(), "SOUGHT": sought, "LATELY": lately})


@cache
def _season() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('seasons')})\b", re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"^(?i:{any_of('about')})\s+(?P<employer>[A-Z0-9][^.:!?]{{1,40}})$")


@cache
def _wanted() -> tuple[re.Pattern[str], ...]:
    """Where anyone says whom they want."""
    return sentences("wanted", {"ROLE": _ROLE}, re.IGNORECASE)


@cache
def _who_hires() -> tuple[re.Pattern[str], ...]:
    return sentences("who_hires", {"EMPLOYER": _FIRM, "PLACE": _TOWN})


@cache
def _spoken_of() -> tuple[re.Pattern[str], ...]:
    """Where a sentence speaks of a company by its name: "At Acme", "Acme's software", "Acme makes"."""
    return sentences("spoken_of", {"EMPLOYER": _NAME})


def from_talk(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    """The name of which a posting that has no other speaks in several places; one alone is possible."""
    found: dict[str, list[Suggestion]] = {}
    for line in lines:
        for pattern in _spoken_of():
            for match in pattern.finditer(line.text):
                if not nobody().match(match["employer"]) and not is_role(match["employer"]):
                    for each in values_of(line, match, BY_NAME, Trust.POSSIBLE):
                        found.setdefault(match["employer"], []).append(each)
    counts = sorted((len(said) for said in found.values()), reverse=True)
    for said in found.values():
        is_sure = len(said) > 1 and len(said) == counts[0] and counts.count(counts[0]) == 1
        yield replace(said[0], trust=Trust.GUESS) if is_sure else said[0]


def from_mail(head: Iterable[PostingLine], text: Iterable[PostingLine]) -> Iterator[Suggestion]:
    """The sender and the subject of an email, and the sentence that thanks for the application.

    Whom a sentence names counts more than who wrote: that may be an agency.
    """
    head, text = list(head), list(text)
    said = [*_read_by(read_sentence, text), *_read_by(read_subject, head)]
    is_for_others = is_agency(head, text)
    names = {str(each.value).casefold() for each in said if each.field == EMPLOYER}
    yield from said
    for each in _read_by(read_header, head):
        is_other = names and str(each.value).casefold() not in names
        is_unsure = each.field == EMPLOYER and (is_other or is_for_others)
        yield replace(each, trust=Trust.POSSIBLE) if is_unsure else each


def _read_by(
    read: Callable[[str], Iterator[tuple[str, str, int]]], lines: Iterable[PostingLine]
) -> Iterator[Suggestion]:
    for line in lines:
        for field, value, place in read(line.text):
            start = line.start + max(place, 0)
            end = start + len(value) if place >= 0 else line.start + len(line.text)
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)


def _can_seek(name: str) -> bool:
    """Whether it is a firm that says "we", and not where or when somebody seeks."""
    is_other = nobody().match(name) or words_of("no_firm").search(name) or _season().match(name)
    return not (is_other or is_city(name))


def from_sentences(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    for line in lines:
        if found := _about().match(line.text):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
        for pattern in (*_who_hires(), _who_seeks()):
            found = pattern.search(line.text)
            if (
                found
                and not nobody().match(found["employer"])
                and not words_of("no_firm").search(found["employer"])
            ):
                yield from values_of(line, found, BY_NAME, Trust.GUESS)
        for pattern in _we_seek():
            found = pattern.search(line.text)
            if found and is_role(found["role"]) and _can_seek(found["employer"]):
                yield from values_of(line, found, BY_NAME, Trust.GUESS)
        for pattern in _wanted():
            found = pattern.search(line.text)
            if found and is_role(found["role"]):
                yield from values_of(line, found, BY_NAME, Trust.GUESS)
