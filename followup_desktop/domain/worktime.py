"""Zones, working days, quiet hours and call slots: the terms of the rules that reckon with time.

The only source of zone data is the package ``tzdata``, so that the same facts give the same plan everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_desktop.domain.model import WEEKDAYS, Application, Policy, SkippedDays
from followup_desktop.domain.public_holidays import Days, days_of
from followup_desktop.domain.zone_data import use_package_alone

use_package_alone()

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MIDDAY = time(13)
_BARREN_DAYS = 10
"""After so many outreach days without a call slot there will be none: quiet hours cover every window."""


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; ``ZoneInfoNotFoundError`` or ``ValueError`` if there is none."""
    return ZoneInfo(name)


def instant(wall: datetime, zone_name: str, fold: int = 0) -> datetime:
    """The instant of a naive wall time in a zone.

    In a gap the time moves forward by the gap's length. ``fold`` 1 names the second of two equal wall times,
    and means nothing where there is only one.
    """
    tz = zone(zone_name)
    first = wall.replace(tzinfo=tz, fold=0)
    if fold:
        second = wall.replace(tzinfo=tz, fold=1)
        before, after = first.utcoffset(), second.utcoffset()
        if before is not None and after is not None and after < before:
            return second.astimezone(UTC)
    return first.astimezone(UTC)


def shown_wall(wall: datetime, zone_name: str) -> datetime:
    """What the clocks of a zone show when a naive wall time comes: a later one, where they skip it."""
    return local(instant(wall, zone_name), zone_name).replace(tzinfo=None, fold=0)


def comes_twice(wall: datetime, zone_name: str) -> bool:
    """Whether the clocks of a zone show a naive wall time twice."""
    return instant(wall, zone_name, 0) != instant(wall, zone_name, 1)


@lru_cache(maxsize=4096)
def at(day: date, clock: time, zone_name: str) -> datetime:
    """The wall time of the day in the zone as an instant."""
    # Kept, as a plan asks for few days and clocks again and again: a third of its time.
    return instant(datetime.combine(day, clock), zone_name)


def same_clock(wall: datetime, zone_name: str, other: str) -> bool:
    """Whether a wall time means the same instant in two zones."""
    return instant(wall, zone_name) == instant(wall, other)


def local(moment: datetime, zone_name: str) -> datetime:
    """The aware wall time of an instant in a zone."""
    return moment.astimezone(zone(zone_name))


def date_of(moment: datetime, zone_name: str) -> date:
    """The local date of an instant in a zone."""
    return moment.astimezone(zone(zone_name)).date()


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def holiday_name(day: date, country: str | None) -> str | None:
    """What the public holiday of that day is called there, in the country's own language, or ``None``.

    By the package ``holidays`` with its defaults.
    """
    return None if country is None else days_of(country, day.year).get(day)


