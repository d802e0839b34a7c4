"""Whether a journal that lies beside a database is its own.

Whoever opens a database brings such a journal into it, whichever it is: SQLite takes what is in it for the
pages that were there before. The program itself leaves one behind only where it's killed within a migration,
or while the database begins or ends to have a log.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from followup_desktop.storage.pages import Unsealed

_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_HEADER = 28
_ALL = 0xFFFFFFFF
"""Instead of a number of pages: as many as the file has."""
_SUMMED = 200
"""Every so many bytes of a page one is added up."""
_RESERVED, _COUNTER, _SIZE = 20, 24, 28
_MODES = slice(18, 20)
_COUNTED = (_MODES, slice(24, 28), slice(92, 100))
"""What a change of the mode changes in the first page: that, and what SQLite counts with every write."""
_WITH_LOG = b"\2\2"
_SECTOR = 512
"""So much of a page at least is written or not."""


class _Journal(NamedTuple):
    """What SQLite would write back: a size in pages, and pages of so many bytes.

    ``first`` is the first page as it was, if it is among them.
    """

    size: int
    page_size: int
    first: bytes | None
    has_others: bool


def is_hot(journal: Path) -> bool:
    """Whether SQLite would look what is in it: not where it begins with a zero."""
    if not journal.is_file():
        return False
    with journal.open("rb") as file:
        return file.read(1) not in {b"", b"\0"}


def fits(journal: Path, page: bytes, unsealed: Unsealed | None = None) -> bool:
    """Whether the journal can be that of a file with this first page, as it stands there.

    One under a passphrase needs what tells its first page.

    A write puts the first page into the journal as it was, and one that counts on from it into the file,
    before any other page but those for which memory didn't suffice. A file that has a log gets a journal only
    as it begins to have that, or ends: then nothing is in it but the first page, which differs by nothing
    else.
    """
    is_plain = unsealed is None
    unsealed = unsealed or _as_it_is
    found, present = _read(journal, is_plain=is_plain), unsealed(page)
    if found is None or present is None or found.page_size != len(page):
        return False
    has_log = present[_MODES] == _WITH_LOG
    if found.first is None:  # then it wasn't written yet, and tells the size from before
        (size,) = struct.unpack_from(">I", present, _SIZE)
        return found.size == size and not (found.has_others and has_log)
    before = unsealed(found.first)
    if before is None:
        return False
    if has_log:
        return not found.has_others and _without_counts(before) == _without_counts(present)
    (count,), (count_before,) = (struct.unpack_from(">I", each, _COUNTER) for each in (present, before))
    if count == count_before:
        return before[:_SECTOR] == present[:_SECTOR]
    return bool(count == (count_before + 1) & _ALL)


def _as_it_is(page: bytes) -> bytes:
    return page


def _without_counts(page: bytes) -> bytes:
    kept = bytearray(page[: len(page) - page[_RESERVED]])
    for part in _COUNTED:
        kept[part] = bytes(part.stop - part.start)
    return bytes(kept)


def _read(journal: Path, *, is_plain: bool) -> _Journal | None:
    """What SQLite would find in it; ``None`` if that isn't one, or it belongs to several files.

    The sums are those of what is under a passphrase, so without that they tell nothing.
    """
    with journal.open("rb") as file:
        end = file.seek(0, 2)
        if end >= len(_MAGIC):
            file.seek(-len(_MAGIC), 2)
            if file.read() == _MAGIC:  # behind the name of another journal, on which it depends
                return None
        begin = _header(file, 0)
        if begin is None:
            return None
        size, sector, page_size = begin[2:]
        if not (_is_size(sector, 32) and _is_size(page_size, 512)):
            return None
        first, has_others, at = None, False, 0
        while (header := _header(file, at)) is not None:
            count, nonce, size_then = header[:3]
            at += sector
            is_whole = True
            for _ in range((end - at) // (page_size + 8) if count == _ALL else count):
                file.seek(at)
                record = file.read(page_size + 8)
                at += len(record)
                is_whole = len(record) == page_size + 8 and any(record[:4])
                is_whole &= not is_plain or _sum_holds(record, nonce)
                if not is_whole:
                    break
                number = int.from_bytes(record[:4], "big")
                if number == 1:
                    first = first or record[4:-4]
                elif number <= size_then:
                    has_others = True
            if not is_whole:
                break
            at += -at % sector
    return _Journal(size, page_size, first, has_others)


def _header(file: BinaryIO, at: int) -> tuple[int, int, int, int, int] | None:
    """How many pages follow, what their sums begin with, the size then, and those of a sector and a page."""
    file.seek(at)
    head = file.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        return None
    count, nonce, size, sector, page_size = struct.unpack_from(">5I", head, len(_MAGIC))
    return count, nonce, size, sector, page_size


def _is_size(number: int, least: int) -> bool:
    return least <= number <= 65536 and number & (number - 1) == 0


def _sum_holds(record: bytes, nonce: int) -> bool:
    content = record[4:-4]
    total = nonce + sum(content[place] for place in range(len(content) - _SUMMED, 0, -_SUMMED))
    return total & _ALL == int.from_bytes(record[-4:], "big")
