"""The tables that are files of an archive; nothing is unpacked to the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.archives import FAULTS
from followup_desktop.services.transfer.encodings import decoded
from followup_desktop.services.transfer.readers.delimited import text_table
from followup_desktop.services.transfer.tables.table import LARGEST_TEXT, Table


def tables_of(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> Iterator[Table]:
    """The tables that these parts are, in their order. Raises ``Refused``, also where they're too large."""
    left = LARGEST_TEXT
    for part in parts:
        name = part.filename.rpartition("/")[2]
        left -= part.file_size
        if left < 0:
            sentence = _("{file} in the archive is larger than {most} MB. Choose a smaller file.")
            raise Refused(sentence.format(file=name, most=LARGEST_TEXT // 1_000_000))
        try:
            with archive.open(part) as file:
                text = decoded(file.read(LARGEST_TEXT))
        except FAULTS:
            sentence = _("{file} in the archive is damaged or cut off. Download the archive again.")
            raise Refused(sentence.format(file=name)) from None
        yield text_table(text, file=name)
