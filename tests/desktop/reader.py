"""Reads and works a program through the accessibility bus."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.desktop.session import SYSTEM_PYTHON, PrivateSession


class Reader:
    """Finds controls by their accessible names, reads and works them."""

    def __init__(self, session: PrivateSession, application: str = "Follow Up") -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", "tests/desktop/at_spi.py", application],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=session.env,
        )

    def _ask(self, command: str, **arguments: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([command, arguments]) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline())
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

    def focused(self) -> str:
        """The name of what has the keyboard."""
        name: str = self._ask("focused")
        return name

    def has(self, name: str, **arguments: Any) -> None:
        """Wait until there is a control of that name."""
        self._ask("has", name=name, **arguments)

    def shown(self) -> list[tuple[str, str]]:
        """Role and name of everything that is shown."""
        return [(role, name) for _depth, role, name, is_shown in self._ask("tree") if is_shown]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
