"""What a transaction touched, told from its recorded changeset, and what is told to the world after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import apsw

from followup_desktop.storage.reads import FactReads
from followup_desktop.storage.records import BY_TABLE
from followup_desktop.storage.tables import (
    ApplicationContactTable,
    ApplicationTable,
    ChoiceTable,
    ContactTable,
    EventTable,
    InterviewerTable,
    InterviewTable,
    PolicyTable,
    ReminderTable,
    SearchTable,
    TemplateTable,
    table_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed with a commit, an undo, a redo, or by another process (``everything``).

    ``applications`` are those with a changed row or follow-up, those deleted too; ``edited`` those of them
    that aren't only planned anew: with a job, all others are; ``follow_ups`` the keys
    whose row of the plan or whose choice changed; ``settings`` means the policy, the state of the search or
    a message template.
    """

    label: str = ""
    applications: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    follow_ups: frozenset[str] = frozenset()
    settings: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The things whose rows a transaction changed, made or deleted.

    ``applications`` has those whose people, interviews or events were touched too, and those that name a
    touched contact; ``employers`` the keys of their employers, those before the change too.
    """

    applications: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    reminders: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    policy: bool = False
    search: bool = False
    templates: bool = False
    rows: int = 0

    @classmethod
    def of(cls, changeset: bytes, reads: FactReads) -> Touched:
        """Read the changeset; ``reads`` sees the facts as they are after it."""
        keys: dict[str, set[str]] = defaultdict(set)
        places: dict[str, dict[str, int]] = {}
        rows = 0
        for change in apsw.Changeset.iter(changeset):
            rows += 1
            table = change.name
            if table not in BY_TABLE:
                continue  # no fact
            if table not in places:
                places[table] = {name: place for place, name in enumerate(reads.column_names(table))}
            _note(keys, table, places[table], (change.old, change.new))
        # What is new says itself whose it is: of an import it would be looked up a hundred thousand times.
        new = keys["new"]
        applications = keys[_APPLICATION] | reads.owners(keys[_INTERVIEW] - new, keys[_EVENT] - new)
        applications |= reads.applications_naming(keys[_CONTACT] - new)
        return cls(
            applications=frozenset(applications),
            employers=frozenset(keys["employer"] | set(reads.employer_keys(applications - new).values())),
            contacts=frozenset(keys[_CONTACT]),
            reminders=frozenset(keys[table_name(ReminderTable)] | reads.reminders_of(keys["moved"])),
            choices=frozenset(keys[table_name(ChoiceTable)]),
            policy=bool(keys[table_name(PolicyTable)]),
            search=bool(keys[table_name(SearchTable)]),
            templates=bool(keys[table_name(TemplateTable)]),
            rows=rows,
        )


_APPLICATION = table_name(ApplicationTable)
_CONTACT = table_name(ContactTable)
_INTERVIEW = table_name(InterviewTable)
_INTERVIEWER = table_name(InterviewerTable)
_EVENT = table_name(EventTable)
_LINK = table_name(ApplicationContactTable)
_THINGS = frozenset({_APPLICATION, _CONTACT, _INTERVIEW, _EVENT})
"""What has an id that nothing else has."""
_OF_AN_APPLICATION = frozenset({_LINK, _INTERVIEW, _EVENT})


_Sides = tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]
"""What a changeset has of a row before and after; of an update only the key and what differs."""


def _note(keys: dict[str, set[str]], table: str, places: dict[str, int], sides: _Sides) -> None:
    if table == _INTERVIEWER:
        keys[_INTERVIEW].update(_cells("interview", places, sides))
        return
    if table != _LINK:
        own = set(map(str, _cells(BY_TABLE[table].key[0], places, sides)))
        keys[table] |= own
        if sides[0] is None and table in _THINGS:
            keys["new"] |= own
    if table == _APPLICATION:
        # To the trash, or back: its reminders no longer name it, or do again.
        if list(_cells("trashed_at", places, sides[1:])):
            keys["moved"].update(map(str, _cells("id", places, sides)))
        keys["employer"].update(_cells("employer_key", places, sides))
    if table in _OF_AN_APPLICATION:
        keys[_APPLICATION].update(_cells("application", places, sides))


def _cells(name: str, places: dict[str, int], sides: Iterable[tuple[Any, ...] | None]) -> Iterator[Any]:
    """The values that a changeset has of a column."""
    for side in sides:
        if side is not None and (cell := side[places[name]]) is not apsw.no_change:
            yield cell
