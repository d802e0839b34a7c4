"""The calendar on a server: what is published, what comes back, and what survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Interview, Rule, Stage
from followup_desktop.services.ports import Credentials, KeyringDismissed, WebReply, WebRequest
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.calendar_sync import CalendarSync
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestions
from followup_desktop.services.sync.round import AT_ONCE
from followup_desktop.storage.published import PublishedEntry, QuestionKind
from tests.caldav_servers import PASSWORD, REAL_IN_EVERY_RUN, USER
from tests.services.conftest import Desk, acme, madrid
from tests.services.sync.fake_server import FakeServer
from tests.services.sync.rig import NoKeyring, Phone, Rig, busy, finished

HELD = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)


@pytest.fixture(autouse=True)
def facts(request: pytest.FixtureRequest) -> None:
    for name in ("rig", "rig_once"):
        if name in request.fixturenames:
            request.getfixturevalue(name).desk.put(acme(interviews=(HELD,)))


def questions(rig: Rig) -> list[tuple[QuestionKind, str]]:
    return [(each.kind, each.subject) for each in rig.desk.store.published.questions().values()]


@pytest.mark.parametrize("rig", REAL_IN_EVERY_RUN, indirect=True)
def test_what_is_planned_stands_on_the_server_and_is_written_once(rig: Rig) -> None:
    phone = rig.connect()
    assert rig.there() == rig.wanted()
    assert "Interview at Acme · Data Engineer" in phone.titles()
    interview = phone.texts()[rig.uid("i1")]
    assert "DTSTART;TZID=Europe/Madrid:20261019T100000" in interview
    assert interview.count("BEGIN:VALARM") == 2
    rig.writes()
    for _ in range(3):
        rig.look()
    assert rig.writes() == 0
    assert questions(rig) == []


def test_edits_and_their_undo_are_written_over_what_stands_there(rig: Rig) -> None:
    phone = rig.connect()
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    rig.beat()
    assert rig.there() == rig.wanted()
    assert "SEQUENCE:1" in phone.texts()[rig.uid("i1")]
    rig.desk.store.history.undo()
    rig.beat()
    assert rig.there() == rig.wanted()
    assert "SEQUENCE:2" in phone.texts()[rig.uid("i1")]
    rig.desk.tracker.they_cancelled("i1")
    rig.beat()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


@pytest.mark.parametrize("rig", REAL_IN_EVERY_RUN, indirect=True)
def test_an_interview_moved_on_the_phone_is_asked_about_once(rig: Rig) -> None:
    phone = rig.connect()
    uid = rig.uid("i1")
    phone.move(uid, madrid("2026-10-20T11:00"))
    for _ in range(3):
        rig.look()
        (question,) = rig.desk.store.published.questions().values()
        assert (question.kind, question.starts_at) == (QuestionKind.MOVED, madrid("2026-10-20T11:00"))
    assert rig.there()[uid] == madrid("2026-10-20T11:00")  # nothing is written over it before the answer
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T11:00"))
    rig.beat()
    assert questions(rig) == []
    assert rig.there() == rig.wanted()


@pytest.mark.parametrize("rig", REAL_IN_EVERY_RUN, indirect=True)
def test_an_interview_deleted_on_the_phone_is_asked_about_and_can_be_put_back(rig: Rig) -> None:
    phone = rig.connect()
    uid = rig.uid("i1")
    phone.delete(uid)
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, "i1")]
    rig.start()  # the question outlasts the program
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, "i1")]
    assert uid not in rig.there()
    rig.desk.store.published.save(settled=(uid,))
    rig.look()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


@pytest.mark.parametrize("between", ["a conflict", "a lost reply", "a lost reply to its removal"])
def test_what_is_deleted_before_it_was_ever_looked_at_is_asked_about_whatever_came_between(
    rig: Rig, between: str
) -> None:
    """Xandikos tells nothing of what was made and deleted since a token."""
    phone, tracker = rig.connect(), rig.desk.tracker
    uid = rig.uid("i1")
    if between == "a conflict":
        phone.move(uid, madrid("2026-10-20T11:00"))
        tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
        rig.beat()
        assert questions(rig) == [(QuestionKind.MOVED, "i1")]
        rig.desk.store.published.save(settled=(uid,))
        rig.sync.facts_changed()
    else:
        rig.wire.after = _away
        if between == "a lost reply":
            tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
        else:
            tracker.they_cancelled("i1")
        rig.beat()
        rig.wire.after = lambda _request: None
        rig.start()
        if between == "a lost reply to its removal":
            rig.desk.store.history.undo()
            rig.look()
            assert rig.there() == rig.wanted()
            assert questions(rig) == []
            return
    rig.beat(timedelta(minutes=1))
    phone.delete(uid)
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, "i1")]


def test_a_task_completed_on_the_phone_is_asked_about(rig: Rig) -> None:
    phone = rig.connect(tasks=True)
    rig.beat(timedelta(days=5))  # the interview is over
    thanks = rig.desk.follow_up(Rule.DEBRIEF)
    phone.complete(rig.uid(thanks.key))
    rig.look()
    assert questions(rig) == [(QuestionKind.DONE, thanks.key)]
    assert phone.objects()[rig.uid(thanks.key)].is_completed


def test_the_users_own_reminder_completed_on_the_phone_is_done(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.tracker.add_reminder(title="Buy a tie", at=datetime.fromisoformat("2026-10-14T12:00"))
    phone = rig.connect(tasks=True)
    key = rig.desk.follow_up(Rule.MANUAL, None).key
    rig.beat(timedelta(hours=4))
    uid = rig.uid(key)
    phone.complete(uid)
    rig.look()
    assert rig.desk.store.history.undo_label == "Done"
    assert questions(rig) == []
    rig.beat()
    assert uid not in rig.there()
    assert rig.there() == rig.wanted()


def test_a_follow_up_moved_or_deleted_on_the_phone_is_put_back(rig_once: Rig) -> None:
    rig = rig_once
    phone = rig.connect()
    key = rig.desk.follow_up(Rule.PREPARE).key
    phone.move(rig.uid(key), madrid("2026-10-15T11:00"))
    rig.look()
    assert rig.there() == rig.wanted()
    phone.delete(rig.uid(key))
    rig.look()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


def test_private_entries_name_no_one(rig_once: Rig) -> None:
    phone = rig_once.connect(private=True)
    assert phone.titles()
    assert "Acme" not in "".join(phone.texts().values())


def test_an_edit_on_both_sides_asks_and_loses_neither(rig: Rig) -> None:
    phone = rig.connect()
    uid = rig.uid("i1")
    phone.move(uid, madrid("2026-10-20T11:00"))
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat()  # writing meets the other's version
    assert questions(rig) == [(QuestionKind.MOVED, "i1")]
    assert rig.there()[uid] == madrid("2026-10-20T11:00")
    rig.desk.store.published.save(settled=(uid,))
    rig.look()
    assert rig.there() == rig.wanted()
    assert "Interview at Initech · Data Engineer" in phone.titles()


def test_two_copies_of_the_program_do_not_write_over_each_other_for_ever(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    first, other = rig.sync, None
    rig.start()
    other = rig.sync
    for sync in (first, other):
        for _ in range(3):
            rig.sync = sync
            rig.look()
    rig.writes()
    for sync in (first, other, first, other):
        rig.sync = sync
        rig.look()
    assert rig.writes() == 0
    assert rig.there() == rig.wanted()


def test_a_calendar_that_was_emptied_is_filled_again_and_asks_one_question(rig: Rig) -> None:
    rig.desk.put(*busy(4))
    phone = rig.connect()
    for _ in range(2):
        for uid in phone.objects():
            phone.delete(uid)
        for _ in range(2):
            rig.look()
            assert questions(rig) == [(QuestionKind.EMPTIED, "")]
            assert rig.there() == rig.wanted()
    rig.sync.disconnect(remove=True, done=lambda _refusal: None)
    rig.wire.run()
    assert questions(rig) == []


def test_a_calendar_that_was_emptied_while_it_was_looked_at_is_filled_again_as_a_whole(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(4))
    phone = rig.connect()
    phone.delete(rig.uid("i0"))
    rig.look()
    rig.beat(timedelta(days=1))  # that was something else
    for uid in (rig.uid("i1"), rig.uid("i2")):
        phone.delete(uid)
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, f"i{n}") for n in range(3)]
    for uid in phone.objects():
        phone.delete(uid)
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, "i0"), (QuestionKind.EMPTIED, "")]
    assert rig.wanted().keys() - rig.there().keys() == {rig.uid("i0")}


def test_a_calendar_deleted_on_the_server_is_told_of_and_not_made_again_by_itself(rig: Rig) -> None:
    phone = rig.connect()
    assert phone.ask("DELETE", phone.url).status in (200, 204)
    rig.look()
    assert rig.sync.is_gone
    assert rig.sync.why_behind(rig.desk.now) == rig.sync.failure
    rig.writes()
    rig.beat(timedelta(minutes=1))
    assert rig.sync.is_gone
    assert rig.writes() == 0
    told: list[str] = []
    rig.sync.make_again(told.append)
    rig.wire.run()
    rig.beat()
    assert told == [""]
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()


@pytest.mark.parametrize("is_made_again", [True, False])
def test_a_calendar_that_was_not_found_for_a_moment_is_gone_on_with(
    rig_once: Rig, is_made_again: bool
) -> None:
    rig = rig_once
    url = rig.connect().url
    rig.wire.instead = lambda _request: WebReply(status=404)
    rig.look()
    assert rig.sync.is_gone
    rig.wire.instead = lambda _request: None
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    rig.wire.sent.clear()
    told: list[str] = []
    if is_made_again:
        rig.sync.make_again(told.append)
        rig.wire.run()
    rig.beat(timedelta(minutes=1))
    assert told == [""] * is_made_again
    assert (rig.sync.failure, rig.sync.is_gone) == ("", False)
    assert rig.phone().url == url
    assert not [each for each in rig.wire.sent if each.method == "MKCALENDAR"]
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


def test_a_calendar_is_called_removed_only_if_the_server_still_has_the_folder_around_it(rig: Rig) -> None:
    phone = rig.connect()
    told: list[str] = []
    page = WebReply(status=200, headers={"content-type": "text/html"}, body=b"Sign in")
    for lost in (lambda _request: WebReply(status=404), lambda _request: page):
        rig.wire.instead = lost
        rig.sync.disconnect(remove=True, done=told.append)
        rig.wire.run()
        assert told.pop()
        assert rig.sync.account is not None
    rig.wire.instead = lambda _request: None
    assert phone.ask("DELETE", phone.url).status in (200, 204)
    rig.sync.disconnect(remove=True, done=told.append)
    rig.wire.run()
    assert told == [""]
    assert rig.sync.account is None


def test_a_calendar_that_is_renamed_on_the_phone_keeps_that_name_and_its_entries(rig: Rig) -> None:
    phone = rig.connect()
    name = "<D:displayname>Job hunt</D:displayname>"
    body = f'<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>{name}</D:prop></D:set></D:propertyupdate>'
    renamed = phone.ask("PROPPATCH", phone.url, body.encode(), Content_Type="application/xml")
    assert renamed.status == 207
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    rig.look()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()
    asked = dav.propfind(phone.url, (dav.dav("displayname"),))
    told = phone.ask("PROPFIND", phone.url, asked.body, Depth="0", Content_Type="application/xml")
    assert b"Job hunt" in told.body
    assert not [each for each in rig.wire.sent if each.method == "PROPPATCH"]


def test_a_password_that_is_revoked_in_the_midst_loses_nothing_of_what_was_written(rig: Rig) -> None:
    rig.desk.put(*busy(6))
    rig.connect()
    for number in range(6):
        rig.desk.tracker.reschedule_interview(f"i{number}", madrid("2026-10-22T08:00"))
    rig.writes()
    written: list[str] = []

    def revoked(request: WebRequest) -> WebReply | None:
        if request.method == "DELETE" and not written:
            return None
        if request.method == "PUT" and len(written) < 4:
            written.append(request.url)
            return None
        return WebReply(status=401)

    rig.wire.instead = revoked
    rig.beat()
    assert rig.sync.retry_at is None
    assert rig.sync.why_behind(rig.desk.now) == rig.sync.failure
    rig.wire.instead = lambda _request: None
    told: list[str] = []
    rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    rig.beat()
    assert (told, rig.sync.failure) == ([""], "")
    again = [each.url for each in rig.wire.sent if each.method == "PUT"]
    assert [again.count(url) for url in written] == [1] * 4
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


def moves(rig: Rig, there: Callable[[WebRequest], bool] = lambda _request: True) -> None:
    """From now on the server has everything below ``/moved`` and sends whoever asks elsewhere there."""
    plain = rig.wire.plain

    def sends_on(request: WebRequest) -> WebReply | None:
        path = request.url.removeprefix(rig.server.url)
        if path.startswith("moved/") or not there(request):
            return None
        return WebReply(status=301, headers={"location": f"{rig.server.url}moved/{path}"})

    def stands_below(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url.replace("/moved/", "/"), headers, body.replace(b"/moved/", b"/"))
        home = f"/{USER}/".encode()
        return replace(reply, body=reply.body.replace(b"href>" + home, b"href>/moved" + home))

    rig.wire.instead = sends_on
    rig.wire.plain = stands_below


def test_a_calendar_that_the_server_moves_is_gone_on_with_where_it_is(rig: Rig) -> None:
    phone = rig.connect()
    phone.move(rig.uid("i1"), madrid("2026-10-20T11:00"))
    moves(rig)
    rig.writes()
    rig.look()
    assert not rig.sync.failure
    assert questions(rig) == [(QuestionKind.MOVED, "i1")]
    rows = rig.desk.store.published.all().values()
    assert {row.href.startswith(f"{rig.server.url}moved/") for row in rows} == {True}
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T11:00"))
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat()
    assert "Interview at Initech · Data Engineer" in phone.titles()
    assert phone.objects().keys() == rig.wanted().keys()
    rig.writes()
    rig.look()
    assert (rig.writes(), rig.sync.failure) == (0, "")


def test_entries_keep_their_names_in_a_calendar_that_the_server_calls_otherwise(
    desk: Desk, server_in_memory: FakeServer
) -> None:
    rig, server = Rig(desk, server_in_memory), server_in_memory
    desk.put(acme(interviews=(HELD,)))
    rig.connect()
    rig.look()
    url = rig.desk.store.published.state()["calendar"]
    before, now = urlsplit(url).path, "/ana/renamed-calendar/"
    server.calendars = {now: server.calendars[before]}
    server.entries = {path.replace(before, now): entry for path, entry in server.entries.items()}

    def sends_on(request: WebRequest) -> WebReply | None:
        path = urlsplit(request.url).path
        if not path.startswith(before):
            return None
        return WebReply(status=301, headers={"location": f"{server.url}{path.replace(before, now)[1:]}"})

    rig.wire.instead = sends_on
    rig.look()
    rig.desk.tracker.edit_interview("i1", location="Room 2")
    rig.desk.tracker.add_reminder(title="Buy a tie", at=datetime.fromisoformat("2026-10-16T12:00"))
    rig.look()
    end = f"-{before.rstrip('/').rpartition('-')[2]}"
    assert rig.sync.failure == ""
    assert {name.rpartition("/")[2] for name in server.entries} == {f"{uid}{end}.ics" for uid in rig.wanted()}
    for path in server.entries:
        assert f"UID:{path.rpartition('/')[2].removesuffix('.ics')}" in server.text(path)


def test_a_server_that_sends_on_and_on_is_told_and_can_be_connected_again(rig_once: Rig) -> None:
    rig = rig_once
    phone = rig.connect()
    url = rig.desk.store.published.state()["calendar"]
    moves(rig, lambda request: request.method == "REPORT")  # but what it is asked first is where it was
    rig.wire.sent.clear()
    rig.look()
    assert rig.sync.failure == "The server sends Follow Up to another address (301). Connect again."
    assert rig.sync.retry_at is None
    assert len(rig.wire.sent) < 5
    moves(rig)
    told: list[str] = []
    rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    rig.beat()
    assert (told, rig.sync.failure) == ([""], "")
    assert rig.desk.store.published.state()["calendar"] == url.replace("/ana/", "/moved/ana/")
    assert phone.objects().keys() == rig.wanted().keys()


def test_a_calendar_of_which_nobody_heard_that_it_was_made_is_the_one_that_is_taken(rig: Rig) -> None:
    rig.wire.after = lambda request: _away(request) if request.method == "MKCALENDAR" else None
    told: list[str] = []
    rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    (made,) = (each.url for each in rig.wire.sent if each.method == "MKCALENDAR")
    assert (told, rig.sync.account) == (["There's no connection to the server."], None)
    rig.wire.after = lambda _request: None
    phone = rig.connect()
    assert phone.url == made
    assert len([each for each in rig.wire.sent if each.method == "MKCALENDAR"]) == 1
    assert rig.there() == rig.wanted()


def test_what_cannot_be_stored_now_is_told_and_loses_no_calendar(
    rig_once: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As another process writes: its lock is waited for a moment only."""
    rig, told = rig_once, list[str]()
    records = rig.desk.store.published

    def locked(_state: object = None) -> None:
        raise Refused("Follow Up is writing elsewhere.")

    monkeypatch.setattr(records, "forget", locked)
    rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    assert (told.pop(), rig.sync.account) == ("Follow Up is writing elsewhere.", None)
    assert not rig.sync.is_busy
    monkeypatch.undo()
    phone = rig.connect()
    assert len([each for each in rig.wire.sent if each.method == "MKCALENDAR"]) == 1
    monkeypatch.setattr(records, "forget", locked)
    rig.sync.disconnect(remove=False, done=told.append)
    assert told == ["Follow Up is writing elsewhere."]
    assert rig.sync.account is not None
    rig.look()
    assert phone.objects().keys() == rig.wanted().keys()


