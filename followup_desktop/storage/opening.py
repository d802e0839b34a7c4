"""What is looked at before SQLite may open the file, and what is remembered of it beside it.

SQLite begins an empty database where a file is missing or empty, and deletes the log that lies beside it
with every edit that was not yet in the file. It also makes a log and a lock for whatever file it is given. So
a file is opened only once it is known to be ours, or that there never was one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import apsw

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, ngettext
from followup_desktop.storage import migrations
from followup_desktop.storage.cipher import (
    Key,
    Keys,
    Note,
    connected,
    first_page,
    looks_sealed,
    read_into_memory,
)
from followup_desktop.storage.failures import (
    INDEX_BYTES,
    Locked,
    Newer,
    PerhapsLocked,
    Unusable,
    damaged,
    has_room_for_index,
    not_allowed,
    not_written,
)
from followup_desktop.storage.pages import (
    MAGIC,
    SEALED_PAGE,
    first_frame,
    fits,
    frames,
    read_head,
    refuse_what_is_no_file,
)
from followup_desktop.storage.soundness import has_all_tables, is_sound, is_sound_after_crash

APPLICATION_ID = 0x46_55_44_31
"""Marks the file as this program's (``PRAGMA application_id``)."""

_BUSY_MS = 1000
_OF_THE_DISK = (
    apsw.BusyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FullError,
    apsw.IOError,
    apsw.ReadOnlyError,
    OSError,
)
_SALT = 16
_HEADER = 100
_HEAD = 112
"""The header of the file, and that of the tree of its first page, which lists the tables."""
_FRACTIONS = bytes((64, 32, 32))
"""What share of a page an entry may take, in the header; all of SQLite's versions write these."""
_ENTERED, _NOTHING, _DAMAGED = "entered=yes\n", "entered=no\n", "damaged=yes\n"


ENDINGS = ("-wal", "-journal", "-shm")
"""Of the files that SQLite keeps beside a database."""
FORMER = ".of-the-former"
"""The ending of a log that was put aside, for another database has taken the place of its own."""
PARTIAL = ".partial"
"""The ending of a copy that is not complete."""


class Traces(NamedTuple):
    """Files that tell of earlier runs: that a window was open, and that something was being written in it."""

    run: Path | None = None
    drafts: Path | None = None


NO_TRACES = Traces()
NO_KEYS = Keys()
"""For files of which each is plain."""


class Head(NamedTuple):
    """What the first page tells: whose database it is, its schema's number, and whether it has tables."""

    owner: int
    version: int
    has_tables: bool


def begins_anew(path: Path, traces: Traces = NO_TRACES, keys: Keys = NO_KEYS) -> bool:
    """Whether there is nothing here yet, so that an empty database may be made; else there is one of ours.

    Nothing is changed. Raises ``Refused`` where a file is there that can't be used, and where something, be
    it one of the ``traces``, tells that one is missing. It is ``Locked`` while the ``keys`` lack its own.
    """
    status = _status(path)
    if status is None or status.st_size == 0:
        _refuse_a_loss(path, _("{path} is missing") if status is None else _("{path} is empty"), traces)
        return True
    if status.st_size < _HEADER:
        state = ngettext(
            "{path} is cut off after {n} byte", "{path} is cut off after {n} bytes", status.st_size
        )
        _refuse_a_loss(path, state, traces, n=status.st_size)
    head = None if status.st_size < _HEADER else head_of(path, keys)
    if head is None and is_sealed(path, traces):
        if not is_known(path, keys):
            raise Locked(str(path))
        if (salt := salt_of(path)) is None or salt in Note(path).checks():
            raise damaged(str(path))
        lost = _("{path} is damaged, or encrypted with another passphrase.").format(path=path)
        raise PerhapsLocked(lost, Note(path).file.name)
    if head is None:
        try:
            _refuse_a_loss(path, _("{path} is no longer a database"), traces)
        except Unusable as lost:
            if _is_perhaps_sealed(path):
                raise PerhapsLocked(str(lost), Note(path).file.name) from None
            raise
        sentence = _("{path} isn't a Follow Up database. Choose another data folder.")
        raise Refused(sentence.format(path=path))
    if head.owner != APPLICATION_ID and head != Head(0, 0, has_tables=False):
        _refuse_a_loss(path, _("{path} is another program's database"), traces, but_log=True)
        sentence = _(
            "{path} is another program's database and was left as it is. Choose another data folder."
        )
        raise Refused(sentence.format(path=path))
    refuse_newer(path, head.version)
    if not head.has_tables and not head.version:
        _refuse_a_loss(path, _("{path} is empty"), traces)
        return True
    return False


