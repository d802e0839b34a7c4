"""A copy that was put over the file beside the log of a crash is never mixed with that log."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.store import Store
from tests.storage.conftest import ANA, NOW, put_acme
from tests.storage.test_opening import contents

LIVES = """
import os, random, sys
from followup_desktop.domain.model import Contact
from pathlib import Path
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
store, chance = Store(open_database(Path(sys.argv[1]))), random.Random(int(sys.argv[2]))
for number in range(chance.randrange(1, 12)):
    with store.transaction("Add") as t:
        notes = "x" * chance.randrange(20_000)
        t.put_contact(Contact(id=f"n{chance.random()}", name="Ana Ruiz", notes=notes))
    if chance.random() < 0.2:
        store._database.sql(f"PRAGMA wal_checkpoint({chance.choice(['PASSIVE', 'TRUNCATE', 'RESTART'])})")
print(store.contents().digest)
sys.stdout.flush()
if chance.random() < 0.7:
    os._exit(9)
store.close()
"""


def live(file: Path, seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LIVES, str(file), str(seed)], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.stdout.strip()


def test_whatever_a_program_did_before_it_was_killed_its_log_fits(file: Path) -> None:
    chance = random.Random(3)
    for _ in range(4):
        digest = live(file, chance.randrange(1000))
        store = Store(open_database(file))
        assert store.contents().digest == digest
        store.close()


@pytest.mark.parametrize("by", ["copy", "backup"])
def test_a_copy_over_the_file_beside_a_log_is_refused(file: Path, tmp_path: Path, by: str) -> None:
    store = Store(open_database(file))
    put_acme(store)
    made = store.make_backup(tmp_path / "backup.sqlite3", Why.DAILY, NOW).file
    store.close()
    older = Path(shutil.copy(file, tmp_path / "older.db"))
    for seed in range(1, 5):
        live(file, seed)
    while not Path(f"{file}-wal").exists():
        seed += 1
        live(file, seed)
    shutil.copyfile(older if by == "copy" else made, file)
    before = contents(file.parent)
    with pytest.raises(Unusable, match="isn't the log of"):
        open_database(file)
    assert contents(file.parent) == before
    replace_database(file, made, NOW)
    again = Store(open_database(file))
    assert [each.id for each in again.facts().applications] == ["a1"]
    again.close()


@pytest.mark.parametrize("by", ["copy", "backup"])
def test_a_copy_of_the_same_size_is_refused_however_little_was_written_since(
    file: Path, tmp_path: Path, by: str
) -> None:
    """No commit makes the file larger, nor has SQLite a reason of its own to write the first page."""
    store = Store(open_database(file))
    put_acme(store)
    copy = store.make_backup(tmp_path / "backup.sqlite3", Why.DAILY, NOW).file
    store.close()
    if by == "copy":
        copy = Path(shutil.copy(file, tmp_path / "older.db"))
    for notes in ("one", "two") if by == "copy" else ("one",):
        edits = Store(open_database(file))
        for _ in range(2):
            with edits.transaction("Edit") as t:
                t.put_contact(replace(ANA, notes=notes))
        crashed = shutil.copytree(file.parent, tmp_path / notes) / file.name
        edits.close()
    shutil.copyfile(copy, crashed)
    with pytest.raises(Unusable, match="isn't the log of"):
        open_database(crashed)


def test_a_damaged_head_is_still_refused(file: Path) -> None:
    live(file, 1)
    file.write_bytes(b"x" * 50 + file.read_bytes()[50:])
    with pytest.raises(Refused):
        open_database(file)
