"""Tables that are damaged, cut off or made to harm: one sentence each, and nothing breaks."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.document import Document, Reading
from followup_desktop.services.transfer.formats import read_document
from tests.services.transfer.test_fixtures import FIXTURES, TABLES

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HEADER = b"Company,Role,Status\n"
TEXTS = {"postings": "shapes-1.txt", "replies": "de.txt"}
"""Of each folder of texts that are no tables the one that is cut off: the others are read in the same way."""
FILES = sorted(
    file
    for file in FIXTURES.glob("*/*")
    if file.suffix in TABLES and file.name == TEXTS.get(file.parent.name, file.name)
)


def read(data: bytes) -> Document:
    return read_document(data, reading=Reading(name="x", now=NOW))


def workbook(change: Callable[[str], str]) -> bytes:
    """The spreadsheet of the fixtures, with the text of its first sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(FIXTURES / "xlsx" / "tracker.xlsx") as given, zipfile.ZipFile(out, "w", 8) as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, change(content.decode()) if name.endswith("sheet1.xml") else content)
    return out.getvalue()


def shared(text: bytes, count: int) -> bytes:
    """A spreadsheet with a text that so many cells share."""
    out = io.BytesIO()
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(4, 4 + count))
    with zipfile.ZipFile(io.BytesIO(with_rows(cells))) as given, zipfile.ZipFile(out, "w", 8) as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
        made.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + text + b"</t></si></sst>")
    return out.getvalue()


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return out.getvalue()


