"""What the command line may never do to the files of the program, and to what is no plain file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import FACTS, Run, file_with, run

__all__ = ["run"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and devices as POSIX has them")


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The program with an application in its data folder."""
    assert run("import", file_with(tmp_path, FACTS))[0] == 0
    return run


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, with its bytes."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


@pytest.mark.parametrize("format_", ["json", "csv", "ics"])
@pytest.mark.parametrize("name", ["followup.db", "followup.db-wal", "window.ini", "backups/mine.json"])
def test_an_export_onto_one_of_the_program_s_own_files_is_refused(
    filled: Run, tmp_path: Path, name: str, format_: str
) -> None:
    before = contents(tmp_path / "data")
    status, out, err = filled("export", tmp_path / "data" / name, "--format", format_)
    assert (status, out) == (1, "")
    assert err.endswith("is one of Follow Up's own files; choose another file.\n")
    assert contents(tmp_path / "data") == before


@posix
def test_output_that_would_end_in_the_database_is_refused(filled: Run, tmp_path: Path) -> None:
    database = tmp_path / "data" / "followup.db"
    before = database.read_bytes()
    for words in (["due", "--all"], ["export", "-"]):
        with database.open("ab") as end:
            command = [sys.executable, "-m", "followup_desktop", "--data-dir", str(tmp_path / "data"), *words]
            done = subprocess.run(command, stdout=end, stderr=subprocess.PIPE, check=False, text=True)
        assert done.returncode == 1
        assert "would go into" in done.stderr
    assert database.read_bytes() == before


@posix
def test_an_export_to_the_terminal_s_or_the_script_s_output_goes_there(filled: Run, tmp_path: Path) -> None:
    expected = filled("export", "-")[1].encode()
    command = [sys.executable, "-m", "followup_desktop", "--data-dir", str(tmp_path / "data")]
    done = subprocess.run([*command, "export", "/dev/stdout"], capture_output=True, check=True)
    assert done.stdout == expected
    log = tmp_path / "log"
    log.write_bytes(b"first line\n")
    with log.open("ab") as end:
        subprocess.run([*command, "export", "/dev/stdout"], stdout=end, check=True)
    assert log.read_bytes() == b"first line\n" + expected
    filled("export", os.devnull)
    assert not Path(os.devnull).is_file()
