"""The user's own email addresses in a file: they are no contact's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from followup_desktop.services.capture.mail_addresses import is_free
from followup_desktop.services.transfer.tables.fields import NAMES
from followup_desktop.services.transfer.tables.header import HeadedTable
from followup_desktop.services.transfer.tables.people import emails_in
from followup_desktop.services.transfer.tables.table import TableRow, folded

_SEVERAL = 3
"""Employers."""


def own_addresses(tables: Sequence[HeadedTable]) -> frozenset[str]:
    """The user's addresses: a mailbox of no firm, or the only one of the file, beside several employers.

    One that always stands beside the same name is that person's.
    """
    names: dict[str, set[str]] = defaultdict(set)
    employers: dict[str, set[str]] = defaultdict(set)
    for table, header in tables:
        emails, those, firms = (
            [place.index for place in header.places if place.field in fields]
            for fields in ({"contact_email"}, NAMES, {"employer"})
        )
        rows = table.rows[header.row + 1 :] if emails and not header.is_of_people else ()
        told = [" ".join(_texts_at(row, emails)).casefold() for row in rows]
        times = Counter(told)
        for row, text in zip(rows, told, strict=True):
            if text and times[text] > 1:  # one that stands in one row is nobody's but the employer's
                for email in emails_in(text):
                    employers[email].update(map(folded, _texts_at(row, firms)[:1]))
                    names[email].update(map(folded, _texts_at(row, those)[:1]))
            elif text:
                employers.setdefault(text, set())
    return frozenset(
        email
        for email, several in employers.items()
        if len(names[email]) != 1
        and ((len(several) > 1 and is_free(email)) or (len(several) >= _SEVERAL and len(employers) == 1))
    )


def _texts_at(row: TableRow, indexes: Sequence[int]) -> list[str]:
    """What a row says at these places."""
    cells = (str(row.cells[index] or "").strip() for index in indexes if index < len(row.cells))
    return [text for text in cells if text]
