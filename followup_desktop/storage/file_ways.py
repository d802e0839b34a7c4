"""Ways to files by which SQLite reads where nothing can be written, beside the file or anywhere else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from itertools import count

import apsw

_PAGE = 4096
_OF_THE_SYSTEM = "win32" if os.name == "nt" else "unix"


def taking_keys(name: str) -> str:
    """The name of the same way for files that may be under a passphrase."""
    return f"multipleciphers-{name}" if hasattr(apsw, "mc_version") else name


class _LocklessFile(apsw.VFSFile):
    """A file on which no lock is set, and of which no index can be shared."""

    def xLock(self, level: int) -> None:  # noqa: N802
        pass

    def xUnlock(self, level: int) -> None:  # noqa: N802
        pass

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False


class _Alone(apsw.VFS):
    """The system's files, to be read by whoever keeps the index of the log in memory."""

    NAME = "followup-alone"

    def __init__(self) -> None:
        super().__init__(self.NAME, _OF_THE_SYSTEM)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        to_write = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        file = _LocklessFile(_OF_THE_SYSTEM, name, [flags[0] & ~to_write | apsw.SQLITE_OPEN_READONLY, 0])
        flags[1] = flags[0]  # of a log that can only be read SQLite doesn't tell how much of it is sound
        return file


class _PageFile(_LocklessFile):
    """A page as a file that can be read only."""

    def __init__(self, page: bytes) -> None:
        self._page = page

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return self._page[offset : offset + amount]

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._page)

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return _PAGE

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return apsw.SQLITE_IOCAP_IMMUTABLE

    def xClose(self) -> None:  # noqa: N802
        pass


class PageFiles(apsw.VFS):
    """Pages as files."""

    NAME = "followup-page"

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}
        self._numbers = count()
        super().__init__(self.NAME, "")

    @contextlib.contextmanager
    def named(self, page: bytes) -> Iterator[str]:
        """A name under which the page is there meanwhile."""
        name = f"/{next(self._numbers)}"
        self._pages[name] = page
        try:
            yield name
        finally:
            del self._pages[name]

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        return False

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _PageFile(self._pages[name.filename() if isinstance(name, apsw.URIFilename) else str(name)])


@cache
def pages() -> PageFiles:
    """The one for this process."""
    return PageFiles()


@cache
def _alone() -> _Alone:
    return _Alone()


def alone() -> str:
    """The name of a way to files, for a connection in exclusive mode: it makes no lock, and no index."""
    return taking_keys(_alone().NAME)
