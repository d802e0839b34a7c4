"""The main job through the accessibility bus alone, by the names that are promised to stay."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.desktop.program import RunningProgram, facts, problems
from tests.desktop.session import SYSTEM_PYTHON, PrivateSession, wait_until


class Reader:
    """Finds controls by their accessible names, reads and works them."""

    def __init__(self, session: PrivateSession) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", "tests/desktop/at_spi.py"],
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


@pytest.fixture
def reader(accessible_session: PrivateSession) -> Iterator[Reader]:
    reader = Reader(accessible_session)
    yield reader
    reader.close()


def test_main_job_by_names_alone(accessible_session: PrivateSession, reader: Reader) -> None:
    program = RunningProgram(accessible_session, facts(quiet_from="00:00", quiet_until="00:00"))
    program.start()
    met = datetime.now(UTC) - timedelta(hours=5)

    reader.press("Applications", role="check box")
    reader.press("Add application")
    reader.enter("Employer", "Acme")
    reader.enter("Role", "Data Engineer")
    reader.press("Save application")
    wait_until(lambda: program.exported()["applications"], 10, "the application is stored")

    reader.press("Add interview")
    reader.enter("Date", f"{met:%Y-%m-%d}")
    reader.enter("Time", f"{met:%H:%M}")
    reader.enter("New person's name", "Ben Okafor")
    reader.press("Add person")
    reader.press("Save interview")
    wait_until(lambda: program.exported()["applications"][0]["interviews"], 10, "the interview is stored")
    assert program.exported()["applications"][0]["stage"] == "interviewing"

    reader.press("Today", role="check box")
    reader.has("Thank Ben Okafor", part=True, below="Follow-ups")
    reader.press("Sent", below="Thank Ben Okafor")
    kinds = wait_until(
        lambda: [k for k in (e["kind"] for e in program.events()) if k == "thank_you"], 10, "it is stored"
    )
    assert kinds == ["thank_you"]
    assert "thank_you" not in [f["rule"] for f in program.due()]

    reader.press("Undo")
    wait_until(lambda: "thank_you" in [f["rule"] for f in program.due()], 10, "it is due again")
    reader.press("Redo")
    wait_until(lambda: "thank_you" not in [f["rule"] for f in program.due()], 10, "it is settled again")
    program.leave()
    assert problems(program.folder) == ""


def test_promised_names_are_there(accessible_session: PrivateSession, reader: Reader) -> None:
    application = {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": "applied"}
    application["applied_on"] = "2026-01-05"
    program = RunningProgram(accessible_session, facts(application))
    program.start()
    reader.has("Follow-ups")
    reader.press("Applications", role="check box")
    reader.has("Applications", role="table")
    reader.press("Acme", role="table cell")
    reader.has("Posting address", role="text")
    shown = reader.shown()
    names = [name for _role, name in shown]
    promised = {"Search", "Applications", "Interviews", "Timeline", "Contacts", "Add application"}
    promised |= {"Add interview", "Add contact", "Log event", "Employer", "Role", "Stage", "Notes"}
    assert promised - set(names) == set()
    fields = {"text", "combo box"}
    for name in ("Employer", "Role", "Stage", "Fit", "Posting address"):
        assert [role for role, each in shown if each == name and role in fields], name
    program.leave()
