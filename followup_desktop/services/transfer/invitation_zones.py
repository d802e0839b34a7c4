"""What zone a calendar file means: by its name, as Windows and other programs write it, or by its rules.

A zone that can't be told is ``None``, never UTC: an interview an hour off is worse than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache

from followup_desktop.domain.checks import zone_names
from followup_desktop.domain.worktime import zone
from followup_desktop.services.transfer.content_lines import Component

_UTC_NAMES = frozenset(
    {"utc", "z", "gmt", "etc/utc", "etc/gmt", "universal time", "coordinated universal time",
     "(utc) coordinated universal time", "tzone://microsoft/utc"}
)  # fmt: skip
_COPY_NUMBER = re.compile(r"\s+\d+$")
"""Outlook numbers a zone of which a file has several versions: "Eastern Standard Time 1"."""
_OFFSET_NAME = re.compile(r"^\(?(?:utc|gmt)\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?\)?")
_ALWAYS = re.compile(r"\s*(?:coordinated universal time\s*(?:[+-]\d+)?)?\s*")
"""What may follow an offset that holds all year."""
_DISPLAYED = {
    "adelaide": "Australia/Adelaide",
    "alaska": "America/Anchorage",
    "aleutian islands": "America/Adak",
    "arizona": "America/Phoenix",
    "atlantic time (canada)": "America/Halifax",
    "azores": "Atlantic/Azores",
    "baja california": "America/Tijuana",
    "bougainville island": "Pacific/Bougainville",
    "brasilia": "America/Sao_Paulo",
    "cabo verde is.": "Atlantic/Cape_Verde",
    "canberra, melbourne, sydney": "Australia/Sydney",
    "central america": "America/Guatemala",
    "central time (us & canada)": "America/Chicago",
    "chatham islands": "Pacific/Chatham",
    "chennai, kolkata, mumbai, new delhi": "Asia/Kolkata",
    "chetumal": "America/Cancun",
    "city of buenos aires": "America/Argentina/Buenos_Aires",
    "easter island": "Pacific/Easter",
    "eastern time (us & canada)": "America/New_York",
    "ekaterinburg": "Asia/Yekaterinburg",
    "greenland": "America/Nuuk",
    "haiti": "America/Port-au-Prince",
    "hawaii": "Pacific/Honolulu",
    "indiana (east)": "America/Indiana/Indianapolis",
    "international date line west": "Etc/GMT+12",
    "kiritimati island": "Pacific/Kiritimati",
    "lord howe island": "Australia/Lord_Howe",
    "marquesas islands": "Pacific/Marquesas",
    "mountain time (us & canada)": "America/Denver",
    "newfoundland": "America/St_Johns",
    "norfolk island": "Pacific/Norfolk",
    "nuku'alofa": "Pacific/Tongatapu",
    "pacific time (us & canada)": "America/Los_Angeles",
    "petropavlovsk-kamchatsky - old": "Asia/Kamchatka",
    "port louis": "Indian/Mauritius",
    "saint pierre and miquelon": "America/Miquelon",
    "salvador": "America/Bahia",
    "samoa": "Pacific/Apia",
    "saskatchewan": "America/Regina",
    "solomon is., new caledonia": "Pacific/Guadalcanal",
    "sri jayawardenepura": "Asia/Colombo",
    "turks and caicos": "America/Grand_Turk",
    "west central africa": "Africa/Lagos",
    "yukon": "America/Whitehorse",
}
"""What Windows shows behind the offset of a zone, where that begins with no city of the zone."""
_CITY = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*")
_STEP = timedelta(days=3)
_YEAR = 366 // _STEP.days
_SAFE_YEARS = range(1975, 2095)


def zone_meant(
    name: str, definitions: Mapping[str, Component], near: datetime, preferred: Iterable[str] = ()
) -> str | None:
    """The IANA zone of a ``TZID``.

    ``definitions`` are the ``VTIMEZONE`` of the file by their names. Where only its rules tell, it is a zone
    whose clocks say the same in the year from ``near`` (a wall time) on: one of the ``preferred`` if it can.
    """
    bare = name.strip().strip('"').strip()
    found = _by_name(bare)
    if found is not None:
        return found
    definition = definitions.get(name)
    if definition is not None:
        located = _by_name(definition.text("X-LIC-LOCATION"))
        return located or _by_rules(definition, near, tuple(preferred))
    return _by_display(bare) or _by_city(bare, near) or _by_offset(bare)


def zone_offered(
    name: str, definitions: Mapping[str, Component], near: datetime, preferred: Iterable[str] = ()
) -> str:
    """A zone to propose where ``zone_meant`` knows none: its clocks say the same on that day as the rules do.

    That is one of the ``preferred`` if it can be, else the bare offset; empty where there are no rules.
    """
    definition = definitions.get(name)
    rules = _rules("\r\n".join(definition.source)) if definition is not None else None
    if rules is None:
        return ""
    try:
        wanted = _utc_offset(rules, near)
    except (ValueError, OverflowError, TypeError):
        return ""
    hours, rest = divmod(wanted, timedelta(hours=1))
    # The names of these zones say how far UTC is from them.
    bare = () if rest else (f"Etc/GMT{-hours:+d}" if hours else "UTC",)
    candidates = (*preferred, *bare, *_usual(), *sorted(zone_names()))
    there = (each for each in candidates if each in zone_names())
    return next((each for each in there if _utc_offset(zone(each), near) == wanted), "")


def _by_name(name: str) -> str | None:
    if name in zone_names():
        return name
    folded = name.casefold()
    if folded in _UTC_NAMES:
        return "UTC"
    known = _folded_names().get(folded) or _windows().get(_COPY_NUMBER.sub("", folded))
    if known is not None:
        return known
    parts = [part for part in name.split("/") if part]  # /mozilla.org/20050126_1/Europe/Paris
    tails = ("/".join(parts[-count:]) for count in (3, 2) if len(parts) > count)
    return next(
        (_folded_names()[tail.casefold()] for tail in tails if tail.casefold() in _folded_names()), None
    )


def _by_offset(name: str) -> str | None:
    """``GMT+01:00`` as the zone that is always so far from UTC; only whole hours have one."""
    found = _OFFSET_NAME.match(name.casefold())
    if found is None or int(found["minutes"] or 0) or not _ALWAYS.fullmatch(name.casefold(), found.end()):
        return None
    hours = int(found["hours"])
    # The names of these zones say how far UTC is from them.
    known = f"Etc/GMT{'-' if found['sign'] == '+' else '+'}{hours}" if hours else "UTC"
    return known if known in zone_names() else None


def _by_display(name: str) -> str | None:
    """The zone of a name as Windows shows it: "(UTC-05:00) Eastern Time (US & Canada)"."""
    offset = _OFFSET_NAME.match(name.casefold())
    shown = " ".join(
        name.casefold()[offset.end() if offset else 0 :].replace(" and canada", " & canada").split()
    )
    found = _DISPLAYED.get(shown)
    return found if found in zone_names() else None


def _by_city(name: str, near: datetime) -> str | None:
    """The zone of the first city in a name like "(UTC+01:00) Amsterdam, Berlin, Bern"."""
    offset = _OFFSET_NAME.match(name.casefold())
    cities = _cities()
    for city in _CITY.findall(name[offset.end() :] if offset else name):
        found = cities.get(re.sub(r"[ .'-]+", "_", city.casefold()))
        if found is not None and (offset is None or _standard_fits(found, offset, near)):
            return found
    return None


def _standard_fits(name: str, offset: re.Match[str], near: datetime) -> bool:
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    wanted = -ahead if offset["sign"] == "-" else ahead
    noon = _safe(near)
    return wanted in {_utc_offset(zone(name), noon.replace(month=month)) for month in (1, 7)}


def _by_rules(definition: Component, near: datetime, preferred: tuple[str, ...]) -> str | None:
    rules = _rules("\r\n".join(definition.source))
    if rules is None:
        return None
    start = _safe(near)
    days = [start + n * _STEP for n in range(_YEAR)]
    try:
        wanted = [_utc_offset(rules, day) for day in days]
    except (ValueError, OverflowError, TypeError):
        return None
    if not any(wanted) and not definition.components[1:]:
        return "UTC"
    for name in dict.fromkeys((*preferred, *_usual(), *sorted(zone_names()))):
        there = zone(name)
        if all(_utc_offset(there, day) == offset for day, offset in zip(days, wanted, strict=True)):
            return name
    return None


@lru_cache(maxsize=32)
def _rules(source: str) -> tzinfo | None:
    """The zone that a ``VTIMEZONE`` describes; ``None`` if it can't be understood."""
    import io

    from dateutil.tz import tzical

    lines = [
        line for line in source.split("\r\n") if not line.upper().startswith(("TZURL", "LAST-MODIFIED", "X-"))
    ]
    # A rule from 1601 on is worked through year by year; the last years say the same.
    text = re.sub(
        r"^DTSTART(?:;[^:]*)?:(?:1[0-8]\d\d|19[0-6]\d)(?=\d{4}T)",
        "DTSTART:1970",
        "\n".join(lines),
        flags=re.M,
    )
    if re.search(r"FREQ=(?!YEARLY)", text):
        return None
    try:
        calendar = tzical(io.StringIO(text))
        found: tzinfo = calendar.get(calendar.keys()[0])
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    return found


def _utc_offset(there: tzinfo, wall: datetime) -> timedelta:
    return wall.replace(tzinfo=there).utcoffset() or timedelta(0)


def _safe(near: datetime) -> datetime:
    """At noon, when no clock is turned, in a year that rules and zones both know."""
    year = min(max(near.year, _SAFE_YEARS.start), _SAFE_YEARS.stop - 1)
    return near.replace(year=year, day=min(near.day, 28), hour=12)


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): known for name, known in WINDOWS_TO_OLSON.items() if known in zone_names()}


def _usual() -> Iterator[str]:
    """The zone that stands for each one of Windows: the best known of those that are alike."""
    yield from _windows().values()


@cache
def _folded_names() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


@cache
def _cities() -> dict[str, str]:
    return {
        name.rpartition("/")[2].casefold(): name
        for name in sorted(zone_names())
        if "/" in name and not name.startswith("Etc/")
    }
