"""The command line over data under a passphrase: told by a file, at a terminal, or refused."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from followup_desktop.__main__ import main
from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.passphrase import Passphrase, unlock
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Keys, derive
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.keyrings.secret_service import SecretService
from tests.places import NO_DATABASE, put_in_place
from tests.test_cli import FACTS, Run, file_with, run
from tests.test_cli_data import filled

__all__ = ["filled", "run"]

WORDS = "vier Wörter, kein Reim"
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such terminals, or no such files")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one application and a backup, which were put under a passphrase."""
    folder = tmp_path_factory.mktemp("sealed")
    data = folder / "data"
    assert main(["--data-dir", str(data), "import", str(file_with(folder, FACTS))]) == 0
    assert main(["--data-dir", str(data), "backup"]) == 0
    store = Store(open_database(data / "followup.db"))
    Passphrase(store, lambda: SecretService(None)).put(WORDS)
    assert store.renew_backups() == []
    store.close()
    return data


@pytest.fixture
def locked(run: Run, sealed: Path, tmp_path: Path) -> Run:
    """The command line over a copy of it: to make the keys takes a quarter of a second."""
    shutil.copytree(sealed, tmp_path / "data")
    return run


@pytest.fixture
def told(tmp_path: Path) -> str:
    """The name of a file that holds the passphrase."""
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{WORDS}\nanother line\n", "utf-8")
    return str(file)


