"""The dialogs for the file that is imported or exported; the kinds of file are those of the formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.formats import endings_of, endings_read, readers, writers
from followup_desktop.ui.kit.folders import LastFolder
from followup_desktop.ui.kit.window_settings import WindowSettings

_LONGEST = 60


def kinds_to_write() -> dict[str, str]:
    """What the dialog for the file offers, with the ending of each kind; empty where any will do."""
    kinds = {
        _kind(_(writer.title), endings_of(name)): endings_of(name)[0] for name, writer in writers().items()
    }
    return {**kinds, _any(): ""}


def file_name(title: str, ending: str) -> str:
    """The name to begin with for what has this title: its letters and digits, with hyphens between words."""
    return ("-".join(re.findall(r"\w+", title))[:_LONGEST] or "follow-up") + ending


def named_as(path: Path, kind: str, kinds: Mapping[str, str]) -> Path:
    """The file with the ending of the kind chosen, whatever stood in the field for the name.

    ``kinds`` are those that the dialog offers, with the ending of each, empty where any will do.
    Where that is the kind the dialog begins with, an ending of another kind was typed, and counts. Raises
    ``Refused`` where that is another file than the one asked about and there is one of that name.
    """
    ending = kinds.get(kind, "")
    known = bool(path.suffix) and path.suffix.lower() in kinds.values()
    is_first = kind == next(iter(kinds))
    if not ending or path.name.lower().endswith(ending) or (is_first and known):
        return path
    named = path.with_suffix(ending) if known else path.with_name(path.name + ending)
    if named.exists():
        sentence = _("A file named {name} already exists. Choose it, or use another name.")
        raise Refused(sentence.format(name=named.name))
    return named


def ask_for_import(parent: QWidget, settings: WindowSettings) -> str:
    """Let the user choose the file that is imported; empty if they leave it."""
    kinds = [_kind(_(reader.title), endings_read(name)) for name, reader in readers().items()]
    if len(kinds) > 1:
        endings = dict.fromkeys(ending for name in readers() for ending in endings_read(name))
        kinds.insert(0, _kind(_("All supported files"), endings))
    folder, offered = LastFolder(settings), ";;".join([*kinds, _any()])
    chosen, _filter = QFileDialog.getOpenFileName(parent, _("Import"), folder.place(), offered)
    if chosen:
        folder.remember(Path(chosen))
    return chosen


def ask_for_export(parent: QWidget, settings: WindowSettings, name: str = "follow-up.json") -> Path | None:
    """Let the user choose the file that is written; ``None`` if they leave it. Raises ``Refused``."""
    return ask_for_one_of(parent, settings, _("Export"), name, kinds_to_write())


def _kind(title: str, endings: Iterable[str]) -> str:
    """A kind of file as Qt's dialog wants it: "Calendar (*.ics)"."""
    return f"{title} ({' '.join(f'*{ending}' for ending in endings)})"


def _any() -> str:
    return _("All files (*)")


def ask_for_one_of(
    parent: QWidget, settings: WindowSettings, title: str, name: str, kinds: Mapping[str, str]
) -> Path | None:
    """Let the user choose where a file is written, and of which of these kinds, each with its ending.

    ``None`` if they leave it. Raises ``Refused``.
    """
    folder = LastFolder(settings)
    chosen, kind = QFileDialog.getSaveFileName(parent, title, folder.place(name), ";;".join(kinds))
    if not chosen:
        return None
    path = named_as(Path(chosen), kind, kinds)
    folder.remember(path)
    return path


def ask_for_place(parent: QWidget, settings: WindowSettings, title: str, name: str, kind: str) -> Path | None:
    """Let the user choose where a file of one kind is written; ``None`` if they leave it."""
    folder = LastFolder(settings)
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, folder.place(name), kind)
    if not chosen:
        return None
    folder.remember(Path(chosen))
    return Path(chosen)
