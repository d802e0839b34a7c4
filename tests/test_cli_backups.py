"""Backups on the command line: made, listed, checked and put back, whatever became of the database."""

from __future__ import annotations

import json
import shlex
import shutil
import stat
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest

from followup_desktop.__main__ import main
from followup_desktop.system.single_instance import without_window
from tests.places import NO_DATABASE, NO_LOG, put_in_place
from tests.test_cli import FACTS, Run, file_with, run
from tests.test_cli_data import contents, filled

__all__ = ["filled", "run"]

OTHER = {**FACTS, "applications": [{"id": "a2", "employer": "Globex", "role": "Backend", "stage": "applied"}]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def command(data: Path) -> str:
    """What a sentence names to be typed, for the data that were named."""
    return shlex.join(("followup-desktop", "--data-dir", str(data)))


def exported(run: Run) -> str:
    status, out, err = run("export", "-", "--format", "json")
    assert (status, err) == (0, "")
    return out


def backups_in(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("backup", "--list", "--json")[1])
    return found


def test_a_backup_is_made_listed_and_put_back(filled: Run, tmp_path: Path, data: Path) -> None:
    before = exported(filled)
    status, out, err = filled("backup")
    assert (status, err) == (0, "")
    (made,) = [each for each in backups_in(filled) if each["why"] == "asked"]
    assert str(made["file"]) in out
    assert "1 application" in out
    assert (made["checked"], made["rows"]["application"]) == (True, 1)  # type: ignore[index]
    lines = filled("backup", "--list")[1].splitlines()
    assert any(
        line.endswith(f"1 application  {line.split('  ')[2]}  checked when made  by hand  {made['file']}")
        for line in lines
    )
    assert filled("import", file_with(tmp_path, OTHER))[0] == 0
    assert exported(filled) != before
    status, out, err = filled("restore", Path(str(made["file"])).name)
    assert (status, err) == (0, "")
    assert exported(filled) == before
    kept = next(each for each in backups_in(filled) if each["why"] == "before-restore")
    assert str(kept["file"]) in out
    assert filled("restore", str(kept["file"]))[0] == 0
    assert "Globex" in exported(filled)
    if sys.platform != "win32":
        modes = {stat.S_IMODE(each.stat().st_mode) for each in (data / "backups").iterdir()}
        assert modes == {0o600}
        assert stat.S_IMODE((data / "backups").stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits of POSIX")
def test_a_check_says_that_others_can_write_in_the_folder(filled: Run, data: Path) -> None:
    data.chmod(0o777)
    status, out, err = filled("check")
    assert (status, f"delete or replace files in the data folder {data}" in err) == (0, True)
    assert "is sound" in out
    data.chmod(0o700)
    assert filled("check")[2] == ""


def test_a_file_in_the_place_of_their_folder_is_told(run: Run, tmp_path: Path, data: Path) -> None:
    assert run("import", file_with(tmp_path, FACTS))[0] == 0
    shutil.rmtree(data / "backups", ignore_errors=True)
    (data / "backups").write_text("notes")
    sentence = f"Follow Up can't keep a backup in {data / 'backups'} because it isn't a folder."
    for words in (("check",), ("backup", "--list"), ("backup", "--list", "--json"), ("backup",)):
        status, _out, err = run(*words)
        assert (status, sentence in err) == (1, True), words
    (data / "followup.db").write_bytes(b"noise" * 3000)
    assert sentence in run("check")[2]
    assert (data / "backups").read_text() == "notes"


def test_one_is_made_before_an_import_if_there_was_anything_and_it_changed(
    filled: Run, tmp_path: Path
) -> None:
    before = exported(filled)
    assert filled("import", file_with(tmp_path, OTHER), "--dry-run")[0] == 0
    count = len(backups_in(filled))
    assert filled("import", file_with(tmp_path, OTHER))[0] == 0
    newest = backups_in(filled)[0]
    assert newest["why"] == "before-import"
    assert len(backups_in(filled)) == count + 1
    assert filled("restore", str(newest["file"]))[0] == 0
    assert exported(filled) == before


def test_the_list_and_what_is_restored_are_in_the_zone_of_the_settings(run: Run, tmp_path: Path) -> None:
    there = {**FACTS, "policy": {**FACTS["policy"], "timezone": "Pacific/Kiritimati"}}
    assert run("import", file_with(tmp_path, there))[0] == 0
    assert run("backup")[0] == 0
    made = backups_in(run)[0]
    at = datetime.fromisoformat(str(made["made_at"])).astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert f" {at:%Y-%m-%d %H:%M}  " in run("backup", "--list")[1]
    assert f" {at:%H:%M}:" in run("restore", str(made["file"]))[1]


def test_what_was_restored_is_told_as_json(filled: Run, data: Path) -> None:
    assert filled("backup")[0] == 0
    (made,) = [each for each in backups_in(filled) if each["why"] == "asked"]
    status, out, err = filled("restore", str(made["file"]), "--json")
    told = json.loads(out)
    assert (status, err, told["restored"]) == (0, "", made)
    assert told["kept"] in [each["file"] for each in backups_in(filled) if each["why"] == "before-restore"]
    (data / "followup.db").write_bytes(b"noise" * 2000)
    told = json.loads(filled("restore", str(made["file"]), "--json")[1])
    assert told["restored"] == made
    assert (Path(told["kept"]) / "followup.db").read_bytes() == b"noise" * 2000


def test_a_backup_elsewhere_replaces_an_older_backup_and_nothing_else(
    filled: Run, tmp_path: Path, data: Path
) -> None:
    target = tmp_path / "stick" / "mine.db"
    for _ in range(2):
        status, out, _err = filled("backup", target)
        assert status == 0
        assert str(target) in out
    before = exported(filled)
    mine = tmp_path / "notes.txt"
    mine.write_text("mine")
    for wrong in (mine, data / "followup.db", data / "backups" / "mine.sqlite3", tmp_path):
        before_files = contents(tmp_path)
        status, out, err = filled("backup", wrong)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert contents(tmp_path) == before_files
    assert filled("restore", target)[0] == 0
    assert exported(filled) == before


@pytest.fixture
def of_another(tmp_path: Path) -> Path:
    """A data folder with other data, and backups of it."""
    folder = tmp_path / "another"
    facts = {**OTHER, "contacts": []}
    assert main(["--data-dir", str(folder), "import", str(file_with(tmp_path, facts))]) == 0
    assert main(["--data-dir", str(folder), "backup"]) == 0
    return folder


def all_in(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(folder).items() if not name.startswith("data/")}


def test_a_backup_replaces_nothing_of_another_data_folder(
    filled: Run, tmp_path: Path, of_another: Path
) -> None:
    shutil.copy(of_another / "followup.db", tmp_path / "copied.db")
    log = tmp_path / "logged.db-wal"
    log.write_bytes(b"log")
    in_it = next((of_another / "backups").iterdir())
    before = all_in(tmp_path)
    filled("due")  # what was said before goes
    names = ("followup.db", "followup.db-wal", "backups/new.sqlite3", "window.ini")
    others = (tmp_path / "copied.db", tmp_path / "logged.db", tmp_path / "copied.db-wal", in_it)
    for target in (*(of_another / name for name in names), *others):
        status, out, err = filled("backup", target)
        assert (status, out, err.count("\n")) == (1, "", 1), target
        assert all_in(tmp_path) == before, target
    in_it.rename(tmp_path / "stick.sqlite3")
    before = all_in(tmp_path)
    for data in (tmp_path / "data", tmp_path / "nothing"):
        assert main(["--data-dir", str(data), "due"]) == 0
        assert main(["--data-dir", str(data), "backup", str(tmp_path / "stick.sqlite3")]) == 1
    assert {name: all_in(tmp_path)[name] for name in before} == before


def test_a_backup_of_other_data_is_named_so(filled: Run, tmp_path: Path, of_another: Path) -> None:
    stick = tmp_path / "stick.sqlite3"
    next((of_another / "backups").iterdir()).rename(stick)
    sentence = f"{stick} is a backup of other data (1 application). Choose another file.\n"
    assert filled("backup", stick)[2].endswith(sentence)


@pytest.mark.parametrize(
    "name", ["mine.sqlite3", "followup.db", "backups/mine.sqlite3", "backups/followup.db"]
)
def test_one_is_replaced_week_by_week_wherever_it_lies(filled: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "stick" / name
    for number in range(3):
        (application,) = OTHER["applications"]
        facts = {**OTHER, "applications": [{**application, "id": f"b{number}", "role": f"Role {number}"}]}
        assert filled("import", file_with(tmp_path, facts))[0] == 0
        status, out, err = filled("backup", target)
        assert (status, err, out.count("\n")) == (0, "", 1)
        assert f"{number + 2} applications" in out
    assert [each for each in (tmp_path / "stick").rglob("*") if each.is_file()] == [target]


def test_an_older_one_with_more_in_it_is_kept_beside(filled: Run, tmp_path: Path, data: Path) -> None:
    stale, target = tmp_path / "stale", tmp_path / "mine.sqlite3"
    shutil.copytree(data, stale)
    assert filled("import", file_with(tmp_path, OTHER))[0] == 0
    assert filled("backup", target)[0] == 0
    larger = target.read_bytes()
    shutil.rmtree(data)
    stale.rename(data)
    status, out, err = filled("backup", target)
    kept = tmp_path / "mine-2.sqlite3"
    assert (status, err) == (0, "")
    assert out.endswith(f"The backup that was there before has more in it, so it's kept in {kept}.\n")
    assert kept.read_bytes() == larger
    assert json.loads(filled("backup", target, "--json")[1])["kept"] is None


def test_a_backup_is_not_written_to_a_file_of_the_name_that_means_the_output(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    status, out, err = filled("backup", "-")
    assert (status, out) == (1, "")
    assert "can't be written to standard output" in err
    assert sorted(tmp_path.iterdir()) == before
    assert filled("backup", "./-")[0] == 0


def test_an_empty_list_says_so(run: Run) -> None:
    assert run("backup", "--list") == (0, "There are no backups yet.\n", "")
    assert run("backup", "--list", "--json")[1] == "[]\n"
    assert run("backup", "--list", "x")[0] == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE application_figures SET answered = 1 - answered",
        "DELETE FROM application_figures",
        "INSERT INTO interview_task VALUES ('a1', 'debrief', 1, '', 1, 1)",
        "INSERT INTO interview_task VALUES ('gone', 'debrief', 1, '', 1, 1)",
        "UPDATE application_index SET text = 'other'",
        "UPDATE follow_up SET due_at = due_at + 1",
    ],
)
def test_a_check_finds_and_mends_what_does_not_follow_from_the_facts(
    filled: Run, data: Path, change: str
) -> None:
    apsw.Connection(str(data / "followup.db")).execute(change)
    assert json.loads(filled("check", "--json")[1])["database"]["was_out_of_date"]
    status, out, err = filled("check")
    assert (status, err, "out of date" in out) == (0, "", False)
    stray = "SELECT count(*) FROM interview_task WHERE application NOT IN (SELECT id FROM application)"
    assert list(apsw.Connection(str(data / "followup.db")).execute(stray)) == [(0,)]
    apsw.Connection(str(data / "followup.db")).execute(change)
    assert "were out of date. Now they match what you entered." in filled("check")[1]


def test_a_check_of_what_is_as_it_should_be_writes_nothing(filled: Run, data: Path) -> None:
    filled("check")
    before = (data / "followup.db").read_bytes()
    assert filled("check")[0] == 0
    assert (data / "followup.db").read_bytes() == before


def test_a_check_counts_and_names_what_is_damaged(filled: Run, data: Path) -> None:
    assert filled("backup")[0] == 0
    status, out, err = filled("check")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"{data / 'followup.db'} is sound: 1 application"
    file = Path(str(backups_in(filled)[0]["file"]))
    found = json.loads(filled("check", "--json")[1])
    assert found["backups"] == backups_in(filled)
    assert found["database"]["file"] == str(data / "followup.db")
    assert found["database"]["rows"] == found["backups"][0]["rows"]
    file.write_bytes(file.read_bytes().replace(b"Data Engineer", b"Data Enginoor"))
    status, out, err = filled("check", "--json")
    assert (status, json.loads(out)["backups"]) == (1, [])
    assert err == f"followup-desktop: The backup {file} is damaged. Choose another one.\n"
    status, out, err = filled("check")
    assert status == 1
    assert err == f"followup-desktop: The backup {file} is damaged. Choose another one.\n"
    before = exported(filled)
    assert filled("restore", file)[0] == 1
    assert exported(filled) == before


def remove(database: Path) -> None:
    database.unlink()


def empty(database: Path) -> None:
    database.write_bytes(b"")


def put_a_folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def cut(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:5000])


def write_over(database: Path) -> None:
    database.write_bytes(b"noise" * 5000)


def make_noise(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def leave_a_log(database: Path) -> None:
    database.unlink()
    Path(f"{database}-wal").write_bytes(b"log" * 100)


_WAYS = [remove, empty, put_a_folder, cut, write_over, make_noise, leave_a_log]
BROKEN = pytest.mark.parametrize("break_", _WAYS)


@BROKEN
def test_whatever_became_of_the_database_a_backup_takes_its_place_and_every_byte_is_kept(
    filled: Run, data: Path, break_: object
) -> None:
    before = exported(filled)
    assert filled("backup")[0] == 0
    made = str(backups_in(filled)[0]["file"])
    assert callable(break_)
    break_(data / "followup.db")
    broken = {name: bytes_ for name, bytes_ in contents(data).items() if name.startswith("followup.db")}
    status, _out, err = filled("check")
    assert status == 1
    program = command(data)
    assert f"“{program} restore {Path(made).name}”" in err
    assert (f"“{program} restore --salvage”" in err) == bool(broken.get("followup.db"))
    assert filled("due")[2].endswith(f"run “{program} check”.\n")
    assert {k: v for k, v in contents(data).items() if k.startswith("followup.db")} == broken
    status, out, err = filled("restore", made)
    assert (status, err) == (0, "")
    assert exported(filled) == before
    kept = [bytes_ for name, bytes_ in contents(data).items() if "/kept-" in name]
    assert sorted(kept) == sorted(broken.values())
    if broken:
        assert "are kept in" in out


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices as POSIX has them")
@pytest.mark.parametrize(
    ("name", "what"),
    [
        *(("followup.db", what) for what in NO_DATABASE),
        *((name, what) for name in ("followup.db-wal", "followup.db-shm") for what in NO_LOG),
    ],
)
def test_whatever_has_the_place_of_the_database_or_its_log_is_named_and_a_backup_offered(
    filled: Run, data: Path, name: str, what: str
) -> None:
    before = exported(filled)
    assert filled("backup")[0] == 0
    made = Path(str(backups_in(filled)[0]["file"])).name
    put_in_place(data / name, what)
    file = data / name
    there = file.lstat() if what != "nothing" else None
    for words in (("due",), ("backup",), ("check",)):
        status, out, err = filled(*words)
        assert (status, out) == (1, "")
        assert err.startswith(f"followup-desktop: {file} ")
    assert f"“{command(data)} restore {made}”" in err
    assert filled("backup", "--list")[0] == 0
    assert (there is None) or file.lstat().st_ino == there.st_ino
    assert filled("restore", made)[0] == 0
    assert exported(filled) == before
    folders = data.glob("backups/kept-*")
    kept = [each.lstat().st_ino for folder in folders for each in folder.iterdir() if each.name == name]
    assert kept == ([] if there is None else [there.st_ino])


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices as POSIX has them")
@pytest.mark.parametrize("what", ["dead link", "link to a device", "link to itself", "link to a folder"])
def test_a_backup_in_the_place_of_a_link_meets_no_log_that_lies_beside_it(
    filled: Run, data: Path, what: str
) -> None:
    """SQLite follows the link to what it keeps beside a database; a file of that name has this log."""
    before = exported(filled)
    assert filled("backup")[0] == 0
    made = Path(str(backups_in(filled)[0]["file"])).name
    put_in_place(data / "followup.db", what)
    (data / "followup.db-wal").write_bytes(b"log" * 100)
    assert filled("restore", made)[::2] == (0, "")
    assert exported(filled) == before
    [kept] = data.glob("backups/kept-*/followup.db-wal")
    assert kept.read_bytes() == b"log" * 100


def test_a_broken_database_is_not_replaced_under_an_open_window(filled: Run, data: Path) -> None:
    assert filled("backup")[0] == 0
    made = str(backups_in(filled)[0]["file"])
    cut(data / "followup.db")
    before = contents(data)
    with without_window(data / "window.lock"):
        assert filled("restore", made) == (
            1,
            "",
            "followup-desktop: Follow Up is open. Quit it, then try again.\n",
        )
    after = contents(data)
    after.pop("window.lock")
    assert after == {name: bytes_ for name, bytes_ in before.items() if name != "window.lock"}


def test_a_new_computer_starts_from_a_backup(filled: Run, tmp_path: Path) -> None:
    from followup_desktop.__main__ import main

    before = exported(filled)
    assert filled("backup", tmp_path / "mine.db")[0] == 0
    shutil.rmtree(tmp_path / "data")
    assert main(["--data-dir", str(tmp_path / "data"), "restore", str(tmp_path / "mine.db")]) == 0
    filled("due")
    assert exported(filled) == before


def test_a_backup_put_in_place_by_hand_is_a_database_like_any_other(
    filled: Run, tmp_path: Path, data: Path
) -> None:
    assert filled("backup")[0] == 0
    made = Path(str(backups_in(filled)[0]["file"]))
    shutil.copy(made, data / "followup.db")
    assert filled("import", file_with(tmp_path, OTHER))[0] == 0
    shutil.copy(data / "followup.db", tmp_path / "by-hand.db")
    assert filled("restore", tmp_path / "by-hand.db")[0] == 0
    assert "Globex" in exported(filled)


def test_where_there_is_no_backup_what_can_be_read_is_saved(filled: Run, data: Path) -> None:
    before = exported(filled)
    status, _out, err = filled("restore", "--salvage")
    assert (status, err.endswith("is sound. There's nothing to salvage.\n")) == (1, True)
    database = data / "followup.db"
    content = database.read_bytes()
    database.write_bytes(content[: len(content) - 4096])
    broken = database.read_bytes()
    assert filled("export", "-")[0] == 1
    status, out, err = filled("restore", "--salvage")
    assert (status, err) == (0, "")
    assert out.startswith("Saved what could be read: 1 application, 1 person, 1 interview")
    assert exported(filled) == before
    assert [each.read_bytes() for each in data.glob("backups/kept-*/followup.db")] == [broken]
    database.write_bytes(broken)
    told = json.loads(filled("restore", "--salvage", "--json")[1])
    assert (told["restored"]["why"], told["restored"]["rows"]["application"]) == ("salvaged", 1)
    assert Path(told["kept"], "followup.db").read_bytes() == broken
    assert filled("restore")[0] == filled("restore", "x", "--salvage")[0] == 2


def test_the_command_named_is_short_for_the_data_of_every_day(
    filled: Run, data: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (data / "followup.db").write_bytes(b"noise")
    monkeypatch.setenv("FOLLOWUP_DATA_DIR", str(data))
    assert main(["due"]) == 1
    assert capsysbinary.readouterr().err.decode().endswith("run “followup-desktop check”.\n")


@pytest.mark.parametrize("break_", [remove, empty, leave_a_log, put_a_folder])
def test_where_there_is_nothing_to_read_it_is_said_and_not_offered(
    filled: Run, data: Path, break_: Callable[[Path], None]
) -> None:
    break_(data / "followup.db")
    before = contents(data)
    status, _out, err = filled("restore", "--salvage")
    nothing = f"Nothing in {data / 'followup.db'} can be read."
    assert (status, err) == (1, f"followup-desktop: {nothing} There's no good backup in the data folder.\n")
    assert filled("check")[2].endswith(" There's no good backup in the data folder.\n")
    assert {name: each for name, each in contents(data).items() if name != "window.lock"} == before


def test_where_nothing_can_be_read_it_is_said_whether_there_is_a_backup(filled: Run, data: Path) -> None:
    (data / "followup.db").write_bytes(b"SQLite format 3\0" + b"\0" * 9000)
    _status, _out, err = filled("restore", "--salvage")
    nothing = f"followup-desktop: Nothing in {data / 'followup.db'} can be read."
    assert err == f"{nothing} There's no good backup in the data folder.\n"
    assert "Restore a backup" not in filled("check")[2] + filled("due")[2]
    (data / "backups").mkdir(exist_ok=True)
    other = data.parent / "other"
    assert filled("--data-dir", str(other), "import", file_with(data.parent, OTHER))[0] == 0
    assert filled("--data-dir", str(other), "backup", str(data.parent / "one.sqlite3"))[0] == 0
    (data.parent / "one.sqlite3").rename(data / "backups" / "one.sqlite3")
    assert filled("restore", "--salvage")[2] == (
        f"{nothing} To see what can be restored, run “{command(data)} check”.\n"
    )


SETTINGS = {
    **FACTS,
    "policy": {"timezone": "Asia/Tokyo"},
    "applications": [],
    "contacts": [],
    "reminders": [],
}
REMINDER = {"id": "m1", "title": "Renew certificate", "at": "2026-10-20T09:00", "timezone": "Europe/Madrid"}


def put_damaged(run: Run, data: Path, facts: dict[str, object]) -> bytes:
    """A damaged database in which no more than these facts can be read, in the place of the other one."""
    other = data.parent / "little"
    assert run("--data-dir", str(other), "import", file_with(data.parent, facts))[0] == 0
    database = data / "followup.db"
    database.write_bytes((other / "followup.db").read_bytes()[:-100])
    return database.read_bytes()


@pytest.mark.parametrize("is_there", [True, False], ids=["backup", "no backup"])
@pytest.mark.parametrize("has_reminder", [False, True], ids=["settings", "reminder"])
def test_an_empty_program_is_never_saved_in_the_place_of_data(
    filled: Run, data: Path, is_there: bool, has_reminder: bool
) -> None:
    before = exported(filled)
    if is_there:
        assert filled("backup")[0] == 0
    facts = {**SETTINGS, "reminders": [REMINDER]} if has_reminder else SETTINGS
    broken = put_damaged(filled, data, facts)
    status, out, err = filled("restore", "--salvage")
    if has_reminder and not is_there:
        assert (status, err) == (0, "")
        assert "0 events and 1 reminder." in out
        assert "Renew certificate" in exported(filled)
        return
    assert (status, out) == (1, "")
    too_little = f"No application, contact, interview or event in {data / 'followup.db'} can be read."
    assert err.startswith(f"followup-desktop: {too_little} ")
    way = f"run “{command(data)} check”." if is_there else "There's no good backup in the data folder."
    assert err.endswith(f"{way}\n")
    assert (data / "followup.db").read_bytes() == broken
    assert not list(data.glob("backups/*salvaged*")) + list(data.glob("backups/kept-*"))
    if is_there:
        made = Path(str(backups_in(filled)[0]["file"])).name
        assert f"“{command(data)} restore {made}”" in filled("check")[2]
        assert filled("restore", made)[0] == 0
        assert exported(filled) == before
