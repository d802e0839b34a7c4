"""A disk that fails at its n-th read, write, sync or truncation: a failing one, a full one, a loss of power.

``python -m tests.faulty_disk`` does a scripted session once for every such operation and each way of failing,
and looks each time whether anything acknowledged was lost. ``--synchronous off`` has to be found by it.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import apsw
from peewee import OperationalError

from followup_desktop.domain.errors import Refused
from followup_desktop.services.backups import Backups
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage import backups
from followup_desktop.storage.cipher import SALT, Key, Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.file_ways import taking_keys
from followup_desktop.storage.soundness import is_sound
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, KEY, NOW, put_acme

OTHER = Key(bytes(range(16, 32)), bytes(32))


class Way(StrEnum):
    """How the disk fails."""

    IO_ERROR = "io-error"
    """This operation alone fails."""
    FULL = "full"
    """From this one on nothing can be written, until there is room again."""
    SHORT = "short"
    """Of this write only the first half comes to the disk."""
    POWER = "power"
    """The computer is off from here on; of what was not synced, some came to the disk and some did not."""
    UNREADABLE = "unreadable"
    """This read alone fails, as the system's files say it: to SQLite that is damage."""
    SHORT_READ = "short-read"
    """Of this read only the first half comes, and the disk fails as SQLite asks for the rest.

    It does so until there is nothing left to read; a file that ends there was cut off by somebody.
    """
    SEVERAL = "several"
    """This operation fails, and so do some that follow, as whoever puts things right again meets them."""


IN_A_ROW = 6
"""So many operations fail where several do."""
READS = (Way.UNREADABLE, Way.SHORT_READ)
"""The ways in which the reads are counted, and not what is written."""


