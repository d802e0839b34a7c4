"""What is to go goes in the end, and what comes back of the program's own is a difference like any other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from followup_desktop.domain.model import Interview
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestions
from followup_desktop.storage.published import QuestionKind
from tests.services.conftest import acme, madrid
from tests.services.sync.rig import Phone, Rig, busy

HELD = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)
ADDED = datetime.fromisoformat("2026-10-21T15:00")


def nothing(_request: WebRequest) -> WebReply | None:
    return None


def kinds(rig: Rig) -> list[tuple[QuestionKind, datetime | None]]:
    return [(each.kind, each.starts_at) for each in rig.desk.store.published.questions().values()]


def add_without_a_word(rig: Rig, status: int | None) -> str:
    """The new interview's id; its entry was made, but the answer was this, or none."""
    rig.desk.tracker.add_interview("a0", starts_at=ADDED, minutes=30)

    def after(request: WebRequest) -> WebReply | None:
        if request.method != "PUT" or b"SUMMARY:Interview" not in request.body:
            return None
        if status is None:
            raise ConnectionError
        return WebReply(status=status)

    rig.wire.after = after
    rig.beat()
    rig.wire.after = nothing
    interviews = rig.desk.application("a0").interviews
    return next(each.id for each in interviews if each.id != "i0")


def settled(rig: Rig) -> tuple[dict[str, datetime | None], str]:
    for _time in range(4):
        rig.look()
    return rig.there(), rig.sync.failure


@pytest.mark.parametrize("is_undone", [True, False])
@pytest.mark.parametrize("status", [502, 504, None])
def test_what_was_made_without_a_word_and_cancelled_before_the_next_look_is_deleted(
    rig_once: Rig, status: int | None, is_undone: bool
) -> None:
    rig_once.desk.put(*busy(2))
    rig_once.connect()
    rig_once.look()
    new = add_without_a_word(rig_once, status)
    if is_undone:
        rig_once.desk.store.history.undo()
    else:
        rig_once.desk.tracker.they_cancelled(new)
    for _time in range(2):
        rig_once.beat(timedelta(seconds=12))
    there, failure = settled(rig_once)
    assert (there, failure) == (rig_once.wanted(), "")
    assert new not in {row.subject for row in rig_once.desk.store.published.all().values() if row.etag}


@pytest.mark.parametrize("status", [500, 403, 302])
def test_what_was_cancelled_and_cannot_be_read_by_a_look_is_deleted_later(rig_once: Rig, status: int) -> None:
    rig_once.desk.put(*busy(2))
    rig_once.connect()
    rig_once.look()
    new = add_without_a_word(rig_once, None)
    rig_once.desk.tracker.they_cancelled(new)
    uid = rig_once.uid(new)

    def unread(request: WebRequest) -> WebReply | None:
        if request.method == "REPORT" and b"multiget" in request.body:
            return WebReply(status=400)
        return WebReply(status=status) if request.method == "GET" and uid in request.url else None

    rig_once.wire.instead = unread
    rig_once.beat()
    rig_once.wire.instead = nothing
    assert settled(rig_once) == (rig_once.wanted(), "")


@pytest.mark.parametrize("refusal", [404, 409, 412])
@pytest.mark.parametrize("got", [WebReply(status=404), WebReply(status=200)])
def test_a_passing_answer_does_not_end_what_is_to_be_deleted(
    rig_once: Rig, refusal: int, got: WebReply
) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    rig_once.connect()
    rig_once.look()
    uid = rig_once.uid("i1")

    def passing(request: WebRequest) -> WebReply | None:
        if uid not in request.url:
            return None
        return {"DELETE": WebReply(status=refusal), "GET": got}.get(request.method)

    rig_once.desk.tracker.they_cancelled("i1")
    rig_once.wire.instead = passing
    rig_once.beat()
    rig_once.wire.instead = nothing
    assert settled(rig_once) == (rig_once.wanted(), "")


