"""The weekly goal: what counts from Monday on by the user's calendar, and what the reminder says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from followup_desktop.domain.model import Application, CallOutcome, Event, EventKind, Interview, Rule, Stage
from followup_desktop.services.reading.goal import (
    Goal,
    GoalKind,
    done_this_week,
    goal_fraction,
    goal_sentence,
    goal_words,
)
from tests.services.conftest import Desk, acme, madrid

APPLICATIONS = Goal(kind=GoalKind.APPLICATIONS, number=5)


def put_week(desk: Desk) -> None:
    """Wednesday 14 October: two sent this week, one on Sunday, one call, one interview and one ahead."""

    def sent(name: str, day: str, **more: object) -> Application:
        return acme(Stage.APPLIED, id=name, employer=name, applied_on=date.fromisoformat(day), **more)

    desk.put(
        sent("sunday", "2026-10-11"),
        sent("monday", "2026-10-12"),
        sent(
            "today",
            "2026-10-14",
            events=(
                Event(id="e1", kind=EventKind.CALL, at=madrid("2026-10-12T00:05"), outcome=CallOutcome.SPOKE),
                Event(id="e2", kind=EventKind.EMAIL, at=madrid("2026-10-11T23:55")),
                Event(id="e3", kind=EventKind.REPLY, at=madrid("2026-10-13T10:00")),
            ),
            interviews=(
                Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-13T10:00"), minutes=60),
                Interview(id="i2", starts_at=datetime.fromisoformat("2026-10-15T10:00"), minutes=60),
            ),
        ),
    )


def test_a_week_begins_on_monday_where_the_user_is(desk: Desk) -> None:
    put_week(desk)
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, desk.now) == 2
    assert done_this_week(desk.store, GoalKind.ACTIVITIES, desk.now) == 4
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, madrid("2026-10-19T00:05")) == 0


def test_what_is_archived_was_done_all_the_same(desk: Desk) -> None:
    put_week(desk)
    desk.tracker.archive_application("today", True)
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, desk.now) == 2
    assert done_this_week(desk.store, GoalKind.ACTIVITIES, desk.now) == 4
    desk.tracker.trash_application("today")
    assert done_this_week(desk.store, GoalKind.ACTIVITIES, desk.now) == 1


@pytest.mark.parametrize(("moved", "done"), [("2026-10-11T23:55", 0), ("2026-10-12T00:05", 1)])
def test_an_application_without_a_date_counts_from_its_move_to_applied(
    desk: Desk, moved: str, done: int
) -> None:
    at = madrid(moved)
    move = Event(id="e1", kind=EventKind.STAGE, at=at, from_stage=Stage.SAVED, to_stage=Stage.APPLIED)
    desk.put(acme(Stage.INTERVIEWING, applied_on=None, events=(move,)))
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, desk.now) == done


def test_it_is_said_in_a_few_words() -> None:
    assert goal_words(APPLICATIONS, 3) == "3 of 5 applications this week"
    assert goal_fraction(APPLICATIONS, 3) == "3/5"
    assert goal_words(replace(APPLICATIONS, number=1), 0) == "0 of 1 application this week"
    assert goal_words(Goal(kind=GoalKind.ACTIVITIES, number=5), 5) == "5 of 5 activities this week"


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (None, ""),
        (APPLICATIONS, "2 of 5 applications this week"),
        (replace(APPLICATIONS, number=2), "you've reached your goal for this week"),
    ],
)
def test_the_reminder_to_keep_searching_tells_it_and_comes_when_it_did(
    desk: Desk, goal: Goal | None, said: str
) -> None:
    put_week(desk)
    before = desk.follow_up(Rule.KEEP_SEARCHING, None)
    desk.wording.goal = lambda _now: goal_sentence(desk.store, goal, desk.now)
    row = desk.overview.follow_up(before.key, before.due_at)
    assert row is not None
    assert said in row.detail.casefold()
    assert "this week" in row.detail or goal is None
    assert desk.follow_up(Rule.KEEP_SEARCHING, None) == before
