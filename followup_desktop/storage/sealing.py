"""What was kept aside, and would lie plain beside data that are under a passphrase, is packed under it.

What was kept aside may be damaged, so that it can't be encrypted as a database. All files of a folder go, as
they are, into one encrypted database of bytes, ``kept-….sealed``, and come out of it with the passphrase.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import apsw

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.storage import backups, opening
from followup_desktop.storage.cipher import Key, Keys, connected, looks_sealed
from followup_desktop.storage.failures import translated_errors
from followup_desktop.storage.leftovers import discard
from followup_desktop.storage.pages import SEALED_PAGE, first_frame, read_head

ENDING = ".sealed"
_KEPT = "kept-"
_TO_WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def has_work(path: Path, key: Key | None, keys: Keys) -> bool:
    """Whether anything that was kept aside is not yet as the database is, under its passphrase or plain."""
    if key is None:
        return any(True for _packed in _packed_files(path))
    return bool(_plain(path)) or any(keys.key_of(each) != key for each in _packed_files(path))


def renew(path: Path, key: Key | None, keys: Keys, is_cancelled: Callable[[], bool] = bool) -> list[Path]:
    """Pack all that was kept aside of a database under its key, or unpack it if it is plain.

    What couldn't be is given back, and is as it was. Nothing is deleted before it was found in its new place;
    what is broken off goes on with the next call.
    """
    left: list[Path] = []
    for file in _packed_files(path):
        if is_cancelled():
            raise apsw.InterruptError
        try:
            if key is None:
                _unpack(file, keys)
            elif keys.key_of(file) != key:
                _write(file, _read(file, keys), key)
        except Refused:
            left.append(file)
    if key is None:
        return left
    for folder, files in _plain(path).items():
        if is_cancelled():
            raise apsw.InterruptError
        try:
            _pack(folder, files, key, keys)
        except Refused:
            left.append(folder)
    return left


def _packed_files(path: Path) -> list[Path]:
    return sorted(each for each in opening.files_in(opening.backups_folder(path)) if each.suffix == ENDING)


def _plain(path: Path) -> Mapping[Path, list[Path]]:
    """The files that were kept aside and can be read, by the folder that they are packed as."""
    folder = opening.backups_folder(path)
    found: dict[Path, list[Path]] = {}
    with contextlib.suppress(OSError):
        for kept in sorted(each for each in folder.iterdir() if each.name.startswith(_KEPT)):
            if kept.is_dir() and not kept.is_symlink():
                files = [each for each in opening.files_in(kept) if each.is_file()]
                if any(map(_is_plain, files)):
                    found[kept] = files
    logs = [each for each in opening.files_in(path.parent) if opening.is_former_log(each, path)]
    if any(map(_is_plain, logs)):
        found[folder / f"{_KEPT}logs"] = logs
    return found


def _is_plain(file: Path) -> bool:
    """Whether anything could be read in this file, which may be a database, its log, or anything."""
    try:
        size = file.stat().st_size
        log = first_frame(file) if "-wal" in file.name else None
        if not size or "-shm" in file.name:
            return False
        if log is not None:
            return not looks_sealed(log.page, len(log.page))
        return not looks_sealed(read_head(file, SEALED_PAGE), size)
    except (apsw.Error, OSError):
        return True


def _pack(folder: Path, files: list[Path], key: Key, keys: Keys) -> None:
    target = folder.with_name(f"{folder.name}{ENDING}")
    with translated_errors(str(folder)):
        # A pack that is there already was broken off while the files went one by one.
        contents = dict(_read(target, keys)) if target.exists() else {}
        for file in files:
            content, name, number = file.read_bytes(), file.name, 2
            while contents.get(name, content) != content:
                name, number = f"{file.name}-{number}", number + 1
            contents[name] = content
        _write(target, contents, key)
        for file in files:
            file.unlink()
        with contextlib.suppress(OSError):
            folder.rmdir()


def _unpack(file: Path, keys: Keys) -> None:
    folder = file.with_suffix("")
    with translated_errors(str(file)):
        contents = _read(file, keys)
        folder.mkdir(mode=0o700, exist_ok=True)
        for name, content in contents.items():
            target = folder / Path(name).name
            if target.exists() and target.read_bytes() == content:
                continue
            with os.fdopen(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as writing:
                writing.write(content)
                writing.flush()
                os.fsync(writing.fileno())
            if target.read_bytes() != content:
                raise _damaged(file)
        backups.to_disk(folder)
        file.unlink()


def _read(file: Path, keys: Keys) -> dict[str, bytes]:
    """The files in a pack, by their names. Raises ``Refused``."""
    key = keys.key_of(file)
    if key is None:
        raise _damaged(file)
    with translated_errors(str(file)), _opened(file, key, apsw.SQLITE_OPEN_READONLY) as connection:
        return {str(name): bytes(content) for name, content in connection.execute("SELECT * FROM kept")}


def _write(target: Path, contents: Mapping[str, bytes], key: Key) -> None:
    """Write a pack, and look whether all is in it before it takes its name. Raises ``Refused``."""
    part = target.with_name(f"{target.name}.{os.getpid()}{opening.PARTIAL}")
    with translated_errors(str(target)):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with _opened(part, key, _TO_WRITE) as connection:
                connection.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT")
                connection.executemany("INSERT INTO kept VALUES (?, ?)", contents.items())
            if _read(part, Keys(key)) != contents:
                raise _damaged(target)
            backups.to_disk(part)
            part.replace(target)
            backups.to_disk(target.parent)
        finally:
            discard(part)


@contextlib.contextmanager
def _opened(file: Path, key: Key, flags: int) -> Iterator[apsw.Connection]:
    connection = connected(str(file), flags, key)
    try:
        yield connection
    finally:
        connection.close()


def _damaged(file: Path) -> Refused:
    return Refused(_("{file} can't be read. It's left as it is.").format(file=file))
