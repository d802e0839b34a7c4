"""What a double click on a file does, and F1, in a real window."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest

from tests.desktop.program import COMMAND, RunningProgram, facts, problems
from tests.desktop.programs import wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession


def application(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "employer": f"Employer {number}", "role": "Engineer", "stage": "saved"}


def test_a_file_is_imported_by_the_start_and_by_a_later_one(session: PrivateSession) -> None:
    program = RunningProgram(session, facts(application(1)))
    files = {}
    for number in (2, 3):
        files[number] = session.folder / f"búsqueda {number}.followup.json"
        files[number].write_text(json.dumps(facts(application(number))), "utf-8")
    session.env["FOLLOWUP_DATA_DIR"] = str(program.folder)

    def stored() -> set[str]:
        return {each["id"] for each in program.exported()["applications"]}

    program.process = session.start("program", *COMMAND, str(files[2]))
    session.window(program.process)
    wait_until(lambda: stored() == {"a1", "a2"}, 60, "the file of the first start is imported")
    second = session.run(*COMMAND, str(files[3]))
    assert second.returncode == 0, second.stderr
    wait_until(lambda: stored() == {"a1", "a2", "a3"}, 60, "the file of the second start is imported")
    session.run("xdotool", "key", "ctrl+z")
    wait_until(lambda: stored() == {"a1", "a2"}, 60, "the second import is undone")
    program.leave()
    assert problems(program.folder) == ""


def test_f1_opens_the_guide_and_escape_closes_it(session: PrivateSession) -> None:
    program = RunningProgram(session, facts(application(1)))
    program.start()

    def guides() -> list[str]:
        return session.visible("--pid", str(program.process.pid), "--name", "Follow Up guide$")

    session.run("xdotool", "windowactivate", "--sync", program.window, "key", "F1")
    (guide,) = wait_until(guides, 60, "the guide is open")
    session.run("xdotool", "windowactivate", "--sync", guide, "key", "Escape")
    wait_until(lambda: not guides(), 60, "the guide is closed")
    program.leave()
    assert problems(program.folder) == ""


@pytest.mark.parametrize("by", ["pointer", "key"])
def test_a_question_about_a_table_is_answered_in_the_opened_list(
    accessible_session: PrivateSession, by: str
) -> None:
    session = accessible_session
    program = RunningProgram(session, facts(application(1)))
    table = session.folder / "jobs.csv"
    table.write_text("Company,Role,Date applied\nQuarryline,Engineer,05/02/2026\n", "utf-8")
    program.process = session.start(
        "program", *COMMAND, "--data-dir", str(program.folder), str(table), env={"PYTHONFAULTHANDLER": "1"}
    )
    question = "Does the day or the month come first in dates like 05/02/2026?"

    def stored() -> dict[str, str | None]:
        return {each["employer"]: each.get("applied_on") for each in program.exported()["applications"]}

    def click(place: tuple[int, int]) -> None:
        session.run("xdotool", "mousemove", *map(str, place), "sleep", "0.6", "click", "1")

    with closing(Reader(session)) as reader:
        click(reader.place(question, role="combo box"))
        if by == "pointer":
            click(reader.place("The day", role="list item"))
        else:
            session.run("xdotool", "key", "--delay", "200", "Down", "Return")
        reader.press("Import", role="push button")
        wait_until(lambda: stored().get("Quarryline") == "2026-02-05", 60, "the table is imported")
    program.leave()
    assert problems(program.folder) == ""
