"""What a posting suggests for the fields of an application, and how far each suggestion may be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from followup_desktop.services.capture.postings.lines import PostingLine

EMPLOYER, ROLE, URL, LOCATION, CLOSES_ON = "employer", "role", "url", "location", "closes_on"
SALARY, SOURCE = "salary", "source"
"""The fields of an application that a posting can fill."""


class Trust(IntEnum):
    """How far a suggestion may be trusted: all but what is merely possible may be filled in, and marked."""

    POSSIBLE = 0
    GUESS = 1
    STATED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One value for a field of an application, and the part of the text from which it was taken."""

    field: str
    value: str | date
    trust: Trust
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a posting says of a field that can't be taken, and why: a sentence for the user."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingGuess:
    """All suggestions, the most trusted first, then as they stand in the text."""

    text: str
    suggestions: tuple[Suggestion, ...]
    doubts: tuple[Doubt, ...] = ()

    def of(self, field: str) -> tuple[Suggestion, ...]:
        """The suggestions for one field."""
        return tuple(each for each in self.suggestions if each.field == field)

    def best(self, field: str) -> Suggestion | None:
        """The first for a field; a mere guess where the text states two different things."""
        return next(iter(self.of(field)), None)

    def proposed(self, field: str) -> Suggestion | None:
        """What a form may begin with in a field; ``None`` where there is nothing but a possibility."""
        best = self.best(field)
        return best if best is not None and best.trust is not Trust.POSSIBLE else None

    def doubt(self, field: str) -> str:
        """Why nothing is proposed for a field of which the posting says something; else nothing."""
        if self.proposed(field) is not None:
            return ""
        return next((each.sentence for each in self.doubts if each.field == field), "")

    def source(self, suggestion: Suggestion) -> str:
        """The part of the text that a suggestion was taken from."""
        return self.text[suggestion.start : suggestion.end]


BY_NAME = {"employer": EMPLOYER, "role": ROLE, "location": LOCATION}
"""The fields by the names of the groups that hold them."""

LONGEST_VALUE = 90
"""Characters of a name, a role or a place."""


def values_of(
    line: PostingLine, found: re.Match[str], groups: dict[str, str], trust: Trust
) -> Iterator[Suggestion]:
    for group, field in groups.items():
        if group in found.re.groupindex and (value := found[group]):
            start = line.start + found.start(group)
            yield Suggestion(field=field, value=value, trust=trust, start=start, end=start + len(value))


def whole(line: PostingLine, field: str) -> Suggestion:
    end = line.start + len(line.text)
    return Suggestion(field=field, value=line.text, trust=Trust.GUESS, start=line.start, end=end)