def test_what_was_there_a_moment_ago_is_not_called_deleted_for_a_passing_answer(rig_once: Rig) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    rig_once.connect()
    rig_once.look()
    uid = rig_once.uid("i1")

    def passing(request: WebRequest) -> WebReply | None:
        if uid not in request.url:
            return None
        return WebReply(status={"PUT": 412, "GET": 404}[request.method])

    rig_once.desk.tracker.edit_interview("i1", location="Room 2")
    rig_once.wire.instead = passing
    rig_once.beat()
    assert kinds(rig_once) == []
    assert rig_once.sync.failure == "The calendar server has a problem right now (404)."
    rig_once.wire.instead = nothing
    assert settled(rig_once) == (rig_once.wanted(), "")
    assert kinds(rig_once) == []


def test_what_the_program_deleted_itself_was_not_emptied_by_others(rig_once: Rig) -> None:
    tracker, history = rig_once.desk.tracker, rig_once.desk.store.history
    for day in range(1, 5):
        tracker.add_reminder(title=f"Reminder {day}", at=datetime.fromisoformat(f"2026-11-0{day}T08:00"))
    rig_once.connect()
    rig_once.look()
    for _time in range(4):
        history.undo()

    def lost(request: WebRequest) -> WebReply | None:
        if request.method == "DELETE":
            raise ConnectionError
        return None

    rig_once.wire.after = lost
    rig_once.beat()
    rig_once.wire.after = nothing
    assert rig_once.there() == {}
    for _time in range(4):
        history.redo()
    rig_once.look()
    assert (rig_once.there(), kinds(rig_once)) == (rig_once.wanted(), [])


def test_what_the_phone_deleted_as_it_was_cancelled_is_forgotten_by_the_next_look(rig_once: Rig) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    phone = rig_once.connect()
    rig_once.look()
    uid = rig_once.uid("i1")
    phone.delete(uid)
    rig_once.desk.tracker.they_cancelled("i1")
    rig_once.beat()
    assert rig_once.sync.failure == ""
    rig_once.look()
    assert not rig_once.desk.store.published.all()[uid].etag
    rig_once.writes()
    rig_once.look()
    assert (rig_once.writes(), kinds(rig_once)) == (0, [])


def test_what_was_cancelled_and_comes_back_from_a_server_s_backup_is_deleted_again(rig_once: Rig) -> None:
    rig_once.desk.put(*busy(3))
    phone = rig_once.connect()
    rig_once.look()
    uid = rig_once.uid("i1")
    before = phone.texts()[uid]
    rig_once.desk.tracker.they_cancelled("i1")
    rig_once.beat()
    assert uid not in rig_once.there()
    for _time in range(2):
        put_as_new(phone, uid, before)
        assert settled(rig_once) == (rig_once.wanted(), "")
        assert kinds(rig_once) == []
    rig_once.desk.store.history.undo()
    rig_once.beat()
    assert (rig_once.there(), kinds(rig_once)) == (rig_once.wanted(), [])
    rig_once.desk.store.history.redo()
    rig_once.beat(timedelta(days=60))
    rig_once.look()
    assert uid not in rig_once.desk.store.published.all()


def put_as_new(phone: Phone, uid: str, text: str) -> None:
    headers = {"If_None_Match": "*", "Content_Type": "text/calendar; charset=utf-8"}
    assert phone.ask("PUT", phone.href(uid), text.encode(), **headers).status in (200, 201, 204)


def put_over(phone: Phone, uid: str, text: str) -> None:
    """Write a copy that was kept over what is there."""
    tag = phone.ask("GET", phone.href(uid)).headers["etag"]
    reply = phone.ask(
        "PUT", phone.href(uid), text.encode(), If_Match=tag, Content_Type="text/calendar; charset=utf-8"
    )
    assert reply.status in (200, 201, 204)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("alarm", ["TRIGGER:-PT1H", "TRIGGER:-PT2H"])
