"""The table of applications: what its cells say, and in what order its rows come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt

from followup_desktop.domain.facts import Fact, Kind
from followup_desktop.domain.notes import split_notes
from followup_desktop.i18n import (
    _,
    format_number,
    format_plain_date,
    format_series,
    ngettext,
)
from followup_desktop.services.ports import Clock
from followup_desktop.services.rows import ApplicationQuery, ApplicationRow, StageFilter
from followup_desktop.services.rows.columns import COLUMNS, LAST_CONTACT, NEXT, QUIET, WAITING, Column
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.facts import language_name
from followup_desktop.services.wording.places import place_name
from followup_desktop.ui.kit.models.blocks import BLOCK, ID_ROLE, ROW_ROLE, SORT_ROLE, Index
from followup_desktop.ui.kit.models.columns import ColumnsModel

__all__ = ["BLOCK", "COLUMNS", "ID_ROLE", "ROW_ROLE", "SORT_ROLE", "ApplicationTableModel", "Index"]

_SHOWN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_EDITED = _SHOWN | Qt.ItemFlag.ItemIsEditable


def _is_at_right(column: Column) -> bool:
    return column.fact.kind.row.is_number if column.fact is not None else column.name != NEXT


class ApplicationSource(Protocol):
    """Where the ids and the rows come from."""

    def application_ids(
        self, query: ApplicationQuery, now: datetime, among: Collection[str] | None = None
    ) -> list[str]:
        """The ids that the query asks for, in its order; of those ``among`` alone."""

    def application_rows(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        """The rows of these ids; what has gone meanwhile is left out."""


class ApplicationTableModel(ColumnsModel[ApplicationRow, Column]):
    """Applications as a table; sorting and filtering is the database's work (``set_query``, ``sort``)."""

    def __init__(
        self,
        source: ApplicationSource,
        wording: Wording,
        clock: Clock,
        query: ApplicationQuery | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(COLUMNS, frozenset(filter(_is_at_right, COLUMNS)), parent)
        self._source = source
        self._facts = wording.labels.facts
        self._clock = clock
        self._query = query or ApplicationQuery()
        self._stays: str | None = None
        self._touched: frozenset[str] | None = None
        self._held: str | None = None
        self._brought: tuple[str, bool] | None = None
        """What was brought here although the query never asked for it, and whether it is archived."""
        words = wording.labels.columns
        self.titles = {column: words[column.name].title for column in COLUMNS}
        self.hints = {column: words[column.name].hint for column in COLUMNS}
        self._written: Mapping[Kind, Callable[[Any], str]] = {
            # Translators: how well a company fits, from 1 to 5
            Kind.FIT: lambda fit: _("{n} of 5").format(n=format_number(fit)),
            Kind.TEXTS: format_series,
            Kind.DATE: format_plain_date,
            Kind.PAST_DATE: format_plain_date,
            Kind.FLAG: lambda is_so: _("Yes") if is_so else "",
            Kind.COUNTRY: place_name,
            Kind.LANGUAGE: language_name,
            Kind.PROSE: lambda notes: split_notes(notes)[0],
            Kind.LINK: lambda address: address.partition("://")[2] or address,
        }
        self.texts = {column: self._text_of(column) for column in COLUMNS}
        self._edited = frozenset(column for column in COLUMNS if self._is_fact_edited(column.fact))

    @property
    def query(self) -> ApplicationQuery:
        """What is shown, and in what order."""
        return self._query

    def set_query(self, query: ApplicationQuery) -> None:
        """Show what the query asks for, from the first loading on."""
        self._query, self._brought = query, None
        if self.is_loaded:
            self.ask_again()

    @property
    def held(self) -> str | None:
        """The row that is here although it isn't what the query asks for."""
        return self._held

    @property
    def is_brought(self) -> bool:
        """Whether the row that is held was never asked for, rather than asked for no longer."""
        return self._brought is not None and self._brought[0] == self._held

    def bring(self, application: str) -> None:
        """Have a row on top that the query doesn't ask for, held as one that it asks for no longer.

        Where an undo takes it away, a redo brings it again.
        """
        row = next(iter(self.fetch((application,))), None)
        if row is not None:
            self._brought = (application, row.archived)
            self.refresh_holding((), application)

    def refresh_holding(self, ids: Iterable[str] | None, stays: str | None) -> None:
        """Read these rows again; that of ``stays`` keeps its place even if the query asks for it no longer.

        That is for whoever edits it: it does not go while it is looked at. What was archived, taken out of
        the archive or deleted goes; so does a row that is held when the query or the order is another.
        """
        self._stays, self._touched = stays, None if ids is None else frozenset(ids)
        self.refresh_rows(self._touched)
        self._stays = self._touched = None

    def release(self) -> None:
        """Let the row go that is held."""
        self._brought = None
        if self._held is not None:
            self.refresh_rows(())

    def wanted(self) -> list[str]:
        ids = self._asked_for()
        if self._brought is not None and self._brought[0] in ids:
            self._brought = None
        candidates = (self._stays, self._brought[0] if self._brought is not None else None)
        self._held = next((one for one in candidates if one is not None and self._may_stay(one, ids)), None)
        if self._held is None:
            return ids
        asked, place_before = set(ids), self._ids.index(self._held) if self._held in self._ids else 0
        before = (one for one in reversed(self._ids[:place_before]) if one in asked)
        place = next((ids.index(one) + 1 for one in before), 0)
        return [*ids[:place], self._held, *ids[place:]]

    def _asked_for(self) -> list[str]:
        """What the query asks for: where all that was touched has gone, what is here but for that.

        To ask for all took 8 of the 55 ms in which 9 of 10,000 applications are deleted.
        """
        now, touched = self._clock(), self._touched
        if (
            touched
            and self._held is None
            and not touched.isdisjoint(self._ids)
            and not self._source.application_ids(self._query, now, touched)
        ):
            return [one for one in self._ids if one not in touched]
        return self._source.application_ids(self._query, now)

    def _may_stay(self, application: str, ids: Sequence[str]) -> bool:
        if application in ids:
            return False
        row = next(iter(self.fetch((application,))), None)
        if self._brought is not None and self._brought[0] == application:
            return row is not None and row.archived == self._brought[1]
        if application not in self._ids:
            return False
        shown = self._query.stage_filter
        return row is not None and (
            shown is StageFilter.ALL or row.archived == (shown is StageFilter.ARCHIVED)
        )

    def fetch(self, ids: Sequence[str]) -> list[ApplicationRow]:
        return self._source.application_rows(ids, self._clock())

    def native(self, row: ApplicationRow, column: Column) -> Any:
        value = _reckoned(row)[column.name] if column.fact is None else row.facts[column.name]
        return str(value) if isinstance(value, StrEnum) else value

    def is_editable(self, column: Column) -> bool:
        """Whether what stands in the column is a fact that can be edited in its cell."""
        return column in self._edited

    def _is_fact_edited(self, fact: Fact | None) -> bool:
        return fact is not None and (fact.kind.row.typed_in_cell or bool(self._facts[fact.name].choices))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITED if self._columns[index.column()] in self._edited else _SHOWN

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < self.columns:
            self.order_by(self.column_at(column).name, descending=order == Qt.SortOrder.DescendingOrder)

    def order_by(self, column: str, *, descending: bool) -> None:
        """Order the rows by a column, whether or not it is shown."""
        query = replace(self._query, order_by=column, descending=descending)
        if query == self._query and self._held is None:
            return  # Qt's sortByColumn asks twice
        self._query, self._brought = query, None
        if self.is_loaded:  # the table sorts when it is made, before it is shown
            self.resort()

    def _text_of(self, column: Column) -> Callable[[ApplicationRow], str]:
        if column.fact is not None:
            return self._fact_text_of(column.fact)
        if column.name == LAST_CONTACT:
            return lambda row: self._date(row.last_contact)
        if column.name == NEXT:
            return lambda row: row.next_text
        return lambda row: self._days(_reckoned(row)[column.name])

    def _fact_text_of(self, fact: Fact) -> Callable[[ApplicationRow], str]:
        name, written = fact.name, self._written.get(fact.kind)
        if written is None:
            choices = self._facts[name].choices
            written = _number if fact.kind.row.is_number else lambda value: choices.get(value, str(value))

        def text(row: ApplicationRow) -> str:
            value = row.facts[name]
            return "" if value is None or value == "" else written(value)

        return text

    def _date(self, day: date | None) -> str:
        return "" if day is None else format_plain_date(day)

    def _days(self, days: int | None) -> str:
        if days is None:
            return ""
        # Translators: a number of days, as short as it can be
        return ngettext("{n} d", "{n} d", days).format(n=format_number(days))


def _number(number: int) -> str:
    return format_number(number) if number else ""


def _reckoned(row: ApplicationRow) -> dict[str, Any]:
    """What the columns that show no fact have of a row, by their names."""
    return {
        NEXT: row.next_text,
        WAITING: row.waiting_days,
        QUIET: row.quiet_days,
        LAST_CONTACT: row.last_contact,
    }
