"""What a text is that was pasted or dropped: something to import, or an email or a posting."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.document import Recognition
from followup_desktop.services.transfer.tables.words import meanings_of

_SOURCES = ("BEGIN:VCALENDAR", "BEGIN:VCARD")
"""What an invitation or an address book begins with."""
_SIGNS = "\t;,|"
_LOOKED_AT = 50
_MOST = 0.8
"""So many of the rows have as many cells as the others."""
_MOST_WORDS = 6
"""A heading, or most cells, have no more words; a sentence with commas has."""


def is_to_import(text: str) -> bool:
    """Whether it is what a file to import holds: an invitation, an address book, a table, an own export."""
    begin = text.lstrip("\ufeff \t\r\n")
    if begin[:20].upper().startswith(_SOURCES):
        return True
    if begin.startswith("{") and f'"{layout.FORMAT}"' in begin[:300]:
        return True
    return is_table(text)


def is_table(text: str) -> bool:
    """Whether a text is rows of cells, as a spreadsheet copies them or a file has them.

    Cells between tabs are enough; between other signs there must be headings that are known.
    """
    from followup_desktop.services.transfer.readers import markdown

    if markdown.recognise(text[:64_000].encode("utf-8", "replace"), "") is Recognition.SURE:
        return True
    return any(_are_rows(text, sign) for sign in _SIGNS)


def _are_rows(text: str, sign: str) -> bool:
    try:
        reader = csv.reader(io.StringIO(text[:64_000].strip("\r\n"), newline=""), delimiter=sign)
        rows = [row for row in islice(reader, _LOOKED_AT) if any(row)]
    except csv.Error:
        return False
    widths = Counter(map(len, rows))
    width, often = max(widths.items(), key=lambda each: each[1], default=(0, 0))
    if len(rows) < 2 or width < 2 or often < _MOST * len(rows):
        return False
    heads = [cell.strip() for cell in rows[0]]
    known = sum(bool(meanings_of(cell)) for cell in heads if len(cell.split()) <= _MOST_WORDS)
    if sign == "\t":
        return known > 0 or all(len(row) == width for row in rows)
    return known > 1
