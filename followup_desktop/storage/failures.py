"""What goes wrong between the program and its file, told in sentences."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
from peewee import PeeweeException

from followup_desktop.domain.checks import quoted
from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import N_, _


class Unusable(Refused):
    """The database is damaged or gone: a backup may take its place, once what is there is kept aside.

    ``fact`` says no more than what is wrong, for whoever says what can be restored; ``str(error)`` says how
    an open window leads there, too, where the fact alone may be told.
    """

    def __init__(self, fact: str, way_out: str = "") -> None:
        super().__init__(f"{fact} {way_out}" if way_out else fact)
        self.fact = fact


class Locked(Refused):
    """The file is under a passphrase that wasn't given yet."""

    def __init__(self, file: str, sentence: str = "") -> None:
        text = sentence or _("{file} is locked with a passphrase. Unlock your data first.")
        super().__init__(text.format(file=file))


class LockedBackup(Locked):
    """A backup is under a passphrase that wasn't given yet."""

    def __init__(self, file: str) -> None:
        sentence = _(
            "{file} is encrypted with another passphrase, or damaged. Enter the passphrase it was made with."
        )
        super().__init__(file, sentence)


class UnusableBackup(Refused):
    """The file is no sound backup, and another look at it won't find one."""


class PerhapsLocked(Unusable):
    """The file is damaged, or under a passphrase: what would tell is missing."""

    def __init__(self, lost: str, note: str) -> None:
        sentence = _(
            "{lost} If it was encrypted, put {note} back beside it, or enter the passphrase (on the command "
            "line with --passphrase-file)."
        )
        super().__init__(sentence.format(lost=lost, note=note))


class Newer(Refused):
    """The file has a schema that only a newer version of the program knows."""


class WrongPassphrase(Refused):
    """The passphrase that was given doesn't open the file."""


class Busy(Refused):
    """Another program is writing to the database. ``lasting`` is what to say where that doesn't end."""

    def __init__(self, file: str) -> None:
        super().__init__(_(_BUSY).format(file=file))
        self.lasting = _(_LOCKED).format(file=file)


class DiskFull(Refused):
    """There is no room on the disk; what is there may be read."""

    def __init__(self, file: str) -> None:
        super().__init__(_(_FULL).format(file=file))


_FULL = N_("The disk with {file} is full, so nothing was changed. Free up some space and try again.")
_NOT_READ = N_("Reading or writing {file} failed, so nothing was changed. Check the disk and try again.")
_NOT_SYNCED = N_(
    "Writing {file} to the disk failed. The change isn't made now, but may be there at the "
    "next start. Check the disk and try again."
)
_NOT_WRITTEN = N_(
    "{file} can't be written to. Make it and its folder writable, or choose another data folder."
)
_NOT_ALLOWED = N_("{file} can't be used. Check the permissions of the file and its folder.")
_BUSY = N_("Another program is writing to {file}, so nothing was changed. Try again in a moment.")
_LOCKED = N_(
    "Another program is using {file}, so nothing can be saved. Quit that program, or wait until it's done."
)
_DAMAGED = N_("The database {file} is damaged and was left as it is.")

READS = (apsw.SQLITE_IOERR_READ, apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS)
"""What is told where it was a read that failed."""
INDEX_BYTES = 32 * 1024
"""By so much at a time SQLite makes the index of a log larger."""

# In this order: when a disk fails, what follows of it can look like damage.
_SENTENCES: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.FullError, _FULL),
    (apsw.IOError, _NOT_READ),
    (apsw.NotADBError, _DAMAGED),  # what never was one is refused before SQLite sees it
    (apsw.CorruptError, _DAMAGED),
    (apsw.ReadOnlyError, _NOT_WRITTEN),
    (
        apsw.CantOpenError,
        N_(
            "{file} can't be opened. Check the permissions of the file and its folder, or "
            "choose another data folder."
        ),
    ),
    (apsw.PermissionsError, _NOT_ALLOWED),
    (apsw.BusyError, _BUSY),
    (apsw.LockedError, _BUSY),
    (apsw.ProtocolError, _BUSY),
    (
        apsw.ConstraintError,
        N_(
            "This refers to something that no longer exists, or to an id that's taken, so "
            "nothing was changed. Check it and try again."
        ),
    ),
)
_OF_THE_SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)), _FULL),
    errno.EROFS: _NOT_WRITTEN,
    errno.EIO: _NOT_READ,
}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it: Peewee can hide a full disk behind a failed rollback.

    What has been told in a sentence is done with, though it may be the reason why another file is written.
    """
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop(0)
        if current is None or isinstance(current, Refused) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]


def damaged(file: str) -> Unusable:
    """The sentence for a database that is damaged."""
    return Unusable(
        _(_DAMAGED).format(file=file), _("Quit and reopen Follow Up to see what can be restored.")
    )


def not_read(file: str) -> Refused:
    """The sentence for a file that the disk couldn't read."""
    return Refused(_(_NOT_READ).format(file=file))


