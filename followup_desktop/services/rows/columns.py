"""The columns of the table of applications: each shows a fact, or what is reckoned from many."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.domain.facts import Fact, column_facts
from followup_desktop.domain.model import Application

NEXT = "next"
WAITING = "waiting"
QUIET = "quiet"
LAST_CONTACT = "last_contact"
_RECKONED = {NEXT: 4, WAITING: 5, QUIET: 6, LAST_CONTACT: 7}
"""The place of each among the columns; those of facts are in their rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column, by the name under which saved views keep it; without a ``fact`` it is reckoned.

    There is one of each: tables look up what belongs to it at every cell.
    """

    name: str
    place: int
    fact: Fact | None = None


COLUMNS = tuple(
    sorted(
        (
            *(Column(name, place) for name, place in _RECKONED.items()),
            *(Column(fact.name, fact.column, fact) for fact in column_facts(Application)),
        ),
        key=lambda column: column.place,
    )
)
"""All columns, from left to right."""

COLUMN_NAMES = tuple(column.name for column in COLUMNS)
