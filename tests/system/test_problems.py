"""What is kept of an error: where it happened, and nothing the user typed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from followup_desktop.system import problems

AT = datetime(2026, 10, 14, tzinfo=UTC)


def fail(text: str) -> None:
    raise ValueError(f"can't handle {text}")


def test_the_log_says_where_but_not_what(tmp_path: Path) -> None:
    log = tmp_path / "problems.log"
    try:
        fail("my salary is 1234")
    except ValueError as error:
        problems.note(log, AT, type(error), error.__traceback__)
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert "test_problems.py" in written
    assert "fail" in written
    assert "salary" not in written


def test_a_log_grown_large_is_begun_anew(tmp_path: Path) -> None:
    log = tmp_path / "problems.log"
    log.write_text("x" * 300_000, "utf-8")
    problems.note(log, AT, KeyError, None)
    assert log.read_text("utf-8") == "2026-10-14T00:00:00+00:00 KeyError\n"


def test_a_log_that_can_not_be_written_does_no_harm(tmp_path: Path) -> None:
    problems.note(tmp_path / "no" / "folder", AT, KeyError, sys.exc_info()[2])
    assert list(tmp_path.iterdir()) == []
