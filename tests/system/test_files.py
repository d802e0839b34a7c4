"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import socket
import stat
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.system.files import LARGEST, FolderFiles, read_whole, write_whole
from followup_desktop.system.paths import DataPaths

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")


def test_text_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "línea\n")
    write_whole(tmp_path / "b", b"\r\n\xff")
    assert read_whole(tmp_path / "a") == "línea\n".encode()
    assert read_whole(tmp_path / "b") == b"\r\n\xff"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


@posix
def test_a_new_file_is_for_the_user_alone_and_an_older_one_keeps_who_may_read_it(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_whole(target, b"1")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o644)
    write_whole(target, b"2")
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_when_it_fails_the_older_file_stays_and_nothing_lies_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "a"
    write_whole(target, b"older")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((os, "fsync", full) if failing == "fsync" else (Path, "replace", full)))
    with pytest.raises(
        Refused, match=r"can't be written \(No space left on device\); choose another folder\."
    ):
        FolderFiles().write(target, b"newer")
    assert target.read_bytes() == b"older"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_a_crash_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".a.{os.getpid()}.part").write_bytes(b"half")
    write_whole(tmp_path / "a", b"whole")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("target", ["nowhere/a", "folder"])
def test_where_it_can_not_be_written_it_says_so(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match="can't be written"):
        write_whole(tmp_path / target, b"x")
    with pytest.raises(Refused, match=r"can't be read|is a folder"):
        FolderFiles().read(tmp_path / target)


@posix
def test_a_link_is_followed_to_its_target_which_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link, chain = tmp_path / "real" / "a", tmp_path / "link", tmp_path / "chain"
    real.write_bytes(b"older")
    real.chmod(0o640)
    link.symlink_to("real/a")
    chain.symlink_to(link)
    write_whole(chain, b"newer")
    assert (chain.is_symlink(), link.is_symlink(), real.read_bytes()) == (True, True, b"newer")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [each.name for each in real.parent.iterdir()] == ["a"]


@posix
def test_a_link_to_nothing_makes_its_target_and_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    dangling, loop = tmp_path / "dangling", tmp_path / "loop"
    dangling.symlink_to(tmp_path / "new")
    write_whole(dangling, b"x")
    assert (dangling.is_symlink(), (tmp_path / "new").read_bytes()) == (True, b"x")
    loop.symlink_to(loop)
    with pytest.raises(Refused, match="can't be written"):
        write_whole(loop, b"x")
    nowhere = tmp_path / "nowhere"
    nowhere.symlink_to(tmp_path / "missing" / "a")
    with pytest.raises(Refused, match="can't be written"):
        write_whole(nowhere, b"x")
    assert loop.is_symlink()
    assert nowhere.is_symlink()


@posix
def test_a_pipe_is_written_to_and_without_a_reader_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="nothing is reading from this pipe"):
        write_whole(pipe, b"x")
    data = b"0123456789" * 50_000  # more than a pipe holds at once
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        reading_end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # there is a reader, however late cat comes
        try:
            writer = Thread(target=write_whole, args=(pipe, data))
            writer.start()
            assert reader.stdout is not None
            first = reader.stdout.read(1)
        finally:
            os.close(reading_end)
        assert first + reader.stdout.read() == data
        writer.join()
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


@posix
def test_what_is_open_already_is_added_to(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.write(b"before ")
        file.flush()
        write_whole(Path(f"/dev/fd/{file.fileno()}"), b"after")
    assert (tmp_path / "a").read_bytes() == b"before after"


@posix
@pytest.mark.parametrize(("minor", "outcome"), [(3, "written"), (7, "No space left on device")])
def test_a_device_is_written_to_and_stays_one(tmp_path: Path, minor: int, outcome: str) -> None:
    device = tmp_path / "device"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, minor))
        device.open("wb").close()
    except PermissionError:
        device = Path({3: "/dev/null", 7: "/dev/full"}[minor])
    if outcome == "written":
        write_whole(device, b"x")
    else:
        with pytest.raises(Refused, match=outcome):
            write_whole(device, b"x")
    assert stat.S_ISCHR(device.lstat().st_mode)


@posix
def test_a_socket_and_a_disk_are_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        with pytest.raises(Refused, match="a device or a socket"):
            write_whole(tmp_path / "socket", b"x")
        assert stat.S_ISSOCK((tmp_path / "socket").lstat().st_mode)


def test_a_name_as_long_as_can_be(tmp_path: Path) -> None:
    write_whole(tmp_path / ("n" * 255), b"x")
    assert [len(each.name) for each in tmp_path.iterdir()] == [255]


@pytest.fixture
def data(tmp_path: Path) -> DataPaths:
    """A data folder with everything that the program keeps in it."""
    paths = DataPaths(tmp_path / "data")
    paths.backups.mkdir(parents=True)
    paths.database.write_bytes(b"SQLite format 3\0 and so on")
    for name in ("followup.db-wal", "window.ini", "window.lock", "problems.log", "backups/one.sqlite3"):
        (paths.folder / name).write_bytes(b"mine")
    return paths


