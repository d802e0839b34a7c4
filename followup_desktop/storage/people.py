"""The table of people: each with how often they are named, and when the user was last in touch."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup_desktop.i18n import own_letters
from followup_desktop.storage.folding import keys_of
from followup_desktop.storage.listing import OUTREACH
from followup_desktop.storage.tables import instant, seconds
from followup_desktop.storage.today_entries import TodayReads

_REACHED = f"""
    (SELECT max(event.at) FROM event
        JOIN application ON application.id = event.application AND application.trashed_at IS NULL
        WHERE event.contact = contact.id AND event.at <= :now AND event.kind IN ({OUTREACH}))"""

_NAMING = """
    (SELECT count(*) FROM application WHERE application.trashed_at IS NULL AND application.id IN (
        SELECT application FROM application_contact WHERE contact = contact.id
        UNION ALL SELECT interview.application FROM interview_interviewer
            JOIN interview ON interview.id = interview_interviewer.interview
            WHERE interview_interviewer.contact = contact.id
        UNION ALL SELECT application FROM event WHERE event.contact = contact.id))"""

_MET = """
    (SELECT max(interview_instant.starts_at) FROM interview_interviewer
        JOIN interview ON interview.id = interview_interviewer.interview AND NOT interview.cancelled
        JOIN application ON application.id = interview.application AND application.trashed_at IS NULL
        JOIN interview_instant ON interview_instant.interview = interview.id
        WHERE interview_interviewer.contact = contact.id AND interview_instant.starts_at <= :now)"""

_VALUES = {
    "name": "contact.name",
    "title": "contact.title",
    "employer": "contact.employer",
    "email": "contact.email",
    "phone": "contact.phone",
    "applications": _NAMING,
    "last_contact": _REACHED,
    "last_interview": _MET,
}
"""The columns of the table of people."""

_SUMMARIES = f"""
    SELECT contact.id, {", ".join(_VALUES.values())} FROM contact
    WHERE contact.trashed_at IS NULL AND contact.id IN (SELECT value FROM json_each(:ids))"""

# One condition for any number of words: SQLite limits the depth of AND.
_HAS_WORDS = """
    NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(contact_index.text, value ->> 0) = 0
        AND instr(contact_index.text, value ->> 1) = 0)"""

_NAMED = "SELECT contact FROM contact_index WHERE name_fold >= :first AND name_fold < :end"
_LIKE = f"{_NAMED} UNION SELECT contact FROM contact_index WHERE instr(text, :email)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """One person as a row of the table.

    ``applications`` counts those that name them anywhere; ``last_contact_at`` is when the user last wrote or
    called, ``last_interview_at`` when the last interview with them began that was not cancelled.
    """

    id: str
    name: str
    title: str
    employer: str
    email: str
    phone: str
    applications: int
    last_contact_at: datetime | None
    last_interview_at: datetime | None


class PeopleReads(TodayReads):
    """What the table of people asks for."""

    def person_ids(self, words: Sequence[tuple[str, str]] = (), *, descending: bool = False) -> list[str]:
        """The ids of the people in whose texts each of the words is, in one of its two forms.

        By name, ties by id; a name of which nothing can be compared comes last.
        """
        found = f"AND {_HAS_WORDS}" if words else ""
        values = {"words": json.dumps(words)} if words else {}
        order = "DESC" if descending else "ASC"
        # The stored key doesn't tell letters apart that have a place of their own.
        by = "(SELECT sort_key(name) FROM contact WHERE id = contact)" if own_letters() else "name_fold"
        parts = (f"> '' {found} ORDER BY {by} {order}, contact", f"= '' {found} ORDER BY contact")
        statements = [f"SELECT contact FROM contact_index WHERE name_fold {part}" for part in parts]
        return [str(row[0]) for each in statements for row in self._database.sql(each, values)]

    def person_values(self, column: str, now: datetime) -> dict[str, str | int | None]:
        """What everybody has in that column of the table, by id; instants in UTC seconds."""
        statement = f"SELECT contact.id, {_VALUES[column]} FROM contact WHERE contact.trashed_at IS NULL"
        values = {"now": seconds(now)} if ":now" in statement else {}
        return dict(self._database.sql(statement, values))

    def people_like(self, name: str, email: str) -> list[str]:
        """The ids of the people of that name, folded, and of those in one of whose texts the email is.

        An empty email is in none.
        """
        first, end = keys_of(name)
        values = {"first": first, "end": end} | ({"email": email} if email else {})
        found = self._database.sql(_LIKE if email else _NAMED, values)
        return [str(row[0]) for row in found]

    def people(self, now: datetime, ids: Collection[str]) -> dict[str, PersonSummary]:
        """The rows of these people, by id."""
        values = {"now": seconds(now), "ids": json.dumps(list(ids))}
        return {row[0]: _summary(row) for row in self._database.sql(_SUMMARIES, values)}


def _summary(row: tuple[Any, ...]) -> PersonSummary:
    last_contact_at, last_interview_at = (None if at is None else instant(at) for at in row[7:])
    return PersonSummary(
        id=row[0],
        name=row[1],
        title=row[2],
        employer=row[3],
        email=row[4],
        phone=row[5],
        applications=row[6],
        last_contact_at=last_contact_at,
        last_interview_at=last_interview_at,
    )
