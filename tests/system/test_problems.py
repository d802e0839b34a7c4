"""What is kept of an error: where it happened, and nothing the user typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_desktop import __version__
from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.system import problems

AT = datetime(2026, 10, 14, tzinfo=UTC)


def fail(text: str) -> None:
    raise ValueError(f"can't handle {text}")


def test_the_log_says_where_but_not_what(tmp_path: Path) -> None:
    log = tmp_path / "problems.log"
    try:
        fail("my salary is 1234")
    except ValueError as error:
        problems.note(log, AT, error)
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert "test_problems.py" in written
    assert "fail" in written
    assert "salary" not in written


def test_a_log_grown_large_is_begun_anew(tmp_path: Path) -> None:
    log = tmp_path / "problems.log"
    log.write_text("x" * 300_000, "utf-8")
    problems.note(log, AT, KeyError())
    assert log.read_text("utf-8") == "2026-10-14T00:00:00+00:00 KeyError\n"


def test_a_log_that_can_not_be_written_does_no_harm(tmp_path: Path) -> None:
    problems.note(tmp_path / "no" / "folder", AT, KeyError())
    assert list(tmp_path.iterdir()) == []


def test_the_report_has_versions_and_the_places_of_all_that_led_there_and_no_words_of_the_user() -> None:
    try:
        try:
            fail("Ana Ruiz")
        except ValueError as error:
            error.add_note("at Acme")
            raise KeyError("ana@acme.example") from error
    except KeyError as error:
        report = problems.report(error)
    assert report is not None
    assert report.startswith(f"Follow Up {__version__}\nPython 3.")
    kinds = [line for line in report.splitlines() if line in {"KeyError", "after", "ValueError"}]
    assert kinds == ["KeyError", "after", "ValueError"]
    assert report.count("test_problems.py:") == 3
    assert "Ana" not in report
    assert "cme" not in report
    assert str(Path.home()) not in report


def test_the_package_s_own_files_are_named_from_the_package_on() -> None:
    try:
        checks.check_zone("Mars/Olympus", "timezone")
    except Refused as error:
        assert "  followup_desktop/domain/checks.py:" in problems.where(error)


@pytest.mark.parametrize("error", [Refused("As it is."), MemoryError(), OSError(28, "No space", "/data/x")])
def test_what_says_how_to_fix_it_needs_no_report(error: Exception) -> None:
    assert problems.report(error) is None


def test_causes_that_go_round_in_a_circle_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert problems.where(one) == "ValueError\nafter\nKeyError"
