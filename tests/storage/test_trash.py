"""What is in the trash is as if deleted, comes back as it was, and goes for good after its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import (
    Application,
    Contact,
    Event,
    EventKind,
    Facts,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Changes, Store, Thing
from followup_desktop.storage.tables import RECORDED, table_name
from tests import strategies
from tests.storage.conftest import ACME, ANA, NOW, TOM, put_acme
from tests.sweeps import examples


def trash(store: Store, kind: Thing, thing: str) -> None:
    with store.transaction("Delete") as transaction:
        if kind is Thing.APPLICATION:
            transaction.trash_application(thing, NOW)
        else:
            transaction.trash_contact(thing, NOW)


def rows(store: Store) -> dict[str, list[str]]:
    """Every recorded row as it is stored, the trash too."""
    return {
        table_name(model): sorted(map(repr, store._database.sql(f"SELECT * FROM {table_name(model)}")))
        for model in RECORDED
    }


def test_the_trash_says_what_is_in_it_newest_first(acme: Store) -> None:
    trash(acme, Thing.CONTACT, "c2")
    with acme.transaction("Delete") as transaction:
        transaction.trash_application("a1", NOW + timedelta(hours=1))
    first, second = acme.trash()
    assert (first.kind, first.id, first.title) == (Thing.APPLICATION, "a1", "Acme · Data Engineer")
    assert first.trashed_at == NOW + timedelta(hours=1)
    assert (second.kind, second.id, second.title, second.trashed_at) == (Thing.CONTACT, "c2", "Tom Berg", NOW)


def test_no_read_sees_what_is_in_the_trash(acme: Store) -> None:
    key = acme.follow_ups("a1")[0].key
    trash(acme, Thing.APPLICATION, "a1")
    trash(acme, Thing.CONTACT, "c1")
    assert acme.facts() == Facts(contacts=(TOM,))
    assert (acme.applications(), acme.applications(["a1"]), acme.all_contacts()) == ([], [], [TOM])
    assert acme.applications_of_employers(["acme"]) == []
    assert acme.applications_in_stage(Stage.INTERVIEWING) == []
    assert acme.application_ids(now=NOW, archived=None) == []
    assert acme.application_ids(now=NOW, archived=None, text="acme") == []
    assert acme.application_summaries(["a1"], NOW) == {}
    assert (acme.stage_counts(), acme.contact_count()) == ({}, 1)
    assert (acme.follow_ups(), acme.follow_up(key)) == ([], None)
    assert acme.interviews_between(NOW - timedelta(days=99), NOW + timedelta(days=99)) == []
    for read in (
        lambda: acme.application("a1"),
        lambda: acme.employer_of("a1"),
        lambda: acme.interview_application("i1"),
        lambda: acme.event_application("e1"),
        lambda: acme.contact("c1"),
    ):
        with pytest.raises(NotFound):
            read()


def test_a_reminder_of_it_stays_for_itself_and_names_it_again_when_it_is_back(acme: Store) -> None:
    at = (NOW + timedelta(days=1)).replace(tzinfo=None)
    with acme.transaction("Remind") as transaction:
        transaction.put_reminder(Reminder(id="m1", title="Call", at=at, application="a1"))
    trash(acme, Thing.APPLICATION, "a1")
    assert acme.reminder("m1").application is None
    (follow_up,) = [each for each in acme.follow_ups() if each.rule is Rule.MANUAL]
    assert follow_up.application is None
    with acme.transaction("Restore") as transaction:
        transaction.restore(Thing.APPLICATION, "a1")
    assert acme.reminder("m1").application == "a1"
    assert [each.application for each in acme.follow_ups() if each.rule is Rule.MANUAL] == ["a1"]


def test_contacts_made_by_it_no_longer_hold_its_employer_back(store: Store) -> None:
    """The guard moves the second application's call; with the first in the trash it need not."""
    put_acme(store)
    call = Event(id="e9", kind=EventKind.EMAIL, at=NOW - timedelta(days=1))
    told = Event(id="e8", kind=EventKind.REPLY, at=NOW - timedelta(days=12))
    other = replace(ACME, id="a2", interviews=(), events=(call,), contacts=())
    waiting = replace(ACME, id="a3", interviews=(), events=(told,), contacts=())
    with store.transaction("Add") as transaction:
        transaction.put_application(waiting)
    free = store.follow_ups("a3")
    with store.transaction("Add") as transaction:
        transaction.put_application(other)
    assert store.follow_ups("a3") != free
    trash(store, Thing.APPLICATION, "a2")
    assert store.follow_ups("a3") == free


