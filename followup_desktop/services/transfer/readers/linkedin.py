"""The archive that LinkedIn gives its members: applications, saved jobs and connections."""

from __future__ import annotations

import re
import zipfile

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.archives import FAULTS, opened
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.formats import what_is_read
from followup_desktop.services.transfer.readers.archived import tables_of
from followup_desktop.services.transfer.tables.reader import read_tables

_FILES = (r"Job Applications(_\d+)?\.csv", r"Saved Jobs(_\d+)?\.csv", r"Connections\.csv")
"""The files that are read, applications first: they are no longer only saved. Others are private."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it is an archive with one of the files."""
    if not data.startswith(b"PK"):
        return Recognition.NONE
    try:
        with opened(data) as archive:
            return Recognition.SURE if _wanted(archive) else Recognition.NONE
    except FAULTS:
        return Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications, saved jobs and people of the archive; nothing is unpacked to the disk.

    Raises ``Refused``.
    """
    if not recognise(data, reading.name):
        sentence = _("That isn't a LinkedIn data export.")
        raise Refused(f"{sentence} {what_is_read()}", field="format")
    with opened(data) as archive:
        return read_tables(list(tables_of(archive, _wanted(archive))), reading, _("a LinkedIn archive"))


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = archive.infolist()
    names = {part.filename: part.filename.rpartition("/")[2] for part in parts}
    return [
        part for kind in _FILES for part in parts if re.fullmatch(kind, names[part.filename], re.IGNORECASE)
    ]
