"""The report of the search: every activity by date and week, and nothing that was left out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    InterviewKind,
    Stage,
)
from followup_desktop.domain.notes import join_notes
from followup_desktop.services.transfer.activity_report import (
    Report,
    ReportOptions,
    as_csv,
    as_html,
    counted,
    for_preview,
)
from followup_desktop.services.wording import Wording
from tests.services.conftest import MADRID, acme, madrid

VIDEO = InterviewKind.VIDEO
NOW = madrid("2026-10-14T11:00")


def event(name: str, kind: EventKind, at: str, **more: object) -> Event:
    return Event(id=name, kind=kind, at=madrid(at), **more)  # type: ignore[arg-type]


def talk(name: str, at: str, **more: object) -> Interview:
    start = datetime.fromisoformat(at)
    return Interview(id=name, starts_at=start, minutes=60, **more)  # type: ignore[arg-type]


FACTS = Facts(
    policy=MADRID,
    contacts=(Contact(id="c1", name="Ana <Ruiz>"),),
    applications=(
        acme(
            Stage.REJECTED,
            employer="Acme & Sons",
            location="Madrid",
            salary="50,000",
            notes="Only on\nTuesdays",
            applied_on=date(2026, 9, 14),
            interviews=(
                talk(
                    "i1",
                    "2026-09-21T10:00",
                    kind=VIDEO,
                    interviewers=("c1",),
                    notes="Went well",
                ),
                talk("i2", "2026-09-30T10:00", cancelled=True),
                talk("i3", "2026-10-20T10:00"),
            ),
            events=(
                event("e1", EventKind.THANK_YOU, "2026-09-21T15:00", contact="c1"),
                event("e2", EventKind.CALL, "2026-09-27T23:30", outcome=CallOutcome.NO_ANSWER),
                event("e3", EventKind.REPLY, "2026-09-29T09:00", note="=HYPERLINK(1)"),
                event("e4", EventKind.NOTE, "2026-09-29T10:00", note="for me alone"),
                event("e5", EventKind.STAGE, "2026-10-05T09:00", to_stage=Stage.REJECTED),
                event("e6", EventKind.EMAIL, "2026-10-20T09:00"),
            ),
        ),
        acme(Stage.SAVED, id="a2", employer="Only saved", applied_on=date(2026, 9, 14)),
    ),
)


def report(facts: Facts = FACTS, **options: Any) -> Report:
    return Report.of(facts, ReportOptions(**options), NOW, Wording())


def test_every_activity_stands_under_its_date_with_what_came_of_it() -> None:
    assert [(str(row.day), row.kind, row.person, row.result) for row in report().rows] == [
        ("2026-09-14", "Application", "", "Rejected"),
        ("2026-09-21", "Interview (Video)", "Ana <Ruiz>", "Held"),
        ("2026-09-21", "Thank-you", "Ana <Ruiz>", "Sent"),
        ("2026-09-27", "Call", "", "No answer"),
        ("2026-09-29", "Their reply", "", ""),
        ("2026-09-30", "Interview (Other)", "", "Cancelled"),
        ("2026-10-05", "Their decision", "", "Rejected"),
    ]


def test_weeks_count_what_the_job_seeker_did() -> None:
    weeks = [week.title for week in report().weeks()]
    assert weeks == [
        "14–20 September 2026: 1 activity (1 application)",
        "21–27 September 2026: 3 activities (1 interview, 1 call, 1 email or letter)",
        "28 September – 4 October 2026: 0 activities",
        "5–11 October 2026: 0 activities",
        "12–14 October 2026: 0 activities",
    ]
    assert counted(report().rows) == "4 activities (1 application, 1 interview, 1 call, 1 email or letter)"


def test_it_says_where_some_rows_are_not_counted() -> None:
    assert "listed but not counted" in report().explanation
    sent = replace(FACTS.applications[0], interviews=(), events=())
    assert report(replace(FACTS, applications=(sent,))).explanation == ""


def test_an_interview_later_today_is_listed_but_not_done_yet() -> None:
    application = replace(FACTS.applications[0], interviews=(talk("i1", "2026-10-14T12:00"),), events=())
    planned = report(replace(FACTS, applications=(application,)))
    assert [row.result for row in planned.rows] == ["Rejected", "Planned"]
    assert planned.total() == "1 activity (1 application)"


def test_an_application_without_a_date_was_sent_when_it_was_moved_to_applied() -> None:
    moves = (event("e1", EventKind.STAGE, "2026-09-27T23:30", to_stage=Stage.APPLIED),)
    undated = acme(Stage.APPLIED, applied_on=None, stage_at=moves[0].at, events=moves)
    rows = report(replace(FACTS, applications=(undated,))).rows
    assert [(str(row.day), row.kind) for row in rows] == [("2026-09-27", "Application")]


def test_days_are_both_included_and_run_forwards() -> None:
    some = report(first=date(2026, 9, 21), last=date(2026, 9, 27))
    assert [str(row.day) for row in some.rows] == ["2026-09-21", "2026-09-21", "2026-09-27"]
    with pytest.raises(Refused, match="ends before it starts"):
        report(first=date(2026, 9, 2), last=date(2026, 9, 1))


def test_a_week_without_anything_is_a_week_of_the_period() -> None:
    """Authorities that ask for so many a week count it."""
    some = report(first=date(2026, 9, 7), last=date(2026, 10, 13))
    weeks = [(str(week.first), len(week.rows)) for week in some.weeks()]
    assert weeks == [
        ("2026-09-07", 0),
        ("2026-09-14", 1),
        ("2026-09-21", 3),
        ("2026-09-28", 2),
        ("2026-10-05", 1),
        ("2026-10-12", 0),
    ]
    title = "12–13 October 2026: 0 activities"
    assert title in as_html(some).decode()
    assert title in "".join(for_preview(some))
    assert as_html(some).decode().count("<thead>") == 4


def test_a_week_that_the_period_cuts_is_headed_with_the_days_that_are_in_it() -> None:
    """So that its count isn't taken for that of the whole week."""
    some = report(first=date(2026, 9, 23), last=date(2026, 9, 29))
    titles = ["23–27 September 2026: 1 activity (1 call)", "28–29 September 2026: 0 activities"]
    assert [week.title for week in some.weeks()] == titles
    for written in (as_html(some).decode(), "".join(for_preview(some))):
        assert all(title in written for title in titles)
    table = list(csv.reader(io.StringIO(as_csv(some).decode())))
    assert [row[:2] for row in table[1:]] == [["2026-09-23", "2026-09-27"], ["2026-09-28", "2026-09-29"]]


