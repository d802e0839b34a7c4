"""What goes wrong between the program and its file, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
from peewee import PeeweeException

from followup_desktop.domain.errors import Refused


class NotFound(Refused):
    """What was asked for is not there, perhaps no longer."""


_SENTENCES: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.FullError, "The disk of {file} is full, so nothing was changed: free some space and try again."),
    (
        apsw.NotADBError,
        "{file} is not a Follow Up Desktop database: choose another data folder, or put a backup back with "
        "“followup-desktop restore FILE”.",
    ),
    (
        apsw.CorruptError,
        "The database {file} is damaged: keep a copy of it and put a backup back with "
        "“followup-desktop restore FILE”.",
    ),
    (
        apsw.ReadOnlyError,
        "{file} can't be written: allow writing to it and to its folder, or choose another data folder.",
    ),
    (
        apsw.CantOpenError,
        "{file} can't be opened: check that its folder exists and may be written, or choose another data "
        "folder.",
    ),
    (
        apsw.PermissionsError,
        "{file} can't be used: check the permissions of the file and its folder.",
    ),
    (
        apsw.BusyError,
        "Another program is writing to {file}: nothing was changed; try again in a moment.",
    ),
    (
        apsw.LockedError,
        "Another program is writing to {file}: nothing was changed; try again in a moment.",
    ),
    (
        apsw.IOError,
        "Reading or writing {file} failed, so nothing was changed: check the disk and try again.",
    ),
    (
        apsw.ConstraintError,
        "This names something that is not there any more, or an id that is taken, so nothing was changed: "
        "look at it again and repeat what is missing.",
    ),
)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it: Peewee can hide a full disk behind a failed rollback."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]


def refusal(error: BaseException, file: str) -> Refused | None:
    """The sentence for an error of the database, or ``None`` if it is none that a user can mend."""
    causes = tuple(_chain(error))
    for kind, sentence in _SENTENCES:
        if any(isinstance(cause, kind) for cause in causes):
            return Refused(sentence.format(file=file))
    if any(isinstance(cause, PermissionError) for cause in causes):
        return Refused(f"{file} can't be used: check the permissions of the file and its folder.")
    return None


@contextmanager
def told(file: str) -> Iterator[None]:
    """Errors of the database inside become ``Refused``, those that no sentence fits stay what they are."""
    try:
        yield
    except (apsw.Error, PeeweeException, OSError) as error:
        sentence = refusal(error, file)
        if sentence is None:
            raise
        raise sentence from error
