"""Whatever a machine is like, a command ends with its status and one sentence, as a shell runs it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from _pytest.mark import ParameterSet

from followup_desktop.domain.errors import Refused
from followup_desktop.system import problems
from followup_desktop.system.nets import last_nets
from tests.test_cli import Run, run

__all__ = ["run"]

PROGRAM = (sys.executable, "-m", "followup_desktop")
FACTS = {
    "format": "followup-desktop",
    "version": 1,
    "policy": {"timezone": "Europe/Madrid", "country": "ES"},
    "applications": [
        {
            "id": "a1",
            "employer": "Acme",
            "role": "Engineer",
            "stage": "interviewing",
            "country": "ES",
            "interviews": [
                {"id": "i1", "starts_at": "2026-10-14T10:00", "minutes": 60, "reply_by": "2026-10-20"}
            ],
        }
    ],
}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and devices of POSIX")

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an application in it."""
    folder = tmp_path_factory.mktemp("filled")
    file = folder / "facts.json"
    file.write_text(json.dumps(FACTS), "utf-8")
    subprocess.run([*PROGRAM, "--data-dir", folder / "data", "import", file], check=True, capture_output=True)
    return folder / "data"


@pytest.fixture
def shell(tmp_path: Path, filled: Path) -> Shell:
    """Runs a line in a shell: ``$P`` is the program, ``$D`` a folder with facts, ``$T`` an empty one."""

    def run_(line: str, **variables: str) -> tuple[int, str, str]:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        environment |= {"P": " ".join(PROGRAM), "D": str(filled), "T": str(tmp_path), **variables}
        done = subprocess.run(
            ["sh", "-c", line],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run_


def as_journey(*case: object) -> ParameterSet:
    """One more of a kind of which there is another in every run."""
    return pytest.param(*case, marks=pytest.mark.journey)


def one_sentence(text: str) -> bool:
    return text.startswith("followup-desktop: ") and text.endswith(".\n") and text.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "$P --data-dir $D export - > /dev/full",
            "Standard output can't be written (No space left on device)",
        ),
        as_journey("$P --data-dir $D due --json > /dev/full", "Standard output can't be written"),
        as_journey("$P --data-dir $D due > /dev/full", "Standard output can't be written"),
        ("$P --help > /dev/full", "Standard output can't be written"),
        ("$P --data-dir $D export - >&-", "Standard output can't be written"),
        as_journey("$P --data-dir $D due --all >&-", "Standard output can't be written"),
        ("$P --data-dir $D import - <&-", "Standard input can't be read"),
        ("$P --data-dir $D import - < /dev/zero", "Standard input is larger than 128 MB"),
        as_journey("$P --data-dir $D due --from /dev/zero", "/dev/zero is larger than 128 MB"),
        ("$P --data-dir $D import $T", "is a folder. Choose a file in it."),
        ("ln -s loop $T/loop; $P --data-dir $D import $T/loop", "Too many levels of symbolic links"),
        as_journey(
            "ln -s loop $T/loop; $P --data-dir $D export $T/loop", "Too many levels of symbolic links"
        ),
        ("ln -s loop $T/loop; $P --data-dir $T/loop due", "loop isn't a folder"),
        as_journey("ln -s loop $T/loop; $P --data-dir $T/loop/below due", "loop isn't a folder"),
        as_journey("ln -s nowhere $T/gone; $P --data-dir $T/gone due", "gone isn't a folder"),
        ("ln -s nowhere $T/followup.db; $P --data-dir $T due", "which doesn't exist"),
        as_journey("ln -s followup.db $T/followup.db; $P --data-dir $T due", "which doesn't exist"),
        ("mkfifo $T/followup.db; $P --data-dir $T due", "followup.db isn't a file"),
        as_journey("touch $T/file; $P --data-dir $T/file due", "file isn't a folder"),
        ("$P --data-dir '~nosuchuser/data' due", "There's no home folder for ~nosuchuser/data"),
        as_journey("FOLLOWUP_DATA_DIR='~nosuchuser' $P due", "There's no home folder for ~nosuchuser"),
        ("mkdir $T/caf\\351 2>&-; $P --data-dir \"$(printf '%s/caf\\351' $T)\" due", "isn't valid UTF-8"),
        ("$P --data-dir $D import \"$(printf '%s/caf\\351' $T)\"", "caf\\udce9 can't be read"),
        ("cd $T && mkdir x && cd x && rmdir ../x && $P --data-dir y due", "The data folder y can't be found"),
        ("(ulimit -f 8; $P --data-dir $T/small due)", "can't be used (File too large)"),
    ],
)
def test_what_can_not_be_done_is_one_sentence(shell: Shell, line: str, words: str) -> None:
    status, out, err = shell(line)
    assert status == 1
    assert out == ""
    assert words in err
    assert one_sentence(err)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        as_journey("$P --data-dir $D due 2>&-", (0, "Nothing's due.\n", "")),
        ("$P --data-dir $D due --at 2026-10-10T00:00:00Z 2>/dev/full", (0, "Nothing's due.\n", "")),
        as_journey("$P --data-dir $D import nowhere.json 2>/dev/full", (1, "", "")),
        ("$P --data-dir $D import nowhere.json 2>&- >&- <&-", (1, "", "")),
        ("$P dance 2>/dev/full", (2, "", "")),
        as_journey("$P dance 2>&-", (2, "", "")),
        ("$P --data-dir $D export $T/out.json <&- >&- 2>&- && test -s $T/out.json", (0, "", "")),
        ("$P --data-dir $D export \"$(printf '%s/caf\\351' $T)\"", (0, "", "")),
        as_journey(
            "ln -s new.json $T/link; $P --data-dir $D export $T/link && test -s $T/new.json", (0, "", "")
        ),
        (
            "mkfifo $T/p; cat $D/../facts.json > $T/p & $P --data-dir $D import --dry-run $T/p | wc -l",
            None,
        ),
    ],
)
def test_what_nobody_reads_or_writes_stops_nothing(shell: Shell, line: str, expected: Any) -> None:
    found = shell(line.replace("due 2", "due --at 2026-01-01T00:00:00Z 2"))
    assert found[0] == 0 if expected is None else found == expected
    assert "Traceback" not in found[2]


