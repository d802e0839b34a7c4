"""The report on the command line: the kinds of file, its days, and what is left out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import FACTS, Run, run

__all__ = ["run"]


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The program with something to report."""
    source = tmp_path / "in.json"
    source.write_text(json.dumps(FACTS), "utf-8")
    assert run("import", source)[0] == 0
    return run


def test_the_name_of_the_file_says_what_is_written(filled: Run, tmp_path: Path) -> None:
    page, table = tmp_path / "report.html", tmp_path / "report.csv"
    assert filled("report", page) == (0, "", "")
    assert "Ana Ruiz" in page.read_text("utf-8")
    assert filled("report", table, "--without", "people,notes") == (0, "", "")
    assert table.read_text("utf-8-sig").splitlines()[0].count(",") == 7
    assert "Ana Ruiz" not in table.read_text("utf-8")
    assert filled("report", "-", "--format", "html")[1] == page.read_text("utf-8")
    assert filled("report", "-", "--format", "csv")[1].startswith('"Week from"'), "without a mark"


def test_it_is_written_in_the_language_asked_for(filled: Run, tmp_path: Path) -> None:
    """Dates and words; another one, and a report without the option, are in the program's."""
    for code, title in (("de", "Nachweis der Stellensuche"), ("fr", "Rapport"), ("en", "Job search report")):
        assert filled("report", str(tmp_path / f"{code}.html"), "--language", code)[0] == 0
        page = (tmp_path / f"{code}.html").read_text("utf-8")
        assert f'<html lang="{code}" dir="ltr">' in page
        assert title in page
    assert filled("report", str(tmp_path / "own.html"))[0] == 0
    assert (tmp_path / "own.html").read_text("utf-8") == (tmp_path / "en.html").read_text("utf-8")


def test_days_are_taken_as_dates(filled: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert filled("report", page, "--from", "2026-10-15", "--until", "2026-10-20")[0] == 0
    assert "No activities" in page.read_text("utf-8")
    status, _out, err = filled("report", page, "--from", "2026-10-15", "--until", "2026-10-14")
    assert (status, err.count("\n")) == (1, 1)
    assert "ends before it starts" in err


@pytest.mark.parametrize("words", [("--from", "soon"), ("--without", "names"), ("--format", "odt")])
def test_other_words_are_wrong_usage(filled: Run, tmp_path: Path, words: tuple[str, str]) -> None:
    assert filled("report", tmp_path / "report.html", *words)[0] == 2


def test_another_ending_is_refused(filled: Run, tmp_path: Path) -> None:
    status, _out, err = filled("report", tmp_path / "report.docx")
    assert (status, "PDF, CSV or HTML" in err) == (1, True)


def test_a_pdf_needs_no_display(filled: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "followup_desktop", "--data-dir", str(tmp_path / "data"), "report"]
    target = tmp_path / "report.pdf"
    done = subprocess.run(
        [*command, str(target), "--paper", "Letter"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes().startswith(b"%PDF-")
    assert b"/MediaBox [0 0 792" in target.read_bytes()
