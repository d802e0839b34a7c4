"""A short form of ``make crash``: the program is killed, and nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import ROOT, kill_again_and_again
from tests.crash_migrations import SHIPPED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def test_nothing_is_lost_by_kills_at_any_moment(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path, kills=3, seed=20261014)
    assert tally.wrong == []
    assert tally.kills == 3


def test_backups_made_by_copying_the_file_are_found_wanting(tmp_path: Path) -> None:
    """Most often by the first three kills; on a busy computer those may come before there is a backup."""
    assert any(
        "doesn't hold what it was made of" in what
        for seed in range(7, 17)
        for what in kill_again_and_again(tmp_path, kills=3, seed=seed, unsafe="copying").wrong
    )


@pytest.mark.journey  # a fifth of the kills find it: up to 80 of them
def test_a_plan_made_after_the_commit_is_found_wanting(tmp_path: Path) -> None:
    assert any(
        "the stored plan isn't that of the facts" in what
        for seed in range(20)
        for what in kill_again_and_again(tmp_path, kills=4, seed=seed, unsafe="plan").wrong
    )


@pytest.mark.journey  # some statements of the migration from each shipped schema
def test_a_migration_killed_at_any_statement_is_done_again_and_loses_nothing() -> None:
    command = [sys.executable, "-m", "tests.crash_migrations", "--every", "71"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(SHIPPED)
    assert all(int(line.split()[0]) > 3 and line.endswith(": 0 faults") for line in lines), lines
