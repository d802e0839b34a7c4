"""The dates of a file: one order of day and month for all of its tables, and the instants that are meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from followup_desktop.domain.worktime import zone
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Question, QuestionTopic, Reading
from followup_desktop.services.transfer.tables.dates import CellDate, DateOrder, date_of_cell
from followup_desktop.services.transfer.tables.fields import AHEAD, BESIDE_DATES, DATES
from followup_desktop.services.transfer.tables.header import HeadedTable
from followup_desktop.services.transfer.tables.table import Cell
from followup_desktop.services.transfer.tables.words import is_of_day_first


class FileDates:
    """Reads the dates of a file's tables, as they are meant at the time and place of the reading."""

    def __init__(self, tables: Sequence[HeadedTable], reading: Reading) -> None:
        self._tables = tables
        self._answer = reading.answers.day_first
        self._zone = zone(reading.timezone)
        self.timezone = reading.timezone
        self.now = reading.now
        self.today = reading.now.date()
        self._been: dict[object, CellDate | None] = {}
        """What the cells say as dates, of which a table has the same again and again."""
        self._ahead: dict[object, CellDate | None] = {}
        """The same of what may lie ahead."""

    def date_of(self, cell: Cell, field: str) -> CellDate | None:
        """The date of a cell of such a column; ``None`` for none that is certain."""
        is_ahead = field in AHEAD
        known = self._ahead if is_ahead else self._been
        key = cell if type(cell) is str else (type(cell), cell)  # else 1 were True
        if key not in known:
            known[key] = date_of_cell(cell, self._order.day_first, self.now, is_ahead=is_ahead)
        return known[key]

    def instant(self, told: CellDate) -> datetime:
        """The instant in UTC: noon at the place of the reading where no time and offset are told."""
        return told.instant(self._zone)

    def wall_time(self, told: CellDate) -> datetime:
        """The wall time at the place of the reading, to the minute."""
        return self.instant(told).astimezone(self._zone).replace(tzinfo=None, second=0, microsecond=0)

    def happened(self, told: CellDate) -> datetime:
        """The instant of what has happened, not after now if it is of today."""
        at = self.instant(told)
        return min(at, self.now) if at.date() == self.today else at

    def noon(self, day: date) -> datetime:
        """The instant of what has happened on a day."""
        return self.happened(CellDate(day))

    def question(self) -> Iterator[Question]:
        """What is to be asked about the dates, if anything."""
        order = self._order
        if order.is_open:
            guess = "" if order.day_first is None else "true" if order.day_first else "false"
            text = _("Does the day or the month come first in dates like {date}?").format(date=order.example)
            yield Question(
                asked=QuestionTopic.DAY_FIRST,
                text=text,
                about=order.example,
                guess=guess,
                needed=not guess,
                settled=self._answer is not None,
            )

    @cached_property
    def _order(self) -> DateOrder:
        """How all the dates of the file stand."""
        layouts = [header.layout.day_first for __, header in self._tables if header.layout is not None]
        headings = [place.heading for __, header in self._tables for place in header.places]
        order = DateOrder(
            next((each for each in layouts if each is not None), None),
            answer=self._answer,
            ready=True if any(map(is_of_day_first, headings)) else None,
        )
        for fields, look in ((DATES, order.look_at), (BESIDE_DATES, order.look_beside)):
            for table, header in self._tables if fields is DATES or order.is_open else ():
                for index in (place.index for place in header.places if place.field in fields):
                    rows = table.rows[header.row + 1 :]
                    look(row.cells[index] for row in rows if index < len(row.cells))
        return order
