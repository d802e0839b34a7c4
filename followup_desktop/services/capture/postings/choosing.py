"""Which of all suggestions are kept, and how far each is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.posting_words import any_of
from followup_desktop.services.capture.postings.guess import (
    EMPLOYER,
    LOCATION,
    LONGEST_VALUE,
    ROLE,
    URL,
    Suggestion,
    Trust,
)
from followup_desktop.services.capture.postings.names import nobody
from followup_desktop.services.capture.postings.page_words import is_noise
from followup_desktop.services.capture.postings.stated import is_heading

_AROUND = " \t\r\n\f\v ,;:.…|·•–—-*_#>\"'“”"


def kept(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The suggestions that can be a value of their field, cleaned."""
    for each in found:
        if isinstance(each.value, date):
            yield each
            continue
        try:
            bare = each.value if each.field == URL else _bare(each.value)
            value = checks.clean_text(bare, each.field)
        except Refused:
            continue
        if each.field == LOCATION:
            value = _before_place().sub("", value)
        if each.field == ROLE:
            value = _before_role().sub("", _reference().sub("", value))
        if each.field == EMPLOYER:
            value = _behind_firm().sub("", value)
        if each.field == URL or _can_be(each.field, value):
            yield replace(each, value=value)


def _bare(value: str) -> str:
    """The value without what stands around it, but with the last dot of "S.L." or "e. V."."""
    bare = value.strip(_AROUND)
    return f"{bare}." if _INITIALS.search(bare) and f"{bare}." in value else bare


_INITIALS = re.compile(r"\b(?:[A-Za-z]\.\s?)+[A-Za-z]$")


@cache
def _before_place() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('before_place')}) ", re.IGNORECASE)


@cache
def _reference() -> re.Pattern[str]:
    """The posting's own number behind the role: "(CM/219)"."""
    return re.compile(
        rf"\s*[(\[](?:(?:{any_of('references')})\b[.:]?\s?)?[A-Z]{{0,6}}[-/]?[0-9][\w/-]*[)\]]$",
        re.IGNORECASE,
    )


@cache
def _before_role() -> re.Pattern[str]:
    """How one works, before the role: "a remote Senior Programmer"."""
    return re.compile(rf"^(?:{any_of('before_role')})\s(?=[A-ZÀ-Þ])")


@cache
def _behind_firm() -> re.Pattern[str]:
    """What a page's title adds to the name: "Foo Ltd Careers"."""
    return re.compile(rf"\s+(?:{any_of('firm_pages')})$", re.IGNORECASE)


def _can_be(field: str, value: str) -> bool:
    is_text = 0 < len(value) <= LONGEST_VALUE and any(map(str.isalnum, value))
    is_nobody = nobody().match(value) or _article().match(value) or is_noise(value) or is_heading(value)
    is_bid = field == ROLE and _bid().match(value)
    return is_text and not is_bid and not (field == EMPLOYER and is_nobody)


@cache
def _bid() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{any_of('bids')})\b", re.IGNORECASE)


@cache
def _article() -> re.Pattern[str]:
    """What begins so is what a company is, and not its name; a name has a capital."""
    return re.compile(rf"(?:{any_of('articles')})\s")


def settled(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Each value once; where a field is stated to be two things, both are guesses."""
    first: dict[tuple[str, str], Suggestion] = {}
    for each in found:
        key = (each.field, str(each.value).casefold())
        if key not in first or first[key].trust < each.trust:
            first[key] = each
    stated = [each.field for each in first.values() if each.trust is Trust.STATED]
    kept = [
        replace(each, trust=Trust.GUESS) if stated.count(each.field) > 1 else each for each in first.values()
    ]
    in_order = sorted(kept, key=lambda each: (-each.trust, each.start, each.field))
    employer = next((str(each.value) for each in in_order if each.field == EMPLOYER), "")
    return [each for each in in_order if not (each.field == LOCATION and each.value == employer)]
