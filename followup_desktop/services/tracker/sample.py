"""The sample search, which shows every rule and every stage whenever it is looked at.

It is an interchange file, ``resources/sample.json``, whose dates and instants count from the moment at which
it is read:

| written | means |
|---|---|
| ``@now``, ``@6 hours ago``, ``@10 minutes ago`` | that instant |
| ``@today``, ``@in 9 days``, ``@42 days ago`` | that date; with a time behind it, that wall time |
| ``@8 working days ago`` | the eighth day from Monday to Friday before today |
| ``@3 call days ago`` | the same, but where it is a Monday the Friday before (tip 4) |
| a list of these | the first that was at least four hours ago |

Days are those of the user's zone, times those of the application's, which is the user's where it has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from followup_desktop.domain.model import Facts
from followup_desktop.domain.worktime import DAY, at, date_of, local
from followup_desktop.resource_files import resources_dir

_MOMENT = re.compile(r"@(?:now|(?P<n>\d+) (?P<unit>hour|minute)s? ago)")
_DAY = re.compile(
    r"@(?:today|in (?P<ahead>\d+) days?|(?P<back>\d+) (?P<kind>working |call )?days? ago)"
    r"(?: (?P<time>\d\d:\d\d))?"
)
_LONG_AGO = timedelta(hours=4)


def sample_facts(now: datetime, zone: str) -> Facts:
    """Facts for a look around; the same for the same instant and zone.

    Every rule has a follow-up that is not past, two thank-yous are due at any time of day,
    one is late, and a reminder of the user's own has just come.
    """
    from followup_desktop.services.transfer import interchange  # each start asks for the employers alone

    written = _written()
    written["policy"] = {"timezone": zone}
    dated = _SampleDates(now.replace(second=0, microsecond=0), zone).things(written, zone)
    document = interchange.read(json.dumps(dated).encode())
    return interchange.merge(document, Facts()).facts


def sample_employers() -> dict[str, str]:
    """The employers of the sample's applications, by the ids of these."""
    return {each["id"]: each["employer"] for each in _written()["applications"]}


def _written() -> dict[str, Any]:
    written: dict[str, Any] = json.loads((resources_dir() / "sample.json").read_bytes())
    return written


class _SampleDates:
    """Writes out what is counted from an instant."""

    def __init__(self, now: datetime, zone: str) -> None:
        self._now = now
        self._zone = zone
        self._today = date_of(now, zone)

    def things(self, thing: Mapping[str, Any], zone: str) -> dict[str, Any]:
        """The thing with its dates, and all below it; whatever is at a place has its zone."""
        zone = thing.get("timezone") or zone
        found: dict[str, Any] = {}
        for key, value in thing.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                here = {"timezone": zone} if key in {"applications", "interviews", "reminders"} else {}
                found[key] = [here | self.things(each, zone) for each in value]
            else:
                as_wall = key == "starts_at" or (key == "at" and "title" in thing)
                found[key] = self._value(value, zone, as_wall=as_wall)
        return found

    def _value(self, value: Any, zone: str, *, as_wall: bool) -> Any:
        if isinstance(value, list) and value and str(value[0]).startswith("@"):
            moments = [self._day(each, zone) for each in value]
            value = next(m for m in moments if isinstance(m, datetime) and m <= self._now - _LONG_AGO)
        elif isinstance(value, str) and value.startswith("@"):
            value = self._moment(value) or self._day(value, zone)
        if isinstance(value, datetime):
            wall = local(value, zone).replace(tzinfo=None, fold=0)
            return wall.isoformat(timespec="minutes") if as_wall else value.isoformat()
        return value.isoformat() if isinstance(value, date) else value

    def _moment(self, written: str) -> datetime | None:
        match = _MOMENT.fullmatch(written)
        if match is None:
            return None
        return self._now - int(match["n"] or 0) * timedelta(**{f"{match['unit'] or 'hour'}s": 1})

    def _day(self, written: str, zone: str) -> date | datetime:
        match = _DAY.fullmatch(written)
        if match is None:
            raise ValueError(f"sample.json: {written!r} is no date")
        day = self._today + int(match["ahead"] or 0) * DAY
        if match["kind"]:
            day = self._working_day(int(match["back"]), on_mondays=match["kind"] == "working ")
        elif match["back"]:
            day = self._today - int(match["back"]) * DAY
        return at(day, time.fromisoformat(match["time"]), zone) if match["time"] else day

    def _working_day(self, back: int, *, on_mondays: bool) -> date:
        day = self._today
        while back:
            day -= DAY
            back -= day.weekday() < 5
        return day - 3 * DAY if day.weekday() == 0 and not on_mondays else day
