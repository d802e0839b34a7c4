"""Short ways to state facts in the tests of the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from followup_desktop.domain.casefile import PlanBasis
from followup_desktop.domain.model import (
    Acceptance,
    Application,
    CallOutcome,
    Contact,
    Employer,
    Event,
    EventKind,
    FollowUp,
    Interview,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import plan

MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")
NEW_YORK = Policy(timezone="America/New_York", country="US")


def at(text: str, zone: str = "Europe/Madrid") -> datetime:
    """The instant of a wall time like ``2026-10-14 11:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall(moment: datetime, zone: str = "Europe/Madrid") -> str:
    """The wall time of an instant, with the zone's abbreviation."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M %Z")


def interview(start: str, minutes: int = 60, id_: str = "i1", **fields: Any) -> Interview:
    return Interview(id=id_, starts_at=datetime.fromisoformat(start), minutes=minutes, **fields)


def event(kind: EventKind, when: str, id_: str = "e1", zone: str = "Europe/Madrid", **fields: Any) -> Event:
    return Event(id=id_, kind=kind, at=at(when, zone), **fields)


def call(outcome: CallOutcome, when: str, id_: str = "e1", **fields: Any) -> Event:
    return event(EventKind.CALL, when, id_, outcome=outcome, **fields)


def into(stage: Stage, when: str, id_: str = "s1", zone: str = "Europe/Madrid") -> Event:
    return event(EventKind.STAGE, when, id_, zone, to_stage=stage)


def application(id_: str = "a1", stage: Stage = Stage.INTERVIEWING, **fields: Any) -> Application:
    return Application(id=id_, employer="Acme", role="Data Engineer", stage=stage, **fields)


def planned(
    *applications: Application,
    policy: Policy = MADRID,
    contacts: tuple[Contact, ...] = (),
    acceptance: Acceptance | None = None,
) -> dict[str, FollowUp]:
    """The plan of one employer, by key."""
    employer = Employer(applications=applications, contacts={c.id: c for c in contacts})
    return {f.key: f for f in plan(employer, PlanBasis(policy, acceptance))}


def only(plan_: dict[str, FollowUp], rule: Rule) -> FollowUp:
    """The one follow-up of that rule."""
    (found,) = [f for f in plan_.values() if f.rule is rule]
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)
