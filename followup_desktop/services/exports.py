"""Everything as a file, in the format that its reader wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from followup_desktop.domain.model import Facts, FollowUp
from followup_desktop.services.wording import Wording


class ExportFormat(StrEnum):
    """What can be written: an interchange file, a table for spreadsheets, or a calendar."""

    JSON = "json"
    CSV = "csv"
    ICS = "ics"


def format_of(file: PurePath) -> ExportFormat:
    """The format that a file's ending names; without one that is known, the interchange file."""
    ending = file.suffix.lower().removeprefix(".")
    return ExportFormat(ending) if ending in set(ExportFormat) else ExportFormat.JSON


def exported(
    facts: Facts,
    plan: Iterable[FollowUp],
    wanted: ExportFormat,
    now: datetime,
    wording: Wording,
    *,
    previous: bytes = b"",
) -> bytes:
    """The contents of the file; ``previous`` is what it holds, as a calendar goes on from what it was."""
    if wanted is ExportFormat.CSV:
        from followup_desktop.services.transfer.spreadsheet import write_applications

        return write_applications(facts, plan, now, wording).encode()
    if wanted is ExportFormat.ICS:
        from followup_desktop.services.transfer.calendar_file import CalendarWriter, is_ours

        writer = CalendarWriter(wording)
        return writer.write(facts, plan, now, previous=previous if is_ours(previous) else b"").data
    from followup_desktop.services.transfer.interchange_write import write

    return write(facts).encode()
