"""Opening the file: what is checked, what is refused and how it is told."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from peewee import OperationalError

from followup_desktop.domain.checks import zone_names
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.services.backups import no_sound_one
from followup_desktop.services.own_thread import without_collector
from followup_desktop.storage import opening
from followup_desktop.storage.backups import Why, check_folder, listed
from followup_desktop.storage.database import backups_folder, open_database
from followup_desktop.storage.failures import refusal
from followup_desktop.storage.opening import opened_to_read
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, KEY, put_acme
from tests.tables import tabled

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
NOBODY = 65534


def test_a_new_database_keeps_what_is_committed(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    again = Store(open_database(file))
    assert again.application("a1") == ACME
    again.close()


def test_what_is_written_while_rows_are_still_read_is_written(file: Path) -> None:
    database = open_database(file)
    store = Store(database)
    put_acme(store)
    rows = database.connection.execute("SELECT id FROM contact UNION ALL SELECT id FROM application")
    assert next(rows)
    with store.transaction("Rename") as t:
        t.put_contact(replace(ANA, name="Ana María Ruiz"))
    rows.close()
    store.close()
    again = Store(open_database(file))
    assert "Ana María Ruiz" in [each.name for each in again.facts().contacts]
    again.close()


def test_the_pragmas_that_keep_data_are_set(file: Path) -> None:
    database = open_database(file)
    connection = database.connection
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2  # FULL
    assert connection.pragma("foreign_keys") == 1
    database.close()


def test_closing_twice_is_harmless(file: Path) -> None:
    database = open_database(file)
    database.close()
    database.close()


@posix
def test_only_the_user_may_read_the_file(file: Path) -> None:
    umask = os.umask(0)
    try:
        store = Store(open_database(file))
        put_acme(store)
        modes = {stat.S_IMODE(each.stat().st_mode) for each in file.parent.glob("followup.sqlite3*")}
        store.close()
    finally:
        os.umask(umask)
    assert modes == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@posix
def test_a_file_that_others_could_read_is_made_private(file: Path) -> None:
    open_database(file).close()
    file.chmod(0o644)
    open_database(file).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(Refused, match="isn't a Follow Up database"):
        open_database(file)
    assert file.read_bytes() == b"Dear diary, " * 500


def test_a_database_of_another_program_is_refused_and_left_alone(file: Path) -> None:
    file.parent.mkdir()
    other = apsw.Connection(str(file))
    other.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(Refused, match="another program's"):
        open_database(file)
    assert file.read_bytes()[100:] == before[100:]


def test_a_newer_schema_is_refused(file: Path) -> None:
    open_database(file).close()
    other = apsw.Connection(str(file))
    other.pragma("user_version", 99)
    other.close()
    with pytest.raises(Refused, match=r"newer version .*schema 99.* Update the program"):
        open_database(file)


def test_a_folder_in_place_of_the_file_is_refused(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(Refused, match="is a folder"):
        open_database(file)


def test_an_empty_file_is_no_first_run_where_backups_exist(file: Path) -> None:
    backup = backups_folder(file) / "2026-10-14.sqlite3"
    backup.parent.mkdir(parents=True)
    backup.write_bytes(b"a backup")
    file.touch()
    with pytest.raises(Refused, match="is empty, but there are backups"):
        open_database(file)
    assert file.stat().st_size == 0


def test_an_empty_file_without_backups_is_a_first_run(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    store = Store(open_database(file))
    assert store.applications() == []
    store.close()


@pytest.fixture
def common_folder() -> Iterator[Path]:
    """A folder that another user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Not root, for whom nothing is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
def test_a_read_only_folder_is_told(common_folder: Path, unprivileged: None) -> None:
    folder = common_folder
    if os.getuid() != 0:
        folder.chmod(0o555)
    with pytest.raises(Refused, match=r"can't be used\. Check the permissions"):
        open_database(folder / "data.sqlite3")


@posix
def test_a_read_only_database_is_told(common_folder: Path, request: pytest.FixtureRequest) -> None:
    file = common_folder / "data.sqlite3"
    open_database(file).close()
    file.chmod(0o444)
    common_folder.chmod(0o555)
    request.getfixturevalue("unprivileged")
    with pytest.raises(Refused, match=r"can't be (written|opened|used)"):
        open_database(file)


@posix
def test_a_database_that_may_not_be_read_is_told(common_folder: Path, request: pytest.FixtureRequest) -> None:
    file = common_folder / "data.sqlite3"
    open_database(file).close()
    file.chmod(0)
    request.getfixturevalue("unprivileged")
    with pytest.raises(Refused, match=r"can't be opened\. Check the permissions of the file"):
        open_database(file)


