"""A JSON text that is read value by value, so that a large file needs no more memory than its bytes.

It takes and refuses what ``json.loads`` does, in the same words at the same places.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn

from followup_desktop.services.ports import FileData

_SPACE = re.compile(r"[ \t\n\r]*")
_PART = 1 << 18
_AT_THE_END = 16
"""A fault so near to the end of what was decoded may be that more is needed."""
_MAY_GO_ON = frozenset("-+.0123456789eE")
LARGEST_VALUE = 4_000_000
"""Characters that one value may have."""


class TooLarge(ValueError):
    """A value has more characters than any of ours."""


class StreamPosition(NamedTuple):
    """A place in a stream: the byte, the lines before it, and the characters before it in its line."""

    at: int
    lines: int
    column: int


class JsonStream:
    """The values of a text in UTF-8, without its mark.

    Raises ``UnicodeDecodeError``, ``json.JSONDecodeError``, ``RecursionError``, ``TooLarge``, and
    ``ValueError`` for a number of too many digits.
    """

    def __init__(
        self, data: FileData, pairs: Callable[[list[tuple[str, Any]]], Any], constant: Callable[[str], Any]
    ) -> None:
        self._decode_value = json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant).raw_decode
        self._data = data
        mark = codecs.BOM_UTF8
        self._at = len(mark) if data[: len(mark)] == mark else 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._place = 0
        self._lines = 0
        self._column = 0
        self.decoded = 0
        """So many bytes were, those of a place that was gone to again counted again."""

    def peek(self) -> str:
        """The character with which the next token begins; an empty text at the end."""
        while True:
            found = _SPACE.match(self._text, self._place)
            self._place = found.end() if found is not None else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The value that begins here."""
        if not self.peek():
            self._fault("Expecting value")
        while True:
            try:
                value, end = self._decode_value(self._text, self._place)
            except json.JSONDecodeError as error:
                is_far = error.pos < len(self._text) - _AT_THE_END
                if (is_far and not error.msg.startswith("Unterminated")) or not self._more():
                    self._fault(error.msg, error.pos)
            else:
                # At the end, a number may go on in what isn't decoded yet.
                if end < len(self._text) or self._text[end - 1] not in _MAY_GO_ON or not self._more():
                    self._place = end
                    return value

    def each_key(self) -> Iterator[str]:
        """The keys of an object; the value of each is to be read before the next key is asked for."""
        for _turn in self._each("{", "}"):
            if self.peek() != '"':
                self._fault("Expecting property name enclosed in double quotes")
            key = str(self.value())
            self._take(":", "Expecting ':' delimiter")
            yield key

    def elements(self) -> Iterator[Any]:
        """The values of a list."""
        for _turn in self._each("[", "]"):
            yield self.value()

    def position(self) -> StreamPosition:
        """Where the next character is."""
        self._forget()
        undecoded, _flags = self._decoder.getstate()
        return StreamPosition(self._at - len(undecoded) - len(self._text.encode()), self._lines, self._column)

    def go_to(self, position: StreamPosition) -> None:
        """Go on from where it was."""
        self._at, self._lines, self._column = position
        self._decoder.reset()
        self._text, self._place = "", 0

    def end(self) -> None:
        """Refuse what comes after the last value."""
        if self.peek():
            self._fault("Extra data")

    def _each(self, begin: str, end: str) -> Iterator[None]:
        self._take(begin, "Expecting value")
        if self.peek() == end:
            self._place += 1
            return
        while True:
            yield
            if self.peek() == end:
                self._place += 1
                return
            self._take(",", "Expecting ',' delimiter")

    def _take(self, sign: str, fault: str) -> None:
        if self.peek() != sign:
            self._fault(fault)
        self._place += 1

    def _more(self) -> bool:
        """Decode as much again as is waiting, and forget what was read; whether there was more."""
        waiting = len(self._text) - self._place
        if waiting > LARGEST_VALUE:
            raise TooLarge
        if self._at >= len(self._data):
            return False
        part = self._data[self._at : self._at + max(_PART, waiting)]
        self._at += len(part)
        self.decoded += len(part)
        try:
            text = self._decoder.decode(part, final=self._at >= len(self._data))
        except UnicodeDecodeError as error:
            # Where it is in the file: the decoder counts from what it kept of the part before.
            start = self._at - len(error.object) + error.start
            raise UnicodeDecodeError(error.encoding, b"", start, start + 1, error.reason) from None
        self._forget()
        self._text += text
        return True

    def _forget(self) -> None:
        lines = self._text.count("\n", 0, self._place)
        if lines:
            self._lines += lines
            self._column = self._place - self._text.rfind("\n", 0, self._place) - 1
        else:
            self._column += self._place
        self._text = self._text[self._place :]
        self._place = 0

    def _fault(self, message: str, place: int | None = None) -> NoReturn:
        """Raise the fault with the line and column that it has in the whole file."""
        error = json.JSONDecodeError(message, self._text, self._place if place is None else place)
        if error.lineno == 1:
            error.colno += self._column
        error.lineno += self._lines
        raise error
