"""Files of other programs, each with what is to become of it: read, compared field by field, read again."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.domain.model import Application, Contact, EventKind, Interview, Stage
from followup_desktop.domain.worktime import date_of, instant
from followup_desktop.services.transfer.document import Answers, Document
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.layout import write_instant
from followup_desktop.services.transfer.report import ImportReport
from tests.services.conftest import MADRID, Desk, madrid

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".md", ".html", ".zip"}


def fixtures() -> list[Path]:
    """What is to become of each file that is a table."""
    return [each for each in sorted(FIXTURES.glob("*/expected.json")) if _is_of_tables(each)]


def entries() -> list[Path]:
    """What is to become of each other file: calendars, emails and address books."""
    return [each for each in sorted(FIXTURES.glob("*/expected.json")) if not _is_of_tables(each)]


def _is_of_tables(expected: Path) -> bool:
    return all(Path(name).suffix in TABLES for name in json.loads(expected.read_bytes())["files"])


def folder_name(expected: Path) -> str:
    return expected.parent.name


@pytest.fixture
def travelled(desk: Desk) -> Desk:
    desk.put(policy=MADRID)
    desk.now = madrid("2026-11-28T12:00")
    return desk


def documents(desk: Desk, expected: Path) -> list[Document]:
    names = json.loads(expected.read_bytes())["files"]
    return [
        read_document((expected.parent / name).read_bytes(), reading=desk.tracker.reading(name))
        for name in names
    ]


@pytest.mark.parametrize("expected", fixtures(), ids=folder_name)
def test_a_file_of_another_program_is_read_as_it_is_meant(travelled: Desk, expected: Path) -> None:
    told = json.loads(expected.read_bytes())
    found = documents(travelled, expected)
    for document in found:
        travelled.tracker.import_document(document)
    facts = travelled.store.facts()
    people = {contact.id: contact for contact in facts.contacts}
    assert len(facts.applications) == len(told["applications"])
    for values in told["applications"]:
        application = one_like(values, facts.applications)
        assert as_told(application, values, people) == values
    assert len(facts.contacts) == len(told["contacts"])
    for values in told["contacts"]:
        assert any(
            all(getattr(contact, name) == value for name, value in values.items())
            for contact in facts.contacts
        ), values
    refused = [row for document in found for row in document.refused]
    assert len(refused) == len(told["refused"])
    assert all(each.done_at for each in facts.reminders if date(2026, 2, 1) > each.at.date())
    reminders = {(each.title, each.at.date().isoformat()) for each in facts.reminders}
    assert reminders == {(each["title"], each["on"]) for each in told.get("reminders", [])}
    assert bool(told["ask"]) == any(document.questions for document in found)


@pytest.mark.parametrize("expected", fixtures(), ids=folder_name)
def test_the_same_file_read_again_changes_nothing(travelled: Desk, expected: Path) -> None:
    for document in documents(travelled, expected):
        travelled.tracker.import_document(document)
    before = travelled.store.facts()
    for document in documents(travelled, expected):
        counts = travelled.tracker.import_document(document).counts()
        assert (counts["added"], counts["updated"], counts["merged"]) == (0, 0, 0)
    assert travelled.store.facts() == before


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """A search in the days when the invitations came, with the application that they are for."""
    desk.put(Application(id="a1", employer="Nobody's", role="", stage=Stage.APPLIED), policy=MADRID)
    desk.now = madrid("2026-11-23T09:00")
    return desk


def bring(desk: Desk, expected: Path) -> list[ImportReport]:
    told = json.loads(expected.read_bytes())
    answers = Answers(application="a1") if told["applications"] else None
    return [
        desk.tracker.import_document(
            read_document((expected.parent / name).read_bytes(), reading=desk.tracker.reading(name, answers))
        )
        for name in told["files"]
    ]


def said(interview: Interview, wanted: dict[str, Any], people: dict[str, Contact]) -> dict[str, Any]:
    """What is kept of an interview, in the words and with the keys of what is expected."""
    at = instant(interview.starts_at, interview.timezone or "", interview.fold)
    told: dict[str, Any] = {
        "starts_at": f"{interview.starts_at:%Y-%m-%dT%H:%M}",
        "instant": write_instant(at),
        "timezone": interview.timezone,
        "minutes": interview.minutes,
        "kind": interview.kind.value,
        "interviewers": [people[each].name for each in interview.interviewers],
        "cancelled": interview.cancelled,
    }
    if "or another" in wanted.get("timezone", ""):
        told["timezone"] = wanted["timezone"]  # the instant tells
    return {key: told[key] for key in wanted if key in told}


@pytest.mark.parametrize("expected", entries(), ids=folder_name)
def test_what_is_kept_of_a_calendar_or_an_address_book_is_what_can_be_known(
    invited: Desk, expected: Path
) -> None:
    told = json.loads(expected.read_bytes())
    bring(invited, expected)
    facts = invited.store.facts()
    people = {contact.id: contact for contact in facts.contacts}
    assert [each.id for each in facts.applications] == ["a1"]
    wanted = [each for application in told["applications"] for each in application["interviews"]]
    kept = sorted(facts.applications[0].interviews, key=lambda each: each.starts_at)
    assert len(kept) == len(wanted)
    for values in wanted:
        assert any(
            said(each, values, people) == {key: values[key] for key in said(each, values, people)}
            for each in kept
        ), (values, [said(each, values, people) for each in kept])
        places = " ".join(each.location for each in kept)
        assert all(values.get(key, "") in places for key in ("location", "url"))
    for values in told["contacts"]:
        notes = values.pop("notes", "")
        assert any(
            notes in each.notes  # which tells the second address, too
            and all(getattr(each, key) in value.split(" or ") for key, value in values.items())
            for each in facts.contacts
        ), values
    if not wanted:
        assert len(facts.contacts) == len(told["contacts"])


@pytest.mark.parametrize("expected", entries(), ids=folder_name)
def test_a_calendar_or_an_address_book_read_again_changes_nothing(invited: Desk, expected: Path) -> None:
    bring(invited, expected)
    before = invited.store.facts()
    for report in bring(invited, expected):
        counts = report.counts()
        assert (counts["added"], counts["updated"], counts["merged"]) == (0, 0, 0)
    assert invited.store.facts() == before


def test_every_fixture_is_compared() -> None:
    folders = {each.parent.name for each in FIXTURES.glob("*/expected.json")}
    assert {folder_name(each) for each in (*fixtures(), *entries())} == folders
    assert len(entries()) > 10


def one_like(values: dict[str, Any], applications: tuple[Application, ...]) -> Application:
    """The application that an expectation is about."""
    employer = values.get("employer", values.get("employer_or_role"))
    found = [one for one in applications if employer in (one.employer, one.role)]
    found = [one for one in found if values.get("role", one.role) == one.role]
    assert len(found) == 1, (employer, [one.employer for one in applications])
    return found[0]


def as_told(application: Application, values: dict[str, Any], people: dict[str, Contact]) -> dict[str, Any]:
    """What became of each field, in the words of the expectation."""
    return {key: _told(key, value, application, people) for key, value in values.items()}


def _told(key: str, value: Any, application: Application, people: dict[str, Contact]) -> Any:
    at = application.stage_at
    special = {
        "contacts": [people[each].name for each in application.contacts],
        "stage_on": at and date_of(at, "Europe/Madrid").isoformat(),
        "notes_contain": value if str(value) in application.notes else application.notes,
        "may_become_events": [each for each in value if _has_event(each, application)]
        if key == "may_become_events"
        else [],
        "employer_or_role": value,
        "interviews": [each.starts_at.isoformat(timespec="minutes") for each in application.interviews],
        "applied_note": value if application.applied_on is None else application.applied_on,
    }
    return special[key] if key in special else _plain(getattr(application, key))


def _plain(found: Any) -> Any:
    if isinstance(found, datetime):
        return write_instant(found)
    if isinstance(found, date):
        return found.isoformat()
    return list(found) if isinstance(found, tuple) else found


def _has_event(told: dict[str, Any], application: Application) -> bool:
    return any(
        event.kind is EventKind(told["kind"])
        and date_of(event.at, "Europe/Madrid").isoformat() == told["on"]
        and (event.to_stage or None) == told.get("to")
        and event.note == told.get("note", "")
        for event in application.events
    )
