"""A table that is imported again after it was changed: what it says otherwise, and what it says twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from followup_desktop.domain.model import Application, EventKind, Stage
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.importing import row_in_words
from followup_desktop.services.transfer.report import Change, ImportReport
from tests.services.conftest import Desk

HEAD = "Company,Role,Status,Date applied,Interview date"


def brought(desk: Desk, *rows: str, head: str = HEAD) -> ImportReport:
    data = "\n".join((head, *rows)).encode()
    return desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("jobs.csv")))


def with_interview(desk: Desk, after: timedelta) -> str:
    return f"Hooli,SRE,Interview,2026-09-01,{day(desk, after):%Y-%m-%d %H:%M}"


def day(desk: Desk, after: timedelta) -> datetime:
    return (desk.now + after).replace(minute=30, second=0, tzinfo=None)


def hooli(desk: Desk) -> Application:
    (found,) = (one for one in desk.store.applications() if one.employer == "Hooli")
    return found


TEN, ELEVEN = timedelta(days=10), timedelta(days=11)


def test_an_interview_whose_day_is_changed_moves(desk: Desk) -> None:
    brought(desk, with_interview(desk, TEN))
    (before,) = hooli(desk).interviews
    report = brought(desk, with_interview(desk, ELEVEN))
    (after,) = hooli(desk).interviews
    assert (after.id, after.starts_at) == (before.id, day(desk, ELEVEN))
    (row,) = (each for each in report.rows if each.kind == "interview")
    assert row.change is Change.UPDATED
    assert "moves from" in row_in_words(row)
    assert {each.change for each in brought(desk, with_interview(desk, ELEVEN)).rows} == {Change.SKIPPED}


def test_it_moves_as_often_as_its_day_is_changed(desk: Desk) -> None:
    for days in (10, 11, 14, 10, 12):
        brought(desk, with_interview(desk, timedelta(days=days)))
        assert [one.starts_at for one in hooli(desk).interviews] == [day(desk, timedelta(days=days))]
        again = brought(desk, with_interview(desk, timedelta(days=days)))
        assert {each.change for each in again.rows} == {Change.SKIPPED}


@pytest.mark.parametrize("change", [{"notes": "bring a pen"}, {"minutes": 90}, {"location": "Room 1"}])
def test_one_that_was_edited_stays_and_the_other_is_told(desk: Desk, change: dict[str, object]) -> None:
    brought(desk, with_interview(desk, TEN))
    application = hooli(desk)
    edited = replace(application.interviews[0], **change)  # type: ignore[arg-type]
    desk.put(replace(application, interviews=(edited,)))
    report = brought(desk, with_interview(desk, ELEVEN))
    assert {one.starts_at for one in hooli(desk).interviews} == {day(desk, TEN), day(desk, ELEVEN)}
    (row,) = (each for each in report.rows if each.kind == "interview")
    assert row.change is Change.ADDED
    assert "new, beside the one on" in row_in_words(row)
    assert edited in hooli(desk).interviews


def test_one_that_is_over_stays(desk: Desk) -> None:
    brought(desk, with_interview(desk, -TEN))
    report = brought(desk, with_interview(desk, TEN))
    assert len(hooli(desk).interviews) == 2
    (row,) = (each for each in report.rows if each.kind == "interview")
    assert (row.change, row.effect) == (Change.ADDED, "")


def test_rounds_in_rows_of_their_own_stay_apart(desk: Desk) -> None:
    rows = with_interview(desk, TEN), with_interview(desk, ELEVEN)
    for times in (rows[:1], rows, rows):
        report = brought(desk, *times)
    assert len(hooli(desk).interviews) == 2
    assert {row.change for row in report.rows if row.kind == "interview"} == {Change.SKIPPED}


WITH_ADDRESS, BARE = "Hooli,SRE,2026-09-01,https://hooli.example/jobs/4711,", "Hooli,SRE,2026-09-01,,Rome"
ADDRESSED = "Company,Role,Date applied,URL,Location"


@pytest.mark.parametrize("rows", [(WITH_ADDRESS, BARE), (BARE, WITH_ADDRESS)])
@pytest.mark.parametrize("first", [(), (BARE,), (WITH_ADDRESS,)])
def test_an_application_with_and_without_its_address_is_one(
    desk: Desk, rows: tuple[str, ...], first: tuple[str, ...]
) -> None:
    for table in filter(None, (first, rows)):
        brought(desk, *table, head=ADDRESSED)
    one = hooli(desk)
    assert (one.url, one.location) == ("https://hooli.example/jobs/4711", "Rome")
    before = desk.store.facts()
    assert brought(desk, *rows, head=ADDRESSED).counts()[Change.UPDATED] == 0
    assert desk.store.facts() == before


def test_which_of_two_addresses_is_meant_is_not_guessed(desk: Desk) -> None:
    other = WITH_ADDRESS.replace("4711", "4712")
    for _time in range(2):
        report = brought(desk, WITH_ADDRESS, other, BARE, head=ADDRESSED)
    assert len([one for one in desk.store.applications() if one.employer == "Hooli"]) == 3
    assert {row.change for row in report.rows} == {Change.SKIPPED}


LINKEDIN = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,"
    "Question And Answers"
)


def on_linkedin(employer: str, role: str, job: int = 4000000001) -> str:
    return f'"11/2/26, 9:05 PM",,,{employer},{role},http://www.linkedin.com/jobs/view/{job},CV.pdf,'


def test_one_address_at_linkedin_with_another_employer_and_role_is_another_application(desk: Desk) -> None:
    rows = on_linkedin("Hotel Sol", "Porter"), on_linkedin("Hooli", "SRE")
    for tables in ((rows[:1], rows[1:]), (rows,)):
        for table in tables:
            brought(desk, *table, head=LINKEDIN)
        assert len(desk.store.applications()) == 2
    assert {row.change for row in brought(desk, *rows, head=LINKEDIN).rows} == {Change.SKIPPED}


@pytest.mark.parametrize("other", [("Hooli", "Site Reliability Engineer"), ("Hooli Ltd", "SRE")])
@pytest.mark.parametrize("in_one_file", [True, False])
def test_a_posting_at_linkedin_that_agrees_in_part_is_one(
    desk: Desk, other: tuple[str, str], in_one_file: bool
) -> None:
    rows = on_linkedin("Hooli", "SRE"), on_linkedin(*other)
    for table in (rows,) if in_one_file else (rows[:1], rows[1:]):
        brought(desk, *table, head=LINKEDIN)
    assert len(desk.store.applications()) == 1
    before = desk.store.facts()
    brought(desk, *table, head=LINKEDIN)
    assert desk.store.facts() == before


SIMPLIFY = (
    "Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Archived,Date Archived,Notes\n"
    "Shift Lead,Peet's,N/A,{applied},{status},{at},FALSE,N/A,N/A\n"
)


@pytest.mark.parametrize("there", [None, Stage.SAVED, Stage.APPLIED], ids=["file", "saved", "applied"])
def test_the_step_of_what_was_merged_is_of_the_day_that_the_file_gives(
    desk: Desk, there: Stage | None
) -> None:
    """An application with another id, as the user's own, went on today, and the next time on that day."""

    def bring(**said: str) -> set[Change]:
        document = read_document(
            SIMPLIFY.format(**said).encode(), reading=desk.tracker.reading("simplify.csv")
        )
        return {row.change for row in desk.tracker.import_document(document).rows}

    if there is None:
        bring(applied="N/A", status="SAVED", at="2026-09-01")
    else:
        desk.put(Application(id="mine", employer="Peet's", role="Shift Lead", stage=there))
    assert bring(applied="2026-09-01", status="REJECTED", at="2026-09-20") == {Change.MERGED}
    (one,) = desk.store.facts().applications
    (step,) = (each for each in one.events if each.kind is EventKind.STAGE)
    assert one.stage_at is not None
    assert one.stage_at.date() == step.at.date() == date(2026, 9, 20)
    assert bring(applied="2026-09-01", status="REJECTED", at="2026-09-20") == {Change.SKIPPED}