class QuietHours(NamedTuple):
    """The hours of the user's day in which nothing is announced; equal ends mean that there are none."""

    starts: time
    ends: time
    zone_name: str

    @classmethod
    def of(cls, policy: Policy) -> QuietHours:
        return cls(policy.quiet_from, policy.quiet_until, policy.timezone)

    def contains(self, moment: datetime) -> bool:
        """Whether the instant's wall time lies in the quiet hours."""
        clock = local(moment, self.zone_name).time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    # What both give is kept, as that of ``at`` is: most are asked of the same mornings and evenings.
    @lru_cache(maxsize=4096)  # noqa: B019 - it keeps but a user's hours alive
    def later(self, moment: datetime) -> datetime:
        """The instant, or the first end of quiet hours after it if it lies in them."""
        if not self.contains(moment):
            return moment
        return next(end for end in self._around(moment, self.ends) if end > moment)

    @lru_cache(maxsize=4096)  # noqa: B019
    def earlier(self, moment: datetime) -> datetime:
        """The instant, or half an hour before the quiet hours began if it lies in them."""
        if not self.contains(moment):
            return moment
        return max(start for start in self._around(moment, self.starts) if start <= moment) - 30 * MINUTE

    def next_start(self, moment: datetime) -> datetime | None:
        """When quiet hours begin after the instant; ``None`` where there are none."""
        if self.starts == self.ends:
            return None
        return next(start for start in self._around(moment, self.starts) if start > moment)

    def _around(self, moment: datetime, clock: time) -> Iterator[datetime]:
        today = date_of(moment, self.zone_name)
        for offset in range(-3, 4):
            yield at(today + offset * DAY, clock, self.zone_name)

    def first_outside(self, start: datetime, end: datetime) -> datetime | None:
        """The first instant from ``start`` on and before ``end`` that is not in quiet hours, or ``None``."""
        if start >= end:
            return None
        if not self.contains(start):
            return start
        wall = local(start, self.zone_name)
        if wall.utcoffset() == local(end, self.zone_name).utcoffset():
            naive = wall.replace(tzinfo=None)
            quiet_ends = datetime.combine(naive, self.ends)
            step = start + (quiet_ends - naive) % DAY
            return step if step < end else None
        # The clocks change on the way, so wall time may jump over the end of quiet hours or meet it twice.
        step = start
        while step < end and self.contains(step):
            step += MINUTE
        while not self.contains(step - SECOND):
            step -= SECOND
        return step if step < end else None


