"""Cards of the board dragged with a real pointer on a real desktop."""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.desktop.program import RunningProgram, facts, problems
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

# A window with the board alone. It prints a line of JSON: first where things are on the screen, then what is
# said and the stages that are stored, each time that the board says something; and "over" after each drag.
WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from followup_desktop.domain.model import Stage
from followup_desktop.ui.board.cards import CardList
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests.ui import situations
from tests.ui.desk import Desk

start_drag = CardList.startDrag

def drag(cards, actions):
    start_drag(cards, actions)
    print("over", flush=True)

CardList.startDrag = drag
app = QApplication(sys.argv)
desk = Desk(Path(sys.argv[1]), situations.twelve())
board = BoardView(desk.context(Theme(app, IconSet(icon_folder()), ThemeChoice.LIGHT)))
desk.store.subscribe(board.refresh)

def middle(widget, rect):
    point = widget.mapToGlobal(rect.center())
    return point.x(), point.y()

def places():
    found = {}
    for stage, column in board.columns.items():
        view = column.list.viewport()
        if view.isVisible():
            found[stage.value] = middle(view, view.rect())
            for row in range(column.list.cards.rowCount()):
                index = column.list.cards.index(row, 0)
                found[column.list.cards.id_at(row)] = middle(view, column.list.visualRect(index))
    for stage, folded in board.closed.bins.items():
        if folded.isVisible():
            found[stage.value] = middle(folded, folded.rect())
    print(json.dumps(found), flush=True)

def said(words):
    stages = {each.id: each.stage.value for each in desk.store.applications()}
    print(json.dumps({"said": words, "undo": desk.tracker.undo_label, **stages}), flush=True)

board.status.connect(said)
board.setWindowTitle("Board")
board.resize(int(sys.argv[2]), 700)
board.show()
QTimer.singleShot(1000, places)
sys.exit(app.exec())
"""


class BoardWindow:
    """The window in the session, and the pointer."""

    def __init__(self, session: PrivateSession, width: int = 1200) -> None:
        self._session = session
        folder = session.folder / "board"
        folder.mkdir()
        self._process = session.start("board", sys.executable, "-c", WINDOW, str(folder), str(width))
        session.window(self._process)
        self.places: dict[str, list[int]] = wait_until(lambda: self.lines()[:1], 60, "it is laid out")[0]

    def lines(self) -> list[dict[str, Any]]:
        """What the window has printed."""
        found = [line for line in self._session.log("board").splitlines() if line.startswith("{")]
        return [json.loads(line) for line in found]

    def drag(self, card: str, *ways: tuple[int, int] | list[int]) -> None:
        """Pick up a card, carry it along these points, let it go at the last, and wait until that is over.

        A press that comes before is lost to the drag.
        """
        before = self._drags
        self._pointer("mousemove", *self.places[card])
        self._pointer("mousedown", 1)
        x, y = self.places[card]
        for there_x, there_y in ways:
            for part in (0.1, 0.4, 0.7, 0.95, 1.0):
                self._pointer("mousemove", round(x + part * (there_x - x)), round(y + part * (there_y - y)))
            x, y = there_x, there_y
        self._pointer("mouseup", 1)
        wait_until(lambda: self._drags > before, 60, "the drag is over")

    @property
    def _drags(self) -> int:
        """How many drags are over."""
        return self._session.log("board").splitlines().count("over")

    def _pointer(self, what: str, *values: int) -> None:
        done = self._session.run("xdotool", what, *map(str, values))
        assert done.returncode == 0, done.stderr


def test_a_card_dragged_by_the_pointer_moves_the_application(session: PrivateSession) -> None:
    window = BoardWindow(session)
    window.drag("acme", window.places["interviewing"])
    window.drag("quiet-001", window.places["interviewing"])
    moved = wait_until(lambda: window.lines()[1:], 60, "the card is dropped")[0]
    assert moved["said"] == "Moved Contoso to Interviewing", "what is dropped on its own column stays"
    assert moved["quiet-001"] == "interviewing"
    assert moved["undo"] == "Move Contoso to Interviewing"
    window.drag("stark", window.places["accepted"])
    moved = wait_until(lambda: window.lines()[2:], 60, "the card is dropped on a folded column")[0]
    assert moved["stark"] == "accepted"


def test_a_card_held_at_the_edge_reaches_what_is_out_of_sight(session: PrivateSession) -> None:
    window = BoardWindow(session, width=620)
    x, y = window.places["tyrell"]
    beyond = max(place[0] for place in window.places.values())
    edge = x - 100 + 500
    assert beyond > edge + 100, "the last columns are out of sight"
    window.drag("tyrell", (edge, y), (edge + 60, y), (edge + 61, y + 1))
    moved = wait_until(lambda: window.lines()[1:], 60, "the card is dropped")[0]
    assert moved["tyrell"] != "saved"


def test_keys_alone_move_a_card_in_the_program_and_undo_it(session: PrivateSession) -> None:
    application = {"id": "a1", "employer": "Acme", "role": "Data Engineer", "stage": "applied"}
    program = RunningProgram(session, facts(application, quiet_from="00:00", quiet_until="00:00"))
    program.start()
    session.run("xdotool", "windowfocus", "--sync", program.window)

    def stage() -> str:
        return str(program.exported()["applications"][0]["stage"])

    for keys, wanted in (
        (("ctrl+3", "alt+Right"), "interviewing"),
        (("alt+Right", "alt+Right"), "accepted"),
        (("alt+Left",), "offer"),
        (("ctrl+z", "ctrl+z"), "offer"),
        (("ctrl+z",), "interviewing"),
        (("ctrl+shift+z",), "offer"),
    ):
        session.run("xdotool", "key", "--delay", "150", *keys)
        wait_until(lambda wanted=wanted: stage() == wanted, 60, f"the card is in {wanted}")  # type: ignore[misc]
    program.leave()
    assert problems(program.folder) == ""
