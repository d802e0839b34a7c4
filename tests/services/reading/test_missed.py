"""What expired without being done stands in the history, and only what was ever asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Contact,
    Event,
    EventKind,
    Interview,
    Rule,
    Stage,
)
from followup_desktop.services.reading.people import People
from followup_desktop.services.rows import TimelineEntry
from tests.services.conftest import Desk, acme, madrid

ANA = Contact(id="c1", name="Ana Ruiz")
TOM = Contact(id="c2", name="Tom Berg")
MET = Interview(
    id="i1",
    starts_at=datetime.fromisoformat("2026-10-07T10:00"),
    minutes=60,
    interviewers=("c1", "c2"),
    debriefed_at=madrid("2026-10-07T12:00"),
)
"""Wed 7 Oct, until 11:00: the thanks expire on Sat 10 Oct at 11:00."""
EXPIRED = madrid("2026-10-10T11:00")


def missed(desk: Desk, now: datetime | None = None) -> list[TimelineEntry]:
    entries = desk.overview.detail("a1", now or desk.now).timeline
    return [entry for entry in entries if entry.kind == "missed"]


def titles(desk: Desk, now: datetime | None = None) -> list[str]:
    return [entry.title for entry in missed(desk, now)]


def move(event_id: str, at: str, before: Stage, after: Stage) -> Event:
    return Event(id=event_id, kind=EventKind.STAGE, at=madrid(at), from_stage=before, to_stage=after)


def rejected(at: str) -> dict[str, object]:
    return {"stage": Stage.REJECTED, "events": (move("e1", at, Stage.INTERVIEWING, Stage.REJECTED),)}


def thanked(event_id: str, at: str, contact: str | None = None) -> Event:
    return Event(id=event_id, kind=EventKind.THANK_YOU, at=madrid(at), contact=contact)


def test_a_thank_you_that_expired_is_told_from_then_on_and_not_before(desk: Desk) -> None:
    desk.put(acme(interviews=(MET,)), contacts=(ANA, TOM))
    assert missed(desk, EXPIRED - timedelta(seconds=1)) == []
    found = missed(desk, EXPIRED)
    assert {entry.title for entry in found} == {
        "Thank-you to Ana Ruiz: time ran out",
        "Thank-you to Tom Berg: time ran out",
    }
    assert {(entry.at, entry.when) for entry in found} == {(EXPIRED, "today 11:00")}
    assert missed(desk, madrid("2026-10-14T10:00"))[0].when == "Sat 10 Oct 11:00"


def test_it_stands_in_its_place_and_nothing_is_stored(desk: Desk) -> None:
    later = Event(id="e9", kind=EventKind.NOTE, at=madrid("2026-10-12T10:00"))
    desk.put(acme(interviews=(replace(MET, interviewers=("c1",)),), events=(later,)), contacts=(ANA,))
    before = desk.store.facts()
    assert [entry.kind for entry in desk.overview.detail("a1", desk.now).timeline] == [
        "note",
        "missed",
        "interview",
        "applied",
    ]
    assert desk.store.facts() == before


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"events": (thanked("e1", "2026-10-08T10:00"),)}, []),
        ({"events": (thanked("e1", "2026-10-08T10:00", "c1"),)}, ["Tom Berg"]),
        (rejected("2026-10-08T09:00"), []),
        (rejected("2026-10-13T09:00"), ["Ana Ruiz", "Tom Berg"]),
        (
            {
                "events": (
                    move("e1", "2026-10-08T09:00", Stage.INTERVIEWING, Stage.REJECTED),
                    move("e2", "2026-10-13T09:00", Stage.REJECTED, Stage.INTERVIEWING),
                )
            },
            [],
        ),
        (
            {
                "events": (
                    move("e1", "2026-10-08T09:00", Stage.INTERVIEWING, Stage.REJECTED),
                    move("e2", "2026-10-09T09:00", Stage.REJECTED, Stage.INTERVIEWING),
                )
            },
            ["Ana Ruiz", "Tom Berg"],
        ),
        ({"stage_at": madrid("2026-10-12T10:00")}, []),
        ({"stage": Stage.SAVED}, []),
        ({"archived": True}, []),
        ({"archived": True, "events": (Event(id="n", kind=EventKind.NOTE, at=madrid("2026-10-12T10:00")),)},
         ["Ana Ruiz", "Tom Berg"]),
        ({"interviews": (replace(MET, cancelled=True),)}, []),
    ],
    ids=[
        "thanked everyone in time",
        "thanked one in time",
        "rejected before it expired",
        "rejected after it expired",
        "reopened after it would have expired",
        "reopened before it expired",
        "entered after it would have expired",
        "only saved",
        "archived, nobody knows when",
        "archived, after a later entry",
        "did not take place",
    ],
)  # fmt: skip
def test_only_what_was_asked_for_at_the_time_was_missed(
    desk: Desk, fields: dict[str, object], left: list[str]
) -> None:
    desk.put(acme(**({"interviews": (MET,)} | fields)), contacts=(ANA, TOM))  # type: ignore[arg-type]
    assert sorted(titles(desk)) == [f"Thank-you to {name}: time ran out" for name in left]


def test_what_was_skipped_or_needs_none_was_not_missed(desk: Desk) -> None:
    desk.put(acme(interviews=(MET,)), contacts=(ANA, replace(TOM, no_thank_you=True)))
    desk.now = madrid("2026-10-08T09:00")
    desk.tracker.skip(desk.follow_up(Rule.THANK_YOU).key)
    desk.now = madrid("2026-10-14T11:00")
    assert missed(desk) == []
    desk.tracker.undo()
    assert titles(desk) == ["Thank-you to Ana Ruiz: time ran out"]


def test_undo_and_redo_of_an_answer_take_the_entry_along(desk: Desk) -> None:
    desk.put(acme(interviews=(replace(MET, interviewers=("c1",)),)), contacts=(ANA,))
    desk.tracker.log_event("a1", EventKind.THANK_YOU, contact="c1", at=madrid("2026-10-08T10:00"))
    assert missed(desk) == [], "it had been sent in time and was logged late"
    desk.tracker.undo()
    assert len(missed(desk)) == 1
    desk.tracker.redo()
    assert missed(desk) == []


OFFERED = move("e1", "2026-10-01T09:00", Stage.INTERVIEWING, Stage.OFFER)
REFUSED = move("e1", "2026-09-10T09:00", Stage.INTERVIEWING, Stage.REJECTED)
HELD = Interview(
    id="i1",
    starts_at=datetime.fromisoformat("2026-09-08T10:00"),
    minutes=60,
    debriefed_at=madrid("2026-09-08T12:00"),
)
TOLD = Event(id="e2", kind=EventKind.REPLY, at=madrid("2026-07-01T09:00"))

OTHERS: dict[str, Application] = {
    "Debrief: time ran out": acme(interviews=(replace(MET, debriefed_at=None),)),
    "Call: time ran out": acme(events=(TOLD,), stage_at=None),
    "Email: time ran out": acme(events=(TOLD,), channel=Channel.EMAIL, stage_at=None),
    "Check-in: time ran out": acme(Stage.APPLIED, applied_on=date(2026, 7, 1), stage_at=None),
    "Feedback request: time ran out": acme(
        Stage.REJECTED, interviews=(HELD,), events=(REFUSED, thanked("e3", "2026-09-08T15:00"))
    ),
    "Application: time ran out": acme(
        Stage.SAVED, applied_on=None, closes_on=date(2026, 10, 9), stage_at=None
    ),
    "Thanks for the offer: time ran out": acme(Stage.OFFER, events=(OFFERED,)),
}


@pytest.mark.parametrize("title", OTHERS)
def test_whatever_else_expires_is_told_too(desk: Desk, title: str) -> None:
    desk.put(OTHERS[title], contacts=(ANA, TOM))
    desk.now = madrid("2026-10-16T12:00")
    assert title in titles(desk)


def test_a_preparation_and_a_kind_word_end_without_being_missed(desk: Desk) -> None:
    desk.put(acme(Stage.REJECTED, interviews=(HELD,), events=(REFUSED, thanked("e3", "2026-09-08T15:00"))))
    assert set(titles(desk, madrid("2026-09-20T10:00"))) == set()


def test_people_tell_the_thanks_that_they_did_not_get(desk: Desk) -> None:
    desk.put(acme(interviews=(MET,), contacts=("c1", "c2")), contacts=(ANA, TOM))
    people = People(desk.store, desk.overview, desk.wording)
    told = [e for e in people.detail("c1", desk.now).timeline if e.kind == "missed"]
    assert [e.title for e in told] == ["Thank-you to Ana Ruiz: time ran out"]
    assert people.detail("c1", desk.now).application_of[told[0].id] == "a1"


# Done all the same


def logged(event_id: str, kind: EventKind, at: str, **fields: object) -> Event:
    return Event(id=event_id, kind=kind, at=madrid(at), **fields)  # type: ignore[arg-type]


AGAIN = replace(MET, id="i2", starts_at=datetime.fromisoformat("2026-10-12T10:00"))
LATE: dict[str, tuple[dict[str, object], list[str]]] = {
    "thanked late": ({"events": (thanked("e1", "2026-10-12T10:00", "c1"),)}, ["Ana Ruiz"]),
    "thanked everyone late": ({"events": (thanked("e1", "2026-10-12T10:00"),)}, ["Ana Ruiz", "Tom Berg"]),
    "thanked for an interview since": (
        {"interviews": (MET, AGAIN), "events": (thanked("e1", "2026-10-12T12:00", "c1"),)},
        [],
    ),
    "thanked late, though there was one since": (
        {
            "interviews": (MET, AGAIN),
            "events": (replace(thanked("e1", "2026-10-12T12:00", "c1"), interview="i1"),),
        },
        ["Ana Ruiz"],
    ),
    "told no in between": (
        {
            "stage": Stage.REJECTED,
            "events": (
                move("e1", "2026-10-12T09:00", Stage.INTERVIEWING, Stage.REJECTED),
                thanked("e2", "2026-10-13T10:00", "c1"),
            ),
        },
        ["Ana Ruiz"],
    ),
    "called instead": (
        {"events": (logged("e1", EventKind.CALL, "2026-10-12T10:00", outcome=CallOutcome.SPOKE),)},
        [],
    ),
    "to come": ({"events": (thanked("e1", "2026-10-15T10:00", "c1"),)}, []),
}


@pytest.mark.parametrize(("fields", "late"), LATE.values(), ids=LATE)
def test_what_was_done_too_late_is_told_as_late(
    desk: Desk, fields: dict[str, object], late: list[str]
) -> None:
    desk.put(acme(**({"interviews": (MET,)} | fields)), contacts=(ANA, TOM))  # type: ignore[arg-type]
    for name in ("Ana Ruiz", "Tom Berg"):
        told = f"Thanked {name} late" if name in late else f"Thank-you to {name}: time ran out"
        assert told in titles(desk)


OTHERS_LATE: dict[str, Application] = {
    "Debriefed late": acme(interviews=(replace(MET, debriefed_at=madrid("2026-10-16T10:00")),)),
    "Called late": acme(
        events=(
            TOLD,
            logged("e5", EventKind.CALL, "2026-10-15T10:00", outcome=CallOutcome.NO_ANSWER),
        ),
        stage_at=None,
    ),
    "Emailed late": acme(
        events=(TOLD, logged("e5", EventKind.EMAIL, "2026-10-15T10:00")), channel=Channel.EMAIL, stage_at=None
    ),
    "Call: time ran out": acme(
        events=(
            TOLD,
            logged("e4", EventKind.REPLY, "2026-10-14T10:00"),
            logged("e5", EventKind.EMAIL, "2026-10-15T10:00"),
        ),
        stage_at=None,
    ),
    "Checked in late": acme(
        Stage.APPLIED,
        applied_on=date(2026, 7, 1),
        stage_at=None,
        events=(logged("e5", EventKind.EMAIL, "2026-10-15T10:00"),),
    ),
    "Asked for feedback late": acme(
        Stage.REJECTED,
        interviews=(HELD,),
        events=(
            REFUSED,
            thanked("e3", "2026-09-08T15:00"),
            logged("e5", EventKind.FEEDBACK_REQUEST, "2026-10-15T10:00"),
        ),
    ),
    "Applied late": acme(
        Stage.APPLIED,
        applied_on=date(2026, 10, 15),
        closes_on=date(2026, 10, 9),
        stage_at=madrid("2026-09-01T10:00"),
        events=(move("e5", "2026-10-15T10:00", Stage.SAVED, Stage.APPLIED),),
    ),
    "Thanked them for the offer late": acme(Stage.OFFER, events=(OFFERED, thanked("e5", "2026-10-15T10:00"))),
}


@pytest.mark.parametrize("title", OTHERS_LATE)
def test_whatever_else_was_done_late_is_told_so(desk: Desk, title: str) -> None:
    desk.put(OTHERS_LATE[title], contacts=(ANA, TOM))
    desk.now = madrid("2026-10-16T12:00")
    assert title in titles(desk)
    assert len([each for each in titles(desk) if each.split(":")[0] == title.split(":", maxsplit=1)[0]]) == 1
