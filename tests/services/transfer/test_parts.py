"""A file with very many entries is read and written part by part, which shows in the memory alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.services.progress import Cancelled
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.services.transfer.document import Answers, Reading
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.import_file import ImportFile, SourceFile
from followup_desktop.services.transfer.readers import interchange as reader
from followup_desktop.services.transfer.report import Change, RowsInParts
from followup_desktop.services.transfer.table_answers import TableAnswers
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system import files
from followup_desktop.system.files import FolderFiles
from tests.benchmarks.many import many
from tests.services.conftest import Desk, acme, madrid
from tests.strategies import histories
from tests.sweeps import examples
from tests.tables import tabled

NOW = madrid("2026-10-14T11:00")
ROW = {"employer": "Acme", "role": "Cook", "stage": "saved"}
ORDERS = ("as it is written", "backwards", "by names")


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_ENTRIES_OF_PART", 2)


def encoded(**parts: Any) -> bytes:
    return json.dumps({"format": "followup-desktop", "version": 1, **parts}).encode()


def ordered(text: str, order: str) -> bytes:
    keys = list(json.loads(text).items())
    if order == "backwards":
        keys.reverse()
    if order == "by names":
        keys.sort()
    return json.dumps(dict(keys)).encode()


def outcome(there: Facts, data: bytes, entries: int) -> object:
    """What an import leaves and says, or the sentence that refuses it, with so many entries in a part."""
    numbers = count(1)
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Set the table") as t:
        t.put_facts(there)
    tracker = Tracker(store, lambda: NOW, Wording(), lambda: f"new{next(numbers)}")
    try:
        with patch.object(reader, "_ENTRIES_OF_PART", entries):
            tried = tracker.import_document(read_document(data), dry_run=True)
            assert store.facts() == there
            report = tracker.import_document(read_document(data))
            rows = sorted(map(str, report.as_json()["rows"]))
            assert rows == sorted(map(str, tried.as_json()["rows"]))
        assert not store.mend_plan()
        left = store.facts()
        if left != there:
            tracker.undo()
            assert store.facts() == replace(there, announced=left.announced)
        return left, rows, report.counts(), sorted(report.warnings)
    except Refused as refused:
        assert store.facts() == there
        return str(refused)
    finally:
        store.close()


@settings(max_examples=examples(15))
@given(histories(max_edits=3), st.integers(1, 5), st.sampled_from(ORDERS))
def test_whatever_is_there_parts_come_to_the_same_as_the_whole(
    history: tuple[Facts, ...], entries: int, order: str
) -> None:
    data = ordered(interchange.write(history[-1]), order)
    assert outcome(history[0], data, entries) == outcome(history[0], data, 10_000)


@tabled("order", ORDERS)
def test_a_long_search_is_read_in_parts_in_any_order(order: str) -> None:
    facts = many(40, NOW, 10)
    data = ordered(interchange.write(facts), order)
    assert outcome(Facts(), data, 7) == outcome(Facts(), data, 10_000)
    assert outcome(facts, data, 7) == outcome(facts, data, 10_000)


def test_rows_hold_nothing_of_the_file_but_what_they_say(desk: Desk, two_at_a_time: None) -> None:
    rows = [{"id": f"a{n}", **ROW, "events": _events(n)} for n in range(5)]
    file = read_document(encoded(applications=rows))
    assert [len(part.applications) for part in file.parts()] == [1] * 5
    assert [len(part.applications) for part in file.parts()] == [1] * 5
    report = desk.tracker.import_document(file)
    assert isinstance(report.rows, RowsInParts)
    assert report.counts()["added"] == len(report.added) == 10
    assert [row.name for row in report.rows][-2:] == [
        "Acme · Cook",
        "Acme · Cook · Note 2026-10-01 09:00 UTC",
    ]
    assert report.rows[-1].place == "applications[4].events[0]"
    rows[0]["role"] = "Waiter"
    again = desk.tracker.import_document(read_document(encoded(applications=rows)))
    assert [row.change for row in again.rows] == [Change.UPDATED] + [Change.SKIPPED] * 9
    assert [(row.name, row.why) for row in again.updated] == [("Acme · Waiter", "changes “Role”")]
    assert again.counts()["skipped"] == len(again.skipped) == 9
    assert not any(row.of or row.before for row in again.rows)


def test_the_rows_are_those_imported_whatever_becomes_of_the_file(
    desk: Desk, two_at_a_time: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HELD", 100)
    file = tmp_path / "jobs.json"
    file.write_bytes(encoded(policy={}, contacts=[], applications=[{"id": f"a{n}", **ROW} for n in range(7)]))
    importing = ImportFile(desk.tracker, TableAnswers(desk.store.settings))
    contents = importing.read(SourceFile(name=file.name, data=FolderFiles().open(file)))
    report = importing.carry_out(contents)
    file.write_bytes(b"")
    assert [row.id for row in report.rows][1:] == [f"a{n}" for n in range(7)]


def test_settings_of_the_file_go_with_those_that_are_there(desk: Desk, two_at_a_time: None) -> None:
    """Quiet hours of which the file has one end, good beside the user's other, and bad beside the usual."""
    policy = {"quiet_from": "10:00", "quiet_until": "20:00"}
    desk.tracker.import_document(read_document(encoded(policy=policy)))
    rows = [{"id": f"a{n}", **ROW} for n in range(5)]
    data = encoded(policy={"quiet_from": "09:00"}, contacts=[], applications=rows)
    report = desk.tracker.import_document(read_document(data))
    assert [row.name for row in report.rows] == ["settings", *["Acme · Cook"] * 5]


