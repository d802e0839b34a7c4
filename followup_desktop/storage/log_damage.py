"""A log that was damaged after a crash, which SQLite takes for one that ends there.

It follows the log as far as its sums hold, for a loss of power may leave half a commit at the end, and says
nothing of what comes after. Two commits can't come after that, nor any after a header that is noise.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import apsw

T = TypeVar("T")

_HEADER, _FRAME = 32, 24
_PAGE = 4096
"""The size of our pages, where the header doesn't tell it."""
_MAGICS = {0x377F0682: "<", 0x377F0683: ">"}
_BEGIN = struct.pack(">3I", 0x377F0682, 3007000, _PAGE) + bytes(4)
_MOST_PAGES = 1 << 24
_MOST_LEFT = 1
"""A loss of power can leave so many commits beyond a frame that wasn't written."""


class _LogFrame(NamedTuple):
    head: bytes
    page: bytes


def is_damaged(log: Path, connection: apsw.Connection) -> bool:
    """Whether commits are in the log that this connection, to its file, doesn't find there."""
    while True:
        begin, heads = _read(log, lambda head, _page: head)
        connection.pragma("user_version")  # a read, with which it knows the log
        known, _done = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
        with log.open("rb") as file:
            if file.read(_HEADER) == begin:
                break  # else another program has begun the log anew, and knows less of it
    left = sum(_ends_commit(head) for head in heads[known:] if head is not None)
    return left > (_MOST_LEFT if _is_header(begin) else 0)


def is_sound_until(log: Path, page: int) -> bool:
    """Whether the sums hold from its beginning to the first frame of that page, or to the end without one."""
    with log.open("rb") as file:
        begin = file.read(_HEADER)
        order = _order(begin)
        if order is None:
            return False
        sums = struct.unpack_from(">2I", begin, 24)
        while len(frame := file.read(_FRAME + _PAGE)) == _FRAME + _PAGE:
            head = frame[:_FRAME]
            if _salts(head) != begin[16:24]:
                break
            sums = _sums(head[:8] + frame[_FRAME:], order, sums)
            if sums != _sums_in(head):
                return False
            if int.from_bytes(head[:4], "big") == page:
                break
    return True


def repair(log: Path) -> None:
    """Write the log anew, without the frames that are damaged, up to its last commit."""
    begin, found = _read(log, _LogFrame)
    order = _order(begin)
    before = None if order is None else struct.unpack_from(">2I", begin, 24)
    order = order or "<"
    sound: list[_LogFrame] = []
    for frame in found:
        if frame is None:
            before = None
            continue
        if _is_likely(frame.head) and (
            before is None or _sums(frame.head[:8] + frame.page, order, before) == _sums_in(frame.head)
        ):
            sound.append(frame)
        before = _sums_in(frame.head)
    while sound and not _ends_commit(sound[-1].head):
        sound.pop()
    header = _BEGIN + (_salts(sound[0].head) if sound else bytes(8))
    sums = _sums(header, "<", (0, 0))
    with log.open("wb") as file:
        file.write(header + struct.pack(">2I", *sums))
        for frame in sound:
            sums = _sums(frame.head[:8] + frame.page, "<", sums)
            file.write(frame.head[:16] + struct.pack(">2I", *sums) + frame.page)


def _read(log: Path, kept: Callable[[bytes, bytes], T]) -> tuple[bytes, list[T | None]]:
    """The header, and what is kept of each frame since it was begun; ``None`` for one that isn't of them."""
    found: list[tuple[bytes, T]] = []
    with log.open("rb") as file:
        begin = file.read(_HEADER)
        while len(frame := file.read(_FRAME + _PAGE)) == _FRAME + _PAGE:
            head = frame[:_FRAME]
            found.append((_salts(head), kept(head, frame[_FRAME:])))
    if _is_header(begin):
        mine = begin[16:24]
    else:
        # Two of the same are no noise.
        pairs = (salts for (salts, _), (after, _) in pairwise(found) if salts == after)
        mine = next(pairs, found[0][0] if found else b"")
    frames = [each if salts == mine else None for salts, each in found]
    while frames and frames[-1] is None:
        frames.pop()
    return begin, frames


def _ends_commit(head: bytes) -> bool:
    return head[4:8] != bytes(4)


def _is_likely(head: bytes) -> bool:
    """Whether the number of the page is one, and the file has it after the commit that the frame ends."""
    number, pages_after = struct.unpack_from(">2I", head)
    return bool(0 < number <= (pages_after or _MOST_PAGES))


def _salts(head: bytes) -> bytes:
    return head[8:16]


def _sums_in(head: bytes) -> tuple[int, int]:
    first, second = struct.unpack_from(">2I", head, 16)
    return first, second


def _is_header(begin: bytes) -> bool:
    """Whether this is a header that SQLite wrote, for pages of our size, or nothing was written yet."""
    return len(begin) < _HEADER or not any(begin) or _order(begin) is not None


def _order(begin: bytes) -> str | None:
    """The order of bytes in which the sums are reckoned; ``None`` where this is no header."""
    if len(begin) < _HEADER:
        return None
    magic, _version, size = struct.unpack_from(">3I", begin)
    order = _MAGICS.get(magic)
    is_one = order is not None and size == _PAGE and _sums(begin[:24], order, (0, 0)) == _sums_in(begin[8:])
    return order if is_one else None


def _sums(data: bytes, order: str, begin: tuple[int, int]) -> tuple[int, int]:
    """The sums of SQLite's log, which go on from those of the frame before."""
    first, second = begin
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
