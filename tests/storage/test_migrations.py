"""Older databases come to the newest schema with all their data."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.storage import migrations
from followup_desktop.storage.database import backups_folder, open_database
from followup_desktop.storage.migrations import LATEST, MIGRATIONS, MigrationFailed, migrate, schema_version
from followup_desktop.storage.opening import APPLICATION_ID
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import RECORDED, table_name
from tests.crash_migrations import FIXTURES, SHIPPED
from tests.storage.test_opening import refused
from tests.tables import tabled

FACTS = FIXTURES / "schema-1.json"
"""The facts of each of them; the later ones have more that is no fact: trash, templates."""


@pytest.mark.parametrize("version", SHIPPED)
def test_a_database_of_each_shipped_schema_opens_with_its_data(version: int, file: Path) -> None:
    shipped(version, file)
    store = Store(open_database(file))
    Planner(store)
    assert interchange.write(store.facts()) == FACTS.read_text("utf-8")
    assert store.history.undo_label is None
    assert store.follow_ups()
    trash = {"Umbrella · Clerk", "Tom Old"} if version > 1 else set()
    assert {entry.title for entry in store.trash()} == trash
    assert store.stage_counts() == Counter((a.stage, a.archived) for a in store.applications())
    made = ("announcement", "next_step", "application_figures", "interview_task")
    assert all(list(store._database.sql(f"SELECT * FROM {table}")) for table in made)
    templates = {"thank_you": ("Thank you, {name}", "Dear {name}, thank you.")} if version > 1 else {}
    assert {name: (each.subject, each.body) for name, each in store.templates().items()} == templates
    assert schema_version(apsw.Connection(str(file))) == LATEST
    store.close()


def test_each_schema_before_this_one_left_a_database() -> None:
    assert tuple(range(1, LATEST)) == SHIPPED, "tests/storage/fixtures gets one as the schema before left it"


SINCE = {"template": 2, "invitation": 4}
"""The schema with which a table came."""


@tabled("version", SHIPPED)
def test_the_fixtures_have_data_in_every_recorded_table(version: int) -> None:
    connection = apsw.Connection(str(FIXTURES / f"schema-{version}.sqlite3"), flags=apsw.SQLITE_OPEN_READONLY)
    assert schema_version(connection) == version
    for table in (*map(table_name, RECORDED), "announced"):
        if version < SINCE.get(table, 1):
            continue
        assert next(connection.execute(f"SELECT count(*) FROM {table}"))[0] > 0, table
    connection.close()


def shipped(version: int, file: Path) -> None:
    """A database as that schema's program left it."""
    file.parent.mkdir()
    shutil.copy(FIXTURES / f"schema-{version}.sqlite3", file)


def connection_with_rows() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.pragma("foreign_keys", True)
    migrate(connection, MIGRATIONS[:1])
    connection.execute(
        "INSERT INTO contact (id, name, employer, title, email, phone, url, notes, no_thank_you) "
        "VALUES ('c1', 'Ana', '', '', '', '', '', '', 0)"
    )
    connection.execute(
        "INSERT INTO application (id, employer, employer_key, role, stage, channel, do_not_contact, "
        "location, url, source, salary, resume, priority, tags, notes, archived) "
        "VALUES ('a1', 'Acme', 'acme', '', 'saved', 'phone', 0, '', '', '', '', '', 0, '[]', '', 0)"
    )
    connection.execute("INSERT INTO application_contact VALUES ('a1', 'c1', 0)")
    return connection


def rebuild_contact(connection: apsw.Connection) -> None:
    """What a change of a column's type needs: a new table in the place of the old one."""
    connection.execute(
        "CREATE TABLE contact_new (id TEXT NOT NULL PRIMARY KEY, name TEXT) STRICT, WITHOUT ROWID;"
        "INSERT INTO contact_new SELECT id, name FROM contact;"
        "DROP TABLE contact;"
        "ALTER TABLE contact_new RENAME TO contact;"
    )