@posix
def test_a_folder_of_backups_that_may_not_be_read_is_told(
    common_folder: Path, request: pytest.FixtureRequest
) -> None:
    folder = common_folder / "backups"
    folder.mkdir()
    folder.chmod(0)
    request.getfixturevalue("unprivileged")
    with pytest.raises(Refused, match=r"The folder with the backups, .*, can't be read"):
        check_folder(folder)
    assert listed(folder) == ([], {})
    assert no_sound_one(folder).startswith("The folder with the backups")


def test_edits_go_on_once_a_read_only_database_can_be_written_to(
    common_folder: Path, request: pytest.FixtureRequest
) -> None:
    common_folder.chmod(0o777)
    # What Python loads for all of this, it may not read later.
    open_database(common_folder / "first.sqlite3").close()
    zone_names()
    request.getfixturevalue("unprivileged")
    file = common_folder / "data.sqlite3"
    Store(open_database(file)).close()
    file.chmod(0o400)
    store = Store(open_database(file))
    for _ in range(2):
        with pytest.raises(Refused, match="can't be written to"):
            put_acme(store)
    assert "can't be written to" in (store.why_misplaced() or "")
    with pytest.raises(Refused, match="can't be written to"):
        store.put_under_key(KEY)
    assert "can't be written to" in (store.why_misplaced() or "")
    file.chmod(0o600)
    assert store.why_misplaced() is None
    put_acme(store)
    store.close()
    file.chmod(0o400)
    Store(open_database(file)).close()
    file.chmod(0o600)
    again = Store(open_database(file))
    assert again.application("a1") == ACME
    with again.transaction("Edit") as t:
        t.put_contact(ANA)
    again.close()


@pytest.fixture
def crashed(common_folder: Path, request: pytest.FixtureRequest) -> Path:
    """A database of a user who isn't root, with the log of a crash."""
    common_folder.chmod(0o777)
    open_database(common_folder / "first.sqlite3").close()
    zone_names()
    request.getfixturevalue("unprivileged")
    file = common_folder / "own" / "data.sqlite3"
    store = Store(open_database(file))
    put_acme(store)
    left = shutil.copytree(file.parent, common_folder / "crashed", ignore=shutil.ignore_patterns("*-shm"))
    store.close()
    return left / file.name


@posix
def test_a_look_at_the_log_of_a_crash_while_it_is_read_only_bars_nobody_later(crashed: Path) -> None:
    """SQLite makes the index of the log as read-only as the file is."""
    crashed.chmod(0o444)
    for _ in range(2):
        store = Store(open_database(crashed))
        assert store.application("a1") == ACME
        store.close()
        with opened_to_read(crashed) as connection:
            assert next(connection.execute("SELECT count(*) FROM application")) == (1,)
    log, index = (Path(f"{crashed}{ending}") for ending in ("-wal", "-shm"))
    assert index.exists()
    for mode in (0o444, 0o400):
        crashed.chmod(0o600)
        log.chmod(mode)
        index.chmod(mode)
        store = Store(open_database(crashed))
        put_acme(store)
        assert not {each.stat().st_mode & 0o777 for each in (crashed, log, index)} - {0o600}
        store._database.close(keep_log=True)
        assert log.stat().st_size


@posix
@pytest.mark.skipif(os.getuid() != 0, reason="only root can own another's files")
@tabled("ending, mode", [("-wal", 0o444), ("-shm", 0o444), ("-wal", 0o400), ("-shm", 0o400)])
def test_what_is_in_the_way_beside_the_database_is_named(crashed: Path, ending: str, mode: int) -> None:
    beside = Path(f"{crashed}{ending}")
    os.seteuid(0)
    log = Path(f"{crashed}-wal").read_bytes()
    beside.touch()
    os.chown(beside, 0, 0)
    beside.chmod(mode)
    os.seteuid(NOBODY)
    for _ in range(2):
        with pytest.raises(Refused, match=rf"{ending} can't be (written to|used)"):
            open_database(crashed)
    os.seteuid(0)
    assert Path(f"{crashed}-wal").read_bytes() == log
    beside.chmod(0o644)
    os.chown(beside, NOBODY, -1)
    os.seteuid(NOBODY)
    store = Store(open_database(crashed))
    assert store.application("a1") == ACME
    store._database.close(keep_log=True)