def with_rows(rows: str) -> bytes:
    return workbook(lambda sheet: sheet.replace("</sheetData>", f"{rows}</sheetData>"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_file_that_is_cut_off_is_read_or_refused(file: Path) -> None:
    data = file.read_bytes()
    for length in range(0, len(data), max(1, len(data) // 40)):
        try:
            read(data[:length])
        except Refused as refused:
            assert str(refused)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            lambda: b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b"x," * 10_000 + b"\n",
            "more than 2000 columns",
        ),
        (
            lambda: HEADER + b"Acme," + b"x" * 1_100_000 + b",Applied\n",
            "Line 2 can't be read as a row of a table",
        ),
        (lambda: HEADER + b"A,B,Applied\n" * 100_001, "more than 100,000 rows"),
        (lambda: HEADER + (b"A,B," + b"x," * 300 + b"\n") * 10_000, "more than 3,000,000 cells"),
        (lambda: archive("Jobs/Saved Jobs.csv", bytes(60_000_000)), "larger than 30 MB"),
        (lambda: workbook(lambda sheet: sheet + " " * 110_000_000), "more than 100 MB unpacked"),
        (lambda: with_rows("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "too far apart"),
        (lambda: with_rows('<row r="1048576"><c t="n"><v>1</v></c></row>'), "too far apart"),
        ((FIXTURES / "hostile" / "far.xls").read_bytes, "too far apart"),
        ((FIXTURES / "hostile" / "shared.xls").read_bytes, "more than 30 MB of text"),
        (lambda: shared(b"x" * 32_000, 1_000), "more than 30 MB of text"),
        (lambda: workbook(lambda sheet: f'<!DOCTYPE x [<!ENTITY a "aaa">]>{sheet}'), "damaged or cut off"),
        (lambda: workbook(lambda sheet: sheet[: len(sheet) // 2]), "damaged or cut off"),
    ],
    ids=[
        "columns",
        "a giant cell",
        "rows",
        "cells",
        "a file in an archive",
        "a spreadsheet unpacked",
        "a far cell",
        "a far row",
        "a far cell of an old sheet",
        "a text of many cells of an old sheet",
        "a text of many cells",
        "entities",
        "half a sheet",
    ],
)
def test_what_would_take_too_much_is_refused_in_a_sentence(made: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(made())


def without_root() -> bytes:
    """The old spreadsheet of the fixtures, of which the entry that leads to small streams is gone."""
    data = (FIXTURES / "xls" / "Bewerbungen.xls").read_bytes()
    every_stream_is_small = data[:56] + struct.pack("<I", 1 << 30) + data[60:]
    return every_stream_is_small.replace("Root Entry".encode("utf-16-le"), "Root-Entry".encode("utf-16-le"))


def with_size(first: int, after: int) -> bytes:
    """The old spreadsheet of the fixtures, whose sheets say that they have these rows."""
    data = (FIXTURES / "xls" / "Bewerbungen.xls").read_bytes()
    place = data.rindex(struct.pack("<HH", 0x0200, 14)) + 4
    return data[:place] + struct.pack("<II", first, after) + data[place + 8 :]


@pytest.mark.parametrize(
    "made",
    [
        lambda: with_rows('<row r="2"><c r="A2"><v>1</v></c></row>'),
        lambda: with_rows(f'<row r="9"><c r="{"K" * 60}9"><v>1</v></c></row>'),
        lambda: with_rows('<row r="9"><c r="A0"><v>1</v></c></row>'),
        lambda: with_rows('<row r="99999999999"><c><v>1</v></c></row>'),
        lambda: workbook(lambda sheet: f'<?xml version="1.0" encoding="UTF-1"?>{sheet}'),
        lambda: with_size(0x79000000, 6),
        lambda: with_size(0, 0xFFFFFFFF),
        without_root,
    ],
    ids=["order", "letters", "zero", "figures", "encoding", "sizes backwards", "a size", "no root"],
)
def test_what_would_end_the_library_and_the_program_with_it_is_refused(made: Callable[[], bytes]) -> None:
    """Each of these ended the process: the library asked for more memory than there is."""
    with pytest.raises(Refused, match="damaged or cut off"):
        read(made())


def test_what_is_no_archive_is_refused_where_it_is_called_one() -> None:
    with pytest.raises(Refused, match="isn't a LinkedIn data export"):
        read_document(b"Company,Role", "linkedin", Reading())


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        (b"Acme,Dev,Applied\nGlobex,De", True),
        (b'Acme,Dev,Applied\nGlobex,"De\nv', True),
        (b"Acme,Dev,Applied\nGlobex,Dev,Sav", False),
        (b"Acme,Dev,Applied\nGlobex,Dev\n", False),
        (b"Acme,Dev\nGlobex,Dev,Applied\nInitech", False),
    ],
    ids=["in a cell", "in quotes", "in the last cell", "a whole line", "rows of all lengths"],
)
def test_a_table_that_breaks_off_within_a_row_is_told_as_such(rows: bytes, is_told: bool) -> None:
    warnings = read(HEADER + rows).warnings
    said = "The last row, line 3, has fewer cells than the others. The file may be cut off."
    assert warnings == ((said,) if is_told else ())


def test_formulas_and_markup_are_plain_text() -> None:
    table = 'Company,Role,Status,Notes\n"=cmd|\'/c calc\'!A0",<b>Boss</b>,Applied,"<script>x</script>"\n'
    (row,) = read(table.encode()).applications
    assert row.values["employer"] == "=cmd|'/c calc'!A0"
    assert (row.values["role"], row.values["notes"]) == ("<b>Boss</b>", "<script>x</script>")


def test_a_row_with_what_cannot_be_kept_is_left_out_alone() -> None:
    document = read(HEADER + b"Ac\0me,Dev,Applied\nGlobex,Dev,Applied\n")
    assert [row.values["employer"] for row in document.applications] == ["Globex"]
    assert [row.place for row in document.refused] == ["line 2"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/02/2026", "2026-13-40", "32874x"])
def test_a_date_that_is_none_stays_in_the_notes(day: str) -> None:
    (row,) = read(f"Company,Status,Applied on\nAcme,Applied,{day}\n".encode()).applications
    assert "applied_on" not in row.values
    assert row.values["notes"] == f"Applied on: {day}"


def test_a_list_in_a_cell_is_searched_and_not_run() -> None:
    harm = "[{'stage': __import__('os').abort(), 'date': '2026-11-05'}]"
    (row,) = read(f'Company,Stage,Stage History\nAcme,Applied,"{harm}"\n'.encode()).applications
    assert row.events == ()
    assert harm in row.values["notes"]


def test_private_files_of_an_archive_are_not_read() -> None:
    with pytest.raises(Refused, match="compressed archive"):
        read(archive("messages.csv", b"Company,Role,Status\nAcme,Dev,Applied\n"))


@pytest.mark.parametrize("cell", ["a%20" * 100_000, "a/%20" * 80_000, "2026-01-01" + " " * 200_000 + "x"])
def test_a_long_cell_that_is_nearly_the_way_to_a_page_or_a_note_is_read_at_once(cell: str) -> None:
    """Where a pattern went back at every letter this would take hours."""
    head = "| # | Date | Company | Role | Score | Status | PDF | Report | Notes |\n" + "|---" * 9 + "|"
    text = f"{head}\n| 1 | 2026-01-01 | Acme | Dev | 4 | Applied | - | - | {cell} |"
    assert len(read_document(text.encode(), reading=Reading(name="applications.md")).applications) == 1


@pytest.mark.parametrize("cell", ["zq, " * 40_000, "Ortiz, Dana " * 20_000, "zq - " * 40_000, "q@" * 40_000])
def test_a_long_cell_of_people_is_read_at_once(cell: str) -> None:
    text = f'Company,Role,Status,Contact,Email\nAcme,Dev,Applied,"{cell}","{cell}"'
    assert len(read_document(text.encode(), reading=Reading(name="jobs.csv")).applications) == 1
