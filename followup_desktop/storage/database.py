"""The database file: how it is opened, checked, written in transactions and copied."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
from peewee import Query
from playhouse.apsw_ext import APSWDatabase

from followup_desktop.domain.errors import Refused
from followup_desktop.storage import migrations
from followup_desktop.storage.failures import told

APPLICATION_ID = 0x46_55_44_31
"""Marks the file as this program's (``PRAGMA application_id``)."""

BUSY_SECONDS = 5
_STEPS_BETWEEN_LOOKS = 1000
_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1}


class Database:
    """One connection to the database, for one thread.

    Nothing is opened by itself. A transaction that writes takes the write lock at its beginning: one that
    reads first and then writes would be refused at once when another process wrote in between.
    """

    def __init__(self, peewee: APSWDatabase, name: str, path: Path | None) -> None:
        self._peewee = peewee
        self.name = name
        self.path = path
        self._peewee.connect()

    @property
    def connection(self) -> apsw.Connection:
        """The connection itself, for sessions and backups."""
        connection: apsw.Connection = self._peewee.connection()
        return connection

    def execute(self, query: Query) -> Iterator[tuple[Any, ...]]:
        """Run a Peewee query; the rows are plain tuples as SQLite has them."""
        with told(self.name):
            return self._rows(self._peewee.execute(query))

    def sql(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; the rows are plain tuples."""
        with told(self.name):
            return self._rows(self.connection.execute(statement, values))

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of the rows."""
        with told(self.name):
            self.connection.executemany(statement, rows)

    def _rows(self, cursor: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        # Fetched at once, so that damage met while fetching is told as such and no read stays open.
        return iter(list(cursor))

    def in_transaction(self) -> bool:
        """Whether a transaction is open on this connection."""
        return bool(self.connection.in_transaction)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that writes: committed at the end, rolled back on any error."""
        if self.in_transaction():
            raise RuntimeError("a transaction is open already")
        self.sql("BEGIN IMMEDIATE")
        try:
            yield
            self.sql("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself, as it does when the disk is full.
            if self.in_transaction():
                self.sql("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several reads that see one state, whatever another process writes meanwhile."""
        if self.in_transaction():
            yield
            return
        self.sql("BEGIN")
        try:
            yield
        finally:
            if self.in_transaction():
                self.sql("COMMIT")

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with told(self.name):
            version: int = self.connection.pragma("data_version")
            return version

    def again(self, cancelled: Callable[[], bool]) -> Database:
        """Another connection to the same file, for another thread.

        Once ``cancelled`` is true, whatever it runs is broken off with ``apsw.InterruptError``.
        """
        if self.path is None:
            raise RuntimeError("a database in memory has one connection only")
        other = _connected(str(self.path), self.name, self.path)
        other.connection.set_progress_handler(cancelled, _STEPS_BETWEEN_LOOKS)
        return other

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        if not self._peewee.is_closed():
            self._peewee.close()

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy, which has the name only when it is complete and was found sound."""
        with told(str(target)):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".partial")
            partial.unlink(missing_ok=True)
            _make_private_file(partial)
            try:
                self._copy_into(partial)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)

    def _copy_into(self, file: Path) -> None:
        copy = apsw.Connection(str(file))
        try:
            with copy.backup("main", self.connection, "main") as backup:
                while not backup.done:
                    backup.step(1000)
            # A copy that is read, moved and sent about must be one file.
            copy.pragma("journal_mode", "delete")
            sound = copy.pragma("quick_check")
        finally:
            copy.close()
        if sound != "ok":
            raise Refused(f"The copy {file} is not sound: check the disk and try again.")


def backups_folder(path: Path) -> Path:
    """Where the copies of this database are kept."""
    return path.parent / "backups"


def open_database(path: Path | None) -> Database:
    """Open the database, made if it is not there, and bring it to the newest schema.

    A copy goes to ``backups_folder`` before an older schema is changed. ``None`` opens one in memory,
    which is gone when it is closed. Raises ``Refused`` when it can't be used, is not one of this program,
    or was written by a newer version of it.
    """
    if path is None:
        return _prepared(_connected(":memory:", "The database", None))
    with told(str(path)):
        _check_file(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _make_private_file(path)
        except FileExistsError:  # as it is but the first time, or when another process is as quick
            _make_private(path)
        database = _connected(str(path), str(path), path)
        try:
            return _prepared(database)
        except BaseException:
            database.close()
            raise


def _connected(file: str, name: str, path: Path | None) -> Database:
    return Database(APSWDatabase(file, autoconnect=False, timeout=BUSY_SECONDS, pragmas=_PRAGMAS), name, path)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise Refused(f"{path} is a folder where the database should be: choose another data folder.")
    if not path.exists() or path.stat().st_size > 0:
        return
    backups = sorted(backups_folder(path).glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)
    if backups:
        raise Refused(
            f"{path} is empty although there are backups of it: put the newest back with "
            f"“followup-desktop restore {backups[-1]}”, or remove the file to begin anew."
        )


def _make_private_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make_private(path: Path) -> None:
    if path.stat().st_mode & 0o077 and os.access(path, os.W_OK):
        path.chmod(0o600)


def _prepared(database: Database) -> Database:
    connection = database.connection
    version = migrations.schema_version(connection)
    if version > migrations.LATEST:
        raise Refused(
            f"{database.name} was written by a newer version of Follow Up Desktop (schema {version}, this "
            f"one knows {migrations.LATEST}): update the program to open it."
        )
    owner = connection.pragma("application_id")
    tables = next(connection.execute("SELECT count(*) FROM sqlite_schema"))[0]
    if (owner != APPLICATION_ID and tables) or (owner not in (0, APPLICATION_ID)):
        raise Refused(f"{database.name} is a database of another program: choose another data folder.")
    if version < migrations.LATEST:
        if version and database.path is not None:
            name = f"before-schema-{migrations.LATEST}.sqlite3"
            database.copy_to(backups_folder(database.path) / name)
        connection.pragma("application_id", APPLICATION_ID)
        try:
            migrations.migrate(connection)
        except migrations.MigrationFailed as error:
            raise Refused(
                f"{database.name} can't be brought to this version of the program ({error}) and was left as "
                "it is: go on with the version before, and report this."
            ) from error
    return database
