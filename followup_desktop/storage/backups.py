"""Copies of the database as files of their own: made, verified, listed, and put back."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import apsw
from peewee import Model

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind, facts_of
from followup_desktop.domain.model import Application, Contact, Event, Interview, Reminder
from followup_desktop.i18n import _
from followup_desktop.storage import lineage, migrations, opening
from followup_desktop.storage.cipher import (
    Key,
    Keys,
    connected,
    looks_sealed,
    read_into_memory,
    write_copy,
)
from followup_desktop.storage.failures import (
    READS,
    UNREADABLE,
    LockedBackup,
    UnusableBackup,
    damaged,
    not_read,
    refusal,
    translated_errors,
)
from followup_desktop.storage.leftovers import discard
from followup_desktop.storage.opening import APPLICATION_ID, NO_KEYS, PARTIAL
from followup_desktop.storage.pages import SEALED_PAGE, begin_to_count, read_head, read_through
from followup_desktop.storage.soundness import is_sound, is_unsound
from followup_desktop.storage.tables import (
    RECORDED,
    AnnouncedTable,
    ApplicationTable,
    ContactTable,
    EventTable,
    InterviewTable,
    ReminderTable,
    table_name,
)

T = TypeVar("T")

ENDING = ".sqlite3"
_BEGINNING = "followup-"
NOTE = "backup"
"""The row of ``meta`` in which a backup says what it is; what was copied has none that counts."""
_SUM = "sha256"
"""The sum in that row. A ``digest`` there instead was made when every 201st row was left out of it."""
_OF_APPLICATIONS = tuple(map(table_name, (InterviewTable, EventTable)))
_OF_A_SEARCH = tuple(map(table_name, (ApplicationTable, ContactTable, InterviewTable, EventTable)))
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.SQLError)
_PAGES_A_STEP = 1000
_TO_WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
_ROWS_AT_ONCE = 200
_LOOKS = 2
"""So often is looked at what seems to be damaged: to SQLite, a page that the disk couldn't read once is."""


class NoBackupNeeded(Exception):
    """What is there needs no backup: it has one."""


class Why(StrEnum):
    """What a backup was made for; a part of its name."""

    DAILY = "daily"
    ASKED = "asked"
    RESTORE = "before-restore"
    IMPORT = "before-import"
    DELETION = "before-deletion"
    UPDATE = "before-update"
    SALVAGED = "salvaged"
    """What could still be read of a damaged database."""
    LOSS = "rescued"
    """From an open database whose file was deleted or emptied."""


@dataclass(frozen=True, slots=True)
class BackupContents:
    """How many rows each table of the user's has, and a SHA-256 over all of them."""

    rows: Mapping[str, int]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup: its file, when and what for it was made, its bytes, and what it says it holds.

    ``contents`` is ``None`` for a database that was copied by hand, which says nothing of itself.
    """

    file: Path
    made_at: datetime
    why: Why | None
    size: int
    rows: Mapping[str, int]
    contents: BackupContents | None
    schema: int

    @property
    def is_automatic(self) -> bool:
        """Whether the program named the file, and so may delete it when later ones stand for it."""
        return self.why is not None and self.file.name == name_of(self.made_at, self.why)


def holds_anything(rows: Mapping[str, int], *, but_reminders: bool = False) -> bool:
    """Whether any of so many rows of each table is of a search, and not of how it's shown and worded."""
    tables = _OF_A_SEARCH if but_reminders else (*_OF_A_SEARCH, table_name(ReminderTable))
    return any(rows.get(table) for table in tables)


class BackupComparison(NamedTuple):
    """What a copy is to the data as they are now."""

    is_of_them: bool
    """Whether it has anything in common with them, or holds nothing."""
    has_more: bool
    """Whether anything is in it that they lack, but for its trash: an application, a person, a reminder, an
    interview, an entry of a timeline, or a text that is empty by now."""


class DatabaseDigest(NamedTuple):
    """What is in a database, of whichever schema, as far as it is compared.

    Things are told by table and id, texts that aren't empty by their column, too.
    """

    things: set[tuple[str, str]]
    kept: set[tuple[str, str]]
    """The things that aren't in the trash, nor belong to what is there."""
    texts: set[tuple[str, str, str]]
    kept_texts: set[tuple[str, str, str]]


