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

SALVAGING = ".followup-salvaging-"
"""How a folder begins in which a damaged database is read; nobody else names one so."""
_OF_SQLITE = r"(-journal|-wal|-shm)?"
_UNFINISHED = re.compile(
    rf"((?P<made>.+\.sqlite3)\.\d+{re.escape(opening.PARTIAL)}|\.(?P<copied>.+\.sqlite3)\.part){_OF_SQLITE}"
)
_SALVAGED_IN = re.compile(rf"{re.escape(SALVAGING)}[a-z0-9_]{{8}}")
_SALVAGED_FROM = re.compile(rf"(damaged|new)\.db{_OF_SQLITE}")


def remove_leftovers(path: Path) -> None:
    """Delete what was to take the place of the database, and copies that were read instead of it.

    For whoever has it open, or holds the lock of the window: neither SQLite's lock nor that one lets anybody
    else be at such work then, be it on another computer. A number of a process would tell nothing of those.
    What the disk doesn't let be seen or deleted stays.
    """
    part = re.compile(rf"\.({re.escape(path.name)}|{re.escape(Note(path).file.name)})\.\d+\.part{_OF_SQLITE}")
    with contextlib.suppress(OSError):
        for each in opening.files_in(path.parent):
            if part.fullmatch(each.name):
                _remove(each)
    for folder in (path.parent, opening.backups_folder(path)):
        _remove_salvaging(folder)


def discard(part: Path) -> None:
    """Delete a copy that was not finished, and what SQLite kept beside it, as far as the disk lets it."""
    for ending in ("", *opening.ENDINGS):
        _remove(part.with_name(f"{part.name}{ending}"))


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):  # one that stays keeps no other from going
        file.unlink()


def _remove_salvaging(folder: Path) -> None:
    with contextlib.suppress(OSError):
        found = [each for each in folder.iterdir() if _SALVAGED_IN.fullmatch(each.name)]
        for each in found:
            if each.is_dir() and not each.is_symlink():
                _remove_if_ours(each)


def _remove_if_ours(folder: Path) -> None:
    with contextlib.suppress(OSError):
        if all(_SALVAGED_FROM.fullmatch(file.name) and file.is_file() for file in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


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
            if before is None or _is_older(file, before):
                _remove(file)


def _is_older(file: Path, instant: datetime) -> bool:
    try:
        return file.stat().st_mtime < instant.timestamp()
    except OSError:
        return False
