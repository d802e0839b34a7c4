"""A long search of any size, the same for the same size and instant: what the benchmarks measure on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from followup_desktop.domain.model import (
    Application,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Stage,
)

_WORDS = ("Acme", "Initech", "Globex", "Umbrella", "Hooli", "Stark", "Wayne", "Data", "Cloud", "Labs")
_ROLES = ("Data Engineer", "Platform Lead", "Analyst", "Designer")
_STAGES = (
    *(Stage.APPLIED,) * 5,
    *(Stage.INTERVIEWING,) * 3,
    Stage.SAVED,
    Stage.OFFER,
    *(Stage.REJECTED,) * 2,
)
_PLACES = (
    ("Europe/Madrid", "ES-MD"),
    ("Europe/Berlin", "DE-BE"),
    ("America/New_York", "US-NY"),
    (None, None),
)
"""Zone and country of the employers."""


def many(count: int, now: datetime) -> Facts:
    """So many applications of the last months, most of which call for something about that instant."""
    random = Random(count)
    contacts = tuple(
        Contact(id=f"c{number:05}", name=f"Person {number}", email=f"p{number}@example.org", phone="+34 600")
        for number in range(count // 4 + 1)
    )
    applications = tuple(_applications(count, now, contacts, random))
    policy = Policy(timezone="Europe/Madrid", country="ES-MD")
    return Facts(policy=policy, contacts=contacts, applications=applications)


def _applications(
    count: int, now: datetime, contacts: tuple[Contact, ...], random: Random
) -> Iterator[Application]:
    for number in range(count):
        began = now - timedelta(days=random.randint(5, 60), minutes=random.randint(0, 1000))
        stage = random.choice(_STAGES)
        zone, country = random.choice(_PLACES)
        met = contacts[number // 4].id
        talked = stage in {Stage.INTERVIEWING, Stage.OFFER}
        held = (now + timedelta(days=random.randint(-40, 20), hours=random.randint(-5, 5))).replace(
            minute=0, second=0, tzinfo=None
        )
        interview = Interview(id=f"i{number:05}", starts_at=held, minutes=60, interviewers=(met,))
        note = Event(id=f"e{number:05}", kind=EventKind.NOTE, at=began, note="Looks well")
        yield Application(
            id=f"a{number:05}",
            employer=f"{' '.join(random.sample(_WORDS, 2))} {number % (count // 2 + 1)}",
            role=random.choice(_ROLES),
            stage=stage,
            stage_at=began + timedelta(days=2),
            applied_on=None if stage is Stage.SAVED else began.date(),
            closes_on=(now + timedelta(days=random.randint(-2, 12))).date() if stage is Stage.SAVED else None,
            timezone=zone,
            country=country,
            contacts=(met,),
            interviews=(interview,) if talked else (),
            events=(note,),
        )
