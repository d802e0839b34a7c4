"""What is looked at of a file and its log."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import apsw
import pytest

from followup_desktop.storage import pages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database goes whose log comes into it when it is told to."""
    return tmp_path / "data.db"


@pytest.fixture
def database(file: Path) -> Iterator[apsw.Connection]:
    with closing(apsw.Connection(str(file))) as connection:
        connection.pragma("journal_mode", "wal")
        connection.pragma("wal_autocheckpoint", 0)
        connection.execute("CREATE TABLE thing (number INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO thing VALUES (?, ?)", ((each, "x" * 500) for each in range(400)))
        connection.wal_checkpoint()
        yield connection


def write(database: apsw.Connection, times: int, random: Random) -> None:
    """As edits do: a few of the same pages again and again, and now and then a new one."""
    for each in range(times):
        row = random.choice((1, 2, 399, 400 + each)), str(each) * 90
        database.execute("INSERT OR REPLACE INTO thing VALUES (?, ?)", row)


def test_what_came_in_is_known_as_if_all_of_the_file_were_read(file: Path, database: apsw.Connection) -> None:
    random = Random(7)
    for times in (60, 5, 30, 1, 200):  # a shorter one leaves frames of the former behind it
        known = pages.read_pages(file)
        assert known is not None
        write(database, times, random)
        database.wal_checkpoint()
        assert pages.brought_in(file, known, Path(f"{file}-wal")) == pages.read_pages(file) != known


def test_of_a_page_that_was_written_again_and_again_the_last_is_looked_at(
    file: Path, database: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, log = pages.read_pages(file), Path(f"{file}-wal")
    assert known is not None
    write(database, 100, Random(7))
    database.wal_checkpoint()
    numbers = [frame.number for frame in pages.frames(log)]
    summed: list[int] = []
    crc32 = zlib.crc32

    def noted(page: bytes) -> int:
        summed.append(len(page))
        return crc32(page)

    monkeypatch.setattr(zlib, "crc32", noted)
    assert pages.brought_in(file, known, log) is not None
    assert len(summed) == 2 * len({*numbers}) < len(numbers)


def test_a_log_that_is_cut_off_or_gone_explains_nothing(file: Path, database: apsw.Connection) -> None:
    known, log = pages.read_pages(file), file.with_name("log")
    assert known is not None
    write(database, 20, Random(7))
    database.wal_checkpoint()
    whole = Path(f"{file}-wal").read_bytes()
    assert pages.brought_in(file, known, log) is None
    for length in (0, 20, 32, 40, 4000):
        log.write_bytes(whole[:length])
        assert pages.brought_in(file, known, log) is None
    log.write_bytes(whole)
    assert pages.brought_in(file, known, log) == pages.read_pages(file)
