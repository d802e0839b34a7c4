"""The calendar file's times, read by what will read them: every reader finds the same instant."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from followup_desktop.domain.model import Facts, Interview, Policy
from followup_desktop.domain.worktime import instant
from followup_desktop.services.transfer.calendar_file import CalendarWriter
from followup_desktop.services.transfer.zone_rules import zone_rules
from followup_desktop.services.wording import Wording
from tests.services.conftest import acme, madrid
from tests.services.transfer import outlook
from tests.sweeps import every
from tests.tables import tabled

REPOSITORY = Path(__file__).resolve().parents[3]
ICAL_JS = REPOSITORY / "build/ical_js/node_modules/ical.js/dist/ical.js"
IN_CI = os.environ.get("CI") == "true" and sys.platform == "linux"  # where the Makefile installs it
READ = Path(__file__).with_name("ical_js") / "read.mjs"

NOW = madrid("2026-10-14T12:00")
YEARLY = (
    ("Europe/Madrid", 2026, 2029),
    ("Europe/Dublin", 2026, 2027),
    ("Europe/Dublin", 2026, 2026),
    ("America/New_York", 2026, 2029),
    ("America/Nuuk", 2024, 2027),
    ("America/Santiago", 2026, 2028),
    ("Australia/Sydney", 2026, 2028),
    ("Australia/Lord_Howe", 2025, 2028),
    ("Pacific/Chatham", 2026, 2029),
    ("Africa/Cairo", 2026, 2029),
    ("Asia/Jerusalem", 2026, 2027),
)
"""Zones whose clocks follow one rule in these years."""
STILL = (
    ("Asia/Kolkata", 2026, 2028),
    ("Asia/Kathmandu", 2026, 2027),
    ("Asia/Tehran", 2023, 2026),
    ("Europe/Moscow", 2025, 2027),
    ("UTC", 2026, 2027),
)
"""Zones whose clocks are not turned in these years."""
IRREGULAR = (
    ("Africa/Casablanca", 2023, 2026),
    ("Africa/El_Aaiun", 2024, 2026),
    ("America/Santiago", 2028, 2029),
    ("America/New_York", 2006, 2008),
    ("Asia/Tehran", 2021, 2023),
    ("Europe/Moscow", 2010, 2014),
    ("Pacific/Apia", 2011, 2012),
)
"""Zones that change their rule in these years, or have none."""
ONE_YEAR = (("Africa/Casablanca", 2024, 2024), ("America/Santiago", 2029, 2029))
"""The year of an irregular zone is a rule by itself."""


def searching(name: str, first: int, last: int) -> Facts:
    """Interviews all through these years, and close to each turn of the clocks."""
    years, months = range(first, last + 1), range(1, 13)
    walls = [
        wall(f"{year}-{month:02}-15T{hour}") for year in years for month in months for hour in ("01", "10")
    ]
    walls += [wall(f"{first}-01-01T00:30"), wall(f"{last}-12-31T23:30")]
    for turn in turns(name, first, last):
        local = turn.astimezone(ZoneInfo(name)).replace(tzinfo=None)
        walls += [local + timedelta(minutes=30 * n) for n in range(-6, 7)]
        walls += [local + timedelta(days=n) for n in (-8, -7, -1, 1, 7, 8)]
    held = [
        Interview(id=f"i{number:03}-{fold}", starts_at=at, minutes=30, fold=fold)
        for number, at in enumerate(at for at in walls if at.year in years)
        for fold in (0, 1)
    ]
    return Facts(
        policy=Policy(timezone=name),
        applications=(acme(timezone=name, country=None, interviews=tuple(held)),),
    )


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def turns(name: str, first: int, last: int) -> Iterator[datetime]:
    """The instants at which the clocks of a zone are turned."""
    quarter = timedelta(minutes=15)
    at = datetime(first, 1, 1, tzinfo=UTC)
    while at.year <= last:
        day_later = at + timedelta(days=1)
        if offset(at, name) != offset(day_later, name):
            at = next(
                at + n * quarter for n in range(97) if offset(at + n * quarter, name) != offset(at, name)
            )
            yield at
        at = at.replace(hour=0, minute=0) + timedelta(days=1)


def offset(at: datetime, name: str) -> timedelta | None:
    return at.astimezone(ZoneInfo(name)).utcoffset()


def file_of(facts: Facts) -> bytes:
    return CalendarWriter(Wording()).write(facts, (), NOW).data


def wanted(facts: Facts) -> list[datetime]:
    """When the interviews begin, in UTC."""
    (application,) = facts.applications
    name = application.timezone or ""
    return [instant(i.starts_at, name, i.fold) for i in application.interviews]


@pytest.fixture(scope="module")
def ical_js() -> str:
    """The command that runs JavaScript; where it or ical.js is missing the test is skipped, but not in CI."""
    node = shutil.which("node")
    if (node is None or not ICAL_JS.exists()) and not IN_CI:
        pytest.skip(
            f"no node, or no ical.js: make {ICAL_JS.parents[2].relative_to(REPOSITORY)}/.package-lock.json"
        )
    assert node is not None
    return node


@pytest.mark.journey
def test_ical_js_reads_every_interview_at_its_instant(ical_js: str) -> None:
    worlds = [searching(*each) for each in YEARLY + STILL + IRREGULAR + ONE_YEAR]
    files = [file_of(facts) for facts in worlds]
    run = subprocess.run(
        [ical_js, READ, ICAL_JS],
        input=json.dumps([data.decode() for data in files]),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    for facts, data, found in zip(worlds, files, json.loads(run.stdout), strict=True):
        read = [datetime.fromtimestamp(found[uid], UTC) for uid in uids(data)]
        assert read == wanted(facts), facts.policy.timezone


def uids(data: bytes) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(data).walk("VEVENT")]


@pytest.mark.journey
@pytest.mark.parametrize(("name", "first", "last"), every(4, YEARLY + STILL + ONE_YEAR))
def test_outlook_reads_every_interview_at_its_instant(name: str, first: int, last: int) -> None:
    facts = searching(name, first, last)
    data = file_of(facts)
    found = outlook.starts(data)
    assert [found[uid].replace(tzinfo=UTC) for uid in uids(data)] == wanted(facts)


@pytest.mark.parametrize(("name", "first", "last"), every(3, YEARLY + STILL + IRREGULAR + ONE_YEAR))
def test_icalendar_and_dateutil_read_every_interview_at_its_instant(name: str, first: int, last: int) -> None:
    facts = searching(name, first, last)
    data = file_of(facts)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [event.decoded("DTSTART").astimezone(UTC) for event in events] == wanted(facts)
    if name == "UTC":
        return
    zone = tzical(io.StringIO(zone_rules(name, first, last).decode())).get(name)
    assert zone is not None
    found = []
    for event in events:
        start: Any = event["DTSTART"]
        there = zone if start.params.get("TZID") == name else UTC
        found.append(start.dt.replace(tzinfo=there).astimezone(UTC))
    assert found == wanted(facts)


@tabled("name, first, last", YEARLY)
def test_a_zone_with_a_yearly_rule_has_two_parts_and_the_rule(name: str, first: int, last: int) -> None:
    rules = zone_rules(name, first, last)
    assert (rules.count(b"BEGIN:STANDARD"), rules.count(b"BEGIN:DAYLIGHT")) == (1, 1)
    assert rules.count(b"RRULE:FREQ=YEARLY;BYDAY=") == 2
    assert b"RDATE" not in rules


@pytest.mark.parametrize(("name", "first", "last"), STILL[:-1])
def test_a_zone_whose_clocks_stand_still_has_one_part(name: str, first: int, last: int) -> None:
    rules = zone_rules(name, first, last)
    assert (rules.count(b"BEGIN:STANDARD"), rules.count(b"BEGIN:DAYLIGHT")) == (1, 0)


@tabled("name, first, last", IRREGULAR)
def test_a_zone_without_a_rule_has_a_part_for_each_onset(name: str, first: int, last: int) -> None:
    rules = zone_rules(name, first, last)
    onsets = list(turns(name, first, last))
    assert rules.count(b"DTSTART:") == len(onsets) + 1
    assert b"RDATE" not in rules
    assert b"RRULE" not in rules
