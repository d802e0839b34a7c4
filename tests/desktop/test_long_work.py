"""A large import on a real desktop: the dialog, Esc that leaves nothing, the whole, and its undo."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desktop.program import COMMAND, RunningProgram, facts, problems
from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.session import PrivateSession

LARGE = 6000
HUGE = 40_000
"""Read for so long that there is time to cancel."""
PATIENCE = 90


def write(folder: Path, count: int) -> Path:
    """A file with so many applications."""
    applications = [
        {"id": f"a{n}", "employer": f"Employer {n}", "role": "Role", "stage": "rejected"}
        for n in range(count)
    ]
    path = folder / f"with-{count}.json"
    document = {"format": "followup-desktop", "version": 1, "applications": applications}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def windows(session: PrivateSession, title: str) -> str:
    """The windows of that title, as the window manager has them."""
    return session.run("xdotool", "search", "--onlyvisible", "--name", title).stdout.strip()


def test_a_large_import_is_cancelled_then_done_then_undone(session: PrivateSession) -> None:
    program = RunningProgram(session, facts())
    program.start()
    session.run("xdotool", "windowactivate", "--sync", program.window)

    def bring(count: int) -> None:
        """Hand the running program a file, as a double click on it does, until it takes it."""
        file = write(session.folder, count)

        def hand_over() -> None:
            handed = session.run(*COMMAND, "--data-dir", str(program.folder), "--open", str(file))
            assert handed.returncode == 0, handed.stderr

        # On a busy machine a smaller one is done before anybody has looked for its progress.
        repeat_until(hand_over, lambda: waiting() or stored() == count, 60, "the file is taken")

    def waiting() -> str:
        return windows(session, "^Working")

    def stored() -> int:
        return len(program.exported()["applications"])

    bring(HUGE)

    def give_up() -> None:
        if dialog := waiting():
            session.run("xdotool", "windowactivate", "--sync", dialog.split()[0])
            session.run("xdotool", "key", "Escape")

    repeat_until(give_up, lambda: not waiting(), 60, "the import is given up")
    assert stored() == 0

    bring(LARGE)
    wait_until(lambda: stored() == LARGE, PATIENCE, "all are stored")
    wait_until(lambda: not waiting(), PATIENCE, "the progress is gone")
    session.run("xdotool", "windowactivate", "--sync", program.window)
    session.run("xdotool", "key", "ctrl+z")
    wait_until(lambda: stored() == 0, PATIENCE, "the import is undone")
    wait_until(lambda: not waiting(), PATIENCE, "the progress is gone")
    program.leave()
    assert problems(program.folder) == ""