def test_another_calendar_of_the_account_is_never_named_in_an_entry(rig: Rig) -> None:
    """A server may keep a UID in one calendar of an account only."""
    first = rig.connect()
    before = set(uids(first))
    rig.sync.disconnect(remove=False, done=lambda _refusal: None)
    rig.wire.run()
    second = rig.connect()
    assert first.url != second.url
    assert before == set(uids(first))
    assert len(uids(second)) == len(before)
    assert not before & set(uids(second))


def uids(phone: Phone) -> list[str]:
    texts = "".join(phone.texts().values())
    return [line for line in texts.splitlines() if line.startswith("UID:")]


def test_what_was_removed_can_be_made_and_removed_again_beside_a_trash_bin(rig_once: Rig) -> None:
    """Of Nextcloud: what is in it lets nothing of its name follow, nor be made anew in older versions."""
    rig, bin_ = rig_once, set[str]()

    def keeps(request: WebRequest) -> WebReply | None:
        if request.method == "PUT" and request.url in bin_:
            return WebReply(status=400)
        if request.method == "DELETE" and request.headers.get("X-NC-CalDAV-No-Trashbin") != "1":
            if request.url in bin_:
                return WebReply(status=403)
            bin_.add(request.url)
        return None

    rig.wire.instead = keeps
    rig.connect()
    for _time in range(3):
        rig.desk.tracker.they_cancelled("i1")
        rig.beat()
        assert rig.there() == rig.wanted()
        rig.desk.store.history.undo()
        rig.beat()
        assert rig.there() == rig.wanted()
        assert not rig.sync.failure


