"""Rows of a table with more cells than it has headings: nothing of them is lost."""

from __future__ import annotations

import pytest

from followup_desktop.services.transfer.document import Answers, QuestionTopic
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change
from tests.services.conftest import Desk


def notes(desk: Desk) -> dict[str, str]:
    return {one.employer: one.notes for one in desk.store.applications()}


def test_cells_behind_the_last_heading_go_into_the_notes_and_are_told(desk: Desk) -> None:
    table = (
        "Company,Role,Date Applied,Status\n"
        "Acme,Dev,2026-09-01,Applied,extra words,more\n"
        "Globex,Dev,2026-09-02,Applied\n"
        "Hooli,Dev,2026-09-02,Applied,,\n"
    )
    document = read_document(table.encode(), reading=desk.tracker.reading("jobs.csv"))
    report = desk.tracker.import_document(document)
    assert notes(desk) == {"Acme": "extra words\nmore", "Globex": "", "Hooli": ""}
    assert report.warnings == (
        "1 row has more cells than there are headings (line 2). They went into its notes.",
    )
    again = desk.tracker.import_document(document)
    assert {row.change for row in again.rows} == {Change.SKIPPED}


def test_of_many_rows_with_more_cells_the_first_are_named(desk: Desk) -> None:
    rows = [f"Acme {n},Dev{',more' if n < 5 else ''}" for n in range(12)]
    table = "\n".join(("Company,Role", *rows))
    document = read_document(table.encode(), reading=desk.tracker.reading("jobs.csv"))
    (told,) = document.warnings
    assert told.startswith("5 rows have more cells than there are headings (line 2, line 3, line 4")
    assert "line 5" not in told


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("jobs.csv", "Company,Role,Notes\nAcme,Dev,they were kind, and quick, too\nGlobex,Dev,\n"),
        ("jobs.csv", "Company,Role,What I think\nAcme,Dev,they were kind, and quick, too\nGlobex,Dev,\n"),
        (
            "jobs.md",
            "| Company | Role | Notes |\n|---|---|---|\n"
            "| Acme | Dev | they were kind, and quick, too |\n| Globex | Dev | |\n",
        ),
    ],
)
def test_a_sign_in_a_last_column_of_notes_is_of_the_note(desk: Desk, name: str, table: str) -> None:
    document = read_document(table.encode(), reading=desk.tracker.reading(name))
    desk.tracker.import_document(document)
    assert notes(desk)["Acme"].endswith("they were kind, and quick, too")
    assert document.warnings == ()


def test_a_bar_in_the_notes_of_a_markdown_table_stays(desk: Desk) -> None:
    table = "| Company | Role | Notes |\n|---|---|---|\n| Acme | Dev | a b|c \\| d |\n| Globex | Dev | |\n"
    document = read_document(table.encode(), reading=desk.tracker.reading("jobs.md"))
    desk.tracker.import_document(document)
    assert notes(desk)["Acme"] == "a b|c | d"


@pytest.mark.parametrize("head", ["Company,Role,Status,", "Company,Role,Status", "Company,Role,,Status"])
def test_a_column_without_a_heading_is_kept_and_asked_about(desk: Desk, head: str) -> None:
    last = not head.startswith("Company,Role,,")
    rows = ("Acme,Dev,Applied,near home", "Globex,Dev,Applied,far", "Hooli,Dev,Applied,")
    if not last:
        rows = ("Acme,Dev,near home,Applied", "Globex,Dev,far,Applied", "Hooli,Dev,,Applied")
    data = "\n".join((head, *rows)).encode()
    document = read_document(data, reading=desk.tracker.reading("jobs.csv"))
    called = f"Column {4 if last else 3}"
    (asked,) = [each for each in document.questions if each.asked is QuestionTopic.COLUMN]
    assert (asked.about, asked.guess, asked.needed) == (called, "notes", False)
    desk.tracker.import_document(document)
    assert notes(desk) == {"Acme": f"{called}: near home", "Globex": f"{called}: far", "Hooli": ""}
    assert document.warnings == ()
    answers = Answers(columns={called: "location"})
    answered = read_document(data, reading=desk.tracker.reading("jobs.csv", answers))
    assert [row.values.get("location") for row in answered.applications] == ["near home", "far", None]
    assert not [each for each in answered.questions if each.asked is QuestionTopic.COLUMN]


def test_numbers_and_ticks_without_a_heading_say_nothing(desk: Desk) -> None:
    table = ",Company,,Role\n0,Acme,yes,Dev\n1,Globex,no,Dev\n"
    document = read_document(table.encode(), reading=desk.tracker.reading("jobs.csv"))
    desk.tracker.import_document(document)
    assert document.questions == ()
    assert notes(desk) == {"Acme": "", "Globex": ""}
