"""Spreadsheets: XLSX, XLS and ODS, by their stored values."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping
from typing import Any
from xml.parsers import expat

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.file_kinds import is_spreadsheet
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import Table, TableRow

_LARGEST = 150_000_000
"""Bytes that the parts of a file may have when they are unpacked."""
_MOST_CELLS = 4_000_000
"""The library lays a sheet out in full, from its first cell to its last."""
_MOST_COLUMNS = 2_000
_HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CELLS_OF_ODS = frozenset({"table-cell", "covered-table-cell"})


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is a spreadsheet, by the parts it has."""
    return Recognition.SURE if is_spreadsheet(data) else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of the sheets that are seen. Raises ``Refused``."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    links = _look(data) if data.startswith(b"PK") else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        tables = [_table(book.get_sheet_by_name(name), links.get(name, {})) for name in seen]
    except Refused:
        raise
    except (CalamineError, OSError, ValueError) as error:
        if type(error).__name__ == "PasswordError":
            raise Refused(_("The spreadsheet is protected by a password. Save it without one.")) from None
        raise _damaged() from None
    except BaseException as error:
        # What the library calls a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from None
    return read_tables([table for table in tables if table.rows], reading, _("a spreadsheet"))


def _table(sheet: Any, links: Mapping[int, Mapping[int, str]]) -> Table:
    top, left = sheet.start or (0, 0)
    if sheet.width > _MOST_COLUMNS:
        sentence = _("The sheet has more than {most} columns. Keep those that you need.")
        raise Refused(sentence.format(most=_MOST_COLUMNS))
    rows = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), top):
        found = links.get(number, {})
        own = {column - left: address for column, address in found.items() if column >= left}
        rows.append(TableRow(number + 1, tuple(cells), own))
    while rows and rows[-1].is_empty:
        rows.pop()
    return Table(rows=rows, sheet=sheet.name)


# What is looked at before the library lays a sheet out, and what it does not give: addresses behind words


class _Sheet:
    """One sheet as its parts are met: how far its cells reach, and the addresses behind them."""

    def __init__(self) -> None:
        self.links: dict[int, dict[int, str]] = {}
        self.references: list[tuple[str, str]] = []
        """Cells and the names of their addresses, which stand in another part."""
        self.row = self.column = -1
        self._rows = self._columns = 0

    def reach(self, row: int, column: int) -> None:
        """There is a cell here; ``Refused`` where the sheet would be too large laid out."""
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        if self._rows * self._columns > _MOST_CELLS:
            sentence = _("A sheet's cells are too far apart for a list. Copy the list to a new sheet.")
            raise Refused(sentence)

    def link(self, row: int, column: int, address: str) -> None:
        """The address behind a cell, if it is one of the web."""
        if _ADDRESS.match(address):
            self.links.setdefault(row, {})[column] = address


def _look(data: bytes) -> dict[str, dict[int, dict[int, str]]]:
    """By the name of a sheet, the row and the column from 0: the address behind the cell.

    Raises ``Refused`` where the library would need too much memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                sentence = _("The spreadsheet has more than {most} MB unpacked. Split it into several files.")
                raise Refused(sentence.format(most=_LARGEST // 1_000_000))
            names = frozenset(archive.namelist())
            return _look_at_ods(archive) if "content.xml" in names else _look_at_xlsx(archive, names)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        EOFError,
        OSError,
        RuntimeError,
        zlib.error,
        expat.ExpatError,
    ) as error:
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


def _look_at_xlsx(archive: zipfile.ZipFile, names: Collection[str]) -> dict[str, dict[int, dict[int, str]]]:
    targets = _targets(archive, "xl/_rels/workbook.xml.rels")
    sheets: list[tuple[str, str]] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = _in_folder(targets.get(attributes.get("id", ""), ""), "xl")
            sheets.append((attributes.get("name", ""), part))

    _parse(archive, "xl/workbook.xml", started, lambda _name, _text: None)
    found = {name: _sheet_of_xlsx(archive, part).links for name, part in sheets if part in names}
    for part in names:  # those that the workbook doesn't name, too: the library may find them
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part not in dict(sheets).values():
            _sheet_of_xlsx(archive, part)
    return found


def _sheet_of_xlsx(archive: zipfile.ZipFile, part: str) -> _Sheet:
    sheet = _Sheet()

    def started(name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            sheet.row = int(number) - 1 if number.isdecimal() else sheet.row + 1
            sheet.column = -1
        elif name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            sheet.column = _column(place[1]) if place else sheet.column + 1
            sheet.row = int(place[2]) - 1 if place else sheet.row
            sheet.reach(sheet.row, sheet.column)
        elif name == "hyperlink":
            sheet.references.append((attributes.get("ref", ""), attributes.get("id", "")))

    def ended(name: str, text: str) -> None:
        if name == "f" and (told := _HYPERLINK.search(text)) is not None:
            sheet.link(sheet.row, sheet.column, told[1])

    _parse(archive, part, started, ended)
    if sheet.references:
        folder, __, name = part.rpartition("/")
        targets = _targets(archive, f"{folder}/_rels/{name}.rels")
        for reference, target in sheet.references:
            if (place := _PLACE.match(reference)) is not None:
                sheet.link(int(place[2]) - 1, _column(place[1]), targets.get(target, ""))
    return sheet


def _look_at_ods(archive: zipfile.ZipFile) -> dict[str, dict[int, dict[int, str]]]:
    found: dict[str, _Sheet] = {}
    sheet = _Sheet()
    repeated = {"rows": 1, "columns": 1}
    says_something = False

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, says_something
        if name == "table":
            sheet = found.setdefault(attributes.get("name", ""), _Sheet())
            sheet.row = 0
        elif name == "table-row":
            sheet.column = 0
            repeated["rows"] = int(attributes.get("number-rows-repeated", "1"))
        elif name in _CELLS_OF_ODS:
            repeated["columns"] = int(attributes.get("number-columns-repeated", "1"))
            says_something = "value-type" in attributes
        elif name == "a":
            sheet.link(sheet.row, sheet.column, attributes.get("href", ""))
        elif name == "p":
            says_something = True

    def ended(name: str, _text: str) -> None:
        if name in _CELLS_OF_ODS:
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


def _column(letters: str) -> int:
    """The place of a column from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