@pytest.mark.parametrize("remove", [True, False])
def test_disconnecting_removes_the_calendar_if_wished(rig: Rig, remove: bool) -> None:
    phone = rig.connect()
    told: list[str] = []
    rig.sync.disconnect(remove=remove, done=told.append)
    rig.wire.run()
    assert told == [""]
    assert rig.sync.account is None
    assert rig.secrets.kept == {}
    assert (phone.ask("GET", phone.url).status == 404) is remove
    rig.wire.sent.clear()
    rig.look()
    assert rig.wire.sent == []


def test_nothing_is_lost_while_the_server_is_away_for_weeks(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    rig.wire.instead = _away
    rig.writes()
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-11-25T12:00"))
    tries = []
    for _ in range(40):
        rig.beat(timedelta(hours=10))
        tries.append(len(rig.wire.sent))
        rig.wire.sent.clear()
    assert rig.sync.failure == "There's no connection to the server."
    assert rig.sync.retry_at is not None
    assert max(tries) == 1  # not a storm of them
    rig.wire.instead = lambda _request: None
    rig.look()
    rig.beat(timedelta(hours=1))
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()


def _away(_request: WebRequest) -> WebReply | None:
    raise ConnectionError


def test_a_server_that_dies_while_it_is_written_to_is_made_good_when_it_is_back(rig: Rig) -> None:
    rig.desk.put(*busy(6))
    rig.connect()
    rig.writes()
    for number in range(6):
        rig.desk.tracker.reschedule_interview(f"i{number}", madrid("2026-10-22T08:00"))

    def dies(request: WebRequest) -> WebReply | None:
        written = sum(each.method == "PUT" for each in rig.wire.sent)
        if request.method == "PUT" and written == 4:
            rig.server.stop()  # with its files as they are at this moment
        return None

    rig.wire.after = dies
    rig.beat()
    assert rig.sync.failure
    assert rig.sync.retry_at is not None
    rig.wire.after = lambda _request: None
    rig.server.start()
    rig.beat(timedelta(minutes=2))
    rig.look()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


def test_a_crash_in_any_write_is_made_good_without_a_question(rig: Rig) -> None:
    rig.desk.put(*busy(3))
    rig.connect()
    for lost in (2, 5, 9):
        rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T08:00") + timedelta(hours=lost))
        rig.desk.tracker.edit_application("a2", employer=f"Other {lost}")
        count = 0

        def fail(request: WebRequest, lost: int = lost) -> WebReply | None:
            nonlocal count
            count += 1
            if count > lost // 2:
                raise ConnectionError  # it did what it was asked to, but nobody hears of it
            return None

        rig.wire.after = fail
        rig.beat(timedelta(minutes=20))
        rig.wire.after = lambda _request: None
        rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-21T08:30") + timedelta(hours=lost))
        rig.start()
        rig.look()
        assert questions(rig) == []
        assert rig.there() == rig.wanted()


@pytest.mark.parametrize(
    ("status", "is_lasting"),
    [
        *((301, False), (302, False), (308, False), (401, True), (403, False), (404, False), (412, False)),
        *((429, False), (500, False), (503, False), (507, False)),
    ],
)
def test_what_the_server_refuses_is_told_and_tried_again_later(
    rig_once: Rig, status: int, is_lasting: bool
) -> None:
    rig = rig_once
    rig.connect()
    rig.wire.instead = lambda _request: WebReply(status=status, headers={"retry-after": "1800"})
    rig.look()
    assert rig.sync.failure
    assert "Traceback" not in rig.sync.failure
    assert (rig.sync.retry_at is None) is is_lasting
    if status in (429, 500, 503):
        assert rig.sync.retry_at is not None
        assert rig.sync.retry_at - rig.desk.now >= timedelta(minutes=30)
    rig.wire.sent.clear()
    rig.beat()
    assert len(rig.wire.sent) <= (0 if is_lasting or status in (429, 500, 503) else 3)
    rig.wire.instead = lambda _request: None
    rig.sync.try_now()
    rig.wire.run()
    rig.beat()
    assert not rig.sync.failure


def test_one_entry_that_is_refused_keeps_no_other_from_being_written(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(5))

    def full(request: WebRequest) -> WebReply | None:
        is_it = request.method == "PUT" and b"Company 2" in request.body
        return WebReply(status=413) if is_it else None

    rig.wire.instead = full
    rig.connect()
    missing = set(rig.wanted()) - set(rig.there())
    assert missing
    assert len(rig.there()) > len(missing)
    assert "full" in rig.sync.failure
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(minutes=5))
    assert rig.there() == rig.wanted()


