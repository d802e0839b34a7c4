"""A card with one picture, the table behind it, and what can be done with both."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.i18n import _
from followup_desktop.services.rows.figures import Chart, Figures
from followup_desktop.services.wording.insights import ChartWords
from followup_desktop.ui.insights.picture import Picture
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.stylesheet import HEADING_PADDING
from followup_desktop.ui.kit.theme import Space, Theme, Type
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, LineText, Text, as_heading, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import set_seen_tip, set_tool_tip, tool_tip
from followup_desktop.ui.kit.widgets.rows_table import RowsTable

Index = QModelIndex | QPersistentModelIndex

_MOST_ROWS = 10
"""A longer table scrolls."""
_ROW_HEIGHT = 28
_LEAST_NAME = 80
"""The first column is no narrower than this for the sake of the others, in pixels at the ordinary size."""


class WordsModel(QAbstractTableModel):
    """The table behind a picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: ChartWords | None = None
        self._lines: dict[int, str] = {}

    def show_words(self, words: ChartWords) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._words = words
        self._lines = {}
        self.endResetModel()

    def heading(self, column: int) -> str:
        """What stands above a column, in one line."""
        return self._words.headings[column] if self._words is not None else ""

    def write_in_lines(self, lines: dict[int, str]) -> None:
        """Write the headings of these columns so, and the others in one line."""
        if lines != self._lines:
            self._lines = lines
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return len(self._words.rows) if self._words and not (parent and parent.isValid()) else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return len(self._words.headings) if self._words and not (parent and parent.isValid()) else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if self._words is None or not index.isValid():
            return None
        cell = self._words.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What stands above a column."""
        is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if self._words is None or not is_text or orientation is not Qt.Orientation.Horizontal:
            return None
        heading = self._words.headings[section]
        return self._lines.get(section, heading) if role == Qt.ItemDataRole.DisplayRole else heading


class FittedTable(RowsTable):
    """Keeps its columns within its width: headings take several lines, then the first column gives way.

    One that is hidden behind its picture is fitted when it is shown: for ten of them Qt asked for each cell,
    a quarter of the 48 ms that an edit took.
    """

    fitted = Signal()

    def __init__(self, theme: Theme, model: WordsModel) -> None:
        super().__init__(theme, model, _ROW_HEIGHT)
        self._theme = theme
        self._words = model
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns to what came meanwhile."""
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Share the width out."""
        header, columns = self.horizontalHeader(), range(self._words.columnCount())
        if not columns or self.isHidden():
            return
        self._words.write_in_lines({})
        cells = [self.sizeHintForColumn(column) for column in columns]

        def wanted() -> list[int]:
            return [max(cell, self._heading_width(column)) for column, cell in enumerate(cells)]

        wide = wanted()
        room = self.viewport().width()
        if sum(wide) > room:
            lines = {}
            for column in columns:
                heading = self._words.heading(column)
                lines[column] = fill(heading, max(map(len, heading.split())), break_long_words=False)
            self._words.write_in_lines(lines)
            wide = wanted()
        wide[0] = max(wide[0] + room - sum(wide), min(wide[0], self._theme.px(_LEAST_NAME)))
        for column, width in zip(columns, wide, strict=True):
            header.resizeSection(column, width)
        self.fitted.emit()

    def _heading_width(self, column: int) -> int:
        """What a heading needs; the header's own hint has room for an arrow, which none of these has."""
        heading = str(self._words.headerData(column, Qt.Orientation.Horizontal))
        letters = self._theme.metrics(Type.SMALL, QFont.Weight.DemiBold)
        return (
            max(map(letters.horizontalAdvance, heading.splitlines()))
            + 2 * self._theme.px(HEADING_PADDING)
            + 1
        )


