"""Spreadsheets are laid out apart from the window, which outlives whatever becomes of that process."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.readers.sheets import Sheet, Unreadable, laid_out, sheets_of
from followup_desktop.services.transfer.readers.workbook import read
from followup_desktop.services.transfer.tables.table import Cell

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = ("xlsx/tracker.xlsx", "xls/Bewerbungen.xls", "ods/candidatures.ods")
ROW = '["sheet","A",0,0,false]\\n["row",["Acme"]]\\n'


def rows(sheets: Iterator[Sheet]) -> list[tuple[object, ...]]:
    return [(sheet.name, sheet.top, sheet.left, list(sheet.rows), sheet.is_hidden) for sheet in sheets]


@pytest.mark.parametrize("file", FILES)
def test_every_kind_of_cell_comes_across_as_it_is(file: str) -> None:
    data = (FIXTURES / file).read_bytes()
    found = rows(sheets_of(data))
    assert found == rows(laid_out(data))
    assert any(found)


@pytest.mark.parametrize(
    "ending",
    [
        "import os; os.abort()",
        f"print({ROW!r}, end='', flush=True); import os; os.abort()",
        f"print({ROW!r}, end='')",
        "print('[\"sheet\",\"A\"', end='')",
        "import sys; sys.stdin.buffer.read(); bytearray(1 << 62)",
        "import time; time.sleep(600)",
    ],
    ids=["aborted", "aborted within a sheet", "ended too soon", "half a line", "without memory", "endless"],
)
def test_a_process_that_does_not_come_to_its_end_is_an_unreadable_file(ending: str) -> None:
    data = bytes(1_000_000)  # more than a pipe takes before it is read
    with pytest.raises(Unreadable):
        rows(sheets_of(data, [sys.executable, "-c", ending], seconds=3))


def test_what_is_no_spreadsheet_is_told_by_the_process() -> None:
    with pytest.raises(Unreadable) as told:
        rows(sheets_of(b"PK\3\4 not one"))
    assert not told.value.by_password


def places(*names: str) -> list[str]:
    """Where the rows of a spreadsheet stand that has these sheets and one that is empty."""
    given: list[list[list[Cell]]] = [[["Company", "Role"], ["Acme", f"Cook of {name}"]] for name in names]
    data = (FIXTURES / FILES[0]).read_bytes()
    sheets = [
        Sheet(name=name, top=0, left=0, rows=iter(rows)) for name, rows in zip(names, given, strict=True)
    ]
    empty = Sheet(name="Empty", top=0, left=0, rows=iter(()))
    return [row.place for row in read(data, Reading(), lambda _data: iter([*sheets, empty])).applications]


def test_an_email_address_behind_a_word_is_kept() -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(FIXTURES / FILES[0]) as there, zipfile.ZipFile(changed, "w") as copy:
        for name in there.namelist():
            data = there.read(name)
            if name.endswith(".rels") and "worksheets" in name:
                data = re.sub(rb'Target="https?://[^"]*"', b'Target="mailto:ana@acme.example"', data)
            copy.writestr(name, data)
    notes = [row.values.get("notes", "") for row in read(changed.getvalue(), Reading()).applications]
    assert "(ana@acme.example)" in "".join(notes)


def test_a_row_is_named_by_its_sheet_only_where_there_are_several() -> None:
    assert places("Tracker") == ["line 2"]
    assert places("Tracker", "Closed") == ["sheet “Tracker”, line 2", "sheet “Closed”, line 2"]


def test_a_hidden_sheet_with_applications_is_named_and_left_out() -> None:
    def sheet(name: str, *rows: list[Cell], is_hidden: bool = False) -> Sheet:
        return Sheet(name=name, top=0, left=0, rows=iter(rows), is_hidden=is_hidden)

    head: list[Cell] = ["Company", "Role"]
    sheets = [
        sheet("Now", head, ["Acme", "Cook"]),
        sheet("Last year", head, ["Globex", "Baker"], is_hidden=True),
        sheet("Lists", ["Applied"], ["Rejected"], is_hidden=True),
    ]
    document = read((FIXTURES / FILES[0]).read_bytes(), Reading(), lambda _data: iter(sheets))
    assert [row.values["employer"] for row in document.applications] == ["Acme"]
    assert document.warnings == (
        "The hidden sheet “Last year” is left out. Show it and save the file to import it, too.",
    )