def test_an_older_revision_of_an_interview_that_comes_back_is_asked_about(
    rig_once: Rig, alarm: str, times: int
) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    phone = rig_once.connect()
    uid = rig_once.uid("i1")
    before = phone.ask("GET", phone.href(uid)).body.decode()
    was_at = rig_once.there()[uid]
    rig_once.look()
    for day in range(23, 23 + times):
        rig_once.desk.tracker.reschedule_interview("i1", madrid(f"2026-10-{day}T09:00"))
        rig_once.beat()
        rig_once.look()
    put_over(phone, uid, before.replace("TRIGGER:-PT1H", alarm))
    for _time in range(2):
        rig_once.look()
        assert kinds(rig_once) == [(QuestionKind.MOVED, was_at)]
    questions = PhoneQuestions(rig_once.desk.store, rig_once.desk.tracker, rig_once.desk.wording)
    questions.answer(uid, PhoneAnswer.KEEP_MINE)
    assert settled(rig_once) == (rig_once.wanted(), "")
    assert kinds(rig_once) == []


def test_an_older_revision_of_the_same_time_is_written_over(rig_once: Rig) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    phone = rig_once.connect()
    uid = rig_once.uid("i1")
    before = phone.ask("GET", phone.href(uid)).body.decode()
    rig_once.look()
    rig_once.desk.tracker.edit_interview("i1", location="Room 2")
    rig_once.beat()
    put_over(phone, uid, before)
    rig_once.look()
    assert "Room 2" in phone.texts()[uid]
    assert kinds(rig_once) == []


def test_an_older_revision_of_a_follow_up_is_written_over(rig_once: Rig) -> None:
    rig_once.desk.tracker.add_reminder(title="Buy a tie", at=datetime.fromisoformat("2026-10-14T08:00"))
    phone = rig_once.connect()
    (uid,) = rig_once.wanted()
    before = phone.ask("GET", phone.href(uid)).body.decode()
    rig_once.look()
    (follow_up,) = rig_once.desk.store.follow_ups()
    rig_once.desk.tracker.snooze(follow_up.key, madrid("2026-10-19T12:00"))
    rig_once.beat()
    put_over(phone, uid, before)
    rig_once.look()
    assert (rig_once.there(), kinds(rig_once)) == (rig_once.wanted(), [])


@pytest.mark.parametrize("answer", [None, "keep", "another time"])
def test_names_that_were_hidden_leave_what_the_phone_moved_its_own(rig_once: Rig, answer: str | None) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    phone = rig_once.connect()
    uid = rig_once.uid("i1")
    moved_to = madrid("2026-10-20T11:00")
    phone.move(uid, moved_to)
    rig_once.look()
    rig_once.sync.set_options(SyncOptions(private=True))
    rig_once.beat()
    questions = PhoneQuestions(rig_once.desk.store, rig_once.desk.tracker, rig_once.desk.wording)
    if answer == "keep":
        questions.answer(uid, PhoneAnswer.KEEP_MINE)
    elif answer == "another time":
        rig_once.desk.tracker.reschedule_interview("i1", madrid("2026-10-25T09:00"))
    phone.change(uid, lambda text: text.replace("TRIGGER:-PT1H", "TRIGGER:-PT2H", 1))
    rig_once.beat()
    rig_once.look()
    if answer is None:
        assert kinds(rig_once) == [(QuestionKind.MOVED, moved_to)]
    else:
        assert (rig_once.there(), kinds(rig_once)) == (rig_once.wanted(), [])


def test_what_the_phone_moves_away_and_back_after_names_were_hidden_is_asked_about(rig_once: Rig) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))
    phone = rig_once.connect()
    uid = rig_once.uid("i1")
    first, second = madrid("2026-10-20T11:00"), madrid("2026-10-22T12:00")
    phone.move(uid, first)
    rig_once.look()
    rig_once.sync.set_options(SyncOptions(private=True))
    rig_once.beat()
    for at in (second, first):
        phone.move(uid, at)
        rig_once.look()
        assert kinds(rig_once) == [(QuestionKind.MOVED, at)]
