"""What a calendar object on the server says, as far as it concerns the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followup_desktop.services.sync.wanted_calendar import MARK
from followup_desktop.services.transfer.calendar_file import PRODUCT
from followup_desktop.services.transfer.content_lines import Component, read_components
from followup_desktop.services.transfer.invitation_times import CalendarTime, Zones
from followup_desktop.storage.tables import instant

_LARGEST = 256_000
_MOST_LINES = 2000
"""Bytes and lines of one entry: reading more would hold up the window, and no interview is that large."""
_MARK = re.compile(r"(\d{1,10})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarObject:
    """One event or task. ``start`` is when it begins or is due, as it is written there, if it is at all."""

    uid: str
    start: CalendarTime | None
    is_cancelled: bool
    is_completed: bool
    sequence: int
    is_ours: bool
    """Whether it says what this program wrote last, on whichever computer."""
    mark: tuple[datetime, int] | None
    """When it began by what the program last wrote, and in which revision; a phone keeps that."""

    @property
    def starts_at(self) -> datetime | None:
        """The instant, ``None`` where none is told: all day, or in no known zone."""
        return self.start.instant() if self.start is not None and self.start.has_time else None

    @property
    def is_all_day(self) -> bool:
        """Whether it has a date and no time."""
        return self.start is not None and not self.start.has_time


def is_too_large(data: bytes) -> bool:
    """Whether it isn't read at all."""
    if len(data) > _LARGEST:  # first: to count the lines of 20 MB takes 110 ms
        return True
    folded = data.count(b"\n ") + data.count(b"\n\t")
    return data.count(b"\n") - folded > _MOST_LINES


def read_object(data: bytes) -> CalendarObject | None:
    """What the bytes say, or ``None`` if they are no event or task, or too large."""
    if is_too_large(data):
        return None
    for calendar in read_components(data, "VCALENDAR"):
        entries = [each for each in calendar.components if each.name in {"VEVENT", "VTODO"}]
        if entries:
            series = next((each for each in entries if each.first("RECURRENCE-ID") is None), entries[0])
            return _object(calendar, series, entries)
    return None


def _object(calendar: Component, series: Component, entries: Sequence[Component]) -> CalendarObject:
    """The entry, of a series its first time: that is what the program wrote before it was repeated."""
    zones = Zones(calendar)
    begins = "DTSTART" if series.name == "VEVENT" else "DUE"
    planned = zones.moment(series.first(begins))
    entry = next((e for e in entries if _are_same(zones.moment(e.first("RECURRENCE-ID")), planned)), series)
    start = zones.moment(entry.first(begins))
    is_left_out = entry is series and any(_are_same(each, planned) for each in _left_out(zones, series))
    status = entry.text("STATUS").upper()
    sequence = series.text("SEQUENCE")
    mark = _mark(series.text(MARK))
    is_marked = mark is not None and start is not None and start.has_time and start.instant() == mark[0]
    return CalendarObject(
        uid=series.text("UID"),
        start=start,
        is_cancelled=status == "CANCELLED" or is_left_out,
        is_completed=entry.name == "VTODO" and _is_completed(entry),
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
        is_ours=is_marked if mark is not None else calendar.text("PRODID") == PRODUCT,
        mark=mark,
    )


def _mark(text: str) -> tuple[datetime, int] | None:
    found = _MARK.fullmatch(text)
    return (instant(int(found[1])), int(found[2])) if found is not None else None


def _are_same(moment: CalendarTime | None, planned: CalendarTime | None) -> bool:
    """Whether that names the time of a series that was planned then."""
    if moment is None or planned is None:
        return False
    both = moment.instant(), planned.instant()
    return moment.wall == planned.wall if None in both else both[0] == both[1]


def _left_out(zones: Zones, series: Component) -> Iterator[CalendarTime]:
    for line in series.all("EXDATE"):
        for value in line.value.split(","):
            if (moment := zones.moment(replace(line, value=value))) is not None:
                yield moment


def _is_completed(task: Component) -> bool:
    status, part = task.text("STATUS").upper(), task.text("PERCENT-COMPLETE")
    return status == "COMPLETED" or bool(task.text("COMPLETED")) or part == "100"
