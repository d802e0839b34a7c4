"""Long lists: ids in the order the database gives, rows fetched by blocks when they are looked at."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from operator import not_
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.kit.models.rows import RowT, runs

Index = QModelIndex | QPersistentModelIndex

BLOCK = 8
"""Rows fetched at once, unless it's told which: 64 took 9 ms where each has a next step."""
_MANY_RUNS = 64
"""Rows that come or go in more runs than this are brought together first: each run costs the view time."""

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole row, for delegates."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
"""The native value of the cell: a number is a number, a date a date."""
ID_ROLE = Qt.ItemDataRole.UserRole + 3
"""The row's id."""


if TYPE_CHECKING:
    _OfQt = QAbstractItemModel
else:

    class _OfQt:
        """Which model of Qt's it is, a subclass says."""


class Blocks(_OfQt, Generic[RowT]):
    """Rows without holding more of them than were looked at, for a model of Qt's.

    A subclass says which ids are wanted, in their order, and fetches rows; ``refresh_rows`` brings the model
    up to date after an edit and fetches again only the rows named.
    """

    columns = 1
    """How many columns there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._rows: dict[str, RowT] = {}
        self.is_loaded = False
        """Whether anything was fetched yet."""

    def wanted(self) -> list[str]:
        """The ids to be shown, in their order."""
        raise NotImplementedError

    def fetch(self, ids: Sequence[str]) -> Iterable[RowT]:
        """The rows of these ids; what has gone meanwhile is left out."""
        raise NotImplementedError

    def reload(self) -> None:
        """Fetch everything anew."""
        self._rows.clear()
        self.ask_again()

    def ask_again(self) -> None:
        """Fetch the ids that are wanted now; rows that were fetched are kept."""
        self.is_loaded = True
        self._reset(self.wanted())

    def resort(self) -> None:
        """Take on the order wanted now; rows that were fetched are kept."""
        wanted = self.wanted()
        if len(wanted) == len(self._ids) and set(self._ids).issuperset(wanted):
            self._reorder(wanted)
        else:
            self.ask_again()

    def refresh_rows(self, ids: Iterable[str] | None) -> None:
        """Bring the model up to date after the things ``ids`` (``None``: any) were changed."""
        stale = set(self._rows) if ids is None else set(ids)
        for gone in stale:
            self._rows.pop(gone, None)
        self._move_to(self.wanted())
        last = self.columns - 1
        if ids is None:
            if self._ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, last))
            return
        if stale.isdisjoint(self._ids):
            return
        changed = runs(map(stale.__contains__, self._ids))
        if len(changed) > _MANY_RUNS:
            changed = [(changed[0][0], changed[-1][1])]
        for start, end in changed:
            self.dataChanged.emit(self.index(start, 0), self.index(end - 1, last))

    def _move_to(self, wanted: list[str]) -> None:
        """Take on these ids without a reset: what is selected and current stays, or goes to a row nearby.

        Only what is between the rows that are the same at both ends is looked through: of 100,000 that lose
        nine, all took 20 ms.
        """
        if wanted == self._ids:
            return
        at = _alike(self._ids, wanted)
        before, own, new = wanted[:at], self._ids[at:], wanted[at:]
        after = wanted[len(wanted) - _alike(own[::-1], new[::-1]) :]
        own, new = own[: len(own) - len(after)], new[: len(new) - len(after)]
        kept = set(new)
        gone = runs(map(not_, map(kept.__contains__, own)))
        if len(gone) > _MANY_RUNS:
            away = [one for one in own if one not in kept]
            self._reorder([*before, *away, *(one for one in own if one in kept), *after])
            gone = [(0, len(away))]
        for start, end in reversed(gone):
            self._remove(at + start, at + end)
        if wanted == self._ids:
            return
        present = set(own) & kept
        self._reorder([*before, *filter(present.__contains__, new), *after])
        come = runs(map(not_, map(present.__contains__, new)))
        if len(come) > _MANY_RUNS:
            self._insert(len(self._ids), [one for one in new if one not in present])
            self._reorder(wanted)
        else:
            for start, end in come:
                self._insert(at + start, new[start:end])

    def _reset(self, ids: list[str]) -> None:
        raise NotImplementedError

    def _remove(self, start: int, end: int) -> None:
        raise NotImplementedError

    def _insert(self, row: int, ids: list[str]) -> None:
        raise NotImplementedError

    def _forget(self, start: int, end: int) -> None:
        for one in self._ids[start:end]:
            self._rows.pop(one, None)
        del self._ids[start:end]

    def _reorder(self, order: list[str]) -> None:
        if order == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        kept = {self._ids[index.row()] for index in held}
        places = {one: row for row, one in enumerate(order) if one in kept}
        moved = [self.index(places[self._ids[index.row()]], index.column()) for index in held]
        self._ids = order
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def id_at(self, row: int) -> str | None:
        """The id in that row, or ``None`` where there is no such row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def ids_in(self, rows: range) -> list[str]:
        """The ids in those of these rows, one after the other, that there are."""
        return self._ids[rows.start : rows.stop]

    def row_of(self, identity: str) -> int:
        """The row of an id, or -1 if it is not shown."""
        try:
            return self._ids.index(identity)
        except ValueError:
            return -1

    def row(self, number: int) -> RowT | None:
        """What that row shows; ``None`` if it can't be read, or has gone and the model has not been told."""
        wanted = self._ids[number]
        if wanted not in self._rows:
            start = number - number % BLOCK
            self._fetch_missing(self._ids[start : start + BLOCK])
        return self._rows.get(wanted)

    def rows_in(self, rows: range) -> list[RowT]:
        """What these rows show, read at once, but for those that there aren't or that can't be read."""
        ids = self.ids_in(rows)
        self._fetch_missing(ids)
        return [self._rows[one] for one in ids if one in self._rows]

    def _fetch_missing(self, ids: Sequence[str]) -> None:
        """Fetch those of these rows that weren't yet; none, if they can't be read."""
        missing = [one for one in ids if one not in self._rows]
        if not missing:
            return
        # Qt asks while it paints, and breaks down over an error there.
        with contextlib.suppress(Refused):
            self._rows |= {row.id: row for row in self.fetch(missing)}


