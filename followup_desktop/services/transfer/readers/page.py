"""Tables of web pages: saved by a browser, or written by Excel and others as a page that is called .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.encodings import decoded
from followup_desktop.services.transfer.file_kinds import is_page
from followup_desktop.services.transfer.formats import what_is_read
from followup_desktop.services.transfer.tables.header import find_header
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import Room, Table, TableRow

_LARGEST = 10_000_000
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"<[!?]")
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li"})
_MOST_SPANNED = 1_000
"""No browser takes more."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is a page with a table."""
    return Recognition.SURE if is_page(data) and _TABLE.search(data[:_LARGEST]) else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of its tables; a page without such a table is ``Refused``."""
    if len(data) > _LARGEST:
        sentence = _("The web page is larger than {most} MB. Save the table as a CSV file instead.")
        raise Refused(sentence.format(most=_LARGEST // 1_000_000))
    page = _TableGatherer()
    page.feed(_without_declarations(_text(data)))
    page.close()
    tables = [Table(rows=rows) for rows in page.tables if rows]
    headers = (find_header(table, reading.answers) for table in tables)
    if not any(header is not None and header.is_usable for header in headers):
        sentence = _("That's a web page without a table of applications.")
        raise Refused(f"{sentence} {what_is_read()}", field="format")
    return read_tables(tables, reading, _("a table (HTML)"))


def _text(data: bytes) -> str:
    """The text, in the encoding that the page names where it is in that."""
    told = _CHARSET.search(data[:4096])
    if told is not None:
        try:
            return data.decode(told[1].decode()).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decoded(data)


def _without_declarations(text: str) -> str:
    """The text without comments and a tag that breaks off: the parser looks for their ends over and over."""
    left_open = text.find("<", text.rfind(">") + 1)
    return "".join(_seen(text if left_open < 0 else text[:left_open]))


def _seen(text: str) -> Iterator[str]:
    begin = 0
    while (found := _DECLARATION.search(text, begin)) is not None:
        yield text[begin : found.start()]
        end = "-->" if text.startswith("<!--", found.start()) else ">"
        place = text.find(end, found.end())
        if place < 0:
            return
        begin = place + len(end)
    yield text[begin:]


class _TableGatherer(HTMLParser):
    """Gathers the rows of each table; one within another is a table of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[TableRow]] = []
        self._open: list[_OpenTable] = []
        self._unseen = 0
        self._room = Room()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "table":
            self._open.append(_OpenTable(self._room))
            self.tables.append(self._open[-1].rows)
        elif self._open:
            self._open[-1].start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if self._open and tag in ("table", "tr", "td", "th"):
            self._open[-1].end(tag)
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen:
            self._open[-1].add_text(data)

    def close(self) -> None:
        """Also end what the page leaves open."""
        super().close()
        while self._open:
            self._open.pop().end("table")


class _OpenTable:
    """One table on its way. A cell that spans rows says the same in each of them."""

    def __init__(self, room: Room) -> None:
        self.rows: list[TableRow] = []
        self._room = room
        self._cells: list[str] | None = None
        self._links: dict[int, str] = {}
        self._parts: list[str] | None = None
        self._spans = (1, 1)
        self._above: dict[int, tuple[int, str]] = {}
        """Of a column how many rows more have the cell above, and what it says."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr":
            self._end_row()
            self._cells, self._links = [], {}
        elif tag in ("td", "th"):
            self._end_cell()
            if self._cells is None:
                self._cells, self._links = [], {}
            self._parts = []
            self._spans = _span(attributes, "colspan"), _span(attributes, "rowspan")
            self._fill()
        elif tag in _BREAKS and self._parts:
            self._parts.append("\n")
        elif tag == "a" and self._parts is not None and self._cells is not None:
            address = attributes.get("href", "")
            if _ADDRESS.match(address):
                self._links.setdefault(len(self._cells), address)

    def end(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        else:
            self._end_row()

    def add_text(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(re.sub(r"\s+", " ", text))

    def _fill(self) -> None:
        """Take over the cells that reach into this row from above."""
        cells = self._cells if self._cells is not None else []
        while len(cells) in self._above:
            rows, text = self._above.pop(len(cells))
            if rows > 1:
                self._above[len(cells)] = rows - 1, text
            cells.append(text)

    def _end_cell(self) -> None:
        if self._parts is None or self._cells is None:
            return
        lines = ("".join(self._parts)).split("\n")
        text = "\n".join(filter(None, map(str.strip, lines)))
        columns, rows = self._spans
        for number in range(columns):
            said = text if number == 0 else ""
            if rows > 1:
                self._above[len(self._cells)] = rows - 1, said
            self._cells.append(said)
        self._parts = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells is not None:
            self._fill()
            line = len(self.rows) + 1
            self.rows.append(TableRow(line, self._room.take(line, self._cells), self._links))
        self._cells = None


def _span(attributes: dict[str, str], name: str) -> int:
    told = attributes.get(name, "")
    return min(int(told), _MOST_SPANNED) if told.isdecimal() and 0 < len(told) < 6 and int(told) else 1
