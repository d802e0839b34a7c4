"""Undo and redo: whole steps, exactly, and never over what another has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Facts,
    LastAnnouncement,
    Policy,
    Reminder,
    SearchState,
    Stage,
)
from followup_desktop.storage.database import open_database
from followup_desktop.storage.history import Changeset, History, UndoStep, recording
from followup_desktop.storage.store import Changes, Store
from followup_desktop.storage.writes import Transaction
from tests.storage.conftest import ACME, ANA, NOW, TOM, put_acme


def test_there_is_nothing_to_undo_or_redo_at_first(store: Store) -> None:
    assert store.history.undo_label is None
    assert store.history.redo_label is None
    with pytest.raises(Refused, match="nothing to undo"):
        store.history.undo()
    with pytest.raises(Refused, match="nothing to redo"):
        store.history.redo()


def test_labels_name_what_is_next(store: Store) -> None:
    put_acme(store)
    with store.transaction("Rename Ana") as transaction:
        transaction.put_contact(replace(ANA, name="Ana María Ruiz"))
    assert store.history.undo_label == "Rename Ana"
    assert store.history.undo().label == "Rename Ana"
    assert (store.history.undo_label, store.history.redo_label) == ("Add Acme", "Rename Ana")


def test_deleting_what_has_children_is_undone_whole(acme: Store) -> None:
    with acme.transaction("Remind") as transaction:
        transaction.put_reminder(
            Reminder(id="m1", title="Call", at=NOW.replace(tzinfo=None), application="a1")
        )
    before, plan = acme.facts(), acme.follow_ups()
    with acme.transaction("Delete Acme") as transaction:
        transaction.trash_application("a1", NOW)
    assert acme.applications() == []
    assert acme.reminder("m1").application is None
    acme.history.undo()
    assert (acme.facts(), acme.follow_ups()) == (before, plan)
    acme.history.redo()
    assert acme.applications() == []
    acme.history.undo()
    assert (acme.facts(), acme.follow_ups()) == (before, plan)


def test_deleting_a_contact_takes_it_from_everywhere_and_undo_puts_it_back(acme: Store) -> None:
    before = acme.facts()
    with acme.transaction("Delete Ana") as transaction:
        transaction.trash_contact("c1", NOW)
    application = acme.application("a1")
    assert application.contacts == ("c2",)
    assert application.interviews[0].interviewers == ("c2",)
    assert [event.contact for event in application.events] == [None, "c2"]
    acme.history.undo()
    assert acme.facts() == before


def test_swapped_places_and_changed_links_are_undone(acme: Store) -> None:
    before = acme.facts()
    interview = ACME.interviews[0]
    with acme.transaction("Reorder") as transaction:
        transaction.put_application(
            replace(
                ACME,
                contacts=("c2", "c1"),
                interviews=(replace(interview, interviewers=("c1",)),),
                events=tuple(replace(event, interview="i1") for event in reversed(ACME.events)),
            )
        )
    assert acme.application("a1").contacts == ("c2", "c1")
    acme.history.undo()
    assert acme.facts() == before


def test_settings_and_choices_are_undone(store: Store) -> None:
    first = store.facts()
    with store.transaction("Settings") as transaction:
        transaction.put_policy(Policy(timezone="Europe/Madrid", max_attempts=4))
        transaction.put_search_state(SearchState(paused=True, acknowledged_at=NOW))
        transaction.put_choice(Choice(key="prepare/a1/2026-10-14", made_at=NOW, skipped=True))
    last = store.facts()
    store.history.undo()
    assert store.facts() == first
    store.history.redo()
    assert store.facts() == last


def test_a_step_that_comes_to_nothing_is_not_remembered(acme: Store) -> None:
    told: list[Changes] = []
    acme.subscribe(told.append)
    with acme.transaction("Same") as transaction:
        transaction.put_application(ACME)
    with acme.transaction("There and back") as transaction:
        transaction.put_contact(replace(ANA, name="Other"))
        transaction.put_contact(ANA)
    assert acme.history.undo_label == "Add Acme"
    assert told == []


def test_a_step_that_fails_leaves_nothing_to_undo(acme: Store) -> None:
    before = acme.facts()
    with pytest.raises(Refused, match="too late"), acme.transaction("Fails") as transaction:
        transaction.trash_application("a1", NOW)
        raise Refused("It is too late.")
    assert acme.facts() == before
    assert acme.history.undo_label == "Add Acme"


def test_a_new_step_forgets_what_could_be_redone(acme: Store) -> None:
    acme.history.undo()
    assert acme.history.redo_label == "Add Acme"
    with acme.transaction("Add Bea") as transaction:
        transaction.put_contact(Contact(id="c9", name="Bea"))
    assert acme.history.redo_label is None


def test_what_the_heartbeat_remembers_is_not_undone_and_stands_in_no_way(acme: Store) -> None:
    key = acme.follow_ups()[0].key
    acme.record_announced([LastAnnouncement(key=key, announced_at=NOW)])
    acme.replan()
    assert acme.history.undo_label == "Add Acme"
    acme.history.undo()
    assert acme.applications() == []
    assert acme.announced(key) == LastAnnouncement(key=key, announced_at=NOW)
    acme.history.redo()
    acme.record_announced([LastAnnouncement(key=key, announced_at=NOW + timedelta(hours=1))])
    acme.history.undo()
    assert acme.facts() == Facts(
        announced=(LastAnnouncement(key=key, announced_at=NOW + timedelta(hours=1)),)
    )


def test_undo_tells_what_changed(acme: Store) -> None:
    told: list[Changes] = []
    acme.subscribe(told.append)
    keys = {follow_up.key for follow_up in acme.follow_ups()}
    changes = acme.history.undo()
    assert told == [changes]
    assert changes.applications == {"a1"}
    assert changes.contacts == {"c1", "c2"}
    assert changes.follow_ups == keys
    assert not changes.settings
    assert not changes.everything


def test_a_restore_clears_the_history(acme: Store) -> None:
    acme.history.undo()
    put_acme(acme)
    acme.history.clear()
    assert acme.history.undo_label is None
    assert acme.history.redo_label is None


def test_a_step_of_thousands_of_rows_says_so_and_is_undone(store: Store) -> None:
    with store.transaction("Import") as transaction:
        transaction.put_facts(
            Facts(
                contacts=tuple(Contact(id=f"c{number:04}", name="x") for number in range(4000)),
                applications=tuple(
                    Application(id=f"a{number:04}", employer="Acme", role="", stage=Stage.WITHDRAWN)
                    for number in range(1001)
                ),
            )
        )
    history = store.history
    assert (history.undo_is_large, history.redo_is_large) == (True, False)
    imported = store.facts()
    store.history.undo()
    assert store.facts() == Facts()
    assert (history.undo_is_large, history.redo_is_large) == (False, True)
    store.history.redo()
    assert store.facts() == imported


def test_a_changeset_is_kept_packed_and_given_as_it_was_recorded() -> None:
    database = open_database(None)
    session = apsw.Session(database.connection, "main")
    session.attach()
    assert not Changeset(session.changeset_stream)
    with database.writing():
        people = (Contact(id=f"c{number:04}", name=f"Person {number}") for number in range(3000))
        Transaction(database).put_facts(Facts(contacts=tuple(people)))
    recorded = session.changeset()
    session.close()
    changeset = Changeset(lambda take: take(memoryview(recorded)))
    assert changeset
    assert changeset.size * 2 < len(recorded)
    for given, expected in (
        (changeset, recorded),
        (changeset.inverted(), apsw.Changeset.invert(recorded)),
    ):
        assert b"".join(map(bytes, iter(partial(given.stream(), 1000), b""))) == expected
    assert sum(change.name == "contact" for change in changeset.changes()) == 3000
    database.close()


def test_a_usual_step_is_not_large(acme: Store) -> None:
    assert not acme.history.undo_is_large


def test_the_oldest_steps_go_when_the_history_grows_too_large() -> None:
    database = open_database(None)
    with database.writing(), recording(database.connection) as recorder:
        Transaction(database).put_contact(ANA)
        changeset = recorder.changeset()
    replayed: list[str] = []

    def replay(label: str, _changeset: Changeset) -> Changes:
        replayed.append(label)
        return Changes(label=label)

    history = History(replay, limit=2 * changeset.size)
    for label in ("oldest", "old", "new"):
        history.add(UndoStep(label, changeset, 1))
    history.undo()
    history.undo()
    assert replayed == ["new", "old"]
    assert history.undo_label is None
    small = History(replay, limit=changeset.size - 1)
    small.add(UndoStep("too large to keep", changeset, 1))
    assert small.undo_label is None
    database.close()


def test_a_transaction_within_another_is_a_mistake_of_the_program(acme: Store) -> None:
    with (
        pytest.raises(RuntimeError, match="open already"),
        acme.transaction("Outer"),
        acme.transaction("Inner"),
    ):
        pass
    with acme.transaction("After") as transaction:
        transaction.put_contact(Contact(id="c3", name="Bea"))
    assert acme.history.undo_label == "After"


def test_a_step_that_conflicts_in_its_midst_changes_nothing(store: Store) -> None:
    people = tuple(Contact(id=f"c{number:02}", name="Ana", phone="1") for number in range(40))
    with store.transaction("Add") as transaction:
        transaction.put_facts(Facts(contacts=(*people, ANA, TOM), applications=(ACME,)))
    with store.transaction("Rename all") as transaction:
        for each in people:
            transaction.put_contact(replace(each, name="Bea"))
        transaction.trash_application("a1", NOW)
    changed = store.contact("c20")
    store._database.sql("UPDATE contact SET name = 'Elsewhere' WHERE id = 'c20'")
    before, plan = store.facts(), store.follow_ups()
    counts = store._database.connection.execute("SELECT * FROM stage_count ORDER BY 1").fetchall()
    told: list[Changes] = []
    store.subscribe(told.append)
    with pytest.raises(Refused, match="Can't undo “Rename all”"):
        store.history.undo()
    assert changed.name == "Bea"
    assert (store.facts(), store.follow_ups(), told) == (before, plan, [])
    assert store._database.connection.execute("SELECT * FROM stage_count ORDER BY 1").fetchall() == counts
    assert store.history.undo_label == "Add"
    assert not store._database.in_transaction()


def test_no_savepoint_is_around_what_is_undone(acme: Store) -> None:
    """Within one, each row whose trigger runs costs more than the one before: `benchmarks.bench_data`."""
    said: list[str] = []
    connection = acme._database.connection
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: said.append(event["sql"]))
    acme.history.undo()
    connection.trace_v2(0, None)
    assert any("application" in each for each in said)
    assert not [each for each in said if each.upper().startswith("SAVEPOINT")]
