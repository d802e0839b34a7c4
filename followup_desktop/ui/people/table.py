"""The table of people: widths that fit, columns to choose, keys that act on a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from followup_desktop.i18n import _
from followup_desktop.services.reading.people import PersonColumn
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.columns_state import ColumnsState
from followup_desktop.ui.kit.delegates import SELECTED
from followup_desktop.ui.kit.mirror import mirrored
from followup_desktop.ui.kit.models.blocks import Index
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.column_widths import share_out
from followup_desktop.ui.kit.widgets.columns_table import ColumnsTable
from followup_desktop.ui.kit.widgets.roles import PopupMenu
from followup_desktop.ui.people.model import COLUMNS, PeopleModel

_LEAST, _LEAST_NAME, _MOST = 84, 150, 240
"""The least that a column of words is brought to, so for the name, and the most that any asks for."""
_SAMPLE = 48
"""So many of the first rows are measured; they are fetched to be painted anyway."""
_SHARES = {PersonColumn.NAME: 2, PersonColumn.TITLE: 1, PersonColumn.EMPLOYER: 1, PersonColumn.EMAIL: 1}
"""Who gets what is left over."""
_HIDDEN_FIRST = frozenset({PersonColumn.EMAIL, PersonColumn.PHONE})
_FIRST = tuple(column for column in COLUMNS if column not in _HIDDEN_FIRST)
_GIVEN_UP = (
    PersonColumn.APPLICATIONS,
    PersonColumn.TITLE,
    PersonColumn.LAST_CONTACT,
    PersonColumn.LAST_INTERVIEW,
)
"""What makes way, in this order, until the user chooses columns, where not all that are shown have room."""
_ROW, _PAD = 36, 8
_HIGHEST = 16_777_215
"""Qt's own limit of a widget's height."""


def _weight(column: PersonColumn) -> QFont.Weight:
    return QFont.Weight.DemiBold if column is PersonColumn.NAME else QFont.Weight.Normal


class PersonDelegate(QStyledItemDelegate):
    """The cells: the name bold, the rest plain."""

    def __init__(self, theme: Theme, model: PeopleModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model
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
        mirrored(painter, area)
        painter.setClipRect(area)
        is_selected = bool(option.state.value & SELECTED)
        self._brush.cell(painter, area, self._table, index.column(), is_selected=is_selected)
        pad = self._theme.px(_PAD)
        self._brush.text(
            painter,
            area.adjusted(pad, 0, -pad, 0),
            index.data(Qt.ItemDataRole.DisplayRole) or "",
            weight=_weight(self._model.column_at(index.column())),
            alignment=index.data(Qt.ItemDataRole.TextAlignmentRole),
        )
        painter.restore()


class PeopleTable(ColumnsTable):
    """People, one a row; ``opened`` and ``delete_pressed`` tell the row's person."""

    opened = Signal(str)
    delete_pressed = Signal(str)
    current_changed = Signal(str)

    def __init__(self, model: PeopleModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._model = model
        self._theme = theme
        self._own_widths = False
        self._is_automatic = True
        self._spreading = self._is_measured = False
        self.setAccessibleName(_("Contacts"))
        self._delegate = PersonDelegate(theme, model, self)
        self._measured: dict[PersonColumn, tuple[int, int]] = {}
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        header.sectionMoved.connect(self._moved)
        self._hold(_FIRST)
        self.setSortingEnabled(True)

    def fit_text(self) -> None:
        """Set heights and least widths by the present size of text."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self._spreading = True  # a column that is too narrow for it is widened here, and by nobody's hand
        self.horizontalHeader().setMinimumSectionSize(self._theme.px(44))
        self._spreading = False
        self._measure_anew()

    def column_actions(self) -> list[QAction]:
        """One action a column, to show or hide it; the name always stays."""
        actions = []
        for column in COLUMNS:
            action = QAction(self._model.titles[column], self)
            action.setCheckable(True)
            action.setChecked(column in self._model.shown)
            action.setEnabled(column is not PersonColumn.NAME)
            action.toggled.connect(lambda shown, column=column: self._show_column(column, shown=shown))
            actions.append(action)
        return actions

    def menu(self) -> QMenu:
        """The columns to choose from, and the way back to those that fit."""
        menu = PopupMenu(self)
        menu.addActions(self.column_actions())
        menu.addSeparator()
        automatic = menu.addAction(_("&As many as fit"))
        automatic.setCheckable(True)
        automatic.setChecked(self._is_automatic and not self._own_widths)
        automatic.triggered.connect(self._choose_automatically)
        return menu

    def columns(self) -> QByteArray:
        """Which columns are shown, how wide, and the order of rows."""
        query, shown = self._model.query, self._model.shown
        widths: dict[str, int] = {}
        if self._own_widths:
            percent = self._theme.px(100)
            widths = {name: round(self.columnWidth(n) * 100 / percent) for n, name in enumerate(shown)}
        state = ColumnsState(shown, query.order_by, query.descending, widths, is_automatic=self._is_automatic)
        return state.written()

    def restore(self, state: QByteArray) -> None:
        """Go back to a state of an earlier day."""
        kept = ColumnsState.read(state, COLUMNS, len(COLUMNS))
        if kept is None:
            return
        if kept.order_by:
            self._model.order_by(PersonColumn(kept.order_by), descending=kept.descending)
        # A state of before columns made way doesn't say whether they were chosen.
        was_left = kept.is_automatic is None and kept.shown == _FIRST
        self._is_automatic = bool(kept.is_automatic) or was_left
        self._hold([PersonColumn(name) for name in kept.shown])
        self._own_widths = bool(kept.widths)
        places = {self._model.place_of(PersonColumn(name)): width for name, width in kept.widths.items()}
        self.set_widths({place: self._theme.px(width) for place, width in places.items() if place >= 0})
        self._spread()

    def _hold(self, columns: Sequence[PersonColumn]) -> None:
        """Show these columns in this order, and the name in any case."""
        wanted = columns if PersonColumn.NAME in columns else (PersonColumn.NAME, *columns)
        self._spreading = True
        self.show_columns(wanted)
        self._spreading = False
        self.mark_order(self._model.query.order_by, descending=self._model.query.descending)

    def current_id(self) -> str | None:
        """The person of the current row."""
        return self._model.id_at(self.currentIndex().row())

    def select_id(self, person: str) -> bool:
        """Make a person's row the current one, if it is shown."""
        row = self._model.row_of(person)
        if row < 0:
            return False
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self._model.index(row, 0))
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
        if event.size().width() != event.oldSize().width():
            self._spread()
        self._fit_height()  # the bar below the rows comes and goes with the height, too

    def _spread(self) -> None:
        if self._spreading:  # columns come or go, and a bar with them
            return
        if not self._own_widths:
            if self._is_automatic:
                self._hold(self._fitting())
            shown = self._model.shown
            self._measure_new(shown)
            wanted = {column: self._measured[column][0] for column in shown}
            least = {column: self._measured[column][1] for column in shown}
            widths = share_out(wanted, least, self.viewport().width())
            spare = max(0, self.viewport().width() - sum(widths.values()))
            shares = sum(_SHARES.get(column, 0) for column in shown)
            parts = {column: spare * _SHARES.get(column, 0) // max(shares, 1) for column in shown}
            self.set_widths(
                {self._model.place_of(column): widths[column] + parts[column] for column in shown}
            )
        self._fit_height()

    def _fitting(self) -> list[PersonColumn]:
        """The columns that have room with their least widths; the one that orders the rows stays."""
        fitting = [column for column in COLUMNS if column in {*_FIRST, self._model.query.order_by}]
        self._measure_new(fitting)
        room = self.viewport().width()
        for column in _GIVEN_UP:
            if sum(self._measured[each][1] for each in fitting) <= room:
                break
            if column != self._model.query.order_by:
                fitting.remove(column)
        return fitting

    def _measure_new(self, columns: Iterable[PersonColumn]) -> None:
        self._measure([column for column in columns if column not in self._measured])

    def _measure(self, columns: Iterable[PersonColumn]) -> None:
        """Find what these columns want, by their titles and the first rows, and what they must have."""
        px = self._theme.px
        heading = QFontMetrics(self._theme.font(Type.SMALL, QFont.Weight.DemiBold))
        rows = self._model.rows_in(range(_SAMPLE))
        for column in columns:
            texts = [self._model.texts[column](row) for row in rows]
            widest = max((self._delegate.width(text, column) for text in texts), default=0)
            title = heading.horizontalAdvance(self._model.titles[column]) + px(8 + 8)
            if column is PersonColumn.NAME:
                title += px(18)  # for the arrow of the order
            wanted = max(title, min(px(_MOST), widest))
            lowest = max(title, px(_LEAST_NAME if column is PersonColumn.NAME else _LEAST))
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

    def _show_column(self, column: PersonColumn, *, shown: bool) -> None:
        self._is_automatic = False
        self._hold(self._model.shown_but(column, is_shown=shown))
        self._spread()

    def _choose_automatically(self) -> None:
        self._is_automatic, self._own_widths = True, False
        self._spread()

    def _moved(self) -> None:
        self._is_automatic = False
        self._spreading = True
        self.take_moved()
        self._spreading = False
        self.mark_order(self._model.query.order_by, descending=self._model.query.descending)

    def _show_column_menu(self, where: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))
