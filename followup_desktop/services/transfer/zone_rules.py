"""The zones of a calendar file: what their clocks do, as iCalendar wants it told (RFC 5545, 3.6.5).

The package icalendar can make these too, but puts the hour at which the clocks go forward an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from followup_desktop.domain.worktime import zone

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_Turn = tuple[datetime, timedelta]
"""When the clocks are turned, as an instant, and what they were ahead of UTC before."""


@lru_cache(maxsize=64)
def zone_rules(name: str, first_year: int, last_year: int) -> bytes:
    """The ``VTIMEZONE`` of a zone, true from the beginning of one year to the end of another.

    Each turn of the clocks stands at its wall time by the clocks of before, as the standard wants it.
    """
    # A day more at both ends, as the year begins at another instant there.
    begins, ends = _new_year(first_year) - _DAY, _new_year(last_year + 1) + _DAY
    turns: list[_Turn] = [(begins, _offset(begins, name)), *_turns(name, begins, ends)]
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for at, before in turns:
        there = at.astimezone(zone(name))
        kind = (before, _offset(at, name), there.tzname() or "", bool(there.dst()))
        groups.setdefault(kind, []).append((at + before).replace(tzinfo=None))
    rules = Timezone()
    rules.add("tzid", name)
    for (before, after, abbreviation, is_summer), onsets in groups.items():
        observance = TimezoneDaylight() if is_summer else TimezoneStandard()
        observance.add("dtstart", onsets[0])
        if onsets[1:]:
            observance.add("rdate", onsets[1:])
        observance.add("tzname", abbreviation)
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", after)
        rules.add_component(observance)
    written: bytes = rules.to_ical()
    return written


def _turns(name: str, begins: datetime, ends: datetime) -> Iterator[_Turn]:
    day = begins
    while day < ends:
        if _offset(day, name) != _offset(day + _DAY, name):
            yield _turn(name, day), _offset(day, name)
        day += _DAY


def _turn(name: str, day: datetime) -> datetime:
    """The first instant of the day from which on the clocks are others."""
    before, after = day, day + _DAY
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, name) == _offset(day, name):
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, name: str) -> timedelta:
    return moment.astimezone(zone(name)).utcoffset() or timedelta(0)


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)
