"""Every row of the table of answers: what is written, what becomes of it, and that undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from followup_desktop.domain.answers import Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Contact,
    Event,
    EventKind,
    Interview,
    Reminder,
    Repeat,
    Rule,
    SearchState,
    Stage,
)
from followup_desktop.domain.rules.table import answers_of, row_of
from tests.services.conftest import Desk, acme, madrid
from tests.storage.listed import listed_follow_ups

ANA = Contact(id="c1", name="Ana Ruiz", email="ana@acme.example")
TOM = Contact(id="c2", name="Tom Berg")
PEOPLE = (ANA, TOM)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def held(**fields: Any) -> Interview:
    """An interview on Wed 14 Oct 2026, 08:00 to 09:00: over two hours ago."""
    return Interview(
        id="i1", starts_at=wall("2026-10-14T08:00"), minutes=60, interviewers=("c1", "c2"), **fields
    )


def ahead() -> Interview:
    return Interview(id="i1", starts_at=wall("2026-10-15T10:00"), minutes=60, interviewers=("c1",))


def told() -> Event:
    """They said that they would answer by Thu 8 Oct: the call is due on Tue 13 Oct."""
    return Event(
        id="e1", kind=EventKind.REPLY, at=madrid("2026-10-01T09:00"), reply_by=date(2026, 10, 8), contact="c1"
    )


def unanswered() -> tuple[Event, ...]:
    return (
        Event(id="e1", kind=EventKind.REPLY, at=madrid("2026-09-10T09:00")),
        Event(id="e2", kind=EventKind.EMAIL, at=madrid("2026-09-29T10:00")),
        Event(id="e3", kind=EventKind.EMAIL, at=madrid("2026-10-06T10:00")),
    )


OFFERED = Event(
    id="e1",
    kind=EventKind.STAGE,
    at=madrid("2026-10-14T08:00"),
    from_stage=Stage.INTERVIEWING,
    to_stage=Stage.OFFER,
)
REFUSED = Event(
    id="e1",
    kind=EventKind.STAGE,
    at=madrid("2026-10-14T10:00"),
    from_stage=Stage.INTERVIEWING,
    to_stage=Stage.REJECTED,
)
TAKEN = acme(Stage.ACCEPTED, id="b1", employer="Best", stage_at=madrid("2026-10-12T10:00"))

SCENES: dict[Rule, tuple[Application, ...]] = {
    Rule.PREPARE: (acme(interviews=(ahead(),)),),
    Rule.DEBRIEF: (acme(interviews=(held(),)),),
    Rule.THANK_YOU: (acme(interviews=(held(),)),),
    Rule.STATUS_CALL: (acme(events=(told(),)),),
    Rule.CHECK_IN: (acme(Stage.APPLIED),),
    Rule.MOVE_ON: (acme(events=unanswered()),),
    Rule.ASK_FEEDBACK: (acme(Stage.REJECTED, interviews=(held(),), events=(REFUSED,)),),
    Rule.ENCOURAGEMENT: (acme(Stage.REJECTED, events=(REFUSED,)),),
    Rule.APPLY: (acme(Stage.SAVED, applied_on=None, closes_on=date(2026, 10, 15)),),
    Rule.OFFER_THANKS: (acme(Stage.OFFER, events=(OFFERED,)),),
    Rule.OFFER_REPLY: (acme(Stage.OFFER, events=(OFFERED,), offer_expires_on=date(2026, 10, 16)),),
    Rule.WITHDRAW_OTHERS: (acme(), TAKEN),
}


@dataclass(frozen=True)
class Row:
    """One cell of the table: an answer to a rule, and what is then true."""

    rule: Rule
    answer: Answer
    then: Callable[[Application], bool]
    given: dict[str, Any] = field(default_factory=dict)
    gone: bool = True


def _newest(kind: EventKind, **expected: object) -> Callable[[Application], bool]:
    def check(application: Application) -> bool:
        found = [e for e in application.events if e.id.startswith("new") and e.kind is kind]
        return len(found) == 1 and all(getattr(found[0], name) == value for name, value in expected.items())

    return check


def _stage(stage: Stage) -> Callable[[Application], bool]:
    def check(application: Application) -> bool:
        logged = [e for e in application.events if e.to_stage is stage and e.id.startswith("new")]
        return application.stage is stage and len(logged) == 1 and application.stage_at == logged[0].at

    return check


def _both(*checks: Callable[[Application], bool]) -> Callable[[Application], bool]:
    return lambda application: all(check(application) for check in checks)


def _called_off(application: Application) -> bool:
    return (
        all(i.cancelled and i.debriefed_at is None for i in application.interviews) and not application.events
    )


NOW = madrid("2026-10-14T11:00")
SENT_BEFORE = madrid("2026-10-14T10:30")
LATER_DATE = date(2026, 10, 30)

TABLE = [
    Row(Rule.PREPARE, Answer.DONE, lambda a: not a.events),
    Row(
        Rule.PREPARE,
        Answer.RESCHEDULED,
        lambda a: a.interviews[0].starts_at == wall("2026-10-20T12:30") and a.interviews[0].minutes == 60,
        {"starts_at": wall("2026-10-20T12:30")},
    ),
    Row(
        Rule.PREPARE,
        Answer.THEY_CANCELLED,
        _both(lambda a: a.interviews[0].cancelled, _newest(EventKind.REPLY, interview="i1", at=NOW)),
    ),
    Row(
        Rule.DEBRIEF,
        Answer.DEBRIEF,
        lambda a: (
            a.interviews[0].debriefed_at == NOW
            and a.interviews[0].topics == "streaming"
            and a.interviews[0].reply_by == LATER_DATE
        ),
        {"debrief": {"i1": {"topics": " streaming ", "reply_by": LATER_DATE, "fit": 4}}},
    ),
    Row(Rule.DEBRIEF, Answer.DID_NOT_TAKE_PLACE, _called_off),
    Row(Rule.THANK_YOU, Answer.DID_NOT_TAKE_PLACE, _called_off),
    Row(Rule.DEBRIEF, Answer.SKIP, lambda a: a.interviews[0].debriefed_at is None),
    Row(
        Rule.THANK_YOU,
        Answer.WRITE_EMAIL,
        _newest(EventKind.THANK_YOU, contact="c1", interview="i1", at=NOW),
    ),
    Row(
        Rule.THANK_YOU,
        Answer.SENT,
        _newest(EventKind.THANK_YOU, contact="c1", interview="i1", at=SENT_BEFORE),
        {"at": SENT_BEFORE},
    ),
    Row(Rule.THANK_YOU, Answer.NEEDS_NONE, lambda a: not a.events),
    Row(
        Rule.STATUS_CALL,
        Answer.SPOKE,
        _newest(EventKind.CALL, outcome=CallOutcome.SPOKE, reply_by=LATER_DATE, contact="c1"),
        {"said": EmployerReply.DATE, "reply_by": LATER_DATE},
    ),
    Row(
        Rule.STATUS_CALL,
        Answer.SPOKE,
        _both(_newest(EventKind.CALL, outcome=CallOutcome.SPOKE), _stage(Stage.OFFER)),
        {"said": EmployerReply.OFFER},
    ),
    Row(
        Rule.STATUS_CALL,
        Answer.SPOKE,
        _both(_newest(EventKind.CALL, outcome=CallOutcome.SPOKE), _stage(Stage.REJECTED)),
        {"said": EmployerReply.REFUSED},
    ),
    Row(
        Rule.STATUS_CALL,
        Answer.SPOKE,
        lambda a: len(a.interviews) == 1 and a.interviews[0].starts_at == wall("2026-10-21T10:00"),
        {"said": EmployerReply.NEXT_INTERVIEW, "starts_at": wall("2026-10-21T10:00")},
    ),
    Row(Rule.STATUS_CALL, Answer.SPOKE, _newest(EventKind.CALL, outcome=CallOutcome.SPOKE)),
    Row(Rule.STATUS_CALL, Answer.LEFT_MESSAGE, _newest(EventKind.CALL, outcome=CallOutcome.LEFT_MESSAGE)),
    Row(Rule.STATUS_CALL, Answer.NO_ANSWER, _newest(EventKind.CALL, outcome=CallOutcome.NO_ANSWER)),
    Row(Rule.STATUS_CALL, Answer.EMAILED_INSTEAD, _newest(EventKind.EMAIL, outcome=None)),
    Row(
        Rule.STATUS_CALL,
        Answer.THEY_ANSWERED,
        _newest(EventKind.REPLY, reply_by=LATER_DATE),
        {"said": EmployerReply.DATE, "reply_by": LATER_DATE},
    ),
    Row(Rule.CHECK_IN, Answer.WRITE_EMAIL, _newest(EventKind.EMAIL)),
    Row(Rule.CHECK_IN, Answer.SENT, _newest(EventKind.EMAIL)),
    Row(
        Rule.CHECK_IN,
        Answer.THEY_ANSWERED,
        _both(_newest(EventKind.REPLY), _stage(Stage.INTERVIEWING), lambda a: len(a.interviews) == 1),
        {"said": EmployerReply.NEXT_INTERVIEW, "starts_at": wall("2026-10-21T10:00")},
    ),
    Row(
        Rule.CHECK_IN,
        Answer.THEY_ANSWERED,
        _both(_newest(EventKind.REPLY), _stage(Stage.REJECTED)),
        {"said": EmployerReply.REFUSED},
    ),
    Row(Rule.MOVE_ON, Answer.MOVE_ON, _stage(Stage.NO_RESPONSE)),
    Row(
        Rule.MOVE_ON,
        Answer.TRY_SOMEONE_ELSE,
        _both(
            _newest(EventKind.CALL, contact="c2", outcome=CallOutcome.NO_ANSWER), lambda a: "c2" in a.contacts
        ),
        {"contact": "c2", "kind": EventKind.CALL, "outcome": CallOutcome.NO_ANSWER},
    ),
    Row(
        Rule.MOVE_ON,
        Answer.TRY_SOMEONE_ELSE,
        _both(_newest(EventKind.EMAIL), lambda a: a.contacts == (a.events[-1].contact,)),
        {"contact_name": "Lena Park", "kind": EventKind.EMAIL},
    ),
    Row(
        Rule.MOVE_ON,
        Answer.KEEP_WAITING,
        _newest(EventKind.WAIT, reply_by=LATER_DATE),
        {"reply_by": LATER_DATE},
    ),
    Row(Rule.ASK_FEEDBACK, Answer.WRITE_EMAIL, _newest(EventKind.FEEDBACK_REQUEST, interview="i1")),
    Row(Rule.ASK_FEEDBACK, Answer.SENT, _newest(EventKind.FEEDBACK_REQUEST)),
    Row(Rule.ENCOURAGEMENT, Answer.DONE, lambda a: a.stage is Stage.REJECTED),
    Row(
        Rule.APPLY,
        Answer.APPLIED,
        _both(_stage(Stage.APPLIED), lambda a: a.applied_on == date(2026, 10, 14)),
    ),
    Row(
        Rule.APPLY,
        Answer.APPLIED,
        lambda a: a.applied_on == date(2026, 10, 13),
        {"on": date(2026, 10, 13)},
    ),
    Row(Rule.OFFER_THANKS, Answer.WRITE_EMAIL, _newest(EventKind.THANK_YOU)),
    Row(Rule.OFFER_THANKS, Answer.SENT, _newest(EventKind.THANK_YOU)),
    Row(Rule.OFFER_REPLY, Answer.ACCEPT, _stage(Stage.ACCEPTED)),
    Row(Rule.OFFER_REPLY, Answer.DECLINE, _stage(Stage.WITHDRAWN)),
    Row(
        Rule.OFFER_REPLY,
        Answer.ASK_FOR_TIME,
        _both(_newest(EventKind.MESSAGE), lambda a: a.offer_expires_on == LATER_DATE),
        {"reply_by": LATER_DATE},
    ),
    Row(
        Rule.OFFER_REPLY,
        Answer.GAVE_DATE,
        lambda a: a.offer_expires_on == LATER_DATE and all(e.kind is not EventKind.MESSAGE for e in a.events),
        {"reply_by": LATER_DATE},
    ),
    Row(Rule.WITHDRAW_OTHERS, Answer.WRITE_EMAIL, _stage(Stage.WITHDRAWN)),
    Row(Rule.WITHDRAW_OTHERS, Answer.WITHDRAWN, _stage(Stage.WITHDRAWN)),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.rule}-{row.answer}-{row.given.get('said')}")
def test_an_answer_writes_what_the_table_says_in_one_step(desk: Desk, row: Row) -> None:
    desk.put(*SCENES[row.rule], contacts=PEOPLE)
    before = desk.store.facts()
    key = desk.follow_up(row.rule).key
    done = desk.tracker.answer(key, row.answer, AnswerDetails(**row.given))
    after = desk.store.facts()

    assert row.then(desk.application())
    assert after != before
    shown = {f.key for f, _ in listed_follow_ups(desk.store, madrid("2030-01-01T00:00"), desk.now)}
    assert key not in shown
    assert desk.tracker.undo_label == done.label
    desk.tracker.undo()
    assert desk.store.facts() == before
    desk.tracker.redo()
    assert desk.store.facts() == after


def test_every_answer_of_the_table_is_tried_here() -> None:
    tried = {(row.rule, row.answer) for row in TABLE}
    elsewhere = {
        (Rule.THANK_YOU, Answer.NO_ADDRESS),
        (Rule.KEEP_SEARCHING, Answer.ADD_APPLICATION),
        (Rule.KEEP_SEARCHING, Answer.NOT_NOW),
        (Rule.MANUAL, Answer.DONE),
    }
    assert {(rule, a) for rule in Rule for a in row_of(rule).answers} <= tried | elsewhere


def test_needs_none_is_kept_with_the_person(desk: Desk) -> None:
    desk.put(*SCENES[Rule.THANK_YOU], contacts=PEOPLE)
    desk.tracker.answer(desk.follow_up(Rule.THANK_YOU).key, Answer.NEEDS_NONE)
    assert desk.store.contact("c1").no_thank_you
    assert [f.contact for f in desk.store.follow_ups() if f.rule is Rule.THANK_YOU] == ["c2"]


def test_no_address_writes_nothing_before_the_organiser_was_asked(desk: Desk) -> None:
    desk.put(acme(interviews=(held(),), contacts=("c1", "c2")), contacts=PEOPLE)
    key = next(f.key for f in desk.store.follow_ups() if f.contact == "c2")
    before = desk.store.facts()
    desk.tracker.answer(key, Answer.NO_ADDRESS)
    assert desk.store.facts() == before


def test_not_now_lets_the_search_rest_a_week(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED))
    key = desk.follow_up(Rule.KEEP_SEARCHING, None).key
    before = desk.store.facts()
    desk.tracker.answer(key, Answer.NOT_NOW)
    assert desk.store.search_state() == SearchState(acknowledged_at=desk.now)
    assert desk.follow_up(Rule.KEEP_SEARCHING, None).due_at == madrid("2026-10-21T10:00")
    desk.tracker.undo()
    assert desk.store.facts() == before
    desk.tracker.answer(key, Answer.ADD_APPLICATION)
    assert desk.store.facts() == before


def test_a_reminder_is_done_once_and_a_repeating_one_comes_again(desk: Desk) -> None:
    desk.put()
    once = desk.tracker.add_reminder(title="Renew certificate", at=wall("2026-10-14T10:30"))
    desk.tracker.answer(f"manual/{once.id}/2026-10-14", Answer.DONE)
    assert desk.store.reminder(once.id or "").done_at == desk.now
    again = desk.tracker.add_reminder(
        title="Look around", at=wall("2026-10-09T09:00"), repeat=Repeat.WORKING_DAYS
    )
    done = desk.tracker.answer(f"manual/{again.id}/2026-10-09", Answer.DONE)
    assert desk.store.reminder(again.id or "").at == wall("2026-10-15T09:00")
    assert done.notice == "You'll be reminded again tomorrow, Thu 09:00"


@pytest.mark.parametrize(
    ("repeat", "at", "now", "expected"),
    [
        (Repeat.DAILY, "2026-10-14T09:00", "2026-10-14T11:00", "2026-10-15T09:00"),
        (Repeat.DAILY, "2026-10-10T12:00", "2026-10-14T11:00", "2026-10-14T12:00"),
        (Repeat.WEEKLY, "2026-09-02T09:00", "2026-10-14T11:00", "2026-10-21T09:00"),
        (Repeat.WEEKLY, "2026-09-02T12:00", "2026-10-14T11:00", "2026-10-14T12:00"),
        (Repeat.WORKING_DAYS, "2026-10-09T09:00", "2026-10-09T10:00", "2026-10-13T09:00"),
        (Repeat.DAILY, "2026-10-24T02:30", "2026-10-24T11:00", "2026-10-25T02:30"),
        (Repeat.DAILY, "2020-01-01T09:00", "2026-10-14T11:00", "2026-10-15T09:00"),
    ],
)
def test_skipping_a_repeating_reminder_moves_it_to_its_first_time_after_now(
    desk: Desk, repeat: Repeat, at: str, now: str, expected: str
) -> None:
    desk.put()
    desk.now = madrid(now)
    with desk.store.transaction("x") as t:
        t.put_reminder(
            Reminder(id="m/1", title="Again", at=wall(at), timezone="Europe/Madrid", repeat=repeat)
        )
    before = desk.store.facts()
    desk.tracker.skip(f"manual/m%2F1/{at[:10]}")
    assert desk.store.reminder("m/1").at == wall(expected)
    assert not desk.store.choices()
    desk.tracker.undo()
    assert desk.store.facts() == before


def test_an_answer_to_what_has_changed_meanwhile_is_refused_and_writes_nothing(desk: Desk) -> None:
    desk.put(*SCENES[Rule.STATUS_CALL], contacts=PEOPLE)
    key = desk.follow_up(Rule.STATUS_CALL).key
    desk.tracker.answer(key, Answer.NO_ANSWER)
    before = desk.store.facts()
    with pytest.raises(Refused, match="already done or has been rescheduled"):
        desk.tracker.answer(key, Answer.NO_ANSWER)
    assert desk.store.facts() == before


@pytest.mark.parametrize(
    ("rule", "answer", "given", "named"),
    [
        (Rule.MOVE_ON, Answer.KEEP_WAITING, {}, "reply_by"),
        (Rule.MOVE_ON, Answer.KEEP_WAITING, {"reply_by": date(2026, 10, 14)}, "reply_by"),
        (Rule.MOVE_ON, Answer.TRY_SOMEONE_ELSE, {"kind": EventKind.EMAIL}, "contact"),
        (Rule.MOVE_ON, Answer.TRY_SOMEONE_ELSE, {"contact": "c1", "kind": EventKind.CALL}, "outcome"),
        (Rule.MOVE_ON, Answer.TRY_SOMEONE_ELSE, {"contact": "nobody"}, "contact"),
        (Rule.STATUS_CALL, Answer.SPOKE, {"said": EmployerReply.DATE}, "reply_by"),
        (Rule.STATUS_CALL, Answer.NO_ANSWER, {"at": madrid("2026-10-15T10:00")}, "at"),
        (
            Rule.STATUS_CALL,
            Answer.SPOKE,
            {"said": EmployerReply.DATE, "reply_by": date(2101, 1, 1)},
            "reply_by",
        ),
        (Rule.PREPARE, Answer.RESCHEDULED, {}, "starts_at"),
        (Rule.PREPARE, Answer.RESCHEDULED, {"starts_at": wall("1969-12-31T10:00")}, "starts_at"),
        (Rule.OFFER_REPLY, Answer.ASK_FOR_TIME, {}, "reply_by"),
        (Rule.OFFER_REPLY, Answer.GAVE_DATE, {}, "reply_by"),
    ],
)
def test_what_is_missing_is_refused_by_its_field_and_nothing_is_written(
    desk: Desk, rule: Rule, answer: Answer, given: dict[str, Any], named: str
) -> None:
    desk.put(*SCENES[rule], contacts=PEOPLE)
    before, label = desk.store.facts(), desk.tracker.undo_label
    with pytest.raises(Refused) as refusal:
        desk.tracker.answer(desk.follow_up(rule).key, answer, AnswerDetails(**given))
    assert refusal.value.field == named
    assert str(refusal.value).endswith(".")
    assert desk.store.facts() == before
    assert desk.tracker.undo_label == label


def test_a_day_of_two_interviews_is_cancelled_from_now_on_and_debriefed_as_a_whole(desk: Desk) -> None:
    later = Interview(id="i2", starts_at=wall("2026-10-14T15:00"), minutes=60)
    desk.put(acme(interviews=(held(), later)), contacts=PEOPLE)
    desk.tracker.answer(desk.follow_up(Rule.PREPARE).key, Answer.THEY_CANCELLED)
    assert [i.cancelled for i in desk.application().interviews] == [False, True]
    desk.tracker.undo()
    desk.now = madrid("2026-10-14T17:00")
    desk.tracker.answer(desk.follow_up(Rule.DEBRIEF).key, Answer.DEBRIEF)
    assert all(i.debriefed_at == desk.now for i in desk.application().interviews)


def test_an_enquiry_by_email_is_answered_like_an_email(desk: Desk) -> None:
    desk.put(acme(events=(told(),), channel=Channel.EMAIL), contacts=PEOPLE)
    follow_up = desk.follow_up(Rule.STATUS_CALL)
    assert answers_of(follow_up) == (Answer.WRITE_EMAIL, Answer.SENT, Answer.THEY_ANSWERED)
    desk.tracker.answer(follow_up.key, Answer.SENT)
    assert desk.application().events[-1].kind is EventKind.EMAIL


def test_an_answer_of_another_rule_is_a_mistake_of_the_program(desk: Desk) -> None:
    desk.put(*SCENES[Rule.CHECK_IN])
    with pytest.raises(ValueError, match="no answer"):
        desk.tracker.answer(desk.follow_up(Rule.CHECK_IN).key, Answer.ACCEPT)


def test_instants_are_kept_in_utc(desk: Desk) -> None:
    desk.put(*SCENES[Rule.CHECK_IN])
    desk.tracker.answer(desk.follow_up(Rule.CHECK_IN).key, Answer.SENT)
    assert desk.application().events[0].at.tzinfo is UTC
