"""Finding the server, and to whom the password goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.discovery import (
    calendars_beside,
    find_home,
    make_own_calendar,
    may_have_password,
    starting_points,
)
from followup_desktop.services.sync.failures import DavFailed
from tests.services.sync.rig import Rig, finished
from tests.tables import tabled

PRINCIPAL = "<D:current-user-principal><D:href>{}</D:href></D:current-user-principal>"
HOME = "<C:calendar-home-set><D:href>{}</D:href></C:calendar-home-set>"


def prop(text: str) -> WebReply:
    body = (
        '<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:response><D:href>/</D:href>'
        f"<D:propstat><D:prop>{text}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        "</D:response></D:multistatus>"
    )
    return WebReply(status=207, body=body.encode())


def to(location: str) -> WebReply:
    return WebReply(status=302, headers={"location": location})


def discover(address: str, web: Mapping[str, WebReply]) -> tuple[str, list[str]]:
    """The home that is found in such a web, and where the password was sent."""
    told: list[str] = []
    steps = find_home(address)

    def answer(request: WebRequest) -> WebReply:
        if request.has_password:
            told.append(request.url)
        reply = web.get(request.url, WebReply(status=404))
        return WebReply(status=401) if not request.has_password and reply.status == 207 else reply

    requests = next(steps)
    while True:
        try:
            requests = steps.send([answer(request) for request in requests])
        except StopIteration as end:
            return end.value, told


def test_a_mail_address_leads_by_the_well_known_address_to_the_calendars() -> None:
    web = {
        "https://example.org/.well-known/caldav": to("https://dav.example.org/start"),
        "https://dav.example.org/start": prop(PRINCIPAL.format("/people/ana")),
        "https://dav.example.org/people/ana": prop(HOME.format("https://p42.dav.example.org/calendars")),
    }
    home, told = discover("ana@example.org", web)
    assert home == "https://p42.dav.example.org/calendars/"
    assert told == ["https://dav.example.org/start", "https://dav.example.org/people/ana"]


def test_a_path_is_asked_before_the_well_known_address() -> None:
    web = {"https://cloud.example.org/dav": prop(HOME.format("/dav/ana/"))}
    assert discover("https://cloud.example.org/dav", web)[0] == "https://cloud.example.org/dav/ana/"


@tabled(
    "said, asked",
    [
        ("/dav/ana%2Fruiz/", "/dav/ana%2Fruiz/"),
        ("/dav/zo%EB/", "/dav/zo%EB/"),
        ("/dav/zoë 😀/", "/dav/zo%C3%AB%20%F0%9F%98%80/"),
        ("/dav/עברית/", "/dav/%D7%A2%D7%91%D7%A8%D7%99%D7%AA/"),
        ("/dav/100%25/", "/dav/100%25/"),
        ("/dav/100%/", "/dav/100%25/"),
        ("/dav/%22a%22'b'%3F%23/", "/dav/%22a%22'b'%3F%23/"),
        ("/dav/a&amp;b+c;d=e/", "/dav/a&b+c;d=e/"),
        (f"/dav/{'ü' * 255}/", f"/dav/{'%C3%BC' * 255}/"),
    ],
)
def test_a_home_of_any_name_is_asked_for_as_the_server_calls_it(said: str, asked: str) -> None:
    web = {"https://cloud.example.org/dav": prop(HOME.format(said))}
    home, _told = discover("https://cloud.example.org/dav", web)
    assert home == f"https://cloud.example.org{asked}"
    (listing,) = next(make_own_calendar(home, "follow-up-1"))
    assert listing.url == home


@pytest.mark.parametrize("elsewhere", ["https://other.example.net/", "https://example.org.evil.net/"])
@pytest.mark.parametrize("place", ["the redirect", "the principal", "the home"])
def test_the_password_goes_to_no_strange_host(elsewhere: str, place: str) -> None:
    root = "https://cloud.example.org/"
    web = {
        "https://cloud.example.org/.well-known/caldav": to(elsewhere if place == "the redirect" else root),
        root: prop(PRINCIPAL.format(elsewhere if place == "the principal" else "/ana")),
        f"{root}ana": prop(HOME.format(elsewhere)),
        elsewhere: prop(HOME.format("/x/")),
    }
    with pytest.raises(DavFailed, match="If you trust it with your password, enter that address") as failed:
        discover("cloud.example.org", web)
    assert failed.value.is_lasting
    assert elsewhere in str(failed.value)


def test_redirects_lead_neither_out_of_tls_nor_in_circles() -> None:
    well_known = "https://cloud.example.org/.well-known/caldav"
    with pytest.raises(DavFailed):
        discover("cloud.example.org", {well_known: to("http://cloud.example.org/")})
    with pytest.raises(DavFailed):
        discover("cloud.example.org", {well_known: to(well_known)})


def test_redirects_that_go_on_at_another_host_are_told_with_its_name() -> None:
    web = {
        "https://cloud.example.org/.well-known/caldav": to("https://login.example.net/0"),
        "https://cloud.example.org/": to("https://login.example.net/0"),
        **{f"https://login.example.net/{n}": to(f"https://login.example.net/{n + 1}") for n in range(9)},
    }
    with pytest.raises(DavFailed, match=r"redirects to login\.example\.net, and on from there"):
        discover("cloud.example.org", web)


@pytest.mark.parametrize(
    ("names", "beside"),
    [
        ({"follow-up-1a2b3c4d": "Follow Up 2", "work": "Work"}, ()),
        ({"follow-up-1a2b3c4d": "Follow Up 2", "x": "Follow  Up"}, ("Follow Up 2", "Follow Up")),
        ({"follow-up-1a2b3c4d": "Jobs", "follow-up-5e6f7a8b": "Ana"}, ("Jobs", "Ana")),
        ({"follow-up-5e6f7a8b": "Ana"}, ()),
    ],
    ids=["none", "by its name", "by its place", "its own isn't told"],
)
def test_other_calendars_of_the_program_are_known(names: Mapping[str, str], beside: tuple[str, ...]) -> None:
    home = "https://cloud.example.org/ana/"
    listed = "".join(
        f"<D:response><D:href>/ana/{place}/</D:href><D:propstat><D:prop><D:displayname>{name}"
        "</D:displayname></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        for place, name in names.items()
    )
    body = f'<D:multistatus xmlns:D="DAV:">{listed}</D:multistatus>'.encode()
    steps = calendars_beside(home, f"{home}follow-up-1a2b3c4d/")
    next(steps)
    with pytest.raises(StopIteration) as end:
        steps.send([WebReply(status=207, body=body)])
        while True:
            next(steps)
    assert end.value.value == beside


@tabled(
    "found, may",
    [
        ("https://caldav.icloud.com/x", True),
        ("https://p42-caldav.icloud.com:443/x", True),
        ("https://caldav.icloud.com:8443/x", True),
        ("http://caldav.icloud.com/x", False),
        ("https://icloud.com.evil.net/x", False),
        ("https://evil-icloud.com/x", False),
        ("https://192.0.2.1/x", False),
    ],
)
def test_neighbours_of_a_host_are_trusted_and_no_others(found: str, may: bool) -> None:
    assert may_have_password("https://caldav.icloud.com/", found) is may


def test_those_who_only_share_a_registry_are_no_neighbours() -> None:
    assert not may_have_password("https://ana.co.uk/", "https://evil.co.uk/")
    assert not may_have_password("https://example.org/", "https://evil.org/")
    assert not may_have_password("https://192.0.2.1/", "https://198.51.100.0.2.1/")


@tabled(
    "address, first",
    [
        ("ana@icloud.com", "https://caldav.icloud.com/.well-known/caldav"),
        ("ana@posteo.de", "https://posteo.de:8443/.well-known/caldav"),
        ("ana@mailbox.org", "https://dav.mailbox.org/.well-known/caldav"),
        ("ana@example.org", "https://example.org/.well-known/caldav"),
        (" cloud.example.org ", "https://cloud.example.org/.well-known/caldav"),
        ("https://cloud.example.org/dav/", "https://cloud.example.org/dav/"),
        ("http://localhost:5232", "http://localhost:5232/.well-known/caldav"),
        ("http://[::1]:5232/", "http://[::1]:5232/.well-known/caldav"),
        ("localhost:5232", "http://localhost:5232/.well-known/caldav"),
        ("[::1]:5232", "http://[::1]:5232/.well-known/caldav"),
        ("[2001:db8::1]", "https://[2001:db8::1]/.well-known/caldav"),
        ("caldav://localhost:5232/ana/", "http://localhost:5232/ana/"),
        ("caldavs://localhost:5232", "https://localhost:5232/.well-known/caldav"),
        ("caldav://cloud.example.org", "https://cloud.example.org/.well-known/caldav"),
        ("CalDAVs://cloud.example.org/dav", "https://cloud.example.org/dav"),
        ("Ana Ruiz <ana@example.org>", "https://example.org/.well-known/caldav"),
        ("ana@localhost", "https://localhost/.well-known/caldav"),
        ("mailto:ana@example.org", "https://example.org/.well-known/caldav"),
        ("\u200bcloud.example.org\ufeff\xa0", "https://cloud.example.org/.well-known/caldav"),
        ("Bücher.example.org", "https://xn--bcher-kva.example.org/.well-known/caldav"),
        ("ana@straße.example", "https://xn--strae-oqa.example/.well-known/caldav"),
        ("xn--bcher-kva.example.org", "https://xn--bcher-kva.example.org/.well-known/caldav"),
        ("icloud.com", "https://caldav.icloud.com/.well-known/caldav"),
        ("https://www.icloud.com/calendar", "https://caldav.icloud.com/.well-known/caldav"),
        ("posteo.de", "https://posteo.de:8443/.well-known/caldav"),
        ("https://posteo.de:8443", "https://posteo.de:8443/.well-known/caldav"),
        ("Fastmail.com", "https://caldav.fastmail.com/.well-known/caldav"),
        ("http://mailbox.org/", "https://dav.mailbox.org/.well-known/caldav"),
    ],
)
def test_where_the_search_begins(address: str, first: str) -> None:
    assert starting_points(address)[0] == first


@tabled(
    "address",
    [
        "",
        "   ",
        "ana@gmail.com",
        "https://apidata.googleusercontent.com/caldav/v2/",
        "http://cloud.example.org",
        "http://127.0.0.1.example.org/",
        "ftp://example.org/",
        "https://",
        "two words",
        "https://[::1/",
        "https://example.org:99999999/",
        "file:///etc/passwd",
        "javascript://x",
        "caldav://",
        "caldavs:///dav",
        "2001:db8::1",
        "ana@",
        "cloud.example.org\\dav",
        "cloud .example.org",
        "https://☃☃ .example.org",
        "https://a\u3002b\u2028c",
        "Ana <ana@gmail.com>",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        starting_points(address)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://example.org/nextcloud", "https://example.org/nextcloud/remote.php/dav/"),
        ("example.org/nextcloud/index.php/apps/calendar/", "https://example.org/nextcloud/remote.php/dav/"),
        ("cloud.example.org", "https://cloud.example.org/remote.php/dav/"),
    ],
)
def test_a_nextcloud_is_found_below_any_folder_without_being_told_of(address: str, place: str) -> None:
    assert discover(address, {place: prop(HOME.format("/calendars/ana/"))})[0].endswith("/calendars/ana/")
    with pytest.raises(DavFailed, match="There's no calendar at that address"):
        discover(address, {})


@tabled(
    "after, wait",
    [
        ("120", 120),
        (" 120 ", 120),
        ("9" * 400, 3600),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("Wed, 14 Oct 2026 09:05:00 GMT", 300),
        ("Wed, 14 Oct 2026 08:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("Wed, 99 Oct 2026 09:05:00 GMT", 0),
        ("Wed, 14 Oct 2026 09:05:00", 300),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_asks_but_not_for_ever(after: str, wait: int) -> None:
    headers = {"retry-after": after, "date": "Wed, 14 Oct 2026 09:00:00 GMT"}
    now = datetime(2026, 10, 14, 9, tzinfo=UTC)
    by_its_clock = dav.failed(WebReply(status=503, headers=headers)).wait_from(now + timedelta(minutes=4))
    assert by_its_clock == timedelta(seconds=wait)
    no_clock = dav.failed(WebReply(status=503, headers={"retry-after": after}))
    assert no_clock.wait_from(now) == timedelta(seconds=wait)


@pytest.mark.parametrize("address", ["", "calendars/", ".well-known/caldav"])
def test_servers_are_found_by_any_of_their_addresses(rig: Rig, address: str) -> None:
    address = f"{rig.server.url}{address}".replace("calendars/", "ana/")
    told: list[str] = []
    rig.sync.connect(address, "ana", "app pass:wörd", told.append)
    rig.wire.run()
    assert told == [""]


def test_a_wrong_password_is_told_and_not_kept(rig_once: Rig) -> None:
    rig_once.wire.instead = lambda request: WebReply(status=401) if request.has_password else None
    told: list[str] = []
    rig_once.sync.connect(rig_once.server.url, "ana", "app pass:wörd", told.append)
    rig_once.wire.run()
    assert told == ["The server didn't accept the user name and app password. Enter them again."]
    assert rig_once.secrets.kept == {}
    assert rig_once.sync.account is None
    assert not [each for each in rig_once.wire.sent if isinstance(each, WebRequest) and each.method == "PUT"]


ODD_NAMES = ["😀 Arbeit", "עבודה", "ü" * 255, "a/b", "100 %", "\"quoted\" 'twice' <&>", "follow  up", " "]

REFUSED: dict[str, set[str]] = {"in memory": set(), "Radicale": {ODD_NAMES[5]}, "Xandikos": {ODD_NAMES[4]}}
"""What the servers themselves don't take."""


