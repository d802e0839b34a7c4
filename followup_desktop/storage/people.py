"""The table of people: each with how often they are named, and when the user was last in touch."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup_desktop.storage.listing import OUTREACH
from followup_desktop.storage.tables import instant, seconds
from followup_desktop.storage.today_entries import TodayReads

_SUMMARIES = f"""
    SELECT contact.id, contact.name, contact.title, contact.employer, contact.email, contact.phone,
        contact.notes,
        (SELECT count(*) FROM application WHERE application.trashed_at IS NULL AND application.id IN (
            SELECT application FROM application_contact WHERE contact = contact.id
            UNION ALL SELECT interview.application FROM interview_interviewer
                JOIN interview ON interview.id = interview_interviewer.interview
                WHERE interview_interviewer.contact = contact.id
            UNION ALL SELECT application FROM event WHERE event.contact = contact.id)),
        (SELECT max(event.at) FROM event
            JOIN application ON application.id = event.application AND application.trashed_at IS NULL
            WHERE event.contact = contact.id AND event.at <= :now
                AND event.kind IN ({OUTREACH})),
        (SELECT max(interview_instant.starts_at) FROM interview_interviewer
            JOIN interview ON interview.id = interview_interviewer.interview AND NOT interview.cancelled
            JOIN application ON application.id = interview.application AND application.trashed_at IS NULL
            JOIN interview_instant ON interview_instant.interview = interview.id
            WHERE interview_interviewer.contact = contact.id AND interview_instant.starts_at <= :now)
    FROM contact
    WHERE contact.trashed_at IS NULL"""

_AMONG = " AND contact.id IN (SELECT value FROM json_each(:ids))"


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
    notes: str
    applications: int
    last_contact_at: datetime | None
    last_interview_at: datetime | None


class PeopleReads(TodayReads):
    """What the table of people asks for."""

    def people(self, now: datetime, ids: Collection[str] | None = None) -> dict[str, PersonSummary]:
        """The rows of these people, or of everybody, by id."""
        among = "" if ids is None else _AMONG
        values: dict[str, int | str] = {"now": seconds(now)}
        if ids is not None:
            values["ids"] = json.dumps(list(ids))
        return {row[0]: _summary(row) for row in self._database.sql(_SUMMARIES + among, values)}


def _summary(row: tuple[Any, ...]) -> PersonSummary:
    last_contact_at, last_interview_at = (None if at is None else instant(at) for at in row[8:])
    return PersonSummary(
        id=row[0],
        name=row[1],
        title=row[2],
        employer=row[3],
        email=row[4],
        phone=row[5],
        notes=row[6],
        applications=row[7],
        last_contact_at=last_contact_at,
        last_interview_at=last_interview_at,
    )
