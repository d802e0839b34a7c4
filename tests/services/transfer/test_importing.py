"""A file that brings back what is in the trash, or an older stage."""

from __future__ import annotations

import gc
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Reminder,
    Stage,
)
from followup_desktop.i18n import pgettext
from followup_desktop.services.progress import Cancelled, Progress
from followup_desktop.services.transfer import interchange
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.import_file import ImportFile, SourceFile
from followup_desktop.services.transfer.importing import change_word, in_words
from followup_desktop.services.transfer.interchange import Change, Document, ImportReport
from followup_desktop.services.transfer.preview import Preview, import_or_preview
from followup_desktop.services.transfer.readers import interchange as reader
from followup_desktop.services.transfer.report import ImportRows
from followup_desktop.services.transfer.table_answers import TableAnswers
from followup_desktop.storage import plan_writes
from followup_desktop.storage.database import AT_A_TIME
from followup_desktop.storage.store import Thing
from followup_desktop.system.files import FolderFiles
from tests.benchmarks.many import many
from tests.pseudo_locale import speaking
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


def exported(applications: int, people: int = 0) -> bytes:
    said = {"employer": "Acme", "role": "Cook", "stage": "saved"}
    parts = {
        "format": "followup-desktop",
        "version": 1,
        "contacts": [{"id": f"c{number}", "name": "Ana Ruiz"} for number in range(people)],
        "applications": [{"id": f"a{number}", **said} for number in range(applications)],
    }
    return json.dumps(parts).encode()


def found(report: ImportReport, thing: str) -> tuple[Change, str]:
    return next((row.change, row.why) for row in report.rows if row.id == thing)


def opened(desk: Desk, path: Path, progress: Progress) -> str | Preview:
    """What opening the file comes to."""
    importing = ImportFile(desk.tracker, TableAnswers(desk.store.settings), progress)
    file = SourceFile(name=path.name, data=FolderFiles().read(path))
    return import_or_preview(importing, file, desk.wording)


def test_reading_and_comparing_tell_how_far_they_are(desk: Desk, tmp_path: Path) -> None:
    lines = [f"Employer {number},Cook,Applied" for number in range(250)]
    file = tmp_path / "jobs.csv"
    file.write_text("\n".join(["Company,Role,Status", *lines]))
    progress = Progress("…")
    heard: dict[str, list[tuple[int, int]]] = {}
    count = progress.count

    def told(done: int, of: int) -> None:
        heard.setdefault(progress.text, []).append((done, of))
        count(done, of)

    progress.count = told  # type: ignore[method-assign]
    preview = opened(desk, file, progress)
    assert isinstance(preview, Preview)
    assert len(preview.rows) == 250
    assert preview.rows[249].entry == "Employer 249 · Cook"
    assert heard == {
        "Reading jobs.csv…": [(0, 250), (100, 250), (200, 250)],
        "Comparing jobs.csv with your data…": [(done, 250) for done in (0, 50, 100, 125, 175, 225)],
    }


def test_reading_an_export_tells_how_far_it_is(desk: Desk) -> None:
    heard: list[tuple[int, int]] = []
    reading = replace(desk.tracker.reading("all.json"), on_progress=lambda done, of: heard.append((done, of)))
    data = exported(250)
    assert len(read_document(data, reading=reading).applications) == 250
    assert [each for each in heard if each[1]] == [(0, 250), (100, 250), (200, 250)]


@pytest.mark.parametrize("name", ["all.json", "people.json", "people.csv", "people.vcf"])
def test_reading_is_given_up_in_the_middle(desk: Desk, name: str) -> None:
    files = {
        "all.json": exported(250),
        "people.json": exported(0, people=250),
        "people.csv": b"First Name,Last Name,Company,Position,Email\n"
        + b"Ana,Ruiz,Acme,Lead,a@b.example\n" * 250,
        "people.vcf": b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nEND:VCARD\n" * 250,
    }
    heard: list[int] = []

    def told(_done: int, _of: int) -> None:
        heard.append(len(heard))
        if len(heard) > 2:
            raise Cancelled

    reading = replace(desk.tracker.reading(name), on_progress=told)
    with pytest.raises(Cancelled):
        read_document(files[name], reading=reading)
    assert len(heard) == 3


