"""A list of plain rows for the small lists of the detail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress, count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from followup_desktop.domain.facts import HasId
from followup_desktop.ui.kit.widgets.plain import tool_tip

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row itself, for delegates."""
ID_ROLE = Qt.ItemDataRole.UserRole + 2
"""What identifies the row."""


def runs(marks: Iterable[bool]) -> list[tuple[int, int]]:
    """Where the marks are true on end, from the first to behind the last."""
    found: list[tuple[int, int]] = []
    for place in compress(count(), marks):  # of ten thousand rows, a few are marked
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


RowT = TypeVar("RowT", bound=HasId)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class RowsModel(QStringListModel, Generic[RowT]):
    """Rows in the order given; ``set_rows`` tells the view only what came, went or changed.

    ``identity`` says what makes a row the same over changes, for a list of rows that are not all of one kind.

    Qt counts them by itself, in a string for each that nobody reads: it asked for their number 170 times
    until the next row's detail was painted.
    """

    def __init__(
        self,
        text: Callable[[RowT], str],
        parent: QObject | None = None,
        *,
        identity: Callable[[RowT], str] = lambda row: row.id,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._identity = identity
        self._rows: list[RowT] = []
        self._coming: Sequence[RowT] = ()
        # Before any view hears of it.
        self.rowsRemoved.connect(self._forget)
        self.rowsInserted.connect(self._take_in)
        self.rowsMoved.connect(self._move)

    @property
    def rows(self) -> Sequence[RowT]:
        """What is shown now."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show these rows instead; the selection stays on what is still there."""
        kept = {self._identity(row) for row in rows}
        for start, end in reversed(runs(self._identity(row) not in kept for row in self._rows)):
            self.removeRows(start, end - start)
        present = {self._identity(row) for row in self._rows}
        for start, end in runs(self._identity(row) not in present for row in rows):
            self._bring(rows[:start])
            self._coming = rows[start:end]
            self.insertRows(start, end - start)
        self._bring(rows)

    def _bring(self, rows: Sequence[RowT]) -> None:
        """Let these, which are all there, be the first rows, as they are now."""
        for place, row in enumerate(rows):
            if self._identity(self._rows[place]) != self._identity(row):
                present = self.place_of(self._identity(row))
                self.moveRows(QModelIndex(), present, 1, QModelIndex(), place)
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def place_of(self, identity: str) -> int:
        """The place of a row, or -1."""
        found = (place for place, row in enumerate(self._rows) if self._identity(row) == identity)
        return next(found, -1)

    def row_at(self, place: int) -> RowT | None:
        """The row in that place, or ``None``."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing is edited in it, nor dropped on it, as on a list of strings."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _forget(self, _parent: QModelIndex, first: int, last: int) -> None:
        del self._rows[first : last + 1]

    def _take_in(self, _parent: QModelIndex, first: int, _last: int) -> None:
        self._rows[first:first] = self._coming

    def _move(self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, place: int) -> None:
        self._rows.insert(place, self._rows.pop(first))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._text(row))
        if role == ROW_ROLE:
            return row
        if role == ID_ROLE:
            return row.id
        return None
