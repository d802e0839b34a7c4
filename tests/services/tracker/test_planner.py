"""The stored plan is the plan of the stored facts, whatever was done and undone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain import rules, zone_data
from followup_desktop.domain.casefile import Moment, PlanBasis
from followup_desktop.domain.model import (
    Acceptance,
    Application,
    Employer,
    Event,
    EventKind,
    Facts,
    FollowUp,
    Interview,
    Policy,
    Reminder,
    SearchState,
    Stage,
    StepKind,
    employer_key,
)
from followup_desktop.services.tracker import planner
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import database, plan_index
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Changes, Store, Thing
from followup_desktop.storage.writes import Transaction
from tests import strategies
from tests.storage.conftest import ACME, NOW, put_acme
from tests.sweeps import examples


def fresh_plan(facts: Facts) -> dict[str, FollowUp]:
    """The plan of these facts, from nothing."""
    employers: dict[str, list[Application]] = defaultdict(list)
    for application in facts.applications:
        employers[employer_key(application.employer)].append(application)
    contacts = MappingProxyType({contact.id: contact for contact in facts.contacts})
    basis = PlanBasis(facts.policy, rules.find_acceptance(facts.applications))
    found: list[FollowUp | None] = []
    for applications in employers.values():
        employer = Employer(applications=tuple(applications), contacts=contacts)
        found += rules.plan(employer, basis)
    found += [rules.plan_reminder(reminder, facts.policy) for reminder in facts.reminders]
    summary = rules.summarise(facts.applications, facts.search.paused)
    found.append(rules.plan_search(summary, facts.search.acknowledged_at, facts.policy))
    return {follow_up.key: follow_up for follow_up in found if follow_up is not None}


def stored_plan(store: Store) -> dict[str, FollowUp]:
    return {follow_up.key: follow_up for follow_up in store.follow_ups()}


OF_APPLICATIONS = (
    *("application_index", "application_figures", "interview_instant", "interview_task", "contact_index"),
    *("announcement", "next_step"),
)


def derived(store: Store) -> object:
    """Everything that the planner keeps, as one value to compare."""
    everything = store.interviews_between(NOW - timedelta(days=9999), NOW + timedelta(days=9999))
    ids = store.application_ids(now=NOW, archived=None, order_by="role")
    moments = [row[0].key for row in store.moments_due(NOW)]
    rows = {table: {*store._database.sql(f"SELECT * FROM {table}")} for table in OF_APPLICATIONS}
    return stored_plan(store), everything, ids, store.application_summaries(ids, NOW), moments, rows


def write(transaction: Transaction, before: Facts, after: Facts) -> None:
    """Make the one edit that lies between the two, by the method for it; putting the same writes nothing."""
    for gone in {each.id for each in before.applications} - {each.id for each in after.applications}:
        transaction.trash_application(gone, NOW)
    for gone in {each.id for each in before.contacts} - {each.id for each in after.contacts}:
        transaction.trash_contact(gone, NOW)
    for gone in transaction.in_trash(Thing.CONTACT, [each.id for each in after.contacts]):
        transaction.restore(Thing.CONTACT, gone)
    for gone in transaction.in_trash(Thing.APPLICATION, [each.id for each in after.applications]):
        transaction.restore(Thing.APPLICATION, gone)
    for contact in after.contacts:
        transaction.put_contact(contact)
    for application in after.applications:
        transaction.put_application(application)
    for reminder in after.reminders:
        transaction.put_reminder(reminder)
    transaction.put_policy(after.policy)
    transaction.put_search_state(after.search)


@settings(max_examples=examples(30))
@given(states=strategies.histories(), data=st.data())
def test_after_any_edits_undos_and_redos_the_plan_is_that_of_the_facts(
    states: tuple[Facts, ...], data: st.DataObject
) -> None:
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Begin") as transaction:
        transaction.put_facts(states[0])
    assert stored_plan(store) == fresh_plan(states[0])
    past, future = [Facts(announced=states[0].announced), store.facts()], list[Facts]()
    for state in states[1:]:
        with store.transaction("Edit") as transaction:
            write(transaction, past[-1], state)
        assert store.facts() == state
        assert stored_plan(store) == fresh_plan(state)
        if state != past[-1]:
            past.append(state)
            future.clear()
        for step in data.draw(st.lists(st.sampled_from(["undo", "redo"]), max_size=3)):
            if step == "undo" and store.history.undo_label:
                store.history.undo()
                future.append(past.pop())
            elif step == "redo" and store.history.redo_label:
                store.history.redo()
                past.append(future.pop())
            assert store.facts() == past[-1]
            assert stored_plan(store) == fresh_plan(past[-1])
        if past[-1] != state:  # what follows was drawn as edits of this
            while future:
                store.history.redo()
                past.append(future.pop())
    while store.history.undo_label:
        store.history.undo()
        past.pop()
        assert store.facts() == past[-1]
    assert stored_plan(store) == {}
    assert store.facts() == Facts(announced=states[0].announced)
    store.close()


@pytest.mark.parametrize("now_of", [None, "a2"])
def test_an_application_that_a_reminder_leaves_is_next_what_is_still_planned_for_it(
    now_of: str | None,
) -> None:
    store = Store(open_database(None))
    Planner(store)
    at = datetime(2026, 3, 27, 9)  # noqa: DTZ001 - a wall time
    reminder = Reminder(id="m1", title="Call", at=at, application="a1")
    one = Application(id="a1", employer="Acme", role="", stage=Stage.SAVED, closes_on=date(2026, 12, 1))
    other = Application(id="a2", employer="Globex", role="", stage=Stage.SAVED)
    with store.transaction("Begin") as transaction:
        transaction.put_facts(Facts(applications=(one, other), reminders=(reminder,)))
    before = store.application_summaries(["a1"], NOW)["a1"].next_key
    assert before is not None
    assert before.startswith("manual/")
    with store.transaction("Edit") as transaction:
        transaction.put_reminder(replace(reminder, application=now_of))
    after = store.application_summaries(["a1"], NOW)["a1"].next_key
    assert after is not None
    assert not after.startswith("manual/")
    kept = derived(store)
    store.replan()
    assert derived(store) == kept
    store.close()


@settings(max_examples=examples(20))
@given(states=strategies.histories())
def test_replanning_what_was_touched_gives_what_replanning_everything_gives(
    states: tuple[Facts, ...],
) -> None:
    store = Store(open_database(None))
    Planner(store)
    for state in states:
        with store.transaction("Edit") as transaction:
            transaction.put_facts(state)
    kept = derived(store)
    store.replan()
    assert derived(store) == kept
    store.close()


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_a_plan_made_in_parts_follows_what_moves_between_them(
    monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    """Interviews, and an employer, change their application while it is in another part."""
    monkeypatch.setattr(planner, "AT_A_TIME", at_a_time)
    in_parts = partial(database.groups_in_parts, most=at_a_time)
    monkeypatch.setattr(planner, "groups_in_parts", in_parts)
    monkeypatch.setattr(plan_index, "groups_in_parts", in_parts)
    store = Store(open_database(None))
    Planner(store)
    put_acme(store)
    before = store.facts()
    heirs = [replace(ACME, id=f"h{n}", employer=f"Heir {n}", interviews=(), events=()) for n in range(4)]
    bare = replace(ACME, employer="Zenith", interviews=(), events=())
    heirs[0] = replace(heirs[0], interviews=ACME.interviews)
    for applications in ((bare, *heirs), (ACME, *heirs[1:]), (bare, *heirs)):
        after = replace(before, applications=applications)
        with store.transaction("Import") as transaction:
            transaction.put_facts(after)
        assert stored_plan(store) == fresh_plan(after)
        kept = derived(store)
        store.replan()
        assert derived(store) == kept
    store.close()


@settings(max_examples=examples(20))
@given(states=strategies.histories())
def test_changes_name_every_follow_up_that_changed(states: tuple[Facts, ...]) -> None:
    store = Store(open_database(None))
    Planner(store)
    told: list[Changes] = []
    store.subscribe(told.append)
    for state in states:
        before = stored_plan(store)
        told.clear()
        with store.transaction("Edit") as transaction:
            transaction.put_facts(state)
        after = stored_plan(store)
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert changed <= frozenset[str]().union(*(changes.follow_ups for changes in told))
        assert len(told) <= 1
    store.close()


class Counting:
    """The rules, counting how many employers are planned."""

    def __init__(self, version: int = rules.RULES_VERSION) -> None:
        self.RULES_VERSION = version
        self.planned: list[tuple[str, ...]] = []
        self.dated: list[str] = []
        self.plan_search = rules.plan_search
        self.plan_reminder = rules.plan_reminder
        self.interview_span = rules.interview_span

    def stage_instant(self, application: Application, stage: Stage) -> Moment | None:
        self.dated.append(application.id)
        return rules.stage_instant(application, stage)

    def find_acceptance(self, applications: Iterable[Application]) -> Acceptance | None:
        return rules.find_acceptance(applications)

    def plan_beside(
        self, others: Sequence[rules.OtherOutreach], employer: Employer, basis: PlanBasis
    ) -> rules.EmployerPlan:
        self.planned.append(tuple(application.id for application in employer.applications))
        return rules.plan_beside(others, employer, basis)

    def put_off_otherwise(
        self, others: Sequence[rules.OtherOutreach], employer: Employer, basis: PlanBasis
    ) -> dict[str, rules.OtherOutreach]:
        return rules.put_off_otherwise(others, employer, basis)


def bare(name: str, employer: str, **fields: object) -> Application:
    base = Application(id=name, employer=employer, role="Engineer", stage=Stage.APPLIED)
    return replace(base, **fields)  # type: ignore[arg-type]


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def store(counting: Counting) -> Store:
    store = Store(open_database(None))
    Planner(store, counting)
    with store.transaction("Begin") as transaction:
        for application in (bare("a1", "Acme"), bare("a2", "ACME"), bare("b1", "Initech")):
            transaction.put_application(application)
    counting.planned.clear()
    counting.dated.clear()
    return store


def test_an_edit_replans_what_it_touched_alone(store: Store, counting: Counting) -> None:
    with store.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Acme", notes="x"))
    assert counting.planned == [("a1",)]
    assert counting.dated == ["a1"]


APPLIED_ON = (NOW - timedelta(days=30)).date()


@pytest.fixture
def turning(store: Store, counting: Counting) -> Store:
    """All three have been waiting for as long, so that a2 is put off by a1."""
    with store.transaction("Apply") as transaction:
        for name, employer in (("a1", "Acme"), ("a2", "ACME"), ("b1", "Initech")):
            transaction.put_application(bare(name, employer, applied_on=APPLIED_ON))
    counting.planned.clear()
    assert sources(store, "a2") == {"a1"}
    assert sources(store, "b1") == set()
    return store


def sources(store: Store, application: str) -> set[str | None]:
    """By whom the turn of an application is put off."""
    steps = (step for each in store.follow_ups(application) for step in each.because)
    return {step.source for step in steps if step.kind is StepKind.GUARD}


def test_of_an_employer_those_are_planned_whose_turn_is_put_off_otherwise(
    turning: Store, counting: Counting
) -> None:
    contact = Event(id="e1", kind=EventKind.EMAIL, at=NOW - timedelta(days=1))
    with turning.transaction("Edit") as transaction:
        transaction.put_application(bare("a3", "Acme", stage=Stage.WITHDRAWN, events=(contact,)))
        transaction.put_application(bare("a4", "Acme", archived=True))
        transaction.put_application(bare("a5", "Acme", stage=Stage.REJECTED))
    assert counting.planned == [("a1", "a2", "a3", "a4", "a5")]
    assert sources(turning, "a1") == {"e1"}, "by a contact of another"
    counting.planned.clear()
    with turning.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Acme", applied_on=APPLIED_ON, notes="x"))
    assert counting.planned == [("a1",)]
    planned = stored_plan(turning)
    turning.replan()
    assert stored_plan(turning) == planned
    counting.planned.clear()
    with turning.transaction("Edit") as transaction:
        transaction.trash_application("a3", NOW)
    assert counting.planned == [("a1", "a2")]
    assert (sources(turning, "a1"), sources(turning, "a2")) == (set(), {"a1"})


def test_a_change_of_employer_replans_who_waited_for_it_there_and_waits_for_it_now(
    turning: Store, counting: Counting
) -> None:
    with turning.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Initech", applied_on=APPLIED_ON))
    assert sorted(counting.planned) == [("a1", "b1"), ("a2",)]
    assert (sources(turning, "a2"), sources(turning, "b1")) == (set(), {"a1"})
    counting.planned.clear()
    turning.history.undo()
    assert sorted(counting.planned) == [("a1", "a2"), ("b1",)]


def test_a_deleted_application_has_those_replanned_that_it_put_off(
    turning: Store, counting: Counting
) -> None:
    with turning.transaction("Delete") as transaction:
        transaction.trash_application("a1", NOW)
    assert counting.planned == [("a2",)]
    assert sources(turning, "a2") == set()


def test_of_very_many_edits_all_that_turn_to_their_employers_are_replanned(
    turning: Store, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "AT_A_TIME", 0)
    with turning.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Acme", applied_on=APPLIED_ON, notes="x"))
    assert counting.planned == [("a1", "a2")]
    planned = stored_plan(turning)
    turning.replan()
    assert stored_plan(turning) == planned


def test_what_concerns_no_employer_replans_none(store: Store, counting: Counting) -> None:
    with store.transaction("Remind") as transaction:
        reminder = Reminder(id="m/1", title="x", at=NOW.replace(tzinfo=None), application="a1")
        transaction.put_reminder(reminder)
        transaction.put_search_state(SearchState(acknowledged_at=NOW))
    assert counting.planned == []
    (manual,) = [each for each in store.follow_ups("a1") if each.key.startswith("manual/")]
    assert manual.due_at == NOW
    with store.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Acme", notes="y"))
    assert store.follow_up(manual.key) == manual
    with store.transaction("Move") as transaction:
        transaction.put_reminder(replace(reminder, at=reminder.at + timedelta(days=1)))
    assert store.follow_up(manual.key) is None
    assert store.follow_up("manual/m%2F1/2026-10-15") is not None


def test_an_acceptance_and_a_policy_replan_everything(store: Store, counting: Counting) -> None:
    accepted = bare("b1", "Initech", stage=Stage.ACCEPTED, stage_at=NOW)
    with store.transaction("Accept") as transaction:
        transaction.put_application(accepted)
    assert sorted(counting.planned) == [("a1", "a2"), ("b1",)]
    counting.planned.clear()
    with store.transaction("Note") as transaction:
        transaction.put_application(replace(accepted, notes="hooray"))
    assert counting.planned == [("b1",)]
    counting.planned.clear()
    with store.transaction("Settings") as transaction:
        transaction.put_policy(Policy(max_attempts=1))
    assert sorted(counting.planned) == [("a1", "a2"), ("b1",)]


def test_other_rules_than_those_of_the_stored_plan_replan_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "followup.sqlite3"
    store = Store(open_database(file))
    Planner(store)
    put_acme(store)
    plan = stored_plan(store)
    same, newer = Counting(), Counting(rules.RULES_VERSION + 1)
    Planner(store, same)
    assert same.planned == []
    told: list[Changes] = []
    store.subscribe(told.append)
    Planner(store, newer)
    assert newer.planned == [("a1",)]
    assert stored_plan(store) == plan
    assert told == []
    assert store.history.undo_label == "Add Acme"
    store.close()


def test_other_zone_data_than_those_of_the_stored_plan_replan_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(open_database(tmp_path / "followup.sqlite3"))
    Planner(store)
    put_acme(store)
    monkeypatch.setattr(zone_data, "VERSION", "2099z")
    newer, again = Counting(), Counting()
    Planner(store, newer)
    Planner(store, again)
    assert (newer.planned, again.planned) == ([("a1",)], [])
    store.close()


def test_what_was_folded_by_an_older_program_is_folded_anew_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "followup.sqlite3"
    store = Store(open_database(file))
    Planner(store)
    with store.transaction("Add") as t:
        t.put_application(Application(id="a1", employer="Łódź", role="x", stage=Stage.SAVED))
    store.close()
    older = apsw.Connection(str(file))
    older.execute("UPDATE application_index SET text = 'łodz'")
    ((made_with,),) = older.execute("SELECT value FROM meta WHERE name = 'made_with'")
    *others, edition = json.loads(str(made_with))
    older.execute("UPDATE meta SET value = ? WHERE name = 'made_with'", (json.dumps([*others, edition - 1]),))
    older.close()
    store = Store(open_database(file))
    assert store.application_ids(now=NOW, text="lodz") == []
    Planner(store)
    assert store.application_ids(now=NOW, text="lodz") == ["a1"]
    store.close()


def test_a_plan_that_fails_takes_the_edit_with_it(store: Store, counting: Counting) -> None:
    before = store.facts()

    def fails(*_: object) -> rules.EmployerPlan:
        raise ZeroDivisionError

    counting.plan_beside = fails  # type: ignore[assignment, method-assign]
    with pytest.raises(ZeroDivisionError), store.transaction("Edit") as transaction:
        transaction.put_application(bare("a1", "Acme", notes="x"))
    assert store.facts() == before
    assert store.history.undo_label == "Begin"


def test_instants_of_interviews_follow_the_zone_of_the_user() -> None:
    store = Store(open_database(None))
    Planner(store)
    interview = Interview(id="i1", starts_at=datetime(2026, 10, 14, 10), minutes=30)  # noqa: DTZ001
    with store.transaction("Add") as transaction:
        transaction.put_application(bare("a1", "Acme", interviews=(interview,)))

    def starts() -> list[str]:
        day = datetime.fromisoformat("2026-10-14T00:00Z")
        found = store.interviews_between(day, day + timedelta(days=1))
        return [each.starts_at.isoformat() for each in found]

    assert starts() == ["2026-10-14T10:00:00+00:00"]
    with store.transaction("Zone") as transaction:
        transaction.put_policy(Policy(timezone="Europe/Madrid"))
    assert starts() == ["2026-10-14T08:00:00+00:00"]
    store.history.undo()
    assert starts() == ["2026-10-14T10:00:00+00:00"]
    store.close()


def test_the_figures_of_the_search_leave_archived_applications_out() -> None:
    store = Store(open_database(None))
    Planner(store)
    event = Event(id="e1", kind=EventKind.STAGE, at=NOW, to_stage=Stage.APPLIED)
    archived = bare(
        "a2", "Hooli", archived=True, applied_on=date(2026, 10, 12), events=(event,), stage_at=NOW
    )
    with store.transaction("Add") as transaction:
        transaction.put_application(replace(ACME, contacts=(), interviews=(), events=()))
        transaction.put_application(archived)
    assert stored_plan(store) == fresh_plan(store.facts())
    assert store.follow_ups()[0].key == "keep_searching/2026-09-21"
    store.close()


def test_the_holidays_of_the_plan_are_kept_beside_it(tmp_path: Path) -> None:
    store = Store(open_database(tmp_path / "followup.db"))
    Planner(store)
    put_acme(store)
    with store.transaction("Move") as t:
        t.put_policy(Policy(timezone="Europe/Madrid", country="ES-MD"))
    kept = json.loads(store.meta()["holidays"])["days"]
    assert "Fiesta Nacional de España" in kept["ES-MD"]["2026"].values()
    before = stored_plan(store)
    store.close()
    store = Store(open_database(tmp_path / "followup.db"))
    Planner(store)
    store.replan()
    assert stored_plan(store) == before
    store.close()
