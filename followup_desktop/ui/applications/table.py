"""The table of applications: widths that fit, columns to choose, keys that act on a row."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QWidget,
)

from followup_desktop.i18n import _
from followup_desktop.ui.applications.model import ApplicationTableModel
from followup_desktop.ui.applications.table_columns import EMPLOYER_COLUMN, TableColumns
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.columns_table import ColumnsTable

_HIGHEST = 16_777_215
"""Qt's own limit of a widget's height."""


class ApplicationsTable(ColumnsTable):
    """Applications, one a row, of which many can be selected.

    ``opened`` and ``current_changed`` tell the row's application; ``delete_pressed``, ``copy_pressed`` and
    ``menu_wanted``, which tells a place on the screen, mean all that is selected. ``arranged`` says that the
    user changed the columns or the order of rows.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    selection_changed = Signal()
    delete_pressed = Signal()
    copy_pressed = Signal()
    menu_wanted = Signal(QPoint)
    arranged = Signal()

    def __init__(self, model: ApplicationTableModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._model = model
        self._theme = theme
        self.setAccessibleName(_("Applications"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.columns_shown = TableColumns(self, model, theme)
        self.columns_shown.arranged.connect(self.arranged)
        self.columns_shown.mark_order()
        # To draw a heading Qt asks whether all of its column is selected, and each cell of it whether it may
        # be: with 3,000 rows selected 0.4 s. No heading looks otherwise for that.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.setSortingEnabled(True)
        self.horizontalHeader().sortIndicatorChanged.connect(self._ordered)
        self.fit_text()
        self.activated.connect(lambda index: self._emit_opened(index.row()))
        self.selectionModel().currentRowChanged.connect(self._emit_current)
        self.selectionModel().selectionChanged.connect(self._emit_selection)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self.columns_shown.begin)
            changed.connect(self._fit_height)
        self._fit_height()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the columns what they need by now."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.columns_shown.come_into_sight)  # the view takes up what changed first

    def fit_text(self) -> None:
        """Set heights and widths by the present size of text."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(36))
        self.columns_shown.fit_text()
        self._fit_height()

    def columns(self) -> QByteArray:
        """Which columns are shown, how wide, and the order of rows."""
        return self.columns_shown.state()

    def restore(self, state: QByteArray) -> None:
        """Go back to columns and an order of an earlier day."""
        self.columns_shown.restore(state)

    def current_id(self) -> str | None:
        """The application of the current row."""
        return self._model.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[str]:
        """The selected applications, in the order of the rows."""
        return [one for run in self._selected_runs() for one in self._model.ids_in(run)]

    @property
    def selects_many(self) -> bool:
        """Whether more than one application is selected."""
        found = self.selectionModel().selection()
        runs = [found.at(place) for place in range(found.count())]
        return bool(runs) and min(run.top() for run in runs) < max(run.bottom() for run in runs)

    def _selected_runs(self) -> list[range]:
        """The rows that are selected, by their runs: ``selectedRows`` asks about every cell of each."""
        found = self.selectionModel().selection()
        ranges = (found.at(place) for place in range(found.count()))
        runs: list[range] = []
        for top, bottom in sorted((each.top(), each.bottom()) for each in ranges):
            runs.append(range(max(top, runs[-1].stop) if runs else top, bottom + 1))
        return runs

    def selected_text(self) -> str:
        """The selected rows as they are shown: a line each, with tabs between the columns."""
        columns = range(self._model.columns)
        return "\n".join(
            "\t".join(str(self._model.index(row, column).data() or "") for column in columns)
            for run in self._selected_runs()
            for row in run
        )

    def select_id(self, application: str) -> bool:
        """Make an application's row the current one, if it is shown; where it is, what is selected stays."""
        row = self._model.row_of(application)
        if row < 0:
            return False
        if self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self._select_row(row)
        return True

    def select_only(self, application: str) -> bool:
        """Select an application's row and no other, if it is shown."""
        row = self._model.row_of(application)
        if row >= 0 and (self.currentIndex().row() != row or len(self.selected_ids()) != 1):
            self._select_row(row)
        return row >= 0

    def _select_row(self, row: int) -> None:
        index = self._model.index(row, max(0, self.currentIndex().column()))
        self.setCurrentIndex(index)
        # Not by selectRow: it adds to the selection or toggles while Shift or Ctrl is held.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(index, only)

    def unselect(self) -> None:
        """Have no current row: what is shown beside is not among the rows."""
        self.selectionModel().clear()

    def edit_current(self) -> None:
        """Edit the current cell; where nothing can be typed, the employer."""
        index = self.currentIndex()
        if not self._model.is_editable(self._model.column_at(index.column())):
            index = index.siblingAtColumn(self._model.place_of(EMPLOYER_COLUMN))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.edit(index)

    def flush(self) -> bool:
        """Save what stands in a cell's editor; tells whether nothing refused is left there."""
        editor: QWidget | None = self.indexWidget(self.currentIndex())
        if editor is None:
            return True
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return not editor.property("invalid")

    def take_refused(self) -> tuple[str, str, str] | None:
        """Close a cell's editor whose text was refused: the application, the fact, and that text."""
        index, application = self.currentIndex(), self.current_id()
        editor: QWidget | None = self.indexWidget(index)
        fact = self._model.column_at(index.column()).fact if index.isValid() else None
        is_refused = isinstance(editor, QLineEdit) and bool(editor.property("invalid"))
        if not isinstance(editor, QLineEdit) or not is_refused or fact is None or application is None:
            return None
        text = editor.text()
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        return application, fact.name, text

    def closeEditor(  # noqa: N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Close a cell's editor; one whose text was refused stays until it's corrected or Esc is pressed."""
        if hint is not QAbstractItemDelegate.EndEditHint.RevertModelCache and editor.property("invalid"):
            return
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            # The row may have left the table, and the editor with it.
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState and not self.hasFocus():
            # What an editor in a cell had no use for is not meant for the rows.
            event.ignore()
            return
        application = self.current_id()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
            return
        if event.key() == Qt.Key.Key_Delete and self.selected_ids():
            self.delete_pressed.emit()
            return
        if application is not None and event.key() == Qt.Key.Key_F2:
            self.edit_current()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and application is not None:
            self.opened.emit(application)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.columns_shown.fit()
        self._fit_height()  # the bar below the rows comes and goes with the height, too

    def _fit_height(self) -> None:
        """No higher than its rows: below them is the window's ground."""
        rows = self._model.rowCount() * self._theme.px(36)
        header = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.setMaximumHeight(min(header + rows + room + 2 * self.frameWidth() + 2, _HIGHEST))

    def _ordered(self) -> None:
        """The column that the rows are ordered by is always in sight."""
        self.columns_shown.fit()
        self.arranged.emit()

    def _emit_opened(self, row: int) -> None:
        application = self._model.id_at(row)
        if application is not None:
            self.opened.emit(application)

    def _emit_selection(self) -> None:
        self.selection_changed.emit()

    def _emit_current(self) -> None:
        self.current_changed.emit(self.current_id() or "")
