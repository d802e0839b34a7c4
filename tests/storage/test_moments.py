"""What is to be announced, by one indexed query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain import agenda
from followup_desktop.domain.model import Choice, Facts, FollowUp, LastAnnouncement, Reminder, Rule, Stage
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import plans
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import seconds
from followup_desktop.storage.today_entries import ListSlot
from tests import strategies
from tests.benchmarks.many import many
from tests.storage.conftest import ACME, NOW, put_acme
from tests.storage.listed import listed_follow_ups

HOUR = timedelta(hours=1)


@pytest.fixture
def thanks(acme: Store) -> FollowUp:
    """A thank-you with one reminder, open for a while."""
    follow_up = acme.follow_up("thank_you/a1/2026-10-14/c1")
    assert follow_up is not None
    assert len(follow_up.remind_at) == 1
    assert follow_up.opens_at < follow_up.due_at < follow_up.remind_at[0]
    return follow_up


def keys_due(store: Store, now: datetime) -> set[str]:
    return {follow_up.key for follow_up, _, _ in store.moments_due(now)}


def choose(store: Store, choice: Choice) -> None:
    with store.transaction("Choose") as transaction:
        transaction.put_choice(choice)


def test_each_moment_is_due_until_it_is_announced(acme: Store, thanks: FollowUp) -> None:
    due, remind = thanks.due_at, thanks.remind_at[0]
    assert thanks.key not in keys_due(acme, due - timedelta(seconds=1))
    assert thanks.key in keys_due(acme, due)
    assert thanks.key in keys_due(acme, due + HOUR)
    acme.record_announced([LastAnnouncement(key=thanks.key, announced_at=due + HOUR)])
    assert thanks.key not in keys_due(acme, due + HOUR)
    assert thanks.key not in keys_due(acme, remind - timedelta(seconds=1))
    assert thanks.key in keys_due(acme, remind)


def test_what_a_file_says_was_announced_is_not_due(acme: Store, thanks: FollowUp) -> None:
    """Nothing else of the application is another, and what was announced is not recorded."""
    facts, due = acme.facts(), thanks.due_at
    told = LastAnnouncement(key=thanks.key, announced_at=due)
    for announced in ((told,), ()):
        with acme.transaction("Put") as t:
            t.put_facts(replace(facts, announced=announced))
        assert (thanks.key in keys_due(acme, due)) is (not announced)
    with acme.transaction("Import") as t:
        t.put_changes(facts, replace(facts, announced=(told,)))
    assert thanks.key not in keys_due(acme, due)


def test_what_a_backup_says_was_announced_counts_again(first: Store, tmp_path: Path) -> None:
    put_acme(first)
    thanks = next(each for each in first.follow_ups() if each.rule is Rule.THANK_YOU)
    told = LastAnnouncement(key=thanks.key, announced_at=thanks.due_at)
    before = first.make_backup(tmp_path / "before.sqlite3", Why.ASKED, NOW)
    first.record_announced([told])
    after = first.make_backup(tmp_path / "after.sqlite3", Why.ASKED, NOW)
    first.put_back(before.file, "Restore")
    assert thanks.key in keys_due(first, thanks.due_at)
    first.put_back(after.file, "Restore")
    assert thanks.key not in keys_due(first, thanks.due_at)


def test_again_at_is_a_moment(acme: Store, thanks: FollowUp) -> None:
    again = thanks.due_at + 2 * HOUR
    acme.record_announced([LastAnnouncement(key=thanks.key, announced_at=thanks.due_at, again_at=again)])
    assert thanks.key not in keys_due(acme, again - timedelta(seconds=1))
    (found,) = [row for row in acme.moments_due(again) if row[0].key == thanks.key]
    assert found == (thanks, None, acme.announced(thanks.key))


def test_a_snooze_silences_and_adds_its_end(acme: Store, thanks: FollowUp) -> None:
    until = thanks.due_at + 3 * HOUR
    choice = Choice(key=thanks.key, made_at=thanks.due_at, snoozed_until=until)
    choose(acme, choice)
    assert thanks.key not in keys_due(acme, until - timedelta(seconds=1))
    (found,) = [row for row in acme.moments_due(until) if row[0].key == thanks.key]
    assert found == (thanks, choice, None)


def test_a_skip_silences_and_a_void_choice_does_not(acme: Store, thanks: FollowUp) -> None:
    choose(acme, Choice(key=thanks.key, made_at=thanks.opens_at, skipped=True))
    assert thanks.key not in keys_due(acme, thanks.due_at)
    choose(acme, Choice(key=thanks.key, made_at=thanks.opens_at - timedelta(seconds=1), skipped=True))
    (found,) = [row for row in acme.moments_due(thanks.due_at) if row[0].key == thanks.key]
    assert found == (thanks, None, None)


def test_nothing_is_due_once_it_has_expired(acme: Store, thanks: FollowUp) -> None:
    assert thanks.expires_at is not None
    assert thanks.key in keys_due(acme, thanks.expires_at - timedelta(seconds=1))
    assert thanks.key not in keys_due(acme, thanks.expires_at)


def hours_from(at: datetime, hours: int) -> datetime:
    return at + hours * HOUR


def expected_moments(store: Store) -> list[tuple[FollowUp, datetime]]:
    found = []
    choices = store.choices()
    for follow_up in store.follow_ups():
        announced = store.announced(follow_up.key)
        again_at = announced.again_at if announced else None
        announced_at = announced.announced_at if announced else None
        for moment in agenda.moments(follow_up, choices.get(follow_up.key), again_at):
            expired = follow_up.expires_at is not None and follow_up.expires_at <= moment
            if not expired and (announced_at is None or announced_at < moment):
                found.append((follow_up, moment))
    return found


def expected_next(moments: list[tuple[FollowUp, datetime]], now: datetime) -> tuple[str, datetime] | None:
    """The first of them after an instant, of several at once that of the least key; no encouragement."""
    ahead = [(m, f.key) for f, m in moments if m > now and f.rule is not Rule.ENCOURAGEMENT]
    at, key = min(ahead, default=(None, ""))
    return None if at is None else (key, at)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Facts, datetime]:
    """Facts, and an instant to look at them."""
    return draw(strategies.facts(max_applications=2)), draw(strategies.instants())


@given(scene=scenes(), data=st.data())
def test_the_query_says_what_the_agenda_says(scene: tuple[Facts, datetime], data: st.DataObject) -> None:
    facts, now = scene
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Put") as transaction:
        transaction.put_facts(facts)
    plan = store.follow_ups()
    if plan:
        for follow_up in data.draw(st.lists(st.sampled_from(plan), max_size=3)):
            near = st.integers(-30, 30).map(partial(hours_from, follow_up.due_at))
            chosen = st.builds(
                Choice,
                key=st.just(follow_up.key),
                made_at=near,
                snoozed_until=st.none() | near | st.just(follow_up.due_at),
                skipped=st.sampled_from((False, False, True)),
            )
            announced = st.builds(
                LastAnnouncement,
                key=st.just(follow_up.key),
                announced_at=st.none() | near | st.just(follow_up.due_at),
                again_at=st.none() | near,
            )
            choose(store, data.draw(chosen))
            store.record_announced([data.draw(announced)])
        now = data.draw(st.just(now) | st.sampled_from(plan).map(lambda f: f.due_at + HOUR))
    moments = expected_moments(store)
    open_now = [f for f in plan if f.expires_at is None or f.expires_at > now]
    due = {f.key for f, moment in moments if moment <= now and f in open_now}
    assert [row[0].key for row in store.moments_due(now)] == [f.key for f in plan if f.key in due]
    assert store.next_announcement(now) == expected_next(moments, now)
    choices = store.choices()
    for follow_up in plan:
        is_due = agenda.is_due(follow_up, choices.get(follow_up.key), now)
        assert store.is_any_due([follow_up.key], now) == is_due
    for follow_up, choice, _ in store.moments_due(now):
        assert choice == agenda.valid_choice(store.choice(follow_up.key), follow_up)
    store.close()


@given(facts=strategies.facts(max_applications=2), now=strategies.instants(), hours=st.integers(0, 200))
def test_what_is_listed_is_what_the_agenda_says(facts: Facts, now: datetime, hours: int) -> None:
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Put") as transaction:
        transaction.put_facts(facts)
    until = now + hours * HOUR
    listed = {follow_up.key for follow_up, _ in listed_follow_ups(store, until, now)}
    entries = [
        each
        for (slot, _), alike in store.today_entries(until, until, now).items()
        for each in alike
        if slot != ListSlot.MISSED
    ]
    assert (len(entries), {each.key for each in entries}) == (len(listed), listed)
    ahead = [
        follow_up
        for follow_up in store.follow_ups()
        if follow_up.due_at > until
        and follow_up.opens_at > now
        and (follow_up.expires_at is None or follow_up.expires_at > now)
    ]
    later, count = store.later_entries(until, now, len(ahead) + 1)
    assert ({each.key for each in later}, count) == ({each.key for each in ahead}, len(ahead))
    assert [each.due for each in later] == sorted(each.due for each in later)
    assert store.later_entries(until, now, 2) == (later[:2], count)
    store.close()


def test_as_many_come_later_as_are_listed_there(store: Store) -> None:
    facts = many(60, NOW)
    taken = facts.applications[7]
    with store.transaction("Put") as transaction:
        transaction.put_facts(facts)
    met = set()
    for stage in (taken.stage, Stage.ACCEPTED):  # with a job, kind words about what was sent before it retire
        with store.transaction("Move") as transaction:
            transaction.put_application(replace(taken, stage=stage, stage_at=NOW))
        for days in range(-60, 30, 3):
            now = NOW + timedelta(days=days)
            for until in (now, now + timedelta(days=7)):
                later, count = store.later_entries(until, now, 1000)
                assert count == len(later)
                met |= {(stage, each.rule) for each in later}
    assert (taken.stage, Rule.ENCOURAGEMENT) in met
    assert (Stage.ACCEPTED, Rule.ENCOURAGEMENT) not in met


def choose_at_random(store: Store, random: Random, now: datetime) -> None:
    """Choices and announcements about a third of the plan, at whole hours, so that many fall together."""
    plan = store.follow_ups()

    def around(least: int, most: int) -> datetime:
        return now + random.randint(least, most) * HOUR

    with store.transaction("Choose") as transaction:
        for follow_up in random.sample(plan, len(plan) // 3):
            transaction.put_choice(
                Choice(
                    key=follow_up.key,
                    made_at=around(-240, 48),
                    snoozed_until=random.choice((None, around(-24, 96), around(-2, 6))),
                    skipped=random.random() < 0.2,
                )
            )
    store.record_announced(
        LastAnnouncement(
            key=follow_up.key,
            announced_at=random.choice((None, around(-48, 12))),
            again_at=random.choice((None, around(-24, 96), around(-2, 6))),
        )
        for follow_up in random.sample(plan, len(plan) // 3)
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_next_is_what_all_moments_read_one_by_one_say(store: Store, seed: int) -> None:
    random = Random(seed)
    with store.transaction("Put") as transaction:
        transaction.put_facts(many(60, NOW))
    choose_at_random(store, random, NOW)
    moments = expected_moments(store)
    instants = sorted({moment for _, moment in moments})
    asked = {NOW, *random.sample(instants, 40), instants[-1]}
    asked |= {at - timedelta(seconds=1) for at in asked}
    found = {now: store.next_announcement(now) for now in asked}
    assert found == {now: expected_next(moments, now) for now in asked}
    assert found[instants[-1]] is None
    assert len({at for _, at in filter(None, found.values())}) > 20


@pytest.mark.parametrize("ids", list(permutations(("m1", "m2", "m3"))), ids="-".join)
def test_of_moments_of_all_kinds_at_once_the_least_key_is_next(store: Store, ids: tuple[str, ...]) -> None:
    """One is due then, one is announced again then, and the snooze of one ends then."""
    then = datetime.fromisoformat("2026-10-14T18:00Z")
    before = then - HOUR
    with store.transaction("Put") as transaction:
        for name, wall in zip(ids, (20, 19, 19), strict=True):
            at = datetime(2026, 10, 14, wall)  # noqa: DTZ001 - a wall time
            transaction.put_reminder(Reminder(id=name, title="Own", at=at, timezone="Europe/Madrid"))
    planned = {one.key.split("/")[1]: one for one in store.follow_ups() if one.rule is Rule.MANUAL}
    due, again, snoozed = (planned[name] for name in ids)
    assert (due.due_at, again.due_at, snoozed.due_at) == (then, before, before)
    choose(store, Choice(key=snoozed.key, made_at=before, snoozed_until=then))
    store.record_announced([LastAnnouncement(key=again.key, announced_at=before, again_at=then)])
    for key in sorted((due.key, again.key, snoozed.key)):
        assert store.next_announcement(before) == (key, then)
        choose(store, Choice(key=key, made_at=then, skipped=True))
    assert store.next_announcement(before) is None


def test_what_comes_next_costs_no_more_where_much_comes_after_it() -> None:
    taken = []
    for count in (20, 400):
        store = Store(open_database(None))
        Planner(store)
        with store.transaction("Put") as transaction:
            transaction.put_facts(many(count, NOW))
        taken.append(steps(store, lambda store=store: store.next_announcement(NOW)))  # type: ignore[misc]
        store.close()
    assert taken[1] < 3 * taken[0]


def query_plan(store: Store, statement: str, values: dict[str, Any]) -> str:
    rows = store._database.sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return "\n".join(row[3] for row in rows)


def test_the_queries_of_the_heartbeat_use_their_indexes(store: Store) -> None:
    statement, values = plans.moments_due(None, None)
    due = query_plan(store, statement, values | {"now": 0})
    assert "announcement_by_rule (rule=? AND span=? AND at>? AND at<?)" in due
    assert "SEARCH enquiry_wait USING PRIMARY KEY (key=? AND since<?)" in due
    statement, values = plans.moments_due(None, 1)
    at_night = query_plan(store, statement, values | {"now": 0})
    assert "announcement_by_start (starts_at>? AND starts_at<?)" in at_night
    upcoming = query_plan(store, plans.NEXT_ANNOUNCEMENT, {"now": 0})
    assert upcoming == "SEARCH announcement USING PRIMARY KEY (at>?)"


def steps(store: Store, act: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes for it."""
    taken = 0

    def note(event: dict[str, Any]) -> None:
        nonlocal taken
        taken += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]

    connection = store._database.connection
    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, note)
    act()
    connection.trace_v2(0)
    return taken


