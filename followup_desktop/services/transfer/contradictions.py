"""Telling applications apart that have one employer, one role and one day: rows that contradict each other.

A row that only adds to another, or says it again, is about the same. One with another place, pay or number,
or with a stage that goes back, is about another application. Those of one employer, role and day share the
first half of their ids; which is which goes by what they have in common, and else by their order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from followup_desktop.domain.model import Application, employer_key
from followup_desktop.services.transfer.document import Document, Row
from followup_desktop.services.transfer.lasting_ids import (
    HALF,
    application_id,
    interview_id,
    lasting_id,
    nth_id,
)
from followup_desktop.services.transfer.merge import stage_rank

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_ALIKE = 100
"""So many applications to one employer for one role on one day are told apart by what they say."""
_IDS = 1 << 64
_WORD = re.compile(r"[^\W_]+")
_AMOUNT = re.compile(r"(\d+(?:[.,'’\s]\d{3})*)(?:[.,](\d{1,2}))?\s?(k\b)?", re.IGNORECASE)


def contradictions(row: Mapping[str, Any], one: Mapping[str, Any]) -> int:
    """In how many of place and pay the two say something that can't both be so."""
    return sum(_differ(row.get(name), one.get(name), parts) for name, parts in _PARTS.items())


class Likeness(NamedTuple):
    """How much a row has in common with another or an application: what is sure goes first."""

    against: int
    """How many contradictions there are, below zero: the fewer, the greater."""
    same: int
    minor: int

    @property
    def is_of_another(self) -> bool:
        """Whether they contradict each other, and share nothing that tells one from others."""
        return self.against < 0 and not self.same


def likeness(row: Mapping[str, Any], one: Mapping[str, Any]) -> Likeness:
    """How much the two have in common; the greater, the more."""
    same = sum(
        bool(row.get(name)) and _is_part(row[name], one.get(name) or "", parts)
        for name, parts in _PARTS.items()
    )
    stage = "stage" in row and row["stage"] is one.get("stage")
    notes = str(row.get("notes") or "")
    minor = stage + bool(notes and notes in str(one.get("notes") or ""))
    return Likeness(-contradictions(row, one), same, minor)


def compared(application: Application) -> dict[str, Any]:
    """What is compared of an application that is there."""
    return {name: getattr(application, name) for name in (*_PARTS, "stage", "notes")}


def told_apart(document: Document, there: Sequence[Application]) -> Document:
    """The document, rows of one id that contradict each other under an id each.

    Rows that have an id of their own stay as they are. Of applications that are ``there`` with such ids each
    takes the one it is most like.
    """
    times = Counter(row.id for row in document.applications)
    halves = Counter(one.id[:HALF] for one in there)
    several = {key for key, number in times.items() if key and (number > 1 or halves[key[:HALF]] > 1)}
    if not several:
        return document
    wanted = {key[:HALF] for key in several}
    siblings: dict[str, list[Application]] = defaultdict(list)
    for one in there:
        if one.id[:HALF] in wanted and _ID.fullmatch(one.id):
            siblings[one.id[:HALF]].append(one)
    rows: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(document.applications):
        if row.id in several:
            rows[row.id].append(place)
    found = list(document.applications)
    of_place: dict[str, tuple[str, str]] = {}
    for key, places in rows.items():
        if not any(_has_no_own_id(found[place]) for place in places):
            continue
        groups = _grouped(places, document.applications)
        ids = _ids(key, [group.said for group in groups], siblings[key[:HALF]])
        for group, own in zip(groups, ids, strict=True):
            for place in group.places if own != key else ():
                row = found[place]
                of_place[row.place] = key, own
                found[place] = replace(
                    row,
                    id=own,
                    interviews=tuple(_interview(each, own) for each in row.interviews),
                    events=tuple(replace(each, id=lasting_id(own, each.id)) for each in row.events),
                )
    if not of_place:
        return document
    reminders = tuple(_reminder(row, of_place) for row in document.reminders)
    return replace(document, applications=tuple(found), reminders=reminders)


def _has_no_own_id(row: Row) -> bool:
    values = row.values
    known = values["employer"], values["role"], values.get("applied_on"), values.get("url", "")
    return row.id == application_id(*known)


@dataclass(slots=True)
class _Group:
    """Rows that are about one application, and all that they say of it."""

    said: dict[str, Any]
    places: list[int] = field(default_factory=list)

    def add(self, place: int, row: Row) -> None:
        self.places.append(place)
        self.said |= {name: value for name, value in _compared_values(row).items() if value}


