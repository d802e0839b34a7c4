"""The steps to undo are named in the language of now, whatever it was when they were taken."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from followup_desktop.domain.model import CallOutcome, EventKind, Stage
from followup_desktop.services.tracker import Result
from followup_desktop.services.wording import Wording
from tests.pseudo_locale import speaking
from tests.services.conftest import Desk, acme, madrid
from tests.services.tracker.test_bulk import IDS, VERBS
from tests.sources import trees_with

ONE_BY_ONE: dict[str, Callable[[Desk], Result]] = {
    "Edit Acme a1": lambda d: d.tracker.edit_application("a1", role="Clerk"),
    "Add Lea Kurz": lambda d: d.tracker.add_contact(name="Lea Kurz"),
    "Log call": lambda d: d.tracker.log_event("a1", EventKind.CALL, outcome=CallOutcome.SPOKE),
    "Pause the search": lambda d: d.tracker.set_search_paused(True),
    "Change settings": lambda d: d.tracker.edit_policy(country="ES"),
}
STEPS = {**ONE_BY_ONE, **dict(VERBS.values())}


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    desk.put(*(acme(Stage.APPLIED, id=name, employer=f"Acme {name}", tags=("old",)) for name in IDS))
    desk.now = madrid("2026-12-16T12:00")
    desk.store.history.clear()
    return desk


@pytest.mark.parametrize("english", STEPS)
def test_a_step_is_named_in_the_language_of_now(shelf: Desk, english: str) -> None:
    done = STEPS[english](shelf)
    history = shelf.store.history
    assert (done.label, history.undo_label) == (english, english)
    with speaking("de"):
        german = history.undo_label
        assert german not in (None, english)
        assert shelf.tracker.undo().label == german
        assert history.redo_label == german
    assert shelf.tracker.redo().label == english


def test_a_stage_in_a_step_is_named_in_the_language_of_now_too(shelf: Desk) -> None:
    with speaking("de"):
        shelf.tracker._wording = Wording()
        shelf.tracker.set_stage("a1", Stage.REJECTED)
    assert shelf.store.history.undo_label == "Move Acme a1 to Rejected"


def test_every_step_is_written_so_that_it_can_be_said_again() -> None:
    """Outside a lambda (or a method that only one calls) it would be said once, when the step is taken."""
    said: dict[str, bool] = {}
    for file, tree in trees_with("a step to undo"):
        nodes = [*ast.walk(tree)]
        again = {
            id(part)
            for node in nodes
            if isinstance(node, ast.Lambda)
            or (isinstance(node, ast.FunctionDef) and node.name in {"_logging", "_called"})
            for part in ast.walk(node)
        }
        said |= {
            f"{file.name}:{node.lineno}:{node.col_offset}": id(node) in again
            for node in nodes
            if isinstance(node, ast.Constant) and node.value == "a step to undo"
        }
    assert said
    assert [where for where, is_again in said.items() if not is_again] == []
