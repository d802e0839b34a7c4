"""A backup in place of a database that can't be opened; what was there is kept, every byte of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from followup_desktop.storage import backups, opening
from followup_desktop.storage.backups import Backup
from followup_desktop.storage.cipher import Key, Keys, Note, connected, write_copy
from followup_desktop.storage.failures import READS, refusal, translated_errors
from followup_desktop.storage.file_watch import free_name
from followup_desktop.storage.leftovers import discard
from followup_desktop.storage.opening import NO_KEYS, backups_folder
from followup_desktop.storage.pages import MAGIC, read_head
from followup_desktop.storage.salvage import carry_drafts


class Replacement(NamedTuple):
    """The backup that is the database now, and the folder of what was there before, if there was anything.

    ``key`` is that of the database. Where the one it had isn't known ``is_key_new``: it is the backup's.
    """

    backup: Backup
    kept: Path | None
    key: Key | None
    is_key_new: bool


def replace_database(path: Path, file: Path, at: datetime, keys: Keys = NO_KEYS) -> Replacement:
    """Put a verified backup in the place of the database, which must not be open anywhere.

    It stays under its passphrase, or plain. Where that isn't known, it is as the backup then.

    Whatever has the database's name, and the logs beside it, is moved into a folder among the backups. Where
    it is broken off, all is there, under one name or the other. Raises ``Refused`` where the file is no sound
    backup.
    """
    with translated_errors(str(path)):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            own = keys.key_of(file)
            key, is_known = _present_key(path, own, keys)
            is_new = not is_known and (key is not None or _was_sealed(path))
            with backups.opened(file, keys) as (backup, source), _named_in_failures(path):
                if key == own:
                    _copy(source, part, key)
                else:
                    write_copy(source, part, key)
            backups.to_disk(part)
            _keep_drafts(path, part, keys)
            kept, moved = _put_aside(path, at)
            try:
                part.replace(path)
            except OSError:
                for place, aside in moved.items():
                    aside.rename(place)
                raise
            backups.to_disk(path.parent)
            opening.remember(path, entered=True)
            opening.suspect(path, is_damaged=False)
        finally:
            discard(part)
    return Replacement(backup, kept, key, is_new)


@contextlib.contextmanager
def _named_in_failures(path: Path) -> Iterator[None]:
    """What fails as the copy is written is told of the file whose place it takes."""
    try:
        yield
    except (apsw.FullError, apsw.IOError) as error:
        sentence = refusal(error, str(path))
        if sentence is None or getattr(error, "extendedresult", None) in READS:
            raise
        raise sentence from error


def _present_key(path: Path, other: Key | None, keys: Keys) -> tuple[Key | None, bool]:
    """The key that the database is to keep, and whether it had that; the ``other`` where nobody knows."""
    checks = Note(path).checks()
    told = (each for each in keys if checks.get(each.salt) == each.check)
    key = keys.key_of(path) or next(told, None)
    if key is not None:
        return key, True
    with contextlib.suppress(apsw.Error, OSError):
        if not checks and read_head(path, len(MAGIC)) == MAGIC:
            return None, True
    return other, False


def _was_sealed(path: Path) -> bool:
    return bool(Note(path).checks()) or opening.salt_of(path) is not None


def _copy(source: apsw.Connection, part: Path, key: Key | None) -> None:
    copy = connected(str(part), apsw.SQLITE_OPEN_READWRITE, key)
    try:
        with copy.backup("main", source, "main") as copying:
            copying.step()
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()


def _keep_drafts(path: Path, part: Path, keys: Keys) -> None:
    """What was typed and not saved survives, and whose calendar is kept, as far as it can be read."""
    with contextlib.suppress(apsw.Error, OSError):
        key = opening.key_of_damaged(path, keys)
        into = connected(str(part), apsw.SQLITE_OPEN_READWRITE, keys.key_of(part))
        try:
            carry_drafts(path, key, into)
        finally:
            into.close()


def _put_aside(path: Path, at: datetime) -> tuple[Path | None, dict[Path, Path]]:
    """Move the database and what is beside it, into a folder of its own among the backups.

    Where the database was a link, what is beside that would be its log once a file has the name. Gives the
    folder, and where each file has gone.
    """
    own = (path.with_name(f"{path.name}{ending}") for ending in opening.ENDINGS)
    there = [each for each in dict.fromkeys((path, *opening.beside(path), *own)) if os.path.lexists(each)]
    there += [each for each in opening.files_in(path.parent) if opening.is_former_log(each, path)]
    if not there:
        return None, {}
    kept = free_name(backups_folder(path) / f"kept-{at.astimezone(UTC):%Y-%m-%d-%H%M%S}")
    backups.make_folder(kept.parent)
    kept.mkdir(mode=0o700)
    moved = {}
    for each in there:
        moved[each] = each.rename(free_name(kept / each.name))
    with contextlib.suppress(OSError):
        backups.to_disk(kept)
    return kept, moved
