"""The table of applications: ids in the order the database gives, rows fetched by blocks when looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from followup_desktop.domain.model import Stage
from followup_desktop.services.ports import Clock
from followup_desktop.services.rows import ApplicationColumn, ApplicationQuery, ApplicationRow

Index = QModelIndex | QPersistentModelIndex

BLOCK = 128
"""Rows fetched at once: a page of the table and some to spare."""
_FEW = 64
"""Up to so many rows coming and going are told one by one, which keeps selection and scroll position."""

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole ``ApplicationRow``, for delegates."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
"""The native value of the cell: a number is a number, a date a date."""
ID_ROLE = Qt.ItemDataRole.UserRole + 3
"""The application's id."""

COLUMNS = tuple(ApplicationColumn)
_NUMBERS = frozenset(
    {
        ApplicationColumn.WAITING,
        ApplicationColumn.QUIET,
        ApplicationColumn.FIT,
        ApplicationColumn.PRIORITY,
        ApplicationColumn.LAST_CONTACT,
    }
)

_NATIVE: dict[ApplicationColumn, Callable[[ApplicationRow], Any]] = {
    ApplicationColumn.EMPLOYER: lambda row: row.employer,
    ApplicationColumn.ROLE: lambda row: row.role,
    ApplicationColumn.STAGE: lambda row: row.stage.value,
    ApplicationColumn.NEXT: lambda row: row.next_text,
    ApplicationColumn.WAITING: lambda row: row.waiting_days,
    ApplicationColumn.QUIET: lambda row: row.quiet_days,
    ApplicationColumn.LAST_CONTACT: lambda row: row.last_contact,
    ApplicationColumn.FIT: lambda row: row.fit,
    ApplicationColumn.PRIORITY: lambda row: row.priority,
    ApplicationColumn.TAGS: lambda row: row.tags,
}
_ROW_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(ROW_ROLE),
        int(SORT_ROLE),
    }
)


