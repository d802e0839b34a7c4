"""The archive that Notion exports: the tables of a page, each under a name that ends in its number."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.transfer.archives import FAULTS, opened
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.encodings import decoded
from followup_desktop.services.transfer.formats import what_is_read
from followup_desktop.services.transfer.readers.archived import tables_of
from followup_desktop.services.transfer.readers.notion_relations import with_people_of_relations
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import LARGEST_TEXT, Cell, Table, written

_TABLE = re.compile(r"(?P<name>.*[ _-][0-9a-f]{32})(?P<all>_all)?\.csv", re.IGNORECASE | re.DOTALL)
_NUMBERED = 33
"""So many letters at the end of a name are its number; the folder of its pages may go without."""
_NOTES = "Notes"
_WHOLE = re.compile(r"(?:.*/)?[^/]*Part-\d+\.zip", re.IGNORECASE)
"""What is exported stands in an archive of its own within the one that is downloaded."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is an archive with such a table."""
    if not data.startswith(b"PK"):
        return Recognition.NONE
    try:
        with _unwrapped(data) as archive:
            return Recognition.SURE if _wanted(archive) else Recognition.NONE
    except FAULTS:
        return Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of the tables. Raises ``Refused``."""
    if not recognise(data, reading.name):
        sentence = _("That isn't a Notion export.")
        raise Refused(f"{sentence} {what_is_read()}", field="format")
    with _unwrapped(data) as archive:
        parts = _wanted(archive)
        pages = _Pages(archive)
        tables = [
            pages.joined(table, part.filename)
            for part, table in zip(parts, tables_of(archive, parts), strict=True)
        ]
    document = with_people_of_relations(read_tables(tables, reading, _("a Notion export")), tables)
    if not pages.left_out:
        return document
    text = ngettext(
        "{n} page with a text of its own matches no row and is left out.",
        "{n} pages with a text of their own match no row and are left out.",
        pages.left_out,
    )
    return replace(document, warnings=(*document.warnings, text.format(n=format_number(pages.left_out))))


@contextmanager
def _unwrapped(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, or the only one within it; raises one of ``FAULTS``."""
    with opened(data) as outer:
        within = [part for part in outer.infolist() if _WHOLE.fullmatch(part.filename)]
        if len(within) != 1 or within[0].file_size > LARGEST_TEXT:
            yield outer
            return
        with outer.open(within[0]) as file:
            inner = file.read(LARGEST_TEXT)
    with opened(inner) as archive:
        yield archive


class _NotionPage(NamedTuple):
    """A page behind a row, as far as it is read; without a title it is of none."""

    title: str
    values: Mapping[str, str]
    text: str


class _Pages:
    """The pages behind the rows of tables; ``left_out`` counts those whose text came to no row."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = LARGEST_TEXT
        self.left_out = 0

    def joined(self, table: Table, name: str) -> Table:
        """The table with the texts of its pages in a column of their own, if there are any."""
        titled: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(table.rows):
            if place and row.cells:
                titled[written(row.cells[0])].append(place)
        of_rows: dict[int, str] = {}
        for page in self._pages(name, table):
            own = _row_of(page, table, titled.get(page.title, ()) if page.title else ())
            if own is None or own in of_rows:
                self.left_out += 1
            else:
                of_rows[own] = page.text
        if not of_rows:
            return table
        width = max(len(row.cells) for row in table.rows)
        head, *rows = table.rows
        wide = [
            replace(row, cells=(*_padded(row.cells, width), of_rows.get(place, ""))) if row.cells else row
            for place, row in enumerate(rows, 1)
        ]
        return replace(table, rows=[replace(head, cells=(*_padded(head.cells, width), _NOTES)), *wide])

    def _pages(self, name: str, table: Table) -> Iterator[_NotionPage]:
        """The pages of a table that say something beside its columns."""
        named = _TABLE.fullmatch(name)
        if named is None or not table.rows:
            return
        folders = (named["name"], named["name"][:-_NUMBERED])
        headings = {written(cell) for cell in table.rows[0].cells}
        for part in self._archive.infolist():
            folder, _slash, page = part.filename.rpartition("/")
            if folder in folders and page.lower().endswith(".md"):
                read = self._page(part, headings)
                if read.text:
                    yield read

    def _page(self, part: zipfile.ZipInfo, headings: Collection[str]) -> _NotionPage:
        """A page: its title, the values of its columns, and what stands below them."""
        self._left -= part.file_size
        if self._left < 0:
            return _NotionPage("", {}, part.filename)
        try:
            with self._archive.open(part) as file:
                lines = decoded(file.read(LARGEST_TEXT)).splitlines()
        except FAULTS:
            return _NotionPage("", {}, part.filename)
        title = lines[0].removeprefix("# ").strip() if lines and lines[0].startswith("# ") else ""
        rest = lines[1:] if title else lines
        values: dict[str, str] = {}
        while rest and (not rest[0].strip() or rest[0].partition(":")[0].strip() in headings):
            heading, _colon, value = rest[0].partition(":")
            values[heading.strip()] = value.strip()
            rest = rest[1:]
        return _NotionPage(title, values, "\n".join(rest).strip())


def _row_of(page: _NotionPage, table: Table, titled: Collection[int]) -> int | None:
    """The place of the row that a page is of: of those with its title the one with the most of its values."""
    headings = [written(cell) for cell in table.rows[0].cells] if len(titled) > 1 else []
    same: dict[int, int] = {}
    for place in titled:
        cells = map(written, table.rows[place].cells)
        same[place] = sum(page.values.get(each) == cell for each, cell in zip(headings, cells, strict=False))
    places = [place for place, count in same.items() if count == max(same.values())]
    return places[0] if len(places) == 1 else None


def _padded(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The tables: of one that is there as it is shown and with all its rows and columns, the latter."""
    found: dict[str, zipfile.ZipInfo] = {}
    for part in archive.infolist():
        named = _TABLE.fullmatch(part.filename)
        if named is not None and (named["all"] or named["name"] not in found):
            found[named["name"]] = part
    return list(found.values())
