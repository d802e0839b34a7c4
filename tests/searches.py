"""Searches of any size as they go: most get no answer, some an interview, few an offer. Always the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Stage,
)

_SOURCES = ("LinkedIn", "LinkedIn", "Company site", "Company site", "Referral", "Job fair", "")
_OUTCOMES = tuple(CallOutcome)


def search(count: int, now: datetime, *, days: int = 150, zone: str = "Europe/Madrid") -> Facts:
    """So many applications sent within the last days, evenly."""
    random = Random(count)
    made = tuple(_application(n, now, days * (count - n) / count, random) for n in range(count))
    return Facts(policy=Policy(timezone=zone, country="ES-MD"), applications=made)


def _application(number: int, now: datetime, ago: float, random: Random) -> Application:
    sent = now - timedelta(days=ago)
    name = f"s{number:05}"
    events: list[Event] = []
    interviews: list[Interview] = []

    def add(
        kind: EventKind, at: datetime, to: Stage | None = None, outcome: CallOutcome | None = None
    ) -> bool:
        if at <= now:
            before = next((e.to_stage for e in reversed(events) if e.to_stage), Stage.APPLIED)
            events.append(
                Event(
                    id=f"{name}-{len(events)}",
                    kind=kind,
                    at=at,
                    outcome=outcome,
                    from_stage=before if to else None,
                    to_stage=to,
                )
            )
        return at <= now

    stage = Stage.APPLIED
    chance = random.random()
    answer = sent + timedelta(days=min(random.expovariate(1 / 8) + 1, 45))
    if chance < 0.25:
        stage = Stage.REJECTED if add(EventKind.STAGE, answer, Stage.REJECTED) else stage
    elif chance < 0.5 and add(EventKind.STAGE, answer, Stage.INTERVIEWING):
        stage = Stage.INTERVIEWING
        talk = (answer + timedelta(days=random.randint(2, 8))).replace(
            hour=random.choice((8, 9, 13, 14)), minute=0, second=0, microsecond=0
        )
        interviews.append(
            Interview(
                id=f"{name}-i",
                starts_at=talk.replace(tzinfo=None),
                minutes=60,
                debriefed_at=talk + timedelta(hours=5) if talk < now and random.random() < 0.8 else None,
            )
        )
        if random.random() < 0.8:
            add(EventKind.THANK_YOU, talk + timedelta(hours=3))
        call = (talk + timedelta(days=random.randint(6, 12))).replace(hour=random.choice((8, 9, 10, 13)))
        add(EventKind.CALL, call, outcome=random.choice(_OUTCOMES))
        decided = talk + timedelta(days=random.randint(4, 20))
        ends = random.choice((Stage.REJECTED, Stage.REJECTED, Stage.OFFER, Stage.NO_RESPONSE, None))
        if ends is not None and add(EventKind.STAGE, decided, ends):
            stage = ends
            if ends is Stage.REJECTED and random.random() < 0.5:
                add(EventKind.FEEDBACK_REQUEST, decided + timedelta(days=2))
    elif chance < 0.75 and ago > 45:
        stage = Stage.NO_RESPONSE
    elif chance < 0.8:
        stage = Stage.WITHDRAWN
    return Application(
        id=name,
        employer=f"Employer {number % (number // 2 + 1)}",
        role="Analyst",
        stage=stage,
        stage_at=events[-1].at if events else sent,
        applied_on=sent.astimezone(UTC).date(),
        source=random.choice(_SOURCES),
        tags=("remote",) if number % 3 == 0 else (),
        archived=stage is Stage.NO_RESPONSE,
        events=tuple(events),
        interviews=tuple(interviews),
    )
