"""The program starts, answers and ends while another program keeps the database locked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import apsw
import pytest

from tests.desktop.programs import wait_until
from tests.sweeps import every

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by SIGTERM")

TIMEOUT = 60.0
COMMAND = (sys.executable, "-m", "followup_desktop")


class Folder:
    """A data folder with a reminder that is due, and the program started on it without a screen."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "data" / "followup.db"
        self._options = ("--data-dir", str(self.database.parent))
        self._environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self._environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        at = f"{datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
        facts = {
            "format": "followup-desktop",
            "version": 1,
            "policy": {"timezone": "UTC"},
            "reminders": [{"id": "r1", "title": "Renew", "at": at}],
        }
        source = folder / "facts.json"
        source.write_text(json.dumps(facts), "utf-8")
        assert self.run("import", str(source)).returncode == 0

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *self._options, *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the window, and wait until it can be asked for."""
        process = subprocess.Popen(
            [*COMMAND, *self._options, *words], env=self._environment, stderr=subprocess.PIPE, text=True
        )
        lock = self.database.with_name("window.lock")
        wait_until(lambda: lock.exists() and lock.stat().st_size > 1, TIMEOUT, "the program listens")
        return process


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def end() -> Iterator[Callable[[subprocess.Popen[str]], int]]:
    """Ends a program as the system does; its exit status."""
    begun: list[subprocess.Popen[str]] = []

    def ends(process: subprocess.Popen[str]) -> int:
        begun.append(process)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=TIMEOUT)
        return process.returncode

    yield ends
    for process in begun:
        process.kill()


STATES = {
    "as it was left": "",
    "with a plan of other rules": "DELETE FROM meta WHERE name = 'made_with'",
    "with something in the trash": (
        "INSERT INTO contact (id, name, employer, title, email, phone, url, notes, no_thank_you, trashed_at) "
        "VALUES ('old', 'Tom Berg', '', '', '', '', '', '', 0, 1)"
    ),
}


@pytest.mark.parametrize(("lock", "state"), every(2, product(["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"], STATES)))
def test_a_locked_database_keeps_nobody_waiting(
    folder: Folder, end: Callable[[subprocess.Popen[str]], int], lock: str, state: str
) -> None:
    """Another start gets its answer within its three seconds, again and again, and the end is one."""
    other = apsw.Connection(str(folder.database))
    if STATES[state]:
        other.execute(STATES[state])
    other.execute(lock)
    process = folder.start()
    try:
        for _ in range(2):
            again = folder.run()
            assert (again.returncode, again.stdout) == (0, ""), again.stderr
    finally:
        status = end(process)
        other.close()
    assert status == 0
    assert not (folder.database.parent / "problems.log").exists()
