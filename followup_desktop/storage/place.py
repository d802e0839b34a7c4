"""Whether a database that is open still is the file of its name, and its log the one beside it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from followup_desktop.domain.errors import Refused

Identity = tuple[int, int]


class Misplaced(Refused):
    """The open database is not the file of its name any more: what is written would be lost to the user."""


class Place:
    """The place of one open database, as it was when ``note`` was called last.

    SQLite goes on with a file that was renamed, deleted or replaced, and with a log that was: what is
    written then is in no file that is found again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        real = os.path.realpath(path)
        self._beside = tuple(Path(real + ending) for ending in ("-wal", "-shm"))
        self._file: Identity | None = None
        self._log: Sequence[Identity | None] = ()

    def note(self) -> None:
        """From now on the files are to be those that are there at present."""
        self._file = _identity(self._path)
        self._log = [_identity(file) for file in self._beside]

    def check(self) -> None:
        """Raise ``Misplaced`` unless the database has its place."""
        present = _identity(self._path)
        if present == self._file:
            return
        if present is None:
            raise Misplaced(
                f"{self._path} is not in its place any more, so nothing is saved: put it back to go on, or "
                "export everything before you quit if it was deleted."
            )
        raise Misplaced(
            f"Another file has taken the place of {self._path}, so nothing is saved: put the first one back "
            "to go on, or quit and open Follow Up again to go on with the other."
        )

    @property
    def is_lost(self) -> bool:
        """Whether the database was noted, and is not in that place any more."""
        return self._file is not None and _identity(self._path) != self._file

    @property
    def log_is_kept(self) -> bool:
        """Whether the log and what belongs to it have their places."""
        return all(
            known is None or _identity(file) == known
            for file, known in zip(self._beside, self._log, strict=True)
        )

    @property
    def is_deleted(self) -> bool:
        """Whether the file has no name any more, as far as the system tells; else it was only moved."""
        with contextlib.suppress(OSError):
            for entry in Path("/proc/self/fd").iterdir():
                with contextlib.suppress(OSError):
                    status = entry.stat()
                    if (status.st_dev, status.st_ino) == self._file:
                        return status.st_nlink == 0
        return False

    def put_log_aside(self) -> None:
        """Rename our log where another database has taken the place, which would take it for its own."""
        if _identity(self._path) is None:
            return
        for file, known in zip(self._beside, self._log, strict=True):
            if known is not None and _identity(file) == known:
                with contextlib.suppress(OSError):
                    file.rename(file.with_name(f"{file.name}.of-the-former"))


def _identity(file: Path) -> Identity | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
