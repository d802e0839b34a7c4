"""How a report will look: as much of it as is in sight, and more as one goes on."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterable
from functools import reduce
from itertools import islice
from operator import or_

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QFontMetricsF,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCell,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from followup_desktop.i18n import _
from followup_desktop.services.transfer.activity_report import PREVIEW_STYLE, PREVIEW_TEXT
from followup_desktop.ui.kit.paged import ColumnWidths
from followup_desktop.ui.kit.theme import Theme

_PAGES_AHEAD = 2
_FIRST_WEEKS = 6
"""By what is in so many weeks it is reckoned how wide all columns are; later weeks widen them."""
_SIZES = (1.0, 0.9, 0.8, 0.7)
"""The sizes of letters that are tried."""


class ReportPreview(QTextBrowser):
    """Shows a report's parts as wide as the view: in smaller letters, if need be.

    Where its words have no room side by side in the smallest ones, the page is wider than the view.

    Qt lays out a long document for seconds, and on the window's thread only: 800 pages take 20. So each
    part is put in when there are no longer two pages of the view below what is in sight.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._size = 1.0
        """The size of the letters, as a part of the ordinary one."""
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("Preview"))
        self._columns: ColumnWidths | None = None
        """Of what is shown so far, so that the columns of all weeks stand below each other."""
        self._parts: tuple[str, ...] = ()
        self._left: deque[str] = deque()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._go_on)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._look)
        bar.rangeChanged.connect(self._look)

    def show_parts(self, parts: Iterable[str]) -> None:
        """Show this report from its beginning on."""
        self._parts = tuple(parts)
        self._size, self._columns = self._fitting()
        self.document().setDefaultStyleSheet(self._style(self._size))
        letters = self.document().defaultFont()  # whose multiples headings are, whatever the style says
        letters.setPixelSize(max(round(self._theme.px(PREVIEW_TEXT) * self._size), 1))
        self.document().setDefaultFont(letters)
        self._left = deque(self._parts)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setHtml(self._left.popleft())
        self._add()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill what is in sight."""
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill what is in sight now, in letters that fit."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._parts:
            if self._fitting()[0] == self._size:
                self._fit(_tables(self.document()))
            else:
                self.show_parts(self._parts)
        self._look()

    def _look(self) -> None:
        if not self._next.isActive():  # Qt lays out in steps, each of which would put it off again
            self._next.start()

    def _go_on(self) -> None:
        bar = self.verticalScrollBar()
        if self.isVisible() and bar.maximum() - bar.value() < _PAGES_AHEAD * bar.pageStep():
            self._add()

    def _add(self) -> None:
        if not self._left:
            return
        part = self._document(self._left.popleft(), self._size)
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertBlock()
        begun = end.position()
        end.insertFragment(QTextDocumentFragment(part))
        # Qt puts the words of a fragment's first paragraph into the last one here, and keeps its format.
        end.setPosition(begun)
        end.setBlockFormat(part.begin().blockFormat())
        self._fit(table for table in _tables(self.document()) if table.firstPosition() >= begun)
        self._look()

    def _style(self, size: float) -> str:
        def scaled(found: re.Match[str]) -> str:
            return f"{max(round(self._theme.px(int(found[1])) * size), 1)}px"

        return re.sub(r"(\d+)px", scaled, PREVIEW_STYLE)

    def _document(self, part: str, size: float) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultStyleSheet(self._style(size))
        document.setHtml(part)
        return document

    @property
    def _room(self) -> float:
        """How wide a table may be, its outer lines not counted."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - 2 * self.frameWidth() - bar - 2 * self.document().documentMargin()

    def _fitting(self) -> tuple[float, ColumnWidths | None]:
        """The largest size of letters in which the first activities have their longest words side by side.

        And how wide their columns are in it.
        """
        busy = islice((part for part in self._parts[1:] if "<thead" in part), _FIRST_WEEKS)
        text, size, columns = "".join(busy), 1.0, None
        for size in _SIZES:
            first = self._document(text, size)  # which owns its tables
            tables = _tables(first)
            if not tables:
                return size, None
            columns = reduce(or_, map(_columns_of, tables))
            if sum(columns.least) + _lines_of(tables[0]) <= self._room:
                break
        return size, columns

    def _fit(self, tables: Iterable[QTextTable]) -> None:
        """Keep these within the page: a table of Qt's is as wide as its longest words unless it's told."""
        page = 0.0
        for table in tables:
            own, wish = _columns_of(table), table.format()
            self._columns = own if self._columns is None else self._columns | own
            lines = _lines_of(table)
            page = max(self._room, sum(self._columns.least) + lines)
            widths = self._columns.within(page - lines)
            fixed = QTextLength.Type.FixedLength
            wish.setColumnWidthConstraints([QTextLength(fixed, int(width)) for width in widths])
            if wish != table.format():
                table.setFormat(wish)
        if page > self._room:
            self.setLineWrapColumnOrWidth(math.ceil(page + 2 * self.document().documentMargin()))
            self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        elif page:
            self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)


def _tables(document: QTextDocument) -> list[QTextTable]:
    """The tables with lines between their columns."""
    frames = document.rootFrame().childFrames()
    return [each for each in frames if isinstance(each, QTextTable) and each.format().border()]


def _lines_of(table: QTextTable) -> float:
    """How wide the lines of a table are together."""
    form = table.format()
    return (table.columns() + 1) * (form.border() + form.cellSpacing())


def _columns_of(table: QTextTable) -> ColumnWidths:
    rows = []
    for row in range(table.rows()):
        cells = [table.cellAt(row, column) for column in range(table.columns())]
        rows.append([_text_of(cell) for cell in cells])
    first = table.cellAt(table.rows() - 1, 0).firstCursorPosition().charFormat().font()
    bold = table.cellAt(0, 0).firstCursorPosition().charFormat().font()
    scale = first.pixelSize() / PREVIEW_TEXT
    return ColumnWidths.of(rows[0], rows[1:], QFontMetricsF(first), QFontMetricsF(bold), scale)


def _text_of(cell: QTextTableCell) -> str:
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2028", "\n").replace("\u2029", "\n")
