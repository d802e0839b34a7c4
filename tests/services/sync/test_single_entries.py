"""Single entries with which the server has a problem: nothing is lost of them, and no other one waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from followup_desktop.domain.model import Interview, Rule
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.round import AT_ONCE, DOWN
from followup_desktop.storage.published import QuestionKind
from tests.services.conftest import acme, madrid
from tests.services.sync.rig import Rig, busy
from tests.sweeps import every

HELD = Interview(id="held", starts_at=datetime.fromisoformat("2026-10-19T10:00"), minutes=30)
MOVED_TO = "2026-10-20T11:00"
TAG, NO_TAG = "<D:prop><D:getetag>&quot;x&quot;</D:getetag></D:prop>", "<D:prop><D:getetag/></D:prop>"
NO_DATA = "<D:prop><C:calendar-data/></D:prop>"


@pytest.fixture(autouse=True)
def facts(rig_once: Rig) -> None:
    rig_once.desk.put(acme(interviews=(HELD,)))


def asked(rig: Rig) -> list[tuple[QuestionKind, str]]:
    return [(each.kind, each.subject) for each in rig.desk.store.published.questions().values()]


def path(rig: Rig) -> str:
    return urlsplit(rig.phone().href(rig.uid("held"))).path


def propstat(prop: str, status: str) -> str:
    return f"<D:propstat>{prop}<D:status>HTTP/1.1 {status}</D:status></D:propstat>"


def says(of: str, href: str, inner: str) -> Callable[[WebRequest], WebReply | None]:
    """To such a report the server says this of one entry, and nothing of any other."""
    response = f"<D:response><D:href>{href}</D:href>{inner}</D:response>" if inner else ""
    body = (
        '<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
        f"{response}<D:sync-token>http://example.org/1</D:sync-token></D:multistatus>"
    )
    return lambda request: WebReply(status=207, body=body.encode()) if of.encode() in request.body else None


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<D:status>HTTP/1.1 503 Service Unavailable</D:status>",
        "<D:status>HTTP/1.1 404 Not Found</D:status>",
        propstat(TAG, "200 OK") + propstat(NO_DATA, "500 Error"),
        propstat(TAG.removesuffix("</D:prop>") + "<C:calendar-data/></D:prop>", "200 OK"),
    ],
    ids=["nothing", "503", "404 of what is there", "no data", "empty data"],
)
@pytest.mark.parametrize("is_got", [True, False])
def test_what_the_phone_changed_is_seen_though_the_server_stumbles_over_it(
    rig_once: Rig, inner: str, is_got: bool
) -> None:
    """It is asked for by itself; where that fails too, the next look sees it."""
    rig = rig_once
    rig.connect()
    rig.look()
    rig.phone().move(rig.uid("held"), madrid(MOVED_TO))
    report = says("calendar-multiget", path(rig), inner)
    rig.wire.instead = lambda request: (
        WebReply(status=503) if request.method == "GET" and not is_got else report(request)
    )
    rig.look()
    assert bool(rig.sync.failure) is not is_got
    rig.wire.instead = lambda _request: None
    rig.look()
    assert asked(rig) == [(QuestionKind.MOVED, "held")]
    assert rig.there()[rig.uid("held")] == madrid(MOVED_TO)
    assert not rig.sync.failure


@pytest.mark.parametrize("of", every(2, ["sync-collection", "a full look", "a list"]))
@pytest.mark.parametrize(
    "inner",
    [
        "<D:status>HTTP/1.1 403 Forbidden</D:status>",
        "<D:status>HTTP/1.1 503 Service Unavailable</D:status>",
        propstat(NO_TAG, "404 Not Found"),
        propstat(NO_TAG, "200 OK"),
    ],
    ids=["403", "503", "no such property", "an empty tag"],
)
def test_only_what_the_server_says_is_gone_is_taken_for_deleted(rig_once: Rig, of: str, inner: str) -> None:
    rig = rig_once
    rig.connect()
    rig.look()
    before = rig.there()
    if of == "a full look":
        rig.desk.store.published.save(state={"token": None})
    elif of == "a list":
        rig.desk.store.published.save(state={"token": None, "no_sync": "1"})
    responses = f"<D:response><D:href>{path(rig)}</D:href>{inner}</D:response>" + "".join(
        f"<D:response><D:href>{urlsplit(href).path}</D:href>"
        f"{propstat(f'<D:prop><D:getetag>{tag}</D:getetag></D:prop>', '200 OK')}</D:response>"
        for href, tag in rig.phone().hrefs().items()
        if urlsplit(href).path != path(rig)
    )
    token = "<D:sync-token>http://example.org/1</D:sync-token>"
    body = f'<D:multistatus xmlns:D="DAV:">{responses}{token}</D:multistatus>'

    def stumbles(request: WebRequest) -> WebReply | None:
        is_look = b"sync-collection" in request.body or request.headers.get("Depth") == "1"
        is_multiget = b"calendar-multiget" in request.body
        return WebReply(status=207, body=body.encode()) if is_look and not is_multiget else None

    rig.wire.instead = stumbles
    rig.writes()
    rig.look()
    assert asked(rig) == []
    assert rig.writes() == 0
    assert rig.there() == before
    assert not rig.sync.failure


def test_what_goes_while_it_is_looked_at_is_asked_about(rig_once: Rig) -> None:
    rig = rig_once
    phone = rig.connect()
    rig.look()
    uid = rig.uid("held")
    phone.move(uid, madrid(MOVED_TO))

    def goes(request: WebRequest) -> WebReply | None:
        if b"calendar-multiget" in request.body:
            phone.delete(uid)
        return None

    rig.wire.instead = goes
    rig.look()
    assert asked(rig) == [(QuestionKind.DELETED, "held")]


def of_company(number: int, status: int) -> Callable[[WebRequest], WebReply | None]:
    """The server won't have what names this company."""
    name = f"Company {number} ".encode()
    return lambda request: (
        WebReply(status=status)
        if request.method == "PUT" and name in request.body.replace(b"\r\n ", b"")
        else None
    )


