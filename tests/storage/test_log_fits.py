"""A copy that was put over the file beside the log of a crash is never mixed with that log."""

from __future__ import annotations

import errno
import io
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.storage import lineage
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Key, Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.pages import first_frame, fits, frames, read_head
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, KEY, NOW, put_acme
from tests.storage.test_opening import contents

PAGE = 4096
IN_A_PAGE = 950
"""So many bytes of a row stand in its page for sure, with the name of it and under a passphrase, too."""
WRITERS = lineage._MOST + 15

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


def test_a_file_cut_off_at_any_byte_of_its_header_has_no_other_log(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    head = read_head(file, 200)
    assert len(head) == 200
    fitting = [fits(head[:size], Path(f"{file}-wal")) for size in range(len(head) + 1)]
    store.close()
    assert all(fitting)


def test_a_damaged_head_is_still_refused(file: Path) -> None:
    live(file, 1)
    file.write_bytes(b"x" * 50 + file.read_bytes()[50:])
    with pytest.raises(Refused):
        open_database(file)


def run(file: Path, notes: str, key: Key | None = None, kept: Path | None = None) -> None:
    """One run of the program with two edits; ``kept`` is as a crash would have left it after the first."""
    store = Store(open_database(file, keys=keys_of(key)))
    for text in (notes, notes + "!"):
        with store.transaction("Edit") as t:
            t.put_contact(replace(ANA, notes=text))
        if kept is not None and not kept.exists():
            shutil.copytree(file.parent, kept, ignore=shutil.ignore_patterns("*-shm"))
    store.close()


def keys_of(key: Key | None) -> Keys:
    return Keys() if key is None else Keys(key)


def acme_under(file: Path, key: Key | None) -> None:
    store = Store(open_database(file))
    put_acme(store)
    if key is not None:
        store.put_under_key(key)
    store.close()


def notes_in(file: Path, key: Key | None) -> str:
    store = Store(open_database(file, keys=keys_of(key)))
    notes = store.contact("c1").notes
    store.close()
    return notes


SEALED = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "passphrase"])


@SEALED
@pytest.mark.parametrize("runs", [0, 1, 2, 5])
def test_a_newer_file_over_the_one_with_a_log_is_refused(
    file: Path, tmp_path: Path, key: Key | None, runs: int
) -> None:
    """A laptop that crashed, and the file from the desktop computer, where the same data were edited on."""
    acme_under(file, key)
    desk = shutil.copytree(file.parent, tmp_path / "desk") / file.name
    run(file, "laptop", key, crashed := tmp_path / "crashed")
    for number in range(1, runs + 1):
        run(desk, f"desk {number}", key)
    shutil.copyfile(desk, crashed / file.name)
    if not runs:
        assert notes_in(crashed / file.name, key) == "laptop"
        return
    before = contents(crashed)
    with pytest.raises(Unusable, match="isn't the log of"):
        open_database(crashed / file.name, keys=keys_of(key))
    assert {**contents(crashed), **before} == contents(crashed)  # the index of the log may be there, too
    aside = (crashed / f"{file.name}-wal").rename(tmp_path / "aside")
    assert notes_in(crashed / file.name, key) == f"desk {runs}!"
    assert aside.stat().st_size


@SEALED
@pytest.mark.parametrize("later", [0, 1, 3], ids=["the same run", "one run", "three runs"])
def test_an_older_log_beside_the_file_is_refused(
    file: Path, tmp_path: Path, key: Key | None, later: int
) -> None:
    """All that is in it has come into the file, and what was entered since would be taken back."""
    acme_under(file, key)
    run(file, "old", key, crashed := tmp_path / "crashed")
    for number in range(later):
        run(file, f"new {number}", key)
    newest = notes_in(file, key)
    shutil.copyfile(crashed / f"{file.name}-wal", f"{file}-wal")
    with pytest.raises(Unusable, match="isn't the log of"):
        open_database(file, keys=keys_of(key))
    Path(f"{file}-wal").unlink()
    assert notes_in(file, key) == newest


def test_a_log_that_other_connections_have_written_into_and_brought_in_fits(
    file: Path, tmp_path: Path
) -> None:
    """The window and the command line write in turn, and now and then all of it comes into the file."""
    window, line = Store(open_database(file)), Store(open_database(file))
    put_acme(window)
    chance = random.Random(1)
    for number in range(40):
        store = chance.choice([window, line])
        with store.transaction("Edit") as t:
            t.put_contact(replace(ANA, notes=f"{number}"))
        if chance.random() < 0.4:
            store._database.sql(f"PRAGMA wal_checkpoint({chance.choice(['PASSIVE', 'RESTART', 'TRUNCATE'])})")
        if chance.random() < 0.2:
            line.close()
            line = Store(open_database(file))
        copy = shutil.copytree(file.parent, tmp_path / f"crashed{number}") / file.name
        Path(f"{copy}-shm").unlink()
        assert notes_in(copy, None) == str(number)
    window.close()
    line.close()


