"""A disk that can't be read or written is said to be that, and never called damage."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.storage import opening
from followup_desktop.storage.backups import Why, verify
from followup_desktop.storage.cipher import Keys, derive
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import damaged, refusal
from followup_desktop.storage.store import Store
from tests.desktop.conftest import is_missing
from tests.storage.conftest import NOW, put_acme
from tests.tables import tabled

WORDS = "vier Wörter, kein Reim"


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


def test_one_read_that_fails_is_never_called_damage_whatever_reads(file: Path, disk: FailingDisk) -> None:
    """SQLite tells it as a page that is damaged; the next look finds nothing."""
    store = Store(open_database(file))
    put_acme(store)
    with store.transaction("Add more than SQLite keeps in memory") as t:
        for number in range(200):
            t.put_contact(Contact(id=f"n{number}", name="Ana Ruiz", notes="x" * 12_000))
    store.close()
    disk.as_system = True
    target = file.with_name("backup.sqlite3")

    def deeds() -> dict[str, Callable[[], object]]:
        return {
            "check": store.check_file,
            "look": store.check_sound,
            "read": store.all_contacts,
            "backup": lambda: store.make_backup(target, Why.ASKED),
            "verify": lambda: verify(target),
        }

    told = set()
    for name in deeds():
        store = Store(open_database(file))
        disk.failing = disk.reads = 0
        deeds()[name]()
        needed = disk.reads
        store.close()
        for number in range(1, needed + 1, max(1, needed // 12)):
            store = Store(open_database(file))
            disk.failing, disk.reads = number, 0
            try:
                deeds()[name]()
            except Refused as refused:
                assert "damaged" not in str(refused), (name, number)
                assert "Check the disk" in str(refused), (name, number)
                assert str(target) not in str(refused) or target.exists(), (name, number)
                told.add(name)
            disk.failing = 0
            assert store.why_damaged() is None
            store.close()
    assert told >= {"check", "look", "read", "backup"}


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


@tabled(
    "error, words",
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
@pytest.mark.parametrize(
    "is_sealed", [False, pytest.param(True, marks=pytest.mark.journey)], ids=["plain", "sealed"]
)
@pytest.mark.parametrize("is_crashed", [False, True], ids=["closed", "crashed"])
def test_a_disk_without_room_for_the_index_of_the_log_is_read_all_the_same(
    file: Path, is_crashed: bool, is_sealed: bool
) -> None:
    key = derive(WORDS) if is_sealed else None
    store = Store(open_database(file))
    if key is not None:
        store.put_under_key(key)
    put_acme(store)
    files = [file, Path(f"{file}-wal")] if is_crashed else [file]
    if not is_crashed:
        store.close()
    told = file.with_name("passphrase")
    told.write_text(WORDS)
    script = """
        mount -t tmpfs -o mode=0700,size=800k tmpfs "$1" || exit 77
        small=$1; shift; python=$1; shift; told=$1; shift; copy=$1; shift
        for each; do cp "$each" "$small/followup.db${each##*.sqlite3}"; done
        head -c 1M /dev/zero > "$small/fill" 2>/dev/null
        run() { FOLLOWUP_DATA_DIR=$small "$python" -m followup_desktop --passphrase-file "$told" "$@"; }
        run due --all || exit 2
        run check || exit 3
        run backup "$copy" || exit 4
        run add "Globex, Cook" && exit 5
        rm "$small/fill"
        run check || exit 6
    """
    small, copy = file.parent / "small", file.parent / "copy.sqlite3"
    small.mkdir()
    own = () if os.getuid() == 0 else ("--map-root-user",)
    words = map(str, (small, sys.executable, told, copy, *files))
    done = subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", script, "sh", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"},
    )
    store.close()
    if "unshare:" in done.stderr or done.returncode == 77:
        is_missing("nothing can be mounted here")
    assert done.returncode == 0, done.stderr
    assert done.stderr == (
        f"followup-desktop: The disk with {small / 'followup.db'} is full, so nothing was changed. "
        "Free up some space and try again.\n"
    )
    assert done.stdout.count("is sound: 1 application") == 2
    keys = Keys() if key is None else Keys(key)
    assert verify(copy, keys).rows["application"] == 1
    assert opening.is_plain(copy) is (key is None)


@pytest.mark.skipif(sys.platform != "linux", reason="needs small file systems of its own")
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
def test_nothing_is_needed_of_another_disk_to_read_where_nothing_can_be_written(
    file: Path, is_sealed: bool
) -> None:
    key = derive(WORDS) if is_sealed else None
    store = Store(open_database(file))
    if key is not None:
        store.put_under_key(key)
    put_acme(store)
    store.make_backup(file.parent / "backups" / "one.sqlite3", Why.DAILY, NOW)
    told = file.with_name("passphrase")
    told.write_text(WORDS)
    script = """
        python=$1; told=$2; file=$3
        mount -t tmpfs -o mode=0700,size=4m tmpfs /mnt || exit 77
        mkdir -m 0700 /mnt/data && cd /mnt/data && cp "$told" /mnt/told || exit 2
        cp -r "$file" "$file-wal" "${file%/*}/backups" . && mv followup.sqlite3 followup.db &&
            mv followup.sqlite3-wal followup.db-wal || exit 2
        mount -o remount,ro /mnt && mount -t tmpfs -o size=4k tmpfs /dev/shm || exit 77
        head -c 1M /dev/zero > /dev/shm/fill 2>/dev/null
        FOLLOWUP_DATA_DIR=$PWD "$python" -m followup_desktop --passphrase-file /mnt/told check || exit 4
    """
    own = () if os.getuid() == 0 else ("--map-root-user",)
    done = subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", script, "sh", sys.executable, str(told), str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8", "TMPDIR": "/dev/shm"},
    )
    store.close()
    if "unshare:" in done.stderr or done.returncode == 77:
        is_missing("nothing can be mounted here")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("is sound: 1 application") == 2


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
