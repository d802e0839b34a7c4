"""What a transaction touched, told from its recorded changeset, and what is told to the world after it."""

from __future__ import annotations

from collections import defaultdict
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
        rows = 0
        for change in apsw.Changeset.iter(changeset):
            rows += 1
            names = reads.column_names(change.name)
            _note(keys, change.name, _cells(names, change.old), _cells(names, change.new))
        applications = keys[_APPLICATION] | reads.owners(keys[_INTERVIEW], keys[_EVENT])
        applications |= reads.applications_naming(keys[_CONTACT])
        return cls(
            applications=frozenset(applications),
            employers=frozenset(keys["employer"] | set(reads.employer_keys(applications).values())),
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


def _cells(names: tuple[str, ...], row: tuple[Any, ...] | None) -> dict[str, Any]:
    """The values that a changeset has of a row: of an update only the key and what differs."""
    return {name: cell for name, cell in zip(names, row or (), strict=False) if cell is not apsw.no_change}


def _note(keys: dict[str, set[str]], table: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    cells = new | old
    if table == _INTERVIEWER:
        keys[_INTERVIEW].add(cells["interview"])
        return
    if table != _LINK:
        keys[table].add(str(cells[BY_TABLE[table].key[0]]))
    if table == _APPLICATION:
        # To the trash, or back: its reminders no longer name it, or do again.
        if "trashed_at" in new:
            keys["moved"].add(str(cells["id"]))
        keys["employer"].update(side["employer_key"] for side in (old, new) if "employer_key" in side)
    if table in {_LINK, _INTERVIEW, _EVENT}:
        keys[_APPLICATION].update(side["application"] for side in (old, new) if "application" in side)
