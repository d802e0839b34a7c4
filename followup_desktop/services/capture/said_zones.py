"""Time zones as people say them behind a time: "3 PM EST", "15h (heure de Paris)", "16:00 hora peninsular".

``zones`` in ``resources/clocks/en.toml`` and its like says which expression is which zone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from followup_desktop.services.capture.clock_language import YOURS, SaidZoneRow
from followup_desktop.services.capture.clocks import languages, said_times
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import plain

_BEHIND = r"[ ,]*[(\[/-]? ?"
_OFFSET = r"(?:utc|gmt) ?(?P<sign>[+-]) ?(?P<hours>1[0-4]|0?\d)(?::?(?P<minutes>[0-5]\d))?(?!\d)"
_STRICT = "Etc/"
"""Zones without summer time, which no employer's is called."""
_AREAS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})
_IN_CAPITALS = re.compile(r"\b[A-Z]{1,4}\b")
_SHORT_NAME = re.compile(r"[a-z]{1,4}")


@dataclass(frozen=True, slots=True)
class SaidZone:
    """A time zone as it was said: what it is called, and the zones or the minutes ahead of UTC it may mean.

    "EST" is five hours behind UTC, and what New York calls its time in summer as well. ``is_yours`` is what
    is said of the zone of whom it is written to: "your time".
    """

    name: str
    zones: tuple[str, ...] = ()
    offset: int | None = None
    is_yours: bool = False

    @property
    def is_in_words(self) -> bool:
        """Whether it was said in words, which small letters without accents don't show well."""
        return not self.name.isupper()

    def wall_in(self, own: str, wall: datetime, users: str) -> datetime | None:
        """The wall time in the employer's ``own`` zone, if all that may be meant agree, or one is the own.

        ``users`` is the user's zone.
        """
        if self.is_yours:
            return _instant(ZoneInfo(users), wall).astimezone(ZoneInfo(own)).replace(tzinfo=None)
        if self.offset is not None:
            told = {_instant(timezone(timedelta(minutes=self.offset)), wall)}
        else:
            told = {_instant(ZoneInfo(each), wall) for each in self.zones}
        places = {_instant(ZoneInfo(each), wall) for each in self.zones if not each.startswith(_STRICT)}
        here = _instant(ZoneInfo(own), wall)
        if here in places:
            return wall
        return told.pop().astimezone(ZoneInfo(own)).replace(tzinfo=None) if len(told) == 1 else None


def _instant(zone: tzinfo, wall: datetime) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def zoned_times(text: str, written: str) -> list[tuple[time, SaidZone | None]]:
    """The times of day in a plain text, in its order, with the zone that is said behind each.

    ``written`` is the text it is of, as it was written: it tells a zone in capitals, "EST", from a word.
    """
    capitals = _capitals(written)
    found = []
    for each in said_times(text, strictly=True):
        clock = read_time(each.words, working_day=True) if each.words else None
        if clock is not None:
            found.append((clock, _zone_at(text, each.end, capitals)))
    return found


def zone_said(written: str) -> str:
    """What the zone is called that is said behind a time in a text; empty if none is."""
    text, capitals = plain(written), _capitals(written)
    said = (_zone_at(text, each.end, capitals) for each in said_times(text))
    return next((zone.name for zone in said if zone is not None), "")


def _capitals(written: str) -> frozenset[str]:
    return frozenset(each.casefold() for each in _IN_CAPITALS.findall(written))


@lru_cache(maxsize=1024)
def _zone_at(text: str, place: int, capitals: frozenset[str]) -> SaidZone | None:
    found = _offset().match(text, place)
    if found is not None:
        minutes = 60 * int(found["hours"]) + int(found["minutes"] or 0)
        return SaidZone(
            found["name"].upper().replace(" ", ""), offset=minutes if found["sign"] == "+" else -minutes
        )
    for pattern, row in _rows():
        said = pattern.match(text, place)
        if said is not None and (not row.is_in_capitals or said["name"] in capitals):
            name = said["name"]
            if row.zones == (YOURS,):
                return SaidZone(name, is_yours=True)
            is_short = _SHORT_NAME.fullmatch(name) is not None and not row.is_place
            return SaidZone(name.upper() if is_short else name, row.zones)
    return None


@cache
def _offset() -> re.Pattern[str]:
    return re.compile(rf"{_BEHIND}(?P<name>{_OFFSET})")


def _cities() -> Iterator[SaidZoneRow]:
    """The cities after which the tz database names its zones."""
    zones: dict[str, list[str]] = defaultdict(list)
    for name in sorted(available_timezones()):
        area, _slash, city = name.partition("/")
        if area in _AREAS:
            zones[plain(city.rpartition("/")[2].replace("_", " "))].append(name)
    for city, names in zones.items():
        yield SaidZoneRow(rf"{re.escape(city)}(?= ?(?:$|[.?!)\];/]))", tuple(names), is_place=True)


@cache
def _rows() -> tuple[tuple[re.Pattern[str], SaidZoneRow], ...]:
    """The expressions of all languages, and the cities of the tz database where a clause ends behind them.

    Those that only tell that there is a zone come last.
    """
    known = [*(row for each in languages() for row in each.zones), *_cities()]
    rows = sorted(known, key=lambda row: not row.zones)
    return tuple((re.compile(rf"{_BEHIND}(?P<name>{row.said})(?!\w)"), row) for row in rows)
