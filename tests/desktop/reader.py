"""Reads and works a program through the accessibility bus."""

from __future__ import annotations

import json
import select
import subprocess
from typing import Any

from tests.desktop.session import SYSTEM_PYTHON, PrivateSession

START_ATTEMPTS = 3
START_TIMEOUT = 15.0
ANSWER_TIMEOUT = 40.0


class Reader:
    """Finds controls by their accessible names, reads and works them."""

    def __init__(self, session: PrivateSession, application: str = "Follow Up") -> None:
        self._command = (SYSTEM_PYTHON, "-W", "ignore", "tests/desktop/at_spi.py", application)
        self._session = session
        for _ in range(START_ATTEMPTS):
            self._start()
            if self._line(START_TIMEOUT):
                return
            self.close()
        raise AssertionError("the accessibility bus does not answer")

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._session.env, bufsize=0
        )

    def _line(self, timeout: float) -> bytes:
        """What it answers; nothing if it has not within the time, as when its library hangs at the start."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], timeout)
        return self._process.stdout.readline() if ready else b""

    def _ask(self, command: str, **arguments: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([command, arguments]).encode() + b"\n")
        line = self._line(ANSWER_TIMEOUT)
        assert line, f"no answer to {command} {arguments}"
        reply = json.loads(line)
        assert "error" not in reply, reply["error"]
        return reply["answer"]

    def press(self, name: str, below: str | None = None, role: str | None = None) -> None:
        """Press the control of that name; ``below`` narrows it to a part whose name holds these words."""
        self._ask("press", name=name, below=below, role=role)

    def enter(self, name: str, text: str) -> None:
        """Put a text into the field of that name."""
        self._ask("enter", name=name, text=text)

    def place(self, name: str, below: str | None = None, role: str | None = None) -> tuple[int, int]:
        """The middle of the control of that name, on the screen."""
        x, y = self._ask("place", name=name, below=below, role=role)
        return x, y

    def place_in_window(self, window: str, name: str) -> tuple[int, int] | None:
        """The middle of a control of the window in which this text stands, if it is shown now."""
        found = self._ask("place_in_window", window=window, name=name)
        return tuple(found) if found else None

    def has(self, name: str, **arguments: Any) -> None:
        """Wait until there is a control of that name."""
        self._ask("has", name=name, **arguments)

    def told_of(self, name: str, role: str | None = None) -> tuple[str | None, str]:
        """The level of a heading, if it is one, and the language of a control."""
        level, language = self._ask("told_of", name=name, role=role)
        return level, language

    def shown(self) -> list[tuple[str, str]]:
        """Role and name of everything that is shown."""
        return [(role, name) for _depth, role, name, is_shown in self._ask("tree") if is_shown]

    def listen(self) -> None:
        """Keep from now on what the window tells of itself."""
        self._ask("listen")

    def heard(self, words: str) -> list[tuple[str, str]]:
        """Kind and name of all that was told since it was asked last, once these words are among it."""
        return [(kind, name) for kind, name in self._ask("heard", words=words)]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