def not_written(file: str) -> str:
    """The sentence for a file that can't be written to."""
    return _(_NOT_WRITTEN).format(file=file)


def not_allowed(file: str) -> str:
    """The sentence for a file of which the permissions keep us away."""
    return _(_NOT_ALLOWED).format(file=file)


def is_unsynced(error: BaseException, _file: str = "") -> bool:
    """Whether all was written, and nobody knows whether it is on the disk: the next start may find it."""
    return getattr(error, "extendedresult", None) == apsw.SQLITE_IOERR_FSYNC


def _is_no_room_for_index(error: BaseException, file: str) -> bool:
    """Whether the disk has no room for the index of the log, which even reading needs.

    SQLite tells a full disk where it writes the file or the log, but not there.
    """
    is_of_index = getattr(error, "extendedresult", None) == apsw.SQLITE_IOERR_SHMSIZE
    return is_of_index and not has_room_for_index(Path(file))


def has_room_for_index(file: Path) -> bool:
    """Whether the disk has room for the index of the log of a database, as far as the system tells."""
    try:
        return shutil.disk_usage(file.parent).free >= INDEX_BYTES
    except OSError:
        return True


def refusal(error: BaseException, file: str) -> Refused | None:
    """The sentence for an error of the database, or ``None`` if it is none that a user can mend."""
    causes = tuple(_chain(error))
    for is_that, sentence in ((is_unsynced, _NOT_SYNCED), (_is_no_room_for_index, _FULL)):
        if any(is_that(cause, file) for cause in causes):
            return _refusal_of(sentence, file)
    for kind, sentence in _SENTENCES:
        if any(isinstance(cause, kind) for cause in causes):
            return _refusal_of(sentence, file)
    for cause in causes:
        if isinstance(cause, OSError):
            if isinstance(cause, PermissionError):
                return _refusal_of(_NOT_ALLOWED, file)
            if sentence := _OF_THE_SYSTEM.get(cause.errno or 0, ""):
                return _refusal_of(sentence, file)
            text = _("{file} can't be used ({reason}). Fix that, or choose another data folder.")
            return Refused(text.format(file=file, reason=reason_of(cause)))
    return None


def _refusal_of(sentence: str, file: str) -> Refused:
    if sentence == _DAMAGED:
        return damaged(file)
    kind = {_BUSY: Busy, _FULL: DiskFull}.get(sentence)
    return kind(file) if kind is not None else Refused(_(sentence).format(file=file))


UNREADABLE = (ValueError, TypeError, KeyError, OverflowError, OSError)
"""What turning a cell into a value of the domain may raise."""


def unreadable(table: str, thing: object, column: str, cell: object) -> Refused:
    """The sentence for a cell that nothing of this program has written, as in a database edited by hand."""
    names = {"column": column.replace("_", " "), "table": table.replace("_", " ")}
    sentence = _(
        "The database can't be read: {column} of the {table} {thing} is {value}. "
        "Correct that, or put a backup in its place."
    )
    return Refused(sentence.format(**names, thing=quoted(thing), value=quoted(cell)), field=column)


@contextmanager
def translated_errors(file: str) -> Iterator[None]:
    """Errors of the database inside become ``Refused``, those that no sentence fits stay what they are."""
    try:
        yield
    except UnicodeDecodeError as error:  # noise in a text, which no check of SQLite's finds
        raise damaged(file) from error
    except (apsw.Error, PeeweeException, OSError) as error:
        sentence = refusal(error, file)
        if sentence is None:
            raise
        try:
            raise sentence from error
        finally:
            del sentence  # which would keep this, and who called: see `database._ErrorTranslation`
