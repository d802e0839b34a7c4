"""What is kept of Today from one look to the next is what is read anew, whatever was done and when it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import apsw
import pytest

from followup_desktop.domain.model import (
    Application,
    Choice,
    Facts,
    FollowUp,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.services.reading.follow_up_rows import horizon, tomorrow
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.storage.today_entries import (
    CallCount,
    ListSlot,
    TodayEntry,
    keeping_entries,
    kept_entries,
)
from tests.storage.conftest import NOW
from tests.storage.test_plan_index import DEEDS, choose, tracker

__all__ = ["tracker"]

HOUR = timedelta(hours=1)


def listed(store: Store, now: datetime = NOW) -> dict[tuple[int, str], list[TodayEntry]]:
    """The entries as they are kept, in lists of their own; empty ones left out."""
    policy = store.policy()
    found = store.today_entries(horizon(policy, now), tomorrow(policy, now), now)
    return {kind: [*alike] for kind, alike in found.items() if alike}


def numbers(store: Store, now: datetime) -> tuple[int, set[CallCount]]:
    policy = store.policy()
    number, calls = store.count_to_do(horizon(policy, now), tomorrow(policy, now), now)
    return number, set(calls)


def places(found: dict[tuple[int, str], list[TodayEntry]]) -> dict[tuple[int, str], list[TodayEntry]]:
    """All but until when it holds, which may have been read earlier."""
    return {kind: [each._replace(turns_at=0) for each in alike] for kind, alike in found.items()}


@contextmanager
def other_entries(store: Store) -> Iterator[None]:
    """Within the block the store looks as if for the first time; afterwards it knows what it knew."""
    kept = kept_entries(store._database)
    store._database._kept.clear()
    yield
    with store._database.holding(**keeping_entries(kept)):
        pass


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_is_read_anew(store: Store, tracker: Tracker, seed: int) -> None:
    random = Random(seed)
    now, slots = NOW, set()
    for _ in range(60):
        deed = random.choice([*DEEDS, choose, choose, None, None])
        left = sorted(application.id for application in store.applications())
        if deed is not None:
            deed(tracker, random.choice(left), random)
        now += random.choice((timedelta(), timedelta(seconds=1), 2 * HOUR, 9 * HOUR, -HOUR))
        looks: list[Callable[[Store, datetime], object]] = [listed, numbers]
        random.shuffle(looks)
        for look in looks:
            look(store, now)
        kept, counted = listed(store, now), numbers(store, now)
        with other_entries(store):
            assert counted == numbers(store, now)
            assert places(kept) == places(listed(store, now))
        assert all(alike == sorted(alike) for alike in kept.values())
        slots |= {slot for slot, _ in kept}
    assert slots >= {ListSlot.LATE, ListSlot.DUE, ListSlot.NEAR, ListSlot.MISSED}


def test_one_that_waits_goes_on_when_the_first_rests_or_is_over(store: Store, tracker: Tracker) -> None:
    for application in {each.application for each in store.follow_ups() if each.rule in ENQUIRIES}:
        tracker.edit_application(str(application), employer="One for all")
    line = sorted((each for each in store.follow_ups() if each.rule in ENQUIRIES), key=lambda f: f.due_at)
    second = line[1]
    now = second.due_at
    assert line[0].expires_at is not None
    assert line[0].expires_at > now + 3 * HOUR

    def is_waiting() -> bool:
        entries = [each for alike in listed(store, now).values() for each in alike]
        return next(each.slot for each in entries if each.key == second.key) == ListSlot.WAITING

    assert is_waiting()
    with store.transaction("Rest") as t:
        t.put_choice(Choice(key=line[0].key, made_at=now, snoozed_until=now + HOUR))
    assert not is_waiting()
    now += HOUR
    assert is_waiting()


def test_it_turns_to_the_second(store: Store) -> None:
    """An offer that comes in an hour, to be answered in a month, is open then, but far; thanks get late."""
    Planner(store)
    offered = NOW + HOUR
    with store.transaction("Offer") as t:
        t.put_facts(
            Facts(
                policy=Policy(timezone="Europe/Madrid"),
                applications=(
                    Application(
                        id="a1",
                        employer="Acme",
                        role="Clerk",
                        stage=Stage.OFFER,
                        stage_at=offered,
                        offer_expires_on=(NOW + timedelta(days=30)).date(),
                    ),
                ),
            )
        )
    by_rule = {each.rule: each for each in store.follow_ups("a1")}
    reply, thanks = by_rule[Rule.OFFER_REPLY], by_rule[Rule.OFFER_THANKS]
    assert thanks.deadline_at is not None

    def slot_of(follow_up: FollowUp, now: datetime) -> int | None:
        entries = (each for alike in listed(store, now).values() for each in alike)
        return next((each.slot for each in entries if each.key == follow_up.key), None)

    second = timedelta(seconds=1)
    assert [slot_of(reply, offered + n * second) for n in (-1, 0)] == [None, ListSlot.FAR]
    turns = [slot_of(thanks, thanks.due_at + n * second) for n in (-1, 0)]
    turns += [slot_of(thanks, thanks.deadline_at + n * second) for n in (0, 1)]
    assert turns == [ListSlot.TODAY, ListSlot.DUE, ListSlot.DUE, ListSlot.LATE]


def read_rows(store: Store) -> list[str]:
    """The statements that a look runs which read follow-ups."""
    statements: list[str] = []
    connection = store._database.connection
    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, lambda event: statements.append(event["sql"]))
    try:
        listed(store)
    finally:
        connection.trace_v2(0)
    return [each for each in statements if "FROM follow_up" in each or "JOIN follow_up" in each]


def test_another_look_reads_nothing_and_one_after_an_edit_what_it_named(
    store: Store, tracker: Tracker
) -> None:
    assert len(read_rows(store)) == 1
    assert read_rows(store) == []
    tracker.set_stage(store.applications()[0].id, Stage.OFFER)
    (statement,) = read_rows(store)
    assert "json_each(:keys)" in statement
    tracker.undo()
    (statement,) = read_rows(store)
    assert "json_each(:keys)" in statement
    store.record_announced(())
    store.record_run(NOW.date(), NOW)
    assert read_rows(store) == []
    tracker.edit_policy(grace_working_days=4)
    (statement,) = read_rows(store)
    assert "json_each(:keys)" not in statement


def test_what_another_connection_writes_is_read(tmp_path: Path) -> None:
    one, other = Store(open_database(tmp_path / "data.db")), Store(open_database(tmp_path / "data.db"))
    try:
        for each in (one, other):
            Planner(each)
        assert listed(one) == {}
        with other.transaction("Add") as t:
            t.put_reminder(Reminder(id="r1", title="Call", at=(NOW - HOUR).replace(tzinfo=None)))
        assert listed(one) == listed(other) != {}
    finally:
        one.close()
        other.close()
