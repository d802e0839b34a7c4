"""The file is renamed, deleted or replaced while it is open: no edit is accepted that nobody finds again."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, Facts
from followup_desktop.storage import file_watch
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.file_watch import FileWatch
from followup_desktop.storage.pages import read_pages
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, NOW, put_acme

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move an open file")

T = TypeVar("T")

GONE = "has been moved or deleted, so nothing is being saved"
REPLACED = "Another file has replaced"
CHANGED = "Another program has changed"
EMPTIED = "Another program has emptied"


@pytest.fixture
def store(file: Path) -> Store:
    """A store with an application, open."""
    store = Store(open_database(file))
    put_acme(store)
    return store


def add(store: Store, name: str) -> None:
    with store.transaction(f"Add {name}") as t:
        t.put_contact(Contact(id=name, name=name))


def names(file: Path) -> set[str]:
    """The people in the file, as another process reads them."""
    code = (
        "import sys, apsw\n"
        "rows = apsw.Connection(sys.argv[1]).execute('SELECT id FROM contact')\n"
        "print(*(row[0] for row in rows))\n"
    )
    told = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=True, text=True)
    return set(told.stdout.split())


def is_sound(file: Path) -> bool:
    connection = apsw.Connection(str(file))
    try:
        return bool(connection.pragma("integrity_check") == "ok")
    finally:
        connection.close()


def test_while_the_file_is_renamed_edits_are_refused_and_reads_go_on(store: Store, file: Path) -> None:
    away = file.with_name("away.db")
    file.rename(away)
    for _ in range(2):
        with pytest.raises(Refused, match=GONE):
            add(store, "lost")
    with pytest.raises(Refused, match=GONE):
        store.record_announced([])
    with pytest.raises(Refused, match=GONE):
        store.history.undo()
    assert store.application("a1") == ACME
    assert store.history.undo_label == "Add Acme"
    away.rename(file)
    add(store, "back")
    store.close()
    assert names(file) == {"c1", "c2", "back"}


def test_a_file_that_goes_between_the_edit_and_its_commit(store: Store, file: Path) -> None:
    away = file.with_name("away.db")
    with pytest.raises(Refused, match=GONE), store.transaction("Add") as t:
        t.put_contact(Contact(id="lost", name="lost"))
        file.rename(away)
    away.rename(file)
    assert names(file) == {"c1", "c2"}
    store.close()


def test_a_renamed_file_has_all_edits_after_the_end(store: Store, file: Path) -> None:
    add(store, "late")
    away = file.parent / "away" / "away.db"
    away.parent.mkdir()
    file.rename(away)
    store.close()
    assert names(away) == {"c1", "c2", "late"}
    assert not file.exists()
    away.rename(file)
    again = Store(open_database(file))
    assert {contact.id for contact in again.all_contacts()} == {"c1", "c2", "late"}
    again.close()


def test_what_has_taken_the_place_is_left_alone(store: Store, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "followup.db"
    second = Store(open_database(other))
    add(second, "other")
    second.close()
    before = other.read_bytes()
    away = file.with_name("away.db")
    file.rename(away)
    shutil.copy(other, file)
    with pytest.raises(Refused, match=REPLACED):
        add(store, "lost")
    assert store.application("a1") == ACME
    store.close()
    assert file.read_bytes() == before
    assert names(away) == {"c1", "c2"}
    again = Store(open_database(file))
    assert [contact.id for contact in again.all_contacts()] == ["other"]
    again.close()
    assert is_sound(file)
    assert is_sound(away)


def test_a_deleted_file_is_kept_as_a_backup_at_the_end(store: Store, file: Path) -> None:
    add(store, "late")
    file.unlink()
    with pytest.raises(Refused, match=GONE):
        add(store, "lost")
    store.close()
    (kept,) = (file.parent / "backups").iterdir()
    with pytest.raises(Refused, match=r"there are backups of it|belongs to the database"):
        open_database(file)
    for left in file.parent.glob("followup.sqlite3-*"):
        left.unlink()
    kept.rename(file)
    again = Store(open_database(file))
    assert {contact.id for contact in again.all_contacts()} == {"c1", "c2", "late"}
    again.close()


def test_after_another_was_moved_over_the_file_it_opens_and_what_was_there_is_a_backup(
    store: Store, file: Path, tmp_path: Path
) -> None:
    """Reopening continues with the other, as the sentence says: no log lies beside it that isn't its own."""
    other = tmp_path / "other" / "followup.db"
    second = Store(open_database(other))
    add(second, "other")
    second.close()
    add(store, "late")
    other.replace(file)
    with pytest.raises(Refused, match=REPLACED):
        add(store, "lost")
    store.close()
    again = Store(open_database(file))
    assert [contact.id for contact in again.all_contacts()] == ["other"]
    (kept,) = (file.parent / "backups").iterdir()
    again.put_back(kept, "Restore")
    assert {contact.id for contact in again.all_contacts()} == {"c1", "c2", "late"}
    again.close()


