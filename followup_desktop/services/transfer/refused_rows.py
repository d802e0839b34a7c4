"""The rows of a file that were left out, as a table of their own, to be corrected and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from followup_desktop.i18n import _, pgettext
from followup_desktop.services.transfer.document import RefusedRow
from followup_desktop.services.transfer.spreadsheet import guarded

MARK = b"\xef\xbb\xbf"
"""Before the table: without it Excel takes the file for one in the system's old encoding."""


def write_refused(rows: Sequence[RefusedRow]) -> bytes:
    """Their cells as they were, under their headings, behind why and where each was left out: UTF-8."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    before: tuple[str, ...] | None = None
    for row in rows:
        if not any(row.source.cells):
            continue  # there's nothing in it to correct
        if row.headings != before:
            writer.writerow(
                [_("Left out because"), pgettext("in a file", "Place"), *map(guarded, row.headings)]
            )
            before = row.headings
        writer.writerow([row.why, row.place, *map(guarded, row.source.cells)])
    return MARK + table.getvalue().encode()
