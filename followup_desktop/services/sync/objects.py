"""What a calendar object on the server says, as far as it concerns the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followup_desktop.services.transfer.calendar_file import PRODUCT
from followup_desktop.services.transfer.content_lines import Component, read_components
from followup_desktop.services.transfer.invitation_times import Moment, Zones


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarObject:
    """One event or task. ``start`` is when it begins or is due, as it is written there, if it is at all."""

    uid: str
    start: Moment | None
    is_cancelled: bool
    is_completed: bool
    sequence: int
    is_ours: bool
    """Whether this program wrote it last; a phone puts its own name in the place."""

    @property
    def starts_at(self) -> datetime | None:
        """The instant, ``None`` where none is told: all day, or in no known zone."""
        return self.start.instant() if self.start is not None and self.start.has_time else None

    @property
    def is_all_day(self) -> bool:
        """Whether it has a date and no time."""
        return self.start is not None and not self.start.has_time


def read_object(data: bytes) -> CalendarObject | None:
    """What the bytes say, or ``None`` if they are no event or task."""
    for calendar in read_components(data, "VCALENDAR"):
        zones = Zones(calendar)
        for each in calendar.components:
            if each.name in {"VEVENT", "VTODO"} and each.first("RECURRENCE-ID") is None:
                return _object(calendar, each, zones)
    return None


def _object(calendar: Component, entry: Component, zones: Zones) -> CalendarObject:
    status = entry.text("STATUS").upper()
    start = zones.moment(entry.first("DTSTART" if entry.name == "VEVENT" else "DUE"))
    sequence = entry.text("SEQUENCE")
    return CalendarObject(
        uid=entry.text("UID"),
        start=start,
        is_cancelled=status == "CANCELLED",
        is_completed=entry.name == "VTODO" and _is_completed(entry),
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
        is_ours=calendar.text("PRODID") == PRODUCT,
    )


def _is_completed(task: Component) -> bool:
    status, part = task.text("STATUS").upper(), task.text("PERCENT-COMPLETE")
    return status == "COMPLETED" or bool(task.text("COMPLETED")) or part == "100"
