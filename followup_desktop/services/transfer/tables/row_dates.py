"""The dates of a row: a day without a year is of the year that the others let one expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from followup_desktop.services.transfer.tables.cells import CellText
from followup_desktop.services.transfer.tables.dates import CellDate, first_after, nearest_to
from followup_desktop.services.transfer.tables.fields import AHEAD, DATES
from followup_desktop.services.transfer.tables.file_dates import FileDates
from followup_desktop.services.transfer.tables.row_texts import RowTexts


class RowDates:
    """Reads the dates of a row."""

    def __init__(self, texts: RowTexts, of_file: FileDates) -> None:
        self._texts = texts
        self.of_file = of_file

    def date_of(self, said: CellText, field: str) -> CellDate | None:
        """The date of a cell of such a column; ``None`` for none that is certain."""
        told = self.of_file.date_of(said.cell, field)
        return told if told is None or not told.has_no_year else self.in_its_year(told, field)

    def in_its_year(self, told: CellDate, field: str) -> CellDate:
        """A day without a year, in that of the whole dates of the row.

        What may lie ahead is the first such day after that of applying, or else after the earliest of these;
        what has happened is the nearest to one of them.
        """
        whole = self._whole
        if field not in AHEAD:
            return replace(told, day=nearest_to(told.day, whole, self.of_file.today))
        days = (self.date_of(each, "applied_on") for each in self._texts.said.get("applied_on", ()))
        applied = next((each.day for each in days if each is not None), min(whole, default=None))
        return told if applied is None else replace(told, day=first_after(told.day, applied))

    @cached_property
    def _whole(self) -> list[date]:
        """The dates of the row that have their year; a number is one only where its column is of dates."""
        found = (
            self.of_file.date_of(said.cell, field)
            for field, several in self._texts.said.items()
            if field in DATES or field in ("saved_on", "")
            for said in several
            if field or not said.text.replace(".", "").isdecimal()
        )
        return [told.day for told in found if told is not None and not told.has_no_year]