class FaultyDisk(apsw.VFS):
    """The system's own files, with a count of what is written; ``failing`` is the number of what fails."""

    NAME = "faulty-disk"

    def __init__(self) -> None:
        super().__init__(self.NAME, "")
        self.begin()

    def begin(self) -> None:
        """Be well, and have nothing counted."""
        self.way = Way.IO_ERROR
        self.failing = 0
        self.count = 0
        self.is_off = False
        self.failed = ""
        """The kind of the operation that failed first."""
        self.keeps_log = False
        """Whether no log can be deleted."""
        self.is_watched = False
        """Reads of the one who looks at what there is don't count, and don't fail."""
        self.unsynced: dict[str, list[tuple[int, bytes, int]]] = {}
        """By file, what stood where something was written since the last sync, and the file's size then."""

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(self, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        is_log = filename.endswith("-wal")
        try:
            self.may_write("deletion")
        except (apsw.FullError, apsw.IOError):
            if is_log:  # SQLite doesn't look what comes of that, but an error of ours would be heard of
                return
            raise
        if is_log and self.keeps_log:
            return
        super().xDelete(filename, syncdir)

    def may_read(self) -> None:
        """Count one read. Raises what SQLite is told where it fails."""
        if self.way not in READS or self.is_watched:
            return
        self.count += 1
        if self.count == self.failing:
            error = apsw.IOError("the disk can't be read")
            is_short = self.way is Way.SHORT_READ
            told = apsw.SQLITE_IOERR_READ if is_short else apsw.SQLITE_IOERR_CORRUPTFS
            error.extendedresult = told  # type: ignore[attr-defined]
            raise error

    def may_write(self, kind: str) -> bool:
        """Count one operation; whether it is done in part only. Raises what SQLite is told where it fails."""
        if self.is_off:
            raise apsw.IOError("the power is off")
        if self.way in READS or self.is_watched:
            return False
        self.count += 1
        if not self.failing or self.count < self.failing:
            return False
        self.failed = self.failed or kind
        if self.way is Way.FULL and kind not in {"truncate", "deletion"}:
            raise _not_synced() if kind == "sync" else apsw.FullError("no room")
        if self.count >= self.failing + (IN_A_ROW if self.way is Way.SEVERAL else 1):
            return False
        if self.way is Way.POWER:
            self.is_off = True
        if self.way is Way.SHORT and kind == "write":
            return True
        raise _not_synced() if kind == "sync" else apsw.IOError("the disk failed")

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Within it all can be read, and written."""
        self.is_watched = True
        try:
            yield
        finally:
            self.is_watched = False

    def lose_power(self, chance: random.Random) -> None:
        """Leave the files as they are found afterwards, and the disk well."""
        for name, written in self.unsynced.items():
            with suppress(FileNotFoundError), Path(name).open("r+b") as file:
                for offset, before, size in reversed(written):
                    if chance.random() < 0.7:
                        file.seek(offset)
                        file.write(before)
                        if size <= offset:
                            file.truncate(size)
            Path(f"{name.removesuffix('-wal')}-shm").unlink(missing_ok=True)
        self.unsynced.clear()
        self.is_off, self.failing = False, 0


class _File(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, path: str | None, name: Any, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self._disk = disk
        self._path = path or ""

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._disk.may_read()
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        in_part = self._disk.may_write("write")
        self._note(offset, len(data))
        if in_part:
            super().xWrite(bytes(data)[: len(data) // 2], offset)
            raise apsw.IOError("half of it was written")
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.may_write("truncate")
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.may_write("sync")
        super().xSync(flags)
        self._disk.unsynced.pop(self._path, None)

    def _note(self, offset: int, count: int) -> None:
        size = super().xFileSize()
        held = max(0, min(count, size - offset))
        before = super().xRead(held, offset) if held else b""
        self._disk.unsynced.setdefault(self._path, []).append((offset, before, size))


@cache
def _disk() -> FaultyDisk:
    """The one for this process: the way that takes keys is made over it, and stays."""
    disk = FaultyDisk()
    apsw.Connection(":memory:", vfs=taking_keys(disk.NAME)).close()
    return disk


@contextmanager
def faulty_disk() -> Iterator[FaultyDisk]:
    """The disk of every database that is opened within, and of every file that is synced or renamed."""
    before = apsw.vfs_names()[0]
    disk = _disk()
    disk.begin()

    def failing(kind: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def done(*values: Any, **named: Any) -> Any:
            try:
                disk.may_write(kind)
            except (apsw.FullError, apsw.IOError) as error:
                number = errno.ENOSPC if isinstance(error, apsw.FullError) else errno.EIO
                raise OSError(number, os.strerror(number)) from None
            return does(*values, **named)

        return done

    apsw.set_default_vfs(taking_keys(disk.NAME))
    try:
        with (
            mock.patch.object(os, "fsync", failing("file sync", os.fsync)),
            mock.patch.object(os, "replace", failing("rename", os.replace)),
        ):
            yield disk
    finally:
        apsw.set_default_vfs(before)


@dataclass(slots=True)
class Session:
    """A scripted session on one database: what it does, and the sums over what was acknowledged."""

    disk: FaultyDisk
    database: Path
    synchronous: str = "full"
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_first: int | None = None
    """Which of the deeds was the first to be refused."""
    lies: list[str] = field(default_factory=list)
    """What was said to have changed nothing, though the file has another passphrase since."""

    def live(self) -> None:
        """Open it, and do one thing after another; what is refused is noted."""
        store = Store(open_database(self.database))
        try:
            Planner(store)
            store._database.connection.pragma("synchronous", self.synchronous)
            keeper = Backups(store, store.backups_folder, lambda: NOW, Wording())
            for deed in self._deeds(store, keeper):
                before = self.database.read_bytes()[:SALT]
                try:
                    deed()
                except Refused as refused:
                    self.refused.append(str(refused))
                    if _denies(str(refused)) and self.database.read_bytes()[:SALT] != before:
                        self.lies.append(str(refused))
                    if self.refused_first is None:
                        self.refused_first = len(self.acknowledged)
                with self.disk.watched():
                    self.acknowledged.append(store.contents().digest)
        finally:
            # SQLite closes all the same and keeps the log; only a disk written in Python is heard of.
            with suppress(OperationalError):
                store.close()

    def _deeds(self, store: Store, keeper: Backups) -> list[Callable[[], object]]:
        def edit(notes: str) -> None:
            with store.transaction("Edit") as t:
                t.put_contact(replace(ANA, notes=notes))

        return [
            lambda: edit("one" * 3000),
            keeper.make_by_hand,
            lambda: edit("two" * 9000),
            store.history.undo,
            lambda: [keeper.restore(each.file) for each in keeper.found()[0][:1]],
            lambda: edit("three"),
            lambda: store.put_under_key(KEY),
            lambda: edit("four"),
            lambda: store.put_under_key(OTHER),
            store.renew_backups,
            lambda: edit("five"),
            lambda: store.put_under_key(None),
            lambda: edit("six"),
        ]


def prepared(folder: Path) -> Path:
    """A database with an application, closed well."""
    file = folder / "prepared" / "followup.db"
    store = Store(open_database(file))
    Planner(store)
    put_acme(store)
    store.close()
    return file.parent


def fail_at(disk: FaultyDisk, template: Path, way: Way, number: int, synchronous: str = "full") -> list[str]:
    """Do the session with a disk that fails there; what was found wrong afterwards."""
    with tempfile.TemporaryDirectory(prefix="followup-disk-") as holder:
        folder = Path(holder) / "data"
        shutil.copytree(template, folder)
        session = Session(disk, folder / "followup.db", synchronous)
        disk.way, disk.failing, disk.count, disk.failed = way, number, 0, ""
        wrong = []
        try:
            session.live()
        except Refused as refused:
            session.refused.append(str(refused))
        except Exception as error:  # noqa: BLE001 - told as a fault
            wrong.append(f"{type(error).__name__}: {error}")
        disk.failing = 0
        if way is Way.POWER:
            disk.lose_power(random.Random(number))
        disk.unsynced.clear()
        with disk.watched():
            wrong += _wrong(session)
        return [f"{way} at {number}: {what}" for what in wrong]


def _not_synced() -> apsw.IOError:
    """What SQLite's own files tell it, whatever was the reason."""
    error = apsw.IOError("the disk failed")
    error.extendedresult = apsw.SQLITE_IOERR_FSYNC  # type: ignore[attr-defined]
    return error


def _done_all_the_same(session: Session) -> str | None:
    """The sum after the deed that was refused first, if all of it was written and only the sync failed.

    Then nobody knows whether it is on the disk: SQLite finds it there if nothing was written after it.
    """
    if session.disk.failed != "sync" or session.refused_first is None:
        return None
    return _sums_of_a_healthy_session()[session.refused_first]


@cache
def _sums_of_a_healthy_session() -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="followup-disk-") as holder:
        healthy = Session(_disk(), prepared(Path(holder)) / "followup.db")
        healthy.live()
    return tuple(healthy.acknowledged)