def is_sealed(path: Path, traces: Traces = NO_TRACES) -> bool:
    """Whether the file is under a passphrase, as far as can be told without it.

    One that came here alone looks like noise, as a plain one does that was overwritten: then the ``traces``
    and what lies beside it tell.
    """
    try:
        head = read_head(path, SEALED_PAGE)
    except (apsw.Error, OSError):
        return False
    if head.startswith(MAGIC):
        return False
    if Note(path).checks():
        return True
    # Without the note it may have come here alone, or be a plain one that was overwritten.
    copies = files_in(backups_folder(path))
    is_alone = remembered(path) is None and traces == NO_TRACES and not copies and not _has_plain_log(path)
    return salt_of(path) is not None and (is_alone or head[:_SALT] in map(salt_of, copies))


def _has_plain_log(path: Path) -> bool:
    log = first_frame(beside(path)[0])
    return log is not None and not looks_sealed(log.page, len(log.page))


def _is_perhaps_sealed(path: Path) -> bool:
    """Whether only the passphrase can tell: it looks like noise, and no copy or log beside it is plain."""
    copies = [file for file in files_in(backups_folder(path)) if file.is_file()]
    return salt_of(path) is not None and not _has_plain_log(path) and not any(map(is_plain, copies))


def is_plain(copy: Path) -> bool:
    """Whether the file can be read by everybody who has it."""
    try:
        return read_head(copy, len(MAGIC)) == MAGIC
    except (apsw.Error, OSError):
        return False


def is_ours(path: Path) -> bool:
    """Whether the file is a plain database of this program's."""
    try:
        head = head_of(path)
    except (apsw.Error, OSError):
        return False
    return head is not None and head.owner == APPLICATION_ID


def salt_of(path: Path) -> bytes | None:
    """The salt with which a file under a passphrase begins; ``None`` for another."""
    try:
        head = read_head(path, SEALED_PAGE)
        return head[:_SALT] if looks_sealed(head, path.stat().st_size) else None
    except (apsw.Error, OSError):
        return None


def is_known(path: Path, keys: Keys) -> bool:
    """Whether the passphrase of the database was given, be it that its own salt is damaged."""
    checks = Note(path).checks()
    return keys.key_of(path) is not None or any(checks.get(key.salt) == key.check for key in keys)


def key_of_damaged(path: Path, keys: Keys) -> Key | None:
    """The key of a database whose beginning may be damaged: its own, or that of which the note tells."""
    if path.exists() and read_head(path, len(MAGIC)) == MAGIC:
        return None
    checks = Note(path).checks()
    told = (key for key in keys if checks.get(key.salt) == key.check)
    return keys.key_of(path) or next(told, None)


def check_schema(path: Path, keys: Keys = NO_KEYS) -> None:
    """Look whether the tables are those of the schema that the file says it has, and can become ours.

    An older one is brought to ours in memory first, so that nothing is changed where that fails, for whatever
    reason: then it is ``Refused``.
    """
    log, journal = beside(path)[:2]
    _let_be_written(path)
    check_journal(path, keys)
    if has_log(path) and not _fits(path, log, keys):
        raise _not_its_log(log, path)
    if _is_hot(journal):  # left by a crash; only who opens the file to write brings it in
        return
    # A crash leaves half a page only where the log has the whole; what is missing would be read as zeros.
    if not has_log(path) and _size(path) % _page_size(path):
        raise damaged(str(path))
    with opened_to_read(path, keys) as connection:
        if has_log(path) and _is_damaged(log, connection):
            sentence = _("{log} is damaged, and what you entered last is in it. Nothing was changed.")
            raise Unusable(sentence.format(log=log))
        if has_log(path) and not _goes_on(path, connection, keys):
            raise _not_its_log(log, path)
        if has_log(path) and not is_sound_after_crash(connection):
            raise damaged(str(path))
        version = migrations.schema_version(connection)
        refuse_newer(path, version)
        if version == migrations.LATEST:
            if not has_all_tables(connection):
                raise damaged(str(path))
            return
        if version < 1 or not migrations.columns_of(connection) >= migrations.columns_of_schema(version):
            raise damaged(str(path))
        _rehearse(path, connection, keys.key_of(path))