def test_a_person_in_the_trash_is_named_nowhere_and_everywhere_again(acme: Store) -> None:
    before, plan = acme.facts(), acme.follow_ups()
    trash(acme, Thing.CONTACT, "c1")
    application = acme.application("a1")
    assert application.contacts == ("c2",)
    assert application.interviews[0].interviewers == ("c2",)
    assert [event.contact for event in application.events] == [None, "c2"]
    assert acme.application_ids(now=NOW, text="ruiz") == []
    assert "c1" not in {each.contact for each in acme.follow_ups()}
    with acme.transaction("Restore") as transaction:
        transaction.restore(Thing.CONTACT, "c1")
    assert (acme.facts(), acme.follow_ups()) == (before, plan)
    assert acme.application_ids(now=NOW, text="ruiz") == ["a1"]


def test_edits_meanwhile_keep_what_names_a_person_in_the_trash(acme: Store) -> None:
    trash(acme, Thing.CONTACT, "c1")
    with acme.transaction("Edit") as transaction:
        transaction.put_contact(Contact(id="b0", name="Bea"))
        present = transaction.application("a1")
        transaction.put_application(replace(present, notes="x", contacts=("c2", "b0")))
    assert acme.application("a1").contacts == ("c2", "b0")
    with acme.transaction("Restore") as transaction:
        transaction.restore(Thing.CONTACT, "c1")
    application = acme.application("a1")
    assert application.contacts == ("c1", "c2", "b0")
    assert application.interviews[0].interviewers == ("c2", "c1")
    assert [event.contact for event in application.events] == ["c1", "c2"]


def test_deleting_an_interview_with_a_person_in_the_trash(acme: Store) -> None:
    trash(acme, Thing.CONTACT, "c1")
    before = acme.facts()
    with acme.transaction("Delete interview") as transaction:
        transaction.put_application(replace(transaction.application("a1"), interviews=(), events=()))
    assert acme.application("a1").interviews == ()
    acme.history.undo()
    assert acme.facts() == before
    acme.history.undo()
    assert acme.application("a1") == ACME


def test_naming_a_person_in_the_trash_is_refused(acme: Store) -> None:
    trash(acme, Thing.CONTACT, "c1")
    with pytest.raises(Refused, match="in the trash"), acme.transaction("Link") as transaction:
        transaction.put_application(ACME)
    with pytest.raises(Refused, match="in the trash"), acme.transaction("Put") as transaction:
        transaction.put_facts(Facts(contacts=(TOM,), applications=(ACME,)))


def test_ids_in_the_trash_are_taken(acme: Store) -> None:
    trash(acme, Thing.APPLICATION, "a1")
    trash(acme, Thing.CONTACT, "c1")
    other = replace(ACME, id="a2", contacts=(), interviews=(), events=())
    note = Event(id="e1", kind=EventKind.NOTE, at=NOW)
    for wrong in (replace(other, id="a1"), replace(other, events=(note,))):
        with pytest.raises(Refused, match="id"), acme.transaction("Add") as transaction:
            transaction.put_application(wrong)
    with pytest.raises(Refused, match="id"), acme.transaction("Add") as transaction:
        transaction.put_contact(ANA)
    for facts in (
        Facts(contacts=(replace(TOM, id="a1"),)),
        Facts(contacts=(replace(TOM, id="e1"),)),
        Facts(applications=(replace(other, events=(note,)),)),
        Facts(reminders=(Reminder(id="i1", title="x", at=NOW.replace(tzinfo=None)),)),
    ):
        with pytest.raises(Refused, match="in the trash"), acme.transaction("Put") as transaction:
            transaction.put_facts(facts)
    assert acme.facts() == Facts(contacts=(TOM,))


def test_facts_that_have_what_is_in_the_trash_bring_it_back_as_they_say(acme: Store) -> None:
    before = acme.facts()
    trash(acme, Thing.CONTACT, "c1")
    trash(acme, Thing.APPLICATION, "a1")
    wanted = replace(before, applications=(replace(ACME, role="Lead", events=()),))
    with acme.transaction("Import") as transaction:
        transaction.put_facts(wanted)
    assert (acme.facts(), acme.trash()) == (wanted, [])
    acme.history.undo()
    assert acme.facts() == Facts(contacts=(TOM,))
    assert len(acme.trash()) == 2


