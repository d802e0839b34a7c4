"""The table of worked examples, row by row: what the facts are, and the wall times that must come out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    EventKind,
    FollowUp,
    Policy,
    Rule,
    Stage,
)
from tests.domain.rules.worlds import (
    MADRID,
    NEW_YORK,
    application,
    call,
    day,
    event,
    interview,
    into,
    only,
    planned,
    wall,
)

SAID_8_OCT = application(
    timezone="Europe/Madrid", interviews=(interview("2026-10-05T10:00", reply_by=day("2026-10-08")),)
)


def told(reply_by: str | None, start: str, **fields: Any) -> Application:
    return application(interviews=(interview(start, reply_by=day(reply_by) if reply_by else None),), **fields)


def refused(when: str) -> Application:
    return application(
        stage=Stage.REJECTED,
        interviews=(interview("2026-10-05T10:00"),),
        events=(into(Stage.REJECTED, when),),
    )


EXAMPLES: list[tuple[str, Rule, Application, Policy, dict[str, str | list[str]]]] = [
    (
        "prepare at ten",
        Rule.PREPARE,
        application(interviews=(interview("2026-10-20T10:00"),)),
        MADRID,
        {"due_at": "Mon 2026-10-19 18:00 CEST", "remind_at": ["Tue 2026-10-20 08:00 CEST"]},
    ),
    (
        "prepare at nine",
        Rule.PREPARE,
        application(interviews=(interview("2026-10-20T09:00"),)),
        MADRID,
        {"due_at": "Mon 2026-10-19 18:00 CEST", "remind_at": ["Tue 2026-10-20 08:00 CEST"]},
    ),
    (
        "thank you",
        Rule.THANK_YOU,
        application(interviews=(interview("2026-10-14T10:00"),)),
        MADRID,
        {
            "due_at": "Wed 2026-10-14 13:00 CEST",
            "remind_at": ["Wed 2026-10-14 20:30 CEST"],
            "deadline_at": "Thu 2026-10-15 11:00 CEST",
        },
    ),
    (
        "thank you over the end of summer time",
        Rule.THANK_YOU,
        application(interviews=(interview("2026-10-24T16:00"),)),
        MADRID,
        {
            "due_at": "Sat 2026-10-24 19:00 CEST",
            "remind_at": ["Sun 2026-10-25 12:00 CET"],
            "deadline_at": "Sun 2026-10-25 16:00 CET",
        },
    ),
    (
        "thank you over the start of summer time",
        Rule.THANK_YOU,
        application(interviews=(interview("2026-03-28T16:00"),)),
        MADRID,
        {
            "due_at": "Sat 2026-03-28 19:00 CET",
            "remind_at": ["Sun 2026-03-29 14:00 CEST"],
            "deadline_at": "Sun 2026-03-29 18:00 CEST",
        },
    ),
    (
        "the Monday after the grace is a holiday",
        Rule.STATUS_CALL,
        SAID_8_OCT,
        MADRID,
        {"due_at": "Tue 2026-10-13 10:00 CEST"},
    ),
    (
        "a holiday within the grace",
        Rule.STATUS_CALL,
        told("2026-10-09", "2026-10-05T10:00"),
        MADRID,
        {"due_at": "Wed 2026-10-14 10:00 CEST"},
    ),
    (
        "no date stated",
        Rule.STATUS_CALL,
        told(None, "2026-10-15T10:00"),
        MADRID,
        {"due_at": "Tue 2026-10-27 10:00 CET"},
    ),
    (
        "Labor Day",
        Rule.STATUS_CALL,
        told("2026-09-04", "2026-09-01T10:00"),
        NEW_YORK,
        {"due_at": "Wed 2026-09-09 10:00 EDT"},
    ),
    (
        "employer in New York, user in Madrid",
        Rule.STATUS_CALL,
        told("2026-10-23", "2026-10-20T10:00", timezone="America/New_York", country="US"),
        MADRID,
        {"due_at": "Tue 2026-10-27 15:00 CET"},
    ),
    (
        "a newer date replaces the older one",
        Rule.STATUS_CALL,
        replace(
            told("2026-11-20", "2026-09-28T10:00"),
            events=(event(EventKind.REPLY, "2026-10-01 12:00", reply_by=day("2026-10-07")),),
        ),
        MADRID,
        {"due_at": "Fri 2026-10-09 10:00 CEST"},
    ),
    (
        "retry after no answer",
        Rule.STATUS_CALL,
        replace(SAID_8_OCT, events=(call(CallOutcome.NO_ANSWER, "2026-10-20 11:00"),)),
        MADRID,
        {"due_at": "Fri 2026-10-23 14:00 CEST"},
    ),
    (
        "retry whose day is a Monday",
        Rule.STATUS_CALL,
        replace(SAID_8_OCT, events=(call(CallOutcome.LEFT_MESSAGE, "2026-10-14 10:20"),)),
        MADRID,
        {"due_at": "Tue 2026-10-20 14:00 CEST"},
    ),
    (
        "move on after the second attempt",
        Rule.MOVE_ON,
        replace(
            SAID_8_OCT,
            events=(
                call(CallOutcome.NO_ANSWER, "2026-10-20 11:00"),
                call(CallOutcome.NO_ANSWER, "2026-10-23 14:00", "e2"),
            ),
        ),
        MADRID,
        {"due_at": "Wed 2026-10-28 10:00 CET"},
    ),
    (
        "move on not before the date they stated",
        Rule.MOVE_ON,
        replace(
            told("2026-10-30", "2026-09-30T10:00"),
            events=(
                event(EventKind.EMAIL, "2026-10-02 10:00"),
                event(EventKind.EMAIL, "2026-10-05 10:00", "e2"),
            ),
        ),
        MADRID,
        {"due_at": "Wed 2026-11-04 10:00 CET"},
    ),
    (
        "ask for feedback over a long weekend",
        Rule.ASK_FEEDBACK,
        refused("2026-10-09 18:40"),
        MADRID,
        {
            "due_at": "Tue 2026-10-13 10:00 CEST",
            "remind_at": ["Fri 2026-10-16 10:00 CEST"],
            "expires_at": "Tue 2026-10-27 18:00 CET",
        },
    ),
    (
        "ask for feedback never on a Monday",
        Rule.ASK_FEEDBACK,
        refused("2026-10-23 17:00"),
        MADRID,
        {"due_at": "Tue 2026-10-27 10:00 CET"},
    ),
    (
        "a late first call: call again",
        Rule.STATUS_CALL,
        replace(
            told("2026-09-10", "2026-09-07T10:00"),
            events=(call(CallOutcome.NO_ANSWER, "2026-10-09 11:00"),),
        ),
        MADRID,
        {"due_at": "Thu 2026-10-15 14:00 CEST"},
    ),
    (
        "a late first call: move on",
        Rule.MOVE_ON,
        replace(
            told("2026-09-10", "2026-09-07T10:00"),
            events=(call(CallOutcome.NO_ANSWER, "2026-10-09 11:00"),),
        ),
        MADRID,
        {"due_at": "Mon 2026-11-16 10:00 CET"},
    ),
]


def shown(follow_up: FollowUp, name: str, zone: str) -> str | list[str]:
    value = getattr(follow_up, name)
    return [wall(m, zone) for m in value] if isinstance(value, tuple) else wall(value, zone)


@pytest.mark.parametrize(
    ("rule", "facts", "policy", "expected"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_worked_example(
    rule: Rule, facts: Application, policy: Policy, expected: dict[str, str | list[str]]
) -> None:
    found = only(planned(facts, policy=policy), rule)
    assert {name: shown(found, name, policy.timezone) for name in expected} == expected


def test_guard_example_before_and_after_the_answer() -> None:
    """Two applications at one employer: the second call keeps its distance, made or not made the first."""
    first = replace(SAID_8_OCT, id="a1")
    second = replace(SAID_8_OCT, id="a2", interviews=(replace(SAID_8_OCT.interviews[0], id="i2"),))
    before = planned(first, second)
    answered = replace(
        first,
        events=(call(CallOutcome.SPOKE, "2026-10-13 10:05", "e1"),),
    )
    after = planned(answered, second)
    assert wall(before["status_call/a1/i1/0"].due_at) == "Tue 2026-10-13 10:00 CEST"
    assert wall(before["status_call/a2/i2/0"].due_at) == "Fri 2026-10-16 10:00 CEST"
    assert wall(after["status_call/a2/i2/0"].due_at) == "Fri 2026-10-16 10:00 CEST"