def _let_be_written(path: Path) -> None:
    """Let what SQLite keeps beside the file be written to as the file may be, where it's ours.

    It makes that read-only while the file is, be it to read, and couldn't use it any more: the index of the
    log not even to read again. Raises ``Refused`` where it can't be read, with its name.
    """
    for file in filter(is_plain_file, beside(path)):
        if not may_write(file) and (file.name.endswith("-shm") or may_write(path)):
            with contextlib.suppress(OSError):
                file.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR)
        # Another process that ends takes its log away meanwhile.
        if not _may(file, os.R_OK) and is_plain_file(file):
            raise Refused(not_allowed(str(file)))


def make_private(path: Path) -> None:
    """Let nobody else read the file and what is beside it, where the file may be written to.

    Raises ``Refused`` where something beside it can't be written to, with its name.
    """
    if not may_write(path):
        return
    for file in (path, *filter(is_plain_file, beside(path))):
        if file.stat().st_mode & 0o077 or not may_write(file):
            with contextlib.suppress(PermissionError):
                file.chmod(0o600)
        if not may_write(file):
            raise Refused(not_written(str(file)))


def may_write(file: Path) -> bool:
    """Whether the system lets us write to the file."""
    return _may(file, os.W_OK)


def _may(file: Path, how: int) -> bool:
    return os.access(file, how, effective_ids=os.access in os.supports_effective_ids)


def refuse_half_changed(path: Path) -> None:
    """Refuse what can only be read once it is written to, as the journal beside it is brought in first."""
    if _is_hot(beside(path)[1]):
        sentence = _(
            "A change of {path} was broken off, and has to be undone before it can be read. Free up space on "
            "the disk, make the file and its folder writable, and try again."
        )
        raise Refused(sentence.format(path=path))


def _not_its_log(log: Path, path: Path) -> Unusable:
    sentence = _(
        "{log} isn't the log of {path}, or is damaged. Nothing was changed. Put back the database it belongs "
        "to, or move the log to another folder and keep it there."
    )
    return Unusable(sentence.format(log=log, path=path))


def is_spoilt_by_log(path: Path, keys: Keys) -> bool:
    """Whether the file is sound, and isn't with the log beside it, which then is another's or damaged."""
    if not has_log(path) or _size(path) < _HEADER:
        return False
    with contextlib.suppress(apsw.Error):
        with _opened_alone(path, keys) as file:
            if not is_sound(file):
                return False
        with contextlib.suppress(apsw.CorruptError, apsw.NotADBError), opened_to_read(path, keys) as whole:
            return not is_sound(whole)
        return True
    return False


def refuse_spoiling_log(path: Path, keys: Keys) -> None:
    """Refuse a log that makes a sound file look damaged: what an older version wrote tells nothing of it."""
    if is_spoilt_by_log(path, keys):
        raise _not_its_log(beside(path)[0], path)


def _goes_on(path: Path, connection: apsw.Connection, keys: Keys) -> bool:
    """Whether what the connection reads goes on from the file as it is without its log.

    Where a crash came as the log was brought in, it may be that no row is found there, or a broken one.
    """
    from followup_desktop.storage import lineage  # only a crash, or another window, leaves a log

    with (
        contextlib.suppress(apsw.CorruptError, apsw.NotADBError, ValueError),
        _opened_alone(path, keys) as file,
    ):
        return lineage.goes_on(lineage.read(connection), lineage.read(file))
    return True


def check_journal(path: Path, keys: Keys = NO_KEYS) -> None:
    """Raise ``Unusable`` where a journal lies beside the file that isn't its own, or nobody can tell.

    SQLite writes what is in it into the file, or deletes it.
    """
    journal = beside(path)[1]
    if not _is_hot(journal):
        return
    from followup_desktop.storage.journal import fits  # only a crash leaves one

    key, page = keys.key_of(path), read_head(path, _page_size(path))
    if not (fits(journal, page) if key is None else fits(journal, page, partial(first_page, key=key))):
        sentence = _(
            "{journal} isn't the journal of {path}, or is damaged. Nothing was changed. Move it to another "
            "folder, or restore a backup."
        )
        raise Unusable(sentence.format(journal=journal, path=path))