@pytest.mark.parametrize("edited", ["published", "moved", "cancelled"])
def test_what_a_loss_of_power_takes_of_the_records_is_found_out_without_a_question(
    rig: Rig, edited: str
) -> None:
    """What was stored last needn't have reached the disk, while the facts have and the server has it all."""
    records, tracker = rig.desk.store.published, rig.desk.tracker
    rig.desk.put(*busy(3))
    if edited != "published":
        rig.connect()
    rows: dict[str, PublishedEntry] = records.all()
    state: dict[str, str | None] = {**records.state()}
    if edited == "published":
        rig.connect()
        state = {**records.state(), "token": None}
    elif edited == "moved":
        tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
        rig.look()
    else:
        tracker.they_cancelled("i1")
        rig.look()
    for row in records.all().values():
        records.save(rows.values(), gone=[row.uid] if row.uid not in rows else [], state=state)
    rig.start()
    rig.writes()
    rig.look()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []
    rig.writes()
    rig.look()
    assert rig.writes() == 0


def test_a_question_that_a_loss_of_power_took_is_asked_by_the_next_look(rig: Rig) -> None:
    records, phone = rig.desk.store.published, rig.connect()
    rig.look()
    uid = rig.uid("i1")
    rows, state = records.all(), records.state()
    phone.move(uid, madrid("2026-10-20T11:00"))
    rig.look()
    assert questions(rig) == [(QuestionKind.MOVED, "i1")]
    records.save(rows.values(), settled=[uid], state=state)
    rig.start()
    rig.look()
    assert questions(rig) == [(QuestionKind.MOVED, "i1")]


