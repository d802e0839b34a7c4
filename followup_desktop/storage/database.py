"""The database file: how it is opened, checked, written in transactions and copied."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from threading import get_ident
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

import apsw
from peewee import PeeweeException, Query
from playhouse.apsw_ext import APSWDatabase

from followup_desktop.domain.errors import ReadOnly, Refused
from followup_desktop.i18n import _
from followup_desktop.storage import backups, lineage, migrations, opening, rekeying
from followup_desktop.storage.backups import Backup, BackupComparison, BackupContents, DatabaseDigest, Why
from followup_desktop.storage.cipher import SALT, Key, Keys, Note, connected, give_key, read_into_memory
from followup_desktop.storage.failures import (
    Busy,
    Locked,
    Unusable,
    damaged,
    not_read,
    not_written,
    translated_errors,
)
from followup_desktop.storage.file_watch import (
    Fate,
    FileWatch,
    Identity,
    Misplaced,
    free_name,
    identity_of,
    replaced,
)
from followup_desktop.storage.folding import fold, sort_key
from followup_desktop.storage.leftovers import remove_leftovers
from followup_desktop.storage.lineage import Lineage, StateCounter
from followup_desktop.storage.opening import (
    APPLICATION_ID,
    NO_TRACES,
    Traces,
    backups_folder,
)
from followup_desktop.storage.pages import read_head, read_through
from followup_desktop.storage.soundness import (
    AFTER_START_SECONDS,
    has_all_tables,
    is_large,
    is_sound,
    looks_sound,
    texts_hold,
)
from followup_desktop.storage.tables import ACCOUNT, RESTORED, TOKEN

T = TypeVar("T")

AT_A_TIME = 500
"""So many applications are read, planned or written before the next.

Whoever works beside the window has Python to itself while it makes or gives up a long list; between two parts
the window gets its turn, and not all there is has to be in memory.
"""

__all__ = ["BUSY_SECONDS", "Database", "backups_folder", "open_database"]

BUSY_SECONDS = 5
"""So long a write waits for that of another process, unless it is told to be quicker."""
_SECONDS_BETWEEN_TRIES = 0.1
_PAGES_KEPT, _PAGES_OF_LARGE_WRITE = -2_000, -16_000
"""In KiB, as the sign says: the first is what SQLite keeps unless it's told otherwise."""
_STATEMENTS_KEPT = 300
"""An edit runs eighty, and each view others: of the hundred that apsw keeps, some were put together anew."""
_STEPS_BETWEEN_LOOKS = 1000
_HAS_ENTRIES = """
    SELECT EXISTS (SELECT 1 FROM application) OR EXISTS (SELECT 1 FROM contact)
        OR EXISTS (SELECT 1 FROM reminder) OR EXISTS (SELECT 1 FROM template)
        OR EXISTS (SELECT 1 FROM draft)"""
_PAGES_OF_LOG = 1000
"""So long the log becomes before it is brought into the file, which is SQLite's own choice."""
_PRAGMAS = {"synchronous": "full", "foreign_keys": 1, "wal_autocheckpoint": 0}


def _folded(*texts: apsw.SQLiteValue) -> apsw.SQLiteValue:
    return fold(str(texts[0]))


def _sorted_by(*texts: apsw.SQLiteValue) -> apsw.SQLiteValue:
    return sort_key(str(texts[0]))


class _LogKeepingDatabase(APSWDatabase):  # type: ignore[misc]  # it has no types
    """Keeps the log of a file in which something is found wrong, be it by the first statement.

    An empty log is nothing to keep, and SQLite clears it away. ``fold`` gives texts as they are compared, and
    ``sort_key`` as the language in use sorts them.
    """

    key: Key | None = None

    def _add_conn_hooks(self, connection: apsw.Connection) -> None:
        give_key(connection, self.key)  # before anything is read
        _keep_log_at_close(connection, opening.has_log(Path(connection.filename)))
        connection.create_scalar_function("fold", _folded, 1, deterministic=True)
        connection.create_scalar_function("sort_key", _sorted_by, 1)
        super()._add_conn_hooks(connection)