def _denies(sentence: str) -> bool:
    return "nothing was changed" in sentence


def _wrong(session: Session) -> list[str]:
    called_damage = [each for each in session.refused if "is damaged and was left" in each]
    found = [f"is called damage: {each}" for each in called_damage]
    found += [f"was changed all the same: {each}" for each in session.lies]
    keys = Keys(KEY, OTHER)
    try:
        store = Store(open_database(session.database, keys=keys))
    except Refused as refused:
        return [*found, f"it doesn't open: {refused}"]
    try:
        if not is_sound(store._database.connection):
            found.append("the database isn't sound")
        present = store.contents().digest
        if session.acknowledged and present not in {session.acknowledged[-1], _done_all_the_same(session)}:
            found.append("something acknowledged was lost")
        if session.acknowledged and present != session.acknowledged[-1]:
            found += [f"was done all the same: {each}" for each in session.refused[:1] if _denies(each)]
        Planner(store)
        stored = store.follow_ups()
        store.replan()
        if store.follow_ups() != stored:
            found.append("the stored plan isn't that of the facts")
        with store.transaction("Go on") as t:  # there is room again
            t.put_application(replace(ACME, notes="on"))
        store.history.undo()
    finally:
        store.close()
    for file in backups.files(session.database.parent / "backups"):
        try:
            backups.verify(file, keys)
        except Refused as refused:
            found.append(str(refused))
    return found


def operations(disk: FaultyDisk, template: Path, way: Way = Way.IO_ERROR) -> int:
    """How many operations the session takes where none fails: what is written, or the reads."""
    assert fail_at(disk, template, way, 0) == []
    return disk.count  # what looks at it afterwards isn't counted


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status is 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each so many-th operation")
    parser.add_argument("--first", type=int, default=1, help="the number of the first of them")
    parser.add_argument(
        "--ways", nargs="+", type=Way, choices=Way, default=list(Way), help="all, if not said"
    )
    parser.add_argument("--synchronous", default="full", help="'off' is to be found, and is")
    options = parser.parse_args(arguments)
    wrong: list[str] = []
    with faulty_disk() as disk, tempfile.TemporaryDirectory(prefix="followup-disk-") as folder:
        template = prepared(Path(folder))
        for way in options.ways:
            count = operations(disk, template, way)
            places = range(options.first, count + 1, options.every)
            found = [
                what
                for number in places
                for what in fail_at(disk, template, way, number, options.synchronous)
            ]
            sys.stdout.writelines(f"{what}\n" for what in found)
            sys.stdout.write(f"{way} at {len(places)} of {count} operations: {len(found)} faults\n")
            sys.stdout.flush()
            wrong += found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
