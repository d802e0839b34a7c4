"""What is asked stays asked, whatever befalls the writes in between; and nothing false is ever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from followup_desktop.domain.model import Interview, Rule, Stage
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestions
from followup_desktop.services.sync.round import DOWN
from followup_desktop.services.sync.wanted_calendar import wanted_calendar
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.published import ItemKind, QuestionKind
from followup_desktop.storage.store import Store
from tests.services.conftest import MADRID, Desk, acme, madrid
from tests.services.sync.rig import Phone, Rig, busy

HELD = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)
MOVED_TO = "2026-10-20T11:00"
PAGE = WebReply(
    status=200, headers={"content-type": "text/html", "etag": '"5f"'}, body=b"<!doctype html>Sign in"
)
NOTHING = WebReply(status=207, body=b'<D:multistatus xmlns:D="DAV:"/>')

Fault = Callable[[Rig, str], None]


@pytest.fixture
def asked(rig_once: Rig) -> Rig:
    rig_once.desk.put(acme(interviews=(HELD,)))
    return rig_once


def rows(rig: Rig) -> list[str]:
    questions = PhoneQuestions(rig.desk.store, rig.desk.tracker, rig.desk.wording)
    return [row.uid for row in questions.rows(rig.desk.now)]


def answer(rig: Rig, uid: str, what: PhoneAnswer) -> None:
    assert PhoneQuestions(rig.desk.store, rig.desk.tracker, rig.desk.wording).answer(uid, what) is not None
    rig.sync.facts_changed()


def undo(rig: Rig) -> None:
    rig.desk.store.history.undo()
    rig.sync.facts_changed()


def ask(rig: Rig, *, is_moved: bool) -> tuple[Phone, str]:
    phone = rig.connect()
    uid = rig.uid("i1")
    if is_moved:
        phone.move(uid, madrid(MOVED_TO))
    else:
        phone.delete(uid)
    rig.look()
    assert rows(rig) == [uid]
    return phone, uid


def once(rig: Rig, uid: str, reply: WebReply | None, *, is_after: bool) -> None:
    """The next write of this entry is answered so, or its wire is cut."""
    done: list[str] = []

    def fault(request: WebRequest) -> WebReply | None:
        if request.method not in ("PUT", "DELETE") or uid not in request.url or done:
            return None
        done.append(uid)
        if reply is None:
            raise ConnectionError
        return reply

    if is_after:
        rig.wire.after = fault
    else:
        rig.wire.instead = fault


def refused(rig: Rig, uid: str) -> None:
    once(rig, uid, WebReply(status=412), is_after=False)


def lost(rig: Rig, uid: str) -> None:
    once(rig, uid, None, is_after=True)


def timed_out(rig: Rig, uid: str) -> None:
    once(rig, uid, WebReply(status=504), is_after=True)


def away(rig: Rig, uid: str) -> None:
    once(rig, uid, None, is_after=False)


def other_alarm(rig: Rig, uid: str) -> None:
    if uid in rig.phone().objects():
        rig.phone().change(uid, lambda text: text.replace("TRIGGER:-PT1H", "TRIGGER:-PT2H"))


FAULTS = [refused, lost, timed_out, away, other_alarm]
ANSWERS = [PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE, PhoneAnswer.PUT_BACK, PhoneAnswer.THEY_CANCELLED]


@pytest.mark.parametrize("is_undone_first", [True, False])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_is_asked_again_by_its_undo_whatever_befell_a_write(
    asked: Rig, what: PhoneAnswer, fault: Fault, is_undone_first: bool
) -> None:
    _phone, uid = ask(asked, is_moved=what in {PhoneAnswer.TAKE_OVER, PhoneAnswer.KEEP_MINE})
    answer(asked, uid, what)
    if is_undone_first:  # it befalls the write of the undo, else that of the answer
        asked.beat()
        undo(asked)
        fault(asked, uid)
    else:
        fault(asked, uid)
        asked.beat()
        undo(asked)
    for _time in range(3):
        asked.beat(timedelta(minutes=3))
        asked.look()
        assert rows(asked) == [uid]
    answer(asked, uid, what)
    for _time in range(2):
        asked.look()
    assert (asked.there(), rows(asked), asked.sync.failure) == (asked.wanted(), [], "")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("deed", ["moved", "ticked off"])
def test_hiding_names_loses_no_question_whatever_befalls_the_write(
    asked: Rig, deed: str, fault: Fault
) -> None:
    asked.desk.put(acme(Stage.APPLIED) if deed == "ticked off" else acme(interviews=(HELD,)))
    phone = asked.connect(tasks=True)
    if deed == "moved":
        uid = asked.uid("i1")
        phone.move(uid, madrid(MOVED_TO))
    else:
        uid = asked.uid(asked.desk.follow_up(Rule.CHECK_IN).key)
        phone.complete(uid)
    asked.look()
    assert rows(asked) == [uid]
    fault(asked, uid)
    asked.sync.set_options(SyncOptions(tasks=True, private=True))
    asked.beat()
    for _time in range(3):
        asked.beat(timedelta(minutes=3))
        asked.look()
        assert rows(asked) == [uid]
    assert "Acme" not in "".join(phone.texts().values())


@pytest.mark.parametrize("is_moved", [True, False])
def test_another_time_entered_here_answers_and_its_undo_asks_again(asked: Rig, is_moved: bool) -> None:
    _phone, uid = ask(asked, is_moved=is_moved)
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-23T09:00"))
    assert rows(asked) == []
    asked.beat()
    assert asked.there()[uid] == madrid("2026-10-23T09:00")
    undo(asked)
    for _time in range(2):
        asked.look()
        assert rows(asked) == [uid]
    asked.desk.store.history.redo()
    asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


def test_a_room_entered_here_answers_nothing(asked: Rig) -> None:
    _phone, uid = ask(asked, is_moved=True)
    asked.desk.tracker.edit_interview("i1", location="Room 2")
    asked.look()
    assert rows(asked) == [uid]


def test_the_undo_of_a_backup_that_was_restored_asks_again(asked: Rig, tmp_path: Path) -> None:
    other = Store(open_database(tmp_path / "other.sqlite3"))
    with other.transaction("x") as t:
        t.put_facts(
            replace(
                asked.desk.store.facts(),
                applications=(
                    acme(interviews=(replace(HELD, starts_at=datetime.fromisoformat("2026-10-22T09:00")),)),
                ),
            )
        )
    made = other.make_backup(tmp_path / "made.sqlite3", Why.ASKED, asked.desk.now)
    other.close()
    _phone, uid = ask(asked, is_moved=True)
    asked.desk.store.put_back(made.file, "Restore")
    assert rows(asked) == []
    asked.look()
    undo(asked)
    asked.look()
    assert rows(asked) == [uid]


def test_another_time_zone_of_the_user_s_is_no_answer(asked: Rig) -> None:
    asked.desk.put(acme(timezone=None, interviews=(HELD,)))
    _phone, uid = ask(asked, is_moved=True)
    store = asked.desk.store
    for zone in ("Europe/London", "Europe/Madrid"):
        with store.transaction("zone") as t:
            t.put_facts(replace(store.facts(), policy=replace(MADRID, timezone=zone)))
        asked.look()
        assert rows(asked) == [uid]


def test_a_time_zone_by_which_both_are_at_one_hides_the_question_until_another(asked: Rig) -> None:
    asked.desk.put(acme(timezone=None, interviews=(HELD,)))
    phone = asked.connect()
    uid = asked.uid("i1")
    phone.move(uid, madrid("2026-10-19T11:00"))  # ten in London
    asked.look()
    store = asked.desk.store
    for zone, shown in (("Europe/London", []), ("Europe/Madrid", [uid])):
        with store.transaction("zone") as t:
            t.put_facts(replace(store.facts(), policy=replace(MADRID, timezone=zone)))
        asked.look()
        assert rows(asked) == shown


def test_a_phone_that_takes_back_what_it_did_is_no_longer_asked_about(asked: Rig) -> None:
    phone, uid = ask(asked, is_moved=True)
    phone.move(uid, madrid("2026-10-19T10:00"))
    asked.look()
    assert rows(asked) == []
    assert asked.there() == asked.wanted()


def test_a_page_for_people_is_never_taken_for_a_write(asked: Rig) -> None:
    asked.desk.put(*busy(3))
    asked.wire.instead = lambda request: PAGE if request.method == "PUT" else None
    asked.connect()
    assert asked.sync.failure
    assert asked.sync.synced_at is None
    assert len([request for request in asked.wire.sent if request.method == "PUT"]) <= 32
    asked.wire.instead = lambda _request: None
    for _time in range(2):
        asked.look()
    assert (asked.there(), asked.sync.failure, rows(asked)) == (asked.wanted(), "", [])
    asked.wire.instead = lambda request: PAGE if request.method == "PUT" else None
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-25T10:00"))
    asked.beat()
    asked.wire.instead = lambda _request: None
    for _time in range(2):
        asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


@pytest.mark.parametrize("has_token", [True, False])
def test_an_answer_that_says_nothing_is_no_empty_calendar(asked: Rig, has_token: bool) -> None:
    asked.desk.put(*busy(3))
    asked.connect()
    asked.look()
    if not has_token:
        asked.desk.store.published.save(state={"token": None})
    asked.writes()
    token = b"<D:sync-token>http://example.org/1</D:sync-token></D:multistatus>"
    empty = replace(NOTHING, body=NOTHING.body.replace(b"/>", b">") + token)
    asked.wire.instead = lambda r: {"REPORT": NOTHING if has_token else empty, "PROPFIND": NOTHING}.get(
        r.method
    )
    asked.look()
    assert asked.sync.failure
    assert asked.writes() == 0
    asked.wire.instead = lambda _request: None
    asked.look()
    assert (asked.there(), asked.sync.failure, rows(asked)) == (asked.wanted(), "", [])


def test_that_a_calendar_was_emptied_is_not_told_where_all_of_it_is_still_there(asked: Rig) -> None:
    asked.desk.put(*busy(3))
    phone = asked.connect()
    asked.look()
    itself = f"<D:response><D:href>{phone.url}</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>"
    body = f'<D:multistatus xmlns:D="DAV:">{itself}</D:multistatus>'.encode()
    asked.wire.instead = lambda r: (
        WebReply(status=207, body=body) if r.method in ("REPORT", "PROPFIND") else None
    )
    asked.look()
    assert any(request.method == "PUT" for request in asked.wire.sent)
    asked.wire.instead = lambda _request: None
    asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


SERIES = "RRULE:FREQ=DAILY;COUNT=2\r\n"


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("RECURRENCE-ID:20261019T080000Z\r\nDTSTART:20261020T090000Z", QuestionKind.MOVED),
        ("RECURRENCE-ID;TZID=Europe/Madrid:20261019T100000\r\nDTSTART:20261020T090000Z", QuestionKind.MOVED),
        (
            "RECURRENCE-ID:20261019T080000Z\r\nDTSTART:20261019T080000Z\r\nSTATUS:CANCELLED",
            QuestionKind.DELETED,
        ),
        ("", QuestionKind.DELETED),
        ("RECURRENCE-ID:20261020T080000Z\r\nDTSTART:20261020T110000Z", None),
    ],
    ids=["moved", "moved by its zone", "called off", "left out", "another one"],
)
def test_the_first_time_of_what_the_phone_made_a_series_is_the_interview(
    asked: Rig, first: str, kind: QuestionKind | None
) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")

    def repeated(text: str) -> str:
        start, end = text.index("BEGIN:VEVENT"), text.index("END:VEVENT") + len("END:VEVENT\r\n")
        event = text[start:end]
        own = next(line for line in event.splitlines() if line.startswith("UID:"))
        left_out = "" if first else "EXDATE:20261018T080000Z,20261019T080000Z\r\n"
        series = event.replace("SUMMARY", f"{left_out}{SERIES}SUMMARY", 1)
        stamp = "DTSTAMP:20261014T090000Z"
        over = f"BEGIN:VEVENT\r\n{own}\r\n{stamp}\r\n{first}\r\nSUMMARY:x\r\nEND:VEVENT\r\n" if first else ""
        return text[:start] + over + series + text[end:]

    phone.change(uid, repeated)
    asked.look()
    found = [each.kind for each in asked.desk.store.published.questions().values()]
    assert found == ([kind] if kind is not None else [])


def test_a_private_calendar_says_nothing_of_where_it_is_in_its_times(asked: Rig) -> None:
    asked.desk.put(acme(interviews=(replace(HELD, timezone="America/Lima"),)))
    asked.connect(private=True)
    assert asked.there() == asked.wanted()
    asked.desk.tracker.reschedule_interview("i1", madrid("2026-10-21T12:00"))
    asked.beat()
    bodies = b"".join(request.body for request in asked.wire.sent if request.method == "PUT")
    private = bodies[bodies.index(b"SUMMARY:Interview\r\n") :]
    assert b"Lima" not in private
    assert b"TZID" not in private
    phone = asked.phone()
    phone.move(asked.uid("i1"), madrid("2026-10-22T12:00"))
    asked.look()
    assert rows(asked) == [asked.uid("i1")]


@pytest.mark.parametrize("has_date", [True, False])
def test_a_server_that_names_an_instant_is_left_alone_until_then(asked: Rig, has_date: bool) -> None:
    headers = {"retry-after": "Wed, 14 Oct 2026 09:20:30 GMT"}
    if has_date:  # its clock is ten minutes fast
        headers["date"] = "Wed, 14 Oct 2026 09:10:30 GMT"
    asked.connect()
    asked.wire.instead = lambda _request: WebReply(status=503, headers=headers)
    asked.desk.tracker.edit_interview("i1", location="Room 2")
    asked.beat()
    assert asked.sync.retry_at is not None
    ten_minutes = asked.desk.now + timedelta(minutes=10)
    named = madrid("2026-10-14T11:20:30")
    assert asked.sync.retry_at == (ten_minutes if has_date else named)


def test_names_are_hidden_and_what_was_moved_stays_where_the_phone_has_it(asked: Rig) -> None:
    phone, uid = ask(asked, is_moved=True)
    asked.sync.set_options(SyncOptions(private=True))
    for _time in range(2):
        asked.look()
        assert "Acme" not in "".join(phone.texts().values())
        assert asked.there()[uid] == madrid(MOVED_TO)
        assert rows(asked) == [uid]
    assert asked.writes() > 0
    asked.look()
    assert asked.writes() == 0
    answer(asked, uid, PhoneAnswer.KEEP_MINE)
    asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


def test_a_move_to_a_day_that_was_answered_is_not_asked_again_as_a_move_once_names_are_hidden(
    asked: Rig,
) -> None:
    phone = asked.connect()
    uid = asked.uid("i1")
    phone.begin(uid, "DTSTART;VALUE=DATE:20261022")
    asked.look()
    assert rows(asked) == [uid]
    asked.sync.set_options(SyncOptions(private=True))
    asked.beat()
    answer(asked, uid, PhoneAnswer.KEEP_MINE)
    phone.change(uid, lambda text: text.replace("TRIGGER:-PT1H", "TRIGGER:-PT2H"))
    away(asked, uid)
    for _time in range(2):
        asked.look()
        assert rows(asked) == []
    assert asked.there() == asked.wanted()


def test_names_are_hidden_and_what_was_ticked_off_stays_so_on_the_phone(asked: Rig) -> None:
    phone = asked.connect(tasks=True)
    uid = asked.uid(asked.desk.follow_up(Rule.DEBRIEF).key)
    phone.complete(uid)
    asked.look()
    asked.sync.set_options(SyncOptions(tasks=True, private=True))
    for _time in range(2):
        asked.look()
        assert "Acme" not in "".join(phone.texts().values())
        assert phone.objects()[uid].is_completed
        assert rows(asked) == [uid]
    answer(asked, uid, PhoneAnswer.NOT_DONE)
    asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


def test_what_is_refused_time_and_again_holds_nothing_back_that_is_not(asked: Rig) -> None:
    asked.desk.put(*busy(20))
    bad = sorted(_interviews(asked))[: DOWN + 4]
    asked.wire.instead = lambda request: (
        WebReply(status=403) if request.method == "PUT" and any(uid in request.url for uid in bad) else None
    )
    asked.connect()
    for _time in range(3):
        asked.beat(timedelta(hours=1))
    assert asked.wanted().keys() - asked.there().keys() == set(bad)
    assert asked.sync.failure
    asked.wire.instead = lambda _request: None
    asked.beat(timedelta(hours=1))
    assert (asked.there(), asked.sync.failure) == (asked.wanted(), "")


def _interviews(rig: Rig) -> dict[str, datetime]:
    made = wanted_calendar(rig.desk.store.facts_and_plan(), rig.desk.now, rig.desk.wording, SyncOptions())
    return {uid: each.starts_at for uid, each in made.items.items() if each.kind is ItemKind.INTERVIEW}


@pytest.fixture
def two(asked: Rig, tmp_path: Path) -> Iterator[tuple[Rig, Rig]]:
    """Two computers, with the same data folder to begin with."""
    file = tmp_path / "one.sqlite3"
    first = Rig(_desk_over(file), asked.server)
    first.desk.put(acme(interviews=(HELD,)))
    first.connect()
    first.look()
    first.desk.store.close()
    copyfile(file, tmp_path / "other.sqlite3")
    rigs = []
    for name in ("one", "other"):
        rig = Rig(_desk_over(tmp_path / f"{name}.sqlite3"), asked.server, first.secrets)
        rig.desk.now = first.desk.now
        rigs.append(rig)
    yield rigs[0], rigs[1]
    for rig in (first, *rigs):
        rig.sync.close()
        rig.close()
    for rig in rigs:
        rig.desk.store.close()


def _desk_over(file: Path) -> Desk:
    store = Store(open_database(file))
    Planner(store)
    return Desk(store)


def test_what_another_copy_of_the_program_writes_is_told_once_and_never_asked_about(
    two: tuple[Rig, Rig],
) -> None:
    first, other = two
    uid = first.uid("i1")
    for day in (21, 22):
        first.desk.tracker.reschedule_interview("i1", madrid(f"2026-10-{day}T12:00"))
        first.beat()
        for _time in range(2):
            other.look()
            first.look()
    assert first.there()[uid] == madrid("2026-10-22T12:00")
    (row,) = PhoneQuestions(other.desk.store, other.desk.tracker, other.desk.wording).rows(other.desk.now)
    assert row.sentence.startswith("Another copy of Follow Up also writes to your calendar")
    assert rows(first) == []
    PhoneQuestions(other.desk.store, other.desk.tracker, other.desk.wording).answer(row.uid, PhoneAnswer.SEEN)
    first.writes()
    other.writes()
    for rig in (other, first) * 2:
        rig.look()
    assert (first.writes(), other.writes(), rows(other)) == (0, 0, [])
    first.phone().move(uid, madrid(MOVED_TO))
    other.look()
    assert rows(other) == [uid]


def test_what_another_copy_puts_back_is_not_deleted_again(two: tuple[Rig, Rig]) -> None:
    first, other = two
    uid = first.uid("i1")
    first.desk.tracker.they_cancelled("i1")
    first.beat()
    other.look()
    answer(other, uid, PhoneAnswer.PUT_BACK)
    other.beat()
    first.writes()
    for rig in (first, other) * 2:
        rig.look()
    assert (uid in other.there(), first.writes(), rows(first)) == (True, 0, [])


def test_a_phone_that_moves_what_was_just_written_is_asked_about_though_it_was_answered(asked: Rig) -> None:
    """No word came of the write of the answer, and the phone moves it to the same time again."""
    phone, uid = ask(asked, is_moved=True)
    answer(asked, uid, PhoneAnswer.KEEP_MINE)
    lost(asked, uid)
    asked.beat()
    assert asked.there()[uid] == madrid("2026-10-19T10:00")
    phone.move(uid, madrid(MOVED_TO))
    asked.look()
    assert rows(asked) == [uid]


def test_several_writes_without_a_word_are_all_known_for_the_programs_own(asked: Rig) -> None:
    asked.connect()
    asked.look()
    uid = asked.uid("i1")
    for day in (21, 22, 23):
        timed_out(asked, uid)
        asked.desk.tracker.reschedule_interview("i1", madrid(f"2026-10-{day}T12:00"))
        asked.beat(timedelta(seconds=15))
    asked.wire.after = lambda _request: None
    for _time in range(2):
        asked.look()
        assert asked.desk.store.published.questions() == {}
    assert asked.there() == asked.wanted()


def test_what_was_ticked_off_just_before_it_became_an_appointment_is_asked_about(asked: Rig) -> None:
    phone = asked.connect(tasks=True)
    asked.look()
    debrief = asked.desk.follow_up(Rule.DEBRIEF)
    uid = asked.uid(debrief.key)
    phone.complete(uid)
    asked.sync.set_options(SyncOptions(tasks=False))
    for _time in range(2):
        asked.look()
        assert rows(asked) == [uid]
    assert asked.there() == asked.wanted()
    answer(asked, uid, PhoneAnswer.NOT_DONE)
    asked.look()
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])


def test_a_reminder_that_was_ticked_off_just_before_it_became_an_appointment_is_done(asked: Rig) -> None:
    asked.desk.tracker.add_reminder(title="Buy a tie", at=datetime.fromisoformat("2026-10-14T12:00"))
    phone = asked.connect(tasks=True)
    key = asked.desk.follow_up(Rule.MANUAL, None).key
    asked.look()
    phone.complete(asked.uid(key))
    asked.sync.set_options(SyncOptions(tasks=False))
    for _time in range(2):
        asked.look()
    assert asked.desk.store.history.undo_label == "Done"
    assert (asked.there(), rows(asked)) == (asked.wanted(), [])