class ApplicationSource(Protocol):
    """Where the ids and the rows come from."""

    def application_ids(self, query: ApplicationQuery, now: datetime) -> list[str]:
        """The ids that the query asks for, in its order."""

    def application_rows(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        """The rows of these ids; what has gone meanwhile is left out."""


class StageLabels(Protocol):
    """Names a stage for the reader."""

    def stage_label(self, stage: Stage) -> str:
        """The stage's name."""


class ApplicationTableModel(QAbstractTableModel):
    """Applications as a table, without holding more of them than were looked at.

    Sorting and filtering is the database's work (``set_query``, ``sort``); ``refresh_rows`` brings the table
    up to date after an edit and fetches again only the rows named.
    """

    def __init__(
        self,
        source: ApplicationSource,
        wording: StageLabels,
        clock: Clock,
        query: ApplicationQuery | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._wording = wording
        self._clock = clock
        self._locale = QLocale()
        self._query = query or ApplicationQuery()
        self._ids: list[str] = []
        self._rows: dict[str, ApplicationRow] = {}
        self._titles = {
            ApplicationColumn.EMPLOYER: self.tr("Employer"),
            ApplicationColumn.ROLE: self.tr("Role"),
            ApplicationColumn.STAGE: self.tr("Stage"),
            ApplicationColumn.NEXT: self.tr("Next follow-up"),
            ApplicationColumn.WAITING: self.tr("Waiting"),
            ApplicationColumn.QUIET: self.tr("Quiet"),
            ApplicationColumn.LAST_CONTACT: self.tr("Last contact"),
            ApplicationColumn.FIT: self.tr("Fit"),
            ApplicationColumn.PRIORITY: self.tr("Priority"),
            ApplicationColumn.TAGS: self.tr("Tags"),
        }
        self._texts: dict[ApplicationColumn, Callable[[ApplicationRow], str]] = {
            ApplicationColumn.EMPLOYER: lambda row: row.employer,
            ApplicationColumn.ROLE: lambda row: row.role,
            ApplicationColumn.STAGE: lambda row: self._wording.stage_label(row.stage),
            ApplicationColumn.NEXT: lambda row: row.next_text,
            ApplicationColumn.WAITING: lambda row: self._days(row.waiting_days),
            ApplicationColumn.QUIET: lambda row: self._days(row.quiet_days),
            ApplicationColumn.LAST_CONTACT: lambda row: self._date(row.last_contact),
            ApplicationColumn.FIT: lambda row: self.tr("{} of 5").format(row.fit) if row.fit else "",
            ApplicationColumn.PRIORITY: lambda row: (
                self._locale.toString(row.priority) if row.priority else ""
            ),
            ApplicationColumn.TAGS: lambda row: ", ".join(row.tags),
        }
        self._hints = {
            ApplicationColumn.WAITING: self.tr("Days in this stage"),
            ApplicationColumn.QUIET: self.tr("Days since anything was logged"),
            ApplicationColumn.LAST_CONTACT: self.tr("When you last got in touch"),
        }

    @property
    def query(self) -> ApplicationQuery:
        """What is shown, and in what order."""
        return self._query

    def set_query(self, query: ApplicationQuery) -> None:
        """Show what the query asks for."""
        self._query = query
        self.reload()

    def reload(self) -> None:
        """Fetch everything anew."""
        self.beginResetModel()
        self._rows.clear()
        self._ids = self._source.application_ids(self._query, self._clock())
        self.endResetModel()

    def refresh_rows(self, ids: Iterable[str] | None) -> None:
        """Bring the table up to date after the applications ``ids`` (``None``: any) were changed."""
        stale = set(self._rows) if ids is None else set(ids)
        for gone in stale:
            self._rows.pop(gone, None)
        self._move_to(self._source.application_ids(self._query, self._clock()))
        if ids is None:
            if self._ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))
            return
        for row, application in enumerate(self._ids):
            if application in stale:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _move_to(self, wanted: list[str]) -> None:
        if wanted == self._ids:
            return
        kept = set(wanted)
        present = set(self._ids)
        if len(kept ^ present) > _FEW:
            self.beginResetModel()
            self._ids = wanted
            self.endResetModel()
            return
        for row in [row for row, one in enumerate(self._ids) if one not in kept][::-1]:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._rows.pop(self._ids.pop(row), None)
            self.endRemoveRows()
        self._reorder([one for one in wanted if one in present])
        for row in [row for row, one in enumerate(wanted) if one not in present]:
            self.beginInsertRows(QModelIndex(), row, row)
            self._ids.insert(row, wanted[row])
            self.endInsertRows()

    def _reorder(self, order: list[str]) -> None:
        if order == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        places = {one: row for row, one in enumerate(order)}
        moved = [self.index(places[self._ids[index.row()]], index.column()) for index in held]
        self._ids = order
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def id_at(self, row: int) -> str | None:
        """The application in that row, or ``None`` where there is no such row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, application: str) -> int:
        """The row of an application, or -1 if it is not shown."""
        try:
            return self._ids.index(application)
        except ValueError:
            return -1

    def row(self, number: int) -> ApplicationRow | None:
        """What that row shows; ``None`` if the application has gone and the table has not been told yet."""
        application = self._ids[number]
        if application not in self._rows:
            start = number - number % BLOCK
            block = self._ids[start : start + BLOCK]
            missing = [one for one in block if one not in self._rows]
            for row in self._source.application_rows(missing, self._clock()):
                self._rows[row.id] = row
        return self._rows.get(application)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role not in _ROW_ROLES:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        return self._of_row(row, column, role)

    def _of_row(self, row: ApplicationRow, column: ApplicationColumn, role: int) -> Any:
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return _NATIVE[column](row)
        text = self._texts[column](row)
        return text or self.tr("none") if role == Qt.ItemDataRole.AccessibleTextRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hints.get(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Column {}").format(self._titles[column])
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(COLUMNS):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self._query = replace(self._query, order_by=COLUMNS[column], descending=descending)
        wanted = self._source.application_ids(self._query, self._clock())
        if set(wanted) == set(self._ids):
            self._reorder(wanted)
        else:
            self.reload()

    def _date(self, day: date | None) -> str:
        return "" if day is None else self._locale.toString(QDate(day.year, day.month, day.day), "d MMM yyyy")

    def _days(self, days: int | None) -> str:
        return "" if days is None else self.tr("{} d").format(self._locale.toString(days))


def _alignment(column: ApplicationColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