def displayed(rig: Rig) -> dict[str, str]:
    """The names of the calendars in the user's home, by their addresses."""
    home = rig.phone().url.rsplit("/", 2)[0] + "/"
    request = dav.propfind(home, (dav.dav("displayname"),), depth=1)
    reply = rig.phone().ask("PROPFIND", home, request.body, Depth="1", Content_Type="application/xml")
    found = {}
    for each in finished(dav.multistatus(reply, home)).responses:
        name = each.prop.find(dav.dav("displayname"))
        if each.href != home and name is not None:
            found[each.href] = name.text
    return found


def test_calendars_of_any_name_stay_as_they_are_beside_one_that_can_be_told_from_them(rig: Rig) -> None:
    rig.connect()
    first = rig.phone().url
    home = first.rsplit("/", 2)[0] + "/"
    refused: set[str] = set()
    for number, name in enumerate(ODD_NAMES):
        address = dav.absolute(home, f"{quote(name[:20].replace('/', ''))}-{number}/")
        asked = dav.make_calendar(address, name, ("VEVENT",))
        made = rig.phone().ask("MKCALENDAR", address, asked.body, Content_Type="application/xml")
        if made.status != 201:
            refused.add(name)
    assert refused <= REFUSED[rig.server.name]
    before = displayed(rig)
    assert len(before) >= len(ODD_NAMES) - len(refused) + 1
    rig.sync.disconnect(remove=False, done=lambda _refusal: None)
    rig.wire.run()
    rig.wire.sent.clear()
    rig.connect()
    second = rig.phone().url
    after = displayed(rig)
    names = " ".join(after.pop(second).split())
    assert after == before
    assert names.startswith("Follow Up ")
    assert names.casefold() not in {" ".join(name.split()).casefold() for name in before.values()}
    assert rig.there() == rig.wanted()
    written = [each.url for each in rig.wire.sent if each.method in {"PUT", "DELETE", "MKCALENDAR"}]
    assert all(url.startswith(second) for url in written)


