"""The kinds of file that an export may write, and the name of the file for the kind that was chosen."""

from __future__ import annotations

from pathlib import Path

from followup_desktop.domain.errors import Refused

KINDS = {
    "Everything (*.json)": ".json",
    "Table of applications (*.csv)": ".csv",
    "Calendar (*.ics)": ".ics",
    "All files (*)": "",
}
"""What the dialog for the file offers, with the ending of each kind; empty where any will do."""


def named_as(path: Path, kind: str) -> Path:
    """The file with the ending of the kind chosen, whatever stood in the field for the name.

    Raises ``Refused`` where that is another file than the one asked about and there is one of that name.
    """
    ending = KINDS.get(kind, "")
    if not ending or path.suffix.lower() == ending:
        return path
    known = path.suffix.lower() in KINDS.values()
    named = path.with_suffix(ending) if known else path.with_name(path.name + ending)
    if named.exists():
        raise Refused(f"There is a file {named.name} already: choose it, or write another name.")
    return named
