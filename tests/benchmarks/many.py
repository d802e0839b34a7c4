"""A long search of any size, the same for the same size and instant: what the benchmarks measure on."""

from __future__ import annotations

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
_ENDS = (Stage.REJECTED, Stage.REJECTED, Stage.NO_RESPONSE, Stage.WITHDRAWN)
_PLACES = (
    ("Europe/Madrid", "ES-MD"),
    ("Europe/Berlin", "DE-BE"),
    ("America/New_York", "US-NY"),
    (None, None),
)
"""Zone and country of the employers."""


def many(count: int, now: datetime, live: int | None = None) -> Facts:
    """So many applications, of which ``live`` began in the last months and call for something about now.

    The others ended years ago; without a number all are live. Each has 3 events and, in the mean, as
    good as 1.5 interviews.
    """
    random = Random(count)
    contacts = tuple(
        Contact(id=f"c{number:06}", name=f"Person {number}", email=f"p{number}@example.org", phone="+34 600")
        for number in range(count // 4 + 1)
    )
    live = count if live is None else min(live, count)
    applications = tuple(
        _application(number, count, now, contacts[number // 4].id, random, live=number % count < live)
        for number in range(count)
    )
    policy = Policy(timezone="Europe/Madrid", country="ES-MD")
    return Facts(policy=policy, contacts=contacts, applications=applications)


def _application(
    number: int, count: int, now: datetime, met: str, random: Random, *, live: bool
) -> Application:
    day = now if live else now - timedelta(days=random.randint(200, 4000))
    began = day - timedelta(days=random.randint(5, 60), minutes=random.randint(0, 1000))
    stage = random.choice(_STAGES if live else _ENDS)
    zone, country = random.choice(_PLACES)
    talked = 1 if stage in {Stage.INTERVIEWING, Stage.OFFER} else 0
    interviews = (1 + random.randint(0, 2)) * talked if live else random.randint(0, 3)
    saved = stage is Stage.SAVED
    return Application(
        id=f"a{number:06}",
        employer=f"{' '.join(random.sample(_WORDS, 2))} {number % (count // 2 + 1)}",
        role=random.choice(_ROLES),
        stage=stage,
        stage_at=began + timedelta(days=2) if live else day,
        applied_on=None if saved else began.date(),
        closes_on=(now + timedelta(days=random.randint(-2, 12))).date() if saved else None,
        timezone=zone,
        country=country,
        contacts=(met,),
        interviews=tuple(
            Interview(
                id=f"i{number:06}-{place}",
                starts_at=_on_the_hour(day, random, place, live=live),
                minutes=60,
                interviewers=(met,),
            )
            for place in range(interviews)
        ),
        events=tuple(
            Event(
                id=f"e{number:06}-{place}",
                kind=EventKind.NOTE,
                at=began + timedelta(days=place),
                note="Looks well",
            )
            for place in range(3)
        ),
    )


def _on_the_hour(day: datetime, random: Random, place: int, *, live: bool) -> datetime:
    """The wall clock's time of an interview: of a live one about now, of another before it ended."""
    days = random.randint(-40, 20) if live else -random.randint(1, 30)
    held = day + timedelta(days=days, hours=random.randint(-5, 5) + 2 * place)
    return held.replace(minute=0, second=0, microsecond=0, tzinfo=None)
