"""Another program's file, read twice, is once: what its rows are taken for among what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from followup_desktop.domain.model import Contact, Event, EventKind, Stage
from followup_desktop.services.transfer.document import Document, Row
from followup_desktop.services.transfer.lasting_ids import application_id, contact_id
from followup_desktop.services.transfer.persons import MOST
from followup_desktop.services.transfer.report import Change
from tests.services.conftest import Desk, acme, madrid

POSTING = "https://boards.greenhouse.io/acme/jobs/4190001"
DAY = date(2026, 9, 14)


def row(employer: str = "Acme", role: str = "Data Engineer", line: int = 2, **values: Any) -> Row:
    found: dict[str, Any] = {"employer": employer, "role": role, "stage": Stage.APPLIED, "applied_on": None}
    found |= {"url": "", **values}
    told = {name: value for name, value in found.items() if value not in (None, "")}
    own = application_id(employer, role, found["applied_on"], found["url"])
    return Row(place=f"line {line}", id=own, values={"role": role, **told})


def table(*rows: Row, **parts: Any) -> Document:
    return Document(applications=rows, foreign=True, **parts)


def changes(desk: Desk, document: Document) -> list[Change]:
    return [each.change for each in desk.tracker.import_document(document).rows]


@pytest.mark.parametrize(
    ("there", "told", "count"),
    [
        ({"url": POSTING}, row("ACME", "Data Eng.", url=f"{POSTING}?gh_src=x"), 1),
        ({"url": POSTING, "role": ""}, row("Acme", "Platform Engineer", url=POSTING), 1),
        ({"url": POSTING}, row("Globex", "Sales", url=POSTING), 2),
        (
            {"url": "https://acme.example/careers"},
            row("Acme", "Sales", url="https://acme.example/careers"),
            2,
        ),
        (
            {"url": "https://x.example/careers"},
            row("Globex", "Data Engineer", url="https://x.example/careers"),
            2,
        ),
        *(
            ({"url": url}, row("Acme", "Sales", url=url), 2)
            for url in (
                "https://acme.example/careers-2026",
                "https://acme.example/jobs?year=2026",
                "https://acme.example/karriere/2026/11",
                "https://www.acme1234.example/careers",
                "https://docs.google.com/spreadsheets/d/1AbC2345dEfGh/edit",
            )
        ),
        *(
            ({"url": url}, row("Acme", "Senior Data Engineer", url=url), 1)
            for url in (
                "https://acme.example/jobs/5",
                "https://boards.greenhouse.io/acme/jobs/77",
                "https://acme.example/careers/data-engineer",
            )
        ),
        (
            {"url": "https://acme.example/careers", "employer": "Acme Ltd"},
            row("Acme Limited", "Data Engineer", url="https://acme.example/careers"),
            1,
        ),
        ({}, row(" acme ", "data  engineer", applied_on=DAY), 1),
        ({}, row(applied_on=date(2026, 11, 2)), 2),
        ({"applied_on": None}, row(applied_on=DAY), 1),
        ({"url": "https://acme.example/1", "applied_on": None}, row(url="https://acme.example/2"), 2),
        ({"role": "Lead"}, row(applied_on=DAY), 2),
    ],
    ids=[
        "one posting, told otherwise",
        "one posting, no role yet",
        "one address, another employer and role",
        "a page of many postings, another role",
        "a page of many postings, another employer",
        "a year in its name, another role",
        "a year as its parameter, another role",
        "a month in its path, another role",
        "figures in its host, another role",
        "a shared sheet, another role",
        "a short number, the role told otherwise",
        "a board, the role told otherwise",
        "the role in its name, and told otherwise",
        "a page of many postings, the legal form told otherwise",
        "employer, role and date",
        "another date",
        "no date yet",
        "two postings without a date",
        "another role",
    ],
)
def test_what_a_row_is_taken_for(desk: Desk, there: dict[str, Any], told: Row, count: int) -> None:
    desk.put(acme(**({"stage": Stage.APPLIED} | there)))
    desk.tracker.import_document(table(told))
    assert len(desk.store.facts().applications) == count
    again = desk.tracker.import_document(table(told))
    assert again.counts() == {"added": 0, "updated": 0, "merged": 0, "skipped": 1, "refused": 0}


def test_of_two_rows_at_one_address_each_takes_its_own(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED, url=POSTING, applied_on=DAY))
    rows = row("Acme", "Nurse", url=POSTING, applied_on=DAY), row(url=POSTING, applied_on=DAY, line=3)
    desk.tracker.import_document(table(*rows))
    assert desk.application("a1").role == "Data Engineer"
    assert len(desk.store.facts().applications) == 2


def test_two_alike_positions_of_one_file_stay_two_and_are_found_again(desk: Desk) -> None:
    both = table(
        row(url="https://acme.example/jobs/10001", applied_on=DAY),
        row(url="https://acme.example/jobs/10002", applied_on=DAY, line=3),
    )
    assert changes(desk, both) == [Change.ADDED, Change.ADDED]
    assert changes(desk, both) == [Change.SKIPPED, Change.SKIPPED]


def test_a_row_that_stands_twice_is_one_application(desk: Desk) -> None:
    report = desk.tracker.import_document(table(row(notes="first"), row(notes="second", line=5)))
    assert [each.change for each in report.rows] == [Change.ADDED, Change.MERGED]
    assert "the same as line 2" in report.rows[1].why
    assert [one.notes for one in desk.store.facts().applications] == ["first\n\nsecond"]


def test_a_newer_file_updates_and_takes_nothing_away(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED, notes="mine", tags=("own",), salary="50k"))
    desk.tracker.import_document(
        table(row(applied_on=DAY, stage=Stage.OFFER, notes="theirs", tags=("python",), location="Berlin"))
    )
    found = desk.application()
    assert (found.stage, found.salary, found.location) == (Stage.OFFER, "50k", "Berlin")
    assert (found.tags, found.notes) == (("own", "python"), "mine\n\ntheirs")
    told = found.events[-1]
    assert (told.kind, told.from_stage, told.to_stage) == (EventKind.STAGE, Stage.APPLIED, Stage.OFFER)


def test_what_a_file_only_implies_sets_no_stage_back(desk: Desk) -> None:
    desk.put(acme(Stage.INTERVIEWING))
    implied = Row(
        place="line 2",
        id="x",
        values={"employer": "Acme", "role": "Data Engineer", "applied_on": DAY},
        defaults={"stage": Stage.APPLIED, "source": "LinkedIn"},
    )
    assert changes(desk, table(implied)) == [Change.SKIPPED]
    desk.put(acme(Stage.SAVED))
    desk.tracker.import_document(table(implied))
    assert desk.application().stage is Stage.APPLIED


def test_a_stage_that_would_go_back_is_named_and_can_be_left_out(desk: Desk) -> None:
    desk.put(acme(Stage.OFFER))
    older = table(row(applied_on=DAY), row("Globex", line=3))
    report = desk.tracker.import_document(older, dry_run=True)
    assert [each.place for each in report.set_back] == ["line 2"]
    desk.tracker.import_document(older, leave_out={"line 2"})
    assert desk.application().stage is Stage.OFFER
    assert len(desk.store.facts().applications) == 2


def steps(desk: Desk) -> list[tuple[Stage | None, datetime]]:
    return [(event.to_stage, event.at) for event in sorted(desk.application().events, key=lambda e: e.at)]


def test_a_step_to_applied_has_the_day_of_applying(desk: Desk) -> None:
    desk.put(acme(Stage.SAVED))
    desk.tracker.import_document(table(row(applied_on=DAY)))
    sent, refused = madrid("2026-09-14T12:00"), madrid("2026-09-20T12:00")
    assert steps(desk) == [(Stage.APPLIED, sent)]
    assert desk.application().stage_at == sent
    newer = table(row(applied_on=DAY, stage=Stage.REJECTED, stage_at=refused))
    assert desk.tracker.import_document(newer, holds_back=True).refused == ()
    assert steps(desk) == [(Stage.APPLIED, sent), (Stage.REJECTED, refused)]
    assert changes(desk, newer) == [Change.SKIPPED]


def test_one_that_was_set_back_to_saved_is_applied_for_after_that(desk: Desk) -> None:
    back = Event(id="e1", kind=EventKind.STAGE, at=madrid("2026-09-15T09:00"), to_stage=Stage.SAVED)
    desk.put(acme(Stage.SAVED, events=(back,)))
    desk.tracker.import_document(table(row(applied_on=DAY)))
    assert steps(desk) == [(Stage.SAVED, back.at), (Stage.APPLIED, desk.now)]


@pytest.mark.parametrize(
    ("stage", "is_held_back"),
    [(Stage.OFFER, False), (Stage.REJECTED, False), (Stage.APPLIED, True)],
)
def test_a_step_of_a_day_nobody_knew_holds_nothing_back_that_is_further_on(
    desk: Desk, stage: Stage, is_held_back: bool
) -> None:
    desk.put(acme(Stage.APPLIED, applied_on=DAY))
    desk.tracker.import_document(table(row(applied_on=DAY, stage=Stage.INTERVIEWING)))
    came = madrid("2026-09-20T12:00")
    assert steps(desk) == [(Stage.INTERVIEWING, desk.now)]
    newer = table(row(applied_on=DAY, stage=stage, stage_at=came))
    report = desk.tracker.import_document(newer, holds_back=True)
    assert bool(report.refused) is is_held_back
    if not is_held_back:
        assert steps(desk) == [(Stage.INTERVIEWING, came - timedelta(seconds=1)), (stage, came)]
        assert desk.application().stage_at == came
        assert changes(desk, newer) == [Change.SKIPPED]


def test_steps_of_one_day_stand_in_the_order_in_which_they_came(desk: Desk) -> None:
    desk.put(acme(Stage.SAVED))
    noon = madrid("2026-09-14T12:00")
    for told in (
        {},
        {"stage": Stage.INTERVIEWING},
        {"stage": Stage.OFFER, "stage_at": noon},
        {"stage": Stage.REJECTED, "stage_at": noon},
    ):
        newer = table(row(applied_on=DAY, **told))
        assert desk.tracker.import_document(newer, holds_back=True).refused == ()
        assert changes(desk, newer) == [Change.SKIPPED]
    assert steps(desk) == [
        (Stage.APPLIED, noon),
        (Stage.INTERVIEWING, noon + timedelta(seconds=1)),
        (Stage.OFFER, noon + timedelta(seconds=2)),
        (Stage.REJECTED, noon + timedelta(seconds=3)),
    ]
    older = table(row(applied_on=DAY, stage_at=noon))
    assert len(desk.tracker.import_document(older, holds_back=True).refused) == 1


def test_there_and_back_and_there_again_is_told_at_once(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED, applied_on=DAY))
    moves = [Stage.INTERVIEWING, Stage.APPLIED, Stage.INTERVIEWING]
    for stage in moves:
        desk.tracker.import_document(table(row(applied_on=DAY, stage=stage)))
    assert [event.to_stage for event in desk.application().events] == moves


def test_a_step_that_the_user_dated_holds_back_what_was_before_it(desk: Desk) -> None:
    talked = madrid("2026-09-25T09:00")
    into = Event(id="e1", kind=EventKind.STAGE, at=talked, to_stage=Stage.INTERVIEWING)
    desk.put(acme(Stage.INTERVIEWING, applied_on=DAY, events=(into,)))
    older = table(row(applied_on=DAY, stage=Stage.REJECTED, stage_at=madrid("2026-09-20T12:00")))
    assert len(desk.tracker.import_document(older, holds_back=True).refused) == 1
    assert steps(desk) == [(Stage.INTERVIEWING, talked)]


def test_what_is_in_the_trash_comes_out_of_it_and_is_named(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED))
    desk.tracker.trash_application("a1")
    report = desk.tracker.import_document(table(row(applied_on=DAY)))
    assert [each.id for each in report.restored] == ["a1"]
    assert [one.id for one in desk.store.facts().applications] == ["a1"]


@pytest.mark.parametrize(
    ("there", "told", "count"),
    [
        ({"email": "Ana@acme.example"}, {"name": "A. Ruiz", "email": "ana@ACME.example"}, 1),
        ({"employer": "Acme"}, {"name": "ana  ruiz", "employer": "ACME"}, 1),
        ({"email": "ana@acme.example"}, {"name": "Ruiz Vega, Ana", "email": "ana@acme.example"}, 1),
        ({"email": "ana@acme.example"}, {"name": "ana@acme.example", "email": "ana@acme.example"}, 1),
        ({"email": "jobs@acme.example"}, {"name": "Bob Ray", "email": "jobs@acme.example"}, 2),
        ({"employer": "Acme"}, {"name": "Ana Ruiz", "employer": "Globex"}, 2),
    ],
)
def test_a_person_is_the_same_by_address_if_the_names_agree_or_by_name_and_employer(
    desk: Desk, there: dict[str, Any], told: dict[str, str], count: int
) -> None:
    desk.put(acme(), contacts=(Contact(id="c1", name="Ana Ruiz", **there),))
    own = contact_id(told["name"], told.get("employer", ""), told.get("email", ""))
    file = table(row(applied_on=DAY, contacts=(own,)), contacts=(Row(place="line 2", id=own, values=told),))
    desk.tracker.import_document(file)
    assert len(desk.store.all_contacts()) == count
    assert len(desk.application().contacts) == 1
    assert desk.tracker.import_document(file).counts()["skipped"] == 2


def person(line: int, name: str, **said: str) -> Row:
    own = contact_id(name, said.get("employer", ""), said.get("email", ""))
    return Row(place=f"line {line}", id=own, values={"name": name, **said})


LETTERS = str.maketrans("0123456789", "abcdefghij")
"""Names have letters alone."""
SHARED = "jobs@acme.example"


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ((person(2, "Ann Lee", email=SHARED), person(3, "Bob Ray", email=SHARED)), {"Ann Lee", "Bob Ray"}),
        ((person(2, "Ann", email=SHARED), person(3, "Ann Lee", email=SHARED)), {"Ann", "Ann Lee"}),
        (
            (person(2, SHARED, email=SHARED), person(3, "Ann", email=SHARED), person(4, "Bo", email=SHARED)),
            {SHARED, "Ann", "Bo"},
        ),
        (
            (
                person(2, "Ann", url="https://acme.example/team"),
                person(3, "Bob", url="https://acme.example/team"),
            ),
            {"Ann", "Bob"},
        ),
        ((person(2, "Ann Lee", email=SHARED), person(3, "ANN LEE", email=SHARED)), {"Ann Lee"}),
    ],
    ids=["two names", "a part of a name", "no name", "one page", "one name"],
)
@pytest.mark.parametrize("has_one", [False, True])
def test_two_rows_of_a_file_are_one_person_only_by_the_name(
    desk: Desk, rows: tuple[Row, ...], names: set[str], has_one: bool
) -> None:
    if has_one:
        first = dict(rows[-1].values)
        desk.put(acme(), contacts=(Contact(id="c1", **{**first, "name": str(first["name"]).title()}),))
    file = table(contacts=rows)
    desk.tracker.import_document(file)
    found = {contact.name.casefold() for contact in desk.store.all_contacts()}
    assert found == {name.casefold() for name in names}
    assert set(changes(desk, file)) == {Change.SKIPPED}


@pytest.mark.parametrize(("others", "count"), [(MOST - 1, 0), (MOST, 1)])
def test_an_address_of_very_many_is_no_sign_of_one_of_them(desk: Desk, others: int, count: int) -> None:
    team = [Contact(id=f"c{number}", name=f"Kim No{number}", email=SHARED) for number in range(others)]
    ann = Contact(id="ann", name="Ann", email=SHARED)
    desk.put(acme(), contacts=(ann, *(replace(each, name=each.name.translate(LETTERS)) for each in team)))
    report = desk.tracker.import_document(table(contacts=(person(2, "Ann Lee", email=SHARED),)))
    assert report.counts()["added"] == count


def test_what_a_file_says_otherwise_of_one_person_is_kept_and_said_once(desk: Desk) -> None:
    file = table(
        contacts=(
            person(2, "Ann Lee", email=SHARED, phone="+1 1", title="CTO"),
            person(3, "Ann Lee", email=SHARED, phone="+1 2", title="Founder"),
            person(4, "Ann Lee", email=SHARED, url="https://ann.example"),
        )
    )
    report = desk.tracker.import_document(file)
    (ann,) = desk.store.all_contacts()
    assert (ann.phone, ann.title, ann.url) == ("+1 1", "CTO", "https://ann.example")
    assert ann.notes == "Also: +1 2\nAlso: Founder"
    assert [each.why for each in report.rows] == [
        "new",
        "changes “Notes”; the same as line 2",
        "changes “Web address”; the same as line 2",
    ]
    assert changes(desk, file) == [Change.SKIPPED] * 3


def test_an_event_of_the_file_is_told_once(desk: Desk) -> None:
    note: dict[str, Any] = {"kind": EventKind.NOTE, "at": madrid("2026-10-01T12:00"), "note": "Called"}
    desk.put(acme(Stage.APPLIED, events=(Event(id="e1", **note),)))
    told = row(applied_on=DAY)
    file = table(
        Row(
            place=told.place,
            id=told.id,
            values=told.values,
            events=(Row(place="line 2", id="ex", values=note),),
        )
    )
    desk.tracker.import_document(file)
    assert [event.id for event in desk.application().events] == ["e1"]


@pytest.mark.parametrize("mine", [None, Stage.SAVED, Stage.INTERVIEWING], ids=["nothing", "saved", "met"])
def test_rows_that_contradict_each_other_are_two_applications_and_the_same_twice(
    desk: Desk, mine: Stage | None
) -> None:
    if mine is not None:
        desk.put(acme(mine))
    both = table(
        row(stage=Stage.REJECTED, applied_on=DAY),
        row("ACME", "data engineer", stage=Stage.APPLIED, applied_on=DAY, salary="50k", line=3),
    )
    desk.tracker.import_document(both)
    found = desk.store.facts().applications
    assert {(one.stage, one.salary) for one in found} == {(Stage.REJECTED, ""), (Stage.APPLIED, "50k")}
    assert changes(desk, both) == [Change.SKIPPED, Change.SKIPPED]
    assert desk.store.facts().applications == found


def test_of_rows_about_one_application_the_newest_stage_counts(desk: Desk) -> None:
    reopened = row(stage=Stage.INTERVIEWING, stage_at=madrid("2026-10-20T12:00"))
    desk.tracker.import_document(
        table(reopened, row(stage=Stage.REJECTED, stage_at=madrid("2026-10-01T12:00"), line=3))
    )
    assert [one.stage for one in desk.store.facts().applications] == [Stage.INTERVIEWING]


def test_what_a_row_that_stands_twice_reminds_of_is_one_reminder(desk: Desk) -> None:
    said = {"title": "Call them", "at": datetime.fromisoformat("2026-12-24T09:00"), "application": row().id}
    reminders = (Row(place="line 2", id="r", values=said), Row(place="line 3", id="r", values=said))
    desk.tracker.import_document(table(row(), row(line=3), reminders=reminders))
    assert [one.title for one in desk.store.facts().reminders] == ["Call them"]
