"""Applications to one employer for one role: which rows of a table are about one, and which are not."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change, ImportReport
from tests.services.conftest import Desk

HEAD = "Company,Role,Location,Date Applied,Status"
BOSTON = "Walgreens,Pharmacist,Boston,2026-09-01,"
CHICAGO = "Walgreens,Pharmacist,Chicago,2026-09-01,"


def brought(desk: Desk, *rows: str, head: str = HEAD, name: str = "jobs.csv") -> ImportReport:
    data = "\n".join((head, *rows)).encode()
    return desk.tracker.import_document(read_document(data, reading=desk.tracker.reading(name)))


def stages(desk: Desk) -> dict[str, str]:
    return {one.location: one.stage.value for one in desk.store.applications()}


def changed(report: ImportReport) -> set[Change]:
    return {each.change for each in report.rows}


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (HEAD, (f"{BOSTON}Interview", f"{CHICAGO}Rejected")),
        (HEAD, (f"{BOSTON}Interview", f"{CHICAGO}Applied")),
        ("Company,Role,Salary,Status", ("Agency,Driver,20k,Applied", "Agency,Driver,25k,Applied")),
        ("#,Company,Role,Status", ("2,Hays,Clerk,Applied", "1,Hays,Clerk,Applied")),
        ("Company,Role,Status", ("Hays,Clerk,Rejected", "Hays,Clerk,Applied")),
        ("Company,Role,Status", ("Hays,Clerk,Interview", "Hays,Clerk,Applied")),
        (
            "Company,Role,Job URL,Status",
            (
                "Hays,Clerk,https://hays.example/jobs/1,Rejected",
                "Hays,Clerk,https://hays.example/jobs/1,Applied",
            ),
        ),
        (
            "Company,Role,Status,Interview date",
            ("Hays,Clerk,Rejected,2026-12-01 10:00", "Hays,Clerk,Interview,2026-12-01 10:00"),
        ),
        (
            "Company,Role,Location,Next step,Next step date",
            ("Hays,Clerk,Bath,Call,2026-12-01", "Hays,Clerk,York,Call,2026-12-01"),
        ),
    ],
    ids=["stage", "place", "pay", "number", "anew", "back", "posting", "interviews", "reminders"],
)
def test_rows_that_contradict_each_other_are_two_and_stay_two(
    desk: Desk, head: str, rows: tuple[str, ...]
) -> None:
    brought(desk, *rows, head=head)
    before = desk.store.facts()
    assert len(before.applications) == 2
    assert {len(one.interviews) for one in before.applications} == {int("Interview date" in head)}
    assert {one.application for one in before.reminders} <= {one.id for one in before.applications}
    assert len(before.reminders) == 2 * ("Next step" in head)
    assert changed(brought(desk, *rows, head=head)) == {Change.SKIPPED}
    assert desk.store.facts() == before
    assert changed(brought(desk, *rows[::-1], head=head)) == {Change.SKIPPED}


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (HEAD, (f"{BOSTON}Applied", f"{BOSTON}Applied")),
        (HEAD, (f"{BOSTON}Applied", f"{BOSTON}Rejected")),
        (HEAD, ("Walgreens,Pharmacist,,2026-09-01,Applied", f"{BOSTON}Applied")),
        (HEAD, (f"{BOSTON}Applied", 'Walgreens,Pharmacist,"Boston, MA",2026-09-01,Interview')),
        (HEAD, (f"{BOSTON}Applied", f"{BOSTON}Rejected") * 2),
        ("Company,Role,Salary", ("Agency,Driver,52k", 'Agency,Driver,"$52,000"')),
        ("Company,Role,Contact", ("Agency,Driver,Ann Lee", "Agency,Driver,Bob Ray")),
        (
            "Company,Role,Status,Interview date",
            ("Hays,Clerk,Interview,2026-12-01 10:00", "Hays,Clerk,Interview,2026-12-03 10:00"),
        ),
    ],
    ids=["again", "further", "filled", "fuller", "all again", "pay", "person", "round"],
)
def test_rows_that_only_add_are_one(desk: Desk, head: str, rows: tuple[str, ...]) -> None:
    brought(desk, *rows, head=head)
    before = desk.store.applications()
    assert len(before) == 1
    assert changed(brought(desk, *rows, head=head)) == {Change.SKIPPED}
    assert desk.store.applications() == before


def test_two_that_stand_twice_in_a_file_are_two(desk: Desk) -> None:
    brought(desk, *(f"{BOSTON}Interview", f"{CHICAGO}Rejected") * 2)
    assert stages(desk) == {"Boston": "interviewing", "Chicago": "rejected"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_newer_file_changes_the_one_it_is_about(desk: Desk, order: tuple[int, ...]) -> None:
    brought(desk, f"{BOSTON}Applied", f"{CHICAGO}Applied")
    rows = (f"{BOSTON}Rejected", f"{CHICAGO}Interview", "Walgreens,Pharmacist,Austin,2026-09-01,Applied")
    brought(desk, *(rows[place] for place in order))
    assert stages(desk) == {"Boston": "rejected", "Chicago": "interviewing", "Austin": "applied"}


def test_one_of_two_in_a_file_of_its_own_is_that_one(desk: Desk) -> None:
    brought(desk, f"{BOSTON}Applied", f"{CHICAGO}Applied")
    brought(desk, f"{CHICAGO}Rejected")
    assert stages(desk) == {"Boston": "applied", "Chicago": "rejected"}


@pytest.mark.parametrize("is_by_user", [False, True], ids=["file", "user"])
def test_a_third_in_a_file_of_its_own_is_a_third(desk: Desk, *, is_by_user: bool) -> None:
    if is_by_user:
        walgreens = Application(
            id="b", employer="Walgreens", role="Pharmacist", stage=Stage.APPLIED, location="Boston"
        )
        walgreens = replace(walgreens, applied_on=date(2026, 9, 1))
        desk.put(walgreens, replace(walgreens, id="c", location="Chicago"))
    else:
        brought(desk, f"{BOSTON}Applied", f"{CHICAGO}Applied")
    there = stages(desk)
    austin = "Walgreens,Pharmacist,Austin,2026-09-01,Interview"
    brought(desk, austin)
    assert stages(desk) == {**there, "Austin": "interviewing"}
    assert changed(brought(desk, austin)) == {Change.SKIPPED}
    assert changed(brought(desk, f"{BOSTON}Applied", f"{CHICAGO}Applied", austin)) == {Change.SKIPPED}


def test_another_pay_at_a_place_that_is_there_is_the_same(desk: Desk) -> None:
    head = f"{HEAD},Salary"
    brought(desk, f"{BOSTON}Applied,50k", f"{CHICAGO}Applied,60k", head=head)
    brought(desk, f"{BOSTON}Applied,55k", head=head)
    assert {(one.location, one.salary) for one in desk.store.applications()} == {
        ("Boston", "55k"),
        ("Chicago", "60k"),
    }


def test_those_that_another_file_or_the_user_brought_are_known_by_their_place(desk: Desk) -> None:
    brought(desk, f"{CHICAGO}Applied")
    brought(desk, f"{BOSTON}Interview", f"{CHICAGO}Rejected")
    assert stages(desk) == {"Boston": "interviewing", "Chicago": "rejected"}
    head = "Company,Role,Location,Status,Job URL"  # no day, and addresses that weren't there
    rows = [
        "Walgreens,Pharmacist,Chicago,Rejected,https://walgreens.example/jobs/2",
        "Walgreens,Pharmacist,Boston,Offer,https://walgreens.example/jobs/1",
    ]
    brought(desk, *rows, head=head)
    assert stages(desk) == {"Boston": "offer", "Chicago": "rejected"}


def test_a_file_that_changes_the_place_of_one_of_two_changes_that_one(desk: Desk) -> None:
    brought(desk, f"{BOSTON}Applied", f"{CHICAGO}Applied")
    brought(desk, f"{BOSTON}Applied", "Walgreens,Pharmacist,Austin,2026-09-01,Applied")
    assert stages(desk) == {"Boston": "applied", "Austin": "applied"}


def test_rows_of_a_list_are_told_apart_by_their_numbers(desk: Desk) -> None:
    head = (
        "| # | Date | Company | Role | Score | Status | PDF | Report | Notes |\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    rows = (
        "| 2 | 2026-09-30 | Photoroom | ML Eng | 4.1/5 | Interview | x | - | Paris team |",
        "| 1 | 2026-09-30 | Photoroom | ML Eng | 3.1/5 | SKIP | x | - | London team |",
    )
    brought(desk, *rows, head=head, name="applications.md")
    assert {(one.stage.value, one.notes) for one in desk.store.applications()} == {
        ("interviewing", "Paris team"),
        ("withdrawn", "London team"),
    }
    later = "| 3 | 2026-10-02 | Photoroom | ML Eng | 4/5 | Evaluated | x | - | Lyon team |"
    applied = rows[1].replace("SKIP", "Applied").replace("London team", "London team; applied 2026-10-03")
    brought(desk, later, rows[0], applied, head=head, name="applications.md")
    assert {(one.stage.value, one.notes.splitlines()[0]) for one in desk.store.applications()} == {
        ("interviewing", "Paris team"),
        ("applied", "London team; applied 2026-10-03"),
        ("saved", "Lyon team"),
    }
    newer = rows[0].replace("Interview", "Offer"), applied
    brought(desk, *newer, head=head, name="applications.md")
    assert {(one.stage.value, one.notes) for one in desk.store.applications()} == {
        ("offer", "Paris team"),
        ("applied", "London team; applied 2026-10-03"),
        ("saved", "Lyon team"),
    }
