"""What an old spreadsheet (XLS) takes in memory, told before a library lays its sheets out; and its links.

Each sheet is laid out in full, from its first cell to its last, and the text of each cell is a copy of its
own. So the records of the cells are looked at here: where they are, and how long the texts are they share.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_HEADER = 512
_NONE = 0xFFFFFFF0
"""What is larger is no number of a sector."""
_ENTRY = 128
_ROOT = "Root Entry"
"""The entry whose sectors hold the small ones."""
_STREAMS = ("Workbook", "Book")
_BEGIN, _SIZE, _CELLS_OF_ROW, _SHARED, _MORE = 0x0809, 0x0200, 0x00BD, 0x00FC, 0x003C
_SHARED_CELL, _SHEET, _LINK = 0x00FD, 0x0085, 0x01B8
_OF_ADDRESS = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
"""What says that the target of a link is an address of the web."""
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, _SHARED_CELL, _CELLS_OF_ROW})
_RICH, _ASIAN, _WIDE = 8, 4, 1


class BrokenWorkbook(ValueError):
    """The file isn't what it seems to be."""


@dataclass(slots=True)
class Reach:
    """How far the cells of a sheet go, how many there are, the characters in them, and their links."""

    name: str = ""
    cells: int = 0
    characters: int = 0
    declared: int = 0
    rows: list[int] = field(default_factory=lambda: [0x10000, -1])
    columns: list[int] = field(default_factory=lambda: [0x10000, -1])

    links: list[tuple[int, int, str]] = field(default_factory=list)
    """Row, column and the address behind the cell."""

    @property
    def area(self) -> int:
        """The cells from the first to the last."""
        return max(0, self.rows[1] - self.rows[0] + 1) * max(0, self.columns[1] - self.columns[0] + 1)


def reaches(data: bytes) -> Iterator[Reach]:
    """Of each sheet how far its cells go. Raises ``BrokenWorkbook``."""
    try:
        stream = _stream_of(data)
        yield from _sheets(stream)
    except (struct.error, IndexError, OverflowError) as error:
        raise BrokenWorkbook from error


def _sheets(stream: bytes) -> Iterator[Reach]:
    reach = Reach()
    lengths: Sequence[int] = ()
    names: dict[int, str] = {}
    for kind, place, size in _records(stream):
        if kind == _BEGIN:
            yield reach
            reach = Reach(name=names.get(place - 4, ""))
        elif kind == _SHEET and size >= 8:
            begin, length, wide = struct.unpack_from("<I2xBB", stream, place)
            names[begin] = _text(stream[place + 8 : place + size], length, wide)
        elif kind == _LINK and size >= 32:
            reach.links += _linked(stream[place : place + size])
        elif kind == _SHARED:
            lengths = _lengths_of_texts(stream, place, size)
        elif kind == _SIZE:
            layout = "<IIHH" if size >= 12 else "<HHHH"
            first, after, left, right = struct.unpack_from(layout, stream, place)
            if first > after or left > right:
                raise BrokenWorkbook
            reach.declared = max(reach.declared, (after - first) * (right - left))
        elif kind in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            last = column
            if kind == _CELLS_OF_ROW:
                (last,) = struct.unpack_from("<H", stream, place + size - 2)
            if row < reach.rows[1] or last < column:
                raise BrokenWorkbook
            reach.cells += last - column + 1
            reach.rows[:] = min(reach.rows[0], row), max(reach.rows[1], row)
            reach.columns[:] = min(reach.columns[0], column), max(reach.columns[1], last)
            if kind == _SHARED_CELL and size >= 10:
                (number,) = struct.unpack_from("<I", stream, place + 6)
                reach.characters += lengths[number] if number < len(lengths) else 0
    yield reach