@pytest.mark.parametrize("endings", [("-wal",), ("-shm",), ("-wal", "-shm")])
def test_a_log_that_was_deleted_costs_no_edit(store: Store, file: Path, endings: tuple[str, ...]) -> None:
    add(store, "in the log")
    for ending in endings:
        Path(f"{file}{ending}").unlink()
    add(store, "after")
    assert store.poll_external_change()
    with store.transaction("Change") as t:
        t.put_application(replace(ACME, role="Lead"))
    assert names(file) == {"c1", "c2", "in", "the", "log", "after"}
    assert store.history.undo_label == "Change"
    store.history.undo()
    store.close()
    assert names(file) >= {"after"}
    assert is_sound(file)


def test_the_window_can_ask_what_has_become_of_the_file(store: Store, file: Path) -> None:
    assert store.why_misplaced() is None
    away = file.with_name("away.db")
    file.rename(away)
    assert GONE in str(store.why_misplaced())
    away.rename(file)
    assert store.why_misplaced() is None
    store.close()


# The same file, and another program has written into it


def process(file: Path, statements: str) -> None:
    """Another process runs these statements in the database while it is open here."""
    code = "import sys, apsw\nc = apsw.Connection(sys.argv[1])\n" + statements
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True)


def write_into(file: Path, content: bytes) -> None:
    """What ``cp`` and ``>`` do: the file stays the same, with other contents."""
    with file.open("r+b", buffering=0) as opened:
        opened.truncate(0)
        opened.write(content)


def fill(store: Store, label: str, count: int = 400, letter: str = "x") -> None:
    """So much that the log is brought into the file."""
    with store.transaction(label) as t:
        for number in range(count):
            t.put_contact(Contact(id=f"{label}{number}", name=label, notes=letter * 12_000))


@pytest.fixture
def older(file: Path, tmp_path: Path) -> Path:
    """A copy from before, of a database with the same first page; made while nobody had it open."""
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    return Path(shutil.copy(file, tmp_path / "older.db"))


@pytest.fixture
def worked_on(older: Path, file: Path) -> Store:
    """The database after one small edit that has come into the file, open."""
    assert older.exists()
    store = Store(open_database(file))
    with store.transaction("Change") as t:
        t.put_application(replace(ACME, role="Lead"))
    store.close()
    return Store(open_database(file))


def test_an_older_copy_over_the_open_file_ends_the_edits(worked_on: Store, older: Path, file: Path) -> None:
    add(worked_on, "before")
    write_into(file, older.read_bytes())
    log = Path(f"{file}-wal").read_bytes()
    for _ in range(2):
        with pytest.raises(Refused, match=CHANGED):
            add(worked_on, "lost")
    with pytest.raises(Refused, match=CHANGED):
        worked_on.history.undo()
    assert CHANGED in str(worked_on.why_misplaced())
    worked_on.close()
    assert file.read_bytes() == older.read_bytes(), "the log was mixed into it"
    assert Path(f"{file}-wal.of-the-former").read_bytes() == log
    again = Store(open_database(file))
    assert again.application("a1") == ACME
    again.close()
    assert is_sound(file)


def test_what_was_written_over_just_before_the_end_is_left_alone(
    worked_on: Store, older: Path, file: Path
) -> None:
    add(worked_on, "before")
    write_into(file, older.read_bytes())
    worked_on.close()
    assert file.read_bytes() == older.read_bytes()
    assert Path(f"{file}-wal.of-the-former").stat().st_size > 0


def test_a_former_log_never_takes_the_name_of_one_before(worked_on: Store, older: Path, file: Path) -> None:
    former = Path(f"{file}-wal.of-the-former")
    former.write_bytes(b"of the time before")
    add(worked_on, "before")
    write_into(file, older.read_bytes())
    worked_on.close()
    assert former.read_bytes() == b"of the time before"
    assert Path(f"{file}-wal-2.of-the-former").stat().st_size > 0


