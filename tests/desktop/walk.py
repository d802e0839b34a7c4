"""The program on an empty data folder, worked by a user's hands through days that the test moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.desktop.program import COMMAND, FakeClock, problems, utc
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

BEFORE = datetime(2026, 10, 14, 12, 30, tzinfo=UTC)
AFTER_THE_INTERVIEW = datetime(2026, 10, 15, 13, 40, tzinfo=UTC)
CALL_DAY = datetime(2026, 10, 27, 10, 5, tzinfo=UTC)
SECOND_CALL = datetime(2026, 10, 30, 14, 5, tzinfo=UTC)
FEEDBACK_DAY = datetime(2026, 11, 3, 10, 5, tzinfo=UTC)

State = dict[str, Any]


class Walk:
    """The program on an empty data folder, worked by real keys, at an instant that the test moves."""

    def __init__(self, session: PrivateSession) -> None:
        self._session = session
        self.folder = session.folder / "followup"
        self.folder.mkdir()
        self.now = BEFORE
        self.row: int | None = None
        """The row of Today that is current, if that is known."""
        self.keys = 0
        """How many were pressed, but for those that take a step back and do it again."""
        self._clock = FakeClock(session, BEFORE)
        self._command = (*COMMAND, "--data-dir", str(self.folder))
        self._process = session.start("program", *self._command, env=self._clock.env)
        self._window = session.window(self._process)
        session.run("xdotool", "windowactivate", "--sync", self._window)

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self._session.run("xdotool", "key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self._session.run("xdotool", "type", "--delay", "15", text)

    def move_to(self, moment: datetime) -> None:
        """Let it be that instant, and the program notice it."""
        self.row = None
        self.now = moment
        self._clock.set(moment)
        self._run()
        self._session.run("xdotool", "windowactivate", "--sync", self._window)

    def state(self) -> State:
        """Everything that is stored but what was announced."""
        stored: State = json.loads(self._run("export", "-"))
        del stored["announced"]
        return stored

    def application(self) -> State:
        application: State = self.state()["applications"][0]
        return application

    def kinds(self) -> list[str]:
        """The kinds of the events, in the order of their instants."""
        events = sorted(self.application()["events"], key=lambda event: (event["at"], event["id"]))
        return [event["kind"] for event in events if event["kind"] != "stage"]

    def open_now(self) -> list[dict[str, Any]]:
        """What is open now, in the order of Today: what ends first, then what is due longest."""
        found = json.loads(self._run("due", "--json", "--at", utc(self.now)))
        never = "9999"
        return sorted(
            found,
            key=lambda f: (f["deadline_at"] or f["expires_at"] or never, f["due_at"], f["key"]),
        )

    def due(self) -> list[tuple[str, str]]:
        """Rule and title of what is open now and concerns the application."""
        return [(f["rule"], f["title"]) for f in self.open_now() if f["application"]]

    def do(self, what: str, act: Callable[[], None], done: Callable[[], bool]) -> None:
        """Do a step until it is stored, take it back, and do it again."""
        before = self.state()
        act()
        wait_until(done, 60, what)
        after = self.state()
        needed = self.keys
        self.press("ctrl+z")
        wait_until(lambda: self.state() == before, 60, f"{what}: undone")
        self.press("ctrl+shift+z")
        wait_until(lambda: self.state() == after, 60, f"{what}: done again")
        self.keys = needed

    def answer(self, title: str, *keys: str) -> None:
        """Go to the row of that title in Today, from the current one, and press these keys on it.

        The row leaves with the answer, and the one below it, or else above, becomes the current one.
        """
        rows = [each["title"] for each in self.open_now()]
        row = rows.index(title)
        ways = [["Home", *["Down"] * row]]
        if self.row is not None:
            ways.append(["Down" if row > self.row else "Up"] * abs(row - self.row))
        self.press(*min(ways, key=len), *keys)
        self.row = min(row, len(rows) - 2)

    def leave(self) -> None:
        self.press("ctrl+q")
        wait_until(lambda: self._process.poll() is not None, 60, "the program ends")
        assert self._process.returncode == 0, self._session.log("program")
        assert problems(self.folder) == ""

    def _run(self, *words: str) -> str:
        done = self._session.run(*self._command, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout
