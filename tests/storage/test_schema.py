"""The schema keeps clear of what recording for undo does not forgive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import apsw
import pytest
from peewee import Model

from followup_desktop.storage.database import Database, open_database
from followup_desktop.storage.tables import DERIVED, RECORDED, table_name


@pytest.fixture
def database() -> Iterator[Database]:
    database = open_database(None)
    yield database
    database.close()


def columns(database: Database, model: type[Model]) -> list[tuple[str, str, bool, bool]]:
    rows = database.sql(f"PRAGMA table_info({table_name(model)})")
    return [(name, kind, bool(notnull), pk > 0) for _, name, kind, notnull, _, pk in rows]


@pytest.mark.parametrize("model", RECORDED, ids=table_name)
def test_a_recorded_table_has_a_primary_key_that_is_never_null(
    database: Database, model: type[Model]
) -> None:
    keys = [(name, notnull) for name, _, notnull, in_key in columns(database, model) if in_key]
    assert keys
    assert all(notnull for _, notnull in keys)


@pytest.mark.parametrize("model", RECORDED, ids=table_name)
def test_a_recorded_table_has_no_rowid_to_order_by(database: Database, model: type[Model]) -> None:
    with pytest.raises(apsw.SQLError, match="no such column: rowid"):
        database.sql(f"SELECT rowid FROM {table_name(model)}")


@pytest.mark.parametrize("model", [*RECORDED, *DERIVED], ids=table_name)
def test_the_model_has_the_columns_of_the_schema(database: Database, model: type[Model]) -> None:
    meta: Any = model._meta  # its stubs lack types
    keys = set(meta.get_primary_keys())
    mine = [
        (field.column_name, field.field_type, not field.null or field in keys, field in keys)
        for field in meta.sorted_fields
    ]
    kinds = {"INT": "INTEGER"}
    assert sorted(
        (name, kinds.get(kind, kind), notnull, in_key) for name, kind, notnull, in_key in mine
    ) == sorted(columns(database, model))


def test_every_table_is_either_recorded_or_derived(database: Database) -> None:
    rows = database.sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    known = [table_name(model) for model in (*RECORDED, *DERIVED)]
    assert sorted(name for (name,) in rows) == sorted(known)


def test_no_trigger_and_no_action_writes_behind_the_record(database: Database) -> None:
    """Triggers write to derived tables alone; they run for a replayed changeset as for an edit."""
    derived = {table_name(model) for model in DERIVED}
    for (trigger,) in database.sql("SELECT sql FROM sqlite_schema WHERE type = 'trigger'"):
        _, _, body = trigger.partition("BEGIN")
        written = re.findall(r"(?:INSERT INTO|(?<!DO )UPDATE|DELETE FROM) (\w+)", body)
        assert written
        assert derived.issuperset(written)
    for model in RECORDED:
        for row in database.sql(f"PRAGMA foreign_key_list({table_name(model)})"):
            assert row[5:7] == ("NO ACTION", "NO ACTION")


def test_every_reference_is_indexed(database: Database) -> None:
    """Or deleting a parent would look through all of its children."""
    for model in RECORDED:
        name = table_name(model)
        leading = {
            next(database.sql(f"PRAGMA index_info({index[1]})"))[2]
            for index in database.sql(f"PRAGMA index_list({name})")
        }
        for row in database.sql(f"PRAGMA foreign_key_list({name})"):
            assert row[3] in leading


def test_sqlite_does_not_record_what_has_no_key() -> None:
    """The trap itself: should SQLite learn to record such rows, the tests above may be loosened."""
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE keyless (value TEXT); CREATE TABLE keyed (id TEXT PRIMARY KEY)")
    session = apsw.Session(connection, "main")
    session.attach()
    connection.execute("INSERT INTO keyless VALUES ('x'); INSERT INTO keyed VALUES (NULL)")
    assert session.changeset() == b""
    session.close()
    connection.close()


def test_rowids_do_not_survive_an_undo() -> None:
    """The trap itself: a row that comes back is another one to SQLite."""
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY); INSERT INTO t VALUES ('a'), ('b')")
    session = apsw.Session(connection, "main")
    session.attach()
    connection.execute("DELETE FROM t WHERE id = 'a'")
    apsw.Changeset.apply(apsw.Changeset.invert(session.changeset()), connection)
    assert [row[0] for row in connection.execute("SELECT id FROM t ORDER BY rowid")] == ["b", "a"]
    session.close()
    connection.close()