def _text(data: bytes, length: int, wide: int) -> str:
    return data[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else data[:length].decode("latin-1")


def _linked(record: bytes) -> Iterator[tuple[int, int, str]]:
    """The first of the cells that have a link, with its address."""
    row, column = struct.unpack_from("<H2xH", record)
    found = record.find(_OF_ADDRESS)
    if found >= 0:
        begin = found + len(_OF_ADDRESS) + 4
        (size,) = struct.unpack_from("<I", record, begin - 4)
        address = record[begin : begin + size].decode("utf-16-le", "replace")
        yield row, column, address.partition("\0")[0]


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """The kind of each record, where its content begins, and how long that is."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, min(size, len(stream) - place - 4)
        place += 4 + size


def _lengths_of_texts(stream: bytes, place: int, size: int) -> array[int]:
    """The characters of each of the texts that cells share; they go on over several records."""
    ends = [place + size]
    for kind, begin, more in _records(stream[place + size :]):
        if kind != _MORE:
            break
        ends.append(place + size + begin + more)
    found = array("I")
    (count,) = struct.unpack_from("<I", stream, place + 4)
    at, part = place + 8, 0
    while len(found) < count and at + 3 <= ends[-1]:
        if at >= ends[part]:
            at, part = ends[part] + 4, part + 1
            continue
        length, flags = struct.unpack_from("<HB", stream, at)
        at += 3
        runs = extra = 0
        if flags & _RICH:
            (runs,) = struct.unpack_from("<H", stream, at)
            at += 2
        if flags & _ASIAN:
            (extra,) = struct.unpack_from("<I", stream, at)
            at += 4
        found.append(length)
        left = length
        while left and part < len(ends):
            width = 2 if flags & _WIDE else 1
            taken = min(left, max(0, ends[part] - at) // width)
            left -= taken
            at += taken * width
            if left:
                if part + 1 >= len(ends):
                    return found
                at, part = ends[part] + 4, part + 1
                flags = stream[at]
                at += 1
        at += 4 * runs + extra
        while part + 1 < len(ends) and at > ends[part]:
            at, part = at + 4, part + 1
    return found


# The file in which the stream is: sectors, each of which names the next


class _Sectors:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 12 or not 2 <= small < shift:
            raise BrokenWorkbook
        self._size, self.small_size = 1 << shift, 1 << small
        first, self.cutoff, small_first = struct.unpack_from("<I4xII", data, 48)
        self._next = self._table(data)
        self.directory = self.chain(first)
        self._small_next = _numbers(self.chain(small_first)) if small_first < _NONE else array("I")

    def _table(self, data: bytes) -> array[int]:
        listed = _numbers(data[76:_HEADER])
        (more,) = struct.unpack_from("<I", data, 68)
        seen: set[int] = set()
        while more < _NONE and more not in seen:
            seen.add(more)
            part = _numbers(self._sector(more))
            listed += part[:-1]
            more = part[-1]
        found = array("I")
        for number in listed:
            if number < _NONE:
                found += _numbers(self._sector(number))
        return found

    def _sector(self, number: int) -> bytes:
        begin = max(_HEADER, self._size) + number * self._size
        return self._data[begin : begin + self._size]

    def chain(self, first: int) -> bytes:
        """What the sectors hold from this one on."""
        return b"".join(map(self._sector, _followed(first, self._next)))

    def small_chain(self, first: int, whole: bytes) -> bytes:
        """What the small sectors within ``whole`` hold from this one on."""
        numbers = _followed(first, self._small_next)
        size = self.small_size
        return b"".join(whole[number * size : (number + 1) * size] for number in numbers)


def _followed(first: int, following: Sequence[int]) -> Iterator[int]:
    number, count = first, 0
    while number < len(following):
        yield number
        number, count = following[number], count + 1
        if count > len(following):
            raise BrokenWorkbook  # it goes round in a circle


def _numbers(data: bytes) -> array[int]:
    count = len(data) // 4
    return array("I", struct.unpack_from(f"<{count}I", data))


def _stream_of(data: bytes) -> bytes:
    sectors = _Sectors(data)
    directory = sectors.directory
    entries = {}
    for begin in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, begin + 64)
        name = directory[begin : begin + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        entries[name] = struct.unpack_from("<II", directory, begin + 116)
    for name in _STREAMS:
        if name in entries:
            first, size = entries[name]
            if size >= sectors.cutoff:
                return sectors.chain(first)[:size]
            if _ROOT not in entries:
                raise BrokenWorkbook
            return sectors.small_chain(first, sectors.chain(entries[_ROOT][0]))[:size]
    raise BrokenWorkbook