class BlockModel(Blocks[RowT], QAbstractTableModel):
    """Such rows as a table."""

    def _reset(self, ids: list[str]) -> None:
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def _remove(self, start: int, end: int) -> None:
        self.beginRemoveRows(QModelIndex(), start, end - 1)
        self._forget(start, end)
        self.endRemoveRows()

    def _insert(self, row: int, ids: list[str]) -> None:
        self.beginInsertRows(QModelIndex(), row, row + len(ids) - 1)
        self._ids[row:row] = ids
        self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.columns


class BlockListModel(Blocks[RowT], QStringListModel):
    """Such rows as a list, which Qt counts by itself, in a string for each that nobody reads.

    Whenever a row comes or goes, Qt's list asks twice for the index of each row, and a model in Python then
    for the number of rows and of columns: of 2,500 cards 7 ms, which are 0.2.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coming: list[str] = []
        # Before any view hears of it.
        self.rowsRemoved.connect(lambda _parent, first, last: self._forget(first, last + 1))
        self.rowsInserted.connect(lambda _parent, first, _last: self._take_in(first))

    def _reset(self, ids: list[str]) -> None:
        self._ids = ids
        self.setStringList([""] * len(ids))

    def _remove(self, start: int, end: int) -> None:
        self.removeRows(start, end - start)

    def _insert(self, row: int, ids: list[str]) -> None:
        self._coming = ids
        self.insertRows(row, len(ids))

    def _take_in(self, row: int) -> None:
        self._ids[row:row] = self._coming

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing is edited in it, nor dropped on it, as on a list of strings."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _alike(one: list[str], other: list[str]) -> int:
    """How many of the first of both are the same, found by halves: a step for each of them takes longer."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least
