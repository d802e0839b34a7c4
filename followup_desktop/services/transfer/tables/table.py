"""A table as its file has it: rows of cells, each with its line, and what a cell is as a text."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NoReturn, TypeVar, cast

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import record
from followup_desktop.i18n import _, format_number
from followup_desktop.services.transfer.document import Source

Cell = str | float | bool | date | datetime | time | timedelta | None
"""A text as it was typed, or what a spreadsheet knows better than a text."""

CellT = TypeVar("CellT", bound=Cell)

_NOTHING = frozenset(
    {"-", "--", "—", "–", "n/a", "na", "null", "none", "nil", "nan", "(blank)", "?", "#####"}
)
_LONGEST_NOTHING = max(map(len, _NOTHING))
_ERROR = re.compile(
    r"#(?:[^\W\d_]|[/¡!0])[^\s#]{0,12}[!?]|#N/[AD]|#NV|#N/A[!?]?|#ERROR!|Loading\.\.\.", re.IGNORECASE
)
"""What a spreadsheet shows for a formula that failed, in its languages."""
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WHOLE = 1e15


MOST_ROWS = 100_000
"""More of them in a file are no one's search for work."""
MOST_COLUMNS = 2_000
MOST_CELLS = 3_000_000
LARGEST_TEXT = 30_000_000
"""Bytes that a text may have: of its cells so much is kept in memory, and several times while it is read."""
_PART = 1 << 20


def refuse_rows() -> NoReturn:
    """Refuse a file of too many rows."""
    sentence = _("The file has more than {most} rows. Split it into several files.")
    raise Refused(sentence.format(most=format_number(MOST_ROWS)))


def check_text(data: bytes) -> None:
    """Refuse the bytes of a table that are too many."""
    if len(data) > LARGEST_TEXT:
        sentence = _("The table is larger than {most} MB. Split it into several files.")
        raise Refused(sentence.format(most=LARGEST_TEXT // 1_000_000))


class Room:
    """How many rows and cells may still come, of all the tables of a file."""

    def __init__(self) -> None:
        self._rows = MOST_ROWS
        self._cells = MOST_CELLS

    def take(self, line: int, cells: Sequence[CellT]) -> tuple[CellT, ...]:
        """The cells of a row without the empty ones at its end; ``Refused`` where they are too many."""
        if len(cells) > MOST_COLUMNS:
            sentence = _("Line {line} has more than {most} columns. Keep those that you need.")
            raise Refused(sentence.format(line=line, most=MOST_COLUMNS))
        count = len(cells)
        while count and (cells[count - 1] is None or cells[count - 1] == ""):
            count -= 1
        self._rows -= 1
        self._cells -= count
        if self._rows < -1:  # one is of headings
            refuse_rows()
        if self._cells < 0:
            sentence = _("The file has more than {most} cells. Keep the columns that you need.")
            raise Refused(sentence.format(most=format_number(MOST_CELLS)))
        return tuple(cells if count == len(cells) else cells[:count])


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text with their ends, as a file gives them, without a copy of all of it."""
    begin = 0
    while begin < len(text):
        limit = begin + _PART
        end = max(text.rfind("\n", begin, limit), text.rfind("\r", begin, limit - 1)) + 1
        if end <= begin or (text[end - 1] == "\r" and "\n" in text[end : end + 1]):
            end = end + 1 if end > begin else len(text)
        yield from io.StringIO(text[begin:end], newline="")
        begin = end


_NO_LINKS: Mapping[int, str] = MappingProxyType({})


@record()
class TableRow:
    """One row: its line in the file, counted from 1, its cells, and the addresses behind some of them."""

    line: int
    cells: tuple[Cell, ...]
    links: Mapping[int, str] = field(default_factory=lambda: _NO_LINKS)

    @property
    def is_empty(self) -> bool:
        """Whether no cell says anything."""
        return not any(written(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file, of a sheet in it, or of a file in an archive."""

    rows: Sequence[TableRow]
    file: str = ""
    sheet: str = ""
    is_short: bool = False
    """Whether the last row breaks off before the columns of all others."""
    is_only_sheet: bool = False
    """Whether no other sheet of its file has rows, so that a row is found by its line."""
    sign: str = ""
    """What stands between the cells, in a text."""

    def source(self, row: TableRow) -> Source:
        """Where a row stands, with its cells as texts."""
        return Source(file=self.file, sheet=self.sheet, line=row.line, cells=texts_of(row))


def texts_of(row: TableRow) -> tuple[str, ...]:
    """The cells of a row as texts."""
    try:
        # As of all tables that are texts.
        texts = tuple(map(str.strip, cast("tuple[str, ...]", row.cells)))
    except TypeError:
        return tuple(map(written, row.cells))
    return cast("tuple[str, ...]", row.cells) if texts == row.cells else texts  # so that they are kept once


def written(cell: Cell) -> str:
    """The cell as a text: numbers without a needless point, dates as ISO 8601 writes them."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def meant(text: str) -> str:
    """What a cell that is written so says: nothing, where a program wrote a word or an error for nothing."""
    if (len(text) <= _LONGEST_NOTHING and text.casefold() in _NOTHING) or (
        text[:1] in "#L" and _ERROR.fullmatch(text)
    ):
        return ""
    return text


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a heading or a status as they are compared: "E-Mail_adresse" is "e mail adresse"."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text).casefold())
    plain = "".join(each for each in plain if not "\u0300" <= each <= "\u036f")
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", plain)))
