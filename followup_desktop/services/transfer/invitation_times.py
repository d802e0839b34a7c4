"""When the event of an invitation takes place: wall time, zone and length, and each time of a series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.worktime import instant, local, zone
from followup_desktop.services.transfer.content_lines import Component, ContentLine
from followup_desktop.services.transfer.invitation_zones import zone_meant, zone_offered

DEFAULT_MINUTES = 60
"""The length of an event that says none."""
MOST_MINUTES = 24 * 60
MOST_TIMES = 30
"""So many times of a series are read at most; nobody is interviewed more often."""
_FURTHEST = timedelta(days=400)
"""How far the times of a series are followed."""

_WALL = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(Z)?)?$")
_DURATION = re.compile(
    r"(?P<minus>[+-])?P(?:(?P<w>\d{1,5})W)?(?:(?P<d>\d{1,5})D)?(?:T(?:(?P<h>\d{1,5})H)?(?:(?P<m>\d{1,6})M)?(?:(?P<s>\d{1,7})S)?)?$",
    re.IGNORECASE,
)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYSETPOS", "BYMONTHDAY"})
"""The parts of a rule that are followed; with others, a time that never comes is looked for until 9999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTime:
    """A time of a calendar file.

    ``zone`` is ``None`` where the file names none that is known (``said`` is what it calls it, and empty for
    a floating time). ``is_utc`` tells a time in UTC, which says nothing of where it is kept. ``has_time`` is
    false for a day. ``offered`` is a zone to propose where it has none, if the file tells something of it.
    """

    wall: datetime
    zone: str | None
    said: str = ""
    is_utc: bool = False
    has_time: bool = True
    offered: str = ""

    def instant(self) -> datetime | None:
        """The instant, if the zone is known."""
        return instant(self.wall, self.zone) if self.zone is not None else None


class Zones:
    """Reads the times of one file; where only rules tell a zone it is one of the ``preferred`` if it can."""

    def __init__(self, calendar: Component, preferred: tuple[str, ...] = ()) -> None:
        self._definitions = {
            each.text("TZID"): each for each in calendar.components if each.name == "VTIMEZONE"
        }
        self._preferred = preferred
        self._named = calendar.text("X-WR-TIMEZONE")
        self._meant: dict[tuple[str, int], str | None] = {}

    def moment(self, line: ContentLine | None) -> CalendarTime | None:
        """The time of a line; ``None`` if it is none, or lies beyond the years that are kept."""
        found = _WALL.match(line.value.strip()) if line is not None else None
        if line is None or found is None:
            return None
        numbers = [int(each or 0) for each in found.groups()[:6]]
        try:
            wall = _wall(numbers)
        except ValueError:
            return None
        if not MIN_YEAR <= wall.year <= MAX_YEAR:
            return None
        if found[4] is None:
            return CalendarTime(wall=wall, zone=None, has_time=False)
        if found[7]:
            return self._utc(wall)
        name = line.parameters.get("TZID", "")
        meant = self._zone(name, wall)
        offered = "" if meant else zone_offered(name, self._definitions, wall, self._preferred)
        return CalendarTime(wall=wall, zone=meant, said=name, offered=offered)

    def _utc(self, wall: datetime) -> CalendarTime:
        own = self._zone(self._named, wall)
        if own is None or own == "UTC":
            return CalendarTime(wall=wall, zone="UTC", is_utc=True)
        there = local(wall.replace(tzinfo=UTC), own)
        return CalendarTime(wall=there.replace(tzinfo=None, fold=0), zone=own)

    def _zone(self, name: str, wall: datetime) -> str | None:
        if not name:
            return None
        key = name, wall.year
        if key not in self._meant:
            self._meant[key] = zone_meant(name, self._definitions, wall, self._preferred)
        return self._meant[key]


def minutes_of(event: Component, start: CalendarTime, zones: Zones) -> int:
    """How long an event is: elapsed minutes from start to end; an hour where it doesn't say, or says 0."""
    end = zones.moment(event.first("DTEND"))
    if end is not None and end.has_time:
        began, ended = start.instant(), end.instant()
        span = ended - began if began is not None and ended is not None else end.wall - start.wall
    else:
        span = duration(event.text("DURATION")) or timedelta(0)
    minutes = round(span / timedelta(minutes=1))
    return minutes if minutes > 0 else DEFAULT_MINUTES


def duration(text: str) -> timedelta | None:
    """A length of iCalendar (``PT1H30M``); ``None`` for another text."""
    found = _DURATION.match(text.strip())
    if found is None:
        return None
    parts = {name: int(value or 0) for name, value in found.groupdict().items() if name != "minus"}
    span = timedelta(
        weeks=parts["w"], days=parts["d"], hours=parts["h"], minutes=parts["m"], seconds=parts["s"]
    )
    return -span if found["minus"] == "-" else span