@SEALED
def test_after_each_page_that_came_into_the_file_the_log_of_many_writers_is_its_own(
    file: Path, tmp_path: Path, key: Key | None
) -> None:
    """Their states stand in one page: else half a row would be read there, and the log refused."""
    acme_under(file, key)
    copy = tmp_path / "crashed" / file.name
    for time in range(2):  # the row of the file has to be a long one, too
        window = Store(open_database(file, keys=keys_of(key)))
        for number in range(WRITERS):
            line = Store(open_database(file, keys=keys_of(key)))
            for store in (window, line):
                with store.transaction("Edit") as t:
                    t.put_contact(replace(ANA, notes=f"{number} {store is line}"))
            line.close()
            row = window._database.sql("SELECT length(value) FROM meta WHERE name = ?", (lineage.ROW,))
            assert next(row)[0] <= IN_A_PAGE
        if time:
            shutil.copytree(file.parent, copy.parent)
        window.close()
    log = Path(f"{copy}-wal")
    last: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for frame in frames(log):
        pending[frame.number] = frame.page
        if frame.pages_after:
            last |= pending
            pending = {}
    whole, kept = copy.read_bytes(), log.read_bytes()
    assert last, "else nothing would be brought in"
    for count in range(len(last) + 1):
        pages = bytearray(whole)
        for page in sorted(last)[:count]:
            start = (page - 1) * PAGE
            pages.extend(bytes(max(0, start + PAGE - len(pages))))
            pages[start : start + PAGE] = last[page]
        copy.write_bytes(pages)
        log.write_bytes(kept)
        Path(f"{copy}-shm").unlink(missing_ok=True)
        assert notes_in(copy, key) == f"{WRITERS - 1} True", f"{count} of {len(last)} pages"


def test_a_save_whose_sync_failed_gives_no_other_its_name(file: Path, tmp_path: Path) -> None:
    """What it wrote is in the log or isn't; the next one is another state."""
    acme_under(file, None)
    store = Store(open_database(file))
    names = []
    for fails in (False, True, False):
        with suppress(ZeroDivisionError), store._database.writing():
            names.append(lineage.read(store._database.connection)[-1])
            if fails:
                raise ZeroDivisionError
    store.close()
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    "row", ['[["a",1e999,1]]', "[" * 100_000, "[[1]]", "5", '{"a":1}', "null", '[["a",null,2]]', "[]", "x"]
)
def test_what_no_program_writes_of_the_states_is_as_none(file: Path, row: str) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store._database.connection.execute("UPDATE meta SET value = ? WHERE name = ?", (row, lineage.ROW))
    assert lineage.known_to(store._database.connection) == lineage.UNNAMED
    put_acme(store)
    run(file, "one")
    store.close()
    assert notes_in(file, None) == "one!"


def test_a_log_that_cant_be_closed_is_told_to_who_looks_at_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generator that is left in the midst is closed for nobody, and its error shown as a traceback."""
    store = Store(open_database(file))
    put_acme(store)
    log = Path(f"{file}-wal")
    opened, content = Path.open, log.read_bytes()

    class Unclosed(io.BytesIO):
        def close(self) -> None:
            super().close()
            raise OSError(errno.EIO, "the disk does not answer")

    monkeypatch.setattr(
        Path,
        "open",
        lambda path, *how, **more: Unclosed(content) if path == log else opened(path, *how, **more),
    )
    for look in (lambda: fits(read_head(file, 200), log), lambda: first_frame(log)):
        with pytest.raises(OSError, match="the disk"):
            look()
    monkeypatch.undo()
    store.close()


def test_a_file_torn_as_its_log_came_in_is_damaged_beside_an_earlier_copy_of_that_log(
    file: Path, tmp_path: Path
) -> None:
    """Each page is sound, and they are of two moments; the states can't tell it once theirs came in last."""
    plain = replace(ACME, contacts=(), interviews=(), events=(), notes="n" * 200)

    def employers(store: Store, mark: str, count: int) -> None:
        for each in range(count):
            with store.transaction("Change") as t:
                t.put_applications([replace(plain, id=f"a{each}", employer=f"{mark}{each}")])

    store = Store(open_database(file))
    with store.transaction("Add") as t:
        t.put_applications([replace(plain, id=f"a{each}") for each in range(90)])
    for name in [f"{first}/{each}" for first in ("zzz", "aaa") for each in range(12)]:
        store.settings.put(name, "v" * 900)  # so that the states stand on a page behind the others
    store.close()
    store = Store(open_database(file))
    employers(store, "former ", 1)
    base, early, late = file.read_bytes(), Path(f"{file}-wal").read_bytes(), tmp_path / "late"
    employers(store, "newer ", 90)
    shutil.copyfile(f"{file}-wal", late)
    store.close()
    came = {frame.number: frame.page for frame in frames(late)}
    torn = tmp_path / "torn" / file.name
    torn.parent.mkdir()
    told = set()
    for count in range(len(came) + 1):
        pages = bytearray(base)
        for page in sorted(came)[:count]:
            pages[(page - 1) * PAGE : page * PAGE] = came[page].ljust(PAGE, b"\0")
        torn.write_bytes(pages)
        Path(f"{torn}-wal").write_bytes(early)
        Path(f"{torn}-shm").unlink(missing_ok=True)
        try:
            opened = Store(open_database(torn))
        except Unusable as lost:
            told.add(lost.fact.replace(str(torn), ""))
            assert torn.read_bytes() == pages
            assert Path(f"{torn}-wal").read_bytes() == early
            assert salvage(torn, tmp_path / f"{count}.sqlite3", NOW).rows["application"] == 90
        else:
            opened.check_sound()
            opened._database.close(keep_log=True)
    assert "The database  is damaged and was left as it is." in told