def all_announced(store: Store, now: datetime) -> None:
    store.record_announced(
        LastAnnouncement(key=row[0].key, announced_at=now) for row in store.moments_due(now)
    )


def test_what_is_over_or_was_announced_costs_the_heartbeat_nothing() -> None:
    taken = []
    for count in (20, 400):
        store = Store(open_database(None))
        Planner(store)
        with store.transaction("Put") as transaction:
            transaction.put_facts(many(count, NOW, live=10))
        all_announced(store, NOW)
        assert store.follow_ups(), "many of them are over"
        taken.append(steps(store, lambda store=store: store.moments_due(NOW)))  # type: ignore[misc]
        store.close()
    assert taken[1] <= taken[0] * 1.1


def test_what_is_held_back_is_not_read() -> None:
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Put") as transaction:
        transaction.put_facts(many(400, NOW))
    urgent = {Rule.MANUAL}
    assert len(store.moments_due(NOW)) > 200
    everything = steps(store, lambda: store.moments_due(NOW))
    assert steps(store, lambda: store.moments_due(NOW, urgent)) * 20 < everything
    store.close()


@pytest.fixture
def talks(store: Store) -> Store:
    """Two hundred applications with one to three talks of up to a day, all within five days about ``NOW``."""
    random = Random(1)
    facts = many(200, NOW)
    moved = tuple(
        replace(
            application,
            stage=Stage.INTERVIEWING,
            interviews=tuple(
                replace(
                    each,
                    starts_at=NOW.replace(tzinfo=None) + random.randint(-60, 60) * HOUR,
                    minutes=random.choice((30, 60, 1440)),
                )
                for each in application.interviews
            ),
        )
        for application in facts.applications
    )
    with store.transaction("Put") as transaction:
        transaction.put_facts(replace(facts, applications=moved))
    return store


