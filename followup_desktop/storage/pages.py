"""The database and its log as they are on the disk, read beneath SQLite.

The file must not be opened in the common way while a connection is open: closing it would give up the locks
that SQLite has on it in this process. The log has none.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import apsw

MAGIC = b"SQLite format 3\0"
SEALED_PAGE = 4096
"""The size of the pages of a file under a passphrase, in bytes; nothing in it tells."""
_HEADER = 100
_AT_ONCE = 1 << 20
"""So many bytes are read at once: a multiple of every page size."""
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_LOG_HEADER, _FRAME_HEADER = 32, 24
_FRAME_BEGIN = struct.Struct(">2I8s")
_MODES, _WITHOUT_LOG = slice(18, 20), b"\1\1"


Unsealed = Callable[[bytes], bytes | None]
"""What a first page under a passphrase holds; ``None`` if it isn't one of the database's."""


class PageSums(NamedTuple):
    """A sum over each page of the file, the size of a page in bytes, and the header's change counter.

    The sum is ``None`` for a page that wasn't looked at. SQLite counts up when it writes the first page, and
    never down. Under a passphrase the same page is written otherwise each time, so what is ``sealed`` is
    known by the numbers of its pages alone.
    """

    page_size: int
    counter: int
    sums: tuple[int | None, ...]
    sealed: bool = False
    are_all: bool = True
    """Whether every page was looked at."""


class Frame(NamedTuple):
    """A page in the log, by its number; with the size that the file has in pages where it ends a commit."""

    number: int
    pages_after: int
    page: bytes


class LogPages(NamedTuple):
    """The sums of every page in the log, by number, and the sizes in pages that its commits give the file."""

    sums: dict[int, set[int]]
    sizes: set[int]


def read_head(path: Path, count: int) -> bytes:
    """The first so many bytes of the file, or as many as it has."""
    with _opened(path) as file:
        return _read(file, min(count, file.xFileSize()), 0)


def read_pages(path: Path, unsealed: Unsealed | None = None, at_most: int | None = None) -> PageSums | None:
    """The pages that the file has at present; ``None`` if it is no database, or is cut off while it is read.

    A megabyte takes less than a millisecond. Of a file with more than ``at_most`` pages so many are looked
    at, the first among them. A file under a passphrase needs what tells its first page.
    """
    with _opened(path) as file:
        begin = _beginning(file, unsealed)
        if begin is None:
            return None
        size, page_size = begin.size, begin.page_size
        count = -(-size // page_size)
        sums: list[int | None] = []
        looks_at_all = at_most is None or count <= at_most
        if at_most is not None and not looks_at_all:
            sums = [None] * count
            for number in range(0, count, -(-count // at_most)):
                sums[number] = zlib.crc32(_page(file, begin, number))
        else:
            for at in range(0, size, _AT_ONCE):
                part = _read(file, min(_AT_ONCE, size - at), at)
                sums += [
                    zlib.crc32(part[first : first + page_size]) for first in range(0, len(part), page_size)
                ]
    if len(sums) != count:
        return None
    return PageSums(page_size, begin.counter, tuple(sums), begin.sealed, looks_at_all)


def brought_in(path: Path, known: PageSums, log: Path, unsealed: Unsealed | None = None) -> PageSums | None:
    """The pages of the file after its log came into it: those in the log are looked at, and no others.

    ``None`` where there is more to it, as where one of them isn't what was known or in the log.
    """
    came = _last_sums(log)
    if came is None:
        return None
    with _opened(path) as file:
        begin = _beginning(file, unsealed)
        if begin is None or (begin.page_size, begin.sealed) != (known.page_size, known.sealed):
            return None
        count = -(-begin.size // begin.page_size)
        if count < len(known.sums):
            return None
        sums = [*known.sums, *[None] * (count - len(known.sums))]
        for number, last in came.items():
            if number <= count:
                found = zlib.crc32(_page(file, begin, number - 1))
                if not (begin.sealed or found in (last, sums[number - 1])):
                    return None
                sums[number - 1] = found
    if None in sums[len(known.sums) :]:
        return None
    return PageSums(begin.page_size, begin.counter, tuple(sums), begin.sealed, known.are_all)


def read_through(path: Path) -> None:
    """Read all of the file and its log, as far as they are there.

    Raises ``apsw.IOError`` or ``OSError`` where the disk fails. SQLite tells that as damage: it takes a page
    that the disk can't read for one of a file system that is broken (``SQLITE_IOERR_CORRUPTFS``).
    """
    with _opened(path) as file:
        size = file.xFileSize()
        for at in range(0, size, _AT_ONCE):
            _read(file, min(_AT_ONCE, size - at), at)
    log = Path(f"{path}-wal")
    if log.is_file():
        with contextlib.suppress(FileNotFoundError), log.open("rb") as file:
            while file.read(_AT_ONCE):
                pass


def refuse_what_is_no_file(path: Path) -> None:
    """Raise ``OSError`` where it is a pipe, say: who opens that waits for somebody who writes into it."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