def _compared_values(row: Row) -> dict[str, Any]:
    return {**{name: row.values[name] for name in _COMPARED if name in row.values}, "number": row.number}


def _grouped(places: Sequence[int], rows: Sequence[Row]) -> list[_Group]:
    """The rows at these places by the application that each is about, in the order of their numbers."""
    groups: list[_Group] = []
    met: dict[Hashable, _Group] = {}
    """By all that a row says."""
    for place in places:
        row = rows[place]
        key = row.number, frozenset(row.values.items())
        group = met.get(key)
        if group is None:
            fitting = (
                [] if len(groups) > MOST_ALIKE else [each for each in groups if not _is_another(row, each)]
            )
            said = _compared_values(row)
            group = max(fitting, key=lambda each: likeness(said, each.said)) if fitting else _Group({})
            met[key] = group
            if not fitting:
                groups.append(group)
        group.add(place, row)
    numbers = [group.said.get("number", "") for group in groups]
    if all(number.isdecimal() for number in numbers):
        groups.sort(key=lambda group: int(group.said["number"]))
    return groups


def _is_another(row: Row, group: _Group) -> bool:
    said, before = _compared_values(row), group.said
    if row.number and before.get("number") and row.number != before["number"]:
        return True
    return bool(contradictions(said, before)) or _goes_back(said, before)


def _goes_back(said: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a row starts anew what was further already; one with a date tells of the past of the same."""
    if "stage" not in said or "stage" not in before or _are_dated(said, before):
        return False
    return stage_rank(before["stage"]) > stage_rank(said["stage"])


def _are_dated(said: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    at, was = said.get("stage_at"), before.get("stage_at")
    return at is not None and was is not None and at != was


def _ids(key: str, groups: Sequence[Mapping[str, Any]], there: Sequence[Application]) -> list[str]:
    """The id of each group: that of what is there and most like it, or the next of such ids that is free.

    What contradicts all that is there and left over is new, unless as many rows are: then these changed.
    """
    ordered = sorted(there, key=lambda one: (UUID(one.id).int - UUID(key).int) % _IDS)
    pairs = sorted(
        (
            (likeness(said, compared(one)), -abs(number - place), -number, -place)
            for number, said in enumerate(groups if len(groups) <= MOST_ALIKE else ())
            for place, one in enumerate(ordered)
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    if len(groups) > MOST_ALIKE:  # which nobody has: one by one
        found = dict(enumerate(one.id for one in ordered[: len(groups)]))
    for is_of_another in (False, True):
        left = len(groups) - len(found) >= len(ordered) - len(found)
        for alike, _apart, number, place in pairs if left or not is_of_another else ():
            is_free = -number not in found and ordered[-place].id not in found.values()
            if is_free and (is_of_another or not alike.is_of_another):
                found[-number] = ordered[-place].id
    taken = {one.id for one in there}
    free = (own for n in count() if (own := nth_id(key, n)) not in taken)
    return [found[number] if number in found else next(free) for number in range(len(groups))]


def _interview(row: Row, own: str) -> Row:
    """An interview under an id that goes with that of the application."""
    return replace(row, id=interview_id(own, row.values["starts_at"]))


def _reminder(row: Row, of_place: Mapping[str, tuple[str, str]]) -> Row:
    _key, own = of_place.get(row.place, ("", ""))
    if not own or row.values.get("application") is None:
        return row
    return replace(row, id=lasting_id(own, row.id), values={**row.values, "application": own})


def _differ(one: object, other: object, parts: Callable[[str], frozenset[str]]) -> bool:
    if not (one and other):
        return False
    return not (_is_part(str(one), str(other), parts) or _is_part(str(other), str(one), parts))


def _is_part(one: str, other: str, parts: Callable[[str], frozenset[str]]) -> bool:
    """Whether all that the one names is in the other: "Boston" is in "Boston, MA"."""
    return employer_key(one) == employer_key(other) or (bool(parts(one)) and parts(one) <= parts(other))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(employer_key(text)))


def _amounts(text: str) -> frozenset[str]:
    """The amounts of a salary in figures: "52k" is 52000."""
    return frozenset(
        "".join(filter(str.isdecimal, whole)) + ("000" if thousands else "")
        for whole, _cents, thousands in _AMOUNT.findall(text)
    )


_PARTS: Mapping[str, Callable[[str], frozenset[str]]] = {"location": _words, "salary": _amounts}
_COMPARED = (*_PARTS, "stage", "stage_at", "notes")
