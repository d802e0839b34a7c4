"""The lines of a pasted text, each with its place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 160
"""Characters; what is longer is running text, and is read by sentences."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜ¿¡])")
_LONGEST_SENTENCE = 500
_PART = re.compile(r"[^|·•\s][^|·•]*")


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A line or a part of one, and where it begins in the text."""

    text: str
    start: int


def lines_of(text: str) -> Iterator[PostingLine]:
    """The lines that aren't empty, without the blanks around them."""
    place = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            yield PostingLine(bare, place + line.index(bare))
        place += len(line)


def sentences_of(lines: Iterable[PostingLine]) -> Iterator[PostingLine]:
    """The lines, of which those that are long are taken apart."""
    for line in lines:
        if len(line.text) <= LONGEST_LINE:
            yield line
            continue
        start = 0
        for end in (*(found.end() for found in _SENTENCE.finditer(line.text)), len(line.text)):
            if 0 < end - start <= _LONGEST_SENTENCE:
                yield PostingLine(line.text[start:end].rstrip(), line.start + start)
            start = end


def parts_of(line: PostingLine) -> list[PostingLine]:
    """What stands between dots or bars on a line."""
    return [PostingLine(found[0].rstrip(), line.start + found.start()) for found in _PART.finditer(line.text)]