def digest_of(connection: apsw.Connection) -> DatabaseDigest:
    """What is in this database."""
    kept = _ids(connection, but_trash=True), _texts(connection, but_trash=True)
    return DatabaseDigest(_ids(connection), kept[0], _texts(connection), kept[1])


def compared(copy: DatabaseDigest, data: DatabaseDigest) -> BackupComparison:
    """Look whether the data have what is in a copy."""
    return BackupComparison(
        is_of_them=not copy.things or bool(copy.things & data.things),
        has_more=not (copy.kept <= data.things and copy.kept_texts <= data.texts),
    )


def _texts(connection: apsw.Connection, *, but_trash: bool = False) -> set[tuple[str, str, str]]:
    known = migrations.columns_of(connection)
    return {
        (table, str(row[0]), column)
        for table, columns in _typed().items()
        for column in columns
        if (table, column) in known
        for row in connection.execute(
            f"SELECT id FROM {table} WHERE \"{column}\" <> '' AND {_kept(table, known, but_trash)}"
        )
    }


@cache
def _typed() -> dict[str, list[str]]:
    """The columns in which texts of the user's own are, of each thing that may be deleted by itself."""
    of = {
        ApplicationTable: Application,
        ContactTable: Contact,
        ReminderTable: Reminder,
        InterviewTable: Interview,
        EventTable: Event,
    }
    return {
        table_name(table): [
            fact.name for fact in facts_of(thing) if fact.is_text and fact.kind is not Kind.NAME
        ]
        for table, thing in of.items()
    }


def _ids(connection: apsw.Connection, *, but_trash: bool = False) -> set[tuple[str, str]]:
    known = migrations.columns_of(connection)
    return {
        (table, str(row[0]))
        for table in _typed()
        if (table, "id") in known
        for row in connection.execute(f"SELECT id FROM {table} WHERE {_kept(table, known, but_trash)}")
    }


def _kept(table: str, known: Collection[tuple[str, str]], but_trash: bool) -> str:
    """What tells whether a row isn't in the trash, nor its application; all are with ``but_trash`` off."""
    if not but_trash:
        return "true"
    if table in _OF_APPLICATIONS:
        owners = table_name(ApplicationTable)
        return f"application IN (SELECT id FROM {owners} WHERE {_kept(owners, known, but_trash)})"
    return "trashed_at IS NULL" if (table, "trashed_at") in known else "true"


def name_of(made_at: datetime, why: Why) -> str:
    """The name of the file of a backup: it sorts by the instant, in UTC, and says what it was made for."""
    return f"{_BEGINNING}{made_at.astimezone(UTC):%Y-%m-%d-%H%M%S}-{why}{ENDING}"


def contents_of(connection: apsw.Connection) -> BackupContents:
    """What the user entered, as it is in this database, of whichever schema."""
    digest = hashlib.sha256()
    rows: dict[str, int] = {}
    known = migrations.columns_of(connection)
    for table in sorted(table_name(model) for model in RECORDED):
        columns = sorted(column for owner, column in known if owner == table)
        if not columns:
            continue
        rows[table] = 0
        digest.update(json.dumps([table, *columns]).encode())
        cells = ", ".join(f'"{column}"' for column in columns)
        # By the primary key, in which every table of the user's is stored.
        cursor = connection.execute(f'SELECT json_array({cells}) FROM "{table}"')
        while part := [row[0] for row in islice(cursor, _ROWS_AT_ONCE)]:
            rows[table] += len(part)
            digest.update("\n".join(part).encode())
    return BackupContents(rows, digest.hexdigest())


def write(
    source: apsw.Connection,
    target: Path,
    made_at: datetime | None,
    why: Why,
    is_cancelled: Callable[[], bool] = bool,
    *,
    key: Key | None = None,
    is_kept: Callable[[BackupContents], bool] = lambda _contents: False,
) -> Backup:
    """Copy the database as it is at this instant; the file has its name only when it was found to be a copy.

    It has the key of the source, or for a source in memory any; ``None`` leaves it plain.

    For that it is opened: its pages, indexes and references hold, and the user's rows are as many and the
    same as those it was copied from. It is for the user alone, and on the disk when this returns. ``source``
    must not be in a transaction; who writes by another connection is not held up. Where nobody knows the
    instant, the time of the file tells it. Raises ``Refused``; ``apsw.InterruptError`` once it is cancelled;
    ``NoBackupNeeded`` where ``is_kept`` tells so of what there is.
    """
    with translated_errors(str(target)):
        make_folder(target.parent)
        keys = Keys() if key is None else Keys(key)
        partial = target.with_name(f"{target.name}.{os.getpid()}{PARTIAL}")
        partial.unlink(missing_ok=True)
        try:
            contents = _copy(source, partial, _CopyWish(made_at, why, is_kept), key, is_cancelled)
            _verify_copy(source, partial, target, contents, keys)
            to_disk(partial)
            partial.replace(target)
            to_disk(target.parent)
        finally:
            discard(partial)
    return read(target, keys)


