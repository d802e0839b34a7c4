"""The real program in a private session: started on facts, asked, ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from tests.desktop.programs import NotInTime, repeat_until, wait_until
from tests.desktop.session import PrivateSession

COMMAND = (sys.executable, "-m", "followup_desktop")
TIMEOUT = 60.0


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def facts(*applications: dict[str, Any], **policy: Any) -> dict[str, Any]:
    """An interchange file of these applications, with Ana Ruiz at Acme as contact ``c1``."""
    return {
        "format": "followup-desktop",
        "version": 1,
        "policy": {"timezone": "UTC", **policy},
        "contacts": [{"id": "c1", "name": "Ana Ruiz", "employer": "Acme", "email": "ana@acme.example"}],
        "applications": list(applications),
    }


def just_interviewed(now: datetime, ended_ago: timedelta = timedelta(hours=3)) -> dict[str, Any]:
    """An application whose interview with Ana Ruiz ended a while ago, and was debriefed."""
    start = (now - ended_ago - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    interview = {"id": "i1", "starts_at": start, "timezone": "UTC", "minutes": 60, "interviewers": ["c1"]}
    return {
        "id": "a1",
        "employer": "Acme",
        "role": "Data Engineer",
        "stage": "interviewing",
        "interviews": [{**interview, "debriefed_at": utc(now), "reply_by": "2099-01-05"}],
    }


def drafts_in(folder: Path) -> str:
    """The drafts that another process finds in the database of a data folder, as JSON by their keys."""
    found = {}
    with suppress(apsw.Error):
        connection = apsw.Connection(str(folder / "followup.db"), flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_busy_timeout(1000)
        for key, texts in connection.execute("SELECT key, texts FROM draft"):
            found[str(key)] = json.loads(str(texts))
        connection.close()
    return json.dumps(found, ensure_ascii=False)


class RunningProgram:
    """The program on a data folder of its own in the session."""

    def __init__(self, session: PrivateSession, content: Mapping[str, Any]) -> None:
        self._session = session
        self.folder = session.folder / "followup"
        source = session.folder / "facts.json"
        source.write_text(json.dumps(content), "utf-8")
        self.command("import", str(source))

    def start(self, **env: str) -> subprocess.Popen[bytes]:
        """Open the window, and wait until it is shown."""
        env = {"PYTHONFAULTHANDLER": "1", **env}
        self.process = self._session.start("program", *COMMAND, "--data-dir", str(self.folder), env=env)
        self.window = self._session.window(self.process)
        return self.process

    def raise_window(self) -> None:
        """Start the program once more, which brings the first one's window forward."""
        second = self._session.run(*COMMAND, "--data-dir", str(self.folder))
        assert second.returncode == 0, second.stderr

    def command(self, *words: str) -> str:
        """Run a command on the same data folder; returns its output."""
        done = self._session.run(*COMMAND, "--data-dir", str(self.folder), *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def exported(self) -> dict[str, Any]:
        """Everything that is stored."""
        stored: dict[str, Any] = json.loads(self.command("export", "-"))
        return stored

    def events(self) -> list[dict[str, Any]]:
        """The events of the first application."""
        events: list[dict[str, Any]] = self.exported()["applications"][0]["events"]
        return events

    def due(self, *words: str) -> list[dict[str, Any]]:
        """The follow-ups that are due."""
        found: list[dict[str, Any]] = json.loads(self.command("due", "--json", *words))
        return found

    def add_due(self, *titles: str, **policy: str) -> None:
        """Let another process add reminders of the user's own that are due, and the program look at once."""
        at = f"{datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
        reminders = [{"id": title.casefold(), "title": title, "at": at} for title in titles]
        source = self._session.folder / "more.json"
        source.write_text(json.dumps({**facts(**policy), "reminders": reminders}), "utf-8")
        self.command("import", str(source))
        self.raise_window()

    def answer_in_today(self, key: str, effect: Callable[[], bool]) -> None:
        """Answer the first follow-up of the list with that key, and wait for the effect."""

        def press() -> None:
            self._session.activate(self.window)
            self._session.run("xdotool", "key", "--delay", "60", "ctrl+1", "Home", key)

        repeat_until(press, effect, TIMEOUT, f"the key {key} answers in the window")

    def leave(self) -> None:
        """End the program as a session manager does; it is to end well."""
        self.process.terminate()
        self.ended()

    def ended(self) -> None:
        """Wait until the program has ended well; one that doesn't end says where it is."""
        try:
            wait_until(lambda: self.process.poll() is not None, TIMEOUT, "the program ends")
        except NotInTime:
            self.process.send_signal(signal.SIGABRT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        assert self.process.returncode == 0, self._session.log("program")


class FakeClock:
    """A clock for one program of the session, moved by writing a file."""

    def __init__(self, session: PrivateSession, moment: datetime) -> None:
        self._file: Path = session.folder / "time"
        self.set(moment)
        library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        self.env = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_NO_CACHE": "1",
            # Else a wait for Python's lock returns at once, and two threads hardly get on: of 130,000 turns
            # in two seconds 900 are left, and a program that makes a backup doesn't answer.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }

    def set(self, moment: datetime) -> None:
        offset = moment - datetime.now(UTC)
        self._file.write_text(f"{offset / timedelta(seconds=1):+.3f}\n")


def problems(folder: Path) -> str:
    """What the program noted of errors of its own."""
    log = folder / "problems.log"
    return log.read_text("utf-8") if log.exists() else ""