def _events(number: int) -> list[dict[str, Any]]:
    return [{"id": f"e{number}", "kind": "note", "at": "2026-10-01T09:00:00Z"}]


def _faulty() -> Iterator[tuple[str, bytes, str]]:
    rows = [{"id": f"a{n}", **ROW} for n in range(5)]
    whole = encoded(applications=rows)
    yield (
        "a value",
        encoded(applications=[*rows, {"id": "x", **ROW, "stage": "gone"}]),
        "[5].stage",
    )
    yield "an id", encoded(applications=[*rows, {"id": "a0", **ROW}]), "and so is applications[0].id"
    yield (
        "an id of another kind",
        encoded(contacts=[{"id": "a4", "name": "Ana"}], applications=rows),
        "applications[4].id is “a4”, and so is contacts[0].id",
    )
    choices = [{"key": f"k{n % 4}", "made_at": "2026-10-01T09:00:00Z"} for n in range(5)]
    yield "a key", encoded(choices=choices), "choices[4].key is “k0”, and so is choices[0].key"
    yield (
        "a reference",
        encoded(applications=[*rows, {"id": "x", **ROW, "contacts": ["c"]}]),
        "no contact has that id",
    )
    yield "a list twice", whole[:-1] + b', "applications": []}', "applications is in its object twice"
    yield "its end", whole[:-1], "isn't valid JSON"
    yield "what follows", whole + b"x", "isn't valid JSON"
    yield "its version", whole.replace(b'"version": 1', b'"version": 2'), "newer Follow Up"
    yield "letters", whole.replace(b'"a4"', b'"\xff"'), "isn't UTF-8"
    yield "a taken id", encoded(applications=[*rows, {"id": "mine", **ROW}]), "one of your contacts"


@tabled("fault", [each[0] for each in _faulty()])
def test_what_is_wrong_in_a_later_part_leaves_nothing_behind(fault: str) -> None:
    data, said = next(each[1:] for each in _faulty() if each[0] == fault)
    there = Facts(contacts=(replace(many(1, NOW).contacts[0], id="mine"),))
    sentence = outcome(there, data, 2)
    assert said in str(sentence), sentence
    assert sentence == outcome(there, data, 10_000)


def test_an_import_is_given_up_between_two_parts(desk: Desk, two_at_a_time: None) -> None:
    heard: list[tuple[int, int]] = []

    def told(done: int, of: int) -> None:
        heard.append((done, of))
        if done == 4:
            raise Cancelled

    file = read_document(encoded(applications=[{"id": f"a{n}", **ROW} for n in range(7)]))
    with pytest.raises(Cancelled):
        desk.tracker.import_document(file, on_progress=told)
    assert heard == [(0, 7), (2, 7), (4, 7)]
    assert desk.store.facts().applications == ()


def test_only_the_first_part_is_read_ahead(two_at_a_time: None) -> None:
    heard: list[tuple[int, int]] = []
    rows = [{"id": f"a{n}", **ROW} for n in range(7)]
    data = encoded(policy={}, contacts=[], applications=rows)
    file = read_document(data, reading=Reading(on_progress=lambda *each: heard.append(each)))
    assert (len(file.applications), file.applications_in_all, heard) == (2, 7, [(0, 7)])


def test_how_far_it_is_is_heard_of_the_whole_though_contacts_come_first(
    desk: Desk, two_at_a_time: None
) -> None:
    heard: list[tuple[int, int]] = []
    contacts = [{"id": f"c{n}", "name": "Ana"} for n in range(3)]
    rows = [{"id": f"a{n}", **ROW} for n in range(4)]
    file = read_document(encoded(policy={}, contacts=contacts, applications=rows))
    desk.tracker.import_document(file, on_progress=lambda *each: heard.append(each))
    assert heard == [(0, 4), (0, 4), (1, 4), (3, 4)]


def test_an_import_without_applications_is_given_up_between_two_parts(
    desk: Desk, two_at_a_time: None
) -> None:
    file = read_document(encoded(contacts=[{"id": f"c{n}", "name": "Ana"} for n in range(7)]))
    part = count()

    def told(_done: int, _of: int) -> None:
        if next(part) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.tracker.import_document(file, on_progress=told)
    assert desk.store.facts().contacts == ()


