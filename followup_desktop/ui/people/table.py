"""The table of people: widths that fit, columns to choose, keys that act on a row."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from followup_desktop.i18n import _
from followup_desktop.services.reading.people import PersonColumn
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.delegates import SELECTED
from followup_desktop.ui.kit.models.blocks import Index
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.column_widths import share_out
from followup_desktop.ui.people.model import COLUMNS, PeopleModel

_LEAST, _LEAST_NAME, _MOST = 84, 150, 240
"""The least that a column of words is brought to, so for the name, and the most that any asks for."""
_SAMPLE = 48
"""So many of the first rows are measured; they are fetched to be painted anyway."""
_SHARES = {PersonColumn.NAME: 2, PersonColumn.TITLE: 1, PersonColumn.EMPLOYER: 1, PersonColumn.EMAIL: 1}
"""Who gets what is left over."""
_HIDDEN_FIRST = frozenset({PersonColumn.EMAIL, PersonColumn.PHONE})
_ROW, _PAD = 36, 8
_HIGHEST = 16_777_215
"""Qt's own limit of a widget's height."""


def _weight(column: PersonColumn) -> QFont.Weight:
    return QFont.Weight.DemiBold if column is PersonColumn.NAME else QFont.Weight.Normal


class PersonDelegate(QStyledItemDelegate):
    """The cells: the name bold, the rest plain."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._brush = Brush(theme)
        self._theme = theme
        self._table = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(_ROW))

    def width(self, text: str, column: PersonColumn) -> int:
        """How wide a cell of that column is in which all of the text can be read, in pixels."""
        font = self._theme.font(weight=_weight(column))
        return QFontMetrics(font).horizontalAdvance(text) + 2 * self._theme.px(_PAD) + 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area: QRect = option.rect
        painter.setClipRect(area)
        is_selected = bool(option.state.value & SELECTED)
        self._brush.cell(painter, area, self._table, index.column(), is_selected=is_selected)
        pad = self._theme.px(_PAD)
        self._brush.text(
            painter,
            area.adjusted(pad, 0, -pad, 0),
            index.data(Qt.ItemDataRole.DisplayRole) or "",
            weight=_weight(COLUMNS[index.column()]),
            alignment=index.data(Qt.ItemDataRole.TextAlignmentRole),
        )
        painter.restore()


class PeopleTable(QTableView):
    """People, one a row; ``opened`` and ``delete_pressed`` tell the row's person."""

    opened = Signal(str)
    delete_pressed = Signal(str)
    current_changed = Signal(str)

    def __init__(self, model: PeopleModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._own_widths = False
        self._spreading = self._is_measured = False
        self.setAccessibleName(_("Contacts"))
        self.setModel(model)
        self._delegate = PersonDelegate(theme, self)
        self._measured: dict[PersonColumn, tuple[int, int]] = {}
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header()
        self.fit_text()
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index.row()) or ""))
        self.selectionModel().currentRowChanged.connect(
            lambda: self.current_changed.emit(self.current_id() or "")
        )
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._follow)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setAccessibleName(_("Columns"))
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sectionResized.connect(self._dragged)
        for number, column in enumerate(COLUMNS):
            header.setSectionHidden(number, column in _HIDDEN_FIRST)
        header.setSortIndicator(COLUMNS.index(PersonColumn.NAME), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit_text(self) -> None:
        """Set heights and least widths by the present size of text."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self.horizontalHeader().setMinimumSectionSize(self._theme.px(44))
        self._measure_anew()

    def column_actions(self) -> list[QAction]:
        """One action a column, to show or hide it; the name always stays."""
        actions = []
        for number, column in enumerate(COLUMNS):
            action = QAction(str(self._model.headerData(number, Qt.Orientation.Horizontal)), self)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(column is not PersonColumn.NAME)
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
            actions.append(action)
        return actions

    def columns(self) -> QByteArray:
        """Which columns are shown, how wide, and the order of rows."""
        return self.horizontalHeader().saveState()

    def restore(self, state: QByteArray) -> None:
        """Go back to a state of an earlier day."""
        self._own_widths = self.horizontalHeader().restoreState(state) or self._own_widths

    def current_id(self) -> str | None:
        """The person of the current row."""
        return self._model.id_at(self.currentIndex().row())

    def select_id(self, person: str) -> bool:
        """Make a person's row the current one, if it is shown."""
        row = self._model.row_of(person)
        if row < 0:
            return False
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self._model.index(row, self.horizontalHeader().logicalIndex(0)))
            self.selectRow(row)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        person = self.current_id()
        if person is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(person)
        elif person is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(person)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        if not self._own_widths:
            shown = [column for number, column in enumerate(COLUMNS) if not self.isColumnHidden(number)]
            self._measure(column for column in shown if column not in self._measured)
            wanted = {column: self._measured[column][0] for column in shown}
            least = {column: self._measured[column][1] for column in shown}
            widths = share_out(wanted, least, self.viewport().width())
            spare = max(0, self.viewport().width() - sum(widths.values()))
            shares = sum(_SHARES.get(column, 0) for column in shown)
            self._spreading = True
            for column in shown:
                share = spare * _SHARES.get(column, 0) // shares if shares else 0
                self.setColumnWidth(COLUMNS.index(column), widths[column] + share)
            self._spreading = False
        self._fit_height()

    def _measure(self, columns: Iterable[PersonColumn]) -> None:
        """Find what these columns want, by their titles and the first rows, and what they must have."""
        px = self._theme.px
        heading = QFontMetrics(self._theme.font(Type.SMALL, QFont.Weight.DemiBold))
        rows = [self._model.row(number) for number in range(min(_SAMPLE, self._model.rowCount()))]
        for column in columns:
            texts = [self._model.texts[column](row) for row in rows if row is not None]
            widest = max((self._delegate.width(text, column) for text in texts), default=0)
            title = heading.horizontalAdvance(self._model.titles[column]) + px(8 + 8)
            if column is PersonColumn.NAME:
                title += px(18)  # for the arrow of the order
            wanted = max(title, min(px(_MOST), widest))
            lowest = px(_LEAST_NAME if column is PersonColumn.NAME else _LEAST)
            self._measured[column] = wanted, min(wanted, lowest) if column in _SHARES else wanted

    def _measure_anew(self) -> None:
        self._measured.clear()
        self._is_measured = self._model.rowCount() > 0
        self._spread()

    def _follow(self) -> None:
        """Take the first rows' widths, and no others later: no column moves by an edit or a search."""
        if self._is_measured or not self._model.rowCount():
            self._fit_height()
        else:
            self._measure_anew()

    def _fit_height(self) -> None:
        """No higher than its rows: below them is the window's ground."""
        rows = self._model.rowCount() * self._theme.px(_ROW)
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = self.horizontalHeader().sizeHint().height() + rows + room + 2 * self.frameWidth() + 2
        self.setMaximumHeight(min(height, _HIGHEST))

    def _dragged(self, _section: int, before: int, after: int) -> None:
        if not self._spreading and before and after:
            self._own_widths = True

    def _show_column(self, number: int, shown: bool) -> None:
        self.setColumnHidden(number, not shown)
        self._spread()

    def _show_column_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.column_actions())
        menu.popup(self.horizontalHeader().mapToGlobal(where))
