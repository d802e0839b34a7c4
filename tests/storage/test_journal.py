"""A journal beside a database is brought into it only where it is its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.storage import opening
from followup_desktop.storage.cipher import Key, Keys, connected, give_key, write_copy
from followup_desktop.storage.database import open_database, open_to_read
from followup_desktop.storage.failures import Unusable
from followup_desktop.storage.file_ways import taking_keys
from followup_desktop.storage.journal import is_hot
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, KEY, NOW, put_acme
from tests.storage.test_opening import begun, contents

posix = pytest.mark.skipif(sys.platform == "win32", reason="the files are those of POSIX")
SEALED = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "passphrase"])
READ_AND_WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI


class _Watched(apsw.VFSFile):
    def __init__(self, look: Callable[[], None], name: Any, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self._look = look

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self._look()
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._look()
        super().xTruncate(newsize)


class _Watch(apsw.VFS):
    """The system's files, looked at before each change: as they are then a kill would leave them."""

    NAME = "watched-files"

    def __init__(self) -> None:
        self.look: Callable[[], None] = lambda: None
        super().__init__(self.NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _Watched(self.look, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.look()
        super().xDelete(filename, syncdir)


@cache
def watch() -> _Watch:
    """The one for this process: the way that takes keys is made over it and stays."""
    return _Watch()


@contextmanager
def moments(file: Path, key: Key | None) -> Iterator[tuple[apsw.Connection, list[tuple[bytes, bytes]]]]:
    """A connection, and the file with its journal as they were before each change, where it has a hot one."""
    found: list[tuple[bytes, bytes]] = []
    journal = Path(f"{file}-journal")

    def look() -> None:
        if is_hot(journal):
            found.append((file.read_bytes(), journal.read_bytes()))

    watch().look = look
    connection = apsw.Connection(str(file), vfs=taking_keys(_Watch.NAME))
    try:
        give_key(connection, key)
        connection.pragma("synchronous", "full")
        yield connection, found
    finally:
        connection.close()
        watch().look = lambda: None


def made(file: Path, key: Key | None, mode: str) -> None:
    plain = file.with_name("plain.db")
    begun(plain)
    source = connected(str(plain), READ_AND_WRITE, None)
    write_copy(source, file, key)
    source.close()
    copy = connected(str(file), READ_AND_WRITE, key)
    copy.pragma("journal_mode", mode)
    copy.close()


def change(connection: apsw.Connection) -> None:
    """A migration, in kind: more than memory may hold, written before the schema is changed."""
    connection.pragma("cache_size", 10)
    with connection:
        connection.execute("CREATE TABLE more (text)")
        connection.executemany("INSERT INTO more VALUES (randomblob(?))", [(3000,)] * 40)
    with connection:
        connection.execute("UPDATE more SET text = randomblob(3000)")
        connection.execute("ALTER TABLE more ADD COLUMN other")
        connection.execute("DROP TABLE more")
        connection.pragma("user_version", next(connection.execute("PRAGMA user_version"))[0])


DEEDS: dict[str, tuple[str, Callable[[apsw.Connection], object]]] = {
    "migration": ("delete", change),
    "begin of a log": ("delete", lambda connection: connection.pragma("journal_mode", "wal")),
    "end of a log": ("wal", lambda connection: connection.pragma("journal_mode", "delete")),
}


def sealed_or_not(key: Key | None) -> Keys:
    return Keys() if key is None else Keys(key)


@posix
@SEALED
@pytest.mark.parametrize("deed", DEEDS)
def test_whenever_the_program_is_killed_its_journal_is_brought_in(
    file: Path, key: Key | None, deed: str
) -> None:
    file.parent.mkdir()
    mode, do = DEEDS[deed]
    made(file, key, mode)
    with moments(file, key) as (connection, found):
        do(connection)
    assert len(found) > 1
    for content, journal in found:
        file.write_bytes(content)
        Path(f"{file}-journal").write_bytes(journal)
        opening.check_journal(file, sealed_or_not(key))
    store = Store(open_database(file, keys=sealed_or_not(key)))
    assert store.application("a1") is not None
    store.close()


def foreign_journal(file: Path, key: Key | None, mode: str) -> bytes:
    """The journal of the same data, as a program left it that changed them another way."""
    other = file.parent.parent / "another" / file.name
    other.parent.mkdir()
    shutil.copyfile(file, other)
    connection = connected(str(other), READ_AND_WRITE, key)
    for _ in range(2):
        with connection:
            connection.execute("UPDATE application SET notes = notes || 'older'")
    connection.close()
    with moments(other, key) as (watched, found):
        DEEDS["migration" if mode == "delete" else "end of a log"][1](watched)
        watched.pragma("journal_mode", "delete")
        change(watched)
    return found[-1][1]


ANOTHERS = "another's"
NO_JOURNALS: dict[str, Callable[[bytes], bytes]] = {
    ANOTHERS: lambda journal: journal,
    "another's without pages": lambda journal: journal[:8] + bytes(4) + journal[12:512],
    "noise": lambda journal: b"noise" * (len(journal) // 5),
    "a header alone": lambda journal: journal[:8] + b"noise" * 100,
    "part of several": lambda journal: journal[:512] + b"/other\0\0\0" + journal[:8],
}


@posix
@SEALED
@pytest.mark.parametrize(
    ("what", "mode"), [*((what, "wal") for what in NO_JOURNALS), ("another's", "delete")]
)
def test_one_that_isnt_its_own_is_named_and_nothing_is_changed(
    file: Path, key: Key | None, mode: str, what: str
) -> None:
    file.parent.mkdir()
    made(file, key, mode)
    journal = Path(f"{file}-journal")
    journal.write_bytes(NO_JOURNALS[what](foreign_journal(file, key, mode)))
    before = contents(file.parent)
    for _ in range(2):
        with pytest.raises(Unusable, match=f"{journal.name} isn't the journal of .*, or is damaged"):
            open_database(file, keys=sealed_or_not(key))
        assert contents(file.parent) == before
    journal.rename(file.parent / "aside")
    store = Store(open_database(file, keys=sealed_or_not(key)))
    assert store.application("a1") is not None
    store.close()


@posix
@SEALED
def test_what_is_in_the_database_beside_it_is_saved(file: Path, key: Key | None) -> None:
    file.parent.mkdir()
    made(file, key, "wal")
    Path(f"{file}-journal").write_bytes(foreign_journal(file, key, "wal"))
    saved = salvage(file, file.parent / "saved.sqlite3", NOW, sealed_or_not(key), lambda _found: False)
    assert saved.rows["application"] == 1


@posix
@pytest.mark.parametrize("is_damaged", [False, True], ids=["sound", "damaged"])
def test_one_that_sqlite_doesnt_look_at_switches_no_check_off_and_goes(file: Path, is_damaged: bool) -> None:
    """A page stands in it as it was, perhaps plain where the file is encrypted by now."""
    file.parent.mkdir()
    made(file, None, "wal")
    if is_damaged:
        with file.open("r+b") as writing:
            writing.seek(60)
            writing.write(bytes((0, 0, 7, 255)))
    journal = Path(f"{file}-journal")
    journal.write_bytes(bytes(512) + b"\0\0\0\1" + file.read_bytes()[:4096] + b"abcd")
    before = contents(file.parent)
    if is_damaged:
        with pytest.raises(Refused, match="newer version"):
            open_database(file)
        assert contents(file.parent) == before
        return
    open_database(file).close()
    assert not journal.exists()


@posix
def test_one_that_sqlite_doesnt_look_at_hides_no_damage_of_the_log(file: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    for number in range(6):
        with store.transaction("Edit") as t:
            t.put_contact(Contact(id=f"n{number}", name="Ana Ruiz", notes="x" * 20_000))
    crashed = shutil.copytree(file.parent, file.parent.with_name("crashed")) / file.name
    store.close()
    Path(f"{crashed}-shm").unlink()
    with Path(f"{crashed}-wal").open("r+b") as log:
        log.seek(log.seek(0, 2) // 2)
        log.write(b"noise" * 60)
    Path(f"{crashed}-journal").write_bytes(bytes(1000))
    with pytest.raises(Unusable, match="is damaged, and what you entered last is in it"):
        open_database(crashed)


@posix
@SEALED
def test_what_was_broken_off_is_not_read_as_it_lies_there(file: Path, key: Key | None) -> None:
    """Where the disk is full or can't be written to, nobody can bring the journal in; that is no damage."""
    file.parent.mkdir()
    made(file, key, "delete")
    with moments(file, key) as (connection, seen):
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE other (a)")
        connection.execute("DELETE FROM event")
        connection.execute("COMMIT")
        changed, journal = next((data, log) for data, log in reversed(seen) if log and log[0])
    file.write_bytes(changed)
    Path(f"{file}-journal").write_bytes(journal)
    before = contents(file.parent)
    with pytest.raises(Refused, match="has to be undone before it can be read"):
        open_to_read(file, keys=sealed_or_not(key))
    assert contents(file.parent) == before
    store = Store(open_database(file, keys=sealed_or_not(key)))
    assert store.application("a1") == ACME
    store.close()
