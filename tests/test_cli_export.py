"""Exports by the command line: each format, to a file and to standard output."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from followup_desktop.__main__ import main
from tests.test_cli import FACTS, Run, run

__all__ = ["run"]


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The program with something to export."""
    source = tmp_path / "in.json"
    source.write_text(json.dumps(FACTS), "utf-8")
    assert run("import", source)[0] == 0
    return run


def without_stamps(calendar: bytes) -> bytes:
    """But for when each entry was written, to the second."""
    return re.sub(rb"(DTSTAMP|LAST-MODIFIED):\w+", b"", calendar)


def test_a_calendar_to_a_file_and_to_standard_output(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    assert filled("export", target, "--format", "ics") == (0, "", "")
    first = target.read_bytes()
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Interview at Acme · Data Engineer"]
    assert Calendar.from_ical(first).walk("VTODO")
    status, out, err = filled("export", "-", "--format", "ics")
    assert (status, err) == (0, "")
    assert without_stamps(out.encode()) == without_stamps(first)
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


@pytest.mark.parametrize("wanted", ["csv", "ics"])
def test_a_terminal_is_shown_what_would_steer_it(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    source = tmp_path / "steering.json"
    steering = [{**one, "employer": "Acme \x1b[2J\u202e"} for one in FACTS["applications"]]
    source.write_text(json.dumps({**FACTS, "applications": steering}), "utf-8")
    assert filled("import", source)[0] == 0
    terminal, screen = os.openpty()
    with os.fdopen(screen, "w", encoding="utf-8") as output, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", output)
        assert main(["--data-dir", str(tmp_path / "data"), "export", "-", "--format", wanted]) == 0
        output.flush()
        shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert "Acme" in shown
    assert not {"\x1b", "\u202e"} & {*shown}


def test_a_format_that_there_is_not(filled: Run, tmp_path: Path) -> None:
    assert filled("export", tmp_path / "x", "--format", "docx")[0] == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("name", "options"), [("out.html", ()), ("out.htm", ()), ("out", ("--format", "html"))]
)
def test_an_export_to_read_is_the_report_of_the_whole_search(
    filled: Run, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    assert filled("export", tmp_path / name, *options) == (0, "", "")
    assert filled("report", tmp_path / "report.html") == (0, "", "")
    assert (tmp_path / name).read_bytes() == (tmp_path / "report.html").read_bytes()
    assert b"Acme" in (tmp_path / name).read_bytes()


def test_an_export_to_pdf_needs_no_display(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    command = [sys.executable, "-m", "followup_desktop", "--data-dir", str(tmp_path / "data"), "export"]
    done = subprocess.run([*command, str(target)], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_bytes().startswith(b"%PDF-")