def test_a_look_at_many_entries_lets_the_window_have_its_turn_again_and_again(rig_once: Rig) -> None:
    """An edit in the middle of it is written when it is over."""
    rig = rig_once
    rig.desk.put(*busy(20))
    rig.connect()
    rig.desk.store.published.save(state={"token": None})
    rig.desk.now += timedelta(minutes=15)
    rig.sync.beat(rig.desk.now)
    sent, turns = len(rig.wire.sent), 0
    while rig.sync.synced_at != rig.desk.now:
        rig.wire.step()
        turns += 1
        if turns == 3:
            rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    assert turns - (len(rig.wire.sent) - sent) >= len(rig.wanted()) // 32
    rig.beat()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []


def test_a_dead_token_means_a_full_look(rig: Rig) -> None:
    phone = rig.connect()
    phone.move(rig.uid("i1"), madrid("2026-10-20T11:00"))
    phone.delete(rig.uid(rig.desk.follow_up(Rule.PREPARE).key))
    rig.desk.store.published.save(state={"token": "http://radicale.org/ns/sync/" + "0" * 64})
    rig.look()
    assert questions(rig) == [(QuestionKind.MOVED, "i1")]
    assert rig.there().keys() == rig.wanted().keys()


def test_a_server_that_knows_no_changes_is_listed_each_time(rig_once: Rig) -> None:
    rig = rig_once
    rig.wire.instead = lambda r: WebReply(status=501) if b"sync-collection" in r.body else None
    phone = rig.connect()
    phone.delete(rig.uid("i1"))
    rig.look()
    assert questions(rig) == [(QuestionKind.DELETED, "i1")]