def test_interviews_of_archived_applications_are_counted_from_the_ninth_schema_on() -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection, MIGRATIONS[:8])
    cases = (
        ("applied", 0, None, 0),
        ("rejected", 1, None, 0),
        ("rejected", 1, None, 1),
        ("saved", 0, None, 0),
        ("offer", 0, 5, 0),
    )
    for number, (stage, archived, trashed, cancelled) in enumerate(cases):
        values = {"id": f"a{number}", "stage": stage, "archived": archived, "trashed_at": trashed}
        _put(connection, "application", values)
        _put(
            connection, "interview", {"id": f"i{number}", "application": f"a{number}", "cancelled": cancelled}
        )
        counts = int(not (archived or cancelled))
        instant = {"interview": f"i{number}", "application": f"a{number}", "starts_at": 1, "counts": counts}
        _put(connection, "interview_instant", instant)
    migrate(connection)
    statement = "SELECT number FROM counted WHERE thing = 'interview'"
    assert next(connection.execute(statement)) == (2,)
    connection.execute("DELETE FROM interview_instant WHERE interview IN ('i1', 'i2')")
    assert next(connection.execute(statement)) == (1,)


def _put(connection: apsw.Connection, table: str, values: dict[str, Any]) -> None:
    """A row with these values, and something in every other column that has to have one."""
    row = dict(values)
    for _cid, name, kind, required, default, _key in connection.execute(f"PRAGMA table_info({table})"):
        if required and default is None:
            row.setdefault(name, 0 if kind == "INTEGER" else "x")
    marks = ", ".join(f":{name}" for name in row)
    connection.pragma("foreign_keys", False)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def test_rebuilding_a_table_keeps_its_children() -> None:
    connection = connection_with_rows()
    migrate(connection, [*MIGRATIONS[:1], rebuild_contact])
    assert schema_version(connection) == 2
    assert list(connection.execute("SELECT application, contact FROM application_contact")) == [("a1", "c1")]
    assert connection.pragma("foreign_keys") == 1


def lose_children(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM application_contact")


def leave_orphans(connection: apsw.Connection) -> None:
    connection.execute("UPDATE contact SET id = id || '9'")


def break_off(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM application_contact")
    raise RuntimeError("in the middle")


@pytest.mark.parametrize(
    ("migration", "error"),
    [(lose_children, MigrationFailed), (leave_orphans, MigrationFailed), (break_off, RuntimeError)],
)
def test_a_migration_that_goes_wrong_changes_nothing(
    migration: migrations.Migration, error: type[Exception]
) -> None:
    connection = connection_with_rows()
    with pytest.raises(error):
        migrate(connection, [*MIGRATIONS[:1], migration])
    assert schema_version(connection) == 1
    assert list(connection.execute("SELECT application, contact FROM application_contact")) == [("a1", "c1")]
    assert connection.pragma("foreign_keys") == 1


def test_what_earlier_steps_did_is_undone_when_a_later_one_fails() -> None:
    connection = connection_with_rows()
    with pytest.raises(RuntimeError):
        migrate(connection, [*MIGRATIONS[:1], rebuild_contact, break_off])
    assert schema_version(connection) == 1
    assert next(connection.execute("SELECT no_thank_you FROM contact")) == (0,)


@pytest.mark.parametrize("version", SHIPPED)
def test_a_copy_is_kept_before_an_older_schema_is_changed(version: int, file: Path) -> None:
    shipped(version, file)
    for _ in range(2):
        open_database(file).close()
        shutil.copy(FIXTURES / f"schema-{version}.sqlite3", file)
    kept = sorted(backups_folder(file).iterdir())
    assert [each.name for each in kept] == [
        f"before-schema-{LATEST}-2.sqlite3",
        f"before-schema-{LATEST}.sqlite3",
    ], "one that was there is no target"
    for each in kept:
        connection = apsw.Connection(str(each))
        assert schema_version(connection) == version
        connection.close()


def wrong_statement(connection: apsw.Connection) -> None:
    connection.execute("ALTER TABLE application RENAME COLUMN nothing TO something")


def broken_constraint(connection: apsw.Connection) -> None:
    connection.execute("INSERT INTO contact SELECT * FROM contact")


@pytest.mark.parametrize("journal", ["wal", "delete"])
@pytest.mark.parametrize(
    ("migration", "why"),
    [
        (lose_children, "schema 2 would lose rows of application_contact"),
        (leave_orphans, "schema 2 would leave .* dangling references"),
        (break_off, "RuntimeError"),
        (wrong_statement, "SQLError"),
        (broken_constraint, "ConstraintError"),
    ],
)
def test_a_database_that_cannot_be_migrated_is_told_and_its_folder_left_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, migration: migrations.Migration, why: str, journal: str
) -> None:
    shipped(1, file)
    in_journal_mode(file, journal)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "LATEST", 2)
        patch.setattr(migrations.migrate, "__defaults__", ([*MIGRATIONS[:1], migration],))
        refused(file, rf"can't be updated for this version \({why}\) and was left as it is")
    store = Store(open_database(file))
    assert interchange.write(store.facts()) == FACTS.read_text("utf-8")
    store.close()


