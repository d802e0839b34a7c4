"""Whether a database that is open still is the file of its name, and its log the one beside it."""

from __future__ import annotations

import contextlib
import enum
import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import N_, _
from followup_desktop.storage.cipher import Key, first_page
from followup_desktop.storage.opening import FORMER, backups_folder, files_in
from followup_desktop.storage.pages import PageSums, brought_in, comes_of, log_header, logged, read_pages

Identity = tuple[int, int]
_Beginning = tuple[bytes, tuple[int, ...]]
"""The header of a log; of one that is empty, when it was made so."""

_LOOKED_AT_FIRST = 512
"""So many pages are looked at when the file is opened: all that a thousand applications take, in 2 ms."""
_LOOKS = 3
"""So often a file is looked at that another process may be writing: what was half written is whole then."""


class Misplaced(Refused):
    """The open database is not the file of its name any more: what is written would be lost to the user."""


class Fate(enum.Enum):
    """What has become of a file while it is open."""

    KEPT = enum.auto()
    GONE = enum.auto()
    REPLACED = enum.auto()
    """Another file has its name."""
    OVERWRITTEN = enum.auto()
    """It is the same, but another program has put something else into it."""
    EMPTIED = enum.auto()


_GONE = N_(
    "{path} has been moved or deleted, so nothing is being saved. Put it back to "
    "continue, or export everything before you quit."
)
_REPLACED = N_(
    "Another file has replaced {path}, so nothing is being saved. Put the first "
    "one back to continue, or quit and reopen Follow Up to continue with the other."
)
_OVERWRITTEN = N_(
    "Another program has changed {path}, so nothing is being saved. Put your file back to "
    "continue, or quit and reopen Follow Up to continue with what's in it now."
)
_EMPTIED = N_(
    "Another program has emptied {path}, so nothing is being saved. Export "
    "everything before you quit, then put a copy in its place."
)
_LOST = N_(
    "Another program has emptied {path}, so nothing is being saved. Put your file back to "
    "continue, or quit and reopen Follow Up to restore a backup."
)
_LOST_WITHOUT_BACKUP = N_(
    "Another program has emptied {path}, so nothing is being saved. Put your file back to "
    "continue, or quit and reopen Follow Up to save what can be read."
)
_SENTENCES = {
    Fate.GONE: _GONE,
    Fate.REPLACED: _REPLACED,
    Fate.OVERWRITTEN: _OVERWRITTEN,
    Fate.EMPTIED: _EMPTIED,
}