@pytest.mark.parametrize("status", every(3, [403, 500, 503, 507]))
def test_one_entry_that_fails_keeps_no_other_and_no_deletion_and_no_look_waiting(
    rig_once: Rig, status: int
) -> None:
    rig = rig_once
    rig.desk.put(*busy(3))
    rig.wire.instead = of_company(2, status)
    phone = rig.connect()
    missing = rig.wanted().keys() - rig.there().keys()
    assert 0 < len(missing) < DOWN
    for _time in range(4):
        rig.beat(timedelta(minutes=61))
    assert str(status) in rig.sync.failure or "full" in rig.sync.failure
    retry_at = rig.sync.retry_at
    assert retry_at is not None
    assert retry_at - rig.desk.now > timedelta(minutes=4)
    rig.writes()
    rig.desk.tracker.they_cancelled("i0")
    uid = rig.uid("i0")
    rig.beat()
    assert phone.ask("GET", phone.href(uid)).status == 404
    rig.desk.tracker.reschedule_interview("i1", madrid("2026-10-22T09:00"))
    rig.beat()
    assert b"20261022T090000" in phone.ask("GET", phone.href(rig.uid("i1"))).body
    assert not any(phone.href(each) in {request.url for request in rig.wire.sent} for each in missing)
    assert rig.sync.retry_at == retry_at
    phone.move(rig.uid("i1"), madrid(MOVED_TO))
    rig.look()
    assert asked(rig) == [(QuestionKind.MOVED, "i1")]
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(hours=1))
    assert not rig.sync.failure
    assert missing <= rig.there().keys()


def test_an_entry_that_was_refused_is_written_at_once_when_it_says_something_else(rig_once: Rig) -> None:
    rig = rig_once
    rig.wire.instead = lambda r: WebReply(status=413) if b"Ashcombe" in r.body else None
    rig.connect()
    rig.desk.tracker.edit_application("a1", employer="Ashcombe")
    rig.beat()
    assert "full" in rig.sync.failure
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat(timedelta(seconds=15))
    assert not rig.sync.failure
    assert "Interview at Initech · Data Engineer" in rig.phone().titles()