KINDS = "<C:supported-calendar-component-set>{}</C:supported-calendar-component-set>"


@pytest.mark.parametrize(("place", "made"), [(0, ["VTODO", "VEVENT"]), (-1, ["VEVENT"])])
def test_a_server_of_one_kind_of_entries_a_calendar_gets_one_of_appointments(
    rig_once: Rig, place: int, made: list[str]
) -> None:
    """As Open-Xchange, which takes the first of the kinds that it's asked for, or the last."""
    kinds: list[str] = []

    def takes_one(request: WebRequest) -> WebReply | None:
        if request.method == "MKCALENDAR":
            kinds.append(re.findall("VEVENT|VTODO", request.body.decode())[place])
        if request.method == "PROPFIND" and b"component-set" in request.body:
            return prop(KINDS.format(f'<C:comp name="{kinds[-1]}"/>'))
        if request.method == "PUT" and f"BEGIN:{kinds[-1]}" not in request.body.decode():
            return WebReply(status=403)
        return None

    rig_once.wire.instead = takes_one
    rig_once.connect(tasks=True)
    assert kinds == made
    account = rig_once.sync.account
    assert account is not None
    assert not account.takes_tasks
    assert (rig_once.there(), rig_once.sync.failure) == (rig_once.wanted(), "")
    calendars = [each.method for each in rig_once.wire.sent if each.url == rig_once.phone().url]
    assert calendars.count("MKCALENDAR") - calendars.count("DELETE") == 1


@pytest.mark.parametrize("answer", [WebReply(status=403), WebReply(status=207, body=b"<html>")])
def test_a_server_that_does_not_list_its_calendars_gets_one_all_the_same(
    rig_once: Rig, answer: WebReply
) -> None:
    def refuse(request: WebRequest) -> WebReply | None:
        return answer if request.headers.get("Depth") == "1" and b"displayname" in request.body else None

    rig_once.wire.instead = refuse
    rig_once.connect()
    assert rig_once.there() == rig_once.wanted()
