"""A first week by keys alone, in a real window: what a new user corrects, and how it ends well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession
from tests.desktop.walk import AFTER_THE_INTERVIEW, Walk

LINK = "https://meet.example/abc-defg-hij"
MOST_KEYS = {
    "an interview with two people": 62,
    "another day for it": 14,
    "another day for their answer": 26,
    "an offer": 7,
    "the job": 10,
}
"""Of each step, the letters among them: a command is found by a few of its own in Ctrl+K."""


@pytest.fixture
def walk(session: PrivateSession, need: Callable[..., None]) -> Iterator[Walk]:
    need("faketime")
    yield Walk(session)


def interview(walk: Walk) -> dict[str, Any]:
    (found,) = walk.application()["interviews"]
    assert isinstance(found, dict)
    return found


def add_interview(walk: Walk) -> None:
    """The link is recognised below its field; Tab goes past it to the kind, and on to the people."""
    walk.press("ctrl+i")
    walk.type("tue")
    walk.press("Tab")
    walk.type("11")
    walk.press("Tab", "Tab", "Tab")
    walk.type(LINK)
    walk.press("Tab", "Tab")
    for name in ("Ana Ruiz", "Tom"):
        walk.type(name)
        walk.press("Return")
    walk.press("ctrl+Return")


def command(walk: Walk, letters: str) -> None:
    """Give the command that these letters find first."""
    walk.press("ctrl+k")
    walk.type(letters)
    walk.press("Return")


def move_interview(walk: Walk) -> None:
    command(walk, "edit int")
    walk.type("thu")
    walk.press("Return")


def debrief(walk: Walk) -> None:
    """It is the one thing to do."""
    walk.press("ctrl+1", "Home", "Return", *["Tab"] * 5)
    walk.type("next friday")
    walk.press("ctrl+Return")


def correct_their_day(walk: Walk) -> None:
    command(walk, "debrief")
    walk.press(*["Tab"] * 5)
    walk.type("thu 22 oct")
    walk.press("ctrl+Return")


def test_dates_are_corrected_and_an_offer_is_accepted_by_keys_alone(walk: Walk) -> None:
    def do(what: str, act: Callable[[Walk], None], done: Callable[[], bool]) -> None:
        before = walk.keys
        walk.do(what, lambda: act(walk), done)
        assert walk.keys - before <= MOST_KEYS[what], what

    walk.press("Return")
    wait_until(lambda: walk.state()["policy"]["timezone"] == "Etc/UTC", 60, "the first start is over")
    walk.type("Acme")
    walk.press("Tab")
    walk.type("Data Engineer")
    walk.press("Return")
    wait_until(lambda: bool(walk.state()["applications"]), 60, "an application")

    do("an interview with two people", add_interview, lambda: bool(walk.application()["interviews"]))
    names = {each["id"]: each["name"] for each in walk.state()["contacts"]}
    assert [names[each] for each in interview(walk)["interviewers"]] == ["Ana Ruiz", "Tom"]
    assert (interview(walk)["location"], interview(walk)["kind"]) == (LINK, "video")
    assert interview(walk)["starts_at"] == "2026-10-20T11:00"

    do("another day for it", move_interview, lambda: interview(walk)["starts_at"] == "2026-10-15T11:00")

    walk.move_to(AFTER_THE_INTERVIEW)
    debrief(walk)
    wait_until(lambda: interview(walk)["reply_by"] == "2026-10-23", 60, "they said when they'll answer")
    walk.press("ctrl+2")
    do(
        "another day for their answer",
        correct_their_day,
        lambda: interview(walk)["reply_by"] == "2026-10-22",
    )

    walk.press("ctrl+2")
    do("an offer", lambda walk: command(walk, "offer"), lambda: walk.application()["stage"] == "offer")
    do("the job", lambda walk: command(walk, "accepted"), lambda: walk.application()["stage"] == "accepted")
    assert walk.due() == [], "nothing is asked of whoever has a job"
    walk.leave()
