"""What the figures count as done in time, or not, against the rules that ask for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.model import (
    Application,
    Event,
    EventKind,
    Facts,
    FollowUp,
    Interview,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import plan_facts
from followup_desktop.domain.rules.table import row_of, rules_where
from followup_desktop.domain.worktime import at, date_of
from followup_desktop.services.reading.insights import Insights
from followup_desktop.services.rows.figures import InsightQuery
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording.insights import in_time_names
from followup_desktop.storage.database import open_database
from followup_desktop.storage.insights import FEEDBACK_COUNTS_DAYS
from followup_desktop.storage.store import Store
from tests import strategies
from tests.services.conftest import Desk, acme, madrid

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def counted_between(follow_up: FollowUp, zone: str) -> tuple[datetime, datetime] | None:
    """From when on one that isn't done may be counted, and from when on it has to be."""
    if follow_up.rule is Rule.ASK_FEEDBACK:
        # Counted from the rejection, asked for from a weekday.
        until = follow_up.opens_at + FEEDBACK_COUNTS_DAYS * DAY
        return until, until
    if follow_up.rule in {Rule.APPLY, Rule.OFFER_REPLY} and follow_up.deadline_at is not None:
        return follow_up.deadline_at, at(date_of(follow_up.deadline_at, zone) + DAY, time(), zone)
    last = follow_up.deadline_at or follow_up.expires_at
    return None if last is None else (last, last)


def undone(store: Store, rule: Rule, now: datetime) -> int:
    figures = Insights(store).figures(InsightQuery(), now)
    return sum(each.n - each.done for each in figures.in_time if each.rule is rule)


def test_what_is_counted_as_done_in_time_has_a_name() -> None:
    assert set(in_time_names()) == rules_where(lambda row: bool(row.in_time))


@given(strategies.facts(), st.sampled_from((Stage.SAVED, Stage.INTERVIEWING, Stage.OFFER, Stage.REJECTED)))
def test_what_is_not_done_is_counted_from_when_the_time_of_its_rule_is_up(facts: Facts, stage: Stage) -> None:
    """The rules and the figures reckon that each for itself."""
    for application in facts.applications:
        alone = replace(facts, applications=(in_own_zone(application, stage),), reminders=())
        timed = [each for each in plan_facts(alone) if row_of(each.rule).in_time]
        if not timed:
            continue
        store = Store(open_database(None))
        try:
            Planner(store)
            with store.transaction("Put") as t:
                t.put_facts(alone)
            for each in timed:
                if (between := counted_between(each, facts.policy.timezone)) is not None:
                    before, since = between
                    assert undone(store, each.rule, before - SECOND) < undone(store, each.rule, since), each
        finally:
            store.close()


def test_a_thank_you_for_another_interview_is_none_for_that_day(desk: Desk) -> None:
    days = [datetime.fromisoformat(each) for each in ("2026-10-01T09:00", "2026-10-05T09:00")]
    held = tuple(Interview(id=f"i{n}", starts_at=at, minutes=60) for n, at in enumerate(days))
    late = Event(id="e", kind=EventKind.THANK_YOU, at=madrid("2026-10-05T12:00"), interview="i0")
    desk.put(acme(interviews=held, events=(late,)))
    assert undone(desk.store, Rule.THANK_YOU, madrid("2026-10-07T12:00")) == 2


def in_own_zone(application: Application, stage: Stage) -> Application:
    """It in the user's own zone and in this stage, and no interview within another."""
    return replace(
        application,
        timezone=None,
        stage=stage,
        archived=False,
        interviews=tuple(replace(each, minutes=30) for each in application.interviews),
        events=tuple(each for each in application.events if each.kind is not EventKind.STAGE),
    )