class WorkCalendar:
    """The working days, outreach days and call slots of one employer's zone and country.

    A working day is Monday to Friday and no public holiday. An outreach day (tip 4) is a working day whose
    weekday the policy allows and that lies in no away period.
    """

    def __init__(self, zone_name: str, country: str | None, policy: Policy) -> None:
        self.zone_name = zone_name
        self.country = country
        self.quiet = QuietHours.of(policy)
        self._windows = policy.call_windows
        self._no_call = policy.no_call_weekdays
        self._away = policy.away
        self._holidays: dict[int, Days] = {}
        """The ones of each year that was asked for: a plan asks for a dozen days of each application."""
        self._counted: dict[tuple[date, int], tuple[date, SkippedDays]] = {}

    @classmethod
    def of(cls, application: Application, policy: Policy) -> WorkCalendar:
        """The calendar of an application: its zone and country, or else the user's."""
        return cls.at_place(application.timezone, application.country, policy)

    @classmethod
    def at_place(cls, timezone: str | None, country: str | None, policy: Policy) -> WorkCalendar:
        """The calendar of a zone and a country, or else the user's."""
        return cls(timezone or policy.timezone, country or policy.country, policy)

    @classmethod
    def of_user(cls, policy: Policy) -> WorkCalendar:
        """The calendar of the user's own zone and country."""
        return cls(policy.timezone, policy.country, policy)

    def at(self, day: date, clock: time) -> datetime:
        return at(day, clock, self.zone_name)

    def date_of(self, moment: datetime) -> date:
        return date_of(moment, self.zone_name)

    def _idle(self, day: date) -> str | None:
        if day.weekday() >= 5:
            return "weekend"
        if self.country is None:
            return None
        if (holidays := self._holidays.get(day.year)) is None:
            holidays = self._holidays[day.year] = days_of(self.country, day.year)
        return "holiday" if day in holidays else None

    def _is_away(self, day: date) -> bool:
        return bool(self._away) and any(first <= day <= last for first, last in self._away)

    def _closed(self, day: date) -> str | None:
        """Why no one is contacted on that day, or ``None``."""
        idle = self._idle(day)
        if idle is None and self._is_away(day):
            return "away"
        if idle is None and day.weekday() in self._no_call:
            return WEEKDAYS[day.weekday()]
        return idle

    def is_working_day(self, day: date) -> bool:
        return self._idle(day) is None

    def is_outreach_day(self, day: date) -> bool:
        return self._closed(day) is None

    def why_closed(self, day: date) -> str | None:
        """``weekend``, ``holiday``, ``away`` or a weekday's name if it is no outreach day, else ``None``."""
        return self._closed(day)

    def count(self, day: date, n: int) -> tuple[date, SkippedDays]:
        """The n-th working day after the day (n 0: the day itself), and the days passed over with why."""
        # Kept, as all applications are reckoned from few days: 1.4 µs, and the days passed over are shared.
        asked = day, n
        if (counted := self._counted.get(asked)) is None:
            counted = self._counted[asked] = self._count(day, n)
        return counted

    def _count(self, day: date, n: int) -> tuple[date, SkippedDays]:
        skipped = []
        while n > 0:
            day += DAY
            idle = self._idle(day)
            if idle is None:
                n -= 1
            else:
                skipped.append((day, idle))
        return day, tuple(skipped)

    def wd_after(self, day: date, n: int) -> date:
        """The n-th working day strictly after the day; n 0 is the day itself."""
        return self.count(day, n)[0]

    def working_days(self, day: date, until: date) -> int:
        """How many working days have come since the day, that of ``until`` among them."""
        return sum(self.is_working_day(day + n * DAY) for n in range(1, (until - day).days + 1))

    def find_outreach(self, day: date) -> tuple[date, SkippedDays]:
        """The first outreach day at or after the day, and the days passed over with why."""
        skipped = []
        while (closed := self._closed(day)) is not None:
            skipped.append((day, closed))
            day += DAY
        return day, tuple(skipped)

    def outreach(self, day: date) -> date:
        """The first outreach day at or after the day."""
        return self.find_outreach(day)[0]

    def find_own(self, day: date) -> tuple[date, SkippedDays]:
        """The first working day at or after the day on which the user is not away; days passed over."""
        skipped = []
        while (closed := self._idle(day) or ("away" if self._is_away(day) else None)) is not None:
            skipped.append((day, closed))
            day += DAY
        return day, tuple(skipped)

    def own(self, day: date) -> date:
        """The first own working day at or after the day."""
        return self.find_own(day)[0]

    def windows_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The call windows of a day as instants, whatever day it is."""
        for start, end in self._windows:
            yield self.at(day, start), self.at(day, end)

    def first_slot_on(self, day: date, *, half: str | None = None) -> datetime | None:
        """The first call slot of an outreach day; ``half`` keeps to windows that start ``am`` or ``pm``."""
        for start, end in self._windows:
            if half is not None and (start >= MIDDAY) != (half == "pm"):
                continue
            slot = self.quiet.first_outside(self.at(day, start), self.at(day, end))
            if slot is not None:
                return slot
        return None

    def in_call_slot(self, moment: datetime) -> bool:
        """Whether a call may be made at that instant (tips 3 and 4)."""
        return self.slot_end(moment) is not None

    def slot_end(self, moment: datetime) -> datetime | None:
        """When the call window around the instant closes; ``None`` if it lies in no call slot."""
        if self.quiet.contains(moment):
            return None
        today = self.date_of(moment)
        for day in (today - DAY, today, today + DAY):
            if self.is_outreach_day(day):
                for start, end in self.windows_on(day):
                    if start <= moment < end:
                        return end
        return None

    def call_until(self, moment: datetime) -> datetime | None:
        """Until when a call may still be made: the call window closes, or quiet hours begin in it.

        ``None`` outside a call slot.
        """
        end = self.slot_end(moment)
        begin = self.quiet.next_start(moment)
        return end if end is None or begin is None else min(end, begin)

    def next_call_slot(self, moment: datetime) -> datetime | None:
        """The first call slot at or after the instant; ``None`` if quiet hours cover every window."""
        day = self.date_of(moment) - DAY
        for __ in range(_BARREN_DAYS):
            day = self.outreach(day)
            for start, end in self.windows_on(day):
                slot = self.quiet.first_outside(max(start, moment), end)
                if slot is not None:
                    return slot
            day += DAY
        return None
