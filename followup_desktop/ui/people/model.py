"""The table of people: what its cells say, and in what order its rows come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt

from followup_desktop.i18n import _, format_number
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.people import People, PeopleQuery, PersonColumn, PersonRow
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.models.columns import ColumnsModel

COLUMNS = tuple(PersonColumn)
_AT_RIGHT = frozenset({PersonColumn.APPLICATIONS, PersonColumn.LAST_CONTACT, PersonColumn.LAST_INTERVIEW})


class PeopleModel(ColumnsModel[PersonRow, PersonColumn]):
    """People as a table; ``set_text`` and ``sort`` change what is shown and in what order."""

    def __init__(self, people: People, wording: Wording, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, _AT_RIGHT, parent)
        self._people = people
        self._wording = wording
        self._clock = clock
        self._query = PeopleQuery()
        facts = wording.labels.contact_facts
        self.titles = {
            PersonColumn.NAME: facts["name"].label,
            PersonColumn.TITLE: facts["title"].label,
            PersonColumn.EMPLOYER: _("Employer"),
            PersonColumn.EMAIL: facts["email"].label,
            PersonColumn.PHONE: facts["phone"].label,
            PersonColumn.APPLICATIONS: _("Applications"),
            PersonColumn.LAST_CONTACT: _("Last contact"),
            PersonColumn.LAST_INTERVIEW: _("Last met"),
        }
        self.hints = {
            PersonColumn.APPLICATIONS: _("Number of applications with this contact"),
            PersonColumn.LAST_CONTACT: _("When you last wrote or called"),
            PersonColumn.LAST_INTERVIEW: _("When you last met in an interview"),
        }
        self.texts: dict[PersonColumn, Callable[[PersonRow], str]] = {
            PersonColumn.NAME: lambda row: row.name,
            PersonColumn.TITLE: lambda row: row.title,
            PersonColumn.EMPLOYER: lambda row: row.employer,
            PersonColumn.EMAIL: lambda row: row.email,
            PersonColumn.PHONE: lambda row: row.phone,
            PersonColumn.APPLICATIONS: lambda row: (
                format_number(row.applications) if row.applications else ""
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
        self.ask_again()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < self.columns:
            self.order_by(self.column_at(column), descending=order == Qt.SortOrder.DescendingOrder)

    def order_by(self, column: PersonColumn, *, descending: bool) -> None:
        """Order the rows by a column, whether or not it is shown."""
        query = replace(self._query, order_by=column, descending=descending)
        if query == self._query:
            return  # Qt's sortByColumn asks twice
        self._query = query
        self.resort()

    def native(self, row: PersonRow, column: PersonColumn) -> Any:
        return getattr(row, column.value)

    def _date(self, day: date | None) -> str:
        return "" if day is None else self._wording.when.short_date(day, self._clock().date())
