"""The sample search shows every rule and every stage, whenever it is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from followup_desktop.domain.agenda import is_gone, is_open, state_at
from followup_desktop.domain.model import Facts, FollowUpState, Rule, Stage
from followup_desktop.domain.rules import plan_facts
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.transfer.interchange import merge, read, write
from tests.tables import tabled

MADRID, NEW_YORK, TOKYO = "Europe/Madrid", "America/New_York", "Asia/Tokyo"


def _at(zone: str, *wall: int) -> datetime:
    return datetime(*wall, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


MOMENTS = [
    (_at(MADRID, 2026, 10, 14, 12), MADRID),
    (_at(MADRID, 2026, 10, 12, 9, 30), MADRID),
    (_at(MADRID, 2026, 10, 19, 8), MADRID),
    (_at(MADRID, 2026, 10, 17, 14), MADRID),
    (_at(MADRID, 2026, 10, 18, 3, 15), MADRID),
    (_at(MADRID, 2026, 10, 25, 2, 30), MADRID),
    (_at(MADRID, 2027, 3, 28, 13, 59), MADRID),
    (_at(MADRID, 2026, 12, 31, 23, 50), MADRID),
    (_at(NEW_YORK, 2026, 11, 26, 10), NEW_YORK),
    (_at(NEW_YORK, 2027, 1, 1, 0, 5), NEW_YORK),
    (_at(TOKYO, 2027, 5, 3, 20), TOKYO),
    (_at("Pacific/Auckland", 2028, 2, 29, 15), "Pacific/Auckland"),
]


@tabled("now, zone", MOMENTS)
def test_every_rule_has_a_follow_up_that_is_not_past(now: datetime, zone: str) -> None:
    facts = sample_facts(now, zone)
    choices = {choice.key: choice for choice in facts.choices}
    living = {f.rule for f in plan_facts(facts) if not is_gone(state_at(f, choices.get(f.key), now))}
    assert living == set(Rule)


@tabled("now, zone", MOMENTS)
def test_thanks_are_due_and_others_late_whatever_the_time(now: datetime, zone: str) -> None:
    plan = plan_facts(sample_facts(now, zone))
    states = [state_at(f, None, now) for f in plan if f.rule is Rule.THANK_YOU and is_open(f, None, now)]
    assert states.count(FollowUpState.DUE) >= 2
    assert FollowUpState.LATE in states
    assert any(f.rule is Rule.MANUAL and state_at(f, None, now) is FollowUpState.DUE for f in plan)


def test_every_stage_long_and_foreign_names_and_empty_fields_are_shown() -> None:
    facts = sample_facts(*MOMENTS[0])
    assert {a.stage for a in facts.applications} == set(Stage)
    assert max(len(a.employer) for a in facts.applications) == 60
    text = "".join(a.employer for a in facts.applications) + "".join(c.name for c in facts.contacts)
    assert all(any(low <= c <= high for c in text) for low, high in ("あ鿿", "ءي", "Ая"))
    assert any(a.archived for a in facts.applications)
    assert any(not a.contacts and not a.notes for a in facts.applications)
    assert any(len(i.interviewers) > 1 for a in facts.applications for i in a.interviews)
    assert len({a.timezone for a in facts.applications}) >= 3


@tabled("now, zone", MOMENTS)
def test_it_is_the_same_for_the_same_instant_and_survives_the_file(now: datetime, zone: str) -> None:
    facts = sample_facts(now, zone)
    assert facts == sample_facts(now, zone)
    text = write(facts)
    assert write(merge(read(text.encode()), Facts()).facts) == text
    assert all(e.at <= now for a in facts.applications for e in a.events)
