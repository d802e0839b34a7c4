"""What can still be read of a damaged database, row by row, as a sound one beside the backups.

The trees of the file are not gone down, for a page that is damaged would hide all that hang below it: each
page is read by itself, and of which table a row is, it tells itself.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import struct
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import Application, Policy, Stage, employer_key
from followup_desktop.i18n import _
from followup_desktop.storage import backups, lineage, log_damage, migrations, opening
from followup_desktop.storage.backups import Backup, BackupContents, NoBackupNeeded, Why
from followup_desktop.storage.cipher import Key, Keys, connected, first_page
from followup_desktop.storage.drafts import SETTING
from followup_desktop.storage.failures import UNREADABLE, Unusable, translated_errors
from followup_desktop.storage.leftovers import SALVAGING
from followup_desktop.storage.loose_records import PAGE, Cell, records
from followup_desktop.storage.opening import APPLICATION_ID, NO_KEYS
from followup_desktop.storage.pages import MAGIC, SEALED_PAGE, first_frame, fits, read_head
from followup_desktop.storage.records import BY_TABLE, COLUMNS, policy_values
from followup_desktop.storage.tables import (
    ACCOUNT,
    RECORDED,
    URL,
    ApplicationIndexTable,
    ApplicationTable,
    DraftTable,
    MetaTable,
    PolicyTable,
    SyncStateTable,
    TemplateTable,
    table_name,
)

Row = tuple[str | int | None, ...]

_VERSION_AT = 60
"""Where the first page tells the schema."""
_FILLING = 1 << 20
_TO_WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
_NOISE = re.compile("[\0\ufffd]+")
_UNKNOWN = ("", "", "")
_LAST_STAGE = (
    "SELECT to_stage FROM event WHERE application = ? AND to_stage IS NOT NULL ORDER BY at DESC, id LIMIT 1"
)
_USERS = tuple(map(table_name, RECORDED))
_DRAFTS, _META, _INDEX = map(table_name, (DraftTable, MetaTable, ApplicationIndexTable))
_SYNC = table_name(SyncStateTable)
_NAMES: Mapping[str, Collection[str]] = {
    table_name(PolicyTable): policy_values(Policy()).keys(),
    table_name(TemplateTable): frozenset(TemplateName),
    _META: (SETTING.rstrip("/"),),
    _SYNC: (ACCOUNT, URL),
}
"""What a name in these tables is, up to a slash, for others have columns like theirs. Of what is in ``meta``
all but settings tells of the database that it is in, and so does the state of a calendar server, but whose
it is."""
_TELL_OF_APPLICATIONS = "SELECT application FROM interview UNION SELECT application FROM event"
_ORPHANS = {
    "application_contact": """DELETE FROM application_contact
        WHERE application NOT IN (SELECT id FROM application) OR contact NOT IN (SELECT id FROM contact)""",
    "interview_interviewer": """DELETE FROM interview_interviewer
        WHERE interview NOT IN (SELECT id FROM interview) OR contact NOT IN (SELECT id FROM contact)""",
    "invitation": "DELETE FROM invitation WHERE interview NOT IN (SELECT id FROM interview)",
    "event": """UPDATE event SET contact = NULL WHERE contact NOT IN (SELECT id FROM contact);
        UPDATE event SET interview = NULL WHERE interview NOT IN (SELECT id FROM interview)""",
    "reminder": """UPDATE reminder SET application = NULL
        WHERE application NOT IN (SELECT id FROM application)""",
}
"""What refers to what is lost; and the rows of other tables that look like those of these."""


def may_be_read(path: Path) -> bool:
    """Whether there is anything in which something could be: the file, or the log beside it."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size > 0:
            return True
        # Without a file, or with an empty one: what else has its name is no loss of which the log could tell.
        is_lost = not path.exists() or path.is_file()
        return is_lost and first_frame(opening.beside(path)[0]) is not None
    return False


