"""The life of one application by keys alone, in a real window: each step is undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession
from tests.desktop.walk import AFTER_THE_INTERVIEW, CALL_DAY, FEEDBACK_DAY, SECOND_CALL, Walk


@pytest.fixture
def walk(session: PrivateSession, need: Callable[..., None]) -> Iterator[Walk]:
    need("faketime")
    yield Walk(session)


FEWEST_KEYS = 100
"""The first version took 107. The form is open at the start; the row that comes next is the current one."""


def add_application(walk: Walk) -> None:
    """A new start opens the form."""
    walk.type("Acme")
    walk.press("Tab")
    walk.type("Data Engineer")
    walk.press("Return")


def note_what_they_said(walk: Walk) -> None:
    """The fifth field asks when one will hear; people, a new one's name and email and Add come before."""
    walk.press("ctrl+1")
    walk.answer("How did it go at Acme?", "Return", *["Tab"] * 4)
    walk.type("the move to streaming")
    walk.press("Tab")
    walk.type("next friday")
    walk.press("ctrl+Return")


def test_the_life_of_an_application_by_keys_alone(walk: Walk) -> None:
    walk.press("Return")
    wait_until(lambda: walk.state()["policy"]["timezone"] == "Etc/UTC", 60, "the first start is over")
    walk.do("an application", lambda: add_application(walk), lambda: bool(walk.state()["applications"]))
    assert walk.due() == []

    walk.press("ctrl+i", *["Tab"] * 6)
    for name in ("Ana Ruiz", "Tom Berg"):
        walk.type(name)
        walk.press("Return")
    walk.do(
        "an interview with two people",
        lambda: walk.press("ctrl+Return"),
        lambda: walk.application()["stage"] == "interviewing" and len(walk.state()["contacts"]) == 2,
    )

    walk.move_to(AFTER_THE_INTERVIEW)
    thanks = [("thank_you", "Thank Ana Ruiz"), ("thank_you", "Thank Tom Berg")]
    assert sorted(walk.due()) == [("debrief", "How did it go at Acme?"), *thanks]

    walk.do(
        "a debrief",
        lambda: note_what_they_said(walk),
        lambda: walk.application()["interviews"][0]["reply_by"] == "2026-10-23",
    )
    assert sorted(walk.due()) == thanks
    walk.press("Return")  # what comes next was read
    walk.row = None

    for left in (1, 0):
        title = walk.due()[0][1]
        walk.do(
            title,
            lambda title=title: walk.answer(title, "2"),  # type: ignore[misc]
            lambda left=left: len(walk.due()) == left,  # type: ignore[misc]
        )
    assert walk.kinds() == ["thank_you", "thank_you"]

    walk.move_to(CALL_DAY)
    assert walk.due() == [("status_call", "Call Acme about the position")]
    walk.do(
        "a call",
        lambda: walk.answer("Call Acme about the position", "2"),
        lambda: walk.kinds()[-1:] == ["call"],
    )
    assert walk.due() == []

    walk.move_to(SECOND_CALL)
    assert walk.due() == [("status_call", "Call Acme — second and last attempt")]
    walk.do(
        "they answered: refused",
        lambda: walk.answer("Call Acme — second and last attempt", "5", "r"),
        lambda: walk.application()["stage"] == "rejected",
    )

    walk.move_to(FEEDBACK_DAY)
    assert ("ask_feedback", "Ask Acme for feedback") in walk.due()
    walk.do(
        "feedback",
        lambda: walk.answer("Ask Acme for feedback", "2"),
        lambda: walk.kinds()[-1:] == ["feedback_request"],
    )
    assert "ask_feedback" not in [rule for rule, _title in walk.due()]
    assert walk.keys <= FEWEST_KEYS
    walk.leave()
