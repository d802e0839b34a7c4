"""What a transaction touched, told from its recorded changeset, and what is told to the world after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
class TouchedRecords:
    """The things whose rows a transaction changed, made or deleted.

    ``applications`` has those whose people, interviews or events were touched too, and those that name a
    touched contact; ``employers`` the keys of their employers, those before the change too; ``made`` the
    applications that weren't there before; ``announced`` the keys of follow-ups of which something else was
    announced than before.
    """

    applications: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    reminders: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()
    policy: bool = False
    search: bool = False
    templates: bool = False
    rows: int = 0

    @classmethod
    def of(
        cls,
        changes: Callable[[], Iterable[apsw.TableChange]],
        reads: FactReads,
        made_rows: MadeRows | None = None,
        announced: Collection[str] = (),
    ) -> TouchedRecords:
        """What the rows of a changeset touch, which has nothing of what was ``announced``.

        ``reads`` sees the facts as they are after it. Those in ``made_rows`` needn't be read in it, unless
        there are others than these in it.
        """
        made_rows = made_rows or MadeRows()
        keys, left = made_rows.keys, Counter(made_rows.counts)
        tables: dict[str, _RowNotes] = {}
        rows = 0
        for change in changes():
            rows += 1
            table = change.name
            if table not in BY_TABLE:
                continue  # no fact
            if table in left and change.opcode == apsw.SQLITE_INSERT:
                left[table] -= 1
                continue
            if table not in tables:
                tables[table] = _RowNotes.of(table, reads.column_names(table), keys)
            tables[table].note(change.old, change.new)
        if any(left.values()):
            return cls.of(changes, reads, announced=announced)
        # What is new says itself whose it is: of an import it would be looked up a hundred thousand times.
        made = keys[_made(_APPLICATION)]
        of_before = keys[_INTERVIEW] - keys[_made(_INTERVIEW)]
        applications = keys[_APPLICATION] | reads.owners(of_before, keys[_EVENT])
        applications |= reads.applications_naming(keys[_CONTACT] - keys[_made(_CONTACT)])
        return cls(
            applications=frozenset(applications),
            employers=frozenset(keys["employer"] | set(reads.employer_keys(applications - made).values())),
            contacts=frozenset(keys[_CONTACT]),
            reminders=frozenset(keys[table_name(ReminderTable)] | reads.reminders_of(keys["moved"])),
            choices=frozenset(keys[table_name(ChoiceTable)]),
            made=frozenset(made),
            announced=frozenset(announced),
            policy=bool(keys[table_name(PolicyTable)]),
            search=bool(keys[table_name(SearchTable)]),
            templates=bool(keys[table_name(TemplateTable)]),
            rows=rows,
        )


class MadeRows:
    """What is noted of rows that a transaction makes, as it does: to read each in its changeset takes 2 µs.

    An import has half a million, and an eighth of the time that its plan took went into that.
    """

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.counts: Counter[str] = Counter()
        """How many of each table are noted."""
        self._tables: dict[str, _RowNotes] = {}

    def note(self, table: str, columns: Sequence[str], rows: Collection[_Cells]) -> None:
        """Note rows with these columns, which stay as they are until ``forget``."""
        if table not in self._tables:
            self._tables[table] = _RowNotes.of(table, columns, self.keys)
        self._tables[table].note_made(rows)
        self.counts[table] += len(rows)

    def forget(self) -> None:
        """They may be otherwise from now on."""
        self.keys.clear()
        self.counts.clear()
        self._tables.clear()


_APPLICATION = table_name(ApplicationTable)
_CONTACT = table_name(ContactTable)
_INTERVIEW = table_name(InterviewTable)
_INTERVIEWER = table_name(InterviewerTable)
_EVENT = table_name(EventTable)
_LINK = table_name(ApplicationContactTable)
_THINGS = frozenset({_APPLICATION, _CONTACT, _INTERVIEW})
"""What has an id that others refer to."""
_OF_AN_APPLICATION = frozenset({_LINK, _INTERVIEW, _EVENT})


def _made(table: str) -> str:
    """The name under which the ids of a table's new rows are noted."""
    return f"new {table}"


@dataclass(frozen=True)
class _RowNotes:
    """What is noted of the rows of a table: the cells at these places, each in a set, of both sides.

    ``made`` has the cell at the first place of those that weren't there before, ``moved`` of those whose cell
    ``at`` another place is another. An import has half a million rows, most of them events, which nothing
    refers to: a new one says whose it is, and its own id isn't noted.
    """

    cells: Sequence[tuple[int, set[str]]]
    made: set[str] | None = None
    moved: set[str] | None = None
    at: int = 0
    skipped: int = 0
    """So many of the cells aren't noted of what wasn't there before."""

    @classmethod
    def of(cls, table: str, columns: Sequence[str], keys: Mapping[str, set[str]]) -> _RowNotes:
        """What notes the rows of a table with these columns in these sets."""
        if table == _INTERVIEWER:
            return cls([(columns.index("interview"), keys[_INTERVIEW])])
        cells = []
        if table != _LINK:
            cells.append((columns.index(BY_TABLE[table].key[0]), keys[table]))
        if table in _OF_AN_APPLICATION:
            cells.append((columns.index("application"), keys[_APPLICATION]))
        if table == _EVENT:
            return cls(cells, skipped=1)
        made = keys[_made(table)] if table in _THINGS else None
        if table != _APPLICATION:
            return cls(cells, made)
        cells.append((columns.index("employer_key"), keys["employer"]))
        # To the trash, or back: its reminders no longer name it, or do again.
        return cls(cells, made, keys["moved"], columns.index("trashed_at"))

    def note(self, old: _Side, new: _Side) -> None:
        """Note one row; of an update a side has only the key and what differs."""
        if old is None and new is not None:
            self.note_made((new,))
            return
        for side in (old, new):
            if side is None:
                continue
            for place, into in self.cells:
                if (cell := side[place]) is not apsw.no_change:
                    into.add(cell)
        own = self.cells[0][0]
        if self.moved is not None and new is not None and new[self.at] is not apsw.no_change:
            self.moved.update(side[own] for side in (old, new) if side and side[own] is not apsw.no_change)

    def note_made(self, rows: Collection[_Cells]) -> None:
        """Note rows that weren't there before."""
        for place, into in self._of_new:
            into.update([row[place] for row in rows])

    @cached_property
    def _of_new(self) -> Sequence[tuple[int, set[str]]]:
        """What is noted of a row that wasn't there before, all of whose cells are there: as of an import."""
        own = self.cells[0][0]
        also = [(own, into) for into in (self.made, self.moved) if into is not None]
        return [*self.cells[self.skipped :], *also]


_Cells = tuple[Any, ...]
_Side = _Cells | None
"""What a changeset has of a row before or after."""