def make_folder(folder: Path) -> None:
    """Make the folder, for the user alone, unless it is there. Raises ``Refused``."""
    check_folder(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def check_folder(folder: Path) -> None:
    """Raise ``Refused`` where there is something that is no folder, or one that can't be read."""
    if os.path.lexists(folder) and not folder.is_dir():
        sentence = _(
            "Follow Up can't keep a backup in {folder} because it isn't a folder. Rename "
            "that file and try again."
        )
        raise Refused(sentence.format(folder=folder))
    if folder.is_dir():
        try:
            os.scandir(folder).close()
        except PermissionError as error:
            sentence = _("The folder with the backups, {folder}, can't be read. Change its permissions.")
            raise Refused(sentence.format(folder=folder)) from error
        except OSError as error:
            raise refusal(error, str(folder)) or error from error


class _CopyWish(NamedTuple):
    made_at: datetime | None
    why: Why
    is_kept: Callable[[BackupContents], bool]


def _copy(
    source: apsw.Connection,
    partial: Path,
    wish: _CopyWish,
    key: Key | None,
    is_cancelled: Callable[[], bool],
) -> BackupContents:
    is_sealed_from_memory = not source.filename and key is not None
    with _reading(source):
        with translated_errors(source.filename):
            contents = contents_of(source)
        if wish.is_kept(contents):
            raise NoBackupNeeded
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if not is_sealed_from_memory:
            with _written(partial, key) as copy, _reads_told_of(source):
                _copy_pages(source, copy, is_cancelled)
    if is_sealed_from_memory:
        write_copy(source, partial, key)
    note = {
        "made_at": None if wish.made_at is None else int(wish.made_at.timestamp()),
        "why": wish.why.value,
        "rows": dict(contents.rows),
        _SUM: contents.digest,
    }
    with _written(partial, key) as copy:
        # What is read, moved and sent about must be one file.
        copy.pragma("journal_mode", "delete")
        copy.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (NOTE, json.dumps(note)))
        lineage.begin(copy)
    if key is None:
        begin_to_count(partial)
    return contents


@contextlib.contextmanager
def _written(partial: Path, key: Key | None) -> Iterator[apsw.Connection]:
    """Until it has its name it is worth nothing, so it goes to the disk once, at the end."""
    copy = connected(str(partial), _TO_WRITE, key)
    try:
        copy.pragma("synchronous", "off")
        copy.pragma("journal_mode", "off")
        yield copy
    finally:
        copy.close()


@contextlib.contextmanager
def _reads_told_of(source: apsw.Connection) -> Iterator[None]:
    """A page that can't be read is told of the database, and not of the copy, of which none is read."""
    try:
        yield
    except apsw.CorruptError as error:
        raise damaged(source.filename) from error
    except apsw.IOError as error:
        if getattr(error, "extendedresult", None) in READS:
            raise not_read(source.filename) from error
        raise


def _copy_pages(source: apsw.Connection, copy: apsw.Connection, is_cancelled: Callable[[], bool]) -> None:
    with copy.backup("main", source, "main") as backup:
        while not backup.done:
            backup.step(_PAGES_A_STEP)
            if is_cancelled():
                raise apsw.InterruptError


@contextlib.contextmanager
def _reading(source: apsw.Connection) -> Iterator[None]:
    """All that is read within is of one instant."""
    source.execute("BEGIN")
    try:
        yield
    finally:
        if source.in_transaction:  # SQLite has rolled back where a page could not be read
            source.execute("COMMIT")