def test_a_server_that_has_a_problem_with_every_entry_is_left_alone(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(20))
    rig.wire.instead = lambda request: WebReply(status=503) if request.method == "PUT" else None
    rig.connect()
    assert rig.sync.failure
    assert 0 < rig.writes() < len(rig.wanted()) // 2


def test_a_server_that_deletes_nothing_still_takes_every_edit(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(20))
    rig.connect()
    rig.writes()
    rig.wire.instead = lambda request: WebReply(status=500) if request.method == "DELETE" else None
    for number in range(20):
        rig.desk.tracker.they_cancelled(f"i{number}")
    rig.beat()
    assert "a problem right now (500)" in rig.sync.failure
    assert sum(request.method == "DELETE" for request in rig.wire.sent) <= AT_ONCE
    rig.wire.sent.clear()
    rig.desk.tracker.add_reminder(title="Buy a tie", at=datetime.fromisoformat("2026-10-14T12:00"))
    rig.beat(timedelta(seconds=15))
    assert rig.wanted().keys() <= rig.there().keys()
    assert {request.method for request in rig.wire.sent} == {"PUT"}
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(hours=1))
    assert (rig.there(), rig.sync.failure) == (rig.wanted(), "")


@pytest.mark.parametrize("status", every(3, [302, 400, 403, 413, 415]))
def test_a_server_that_takes_no_entry_of_a_kind_is_not_sent_them_all_each_time(
    rig_once: Rig, status: int
) -> None:
    rig = rig_once
    rig.desk.put(*busy(20))
    rig.wire.instead = lambda r: WebReply(status=status) if b"SUMMARY:Interview" in r.body else None
    rig.connect()
    for _time in range(2):
        rig.wire.sent.clear()
        rig.beat(timedelta(hours=1))
        refused = sum(b"SUMMARY:Interview" in request.body for request in rig.wire.sent)
        assert 0 < refused <= AT_ONCE
        assert rig.sync.failure
    assert len(rig.there()) == len(rig.wanted()) - 20
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(hours=1))
    assert (rig.there(), rig.sync.failure) == (rig.wanted(), "")


PAGE = WebReply(
    status=200, headers={"content-type": "text/html; charset=utf-8"}, body=b"<!doctype html>Sign in"
)


@pytest.mark.parametrize(
    "answer", [WebReply(status=404), WebReply(status=410), PAGE], ids=["404", "410", "page"]
)
@pytest.mark.parametrize("methods", [("DELETE",), ("DELETE", "GET", "PROPFIND", "REPORT")])
def test_what_is_cancelled_goes_though_the_server_was_lost_for_a_moment(
    rig_once: Rig, answer: WebReply, methods: tuple[str, ...]
) -> None:
    """Nothing is forgotten for a passing word of the server, and no one is told that it's done."""
    rig = rig_once
    rig.desk.put(*busy(3))
    rig.connect()
    uids = {rig.uid("i0"), rig.uid("i1")}
    for interview in ("i0", "i1"):
        rig.desk.tracker.they_cancelled(interview)
    rig.wire.instead = lambda request: answer if request.method in methods else None
    rig.beat()
    assert uids <= rig.there().keys()
    assert rig.sync.failure
    rig.wire.instead = lambda _request: None
    rig.beat(timedelta(hours=1))
    assert (rig.there(), rig.sync.failure) == (rig.wanted(), "")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (404, "The calendar server has a problem right now (404)."),
        (409, "The calendar server has a problem right now (409)."),
        (412, "1 entry keeps changing on the server."),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_only_a_conflict_is_called_a_change(rig_once: Rig, method: str, status: int, sentence: str) -> None:
    rig = rig_once
    rig.desk.put(*busy(3))
    rig.connect()
    uid = rig.uid("i1")
    if method == "PUT":
        rig.desk.tracker.edit_interview("i1", location="Room 2")
    else:
        rig.desk.tracker.they_cancelled("i1")
    rig.wire.instead = lambda request: (
        WebReply(status=status) if request.method == method and uid in request.url else None
    )
    rig.beat()
    assert rig.sync.failure == sentence


