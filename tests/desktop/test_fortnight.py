"""A fortnight of one application by a moved clock: what is announced, and when; summer time ends in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.desktop.program import FakeClock, RunningProgram, facts, problems, utc
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

MADRID = ZoneInfo("Europe/Madrid")
"""Clocks go back there on Sunday, 25 October 2026."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time in Madrid at which these notifications are due, and what the user has noted just before."""

    at: str
    titles: tuple[str, ...]
    events: tuple[dict[str, Any], ...] = ()
    debriefed: bool = False

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=MADRID).astimezone(UTC)


def event(number: int, kind: str, wall: str, **more: str) -> dict[str, Any]:
    at = utc(datetime.fromisoformat(wall).replace(tzinfo=MADRID))
    return {"id": f"e{number}", "kind": kind, "at": at, **more}


THANKS = event(1, "thank_you", "2026-10-20T20:40", contact="c1", interview="i1")
FIRST_CALL = event(2, "call", "2026-10-27T10:20", outcome="left_message")
SECOND_CALL = event(3, "call", "2026-10-30T14:20", outcome="no_answer")

FORTNIGHT = (
    Moment("2026-10-19T18:00", ("Prepare for Acme",)),
    Moment("2026-10-20T08:00", ("Prepare for Acme",)),
    Moment("2026-10-20T11:30", ("How did it go at Acme?",)),
    Moment("2026-10-20T13:00", ("Thank Ana Ruiz",), debriefed=True),
    Moment("2026-10-20T20:30", ("Thank Ana Ruiz",)),
    Moment("2026-10-27T10:00", ("Call Acme about the position",), events=(THANKS,)),
    Moment("2026-10-30T14:00", ("Call Acme — second and last attempt",), events=(FIRST_CALL,)),
    Moment("2026-11-04T10:00", ("Move on from Acme?",), events=(SECOND_CALL,)),
)
"""They said Friday the 23rd: two working days later is Tuesday the 27th, the third after that the 30th."""


def content(moment: Moment, events: list[dict[str, Any]], debriefed_at: str | None) -> dict[str, Any]:
    interview: dict[str, Any] = {
        "id": "i1",
        "starts_at": "2026-10-20T10:00",
        "timezone": "Europe/Madrid",
        "minutes": 60,
        "interviewers": ["c1"],
    }
    if debriefed_at:
        interview |= {"debriefed_at": debriefed_at, "reply_by": "2026-10-23", "process": "a call"}
    application = {
        "id": "a1",
        "employer": "Acme",
        "role": "Data Engineer",
        "stage": "interviewing",
        "timezone": "Europe/Madrid",
        "interviews": [interview],
        "events": events,
    }
    return facts(application, timezone="Europe/Madrid", min_active_applications=0)


def test_each_notification_of_a_fortnight_comes_at_its_moment_and_no_other(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("faketime")
    clock = FakeClock(session, FORTNIGHT[0].instant - timedelta(hours=2))
    program = RunningProgram(session, content(FORTNIGHT[0], [], None))
    program.start(**clock.env)
    expected: list[str] = []
    events: list[dict[str, Any]] = []
    debriefed_at = None

    def titles() -> list[str]:
        return [each.title for each in session.received()]

    def look(at: datetime) -> None:
        """Let it be that instant, and the program look; it has looked when the marker is announced."""
        clock.set(at)
        marker = f"Looked at {at:%d %H:%M}"
        source = session.folder / "now.json"
        facts_now = content(FORTNIGHT[0], events, debriefed_at)
        wall = f"{at - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
        facts_now["reminders"] = [{"id": marker, "title": marker, "at": wall, "timezone": "UTC"}]
        source.write_text(json.dumps(facts_now), "utf-8")
        program.command("import", str(source))
        program.raise_window()
        wait_until(lambda: any(marker in title for title in titles()), 60, marker)

    for moment in FORTNIGHT:
        events += moment.events
        if moment.debriefed and debriefed_at is None:
            debriefed_at = utc(moment.instant - timedelta(hours=1))
        look(moment.instant - timedelta(minutes=1))
        told = [title for title in titles() if not title.startswith("Looked at")]
        assert told == expected, f"a minute before {moment.at}"
        look(moment.instant)
        expected += moment.titles
        told = [title for title in titles() if not title.startswith("Looked at")]
        assert told == expected, f"at {moment.at}"
    program.leave()
    assert problems(program.folder) == ""