def in_journal_mode(file: Path, mode: str) -> None:
    connection = apsw.Connection(str(file))
    connection.pragma("journal_mode", mode)
    connection.close()
    file.chmod(0o644)


@pytest.mark.parametrize("version", SHIPPED)
def test_once_migrated_the_program_before_refuses_it_and_says_to_update(
    version: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped(version, file)
    open_database(file).close()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "LATEST", version)  # as that program had it
        patch.setattr(migrations.migrate, "__defaults__", (MIGRATIONS[:version],))
        refused(file, rf"is from a newer version .* \(schema {LATEST}; this one knows {version}\)\. Update")
    store = Store(open_database(file))
    assert interchange.write(store.facts()) == FACTS.read_text("utf-8")
    store.close()


@pytest.mark.parametrize("version", SHIPPED)
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_where_no_copy_can_be_kept_nothing_is_migrated(file: Path, version: int, journal: str) -> None:
    shipped(version, file)
    in_journal_mode(file, journal)
    file.chmod(0o600)
    backups_folder(file).write_bytes(b"notes of mine")
    refused(
        file, r"can't keep a backup in .*backups because it isn't a folder. Rename that file and try again\.$"
    )
    backups_folder(file).unlink()
    open_database(file).close()
    assert len(list(backups_folder(file).iterdir())) == 1


@pytest.mark.parametrize("with_backups", [False, True])
def test_what_another_program_locks_is_migrated_later_and_no_copy_stays(
    file: Path, with_backups: bool
) -> None:
    shipped(1, file)
    file.chmod(0o600)
    if with_backups:
        backups_folder(file).mkdir()
        (backups_folder(file) / "2026-10-14.sqlite3").write_bytes(b"a backup")
    other = apsw.Connection(str(file))
    other.execute("BEGIN IMMEDIATE")
    before = {each.name for each in file.parent.rglob("*")}
    with pytest.raises(Refused, match="Another program is writing"):
        open_database(file, patience=0.01)
    assert {each.name for each in file.parent.rglob("*")} == before
    other.close()
    store = Store(open_database(file))
    assert interchange.write(store.facts()) == FACTS.read_text("utf-8")
    store.close()


FOREIGN = (
    "CREATE TABLE application (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO application VALUES (1, 'x')"
)


@pytest.mark.parametrize("journal", ["wal", "delete"])
@pytest.mark.parametrize("version", range(LATEST + 1))
@pytest.mark.parametrize(
    "statements",
    [
        FOREIGN,
        "CREATE TABLE bookmarks (x)",
        *(f"{FOREIGN}; CREATE TABLE {name} (x)" for name in ("meta", "event")),
    ],
)
def test_tables_that_are_not_those_of_the_stated_schema_are_refused_before_anything_is_written(
    file: Path, version: int, journal: str, statements: str
) -> None:
    file.parent.mkdir()
    connection = apsw.Connection(str(file))
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", version)
    connection.execute(statements)
    connection.close()
    in_journal_mode(file, journal)
    refused(file, "is damaged and was left as it is")


@pytest.mark.parametrize("version", SHIPPED)
@pytest.mark.parametrize("statement", ["DROP TABLE event", "ALTER TABLE contact DROP COLUMN phone"])
def test_an_older_one_without_a_table_or_a_column_is_refused_before_anything_is_written(
    file: Path, version: int, statement: str
) -> None:
    shipped(version, file)
    connection = apsw.Connection(str(file))
    connection.execute(statement)
    connection.close()
    refused(file, "is damaged and was left as it is")


@pytest.mark.parametrize("name", ["template", "run_day", "trash_age", "application_in_trash"])
def test_what_is_in_the_way_of_a_migration_is_left_alone(file: Path, name: str) -> None:
    shipped(1, file)
    connection = apsw.Connection(str(file))
    connection.execute(f"CREATE TABLE {name} (x); INSERT INTO {name} VALUES ('mine')")
    connection.close()
    refused(file, r"can't be updated for this version \(SQLError\)")


def test_a_newer_schema_that_is_in_the_log_alone_is_refused(file: Path) -> None:
    store = Store(open_database(file))
    other = apsw.Connection(str(file))
    other.pragma("user_version", LATEST + 1)
    with pytest.raises(Refused, match="newer version of Follow Up"):
        open_database(file)
    other.close()
    store.close()


def test_a_first_run_keeps_no_copy(file: Path) -> None:
    open_database(file).close()
    assert not backups_folder(file).exists()
