"""Making a document of tables: their rows become applications with their people, or people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from followup_desktop.domain.checks import in_quotes
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_list, format_number, format_series, ngettext
from followup_desktop.services.progress import counting_of
from followup_desktop.services.transfer.document import Answers, Document, Question, Reading, RefusedRow, Row
from followup_desktop.services.transfer.refused_rows import without_reasons
from followup_desktop.services.transfer.tables.application import ApplicationContents, ApplicationReader
from followup_desktop.services.transfer.tables.file_dates import FileDates
from followup_desktop.services.transfer.tables.header import HeadedTable, Header, find_header
from followup_desktop.services.transfer.tables.layouts import OWN
from followup_desktop.services.transfer.tables.own_addresses import own_addresses
from followup_desktop.services.transfer.tables.person import people_of_row
from followup_desktop.services.transfer.tables.questions import (
    about_columns,
    about_rows,
    are_rows_open,
    columns_of,
)
from followup_desktop.services.transfer.tables.row_texts import TableTexts
from followup_desktop.services.transfer.tables.stage_words import StageWords
from followup_desktop.services.transfer.tables.table import MOST_ROWS, Table, TableRow, refuse_rows, texts_of
from followup_desktop.services.transfer.tables.words import is_total

_AMOUNT = re.compile(r"[\d.,%\s'’€$£¥k-]*")
_NAMED = 3
"""So many of the rows with more cells than headings are named."""


def read_tables(tables: Sequence[Table], reading: Reading, kind: str) -> Document:
    """What the tables of a file say; ``kind`` names what the file is, where no program's layout is known.

    Those without applications or people are left out, as long as one has some. Raises ``Refused`` where there
    is nothing to read.
    """
    if sum(len(table.rows) - 1 for table in tables) > MOST_ROWS:
        refuse_rows()
    tables = [part for table in tables for part in without_reasons(table)]
    found = [
        HeadedTable(table, header)
        for table in tables
        if (header := find_header(table, reading.answers, reading.now))
    ]
    usable = [each for each in found if each.has_entries]
    if not found:
        raise Refused(
            _("There's no table with headings in {file}. Add a row of headings above it.").format(
                file=reading.name or kind
            )
        )
    return _FileReader(usable or found[:1], reading).document(kind)


def has_entries(table: Table) -> bool:
    """Whether there are applications or people in a table, as far as it is known by its headings."""
    header = find_header(table, Answers())
    return header is not None and header.is_known and HeadedTable(table, header).has_entries


class _FileReader:
    """Goes over the rows of a file's tables once, and gathers what they become and what is left out."""

    def __init__(self, tables: Sequence[HeadedTable], reading: Reading) -> None:
        self._tables = tables
        self._reading = reading
        self._dates = FileDates(tables, reading)
        self._words = StageWords(reading.answers.stages)
        self._own_addresses = own_addresses(tables)
        self._contacts: dict[tuple[object, ...], Row] = {}
        """By all that is said of them: who is in many rows is told of once."""
        self._applications: list[Row] = []
        self._reminders: list[Row] = []
        self._with_more: list[str] = []
        """The places of the rows with more cells than there are headings."""
        self._refused: list[RefusedRow] = []

    def document(self, kind: str) -> Document:
        """What the rows say, with what is to be asked about it; ``kind`` is as of ``read_tables``."""
        for each in self._tables:
            if each.header.is_usable:
                self._read(*each)
        layouts = [header.layout for __, header in self._tables if header.layout is not None]
        title = format_list([_(title) for title in dict.fromkeys(layout.title for layout in layouts)])
        answers = self._reading.answers
        rows_taken = [] if are_rows_open(self._tables, answers) else about_rows(self._tables)
        return Document(
            contacts=tuple(self._contacts.values()),
            applications=tuple(self._applications),
            reminders=tuple(self._reminders),
            format=title or kind,
            foreign=True,
            answers=answers,
            columns=tuple(columns_of(self._tables)),
            questions=tuple(self._questions()),
            taken=(*rows_taken, *self._words.taken()),
            refused=tuple(self._refused),
            warnings=(*self._about_ends(), *self._about_more()),
        )

    def _questions(self) -> Iterator[Question]:
        answers = self._reading.answers
        for __, header in self._tables:
            yield from about_columns(header, answers)
        if are_rows_open(self._tables, answers):
            yield from about_rows(self._tables)
        yield from self._dates.question()
        yield from self._words.questions()

    def _about_ends(self) -> Iterator[str]:
        """What is said of the tables that break off."""
        for table, __ in self._tables:
            if table.is_short and table.rows:
                text = _("The last row, {line}, has fewer cells than the others. The file may be cut off.")
                yield text.format(line=place_of(table, table.rows[-1]))

    def _about_more(self) -> Iterator[str]:
        """What is said of the rows with more cells than headings, and where the first of them are."""
        if not self._with_more:
            return
        text = ngettext(
            "{n} row has more cells than there are headings ({places}). They went into its notes.",
            "{n} rows have more cells than there are headings ({places}). They went into their notes.",
            len(self._with_more),
        )
        places = self._with_more[:_NAMED] + ["…"] * (len(self._with_more) > _NAMED)
        yield text.format(n=format_number(len(self._with_more)), places=format_series(places))

    def _read(self, table: Table, header: Header) -> None:
        rows = table.rows[header.row + 1 :]
        place_in_words = places_of(table)
        headings = texts_of(table.rows[header.row]) if header.row >= 0 else None
        table_texts = TableTexts(table, header)
        applications = ApplicationReader(self._dates, self._words, self._own_addresses)
        empty: list[TableRow] = []
        are_people = header.is_of_people
        count = 0 if are_people else len(rows)  # applications are counted
        left_out = self._reading.left_out
        for row in counting_of(count, rows, self._reading.on_progress):
            cells = texts_of(row)
            if not any(cells):
                empty.append(row)
                continue
            for each in empty:
                self._refuse(table, header, each, _("The row is empty."))
            empty = []
            if (total := _total_in(cells)) and header.layout is not OWN:
                why = _("{word} looks like a row of totals.").format(word=in_quotes(total))
                self._refuse(table, header, row, why)
                continue
            if cells == headings:
                self._refuse(table, header, row, _("It repeats the headings."))
                continue
            place = place_in_words(row)
            if left_out and (reason := left_out.get(place)):
                self._refuse(table, header, row, reason)
                continue
            try:
                texts = table_texts.read(place, row, cells)
                if are_people:
                    self._add_people(people_of_row(texts, self._own_addresses))
                else:
                    self._add_application(applications.read(texts))
            except Refused as refused:
                self._refuse(table, header, row, str(refused))
        self._with_more += table_texts.with_more

    def _add_people(self, people: Sequence[Row]) -> None:
        for row in people:
            said = {**row.defaults, **row.values}
            self._contacts.setdefault((row.id, row.also, *sorted(said.items())), row)

    def _add_application(self, contents: ApplicationContents) -> None:
        self._applications.append(contents.application)
        self._reminders += contents.reminders
        self._add_people(contents.contacts)

    def _refuse(self, table: Table, header: Header, row: TableRow, why: str) -> None:
        headings = tuple(place.heading for place in header.places)
        source = table.source(row)
        self._refused.append(
            RefusedRow(place=place_of(table, row), why=why, headings=headings, source=source)
        )


def place_of(table: Table, row: TableRow) -> str:
    """Where a row stands, in words."""
    return places_of(table)(row)


def places_of(table: Table) -> Callable[[TableRow], str]:
    """What says where a row of the table stands, in words.

    They are looked up once: of each row of a table that took a twentieth of the time it was read in.
    """
    # As plain texts: a number has no direction that is to be set apart.
    line = str(_("line {number}"))

    def place(row: TableRow) -> str:
        told = line.format(number=row.line)
        if table.sheet and not table.is_only_sheet:
            return _("sheet {sheet}, {line}").format(sheet=in_quotes(table.sheet), line=told)
        # Translators: where in a file: “jobs.csv, line 4”.
        return _("{file}, {line}").format(file=table.file, line=told) if table.file else told

    return place


def _total_in(cells: Sequence[str]) -> str:
    """The word that begins a row which only adds up others, or an empty text."""
    filled = filter(None, cells)
    first = next(filled, "")
    return first if all(map(_AMOUNT.fullmatch, filled)) and is_total(first) else ""