@pytest.mark.parametrize(("at", "length"), [(0, 100), (0, 4096), (-4096, 4096)])
def test_what_was_entered_before_the_noise_is_saved_from_the_log_put_aside(
    worked_on: Store, file: Path, at: int, length: int
) -> None:
    """In the header, in all of the first page, or in the last."""
    add(worked_on, "before")
    with file.open("r+b", buffering=0) as damaged:
        damaged.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        damaged.write((b"noise!!!" * 512)[:length])
    with pytest.raises(Refused, match=CHANGED):
        add(worked_on, "refused")
    worked_on.close()
    assert contacts_saved(file) >= {"before"}


def test_a_log_put_aside_tells_nothing_of_a_file_that_went_on_without_it(
    worked_on: Store, older: Path, file: Path
) -> None:
    add(worked_on, "before")
    write_into(file, older.read_bytes())
    worked_on.close()
    again = Store(open_database(file))
    fill(again, "later", count=20)
    again.close()
    with file.open("r+b") as damaged:
        damaged.seek(-4096, os.SEEK_END)
        damaged.write(b"noise!!!" * 512)
    found = contacts_saved(file)
    assert "later" in found
    assert "before" not in found


def contacts_saved(file: Path) -> set[str]:
    """The names of the contacts that can still be read."""
    made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    store = Store(open_database(Path(shutil.copy(made.file, file.parent / "saved.db"))))
    names = {contact.name for contact in store.facts().contacts}
    store.close()
    return names


