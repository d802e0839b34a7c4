"""Long lists in columns: what cells and headings give to views, delegates and assistive technology."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt

from followup_desktop.i18n import _
from followup_desktop.ui.kit.models.blocks import ID_ROLE, ROW_ROLE, SORT_ROLE, BlockModel, Index
from followup_desktop.ui.kit.models.rows import RowT, runs
from followup_desktop.ui.kit.widgets.plain import tool_tip

ColumnT = TypeVar("ColumnT")

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(ROW_ROLE),
        int(SORT_ROLE),
    }
)


class ColumnsModel(BlockModel[RowT], Generic[RowT, ColumnT]):
    """A table with these columns, or those of them that are shown; those ``at_right`` are aligned so.

    A subclass gives the text of each column's cells, its title and perhaps a hint, and the native values.
    """

    texts: Mapping[ColumnT, Callable[[RowT], str]]
    titles: Mapping[ColumnT, str]
    hints: Mapping[ColumnT, str]

    def __init__(
        self, columns: Sequence[ColumnT], at_right: AbstractSet[ColumnT], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._every = tuple(columns)
        self._columns = list(columns)
        self._at_right = at_right
        self.columns = len(columns)

    @property
    def shown(self) -> tuple[ColumnT, ...]:
        """The columns that are held, in their order; at first, all."""
        return tuple(self._columns)

    def column_at(self, place: int) -> ColumnT:
        """The column at a place, from 0."""
        return self._columns[place]

    def place_of(self, column: ColumnT) -> int:
        """The place of a column, or -1 where it isn't held."""
        return self._columns.index(column) if column in self._columns else -1

    def shown_but(self, column: ColumnT, *, is_shown: bool) -> list[ColumnT]:
        """The columns with this one, behind the nearest that comes before it by itself, or without it."""
        held = [each for each in self._columns if each != column]
        if is_shown:
            before = [each for each in self._every[: self._every.index(column)] if each in held]
            held.insert(held.index(before[-1]) + 1 if before else 0, column)
        return held

    def show_columns(self, wanted: Sequence[ColumnT]) -> None:
        """Hold these columns in this order. What isn't shown isn't held, so no one is read it out."""
        for start, end in reversed(runs(column not in wanted for column in self._columns)):
            self.beginRemoveColumns(QModelIndex(), start, end - 1)
            del self._columns[start:end]
            self.columns = len(self._columns)
            self.endRemoveColumns()
        self._reorder_columns([column for column in wanted if column in self._columns])
        present = set(self._columns)
        for start, end in runs(column not in present for column in wanted):
            self.beginInsertColumns(QModelIndex(), start, end - 1)
            self._columns[start:start] = wanted[start:end]
            self.columns = len(self._columns)
            self.endInsertColumns()

    def _reorder_columns(self, order: list[ColumnT]) -> None:
        if order == self._columns:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        places = [order.index(column) for column in self._columns]
        moved = [self.index(index.row(), places[index.column()]) for index in held]
        self._columns = order
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def is_at_right(self, column: ColumnT) -> bool:
        """Whether what stands in the column ends at its right, as numbers do."""
        return column in self._at_right

    def native(self, row: RowT, column: ColumnT) -> Any:
        """The value of a cell as it is compared."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == ID_ROLE:
            return self.id_at(index.row())
        row = self.row(index.row()) if role in _ROW_ROLES else None
        if row is None or role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self.native(row, column)
        return self._shown(self.texts[column](row), role)

    def _shown(self, text: str, role: int) -> str:
        """The text of a cell for one who looks, points or listens."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(text)
        return text or _("none") if role == Qt.ItemDataRole.AccessibleTextRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columns:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.hints.get(column, ""))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # Translators: a heading of a table, as it is read out
            return _("Column {title}").format(title=self.titles[column])
        return self.alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def alignment(self, column: ColumnT) -> Qt.AlignmentFlag:
        """How what stands in the column is aligned."""
        return _RIGHT if column in self._at_right else _LEFT