def salvage(
    path: Path,
    target: Path,
    at: datetime,
    keys: Keys = NO_KEYS,
    is_too_little: Callable[[BackupContents], bool] = lambda _contents: False,
) -> Backup:
    """Write every row of the user's that can be read to a new database, which is verified as any backup.

    The damaged file, if it is there, and its log are copied first, and never opened themselves. Rows on
    damaged pages are lost, and what says nothing without them, as who belongs to an application. What is
    written is under the passphrase of the file. Raises ``Refused`` where nothing can be read but settings and
    templates, or ``is_too_little`` tells so of what can be.
    """
    if not may_be_read(path):
        raise _nothing(path)
    with translated_errors(str(target)):
        key = opening.key_of_damaged(path, keys)
        backups.make_folder(target.parent)
        saved = _sound(_image(path, target.parent, key), path)
        try:
            return backups.write(saved, target, at, Why.SALVAGED, key=key, is_kept=is_too_little)
        except NoBackupNeeded:
            raise _too_little(path) from None
        finally:
            saved.close()


def carry_drafts(path: Path, key: Key | None, into: apsw.Connection) -> None:
    """Put what was typed and not saved, and the settings kept here, of a damaged database into another.

    And whose calendar on a server is kept: else that stayed there, and nobody wrote it any more.

    It is as much as can be read, and that one is brought to our schema for it. Nothing is raised: there may
    be no database, or none of these.
    """
    with contextlib.suppress(apsw.Error, OSError, migrations.MigrationFailed):
        found = _rows(_image(path, path.parent, key), {_DRAFTS, _META, _SYNC})
        if found:
            migrations.migrate(into)
            with into:
                if found[_DRAFTS]:
                    into.execute(f"DELETE FROM {_DRAFTS}")
                if found[_SYNC]:
                    into.execute(f"DELETE FROM {_SYNC}")
                _put(into, found)


def _image(path: Path, beside: Path, key: Key | None) -> bytes:
    """The pages of a database, plain, as they are after the last commit that can be read; none if none can.

    The file itself and its log are never opened. Its first page is a new one's unless it is in the log, as it
    says what the others are, and nothing of the user's.
    """
    with tempfile.TemporaryDirectory(prefix=SALVAGING, dir=beside) as folder:
        copy = Path(folder) / "damaged.db"
        if path.is_file():
            shutil.copyfile(path, copy)
        else:
            copy.touch()
        _renew_first_page(copy, key)
        alone = _serialized(copy, key)
        log = _log_of(path, key)
        if log is None:
            return alone
        Path(f"{copy}-shm").unlink(missing_ok=True)
        is_mended = _mend_log(copy, Path(shutil.copyfile(log, f"{copy}-wal")), key)
        whole = _serialized(copy, key)
        in_file = [] if is_mended else _lineages(alone)
        if in_file:
            is_its = any(lineage.goes_on(each, state) for each in _lineages(whole) for state in in_file)
        else:
            is_its = not path.is_file() or _goes_on(path, log, key)
            is_its = is_its and not opening.is_spoilt_by_log(path, Keys() if key is None else Keys(key))
        return whole if is_its else alone


def _serialized(copy: Path, key: Key | None) -> bytes:
    connection = _opened(copy, key)
    try:
        return connection.serialize("main") or b""
    except (apsw.CorruptError, apsw.NotADBError):
        return b""
    finally:
        connection.close()


def _lineages(image: bytes) -> list[lineage.Lineage]:
    """What its row tells; where a crash came as pages were written there may be several."""
    found = []
    for name, value in records(image, {2}) if image else ():
        if name == lineage.ROW.encode() and isinstance(value, bytes):
            with contextlib.suppress(ValueError):  # one that can't be read tells nothing
                found.append(lineage.parsed(value.decode()))
    return found


def _opened(copy: Path, key: Key | None) -> apsw.Connection:
    """A connection that reads on whatever is damaged, and leaves the log as it is."""
    connection = connected(str(copy), apsw.SQLITE_OPEN_READWRITE, key, is_checked=False)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    # With this SQLite reads on where the file is shorter than its header says.
    connection.pragma("writable_schema", True)
    return connection