def test_a_file_written_over_before_the_first_edit(worked_on: Store, file: Path, tmp_path: Path) -> None:
    """Whatever is in it: of another folder, with more in it, or no database at all."""
    other = tmp_path / "other" / "followup.db"
    second = Store(open_database(other))
    fill(second, "other")
    second.close()
    ours = file.read_bytes()
    for content in (other.read_bytes(), b"Dear diary, " * 500, ours[: len(ours) // 2], ours[:-4096]):
        write_into(file, content)
        with pytest.raises(Refused, match=CHANGED):
            add(worked_on, "lost")
    write_into(file, ours)
    worked_on.close()


def test_a_file_written_over_between_the_edit_and_its_commit(
    worked_on: Store, older: Path, file: Path
) -> None:
    with pytest.raises(Refused, match=CHANGED), worked_on.transaction("Add") as t:
        t.put_contact(Contact(id="lost", name="lost"))
        write_into(file, older.read_bytes())
    worked_on.close()


def test_edits_go_on_once_the_first_content_is_back(worked_on: Store, older: Path, file: Path) -> None:
    add(worked_on, "in-the-log")
    ours = file.read_bytes()
    write_into(file, older.read_bytes())
    with pytest.raises(Refused, match=CHANGED):
        add(worked_on, "lost")
    assert worked_on.application("a1") is not None
    write_into(file, ours)
    add(worked_on, "back")
    assert worked_on.poll_external_change()
    worked_on.close()
    assert names(file) == {"c1", "c2", "in-the-log", "back"}
    assert is_sound(file)


@pytest.mark.parametrize("fate", ["renamed", "deleted", "emptied"])
def test_everything_can_be_exported_before_the_end(worked_on: Store, file: Path, fate: str) -> None:
    """As the sentence says. What is read there is a copy, and nothing can be written into it."""
    add(worked_on, "in-the-log")
    expected = worked_on.facts()
    if fate == "renamed":
        file.rename(file.with_name("away.db"))
    elif fate == "deleted":
        file.unlink()
    else:
        write_into(file, b"")
    other = worked_on.second_connection(bool)
    assert other.facts_and_plan() == (expected, worked_on.follow_ups())
    with pytest.raises(Refused, match=r"so nothing is being saved. .*[Ee]xport everything before you quit"):
        add(other, "lost")
    other.close()
    kept = file.parent / "backups"
    assert not kept.exists()
    worked_on.close()
    assert kept.exists() == (fate != "renamed")


@pytest.mark.parametrize("fate", ["renamed", "deleted", "emptied"])
def test_it_can_be_beside_the_window_and_nothing_takes_the_place_of_the_file(
    worked_on: Store, file: Path, fate: str
) -> None:
    add(worked_on, "in-the-log")
    expected = worked_on.facts()
    if fate == "emptied":
        write_into(file, b"")
    else:
        file.rename(file.with_name("away.db"))
    if fate == "deleted":
        file.with_name("away.db").unlink()

    def read() -> Facts:
        other = worked_on.second_connection(bool)
        try:
            return other.facts()
        finally:
            other.close()

    assert elsewhere(read) == expected
    assert file.exists() == (fate == "emptied")
    if fate == "renamed":
        file.with_name("away.db").rename(file)
        add(worked_on, "back")
    worked_on.close()


def test_a_log_that_was_deleted_is_made_anew_by_the_window_alone(store: Store, file: Path) -> None:
    """Beside it another connection would begin one, into which the next edits don't go."""
    add(store, "in the log")
    Path(f"{file}-wal").unlink()
    with pytest.raises(Refused, match="was deleted while in use"):
        elsewhere(lambda: store.second_connection(bool))
    add(store, "after")
    other = elsewhere(lambda: store.second_connection(bool))
    other.close()
    store.close()
    assert names(file) == {"c1", "c2", "in", "the", "log", "after"}


def elsewhere(work: Callable[[], T]) -> T:
    """What this gives on another thread; raises what it raises."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result(60)


def test_what_was_written_over_is_not_exported_as_ours(worked_on: Store, older: Path, file: Path) -> None:
    write_into(file, older.read_bytes())
    with pytest.raises(Refused, match=CHANGED):
        worked_on.second_connection(bool)
    worked_on.close()


@pytest.mark.parametrize("backup", [True, False])
def test_a_backup_is_offered_for_an_emptied_file_only_where_there_is_one(file: Path, backup: bool) -> None:
    store = Store(open_database(file))
    put_acme(store)
    if backup:
        store.make_backup(file.parent / "backups" / "one.sqlite3", Why.ASKED, NOW)
    store.close()
    kept = FileWatch(file)
    kept.note()
    kept.is_readable = False
    write_into(file, b"")
    assert str(kept.misplaced()).endswith("restore a backup." if backup else "save what can be read.")


def test_an_emptied_file_ends_the_edits_and_what_was_in_it_is_kept(worked_on: Store, file: Path) -> None:
    add(worked_on, "in-the-log")
    write_into(file, b"")
    for _ in range(2):
        with pytest.raises(Refused, match=r"has emptied .*, so nothing is being saved"):
            add(worked_on, "lost")
    worked_on.close()
    assert Path(f"{file}-wal").stat().st_size > 0
    with pytest.raises(Refused, match=r"is empty, but .*-wal beside it belongs"):
        open_database(file)
    (kept,) = (file.parent / "backups").iterdir()
    assert "emptied-while-open" in kept.name
    assert names(kept) == {"c1", "c2", "in-the-log"}
    assert is_sound(kept)


FATES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "emptied": (lambda _ours: b"", EMPTIED),
    "cut off": (lambda ours: ours[: len(ours) // 2], CHANGED),
    "noise": (lambda ours: ours[:4096] + random.Random(7).randbytes(len(ours) - 4096), CHANGED),
    "another's": (lambda _ours: b"Dear diary, " * 500, CHANGED),
}


@pytest.mark.parametrize("fate", FATES)
def test_a_read_tells_what_became_of_the_file_and_not_of_damage(store: Store, file: Path, fate: str) -> None:
    """What is read isn't in the log any more, nor in memory: SQLite finds that the file is damaged."""
    fill(store, "many")
    store.close()
    store = Store(open_database(file))
    ours = file.read_bytes()
    become, sentence = FATES[fate]
    write_into(file, become(ours))
    reads = (store.all_contacts, store.facts, store.check_sound, store.check_file, store.contents)
    for read in reads:
        with pytest.raises(Refused, match=sentence):
            read()
    with pytest.raises(Refused, match=sentence):
        store.make_backup(file.with_name("backup.db"), Why.ASKED)
    told = str(store.why_misplaced())
    assert "quit and reopen Follow Up to" in told
    assert "Export" not in told, "what can't be read can't be exported"
    write_into(file, ours)
    assert store.why_misplaced() is None
    assert len(store.all_contacts()) == 402
    add(store, "back")
    store.check_file()
    store.close()
    assert {"c1", "c2", "back"} <= names(file)
    assert is_sound(file)


@pytest.mark.parametrize("fate", ["renamed", "deleted", "replaced"])
def test_a_file_out_of_its_place_is_not_said_to_be_sound(store: Store, file: Path, fate: str) -> None:
    ours = file.read_bytes()
    if fate == "renamed":
        file.rename(file.with_name("away.db"))
    else:
        file.unlink()
    if fate == "replaced":
        file.write_bytes(ours)
    for check in (store.check_sound, store.check_file):
        with pytest.raises(Refused, match=REPLACED if fate == "replaced" else GONE):
            check()
    store.close()


@pytest.mark.parametrize("edits", [False, True], ids=["idle", "edits in the log"])
@pytest.mark.parametrize(
    "statements",
    [
        "c.pragma('wal_checkpoint(TRUNCATE)')",
        "c.execute('PRAGMA wal_checkpoint(RESTART)'); c.execute('UPDATE contact SET phone = 1')",
        "c.execute('INSERT INTO meta VALUES (1, 2)'); c.execute('PRAGMA wal_checkpoint(TRUNCATE)')",
        "c.execute('CREATE TABLE big AS SELECT zeroblob(9000000)'); c.execute('PRAGMA user_version=3')",
        "c.execute('CREATE TABLE big AS SELECT zeroblob(9000000)'); c.execute('DROP TABLE big; VACUUM')",
        "c.execute('VACUUM; PRAGMA wal_checkpoint')",
    ],
)
def test_what_another_process_does_through_sqlite_stops_nothing(
    worked_on: Store, file: Path, statements: str, edits: bool
) -> None:
    if edits:
        add(worked_on, "first")
    for number in range(3):
        process(file, statements if not number else "c.execute('PRAGMA wal_checkpoint')")
        assert worked_on.why_misplaced() is None
        add(worked_on, f"n{number}")
    worked_on.close()
    assert names(file) >= {"n0", "n1", "n2"}
    assert is_sound(file)


def test_our_own_logs_coming_in_stop_nothing(worked_on: Store, file: Path) -> None:
    second = Store(open_database(file))
    sizes = set()
    for number in range(3):
        fill(worked_on, f"first{number}")
        fill(second, f"second{number}")
        assert worked_on.why_misplaced() is second.why_misplaced() is None
        sizes.add(file.stat().st_size)
        worked_on.history.undo()
    assert len(sizes) == 3, "nothing came into the file"
    second.close()
    worked_on.close()
    assert is_sound(file)


def test_after_our_own_log_came_in_no_other_pages_are_looked_at(
    worked_on: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(worked_on, "first")
    monkeypatch.setattr(file_watch, "read_pages", lambda *_arguments: pytest.fail("all pages were looked at"))
    for label, grows in (("second", True), ("first", False)):
        before = file.stat()
        fill(worked_on, label, letter="y")
        assert file.stat().st_mtime_ns > before.st_mtime_ns, "nothing came into the file"
        assert (file.stat().st_size > before.st_size) == grows
        add(worked_on, f"after-{label}")
    monkeypatch.undo()
    os.utime(file)
    assert worked_on.why_misplaced() is None, "what was noted isn't what is there"
    worked_on.close()
    assert names(file) >= {"after-first", "after-second"}


def test_a_read_that_is_not_over_keeps_the_log_from_coming_in_and_no_more(
    worked_on: Store, file: Path
) -> None:
    reading = worked_on._database.connection.execute("SELECT * FROM contact")
    next(reading)
    before = file.stat().st_mtime_ns
    fill(worked_on, "first")
    assert file.stat().st_mtime_ns == before
    reading.close(True)
    add(worked_on, "next")
    assert file.stat().st_mtime_ns > before
    worked_on.close()


@pytest.mark.parametrize("written", ["all", "first page", "another page", "cut off"])
def test_what_another_writes_while_our_log_comes_in_is_seen(
    older: Path, worked_on: Store, file: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    """In that moment, or with its next write where that is elsewhere than what came in."""
    bring = FileWatch.bring_log_in

    def meddled(its: FileWatch, bringing: Callable[[], object]) -> None:
        def act() -> None:
            bringing()
            with file.open("r+b", buffering=0) as opened:
                if written == "another page":
                    opened.seek(-8 * 4096, os.SEEK_END)
                opened.write(older.read_bytes() if written == "all" else b"noise!!!" * 512)
                if written == "cut off":
                    opened.truncate(4096 * 8)

        bring(its, act)

    fill(worked_on, "first")
    fill(worked_on, "second")
    monkeypatch.setattr(FileWatch, "bring_log_in", meddled)
    fill(worked_on, "first", letter="y")
    if written == "another page":
        os.utime(file)
    with pytest.raises(Refused, match=CHANGED):
        add(worked_on, "lost")
    worked_on.close()


def test_two_that_write_and_bring_the_log_in_at_once_stop_nothing(worked_on: Store, file: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from followup_desktop.storage.database import open_database\n"
        "from followup_desktop.storage.store import Store\n"
        "from tests.storage.test_file_watch import fill\n"
        "store = Store(open_database(pathlib.Path(sys.argv[1])))\n"
        "for n in range(6): fill(store, f'other{n}', 90)\n"
        "store.close()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(file)])
    try:
        count = 0
        while other.poll() is None:
            add(worked_on, f"n{count}")
            assert worked_on.why_misplaced() is None
            count += 1
    finally:
        assert other.wait(60) == 0
    worked_on.close()
    assert names(file) >= {f"n{number}" for number in range(count)} | {"other589"}
    assert is_sound(file)


def test_what_changes_the_file_s_times_alone_stops_nothing(worked_on: Store, file: Path) -> None:
    add(worked_on, "before")
    os.utime(file)
    add(worked_on, "touched")
    file.chmod(0o640)
    file.with_name("also.db").hardlink_to(file)
    add(worked_on, "linked")
    write_into(file, file.read_bytes())
    add(worked_on, "the same again")
    worked_on.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_looking_at_the_file_keeps_its_locks_and_leaves_nothing_open(worked_on: Store, file: Path) -> None:
    add(worked_on, "first")
    opened = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - without an iterator that is open itself
    for _ in range(5):
        os.utime(file)
        assert worked_on.why_misplaced() is None
    assert len(os.listdir("/proc/self/fd")) <= opened + 1  # noqa: PTH208
    process(file, "c.pragma('wal_checkpoint')")
    with pytest.raises(subprocess.CalledProcessError):
        process(file, "c.execute('PRAGMA journal_mode = delete')")
    worked_on.close()


def _grow(file: Path) -> None:
    """Have many more pages in the file than are looked at when it is opened."""
    store = Store(open_database(file))
    with store.transaction("Grow") as t:
        for number in range(700):
            t.put_contact(Contact(id=f"g{number}", name=f"g{number}", notes="x" * 5000))
    store.close()


def test_opening_a_large_file_looks_at_no_more_pages_than_a_small_one_has(file: Path) -> None:
    _grow(file)
    some, all_of_them = read_pages(file, at_most=512), read_pages(file)
    assert some is not None and all_of_them is not None and not some.are_all and all_of_them.are_all
    looked_at = [number for number, found in enumerate(some.sums) if found is not None]
    assert len(looked_at) <= 512 < len(all_of_them.sums)
    assert looked_at[0] == 0
    assert all(some.sums[number] == all_of_them.sums[number] for number in looked_at)


def test_one_changed_page_of_a_large_file_is_seen_wherever_it_is(file: Path) -> None:
    _grow(file)
    store = Store(open_database(file))
    add(store, "first")
    some = read_pages(file, at_most=512)
    assert some is not None
    place = 4096 * some.sums.index(None)  # of those that weren't looked at when it was opened
    with file.open("r+b") as other:
        other.seek(place)
        other.write(b"\0" * 4096)
    with pytest.raises(Refused, match=CHANGED):
        add(store, "lost")
    store.close()


def test_an_older_copy_over_a_large_file_is_seen_before_its_first_write(file: Path, tmp_path: Path) -> None:
    _grow(file)
    older = shutil.copy(file, tmp_path / "older.db")
    store = Store(open_database(file))
    with store.transaction("Edit") as t:
        for number in range(0, 700, 2):
            t.put_contact(Contact(id=f"g{number}", name=f"g{number}", notes="y" * 5000))
    store.close()
    store = Store(open_database(file))
    file.write_bytes(Path(older).read_bytes())
    with pytest.raises(Refused, match=CHANGED):
        add(store, "lost")
    store.close()


def test_a_disk_that_does_not_tell_once_where_the_file_is_has_not_moved_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is refused for it isn't written, and what is written isn't refused."""
    store = Store(open_database(file))
    put_acme(store)
    failing, looks, real = 0, 0, Path.stat

    def look(each: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        nonlocal looks
        if each.name.startswith(file.name):
            looks += 1
            if looks == failing:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return real(each, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", look)
    refusals = 0
    while looks >= failing:
        failing, looks = failing + 1, 0
        notes = f"look {failing}"
        try:
            with store.transaction("Edit") as t:
                t.put_contact(replace(ANA, notes=notes))
        except Refused as refused:
            refusals += 1
            assert "moved or deleted" not in str(refused), failing
            assert store.contact("c1").notes != notes, failing
        else:
            assert store.contact("c1").notes == notes, failing
    assert refusals
    monkeypatch.undo()
    assert store.why_misplaced() is None
    store.close()
