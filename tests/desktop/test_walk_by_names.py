"""The life of one application by mouse, and through the accessibility bus alone; by the names that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession
from tests.desktop.walk import AFTER_THE_INTERVIEW, CALL_DAY, FEEDBACK_DAY, SECOND_CALL, Walk


class Hands(Protocol):
    """What works the controls of the window, by their accessible names."""

    def press(self, name: str, below: str | None = None, role: str | None = None) -> None: ...

    def enter(self, name: str, text: str) -> None: ...


class Mouse:
    """Moves a real pointer to where a control is, and clicks; what is typed goes where it was clicked."""

    def __init__(self, session: PrivateSession, reader: Reader) -> None:
        self._session = session
        self._reader = reader

    def press(self, name: str, below: str | None = None, role: str | None = None) -> None:
        x, y = self._reader.place(name, below, role)
        # A hand takes its time: what comes up below the pointer at that moment was not aimed at.
        self._session.run("xdotool", "mousemove", str(x), str(y), "sleep", "0.3", "click", "1")

    def select(self, title: str) -> None:
        """Select a row by a quick click, which no button below the pointer takes for its own."""
        x, y = self._reader.place(title, "Follow-ups", "label")
        self._session.run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def enter(self, name: str, text: str) -> None:
        self.press(name)
        self._session.run("xdotool", "key", "ctrl+a")
        self._session.run("xdotool", "type", "--delay", "15", text)


@pytest.fixture
def walk(accessible_session: PrivateSession, need: Callable[..., None]) -> Iterator[Walk]:
    need("faketime")
    yield Walk(accessible_session)


@pytest.fixture(params=["bus", "mouse"])
def hands(request: pytest.FixtureRequest, accessible_session: PrivateSession) -> Iterator[Hands]:
    reader = Reader(accessible_session)
    yield reader if request.param == "bus" else Mouse(accessible_session, reader)
    reader.close()


def answer(hands: Hands, title: str, *names: str) -> None:
    """Go to Today, to the row of that title, and press these: a button of the row, then what it opens."""
    hands.press("Today", role="radio button")
    if isinstance(hands, Mouse):
        hands.select(title)
    for name in names:
        hands.press(name, below=title if name == names[0] else None)


def test_the_life_of_an_application(walk: Walk, hands: Hands) -> None:
    hands.press("Start empty")
    hands.enter("Employer", "Acme")
    hands.enter("Role", "Data Engineer")
    walk.do(
        "an application", lambda: hands.press("Save application"), lambda: bool(walk.state()["applications"])
    )

    hands.press("Add interview")
    for name in ("Ana Ruiz", "Tom Berg"):
        hands.enter("New person's name", name)
        hands.press("Add person")
    walk.do(
        "an interview",
        lambda: hands.press("Save interview"),
        lambda: walk.application()["stage"] == "interviewing",
    )

    walk.move_to(AFTER_THE_INTERVIEW)
    hands.press("Today", role="radio button")
    answer(hands, "How did it go at Acme?", "Debrief")
    hands.enter("What did you talk about?", "the move to streaming")
    hands.enter("When will you hear back?", "next friday")
    walk.do(
        "a debrief",
        lambda: hands.press("Save debrief"),
        lambda: walk.application()["interviews"][0]["reply_by"] == "2026-10-23",
    )

    for left, name in ((1, "Ana Ruiz"), (0, "Tom Berg")):
        walk.do(
            f"thanks to {name}",
            lambda name=name: answer(hands, f"Thank {name}", "Sent"),  # type: ignore[misc]
            lambda left=left: len(walk.due()) == left,  # type: ignore[misc]
        )

    walk.move_to(CALL_DAY)
    walk.do(
        "a call",
        lambda: answer(hands, "Call Acme about the position", "Left message"),
        lambda: walk.kinds()[-1:] == ["call"],
    )

    walk.move_to(SECOND_CALL)
    second = "Call Acme — second and last attempt"
    walk.do(
        "they answered: refused",
        lambda: answer(hands, second, "They answered", "Rejected"),
        lambda: walk.application()["stage"] == "rejected",
    )

    walk.move_to(FEEDBACK_DAY)
    walk.do(
        "feedback",
        lambda: answer(hands, "Ask Acme for feedback", "Sent"),
        lambda: walk.kinds()[-1:] == ["feedback_request"],
    )
    walk.leave()
