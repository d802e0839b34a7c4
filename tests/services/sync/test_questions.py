"""What was done on the phone, asked about in words and answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Interview, Rule, Stage
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestionRow, PhoneQuestions
from tests.services.conftest import acme, madrid
from tests.services.sync.rig import Rig

HELD = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)


@pytest.fixture
def asked(rig_once: Rig) -> Rig:
    rig_once.desk.put(acme(interviews=(HELD,)))
    return rig_once


def questions(rig: Rig) -> PhoneQuestions:
    return PhoneQuestions(rig.desk.store, rig.desk.tracker, rig.desk.wording)


def rows(rig: Rig) -> tuple[PhoneQuestionRow, ...]:
    return questions(rig).rows(rig.desk.now)


def answered(rig: Rig, answer: PhoneAnswer | Answer) -> None:
    (row,) = rows(rig)
    assert answer in {each for each, _label in row.answers}
    questions(rig).answer(row.uid, answer)
    rig.sync.facts_changed()
    rig.beat()
    assert rows(rig) == ()


@pytest.mark.parametrize("answer", [PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE])
def test_a_moved_interview_is_taken_over_or_not(asked: Rig, answer: PhoneAnswer) -> None:
    phone = asked.connect()
    phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    asked.look()
    (row,) = rows(asked)
    assert row.sentence == (
        "The interview at Acme, Mon at 10:00, was moved on your phone to Tue at 11:00. Use the new time?"
    )
    assert row.application == "a1"
    answered(asked, answer)
    start = "2026-10-20T11:00" if answer is PhoneAnswer.TAKE_OVER else "2026-10-19T10:00"
    assert asked.desk.application().interviews[0].starts_at == datetime.fromisoformat(start)
    assert asked.there() == asked.wanted()
    asked.look()
    assert rows(asked) == ()


def test_what_was_taken_over_can_be_undone_on_both_sides(asked: Rig) -> None:
    phone = asked.connect()
    phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    asked.look()
    (row,) = rows(asked)
    questions(asked).answer(row.uid, PhoneAnswer.TAKE_OVER)
    asked.desk.store.history.undo()  # before anything was written
    asked.beat()
    asked.look()
    assert asked.there()[asked.uid("i1")] == madrid("2026-10-19T10:00")
    assert asked.there() == asked.wanted()
    assert rows(asked) == ()


@pytest.mark.parametrize("answer", [PhoneAnswer.THEY_CANCELLED, PhoneAnswer.PUT_BACK])
def test_a_deleted_interview_is_cancelled_or_put_back(asked: Rig, answer: PhoneAnswer) -> None:
    phone = asked.connect()
    phone.delete(asked.uid("i1"))
    asked.look()
    assert "was deleted on your phone. Was it cancelled?" in rows(asked)[0].sentence
    answered(asked, answer)
    assert asked.desk.application().interviews[0].cancelled is (answer is PhoneAnswer.THEY_CANCELLED)
    assert asked.there() == asked.wanted()


def test_a_follow_up_ticked_off_is_answered_with_one_of_its_answers(asked: Rig) -> None:
    asked.desk.put(acme(Stage.APPLIED))
    phone = asked.connect(tasks=True)
    call = asked.desk.follow_up(Rule.CHECK_IN)
    asked.beat(call.due_at - asked.desk.now + timedelta(hours=1))
    phone.complete(asked.uid(call.key))
    asked.look()
    (row,) = rows(asked)
    assert row.sentence.startswith("Done on your phone: ")
    assert {answer for answer, _label in row.answers} >= {Answer.SENT, PhoneAnswer.NOT_DONE}
    answered(asked, Answer.SENT)
    assert [event.kind for event in asked.desk.application().events] == ["email"]
    assert asked.there() == asked.wanted()


def test_a_follow_up_ticked_off_too_soon_is_open_again_on_the_phone(asked: Rig) -> None:
    phone = asked.connect(tasks=True)
    key = asked.desk.follow_up(Rule.PREPARE).key
    phone.complete(asked.uid(key))  # days before it opens
    asked.look()
    answered(asked, PhoneAnswer.NOT_DONE)
    assert not asked.phone().objects()[asked.uid(key)].is_completed
    assert asked.there() == asked.wanted()


def test_what_was_decided_here_meanwhile_is_not_asked(asked: Rig) -> None:
    phone = asked.connect()
    phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    asked.look()
    asked.desk.tracker.they_cancelled("i1")
    assert rows(asked) == ()
    asked.beat()
    assert asked.there() == asked.wanted()
    assert asked.desk.store.published.questions() == {}


def test_an_answer_given_twice_does_nothing_twice(asked: Rig) -> None:
    phone = asked.connect()
    phone.delete(asked.uid("i1"))
    asked.look()
    (row,) = rows(asked)
    assert questions(asked).answer(row.uid, PhoneAnswer.THEY_CANCELLED) is not None
    assert questions(asked).answer(row.uid, PhoneAnswer.THEY_CANCELLED) is None
    assert [event.kind for event in asked.desk.application().events] == ["reply"]
