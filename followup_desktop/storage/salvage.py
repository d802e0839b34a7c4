"""What can still be read of a damaged database, row by row, as a sound one beside the backups."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import apsw

from followup_desktop.i18n import _
from followup_desktop.storage import backups, log_damage, migrations, opening
from followup_desktop.storage.backups import Backup, Why
from followup_desktop.storage.cipher import Key, Keys, connected, first_page
from followup_desktop.storage.drafts import SETTING
from followup_desktop.storage.failures import Unusable, translated_errors
from followup_desktop.storage.opening import APPLICATION_ID, NO_KEYS
from followup_desktop.storage.pages import MAGIC, SEALED_PAGE, fits, frames, read_head
from followup_desktop.storage.soundness import has_all_tables, is_sound
from followup_desktop.storage.tables import RECORDED, DraftTable, table_name

_PAGE, _HEADER = 4096, 100
_PRINTED = [chr(code) for code in range(0x20, 0x7F)]
_ORPHANS = (
    "DELETE FROM interview WHERE application NOT IN (SELECT id FROM application)",
    "DELETE FROM event WHERE application NOT IN (SELECT id FROM application)",
    "DELETE FROM application_contact WHERE application NOT IN (SELECT id FROM application)"
    " OR contact NOT IN (SELECT id FROM contact)",
    "DELETE FROM interview_interviewer WHERE interview NOT IN (SELECT id FROM interview)"
    " OR contact NOT IN (SELECT id FROM contact)",
    "UPDATE event SET contact = NULL WHERE contact NOT IN (SELECT id FROM contact)",
    "UPDATE event SET interview = NULL WHERE interview NOT IN (SELECT id FROM interview)",
    "UPDATE reminder SET application = NULL WHERE application NOT IN (SELECT id FROM application)",
)
"""What refers to what is lost."""


def may_be_read(path: Path) -> bool:
    """Whether there is a file in which something could be; a log alone says too little."""
    with contextlib.suppress(OSError):
        return path.is_file() and path.stat().st_size > 0
    return False


def salvage(path: Path, target: Path, at: datetime, keys: Keys = NO_KEYS) -> Backup:
    """Write every row of the user's that can be read to a new database, which is verified as any backup.

    The damaged file and its log are copied first, and never opened themselves. Rows on damaged pages are
    lost, and what can't be without them: an interview without its application, say. What is written is under
    the passphrase of the file. Raises ``Refused`` where nothing can be read.
    """
    if not may_be_read(path):
        raise _nothing(path)
    with translated_errors(str(target)):
        key = opening.key_of_damaged(path, keys)
        backups.make_folder(target.parent)
        with _copied(path, target.parent, key) as copy:
            if key is None:
                _mend_first_page(copy)
            saved = _rows_of(copy, path, key)
        try:
            return backups.write(saved, target, at, Why.SALVAGED, key=key)
        finally:
            saved.close()


def _mend_first_page(copy: Path) -> None:
    """Where the first page is noise, which says where all else is, put what belongs there in its place.

    The header is that of any database of ours. What follows it is as in a new one where the tables were never
    changed, and is taken only if everything fits together then; else all stays as it is.
    """
    with copy.open("r+b") as file:
        first, size = file.read(_PAGE), copy.stat().st_size
        if len(first) < _PAGE or _told(copy, has_all_tables):
            return
        new = _new_first_page(size // _PAGE)
        for mended, holds in (
            (new[:_HEADER] + first[_HEADER:], lambda found: bool(migrations.columns_of(found))),
            (first[:_HEADER] + new[_HEADER:], _fits_together),
            (new, _fits_together),
        ):
            file.seek(0)
            file.write(mended)
            file.flush()
            if _told(copy, holds):
                return
        file.seek(0)
        file.write(first)


def _told(copy: Path, question: Callable[[apsw.Connection], bool]) -> bool:
    """The answer, ``False`` where nothing can be read."""
    try:
        connection = apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error:
        return False
    try:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        return question(connection)
    except (apsw.Error, UnicodeDecodeError):
        return False
    finally:
        connection.close()


def _fits_together(found: apsw.Connection) -> bool:
    return has_all_tables(found) and is_sound(found)


def _new_first_page(pages: int) -> bytes:
    """The first page of a new database, for a file of so many pages, none of which is free."""
    memory = apsw.Connection(":memory:")
    try:
        memory.pragma("application_id", APPLICATION_ID)
        migrations.migrate(memory)
        page = bytearray(memory.serialize("main")[:_PAGE])
    finally:
        memory.close()
    page[18:20] = b"\2\2"  # with a log
    page[92:96] = page[24:28]  # so the count of pages is believed
    page[28:32] = pages.to_bytes(4, "big")
    page[32:40] = bytes(8)
    return bytes(page)


def carry_drafts(path: Path, key: Key | None, into: apsw.Connection) -> None:
    """Put what was typed and not saved, and the settings kept here, of a damaged database into another.

    It is as much as can be read, and that one is brought to our schema for it. Nothing is raised: there may
    be no database, or none of these.
    """
    memory = apsw.Connection(":memory:")
    try:
        migrations.migrate(memory)
        with _copied(path, path.parent, key) as copy:
            source = connected(str(copy), apsw.SQLITE_OPEN_READWRITE, key)
            try:
                source.pragma("writable_schema", True)
                drafts = _take_over(source, memory, table_name(DraftTable))
                settings = _take_settings(source, memory)
            finally:
                source.close()
        if drafts or settings:
            migrations.migrate(into)
            rows = memory.execute("SELECT kind, key, position, texts FROM draft")
            with into:
                if drafts:
                    into.execute("DELETE FROM draft")
                insert = "INSERT INTO draft (kind, key, position, texts) VALUES (?, ?, ?, ?)"
                into.executemany(insert, rows)
                _take_settings(memory, into)
    except (apsw.Error, OSError, migrations.MigrationFailed):
        return
    finally:
        memory.close()


@contextlib.contextmanager
def _copied(path: Path, beside: Path, key: Key | None) -> Iterator[Path]:
    """A copy of a database and its log, which is gone afterwards: the files themselves are never opened.

    The log is mended, if it is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="salvage-", dir=beside) as folder:
        copy = Path(folder) / "damaged.db"
        shutil.copyfile(path, copy)
        os.truncate(copy, -(-copy.stat().st_size // _PAGE) * _PAGE)  # SQLite can't read a part of a page
        log = _log_of(path, key)
        if log is not None:
            _mend_log(copy, Path(shutil.copyfile(log, f"{copy}-wal")), key)
        yield copy


def _log_of(path: Path, key: Key | None) -> Path | None:
    """The log beside the file or, without one, what was put aside when another program wrote into the file.

    That one no longer counts once the file went on without it.
    """
    log = opening.beside(path)[0]
    if opening.has_log(path):
        return log
    real = Path(os.path.realpath(path))
    former = [each for each in opening.files_in(real.parent) if opening.is_former_log(each, real)]
    newest = max(former, key=_put_aside_at, default=None)
    if newest is None or real.stat().st_mtime_ns > _put_aside_at(newest) or not _goes_on(real, newest, key):
        return log if log.exists() else None
    return newest


def _put_aside_at(log: Path) -> int:
    """When it got its name: the system notes the last change of a file's name, too."""
    return log.stat().st_ctime_ns


def _goes_on(path: Path, log: Path, key: Key | None) -> bool:
    """Whether the log may go on from the file, as far as its first page tells; noise tells nothing."""
    unsealed = partial(first_page, key=key) if key is not None else bytes
    head = unsealed(read_head(path, SEALED_PAGE))
    if head is None or not head.startswith(MAGIC):
        return True
    firsts = (unsealed(frame.page) for frame in frames(log) if frame.number == 1)
    counters = [_counter(page) for page in firsts if page is not None]
    return fits(head, log, unsealed) and (not counters or _counter(head) <= max(counters))


def _counter(first: bytes) -> int:
    return int.from_bytes(first[24:28], "big")


def _mend_log(copy: Path, log: Path, key: Key | None) -> None:
    with contextlib.suppress(apsw.Error):
        connection = connected(str(copy), apsw.SQLITE_OPEN_READWRITE, key)
        try:
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            damaged = log_damage.is_damaged(log, connection)
        finally:
            connection.close()
        if damaged:
            Path(f"{copy}-shm").unlink(missing_ok=True)
            log_damage.mend(log)


def _rows_of(copy: Path, path: Path, key: Key | None) -> apsw.Connection:
    """A sound database in memory with what can be read of this one."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    source = connected(str(copy), flags, key)
    memory = apsw.Connection(":memory:", flags=flags | apsw.SQLITE_OPEN_URI)
    try:
        # With this SQLite reads on where the file is shorter than its header says.
        source.pragma("writable_schema", True)
        version = _schema_of(source)
        memory.pragma("application_id", APPLICATION_ID)
        migrations.migrate(memory, migrations.MIGRATIONS[:version])
        memory.pragma("foreign_keys", False)
        known = {table for table, _column in migrations.columns_of(memory)}
        tables = [table_name(model) for model in RECORDED if table_name(model) in known]
        if not sum([_take_over(source, memory, table) for table in tables]):
            raise _nothing(path)  # noqa: TRY301 - the handler below closes what is open
        if table_name(DraftTable) in known:
            _take_over(source, memory, table_name(DraftTable))
            _take_settings(source, memory)
        for statement in _ORPHANS:
            memory.execute(statement)
        migrations.migrate(memory)
    except (apsw.NotADBError, apsw.CorruptError) as error:
        memory.close()
        raise _nothing(path) from error
    except BaseException:
        memory.close()
        raise
    finally:
        source.close()
    return memory


def _nothing(path: Path) -> Unusable:
    return Unusable(_("Nothing in {file} can be read.").format(file=path))


def _schema_of(source: apsw.Connection) -> int:
    """The schema that the file says it has, or ours where what it says can't be."""
    version = migrations.schema_version(source)
    return version if 1 <= version <= migrations.LATEST else migrations.LATEST


def _take_settings(source: apsw.Connection, target: apsw.Connection) -> int:
    """Those of the window that are kept here, as far as they can be read; how many that is."""
    count = 0
    # All else in this table tells of the database that it is in.
    with contextlib.suppress(apsw.Error, UnicodeDecodeError):
        for row in source.execute("SELECT name, value FROM meta WHERE name GLOB ?", (f"{SETTING}*",)):
            target.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", row)
            count += 1
    return count


def _take_over(source: apsw.Connection, memory: apsw.Connection, table: str) -> int:
    info = list(memory.execute("SELECT name, pk, type FROM pragma_table_info(?)", (table,)))
    key = [str(name) for name, place, _type in sorted(info, key=lambda row: int(str(row[1]))) if place]
    # Read as bytes: noise in a text is no UTF-8, and the rest of the row holds all the same.
    texts = {str(name) for name, place, kind in info if kind == "TEXT" and not place}
    columns = [*key, *(str(name) for name, place, _type in info if not place)]
    marks = ", ".join("?" * len(columns))
    count = 0
    for row in _readable(source, table, columns, len(key), texts):
        with contextlib.suppress(apsw.ConstraintError, apsw.MismatchError):
            memory.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)
            count += 1
    return count


def _readable(
    source: apsw.Connection, table: str, columns: list[str], keys: int, texts: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows from the first on as far as they can be read, those from the last on, and those between."""
    cells = [f"CAST({each} AS BLOB)" if each in texts else each for each in columns]
    select = f"SELECT {', '.join(cells)} FROM {table} NOT INDEXED"
    order = ", ".join(columns[:keys])
    back = ", ".join(f"{column} DESC" for column in columns[:keys])
    seen: set[tuple[Any, ...]] = set()
    ahead: list[tuple[Any, ...]] = []
    behind: list[tuple[Any, ...]] = []
    is_whole = _read(source, f"{select} ORDER BY {order}", (), ahead)
    if not is_whole:
        _read(source, f"{select} ORDER BY {back}", (), behind)
    found = [*ahead, *behind]
    if not is_whole and keys and all(isinstance(row[0], str) for row in found):
        low, high = (ahead[-1][0] if ahead else ""), (behind[-1][0] if behind else "")
        shared = _shared(low, high)
        query = f"{select} WHERE {columns[0]} > ? ORDER BY {order}"
        for probe in (shared + first + second for first in _PRINTED for second in _PRINTED):
            if probe > low and (not high or probe < high):
                between: list[tuple[Any, ...]] = []
                _read(source, f"{query} LIMIT 500", (probe,), between)
                found += takewhile(lambda row: not high or row[0] < high, between)
                low = max(low, between[-1][0]) if between else low
    for row in found:
        if row[:keys] not in seen:
            seen.add(row[:keys])
            yield tuple(map(_as_text, row))


def _as_text(cell: Any) -> Any:
    """Bytes of a text with marks where there is noise in them."""
    return cell.decode("utf-8", "replace").replace("\0", "\ufffd") if isinstance(cell, bytes) else cell


def _shared(low: str, high: str) -> str:
    """What both begin with."""
    both = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return "".join(letter for letter, _same in both)


def _read(
    source: apsw.Connection, statement: str, values: tuple[str, ...], into: list[tuple[Any, ...]]
) -> bool:
    """Whether all of it could be read; what could is added."""
    try:
        for row in source.execute(statement, values):
            into.append(row)
    except (apsw.CorruptError, apsw.NotADBError, apsw.SQLError, apsw.IOError, UnicodeDecodeError):
        return False
    return True
