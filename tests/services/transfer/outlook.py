"""How Outlook reads the zone of a calendar file, by [MS-OXCICAL] 2.1.3.1.1.19."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from icalendar import Calendar

_WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
_LAST = 5


class _Turn(NamedTuple):
    """A ``SYSTEMTIME`` without a year: every year on that weekday of the month, 5 for the last."""

    month: int
    weekday: int
    ordinal: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        begins, days = monthrange(year, self.month)
        day = (self.weekday - begins) % 7 + 1 + 7 * (self.ordinal - 1)
        while day > days:
            day -= 7
        return datetime(year, self.month, day) + self.time  # noqa: DTZ001 - a wall time


def starts(data: bytes) -> dict[str, datetime]:
    """When each event begins, as a wall time in UTC without a zone."""
    calendar = Calendar.from_ical(data)
    zones = {str(each["TZID"]): each for each in calendar.walk("VTIMEZONE")}
    found = {}
    for event in calendar.walk("VEVENT"):
        start: Any = event["DTSTART"]
        wall = start.dt.replace(tzinfo=None)
        name = start.params.get("TZID", "UTC")
        found[str(event["UID"])] = wall - (timedelta(0) if name == "UTC" else _offset(zones[name], wall))
    return found


def _offset(rules: Any, wall: datetime) -> timedelta:
    """What the clocks of a zone are ahead of UTC at a wall time."""
    standard, daylight = _latest(rules, "STANDARD"), _latest(rules, "DAYLIGHT")
    ahead: timedelta = standard.decoded("TZOFFSETTO")
    if daylight is None:
        return ahead
    summer: timedelta = daylight.decoded("TZOFFSETTO")
    begins, ends = _turn(daylight).in_year(wall.year), _turn(standard).in_year(wall.year)
    is_summer = begins <= wall < ends if begins < ends else not ends <= wall < begins
    return summer if is_summer else ahead


def _latest(rules: Any, kind: str) -> Any:
    """The part with the latest start; the others are not read."""
    return max(rules.walk(kind), key=lambda part: part.decoded("DTSTART"), default=None)


def _turn(part: Any) -> _Turn:
    begins = part.decoded("DTSTART")
    time = timedelta(hours=begins.hour, minutes=begins.minute, seconds=begins.second)
    rule = part.get("RRULE")
    if rule is None:
        return _Turn(begins.month, begins.weekday(), (begins.day - 1) // 7 + 1, time)
    assert rule["FREQ"] == ["YEARLY"]
    assert "BYMONTHDAY" not in rule
    (day,) = rule["BYDAY"]
    ordinal = int(day[:-2])
    assert ordinal in {1, 2, 3, 4, -1}
    return _Turn(
        int(rule["BYMONTH"][0]), _WEEKDAYS.index(day[-2:]), _LAST if ordinal == -1 else ordinal, time
    )
