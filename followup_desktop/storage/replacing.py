"""A backup in place of a database that can't be opened; what was there is kept, every byte of it."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

import apsw

from followup_desktop.storage import backups, opening
from followup_desktop.storage.backups import Backup
from followup_desktop.storage.cipher import Key, Keys, connected
from followup_desktop.storage.failures import translated_errors
from followup_desktop.storage.opening import NO_KEYS, backups_folder
from followup_desktop.storage.place import free_name
from followup_desktop.storage.salvage import carry_drafts


def replace_database(
    path: Path, file: Path, at: datetime, keys: Keys = NO_KEYS
) -> tuple[Backup, Path | None]:
    """Put a verified backup in the place of the database, which must not be open anywhere.

    The database is under the backup's passphrase then, or under none.

    Whatever has the database's name, and the logs beside it, is moved into a folder among the backups, which
    is given back, if there was anything. Where it is broken off, all is there, under one name or the other.
    Raises ``Refused`` where the file is no sound backup.
    """
    with translated_errors(str(path)):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with backups.opened(file, keys) as (backup, source):
                _copy(source, part, keys.key_of(file))
            _keep_drafts(path, part, keys)
            kept = _put_aside(path, at)
            try:
                part.replace(path)
            except OSError:
                _bring_back(path, kept)
                raise
            backups.to_disk(path.parent)
            opening.remember(path, entered=True)
            opening.suspect(path, is_damaged=False)
        finally:
            part.unlink(missing_ok=True)
    return backup, kept


def _copy(source: apsw.Connection, part: Path, key: Key | None) -> None:
    copy = connected(str(part), apsw.SQLITE_OPEN_READWRITE, key)
    try:
        with copy.backup("main", source, "main") as copying:
            copying.step()
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()


def _keep_drafts(path: Path, part: Path, keys: Keys) -> None:
    """What was typed and not saved survives, as far as it can be read."""
    with contextlib.suppress(apsw.Error, OSError):
        key = opening.key_of_damaged(path, keys)
        into = connected(str(part), apsw.SQLITE_OPEN_READWRITE, keys.key_of(part))
        try:
            carry_drafts(path, key, into)
        finally:
            into.close()


def _bring_back(path: Path, kept: Path | None) -> None:
    for each in list(kept.iterdir()) if kept is not None else []:
        each.rename(path.with_name(each.name))


def _put_aside(path: Path, at: datetime) -> Path | None:
    """Move the database and what is beside it, into a folder of its own among the backups."""
    there = [each for each in (path, *opening.beside(path)) if os.path.lexists(each)]
    there += [each for each in opening.files_in(path.parent) if opening.is_former_log(each, path)]
    if not there:
        return None
    kept = free_name(backups_folder(path) / f"kept-{at.astimezone(UTC):%Y-%m-%d-%H%M%S}")
    backups.make_folder(kept.parent)
    kept.mkdir(mode=0o700)
    for each in there:
        each.rename(kept / each.name)
    with contextlib.suppress(OSError):
        backups.to_disk(kept)
    return kept
