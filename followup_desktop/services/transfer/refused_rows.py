"""The rows of a file that were left out, as a table of their own, to be corrected and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from followup_desktop.i18n import _, languages, pgettext, speaking
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.document import RefusedRow
from followup_desktop.services.transfer.formats import MARK
from followup_desktop.services.transfer.spreadsheet import guarded
from followup_desktop.services.transfer.tables.table import Table, TableRow, folded


def write_refused(rows: Sequence[RefusedRow]) -> bytes:
    """Their cells as they were, under their headings, behind why and where each was left out: UTF-8."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    before: tuple[str, ...] | None = None
    for row in rows:
        if not any(row.source.cells):
            continue  # there's nothing in it to correct
        if row.headings != before:
            writer.writerow([*_headings(), *map(guarded, row.headings)])
            before = row.headings
        writer.writerow([row.why, row.place, *map(guarded, row.source.cells)])
    return MARK + table.getvalue().encode()


def without_reasons(table: Table) -> Iterator[Table]:
    """The tables as they were, where ``write_refused`` wrote this one in any language; else the table itself.

    A heading that comes again begins another table.
    """
    first = next((row for row in table.rows if not row.is_empty), None)
    if first is None or not _is_heading(first):
        yield table
        return
    begins = [place for place, row in enumerate(table.rows) if _is_heading(row)]
    for begin, end in zip(begins, [*begins[1:], len(table.rows)], strict=True):
        yield replace(table, rows=[_without_reason(row) for row in table.rows[begin:end]])


def _is_heading(row: TableRow) -> bool:
    ours = tuple(folded(str(each)) for each in row.cells[:_OURS])
    return len(row.cells) > _OURS and ours in _all_headings(resources_dir() / "locale")


def _without_reason(row: TableRow) -> TableRow:
    links = {place - _OURS: link for place, link in row.links.items() if place >= _OURS}
    return replace(row, cells=row.cells[_OURS:], links=links)


def _headings() -> tuple[str, str]:
    return _("Left out because"), pgettext("in a file", "Place")


_OURS = 2
"""So many columns are ours, before those of the table."""


@cache
def _all_headings(folder: Path) -> frozenset[tuple[str, ...]]:
    """Ours in every language, for a file may be imported in another than it was written in.

    The words of all languages take 20 ms to read, once.
    """
    found = set()
    for code in languages(folder):
        with speaking(code, folder):
            found.add(tuple(map(folded, _headings())))
    return frozenset(found)
