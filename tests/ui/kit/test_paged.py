"""Reports on paper: every row is there and whole, with headings on each page, and pages are numbered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from followup_desktop.ui.kit.paged import (
    _PAD,
    _TEXT,
    ColumnWidths,
    PagedTable,
    _Cell,
    _font,
    _Printer,
    pdf_of,
)
from followup_desktop.ui.kit.window_settings import Paper

HEADINGS = ("Date", "Employer", "Notes")


def table(rows: int, note: str = "") -> PagedTable:
    texts = [(f"14 Sept {number}", f"Employer {number}", note) for number in range(rows)]
    return PagedTable(
        title="Job search report",
        about=(("Name", "Ana"),),
        summary="all of it",
        headings=HEADINGS,
        sections=(("One week", texts), ("Another week", texts)),
    )


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """The sizes of the pages of a file, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (842, 595)), (Paper.LETTER, (792, 612))])
def test_paper_lies_across(qapp: QApplication, paper: Paper, size: tuple[int, int]) -> None:
    found = pages(pdf_of(table(3), paper))
    assert [(round(width), round(height)) for width, height in found] == [size]


def test_a_long_table_has_more_pages(qapp: QApplication) -> None:
    assert len(pages(pdf_of(table(100), Paper.A4))) > len(pages(pdf_of(table(40), Paper.A4))) > 1


def test_a_note_begins_on_the_page_of_its_row_and_stays_there(qapp: QApplication) -> None:
    note = "word " * 400
    for rows in range(1, 12):
        cells = recorded(table(rows, note)).across
        notes = [(before, after) for before, after in pairwise(cells) if after[1] == 1]
        assert len(notes) == 2 * rows, "none is parted"
        assert all(before[0] == after[0] for before, after in notes)


class Recorded(_Printer):
    """Notes what is put on each page, and how far down."""

    def __init__(self, painter: QPainter, size: QSizeF) -> None:
        super().__init__(painter, size, lambda: None, 0)
        self.rows: list[tuple[int, str]] = []
        self.put: list[tuple[int, str]] = []
        self.begun: list[tuple[int, str]] = []
        self.across: list[tuple[int, int]] = []
        self._texts: list[str] = []
        self.lowest = 0.0

    def _put(self, text, font, after=0.0):  # type: ignore[no-untyped-def]
        super()._put(text, font, after)
        self.put.append((self.page, text))

    def _row(self, texts, font, again=()):  # type: ignore[no-untyped-def]
        self._texts.append(texts[1])
        super()._row(texts, font, again)
        self._texts.pop()
        self.rows.append((self.page, texts[1]))

    def _cells(self, cells, widths, first, last):  # type: ignore[no-untyped-def]
        super()._cells(cells, widths, first, last)
        self.across.append((self.page, len(widths)))
        self.begun.append((self.page, self._texts[-1]))
        self.lowest = max(self.lowest, self._y - self._bottom)


def recorded(printed: PagedTable) -> Recorded:
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    printer = Recorded(painter, QSizeF(900, 600))
    printer.print_table(printed)
    painter.end()
    return printer


def test_headings_are_repeated_and_no_row_is_below_the_foot(qapp: QApplication) -> None:
    printer = recorded(table(60))
    assert printer.page > 3
    for page in range(1, printer.page + 1):
        assert (page, "Employer") in printer.rows
    assert [text for _page, text in printer.rows if text == "Employer 59"] == ["Employer 59"] * 2
    assert printer.lowest <= 0


def test_a_note_that_is_longer_than_a_page_goes_on(qapp: QApplication) -> None:
    printer = recorded(table(1, "word " * 4000))
    assert printer.page > 4
    assert printer.lowest <= 0


def test_a_long_note_begins_below_its_heading_and_fills_the_page(qapp: QApplication) -> None:
    """The heading of a week is never alone at the foot, however long its first row is."""
    for before in range(12, 24):
        row = ("14 Sept", "Employer", "short")
        long = ("15 Sept", "Wordy", "word " * 900)
        printed = replace(table(0), sections=(("One week", [row] * before), ("Another week", [long])))
        printer = recorded(printed)
        heading = next(page for page, text in printer.put if text == "Another week")
        begun = next(page for page, text in printer.begun if text == "Wordy")
        assert heading == begun, before
        assert printer.lowest <= 0


def test_a_long_note_gets_the_room_that_short_columns_leave(qapp: QApplication) -> None:
    assert recorded(table(1, "word " * 200)).page == 1


def test_short_columns_have_their_lines_whole_where_long_ones_want_all_the_room(qapp: QApplication) -> None:
    row = ("14 Sept", "Employer 12", *("a rather long text in a column that is one of a few",) * 4)
    headings = ("Date", "Employer", "Kind", "Person", "Result", "Notes")
    printer = recorded(replace(table(0), headings=headings, sections=(("One week", [row]),)))
    needed = QFontMetricsF(printer._font).horizontalAdvance("Employer 12")
    assert printer._widths[1] - 2 * _PAD >= needed
    assert sum(printer._widths) == pytest.approx(900)


def test_an_empty_column_is_as_narrow_as_its_heading(qapp: QApplication) -> None:
    rows = [("14 Sept", "Data Engineer", "")]
    widths = recorded(replace(table(0), sections=(("One week", rows),)))._widths
    heading = QFontMetricsF(_font(_TEXT, is_bold=True)).horizontalAdvance("Notes")
    assert widths[2] - 2 * _PAD == pytest.approx(heading, abs=3)
    assert sum(widths) == pytest.approx(900)


def test_room_that_is_left_goes_to_texts_of_words_as_wide_as_they_are(qapp: QApplication) -> None:
    """A long heading above short words would get most of it."""
    row = ("14 Sept", "Kundenkommunikation & Co", "Call")
    headings = ("Date", "Employer", "Kind of contact")
    printer = recorded(replace(table(0), headings=headings, sections=(("One week", [row]),)))
    metrics = QFontMetricsF(printer._font), QFontMetricsF(printer._bold)
    columns = ColumnWidths.of(headings, [row], *metrics)
    gained = [width / wanted for width, wanted in zip(printer._widths, columns.wanted, strict=True)]
    assert gained[1] == pytest.approx(gained[2])
    assert sum(printer._widths) == pytest.approx(900)


def test_a_heading_is_parted_between_its_words_where_there_is_no_room(qapp: QApplication) -> None:
    headings = ("Date", "Kind of contact", "Notes")
    metrics = QFontMetricsF(_font(_TEXT)), QFontMetricsF(_font(_TEXT, is_bold=True))
    columns = ColumnWidths.of(headings, [("14 Sept", "Call", "word " * 40)], *metrics)
    narrow, wide = columns.within(sum(columns.least))[1], columns.within(900)[1]
    whole = metrics[1].horizontalAdvance("Kind of contact")
    assert metrics[1].horizontalAdvance("contact") < narrow - 2 * _PAD < whole <= wide - 2 * _PAD


def test_a_date_is_not_parted_where_every_column_has_a_long_word(qapp: QApplication) -> None:
    long = "Rindfleischetikettierungsüberwachung"
    row = ("Do.,\u00a012.\u00a0Nov.\u00a02026", *(f"{long} {long}",) * 9)
    headings = ("Datum", *("Spalte",) * 9)
    printer = recorded(replace(table(0), headings=headings, sections=(("Eine Woche", [row]),)))
    assert printer._widths[0] - 2 * _PAD >= QFontMetricsF(printer._font).horizontalAdvance(row[0])
    assert sum(printer._widths) == pytest.approx(900)
    assert min(printer._widths) > 50
    joined = replace(table(0), headings=headings, sections=(("Eine Woche", [(row[0],) * 10]),))
    assert min(recorded(joined)._widths) > 50, "what is written so everywhere has to be parted all the same"


def test_a_long_note_stands_below_its_row_across_the_page(qapp: QApplication) -> None:
    """In its column it would take a page where a few lines are enough, and leave the rest of it empty."""
    columns, across = len(HEADINGS), 1
    rows = (("14 Sept", "Acme", "word " * 2000), ("15 Sept", "Initech", "short"))
    printer = recorded(replace(table(0), sections=(("One week", rows),)))
    assert printer.page == 3
    assert [cells for _page, cells in printer.across] == [
        *(columns, columns, across),
        *(columns, across),
        *(columns, across, columns),
    ], "headings, row and note; on further pages the headings again; then the next row"
    assert recorded(replace(table(0), sections=(("One week", rows[1:]),))).across == [(1, columns)] * 2


@pytest.mark.parametrize(("is_mirrored", "side"), [(False, "left"), (True, "right")])
def test_lines_begin_at_the_side_where_they_are_read_from(
    qapp: QApplication, is_mirrored: bool, side: str
) -> None:
    cell = _Cell("two\nlines", qapp.font(), 300, is_mirrored=is_mirrored)
    for number in range(cell.lines):
        seen = cell._layout.lineAt(number).naturalTextRect()
        assert (seen.right() if side == "right" else 300 - seen.left()) == pytest.approx(300)


def test_a_long_note_begins_on_the_page_of_its_row(qapp: QApplication) -> None:
    for before in range(12, 30):
        rows = [("14 Sept", "Employer", "short")] * before + [("15 Sept", "Wordy", "word " * 900)]
        printer = recorded(replace(table(0), sections=(("One week", rows),)))
        begun = [page for page, text in printer.begun if text == "Wordy"]
        assert begun[0] == begun[1], before
        assert printer.lowest <= 0
