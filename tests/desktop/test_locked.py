"""The program started on data under a passphrase, at a desktop: unlocked, left, and locked in the tray."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_desktop.services.passphrase import Passphrase
from followup_desktop.services.passphrase import unlock as open_with
from followup_desktop.services.reminding.locked_count import moments_file
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.keyrings.secret_service import SecretService
from tests.desktop.program import COMMAND, RunningProgram, facts, just_interviewed, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.session import PrivateSession

QUESTION = 500
"""Wider than the window that asks, in pixels."""
WORDS = "four random words here"
FORMER = "those of last year"
ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00"}


@pytest.fixture
def program(session: PrivateSession) -> Iterator[RunningProgram]:
    """A program in which a thank-you is due, whose data are locked, with a backup as they were formerly."""
    made = RunningProgram(session, facts(just_interviewed(datetime.now(UTC)), **ALWAYS))
    store = Store(open_database(made.folder / "followup.db"))
    passphrase = Passphrase(store, lambda: SecretService(None))
    passphrase.put(FORMER)
    store.make_backup(store.backups_folder / "former.sqlite3", Why.ASKED)
    passphrase.put(WORDS)
    store.close()
    yield made


def unlock(session: PrivateSession, program: RunningProgram, words: str) -> None:
    session.activate(session.window(program.process))
    session.run("xdotool", "type", "--delay", "30", words)
    session.run("xdotool", "key", "Return")


def reminded(session: PrivateSession) -> bool:
    return any("Ana Ruiz" in each.title for each in session.received())


def test_it_asks_again_after_a_wrong_one_and_then_is_as_ever(
    session: PrivateSession, program: RunningProgram
) -> None:
    program.start()
    for wrong in ("wrong", FORMER):
        unlock(session, program, wrong)
        session.run("xdotool", "key", "ctrl+a")
        wait_until(lambda: session.windows(program.process), 30, "it still asks")
    repeat_until(
        lambda: unlock(session, program, WORDS), lambda: reminded(session), 60, "unlocked, it reminds"
    )
    assert session.area(session.window(program.process))[2] > QUESTION
    program.leave()
    assert problems(program.folder) == ""


def test_started_at_login_it_tells_that_it_is_locked_and_shows_no_window(
    session: PrivateSession, program: RunningProgram, need: Callable[..., None]
) -> None:
    need("trayer")
    session.start_tray()
    # As the program keeps it if the user wishes that reminders are counted.
    moments_file(program.folder).write_text(json.dumps([[0, 1], [0, 1 << 36], [1 << 35, 1 << 36]]))
    command = (*COMMAND, "--background", "--data-dir", str(program.folder))
    program.process = session.start("program", *command)
    wait_until(session.received, 60, "it tells")
    (told,) = session.received()
    assert told.title == "Follow Up is locked"
    assert told.body == "1 reminder is waiting. Unlock it to get your reminders."
    assert session.windows(program.process) == []
    session.press_action(told.id, next(iter(told.actions.keys() - {"default"})))
    session.window(program.process)
    repeat_until(lambda: unlock(session, program, WORDS), lambda: reminded(session), 60, "it reminds")
    wait_until(lambda: not moments_file(program.folder).exists(), 60, "nobody wishes it any more")
    program.leave()


def test_a_second_start_brings_the_question_forward_and_quit_ends(
    session: PrivateSession, program: RunningProgram
) -> None:
    rest = Path(program.folder, ".followup.db.999999.part")
    rest.write_bytes(b"plain, for a kill broke off the removal of the passphrase")
    program.start()
    assert not rest.exists()
    before = Path(program.folder, "followup.db").read_bytes()
    program.raise_window()
    program.leave()
    assert Path(program.folder, "followup.db").read_bytes() == before


LINK = "followup:add?title=Night%20cook%20wanted"


def test_a_posting_handed_over_while_locked_is_refused_and_one_it_was_started_with_is_filled_in(
    session: PrivateSession, program: RunningProgram
) -> None:
    """Nothing lies in plain meanwhile, and nobody is told that it's kept."""
    command = (*COMMAND, "--data-dir", str(program.folder), "--link")
    program.process = session.start("program", *command, LINK)
    session.window(program.process)
    second = session.run("env", "QT_QPA_PLATFORM=offscreen", *command, LINK.replace("cook", "baker"))
    assert second.returncode == 1
    assert "Follow Up isn't open yet." in second.stderr
    written = b"".join(each.read_bytes() for each in program.folder.rglob("*") if each.is_file())
    assert not any(name in written for name in (b"Night cook", b"Night%20cook", b"Night baker"))
    repeat_until(lambda: unlock(session, program, WORDS), lambda: reminded(session), 60, "unlocked")
    program.leave()
    database = program.folder / "followup.db"
    store = Store(open_database(database, keys=open_with(database, WORDS)))
    kept = json.dumps(store.drafts.all("forms"))
    store.close()
    assert "Night cook" in kept
    assert "baker" not in kept
