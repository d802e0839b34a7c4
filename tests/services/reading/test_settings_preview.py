"""What other settings would do to the plan is what they do when they are applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.agenda import is_gone, state_at
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Choice, Facts, Interview, Policy, Reminder, Rule, Stage
from followup_desktop.domain.policy import PATIENT
from followup_desktop.services.reading.settings_preview import (
    Effect,
    PolicyPreview,
    PreviewBasis,
    compare,
)
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests import strategies
from tests.services.conftest import MADRID, Desk, acme, madrid
from tests.storage.conftest import NOW
from tests.sweeps import examples


def preview(desk: Desk, **changed: object) -> PolicyPreview:
    policy = replace(desk.store.policy(), **changed)  # type: ignore[arg-type]
    found = compare(PreviewBasis.of(desk.store), policy, wording=desk.wording, now=desk.now)
    assert found is not None
    return found


@pytest.fixture
def table(desk: Desk) -> Desk:
    """A call on Tuesday the 27th, and the rest of what an interview brings."""
    held = Interview(id="i1", starts_at=madrid("2026-10-14T12:00").replace(tzinfo=None), minutes=60)
    desk.put(acme(interviews=(replace(held, debriefed_at=desk.now, reply_by=date(2026, 10, 23)),)))
    return desk


def test_what_is_the_same_shows_nothing(table: Desk) -> None:
    found = preview(table)
    assert (found.total, found.rows) == (0, ())


def test_a_longer_grace_moves_the_call_and_the_end_of_waiting(table: Desk) -> None:
    before = {each.rule: each for each in table.store.follow_ups()}
    found = preview(table, grace_working_days=5)
    rows = {row.key: row for row in found.rows}
    call = rows[before[Rule.STATUS_CALL].key]
    assert (call.effect, call.title) == (Effect.MOVES, "Call Acme about the position")
    assert call.before == before[Rule.STATUS_CALL].due_at == madrid("2026-10-27T10:00")
    assert call.after == madrid("2026-10-30T10:00")
    assert rows[before[Rule.MOVE_ON].key].effect is Effect.MOVES
    assert found.counts == {Effect.MOVES: 2, Effect.APPEARS: 0, Effect.VANISHES: 0, Effect.CHANGES: 0}


def test_a_later_deadline_changes_what_is_not_moved(table: Desk) -> None:
    (row,) = preview(table, thank_you_hours=48).rows
    assert (row.effect, row.before) == (Effect.CHANGES, row.after)


def test_the_reminder_of_the_search_moves_although_its_key_changes(table: Desk) -> None:
    found = preview(table, away=((date(2026, 9, 1), date(2026, 10, 30)),))
    (row,) = [row for row in found.rows if row.key.startswith(Rule.KEEP_SEARCHING)]
    assert row.effect is Effect.MOVES


def test_what_is_over_or_skipped_does_not_count(table: Desk) -> None:
    call = table.follow_up(Rule.STATUS_CALL)
    table.now = madrid("2026-10-28T10:00")
    table.tracker.skip(call.key)
    assert call.key in {row.key for row in preview(table, grace_working_days=5).rows}, "skipped, but it moves"
    with table.store.transaction("x") as t:
        t.put_choice(Choice(key=call.key, made_at=madrid("2026-12-01T10:00"), skipped=True))
    assert call.key not in {row.key for row in preview(table, grace_working_days=5).rows}
    table.now = madrid("2027-06-01T10:00")
    assert {row.key.split("/")[0] for row in preview(table, grace_working_days=5).rows} <= {"move_on"}


def test_nothing_is_written(table: Desk) -> None:
    before = table.store.facts(), table.store.follow_ups(), table.store.history.undo_label
    preview(table, grace_working_days=20, max_attempts=1)
    assert (table.store.facts(), table.store.follow_ups(), table.store.history.undo_label) == before


def test_a_setting_out_of_its_range_is_refused(table: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        preview(table, grace_working_days=21)
    assert refusal.value.field == "grace_working_days"


def test_it_can_be_cancelled(table: Desk) -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return True

    policy = replace(MADRID, grace_working_days=5)
    basis = PreviewBasis.of(table.store)
    assert compare(basis, policy, wording=table.wording, now=table.now, cancelled=cancelled) is None
    assert asked == [1]


def test_the_first_fifty_of_many_are_shown_and_all_are_counted(desk: Desk) -> None:
    desk.put(*(acme(Stage.APPLIED, id=f"a{number}", employer=f"Acme {number}") for number in range(60)))
    found = preview(desk, check_in_working_days=30)
    assert len(found.rows) == 50
    assert found.counts[Effect.MOVES] == found.total == 120
    assert [row.after for row in found.rows] == sorted(row.after for row in found.rows if row.after)


def test_every_rule_of_the_sample_and_a_reminder_have_a_title(desk: Desk) -> None:
    facts = sample_facts(desk.now, "Europe/Madrid")
    reminder = Reminder(
        id="m1", title="Renew certificate", at=madrid("2026-10-20T09:00").replace(tzinfo=None)
    )
    with desk.store.transaction("x") as t:
        t.put_facts(replace(facts, reminders=(reminder,)))
    found = preview(desk, timezone="America/New_York", country="US", grace_working_days=9)
    assert found.total
    assert all(row.title for row in found.rows)
    assert "Renew certificate" in {row.title for row in found.rows}
    assert preview(desk, **PATIENT).total


@settings(max_examples=examples(25), deadline=None)
@given(facts=strategies.facts(max_applications=3), policy=strategies.policies(), data=st.data())
def test_the_preview_is_what_applying_does(facts: Facts, policy: Policy, data: st.DataObject) -> None:
    now = NOW + timedelta(days=data.draw(st.integers(-400, 400)))
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Put") as t:
        t.put_facts(facts)
    found = compare(PreviewBasis.of(store), policy, wording=Wording(), now=now)
    assert found is not None
    old = {each.key: each for each in store.follow_ups()}
    with store.transaction("Apply") as t:
        t.put_policy(policy)
    new = {each.key: each for each in store.follow_ups()}
    choices = store.choices()
    expected = {
        key
        for key in old.keys() | new.keys()
        if not key.startswith(Rule.KEEP_SEARCHING)
        and (old.get(key) is None or new.get(key) is None or old[key].due_at != new[key].due_at)
        and any(not is_gone(state_at(side[key], choices.get(key), now)) for side in (old, new) if key in side)
    }
    shown = {
        row.key
        for row in found.rows
        if row.effect is not Effect.CHANGES and not row.key.startswith(Rule.KEEP_SEARCHING)
    }
    assert shown == expected or (len(found.rows) == 50 and shown <= expected)
    for row in found.rows:
        assert row.after == (new[row.key].due_at if row.key in new else None)
    store.close()
