"""What was done on the phone, asked about in words and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from followup_desktop.domain.answers import Answer, AnswerDetails
from followup_desktop.domain.model import Interview, Rule, Stage
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestionRow, PhoneQuestions
from followup_desktop.services.sync.round import KEPT_FOR
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


@pytest.mark.parametrize("answer", [PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE])
@pytest.mark.parametrize(
    ("start", "said", "then"),
    [
        ("DTSTART;VALUE=DATE:20261020", "to another day, without a time. Use Tue at 10:00?", "10:00"),
        ("DTSTART:20261020T113000", "to Tue at 11:30. Use the new time?", "11:30"),
        ("DTSTART;TZID=Mars/Olympus:20261020T113000", "to Tue at 11:30. Use the new time?", "11:30"),
    ],
)
def test_an_interview_moved_to_a_day_or_a_floating_time_is_asked_about_once(
    asked: Rig, start: str, said: str, then: str, answer: PhoneAnswer
) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    phone.begin(uid, start)
    for _ in range(2):
        asked.look()
        (row,) = rows(asked)
        assert row.sentence.endswith(f"was moved on your phone {said}")
        assert start in phone.texts()[uid]  # nothing is written over it before the answer
    answered(asked, answer)
    wall = f"2026-10-20T{then}" if answer is PhoneAnswer.TAKE_OVER else "2026-10-19T10:00"
    assert asked.desk.application().interviews[0].starts_at == datetime.fromisoformat(wall)
    asked.look()
    assert rows(asked) == ()
    assert asked.there() == asked.wanted()


def test_a_floating_time_is_of_the_users_clock_and_a_day_keeps_that_of_the_interview(asked: Rig) -> None:
    asked.desk.put(acme(interviews=(replace(HELD, timezone="Europe/London"),)))
    phone = asked.connect()
    uid = asked.uid("i1")
    phone.begin(uid, "DTSTART:20261020T110000")
    asked.look()
    assert "to Tue at 11:00 (10:00 in London)" in rows(asked)[0].sentence
    phone.begin(uid, "DTSTART;VALUE=DATE:20261021")
    asked.look()
    assert "Use 21 Oct at 11:00 (10:00 in London)?" in rows(asked)[0].sentence


@pytest.mark.parametrize("start", ["DTSTART;VALUE=DATE:20261019", "DTSTART:20261019T100000"])
def test_an_interview_on_the_phone_at_its_own_day_or_time_asks_nothing_and_rings(
    asked: Rig, start: str
) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    phone.begin(uid, start)
    asked.look()
    assert rows(asked) == ()
    there = phone.objects()[uid].start
    assert there is not None
    assert there.has_time


def test_a_debrief_that_was_ticked_off_offers_its_form_and_is_asked_about_until_it_is_written(
    asked: Rig,
) -> None:
    phone = asked.connect(tasks=True)
    debrief = asked.desk.follow_up(Rule.DEBRIEF)
    asked.beat(debrief.due_at - asked.desk.now + timedelta(hours=1))
    phone.complete(asked.uid(debrief.key))
    asked.look()
    (row,) = rows(asked)
    assert row.follow_up == debrief.key
    assert [answer for answer, _label in row.answers] == [
        Answer.DEBRIEF,
        Answer.DID_NOT_TAKE_PLACE,
        PhoneAnswer.NOT_DONE,
    ]
    asked.look()
    assert len(rows(asked)) == 1
    asked.desk.tracker.answer(debrief.key, Answer.DEBRIEF)
    assert rows(asked) == ()
    asked.look()
    assert asked.there() == asked.wanted()
    assert rows(asked) == ()


def offered(rig: Rig, rule: Rule) -> list[Answer | PhoneAnswer]:
    """Tick off the follow-up of this rule on the phone; what Today offers to answer."""
    follow_up = rig.desk.follow_up(rule)
    rig.beat(max(follow_up.due_at - rig.desk.now, timedelta()) + timedelta(hours=1))
    rig.phone().complete(rig.uid(follow_up.key))
    rig.look()
    (row,) = rows(rig)
    return [answer for answer, _label in row.answers]


ENDS = date(2026, 10, 20)


def begin(rig: Rig, stage: Stage) -> None:
    """Have an application in this stage, whose posting or offer ends soon."""
    if stage is Stage.OFFER:
        rig.desk.put(acme(Stage.APPLIED, offer_expires_on=ENDS))
        rig.desk.tracker.set_stage("a1", Stage.OFFER)
    elif stage is Stage.SAVED:
        rig.desk.put(acme(Stage.SAVED, applied_on=None, closes_on=ENDS))
    else:
        rig.desk.put(acme(stage))


@pytest.mark.parametrize(
    ("stage", "rule", "answers"),
    [
        (
            Stage.OFFER,
            Rule.OFFER_REPLY,
            [Answer.ACCEPT, Answer.DECLINE, Answer.ASK_FOR_TIME, Answer.GAVE_DATE],
        ),
        (Stage.OFFER, Rule.OFFER_THANKS, [Answer.SENT]),
        (Stage.APPLIED, Rule.CHECK_IN, [Answer.SENT, Answer.THEY_ANSWERED]),
        (Stage.SAVED, Rule.APPLY, [Answer.APPLIED]),
    ],
)
def test_what_was_ticked_off_has_all_answers_but_those_still_to_be_written(
    rig_once: Rig, stage: Stage, rule: Rule, answers: list[Answer]
) -> None:
    begin(rig_once, stage)
    rig_once.connect(tasks=True)
    assert offered(rig_once, rule) == [*answers, PhoneAnswer.NOT_DONE]


def test_time_that_was_asked_for_on_the_phone_is_not_asked_about_again(rig: Rig) -> None:
    """Undo asks again, though a round has been since."""
    begin(rig, Stage.OFFER)
    rig.connect(tasks=True)
    assert Answer.ASK_FOR_TIME in offered(rig, Rule.OFFER_REPLY)
    key, before = rig.desk.follow_up(Rule.OFFER_REPLY).key, rows(rig)
    rig.start()
    rig.desk.tracker.answer(key, Answer.ASK_FOR_TIME, AnswerDetails(reply_by=date(2026, 10, 27)))
    assert rows(rig) == ()
    for _ in range(2):
        rig.look()
        assert rows(rig) == ()
    assert rig.there() == rig.wanted()
    rig.desk.store.history.undo()
    assert [(row.uid, row.answers) for row in rows(rig)] == [(row.uid, row.answers) for row in before]


@pytest.mark.parametrize("is_one_of_many", [False, True])
def test_what_is_left_out_here_is_no_longer_asked_about(rig_once: Rig, is_one_of_many: bool) -> None:
    begin(rig_once, Stage.OFFER)
    rig_once.connect(tasks=True)
    offered(rig_once, Rule.OFFER_REPLY)
    keys = [rig_once.desk.follow_up(Rule.OFFER_REPLY).key]
    if is_one_of_many:
        keys.append(rig_once.desk.follow_up(Rule.OFFER_THANKS).key)
    rig_once.desk.tracker.skip_all(keys)
    assert rows(rig_once) == ()
    rig_once.look()
    assert rows(rig_once) == ()
    assert rig_once.there() == rig_once.wanted()


MOVED_TO = "2026-10-20T11:00"


def ask(rig: Rig, answer: PhoneAnswer | Answer) -> str:
    """Have the phone do what can be answered so; the UID of what is asked about."""
    if answer in {PhoneAnswer.NOT_DONE, Answer.SENT}:
        rig.desk.put(acme(Stage.APPLIED))
        phone = rig.connect(tasks=True)
        call = rig.desk.follow_up(Rule.CHECK_IN)
        rig.beat(call.due_at - rig.desk.now + timedelta(hours=1))
        uid = rig.uid(call.key)
        phone.complete(uid)
    else:
        phone = rig.connect()
        uid = rig.uid("i1")
        if answer in {PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE}:
            phone.move(uid, madrid(MOVED_TO))
        else:
            phone.delete(uid)
    rig.look()
    return uid


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize(
    ("answer", "other"),
    [
        (PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE),
        (PhoneAnswer.KEEP_MINE, PhoneAnswer.TAKE_OVER),
        (PhoneAnswer.THEY_CANCELLED, PhoneAnswer.PUT_BACK),
        (PhoneAnswer.PUT_BACK, PhoneAnswer.THEY_CANCELLED),
        (PhoneAnswer.NOT_DONE, Answer.SENT),
        (Answer.SENT, PhoneAnswer.NOT_DONE),
    ],
)
def test_an_answer_that_is_undone_is_asked_again_and_can_be_another(
    asked: Rig, answer: PhoneAnswer | Answer, other: PhoneAnswer | Answer, is_written: bool
) -> None:
    ask(asked, answer)
    before, facts = rows(asked), asked.desk.store.facts()
    done = questions(asked).answer(before[0].uid, answer)
    assert done is not None
    history = asked.desk.store.history
    assert history.undo_label == done.label
    if is_written:
        asked.look()
        assert asked.there() == asked.wanted()
    history.undo()
    assert [(row.uid, row.answers) for row in rows(asked)] == [(row.uid, row.answers) for row in before]
    assert asked.desk.store.facts() == facts
    asked.look()
    assert [row.uid for row in rows(asked)] == [before[0].uid]
    history.redo()
    assert rows(asked) == ()
    history.undo()
    answered(asked, other)
    asked.look()
    assert asked.there() == asked.wanted()
    assert rows(asked) == ()


def test_an_answer_is_undone_though_the_phone_has_asked_anew(asked: Rig) -> None:
    uid = ask(asked, PhoneAnswer.TAKE_OVER)
    answered(asked, PhoneAnswer.TAKE_OVER)
    asked.phone().move(uid, madrid("2026-10-21T15:00"))
    asked.look()
    (anew,) = rows(asked)
    history = asked.desk.store.history
    history.undo()
    assert asked.desk.application().interviews[0] == HELD
    assert [row.uid for row in rows(asked)] == [uid]
    assert "to 21 Oct at 15:00" in rows(asked)[0].sentence
    history.redo()
    assert rows(asked) == (anew,)
    answered(asked, PhoneAnswer.TAKE_OVER)
    assert asked.there() == asked.wanted()


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
    key = asked.desk.follow_up(Rule.DEBRIEF).key
    phone.complete(asked.uid(key))  # before the interview
    asked.look()
    answered(asked, PhoneAnswer.NOT_DONE)
    assert not asked.phone().objects()[asked.uid(key)].is_completed
    assert asked.there() == asked.wanted()


def test_a_title_that_asks_is_the_question(asked: Rig) -> None:
    phone = asked.connect(tasks=True)
    phone.complete(asked.uid(asked.desk.follow_up(Rule.DEBRIEF).key))
    asked.look()
    assert [row.sentence for row in rows(asked)] == ["Done on your phone: How did it go at Acme?"]


def test_that_a_calendar_was_emptied_is_told_in_one_sentence(asked: Rig) -> None:
    phone = asked.connect()
    for uid in phone.objects():
        phone.delete(uid)
    asked.look()
    (row,) = rows(asked)
    assert row.sentence.startswith("Everything in your Follow Up calendar was deleted")
    assert row.answers == ((PhoneAnswer.SEEN, "OK"),)
    label = asked.desk.store.history.undo_label
    answered(asked, PhoneAnswer.SEEN)
    assert asked.desk.store.history.undo_label == label
    asked.look()
    assert rows(asked) == ()
    assert asked.there() == asked.wanted()


def test_what_was_decided_here_meanwhile_is_not_asked(asked: Rig) -> None:
    phone = asked.connect()
    phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    asked.look()
    asked.desk.tracker.they_cancelled("i1")
    assert rows(asked) == ()
    asked.beat()
    assert asked.there() == asked.wanted()
    assert rows(asked) == ()
    asked.beat(KEPT_FOR)
    assert asked.desk.store.published.questions() == {}


def test_a_cancellation_that_is_undone_asks_again_what_the_phone_had_moved(asked: Rig) -> None:
    phone = asked.connect()
    phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    asked.look()
    asked.desk.tracker.they_cancelled("i1")
    asked.beat()
    assert rows(asked) == ()
    asked.desk.store.history.undo()
    asked.beat()
    answered(asked, PhoneAnswer.TAKE_OVER)
    assert asked.desk.application().interviews[0].starts_at == datetime.fromisoformat("2026-10-20T11:00")
    assert asked.there() == asked.wanted()


def test_what_was_ticked_off_is_asked_about_also_as_an_appointment(asked: Rig) -> None:
    phone = asked.connect(tasks=True)
    key = asked.desk.follow_up(Rule.DEBRIEF).key
    phone.complete(asked.uid(key))
    asked.look()
    before = rows(asked)
    asked.sync.set_options(SyncOptions(tasks=False))
    for _ in range(2):
        asked.look()
        assert rows(asked) == before
    answered(asked, PhoneAnswer.NOT_DONE)
    assert asked.there() == asked.wanted()


@pytest.mark.parametrize("is_moved", [True, False])
def test_an_interview_rescheduled_here_has_its_answer_by_that(asked: Rig, is_moved: bool) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    if is_moved:
        phone.move(uid, madrid("2026-10-20T11:00"))
    else:
        phone.delete(uid)
    asked.look()
    assert len(rows(asked)) == 1
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-21T12:00"))
    asked.beat()
    assert rows(asked) == ()
    assert asked.there() == asked.wanted()
    assert asked.there()[uid] == madrid("2026-10-21T12:00")


@pytest.mark.parametrize("is_moved", [True, False])
def test_what_was_edited_on_both_sides_is_asked_about(asked: Rig, is_moved: bool) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    if is_moved:
        phone.move(uid, madrid("2026-10-20T11:00"))
    else:
        phone.delete(uid)
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-21T12:00"))
    for _ in range(2):
        asked.look()
        assert len(rows(asked)) == 1


def test_an_interview_that_is_over_is_tidied_away_on_the_phone_without_a_question(asked: Rig) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    asked.beat(madrid("2026-10-19T10:30") - asked.desk.now)
    phone.delete(uid)
    for _ in range(2):
        asked.look()
        assert rows(asked) == ()
        assert uid not in phone.objects()
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-21T12:00"))
    asked.beat()
    assert asked.there() == asked.wanted()


def test_an_answer_given_twice_does_nothing_twice(asked: Rig) -> None:
    phone = asked.connect()
    phone.delete(asked.uid("i1"))
    asked.look()
    (row,) = rows(asked)
    assert questions(asked).answer(row.uid, PhoneAnswer.THEY_CANCELLED) is not None
    assert questions(asked).answer(row.uid, PhoneAnswer.THEY_CANCELLED) is None
    assert [event.kind for event in asked.desk.application().events] == ["reply"]


@pytest.mark.parametrize("answer", [PhoneAnswer.TAKE_OVER, PhoneAnswer.THEY_CANCELLED])
def test_what_is_asked_outlasts_a_calendar_that_is_made_again(asked: Rig, answer: PhoneAnswer) -> None:
    ask(asked, answer)
    before = rows(asked)
    phone = asked.phone()
    assert phone.ask("DELETE", phone.url).status in (200, 204)
    asked.look()
    assert asked.sync.is_gone
    asked.sync.make_again(lambda _refusal: None)
    asked.wire.run()
    asked.look()
    assert rows(asked) == before
    # What was moved rings as it did until that is answered; what was deleted does not.
    uid = before[0].uid
    assert (asked.there().get(uid) == asked.wanted()[uid]) is (answer is PhoneAnswer.TAKE_OVER)
    phone = asked.phone()
    if uid in phone.objects():
        phone.change(uid, lambda text: text.replace("-PT1H", "-PT2H"))
        asked.look()
        assert rows(asked) == before
    answered(asked, answer)
    asked.look()
    assert asked.there() == asked.wanted()


@pytest.mark.parametrize("remove", [True, False])
@pytest.mark.parametrize("answer", [PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE])
def test_what_is_asked_can_be_answered_when_the_server_was_left(
    asked: Rig, answer: PhoneAnswer, remove: bool
) -> None:
    uid = ask(asked, answer)
    before = rows(asked)
    asked.sync.disconnect(remove=remove, done=lambda _refusal: None)
    asked.wire.run()
    assert asked.sync.account is None
    assert rows(asked) == before
    done = questions(asked).answer(uid, answer)
    assert done is not None
    assert "phone" not in (done.notice or "").casefold()
    asked.connect()
    assert rows(asked) == ()
    assert asked.there() == asked.wanted()


@pytest.mark.parametrize("is_moved", [True, False])
def test_hiding_names_doesnt_wait_for_an_answer(asked: Rig, is_moved: bool) -> None:
    phone = asked.connect(tasks=True)
    if is_moved:
        phone.move(asked.uid("i1"), madrid("2026-10-20T11:00"))
    else:
        phone.complete(asked.uid(asked.desk.follow_up(Rule.DEBRIEF).key))
    asked.look()
    assert "Acme" in "".join(phone.texts().values())
    asked.sync.set_options(SyncOptions(tasks=True, private=True))
    asked.beat()
    assert "Acme" not in "".join(phone.texts().values())
    asked.look()
    assert len(rows(asked)) == 1
    assert asked.writes() > 0
    asked.look()
    assert asked.writes() == 0
    if is_moved:
        answered(asked, PhoneAnswer.TAKE_OVER)
        assert asked.there() == asked.wanted()


def test_what_was_prepared_days_early_and_ticked_off_on_the_phone_is_done(asked: Rig) -> None:
    asked.desk.put(acme(interviews=(replace(HELD, starts_at=HELD.starts_at + timedelta(days=21)),)))
    phone = asked.connect(tasks=True)
    prepare = asked.desk.follow_up(Rule.PREPARE)
    assert asked.desk.now < prepare.opens_at
    uid = asked.uid(prepare.key)
    phone.complete(uid)
    asked.look()
    assert rows(asked) == ()
    asked.look()
    assert uid not in phone.texts()
    asked.beat(prepare.due_at - asked.desk.now + timedelta(hours=1))
    assert uid not in phone.texts()
    asked.desk.store.history.undo()
    asked.look()
    assert uid in phone.texts()


def test_no_thank_you_may_be_needed_before_it_is_due(asked: Rig) -> None:
    asked.connect(tasks=True)
    thanks = asked.desk.follow_up(Rule.THANK_YOU)
    assert asked.desk.now < thanks.opens_at
    asked.phone().complete(asked.uid(thanks.key))
    asked.look()
    answered(asked, Answer.NEEDS_NONE)
    assert thanks.key not in {row.subject for row in asked.desk.store.published.all().values() if row.etag}


def away(request: WebRequest) -> WebReply | None:
    return WebReply(status=503) if request.method == "PUT" else None


def saved_again(rig: Rig, uid: str) -> None:
    rig.phone().change(uid, lambda text: text.replace("END:V", "X-SAVED:once more\r\nEND:V", 1))


@pytest.mark.parametrize("answer", [PhoneAnswer.KEEP_MINE, PhoneAnswer.NOT_DONE, PhoneAnswer.PUT_BACK])
def test_what_is_saved_again_before_the_answer_is_written_is_not_asked_twice(
    asked: Rig, answer: PhoneAnswer
) -> None:
    phone = asked.connect(tasks=True)
    kind = {
        PhoneAnswer.KEEP_MINE: "moved",
        PhoneAnswer.NOT_DONE: "completed",
        PhoneAnswer.PUT_BACK: "cancelled",
    }[answer]
    if kind == "completed":
        asked.beat(timedelta(days=5, hours=20))
        uid = asked.uid(asked.desk.follow_up(Rule.THANK_YOU).key)
        phone.complete(uid)
    else:
        uid = asked.uid("i1")
        if kind == "moved":
            phone.move(uid, madrid("2026-10-20T11:00"))
        else:
            phone.change(uid, lambda text: text.replace("STATUS:CONFIRMED", "STATUS:CANCELLED"))
    asked.look()
    (row,) = rows(asked)
    saved_again(asked, uid)
    asked.look()
    assert [each.uid for each in rows(asked)] == [uid]
    asked.wire.instead = away
    questions(asked).answer(row.uid, answer)
    asked.look()
    saved_again(asked, uid)
    for _look in range(2):
        asked.look()
        assert rows(asked) == ()
    asked.wire.instead = lambda _request: None
    asked.beat(timedelta(hours=1))
    assert (asked.there(), asked.sync.failure, rows(asked)) == (asked.wanted(), "", ())
    if kind == "moved":
        phone.move(uid, madrid("2026-10-20T11:00"))
        asked.look()
        assert len(rows(asked)) == 1  # they mean it