def log_header(log: Path) -> bytes:
    """What changes in the log whenever it is begun anew; nothing where there is none."""
    try:
        if log.is_file():
            with log.open("rb") as file:
                return file.read(_LOG_HEADER)
    except OSError:
        pass
    return b""


def first_frame(log: Path) -> Frame | None:
    """The first page in the log, if it has any."""
    with closing(frames(log)) as found:
        return next(found, None)


def frames(log: Path) -> Generator[Frame]:
    """The pages in the log since it was begun, those of a transaction that isn't committed among them.

    Who doesn't take all of them closes it: what fails as the file is closed would be told to nobody.
    """
    if not log.is_file():
        return
    try:
        with log.open("rb", buffering=_AT_ONCE) as file:
            begun = _begun(file)
            if begun is None:
                return
            size, salts = begun
            while len(frame := file.read(size)) == size:
                number, pages_after, of_frame = _FRAME_BEGIN.unpack_from(frame)
                if of_frame != salts:
                    return
                yield Frame(number, pages_after, frame[_FRAME_HEADER:])
    except FileNotFoundError:
        return


def _last_sums(log: Path) -> dict[int, int] | None:
    """The sums of the pages that the log has last, by number; ``None`` where it is begun anew meanwhile.

    Of a thousand frames that edits left, most are of the same few pages: to read and sum up all of them took
    5 ms, and takes 1.
    """
    if not log.is_file():
        return {}
    last: dict[int, int] = {}
    sums: dict[int, int] = {}
    try:
        with log.open("rb", buffering=0) as file:
            begun = _begun(file)
            if begun is None:
                return {}
            size, salts = begun
            for at in range(_LOG_HEADER, file.seek(0, os.SEEK_END) - size + 1, size):
                number, of_frame = _frame_begin(file, at, _FRAME_BEGIN.size)[:2]
                if of_frame != salts:
                    break
                last[number] = at
            for number, at in last.items():
                *begin, page = _frame_begin(file, at, size)
                if begin != [number, salts]:
                    return None
                sums[number] = zlib.crc32(page)
    except FileNotFoundError:
        return {}
    return sums


def _frame_begin(log: BinaryIO, at: int, count: int) -> tuple[int, bytes, memoryview]:
    """The first so many bytes of the frame there: of which page, what all frames have, and of the page."""
    log.seek(at)
    frame = log.read(count).ljust(_FRAME_BEGIN.size, b"\0")
    number, _pages_after, of_frame = _FRAME_BEGIN.unpack_from(frame)
    return number, of_frame, memoryview(frame)[_FRAME_HEADER:]


def _begun(log: BinaryIO) -> tuple[int, bytes] | None:
    """How long each frame in a log is, read from its beginning, and its salts; ``None`` without a frame."""
    begin = log.read(_LOG_HEADER)
    if len(begin) < _LOG_HEADER:
        return None
    magic, _, page_size, _, salts = struct.unpack(">4I8s", begin[:24])
    if magic not in _LOG_MAGIC or not 512 <= page_size <= 65536:
        return None
    return _FRAME_HEADER + page_size, salts


