"""What others on the same computer can see of a running program: no file, no argument, no log, no socket."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desktop.program import COMMAND, drafts_in, just_interviewed
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells it")

TIMEOUT = 60.0
OPEN_TO_ALL = ("sh", "-c", 'umask 000; exec "$@"', "sh", *COMMAND)
"""Starts the program where whatever is made is open to everyone, unless it sees to that itself."""
MARK = "Qzxv"
"""Stands in everything that the user enters, and nowhere else."""
TYPED = "qzxvtyped"


def marked(now: datetime) -> dict[str, object]:
    """Facts with the mark in each text, and a reminder that is due."""
    application = just_interviewed(now)
    (interview,) = application["interviews"]
    application |= {
        "employer": f"{MARK} employer",
        "role": f"{MARK} role",
        "notes": f"{MARK} notes",
        "url": f"https://{MARK.lower()}.example/job",
        "interviews": [{**interview, "location": f"{MARK} street", "topics": f"{MARK} topics"}],
    }
    contact = {"id": "c1", "name": f"{MARK} Ruiz", "email": f"{MARK}@acme.example", "notes": f"{MARK} notes"}
    at = f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    return {
        "format": "followup-desktop",
        "version": 1,
        "policy": {"timezone": "UTC"},
        "contacts": [contact],
        "applications": [application],
        "reminders": [{"id": "r1", "title": f"{MARK} reminder", "at": at}],
    }


def processes(first: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield first
    with suppress(OSError):
        for child in Path(f"/proc/{first}/task/{first}/children").read_text().split():
            yield from processes(int(child))


def arguments(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    except OSError:
        return ""  # it has ended


def sockets_of(process: int) -> set[str]:
    """The numbers of the sockets that a process has open."""
    found = set()
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            target = str(entry.readlink())
            if target.startswith("socket:["):
                found.add(target[len("socket:[") : -1])
    return found


def local_sockets(process: int) -> set[str]:
    lines = Path(f"/proc/{process}/net/unix").read_text().splitlines()[1:]
    return {line.split()[6] for line in lines}


def open_to_others(*folders: Path) -> dict[str, str]:
    """What lies there that others may read, write or enter, with its permissions."""
    found = {}
    for folder in folders:
        for file in (folder, *folder.rglob("*")):
            mode = file.lstat().st_mode
            if not stat.S_ISLNK(mode) and mode & 0o077:
                found[str(file)] = oct(stat.S_IMODE(mode))
    return found


def holding(mark: bytes, *folders: Path) -> list[str]:
    """The files there in which that stands."""
    return [
        str(file)
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and mark in file.read_bytes()
    ]


def test_others_see_no_file_no_argument_no_log_and_no_socket(session: PrivateSession) -> None:
    place, temporary = session.folder / "users", session.folder / "temporary"
    place.mkdir()
    temporary.mkdir()
    session.env["TMPDIR"] = str(temporary)
    data = place / "data"
    source, exported = session.folder / "facts.json", place / "all.json"
    source.write_text(json.dumps(marked(datetime.now(UTC))), "utf-8")
    at = ("--data-dir", str(data))

    def command(*words: str) -> None:
        done = session.run(*OPEN_TO_ALL, *at, *words)
        assert done.returncode == 0, done.stderr
        assert MARK not in done.stderr

    command("import", str(source))
    process = session.start("program", *OPEN_TO_ALL, *at)
    window = session.window(process)
    wait_until(lambda: any(MARK in each.title for each in session.received()), TIMEOUT, "it reminds")
    session.run("xdotool", "windowactivate", "--sync", window, "key", "ctrl+n")

    def is_kept() -> bool:
        session.run("xdotool", "type", "--delay", "15", TYPED)
        return TYPED in drafts_in(data)

    wait_until(is_kept, TIMEOUT, "what is typed is kept as a draft")
    assert not [line for line in map(arguments, processes(process.pid)) if MARK in line or TYPED in line]
    assert sockets_of(process.pid) <= local_sockets(process.pid)
    runtime = Path(session.env["XDG_RUNTIME_DIR"])
    assert open_to_others(data, runtime) == {}
    command("backup")
    command("export", str(exported))
    process.terminate()
    wait_until(lambda: process.poll() is not None, TIMEOUT, "the program ends")
    assert open_to_others(data) == {}
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    assert {file.name for file in data.iterdir()} >= {"followup.db", "backups", "window.ini", "window.lock"}
    assert holding(MARK.encode(), temporary) == holding(TYPED.encode(), temporary) == []
    home = [
        Path(session.env[name]) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    ]
    assert holding(MARK.encode(), *home) == holding(TYPED.encode(), *home) == []
    assert MARK not in session.log("program")
    assert TYPED not in session.log("program")
    assert not (data / "problems.log").exists()
