"""Importing into data that are there: nothing is deleted, keys not in the file stay."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.services.transfer.interchange import Change
from tests.services.transfer.files import FILE, merged, minimal, with_value
from tests.tables import tabled

BASE = merged(FILE).facts
A1: dict[str, Any] = {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": "interviewing"}


def refusal(parsed: object, base: Facts = BASE) -> Refused:
    with pytest.raises(Refused) as refused:
        merged(parsed, base)
    return refused.value


def test_keys_that_the_file_has_are_taken_and_the_others_stay() -> None:
    after = merged(minimal(applications=[{**A1, "role": "Lead", "notes": "called", "tags": []}]), BASE).facts
    before = BASE.applications[0]
    assert after.applications[0] == replace(before, role="Lead", notes="called", tags=())
    assert replace(after, applications=BASE.applications) == BASE


def test_null_empties_what_may_be_empty_and_leaves_the_rest() -> None:
    before = replace(BASE.applications[0], notes="keep", timezone="Asia/Kolkata")
    base = replace(BASE, applications=(before, BASE.applications[1]))
    nulls = {"stage_at": None, "timezone": None, "notes": None, "contacts": None, "events": None}
    after = merged(minimal(applications=[{**A1, **nulls}]), base).facts.applications[0]
    assert after == replace(before, stage_at=None, timezone=None)


def test_interviews_and_events_are_added_beside_those_that_are_there() -> None:
    interview = {"id": "i0", "starts_at": "2026-10-01T10:00", "minutes": 30}
    event = {"id": "e9", "kind": "note", "at": "2026-10-01T10:00:00Z", "interview": "i1"}
    after = merged(minimal(applications=[{**A1, "interviews": [interview], "events": [event]}]), BASE).facts
    assert [one.id for one in after.applications[0].interviews] == ["i0", "i1"]
    assert [one.id for one in after.applications[0].events] == ["e1", "e2", "e9"]
    assert after.applications[0].events[:2] == BASE.applications[0].events


def test_policy_search_choices_and_announcements_merge_by_key() -> None:
    key = "thank_you/a1/2026-09-30/c1"
    after = merged(
        minimal(
            policy={"max_attempts": 3, "timezone": None, "country": None},
            search={"paused": True},
            choices=[
                {"key": key, "made_at": "2026-10-01T00:00:00Z"},
                {"key": "apply/a2/2026-10-01", "made_at": "2026-10-01T00:00:00Z"},
            ],
            announced=[{"key": key, "again_at": "2026-10-01T00:00:00Z"}],
        ),
        BASE,
    ).facts
    assert after.policy == replace(BASE.policy, max_attempts=3, country=None)
    assert after.search == replace(BASE.search, paused=True)
    assert [(one.key, one.skipped) for one in after.choices] == [("apply/a2/2026-10-01", False), (key, True)]
    assert after.announced[0].announced_at == BASE.announced[0].announced_at
    assert after.announced[0].again_at is not None


def test_settings_are_checked_together_with_those_that_are_there() -> None:
    base = replace(BASE, policy=replace(BASE.policy, quiet_from=BASE.policy.quiet_until))
    assert str(refusal(minimal(policy={"quiet_until": "21:00"}), base)).startswith(
        "policy.quiet_until would make quiet hours last from 08:00 to 21:00. They can last up to 12 hours"
    )


def test_references_may_be_to_what_is_there_already() -> None:
    event = {"id": "e9", "kind": "email", "at": "2026-10-01T10:00:00Z", "contact": "c2", "interview": "i1"}
    reminder = {"id": "m2", "title": "Ask", "at": "2026-10-20T09:00", "application": "a1"}
    after = merged(minimal(applications=[{**A1, "events": [event]}], reminders=[reminder]), BASE).facts
    assert after.reminders[1].application == "a1"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (("contacts",), "applications[0].contacts is “zz”, but no contact has that id. Add the contact"),
        (
            ("interviews", 0, "interviewers"),
            "applications[0].interviews[0].interviewers is “zz”, but no contact has that id. Add the contact",
        ),
        (
            ("events", 0, "contact"),
            "applications[0].events[0].contact is “zz”, but no contact has that id. Add the contact",
        ),
        (
            ("events", 0, "interview"),
            "applications[0].events[0].interview is “zz”, but no interview of this application has that id. "
            "Add the interview",
        ),
    ],
)
def test_dangling_references_are_refused(path: tuple[str | int, ...], sentence: str) -> None:
    value = ["c1", "zz"] if path[-1] in ("contacts", "interviewers") else "zz"
    error = refusal(with_value(("applications", 0, *path), value), Facts())
    assert str(error) == f"{sentence}, or remove the id."
    assert str(error).startswith(f"{error.field} ")


def test_a_reminder_of_no_application_is_refused() -> None:
    error = refusal(with_value(("reminders", 0, "application"), "c1"), Facts())
    assert str(error).startswith("reminders[0].application is “c1”, but no application has that id")


def test_an_event_names_no_interview_of_another_application() -> None:
    event = {"id": "e9", "kind": "email", "at": "2026-10-01T10:00:00Z", "interview": "i1"}
    changed = with_value(("applications", 1, "events"), [event])
    assert str(refusal(changed, Facts())).startswith(
        "applications[1].events[0].interview is “i1”, but no interview of this application has"
    )


def test_an_id_that_is_something_else_here_is_refused() -> None:
    assert str(refusal(minimal(contacts=[{"id": "a1", "name": "Ana"}]))) == (
        "contacts[0].id is “a1”, the id of one of your applications. Give it another id."
    )


@pytest.mark.parametrize(
    ("kind", "row", "what"),
    [
        ("interviews", {"id": "i1", "starts_at": "2026-10-01T10:00", "minutes": 30}, "an interview"),
        ("events", {"id": "e1", "kind": "note", "at": "2026-10-01T10:00:00Z"}, "an event"),
    ],
)
def test_interviews_and_events_do_not_move(kind: str, row: dict[str, Any], what: str) -> None:
    file = minimal(
        applications=[{"id": "a2", "employer": "Initech", "role": "", "stage": "saved", kind: [row]}]
    )
    assert str(refusal(file)) == (
        f"applications[0].{kind}[0].id is “{row['id']}”, {what} of your application “a1”. "
        "Give it another id, or move it there."
    )


def test_the_report_says_what_became_of_each_row_and_why() -> None:
    file = minimal(
        policy={"max_attempts": 2},
        contacts=[{"id": "c1", "name": "Ana Ruiz"}, {"id": "c3", "name": "Eva"}],
        applications=[
            {
                **A1,
                "stage": "offer",
                "notes": "yes",
                "events": [{"id": "e2", "kind": "stage", "at": "2026-09-20T09:00:00Z", "to": "offer"}],
            }
        ],
    )
    report = merged(file, BASE).report
    assert [(row.kind, row.id, row.place, row.name, row.change, row.why) for row in report.rows] == [
        ("policy", "", "policy", "settings", Change.SKIPPED, "already there, unchanged"),
        ("contact", "c1", "contacts[0]", "Ana Ruiz", Change.SKIPPED, "already there, unchanged"),
        ("contact", "c3", "contacts[1]", "Eva", Change.ADDED, "new"),
        (
            "application",
            "a1",
            "applications[0]",
            "Acme · Data Engineer",
            Change.UPDATED,
            "changes “Stage”, “Notes”",
        ),
        (
            "event",
            "e2",
            "applications[0].events[0]",
            "Acme · Data Engineer · Stage 2026-09-20 09:00 UTC",
            Change.UPDATED,
            "changes “Stage”",
        ),
    ]
    assert (len(report.added), len(report.updated), len(report.skipped)) == (1, 2, 2)
    as_json = json.loads(json.dumps(report.as_json()))
    assert {key: as_json[key] for key in ("added", "updated", "skipped", "warnings")} == {
        "added": 1,
        "updated": 2,
        "skipped": 2,
        "warnings": [],
    }
    assert as_json["rows"][3]["keys"] == ["stage", "notes"]


@tabled(
    "event, warning",
    [
        ({"kind": "call"}, "outcome is missing, so this call doesn't count as an attempt or as spoken."),
        ({"kind": "email", "outcome": "spoke"}, "outcome only applies to calls."),
        (
            {"kind": "email", "reply_by": "2026-10-20"},
            "reply_by only applies to reply, wait and a call with spoke.",
        ),
        ({"kind": "stage"}, "to is missing, so this stage change doesn't count."),
        ({"kind": "note", "from": "saved"}, "from and to only apply to stage."),
    ],
)
def test_what_will_not_count_is_kept_with_a_warning(event: dict[str, Any], warning: str) -> None:
    row = {"id": "e9", "at": "2026-10-01T10:00:00Z", **event}
    result = merged(minimal(applications=[{**A1, "events": [row]}]))
    assert result.report.warnings == (f"applications[0].events[0]: {warning}",)
    assert len(result.facts.applications[0].events) == 1
