"""Noise in the log of a crash, for which SQLite silently forgets what was saved last."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import cast

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.backups import salvage_broken
from followup_desktop.storage.cipher import Key, Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.log_damage import is_damaged
from followup_desktop.storage.store import Store
from tests.storage.conftest import ANA, KEY, NOW
from tests.storage.test_opening import contents as all_contents

HEADER, FRAME = 32, 24 + 4096
PLACES = {
    "the header": (0, 32),
    "its sums": (24, 8),
    "a frame": (HEADER + 500, 60),
    "its head": (HEADER, 24),
    "its count": (HEADER + 48, 4),
}


def contents(folder: Path) -> dict[str, object]:
    """All but the index of the log, which SQLite makes anew whenever it looks."""
    return {name: each for name, each in all_contents(folder).items() if not name.endswith("-shm")}


def crashed(store: Store, file: Path, folder: Path) -> Path:
    """The files as they were when the program ended without closing them, after three edits."""
    for number in range(3):
        with store.transaction("Add") as t:
            t.put_contact(replace(ANA, id=f"n{number}", name=f"Person {number}"))
    shutil.copytree(file.parent, folder, ignore=shutil.ignore_patterns("*-shm"))
    return folder / file.name


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_it_is_told_and_all_that_was_saved_comes_back(
    first: Store, file: Path, tmp_path: Path, key: Key | None
) -> None:
    if key is not None:
        first.put_under_key(key)
    keys = Keys(*first.keys)
    there = crashed(first, file, tmp_path / "crashed")
    expected = first.contents()
    first.close()
    whole = Path(f"{there}-wal").read_bytes()
    chance = random.Random(5)
    for place, (at, count) in PLACES.items():
        Path(f"{there}-wal").write_bytes(whole[:at] + chance.randbytes(count) + whole[at + count :])
        before = contents(there.parent)
        with pytest.raises(Unusable, match="is damaged, and what you entered last is in it"):
            open_database(there, keys=keys)
        assert contents(there.parent) == before, place
        copy = Path(shutil.copytree(there.parent, tmp_path / place)) / there.name
        salvage_broken(copy, copy.parent / "backups", NOW, keys)
        again = Store(open_database(copy, keys=keys))
        assert again.contents() == expected, place
        again.close()


def test_what_is_no_log_at_all_is_not_thrown_away(first: Store, file: Path) -> None:
    crashed(first, file, file.parent.with_name("unused"))
    first.close()
    log = Path(f"{file}-wal")
    log.write_bytes(random.Random(5).randbytes(50_000))
    before = contents(file.parent)
    with pytest.raises(Refused):
        open_database(file)
    assert contents(file.parent) == before
    salvage_broken(file, file.parent / "backups", NOW)
    again = Store(open_database(file))
    assert {each.id for each in again.facts().contacts} == {"n0", "n1", "n2"}
    again.close()


def test_half_a_commit_that_a_loss_of_power_left_is_none(first: Store, file: Path, tmp_path: Path) -> None:
    there = crashed(first, file, tmp_path / "crashed")
    first.close()
    log = Path(f"{there}-wal")
    whole = log.read_bytes()
    for length in range(HEADER, len(whole), 1999):
        log.write_bytes(whole[:length])
        copy = Path(shutil.copytree(there.parent, tmp_path / str(length))) / there.name
        open_database(copy).close()


class Overtaken:
    """A connection that another program is quicker than, once: it begins the log anew."""

    def __init__(self, connection: apsw.Connection, other: Store) -> None:
        self._connection = connection
        self._other: Store | None = other

    def pragma(self, name: str) -> object:
        if (other := self._other) is not None:
            self._other = None
            other._database.sql("PRAGMA wal_checkpoint(RESTART)")
            with other.transaction("Edit") as t:
                t.put_contact(replace(ANA, notes="after"))
        return self._connection.pragma(name)

    def wal_checkpoint(self, *, mode: int) -> tuple[int, int]:
        return self._connection.wal_checkpoint(mode=mode)


def test_a_log_that_is_begun_anew_while_it_is_looked_at_is_none_that_is_damaged(
    first: Store, file: Path
) -> None:
    for number in range(5):
        with first.transaction("Edit") as t:
            t.put_contact(replace(ANA, notes=f"{number}"))
    connection = apsw.Connection(str(file))
    overtaken = cast("apsw.Connection", Overtaken(connection, first))
    assert not is_damaged(Path(f"{file}-wal"), overtaken)
    connection.close()
