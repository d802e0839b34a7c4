"""Spreadsheets: XLSX, XLS and ODS, by their stored values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from xml.etree import ElementTree

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
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_REPEATED = re.compile(rb'table:number-(columns|rows)-repeated="(\d+)"')
_HYPERLINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_WEB = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST_PART = 60_000_000
"""A sheet larger than this is read without the addresses behind its words."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is a spreadsheet, by the parts it has."""
    return Recognition.SURE if is_spreadsheet(data) else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of the sheets that are seen. Raises ``Refused``."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if data.startswith(b"PK"):
        _check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        links = _links(data) if data.startswith(b"PK") else {}
        tables = [_table(book.get_sheet_by_name(name), links.get(name, {})) for name in seen]
    except Refused:
        raise
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        if type(error).__name__ == "PasswordError":
            raise Refused(_("The spreadsheet is protected by a password. Save it without one.")) from None
        raise Refused(_("The spreadsheet is damaged or cut off. Export it again.")) from None
    except BaseException as error:
        # What the library calls a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(_("The spreadsheet is damaged or cut off. Export it again.")) from None
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


# What is checked before the library lays a sheet out


def _check_size(data: bytes) -> None:
    with _archive(data) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            sentence = _("The spreadsheet has more than {most} MB unpacked. Split it into several files.")
            raise Refused(sentence.format(most=_LARGEST // 1_000_000))
        for part in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part) and _area(archive, part) > _MOST_CELLS:
                _refuse_far_cells()
        if "content.xml" in archive.namelist() and _repeated(archive) > _MOST_CELLS:
            _refuse_far_cells()


def _refuse_far_cells() -> None:
    sentence = _("A sheet has cells too far from each other to be a list. Copy the list to a new sheet.")
    raise Refused(sentence)


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused(_("The spreadsheet is damaged or cut off. Export it again.")) from None


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that overlap a little, so that nothing short is cut apart."""
    try:
        with archive.open(part) as file:
            rest = b""
            while piece := file.read(1_000_000):
                yield rest + piece
                rest = piece[-300:]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Refused(_("The spreadsheet is damaged or cut off. Export it again.")) from None


def _area(archive: zipfile.ZipFile, part: str) -> int:
    rows, columns = [1], [1]
    for piece in _pieces(archive, part):
        found = _CELL.findall(piece)
        rows += [max((int(row) for __, row in found), default=1)]
        columns += [max((_column(name.decode()) + 1 for name, __ in set(found)), default=1)]
    return max(rows) * max(columns)


def _repeated(archive: zipfile.ZipFile) -> int:
    """How many cells the repetitions before the last of a sheet may make; the ends of sheets are empty."""
    rows = columns = 0
    for piece in _pieces(archive, "content.xml"):
        for kind, count in _REPEATED.findall(piece):
            if kind == b"rows" and int(count) < 1_000_000:
                rows += int(count)
            elif kind == b"columns":
                columns = max(columns, int(count) if int(count) < 16_000 else 0)
    return rows * max(1, columns)


# Addresses behind words


def _links(data: bytes) -> dict[str, dict[int, dict[int, str]]]:
    """By the name of a sheet, the row and the column from 0: the address behind the cell."""
    with _archive(data) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return _links_of_ods(archive)
        if "xl/workbook.xml" not in names:
            return {}
        found = {}
        targets = _targets(archive, "xl/_rels/workbook.xml.rels")
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
            if _tag(sheet) == "sheet":
                part = _in_folder(targets.get(sheet.get(_RELATION, ""), ""), "xl")
                if part in names and archive.getinfo(part).file_size <= _LARGEST_PART:
                    found[sheet.get("name", "")] = _links_of_sheet(archive, part)
        return found


def _links_of_sheet(archive: zipfile.ZipFile, part: str) -> dict[int, dict[int, str]]:
    folder, __, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    targets = _targets(archive, relations) if relations in archive.namelist() else {}
    found: dict[int, dict[int, str]] = {}
    cell = ""
    with archive.open(part) as file:
        for event, element in ElementTree.iterparse(file, ("start", "end")):
            tag, address, place = _tag(element), "", ""
            if event == "start":
                if tag == "c":
                    cell = element.get("r", "")
                continue
            if tag == "hyperlink":
                address, place = targets.get(element.get(_RELATION, ""), ""), element.get("ref", "")
            elif tag == "f" and (told := _HYPERLINK.search(element.text or "")):
                address, place = told[1], cell
            at = _WEB.match(place)
            if at is not None and _ADDRESS.match(address):
                found.setdefault(int(at[2]) - 1, {})[_column(at[1])] = address
            if tag in ("c", "row"):
                element.clear()
    return found


def _links_of_ods(archive: zipfile.ZipFile) -> dict[str, dict[int, dict[int, str]]]:
    found: dict[str, dict[int, dict[int, str]]] = {}
    if archive.getinfo("content.xml").file_size > _LARGEST_PART:
        return found
    sheet: dict[int, dict[int, str]] = {}
    row = column = 0
    with archive.open("content.xml") as file:
        for event, element in ElementTree.iterparse(file, ("start", "end")):
            tag = _tag(element)
            if event == "start":
                if tag == "table":
                    sheet = found.setdefault(_attribute(element, "name"), {})
                    row = 0
                elif tag == "table-row":
                    column = 0
                elif tag == "a" and _ADDRESS.match(_attribute(element, "href")):
                    sheet.setdefault(row, {})[column] = _attribute(element, "href")
            elif tag in ("table-cell", "covered-table-cell"):
                column += int(_attribute(element, "number-columns-repeated") or 1)
                element.clear()
            elif tag == "table-row":
                row += int(_attribute(element, "number-rows-repeated") or 1)
                element.clear()
    return found


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    relations = ElementTree.fromstring(archive.read(part))
    return {each.get("Id", ""): each.get("Target", "") for each in chain(relations)}


def _in_folder(target: str, folder: str) -> str:
    return target[1:] if target.startswith("/") else f"{folder}/{target}"


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _column(letters: str) -> int:
    """The place of a column from 0: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