COMMANDS = [
    ("export", "-"),
    ("due",),
    ("backup",),
    ("backup", "--list"),
    ("check",),
    ("restore", "none.sqlite3"),
    ("restore", "--salvage"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_where_nobody_can_be_asked_it_is_refused_in_a_sentence(locked: Run, command: tuple[str, ...]) -> None:
    status, out, err = locked(*command)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "--passphrase-file" in err


def test_a_file_tells_it_before_or_after_the_command(locked: Run, told: str, tmp_path: Path) -> None:
    assert '"Acme"' in locked("--passphrase-file", told, "export", "-")[1]
    assert locked("due", "--passphrase-file", told)[0] == 0
    assert locked("import", file_with(tmp_path, FACTS), "--passphrase-file", told)[0] == 0
    made = locked("backup", "--passphrase-file", told)
    assert (made[0], made[2]) == (0, "")
    listed = locked("backup", "--list", "--passphrase-file", told)[1]
    assert "damaged" not in listed
    assert listed.count("1 application") == 2
    name = next((tmp_path / "data" / "backups").glob("*-asked.sqlite3")).name
    assert locked("restore", name, "--passphrase-file", told)[0] == 0
    status, out, err = locked("check", "--passphrase-file", told)
    assert (status, err) == (0, "")
    assert out.count("is sound") >= 3


def test_a_wrong_one_is_said_to_be_wrong(locked: Run, told: str) -> None:
    Path(told).write_text("wrong", "utf-8")
    status, out, err = locked("due", "--passphrase-file", told)
    assert (status, out) == (1, "")
    assert err.endswith("That isn't the passphrase. Check the keyboard layout and Caps Lock.\n")


def test_the_former_one_is_said_to_be_wrong_though_a_backup_has_it_still(
    locked: Run, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "followup.db"
    store = Store(open_database(file, keys=unlock(file, WORDS)))
    Passphrase(store, lambda: SecretService(None)).put("quite another one")
    store.close()
    status, out, err = locked("due", "--passphrase-file", told)
    assert (status, out) == (1, "")
    assert err.endswith("That isn't the passphrase. Check the keyboard layout and Caps Lock.\n")


def test_a_damaged_database_under_a_passphrase_comes_back_from_its_backup(
    locked: Run, told: str, tmp_path: Path
) -> None:
    before = locked("export", "-", "--passphrase-file", told)[1]
    with (tmp_path / "data" / "followup.db").open("r+b") as file:
        file.write(os.urandom(300))
    status, _out, err = locked("check", "--passphrase-file", told)
    assert (status, "is damaged" in err, "latest good backup" in err) == (1, True, True)
    assert "(1 application). What you entered after that isn't in it." in err
    name = next((tmp_path / "data" / "backups").glob("*-asked.sqlite3")).name
    assert locked("restore", name, "--passphrase-file", told)[0] == 0
    assert locked("export", "-", "--passphrase-file", told)[1] == before
    assert locked("export", "-")[0] == 1


def test_a_damaged_database_keeps_its_passphrase_with_a_backup_under_another(
    locked: Run, told: str, tmp_path: Path
) -> None:
    file, others = foreign(tmp_path), tmp_path / "others.txt"
    others.write_text("of the other computer\n")
    with (tmp_path / "data" / "followup.db").open("r+b") as damaged:
        damaged.write(os.urandom(300))
    status, out, _err = locked(
        "restore", file, "--passphrase-file", told, "--backup-passphrase-file", str(others)
    )
    assert status == 0
    assert "encrypted" not in out
    assert '"Far Away"' in locked("export", "-", "--passphrase-file", told)[1]
    assert locked("export", "-", "--passphrase-file", str(others))[0] == 1


def test_a_locked_backup_is_called_so_and_not_damaged(locked: Run, told: str, tmp_path: Path) -> None:
    theirs = tmp_path / "data" / "backups" / "far.sqlite3"
    theirs.write_bytes(Path(foreign(tmp_path)).read_bytes())
    (tmp_path / "data" / "backups" / "torn.sqlite3").write_bytes(b"?" * 100)
    status, out, _err = locked("backup", "--list", "--passphrase-file", told)
    assert status == 0
    assert f"damaged, or encrypted with another passphrase  {theirs}\n" in out
    assert "damaged  " in out
    listed = json.loads(locked("backup", "--list", "--json", "--passphrase-file", told)[1])
    states = {
        Path(each["file"]).name: (each["damaged"], each["locked"]) for each in listed if "locked" in each
    }
    assert states == {"far.sqlite3": (None, None), "torn.sqlite3": (True, False)}
    (tmp_path / "data" / "backups" / "torn.sqlite3").unlink()
    status, out, err = locked("check", "--passphrase-file", told)
    assert status == 1
    assert "1 backup wasn't checked: it's encrypted with another passphrase, or damaged." in err
    assert f"{theirs} wasn't checked\n" in out
    checked = json.loads(locked("check", "--json", "--passphrase-file", told)[1])["backups"]
    assert checked[-1] == {"file": str(theirs), "damaged": None, "locked": None}


def test_an_older_backup_under_the_passphrase_is_written_over_and_no_other(
    locked: Run, told: str, tmp_path: Path
) -> None:
    target, theirs = tmp_path / "stick.sqlite3", foreign(tmp_path)
    for _time in range(2):
        status, _out, err = locked("backup", str(target), "--passphrase-file", told)
        assert (status, err) == (0, "")
    before = Path(theirs).read_bytes()
    status, _out, err = locked("backup", theirs, "--passphrase-file", told)
    assert (status, "isn't a backup" in err) == (1, True)
    assert Path(theirs).read_bytes() == before


def test_a_backup_under_the_former_one_is_listed_and_checked(locked: Run, told: str, tmp_path: Path) -> None:
    file = tmp_path / "data" / "followup.db"
    store = Store(open_database(file, keys=unlock(file, WORDS)))
    Passphrase(store, lambda: SecretService(None)).put("quite another one")
    store.close()
    Path(told).write_text("quite another one", "utf-8")
    assert "encrypted" not in locked("backup", "--list", "--passphrase-file", told)[1]
    assert locked("backup", "--list", "--passphrase-file", told)[1].count("1 application") == 1
    assert locked("check", "--passphrase-file", told)[1].count("is sound") == 2


def test_where_only_locked_backups_are_left_their_passphrase_is_named(locked: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "followup.db").unlink()
    status, _out, err = locked("check")
    assert status == 1
    assert "The backups in the data folder are damaged, or can only be opened with their passphrase." in err
    assert "no good backup" not in err


@posix
@pytest.mark.parametrize(
    ("what", "is_noted"), [*((what, True) for what in NO_DATABASE), ("nothing", False), ("pipe", False)]
)
def test_whatever_is_in_the_place_of_the_database_the_passphrase_opens_its_backups(
    locked: Run, told: str, tmp_path: Path, what: str, is_noted: bool
) -> None:
    put_in_place(tmp_path / "data" / "followup.db", what)
    status, _out, err = locked("check")
    assert status == 1
    assert "name a file that holds the passphrase with --passphrase-file." in err
    if not is_noted:
        (tmp_path / "data" / "followup.cipher").unlink()
    status, _out, err = locked("check", "--passphrase-file", told)
    assert (status, "The latest good backup is" in err) == (1, True)
    name = next((tmp_path / "data" / "backups").glob("*-asked.sqlite3")).name
    assert locked("restore", name, "--passphrase-file", told)[0] == 0
    assert '"Acme"' in locked("export", "-", "--passphrase-file", told)[1]
    assert locked("export", "-")[0] == 1


@posix
@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("what", [None, "nothing", "folder"])
def test_at_a_terminal_it_is_asked_for_and_not_shown(tmp_path: Path, what: str | None) -> None:
    file = tmp_path / "data" / "followup.db"
    words = ("export", "-")
    if what is not None:
        put_in_place(file, what)
        words = ("restore", next(file.parent.glob("backups/*-asked.sqlite3")).name)
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "followup_desktop", "--data-dir", str(tmp_path / "data"), *words],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    shown = b""
    end = time.monotonic() + 60
    while b"Passphrase: " not in shown and time.monotonic() < end:
        if select.select([leader], [], [], 1)[0]:
            shown += os.read(leader, 1024)
    os.write(leader, f"{WORDS}\n".encode())
    out = process.communicate(timeout=60)[0]
    os.close(leader)
    assert process.returncode == 0
    assert (b'"Acme"' if what is None else b"Restored a backup: 1 application.") in out
    assert WORDS.encode() not in shown


@pytest.mark.usefixtures("locked")
def test_unlocking_gives_what_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "followup.db"
    keys = unlock(file, WORDS)
    assert isinstance(keys, Keys)
    store = Store(open_database(file, keys=keys))
    assert Passphrase(store, lambda: SecretService(None)).is_set
    store.close()


def foreign(tmp_path: Path) -> str:
    """The name of a backup under another passphrase, in the data folder of another computer."""
    store = Store(open_database(tmp_path / "there" / "followup.db"))
    Planner(store)
    with store.transaction("Add") as t:
        t.put_application(Application(id="far", employer="Far Away", role="", stage=Stage.SAVED))
    store.put_under_key(derive("of the other computer"))
    made = store.make_backup(tmp_path / "there" / "far.sqlite3", Why.ASKED)
    store.close()
    return str(made.file)


def test_a_backup_under_a_passphrase_is_restored_into_plain_data(filled: Run, tmp_path: Path) -> None:
    file, others = foreign(tmp_path), tmp_path / "others.txt"
    others.write_text("of the other computer\n")
    status, _out, err = filled("restore", file)
    assert (status, err.count("\n")) == (1, 1)
    assert "encrypted with another passphrase" in err
    assert "--backup-passphrase-file" in err
    status, _out, err = filled("restore", file, "--backup-passphrase-file", file_with(tmp_path, FACTS))
    assert status == 1
    assert "isn't the passphrase" in err
    assert '"Acme"' in filled("export", "-")[1]
    assert filled("restore", file, "--backup-passphrase-file", str(others))[0] == 0
    assert '"Far Away"' in filled("export", "-")[1]


@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
def test_whatever_the_form_it_says_that_the_passphrase_is_another_now(
    filled: Run, tmp_path: Path, as_json: bool
) -> None:
    file, others = foreign(tmp_path), tmp_path / "others.txt"
    others.write_text("of the other computer\n")
    (tmp_path / "data" / "followup.db").unlink()
    words = ("restore", file, "--backup-passphrase-file", str(others))
    status, out, err = filled(*words, *(("--json",) if as_json else ()))
    assert (status, err) == (0, "")
    told = json.loads(out)["notes"] if as_json else [out.strip()]
    assert told[0].endswith("Your data is now encrypted with the passphrase of this backup.")


def test_a_backup_under_an_older_passphrase_is_restored_into_data_under_another(
    locked: Run, told: str, tmp_path: Path
) -> None:
    file, others = foreign(tmp_path), tmp_path / "others.txt"
    others.write_text("of the other computer\n")
    status, _out, err = locked("restore", file, "--passphrase-file", told)
    assert status == 1
    assert "--backup-passphrase-file" in err
    done = locked("restore", file, "--passphrase-file", told, "--backup-passphrase-file", str(others))
    assert done[0] == 0
    assert '"Far Away"' in locked("export", "-", "--passphrase-file", told)[1]
    assert locked("export", "-", "--passphrase-file", str(others))[0] == 1


def test_without_the_note_beside_it_the_sentence_says_what_tells(
    locked: Run, told: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    (folder / "followup.cipher").unlink()
    for each in (folder / "backups").iterdir():
        each.unlink()
    status, _out, err = locked("due")
    assert status == 1
    assert "followup.cipher" in err
    assert "--passphrase-file" in err
    assert locked("due", "--passphrase-file", told)[0] == 0
    assert (folder / "followup.cipher").exists()
