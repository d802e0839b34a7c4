"""A short form of ``make crash``: the program is killed, and nothing acknowledged is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.crash import kill_again_and_again

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def test_nothing_is_lost_by_kills_at_any_moment(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path, kills=3, seed=20261014)
    assert tally.wrong == []
    assert tally.kills == 3


def test_backups_made_by_copying_the_file_are_found_wanting(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path, kills=3, seed=7, unsafe="copying")
    assert any("doesn't hold what it was made of" in what for what in tally.wrong)
