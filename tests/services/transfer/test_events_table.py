"""What happened as a table: a row each interview and each entry, with nothing in it that is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

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
)
from followup_desktop.services.transfer.events_table import COLUMNS, write_file
from followup_desktop.services.transfer.formats import Contents, read_document, writer_for
from followup_desktop.services.transfer.spreadsheet import joined, parted, unguarded
from followup_desktop.services.wording import Wording
from tests.services.conftest import MADRID, acme, madrid
from tests.tables import tabled

CALL = Event(
    id="e1",
    kind=EventKind.CALL,
    outcome=CallOutcome.SPOKE,
    at=madrid("2026-10-13T10:20"),
    contact="c1",
    reply_by=date(2026, 10, 20),
    note='=HYPERLINK("http://x")',
)
HELD = Interview(
    id="i1",
    kind=InterviewKind.VIDEO,
    starts_at=datetime.fromisoformat("2026-10-12T09:00"),
    timezone="Europe/London",
    minutes=45,
    interviewers=("c1", "c2"),
)
FACTS = Facts(
    policy=MADRID,
    contacts=(Contact(id="c1", name="Ana Ruiz"), Contact(id="c2", name="＠Bo; Jr.")),
    applications=(acme(events=(CALL,), interviews=(HELD,), contacts=("c1", "c2")),),
)


def table(facts: Facts = FACTS) -> bytes:
    return write_file(Contents(facts=facts, plan=(), now=madrid("2026-10-14T12:00"), wording=Wording()))


def test_each_interview_and_entry_is_a_row_in_order_of_time() -> None:
    reader = csv.DictReader(io.StringIO(table().decode(), newline=""))
    held, call = [{key: unguarded(value) for key, value in row.items()} for row in reader]
    assert list(held) == list(COLUMNS)
    assert (held["id"], held["kind"], held["outcome"]) == ("i1", "interview", "video")
    assert (held["at"], held["local_time"]) == ("2026-10-12T08:00:00Z", "2026-10-12 09:00")
    assert (held["timezone"], held["minutes"], held["cancelled"]) == ("Europe/London", "45", "false")
    assert parted(held["people"]) == ("Ana Ruiz", "＠Bo; Jr.")
    assert (call["application"], call["employer"], call["kind"], call["outcome"]) == (
        "a1",
        "Acme",
        "call",
        "spoke",
    )
    assert (call["local_time"], call["reply_by"]) == ("2026-10-13 10:20", "2026-10-20")
    assert call["note"] == CALL.note


@tabled("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    event = Event(id="e1", kind=EventKind.NOTE, at=madrid("2026-10-13T10:20"), note=f"{sign}1+1(2)")
    data = table(Facts(policy=MADRID, applications=(acme(events=(event,)),)))
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert row["note"].startswith("'")
    assert unguarded(row["note"]) == event.note


def test_the_same_facts_give_the_same_bytes() -> None:
    assert table() == table()


def test_its_ending_is_longer_than_that_of_the_other_table() -> None:
    from pathlib import PurePath

    assert writer_for(PurePath("x.events.csv")).module == "events_table"
    assert writer_for(PurePath("events.csv")).module == "spreadsheet"


def test_it_is_not_read_as_a_table_of_applications() -> None:
    with pytest.raises(Refused, match="interviews and the timeline"):
        read_document(table())


@tabled(
    "values",
    [
        ("remote",), ("remote", "python"), ("a; b", "c"), ("first, second",), ("first, second", "third"),
        ('say "hi"', "x"), ('"',), ("a;",), (";",), (),
    ],
)  # fmt: skip
def test_texts_with_the_separator_in_them_stay_apart(values: tuple[str, ...]) -> None:
    assert parted(joined(values)) == values
