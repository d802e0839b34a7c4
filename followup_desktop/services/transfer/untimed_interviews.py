"""The days of interviews that a table tells without their time, once it is known which are there with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from followup_desktop.domain.model import Application
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.services.transfer.document import Document, Row, UntimedInterview


def with_times(document: Document, found: Mapping[int, tuple[Application, str]]) -> Document:
    """The document without the days of interviews that are there with their time; the others are told of.

    No reminder asks for the time of these, and the notes don't name them.
    """
    asking = [each for row in document.applications for each in row.untimed]
    if not asking:
        return document
    rows = list(document.applications)
    known: list[UntimedInterview] = []
    for place, (application, _why) in found.items():
        days = {one.starts_at.date() for one in application.interviews}
        timed = [each for each in rows[place].untimed if each.day in days]
        if timed:
            known += timed
            gone = {each.note for each in timed}
            lines = str(rows[place].values.get("notes", "")).split("\n")
            notes = "\n".join(line for line in lines if line not in gone).strip()
            values = {name: value for name, value in rows[place].values.items() if name != "notes"}
            rows[place] = replace(rows[place], values=values | ({"notes": notes} if notes else {}))
    settled = {_asked(each.place, each) for one in known if (each := one.reminder) is not None}
    open_ones = sum(each.reminder is not None for each in asking) - len(settled)
    text = ngettext(
        "{n} interview to come has a day but no time. A reminder asks you for it.",
        "{n} interviews to come have a day but no time. Reminders ask you for them.",
        open_ones,
    )
    said = (text.format(n=format_number(open_ones)),) if open_ones else ()
    return replace(
        document,
        applications=tuple(rows),
        reminders=tuple(row for row in document.reminders if _asked(row.place, row) not in settled),
        warnings=(*document.warnings, *said),
    )


def _asked(place: str, reminder: Row) -> tuple[str, object, object]:
    """What is the same of a reminder whose id goes by its application's."""
    return place, reminder.values["title"], reminder.values["at"]