class _ErrorTranslation:
    """Gives what is raised inside to ``translate``, which raises it as it is to be told.

    Every statement runs in one: as a generator it took 2 µs, as long as SQLite takes for a short one.

    Neither this nor ``translate`` keeps what was met: what is raised again keeps them, and with them all who
    called, until Python looks for cycles. Behind an import that needed no backup these were 38,000 things of
    its file, and 30 ms of one turn of the window.
    """

    __slots__ = ("_translate",)

    def __init__(self, translate: Callable[[BaseException], None]) -> None:
        self._translate = translate

    def __enter__(self) -> None:
        return

    def __exit__(
        self, _kind: type[BaseException] | None, met: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if met is not None:
            try:
                self._translate(met)
            finally:
                del met


class _FormerFile(NamedTuple):
    """What tells a file that is to be opened again: which it was, its key then, and the one it was to get.

    A copy of it has its place by now only if it ``may_be_copy``.
    """

    identity: Identity | None
    former: Key | None
    key: Key | None
    may_be_copy: bool = True

    def check(self, path: Path, connection: apsw.Connection, key: Key | None) -> None:
        """Raise ``Misplaced`` unless this is the file, or the copy of it that has the other key."""
        if identity_of(path) == self.identity:
            return
        names_former = self.former is None or self.former in rekeying.former_keys(connection)
        if not self.may_be_copy or key != self.key or not names_former:
            raise replaced(path)


class Database:
    """One connection to the database, for one thread.

    Nothing is opened by itself. A transaction that writes takes the write lock at its beginning: one that
    reads first and then writes would be refused at once when another process wrote in between.
    """

    def __init__(
        self, peewee: _LogKeepingDatabase, path: Path | None, name: str, patience: float, keys: Keys
    ) -> None:
        self._peewee = peewee
        self._thread = get_ident()
        """The one that may make the connection anew."""
        self.name = name
        self.path = path
        self.keys = keys
        """The keys that were given so far, that of the file among them."""
        self._file_watch = None if path is None else FileWatch(path, peewee.key)
        self._counting = StateCounter()
        self.patience = patience
        """Seconds that a write waits for that of another process."""
        self._is_cancelled: Callable[[], bool] = bool
        self.is_to_be_looked_at = False
        """Whether the file was opened without a look at its pages, which is to follow then."""
        self._entered = path is None
        self._changes_unseen = 0
        self._rollbacks = 0
        self._has_room = False
        self._jotted = 0
        self._kept: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._holding: frozenset[str] = frozenset()
        self._may_have_read_others = False
        self._was_read_only = False
        """Whether the last write found that nothing can be written over this connection."""
        self._misplaced: Misplaced | None = None
        """Why nothing may be written: this is a copy of a file that is not in its place."""
        self._key_of_copies = peewee.key
        """The key of the file of which this is a copy in memory, or its own."""
        self._reopening: _FormerFile | None = None
        """What the file is to be that couldn't be opened again yet."""
        self._peewee.connect()

    @property
    def connection(self) -> apsw.Connection:
        """The connection itself, for sessions and backups."""
        if self._reopening is not None:
            self._open_again()
        connection: apsw.Connection = self._peewee.connection()
        return connection

    @property
    def key(self) -> Key | None:
        """The key of the file; ``None`` where it is plain."""
        return self._peewee.key

    def translated_errors(self) -> AbstractContextManager[None]:
        """Errors of the database inside become ``Refused``: first of all that the file has lost its place.

        What somebody else did to an open file looks like damage, or like a disk that can't be read, to
        whoever reads a page of it.
        """
        return _ErrorTranslation(self._translate)

    def _translate(self, met: BaseException) -> None:
        try:
            with translated_errors(self.name):
                raise met
        except (Busy, Misplaced):
            raise
        except (Refused, apsw.Error) as error:
            self._was_read_only |= isinstance(error.__cause__, apsw.ReadOnlyError)
            with contextlib.suppress(apsw.Error, OSError):
                self._look_for_fate(error)
            if isinstance(error, Unusable) and self.path is not None:
                _refuse_unread(self.path)
                self._refuse_what_is_sound(error)
                opening.suspect(self.path, is_damaged=True)
            raise
        finally:
            del met

    def _refuse_what_is_sound(self, error: Unusable) -> None:
        """Raise ``Refused`` where it was the disk that failed once, which SQLite tells as damage.

        A text that is noise stays damage: not all of them are looked at.
        """
        if self.path is None or opening.is_suspect(self.path):
            return
        if isinstance(error.__cause__, UnicodeDecodeError):
            return
        with contextlib.suppress(apsw.CorruptError, apsw.NotADBError), translated_errors(self.name):
            if self._holds(self.path, _is_whole):
                raise not_read(self.name) from error

    def _holds(
        self,
        path: Path,
        look: Callable[[apsw.Connection], bool],
        is_cancelled: Callable[[], bool] = bool,
    ) -> bool:
        """What a look at the file says, over a connection of its own that only reads."""
        other = connected(str(path), apsw.SQLITE_OPEN_READONLY, self.key)
        try:
            other.set_busy_timeout(BUSY_SECONDS * 1000)
            other.set_progress_handler(is_cancelled, _STEPS_BETWEEN_LOOKS, id="cancelled")
            return look(other)
        finally:
            other.close()

    def _look_for_fate(self, error: Exception | None = None) -> None:
        """Raise ``Misplaced`` if the file has lost its place; any thread may call this.

        ``error`` is what a read met.
        """
        if self._file_watch is None or not self._file_watch.is_noted:
            return
        watch = copy(self._file_watch)  # which another thread may be looking at
        watch.is_readable &= error is None
        if (misplaced := watch.misplaced()) is not None:
            self._may_have_read_others = True
            self._file_watch.is_readable = watch.is_readable
            raise misplaced from error

    def execute(self, query: Query) -> Iterator[tuple[Any, ...]]:
        """Run a Peewee query; the rows are plain tuples as SQLite has them."""
        with self.translated_errors():
            return self._rows(self._peewee.execute(query))

    def sql(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; the rows are plain tuples."""
        with self.translated_errors():
            return self._rows(self.connection.execute(statement, values))

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of the rows."""
        with self.translated_errors():
            self.connection.executemany(statement, rows)

    def _rows(self, cursor: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        # Fetched at once, so that damage met while fetching is told as such and no read stays open.
        return iter(list(cursor))

    def in_transaction(self) -> bool:
        """Whether a transaction is open on this connection."""
        return bool(self.connection.in_transaction)

    @contextmanager
    def writing(self, patience: float | None = None, *, brings_log_in: bool = True) -> Iterator[None]:
        """One transaction that writes: committed at the end, rolled back on any error.

        While another process writes, it waits so many seconds at most for its turn, else as many as the
        database's ``patience``; then it raises ``Busy``. A log that has become long comes into the file.
        """
        if self.in_transaction():
            raise RuntimeError("a transaction is open already")
        self._check_place()
        known = self._known_in_file()
        patience = self.patience if patience is None else patience
        try:
            self._begin_writing(patience)
        except Refused:
            if not self._can_be_written_now():
                raise
            self._connect_again()
            known = self._known_in_file()
            self._begin_writing(patience)
        try:
            # Written as it is, it brings the first page and its count into every log: see `pages.fits`.
            # A newer program may have brought the file to another version meanwhile.
            self.sql(f"PRAGMA user_version = {self.schema_version()}")
            self._name_state(known)
            yield
            self._check_place(within=True)
            self.sql("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself, as it does when the disk is full.
            self._rollbacks += 1
            self._kept.clear()
            if self.in_transaction():
                self.sql("ROLLBACK")
            raise
        finally:
            if self._has_room:
                self._has_room = False
                self.connection.pragma("cache_size", _PAGES_KEPT)
        self._remember_entry()
        try:
            self._check_place(within=True)
        except Misplaced:
            self._changes_unseen += 1  # it is in the file, should that come back
            raise
        except Refused:  # it's written by now; what couldn't be looked at here, the next to look tells
            pass
        if brings_log_in and self._file_watch is not None:
            # It's written by now. What can't be done here, as while rows are still being read, the next does.
            with contextlib.suppress(apsw.Error, OSError):
                pages, _done = self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
                if pages >= _PAGES_OF_LOG or self._counting.is_long:
                    self._file_watch.bring_log_in(self.connection.wal_checkpoint)

    def make_room(self) -> None:
        """Keep more of the file in memory until the transaction ends, which writes all over it.

        Of 100,000 applications from a table, whose ids come in no order, each took 27 µs less to import.
        """
        self.connection.pragma("cache_size", _PAGES_OF_LARGE_WRITE)
        self._has_room = True

    def _known_in_file(self) -> Lineage | None:
        """The states until now, if all of them are in the file; ``None`` where they may not be."""
        with contextlib.suppress(apsw.Error):
            if self._file_watch is not None and self._is_log_in_file():
                known = lineage.known_to(self.connection)
                return known if self._is_log_in_file() else None
        return None

    def _is_log_in_file(self) -> bool:
        pages, done = self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
        return pages == done

    def _name_state(self, known_in_file: Lineage | None) -> None:
        """Name the state that this transaction leaves, unless it's in memory, where it has no log."""
        if self._file_watch is None:
            return
        with self.translated_errors():
            before = self.connection.total_changes()
            # Who wrote since the look at the log made it longer.
            is_in_file = known_in_file is not None and lineage.known_to(self.connection) == known_in_file
            self._counting.name_next(self.connection, is_in_file)
            self._jotted += self.connection.total_changes() - before

    @contextmanager
    def jotting(self, patience: float = 0) -> Iterator[None]:
        """A transaction for what is no fact, such as a draft: it doesn't wait for the disk.

        It outlives the program at once, and a loss of power with the next one that writes. What is ``kept``
        stays kept. Raises ``Busy`` if anything else is being written for longer than so many seconds.
        """
        if self.in_transaction():
            raise Busy(self.name)
        before = self.connection.total_changes() - self._jotted
        self.connection.pragma("synchronous", "normal")
        try:
            with self.writing(patience, brings_log_in=False):  # the next edit, or heartbeat, sees to it
                yield
        finally:
            self.connection.pragma("synchronous", _PRAGMAS["synchronous"])
            self._jotted = self.connection.total_changes() - before

    def _begin_writing(self, patience: float) -> None:
        """Take the write lock; in many short waits, for whoever gives the work up is not to wait longer."""
        end = time.monotonic() + patience
        try:
            while True:
                left = max(0.0, end - time.monotonic())
                self.connection.set_busy_timeout(round(min(left, _SECONDS_BETWEEN_TRIES) * 1000))
                try:
                    self.sql("BEGIN IMMEDIATE")
                except Busy:
                    if time.monotonic() >= end or self._is_cancelled():
                        raise
                else:
                    return
        finally:
            self.connection.set_busy_timeout(round(self.patience * 1000))

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

    def kept(self, name: str, read: Callable[[], T]) -> T:
        """What ``read`` gives; under that name it is kept until something is written, here or elsewhere."""
        if name not in self._holding:
            state = self.state()
            if name not in self._kept or self._kept[name][0] != state:
                self._kept[name] = state, read()
        value: T = self._kept[name][1]
        return value

    @contextmanager
    def holding(self, **values: object) -> Iterator[None]:
        """These are what is ``kept`` under their names, and what is written within the block changes none."""
        for name, value in values.items():
            self._kept[name] = self.state(), value
        self._holding = frozenset(values)
        try:
            yield
        finally:
            self._holding = frozenset()
            for name in values:
                self._kept[name] = self.state(), self._kept[name][1]

    def state(self) -> tuple[int, ...]:
        """Another one once anything but a draft was written, here or elsewhere, or taken back."""
        written = self.connection.total_changes() - self._jotted
        return self.data_version(), written, self._rollbacks

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with self.translated_errors():
            version: int = self.connection.pragma("data_version")
            return version + (self._changes_unseen << 32)

    def again(self, cancelled: Callable[[], bool]) -> Database:
        """Another connection to the same file, for the thread that asks for it.

        Once ``cancelled`` is true, whatever it runs is broken off with ``apsw.InterruptError``. Where the
        file is gone or empty, it is a copy of what was in it, to read and export; writing is refused there.
        """
        if self.path is None:
            raise RuntimeError("a database in memory has one connection only")
        try:
            if self._thread == get_ident():
                self._check_place()
            else:
                self._check_place_from_elsewhere()
        except Misplaced as misplaced:
            other = self._copy_in_memory(misplaced)
        else:
            with self.translated_errors():
                other = _connected(str(self.path), self.name, self.path, keys=self.keys)
            other.settle()
        other._is_cancelled = cancelled
        other.connection.set_progress_handler(cancelled, _STEPS_BETWEEN_LOOKS)
        return other

    def _copy_in_memory(self, misplaced: Misplaced) -> Database:
        if self._file_watch is None or self._file_watch.fate() not in {Fate.GONE, Fate.EMPTIED}:
            raise misplaced
        other = _connected(":memory:", self.name, None)
        with self.translated_errors():
            read_into_memory(self.connection, other.connection, self.key)
            if not is_sound(other.connection):
                raise damaged(self.name)
        other._misplaced = misplaced
        return other

    def settle(self) -> None:
        """The file was found sound: note its place, and whether anything was entered."""
        _keep_log_at_close(self.connection, False)
        if self._file_watch is not None and self.path is not None:
            self.schema_version()  # a read, with which the log is there
            with self.translated_errors():
                self._file_watch.note()
            self._entered = self._has_entries()
            opening.remember(self.path, entered=self._entered)

    def schema_version(self) -> int:
        """The schema that the file has."""
        with self.translated_errors():
            return migrations.schema_version(self.connection)

    def why_misplaced(self) -> str | None:
        """The sentence for what keeps the open file from being written to; ``None`` if nothing does.

        Its place may be lost, or it may only be read.
        """
        try:
            self._check_place()
        except Refused as refused:
            return str(refused)
        return not_written(self.name) if self.connection.readonly("main") else None

    def check_sound(self) -> None:
        """Look at every page of the file, which takes as long as reading it; ``Refused`` if it is damaged."""
        with self.translated_errors():
            self._look_for_fate()
            if not _is_whole(self.connection):
                raise damaged(self.name)
        self._found_sound()

    def check_file(self, is_cancelled: Callable[[], bool] = bool) -> None:
        """Look at every page over a connection that only reads; ``Refused`` if the file is damaged.

        Any thread may call this. A copy in memory has but one connection. Raises ``apsw.InterruptError`` once
        it is cancelled.
        """
        if self.path is None:
            self.check_sound()
            return
        self._check(self.path, _is_whole, is_cancelled)
        self._found_sound()

    def look_after_start(self, is_cancelled: Callable[[], bool] = bool) -> None:
        """Look at a file that wasn't looked at as it was opened, for a second; ``Refused`` if it's damaged.

        Any thread may call this. It is done sooner once it is cancelled.
        """
        if self.path is not None and self.is_to_be_looked_at:
            look = partial(looks_sound, seconds=AFTER_START_SECONDS)
            self._check(self.path, look, is_cancelled)

    def _check(
        self, path: Path, look: Callable[[apsw.Connection], bool], is_cancelled: Callable[[], bool]
    ) -> None:
        with self.translated_errors():
            self._look_for_fate()
            if not self._holds(path, look, is_cancelled):
                raise damaged(self.name)

    def _found_sound(self) -> None:
        if self.path is not None:
            opening.suspect(self.path, is_damaged=False)

    def why_damaged(self) -> str | None:
        """The sentence for a file that was found damaged, by whoever read it; ``None`` if it wasn't."""
        is_suspect = self.path is not None and opening.is_suspect(self.path)
        return str(damaged(self.name)) if is_suspect else None

    def close(self, *, keep_log: bool = False) -> None:
        """Close the connection; closing twice is harmless. With ``keep_log`` the log stays as it is."""
        self._kept.clear()  # else it stays until Python looks for cycles, which the store is one of
        if self._peewee.is_closed():
            return
        keep_log |= not self._may_bring_log_in()
        _keep_log_at_close(self.connection, keep_log)
        self._peewee.close()

    def _may_bring_log_in(self) -> bool:
        """Whether the file has its place, as far as can be told; if not, what it had is kept otherwise."""
        if self._file_watch is None or not self._file_watch.is_noted:
            return True
        with contextlib.suppress(Refused), translated_errors(self.name):
            fate = self._file_watch.fate()
            if fate is Fate.KEPT:
                return True
            self._leave_place(self._file_watch, fate)
        return False

    def _leave_place(self, watch: FileWatch, fate: Fate) -> None:
        """Keep what the open file had: a copy if it was deleted or emptied, else its log.

        What has taken its place is left alone, and the log is not brought in where another program has
        written into the file: it would be mixed with what is not its own.
        """
        if fate is Fate.OVERWRITTEN:
            watch.put_log_aside()
        elif fate is Fate.EMPTIED:
            self._copy_beside("emptied-while-open")  # from memory, as far as all is there
        elif watch.is_deleted:
            self._copy_beside("deleted-while-open")
            watch.put_log_aside()
        elif not next(self.sql("PRAGMA wal_checkpoint(TRUNCATE)"))[0]:
            watch.put_log_aside()

    def _copy_beside(self, name: str) -> None:
        if self.path is not None and self.path.parent.is_dir():
            target = free_name(backups_folder(self.path) / f"{name}.sqlite3")
            self.copy_to(target, None, Why.LOSS)

    def _check_place(self, *, within: bool = False) -> None:
        """Raise ``Misplaced`` if the file has lost its place; a log that has is made anew, but not within.

        So is the connection where the file was put back after another program had written into it: what was
        read meanwhile was not ours. And where it couldn't be written to and can be now, for SQLite goes on
        only to read.
        """
        if self._misplaced is not None:
            raise self._misplaced
        if self._reopening is not None:
            self._open_again()
        if self._file_watch is None:
            return
        try:
            with translated_errors(self.name):
                self._file_watch.check()
                log_is_kept = self._file_watch.log_is_kept
        except Misplaced:
            self._may_have_read_others = True
            raise
        if within or self.in_transaction():
            return
        if not log_is_kept:
            self._renew_log()
        elif self._may_have_read_others or self._can_be_written_now():
            self._connect_again()

    def _check_place_from_elsewhere(self) -> None:
        """Raise ``Refused`` unless the file and its log have their places, on another thread than our own.

        That one alone makes anything anew.
        """
        if self._reopening is not None:
            raise not_read(self.name)
        self._check_place(within=True)
        if self._file_watch is not None and not self._file_watch.log_is_kept:
            raise self._log_deleted()

    def _log_deleted(self) -> Refused:
        sentence = _("The log of {file} was deleted while in use. Try again in a moment.")
        return Refused(sentence.format(file=self.name))

    def _can_be_written_now(self) -> bool:
        """Whether the file, or the index of its log, was opened to be read only, and may be written to now.

        SQLite tells of the index only once it's to write.
        """
        is_read_only = self._was_read_only or self.connection.readonly("main")
        return self.path is not None and is_read_only and opening.may_write(self.path)

    def _renew_log(self) -> None:
        """Somebody deleted the log: while we still have it, what is in it goes to the file; begin another."""
        if next(self.sql("PRAGMA wal_checkpoint(TRUNCATE)"))[0]:
            raise self._log_deleted()
        if self._file_watch is not None:
            with self.translated_errors():
                self._file_watch.note()  # what was in the log is in no log any more
        self._connect_again()

    def _connect_again(self) -> None:
        """Open the file anew. Raises ``Refused``; then the next to need it tries."""
        if self.path is None or self._file_watch is None:
            return
        self._reopening = _FormerFile(self._file_watch.identity, self.key, self.key, may_be_copy=False)
        with self.translated_errors():
            self._open_again()

    def _remember_entry(self) -> None:
        """Keep beside the file that something was entered; looked for until the first time only."""
        if not self._entered and self.path is not None and self._has_entries():
            self._entered = True
            opening.remember(self.path, entered=True)

    def _has_entries(self) -> bool:
        return bool(next(self.sql(_HAS_ENTRIES))[0])

    def contents(self) -> BackupContents:
        """What the user entered, in numbers and a sum."""
        with self.translated_errors(), self.reading():
            return backups.contents_of(self.connection)

    def compare(self, file: Path) -> BackupComparison:
        """What a backup is to the data as they are now. Raises ``Refused`` where it can't be read as one."""

        def look() -> DatabaseDigest:
            with backups.opened_to_read(file, self.keys) as copy:
                return backups.digest_of(copy)

        with self.translated_errors():
            copy = backups.looked_at_twice(look)
            with self.reading():
                return backups.compared(copy, backups.digest_of(self.connection))

    @contextmanager
    def attached(self, file: Path, schema: str) -> Iterator[Backup]:
        """The data of a backup beside ours, verified, under that schema's name. Not within a transaction."""
        if self.path is not None and file.exists() and file.samefile(self.path):
            sentence = _("{file} is the database itself. Choose one of its backups.")
            raise Refused(sentence.format(file=file))
        self._check_place()  # which may make the connection anew, and that has nothing attached
        with (
            self.translated_errors(),
            backups.attached(self.connection, file, schema, self.keys) as backup,
        ):
            yield backup

    def take_rows_of(self, schema: str) -> None:
        """Make the user's tables equal to those of an attached schema, within a transaction."""
        with self.translated_errors():
            backups.take_rows_of(self.connection, schema)

    def put_under_key(self, key: Key | None, second: Path | None = None) -> None:
        """Put the file under another key, or let it be plain; not within a transaction.

        Broken off at any moment it has the one or the other. Nobody else may have it open. What was broken
        off before is deleted, in the ``second`` folder for backups, too. Raises ``Refused``; then it has the
        key that it had. Where the disk fails in between, it's opened again as soon as it can be.
        """
        if self.path is None or self.in_transaction():
            raise RuntimeError("only a file can be put under a key, and not within a transaction")
        self._check_place()
        if self.connection.readonly("main"):
            raise Refused(not_written(self.name))
        connection = self.connection
        with self.translated_errors():
            reopening = _FormerFile(identity_of(self.path), self.key, key)
            try:
                rekeying.put_under_key(connection, self.path, self.key, key, second)
            finally:
                self._reopening = reopening
                if key is not None:
                    self.keys.add(key)
                self._file_watch = FileWatch(
                    self.path
                )  # until it's open again, nothing tells whose file is there
                with contextlib.suppress(Refused):
                    self._open_again()

    def _open_again(self) -> None:
        """Open the file under the key that it has by now. Raises ``Refused``; then the next to need it tries.

        It has to be the one it was, or the copy that was to take its place.
        """
        if self._reopening is None or self.path is None:
            return
        awaited, self._reopening = self._reopening, None
        try:
            with translated_errors(self.name):
                self._close_quietly()
                opening.check_schema(self.path, self.keys)
                opening.make_private(self.path)
                self._peewee.key = self._key_of_copies = self.keys.at(read_head(self.path, SALT))
                self._peewee.connect()
                awaited.check(self.path, self.connection, self.key)
                if self.connection.pragma("journal_mode", "wal") == "wal":
                    opening.remove_cold_journal(self.path)
            self._file_watch = FileWatch(self.path, self.key)
            self._changes_unseen += 1
            self._may_have_read_others = self._was_read_only = False
            self.settle()
        except BaseException:
            self._file_watch, self._reopening = FileWatch(self.path), awaited
            self._close_quietly()
            raise
        with contextlib.suppress(OSError):
            backups.to_disk(self.path.parent)
            # Not before the disk knows the name: it tells both keys as yet.
            _renew_note(self, self.path, may_be_in_keyring=self.key == awaited.former)
        remove_leftovers(self.path)

    def _close_quietly(self) -> None:
        """Close the connection, whatever the disk says to that; the log stays as it is."""
        with contextlib.suppress(apsw.Error, PeeweeException):
            if not self._peewee.is_closed():
                _keep_log_at_close(self._peewee.connection(), True)
        with contextlib.suppress(apsw.Error, PeeweeException):
            self._peewee.close()

    def learn_former_keys(self) -> None:
        """Know the keys of backups that were not written anew since the passphrase was changed or removed."""
        with self.translated_errors():
            former = rekeying.former_keys(self.connection)
        for key in former:
            self.keys.add(key)

    def forget_former_keys(self) -> None:
        """All backups were written anew: nothing needs the keys that they had."""
        with self.writing():
            self.sql("DELETE FROM meta WHERE name = ?", (rekeying.FORMER_KEYS,))

    def has_former_keys(self) -> bool:
        """Whether the passphrase was changed, and not yet all backups with it."""
        return bool(next(self.sql("SELECT count(*) FROM meta WHERE name = ?", (rekeying.FORMER_KEYS,)))[0])

    def copy_to(
        self,
        target: Path,
        made_at: datetime | None,
        why: Why,
        is_cancelled: Callable[[], bool] = bool,
        *,
        is_kept: Callable[[BackupContents], bool] = lambda _contents: False,
    ) -> Backup:
        """Write a verified copy, as ``backups.write`` does; on any thread if this connection is its own."""
        with self.translated_errors():
            return backups.write(
                self.connection, target, made_at, why, is_cancelled, key=self._key_of_copies, is_kept=is_kept
            )


def open_database(
    path: Path | None,
    *,
    traces: Traces = NO_TRACES,
    patience: float = BUSY_SECONDS,
    keys: Keys | None = None,
    can_wait: bool = False,
) -> Database:
    """Open the database, made if there never was one, and bring it to the newest schema.

    A copy goes to ``backups_folder`` before an older schema is changed. ``None`` opens one in memory,
    which is gone when it is closed. Where it is gone, none is begun if one of the ``traces`` tells of it.
    ``patience`` is how many seconds a write waits for another process. A file under a passphrase is
    ``Locked`` unless its key is among the ``keys``. Where it ``can_wait``, the look at the pages of a large
    file is left to ``look_after_start``. Raises ``Refused`` when it can't be used, is damaged or gone, is not
    one of this program, or was written by a newer version of it; then not a byte was changed.
    """
    if path is None:
        database = _connected(":memory:", _("The database"), None)
        database.connection.deserialize("main", opening.blank())
        return _prepared(database, anew=True)
    keys = Keys() if keys is None else keys
    try:
        return _opened(path, traces, patience, keys, can_wait=can_wait)
    except Unusable:  # a disk that couldn't be read once can make that look like damage
        _refuse_unread(path)
        with _spoiling_log_named(path, keys):
            return _opened(path, traces, patience, keys, can_wait=can_wait)


def opens(path: Path, keys: Keys) -> bool:
    """Whether the database can be opened, if need be by its passphrase; none is begun."""
    try:
        with translated_errors(str(path)):
            if opening.begins_anew(path, keys=keys):
                return False
        open_database(path, keys=keys).close()
    except Locked:
        return opening.salt_of(path) in Note(path).checks()
    except (Refused, apsw.Error):
        return False
    return True


@contextmanager
def _spoiling_log_named(path: Path, keys: Keys) -> Iterator[None]:
    """Say of the log that it's that which is wrong, where it is, and not of the file."""
    try:
        yield
    except Unusable as lost:
        if lost.fact == damaged(str(path)).fact:
            opening.refuse_spoiling_log(path, keys)
        raise


def _refuse_unread(path: Path) -> None:
    """Raise ``Refused`` where the disk can't read what looks damaged."""
    if path.is_file():
        with translated_errors(str(path)):
            read_through(path)


def _opened(path: Path, traces: Traces, patience: float, keys: Keys, *, can_wait: bool) -> Database:
    with translated_errors(str(path)):
        anew = opening.begins_anew(path, traces, keys)
        if anew and not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            opening.make(path)
        if not anew:
            opening.check_schema(path, keys)
        opening.make_private(path)
        database = _connected(str(path), str(path), path, patience, keys)
        try:
            _prepared(database, anew=anew, can_wait=can_wait)
            if opening.is_suspect(path):
                database.check_sound()
            _forget_note(database)
            if database.connection.pragma("journal_mode", "wal") == "wal":  # not before: it changes the file
                opening.remove_cold_journal(path)
        except BaseException:
            database.close(keep_log=opening.has_log(path))
            raise
    database.settle()
    remove_leftovers(path)
    _renew_note(database, path)
    database.learn_former_keys()
    return database


def open_to_read(path: Path, traces: Traces = NO_TRACES, keys: Keys | None = None) -> Database:
    """A copy in memory of a database beside which nothing can be written, as of now and in our schema.

    Raises ``Refused`` as ``open_database`` does, and where there is none.
    """
    keys = Keys() if keys is None else keys
    try:
        return _read(path, traces, keys)
    except Unusable:
        _refuse_unread(path)
        with _spoiling_log_named(path, keys):
            return _read(path, traces, keys)


def _read(path: Path, traces: Traces, keys: Keys) -> Database:
    with translated_errors(str(path)):
        if opening.begins_anew(path, traces, keys):
            raise ReadOnly(not_written(str(path)))
        opening.check_schema(path, keys)
        opening.refuse_half_changed(path)
        database = _connected(":memory:", str(path), None)
        try:
            with opening.opened_to_read(path, keys) as source:
                read_into_memory(source, database.connection, keys.key_of(path))
            database.check_sound()
            with opening.migrating(str(path)):
                migrations.migrate(database.connection)
        except BaseException:
            database.close()
            raise
    database._key_of_copies = keys.key_of(path)
    database.keys = keys
    return database


def open_backup(
    file: Path, keys: Keys | None = None, prepare: Callable[[Database], None] = lambda _copy: None
) -> Database:
    """A verified copy in memory of what is in a backup, in our schema; to be read only, once it is prepared.

    Any one thread at a time may read it. Raises ``Refused`` where the file is no sound backup.
    """
    database = _connected(":memory:", str(file), None)
    try:
        keys = Keys() if keys is None else keys
        with backups.opened(file, keys) as (_backup, source):
            read_into_memory(source, database.connection, keys.key_of(file))
            with opening.migrating(str(file)):
                migrations.migrate(database.connection)
            prepare(database)
            database.connection.pragma("query_only", True)
    except BaseException:
        database.close()
        raise
    return database


def _keep_log_at_close(connection: apsw.Connection, keep: bool) -> None:
    """Whether closing leaves the file and its log as they are, or brings the log into the file."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, int(keep))


def _connected(
    file: str,
    name: str,
    path: Path | None,
    patience: float = BUSY_SECONDS,
    keys: Keys | None = None,
) -> Database:
    keys = Keys() if keys is None else keys
    # From memory it is copied to files under a key, which are named as addresses.
    how = {"flags": apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI}
    peewee = _LogKeepingDatabase(
        file,
        autoconnect=False,
        timeout=patience,
        pragmas=_PRAGMAS,
        thread_safe=False,  # else each thread that asks connects anew, and makes a file that is gone
        statementcachesize=_STATEMENTS_KEPT,
        **(how if path is None else {}),
    )
    peewee.key = None if path is None else keys.key_of(path)
    return Database(peewee, path, name, patience, keys)


def _renew_note(database: Database, path: Path, *, may_be_in_keyring: bool = False) -> None:
    """Let the note beside the file say what is true, which a crash or a move may have changed."""
    note, key = Note(path), database.key
    if list(note.checks()) != ([] if key is None else [key.salt]):
        with contextlib.suppress(OSError):  # a help that is missing must not stop anything
            in_keyring = may_be_in_keyring and note.is_in_keyring
            note.write([] if key is None else [key], in_keyring=in_keyring)


def _forget_note(database: Database) -> None:
    """A backup that was put in place, by hand too, is none any more: what it says of itself won't hold.

    Nor may what it says of a calendar server.
    """
    if backups.has_note(database.connection):
        with contextlib.suppress(Busy, apsw.BusyError):
            _look_anew(database.connection)
            database.sql("DELETE FROM meta WHERE name = ?", (backups.NOTE,))


def _look_anew(connection: apsw.Connection) -> None:
    """Take nothing for known of what stands on the server: the database is of another time than that."""
    with connection, contextlib.suppress(apsw.SQLError):  # a schema without it
        connection.execute("DELETE FROM published")
        connection.execute("DELETE FROM sync_state WHERE name = ?", (TOKEN,))
        connection.execute(
            "INSERT OR REPLACE INTO sync_state SELECT ?, '1' FROM sync_state WHERE name = ?",
            (RESTORED, ACCOUNT),
        )


def _prepared(database: Database, *, anew: bool, can_wait: bool = False) -> Database:
    connection = database.connection
    version = migrations.schema_version(connection)
    if not version and not anew:  # its log alone had told that it was ours, and SQLite does not follow it
        raise damaged(database.name)
    if version < migrations.LATEST:
        with _kept_copy(database, version):
            if not version:
                connection.pragma("application_id", APPLICATION_ID)
            with opening.migrating(database.name):
                migrations.migrate(connection)
    database.is_to_be_looked_at = can_wait and is_large(connection)
    if not (has_all_tables if database.is_to_be_looked_at else looks_sound)(connection):
        raise damaged(database.name)
    return database


def _is_whole(connection: apsw.Connection) -> bool:
    """Whether pages, indexes, references and texts all hold."""
    return is_sound(connection) and texts_hold(connection)


@contextmanager
def _kept_copy(database: Database, version: int) -> Iterator[None]:
    """Keep a copy of a database with data before it is changed; where that fails, there is none to keep."""
    if not version or database.path is None:
        yield
        return
    folder = backups_folder(database.path)
    was_there = folder.exists()
    copy = free_name(folder / f"before-schema-{migrations.LATEST}.sqlite3")
    try:
        database.copy_to(copy, None, Why.UPDATE)
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
            if not was_there:
                folder.rmdir()
        raise


def in_parts(things: Iterable[T], most: int = AT_A_TIME) -> Iterator[list[T]]:
    """The things in their order, so many at a time."""
    rest = iter(things)
    while part := list(islice(rest, most)):
        yield part


def groups_in_parts(groups: Iterable[Collection[T]], most: int = AT_A_TIME) -> Iterator[list[T]]:
    """What is in the groups, so much of it at a time; none is divided."""
    part: list[T] = []
    for group in groups:
        if part and len(part) + len(group) > most:
            yield part
            part = []
        part += group
    if part:
        yield part