@pytest.mark.parametrize("seed", range(3))
def test_of_preparations_those_are_due_whose_interview_starts_soon(talks: Store, seed: int) -> None:
    random = Random(seed)
    choose_at_random(talks, random, NOW)
    starts = dict(talks._database.sql("SELECT interview, starts_at FROM interview_instant"))
    counted = 0
    for hours in range(-70, 70, 3):
        now, until = NOW + hours * HOUR, NOW + (hours + random.randint(0, 14)) * HOUR
        rules = random.choice((None, {Rule.PREPARE, Rule.MANUAL}, {Rule.THANK_YOU}))
        expected = [
            row
            for row in talks.moments_due(now, rules)
            if row[0].rule is not Rule.PREPARE or starts[row[0].interview] < seconds(until)
        ]
        assert talks.moments_due(now, rules, begins_before=until) == expected
        counted += sum(
            row[0].rule is Rule.PREPARE and starts[row[0].interview] < seconds(now) for row in expected
        )
    assert counted > 50, "days that go on"


def test_preparations_that_wait_for_the_morning_are_not_read(talks: Store) -> None:
    evening = NOW + 10 * HOUR
    assert len(talks.moments_due(evening, {Rule.PREPARE})) > 20

    def cost(hours: int) -> int:
        until = evening + hours * HOUR
        return steps(talks, lambda: talks.moments_due(evening, {Rule.PREPARE}, begins_before=until))

    assert cost(-100) * 10 < cost(100)


