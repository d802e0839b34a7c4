"""The dialogs for the file that is imported or exported, and the kinds of file that an export may write."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.kit.folders import LastFolder

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


def ask_for_import(parent: QWidget, folder: LastFolder) -> str:
    """Let the user choose the file that is imported; empty if they leave it."""
    kinds = "Follow Up files (*.json);;All files (*)"
    chosen, _ = QFileDialog.getOpenFileName(parent, "Import", folder.place(), kinds)
    if chosen:
        folder.remember(Path(chosen))
    return chosen


def ask_for_export(parent: QWidget, folder: LastFolder, name: str = "follow-up.json") -> Path | None:
    """Let the user choose the file that is written; ``None`` if they leave it. Raises ``Refused``."""
    begin = folder.place(name)
    chosen, kind = QFileDialog.getSaveFileName(parent, "Export", begin, ";;".join(KINDS))
    if not chosen:
        return None
    path = named_as(Path(chosen), kind)
    folder.remember(path)
    return path
