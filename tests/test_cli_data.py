"""What the command line may never do to the files of the program, and to what is no plain file."""

from __future__ import annotations

import os
import sqlite3
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


@pytest.mark.parametrize("format_", ["json", "csv", "events", "ics", "vcf"])
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
        assert "would overwrite" in done.stderr
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


COMMANDS = [
    ("due",),
    ("due", "--json"),
    ("export", "-"),
    ("import", "FACTS"),
    ("import", "FACTS", "--dry-run"),
]


def refused_by_every_command(run: Run, tmp_path: Path, words: str) -> None:
    """Each command ends with this sentence, and changes nothing in the data folder."""
    before = contents(tmp_path / "data")
    facts = str(file_with(tmp_path, FACTS))
    for command in COMMANDS:
        status, out, err = run(*(facts if word == "FACTS" else word for word in command))
        assert (status, out, err.count("\n")) == (1, "", 1), command
        assert words in err
    assert contents(tmp_path / "data") == before


@pytest.mark.parametrize("size", [None, 0])
def test_no_command_starts_empty_where_something_was_being_written(
    run: Run, tmp_path: Path, size: int | None
) -> None:
    assert run("due")[0] == 0
    folder = tmp_path / "data"
    assert (folder / "followup.state").read_text() == "entered=no\n"
    (folder / "followup.db").unlink()
    if size is not None:
        (folder / "followup.db").touch()
    (folder / "window.ini").write_text('[writing]\nquick_add="{\\"\\": {\\"employer\\": \\"Globex\\"}}"\n')
    refused_by_every_command(run, tmp_path, "window.ini holds an unsaved draft")


@pytest.mark.parametrize("size", [None, 0, 1, 50])
def test_no_command_starts_empty_where_there_was_something(
    filled: Run, tmp_path: Path, size: int | None
) -> None:
    database = tmp_path / "data" / "followup.db"
    whole = database.read_bytes()
    database.unlink()
    if size is not None:
        database.write_bytes(whole[:size])
    refused_by_every_command(filled, tmp_path, "shows that data was entered")
    (tmp_path / "data" / "followup.db-wal").write_bytes(os.urandom(700_000))
    refused_by_every_command(filled, tmp_path, "followup.db-wal beside it belongs")
    database.write_bytes(whole)
    (tmp_path / "data" / "followup.db-wal").unlink()
    assert filled("due")[0] == 0


def test_a_window_that_was_open_here_tells_of_a_loss_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "window.ini").write_text("[tray]\ntold=true\n\n[window]\nview=today\n")
    refused_by_every_command(run, tmp_path, "window.ini shows that data was entered")


def test_settings_put_there_before_the_first_start_tell_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "window.ini").write_text("[tray]\ntold=true\n\n[window]\ntheme=dark\n")
    assert run("due") == (0, "Nothing's due.\n", "")


def test_another_program_s_database_is_left_as_it_was(run: Run, tmp_path: Path) -> None:
    database = tmp_path / "data" / "followup.db"
    database.parent.mkdir()
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
        other.execute("PRAGMA user_version = 77")
    other.close()
    database.chmod(0o644)
    refused_by_every_command(run, tmp_path, "is another program's database")
    assert sys.platform == "win32" or database.stat().st_mode & 0o777 == 0o644


def test_noise_in_the_file_is_noticed_before_anything_is_written(filled: Run, tmp_path: Path) -> None:
    database = tmp_path / "data" / "followup.db"
    content = bytearray(database.read_bytes())
    content[8192:12288] = os.urandom(4096)
    database.write_bytes(content)
    refused_by_every_command(filled, tmp_path, "is damaged and was left as it is")


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("command", [(), ("due",), ("--background",)])
def test_an_empty_name_of_the_data_folder_is_refused(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "followup_desktop", "--data-dir", name, *command],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "The folder name is empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_for_the_data_folder_counts_as_none(tmp_path: Path) -> None:
    environment = {**os.environ, "FOLLOWUP_DATA_DIR": "", "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "followup_desktop", "due"]
    subprocess.run(command, env=environment, check=True, cwd=tmp_path, stdout=subprocess.DEVNULL)
    assert [each.name for each in tmp_path.iterdir()] == ["followup-desktop"]
