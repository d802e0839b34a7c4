"""Searches with full, empty, clashing and clock-changing weeks around Wednesday 14 October 2026 in Madrid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from followup_desktop.domain.model import (
    Application,
    Contact,
    Facts,
    Interview,
    InterviewKind,
    Reminder,
    Stage,
)
from tests.ui import situations
from tests.ui.situations import POLICY, utc

PEOPLE = tuple(
    Contact(id=f"p{n}", name=name, employer="Acme")
    for n, name in enumerate(("Ana Ruiz", "Tom Berg", "Lena Park", "Sam Lee", "Mia Vogel", "Eva Sanz"))
)


def meeting(
    name: str, starts_at: str, minutes: int = 60, *, zone: str = "Europe/Madrid", people: tuple[str, ...] = ()
) -> Application:
    """An application to an employer of that name, with an interview of the same id in lower case."""
    interview = Interview(
        id=name.lower(),
        starts_at=datetime.fromisoformat(starts_at),
        minutes=minutes,
        timezone=zone,
        kind=InterviewKind.VIDEO,
        interviewers=people,
    )
    return Application(
        id=f"{name.lower()}-application",
        employer=name,
        role="Data Engineer",
        stage=Stage.INTERVIEWING,
        stage_at=utc(9, 20, 8),
        applied_on=date(2026, 9, 14),
        timezone=zone,
        country="ES-MD",
        contacts=people,
        interviews=(interview,),
    )


def search(*applications: Application, reminders: tuple[Reminder, ...] = ()) -> Facts:
    """These applications, with a holiday on Monday and the user away in the last week of the month."""
    policy = replace(POLICY, away=((date(2026, 10, 29), date(2026, 10, 31)),))
    return replace(
        situations.nothing(),
        policy=policy,
        contacts=PEOPLE,
        applications=applications,
        reminders=reminders,
        search=replace(situations.nothing().search, paused=True),
    )


def busy() -> Facts:
    """Interviews on most days, one in New York, a day with many people to thank, everything of Today."""
    everyone = tuple(person.id for person in PEOPLE)
    base = situations.twelve()
    reminder = Reminder(id="m", title="Renew the certificate", at=datetime(2026, 10, 15, 9))  # noqa: DTZ001
    more = search(
        meeting("Cyberdyne", "2026-10-13T10:00", 90, people=everyone),
        meeting("Weyland", "2026-10-15T10:00", 60, zone="America/New_York"),
        meeting("Aperture", "2026-10-16T09:30", 120),
        meeting("Oscorp", "2026-10-16T12:00", 30),
        meeting("Duff", "2026-10-20T15:00", 45),
        meeting("Pied-Piper", "2026-10-22T11:00", 60),
        reminders=(reminder,),
    )
    return replace(
        more,
        contacts=(*base.contacts, *more.contacts),
        applications=(*base.applications, *more.applications),
    )


def empty() -> Facts:
    """Nothing planned at all."""
    return situations.nothing()


def clash() -> Facts:
    """Two interviews at once on Thursday, and three on Friday."""
    return search(
        meeting("Acme", "2026-10-15T10:00", 60),
        meeting("Globex", "2026-10-15T04:30", 60, zone="America/New_York"),
        meeting("Initech", "2026-10-16T10:00", 120),
        meeting("Umbrella", "2026-10-16T11:00", 120),
        meeting("Hooli", "2026-10-16T11:30", 30),
    )


def clocks() -> Facts:
    """The week in which the clocks go back, with an interview in the hour that comes twice."""
    return search(
        meeting("Sony", "2026-10-25T10:00", 90, zone="Asia/Tokyo"),
        meeting("Acme", "2026-10-22T10:00", 60),
        meeting("Canberra", "2026-10-25T12:30", 60, zone="Australia/Sydney"),
    )
