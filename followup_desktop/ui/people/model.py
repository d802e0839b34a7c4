"""The table of people: what its cells say, and in what order its rows come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, QObject, Qt

from followup_desktop.services.people import People, PeopleQuery, PersonColumn, PersonRow
from followup_desktop.services.ports import Clock
from followup_desktop.services.wording import Wording
from followup_desktop.ui.models.blocks import ID_ROLE, ROW_ROLE, SORT_ROLE, BlockModel, Index

COLUMNS = tuple(PersonColumn)
_AT_RIGHT = frozenset({PersonColumn.APPLICATIONS, PersonColumn.LAST_CONTACT, PersonColumn.LAST_INTERVIEW})
_ROW_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(ROW_ROLE),
        int(SORT_ROLE),
    }
)


class PeopleModel(BlockModel[PersonRow]):
    """People as a table; ``set_text`` and ``sort`` change what is shown and in what order."""

    columns = len(COLUMNS)

    def __init__(self, people: People, wording: Wording, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._wording = wording
        self._clock = clock
        self._locale = QLocale()
        self._query = PeopleQuery()
        self._titles = {
            PersonColumn.NAME: self.tr("Name"),
            PersonColumn.TITLE: self.tr("Job title"),
            PersonColumn.EMPLOYER: self.tr("Employer"),
            PersonColumn.EMAIL: self.tr("Email"),
            PersonColumn.PHONE: self.tr("Phone"),
            PersonColumn.APPLICATIONS: self.tr("Jobs"),
            PersonColumn.LAST_CONTACT: self.tr("Last contact"),
            PersonColumn.LAST_INTERVIEW: self.tr("Last met"),
        }
        self._hints = {
            PersonColumn.APPLICATIONS: self.tr("How many applications name this person"),
            PersonColumn.LAST_CONTACT: self.tr("When you last wrote or called"),
            PersonColumn.LAST_INTERVIEW: self.tr("When you last had an interview together"),
        }
        self._texts: dict[PersonColumn, Callable[[PersonRow], str]] = {
            PersonColumn.NAME: lambda row: row.name,
            PersonColumn.TITLE: lambda row: row.title,
            PersonColumn.EMPLOYER: lambda row: row.employer,
            PersonColumn.EMAIL: lambda row: row.email,
            PersonColumn.PHONE: lambda row: row.phone,
            PersonColumn.APPLICATIONS: lambda row: (
                self._locale.toString(row.applications) if row.applications else ""
            ),
            PersonColumn.LAST_CONTACT: lambda row: self._date(row.last_contact),
            PersonColumn.LAST_INTERVIEW: lambda row: self._date(row.last_interview),
        }

    def wanted(self) -> list[str]:
        return self._people.ids(self._query, self._clock())

    def fetch(self, ids: Sequence[str]) -> list[PersonRow]:
        return self._people.rows(ids, self._clock())

    @property
    def query(self) -> PeopleQuery:
        """What is shown, and in what order."""
        return self._query

    def set_text(self, text: str) -> None:
        """Show only those whom the text fits."""
        self._query = replace(self._query, text=text)
        self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            descending = order == Qt.SortOrder.DescendingOrder
            self._query = replace(self._query, order_by=COLUMNS[column], descending=descending)
            self.resort()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ID_ROLE:
            return self.id_at(index.row())
        row = self.row(index.row()) if role in _ROW_ROLES else None
        if row is None or role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return getattr(row, column.value)
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

    def _date(self, day: date | None) -> str:
        return "" if day is None else self._wording.when.short_date(day, self._clock().date())


def _alignment(column: PersonColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _AT_RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
