"""A file that is dropped with a real pointer, and a link that is opened."""

from __future__ import annotations

import json
import sys

from tests.desktop.program import COMMAND, RunningProgram, facts, problems
from tests.desktop.programs import repeat_until
from tests.desktop.session import PrivateSession

SOURCE = """
import sys
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QWidget

class Source(QWidget):
    def mousePressEvent(self, event):
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        data.setText(sys.argv[1])
        drag.setMimeData(data)
        drag.exec()

qt = QApplication([])
source = Source()
source.setWindowTitle("Files")
source.setGeometry(1000, 600, 120, 90)
source.show()
qt.exec()
"""
"""Gives the file away as many a file manager does: by its address, and by its path as a text."""


def application(number: int) -> dict[str, str]:
    return {"id": f"a{number}", "employer": f"Employer {number}", "role": "Engineer", "stage": "saved"}


def test_a_file_dropped_on_the_search_is_imported(session: PrivateSession) -> None:
    program = RunningProgram(session, facts(application(1)))
    program.start()
    file = session.folder / "more.followup.json"
    file.write_text(json.dumps(facts(application(2))), "utf-8")
    source = session.window(session.start("source", sys.executable, "-c", SOURCE, str(file)))
    left, top, _width, _height = session.area(program.window)
    search = left + 300, top + 35

    def drag() -> None:
        session.activate(source)
        x, y = search
        way = [("mousemove", str(x + step), str(y + step), "sleep", "0.1") for step in (40, 20, 0)]
        start = map(str, session.middle(source))
        session.run("xdotool", "mousemove", *start, "mousedown", "1", *sum(way, ()), "mouseup", "1")

    def stored() -> set[str]:
        return {each["id"] for each in program.exported()["applications"]}

    repeat_until(drag, lambda: stored() == {"a1", "a2"}, 60, "the file that was dropped is imported")
    program.leave()
    assert problems(program.folder) == ""


def test_a_link_that_is_none_of_ours_is_refused_in_the_window_that_is_open(session: PrivateSession) -> None:
    """The command doesn't wait for somebody to close a box of its own."""
    program = RunningProgram(session, facts(application(1)))
    program.start()
    second = session.run(*COMMAND, "--data-dir", str(program.folder), "followup:delete?id=a1")
    assert second.returncode == 1
    assert "Follow Up's links can only add an application." in second.stderr
    assert {each["id"] for each in program.exported()["applications"]} == {"a1"}
    program.leave()
    assert problems(program.folder) == ""


def test_an_answer_of_nobody_known_is_logged_for_the_application_that_is_chosen(
    session: PrivateSession,
) -> None:
    one = {"id": "a1", "employer": "Acme", "role": "Engineer", "stage": "applied"}
    program = RunningProgram(session, facts(one, application(2)))
    program.start()
    file = session.folder / "answer.eml"
    said = "Unfortunately, we have decided to move forward with other candidates."
    file.write_text(f"From: Eva <eva@initrode.example>\nSubject: News\n\nDear Sam,\n\n{said}\n", "utf-8")
    source = session.window(session.start("source", sys.executable, "-c", SOURCE, str(file)))
    left, top, width, height = session.area(program.window)

    def answer() -> None:
        session.activate(source)
        start, end = session.middle(source), (left + width // 2, top + height // 2)
        way = [("mousemove", *map(str, (end[0] + step, end[1])), "sleep", "0.1") for step in (40, 20, 0)]
        session.run("xdotool", "mousemove", *map(str, start), "mousedown", "1", *sum(way, ()), "mouseup", "1")
        session.activate(program.window)
        session.run("xdotool", "sleep", "1", "type", "--delay", "60", "acm")
        session.run("xdotool", "sleep", "0.5", "key", "--delay", "400", "Down", "Return", "Return")

    def stages() -> dict[str, str]:
        return {each["id"]: each["stage"] for each in program.exported()["applications"]}

    repeat_until(
        answer, lambda: stages() == {"a1": "rejected", "a2": "saved"}, 90, "the rejection is logged for Acme"
    )
    program.leave()
    assert problems(program.folder) == ""
