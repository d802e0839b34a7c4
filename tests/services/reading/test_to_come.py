"""What is still to come is never told, counted or sorted as something that was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from followup_desktop.domain.model import (
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Rule,
    Stage,
)
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.reading.history import EmployerHistories
from followup_desktop.services.reading.people import People, PeopleQuery, PersonColumn
from followup_desktop.services.rows import ApplicationQuery, StageFilter
from tests.services.conftest import Desk, acme, madrid

ANA = Contact(id="c1", name="Ana Ruiz")
INTERVIEW = Interview(
    id="i1",
    starts_at=datetime.fromisoformat("2026-10-08T10:00"),
    minutes=60,
    interviewers=("c1",),
    topics="streaming",
)
REPLY = Event(id="e1", kind=EventKind.REPLY, at=madrid("2026-09-25T09:00"))
AHEAD = madrid("2026-10-05T12:00")
OVER = madrid("2026-10-08T11:00")


def test_an_interview_to_come_is_not_when_they_were_last_heard(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,), events=(REPLY,)), contacts=(ANA,))
    key = desk.follow_up(Rule.STATUS_CALL).key

    def told(now: datetime) -> tuple[str, str, str]:
        row = next(each for each in desk.overview.detail("a1", now).follow_ups if each.key == key)
        lines = desk.overview.explain(key, now).lines
        return row.detail, lines[0].split(";")[0], lines[1]

    assert told(AHEAD) == (
        "Data Engineer — after the interview on Thu 8 Oct",
        "The interview on Thu 8 Oct",
        "If they don't give a date, 5 working days are usual = Fri 16 Oct, as Mon 12 Oct is a holiday"
        "; + 2 working days = Tue 20 Oct",
    )
    assert told(OVER) == (
        "Data Engineer — last heard on Thu 8 Oct",
        "You talked with them on Thu 8 Oct",
        "They didn't give a date; 5 working days are usual = Fri 16 Oct, as Mon 12 Oct is a holiday"
        "; + 2 working days = Tue 20 Oct",
    )


@pytest.mark.parametrize(("now", "quiet"), [(AHEAD, 10), (OVER, 0), (madrid("2026-10-11T09:00"), 3)])
def test_days_of_quiet_are_counted_from_what_has_happened(desk: Desk, now: datetime, quiet: int) -> None:
    cancelled = replace(
        INTERVIEW, id="i2", starts_at=datetime.fromisoformat("2026-10-09T10:00"), cancelled=True
    )
    desk.put(acme(interviews=(INTERVIEW, cancelled), events=(REPLY,)), contacts=(ANA,))
    assert desk.overview.application_rows(["a1"], now)[0].quiet_days == quiet


def test_nothing_that_has_happened_is_no_quiet_at_all(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    assert desk.overview.application_rows(["a1"], AHEAD)[0].quiet_days is None


def sent(event_id: str, at: str) -> Event:
    return Event(id=event_id, kind=EventKind.MESSAGE, at=madrid(at), contact="c1")


def test_orders_and_last_contacts_go_by_what_has_happened(desk: Desk) -> None:
    """An import can bring entries that are dated ahead, and a clock that is set back makes some."""
    early = acme(id="a1", events=(sent("e1", "2026-10-01T10:00"), sent("e2", "2026-11-01T10:00")))
    later = acme(id="a2", employer="Beta", events=(sent("e3", "2026-10-03T10:00"),))
    none = acme(id="a3", employer="Gamma", events=(sent("e4", "2026-11-02T10:00"),))
    desk.put(early, later, none, contacts=(ANA,))
    for column, wanted in (
        ("last_contact", ["a1", "a2", "a3"]),
        ("quiet", ["a2", "a1", "a3"]),
    ):
        query = ApplicationQuery(stage_filter=StageFilter.ALL, order_by=column)
        assert desk.overview.application_ids(query, AHEAD) == wanted
    rows = desk.overview.application_rows(["a1", "a2", "a3"], AHEAD)
    assert [row.last_contact and row.last_contact.isoformat() for row in rows] == [
        "2026-10-01",
        "2026-10-03",
        None,
    ]
    people = People(desk.store, desk.overview, desk.wording)
    everyone = people.ids(PeopleQuery(order_by=PersonColumn.LAST_CONTACT), AHEAD)
    [ana] = people.rows(everyone, AHEAD)
    assert ana.last_contact is not None
    assert ana.last_contact.isoformat() == "2026-10-03"
    assert ana.last_interview is None


def test_a_message_does_not_thank_for_a_talk_that_is_to_come(desk: Desk) -> None:
    attempt = Event(
        id="e2", kind=EventKind.CALL, outcome=CallOutcome.NO_ANSWER, at=madrid("2026-12-01T10:00")
    )
    earlier = replace(INTERVIEW, id="i0", starts_at=datetime.fromisoformat("2026-09-21T10:00"), topics="")
    compose = Compose(desk.store, desk.wording)
    for interviews, met in (((INTERVIEW,), False), ((INTERVIEW, earlier), True)):
        desk.put(acme(interviews=interviews, events=(REPLY, attempt)), contacts=(ANA,))
        key = desk.follow_up(Rule.STATUS_CALL).key
        ahead = compose.letter(key, AHEAD, by_email=True)
        assert "Thursday 8 October" not in ahead.draft.body
        assert "streaming" not in ahead.draft.body
        assert "[the day of the interview]" not in ahead.draft.body
        assert (("You met", "Ana Ruiz") in ahead.facts) == met
        assert {"You talked about", "Last contact"}.isdisjoint(heading for heading, _ in ahead.facts)
        assert ("You talked about", "streaming") in compose.letter(key, OVER, by_email=True).facts


def test_a_rejection_dated_ahead_is_not_one_of_today(desk: Desk) -> None:
    desk.put(acme(), acme(Stage.REJECTED, id="a2", stage_at=madrid("2026-11-01T10:00")))
    banner = EmployerHistories(desk.store).history_of("a1", AHEAD).banner(AHEAD)
    assert banner is not None
    assert "They chose someone else" not in banner


def test_a_kind_word_counts_the_interviews_that_were_held(desk: Desk) -> None:
    told = Event(
        id="e9",
        kind=EventKind.STAGE,
        at=madrid("2026-10-05T09:00"),
        from_stage=Stage.INTERVIEWING,
        to_stage=Stage.REJECTED,
    )
    earlier = replace(INTERVIEW, id="i0", starts_at=datetime.fromisoformat("2026-09-21T10:00"))
    desk.put(acme(Stage.REJECTED, interviews=(INTERVIEW, earlier), events=(told,)), contacts=(ANA,))
    rows = desk.overview.detail("a1", AHEAD).follow_ups
    [kind] = [row for row in rows if row.rule is Rule.ENCOURAGEMENT]
    assert "this one got to 1 interview" in kind.detail
    assert "2 interviews" not in kind.detail


@pytest.mark.parametrize("now", [AHEAD, OVER, madrid("2026-11-20T10:00")])
def test_no_silence_is_told_of_an_employer_who_is_to_speak(desk: Desk, now: datetime) -> None:
    """A title is the same at every instant, so it says what to decide and never why."""
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    key = desk.follow_up(Rule.MOVE_ON).key
    row = next(each for each in desk.overview.detail("a1", now).follow_ups if each.key == key)
    assert row.title == "Move on from Acme?"
    assert "quiet" not in row.detail


def test_an_attempt_dated_ahead_is_not_unanswered_yet(desk: Desk) -> None:
    calls = tuple(
        Event(id=f"e{n}", kind=EventKind.CALL, outcome=CallOutcome.NO_ANSWER, at=madrid(at))
        for n, at in enumerate(("2026-10-09T11:00", "2026-10-14T11:00"), 2)
    )
    desk.put(acme(events=(REPLY, *calls)))
    key = desk.follow_up(Rule.MOVE_ON).key

    def told(at: str) -> tuple[str, str]:
        now = madrid(at)
        row = next(each for each in desk.overview.detail("a1", now).follow_ups if each.key == key)
        lines = desk.overview.explain(key, now).lines
        return row.detail.split(" — ")[1], next(line for line in lines if "answered" in line)

    assert told("2026-10-08T10:00") == ("last heard on Fri 25 Sept", "If 2 attempts aren't answered")
    assert told("2026-10-10T10:00") == (
        "one attempt unanswered: be persistent, not a pest",
        "If 2 attempts aren't answered",
    )
    assert told("2026-10-15T10:00") == (
        "two attempts unanswered: be persistent, not a pest",
        "2 attempts since then, not answered yet",
    )

    def warned(at: str) -> bool:
        warnings = desk.tracker.warnings_for_contact("a1", EventKind.EMAIL, madrid(at))
        return any("gone unanswered" in each for each in warnings)

    assert not warned("2026-10-10T10:00")
    assert warned("2026-10-15T10:00")
