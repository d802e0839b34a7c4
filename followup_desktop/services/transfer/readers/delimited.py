"""Tables as texts: cells with commas, semicolons or tabs between, in whatever encoding they were saved."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.encodings import decoded
from followup_desktop.services.transfer.events_table import is_events_table
from followup_desktop.services.transfer.file_kinds import is_table, may_be_text
from followup_desktop.services.transfer.spreadsheet import unguarded
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import (
    MOST_COLUMNS,
    Room,
    Table,
    TableRow,
    check_text,
    lines_of,
)
from followup_desktop.services.transfer.tables.words import meanings_of

_SIGNS = ",;\t|"
_LOOKED_AT = 50
_ENOUGH = 64 * 1024
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_HYPERLINK = re.compile(r'=HYPERLINK\(\s*"([^"]+)"\s*(?:[,;]\s*"([^"]*)"\s*)?\)', re.IGNORECASE)
_LARGEST_CELL = 1_000_000
_REPEATED = 10_000
"""So many texts are remembered at most, to be one where they come again."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is a text whose lines are rows of a table, or has headings that are known."""
    if is_table(data) or _SEP.match(data[:20].decode("latin-1")):
        return Recognition.LIKELY
    if not may_be_text(data):
        return Recognition.NONE
    try:
        text = decoded(data[: data.rfind(b"\n", 0, _ENOUGH) + 1] or data[:_ENOUGH])
    except Refused:
        return Recognition.NONE
    known = max(_score(text, sign).headings for sign in _SIGNS)
    return Recognition.LIKELY if known > 1 else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of the table. Raises ``Refused``, also for our own table of events."""
    if is_events_table(data):
        sentence = _(
            "This table has the interviews and the timeline you exported. Import the table of applications "
            "or the .json file instead."
        )
        raise Refused(sentence)
    check_text(data)
    table = text_table(decoded(data))
    kind = _("a table (TSV)") if table.sign == "\t" else _("a table (CSV)")
    return read_tables([table], reading, kind)


def text_table(text: str, file: str = "") -> Table:
    """The table that a text is: its rows that say nothing are kept, as their lines count."""
    sign = ""
    skipped = 0
    if (told := _SEP.match(text)) is not None:
        sign, text, skipped = told[1], text[told.end() :], 1
    sign = sign or _sign_of(text)
    csv.field_size_limit(_LARGEST_CELL)
    lines = _CountedLines(text, sign)
    reader = csv.reader(lines, delimiter=sign)
    rows: list[TableRow] = []
    room, once = Room(), _TextPool().__getitem__
    has_links = re.search(r"=HYPERLINK\(", text, re.IGNORECASE) is not None
    try:
        before = 0
        widths: dict[int, None] = {}
        last = 0
        for cells in reader:
            widths |= {last: None} if last else {}
            last = len(cells)
            line = before + skipped + 1
            links = _take_links(cells) if has_links else {}
            rows.append(TableRow(line, tuple(map(once, room.take(line, cells))), links))
            before = reader.line_num
            lines.signs = 0
    except csv.Error:
        sentence = _("Line {line} can't be read as a row of a table. Export the table again.")
        raise Refused(sentence.format(line=reader.line_num + skipped)) from None
    while rows and rows[-1].is_empty:
        rows.pop()
    is_short = len(widths) == 1 and last < max(widths) and not text.endswith(("\n", "\r"))
    return Table(rows=rows, file=file, is_short=is_short, sign=sign)


class _TextPool(dict[str, str]):
    """The texts of cells without their guards, each once: most columns say a few things in all their rows.

    Of a table of 100,000 applications with 7 columns they took 44 MB, and all that is made of them.
    """

    def __missing__(self, cell: str) -> str:
        plain = unguarded(cell)
        if len(self) < _REPEATED:
            self[cell] = plain
        return plain


def _take_links(cells: list[str]) -> dict[int, str]:
    """The addresses behind the words of cells that were saved as formulas; the words stay."""
    links: dict[int, str] = {}
    for number, cell in enumerate(cells):
        if (found := _HYPERLINK.fullmatch(cell.strip())) is not None:
            links[number] = found[1]
            cells[number] = found[2] or found[1]
    return links


class _CountedLines:
    """The lines of a text. A row of too many cells is ``Refused`` before they are made of it."""

    def __init__(self, text: str, sign: str) -> None:
        self._lines = lines_of(text)
        self._sign = sign
        self.signs = 0
        """How many signs there were since the row began: of them those in quotes divide nothing."""

    def __iter__(self) -> _CountedLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.signs += line.count(self._sign)
        if self.signs > _LARGEST_CELL:
            sentence = _("The table has a row with more than {most} columns. Keep those that you need.")
            raise Refused(sentence.format(most=MOST_COLUMNS))
        return line


@dataclass(frozen=True, slots=True, order=True)
class _Score:
    """How well a sign divides the lines: known headings count first, then the columns that most rows have."""

    headings: int
    columns: int


def _sign_of(text: str) -> str:
    """The sign between the cells."""
    scores = {sign: _score(text, sign) for sign in _SIGNS}
    return max(scores, key=scores.__getitem__)


def _score(text: str, sign: str) -> _Score:
    try:
        rows = list(islice(_rows(text, sign), _LOOKED_AT))
    except csv.Error:
        return _Score(-1, 0)
    divided = [row for row in rows if len(row) > 1]  # of one cell, no more than one is known
    known = max((sum(bool(meanings_of(cell)) for cell in row) for row in divided), default=0)
    widths = Counter(map(len, divided))
    columns = max((width for width, often in widths.most_common(2) if often * 2 >= len(rows)), default=0)
    return _Score(known if known > 1 else 0, columns)


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    return filter(any, csv.reader(io.StringIO(text[:_ENOUGH], newline=""), delimiter=sign))
