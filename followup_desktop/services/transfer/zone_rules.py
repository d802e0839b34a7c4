"""The zones of a calendar file: what their clocks do, as iCalendar wants it told (RFC 5545, 3.6.5).

Written so that its readers agree. ical.js (Thunderbird, Nextcloud) takes no ``DTSTART`` for an onset where a
part has ``RDATE``. Outlook knows no ``RDATE``, takes one ``STANDARD`` and one ``DAYLIGHT``, and wants a rule
with ``BYDAY`` and an ordinal ([MS-OXCICAL], 2.1.3.1.1.19). The package icalendar can make zones too, but with
``RDATE``, and puts the hour at which the clocks go forward an hour late.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from followup_desktop.domain.worktime import zone

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1
_YEARS_AHEAD = 10
"""Of several rules that hold, the one that goes on holding for most of so many years is taken."""


class _Onset(NamedTuple):
    """Clocks that are turned: the wall time by the clocks of before, and what they are ahead of UTC."""

    wall: datetime
    before: timedelta
    after: timedelta
    abbreviation: str
    summer: timedelta

    @property
    def kind(self) -> tuple[object, ...]:
        """What is the same every year where there is a yearly rule."""
        wall = self.wall
        return wall.month, wall.weekday(), wall.time(), self.before, self.after, self.abbreviation

    @property
    def ordinals(self) -> set[int]:
        """The weekdays of the month that its day is: the second, the last, …"""
        last = monthrange(self.wall.year, self.wall.month)[1]
        found = {(self.wall.day - 1) // 7 + 1} - {5}
        return found | {_LAST} if self.wall.day > last - 7 else found


class _YearlyOnset(NamedTuple):
    """An onset, and the weekday of its month on which it comes every year."""

    onset: _Onset
    ordinal: int


@lru_cache(maxsize=64)
def zone_rules(name: str, first_year: int, last_year: int) -> bytes:
    """The ``VTIMEZONE`` of a zone, true from the beginning of one year to the end of another.

    Where these years have the same two onsets on the same weekday of the month, it has two parts with a
    yearly rule; else a part for each onset, and one for what holds at the beginning.
    """
    onsets = tuple(_onsets(name, first_year - 1, last_year + _YEARS_AHEAD))
    rules = Timezone()
    rules.add("tzid", name)
    yearly = _yearly(onsets, range(first_year, max(last_year, first_year + 1) + 1))
    if yearly:
        winter = min(each.onset.after for each in yearly)
        for onset, ordinal in yearly:
            part = _part(
                onset._replace(wall=_in_year(first_year - 1, onset.wall, ordinal)), onset.after > winter
            )
            weekday = _WEEKDAYS[onset.wall.weekday()]
            part.add("rrule", {"freq": "yearly", "bymonth": onset.wall.month, "byday": f"{ordinal}{weekday}"})
            rules.add_component(part)
    else:
        begins = _beginning(name, first_year)
        held = [begins, *(one for one in onsets if begins.wall < one.wall and one.wall.year <= last_year)]
        standard = _standard(held)
        for onset in held:
            is_summer = onset.summer > timedelta(0) if standard is None else onset.after > standard
            rules.add_component(_part(onset, is_summer))
    written: bytes = rules.to_ical()
    return written


def _part(onset: _Onset, is_summer: bool) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    part.add("dtstart", onset.wall)
    part.add("tzname", onset.abbreviation)
    part.add("tzoffsetfrom", onset.before)
    part.add("tzoffsetto", onset.after)
    return part


def _standard(onsets: Sequence[_Onset]) -> timedelta | None:
    """What the clocks are ahead of UTC in winter, for a zone that takes its summer time for standard."""
    is_negative = any(onset.summer < timedelta(0) for onset in onsets)
    return min(onset.after for onset in onsets) if is_negative else None


def _yearly(onsets: Sequence[_Onset], years: range) -> list[_YearlyOnset]:
    """The two onsets of every one of these years with their rules; none where they follow no rule."""
    by_year = [[onset for onset in onsets if onset.wall.year == year] for year in years]
    if any(len(found) != 2 for found in by_year):
        return []
    first, second = by_year[0]
    if (first.before, first.after) != (second.after, second.before):
        return []
    rules = []
    for onset, same in zip(by_year[0], zip(*by_year, strict=True), strict=True):
        ordinals = set.intersection(*(each.ordinals for each in same))
        if not ordinals or any(each.kind != onset.kind for each in same):
            return []
        ahead = [each for each in onsets if each.wall.year > years[-1] and each.kind == onset.kind]
        best = max(sorted(ordinals), key=lambda ordinal: sum(ordinal in each.ordinals for each in ahead))
        rules.append(_YearlyOnset(onset, best))
    return rules


def _in_year(year: int, wall: datetime, ordinal: int) -> datetime:
    """The wall time on the same weekday of its month in another year."""
    weekday, days = monthrange(year, wall.month)
    first = (wall.weekday() - weekday) % 7 + 1
    day = first + 7 * ((days - first) // 7 if ordinal == _LAST else ordinal - 1)
    return wall.replace(year=year, day=day)


def _beginning(name: str, year: int) -> _Onset:
    """What holds when a year begins, told as an onset on the day before."""
    # A day sooner, as the year begins at another instant there.
    at = datetime(year, 1, 1, tzinfo=UTC) - _DAY
    offset = _offset(at, name)
    return _onset(at, offset, name)


def _onset(at: datetime, before: timedelta, name: str) -> _Onset:
    there = at.astimezone(zone(name))
    summer = there.dst() or timedelta(0)
    wall = (at + before).replace(tzinfo=None)
    return _Onset(wall, before, _offset(at, name), there.tzname() or "", summer)


def _onsets(name: str, first_year: int, last_year: int) -> Iterator[_Onset]:
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 2, tzinfo=UTC)
    offset = _offset(day, name)
    while day < end:
        following = _offset(day + _DAY, name)
        if following != offset:
            yield _onset(_turn(name, day), offset, name)
        day, offset = day + _DAY, following


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
