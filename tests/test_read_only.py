"""A data folder in which nothing can be written is read all the same, and no byte of it is changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.conftest import is_missing
from tests.storage.test_opening import KILLED
from tests.test_cli import Run, run
from tests.test_cli_data import contents, filled
from tests.test_cli_passphrase import WORDS, sealed

__all__ = ["filled", "run", "sealed"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of its own")


class ReadOnlyFolder:
    """Commands on a data folder that is mounted to be read only, for them alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77; shift; exec "$@"'
        own = () if os.getuid() == 0 else ("--map-root-user",)
        program = (sys.executable, "-m", "followup_desktop", "--data-dir", str(self._folder))
        done = subprocess.run(
            [
                "unshare",
                "--mount",
                *own,
                "sh",
                "-c",
                script,
                "sh",
                str(self._folder),
                *program,
                *map(str, words),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"},
        )
        if "unshare:" in done.stderr or done.returncode == 77:
            is_missing("nothing can be mounted here")
        return done


@pytest.fixture
def read_only(filled: Run, tmp_path: Path) -> ReadOnlyFolder:
    """The data folder, with an application and a backup in it."""
    assert filled("backup")[0] == 0
    return ReadOnlyFolder(tmp_path / "data")


@pytest.mark.parametrize("is_crashed", [False, True])
def test_what_only_reads_reads_it(
    read_only: ReadOnlyFolder, filled: Run, tmp_path: Path, is_crashed: bool
) -> None:
    folder = tmp_path / "data"
    if is_crashed:
        subprocess.run([sys.executable, "-c", KILLED, str(folder / "followup.db")], check=False)
        for lock in folder.glob("*-shm"):
            lock.unlink()
        assert (folder / "followup.db-wal").stat().st_size
    before = contents(folder)
    target = tmp_path / "facts.json"
    done = read_only("export", target)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("They liked the streaming work" in target.read_text("utf-8")) is is_crashed
    for words in (("due", "--all"), ("check",), ("backup", "--list"), ("report", tmp_path / "report.html")):
        done = read_only(*words)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert contents(folder) == before


@pytest.mark.parametrize(
    "words", [("import", "x.json"), ("backup",), ("restore", "x"), ("add", "Acme, Cook")]
)
def test_what_writes_says_that_it_can_t(
    read_only: ReadOnlyFolder, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = contents(tmp_path / "data")
    done = read_only(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"The data folder {tmp_path / 'data'} isn't writable." in done.stderr
    assert contents(tmp_path / "data") == before


def test_a_damaged_database_there_is_told_with_what_can_be_restored(
    read_only: ReadOnlyFolder, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "followup.db"
    content = database.read_bytes()
    database.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    done = read_only("check")
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert "The latest good backup is" in done.stderr
    assert f"Nothing can be restored while {tmp_path / 'data'} isn't writable." in done.stderr
    assert "“" not in done.stderr


def test_where_there_is_nothing_none_is_begun(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = ReadOnlyFolder(tmp_path / "data")("due")
    assert (done.returncode, done.stdout) == (1, "")
    assert "can't be written to" in done.stderr


def test_one_under_a_passphrase_is_checked_with_its_backups(sealed: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sealed, tmp_path / "data")
    told = tmp_path / "passphrase.txt"
    told.write_text(WORDS, "utf-8")
    done = ReadOnlyFolder(folder)("check", "--passphrase-file", told)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("is sound") == 2