def test_reading_is_given_up_in_what_has_to_wait() -> None:
    """A list that stands before what it refers to is passed over first, and this file has no end."""

    def told(_done: int, _of: int) -> None:
        raise Cancelled

    data = ordered(encoded(applications=[{"id": "a", **ROW}]).decode(), "by names")[:-1]
    with pytest.raises(Cancelled):
        read_document(data, reading=Reading(on_progress=told))


@pytest.mark.parametrize("entries", [2, 10_000])
def test_another_zone_of_the_user_s_moves_what_the_file_leaves_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    """It says so in the rows of the file, and after them in those of the others, by application."""
    monkeypatch.setattr(reader, "_ENTRIES_OF_PART", entries)
    held = {"starts_at": "2026-10-20T09:00", "minutes": 60}
    rows = [{"id": f"a{n}", **ROW, "interviews": [{"id": f"i{n}", **held}]} for n in range(5)]
    desk.tracker.import_document(read_document(encoded(applications=rows)))
    rows[2] = {"id": "a2", **ROW}
    data = encoded(policy={"timezone": "Europe/London"}, contacts=[], applications=rows[1:4])
    report = desk.tracker.import_document(read_document(data))
    places = {"i1": "applications[0].interviews[0]", "i3": "applications[2].interviews[0]"}
    others = {"i0": "policy", "i2": "applications[1]", "i4": "policy"}
    assert [(row.id, row.place) for row in report.moved] == [*places.items(), *others.items()]
    assert [row.id for row in report.rows][-3:] == list(others)


@tabled("order", ORDERS)
def test_warnings_of_a_file_of_one_part_are_in_its_order(order: str) -> None:
    rows = [{"id": f"a{n}", **ROW, "shoe": n} for n in range(2)]
    text = encoded(contacts=[{"id": "c", "name": "Ana", "hat": 1}], applications=rows, tie=2).decode()
    names = {
        "as it is written": ["contacts[0].hat", "applications[0].shoe", "applications[1].shoe", "tie"],
        "backwards": ["tie", "applications[0].shoe", "applications[1].shoe", "contacts[0].hat"],
        "by names": ["applications[0].shoe", "applications[1].shoe", "contacts[0].hat", "tie"],
    }
    said = [f"{name} isn't a known key and was left out." for name in names[order]]
    assert list(read_document(ordered(text, order)).warnings) == said


@tabled("kinds", ["events", "bytes"])
def test_a_part_ends_by_all_that_is_in_it(kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[dict[str, Any]] = [{"id": f"a{n}", **ROW, "notes": "n" * 100_000} for n in range(20)]
    monkeypatch.setattr(reader, "_BYTES_OF_PART", 500_000)
    if kinds == "events":
        monkeypatch.setattr(reader, "_ENTRIES_OF_PART", 10)
        events = [_events(n)[0] for n in range(80)]
        rows = [{"id": f"a{n}", **ROW, "events": events[n * 4 : n * 4 + 4]} for n in range(20)]
    counts = [len(part.applications) for part in read_document(encoded(applications=rows)).parts()]
    assert sum(counts) == 20
    assert max(counts) <= (2 if kinds == "events" else 8), counts


def test_what_a_later_part_brings_comes_out_of_the_trash(desk: Desk, two_at_a_time: None) -> None:
    people = many(12, NOW).contacts
    desk.put(acme(contacts=(people[2].id,)), contacts=people)
    desk.tracker.trash_application("a1")
    desk.tracker.trash_contact(people[2].id)
    trash = desk.store.trash()
    contacts = [{"id": each.id, "name": each.name} for each in people]
    file = encoded(contacts=contacts, applications=[{"id": "a0", **ROW}, {"id": "a1", **ROW}])
    report = desk.tracker.import_document(read_document(file))
    assert [row.id for row in report.restored] == [people[2].id, "a1"]
    assert desk.application().contacts == (people[2].id,)
    desk.tracker.undo()
    assert desk.store.trash() == trash


def test_a_large_file_is_read_from_the_disk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HELD", 100)
    rows = [{"id": f"a{n}", **ROW} for n in range(2_100)]
    for name, faulty in (("jobs.json", False), ("faulty.json", True)):
        file = tmp_path / name
        file.write_bytes(encoded(policy={}, contacts=[], applications=rows)[: -faulty or None])
        importing = ImportFile(desk.tracker, TableAnswers(desk.store.settings))
        source = SourceFile(name=name, data=FolderFiles().open(file))
        if faulty:
            with pytest.raises(Refused, match="isn't valid JSON at line 1"):
                importing.carry_out(importing.read(source))
        else:
            report = importing.carry_out(importing.read(source))
            file.unlink()
            assert [row.place for row in report.rows][-1] == "applications[2099]"
    assert len(desk.store.facts().applications) == 2_100
    table = tmp_path / "jobs.csv"
    table.write_text("Company,Role\n" + "Acme,Cook\n" * 20)
    contents = importing.read(SourceFile(name=table.name, data=FolderFiles().open(table)))
    table.write_text("Company,Role\n")
    assert len(importing.read_again(contents, Answers()).document.applications) == 20