def _is_hot(journal: Path) -> bool:
    if not _size(journal):
        return False
    from followup_desktop.storage.journal import is_hot  # only a crash leaves one

    return is_hot(journal)


def remove_cold_journal(path: Path) -> None:
    """Delete a journal that SQLite doesn't look into, of a file that has a log and so no journal any more."""
    journal = beside(path)[1]
    if is_plain_file(journal) and not _is_hot(journal):
        with contextlib.suppress(OSError):
            journal.unlink()


def _is_damaged(log: Path, connection: apsw.Connection) -> bool:
    from followup_desktop.storage.log_damage import is_damaged  # only a crash, or another window, leaves one

    return is_damaged(log, connection)


def _page_size(path: Path) -> int:
    head = read_head(path, _HEADER)
    if len(head) < _HEADER or not head.startswith(MAGIC):
        return SEALED_PAGE
    (size,) = struct.unpack_from(">H", head, 16)
    return 65536 if size == 1 else int(size)


def _fits(path: Path, log: Path, keys: Keys) -> bool:
    """Whether it may be the file's log; noise in it tells nothing of whose it is."""
    key = keys.key_of(path)
    if key is None:
        found = fits(read_head(path, _HEADER), log)
    else:
        head = first_page(read_head(path, SEALED_PAGE), key)
        found = head is not None and fits(head, log, partial(first_page, key=key))
    if found:
        return True
    from followup_desktop.storage.log_damage import is_sound_until

    return not is_sound_until(log, page=1)


def _rehearse(path: Path, connection: apsw.Connection, key: Key | None) -> None:
    memory = apsw.Connection(":memory:")
    try:
        read_into_memory(connection, memory, key)
        with migrating(str(path)):
            migrations.migrate(memory)
    finally:
        memory.close()


@contextlib.contextmanager
def migrating(file: str) -> Iterator[None]:
    """A migration that fails, for whatever reason but the disk's, is ``Refused`` in a sentence."""
    try:
        yield
    except _OF_THE_DISK:
        raise
    except Exception as error:
        # What SQLite says of it may quote what is in the file.
        why = str(error) if isinstance(error, migrations.MigrationFailed) else type(error).__name__
        sentence = _(
            "{file} can't be updated for this version ({reason}) and was left as it is. "
            "Keep using the previous version, and report this."
        )
        raise Refused(sentence.format(file=file, reason=why)) from error


@contextlib.contextmanager
def opened_to_read(path: Path, keys: Keys = NO_KEYS) -> Iterator[apsw.Connection]:
    """The database as it is after the last commit; without a log not even a lock is made beside it."""
    refuse_what_is_no_file(path)
    if not has_log(path) and not _is_hot(beside(path)[1]):
        with _opened_alone(path, keys) as connection:
            yield connection
        return
    # SQLite deletes the log of an empty file, be it opened to be read alone; one byte is none to it.
    if _size(path) < _HEADER:
        raise apsw.NotADBError(str(path))
    is_alone = has_log(path) and not _may_lock(path)
    how = "mode=ro"
    if is_alone:
        from followup_desktop.storage.file_ways import alone  # few starts need it

        how += f"&vfs={alone()}"
    connection = _opened_as(path, how, keys)
    try:
        if is_alone:
            connection.pragma("locking_mode", "exclusive")  # the index of the log is kept in memory then
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.set_busy_timeout(_BUSY_MS)
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _opened_alone(path: Path, keys: Keys) -> Iterator[apsw.Connection]:
    """What is in the file itself; its log isn't looked at."""
    connection = _opened_as(path, "immutable=1", keys)
    try:
        yield connection
    finally:
        connection.close()


def _opened_as(path: Path, how: str, keys: Keys) -> apsw.Connection:
    name = f"file:{quote(os.path.realpath(path))}?{how}"
    return connected(name, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, keys.key_of(path))


def _may_lock(path: Path) -> bool:
    """Whether SQLite can make the index beside the log, which it needs even to read, for it locks by that."""
    real, (log, _journal, index) = Path(os.path.realpath(path)), beside(path)
    if os.path.lexists(index) and not (is_plain_file(index) and may_write(index)):
        return False
    if may_write(path) and not may_write(log):  # SQLite begins to read only where it could bring the log in
        return False
    return os.access(real.parent, os.W_OK) and (has_room_for_index(real) or _size(index) >= INDEX_BYTES)


