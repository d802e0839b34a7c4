"""What happened, as a table for spreadsheets: a row each entry of the timelines and each interview."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import datetime

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Application, Event, Facts, Interview
from followup_desktop.domain.worktime import local
from followup_desktop.services.transfer.formats import Contents
from followup_desktop.services.transfer.layout import write_instant
from followup_desktop.services.transfer.spreadsheet import guarded, joined

COLUMNS = (
    "id", "application", "employer", "role", "kind", "outcome", "at", "local_time", "timezone", "minutes",
    "people", "interview", "reply_by", "from", "to", "cancelled", "location", "note",
)  # fmt: skip
"""Ids first, so that a row can be told from any other and found again in the table of applications."""


_HEADER = ",".join(f'"{column}"' for column in COLUMNS).encode()


def write_file(contents: Contents) -> bytes:
    """The table in UTF-8: by applications in the order of their ids, and in each by time.

    ``at`` is the instant, ``local_time`` the wall time in ``timezone``: an interview's own, else the user's.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for application in contents.facts.applications:
        for _at, cells in sorted(_rows(application, contents.facts), key=lambda row: (row[0], row[1]["id"])):
            writer.writerow(guarded(cells.get(column, "")) for column in COLUMNS)
    return table.getvalue().encode()


def is_events_table(data: bytes) -> bool:
    """Whether the file is such a table."""
    return data.removeprefix(BOM_UTF8).startswith(_HEADER)


def _rows(application: Application, facts: Facts) -> Iterator[tuple[datetime, dict[str, str]]]:
    names = {contact.id: contact.name for contact in facts.contacts}
    about = {
        "application": application.id,
        "employer": application.employer,
        "role": application.role,
        "timezone": facts.policy.timezone,
    }
    for interview in application.interviews:
        start, _end = interview_span(interview, application, facts.policy)
        zone = interview.timezone or application.timezone or facts.policy.timezone
        people = [names.get(each, each) for each in interview.interviewers]
        yield start, about | {"timezone": zone, "at": write_instant(start)} | _interview(interview, people)
    for event in application.events:
        person = names.get(event.contact or "", "")
        there = f"{local(event.at, facts.policy.timezone):%Y-%m-%d %H:%M}"
        yield event.at, about | {"at": write_instant(event.at), "local_time": there} | _event(event, person)


def _interview(interview: Interview, people: list[str]) -> dict[str, str]:
    return {
        "id": interview.id,
        "kind": "interview",
        "outcome": interview.kind.value,
        "local_time": f"{interview.starts_at:%Y-%m-%d %H:%M}",
        "minutes": str(interview.minutes),
        "people": joined(people),
        "reply_by": str(interview.reply_by or ""),
        "cancelled": "true" if interview.cancelled else "false",
        "location": interview.location,
        "note": interview.notes,
    }


def _event(event: Event, person: str) -> dict[str, str]:
    return {
        "id": event.id,
        "kind": event.kind.value,
        "outcome": event.outcome.value if event.outcome is not None else "",
        "people": person,
        "interview": event.interview or "",
        "reply_by": str(event.reply_by or ""),
        "from": event.from_stage.value if event.from_stage is not None else "",
        "to": event.to_stage.value if event.to_stage is not None else "",
        "note": event.note,
    }