def test_interviews_under_way_are_those_of_the_first_four_hours(store: Store) -> None:
    put_acme(store)
    (interview,) = store.interviews_between(
        datetime.fromisoformat("2026-10-14T00:00Z"), datetime.fromisoformat("2026-10-15T00:00Z")
    )
    assert interview.starts_at == datetime.fromisoformat("2026-10-14T08:00Z")
    assert interview.ends_at == interview.starts_at + HOUR
    second = timedelta(seconds=1)
    assert store.underway_interviews(interview.starts_at - second) == []
    assert store.underway_interviews(interview.starts_at) == [interview]
    assert store.underway_interviews(interview.ends_at - second) == [interview]
    assert store.underway_interviews(interview.ends_at) == []


@pytest.mark.parametrize(
    ("changes", "hours", "expected"),
    [
        ({"minutes": 600}, 3, 1),
        ({"minutes": 600}, 4, 0),
        ({"minutes": 600, "cancelled": True}, 3, 0),
    ],
)
def test_long_and_cancelled_interviews_do_not_hold_for_ever(
    store: Store, changes: dict[str, int], hours: int, expected: int
) -> None:
    put_acme(store)
    interview = replace(ACME.interviews[0], **changes)  # type: ignore[arg-type]
    with store.transaction("Edit") as transaction:
        transaction.put_application(replace(ACME, interviews=(interview,)))
    at = datetime.fromisoformat("2026-10-14T08:00Z") + hours * HOUR
    assert len(store.underway_interviews(at)) == expected
    with store.transaction("Archive") as transaction:
        transaction.put_application(replace(store.application("a1"), archived=True))
    assert store.underway_interviews(at) == []


def test_the_plan_of_an_application_is_read_alone(acme: Store) -> None:
    mine = acme.follow_ups("a1")
    assert {follow_up.rule for follow_up in acme.follow_ups()} - {f.rule for f in mine} == {
        Rule.KEEP_SEARCHING
    }
    assert acme.follow_ups("none") == []
    assert acme.follow_up("none") is None
    assert set(acme.follow_ups_by_key([mine[0].key, "none"])) == {mine[0].key}
