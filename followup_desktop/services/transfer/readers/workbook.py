"""Spreadsheets: XLSX, XLS and ODS, by their stored values."""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias
from xml.parsers import expat

from followup_desktop.domain.checks import in_quotes
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.archives import FAULTS, opened
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.file_kinds import is_spreadsheet
from followup_desktop.services.transfer.readers.old_workbook import BrokenWorkbook, reaches
from followup_desktop.services.transfer.readers.sheets import Sheet, Unreadable, sheets_of
from followup_desktop.services.transfer.tables.reader import has_entries, read_tables
from followup_desktop.services.transfer.tables.table import LARGEST_TEXT, Room, Table, TableRow

_LARGEST = 100_000_000
"""Bytes that the parts of a file may have when they are unpacked."""
_LARGEST_AREA = 2_000_000
"""The library lays a sheet out in full, from its first cell to its last."""
_LARGEST_DECLARED = 0x10000 * 0x100
"""An old sheet has no more cells than that, and the library takes room for as many as it says it has."""
_HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_Links: TypeAlias = dict[str, dict[int, dict[int, str]]]
"""By the name of a sheet, the row and the column from 0: the address behind the cell."""
_FIGURES = re.compile(r"[0-9]{1,7}")
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
"""A sheet of any program has no more."""
_CELLS_OF_ODS = frozenset({"table-cell", "covered-table-cell"})


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is a spreadsheet, by the parts it has."""
    return Recognition.SURE if is_spreadsheet(data) else Recognition.NONE


def read(data: bytes, reading: Reading, sheets: Callable[[bytes], Iterator[Sheet]] = sheets_of) -> Document:
    """The applications or people of the sheets that are seen; hidden ones are named. Raises ``Refused``."""
    links = _look(data) if data.startswith(b"PK") else _look_at_xls(data)
    room = Room()
    try:
        laid = [(sheet.is_hidden, _table(sheet, links.get(sheet.name, {}), room)) for sheet in sheets(data)]
    except Unreadable as fault:
        if fault.by_password:
            raise Refused(_("The spreadsheet is protected by a password. Save it without one.")) from None
        raise _damaged() from None
    tables = [table for is_hidden, table in laid if table.rows and not is_hidden]
    if len(tables) == 1:
        tables = [replace(tables[0], is_only_sheet=True)]
    document = read_tables(tables, reading, _("a spreadsheet"))
    left_out = (
        _("The hidden sheet {sheet} is left out. Show it and save the file to import it, too.").format(
            sheet=in_quotes(table.sheet)
        )
        for is_hidden, table in laid
        if is_hidden and has_entries(table)
    )
    return replace(document, warnings=(*document.warnings, *left_out))


def _table(sheet: Sheet, links: Mapping[int, Mapping[int, str]], room: Room) -> Table:
    rows = []
    for number, cells in enumerate(sheet.rows, sheet.top):
        found = links.get(number, {})
        own = {column - sheet.left: address for column, address in found.items() if column >= sheet.left}
        rows.append(TableRow(number + 1, room.take(number + 1, cells), own))
    while rows and rows[-1].is_empty:
        rows.pop()
    return Table(rows=rows, sheet=sheet.name)


# What is looked at before the library lays a sheet out, and what it does not give: addresses behind words


class _SheetExtent:
    """One sheet as its parts are met: how far its cells reach, and the addresses behind them."""

    def __init__(self) -> None:
        self.links: dict[int, dict[int, str]] = {}
        self.references: list[tuple[str, str]] = []
        """Cells and the names of their addresses, which stand in another part."""
        self.row = self.column = -1
        self._rows = self._columns = 0

    def reach(self, row: int, column: int) -> None:
        """There is a cell here; ``Refused`` where the sheet would be too large laid out.

        So is one before others that were met: the library reckons with an order, and ends the program.
        """
        if row + 1 < self._rows or not (0 <= row < _MOST_ROWS and 0 <= column < _MOST_COLUMNS):
            raise _damaged()
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        _check_area(self._rows * self._columns)

    def link(self, row: int, column: int, address: str) -> None:
        """The address behind a cell, if it is one of the web or of a mailbox."""
        if _ADDRESS.match(address):
            self.links.setdefault(row, {})[column] = address


class _Budget:
    """How many characters may still be in the cells of a file: each has a copy of its text."""

    def __init__(self) -> None:
        self._left = LARGEST_TEXT

    def take(self, characters: int) -> None:
        """A cell has so many, or several have; ``Refused`` where they are too many."""
        self._left -= characters
        if self._left < 0:
            sentence = _("The spreadsheet has more than {most} MB of text. Split it into several files.")
            raise Refused(sentence.format(most=LARGEST_TEXT // 1_000_000))


def _check_area(area: int) -> None:
    if area > _LARGEST_AREA:
        sentence = _("A sheet's cells are too far apart for a list. Copy the list to a new sheet.")
        raise Refused(sentence)


def _look_at_xls(data: bytes) -> _Links:
    """The addresses behind the cells of an old spreadsheet; ``Refused`` as ``_look`` does."""
    if len(data) > LARGEST_TEXT:
        sentence = _("The spreadsheet is larger than {most} MB. Split it into several files.")
        raise Refused(sentence.format(most=LARGEST_TEXT // 1_000_000))
    budget = _Budget()
    found: _Links = {}
    try:
        for reach in reaches(data):
            sheet = _SheetExtent()
            for row, column, address in reach.links:
                sheet.link(row, column, address)
            found[reach.name] = sheet.links
            _check_area(reach.area)
            if reach.declared > _LARGEST_DECLARED:
                raise _damaged()
            budget.take(reach.characters)
    except BrokenWorkbook:
        raise _damaged() from None
    return found


def _look(data: bytes) -> _Links:
    """The addresses behind cells. Raises ``Refused`` where the library would need too much memory."""
    try:
        with opened(data) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                sentence = _("The spreadsheet has more than {most} MB unpacked. Split it into several files.")
                raise Refused(sentence.format(most=_LARGEST // 1_000_000))
            names = frozenset(archive.namelist())
            return _look_at_ods(archive) if "content.xml" in names else _look_at_xlsx(archive, names)
    except (*FAULTS, expat.ExpatError) as error:
        raise _damaged() from error


def _damaged() -> Refused:
    return Refused(_("The spreadsheet is damaged or cut off. Export it again."))


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str, str], None],
) -> None:
    """Tell the elements of a part with the attributes or the text in them, their names without prefixes."""
    parser = expat.ParserCreate()
    text: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def refuse_doctype(*_declared: object) -> None:
        raise _damaged()

    parser.StartElementHandler = started
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2], "".join(text))
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse_doctype
    with archive.open(part) as file:
        parser.ParseFile(file)


def _look_at_xlsx(archive: zipfile.ZipFile, names: Collection[str]) -> _Links:
    targets = _targets(archive, "xl/_rels/workbook.xml.rels")
    sheets: list[tuple[str, str]] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = _in_folder(targets.get(attributes.get("id", ""), ""), "xl")
            sheets.append((attributes.get("name", ""), part))

    _parse(archive, "xl/workbook.xml", started, lambda _name, _text: None)
    shared = _SharedTexts(archive, names)
    found = {name: _sheet_of_xlsx(archive, part, shared).links for name, part in sheets if part in names}
    for part in names:  # those that the workbook doesn't name, too: the library may find them
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part not in dict(sheets).values():
            _sheet_of_xlsx(archive, part, shared)
    return found


class _SharedTexts:
    """The lengths of the texts that cells of all sheets share, and the room for their copies."""

    def __init__(self, archive: zipfile.ZipFile, names: Collection[str]) -> None:
        self.budget = _Budget()
        self._lengths = array("I")
        for part in names:
            if part.lower() == "xl/sharedstrings.xml":
                _parse(archive, part, self._started, self._ended)

    def _started(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._lengths.append(0)

    def _ended(self, name: str, text: str) -> None:
        if name == "t" and self._lengths:
            self._lengths[-1] += len(text)

    def take(self, number: str) -> None:
        """A cell has the text of that number."""
        place = int(number) if number.isdecimal() and len(number) < 10 else len(self._lengths)
        self.budget.take(self._lengths[place] if place < len(self._lengths) else 0)


def _sheet_of_xlsx(archive: zipfile.ZipFile, part: str, shared: _SharedTexts) -> _SheetExtent:
    sheet = _SheetExtent()
    is_shared = False

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared
        if name == "row":
            number = attributes.get("r")
            sheet.row = sheet.row + 1 if number is None else _row(number)
            sheet.column = -1
        elif name == "c":
            told = attributes.get("r")
            place = _PLACE.fullmatch(told) if told is not None else None
            if told is not None and place is None:
                raise _damaged()
            sheet.column = _column(place[1]) if place else sheet.column + 1
            sheet.row = _row(place[2]) if place else sheet.row
            sheet.reach(sheet.row, sheet.column)
            is_shared = attributes.get("t") == "s"
        elif name == "hyperlink":
            sheet.references.append((attributes.get("ref", ""), attributes.get("id", "")))

    def ended(name: str, text: str) -> None:
        if name == "f" and (told := _HYPERLINK.search(text)) is not None:
            sheet.link(sheet.row, sheet.column, told[1])
        if name == "v" and is_shared:
            shared.take(text.strip())

    _parse(archive, part, started, ended)
    if sheet.references:
        folder, __, name = part.rpartition("/")
        targets = _targets(archive, f"{folder}/_rels/{name}.rels")
        for reference, target in sheet.references:
            if (place := _PLACE.match(reference)) is not None:
                sheet.link(int(place[2]) - 1, _column(place[1]), targets.get(target, ""))
    return sheet


def _look_at_ods(archive: zipfile.ZipFile) -> _Links:
    found: dict[str, _SheetExtent] = {}
    budget = _Budget()
    sheet = _SheetExtent()
    repeated = {"rows": 1, "columns": 1}
    says_something = False

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, says_something
        if name == "table":
            sheet = found.setdefault(attributes.get("name", ""), _SheetExtent())
            sheet.row = 0
        elif name == "table-row":
            sheet.column = 0
            repeated["rows"] = _repeats(attributes, "number-rows-repeated", _MOST_ROWS)
        elif name in _CELLS_OF_ODS:
            repeated["columns"] = _repeats(attributes, "number-columns-repeated", _MOST_COLUMNS)
            says_something = "value-type" in attributes
        elif name == "a":
            sheet.link(sheet.row, sheet.column, attributes.get("href", ""))
        elif name == "p":
            says_something = True

    def ended(name: str, text: str) -> None:
        if name in ("p", "span", "a"):
            budget.take(len(text) * repeated["rows"] * repeated["columns"])
        elif name in _CELLS_OF_ODS:
            if says_something:
                sheet.reach(sheet.row + repeated["rows"] - 1, sheet.column + repeated["columns"] - 1)
            sheet.column += repeated["columns"]
        elif name == "table-row":
            sheet.row += repeated["rows"]

    _parse(archive, "content.xml", started, ended)
    return {name: each.links for name, each in found.items()}


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What the names stand for that the relations of a part give."""
    found: dict[str, str] = {}

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(archive, part, started, lambda _name, _text: None)
    return found


def _in_folder(target: str, folder: str) -> str:
    return target[1:] if target.startswith("/") else f"{folder}/{target}"


def _row(figures: str) -> int:
    """The place of a row from 0."""
    if not _FIGURES.fullmatch(figures) or int(figures) == 0:
        raise _damaged()
    return int(figures) - 1


def _repeats(attributes: Mapping[str, str], name: str, most: int) -> int:
    """How often a row or a cell stands there; more than a sheet has room for is none of a spreadsheet."""
    told = attributes.get(name, "1")
    if not _FIGURES.fullmatch(told) or not 0 < int(told) <= most:
        raise _damaged()
    return int(told)


def _column(letters: str) -> int:
    """The place of a column from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