def test_a_closed_stream_is_not_taken_by_the_database(shell: Shell, filled: Path) -> None:
    before = shell("$P --data-dir $D export -")[1]
    for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        shell(f"$P --data-dir $D due --all {closed}")
    assert shell("$P --data-dir $D export -")[1] == before != ""


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE application SET stage = 'dreaming'", "stage of the application “a1” is “dreaming”"),
        ("UPDATE application SET applied_on = 'soon'", "applied on of the application “a1” is “soon”"),
        (
            "UPDATE application SET timezone = 'Mars/Olympus'",
            "timezone of the application “a1” is “Mars/Olympus”",
        ),
        *(
            (
                f"UPDATE application SET country = '{country}'; DELETE FROM meta WHERE name = 'made_with'",
                f"There's no holiday data for the country “{country}”. Correct it in the database",
            )
            for country in ("Atlantis", "XX", "DE-XX")
        ),
        (
            "INSERT OR REPLACE INTO policy VALUES ('country', '\"XX\"'); "
            "UPDATE application SET country = NULL; DELETE FROM meta WHERE name = 'made_with'",
            "There's no holiday data for the country “XX”. Correct it in the database",
        ),
        ("UPDATE application SET tags = '5'", "tags of the application “a1” is “5”"),
        ("UPDATE interview SET starts_at = '10 o''clock'", "starts at of the interview"),
        ("UPDATE interview SET kind = 'seance'", "kind of the interview “i1” is “seance”"),
        ("UPDATE policy SET value = '\"Nowhere\"' WHERE name = 'timezone'", "the setting “timezone”"),
        ("INSERT OR REPLACE INTO policy VALUES ('away', '[5]')", "the setting “away”"),
        ("INSERT OR REPLACE INTO policy VALUES ('away', 'no JSON')", "the setting “away”"),
        ("DROP TABLE event", "is damaged and was left as it is"),
        ("DROP TABLE policy", "is damaged and was left as it is"),
    ],
)
def test_a_database_edited_by_hand_is_told_where_it_can_not_be_read(
    run: Run, filled: Path, tmp_path: Path, statement: str, words: str
) -> None:
    shutil.copytree(filled, tmp_path / "data")
    with apsw.Connection(str(tmp_path / "data" / "followup.db")) as connection:
        connection.pragma("foreign_keys", 0)
        connection.pragma("ignore_check_constraints", 1)
        connection.execute(statement)
    connection.close()
    is_due = any(word in statement for word in ("DROP", "stage", "country"))
    status, out, err = run("due", "--all") if is_due else run("export", "-")
    assert (status, out) == (1, "")
    assert words in err
    assert one_sentence(err)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("None", "There's no home folder"),
        ("Path('/proc/x')", "can't be"),
        ("Path('/usr')", "isn't writable"),
    ],
)
def test_a_user_without_rights_or_a_home_is_told_so(folder: str, words: str) -> None:
    script = f"""
import os, sys
from pathlib import Path
from followup_desktop.domain.errors import Refused
from followup_desktop.system.paths import data_paths
from followup_desktop.i18n import is_right_to_left
from platformdirs import unix
is_right_to_left()  # read from a checkout that may be root's alone
os.setuid(54321)
try:
    data_paths({folder}, {{}})
except Refused as refused:
    print(refused)
"""
    environment = {name: value for name, value in os.environ.items() if name not in {"HOME", "XDG_DATA_HOME"}}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert words in done.stdout
    assert done.stdout.endswith(".\n")


def test_an_error_that_nothing_handles_is_told_without_what_was_typed() -> None:
    try:
        json.loads("{}")["Ana Ruiz, ana@acme.example"]
    except KeyError as error:
        said = problems.sentence(error)
    assert said.startswith("Something went wrong (KeyError in test_nets.py, line ")
    assert "Ana" not in said
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/x")
    assert (
        problems.sentence(full) == "/data/x can't be used (No space left on device). Fix that and try again."
    )
    assert problems.sentence(Refused("As it is.")) == "As it is."
    assert problems.sentence(MemoryError()).startswith("There isn't enough memory")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_last_nets_catch_slots_threads_and_destructors(capfd: pytest.CaptureFixture[str]) -> None:
    class Dying:
        def __del__(self) -> None:
            raise ValueError("a destructor")

    def fail() -> None:
        raise ValueError("a thread")

    caught: list[str] = []

    def note(error: BaseException) -> None:
        caught.append(str(error))
        raise RuntimeError("even the net")

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with last_nets(note):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        del thread
        Dying()
        sys.excepthook(ValueError, ValueError("a slot"), None)
    assert caught == ["a thread", "a destructor", "a slot"]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert capfd.readouterr() == ("", "")