def test_a_day_alone_is_that_day_and_what_is_ahead_is_refused() -> None:
    assert ("Period", "27 September 2026") in report(first=date(2026, 9, 27), last=date(2026, 9, 27)).about()
    with pytest.raises(Refused, match="starts after today"):
        report(first=date(2026, 10, 15))
    assert report(first=date(2026, 10, 14)).about()[0] == ("Period", "14 October 2026")


SECRETS = {"notes": ("Only on", "Went well", "HYPERLINK"), "people": ("Ruiz",), "salary": ("50,000",)}


@pytest.mark.parametrize("part", SECRETS)
def test_what_is_left_out_is_nowhere_in_any_file(part: str) -> None:
    whole, without = report(), report(FACTS, **{part: False})
    for write in (as_html, as_csv):
        for secret in SECRETS[part]:
            assert secret in write(whole).decode()
            assert secret not in write(without).decode()
        kept = [each for other, texts in SECRETS.items() if other != part for each in texts]
        assert all(each in write(without).decode() for each in kept)


def test_the_posting_kept_among_the_notes_is_nowhere_in_any_file() -> None:
    """It can name people and the salary, which have switches of their own."""
    notes = join_notes("Ask about Tuesdays", "Write to Clara Vogel. 61,500 a year.")
    kept = report(replace(FACTS, applications=(acme(Stage.APPLIED, notes=notes),)))
    for written in (as_html(kept), as_csv(kept), "".join(for_preview(kept)).encode()):
        assert b"Ask about Tuesdays" in written
        assert b"Vogel" not in written
        assert b"61,500" not in written


class _Page(HTMLParser):
    """The names of tags and attributes, and the texts of the cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str | None] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_needs_nothing_else_and_text_is_text() -> None:
    page = _Page()
    page.feed(as_html(report(name="<b>Me</b>", number="123")).decode())
    assert "script" not in page.tags
    assert not page.addresses
    assert {"Acme & Sons", "Ana <Ruiz>", "<b>Me</b>", "123"} <= set(page.texts)
    assert "@media print" in as_html(report()).decode()


@pytest.mark.parametrize("left_out", [(), ("salary",), ("notes", "people", "salary")])
def test_the_columns_of_a_page_stand_below_each_other_in_every_week(left_out: tuple[str, ...]) -> None:
    options: dict[str, Any] = dict.fromkeys(left_out, False)
    made = report(**options)
    page = as_html(made).decode()
    groups = re.findall(r"<colgroup>.*?</colgroup>", page)
    assert len(groups) == page.count("<thead>") > 1
    assert len(set(groups)) == 1
    widths = [float(width) for width in re.findall(r"width: ([\d.]+)%", groups[0])]
    assert len(widths) == len(made.columns())
    assert sum(widths) == pytest.approx(100, abs=0.5)


def test_a_table_has_a_row_each_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(report()).decode())))
    assert rows[0][:3] == ["Week from", "Date", "Employer"]
    assert rows[1][:3] == ["2026-09-14", "2026-09-14", "Acme & Sons"]
    assert len(rows) == 8
    assert all(not re.match(r"[=+@]", cell) for row in rows for cell in row)


def test_a_name_and_a_number_stand_above_if_there_are_any() -> None:
    assert [label for label, _value in report(name="Ana", number="12").about()] == [
        "Name",
        "Customer number",
        "Period",
        "Made on",
    ]
    assert [label for label, _value in report().about()] == ["Period", "Made on"]


def test_a_preview_says_the_same_in_short_parts() -> None:
    """A week with very many rows is parted, with its headings again."""
    page, parts = _Page(), _Page()
    page.feed(as_html(report()).decode().partition("<body>")[2])
    parts.feed("".join(for_preview(report())))
    assert "".join(parts.texts).split() == "".join(page.texts).split()
    calls = tuple(event(f"e{n}", EventKind.EMAIL, "2026-10-13T10:00") for n in range(100))
    busy = replace(FACTS, applications=(replace(FACTS.applications[0], events=calls),))
    of_one_week = [part for part in for_preview(report(busy)) if "Employer" in part][-3:]
    assert [part.count("<tr>") - 1 for part in of_one_week] == [40, 40, 20]
    assert [part.count("<h4>") for part in of_one_week] == [1, 0, 0]


def test_nothing_done_is_said() -> None:
    empty = report(replace(FACTS, applications=()))
    assert "No activities in this period." in as_html(empty).decode()
    assert as_csv(empty).decode().count("\r\n") == 1