def test_a_full_server_is_still_rid_of_what_is_cancelled(rig_once: Rig) -> None:
    rig = rig_once
    rig.desk.put(*busy(8))
    rig.connect()
    uid = rig.uid("i5")
    rig.wire.instead = lambda request: WebReply(status=507) if request.method == "PUT" else None
    rig.desk.tracker.they_cancelled("i5")
    for number in range(5):
        rig.desk.tracker.reschedule_interview(f"i{number}", madrid("2026-10-22T08:00"))
    rig.beat()
    assert uid not in rig.there()
    assert rig.sync.failure.startswith("Your calendar server is full.")


@pytest.mark.parametrize("deed", ["moved", "deleted", "completed"])
def test_what_the_phone_does_right_after_a_write_is_seen_where_no_tag_is_told(
    rig_once: Rig, deed: str
) -> None:
    rig = rig_once
    phone = rig.connect(tasks=True)
    if deed == "completed":  # there is a debrief once the interview is over
        rig.beat(timedelta(days=5))
    rig.look()
    subject = rig.desk.follow_up(Rule.DEBRIEF).key if deed == "completed" else "held"
    uid, plain, done = rig.uid(subject), rig.wire.plain, list[str]()

    def untold(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url, headers, body)
        if method != "PUT":
            return reply
        if url == phone.href(uid) and not done:
            done.append(deed)
            if deed == "moved":
                phone.move(uid, madrid(MOVED_TO))
            elif deed == "deleted":
                phone.delete(uid)
            else:
                phone.complete(uid)
        return replace(reply, headers={name: text for name, text in reply.headers.items() if name != "etag"})

    rig.wire.plain = untold
    rig.desk.tracker.edit_application("a1", employer="Initech")
    rig.beat()
    kinds = {"moved": QuestionKind.MOVED, "deleted": QuestionKind.DELETED, "completed": QuestionKind.DONE}
    assert asked(rig) == [(kinds[deed], subject)]
    rig.look()
    assert asked(rig) == [(kinds[deed], subject)]
    if deed == "moved":
        assert rig.there()[uid] == madrid(MOVED_TO)
    rig.desk.store.published.save(settled=(uid,))
    rig.sync.facts_changed()
    rig.beat()
    assert not rig.sync.failure
    assert rig.there() == rig.wanted()


@pytest.mark.parametrize("of", ["sync-collection", "a list"])
@pytest.mark.parametrize("begins", ["http://calendar.internal:8080/", "https://other.example.org/"])
def test_a_server_may_call_itself_otherwise_than_it_is_reached(rig_once: Rig, of: str, begins: str) -> None:
    rig = rig_once
    rig.desk.put(*busy(4))
    phone = rig.connect()
    if of == "a list":
        rig.desk.store.published.save(state={"token": None, "no_sync": "1"})
    plain = rig.wire.plain

    def absolute(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url, headers, body)
        return replace(reply, body=reply.body.replace(b"href>/", b"href>" + begins.encode()))

    rig.wire.plain = absolute
    rig.writes()
    rig.look()
    assert (rig.writes(), asked(rig), rig.sync.failure) == (0, [], "")
    phone.move(rig.uid("i0"), madrid(MOVED_TO))
    rig.look()
    assert asked(rig) == [(QuestionKind.MOVED, "i0")]


@pytest.mark.parametrize("of", ["sync-collection", "a list"])
def test_a_list_of_another_place_is_no_list_of_the_own_calendar(rig_once: Rig, of: str) -> None:
    rig = rig_once
    rig.desk.put(*busy(4))
    rig.connect()
    rig.desk.store.published.save(state={"token": None, "no_sync": "1" if of == "a list" else None})
    plain = rig.wire.plain

    def elsewhere(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url, headers, body)
        return replace(reply, body=reply.body.replace(b"href>/", b"href>/dav/"))

    rig.wire.plain = elsewhere
    rig.writes()
    rig.look()
    assert rig.sync.failure.startswith("The server's answer can't be read.")
    assert (rig.writes(), asked(rig)) == (0, [])
    rig.wire.plain = plain
    rig.look()
    assert (rig.there(), rig.sync.failure) == (rig.wanted(), "")
