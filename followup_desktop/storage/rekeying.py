"""A passphrase set, changed or removed: a verified copy under the new key takes the place of the file."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import apsw

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.storage import backups, lineage, opening
from followup_desktop.storage.cipher import Key, Keys, Note, connected, derive, write_copy
from followup_desktop.storage.failures import (
    READS,
    Busy,
    LockedBackup,
    UnusableBackup,
    damaged,
    is_unsynced,
    not_read,
    translated_errors,
)
from followup_desktop.storage.file_watch import identity_of
from followup_desktop.storage.leftovers import discard, remove_leftovers, remove_unfinished
from followup_desktop.storage.migrations import schema_version
from followup_desktop.storage.soundness import is_unsound

FORMER_KEYS = "former_keys"
"""The row of ``meta`` with the keys of backups that were not written anew yet."""
_BETWEEN_TRIES = 0.05


def former_keys(connection: apsw.Connection) -> list[Key]:
    """The keys of backups that were not written anew yet."""
    row = next(connection.execute("SELECT value FROM meta WHERE name = ?", (FORMER_KEYS,)), None)
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        told = json.loads(str(row[0])) if row is not None else {}
        return [Key(bytes.fromhex(salt), bytes.fromhex(raw)) for salt, raw in told.items()]
    return []


def learn_former_keys(path: Path, keys: Keys) -> None:
    """Know those of a database that isn't open, as far as they can be read."""
    with contextlib.suppress(apsw.Error, OSError), opening.opened_to_read(path, keys) as connection:
        for key in former_keys(connection):
            keys.add(key)


def put_under_key(
    connection: apsw.Connection,
    path: Path,
    present: Key | None,
    key: Key | None,
    second: Path | None = None,
) -> None:
    """Put a copy under another key, or a plain one, in the place of the open database; then close it.

    Nobody else may have it open: that is waited for a moment, and told as ``Busy``. Broken off at any moment
    the file has the old key or the new one, and the keys that backups still have are within it. What was
    broken off before and may be plain is deleted, in the ``second`` folder for backups, too. Raises
    ``Refused``; then the file has the key that it had, and the connection is closed as well.

    Once the copy has the place, nothing is refused any more: what is left of the work, such as the note that
    names both keys, is for whoever opens the file next.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    note = Note(path)
    with translated_errors(str(path)):
        try:
            _take_alone(connection, path)
            _remove_rests(path, second)
            _write_verified(connection, path, part, present, key)
            # Both, until it is known which it is.
            told = [each for each in (present, key) if each is not None]
            note.write(told, in_keyring=note.is_in_keyring)
            if sys.platform == "win32":
                connection.close()  # an open file can't be replaced there
            _remove_log(path)
            _put_in_place(part, path)
        except apsw.IOError as error:
            if is_unsynced(error):  # it has the key that it had, now and at the next start
                raise not_read(str(path)) from error
            raise
        finally:
            with contextlib.suppress(apsw.Error):
                connection.close()
            discard(part)


def _put_in_place(part: Path, path: Path) -> None:
    """Give the copy the name of the database. Raises ``OSError``; then it hasn't got it."""
    made = identity_of(part)
    try:
        part.replace(os.path.realpath(path))
    except OSError:
        if identity_of(path) != made:
            raise


def _remove_rests(path: Path, second: Path | None) -> None:
    """While nobody else has the database open, nobody makes a backup of it either."""
    remove_leftovers(path)
    folder = opening.backups_folder(path)
    remove_unfinished(folder)
    if second is not None:  # there may be others' as well
        remove_unfinished(second, names={file.name for file in backups.files(folder)})


def _take_alone(connection: apsw.Connection, path: Path) -> None:
    """Bring the log into the file, and let nobody else open it until the connection is closed."""
    connection.pragma("locking_mode", "exclusive")
    end = time.monotonic() + 2
    while True:
        try:
            connection.pragma("journal_mode", "delete")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except (apsw.BusyError, apsw.LockedError):
            if time.monotonic() >= end:
                raise Busy(str(path)) from None
            time.sleep(_BETWEEN_TRIES)
        else:
            # A log that it couldn't delete it goes on with, and has come into the file all the same.
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            return


def _empty(log: Path) -> None:
    with log.open("r+b") as file:
        file.truncate()
        os.fsync(file.fileno())


def _remove_log(path: Path) -> None:
    """Empty the log, which has come into the file, where it's still there: SQLite doesn't tell of that.

    Else it stood beside a file of another key, and what was entered last could be read in it. Raises
    ``OSError`` where it can't be emptied.
    """
    log = opening.beside(path)[0]
    if os.path.lexists(log):
        _empty(log)
        with contextlib.suppress(OSError):
            log.unlink()


