"""What is being typed outlives the program, even when it is killed a second after the last key."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.desktop.program import RunningProgram, drafts_in, facts
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

ACME = {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": "applied"}


class Typist:
    """The program, real keys, and a sudden end."""

    def __init__(self, session: PrivateSession) -> None:
        self._session = session
        self.program = RunningProgram(session, facts(ACME))

    def start(self) -> None:
        self.program.start()
        self._session.run("xdotool", "windowactivate", "--sync", self.program.window)

    def press(self, *keys: str) -> None:
        self._session.run("xdotool", "key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self._session.run("xdotool", "type", "--delay", "15", text)

    def kill_once_kept(self, *texts: str) -> None:
        """Do nothing more; when these texts are on disk, the program is killed.

        That takes 0.3 s, and more where the keys themselves arrive late: a second was not enough while
        packages were made beside it.
        """
        wait_until(lambda: all(text in self.on_disk() for text in texts), 5, f"kept: {texts}")
        self.program.process.send_signal(signal.SIGKILL)
        self.program.process.wait(10)
        assert self.program.process.returncode == -signal.SIGKILL

    def on_disk(self) -> str:
        """What another process finds among the drafts."""
        return drafts_in(self.program.folder)

    def application(self, employer: str) -> dict[str, Any] | None:
        """What is stored of the application at an employer."""
        stored = self.program.exported()["applications"]
        return next((each for each in stored if each["employer"] == employer), None)


@pytest.fixture
def typist(session: PrivateSession, need: Callable[..., None]) -> Iterator[Typist]:
    yield Typist(session)


def test_an_application_being_added_goes_on_after_a_kill(typist: Typist) -> None:
    typist.start()
    typist.press("ctrl+n")
    typist.type("Globex Corp")
    typist.press("Tab")
    typist.type("Data Scien")
    typist.kill_once_kept("Globex Corp", "Data Scien")
    assert typist.application("Globex Corp") is None
    typist.start()
    typist.press("ctrl+n", "Tab", "End")
    typist.type("tist")
    typist.press("Return")
    stored = wait_until(lambda: typist.application("Globex Corp"), 60, "the application is added")
    assert stored["role"] == "Data Scientist"
    wait_until(lambda: "Globex" not in typist.on_disk(), 60, "what was saved is kept no more")
    typist.program.leave()


def test_an_interview_being_written_goes_on_after_a_kill(typist: Typist) -> None:
    typist.start()
    typist.press("ctrl+2", "ctrl+i", "ctrl+a")
    typist.type("30 Oc")
    typist.press(*["Tab"] * 3, "ctrl+a")
    typist.type("45")
    typist.press("Tab")
    typist.type("Third floor")
    typist.kill_once_kept("30 Oc", "Third floor")
    assert not json.dumps(typist.program.exported()).count("Third floor")
    typist.start()
    typist.press("ctrl+2", "ctrl+i", "End")
    typist.type("t 2030")
    typist.press("Return")

    def interviews() -> list[dict[str, Any]]:
        application = typist.application("Acme")
        return application["interviews"] if application else []

    (stored,) = wait_until(interviews, 60, "the interview is added")
    assert (stored["starts_at"][:10], stored["minutes"]) == ("2030-10-30", 45)
    assert stored["location"] == "Third floor"
    typist.program.leave()


def test_a_reminder_by_keys_alone_goes_on_after_a_kill(typist: Typist) -> None:
    def titles() -> list[str]:
        return [each["title"] for each in typist.program.exported()["reminders"]]

    typist.start()
    typist.press("ctrl+r")
    typist.type("Call the ba")
    typist.kill_once_kept("Call the ba")
    typist.start()
    typist.press("ctrl+r", "End")
    typist.type("nk")
    typist.press("Return")
    wait_until(lambda: titles() == ["Call the bank"], 60, "the reminder is added")
    typist.press("ctrl+1", "Home", "F2", "End")
    typist.type(" again")
    typist.press("Return")
    wait_until(lambda: titles() == ["Call the bank again"], 60, "the reminder is changed")
    typist.press("ctrl+1", "Home", "Delete")
    wait_until(lambda: not titles(), 60, "the reminder is deleted")
    typist.press("ctrl+z")
    wait_until(lambda: titles() == ["Call the bank again"], 60, "deleting it is undone")
    typist.program.leave()
