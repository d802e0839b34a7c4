"""A file that brings back what is in the trash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, Event, EventKind, Stage
from followup_desktop.services.imports import merged_into
from followup_desktop.services.transfer import interchange
from followup_desktop.services.transfer.interchange import Change, Document, ImportReport
from followup_desktop.storage.store import Thing
from tests.services.conftest import Desk, acme, madrid

ANA = Contact(id="c1", name="Ana Ruiz")
NOTE = Event(id="e1", kind=EventKind.NOTE, at=madrid("2026-10-01T09:00"), contact="c1", note="kept")


@pytest.fixture
def emptied(desk: Desk) -> Desk:
    """An application and its contact, both in the trash."""
    desk.put(acme(events=(NOTE,), contacts=("c1",), notes="mine"), contacts=(ANA,))
    desk.tracker.trash_application("a1")
    desk.tracker.trash_contact("c1")
    return desk


def document(**parts: list[dict[str, Any]]) -> Document:
    return interchange.read(json.dumps({"format": "followup-desktop", "version": 1, **parts}).encode())


def found(report: ImportReport, thing: str) -> tuple[Change, str]:
    return next((row.change, row.why) for row in report.rows if row.id == thing)


def test_it_comes_out_of_the_trash_with_the_file_s_values_and_keeps_its_others(emptied: Desk) -> None:
    file = document(
        applications=[{"id": "a1", "employer": "Acme", "role": "Lead", "stage": "applied"}],
        contacts=[{"id": "c1", "name": "Ana Ruiz"}],
    )
    planned = merged_into(emptied.store, file)
    report = emptied.tracker.import_document(file)
    assert planned.report == report
    assert planned.facts == emptied.store.facts()
    application = emptied.application()
    assert (application.role, application.stage, application.notes) == ("Lead", Stage.APPLIED, "mine")
    assert (application.events, application.contacts) == ((NOTE,), ("c1",))
    assert emptied.store.trash() == []
    assert found(report, "a1") == (Change.UPDATED, "brought back from the trash, changes role, stage")
    assert found(report, "c1") == (Change.UPDATED, "brought back from the trash")
    emptied.tracker.undo()
    assert {entry.id for entry in emptied.store.trash()} == {"a1", "c1"}


def test_what_the_file_does_not_bring_stays_in_the_trash(emptied: Desk) -> None:
    emptied.tracker.import_document(document(contacts=[{"id": "c1", "name": "Ana"}]))
    assert [entry.kind for entry in emptied.store.trash()] == [Thing.APPLICATION]
    assert emptied.store.contact("c1").name == "Ana"


def test_an_id_in_the_trash_is_not_another_thing_s(emptied: Desk) -> None:
    clashing = document(contacts=[{"id": "e1", "name": "Bea"}])
    with pytest.raises(Refused, match="in the trash") as asked:
        merged_into(emptied.store, clashing)
    with pytest.raises(Refused, match="in the trash") as done:
        emptied.tracker.import_document(clashing)
    assert str(asked.value) == str(done.value)
    assert emptied.store.all_contacts() == []


def test_naming_what_is_in_the_trash_is_refused(emptied: Desk) -> None:
    reminder = {"id": "m1", "title": "Call", "at": "2026-10-20T09:00", "application": "a1"}
    with pytest.raises(Refused, match="a1"):
        emptied.tracker.import_document(document(reminders=[reminder]))


def test_the_written_file_leaves_the_trash_out(emptied: Desk) -> None:
    written = json.loads(interchange.write(emptied.store.facts()))
    assert (written["applications"], written["contacts"]) == ([], [])
