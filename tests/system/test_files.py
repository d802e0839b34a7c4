"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.system.files import FolderFiles, read_whole, write_whole

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
    with pytest.raises(Refused, match="can't be read"):
        FolderFiles().read(tmp_path / target)
