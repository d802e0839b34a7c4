"""The records on the pages of a database, each by itself, whatever became of the trees that they hang in.

The format is that of https://sqlite.org/fileformat2.html. Most tables are without rowids: their rows stand on
the leaves of a tree and on the pages above those, and so do the entries of indexes. Those of a table with
rowids stand on its leaves. Of what a record is, only its columns tell.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

Cell = int | bytes | None
"""What a record has of a column: a text is as its bytes."""

PAGE = 4096
"""The size of our pages, in bytes."""
_RESERVED_AT = 20
"""Where the first page tells how many bytes at the end of each page are the cipher's."""
_LEAF, _ABOVE_LEAVES, _LEAF_WITH_ROWIDS = 0x0A, 0x02, 0x0D
_HEADERS = {_LEAF: 8, _ABOVE_LEAVES: 12, _LEAF_WITH_ROWIDS: 8}
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_ZERO, _ONE = 8, 9
_FIRST_TEXT = 13
_OF_A_DAMAGED_ONE = (IndexError, ValueError)


def records(image: bytes, widths: Collection[int]) -> Iterator[tuple[Cell, ...]]:
    """Every record of texts and integers with as many columns as one of the ``widths``.

    Where the end of a long text is lost, it has zeros. Deleted ones are not among them: our SQLite writes
    zeros over what is deleted (``SECURE_DELETE``).
    """
    reader = _RecordReader(image)
    for at in range(PAGE, len(image), PAGE):  # none of these is on the first
        page = image[at : at + PAGE]
        for start in _cells(page):
            with contextlib.suppress(*_OF_A_DAMAGED_ONE):
                found = _record(reader.payload(page, start), widths)
                if found is not None:
                    yield found


def _cells(page: bytes) -> Iterator[int]:
    """Where on the page its records begin; nowhere, if it has none."""
    header = _HEADERS.get(page[0])
    if header is not None:
        count = min(int.from_bytes(page[3:5], "big"), (PAGE - header) // 2)
        for at in range(header, header + 2 * count, 2):
            # Above the leaves a page's number comes before each.
            yield int.from_bytes(page[at : at + 2], "big") + (4 if page[0] == _ABOVE_LEAVES else 0)


class _RecordReader:
    """What a record has, with what of it is on pages of their own."""

    def __init__(self, image: bytes) -> None:
        self._image = image
        self._usable = PAGE - image[_RESERVED_AT]
        self._most = (self._usable - 12) * 64 // 255 - 23
        self._least = (self._usable - 12) * 32 // 255 - 23

    def payload(self, page: bytes, start: int) -> bytes:
        size, start = _number(page, start)
        if size > len(self._image):
            raise ValueError(size)
        most = self._most
        if page[0] == _LEAF_WITH_ROWIDS:
            _rowid, start = _number(page, start)
            most = self._usable - 35
        here = size
        if size > most:
            here = self._least + (size - self._least) % (self._usable - 4)
            here = here if here <= most else self._least
        parts, next_one = [page[start : start + here]], page[start + here : start + here + 4]
        if size == here:
            return parts[0]
        for _page in range(-(-(size - here) // (self._usable - 4))):
            at = (int.from_bytes(next_one, "big") - 1) * PAGE
            further = self._image[at : at + self._usable] if at >= 0 else b""
            if further[:1] != b"\0":  # it begins with the number of the next, which is no such great one
                break
            parts.append(further[4:])
            next_one = further[:4]
        return b"".join(parts)[:size].ljust(size, b"\0")


def _record(payload: bytes, widths: Collection[int]) -> tuple[Cell, ...] | None:
    """The columns; ``None`` where it has others, or isn't one."""
    end, at = _number(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _number(payload, at)
        kinds.append(kind)
    if at != end or len(kinds) not in widths:
        return None
    cells: list[Cell] = []
    for kind in kinds:
        if kind >= _FIRST_TEXT and kind % 2:
            size = (kind - _FIRST_TEXT) // 2
            cells.append(payload[at : at + size])
        elif kind in _INTEGERS:
            size = _INTEGERS[kind]
            cells.append(int.from_bytes(payload[at : at + size], "big", signed=True))
        elif kind in (0, _ZERO, _ONE):
            size = 0
            cells.append(None if kind == 0 else kind - _ZERO)
        else:
            return None
        at += size
    return tuple(cells) if at == len(payload) else None


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9