def test_a_server_that_tells_no_tags_is_asked_for_them(rig: Rig) -> None:
    plain = rig.wire.plain

    def untold(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url, headers, body)
        kept = {name: value for name, value in reply.headers.items() if name != "etag" or method != "PUT"}
        return WebReply(status=reply.status, headers=kept, body=reply.body)

    rig.wire.plain = untold
    rig.connect()
    assert rig.there() == rig.wanted()
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    rig.beat()
    rig.look()
    assert rig.there() == rig.wanted()
    assert questions(rig) == []
    rig.writes()
    rig.look()
    assert rig.writes() == 0


def test_a_clock_that_was_set_back_keeps_nothing_from_being_written(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    rig.desk.now -= timedelta(days=3)
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat()
    assert "Interview at Initech · Data Engineer" in rig.phone().titles()


@pytest.mark.parametrize("off", [timedelta(days=400), timedelta(days=-400), timedelta(minutes=-7)])
def test_a_clock_that_was_wrong_and_is_set_right_asks_nothing_and_writes_no_more_than_differs(
    rig_once: Rig, off: timedelta
) -> None:
    rig, right = rig_once, rig_once.desk.now
    rig.desk.now += off
    rig.connect()
    assert rig.there() == rig.wanted()
    rig.desk.now = right
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    for _ in range(3):
        rig.beat()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()
    assert questions(rig) == []
    rig.writes()
    rig.look()
    assert rig.writes() == 0


def test_what_finds_the_calendar_locked_by_another_write_is_sent_again_alone(rig_once: Rig) -> None:
    """Xandikos answers so to writes that come together; the program said that it would try again later."""
    rig = rig_once
    rig.desk.put(*busy(5))
    once: set[tuple[str, str]] = set()

    def locked(request: WebRequest) -> WebReply | None:
        write = request.method, request.url
        is_locked = request.method in ("PUT", "DELETE") and write not in once
        once.add(write)
        return WebReply(status=423) if is_locked else None

    rig.wire.instead = locked
    rig.connect()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()
    rig.desk.tracker.set_stage("a0", Stage.WITHDRAWN)
    once.clear()
    rig.beat()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()


def test_a_quota_keeps_what_was_written_and_the_rest_follows(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(8))
    room = 20

    def full(request: WebRequest) -> WebReply | None:
        is_over = sum(each.method == "PUT" for each in rig.wire.sent) > room
        return WebReply(status=507) if request.method == "PUT" and is_over else None

    rig.wire.instead = full
    rig.connect()
    assert len(rig.there()) == room < len(rig.wanted())
    assert rig.sync.failure.startswith("Your calendar server is full.")
    assert rig.sync.retry_at is not None
    rig.writes()
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(minutes=1))
    assert rig.writes() == len(rig.wanted()) - room
    assert rig.there() == rig.wanted()


def test_how_far_a_long_publication_is_can_be_seen_until_it_ends(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(20))
    seen: list[tuple[int, int] | None] = []
    rig.sync.watch(lambda: seen.append(rig.sync.progress))
    rig.connect()
    total = len(rig.wanted())
    assert total > 3 * AT_ONCE
    steps = [(done, total) for done in range(0, total, AT_ONCE)]
    assert [each for each in dict.fromkeys(seen) if each is not None] == steps
    assert seen[-1] is None
    seen.clear()
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat()
    assert "Interview at Initech · Data Engineer" in rig.phone().titles()
    assert set(seen) == {None}  # a few are written in a moment
    rig.sync.disconnect(remove=False, done=lambda _refusal: None)
    rig.wire.run()
    assert rig.sync.progress is None