class ChartCard(Card):
    """A heading with how it is counted as its tool tip, the picture, and its table when that is asked for.

    ``menu`` is made anew whenever it is opened.
    """

    entered = Signal(object)
    """The chart has got the keyboard."""

    def __init__(
        self, theme: Theme, chart: Chart, menu: Callable[[Chart], QMenu], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chart = chart
        self._theme = theme
        self._make_menu = menu
        self.words: ChartWords | None = None
        self._shown: tuple[object, ChartWords] | None = None
        self.heading = as_heading(LineText("", "strong"))
        self.remark = LineText("", "small")
        self.picture = Picture(theme, chart)
        self.nothing = Text("", "secondary", wrap=True)
        self.model = WordsModel(self)
        self._made_table: FittedTable | None = None
        self.table_button = Button(_("Table"), look="link")
        self._is_table = False
        self.menu_button = Button("⋯", look="link")
        self._lay_out()
        theme.keep_fit(self, self._fit)
        self.table_button.clicked.connect(lambda: self._show_table(not self._is_table))
        self.menu_button.clicked.connect(self._open_menu)
        for each in (self.picture, self.table_button, self.menu_button):
            each.installEventFilter(self)

    @property
    def table(self) -> FittedTable:
        """The table behind the picture, hidden at first.

        It is made when it is wanted: half of the widgets of Insights were in eight tables, and to make these
        was a fifth of the first look at it.
        """
        if self._made_table is None:
            table = self._made_table = FittedTable(self._theme, self.model)
            table.hide()
            table.fitted.connect(self._set_height)
            table.installEventFilter(self)
            self._name_table()
            self._column.insertWidget(self._column.indexOf(self.picture) + 1, table)
            QWidget.setTabOrder(self.picture, table)
            self._set_height()
        return self._made_table

    def show_figures(self, figures: Figures, words: ChartWords) -> None:
        """Show these, if it isn't what is shown already: an edit concerns few of eight cards."""
        shown = figures.shown_in(self.chart), words
        if shown == self._shown:
            return
        self._shown = shown
        self.words = words
        self.heading.setText(words.title)
        self.remark.show_words(words.remark)
        set_tool_tip(self.heading, words.definition)
        self.heading.setAccessibleDescription(words.definition)
        self.nothing.setText(words.nothing)
        self.setAccessibleName(words.title)
        self._name_table()
        self.menu_button.setAccessibleName(named(_("Copy, save or print the picture"), words.title))
        set_seen_tip(self.menu_button, _("Copy, save or print the picture"))
        has_rows = bool(words.rows)
        self.picture.show_figures(figures, words)
        self.model.show_words(words)
        self.nothing.setVisible(not has_rows)
        self.table_button.setVisible(has_rows)
        self.menu_button.setVisible(has_rows)
        self._show_table(self._is_table)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the keyboard has come."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.chart)
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the button does."""
        if self.menu_button.isVisible():
            self._make_menu(self.chart).popup(event.globalPos())

    def _show_table(self, on: bool) -> None:
        """Show the table or the picture; the button says the other, so it isn't one that stays pressed."""
        self._is_table = on
        words = _("Picture") if on else _("Table")
        self.table_button.setText(words)
        if self.words is not None:
            self.table_button.setAccessibleName(named(words, self.words.title))
        has_rows = self.model.rowCount() > 0
        self.picture.setVisible(has_rows and not on)
        if self._made_table is not None or (has_rows and on):
            self.table.setVisible(has_rows and on)
        self._set_height()

    def _name_table(self) -> None:
        if self._made_table is not None and self.words is not None:
            self._made_table.setAccessibleName(named(_("Table"), self.words.title))

    def _fit(self) -> None:
        px = self._theme.px
        self.menu_button.setMinimumWidth(px(24))
        set_margins(self._column, px(16), px(10), px(12), px(14))
        if self._made_table is not None:
            self._made_table.fit()
        self._set_height()

    def _set_height(self) -> None:
        if self._made_table is None:
            return
        table = self._made_table
        rows = min(self.model.rowCount(), _MOST_ROWS)
        height = table.horizontalHeader().sizeHint().height()
        height += table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(height + rows * self._theme.px(_ROW_HEIGHT) + 4)

    def _open_menu(self) -> None:
        menu = self._make_menu(self.chart)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        said = FlowLayout(gap=Space.S)
        self._theme.set_margins(said, 0, 4, 0, 0)  # on the line of the buttons' words
        said.addWidget(self.heading)
        said.addWidget(self.remark)
        head.addLayout(said, 1)
        head.addWidget(self.table_button)
        head.addWidget(self.menu_button)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self.picture)
        column.addWidget(self.nothing)
