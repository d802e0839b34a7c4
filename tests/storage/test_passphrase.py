"""A database and its backups under a passphrase: set, changed, removed, and broken off at any moment."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Stage
from followup_desktop.storage import backups, opening, rekeying
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Key, Keys, Note, derive
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Busy, Locked, PerhapsLocked, Unusable
from followup_desktop.storage.file_watch import Misplaced
from followup_desktop.storage.opening import NO_KEYS
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.faulty_disk import Way, faulty_disk
from tests.storage.conftest import ACME, KEY, NOW, put_acme
from tests.sweeps import every

WORDS = "vier Wörter, kein Reim"
OTHER = Key(bytes(range(1, 17)), bytes(range(1, 33)))
SECRETS = (b"Ana Ruiz", b"Data Engineer")  # so long that no cipher text has them by chance
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such signals, or no such files")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "followup.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """A store with something in it, plain, and with one backup."""
    opened = opened_with(file)
    put_acme(opened)
    opened.make_backup(file.parent / "backups" / "one.sqlite3", Why.DAILY, NOW)
    yield opened
    opened.close()


def other(name: str) -> Application:
    return Application(id=name, employer=name, role="Role", stage=Stage.SAVED)


def opened_with(file: Path, *keys: Key) -> Store:
    return Store(open_database(file, keys=Keys(*keys)))


def sealed(store: Store, file: Path, key: Key | None = KEY) -> None:
    store.put_under_key(key)
    assert store.renew_backups() == []


def plain_files(folder: Path) -> list[str]:
    """The files below the folder in which something that the user entered can be read."""
    return [
        f"{each.name} holds {secret!r}"
        for each in folder.rglob("*")
        if each.is_file()
        for secret in SECRETS
        if secret in each.read_bytes()
    ]


def test_nothing_that_was_entered_can_be_read_in_any_file(store: Store, file: Path) -> None:
    assert plain_files(file.parent)
    sealed(store, file)
    with store.transaction("Another") as t:
        t.put_application(ACME)
    store.make_backup(file.parent / "backups" / "two.sqlite3", Why.DAILY, NOW)
    assert opening.has_log(file)
    assert plain_files(file.parent) == []
    store.close()
    assert plain_files(file.parent) == []
    assert (file.stat().st_mode & 0o777, Note(file).file.stat().st_mode & 0o777) == (0o600, 0o600)


def test_all_goes_on_after_it_was_set_with_what_could_be_undone(store: Store, file: Path) -> None:
    before = store.facts()
    sealed(store, file)
    assert store.facts() == before
    assert store.history.undo_label is not None
    store.history.undo()
    assert store.facts().applications == ()
    store.history.redo()
    assert store.facts() == before
    store.close()
    again = opened_with(file, KEY)
    assert again.facts() == before
    assert again.is_under_passphrase
    again.check_file()
    again.close()


def test_without_the_key_it_is_locked_and_not_a_byte_is_changed(store: Store, file: Path) -> None:
    sealed(store, file)
    store.close()
    before = {each: each.read_bytes() for each in file.parent.rglob("*") if each.is_file()}
    for keys in ((), (OTHER,)):
        with pytest.raises(Locked):
            opened_with(file, *keys)
    assert {each: each.read_bytes() for each in file.parent.rglob("*") if each.is_file()} == before


def test_it_opens_with_the_passphrase_where_it_was_moved_to_alone(
    store: Store, file: Path, tmp_path: Path
) -> None:
    key = derive(WORDS)
    sealed(store, file, key)
    facts = store.facts()
    store.close()
    alone = tmp_path / "elsewhere" / "followup.db"
    alone.parent.mkdir()
    shutil.copyfile(file, alone)
    with pytest.raises(Locked):
        opened_with(alone)
    assert rekeying.unlock(alone, WORDS) == key
    again = opened_with(alone, key)
    assert again.facts() == facts
    again.close()


@pytest.mark.parametrize("key", [OTHER, None], ids=["changed", "removed"])
def test_it_is_changed_and_removed_with_all_backups(store: Store, file: Path, key: Key | None) -> None:
    sealed(store, file)
    facts, contents = store.facts(), store.contents()
    sealed(store, file, key)
    assert store.facts() == facts
    assert not store.has_backups_to_renew()
    store.close()
    keys = Keys() if key is None else Keys(key)
    again = opened_with(file, *keys)
    assert again.facts() == facts
    again.close()
    assert backups.verify(file.parent / "backups" / "one.sqlite3", keys).contents == contents
    assert Note(file).file.exists() == (key is not None)
    with pytest.raises(Locked) if key else pytest.raises(AssertionError):
        opened_with(file, KEY).close()
        raise AssertionError("a plain one opens with any key")


def test_a_backup_that_was_not_written_anew_yet_opens_until_it_is(store: Store, file: Path) -> None:
    sealed(store, file)
    store.put_under_key(OTHER)
    store.close()
    again = opened_with(file, OTHER)
    backup = file.parent / "backups" / "one.sqlite3"
    assert again.has_backups_to_renew()
    assert backups.verify(backup, again.keys).contents == again.contents()
    assert again.renew_backups() == []
    assert not again.has_backups_to_renew()
    assert backups.verify(backup, Keys(OTHER)).contents == again.contents()
    again.close()


@pytest.mark.parametrize("key", [OTHER, None], ids=["changed", "removed"])
@pytest.mark.parametrize("is_own", [False, True], ids=["another's", "damaged"])
def test_a_backup_of_another_s_or_a_damaged_one_is_passed_over_and_named(
    store: Store, file: Path, key: Key | None, is_own: bool
) -> None:
    sealed(store, file)
    theirs = file.parent / "backups" / "theirs.sqlite3"
    theirs.write_bytes(os.urandom(4096 * 3))
    if is_own:
        content = (file.parent / "backups" / "one.sqlite3").read_bytes()
        theirs.write_bytes(content[:-8192] + bytes(8192))
    before = theirs.read_bytes()
    store.put_under_key(key)
    assert store.renew_backups() == [theirs]
    assert not store.has_backups_to_renew()
    assert theirs.read_bytes() == before
    backups.verify(file.parent / "backups" / "one.sqlite3", NO_KEYS if key is None else Keys(key))
    store.close()


@pytest.mark.parametrize("is_second_away", [False, True], ids=["killed", "second folder away"])
def test_after_its_removal_the_backups_are_written_anew_by_a_later_run(
    store: Store, file: Path, is_second_away: bool
) -> None:
    sealed(store, file)
    backup, second = file.parent / "backups" / "one.sqlite3", file.parent.parent / "stick"
    second.mkdir()
    shutil.copyfile(backup, second / backup.name)
    away = second.rename(second.with_name("away"))
    store.put_under_key(None)
    if is_second_away:
        assert store.renew_backups(second) == [second]
    store.close()
    again = opened_with(file)
    assert again.has_backups_to_renew()
    assert backups.verify(away / backup.name, again.keys).contents == again.contents()
    away.rename(second)
    assert again.renew_backups(second) == []
    assert not again.has_backups_to_renew()
    for copy in (backup, second / backup.name):
        assert backups.verify(copy).contents == again.contents()
    again.close()


def test_a_plain_backup_and_one_of_another_passphrase_can_be_restored(store: Store, file: Path) -> None:
    folder = file.parent / "backups"
    store.put_under_key(KEY)
    first = store.facts()
    shutil.copyfile(folder / "one.sqlite3", folder / "plain.sqlite3")
    with store.transaction("Delete") as t:
        t.put_application(other("a9"))
    store.put_back(folder / "plain.sqlite3", "Restore")
    assert store.facts() == first
    made = store.make_backup(folder / "sealed.sqlite3", Why.DAILY, NOW)
    store.put_under_key(OTHER)
    store.put_back(made.file, "Restore")
    assert store.facts() == first


def test_a_damaged_one_is_not_taken_for_a_wrong_passphrase(store: Store, file: Path) -> None:
    key = derive(WORDS)
    sealed(store, file, key)
    store.close()
    with file.open("r+b") as writing:
        writing.write(os.urandom(200))
    assert rekeying.unlock(file, "wrong") is None
    assert rekeying.unlock(file, WORDS) == key
    with pytest.raises(Unusable):
        opened_with(file, key)
    restored, kept, *_key = replace_database(file, file.parent / "backups" / "one.sqlite3", NOW, Keys(key))
    assert restored.rows["application"] == 1
    assert kept is not None
    again = opened_with(file, key)
    assert again.application("a1") == ACME
    assert again.is_under_passphrase
    again.close()
    assert plain_files(file.parent) == []


@pytest.mark.parametrize("damage", ["its beginning", "elsewhere", "gone"])
@pytest.mark.parametrize("key_of_backup", [OTHER, None], ids=["under another", "plain"])
def test_a_damaged_one_keeps_its_passphrase_whatever_the_backup_has(
    store: Store, file: Path, key_of_backup: Key | None, damage: str
) -> None:
    backup = file.parent.parent / "theirs.sqlite3"
    store.put_under_key(key_of_backup)
    store.make_backup(backup, Why.ASKED, NOW)
    sealed(store, file)
    store.close()
    note = Note(file).checks()
    with file.open("r+b") as writing:
        writing.seek(0 if damage == "its beginning" else 5000)
        writing.write(os.urandom(8000))
    if damage == "gone":
        file.unlink()
    done = replace_database(file, backup, NOW, Keys(KEY, OTHER))
    assert (done.key, done.is_key_new) == (KEY, False)
    assert plain_files(file.parent) == []
    assert Note(file).checks() == note
    again = opened_with(file, KEY)
    assert again.application("a1") == ACME
    again.check_file()
    assert backups.verify(file.parent / "backups" / "one.sqlite3", again.keys).rows["application"] == 1
    again.close()


def test_a_damaged_plain_one_stays_plain_whatever_the_backup_has(store: Store, file: Path) -> None:
    backup = file.parent.parent / "theirs.sqlite3"
    store.put_under_key(OTHER)
    store.make_backup(backup, Why.ASKED, NOW)
    sealed(store, file, None)
    store.close()
    with file.open("r+b") as writing:
        writing.seek(5000)
        writing.write(os.urandom(8000))
    done = replace_database(file, backup, NOW, Keys(OTHER))
    assert (done.key, done.is_key_new) == (None, False)
    again = opened_with(file)
    assert again.application("a1") == ACME
    again.close()


@pytest.mark.parametrize("note", ["of its key", "of both keys", "none"])
def test_the_former_one_is_wrong_though_a_backup_has_it_still(store: Store, file: Path, note: str) -> None:
    former, key = derive("the former one", bytes(16)), derive(WORDS, bytes(range(16)))
    sealed(store, file, former)
    store.put_under_key(key)
    store.make_backup(file.parent / "backups" / "two.sqlite3", Why.DAILY, NOW)
    store.close()
    if note == "of both keys":
        Note(file).write([former, key])  # as killed while it was changed
    elif note == "none":
        Note(file).file.unlink()
    assert rekeying.unlock(file, "the former one") is None
    assert rekeying.unlock(file, WORDS) == key
    with file.open("r+b") as writing:
        writing.seek(16)
        writing.write(os.urandom(200))
    assert rekeying.unlock(file, "the former one") is None
    assert rekeying.unlock(file, WORDS) == key
    with pytest.raises(Unusable):
        opened_with(file, key)


def test_what_can_be_read_of_a_damaged_one_is_saved_under_the_same_passphrase(
    store: Store, file: Path
) -> None:
    sealed(store, file)
    store.close()
    with file.open("r+b") as writing:
        writing.seek(4096 * (file.stat().st_size // 4096 - 1))
        writing.write(os.urandom(4096))
    target = file.parent / "backups" / "saved.sqlite3"
    saved = salvage(file, target, NOW, Keys(KEY))
    assert saved.rows["application"] == 1
    assert plain_files(file.parent) == []


def test_what_was_kept_aside_is_packed_under_it_and_unpacked_without(store: Store, file: Path) -> None:
    kept = file.parent / "backups" / "kept-2026-10-13-120000"
    kept.mkdir()
    contents = {"followup.db": file.read_bytes()[:5000] + b"Ana Ruiz", "followup.db-wal": b"Data Engineer"}
    for name, content in contents.items():
        (kept / name).write_bytes(content)
    (file.parent / "followup.db-wal.of-the-former").write_bytes(b"Ana Ruiz, formerly")
    sealed(store, file)
    assert plain_files(file.parent) == []
    assert not kept.exists()
    assert not store.has_backups_to_renew()
    sealed(store, file, OTHER)
    assert plain_files(file.parent) == []
    sealed(store, file, None)
    assert {each.name: each.read_bytes() for each in kept.iterdir()} == contents
    (log,) = (file.parent / "backups").glob("*/followup.db-wal.of-the-former")
    assert log.read_bytes() == b"Ana Ruiz, formerly"
    assert not list(file.parent.rglob("*.sealed"))


def test_packing_that_was_broken_off_goes_on_and_loses_nothing(store: Store, file: Path) -> None:
    kept = file.parent / "backups" / "kept-2026-10-13-120000"
    kept.mkdir()
    for name in ("a", "b"):
        (kept / name).write_bytes(b"Ana Ruiz " + name.encode())
    sealed(store, file)
    kept.mkdir()
    (kept / "b").write_bytes(b"Ana Ruiz b")  # as killed before it was deleted
    (kept / "c").write_bytes(b"Ana Ruiz c")
    (kept / "a").write_bytes(b"Ana Ruiz, another")
    assert store.has_backups_to_renew()
    assert store.renew_backups() == []
    assert plain_files(file.parent) == []
    sealed(store, file, None)
    found = {each.name: each.read_bytes() for each in kept.iterdir()}
    assert found == {
        "a": b"Ana Ruiz a",
        "a-2": b"Ana Ruiz, another",
        "b": b"Ana Ruiz b",
        "c": b"Ana Ruiz c",
    }


def test_what_cannot_be_packed_is_told_and_stays(store: Store, file: Path) -> None:
    kept = file.parent / "backups" / "kept-2026-10-13-120000"
    kept.mkdir()
    (kept / "a").write_bytes(b"Ana Ruiz")
    (kept.parent / "kept-2026-10-13-120000.sealed").write_bytes(b"something else")
    store.put_under_key(KEY)
    left = store.renew_backups()
    assert kept in left
    assert (kept / "a").read_bytes() == b"Ana Ruiz"


def test_it_is_refused_while_another_program_has_it_open(store: Store, file: Path) -> None:
    second = opened_with(file)
    with second._database.reading():
        second.facts()
        with pytest.raises(Busy):
            store.put_under_key(KEY)
    second.close()
    assert not store.is_under_passphrase
    put_acme(store)
    store.put_under_key(KEY)
    assert store.is_under_passphrase


def test_an_older_copy_over_the_open_file_ends_the_edits(store: Store, file: Path) -> None:
    sealed(store, file)
    older = file.with_name("older")
    store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(file, older)
    with store.transaction("Another") as t:
        t.put_application(other("a9"))
    store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.why_misplaced() is None
    file.write_bytes(older.read_bytes())
    with pytest.raises(Misplaced), store.transaction("Lost") as t:
        t.put_application(other("a8"))


def test_checkpoints_and_other_connections_are_no_strangers(store: Store, file: Path) -> None:
    sealed(store, file)
    second = opened_with(file, KEY)
    for number in range(30):
        writer = (store, second)[number % 2]
        with writer.transaction("Add") as t:
            t.put_application(replace(other(f"n{number}"), notes="x" * 3000))
        if number % 5 == 0:
            writer._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    second.close()
    assert store.why_misplaced() is None
    assert len(store.facts().applications) == 31


_KILLED = """
import os, sys, threading, time
from pathlib import Path
from followup_desktop.storage.cipher import Key, Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
file, delay = Path(sys.argv[1]), float(sys.argv[2])
keys = [Key(bytes(16), bytes(32)), Key(bytes([1]) * 16, bytes(32)), None]
store = Store(open_database(file, keys=Keys(*keys[:2])))
print("ready", flush=True)
def kill():
    time.sleep(delay)
    os.kill(os.getpid(), 9)
