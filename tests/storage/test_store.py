"""What is stored comes back as it was, and only what differs is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import apsw
import pytest
from hypothesis import given

from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Event,
    EventKind,
    Facts,
    LastAnnouncement,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.storage.database import open_database
from followup_desktop.storage.history import recording
from followup_desktop.storage.store import Changes, Store
from followup_desktop.storage.writes import Transaction
from tests import strategies
from tests.storage.conftest import ACME, ANA, NOW, TOM, put_acme


@given(facts=strategies.facts(), others=strategies.facts())
def test_facts_come_back_as_they_were_put(facts: Facts, others: Facts) -> None:
    store = Store(open_database(None))
    for each in (others, facts):
        with store.transaction("Put") as transaction:
            transaction.put_facts(each)
        assert store.facts() == each
    store.close()


@given(facts=strategies.facts(), others=strategies.facts())
def test_what_was_read_before_is_read_as_it_is_after_each_step(facts: Facts, others: Facts) -> None:
    store = Store(open_database(None))
    ids = {each.id for each in (*facts.applications, *others.applications)}

    def found() -> list[Application]:
        return store.applications(ids)

    for each in (others, facts):
        with store.transaction("Put") as transaction:
            transaction.put_facts(each)
        assert found() == list(each.applications)
    steps = (store.history.undo, others), (store.history.redo, facts)
    for step, each in steps if facts != others else ():
        step()
        assert found() == list(each.applications)
    store.close()


def test_who_goes_to_the_trash_is_named_no_more_by_what_was_read_before(acme: Store) -> None:
    before = acme.application(ACME.id)
    assert ANA.id in before.contacts
    with acme.transaction("Trash") as transaction:
        transaction.trash_contact(ANA.id, NOW)
    assert ANA.id not in acme.application(ACME.id).contacts
    acme.history.undo()
    assert acme.application(ACME.id) == before


def test_what_a_step_that_failed_had_read_is_not_kept(acme: Store) -> None:
    before = acme.application(ACME.id)
    with pytest.raises(ZeroDivisionError), acme.transaction("Fail") as transaction:
        transaction.put_application(replace(before, notes="Lost"))
        assert transaction.application(ACME.id).notes == "Lost"
        raise ZeroDivisionError
    assert acme.application(ACME.id) == before


def test_every_setting_comes_back(store: Store) -> None:
    policy = Policy(
        timezone="America/New_York",
        country="US-NY",
        quiet_from=time(22, 30),
        quiet_until=time(7, 15),
        ask_lead_minutes=60,
        thank_you_hours=48,
        no_call_weekdays=(0, 4),
        call_windows=((time(9), time(11, 30)),),
        away=((date(2026, 12, 24), date(2027, 1, 1)),),
    )
    with store.transaction("Settings") as transaction:
        transaction.put_policy(policy)
    assert store.policy() == policy
    with store.transaction("Defaults") as transaction:
        transaction.put_policy(Policy())
    assert store.policy() == Policy()


def test_instants_come_back_in_utc_to_the_second(acme: Store) -> None:
    at = datetime(2026, 10, 20, 11, 0, 5, 999_999, tzinfo=timezone(timedelta(hours=2)))
    with acme.transaction("Log") as transaction:
        transaction.put_application(replace(ACME, events=(Event(id="e1", kind=EventKind.NOTE, at=at),)))
    (event,) = acme.application("a1").events
    assert event.at == datetime(2026, 10, 20, 9, 0, 5, tzinfo=UTC)
    assert event.at.tzinfo is UTC


def test_a_naive_instant_is_a_mistake_of_the_program(acme: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(TypeError, match="zone"), acme.transaction("Log") as transaction:
        transaction.put_application(replace(ACME, stage_at=naive))


@pytest.mark.parametrize(
    "read",
    [
        lambda store: store.application("none"),
        lambda store: store.employer_of("none"),
        lambda store: store.contact("none"),
        lambda store: store.reminder("none"),
        lambda store: store.interview_application("none"),
        lambda store: store.event_application("none"),
    ],
)
def test_what_is_not_there_is_told(store: Store, read: object) -> None:
    assert callable(read)
    with pytest.raises(NotFound, match="no longer exists"):
        read(store)


def test_reads_by_id(acme: Store) -> None:
    assert acme.application("a1") == ACME
    assert acme.applications(["a1", "none"]) == [ACME]
    assert acme.applications([]) == []
    assert acme.contact("c1") == ANA
    assert acme.contacts(["c2", "c1", "none"]) == [ANA, TOM]
    assert acme.interview_application("i1") == "a1"
    assert acme.event_application("e2") == "a1"
    assert acme.choice("none") is None
    assert acme.announced("none") is None
    assert acme.contact_count() == 2


def test_any_number_of_ids_can_be_asked_for(acme: Store) -> None:
    ids = [f"n{number}" for number in range(40_000)]
    assert acme.applications([*ids, "a1"]) == [ACME]


def test_an_employer_is_one_under_names_that_are_equal(acme: Store) -> None:
    other = replace(ACME, id="a2", employer="  ＡＣＭＥ ", contacts=("c2",), interviews=(), events=())
    with acme.transaction("Add") as transaction:
        transaction.put_application(other)
        transaction.put_application(replace(other, id="a3", employer="Acme Labs"))
        # Within the step too, before the planner has run.
        assert [each.id for each in transaction.employer_of("a1").applications] == ["a1", "a2"]
    employer = acme.employer_of("a2")
    assert [each.id for each in employer.applications] == ["a1", "a2"]
    assert dict(employer.contacts) == {"c1": ANA, "c2": TOM}


def test_choices_are_kept_by_key(store: Store) -> None:
    snoozed = Choice(key="a/b", made_at=NOW, snoozed_until=NOW + timedelta(hours=1))
    with store.transaction("Snooze") as transaction:
        transaction.put_choice(snoozed)
        transaction.put_choice(Choice(key="c", made_at=NOW, skipped=True))
    assert store.choices(["a/b", "none"]) == {"a/b": snoozed}
    with store.transaction("Forget") as transaction:
        transaction.delete_choice("a/b")
        transaction.delete_choice("none")
    assert list(store.choices()) == ["c"]


def test_only_the_columns_that_differ_are_written() -> None:
    database = open_database(None)
    store = Store(database)
    put_acme(store)
    with database.writing(), recording(database.connection) as recorder:
        Transaction(database).put_application(replace(ACME, notes="Ask for Tom"))
        changeset = recorder.changeset()
    written = [
        (change.name, change.op, [cell for cell in change.new or () if cell is not apsw.no_change])
        for change in changeset.changes()
    ]
    assert written == [("application", "UPDATE", ["Ask for Tom"])]
    store.close()


def test_changes_name_what_was_touched(acme: Store) -> None:
    told: list[Changes] = []
    acme.subscribe(told.append)
    with acme.transaction("Rename") as transaction:
        transaction.put_contact(replace(ANA, name="Ana María"))
    with acme.transaction("Log") as transaction:
        transaction.put_application(replace(ACME, events=ACME.events[:1]))
    with acme.transaction("Skip") as transaction:
        transaction.put_choice(Choice(key="prepare/a1/2026-10-14", made_at=NOW, skipped=True))
    with acme.transaction("Pause") as transaction:
        transaction.put_policy(Policy(max_attempts=3))
    rename, log, skip, pause = told
    assert rename.label == "Rename"
    assert rename.contacts == {"c1"}
    assert rename.applications == {"a1"}
    assert rename.follow_ups == frozenset()
    assert log.applications == {"a1"}
    assert "thank_you/a1/2026-10-14/c2" in log.follow_ups
    assert skip.follow_ups == {"prepare/a1/2026-10-14"}
    assert skip.applications == frozenset()
    assert pause.settings


def test_dangling_references_are_refused_and_nothing_is_kept(acme: Store) -> None:
    before = acme.facts()
    with pytest.raises(Refused, match="no longer exists"), acme.transaction("Link") as transaction:
        transaction.put_application(replace(ACME, contacts=("c1", "c9")))
    with pytest.raises(Refused, match="i9"), acme.transaction("Log") as transaction:
        event = Event(id="e3", kind=EventKind.NOTE, at=NOW, interview="i9")
        transaction.put_application(replace(ACME, events=(event,)))
    with pytest.raises(Refused), acme.transaction("Put") as transaction:
        transaction.put_facts(replace(before, contacts=(TOM,)))
    assert acme.facts() == before


def test_ids_of_another_application_are_refused(acme: Store) -> None:
    before = acme.facts()
    thief = replace(ACME, id="a2", events=())
    with pytest.raises(Refused, match="“i1” belongs to another application"):  # noqa: SIM117
        with acme.transaction("Steal") as transaction:
            transaction.put_application(thief)
    with pytest.raises(Refused, match="“i1” is used twice"), acme.transaction("Put") as transaction:
        transaction.put_facts(replace(before, applications=(ACME, thief)))
    assert acme.facts() == before


def test_an_interview_may_move_to_another_application_by_an_import(acme: Store) -> None:
    bare = replace(ACME, interviews=(), events=())
    heir = replace(ACME, id="a2", events=(replace(ACME.events[1], id="e3"),))
    moved = replace(acme.facts(), applications=(bare, heir))
    before = acme.facts()
    with acme.transaction("Import") as transaction:
        transaction.put_facts(moved)
    assert acme.facts() == moved
    acme.history.undo()
    assert acme.facts() == before


def test_an_interviewer_named_twice_is_kept_once(acme: Store) -> None:
    interview = replace(ACME.interviews[0], interviewers=("c2", "c1", "c2"))
    with acme.transaction("Twice") as transaction:
        transaction.put_application(replace(ACME, interviews=(interview,)))
    assert acme.application("a1") == ACME


def test_reminders_are_put_and_deleted(store: Store) -> None:
    reminder = Reminder(id="m1", title="Renew", at=datetime(2026, 10, 20, 9))  # noqa: DTZ001 - a wall time
    with store.transaction("Remind") as transaction:
        transaction.put_reminder(reminder)
    assert store.reminder("m1") == reminder
    with store.transaction("Done") as transaction:
        transaction.put_reminder(replace(reminder, done_at=NOW))
    assert store.reminders() == [replace(reminder, done_at=NOW)]
    with store.transaction("Delete") as transaction:
        transaction.delete_reminder("m1")
    assert store.reminders() == []


def test_announcements_are_remembered(store: Store) -> None:
    earlier = NOW - timedelta(days=3)
    store.record_announced(
        [
            LastAnnouncement(key="encouragement/a1/e1", announced_at=earlier),
            LastAnnouncement(
                key="prepare/a1/2026-10-14", announced_at=NOW, again_at=NOW + timedelta(hours=1)
            ),
        ]
    )
    assert store.last_announced(Rule.ENCOURAGEMENT) == earlier
    assert store.last_announced(Rule.DEBRIEF) is None
    assert [each.key for each in store.announcements(since=earlier)] == [
        "prepare/a1/2026-10-14",
        "encouragement/a1/e1",
    ]
    assert [each.key for each in store.announcements(since=NOW)] == ["prepare/a1/2026-10-14"]


def test_after_the_clock_was_set_back_nothing_counts_as_announced_later(store: Store) -> None:
    kept = LastAnnouncement(key="a", announced_at=NOW - timedelta(hours=1))
    store.record_announced([kept, LastAnnouncement(key="b", announced_at=NOW + timedelta(days=1))])
    store.pull_announced_back(NOW)
    assert store.announced("a") == kept
    assert store.announced("b") == LastAnnouncement(key="b", announced_at=NOW)


def test_contacts_of_any_characters_come_back(store: Store) -> None:
    odd = Contact(id="x' OR 1=1 --", name="Robert'); DROP TABLE contact;--", notes="\u202eabc\r\n\t😀")
    with store.transaction("Odd") as transaction:
        transaction.put_contact(odd)
    assert store.contact(odd.id) == odd


def test_stage_counts_tell_archived_ones_apart(acme: Store) -> None:
    with acme.transaction("Archive") as transaction:
        bare = replace(ACME, interviews=(), events=())
        transaction.put_application(replace(bare, id="a2", archived=True))
        transaction.put_application(replace(bare, id="a3", stage=Stage.OFFER))
    assert acme.stage_counts() == {
        (Stage.INTERVIEWING, False): 1,
        (Stage.INTERVIEWING, True): 1,
        (Stage.OFFER, False): 1,
    }