def fits(head: bytes, log: Path, unsealed: Unsealed = lambda page: page) -> bool:
    """Whether the log can go on from a file with this header, as far as both tell.

    A file that was cut off within its header tells nothing: what is in the log is all there is of it then.

    The log begins where the file was up to date. So its first page 1 counts on from the file's, and what came
    into the file from it counts no more than its last one; or, where it has none, its commits leave the file
    its size. A copy that was put over the file counts otherwise, unless by chance: see `lineage`.
    """
    if len(head) < _HEADER:
        return True
    (counter,), (size,) = struct.unpack_from(">I", head, 24), struct.unpack_from(">I", head, 28)
    with closing(frames(log)) as found:
        firsts = (unsealed(frame.page) for frame in found if frame.number == 1)
        first = next(firsts, b"")
        if first is None:
            return False
        if first:
            (begin,) = struct.unpack_from(">I", first, 24)
            if begin in {counter, counter + 1}:
                return True
            # Giving up a log whose file then couldn't be deleted counts once more.
            most = counter - (head[_MODES] == _WITHOUT_LOG)
            counts = (struct.unpack_from(">I", page, 24)[0] for page in firsts if page is not None)
            return bool(begin <= counter) and any(each >= most for each in counts)
    return {frame.pages_after for frame in frames(log) if frame.pages_after} <= {size}


def begin_to_count(file: Path) -> None:
    """Have a plain database that no one has open count its writes from none on, as ``fits`` looks at them.

    A copy that SQLite writes counts more than what it was made of.
    """
    with file.open("r+b") as writing:
        for place in (24, 92):  # the count, and the one for which the size is true
            writing.seek(place)
            writing.write(bytes(4))


def logged(log: Path) -> LogPages:
    """What may come into the file from the log."""
    found = LogPages(defaultdict(set), set())
    for frame in frames(log):
        found.sums[frame.number].add(zlib.crc32(frame.page))
        if frame.pages_after:
            found.sizes.add(frame.pages_after)
    return found


def comes_of(present: PageSums, known: PageSums, log: LogPages) -> bool:
    """Whether the file is what was known of it but for pages that came from the log, all or some of them.

    A page that wasn't looked at then may be any.
    """
    if present.page_size != known.page_size or present.sealed != known.sealed:
        return False
    if len(present.sums) < len(known.sums) and len(present.sums) not in log.sizes:
        return False
    # A page that was taken and given up before it was written is a hole in the file.
    hole, holes_from = zlib.crc32(bytes(present.page_size)), min(len(known.sums), *log.sizes, 1 << 32)
    return all(
        (number <= len(known.sums) and known.sums[number - 1] in (found, None))
        or (number in log.sums if present.sealed else found in log.sums.get(number, ()))
        or (found == hole and number > holes_from)
        for number, found in enumerate(present.sums, 1)
    )


class _FileHead(NamedTuple):
    """What the first page tells, and the size of the file in bytes."""

    size: int
    page_size: int
    counter: int
    sealed: bool


def _beginning(file: apsw.VFSFile, unsealed: Unsealed | None) -> _FileHead | None:
    """What the file's first page tells; ``None`` if it is no database."""
    size = file.xFileSize()
    header = _read(file, _HEADER, 0) if size >= _HEADER else b""
    is_sealed = unsealed is not None and size >= SEALED_PAGE and not header.startswith(MAGIC)
    if unsealed is not None and is_sealed:
        header = unsealed(_read(file, SEALED_PAGE, 0)) or b""
    if len(header) < _HEADER or not header.startswith(MAGIC):
        return None
    (page_size,) = struct.unpack_from(">H", header, 16)
    (counter,) = struct.unpack_from(">I", header, 24)
    page_size = 65536 if page_size == 1 else page_size
    if page_size < 512 or _AT_ONCE % page_size:
        return None
    return _FileHead(size, page_size, counter, is_sealed)


def _page(file: apsw.VFSFile, begin: _FileHead, index: int) -> bytes:
    """One page of a file with this beginning."""
    at = index * begin.page_size
    return _read(file, min(begin.page_size, begin.size - at), at)


def _read(file: apsw.VFSFile, count: int, at: int) -> bytes:
    """The bytes there. Raises ``apsw.IOError`` where the file has them, and the disk gave fewer."""
    found = file.xRead(count, at)
    if len(found) < count and file.xFileSize() >= at + count:
        raise apsw.IOError(apsw.SQLITE_IOERR_SHORT_READ)
    return found


@contextmanager
def _opened(path: Path) -> Iterator[apsw.VFSFile]:
    refuse_what_is_no_file(path)
    flags = [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0]
    file = apsw.VFSFile("", os.path.realpath(path), flags)
    try:
        yield file
    finally:
        file.xClose()