def _verify_copy(
    source: apsw.Connection, partial: Path, target: Path, contents: BackupContents, keys: Keys
) -> None:
    for __ in range(_LOOKS):
        with contextlib.suppress(*_DAMAGE), opening.opened_to_read(partial, keys) as copy:
            if is_sound(copy) and contents_of(copy) == contents:
                return
    if is_unsound(source):
        raise damaged(source.filename)
    sentence = _(
        "No backup was made in {file} because the copy isn't the same. Check the disk and try again."
    )
    raise Refused(sentence.format(file=target))


def to_disk(path: Path) -> None:
    """Have the system write the file, or the names in the folder, to the disk."""
    with contextlib.suppress(PermissionError):  # Windows opens no folders
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            with contextlib.suppress(OSError):  # and some shares sync none
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(file: Path, keys: Keys = NO_KEYS) -> Backup:
    """What the file is and says it holds, without looking at all of it.

    Raises ``Refused`` where it is no database of this program's, or of a newer version of it, and
    ``LockedBackup`` where it may be one under a passphrase, and none of the ``keys`` opens it.
    """
    return looked_at_twice(lambda: _read(file, keys))


def looked_at_twice(look: Callable[[], T]) -> T:
    """What a look at a backup gives; if it can't be read, a second one, for a disk may fail once.

    To SQLite, a page that the disk couldn't read is damage.
    """
    try:
        return look()
    except LockedBackup:
        raise
    except Refused:
        return look()


def _read(file: Path, keys: Keys) -> Backup:
    _check_is_ours(file, keys)
    with opened_to_read(file, keys) as connection:
        opening.refuse_newer(file, migrations.schema_version(connection))
        status = file.stat()
        said = next(connection.execute("SELECT value FROM meta WHERE name = ?", (NOTE,)), None)
        made_at, why, contents = datetime.fromtimestamp(int(status.st_mtime), UTC), None, None
        if said is not None:
            with contextlib.suppress(*UNREADABLE, RecursionError):
                note = json.loads(str(said[0]))
                rows = {str(table): int(count) for table, count in note["rows"].items()}
                told = BackupContents(rows, str(note[_SUM])) if _SUM in note else None
                why = Why(note["why"])
                if note["made_at"] is not None:
                    made_at = datetime.fromtimestamp(note["made_at"], UTC)
                contents = told
        return Backup(
            file=file,
            made_at=made_at,
            why=why,
            size=status.st_size,
            rows=contents.rows if contents else _row_counts(connection),
            contents=contents,
            schema=migrations.schema_version(connection),
        )


def has_note(connection: apsw.Connection) -> bool:
    """Whether the database says that it is a backup."""
    return next(connection.execute("SELECT 1 FROM meta WHERE name = ?", (NOTE,)), None) is not None


def _row_counts(connection: apsw.Connection) -> dict[str, int]:
    known = {table for table, _column in migrations.columns_of(connection)}
    tables = [table_name(model) for model in RECORDED if table_name(model) in known]
    return {table: int(_only(connection, f"SELECT count(*) FROM {table}")) for table in tables}


def _only(connection: apsw.Connection, statement: str) -> Any:
    return next(connection.execute(statement))[0]


def _check_is_ours(file: Path, keys: Keys) -> None:
    with translated_errors(str(file)):
        if not file.exists():
            sentence = _("{file} doesn't exist. Check the name, or list the backups.")
            raise Refused(sentence.format(file=file))
        if file.is_file():
            head = opening.head_of(file, keys)
            if head is not None and head.owner == APPLICATION_ID:
                return
            if head is None and keys.key_of(file) is None:
                _refuse_locked(file)
    sentence = _("{file} isn't a backup of Follow Up. Choose another file.")
    raise UnusableBackup(sentence.format(file=file))


def _refuse_locked(file: Path) -> None:
    if looks_sealed(read_head(file, SEALED_PAGE), file.stat().st_size):
        raise LockedBackup(str(file))