def _write_verified(
    connection: apsw.Connection, path: Path, part: Path, present: Key | None, key: Key | None
) -> None:
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    former = {each.salt.hex(): each.raw.hex() for each in former_keys(connection)}
    if present is not None:
        former[present.salt.hex()] = present.raw.hex()
    # The connection has no names that are addresses, but the one that copies needs them.
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    source = connected(f"{path.resolve().as_uri()}?immutable=1", flags, present)
    try:
        contents = backups.contents_of(source)
        schema = schema_version(source)
        write_copy(source, part, key)
    finally:
        source.close()
    is_same = False
    with _unread_is_not_the_same():
        copy = connected(str(part), apsw.SQLITE_OPEN_READWRITE, key)
        try:
            copy.pragma("synchronous", "off")  # until it has its name it is worth nothing
            copy.pragma("journal_mode", "off")
            statement = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
            copy.execute(statement, (FORMER_KEYS, json.dumps(former)))
            lineage.begin(copy)
            copy.pragma("journal_mode", "delete")
        finally:
            copy.close()
        with opening.opened_to_read(part, Keys() if key is None else Keys(key)) as made:
            is_same = not is_unsound(made) and backups.contents_of(made) == contents
            is_same &= schema_version(made) == schema
    if not is_same:
        if is_unsound(connection):
            raise damaged(str(path))
        sentence = _(
            "The copy of {file} isn't the same, so nothing was changed. Check the disk and try again."
        )
        raise Refused(sentence.format(file=path))
    backups.to_disk(part)


@contextlib.contextmanager
def _unread_is_not_the_same() -> Iterator[None]:
    """What can't be read of the copy is nothing that is wrong with the database."""
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError):
        pass
    except apsw.IOError as error:
        if getattr(error, "extendedresult", None) not in READS:
            raise


class RemainingBackups(NamedTuple):
    """Backups that couldn't be written anew; ``hopeless`` are damaged, or opened by no key of ours."""

    files: list[Path]
    hopeless: list[Path]


def renew_backups(
    files: Iterable[Path], key: Key | None, keys: Keys, is_cancelled: Callable[[], bool] = bool
) -> RemainingBackups:
    """Write each of these backups anew under this key, or plain; those that couldn't be are given back.

    Each is verified before it takes the place of the old one. What is broken off goes on with the next call.
    """
    left = RemainingBackups([], [])
    for file in files:
        if is_cancelled():
            raise apsw.InterruptError
        if keys.key_of(file) == key and (key is not None or opening.head_of(file) is not None):
            continue
        try:
            _renew_backup(file, key, keys)
        except (LockedBackup, UnusableBackup):
            left.hopeless.append(file)
        except Refused:
            left.files.append(file)
    return left


def _renew_backup(file: Path, key: Key | None, keys: Keys) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}{opening.PARTIAL}")
    with translated_errors(str(file)):
        status = file.stat()
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with backups.opened(file, keys) as (backup, source):
                write_copy(source, part, key)
                contents = backup.contents or backups.contents_of(source)
            is_same = False
            with contextlib.suppress(UnusableBackup):  # what was written is damaged, and not the backup
                made = backups.verify(part, Keys() if key is None else Keys(key)).contents
                if made is None:  # copied by hand: it says nothing of itself
                    with opening.opened_to_read(part, Keys() if key is None else Keys(key)) as copy:
                        made = backups.contents_of(copy)
                is_same = made == contents
            if not is_same:
                raise Refused(_("The backup {file} is damaged. Choose another one.").format(file=file))
            backups.to_disk(part)
            os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
            part.replace(file)
            backups.to_disk(file.parent)
        finally:
            discard(part)


def unlock(path: Path, passphrase: str) -> Key | None:
    """The key that the passphrase gives for this database; ``None`` if it is another's.

    Where the beginning of the file is damaged, the note beside it or a backup of the same key tells whether
    the passphrase is right, and the key opens those. That of a backup alone, as a former one, is wrong.
    """
    own, checks = opening.salt_of(path), Note(path).checks()
    if own is not None:
        key = derive(passphrase, own)
        copies = backups.files(opening.backups_folder(path))
        files = [path, *(file for file in copies if opening.salt_of(file) == own)]
        if checks.get(own) == key.check or any(opening.head_of(file, Keys(key)) for file in files):
            return key
        if own in checks:
            return None
    for salt, check in checks.items():
        key = derive(passphrase, salt)
        if key.check == check:
            return key
    return None
