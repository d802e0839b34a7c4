"""The archive that Notion exports: the tables of a page, each under a name that ends in its number."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.archives import FAULTS, opened
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.formats import what_is_read
from followup_desktop.services.transfer.readers.archived import tables_of
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import LARGEST_TEXT

_TABLE = re.compile(r"(?P<name>.*[ _-][0-9a-f]{32})(?P<all>_all)?\.csv", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"(?:.*/)?[^/]*Part-\d+\.zip", re.IGNORECASE)
"""What is exported stands in an archive of its own within the one that is downloaded."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is an archive with such a table."""
    if not data.startswith(b"PK"):
        return Recognition.NONE
    try:
        with _unwrapped(data) as archive:
            return Recognition.SURE if _wanted(archive) else Recognition.NONE
    except FAULTS:
        return Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of the tables. Raises ``Refused``."""
    if not recognise(data, reading.name):
        sentence = _("That isn't a Notion export.")
        raise Refused(f"{sentence} {what_is_read()}", field="format")
    with _unwrapped(data) as archive:
        return read_tables(list(tables_of(archive, _wanted(archive))), reading, _("a Notion export"))


@contextmanager
def _unwrapped(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, or the only one within it; raises one of ``FAULTS``."""
    with opened(data) as outer:
        within = [part for part in outer.infolist() if _WHOLE.fullmatch(part.filename)]
        if len(within) != 1 or within[0].file_size > LARGEST_TEXT:
            yield outer
            return
        with outer.open(within[0]) as file:
            inner = file.read(LARGEST_TEXT)
    with opened(inner) as archive:
        yield archive


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The tables: of one that is there as it is shown and with all its rows and columns, the latter."""
    found: dict[str, zipfile.ZipInfo] = {}
    for part in archive.infolist():
        named = _TABLE.fullmatch(part.filename)
        if named is not None and (named["all"] or named["name"] not in found):
            found[named["name"]] = part
    return list(found.values())
