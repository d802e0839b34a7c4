"""Servers that are up to no good, or broken: what they send changes nothing and ends in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from followup_desktop.domain.model import Interview
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.failures import DavFailed
from followup_desktop.services.sync.objects import read_object
from tests.caldav_servers import PASSWORD, USER
from tests.services.conftest import acme, madrid
from tests.services.sync.rig import Rig, busy, finished
from tests.tables import tabled

HEAD = '<?xml version="1.0"?>'
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = (
    f'{HEAD}<!DOCTYPE x [<!ENTITY l0 "lol">{ENTITIES}]><D:multistatus xmlns:D="DAV:">&l9;</D:multistatus>'
)
FILE = f'{HEAD}<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
BAD = {
    "entities": LAUGHS.encode(),
    "a file": FILE.encode(),
    "a document type": b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>',
    "depth": b"<a>" * 100_000 + b"</a>" * 100_000,
    "many": b"<a>" + b"<b/>" * 300_000 + b"</a>",
    "nothing": b"",
    "broken off": b'<D:multistatus xmlns:D="DAV:"><D:response>',
    "no XML": b"<!doctype html><html><br>Sign in</html>",
    "bytes": bytes(range(256)),
    "another root": b"<x/>",
    "an encoding that there is not": b'<?xml version="1.0" encoding="klingon"?><x/>',
    "UTF-16 without a mark": "<x/>".encode("utf-16-le"),
    "no address": b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>http://[</D:href></D:response></D:multistatus>',
}


@tabled("body", BAD.values())
def test_an_answer_that_is_made_to_do_harm_is_refused(body: bytes) -> None:
    with pytest.raises(DavFailed, match="can't be read"):
        finished(dav.multistatus(WebReply(status=207, body=body), "https://example.org/"))


@pytest.mark.parametrize("status", [200, 204, 207])
def test_a_page_for_people_is_told_as_no_calendar_server(rig_once: Rig, status: int) -> None:
    page = WebReply(status=status, body=b"<!doctype html><html><br>Welcome to the hotel</html>")
    rig_once.wire.instead = lambda _request: page
    told: list[str] = []
    rig_once.sync.connect(rig_once.server.url, USER, PASSWORD, told.append)
    rig_once.wire.run()
    assert told == ["The server's answer can't be read. Check that the address is of a calendar server."]
    assert rig_once.sync.account is None


@pytest.mark.parametrize("body", [LAUGHS.encode(), b"", b"<html>", b"\xff" * 1000])
def test_a_round_with_such_answers_writes_and_asks_nothing(rig_once: Rig, body: bytes) -> None:
    rig = rig_once
    rig.desk.put(
        acme(
            interviews=(
                Interview(id="i1", starts_at=madrid("2026-10-19T10:00").replace(tzinfo=None), minutes=30),
            )
        )
    )
    rig.connect()
    there, known = rig.there(), rig.desk.store.published.all()
    rig.wire.instead = lambda request: (
        WebReply(status=207, body=body) if request.method in ("REPORT", "PROPFIND") else None
    )
    rig.writes()
    rig.look()
    assert rig.sync.failure
    assert rig.writes() == 0
    assert rig.desk.store.published.questions() == {}
    assert (rig.there(), rig.desk.store.published.all()) == (there, known)


def _etag(href: str) -> str:
    prop = "<D:prop><D:getetag>&quot;x&quot;</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status>"
    return f"<D:response><D:href>{href}</D:href><D:propstat>{prop}</D:propstat></D:response>"


@pytest.mark.parametrize(
    "href", ["https://evil.example.net/x.ics", "/etc/passwd", "../../x.ics", "//evil.example.net/x.ics", ""]
)
def test_nothing_outside_the_own_calendar_is_asked_for_or_touched(rig_once: Rig, href: str) -> None:
    rig = rig_once
    rig.connect()
    body = f'<D:multistatus xmlns:D="DAV:">{_etag(href)}<D:sync-token>t</D:sync-token></D:multistatus>'

    def lie(request: WebRequest) -> WebReply | None:
        return WebReply(status=207, body=body.encode()) if b"sync-collection" in request.body else None

    rig.wire.instead = lie
    rig.wire.sent.clear()
    rig.look()
    url = rig.phone().url
    assert {request.url.startswith(url) for request in rig.wire.sent} == {True}


def test_a_list_of_changes_that_never_ends_is_given_up(rig_once: Rig) -> None:
    rig = rig_once
    rig.connect()
    numbers = iter(range(1_000_000))

    def page(request: WebRequest) -> WebReply | None:
        if b"sync-collection" not in request.body:
            return None
        own = f"<D:response><D:href>{request.url}</D:href><D:status>HTTP/1.1 507 Full</D:status></D:response>"
        body = (
            f'<D:multistatus xmlns:D="DAV:">{own}<D:sync-token>{next(numbers)}</D:sync-token></D:multistatus>'
        )
        return WebReply(status=207, body=body.encode())

    rig.wire.instead = page
    rig.look()
    assert not rig.sync.is_busy


def event(lines: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


@tabled(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"BEGIN:VCALENDAR\r\n" * 10_000,
        event("DTSTART:99999999T999999Z"),
        event("DTSTART;TZID=Mars/Olympus:20261014T100000"),
        event("DTSTART:20261014"),
        event("DTSTART:-1"),
        event("SEQUENCE:" + "9" * 5000),
        event("DTSTART;X=" + "a" * 100_000 + ":20261014T100000Z"),
    ],
)
def test_an_entry_of_any_shape_gives_a_start_or_none(data: bytes) -> None:
    found = read_object(data)
    assert found is None or found.starts_at is None or found.starts_at.tzinfo is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "nonsense",
        lambda text: text.replace("DTSTART", "X-START"),
        lambda text: text.replace("T100000", ""),
        lambda text: text.replace("Europe/Madrid", "Mars/Olympus"),
    ],
)
def test_what_the_phone_made_of_an_interview_is_asked_about_or_put_right(
    rig_once: Rig, change: Callable[[str], str]
) -> None:
    rig = rig_once
    rig.desk.put(
        acme(
            interviews=(
                Interview(id="i1", starts_at=madrid("2026-10-19T10:00").replace(tzinfo=None), minutes=30),
            )
        )
    )
    rig.connect()
    plain = rig.wire.plain

    def spoiled(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        reply = plain(method, url, headers, body)
        text = reply.body.decode()
        if "multiget" in body.decode() and "BEGIN:VEVENT" in text:
            return WebReply(status=207, headers=reply.headers, body=change(text).encode())
        return reply

    rig.wire.plain = spoiled
    rig.phone().move(rig.uid("i1"), madrid("2026-10-20T11:00"))
    rig.look()
    rig.wire.plain = plain
    rig.beat(timedelta(hours=1))
    assert rig.there().keys() == rig.wanted().keys()


@pytest.mark.parametrize("more", ["ATTACH:" + "A" * 300_000, "X-NOTE:1\r\n" * 3000])
def test_an_entry_that_is_too_large_is_passed_over_and_not_read(rig_once: Rig, more: str) -> None:
    rig_once.desk.put(*busy(2))
    phone = rig_once.connect()
    rig_once.look()
    uid = rig_once.uid("i1")
    phone.change(uid, lambda text: text.replace("END:VEVENT", f"{more.strip()}\r\nEND:VEVENT"))
    rig_once.desk.tracker.reschedule_interview("i0", madrid("2026-10-23T09:00"))
    rig_once.look()
    assert "too large" in rig_once.sync.failure
    other = rig_once.desk.store.published.all()[rig_once.uid("i0")]
    assert (other.starts_at, bool(other.hash)) == (madrid("2026-10-23T09:00"), True)
    assert rig_once.desk.store.published.questions() == {}
    rig_once.desk.tracker.they_cancelled("i1")
    for _time in range(3):
        rig_once.look()
    assert (rig_once.there(), rig_once.sync.failure) == (rig_once.wanted(), "")