threading.Thread(target=kill, daemon=True).start()
while True:
    for key in keys:
        store.put_under_key(key)
        store.renew_backups()
"""


@posix
@pytest.mark.journey
def test_killed_at_any_moment_it_has_one_of_the_passphrases_and_loses_nothing(
    store: Store, file: Path
) -> None:
    facts, contents = store.facts(), store.contents()
    store.close()
    keys = [Key(bytes(16), bytes(32)), Key(bytes([1]) * 16, bytes(32))]
    for number in range(8):
        delay = str(0.01 + number * 0.02)
        done = subprocess.run(
            [sys.executable, "-c", _KILLED, str(file), delay], capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        again = opened_with(file, *keys)
        assert again.facts() == facts
        again.check_file()
        assert backups.verify(file.parent / "backups" / "one.sqlite3", again.keys).contents == contents
        again.close()
        assert not [each for each in file.parent.iterdir() if each.name.endswith("-wal")]
        assert not [each for each in file.parent.iterdir() if ".part" in each.name]


def test_the_log_of_a_crash_is_brought_in(store: Store, file: Path) -> None:
    sealed(store, file)
    with store.transaction("Another") as t:
        t.put_application(other("a9"))
    crashed = file.parent.parent / "crashed" / "followup.db"
    shutil.copytree(file.parent, crashed.parent)
    again = opened_with(crashed, KEY)
    assert again.facts() == store.facts()
    again.close()


def test_an_older_copy_beside_the_log_of_a_crash_is_refused(store: Store, file: Path) -> None:
    sealed(store, file)
    older = file.parent.parent / "older"
    store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(file, older)
    for name in ("a8", "a9"):
        with store.transaction("Another") as t:
            t.put_application(replace(other(name), notes="long " * 20_000))
        if name == "a8":
            store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    crashed = file.parent.parent / "crashed" / "followup.db"
    shutil.copytree(file.parent, crashed.parent)
    shutil.copyfile(older, crashed)
    log = Path(f"{crashed}-wal")
    before = crashed.read_bytes(), log.read_bytes()
    with pytest.raises(Unusable):
        opened_with(crashed, KEY)
    assert (crashed.read_bytes(), log.read_bytes()) == before


def test_the_files_are_those_of_sqlcipher_4(store: Store, file: Path) -> None:
    sealed(store, file, derive(WORDS))
    store.close()
    connection = apsw.Connection(str(file))
    connection.pragma("cipher", "sqlcipher")
    connection.pragma("legacy", 4)
    connection.pragma("key", WORDS)
    assert next(connection.execute("SELECT employer FROM application"))[0] == "Acme"
    connection.close()


def rests_of(file: Path, second: Path) -> list[Path]:
    """What kills at work on the database, and at its backups, leave: plain copies, and files beside them."""
    folder, content = file.parent / "backups", (file.parent / "backups" / "one.sqlite3").read_bytes()
    salvaging = folder / ".followup-salvaging-ab12_xyz"
    salvaging.mkdir()
    rests = [
        file.with_name(".followup.db.999999.part"),
        file.with_name(".followup.db.999999.part-journal"),
        file.with_name(".followup.cipher.999999.part"),
        salvaging / "damaged.db",
        folder / "two.sqlite3.999999.partial",
        folder / "two.sqlite3.999999.partial-journal",
        second / ".one.sqlite3.part",
        second / "one.sqlite3.999999.partial",
    ]
    for each in rests:
        each.write_bytes(content)
    return rests


def users_own(file: Path) -> list[Path]:
    """What looks like rests, and was put there by the user."""
    folder = file.parent / "backups"
    own = [
        file.with_name("salvage-20260101"),
        file.with_name("salvage-followup") / "damaged.db",
        file.with_name(".followup-salvaging-ab12_xyz") / "my damaged CV.odt",
        file.with_name(".followup.db.1.part") / "notes.txt",
        folder / "letter.partial",
        folder / "letter.2.partial",
    ]
    own[0].mkdir()
    for each in own[1:]:
        each.parent.mkdir(exist_ok=True)
        each.write_text("mine")
    return own


def test_no_plain_copy_that_was_broken_off_outlives_a_new_passphrase(
    store: Store, file: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    rests = rests_of(file, second)
    others = second / ".of another computer.sqlite3.part"
    others.write_bytes(b"being copied")
    own = users_own(file)
    store.put_under_key(KEY, second)
    assert [each for each in rests if each.exists()] == []
    assert not rests[3].parent.exists()
    assert others.exists()
    assert [each for each in own if not each.exists()] == []
    assert store.renew_backups(second) == []
    assert plain_files(file.parent) == []
    assert plain_files(second) == []


def test_opening_takes_away_what_a_kill_left_beside_the_database(
    store: Store, file: Path, tmp_path: Path
) -> None:
    sealed(store, file)
    rests, own = rests_of(file, tmp_path), users_own(file)
    store.close()
    opened_with(file, KEY).close()
    assert [each for each in own if not each.exists()] == []
    being_made = rests[4:]  # another program may be making these backups
    assert [each for each in rests if each.exists()] == being_made


@pytest.mark.parametrize("moment", ["write_copy", "to_disk"])
def test_a_removal_that_fails_leaves_no_plain_copy(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    sealed(store, file)
    module = {"write_copy": rekeying, "to_disk": backups}[moment]
    real = getattr(module, moment)

    def broken(*values: object) -> None:
        real(*values)
        file.with_name(f".followup.db.{os.getpid()}.part-journal").touch()
        raise OSError(5, "broken")

    monkeypatch.setattr(module, moment, broken)
    with pytest.raises(Refused):
        store.put_under_key(None)
    assert plain_files(file.parent) == []
    assert not [each for each in file.parent.iterdir() if ".part" in each.name]


def test_one_under_another_passphrase_in_its_place_is_not_called_plainly_damaged(
    store: Store, file: Path, tmp_path: Path
) -> None:
    sealed(store, file)
    store.close()
    there = tmp_path / "of another computer" / file.name
    opened = opened_with(there)
    put_acme(opened)
    opened.put_under_key(OTHER)
    opened.close()
    shutil.copyfile(there, file)
    with pytest.raises(PerhapsLocked, match="is damaged, or encrypted with another passphrase"):
        opened_with(file, KEY)
    again = opened_with(file, KEY, OTHER)
    assert again.application("a1") == ACME
    again.close()
    assert list(Note(file).checks()) == [OTHER.salt]


NEW_KEYS = pytest.mark.parametrize("key", [OTHER, None], ids=["changed", "removed"])


@posix
@NEW_KEYS
@pytest.mark.parametrize("first", every(2, (1, 4)))
def test_a_disk_that_fails_for_a_while_is_told_as_that_and_all_goes_on_once_it_is_well(
    store: Store, file: Path, key: Key | None, first: int
) -> None:
    """At whichever operation: then nothing tells of a file that was replaced, and what is typed is kept."""
    sealed(store, file)
    store.close()
    template = file.parent
    with faulty_disk() as disk:
        for number in range(first, 160, 6):
            folder = template.with_name(f"{number}")
            shutil.copytree(template, folder)
            opened = opened_with(folder / file.name, KEY)
            disk.begin()
            disk.way, disk.failing = Way.SEVERAL, number
            said = []
            try:
                opened.put_under_key(key)
            except Refused as refused:
                said.append(str(refused))
            is_changed = not said
            said += [opened.why_misplaced() or "" for _heartbeat in range(3)]
            disk.begin()
            assert not [each for each in said if "replaced" in each or "damaged" in each], number
            assert opened.why_misplaced() is None
            with opened._database.jotting():
                opened._database.sql("INSERT INTO meta VALUES ('typed', 'text')")
            assert opened.is_under_passphrase is (key is not None or not is_changed)
            assert opened.contents().rows["application"] == 1
            opened.close()
            again = opened_with(folder / file.name, KEY, OTHER)
            assert next(again._database.sql("SELECT value FROM meta WHERE name = 'typed'")) == ("text",)
            assert len(Note(folder / file.name).checks()) == (1 if again.is_under_passphrase else 0)
            assert plain_files(folder) == [] or not again.is_under_passphrase
            again.close()
            shutil.rmtree(folder)


@posix
@pytest.mark.parametrize(
    ("present", "key"), [(None, KEY), (KEY, OTHER), (KEY, None)], ids=["set", "changed", "removed"]
)
@pytest.mark.parametrize("first", every(3, (1, 3, 5)))
def test_one_read_that_fails_meanwhile_is_not_called_damage(
    store: Store, file: Path, present: Key | None, key: Key | None, first: int
) -> None:
    """SQLite tells it as a page that is damaged, of the database or of the copy that is to take its place."""
    if present is not None:
        sealed(store, file)
    put_acme(store)
    store.close()
    template, told = file.parent, set()
    with faulty_disk() as disk:
        for number in range(first, 400, 6):
            folder = shutil.copytree(template, template.with_name(f"{number}"))
            opened = opened_with(folder / file.name, KEY)
            disk.begin()
            disk.way, disk.failing = Way.UNREADABLE, number
            try:
                opened.put_under_key(key)
            except Refused as refused:
                assert "damaged" not in str(refused), number
                assert "nothing was changed. Check the disk" in str(refused), number
                told.add(str(refused).partition(str(folder))[0])
            is_over = disk.count < number
            disk.begin()
            assert opened.why_damaged() is None
            assert opened.contents().rows["application"] == 1
            opened.close()
            shutil.rmtree(folder)
            if is_over:
                break
    assert is_over
    assert told == {"Reading or writing ", "The copy of "}


@posix
@NEW_KEYS
@pytest.mark.parametrize("times", [1, 2, 100])
def test_what_fails_once_the_new_one_is_set_is_not_said_to_have_changed_nothing(
    store: Store, file: Path, key: Key | None, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(store, file)
    store.note_keyring(True)
    failures = iter([OSError(5, "broken")] * times)
    real = os.fsync

    def broken(descriptor: int) -> None:
        if opening.salt_of(file) != KEY.salt and (error := next(failures, None)) is not None:
            raise error
        real(descriptor)

    monkeypatch.setattr(os, "fsync", broken)
    store.put_under_key(key)
    monkeypatch.undo()
    assert store._database.key == key
    put_acme(store)
    store.close()
    again = opened_with(file, *([] if key is None else [key]))
    assert list(Note(file).checks()) == ([] if key is None else [key.salt])
    assert not again.is_in_keyring
    again.close()


def test_a_folder_that_cannot_be_listed_once_it_is_set_does_not_undo_that(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.iterdir

    def broken(folder: Path) -> Iterator[Path]:
        if opening.salt_of(file) == KEY.salt:
            raise OSError(errno.ESTALE, "stale")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", broken)
    store.put_under_key(KEY)
    assert store.is_under_passphrase
    monkeypatch.undo()
    assert list(Note(file).checks()) == [KEY.salt]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO], ids=["not allowed", "failing"])
def test_backups_that_cannot_be_listed_keep_their_former_passphrase_until_they_can(
    store: Store, file: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(store, file)
    backup = store.make_backup(store.backups_folder / "one.sqlite3", Why.DAILY, NOW).file
    store.put_under_key(OTHER)

    def broken(*_folder: object) -> Iterator[Path]:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "scandir", broken)
    monkeypatch.setattr(Path, "iterdir", broken)
    with pytest.raises(Refused, match=r"can't be read|Check the disk"):
        store.renew_backups()
    monkeypatch.undo()
    assert store.has_backups_to_renew()
    assert opening.salt_of(backup) == KEY.salt
    assert store.renew_backups() == []
    assert opening.salt_of(backup) == OTHER.salt


def test_one_that_is_refused_leaves_the_keyring_known(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(store, file)
    store.note_keyring(True)

    def broken(_part: Path, _path: Path) -> None:
        raise OSError(5, "broken")

    monkeypatch.setattr(rekeying, "_put_in_place", broken)
    with pytest.raises(Refused, match="nothing was changed"):
        store.put_under_key(OTHER)
    assert (store.is_in_keyring, list(Note(file).checks())) == (True, [KEY.salt])


@posix
def test_a_rename_that_is_told_to_have_failed_and_was_done_is_done(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def told_wrong(old: Path, new: Path) -> None:
        real(old, new)
        if opening.salt_of(file) is not None and Path(new).name == file.name:
            raise OSError(5, "broken")

    monkeypatch.setattr(os, "replace", told_wrong)
    store.put_under_key(KEY)
    assert store.is_under_passphrase


@posix
def test_another_file_in_its_place_meanwhile_is_not_taken_for_it(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "another" / "followup.db"
    opened_with(foreign).close()

    def broken(_part: Path, path: Path) -> None:
        path.rename(tmp_path / "aside")
        shutil.copyfile(foreign, path)
        raise OSError(5, "broken")

    monkeypatch.setattr(rekeying, "_put_in_place", broken)
    with pytest.raises(Refused):
        store.put_under_key(KEY)
    content = file.read_bytes()
    assert "Another file has replaced" in str(store.why_misplaced())
    with pytest.raises(Misplaced):
        put_acme(store)
    assert file.read_bytes() == content
    (tmp_path / "aside").rename(file)
    assert store.why_misplaced() is None
    assert store.application("a1") is not None


@pytest.fixture
def keeps_log() -> Iterator[None]:
    """A disk on which a log can't be deleted; SQLite says nothing of that."""
    with faulty_disk() as disk:
        disk.keeps_log = True
        yield