def test_an_import_is_given_up_while_it_compares(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("Company,Role,Status\nAcme,Cook,Applied\n")
    progress = Progress("…")
    describe = progress.describe

    def described(text: str) -> None:
        describe(text)
        if text.startswith("Comparing"):
            progress.cancel()

    progress.describe = described  # type: ignore[method-assign]
    before = desk.store.facts()
    with pytest.raises(Cancelled):
        opened(desk, file, progress)
    assert desk.store.facts() == before


def test_it_comes_out_of_the_trash_with_the_file_s_values_and_keeps_its_others(emptied: Desk) -> None:
    file = document(
        applications=[{"id": "a1", "employer": "Acme", "role": "Lead", "stage": "offer"}],
        contacts=[{"id": "c1", "name": "Ana Ruiz"}],
    )
    planned = emptied.tracker.import_document(file, dry_run=True)
    report = emptied.tracker.import_document(file)
    assert planned == report
    application = emptied.application()
    assert (application.role, application.stage, application.notes) == ("Lead", Stage.OFFER, "mine")
    assert (application.events, application.contacts) == ((NOTE,), ("c1",))
    assert emptied.store.trash() == []
    assert found(report, "a1") == (Change.UPDATED, "restored from the trash; changes “Role”, “Stage”")
    assert found(report, "c1") == (Change.UPDATED, "restored from the trash")
    emptied.tracker.undo()
    assert {entry.id for entry in emptied.store.trash()} == {"a1", "c1"}


def test_what_the_file_does_not_bring_stays_in_the_trash(emptied: Desk) -> None:
    emptied.tracker.import_document(document(contacts=[{"id": "c1", "name": "Ana"}]))
    assert [entry.kind for entry in emptied.store.trash()] == [Thing.APPLICATION]
    assert emptied.store.contact("c1").name == "Ana"


def test_an_id_in_the_trash_is_not_another_thing_s(emptied: Desk) -> None:
    clashing = document(contacts=[{"id": "e1", "name": "Bea"}])
    with pytest.raises(Refused, match="in the trash") as asked:
        emptied.tracker.import_document(clashing, dry_run=True)
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


# An older file

SAVED, APPLIED, TALKED = (madrid(f"2026-{day}T09:00") for day in ("09-01", "09-20", "10-05"))
MOVES = (
    Event(id="m1", kind=EventKind.STAGE, at=APPLIED, from_stage=Stage.SAVED, to_stage=Stage.APPLIED),
    Event(id="m2", kind=EventKind.STAGE, at=TALKED, from_stage=Stage.APPLIED, to_stage=Stage.INTERVIEWING),
)


def row(stage: str, **fields: object) -> dict[str, Any]:
    return {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": stage, **fields}


def test_a_stage_that_an_older_file_sets_back_is_told_and_stands_in_the_timeline(desk: Desk) -> None:
    desk.put(acme(stage_at=TALKED, events=MOVES))
    report = desk.tracker.import_document(
        document(applications=[row("applied", stage_at="2026-09-20T07:00:00Z")])
    )
    application = desk.application()
    assert (application.stage, application.stage_at) == (Stage.APPLIED, APPLIED)
    added = next(event for event in application.events if event not in MOVES)
    assert (added.kind, added.at) == (EventKind.STAGE, desk.now)
    assert (added.from_stage, added.to_stage) == (Stage.INTERVIEWING, Stage.APPLIED)
    assert [each.set_back for each in report.rows] == [(Stage.INTERVIEWING, Stage.APPLIED)]
    assert "Acme · Data Engineer goes back from Interviewing to Applied." in in_words(report, desk.wording)
    (told,) = report.as_json()["rows"]
    assert told["set_back"] == {"from": "interviewing", "to": "applied"}
    desk.tracker.undo()
    assert desk.application().events == MOVES
    assert desk.application().stage is Stage.INTERVIEWING


def test_the_same_older_file_read_again_adds_no_other_entry(desk: Desk) -> None:
    desk.put(acme(stage_at=TALKED, events=MOVES))
    desk.tracker.import_document(document(applications=[row("saved")]))
    before = desk.application()
    assert desk.tracker.import_document(document(applications=[row("saved")])).set_back == ()
    assert desk.application() == before


@pytest.mark.parametrize(
    ("stage", "fields"),
    [
        ("rejected", {"stage_at": "2026-10-08T09:00:00Z"}),
        ("rejected", {}),
        ("offer", {}),
        (
            "applied",
            {"events": [{"id": "m3", "kind": "stage", "at": "2026-10-09T09:00:00Z", "to": "applied"}]},
        ),
    ],
)
def test_a_stage_that_a_file_moves_on_is_as_the_file_has_it(
    desk: Desk, stage: str, fields: dict[str, Any]
) -> None:
    desk.put(acme(stage_at=TALKED, events=MOVES))
    report = desk.tracker.import_document(document(applications=[row(stage, **fields)]))
    assert report.set_back == ()
    assert len(desk.application().events) == len(MOVES) + len(fields.get("events", ()))


def test_an_older_refusal_sets_back_what_was_opened_again(desk: Desk) -> None:
    desk.put(acme(stage_at=TALKED, events=MOVES))
    report = desk.tracker.import_document(
        document(applications=[row("rejected", stage_at="2026-09-30T09:00:00Z")])
    )
    assert [each.set_back for each in report.rows] == [(Stage.INTERVIEWING, Stage.REJECTED)]


def test_many_are_told_by_the_first_names_and_their_number(desk: Desk) -> None:
    ids = [f"a{n}" for n in range(5)]
    desk.put(*(acme(id=each, stage_at=TALKED) for each in ids))
    report = desk.tracker.import_document(
        document(applications=[row("saved", id=each, stage_at="2026-09-01T07:00:00Z") for each in ids])
    )
    words = in_words(report, desk.wording)
    assert "5 applications go back to an older stage: " in words
    assert words.endswith("Acme · Data Engineer, Acme · Data Engineer and 3 others.")


def test_what_comes_out_of_the_trash_and_changed_settings_are_told(emptied: Desk) -> None:
    report = emptied.tracker.import_document(
        interchange.read(
            json.dumps(
                {
                    "format": "followup-desktop",
                    "version": 1,
                    "policy": {"max_attempts": 3},
                    "applications": [row("interviewing")],
                    "contacts": [{"id": "c1", "name": "Ana Ruiz"}],
                }
            ).encode()
        )
    )
    words = in_words(report, emptied.wording)
    assert words == (
        "Imported: 3 updated. Restored from the trash: Ana Ruiz, Acme · Data Engineer. Settings change too."
    )
    assert [each["restored"] for each in report.as_json()["rows"]] == [False, True, True]


# A dry run


@pytest.mark.parametrize(
    "parts",
    [
        {"contacts": [{"id": "c1", "name": "Ana"}]},
        {"applications": [row("saved", contacts=["c1"])]},
        {"applications": [row("saved")], "contacts": [{"id": "c1", "name": "Ana"}]},
        {"contacts": [{"id": "e1", "name": "Bea"}]},
        {"contacts": [{"id": "a1", "name": "Bea"}]},
        {"applications": [row("saved", id="a2", contacts=["c1"])]},
        {"applications": [row("saved", id="c1")]},
        {
            "applications": [
                row(
                    "saved", id="a2", interviews=[{"id": "e1", "starts_at": "2026-10-20T09:00", "minutes": 9}]
                )
            ]
        },
        {"reminders": [{"id": "e1", "title": "Call", "at": "2026-10-20T09:00"}]},
        {"reminders": [{"id": "m1", "title": "Call", "at": "2026-10-20T09:00", "application": "a1"}]},
    ],
)
def test_a_dry_run_tells_and_refuses_what_the_import_does_and_changes_nothing(
    emptied: Desk, parts: dict[str, Any]
) -> None:
    file, before, trash = document(**parts), emptied.store.facts(), emptied.store.trash()
    label = emptied.tracker.undo_label

    def outcome(dry_run: bool) -> object:
        try:
            return emptied.tracker.import_document(file, dry_run=dry_run)
        except Refused as refused:
            return str(refused)

    tried = outcome(dry_run=True)
    assert (emptied.store.facts(), emptied.store.trash(), emptied.tracker.undo_label) == (
        before,
        trash,
        label,
    )
    assert outcome(dry_run=False) == tried


def test_a_file_is_read_into_the_store_and_told_in_words(desk: Desk, tmp_path: Path) -> None:
    file, progress = tmp_path / "mine.json", Progress("")
    file.write_text(json.dumps({"format": "followup-desktop", "version": 1, "applications": [row("saved")]}))
    said = opened(desk, file, progress)
    assert said == "Imported: 1 added."
    again = opened(desk, file, progress)
    assert again == "Nothing new: 1 unchanged."
    assert desk.tracker.undo_label == "Import"
    with pytest.raises(Refused, match="can't be read"):
        opened(desk, tmp_path / "nowhere.json", progress)


# Another time zone

NEW_YORK, SPAIN = "America/New_York", "Europe/Madrid"
BY_THE_APPLICATION = Interview(
    id="i1", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=60, timezone=None
)
ITS_OWN = replace(BY_THE_APPLICATION, id="i2", timezone="Asia/Tokyo")


def begins(desk: Desk, interview: str) -> datetime:
    application = desk.application()
    found = next(each for each in application.interviews if each.id == interview)
    return interview_span(found, application, desk.store.policy())[0]


def brought(**fields: object) -> dict[str, object]:
    return {"id": "i1", "starts_at": "2026-10-20T10:00", "minutes": 60, **fields}


AN_HOUR_THERE = "moves from 2026-10-20 08:00 UTC to 2026-10-20 14:00 UTC"


@pytest.mark.parametrize("more", [{}, {"interviews": [brought()]}], ids=["not in the file", "in the file"])
def test_an_interview_that_goes_by_a_zone_which_the_file_changes_is_said_to_move(
    desk: Desk, more: dict[str, Any]
) -> None:
    """The format has it go by its application's zone; but an appointment doesn't move without a word."""
    off = replace(BY_THE_APPLICATION, id="i3", cancelled=True)
    desk.put(acme(interviews=(BY_THE_APPLICATION, ITS_OWN, off)))
    report = desk.tracker.import_document(
        document(applications=[row("interviewing", timezone=NEW_YORK, **more)])
    )
    assert desk.application().interviews == (BY_THE_APPLICATION, ITS_OWN, off)
    assert begins(desk, "i1") == datetime(2026, 10, 20, 14, tzinfo=UTC)
    assert found(report, "a1") == (Change.UPDATED, "changes “Time zone”")
    assert found(report, "i1") == (Change.UPDATED, AN_HOUR_THERE)
    assert [each.id for each in report.rows] == ["a1", "i1"], "the others stay where they are"
    name = "Acme · Data Engineer · interview 2026-10-20 10:00"
    assert f"1 interview moves with its time zone: {name}." in in_words(report, desk.wording)
    told = next(each for each in report.as_json()["rows"] if each["id"] == "i1")
    assert told["moved"] == {"from": "2026-10-20T08:00:00Z", "to": "2026-10-20T14:00:00Z"}


@pytest.mark.parametrize("zone", [SPAIN, None], ids=["the same zone", "no zone of its own"])
def test_nothing_is_said_to_move_where_the_zone_stays_what_it_was(desk: Desk, zone: str | None) -> None:
    desk.put(acme(timezone=zone, interviews=(BY_THE_APPLICATION,)))
    report = desk.tracker.import_document(document(applications=[row("interviewing", timezone=SPAIN)]))
    assert report.moved == ()
    assert [each.id for each in report.rows] == ["a1"]


def test_one_that_the_file_brings_at_the_same_moment_does_not_move(desk: Desk) -> None:
    desk.put(acme(interviews=(BY_THE_APPLICATION,)))
    same = brought(starts_at="2026-10-20T04:00")
    report = desk.tracker.import_document(
        document(applications=[row("interviewing", timezone=NEW_YORK, interviews=[same])])
    )
    assert found(report, "i1") == (Change.UPDATED, "changes “Date and time”")
    assert report.moved == ()


def test_other_values_of_an_interview_that_moves_are_told_before(desk: Desk) -> None:
    desk.put(acme(interviews=(BY_THE_APPLICATION,)))
    longer = brought(minutes=90)
    report = desk.tracker.import_document(
        document(applications=[row("interviewing", timezone=NEW_YORK, interviews=[longer])])
    )
    assert found(report, "i1") == (Change.UPDATED, f"changes “Minutes”; {AN_HOUR_THERE}")


def test_another_zone_of_the_user_s_is_told_as_well(desk: Desk) -> None:
    desk.put(acme(timezone=None, interviews=(BY_THE_APPLICATION,)))
    policy = {"format": "followup-desktop", "version": 1, "policy": {"timezone": NEW_YORK}}
    report = desk.tracker.import_document(interchange.read(json.dumps(policy).encode()))
    assert [(each.id, each.place, each.why) for each in report.moved] == [("i1", "policy", AN_HOUR_THERE)]


def test_python_looks_for_no_cycles_while_a_file_is_imported(desk: Desk) -> None:
    looks: list[bool] = []
    desk.tracker.import_document(document(), lambda: looks.append(gc.isenabled()))
    assert looks == [False]
    assert gc.isenabled()


@pytest.mark.parametrize(("code", "gendered"), [("es", r"[aei][dv][ao]s?$"), ("fr", r"(é|eau|\bomis)e?s?$")])
def test_what_became_of_a_row_says_so_of_a_thing_of_any_gender(code: str, gendered: str) -> None:
    """A line of the report goes on with what it is: "alta: candidatura «Acme»", not "añadido"."""
    with speaking(code):
        words = {change_word(each) for each in Change} | {pgettext("why it was imported", "new")}
    assert len(words) == len(Change) + 1
    assert [each for each in words if re.search(gendered, each)] == []


def test_what_is_no_value_is_kept_as_each_language_writes_it_and_once(desk: Desk) -> None:
    data = b"Company,Role,Status,Applied on\nAcme,Clerk,Applied,soon\n"
    for language in ("fr", "en", "fr"):
        with speaking(language):
            desk.tracker.import_document(read_document(data))
        (application,) = desk.store.facts().applications
        assert application.notes == "Applied on\N{NARROW NO-BREAK SPACE}: soon"


@pytest.mark.parametrize("entries", [1000, 9])
def test_an_import_reads_none_of_its_applications_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    """What is derived of them follows from what was put; and what was put is what is there."""
    monkeypatch.setattr(reader, "_ENTRIES_OF_PART", entries)
    file = interchange.read(interchange.write(many(30, madrid("2026-10-14T11:00"), 10)).encode())
    run = statements_of_import(desk, file)
    read = "FROM event WHERE application IN (SELECT value FROM json_each(:ids)) ORDER BY id"
    assert not [each for each in run if read in each]
    known = desk.store.applications()
    assert len(known) == 30
    desk.store._database._kept.clear()
    assert desk.store.applications([each.id for each in known]) == known
    assert not desk.store.mend_plan()


@pytest.mark.parametrize("policy", [Policy(), Policy(timezone="Europe/Berlin")])
def test_nothing_that_is_derived_is_looked_for_of_what_is_new(desk: Desk, policy: Policy) -> None:
    """It is written alone, be it that settings come with it; of what was there before it is looked for."""

    def looked_for(facts: Facts) -> set[str]:
        run = statements_of_import(desk, interchange.read(interchange.write(facts).encode()))
        of_these = " WHERE application IN (SELECT value FROM json_each(:ids))"
        return {name for name in tables for each in run if each.endswith(f" FROM {name}{of_these}")}

    tables = {"application_index", "interview_instant", "interview_task", "follow_up"}
    facts = replace(many(30, madrid("2026-10-14T11:00")), policy=policy)
    assert not looked_for(facts)
    assert not desk.store.mend_plan()
    applications = tuple(replace(each, stage=Stage.REJECTED) for each in facts.applications)
    assert looked_for(replace(facts, applications=applications)) == tables
    assert not desk.store.mend_plan()


def statements_of_import(desk: Desk, file: Document) -> list[str]:
    """The statements that are run as it is imported."""
    connection, run = desk.store._database.connection, list[str]()
    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, lambda event: run.append(event["sql"]))
    try:
        desk.tracker.import_document(file)
    finally:
        connection.trace_v2(0)
    return run


def test_of_very_many_no_more_stay_known_than_usual(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_writes, "KEPT_AT_MOST", 10)
    facts = many(30, madrid("2026-10-14T11:00"), 10)
    desk.put(*facts.applications, contacts=facts.contacts)
    assert len(desk.store.known_applications()) <= 10


def test_what_was_only_tried_is_not_known(desk: Desk) -> None:
    file = interchange.read(exported(3))
    desk.tracker.import_document(file, dry_run=True)
    assert not desk.store.known_applications()
    assert not desk.store.applications(["a0"])


def test_rows_of_what_is_new_are_made_when_they_are_asked_for(desk: Desk) -> None:
    file = interchange.read(exported(3, people=2))
    report = desk.tracker.import_document(file)
    assert isinstance(report.rows, ImportRows)
    assert not report.rows.notable()
    assert report.counts()["added"] == len(report.rows) == len(report.added) == 5
    assert {row.name for row in report.rows[:2]} == {"Ana Ruiz"}
    assert report.rows[-1].thing == desk.store.application("a2")
    again = desk.tracker.import_document(file)
    assert [row.change for row in again.rows] == [Change.SKIPPED] * 5


def test_a_first_import_may_have_more_than_is_written_at_once(desk: Desk) -> None:
    facts = many(AT_A_TIME + 10, madrid("2026-10-14T11:00"), 0)
    at, last = datetime.fromisoformat("2026-10-20T09:00"), facts.applications[-1].id
    facts = replace(facts, reminders=(Reminder(id="m1", title="Call", at=at, application=last),))
    desk.tracker.import_document(interchange.read(interchange.write(facts).encode()))
    assert desk.store.facts() == facts
    desk.tracker.undo()
    assert not desk.store.facts().applications
    desk.tracker.redo()
    assert desk.store.facts() == facts
