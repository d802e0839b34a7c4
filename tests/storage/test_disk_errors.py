"""A disk that can't be read or written is said to be that, and never called damage."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.storage.backups import Why, verify
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import damaged, refusal
from followup_desktop.storage.store import Store
from tests.desktop.conftest import is_missing
from tests.storage.conftest import put_acme


class FailingDisk(apsw.VFS):
    """The system's own files, of which one read fails: that of number ``failing``, and ``all_after`` it.

    What the system says with ``EIO`` is ``SQLITE_IOERR_CORRUPTFS`` to SQLite, and damage to who asked it.
    """

    def __init__(self) -> None:
        self.failing = 0
        self.all_after = False
        self.as_system = False
        self.reads = 0
        super().__init__("failing disk", "", makedefault=True)

    def xOpen(self, name: object, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        disk = self

        class File(apsw.VFSFile):
            def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
                disk.reads += 1
                if disk.reads == disk.failing or (disk.all_after and 0 < disk.failing < disk.reads):
                    error = apsw.IOError("the disk does not answer")
                    if disk.as_system:
                        error.extendedresult = apsw.SQLITE_IOERR_CORRUPTFS  # type: ignore[attr-defined]
                    raise error
                return super().xRead(amount, offset)

        return File("unix", name, flags)  # type: ignore[arg-type]


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    before = apsw.vfs_names()[0]
    disk = FailingDisk()
    yield disk
    apsw.set_default_vfs(before)
    disk.unregister()


def test_a_read_that_fails_at_the_opening_is_not_called_damage(file: Path, disk: FailingDisk) -> None:
    store = Store(open_database(file))
    put_acme(store)
    store.close()
    disk.reads = 0
    store = Store(open_database(file))
    needed = disk.reads
    store.close()
    assert needed > 10
    for number in range(1, needed + 1):
        disk.failing, disk.reads = number, 0
        with pytest.raises(Refused) as refused:
            Store(open_database(file))
        assert "damaged" not in str(refused.value), number
        assert "Check the disk" in str(refused.value), number
    disk.failing = 0
    again = Store(open_database(file))
    assert again.application("a1").employer == "Acme"
    again.close()


def test_a_disk_that_fails_as_the_system_says_it_is_not_called_damage(file: Path, disk: FailingDisk) -> None:
    """At the opening, at any read, and at a read or check while it is open; the same of a backup."""
    store = Store(open_database(file))
    put_acme(store)
    with store.transaction("Add more than SQLite keeps in memory") as t:
        for number in range(400):
            t.put_contact(Contact(id=f"n{number}", name="Ana Ruiz", notes="x" * 12_000))
    backup = store.make_backup(file.with_name("backup.sqlite3"), Why.ASKED).file
    store.close()
    disk.reads, disk.as_system, disk.all_after = 0, True, True
    store = Store(open_database(file))
    assert disk.reads > 10
    verify(backup)
    disk.failing, disk.reads = 1, 0
    for act in (store.all_contacts, store.check_sound, store.check_file, lambda: verify(backup)):
        with pytest.raises(Refused, match="Check the disk"):
            act()
    disk.failing = 0
    assert len(store.all_contacts()) == 402
    store.check_file()
    store.close()
    for number in range(1, 11):
        disk.failing, disk.reads = number, 0
        with pytest.raises(Refused, match="Check the disk"):
            Store(open_database(file))


def test_what_follows_of_a_disk_error_does_not_hide_it() -> None:
    damage = apsw.CorruptError("database disk image is malformed")
    damage.__context__ = apsw.IOError("disk I/O error")
    assert "Check the disk" in str(refusal(damage, "followup.db"))


def test_a_save_whose_sync_fails_is_not_said_to_have_changed_nothing() -> None:
    unsynced = apsw.IOError("disk I/O error")
    unsynced.extendedresult = apsw.SQLITE_IOERR_FSYNC  # type: ignore[attr-defined]
    said = str(refusal(unsynced, "followup.db"))
    assert "nothing was changed" not in said
    assert "may be there at the next start" in said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "is full"),
        (OSError(errno.EIO, "x"), "Check the disk"),
        (OSError(errno.EROFS, "x"), "can't be written"),
        (PermissionError(errno.EACCES, "x"), "Check the permissions"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links"), "Too many levels of symbolic links"),
    ],
)
def test_errors_of_the_system_have_their_sentences(error: Exception, words: str) -> None:
    assert words in str(refusal(error, "followup.db"))


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small file system of its own")
def test_a_disk_without_room_for_the_index_of_the_log_is_said_to_be_full(file: Path) -> None:
    Store(open_database(file)).close()
    script = """
        mount -t tmpfs -o mode=0700,size=400k tmpfs "$2" || exit 77
        cp "$1" "$2/followup.db"
        head -c 1M /dev/zero > "$2/fill" 2>/dev/null
        FOLLOWUP_DATA_DIR=$2 "$3" -m followup_desktop due
        status=$?
        rm "$2/fill"
        FOLLOWUP_DATA_DIR=$2 "$3" -m followup_desktop check || exit 1
        exit $status
    """
    small = file.parent / "small"
    small.mkdir()
    own = () if os.getuid() == 0 else ("--map-root-user",)
    done = subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", script, "sh", str(file), str(small), sys.executable],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"},
    )
    if "unshare:" in done.stderr or done.returncode == 77:
        is_missing("nothing can be mounted here")
    assert done.stderr == (
        f"followup-desktop: The disk with {small / 'followup.db'} is full, so nothing was changed. "
        "Free up some space and try again.\n"
    )
    assert "is sound" in done.stdout
    assert done.returncode == 1


def fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_as_that_while_a_damaged_file_is_dealt_with() -> None:
    try:
        try:
            raise damaged("followup.db") from apsw.CorruptError("database disk image is malformed")
        except Refused:
            fill_the_disk()
    except OSError as error:
        told = refusal(error, "saved.sqlite3")
    assert "The disk with saved.sqlite3 is full" in str(told)
