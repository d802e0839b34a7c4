"""What a plan takes, counted in calls, which are the same on every computer."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from types import FrameType

from followup_desktop.domain.model import Facts
from followup_desktop.domain.rules import plan_facts
from followup_desktop.domain.worktime import WorkCalendar
from tests.benchmarks.many import many

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
SIZE = 400
PLACES = 4
"""The zones and countries of the employers in ``many``."""
CALLS = 150
"""Of Python's functions, for an application that is open; a later Python makes fewer, none more."""


def calls_of(facts: Facts) -> Counter[str]:
    """How often each function is called for the plan of these, once everything was called before."""
    found: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            found[frame.f_code.co_qualname] += 1

    plan_facts(facts)
    sys.setprofile(count)
    try:
        plan_facts(facts)
    finally:
        sys.setprofile(None)
    return found


def test_an_open_application_is_planned_in_few_calls() -> None:
    assert calls_of(many(SIZE, NOW)).total() <= CALLS * SIZE


def test_the_calendar_of_a_place_is_made_once_for_all_employers_there() -> None:
    made = calls_of(many(SIZE, NOW))[WorkCalendar.__init__.__qualname__]
    assert made <= PLACES + 2, "and those of the user: for the employers, and for the search"