def is_plain_file(file: Path) -> bool:
    """Whether it is a file, and no link to one: SQLite follows none to what it keeps beside a database."""
    return file.is_file() and not file.is_symlink()


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a schema that only a newer version of the program knows."""
    if version > migrations.LATEST:
        sentence = _(
            "{path} is from a newer version of Follow Up (schema {version}; this "
            "one knows {newest}). Update the program to open it."
        )
        raise Newer(sentence.format(path=path, version=version, newest=migrations.LATEST))


@cache
def blank() -> bytes:
    """The file of a database of the newest schema with nothing in it.

    It is kept because the migrations take 5 ms to make it, which thousands of tests would wait for.
    """
    memory = apsw.Connection(":memory:")
    try:
        memory.pragma("application_id", APPLICATION_ID)
        migrations.migrate(memory)
        return memory.serialize("main")
    finally:
        memory.close()


def make(path: Path) -> None:
    """Put a new database in its place, whole at once; one that another process puts there first stays."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)  # what a crash may have left
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(blank())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            _put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def remember(path: Path, *, entered: bool) -> None:
    """Keep beside the database whether the user has entered anything, for when it is gone one day."""
    if remembered(path) is not entered:
        _write_state(path, entered, is_suspect(path))


def remembered(path: Path) -> bool | None:
    """Whether the user had entered anything when the database was open last; ``None`` if nobody knows."""
    try:
        refuse_what_is_no_file(_state_file(path))
        return _state_file(path).read_text("utf-8", "replace") not in {_NOTHING, _NOTHING + _DAMAGED}
    except FileNotFoundError:
        return None
    except OSError:
        return True


def suspect(path: Path, is_damaged: bool) -> None:
    """Keep beside the database whether it was found damaged: then all of it is looked at when it is opened.

    It is little otherwise, and damage elsewhere would be met in the midst of work again.
    """
    if is_suspect(path) is not is_damaged:
        _write_state(path, remembered(path) is not False, is_damaged)


def is_suspect(path: Path) -> bool:
    """Whether the database was found damaged, and not sound since."""
    try:
        refuse_what_is_no_file(_state_file(path))
        return _state_file(path).read_text("utf-8", "replace").endswith(_DAMAGED)
    except OSError:
        return False