def test_entries_of_others_in_the_calendar_are_left_alone(rig_once: Rig) -> None:
    rig = rig_once
    phone = rig.connect()
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phone//EN\r\nBEGIN:VEVENT\r\nUID:own\r\n"
        "DTSTAMP:20261014T100000Z\r\nDTSTART:20261014T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    phone.ask("PUT", phone.href("own"), text.encode(), Content_Type="text/calendar", If_None_Match="*")
    rig.look()
    rig.beat()
    assert rig.there().keys() == rig.wanted().keys() | {"own"}
    assert questions(rig) == []


def test_it_writes_every_ten_seconds_at_most(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    rig.beat()
    rig.writes()
    for number in range(20):
        rig.desk.tracker.edit_application("a1", employer=f"Company {number}")
        rig.beat(timedelta(seconds=1))
    assert rig.writes() <= 2 * len(rig.wanted()) + 1


def test_off_means_that_nothing_is_asked_of_anything(rig_once: Rig) -> None:
    for _ in range(5):
        rig_once.look()
    assert rig_once.wire.sent == []
    assert isinstance(rig_once.sync, CalendarSync)


@pytest.mark.parametrize("address", ["http://{netloc}", "HTTP://LocalHost:{port}/", "http://{netloc}/ana/"])
def test_another_way_to_the_same_calendars_keeps_the_own_one(rig: Rig, address: str) -> None:
    rig.connect()
    name = rig.phone().url.rstrip("/").rpartition("/")[2]
    rig.wire.instead = lambda request: WebReply(status=401) if request.has_password else None
    rig.look()
    assert rig.sync.failure
    rig.wire.instead = lambda _request: None
    entered = address.format(netloc=rig.server.netloc, port=rig.server.port)
    rig.writes()
    told: list[str] = []
    rig.sync.connect(entered, USER, PASSWORD, told.append)
    rig.wire.run()
    assert told == [""]
    rig.look()
    assert rig.phone().url.rstrip("/").rpartition("/")[2] == name
    assert "MKCALENDAR" not in {each.method for each in rig.wire.sent}
    assert (rig.writes(), rig.there(), rig.sync.failure) == (0, rig.wanted(), "")
    assert questions(rig) == []


@pytest.mark.parametrize("what", ["a removal", "another password"])
def test_what_fails_while_something_is_written_keeps_no_edit_waiting(rig_once: Rig, what: str) -> None:
    rig = rig_once
    rig.desk.put(*busy(20))
    rig.connect()
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-20T12:00"))
    rig.desk.now += timedelta(seconds=30)
    rig.sync.beat(rig.desk.now)
    assert rig.sync.is_busy
    told: list[str] = []
    if what == "a removal":
        rig.wire.instead = lambda request: WebReply(status=500) if request.method == "DELETE" else None
        rig.sync.disconnect(remove=True, done=told.append)
    else:
        rig.wire.instead = lambda request: WebReply(status=401) if request.has_password else None
        rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    assert told != [""]
    rig.wire.instead = lambda request: WebReply(status=500) if request.method == "DELETE" else None
    rig.beat()
    assert rig.there() == rig.wanted()


def test_another_password_keeps_the_calendar(rig_once: Rig) -> None:
    rig = rig_once
    phone = rig.connect()
    rig.wire.instead = lambda _request: WebReply(status=401)
    rig.look()
    assert rig.sync.retry_at is None
    rig.wire.instead = lambda _request: None
    rig.writes()
    told: list[str] = []
    rig.sync.connect(rig.server.url, USER, PASSWORD, told.append)
    rig.wire.run()
    rig.beat()
    assert told == [""]
    assert not rig.sync.failure
    assert rig.phone().url == phone.url
    assert rig.writes() == 0


def test_a_proxy_that_asks_is_told_of_and_its_password_kept_in_the_keyring_or_nowhere(rig_once: Rig) -> None:
    rig, told = rig_once, list[str]()
    known = Credentials(user="pu", password="pw")

    def stands_between(_request: WebRequest) -> WebReply | None:
        if rig.wire.proxy_login == known:
            return None
        return WebReply(status=0, failure="Your proxy asks.", wants_proxy_login=True)

    def connect(proxy: Credentials | None) -> None:
        rig.sync.connect(rig.server.url, USER, PASSWORD, told.append, proxy)
        rig.wire.run()

    rig.wire.instead = stands_between
    connect(None)
    connect(Credentials(user="pu", password="other"))
    assert told == ["Your proxy asks.", "Your proxy asks."]
    assert (rig.sync.wants_proxy_login, rig.sync.account, rig.secrets.kept) == (True, None, {})
    connect(known)
    assert (told[2:], rig.sync.wants_proxy_login, rig.sync.failure) == ([""], False, "")
    assert sorted(rig.secrets.kept.values()) == sorted([PASSWORD, "pw"])
    rig.start()  # it is known at the next start
    rig.look()
    assert not rig.sync.failure
    del rig.secrets.kept["calendar-proxy"]  # there is no keyring
    rig.wire.proxy_login = None
    rig.start()
    rig.look()
    assert (rig.sync.wants_proxy_login, rig.sync.retry_at) == (True, None)
    rig.sync.enter_proxy_login(known)
    rig.wire.run()
    assert (rig.sync.wants_proxy_login, rig.sync.failure) == (False, "")
    rig.sync.disconnect(remove=False, done=told.append)
    assert rig.secrets.kept == {}


def test_a_keyring_whose_question_was_closed_is_not_opened_again_by_itself(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    opened: list[str] = []

    def closed(name: str, is_cancelled: object = None) -> str | None:
        opened.append(name)
        raise KeyringDismissed("The keyring stayed locked.")

    rig.secrets.get = closed  # type: ignore[method-assign]
    rig.start()
    for _ in range(5):
        rig.look()
    assert len(opened) == 1
    assert rig.sync.failure == "The keyring stayed locked."


@pytest.mark.parametrize("in_keyring", [True, False])
def test_a_password_left_on_another_computer_is_asked_for_where_there_is_no_keyring(
    rig_once: Rig, in_keyring: bool
) -> None:
    rig = rig_once
    kept = rig.secrets
    if not in_keyring:
        rig.secrets = NoKeyring()
        rig.start()
    rig.connect()
    rig.secrets = NoKeyring()
    rig.start()  # with the data alone
    for _ in range(3 if in_keyring else 0):
        rig.look()
        assert rig.sync.failure.startswith("This system's keyring isn't available")
        assert rig.sync.retry_at is not None
    rig.look()
    assert rig.sync.failure == "The app password isn't stored on this computer. Enter it again."
    assert rig.sync.retry_at is None
    rig.secrets = kept


def test_a_keyring_that_comes_after_the_login_is_read(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    kept, rig.secrets = rig.secrets, NoKeyring()
    rig.start()
    rig.look()
    assert rig.sync.failure.startswith("This system's keyring isn't available")
    rig.secrets.get = kept.get  # type: ignore[method-assign]
    rig.look()
    assert rig.sync.failure == ""


def test_names_can_be_hidden_before_anything_is_published_and_stay_so_when_connecting_again(
    rig_once: Rig,
) -> None:
    rig_once.desk.put(*busy(3))
    rig_once.sync.set_options(SyncOptions(tasks=True, private=True))
    for _ in range(2):
        rig_once.wire.sent.clear()
        rig_once.sync.connect(rig_once.server.url, USER, PASSWORD, lambda _refusal: None)
        rig_once.wire.run()
        written = [request.body for request in rig_once.wire.sent if request.method == "PUT"]
        assert len(written) >= 3
        assert not [body for body in written if b"Company" in body]
        assert [body for body in written if b"VTODO" in body]
        rig_once.sync.disconnect(remove=True, done=lambda _refusal: None)
        rig_once.wire.run()
        assert rig_once.sync.account is None


def test_a_calendar_with_entries_of_others_is_removed_once_that_was_told(rig: Rig) -> None:
    phone = rig.connect()
    dentist = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phone//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
        b"DTSTAMP:20261001T080000Z\r\nDTSTART:20261020T080000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n"
    )
    href = f"{phone.url}dentist.ics"
    assert phone.ask("PUT", href, dentist, Content_Type="text/calendar").status == 201
    told: list[str] = []
    rig.sync.count_others(told.append)
    rig.wire.run()
    rig.sync.disconnect(remove=True, done=told.append)
    rig.wire.run()
    assert told.pop(0) == told[0]
    assert told == ["The calendar also holds 1 entry that isn't from Follow Up. It would be deleted, too."]
    assert rig.sync.others == 1
    assert phone.ask("GET", href).status == 200
    rig.sync.disconnect(remove=True, done=told.append, others=1)
    rig.wire.run()
    assert told[1:] == [""]
    assert rig.sync.account is None
    assert phone.ask("GET", href).status == 404


def test_a_calendar_that_was_kept_is_told_of_where_another_is_made_beside_it(rig_once: Rig) -> None:
    rig_once.connect()
    phone = rig_once.phone()
    name = f"<D:displayname>{'x' * 999}</D:displayname>"
    update = f'<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>{name}</D:prop></D:set></D:propertyupdate>'
    phone.ask("PROPPATCH", phone.url, update.encode(), Content_Type="application/xml")
    rig_once.sync.disconnect(remove=False, done=lambda _refusal: None)
    rig_once.wire.run()
    told: list[str] = []
    rig_once.sync.connect(rig_once.server.url, USER, PASSWORD, told.append)
    rig_once.wire.run()
    assert told == [""]
    questions = PhoneQuestions(rig_once.desk.store, rig_once.desk.tracker, rig_once.desk.wording)
    (row,) = questions.rows(rig_once.desk.now)
    assert row.sentence.startswith("Your calendar server also has ")
    assert len(row.sentence) < 300
    assert f"This one is “{name_of(rig_once.phone())}”." in row.sentence
    questions.answer(row.uid, PhoneAnswer.SEEN)
    rig_once.look()
    assert questions.rows(rig_once.desk.now) == ()


def name_of(phone: Phone) -> str:
    name = dav.dav("displayname")
    request = dav.propfind(phone.url, (name,))
    reply = phone.ask("PROPFIND", phone.url, request.body, Depth="0", Content_Type="application/xml")
    (found,) = finished(dav.multistatus(reply, phone.url)).responses
    node = found.prop.find(name)
    assert node is not None
    return node.text