def test_facts_leave_the_trash_as_it_is(acme: Store) -> None:
    trash(acme, Thing.APPLICATION, "a1")
    with acme.transaction("Put") as transaction:
        transaction.put_facts(Facts())
    assert [entry.id for entry in acme.trash()] == ["a1"]
    acme.history.undo()
    with acme.transaction("Restore") as transaction:
        transaction.restore(Thing.APPLICATION, "a1")
    assert acme.application("a1") == ACME


def test_facts_seen_as_if_something_were_restored(acme: Store) -> None:
    before = acme.facts()
    trash(acme, Thing.APPLICATION, "a1")
    trash(acme, Thing.CONTACT, "c1")
    assert acme.facts(("a1", "c1")) == before
    assert acme.facts(("a1",)).applications[0].contacts == ("c2",)
    assert acme.facts() == Facts(contacts=(TOM,))


def test_only_what_is_there_is_trashed_and_only_what_is_in_the_trash_restored(acme: Store) -> None:
    trash(acme, Thing.APPLICATION, "a1")
    with pytest.raises(NotFound), acme.transaction("Again") as transaction:
        transaction.trash_application("a1", NOW)
    with pytest.raises(NotFound), acme.transaction("Gone") as transaction:
        transaction.trash_contact("nobody", NOW)
    with pytest.raises(NotFound, match="no longer in the trash"), acme.transaction("Back") as transaction:
        transaction.restore(Thing.CONTACT, "c1")


def purged_later(store: Store) -> int:
    """What is purged after 30 more days on which the program ran."""
    for day in range(31):
        store.record_run((NOW + timedelta(days=day)).date(), NOW)
    return store.purge_trash(30)


def test_purging_deletes_for_good_what_is_old_enough(acme: Store) -> None:
    with acme.transaction("Add") as transaction:
        transaction.put_application(replace(ACME, id="a2", interviews=(), events=()))
        at = NOW.replace(tzinfo=None)
        transaction.put_reminder(Reminder(id="m1", title="x", at=at, application="a1"))
    trash(acme, Thing.APPLICATION, "a1")
    trash(acme, Thing.CONTACT, "c1")
    before, plan = acme.facts(), acme.follow_ups()
    assert acme.purge_trash(30) == 0
    assert acme.history.undo_label == "Delete"
    assert purged_later(acme) == 2
    with pytest.raises(Refused, match="nothing to undo"):
        acme.history.undo()
    assert (acme.facts(), acme.follow_ups(), acme.trash()) == (before, plan, [])
    assert list(acme._database.sql("PRAGMA foreign_key_check")) == []
    stored = rows(acme)
    assert (stored["interview"], stored["event"], stored["interview_interviewer"]) == ([], [], [])
    acme.replan()
    assert acme.follow_ups() == plan
    with acme.transaction("Add") as transaction:
        transaction.put_contact(ANA)
        transaction.put_application(ACME)
    assert acme.application("a1") == ACME


def test_purging_an_interviewer_leaves_the_interview(acme: Store) -> None:
    trash(acme, Thing.CONTACT, "c1")
    assert purged_later(acme) == 1
    assert acme.application("a1").interviews[0].interviewers == ("c2",)
    assert acme.event_application("e1") == "a1"


def test_trash_and_templates_are_told(acme: Store) -> None:
    told: list[Changes] = []
    keys = {each.key for each in acme.follow_ups("a1")}
    acme.subscribe(told.append)
    trash(acme, Thing.APPLICATION, "a1")
    with acme.transaction("Template") as transaction:
        transaction.put_template(Template("thank_you", "Thanks", "Dear $name"))
    first, second = told
    assert first.applications == {"a1"}
    assert keys <= first.follow_ups
    assert (first.settings, second.settings) == (False, True)


def test_templates_are_kept_changed_and_forgotten(store: Store) -> None:
    template = Template("thank_you", "Thanks", "Dear $name")
    changed = replace(template, body="Hello $name")
    with store.transaction("Template") as transaction:
        transaction.put_template(template)
    with store.transaction("Template") as transaction:
        transaction.put_template(changed)
    with store.transaction("Reset") as transaction:
        transaction.delete_template("thank_you")
        transaction.delete_template("check_in")
    assert store.templates() == {}
    seen = []
    for _ in range(3):
        store.history.undo()
        seen.append(store.template("thank_you"))
    assert seen == [changed, template, None]
    for _ in range(3):
        store.history.redo()
    assert store.templates() == {}


def _without(facts: Facts, kind: Thing, thing: str) -> Facts:
    if kind is Thing.APPLICATION:
        return strategies.without_application(facts, thing)
    return strategies.without_person(facts, thing)


