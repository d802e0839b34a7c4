"""Time as rules.md has it, reckoned anew for the judge: quiet hours, outreach days, call slots, interviews.

Nothing here uses the product's own arithmetic; only the zones (``tzdata``) and the holidays are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from followup_desktop.domain.model import Application, Interview, Policy

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HORIZON_DAYS = 40
"""No follow-up by phone is open for longer than this."""


def at(day: date, clock: time, zone_name: str) -> datetime:
    """That wall time of that day: in a gap later by the gap's length, in a fold the first of the two."""
    return datetime.combine(day, clock, ZoneInfo(zone_name)).astimezone(UTC)


def wall(moment: datetime, zone_name: str) -> datetime:
    """The naive wall time of an instant."""
    return moment.astimezone(ZoneInfo(zone_name)).replace(tzinfo=None)


def in_quiet_hours(moment: datetime, policy: Policy) -> bool:
    """Whether the wall time in the user zone is at or after ``quiet_from`` and before ``quiet_until``."""
    clock, first, end = wall(moment, policy.timezone).time(), policy.quiet_from, policy.quiet_until
    if first == end:
        return False
    return first <= clock < end if first < end else not end <= clock < first


def quiet_until(moment: datetime, policy: Policy) -> datetime:
    """When the quiet hours around an instant end: the first ``at(date, quiet_until)`` after it."""
    today = wall(moment, policy.timezone).date()
    ends = (at(today + n * DAY, policy.quiet_until, policy.timezone) for n in range(-2, 4))
    return min(end for end in ends if end > moment)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    code, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))


def is_outreach_day(day: date, application: Application, policy: Policy) -> bool:
    """Monday to Friday, no holiday, no weekday on which nobody is called, not while the user is away."""
    country = application.country or policy.country
    if day.weekday() > 4 or day.weekday() in policy.no_call_weekdays:
        return False
    if country is not None and day in _holidays(country, day.year):
        return False
    return not any(first <= day <= last for first, last in policy.away)


def _windows(
    around: date, days: int, application: Application, policy: Policy
) -> Iterator[tuple[datetime, datetime]]:
    zone_name = application.timezone or policy.timezone
    for n in range(-1, days):
        day = around + n * DAY
        if is_outreach_day(day, application, policy):
            for first, end in policy.call_windows:
                yield at(day, first, zone_name), at(day, end, zone_name)


def in_call_slot(moment: datetime, application: Application, policy: Policy) -> bool:
    """Whether the instant lies in a call window of an outreach day and outside quiet hours."""
    today = wall(moment, application.timezone or policy.timezone).date()
    return not in_quiet_hours(moment, policy) and any(
        first <= moment < end for first, end in _windows(today, 2, application, policy)
    )


def next_call_slot(moment: datetime, application: Application, policy: Policy) -> datetime | None:
    """The first call slot at or after an instant, looked for minute by minute."""
    today = wall(moment, application.timezone or policy.timezone).date()
    for first, end in _windows(today, HORIZON_DAYS, application, policy):
        step = max(first, moment)
        while step < end:
            if not in_quiet_hours(step, policy):
                return step
            step = step.replace(second=0) + MINUTE
    return None


def interview_span(
    interview: Interview, application: Application, policy: Policy
) -> tuple[datetime, datetime]:
    """When an interview starts and ends."""
    zone = ZoneInfo(interview.timezone or application.timezone or policy.timezone)
    start, second = (interview.starts_at.replace(tzinfo=zone, fold=n).astimezone(UTC) for n in (0, 1))
    if interview.fold and second > start:
        start = second
    return start, start + interview.minutes * MINUTE
