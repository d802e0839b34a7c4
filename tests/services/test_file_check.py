"""The whole file is looked at once a day, beside the window, and what is wrong is kept to be told."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, current_thread

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.file_check import AFTER_START, FileCheck
from followup_desktop.services.own_thread import own_thread
from followup_desktop.storage import soundness
from followup_desktop.storage.database import open_database
from followup_desktop.storage.opening import has_log
from followup_desktop.storage.store import Store
from tests.storage.conftest import put_acme

NOON = datetime(2026, 10, 14, 12, tzinfo=UTC)


class Memory:
    def __init__(self) -> None:
        self.day = ""

    def read(self) -> str:
        return self.day

    def write(self, day: str) -> None:
        self.day = day


class Checks:
    """Counts the checks of a real file; each is done when the beat after it looks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.count = 0

    def __call__(self, is_cancelled: Callable[[], bool]) -> None:
        self.count += 1
        self._store.check_file(is_cancelled)


def to_the_end(work: Callable[[], None]) -> Callable[[float], bool]:
    """In a thread of its own, which is waited for."""
    ended = own_thread("test")(work)
    return lambda _seconds: ended(60)


def test_once_a_day_and_not_while_the_program_starts(tmp_path: Path) -> None:
    store = Store(open_database(tmp_path / "followup.db"))
    put_acme(store)
    checks, memory = Checks(store), Memory()
    check = FileCheck(checks, memory, NOON, to_the_end)
    check.beat(NOON)
    assert checks.count == 0
    for minutes in range(2, 10):
        check.beat(NOON + timedelta(minutes=minutes))
    assert (checks.count, check.failure, memory.day) == (1, "", "2026-10-14")
    again = FileCheck(checks, memory, NOON + timedelta(hours=1), to_the_end)
    again.beat(NOON + timedelta(hours=2))
    assert checks.count == 1
    again.beat(NOON + timedelta(days=1))
    assert checks.count == 2
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks the file")
def test_damage_that_comes_while_the_program_runs_is_found(tmp_path: Path) -> None:
    file = tmp_path / "followup.db"
    store = Store(open_database(file))
    put_acme(store)
    store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[8192:12288] = os.urandom(4096)
    descriptor = os.open(file, os.O_WRONLY)
    os.pwrite(descriptor, content, 0)
    os.close(descriptor)
    memory = Memory()
    check = FileCheck(store.check_file, memory, NOON, to_the_end)
    for minutes in (2, 3, 4):
        check.beat(NOON + timedelta(minutes=minutes) + AFTER_START)
    assert "is damaged" in check.failure
    assert memory.day == ""
    store.close()


def test_a_look_after_the_start_tells_what_is_wrong_and_is_no_check_of_the_day(tmp_path: Path) -> None:
    store = Store(open_database(tmp_path / "followup.db"))
    checks, memory = Checks(store), Memory()

    def refuse(_is_cancelled: Callable[[], bool]) -> None:
        raise Refused("It is damaged.")

    broken = FileCheck(checks, memory, NOON, to_the_end)
    broken.look(refuse)
    broken.beat(NOON)
    assert broken.failure == "It is damaged."
    sound = FileCheck(checks, memory, NOON, to_the_end)
    sound.look(store.look_after_start)
    sound.beat(NOON)
    assert (sound.failure, memory.day, checks.count) == ("", "", 0)
    for minutes in (2, 3):
        sound.beat(NOON + timedelta(minutes=minutes))
    assert (memory.day, checks.count) == ("2026-10-14", 1)
    store.close()


@pytest.mark.parametrize("name", ["check_file", "look_after_start"])
def test_a_check_under_way_is_given_up_at_the_end_and_leaves_no_log(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that is left would tell the next start of a crash."""
    file = tmp_path / "followup.db"
    monkeypatch.setattr(soundness, "LARGE_PAGES", 1)
    store = Store(open_database(file, can_wait=True))
    put_acme(store)
    assert store.is_to_be_looked_at and has_log(file)
    is_under_way = Event()

    def look(is_cancelled: Callable[[], bool]) -> None:
        def holds_on() -> bool:
            """Called amid the check, with its connection open: it isn't done before it's given up."""
            is_under_way.set()
            while not is_cancelled():
                is_under_way.wait()
            return True

        getattr(store, name)(holds_on)

    check = FileCheck(store.check_file, Memory(), NOON)
    check.look(look)
    assert is_under_way.wait(60)
    check.finish()
    assert check.failure == ""
    store.close()
    assert not has_log(file)


def test_each_work_beside_the_window_has_a_thread_of_its_name_and_python_looks_for_cycles_again() -> None:
    seen: list[tuple[str, bool]] = []
    ended = own_thread("daily backup")(lambda: seen.append((current_thread().name, gc.isenabled())))
    assert ended(60)
    assert seen == [("daily backup", False)]
    assert gc.isenabled()