SPELLINGS: dict[str, Callable[[Path, str], Path]] = {
    "path": lambda folder, name: folder / name,
    "another spelling": lambda folder, name: folder / "backups" / ".." / ".." / "data" / name,
    "another case": lambda folder, name: folder / name.swapcase(),
    "symbolic link": lambda folder, name: linked(Path.symlink_to, folder, name),
    "hard link": lambda folder, name: linked(Path.hardlink_to, folder, name),
    "link to the folder": lambda folder, name: linked(Path.symlink_to, folder, "") / name,
}


def linked(link: Callable[[Path, Path], None], folder: Path, name: str) -> Path:
    place = folder.parent / "elsewhere"
    link(place, folder / name)
    return place


@posix
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    "name",
    ["followup.db", "followup.db-wal", "window.ini", "window.lock", "problems.log", "backups/one.sqlite3"],
)
@pytest.mark.parametrize("known", [True, False], ids=["ours", "another data folder"])
def test_the_program_s_own_files_are_no_target(
    data: DataPaths, spelling: str, name: str, known: bool
) -> None:
    target = SPELLINGS[spelling](data.folder, name)
    if not known and spelling == "hard link" and name != "followup.db":
        return  # nothing tells whose it is
    before = {each: each.read_bytes() for each in data.folder.rglob("*") if each.is_file()}
    with pytest.raises(Refused, match=r"own files; choose another file|belongs to a database"):
        write_whole(target, b"an export", own=data if known else None)
    assert {each: each.read_bytes() for each in data.folder.rglob("*") if each.is_file()} == before


@pytest.mark.parametrize(
    "name", ["followup.db-shm", "followup.db-journal", "followup.state", "backups/new.json"]
)
def test_nor_are_names_of_files_that_are_to_come(data: DataPaths, name: str) -> None:
    with pytest.raises(Refused, match="own files"):
        write_whole(data.folder / name, b"an export", own=data)
    assert not (data.folder / name).exists()


OWN_NAMES = (
    "followup.db",
    "followup.db-wal",
    "followup.db-shm",
    "followup.db-journal",
    "followup.db-wal.of-the-former",
    "followup.db-shm-2.of-the-former",
    "followup.state",
    "window.ini",
    "window.ini.lock",
    "window.lock",
    "problems.log",
    "backups/2026-10-14.sqlite3",
    "Followup.DB-wal",
)


@pytest.mark.parametrize(
    "trace",
    [
        "followup.db",
        "followup.db-wal",
        "followup.db-journal",
        "followup.db-wal.of-the-former",
        "followup.state",
        "window.ini",
        "backups/2026-10-14.sqlite3",
        "backups/mine",
    ],
)
def test_any_trace_of_data_keeps_the_names_of_our_files(tmp_path: Path, trace: str) -> None:
    """As where somebody has moved the database of another data folder away, or it was deleted."""
    folder = tmp_path / "other"
    (folder / "backups").mkdir(parents=True)
    (folder / trace).write_bytes(b"SQLite format 3\0" if "backups" in trace else b"[writing]\n")
    for name in OWN_NAMES:
        with pytest.raises(Refused, match=r"own files; choose another file|is or belongs to a database"):
            write_whole(folder / name, b"an export")
        assert [each for each in folder.rglob("*") if each.is_file()] == [folder / trace], name
    write_whole(folder / "mine.json", b"an export")


@pytest.mark.parametrize("name", [name for name in OWN_NAMES if "/" not in name])
def test_what_has_the_name_of_one_of_our_files_is_not_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"whatever")
    with pytest.raises(Refused, match="own files"):
        write_whole(tmp_path / name, b"an export")
    assert (tmp_path / name).read_bytes() == b"whatever"


def test_a_folder_of_the_user_s_may_be_called_backups(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for content in (b"an export", b"a newer one"):
        write_whole(folder / "mine.json", content)
        assert (folder / "mine.json").read_bytes() == content


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("any.db-wal", b"\x37\x7f\x06\x82"),
        ("renamed", b"\x37\x7f\x06\x83"),
        ("any.db-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"),
        ("any.db-wal", b""),
        ("any.db-SHM", b""),
    ],
)
def test_nothing_that_belongs_to_a_database_is_written_over(
    tmp_path: Path, name: str, beginning: bytes
) -> None:
    (tmp_path / "any.db").write_bytes(b"SQLite format 3\0...")
    (tmp_path / name).write_bytes(beginning)
    with pytest.raises(Refused, match="is or belongs to a database; choose another file"):
        write_whole(tmp_path / name, b"an export")
    assert (tmp_path / name).read_bytes() == beginning


@pytest.mark.parametrize("name", ["-wal", "notes-wal", "-", "a.db-wal.json"])
def test_a_name_alone_makes_no_log(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, b"an export")
    assert (tmp_path / name).read_bytes() == b"an export"


