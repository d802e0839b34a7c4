"""A desk to work at: a store in memory with its plan, a clock that is set, and the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from followup_desktop.domain.model import Application, Contact, Facts, FollowUp, Policy, Rule, Stage
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.rows import FollowUpGroup, FollowUpRow, TodayPage, TodaySection
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store

MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")


def madrid(text: str) -> datetime:
    """The instant of a wall time in Madrid: ``madrid("2026-10-14T10:00")``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Madrid")).astimezone(UTC)


class Desk:
    """Everything that the services offer, at an instant that the test sets."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = madrid("2026-10-14T11:00")
        self.wording = Wording()
        numbers = count(1)
        self.tracker = Tracker(store, lambda: self.now, self.wording, lambda: f"new{next(numbers)}")
        self.overview = Overview(store, self.wording)

    def put(
        self, *applications: Application, contacts: tuple[Contact, ...] = (), policy: Policy = MADRID
    ) -> None:
        """Make these all the facts."""
        facts = Facts(policy=policy, applications=applications, contacts=contacts)
        with self.store.transaction("Set the table") as t:
            t.put_facts(facts)

    def follow_up(self, rule: Rule, application: str | None = "a1") -> FollowUp:
        """The first follow-up of a rule."""
        return next(f for f in self.store.follow_ups() if f.rule is rule and f.application == application)

    def rules(self) -> set[Rule]:
        return {f.rule for f in self.store.follow_ups()}

    def application(self, application_id: str = "a1") -> Application:
        return self.store.application(application_id)


def in_sections(page: TodayPage) -> dict[TodaySection, tuple[FollowUpRow | FollowUpGroup, ...]]:
    """The page's sections, the one thing to do at the head of its own."""
    found = dict(page.sections)
    if page.first is not None:
        found[page.first.section] = (page.first, *found.get(page.first.section, ()))
    return found


def acme(stage: Stage = Stage.INTERVIEWING, **fields: object) -> Application:
    """An application to Acme in Madrid."""
    values: dict[str, object] = {
        "id": "a1",
        "employer": "Acme",
        "role": "Data Engineer",
        "stage": stage,
        "stage_at": madrid("2026-09-20T10:00"),
        "applied_on": madrid("2026-09-14T10:00").date(),
        "timezone": "Europe/Madrid",
        "country": "ES-MD",
    }
    return Application(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def desk() -> Iterator[Desk]:
    store = Store(open_database(None))
    Planner(store)
    yield Desk(store)
    store.close()