def test_the_steps_of_two_applications_of_one_day_are_of_a_day_each(desk: Desk) -> None:
    head = "Company,Role,Stage,Stage Date,Location,Source,Tags,Contact Name,Contact Email"
    rows = (
        "Lumi,Dev,Applied,2026-09-02,Oslo,,,,",
        "Lumi,Dev,Interview,2026-09-12,Oslo,,,,",
        "Lumi,Dev,Applied,2026-09-22,Bergen,,,,",
    )
    text = "\n".join((head, *rows)).encode()
    for _time in range(2):
        report = desk.tracker.import_document(read_document(text, reading=desk.tracker.reading("r.csv")))
    assert {row.change for row in report.rows} == {Change.SKIPPED}
    steps = [
        (each.to_stage, each.at.date()) for one in desk.store.facts().applications for each in one.events
    ]
    assert steps == [(Stage.INTERVIEWING, date(2026, 9, 12))]


def test_a_step_of_the_day_of_the_one_before_has_that_day(desk: Desk) -> None:
    at = datetime(2026, 9, 20, 10, tzinfo=UTC)
    desk.put(Application(id="mine", employer="Peet's", role="Shift Lead", stage=Stage.SAVED, stage_at=at))
    text = SIMPLIFY.format(applied="2026-09-20", status="APPLIED", at="2026-09-20").encode()
    desk.tracker.import_document(read_document(text, reading=desk.tracker.reading("simplify.csv")))
    (one,) = desk.store.facts().applications
    assert [each.at for each in one.events] == [one.stage_at] == [at]


def test_notes_with_other_ends_of_lines_are_the_same(desk: Desk) -> None:
    head = "Company,Role,Status,Notes"
    brought(desk, 'Hooli,SRE,Applied,"one\r\ntwo"', head=head)
    assert hooli(desk).notes == "one\ntwo"
    report = brought(desk, 'Hooli,SRE,Applied,"one\ntwo"', head=head)
    assert {row.change for row in report.rows} == {Change.SKIPPED}
    desk.put(replace(hooli(desk), notes="one\r\ntwo"))
    report = brought(desk, 'Hooli,SRE,Applied,"one\r\ntwo"', head=head)
    assert {row.change for row in report.rows} == {Change.SKIPPED}


def test_a_note_that_grew_stands_once_beside_what_other_columns_said(desk: Desk) -> None:
    head = "Company,Role,Status,Notes,Sector"
    brought(desk, "Hooli,SRE,Applied,called,Web", head=head)
    desk.put(replace(hooli(desk), notes=f"{hooli(desk).notes}\n\nmine"))
    brought(desk, "Hooli,SRE,Applied,called; they wrote,Web", head=head)
    assert hooli(desk).notes == "called; they wrote\n\nSector: Web\n\nmine"
    report = brought(desk, "Hooli,SRE,Applied,called; they wrote,Web", head=head)
    assert {row.change for row in report.rows} == {Change.SKIPPED}