class FileWatch:
    """The place of one open database, as it was when ``note`` was called last.

    SQLite goes on with a file that was renamed, deleted or replaced, and with a log that was: what is
    written then is in no file that is found again. It doesn't notice either that another program has written
    into the file, and would mix both by bringing its log in. So the file may change by nothing but what comes
    from the log: that is told by its pages, which are read only when its size or its times are others.

    A large file would make each start wait for all of its pages to be read. So some are looked at then, and
    all before the first write, if by its times it is as it was.
    """

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path = path
        self._unsealed = None if key is None else partial(first_page, key=key)
        real = os.path.realpath(path)
        self._beside = tuple(Path(real + ending) for ending in ("-wal", "-shm"))
        self._file: Identity | None = None
        self._log: Sequence[Identity | None] = ()
        self._times: tuple[int, ...] = ()
        self._pages: PageSums | None = None
        self._log_began: _Beginning = (b"", ())
        self.is_readable = True
        """Whether all that was read since the file lost its place could be: then it can be exported."""

    def note(self) -> None:
        """From now on the files are to be those that are there at present."""
        self._log_began = self._beginning_of_log()
        status = _status(self._path)
        self._file = _identity(status)
        self._log = [_identity(_status(file)) for file in self._beside]
        self._times = _times(status)
        self._pages = read_pages(self._path, self._unsealed, _LOOKED_AT_FIRST)

    def check(self) -> None:
        """Raise ``Misplaced`` unless the database has its place, and nobody else has written into it.

        Takes some ten microseconds, and a few milliseconds after the log was brought in.
        """
        if (misplaced := self.misplaced()) is not None:
            raise misplaced
        if self._pages is not None and not self._pages.are_all:
            self._look_at_all()

    def bring_log_in(self, bring: Callable[[], object]) -> None:
        """Have our log brought into the file, which is as it was a moment ago: ``check`` was called.

        What isn't in the log need not be looked at again: all pages took 14 ms with 10,000 applications, in
        the middle of an edit. Somebody else's write that falls into this moment is seen with their next.
        """
        bring()
        began, times = self._beginning_of_log(), _times(_status(self._path))
        if self._pages is not None and times != self._times:
            pages = brought_in(self._path, self._pages, self._beside[0], self._unsealed)
            if pages is not None and times == _times(_status(self._path)):
                self._pages, self._times, self._log_began = pages, times, began

    def misplaced(self) -> Misplaced | None:
        """The refusal for what has become of the file; ``None`` if it was kept."""
        fate = self.fate()
        if fate is Fate.KEPT:
            self.is_readable = True
            return None
        sentence = _SENTENCES[fate]
        if fate is Fate.EMPTIED and not self.is_readable:
            sentence = _LOST if files_in(backups_folder(self._path)) else _LOST_WITHOUT_BACKUP
        return Misplaced(_(sentence).format(path=self._path))

    def fate(self) -> Fate:
        """What has become of the file since it was noted; raises ``apsw.Error`` where it can't be read."""
        # Looked at before the file: where another process begins it anew just then, the next look knows.
        began = self._beginning_of_log()
        status = _status(self._path)
        if _identity(status) != self._file:
            return Fate.GONE if status is None else Fate.REPLACED
        if status is None:
            return Fate.KEPT
        if _times(status) != self._times:
            if not self._is_explained():
                return Fate.EMPTIED if status.st_size == 0 else Fate.OVERWRITTEN
            self._times = _times(status)
        self._log_began = began
        return Fate.KEPT

    @property
    def identity(self) -> Identity | None:
        """What tells the file from another that takes its name, as it was noted."""
        return self._file

    @property
    def is_noted(self) -> bool:
        """Whether there was a file to note."""
        return self._file is not None

    @property
    def log_is_kept(self) -> bool:
        """Whether the log and what belongs to it have their places."""
        return all(
            known is None or _identity(_status(file)) == known
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
        if _status(self._path) is None:
            return
        for file, known in zip(self._beside, self._log, strict=True):
            if known is not None and _identity(_status(file)) == known:
                with contextlib.suppress(OSError):
                    file.rename(free_name(file.with_name(f"{file.name}{FORMER}")))

    def _look_at_all(self) -> None:
        """Note every page, unless somebody writes into the file meanwhile: the next look knows of that."""
        pages = read_pages(self._path, self._unsealed)
        if _times(_status(self._path)) == self._times:
            self._pages = pages

    def _is_explained(self) -> bool:
        """Whether the file differs by nothing, or by what came from the log; its pages are noted if so."""
        for __ in range(_LOOKS):
            present, known = read_pages(self._path, self._unsealed), self._pages
            if present is not None and (
                known is None
                or present == known
                or comes_of(present, known, logged(self._beside[0]))
                or self._may_come_of_a_former_log(present, known)
            ):
                self._pages = present
                return True
        return False

    def _may_come_of_a_former_log(self, present: PageSums, known: PageSums) -> bool:
        """Whether the log was begun anew meanwhile, which doesn't tell any more what came from it.

        An older copy of the file counts less then. Where there was no log at the last look and is one now,
        that most likely is the first, and it takes more to believe that it isn't.
        """
        before, after = self._log_began, self._beginning_of_log()
        if before == after:
            return False
        is_first = after[0] and not before[0]
        return present.counter > known.counter or (present.counter == known.counter and not is_first)

    def _beginning_of_log(self) -> _Beginning:
        log = self._beside[0]
        header = log_header(log)
        return header, () if header else _times(_status(log))


def identity_of(file: Path) -> Identity | None:
    """What tells this file from another that takes its name; ``None`` if there is none."""
    return _identity(_status(file))


def replaced(file: Path) -> Misplaced:
    """The refusal for a file that has the name of the one that was open."""
    return Misplaced(_(_REPLACED).format(path=file))


def free_name(file: Path) -> Path:
    """The file, under another name where there is one of that name."""
    names = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return file if not file.exists() else next(name for name in names if not name.exists())


def _status(file: Path) -> os.stat_result | None:
    """What the file is; ``None`` if there is none. Raises ``OSError`` where the disk doesn't tell."""
    try:
        return file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _identity(status: os.stat_result | None) -> Identity | None:
    return None if status is None else (status.st_dev, status.st_ino)


def _times(status: os.stat_result | None) -> tuple[int, ...]:
    """What the system changes with every write into the file."""
    return () if status is None else (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
