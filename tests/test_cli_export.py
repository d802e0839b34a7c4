"""Exports by the command line: each format, to a file and to standard output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.test_cli import FACTS, Run, run

__all__ = ["run"]


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The program with something to export."""
    source = tmp_path / "in.json"
    source.write_text(json.dumps(FACTS), "utf-8")
    assert run("import", source)[0] == 0
    return run


def test_a_calendar_to_a_file_and_to_standard_output(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    assert filled("export", target, "--format", "ics") == (0, "", "")
    first = target.read_bytes()
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Interview at Acme · Data Engineer"]
    assert Calendar.from_ical(first).walk("VTODO")
    status, out, err = filled("export", "-", "--format", "ics")
    assert (status, err) == (0, "")
    assert out.encode() == first
    assert filled("export", target, "--format", "ics")[0] == 0
    assert target.read_bytes() == first


def test_a_calendar_in_place_of_another_program_s_begins_anew(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    target.write_bytes(b"\xff\x00 something else")
    assert filled("export", target, "--format", "ics") == (0, "", "")
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_table(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert filled("export", target, "--format", "csv") == (0, "", "")
    (row,) = csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""))
    assert (row["id"], row["employer"], row["stage"]) == ("a1", "Acme", "interviewing")
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
    assert mark + filled("export", "-", "--format", "csv")[1] == target.read_bytes().decode()


def test_a_format_that_there_is_not(filled: Run, tmp_path: Path) -> None:
    assert filled("export", tmp_path / "x", "--format", "pdf")[0] == 2
    assert not (tmp_path / "x").exists()