def _renew_first_page(copy: Path, key: Key | None) -> None:
    """Put the first page of a new database of at least as many pages, and the same schema, in its place."""
    with copy.open("rb") as file:
        head = file.read(SEALED_PAGE)
    new = copy.with_name("new.db")
    connection = connected(str(new), _TO_WRITE, key)
    try:
        for name, setting in (
            ("synchronous", "off"),
            ("journal_mode", "off"),
            ("user_version", _schema(head, key)),
        ):
            connection.pragma(name, setting)
        connection.execute("CREATE TABLE filling (bytes BLOB)")
        for _part in range(0, copy.stat().st_size, _FILLING):
            connection.execute("INSERT INTO filling VALUES (zeroblob(?))", (_FILLING,))
        connection.pragma("journal_mode", "wal")  # so a log beside it is read
    finally:
        connection.close()
    with new.open("rb") as made, copy.open("r+b") as file:
        file.write(made.read(PAGE))
    new.unlink()


def _schema(head: bytes, key: Key | None) -> int:
    """The schema that a first page tells, or ours where that can't be."""
    page = head if key is None else first_page(head, key) or b""
    if page.startswith(MAGIC) and len(page) == PAGE:
        (version,) = struct.unpack_from(">I", page, _VERSION_AT)
        if 1 <= version <= migrations.LATEST:
            return int(version)
    return migrations.LATEST


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
        return log if log.is_file() else None
    return newest


def _put_aside_at(log: Path) -> int:
    """When it got its name: the system notes the last change of a file's name, too."""
    return log.stat().st_ctime_ns


def _goes_on(path: Path, log: Path, key: Key | None) -> bool:
    """Whether the log may go on from the file, as far as their first pages tell; noise tells nothing."""
    unsealed = partial(first_page, key=key) if key is not None else bytes
    head = unsealed(read_head(path, SEALED_PAGE))
    if head is None or not head.startswith(MAGIC):
        return True
    return fits(head, log, unsealed) or not log_damage.is_sound_until(log, page=1)


def _mend_log(copy: Path, log: Path, key: Key | None) -> bool:
    """Write the log anew where it's damaged; whether it was."""
    with contextlib.suppress(apsw.Error):
        connection = _opened(copy, key)
        try:
            damaged = log_damage.is_damaged(log, connection)
        finally:
            connection.close()
        if damaged:
            Path(f"{copy}-shm").unlink(missing_ok=True)
            log_damage.repair(log)
            return True
    return False


def _sound(image: bytes, path: Path) -> apsw.Connection:
    """A sound database in memory with what can be read of this one."""
    version = _schema(image[:PAGE], None)
    rows = _rows(image, {*_USERS, _DRAFTS, _META, _INDEX}, version)
    memory = apsw.Connection(":memory:", flags=_TO_WRITE | apsw.SQLITE_OPEN_URI)
    try:
        memory.pragma("application_id", APPLICATION_ID)
        migrations.migrate(memory, migrations.MIGRATIONS[:version])
        memory.pragma("foreign_keys", False)
        _put(memory, {table: found for table, found in rows.items() if table != _INDEX})
        _stand_in(memory, {str(row[0]): row for row in rows[_INDEX]})
        for table in rows.keys() & _ORPHANS.keys():
            memory.execute(_ORPHANS[table])
        found = backups.contents_of(memory).rows
        if not backups.holds_anything(found):
            raise _too_little(path) if any(found.values()) else _nothing(path)  # noqa: TRY301
        migrations.migrate(memory)
    except BaseException:
        memory.close()
        raise
    return memory


def _too_little(path: Path) -> Unusable:
    sentence = _("No application, contact, interview or event in {file} can be read.")
    return Unusable(sentence.format(file=path))


def _nothing(path: Path) -> Unusable:
    return Unusable(_("Nothing in {file} can be read.").format(file=path))


@dataclass(frozen=True)
class _SalvagedColumn:
    """A column of a table: what a cell of it can be, and what turns it into a value, if anything does."""

    name: str
    is_text: bool
    is_nullable: bool
    is_key: bool
    convert: Callable[[Any], Any] | None

    def value(self, cell: Cell) -> str | int | None:
        """What the cell has, with marks for noise in a text; ``ValueError`` if it is none of this."""
        if cell is None or (self.is_nullable and isinstance(cell, bytes) and not cell.strip(b"\0")):
            if self.is_nullable:
                return None
            raise ValueError(self.name)
        if isinstance(cell, bytes) is not self.is_text:
            raise ValueError(self.name)
        value = _text(cell, self.is_key) if isinstance(cell, bytes) else cell
        if self.convert is not None:
            try:
                self.convert(value)
            except UNREADABLE as error:
                if self.is_nullable:
                    return None
                raise ValueError(self.name) from error
        return value


