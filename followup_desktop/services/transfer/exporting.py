"""Everything as a file, in the format that its reader wants: for the window and for the command line."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePath

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, FollowUp
from followup_desktop.i18n import _
from followup_desktop.services.ports import Files
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store


class ExportFormat(StrEnum):
    """What can be written: an interchange file, a table for spreadsheets, or a calendar."""

    JSON = "json"
    CSV = "csv"
    ICS = "ics"


_OF_OTHERS = frozenset(
    {
        "db", "doc", "docx", "eml", "htm", "html", "md", "ods", "odt", "pdf", "rtf", "sqlite", "tsv", "vcf",
        "xls", "xlsx", "xml", "zip",
    }
)  # fmt: skip
"""Endings of formats that are not written: a file of such a name would hold something else."""


def format_of(file: PurePath) -> ExportFormat:
    """The format that a file's ending names; without one that means something, the interchange file.

    An ending of a format that can't be written is ``Refused``.
    """
    ending = file.suffix.lower().removeprefix(".")
    if ending in _OF_OTHERS:
        sentence = _("There is no export to .{ending} yet; let the name end in .json, .csv or .ics.")
        raise Refused(sentence.format(ending=ending), field="format")
    return ExportFormat(ending) if ending in set(ExportFormat) else ExportFormat.JSON


def export_to(
    store: Store,
    files: Files,
    target: Path,
    now: datetime,
    wording: Wording,
    *,
    wanted: ExportFormat | None = None,
    is_cancelled: Callable[[], bool] = bool,
) -> str:
    """Write everything to a file, by its ending unless a format is named; says in a sentence what and where.

    Whoever asks, the bytes are the same. A calendar of ours goes on from what is there. Raises ``Refused``.
    """
    wanted = wanted or format_of(target)
    facts, plan = store.facts_and_plan()
    before = files.read(target) if wanted is ExportFormat.ICS and target.is_file() else b""
    data = file_contents(facts, plan, wanted, now, wording, previous=before)
    files.write(target, data, is_cancelled)
    said = {
        ExportFormat.JSON: _("Everything was written to {file}."),
        ExportFormat.CSV: _("The applications were written to {file}."),
        ExportFormat.ICS: _("The interviews and follow-ups were written to {file}."),
    }[wanted]
    return said.format(file=target.name)


def file_contents(
    facts: Facts,
    plan: Iterable[FollowUp],
    wanted: ExportFormat,
    now: datetime,
    wording: Wording,
    *,
    previous: bytes = b"",
) -> bytes:
    """What is exported, as a file. A table begins with a byte order mark.

    Without it Excel takes one that is opened by a double click for one in the system's old encoding.
    """
    data = exported(facts, plan, wanted, now, wording, previous=previous)
    return codecs.BOM_UTF8 + data if wanted is ExportFormat.CSV else data


def exported(
    facts: Facts,
    plan: Iterable[FollowUp],
    wanted: ExportFormat,
    now: datetime,
    wording: Wording,
    *,
    previous: bytes = b"",
) -> bytes:
    """The contents as they go to another program; ``previous`` is a calendar that this one goes on from."""
    if wanted is ExportFormat.CSV:
        from followup_desktop.services.transfer.spreadsheet import write_applications

        return write_applications(facts, plan, now, wording).encode()
    if wanted is ExportFormat.ICS:
        from followup_desktop.services.transfer.calendar_file import CalendarWriter, is_ours

        writer = CalendarWriter(wording)
        return writer.write(facts, plan, now, previous=previous if is_ours(previous) else b"").data
    from followup_desktop.services.transfer.interchange_write import write

    return write(facts).encode()
