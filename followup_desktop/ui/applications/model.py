"""The table of applications: what its cells say, and in what order its rows come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import QDate, QLocale, QObject, Qt

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.rows import ApplicationColumn, ApplicationQuery, ApplicationRow
from followup_desktop.ui.kit.models.blocks import BLOCK, ID_ROLE, ROW_ROLE, SORT_ROLE, Index
from followup_desktop.ui.kit.models.columns import ColumnsModel

__all__ = ["BLOCK", "COLUMNS", "FACTS", "ID_ROLE", "ROW_ROLE", "SORT_ROLE", "ApplicationTableModel", "Index"]

COLUMNS = tuple(ApplicationColumn)
FACTS = {
    ApplicationColumn.EMPLOYER: "employer",
    ApplicationColumn.ROLE: "role",
    ApplicationColumn.STAGE: "stage",
    ApplicationColumn.FIT: "fit",
    ApplicationColumn.PRIORITY: "priority",
    ApplicationColumn.TAGS: "tags",
}
"""The columns that show a fact as it is, which can be edited in its cell."""
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


class ApplicationTableModel(ColumnsModel[ApplicationRow, ApplicationColumn]):
    """Applications as a table; sorting and filtering is the database's work (``set_query``, ``sort``)."""

    def __init__(
        self,
        source: ApplicationSource,
        wording: StageLabels,
        clock: Clock,
        query: ApplicationQuery | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(COLUMNS, _NUMBERS, parent)
        self._source = source
        self._wording = wording
        self._clock = clock
        self._locale = QLocale()
        self._query = query or ApplicationQuery()
        self.titles = {
            ApplicationColumn.EMPLOYER: _("Employer"),
            ApplicationColumn.ROLE: _("Role"),
            ApplicationColumn.STAGE: _("Stage"),
            ApplicationColumn.NEXT: _("Next follow-up"),
            ApplicationColumn.WAITING: _("Waiting"),
            ApplicationColumn.QUIET: _("Quiet"),
            ApplicationColumn.LAST_CONTACT: _("Last contact"),
            ApplicationColumn.FIT: _("Fit"),
            ApplicationColumn.PRIORITY: _("Priority"),
            ApplicationColumn.TAGS: _("Tags"),
        }
        self.texts: dict[ApplicationColumn, Callable[[ApplicationRow], str]] = {
            ApplicationColumn.EMPLOYER: lambda row: row.employer,
            ApplicationColumn.ROLE: lambda row: row.role,
            ApplicationColumn.STAGE: lambda row: self._wording.stage_label(row.stage),
            ApplicationColumn.NEXT: lambda row: row.next_text,
            ApplicationColumn.WAITING: lambda row: self._days(row.waiting_days),
            ApplicationColumn.QUIET: lambda row: self._days(row.quiet_days),
            ApplicationColumn.LAST_CONTACT: lambda row: self._date(row.last_contact),
            ApplicationColumn.FIT: lambda row: _("{} of 5").format(row.fit) if row.fit else "",
            ApplicationColumn.PRIORITY: lambda row: (
                self._locale.toString(row.priority) if row.priority else ""
            ),
            ApplicationColumn.TAGS: lambda row: ", ".join(row.tags),
        }
        self.hints = {
            ApplicationColumn.WAITING: _("Days in this stage"),
            ApplicationColumn.QUIET: _("Days since anything was logged"),
            ApplicationColumn.LAST_CONTACT: _("When you last got in touch"),
        }

    @property
    def query(self) -> ApplicationQuery:
        """What is shown, and in what order."""
        return self._query

    def set_query(self, query: ApplicationQuery) -> None:
        """Show what the query asks for."""
        self._query = query
        self.reload()

    def wanted(self) -> list[str]:
        return self._source.application_ids(self._query, self._clock())

    def fetch(self, ids: Sequence[str]) -> list[ApplicationRow]:
        return self._source.application_rows(ids, self._clock())

    def native(self, row: ApplicationRow, column: ApplicationColumn) -> Any:
        return _NATIVE[column](row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()] in FACTS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(COLUMNS):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self._query = replace(self._query, order_by=COLUMNS[column], descending=descending)
        self.resort()

    def _date(self, day: date | None) -> str:
        return "" if day is None else self._locale.toString(QDate(day.year, day.month, day.day), "d MMM yyyy")

    def _days(self, days: int | None) -> str:
        return "" if days is None else _("{} d").format(self._locale.toString(days))