@settings(max_examples=examples(30), deadline=None)
@given(facts=strategies.facts(max_applications=3), data=st.data())
def test_any_order_of_trashing_restoring_and_undoing_is_right(facts: Facts, data: st.DataObject) -> None:
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Begin") as transaction:
        transaction.put_facts(facts)
    things = [(Thing.APPLICATION, each.id) for each in facts.applications]
    things += [(Thing.CONTACT, each.id) for each in facts.contacts]
    gone: list[tuple[Thing, str]] = []
    kept = [(rows(store), store.facts(), store.follow_ups())]
    for kind, thing in data.draw(st.lists(st.sampled_from(things), max_size=6) if things else st.just([])):
        with store.transaction("Step") as transaction:
            if (kind, thing) in gone:
                transaction.restore(kind, thing)
                gone.remove((kind, thing))
            elif kind is Thing.APPLICATION:
                transaction.trash_application(thing, NOW)
                gone.append((kind, thing))
            else:
                transaction.trash_contact(thing, NOW)
                gone.append((kind, thing))
        expected = facts
        for each in gone:
            expected = _without(expected, *each)
        assert store.facts() == expected
        assert {(entry.kind, entry.id) for entry in store.trash()} == set(gone)
        plan = store.follow_ups()
        store.replan()
        assert store.follow_ups() == plan
        kept.append((rows(store), store.facts(), plan))
    for state in reversed(kept[:-1]):
        store.history.undo()
        assert (rows(store), store.facts(), store.follow_ups()) == state
    for state in kept[1:]:
        store.history.redo()
        assert (rows(store), store.facts(), store.follow_ups()) == state
    store.close()


@settings(max_examples=examples(20), deadline=None)
@given(facts=strategies.facts(max_applications=3), data=st.data())
def test_purging_leaves_the_facts_and_no_loose_end(facts: Facts, data: st.DataObject) -> None:
    store = Store(open_database(None))
    with store.transaction("Begin") as transaction:
        transaction.put_facts(facts)
    applications: list[Application] = (
        data.draw(st.lists(st.sampled_from(facts.applications), unique=True)) if facts.applications else []
    )
    contacts: list[Contact] = (
        data.draw(st.lists(st.sampled_from(facts.contacts), unique=True)) if facts.contacts else []
    )
    with store.transaction("Delete") as transaction:
        for application in applications:
            transaction.trash_application(application.id, NOW)
        for contact in contacts:
            transaction.trash_contact(contact.id, NOW)
    before = store.facts()
    assert purged_later(store) == len(applications) + len(contacts)
    assert store.facts() == before
    assert list(store._database.sql("PRAGMA foreign_key_check")) == []
    assert not store.ids_in_trash()
    store.close()


def test_what_is_deleted_for_good_is_gone_with_what_is_its_own_and_the_rest_stays(acme: Store) -> None:
    trash(acme, Thing.APPLICATION, "a1")
    trash(acme, Thing.CONTACT, "c2")
    told: list[Changes] = []
    acme.subscribe(told.append)
    assert acme.delete_for_good({(Thing.APPLICATION, "a1"), (Thing.CONTACT, "c1")}) == 1
    assert [entry.id for entry in acme.trash()] == ["c2"]
    assert acme.facts() == Facts(contacts=(ANA,))
    stored = rows(acme)
    assert (stored["application"], stored["interview"], stored["event"]) == ([], [], [])
    assert list(acme._database.sql("PRAGMA foreign_key_check")) == []
    assert len(told) == 1
    with pytest.raises(Refused, match="nothing to undo"):
        acme.history.undo()


def test_what_is_not_in_the_trash_is_never_deleted_for_good(acme: Store) -> None:
    before = acme.facts()
    trash(acme, Thing.CONTACT, "c2")
    acme.history.undo()
    assert acme.delete_for_good({(Thing.APPLICATION, "a1"), (Thing.CONTACT, "c2")}) == 0
    assert acme.facts() == before
    assert acme.history.redo_label == "Delete"


def test_the_trash_counts_the_days_on_which_the_program_ran(acme: Store) -> None:
    acme.record_run(NOW.date(), NOW)
    trash(acme, Thing.CONTACT, "c1")
    assert [entry.run_days for entry in acme.trash()] == [0]
    acme.record_run(NOW.date(), NOW)
    for day in (1, 2, 2, 9):
        acme.record_run((NOW + timedelta(days=day)).date(), NOW)
    assert [entry.run_days for entry in acme.trash()] == [3]