def _text(cell: bytes, is_key: bool) -> str:
    if is_key:
        return cell.decode()
    return _NOISE.sub("\ufffd", cell.decode("utf-8", "replace"))


class _Shape(NamedTuple):
    """What rows of a table look like: the columns as they are stored, and how many a row may have of them.

    Those that came with a later schema are missing in what was written before.
    """

    table: str
    columns: list[_SalvagedColumn]
    widths: set[int]

    def row(self, cells: tuple[Cell, ...]) -> Row | None:
        """The row that this record may be."""
        try:
            row = tuple([column.value(cell) for column, cell in zip(self.columns, cells, strict=False)])
        except ValueError:
            return None
        names = _NAMES.get(self.table)
        return row if names is None or str(row[0]).partition("/")[0] in names else None


@cache
def _shapes(tables: frozenset[str], version: int) -> tuple[_Shape, ...]:
    memory = apsw.Connection(":memory:")
    found: dict[str, _Shape] = {}
    widths: dict[str, set[int]] = defaultdict(set)
    try:
        for number in range(version):
            migrations.migrate(memory, migrations.MIGRATIONS[: number + 1])
            for table in tables:
                info = list(
                    memory.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,))
                )
                if info:
                    widths[table].add(len(info))
                    found[table] = _Shape(table, _columns(table, info), widths[table])
    finally:
        memory.close()
    return tuple(found.values())


def _columns(table: str, info: list[tuple[Any, ...]]) -> list[_SalvagedColumn]:
    known = BY_TABLE.get(table)
    converters = {} if known is None else {known.names[at]: convert for at, convert in known.converters}
    return [
        _SalvagedColumn(name, kind == "TEXT", not is_filled, bool(key), converters.get(name))
        for name, kind, is_filled, key in info
    ]


def _rows(image: bytes, tables: Collection[str], version: int = migrations.LATEST) -> dict[str, list[Row]]:
    """What may be a row of one of these tables, by table; one that looks like those of several is in each."""
    found: dict[str, list[Row]] = defaultdict(list)
    shapes = _shapes(frozenset(tables), version)
    by_width = {
        width: [shape for shape in shapes if width in shape.widths]
        for width in {width for shape in shapes for width in shape.widths}
    }
    for cells in records(image, by_width) if image else ():
        for shape in by_width[len(cells)]:
            row = shape.row(cells)
            if row is not None:
                found[shape.table].append(row)
    return found


def _put(into: apsw.Connection, rows: Mapping[str, list[Row]]) -> None:
    """Write what the tables take."""
    for table, found in rows.items():
        columns = [column for (column,) in into.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        for row in found:
            names, marks = ", ".join(map(str, columns[: len(row)])), ", ".join("?" * len(row))
            with contextlib.suppress(apsw.ConstraintError, apsw.MismatchError):
                into.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", row)


def _stand_in(memory: apsw.Connection, indexed: Mapping[str, Row]) -> None:
    """Put an application where interviews or a timeline are left of one that is lost, by what is known."""
    lost = list(memory.execute(f"{_TELL_OF_APPLICATIONS} EXCEPT SELECT id FROM application"))
    known = {column for (column,) in memory.execute("SELECT name FROM pragma_table_info('application')")}
    for (own,) in lost:
        employer, role = (str(cell) for cell in indexed.get(str(own), _UNKNOWN)[1:3])
        stage = next(memory.execute(_LAST_STAGE, (own,)), (Stage.APPLIED,))[0]
        stand_in = Application(
            id=str(own),
            employer=employer or _("Unknown employer"),
            role=role or _("Unknown role"),
            stage=Stage(str(stage)),
        )
        columns = COLUMNS[ApplicationTable]
        cells = columns.row_of(stand_in, employer_key=employer_key(stand_in.employer), trashed_at=None)
        row = {name: cell for name, cell in zip(columns.names, cells, strict=True) if name in known}
        memory.execute(
            f"INSERT INTO application ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )
