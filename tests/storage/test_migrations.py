"""Older databases come to the newest schema with all their data."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.storage import migrations
from followup_desktop.storage.database import backups_folder, open_database
from followup_desktop.storage.migrations import LATEST, MIGRATIONS, MigrationFailed, migrate, schema_version
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import RECORDED, table_name

FIXTURES = Path(__file__).parent / "fixtures"
SHIPPED = (1,)


@pytest.mark.parametrize("version", SHIPPED)
def test_a_database_of_each_shipped_schema_opens_with_its_data(version: int, file: Path) -> None:
    file.parent.mkdir()
    shutil.copy(FIXTURES / f"schema-{version}.sqlite3", file)
    store = Store(open_database(file))
    Planner(store)
    expected = (FIXTURES / f"schema-{version}.json").read_text("utf-8")
    assert interchange.write(store.facts()) == expected
    assert store.history.undo_label is None
    assert store.follow_ups()
    assert store.trash() == []
    assert store.templates() == {}
    assert schema_version(apsw.Connection(str(file))) == LATEST
    store.close()


def test_the_fixtures_have_data_in_every_recorded_table() -> None:
    connection = apsw.Connection(str(FIXTURES / "schema-1.sqlite3"), flags=apsw.SQLITE_OPEN_READONLY)
    assert schema_version(connection) == 1
    for table in (*map(table_name, RECORDED), "announced"):
        if table == "template":  # came with schema 2
            continue
        assert next(connection.execute(f"SELECT count(*) FROM {table}"))[0] > 0, table
    connection.close()


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


def test_rebuilding_a_table_keeps_its_children() -> None:
    connection = connection_with_rows()
    migrate(connection, [*MIGRATIONS[:1], rebuild_contact])
    assert schema_version(connection) == 2
    assert list(connection.execute("SELECT application, contact FROM application_contact")) == [("a1", "c1")]
    assert connection.pragma("foreign_keys") == 1


def lose_children(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM application_contact")


def leave_orphans(connection: apsw.Connection) -> None:
    connection.execute("UPDATE contact SET id = 'c9'")


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


def test_what_earlier_steps_did_stays_when_a_later_one_fails() -> None:
    connection = connection_with_rows()
    with pytest.raises(RuntimeError):
        migrate(connection, [*MIGRATIONS[:1], rebuild_contact, break_off])
    assert schema_version(connection) == 2


def test_a_copy_is_kept_before_an_older_schema_is_changed(file: Path) -> None:
    file.parent.mkdir()
    shutil.copy(FIXTURES / "schema-1.sqlite3", file)
    open_database(file).close()
    (kept,) = backups_folder(file).iterdir()
    connection = apsw.Connection(str(kept))
    assert schema_version(connection) == 1
    connection.close()


def test_a_database_that_cannot_be_migrated_is_told_and_left_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    shutil.copy(FIXTURES / "schema-1.sqlite3", file)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "LATEST", 2)
        patch.setattr(migrations.migrate, "__defaults__", ([*MIGRATIONS[:1], lose_children],))
        with pytest.raises(Refused, match="would lose rows of application_contact"):
            open_database(file)
    store = Store(open_database(file))
    assert interchange.write(store.facts()) == (FIXTURES / "schema-1.json").read_text("utf-8")
    store.close()


def test_a_first_run_keeps_no_copy(file: Path) -> None:
    open_database(file).close()
    assert not backups_folder(file).exists()
