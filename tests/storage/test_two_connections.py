"""The window and the command line on one file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, Event, EventKind, LastAnnouncement
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Changes, Store
from tests.storage.conftest import ACME, ANA, NOW, put_acme


def test_a_change_by_another_is_noticed_once(first: Store, second: Store) -> None:
    told: list[Changes] = []
    first.subscribe(told.append)
    assert not first.poll_external_change()
    put_acme(second)
    assert first.poll_external_change()
    assert not first.poll_external_change()
    assert told == [Changes(everything=True)]
    assert first.application("a1") == ACME
    assert first.follow_ups() == second.follow_ups() != []


def test_an_edit_leaves_the_schema_that_a_newer_program_gave_the_file(first: Store, second: Store) -> None:
    put_acme(first)
    second._database.sql("PRAGMA user_version = 99")
    with first.transaction("Note") as transaction:
        transaction.put_application(replace(ACME, notes="mine"))
    assert second._database.schema_version() == 99


def test_ones_own_changes_are_not_taken_for_anothers(first: Store) -> None:
    put_acme(first)
    first.record_announced([LastAnnouncement(key="x", announced_at=NOW)])
    assert not first.poll_external_change()


def test_undo_keeps_what_another_changed_on_another_column(first: Store, second: Store) -> None:
    put_acme(first)
    with first.transaction("Note") as transaction:
        transaction.put_application(replace(ACME, notes="mine"))
    with second.transaction("Role") as transaction:
        transaction.put_application(replace(second.application("a1"), role="Analyst"))
    first.history.undo()
    application = first.application("a1")
    assert (application.role, application.notes) == ("Analyst", "")


def test_undo_over_a_change_of_the_same_column_is_refused_and_dropped(first: Store, second: Store) -> None:
    put_acme(first)
    with first.transaction("Add Bea") as transaction:
        transaction.put_contact(Contact(id="c3", name="Bea"))
    with first.transaction("Rename Ana") as transaction:
        transaction.put_contact(replace(ANA, name="mine"))
    with second.transaction("Rename Ana") as transaction:
        transaction.put_contact(replace(ANA, name="theirs"))
    with pytest.raises(Refused, match=r"Can't undo “Rename Ana” because .* changed since"):
        first.history.undo()
    assert first.contact("c1").name == "theirs"
    assert first.history.undo_label == "Add Bea"
    assert first.history.redo_label is None
    first.history.undo()
    assert [contact.id for contact in first.all_contacts()] == ["c1", "c2"]


def test_undoing_an_addition_that_another_built_on_is_refused(first: Store, second: Store) -> None:
    """Or what the other wrote would hang in the air, or go with it unasked."""
    put_acme(first)
    theirs = second.application("a1")
    with second.transaction("Log") as transaction:
        event = Event(id="e9", kind=EventKind.NOTE, at=NOW)
        transaction.put_application(replace(theirs, events=(*theirs.events, event)))
    before = first.facts()
    with pytest.raises(Refused, match="Can't undo"):
        first.history.undo()
    assert first.facts() == before
    assert first.history.undo_label is None


def test_redo_over_a_change_by_another_is_refused_and_dropped(first: Store, second: Store) -> None:
    put_acme(first)
    first.history.undo()
    with second.transaction("Add Ana") as transaction:
        transaction.put_contact(replace(ANA, name="theirs"))
    with pytest.raises(Refused, match="Can't redo “Add Acme”"):
        first.history.redo()
    assert first.history.redo_label is None
    assert first.applications() == []
    assert first.contact("c1").name == "theirs"


def test_a_step_sees_what_another_wrote_before_it_began(first: Store, second: Store) -> None:
    put_acme(second)
    with first.transaction("Rename") as transaction:
        assert transaction.contact("c1") == ANA
        transaction.put_contact(replace(transaction.contact("c1"), phone="1"))
    assert second.contact("c1") == replace(ANA, phone="1")


def test_what_was_read_is_read_anew_after_another_wrote_or_a_step_was_given_up(
    first: Store, second: Store
) -> None:
    put_acme(first)
    assert first.application("a1") == ACME
    with second.transaction("Role") as transaction:
        transaction.put_application(replace(ACME, role="Analyst"))
    assert first.application("a1").role == "Analyst"
    with suppress(KeyboardInterrupt), first.transaction("Notes") as transaction:
        transaction.put_application(replace(first.application("a1"), notes="mine"))
        assert transaction.application("a1").notes == "mine"
        raise KeyboardInterrupt
    assert first.application("a1").notes == ACME.notes


def test_one_who_waits_in_vain_to_write_is_told_and_changes_nothing(file: Path) -> None:
    database, other = open_database(file), open_database(file)
    store = Store(database)
    Planner(store)
    database.connection.setbusytimeout(1)
    with (
        other.writing(),
        pytest.raises(Refused, match="Another program is writing"),
        store.transaction("Add Acme") as transaction,
    ):
        transaction.put_contact(ANA)
    assert store.all_contacts() == []
    assert store.history.undo_label is None
    put_acme(store)
    assert store.application("a1") == ACME
    store.close()
    other.close()