def _write_state(path: Path, entered: bool, is_damaged: bool) -> None:
    with contextlib.suppress(OSError):  # a help that is missing must not stop anything
        refuse_what_is_no_file(_state_file(path))
        file = os.open(_state_file(path), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(file, "w", encoding="ascii") as writing:
            writing.write((_ENTERED if entered else _NOTHING) + (_DAMAGED if is_damaged else ""))


def is_former_log(file: Path, path: Path) -> bool:
    """Whether this is a log that was put aside because another database had taken the place of its own."""
    return file.name.startswith(f"{path.name}-wal") and file.name.endswith(FORMER)


def backups_folder(path: Path) -> Path:
    """Where the copies of this database are kept."""
    return path.parent / "backups"


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside this one: beside what it names where it is a link."""
    real = os.path.realpath(path)
    return tuple(Path(real + ending) for ending in ENDINGS)


def has_log(path: Path) -> bool:
    """Whether there is a log beside the file with anything in it."""
    return _size(beside(path)[0]) > 0


def _state_file(path: Path) -> Path:
    return path.with_suffix(".state")


def _status(path: Path) -> os.stat_result | None:
    """What the file is; ``None`` where there is none. Refuses what can't be a database."""
    for each in beside(path):
        if os.path.lexists(each) and not is_plain_file(each):
            sentence = _(
                "{file} isn't a file, so {path} can't be opened. Move it out of the folder, or restore "
                "a backup."
            )
            raise Unusable(sentence.format(file=each, path=path))
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise _dead_link(path) from None
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _dead_link(path) from error
        raise
    if stat.S_ISDIR(status.st_mode):
        sentence = _("{path} is a folder, but the database should be there. Choose another data folder.")
        raise Unusable(sentence.format(path=path))
    if not stat.S_ISREG(status.st_mode):
        sentence = _("{path} isn't a file, but the database should be there. Choose another data folder.")
        raise Unusable(sentence.format(path=path))
    return status


def _dead_link(path: Path) -> Unusable:
    sentence = _("{path} links to {target}, which doesn't exist. Put that back, or restore a backup.")
    return Unusable(sentence.format(path=path, target=os.path.realpath(path)))


def _refuse_a_loss(
    path: Path, state: str, traces: Traces, *, but_log: bool = False, **values: object
) -> None:
    """Refuse what is no database of ours where something tells that there was one with something in it.

    ``state`` is a clause that says what has become of ``{path}``; ``values`` are filled in there. With
    ``but_log``, what lies beside the file tells nothing, for it may be the other program's.
    """
    lost = state.format(path=path, **values)
    kept = sorted(files_in(backups_folder(path)), key=lambda file: file.stat().st_mtime)
    copies = [file for file in kept if not file.name.endswith(PARTIAL)]
    for file in () if but_log else beside(path):
        if _size(file):
            # Translators: {lost} is a clause like “followup.sqlite3 is missing”.
            sentence = _(
                "{lost}, but {file} beside it belongs to the database that was there. Nothing was changed. "
                "If you moved or renamed that, put it back. To start over, move all files out of the folder."
            )
            raise Unusable(sentence.format(lost=lost, file=file.name))
    if copies:
        # Translators: {lost} is a clause like “followup.sqlite3 is missing”.
        sentence = _(
            "{lost}, but there are backups of it. Nothing was changed. To start over, move all files out of "
            "the folder."
        )
        raise Unusable(sentence.format(lost=lost))
    known = remembered(path)
    former = [file for file in files_in(path.parent) if is_former_log(file, path)]
    tells = next(iter(former + kept), traces.run if known is None else _state_file(path) if known else None)
    if tells is not None:
        # Translators: {lost} is a clause like “followup.sqlite3 is missing”.
        sentence = _(
            "{lost}, but {file} shows that data was entered. Put the file back from "
            "where it was moved or from a copy, or move all files out of the folder to "
            "start over. Nothing was changed."
        )
        raise Unusable(sentence.format(lost=lost, file=tells.name))
    if traces.drafts is not None:
        # Translators: {lost} is a clause like “followup.sqlite3 is missing”.
        sentence = _(
            "{lost}, but {file} holds an unsaved draft. Put the file back from where it "
            "was moved or from a copy, or move all files out of the folder to start over. "
            "Nothing was changed."
        )
        raise Unusable(sentence.format(lost=lost, file=traces.drafts.name))


def head_of(path: Path, keys: Keys = NO_KEYS) -> Head | None:
    """What the first page tells, as it is after the last commit; ``None`` if this is no SQLite database."""
    key = keys.key_of(path)
    head = read_head(path, _HEAD) if key is None else first_page(read_head(path, SEALED_PAGE), key) or b""
    if len(head) < _HEAD or not _is_header(head):
        return None
    found = _parsed(head)
    if not found.has_tables and key is None:
        # A database that was never closed may be in its log alone.
        newer = _first_page_of_log(beside(path)[0])
        found = found if newer is None else _parsed(newer)
    return found


def _is_header(head: bytes) -> bool:
    """Whether this is what SQLite writes: its mark, a size of pages, and three numbers that are fixed."""
    (page_size,) = struct.unpack_from(">H", head, 16)
    is_size = page_size == 1 or (page_size >= 512 and page_size & (page_size - 1) == 0)
    return head.startswith(MAGIC) and is_size and head[21:24] == _FRACTIONS


def _parsed(page: bytes) -> Head:
    (version,), (owner,), (cells,) = (
        struct.unpack_from(kind, page, at) for kind, at in ((">I", 60), (">I", 68), (">H", 103))
    )
    return Head(owner, version, has_tables=cells > 0)


def _first_page_of_log(log: Path) -> bytes | None:
    """The first page as the last commit in the log left it, if the log has it."""
    committed = written = None
    for frame in frames(log):
        if frame.number == 1:
            written = frame.page
        if frame.pages_after:
            committed = written
    return committed


def _put_in_place(file: Path, path: Path) -> None:
    """Give the file its name, unless something has that name already (``FileExistsError``)."""
    try:
        path.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as written:
            written.write(file.read_bytes())
            written.flush()
            os.fsync(written.fileno())


def _size(file: Path) -> int:
    try:
        status = file.stat()
    except FileNotFoundError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def files_in(folder: Path) -> list[Path]:
    """The files in the folder, in no order; none where there is no such folder."""
    try:
        return [file for file in folder.iterdir() if file.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []
