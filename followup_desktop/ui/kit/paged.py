"""A long table as a PDF file: rows that stay whole, headings repeated on each page, pages numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import _
from followup_desktop.services.progress import page_in_words
from followup_desktop.ui.kit.pdf import Paint, pdf_file
from followup_desktop.ui.kit.window_settings import Paper

_DOTS_PER_INCH = 96
_MARGIN_MM = 15
_TEXT, _TITLE, _SECTION, _FOOT = 12, 22, 13, 11
"""The sizes of type, in pixels."""
_PAD = 4
_WIDEST = 260
"""A column is no wider for the sake of one long text while others need room, in pixels."""
_LONGEST_WORD = 130
"""A word that is wider, in pixels, is parted."""
_FEW_LINES = 4
"""A long row begins at the foot of a page only if so many lines of it have room there."""
_MANY_LINES = 8
"""A text that has more in its column stands below its row, across the page."""
_LINE_SEPARATOR = "\u2028"
_GAP = re.compile(r"[ \n\t]")
_JOINED = "\u00a0"
"""Between words that are to stay in one line, such as those of a date."""

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedTable:
    """What is printed: a title, what it is about as labels and values, and sections with their rows."""

    title: str
    about: Sequence[tuple[str, str]]
    summary: str
    headings: Sequence[str]
    sections: Sequence[tuple[str, Sequence[Sequence[str]]]]


def pdf_of(
    table: PagedTable, paper: Paper, *, is_mirrored: bool = False, on_progress: OnProgress = ignore_progress
) -> bytes:
    """The PDF file, on paper that lies across, made on any thread. Needs Qt's application to be there."""
    layout = layout_of(paper)
    return pdf_file(
        layout, table.title, painting(table, layout, is_mirrored=is_mirrored, on_progress=on_progress)
    )


def layout_of(paper: Paper) -> QPageLayout:
    """The paper, which lies across so that a long row has its room, with its margins."""
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    across = QPageLayout.Orientation.Landscape
    return QPageLayout(QPageSize(_SIZES[paper]), across, margins, QPageLayout.Unit.Millimeter)


def painting(
    table: PagedTable,
    layout: QPageLayout,
    *,
    is_mirrored: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> Paint:
    """What paints the table, with its pages numbered; it has then been laid out once to count them."""
    pages = 0

    def count(painter: QPainter, device: QPagedPaintDevice) -> None:
        nonlocal pages
        pages = _fill(painter, device, table, 0, is_mirrored=is_mirrored, on_progress=on_progress)

    pdf_file(layout, table.title, count)
    return lambda painter, device: _fill(
        painter, device, table, pages, is_mirrored=is_mirrored, on_progress=on_progress
    )


def _fill(
    painter: QPainter,
    device: QPagedPaintDevice,
    table: PagedTable,
    pages: int,
    *,
    is_mirrored: bool,
    on_progress: OnProgress,
) -> int:
    """Paint the table on the pages of a device, which are numbered as that many; how many they were.

    With 0 they are only counted, and empty.
    """
    factor = device.logicalDpiX() / _DOTS_PER_INCH
    painter.scale(factor, factor)
    size = QSizeF(device.width() / factor, device.height() / factor)
    printer = _Printer(painter, size, device.newPage, pages)
    printer.is_mirrored = is_mirrored
    printer.on_progress = on_progress
    printer.print_table(table)
    return printer.page


def _font(pixels: int, *, is_bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    font.setBold(is_bold)
    return font


class _Cell:
    """A text in lines of a width."""

    def __init__(self, text: str, font: QFont, width: float, *, is_mirrored: bool) -> None:
        self._layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if is_mirrored:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)  # a layout doesn't go by the direction
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
        self._layout.endLayout()

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self._layout.lineCount()

    def paint(self, painter: QPainter, place: QPointF, first: int, last: int, height: float) -> None:
        """Paint these lines from a place on."""
        for number in range(first, min(last, self.lines)):
            line = self._layout.lineAt(number)
            line.draw(painter, QPointF(place.x(), place.y() + (number - first) * height - line.y()))


def _lines_of(cells: Sequence[_Cell]) -> int:
    return max([1, *(cell.lines for cell in cells)])


class _Printer:
    """Fills pages from top to bottom."""

    def __init__(self, painter: QPainter, size: QSizeF, new_page: Callable[[], object], pages: int) -> None:
        self._painter = painter
        self._size = size
        self._new_page = new_page
        self._pages = pages
        self._font = _font(_TEXT)
        self._bold = _font(_TEXT, is_bold=True)
        self._line = QFontMetricsF(self._bold).height()
        self._y = 0.0
        self._widths: list[float] = []
        self.page = 1
        self.is_mirrored = False
        self.on_progress: OnProgress = ignore_progress

    def print_table(self, table: PagedTable) -> None:
        """Print it all."""
        self._put(table.title, _font(_TITLE, is_bold=True), after=6)
        for label, value in table.about:
            self._put(_("{label}: {value}").format(label=label, value=value), self._font)
        self._y += 8
        self._put(table.summary, self._bold, after=4)
        every = [row for _title, rows in table.sections for row in rows]
        plain, bold = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        self._widths = ColumnWidths.of(table.headings, every, plain, bold).within(self._size.width())
        for title, rows in table.sections:
            # A heading never stands alone at the foot of a page.
            self._make_room(self._line * (3 + self._least_lines(rows, table.headings)) + 8 * _PAD)
            self._y += 10 if self._y else 0
            self._put(title, _font(_SECTION, is_bold=True), after=3)
            if rows:
                self._row(table.headings, self._bold)
            for row in rows:
                self._row(row, self._font, again=table.headings)
        self._number()

    @property
    def _bottom(self) -> float:
        return self._size.height() - 2 * _FOOT

    def _make_room(self, height: float) -> bool:
        """Begin another page if there is no room; whether it did."""
        if self._y + height <= self._bottom:
            return False
        self._number()
        self._new_page()
        self.page += 1
        self._y = 0.0
        return True

    def _put(self, text: str, font: QFont, after: float = 0) -> None:
        cell = _Cell(text, font, self._size.width(), is_mirrored=self.is_mirrored)
        height = QFontMetricsF(font).height()
        self._make_room(height * cell.lines)
        self._painter.setPen(QColor(Qt.GlobalColor.black))
        cell.paint(self._painter, QPointF(0, self._y), 0, cell.lines, height)
        self._y += height * cell.lines + after

    def _row(self, texts: Sequence[str], font: QFont, again: Sequence[str] = ()) -> None:
        """Put a row, and below it what is long in it; ``again`` are the headings of further pages."""
        cells, long = self._parts_of(texts, font, again)
        begun = self._begun(long) * self._line + 2 * _PAD * len(long)
        self._put_cells(cells, self._widths, again, begun)
        for cell in long:
            self._put_cells([cell], [self._size.width()], again)

    def _put_cells(
        self, cells: Sequence[_Cell], widths: Sequence[float], again: Sequence[str], after: float = 0
    ) -> None:
        """Put cells side by side, on a page that has room for ``after`` below them."""
        lines, first = _lines_of(cells), 0
        while first < lines:
            here = min(lines - first, self._most)
            free = int((self._bottom - self._y - 2 * _PAD) / self._line)
            if lines > self._most // 2 and here > free >= _FEW_LINES:
                here = free  # only what is long is parted
            if self._make_room(here * self._line + 2 * _PAD + after) and again:
                self._row(again, self._bold)
            self._cells(cells, widths, first, first + here)
            first += here

    def _parts_of(
        self, texts: Sequence[str], font: QFont, headings: Sequence[str]
    ) -> tuple[list[_Cell], list[_Cell]]:
        """The cells of a row that has these headings, and those that stand below it, each with its own."""
        cells, long = self._laid_out(texts, font), []
        for place, (heading, text) in enumerate(zip(headings, texts, strict=False)):
            if cells[place].lines > _MANY_LINES:
                words = _("{label}: {value}").format(label=heading, value=text)
                long.append(self._cell(words, font, self._size.width()))
                cells[place] = self._cell("", font, self._widths[place])
        return cells, long

    def _laid_out(self, texts: Sequence[str], font: QFont) -> list[_Cell]:
        return [self._cell(text, font, width) for text, width in zip(texts, self._widths, strict=True)]

    def _cell(self, text: str, font: QFont, width: float) -> _Cell:
        return _Cell(text, font, width - 2 * _PAD, is_mirrored=self.is_mirrored)

    @property
    def _most(self) -> int:
        """How many lines of a row have room on a page of their own."""
        return int((self._bottom - self._line * 2 - 4 * _PAD) / self._line)

    def _least_lines(self, rows: Sequence[Sequence[str]], headings: Sequence[str]) -> int:
        """How many lines of the first row need to have room below its heading."""
        if not rows:
            return 0
        cells, long = self._parts_of(rows[0], self._font, headings)
        lines = _lines_of(cells)
        return (lines if lines <= self._most // 2 else _FEW_LINES) + len(long) + self._begun(long)

    def _begun(self, long: Sequence[_Cell]) -> int:
        """How many lines of what is long have to be on the page of their row: all, if these aren't many."""
        lines = sum(cell.lines for cell in long)
        return lines if lines <= self._most // 2 else min(lines, _FEW_LINES)

    def _cells(self, cells: Sequence[_Cell], widths: Sequence[float], first: int, last: int) -> None:
        height = (last - first) * self._line + 2 * _PAD
        if self._pages:
            self._paint_cells(cells, widths, first, last, height)
        self._y += height

    def _paint_cells(
        self, cells: Sequence[_Cell], widths: Sequence[float], first: int, last: int, height: float
    ) -> None:
        x = 0.0
        for cell, width in zip(cells, widths, strict=True):
            left = self._size.width() - x - width if self.is_mirrored else x
            self._painter.setPen(QPen(QColor(Qt.GlobalColor.lightGray), 1))
            self._painter.drawRect(QRectF(left, self._y, width, height))
            self._painter.setPen(QColor(Qt.GlobalColor.black))
            place = QPointF(left + _PAD, self._y + _PAD)
            cell.paint(self._painter, place, first, last, self._line)
            x += width

    def _number(self) -> None:
        self._painter.setFont(_font(_FOOT))
        self._painter.setPen(QColor(Qt.GlobalColor.darkGray))
        text = page_in_words(self.page, self._pages)
        self.on_progress(self.page, self._pages)
        foot = QRectF(0, self._bottom, self._size.width(), 2 * _FOOT)
        side = Qt.AlignmentFlag.AlignLeft if self.is_mirrored else Qt.AlignmentFlag.AlignRight
        self._painter.drawText(foot, side | Qt.AlignmentFlag.AlignBottom, text)


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """How wide the columns of a table can be: at least, as each wants to be, and what goes beyond that.

    What is ``firm`` has only such as dates, joined so as not to be parted however little room there is.
    """

    least: Sequence[float]
    wanted: Sequence[float]
    over: Sequence[float]
    firm: Sequence[bool]

    @classmethod
    def of(
        cls,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        plain: QFontMetricsF,
        bold: QFontMetricsF,
        scale: float = 1.0,
    ) -> ColumnWidths:
        """The widths of a table in letters ``scale`` times as large: each at least its longest word."""
        longest, widest = _LONGEST_WORD * scale, _WIDEST * scale
        measured = cache(plain.horizontalAdvance)  # most words come again and again
        least, wanted, over, firm = [], [], [], []
        for column, heading in enumerate(headings):
            cells = [row[column] for row in rows]
            words = [measured(word) for cell in cells for word in re.split(_GAP, cell)]
            whole = [measured(line) for cell in cells for line in cell.splitlines()]
            head = bold.horizontalAdvance(heading)
            parts = [bold.horizontalAdvance(word) for word in re.split(_GAP, heading)]
            least.append(min(max([*parts, *words]), longest) + 2 * _PAD + 2)
            wanted.append(min(max([head, *whole]), widest) + 2 * _PAD + 2)
            over.append(sum(max(width - widest, 0.0) for width in whole))
            firm.append(all(_JOINED in cell and not re.search(_GAP, cell) for cell in cells))
        return cls(least, wanted, over, firm)

    def __or__(self, other: ColumnWidths) -> ColumnWidths:
        """The widths for two tables that are to stand below each other."""
        return ColumnWidths(
            [max(pair) for pair in zip(self.least, other.least, strict=True)],
            [max(pair) for pair in zip(self.wanted, other.wanted, strict=True)],
            [sum(pair) for pair in zip(self.over, other.over, strict=True)],
            [all(pair) for pair in zip(self.firm, other.firm, strict=True)],
        )

    def within(self, width: float) -> list[float]:
        """The widths that fill this: short ones next their longest line."""
        room = width - sum(self.least)
        more = [max(w - at_least, 0) for w, at_least in zip(self.wanted, self.least, strict=True)]
        if room <= 0:
            firm = [w if is_firm else 0.0 for w, is_firm in zip(self.least, self.firm, strict=True)]
            if sum(firm) > width / 2:
                return _fair_shares(width, self.least)
            soft = _fair_shares(width - sum(firm), [w - f for w, f in zip(self.least, firm, strict=True)])
            return [f + part for f, part in zip(firm, soft, strict=True)]
        if (left := room - sum(more)) > 0:
            spaced = [w if m else 0.0 for w, m in zip(self.wanted, more, strict=True)]
            parts = next(each for each in (self.over, spaced, self.wanted) if any(each))
            return [
                w + m + left * part / sum(parts) for w, m, part in zip(self.least, more, parts, strict=True)
            ]
        return [each + part for each, part in zip(self.least, _fair_shares(room, more), strict=True)]


def _fair_shares(room: float, wanted: Sequence[float]) -> list[float]:
    """The room that each gets: what it wants, the least first, and equal parts for all who want more."""
    shares = [0.0] * len(wanted)
    for done, place in enumerate(sorted(range(len(wanted)), key=lambda place: wanted[place])):
        shares[place] = min(wanted[place], room / (len(wanted) - done))
        room -= shares[place]
    return shares