def test_beside_them_an_export_may_lie(data: DataPaths) -> None:
    write_whole(data.folder / "mine.json", b"an export", own=data)
    write_whole(data.folder / "mine.json", b"a newer one", own=data)
    assert (data.folder / "mine.json").read_bytes() == b"a newer one"


def test_no_database_is_written_over_wherever_it_lies(tmp_path: Path) -> None:
    copy = tmp_path / "copy of my data"
    copy.write_bytes(b"SQLite format 3\0...")
    with pytest.raises(Refused, match="is or belongs to a database; choose another file"):
        write_whole(copy, b"an export")
    assert copy.read_bytes() == b"SQLite format 3\0..."


def test_the_own_database_is_not_read_as_a_file_of_the_user_s(data: DataPaths) -> None:
    """Closing it would give up the locks that this process has on it."""
    with pytest.raises(Refused, match="own files"):
        FolderFiles(data).read(data.database)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as hollow:
        hollow.truncate(LARGEST + 1)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=r"large\.json is larger than 128 MB, the most Follow Up can read"):
            read_whole(file)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_of_a_large_file_parts_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    data = b"0123456789" * 1_000_000
    file.write_bytes(data)
    tracemalloc.start()
    try:
        there = FolderFiles().open(file)
        assert (len(there), there[:3], there[9_999_997:10_000_009]) == (len(data), b"012", b"789")
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
    assert there[:] == FolderFiles().read(file) == data
    os.truncate(file, 5_000_000)
    with pytest.raises(Refused, match=r"large\.json can't be read"):
        there[:]
    assert there[5:10] == b"56789"


def test_a_file_system_may_give_less_than_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OverNetwork(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1_000))

    file = tmp_path / "large.json"
    file.write_bytes(bytes(range(250)) * 40_000)
    monkeypatch.setattr(os, "fdopen", lambda descriptor, *_mode, **_more: OverNetwork(descriptor))
    there = FolderFiles().open(file)
    assert there[1:10_001] == (bytes(range(250)) * 41)[1:10_001]
    os.truncate(file, 5_000)
    with pytest.raises(Refused, match="can't be read"):
        there[1:10_001]


def test_one_that_is_only_read_in_parts_may_be_larger(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as hollow:
        hollow.truncate(LARGEST + 1)
    assert FolderFiles().open(file)[LARGEST:] == b"\0"
    with file.open("wb") as hollow:
        hollow.truncate(1_000_000_001)
    with pytest.raises(Refused, match=r"large\.json is larger than 1,000 MB"):
        FolderFiles().open(file)


@posix
def test_an_endless_device_is_read_no_further_than_the_largest_file() -> None:
    with pytest.raises(Refused, match="is larger than 128 MB"):
        read_whole(Path("/dev/zero"))
    assert read_whole(Path("/dev/null")) == b""


@posix
def test_a_pipe_is_read_to_its_end_and_waited_for_only_for_a_while(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match=r"pipe sent nothing for 0\.05 seconds"):
        read_whole(pipe, patience=0.05)
    data = b"0123456789" * 50_000  # more than a pipe holds at once
    writer = Thread(target=pipe.write_bytes, args=(data,))
    writer.start()
    assert read_whole(pipe) == data
    writer.join()
    silent = os.open(pipe, os.O_RDWR)  # somebody who never writes
    try:
        with pytest.raises(Refused, match="pipe sent nothing"):
            read_whole(pipe, patience=0.05)
    finally:
        os.close(silent)


@posix
def test_waiting_for_a_pipe_ends_when_it_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    asked = iter([False, False, True])
    with pytest.raises(Refused, match=r"can't be read \(it was cancelled\)"):
        read_whole(pipe, patience=3600, is_cancelled=lambda: next(asked))
    slow = os.open(pipe, os.O_RDWR)  # somebody who takes nothing
    try:
        asked = iter([False, False, True])
        with pytest.raises(Refused, match=r"can't be written \(it was cancelled\)"):
            write_whole(pipe, bytes(1 << 20), is_cancelled=lambda: next(asked))
    finally:
        os.close(slow)


@posix
@pytest.mark.parametrize("kind", ["folder", "loop", "dangling", "socket", "below a file"])
def test_what_can_not_be_read_is_said_in_a_sentence(tmp_path: Path, kind: str) -> None:
    place = tmp_path / kind
    match kind:
        case "folder":
            place.mkdir()
        case "loop" | "dangling":
            place.symlink_to(place if kind == "loop" else tmp_path / "nowhere")
        case "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(place))
        case _:
            place.write_bytes(b"")
            place /= "x"
    said = r"can't be read \([^)]+\)\. Check the name and your permissions\.$"
    with pytest.raises(Refused, match=r"is a folder\. Choose a file in it\.$" if kind == "folder" else said):
        read_whole(place)