@posix
def test_an_index_that_could_not_be_opened_to_write_once_bars_no_edit(
    crashed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite goes on to read then, and doesn't tell of it until it is to write."""
    index, real = Path(f"{crashed}-shm"), opening.make_private

    def made_private(file: Path) -> None:
        real(file)
        index.touch()
        index.chmod(0o400)

    monkeypatch.setattr(opening, "make_private", made_private)
    store = Store(open_database(crashed))
    with pytest.raises(Refused, match="can't be written to"):
        put_acme(store)
    monkeypatch.undo()
    put_acme(store)
    store.close()


@pytest.fixture
def unopened(crashed: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A database that was read only as it was opened, and that can't be opened again."""
    crashed.chmod(0o400)
    store = Store(open_database(crashed))
    crashed.chmod(0o600)

    def failing(_file: Path, _keys: object) -> None:
        raise apsw.CantOpenError

    monkeypatch.setattr(opening, "check_schema", failing)
    return store


@posix
def test_a_connection_that_cannot_be_made_anew_at_once_is_made_later(
    unopened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = unopened
    for _ in range(2):
        with pytest.raises(Refused, match="can't be opened"):
            put_acme(store)
    assert "can't be opened" in (store.why_misplaced() or "")
    monkeypatch.undo()
    assert store.why_misplaced() is None
    put_acme(store)
    store.close()


@posix
def test_another_file_is_not_taken_for_one_that_is_to_be_opened_again(
    crashed: Path, unopened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = unopened
    with pytest.raises(Refused, match="can't be opened"):
        put_acme(store)
    monkeypatch.undo()
    for each in list(crashed.parent.iterdir()):
        each.rename(each.with_name(f"former-{each.name}"))
    Store(open_database(crashed)).close()
    with pytest.raises(Refused, match="Another file has replaced"):
        put_acme(store)
    store.close()


def test_a_full_disk_is_told_and_nothing_is_half_done(file: Path) -> None:
    database = open_database(file)
    store = Store(database)
    put_acme(store)
    before = store.facts()
    pages = database.connection.pragma("page_count")
    database.connection.pragma("max_page_count", pages + 2)
    with pytest.raises(Refused, match=r"disk .* is full"), store.transaction("Write a lot") as transaction:
        for number in range(500):
            transaction.put_contact(Contact(id=f"n{number}", name="x" * 500))
    assert store.facts() == before
    assert store.history.undo_label == "Add Acme"
    store.close()


def test_a_full_disk_is_found_behind_a_failed_rollback() -> None:
    """As Peewee tells it: the rollback that failed because SQLite had rolled back already."""
    error = OperationalError("cannot rollback - no transaction is active")
    error.__context__ = apsw.FullError("database or disk is full")
    sentence = refusal(error, "data.sqlite3")
    assert sentence is not None
    assert "is full" in str(sentence)


@tabled(
    "error, words",
    [
        (apsw.NotADBError("x"), "is damaged"),
        (apsw.CorruptError("x"), "is damaged"),
        (apsw.ReadOnlyError("x"), "can't be written"),
        (apsw.CantOpenError("x"), "can't be opened"),
        (apsw.BusyError("x"), "Another program is writing"),
        (apsw.IOError("x"), "Check the disk"),
        (PermissionError("x"), "Check the permissions"),
    ],
)
def test_each_failure_has_its_sentence(error: Exception, words: str) -> None:
    sentence = refusal(error, "data.sqlite3")
    assert sentence is not None
    assert words in str(sentence)


def test_an_error_of_the_program_is_not_disguised() -> None:
    assert refusal(apsw.SQLError("no such table: aplication"), "data.sqlite3") is None


class Thing:
    """What can be asked whether it is still there."""


@pytest.mark.parametrize("kind", [KeyError, apsw.ConstraintError, apsw.IOError, Refused])
def test_what_was_met_keeps_nothing_of_who_called(kind: type[Exception], file: Path) -> None:
    """An import hears by an error that it needs no backup, and its file stayed in memory for it."""
    database = open_database(file)
    kept: list[weakref.ref[Thing]] = []

    def fail() -> None:
        held = Thing()
        kept.append(weakref.ref(held))
        with database.translated_errors():
            raise kind("No")

    with without_collector():
        try:
            fail()
        except (kind, Refused):
            assert kept[0]() is not None
        assert kept[0]() is None
    database.close()


def test_damage_met_while_reading_is_told(file: Path) -> None:
    store = Store(open_database(file))
    with store.transaction("Many") as transaction:
        for number in range(2000):
            transaction.put_contact(Contact(id=f"n{number}", name="x" * 100))
    store.close()
    content = bytearray(file.read_bytes())
    content[8192 : len(content) - 4096] = b"\xa5" * (len(content) - 12288)
    file.write_bytes(bytes(content))
    with pytest.raises(Refused, match="is damaged"):
        Store(open_database(file)).all_contacts()


def test_a_copy_is_whole_private_and_one_file(file: Path, tmp_path: Path) -> None:
    database = open_database(file)
    store = Store(database)
    put_acme(store)
    target = tmp_path / "copies" / "copy.sqlite3"
    database.copy_to(target, None, Why.ASKED)
    store.close()
    assert [each.name for each in target.parent.iterdir()] == ["copy.sqlite3"]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = Store(open_database(target))
    assert copy.application("a1") == ACME
    copy.close()


def test_sql_orders_texts_as_they_are_compared() -> None:
    database = open_database(None)
    texts = json.dumps(["Zoë", "éclair", "Eden", "EAR"])
    rows = list(database.sql("SELECT value FROM json_each(?) ORDER BY fold(value)", (texts,)))
    database.close()
    assert [row[0] for row in rows] == ["EAR", "éclair", "Eden", "Zoë"]
