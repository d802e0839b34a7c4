"""What work that was broken off has left: copies that never took their place, some of them plain."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from followup_desktop.storage import opening
from followup_desktop.storage.cipher import Note

SALVAGING = "salvage-"
"""How a folder begins in which a damaged database is read."""
_OF_SQLITE = r"(-journal|-wal|-shm)?"
_UNFINISHED = re.compile(
    rf"((?P<made>.+?)(\.\d+)?{re.escape(opening.PARTIAL)}|\.(?P<copied>.+\.sqlite3)\.part){_OF_SQLITE}"
)
_SALVAGED_IN = re.compile(rf"{SALVAGING}[a-z0-9_]{{8}}")
_SALVAGED_FROM = re.compile(rf"(damaged|new)\.db{_OF_SQLITE}")


def remove_rests(path: Path) -> None:
    """Delete what was to take the place of the database, and copies that were read instead of it.

    For whoever has it open, or holds the lock of the window: neither SQLite's lock nor that one lets anybody
    else be at such work then, be it on another computer. A number of a process would tell nothing of those.
    """
    part = re.compile(rf"\.({re.escape(path.name)}|{re.escape(Note(path).file.name)})\.\d+\.part{_OF_SQLITE}")
    with contextlib.suppress(OSError):
        for each in list(path.parent.iterdir()):
            if part.fullmatch(each.name):
                each.unlink(missing_ok=True)
    for folder in (path.parent, opening.backups_folder(path)):
        _remove_salvaging(folder)


def _remove_salvaging(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for each in list(folder.iterdir()):
            is_ours = _SALVAGED_IN.fullmatch(each.name) and each.is_dir() and not each.is_symlink()
            if is_ours and all(_SALVAGED_FROM.fullmatch(file.name) for file in each.iterdir()):
                shutil.rmtree(each, ignore_errors=True)


def remove_unfinished(
    folder: Path, before: datetime | None = None, names: Collection[str] | None = None
) -> None:
    """Delete backups that were not finished, and what SQLite kept beside them.

    It is what nobody has written to since ``before``, or all, and of backups of these ``names``, or any.
    """
    with contextlib.suppress(OSError):
        for file in opening.files_in(folder):
            name = _UNFINISHED.fullmatch(file.name)
            if name is None or (names is not None and (name["made"] or name["copied"]) not in names):
                continue
            if before is None or file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)