@posix
@pytest.mark.parametrize("to", [None, OTHER], ids=["removed", "changed"])
@pytest.mark.parametrize("unlinks", [True, False], ids=["once", "always"])
def test_a_log_that_sqlite_cannot_delete_locks_nobody_out_and_is_read_by_nobody(
    file: Path, keeps_log: None, monkeypatch: pytest.MonkeyPatch, to: Key | None, unlinks: bool
) -> None:
    store = opened_with(file)
    put_acme(store)
    if not unlinks:
        unlink = Path.unlink

        def kept(each: Path, missing_ok: bool = False) -> None:
            if each.name.endswith("-wal"):
                raise OSError(5, "the disk failed")
            unlink(each, missing_ok)

        monkeypatch.setattr(Path, "unlink", kept)
    store.put_under_key(KEY)
    assert plain_files(file.parent) == []
    with store.transaction("Another") as t:
        t.put_application(other("a2"))
    store.put_under_key(to)
    with store.transaction("Another") as t:
        t.put_application(other("a3"))
    store.close()
    again = opened_with(file, *([] if to is None else [to]))
    assert len(again.facts().applications) == 3
    again.close()


@posix
def test_where_the_log_cannot_be_emptied_the_file_keeps_the_key_it_had(
    file: Path, keeps_log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its log, all of which is in it by then, isn't taken for another's."""
    store = opened_with(file)
    put_acme(store)

    def failing(_log: Path) -> None:
        raise OSError(5, "the disk failed")

    monkeypatch.setattr(rekeying, "_empty", failing)
    with pytest.raises(Refused, match="Check the disk"):
        store.put_under_key(KEY)
    assert opening.is_plain(file)
    with store.transaction("Another") as t:
        t.put_application(other("a2"))
    crashed = shutil.copytree(file.parent, file.parent.with_name("crashed")) / file.name
    store.close()
    for each in (file, crashed):
        again = opened_with(each)
        assert len(again.facts().applications) == 2
        again.close()
    monkeypatch.undo()
    again = opened_with(file)
    again.put_under_key(KEY)
    assert plain_files(file.parent) == []
    again.close()


@posix
def test_a_passphrase_whose_sync_fails_is_not_said_to_be_there_at_the_next_start(file: Path) -> None:
    with faulty_disk() as disk:
        store = opened_with(file)
        put_acme(store)
        disk.way, said = Way.IO_ERROR, set()
        for number in range(1, 60):
            disk.failing, disk.count, disk.failed = number, 0, ""
            try:
                store.put_under_key(KEY)
            except Refused as refused:
                assert "may be there" not in str(refused), (number, disk.failed)
                said.add(disk.failed)
                assert opening.is_plain(file)
            else:
                if not disk.failed:
                    break
                disk.failing = 0
                store.put_under_key(None)
        assert "sync" in said
        store.close()