@contextlib.contextmanager
def _refused_as_damage(file: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        read_through(file)
        raise _damaged(file) from error


def _damaged(file: Path) -> UnusableBackup:
    return UnusableBackup(_("The backup {file} is damaged. Choose another one.").format(file=file))


def verify(file: Path, keys: Keys = NO_KEYS) -> Backup:
    """What the file is and holds, after a look at all of it; ``Refused`` if it isn't as it was made."""
    with opened(file, keys) as (backup, _connection):
        return backup


@contextlib.contextmanager
def opened_to_read(file: Path, keys: Keys = NO_KEYS) -> Iterator[apsw.Connection]:
    """A backup as it is, which nobody has looked at but for what it says of itself. Raises ``Refused``."""
    with (
        translated_errors(str(file)),
        _refused_as_damage(file),
        opening.opened_to_read(file, keys) as connection,
    ):
        yield connection


@contextlib.contextmanager
def opened(file: Path, keys: Keys = NO_KEYS) -> Iterator[tuple[Backup, apsw.Connection]]:
    """A backup that was verified as a whole, opened to be read in its own schema."""
    with contextlib.ExitStack() as stack:
        found = looked_at_twice(lambda: stack.enter_context(_opened(file, keys)))
        try:
            yield found
        except _DAMAGE as error:
            verify(file, keys)
            raise not_read(str(file)) from error


@contextlib.contextmanager
def _opened(file: Path, keys: Keys) -> Iterator[tuple[Backup, apsw.Connection]]:
    backup = read(file, keys)
    with opened_to_read(file, keys) as connection:
        known = migrations.columns_of(connection)
        if not known >= migrations.columns_of_schema(backup.schema) or not is_sound(connection):
            raise _damaged(file)
        if backup.contents is not None and contents_of(connection) != backup.contents:
            raise _damaged(file)
        yield backup, connection


@contextlib.contextmanager
def attached(connection: apsw.Connection, file: Path, schema: str, keys: Keys = NO_KEYS) -> Iterator[Backup]:
    """A backup's data beside those of the connection, verified and in our schema, as ``schema``."""
    memory = apsw.Connection(":memory:")
    try:
        with opened(file, keys) as (backup, source):
            read_into_memory(source, memory, keys.key_of(file))
            with opening.migrating(str(file)):
                migrations.migrate(memory)
        if schema in connection.db_names():
            connection.execute(f"DETACH {schema}")
        connection.execute(f"ATTACH ':memory:' AS {schema}")
        try:
            with connection.backup(schema, memory, "main") as copying:
                copying.step()
            yield backup
        finally:
            # A statement that was broken off may hold it yet, or the connection was made anew; what broke it
            # off is what is to be told.
            with contextlib.suppress(apsw.SQLError, apsw.LockedError, apsw.ConnectionClosedError):
                connection.execute(f"DETACH {schema}")
    finally:
        memory.close()


def take_rows_of(connection: apsw.Connection, schema: str) -> None:
    """Within a transaction, make the user's tables equal to those of an attached schema.

    Only rows that differ are written, so that what is recorded for undo is the difference. What was announced
    follows them, though that is not recorded.
    """
    connection.pragma("defer_foreign_keys", True)
    models: tuple[type[Model], ...] = (*RECORDED, AnnouncedTable)
    for model in models:
        table = table_name(model)
        columns = ", ".join(
            str(row[0])
            for row in connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
        )
        key = ", ".join(
            str(row[0])
            for row in connection.execute(
                "SELECT name FROM pragma_table_info(?, 'main') WHERE pk > 0 ORDER BY pk", (table,)
            )
        )
        here, there = f"SELECT {columns} FROM main.{table}", f"SELECT {columns} FROM {schema}.{table}"
        connection.execute(
            f"DELETE FROM main.{table} WHERE ({key}) IN (SELECT {key} FROM ({here} EXCEPT {there}))"
        )
        connection.execute(f"INSERT INTO main.{table} ({columns}) {there} EXCEPT {here}")


def files(folder: Path) -> list[Path]:
    """The files in the folder that are backups by their names; none where it can't be read."""
    with contextlib.suppress(OSError):
        return [file for file in opening.files_in(folder) if file.name.endswith(ENDING)]
    return []


def listed(folder: Path, keys: Keys = NO_KEYS) -> tuple[list[Backup], dict[Path, Refused]]:
    """The backups in the folder, the newest first; and why files there can't be read as such."""
    found: list[Backup] = []
    others: dict[Path, Refused] = {}
    for file in sorted(files(folder)):
        try:
            found.append(read(file, keys))
        except Refused as refused:
            others[file] = refused
    found.sort(key=lambda backup: (backup.made_at, backup.file.name), reverse=True)
    return found, others