@dataclass(frozen=True, slots=True)
class Series:
    """The wall times of an event, the first times of a series if it has more; ``goes_on`` says so."""

    walls: tuple[datetime, ...]
    goes_on: bool = False


def series_of(event: Component, start: CalendarTime, zones: Zones) -> Series:
    """The times at which an event takes place, but for those that are left out of it.

    Of a series without an end, or one that can't be understood, that is the first alone.
    """
    rule = _rule(event.text("RRULE"))
    added = {moment.wall for moment in _moments(event, "RDATE", start, zones)}
    if rule is None and not added:
        return Series((start.wall,), goes_on=bool(event.text("RRULE")))
    if rule is None:
        walls, goes_on = [start.wall], False
    elif "COUNT" not in rule and "UNTIL" not in rule:
        return Series((start.wall,), goes_on=True)
    else:
        walls, goes_on = _walls(rule, start)
    left_out = {moment.wall for moment in _moments(event, "EXDATE", start, zones)}
    days_out = {each.date() for each in left_out if each.time() == datetime.min.time()}
    kept = sorted({*walls, *added} - left_out)
    kept = [wall for wall in kept if wall.date() not in days_out]
    return Series(tuple(kept[:MOST_TIMES]), goes_on or len(kept) > MOST_TIMES)


def same_wall(moment: CalendarTime, start: CalendarTime) -> datetime:
    """The wall time of a moment by the clocks of another, as of the time in a series that a line names."""
    at = moment.instant()
    if at is None or start.zone is None or moment.zone == start.zone:
        return moment.wall
    return local(at, start.zone).replace(tzinfo=None, fold=0)


def _moments(event: Component, name: str, start: CalendarTime, zones: Zones) -> Iterator[CalendarTime]:
    for line in event.all(name):
        for value in line.value.split(",")[: 10 * MOST_TIMES]:
            moment = zones.moment(
                ContentLine(name=name, parameters=line.parameters, value=value.partition("/")[0])
            )
            if moment is not None:
                yield CalendarTime(wall=same_wall(moment, start), zone=start.zone, has_time=moment.has_time)


def _rule(text: str) -> Mapping[str, str] | None:
    parts = dict(part.upper().split("=", 1) for part in text.split(";") if "=" in part)
    is_known = parts.get("FREQ") in _FREQUENCIES and set(parts) <= _PARTS
    is_plain = "BYMONTHDAY" not in parts or parts.get("FREQ") == "MONTHLY"
    steps = parts.get("INTERVAL", "1").lstrip("0")
    return parts if is_known and is_plain and steps.isdecimal() else None


def _walls(rule: Mapping[str, str], start: CalendarTime) -> tuple[list[datetime], bool]:
    """The wall times of a rule, as many as are read, and whether it goes on beyond them."""
    from dateutil.rrule import rrulestr

    last = start.wall + _FURTHEST
    until = _until(rule.get("UNTIL", ""), start)
    end = min(until or last, last)
    if end.year > MAX_YEAR:
        end = end.replace(year=MAX_YEAR)
    told = ";".join(f"{name}={value}" for name, value in rule.items() if name not in {"UNTIL", "COUNT"})
    count = int(rule["COUNT"]) if rule.get("COUNT", "").isdecimal() and len(rule["COUNT"]) < 6 else None
    walls: list[datetime] = []
    try:
        for wall in rrulestr(f"{told};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=start.wall):
            if len(walls) >= min(count or MOST_TIMES + 1, MOST_TIMES + 1):
                break
            walls.append(wall)
    except (ValueError, TypeError, OverflowError):
        return [start.wall], True
    wanted = count if count is not None else None
    goes_on = (wanted is not None and wanted > len(walls)) or (until is not None and until > last)
    return walls or [start.wall], goes_on


def _wall(numbers: Sequence[int]) -> datetime:
    year, month, day, hour, minute, second = numbers
    return datetime.combine(date(year, month, day), time(hour, minute, min(second, 59)))


def _until(text: str, start: CalendarTime) -> datetime | None:
    found = _WALL.match(text)
    if found is None:
        return None
    numbers = [int(each or 0) for each in found.groups()[:6]]
    try:
        if found[4] is None:
            return datetime.combine(date(*numbers[:3]), datetime.max.time()).replace(microsecond=0)
        wall = _wall(numbers)
        if found[7] and start.zone is not None:
            return wall.replace(tzinfo=UTC).astimezone(zone(start.zone)).replace(tzinfo=None, fold=0)
    except (ValueError, OverflowError):
        return None
    return wall
