"""The requests of WebDAV and CalDAV that the program makes, and their answers (RFC 4918, 4791, 6578).

An answer comes from outside: it is read by expat, without any document type and so without entities of its
own, to a depth and a size at which no calendar ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import escape
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit
from xml.parsers import expat

from followup_desktop.i18n import _
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.failures import (
    LONGEST_WAIT,
    CalendarMoved,
    DavFailed,
    ProxyWantsLogin,
    Steps,
    Unreachable,
    Wait,
)

DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
DEEPEST = 32
MOST_NODES = 200_000
_READ_AT_ONCE = 8 * 1024
_RESPONSES_AT_ONCE = 32
_MANY_DIGITS = 10
MOVED = frozenset({301, 308})
"""Redirects that are meant to last; others, as to a page for signing in, may be over the next time."""
_PAGES = (b"<!doctype html", b"<html")
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(slots=True)
class Node:
    """An element: its name as namespace and local part. ``called`` is its attribute ``name``."""

    name: tuple[str, str]
    called: str = ""
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def find(self, *path: tuple[str, str]) -> Node | None:
        """The first element on that way down."""
        node: Node | None = self
        for name in path:
            node = next((each for each in node.children if each.name == name), None) if node else None
        return node

    def all(self, name: tuple[str, str]) -> Iterator[Node]:
        """The children of that name."""
        return (each for each in self.children if each.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a multistatus says of one address, which is absolute, and on the server that was asked.

    Its status is 200 where it has properties, and 0 where nothing is said of the address as a whole.
    """

    href: str
    status: int
    prop: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Multistatus:
    """All of an answer; ``token`` is where the next look goes on."""

    responses: tuple[Response, ...]
    token: str


def dav(name: str) -> tuple[str, str]:
    """The name of an element of WebDAV."""
    return DAV, name


def caldav(name: str) -> tuple[str, str]:
    """The name of an element of CalDAV."""
    return CALDAV, name


def _read_xml(data: bytes) -> Steps[Node]:
    """The document; raises ``DavFailed`` for what is none, breaks off, or is made to do harm."""
    parser = expat.ParserCreate(namespace_separator=" ")
    root = Node(("", ""))
    path, count = [root], 0
    texts: list[list[str]] = [[]]

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(path) > DEEPEST or count > MOST_NODES:
            raise unreadable()
        space, _space, local = name.rpartition(" ")
        node = Node((space, local), attributes.get("name", ""))
        path[-1].children.append(node)
        path.append(node)
        texts.append([])

    def end(_name: str) -> None:
        path.pop().text = "".join(texts.pop())

    def add(text: str) -> None:
        texts[-1].append(text)

    def refuse(*_what: object) -> None:
        raise unreadable()

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = add
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for start in range(0, len(data), _READ_AT_ONCE):
            parser.Parse(data[start : start + _READ_AT_ONCE], False)
            yield ()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise unreadable() from error
    return root


def multistatus(reply: WebReply, url: str) -> Steps[Multistatus]:
    """The answer to a request for properties; raises ``DavFailed`` where it is something else."""
    root = yield from _read_xml(reply.body)
    found = root.find(dav("multistatus"))
    if found is None:
        raise unreadable()
    responses = []
    for number, each in enumerate(found.all(dav("response")), 1):
        if number % _RESPONSES_AT_ONCE == 0:
            yield ()
        href = each.find(dav("href"))
        if href is None:
            continue
        prop, status = Node(dav("prop")), _status(each.find(dav("status")))
        for part in each.all(dav("propstat")):
            if _status(part.find(dav("status"))) == 200 and (values := part.find(dav("prop"))) is not None:
                prop.children += values.children
                status = status or 200
        responses.append(Response(href=_on_server(url, href.text.strip()), status=status, prop=prop))
    token = found.find(dav("sync-token"))
    return Multistatus(responses=tuple(responses), token=token.text.strip() if token is not None else "")


def _on_server(url: str, href: str) -> str:
    """The address of what an answer is about: behind a proxy, a server may call itself by another name."""
    scheme, where = urlsplit(url)[:2]
    return urlunsplit((scheme, where, urlsplit(absolute(url, href)).path, "", ""))


def _status(node: Node | None) -> int:
    parts = node.text.split() if node is not None else []
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def absolute(url: str, href: str) -> str:
    """An address that an answer names, in full, and written one way."""
    try:
        parts = urlsplit(urljoin(url, href))
        port = parts.port
    except ValueError as error:
        raise unreadable() from error
    host = _in_ascii(parts.hostname or "")
    host = f"[{host}]" if ":" in host else host
    standard = {"https": 443, "http": 80}.get(parts.scheme)
    where = host if port in (None, standard) else f"{host}:{port}"
    # Bytes, for not every server names things in UTF-8; and by parts, as a name may have a slash in it.
    path = "/".join(quote(unquote_to_bytes(part), safe="@:!$&'()*+,;=~") for part in parts.path.split("/"))
    return urlunsplit((parts.scheme, where, path, "", ""))


def _in_ascii(host: str) -> str:
    """The name of a host as the network has it; raises ``DavFailed`` where none can be called so."""
    if host.isascii():
        return host
    labels = unicodedata.normalize("NFKC", host).lower().split(".")
    if not all(unicodedata.category(sign)[0] in "LMN" or sign == "-" for label in labels for sign in label):
        raise unreadable()
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def propfind(
    url: str, names: Iterable[tuple[str, str]], depth: int = 0, *, has_password: bool = True
) -> WebRequest:
    """Ask for these properties, of this alone or of what is directly in it too."""
    body = f'<D:propfind xmlns:D="{DAV}" xmlns:C="{CALDAV}"><D:prop>{_tags(names)}</D:prop></D:propfind>'
    return _request("PROPFIND", url, body, {"Depth": str(depth)}, has_password=has_password)


def make_calendar(url: str, name: str, components: Sequence[str]) -> WebRequest:
    """Make a calendar for such entries."""
    kinds = "".join(f'<C:comp name="{kind}"/>' for kind in components)
    body = (
        f'<C:mkcalendar xmlns:D="{DAV}" xmlns:C="{CALDAV}"><D:set><D:prop>'
        f"<D:displayname>{escape(name)}</D:displayname>"
        f"<C:supported-calendar-component-set>{kinds}</C:supported-calendar-component-set>"
        "</D:prop></D:set></C:mkcalendar>"
    )
    return _request("MKCALENDAR", url, body)


def sync_collection(url: str, token: str) -> WebRequest:
    """Ask what has changed since the token, or for everything with an empty one."""
    body = (
        f'<D:sync-collection xmlns:D="{DAV}"><D:sync-token>{escape(token)}</D:sync-token>'
        "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>"
    )
    return _request("REPORT", url, body, {"Depth": "0"})


def multiget(url: str, hrefs: Iterable[str]) -> WebRequest:
    """Ask for these entries with what they say."""
    named = "".join(f"<D:href>{escape(urlsplit(href).path)}</D:href>" for href in hrefs)
    body = (
        f'<C:calendar-multiget xmlns:D="{DAV}" xmlns:C="{CALDAV}">'
        f"<D:prop><D:getetag/><C:calendar-data/></D:prop>{named}</C:calendar-multiget>"
    )
    return _request("REPORT", url, body, {"Depth": "1"})


def get(url: str) -> WebRequest:
    """Ask for one entry."""
    return WebRequest(method="GET", url=url, headers={"Accept": "text/calendar"})


def put(url: str, data: bytes, etag: str) -> WebRequest:
    """Write an entry over the version with that tag, or as a new one."""
    condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
    return WebRequest(method="PUT", url=url, headers={**_CALENDAR, **condition}, body=data)


def delete_entry(url: str, etag: str) -> WebRequest:
    """Delete an entry in the version with that tag.

    Not into Nextcloud's trash bin: as long as it's there, a second one of its name can't be deleted
    (nextcloud/server#42582), or before version 25.0.6 not even be made (#30096).
    """
    return WebRequest(method="DELETE", url=url, headers={"If-Match": etag, "X-NC-CalDAV-No-Trashbin": "1"})


def delete_calendar(url: str) -> WebRequest:
    """Delete a calendar with all that is in it."""
    return WebRequest(method="DELETE", url=url)


def is_written(reply: WebReply) -> bool:
    """Whether an entry was written, or a calendar made; not by a page for people, as of a sign-in."""
    return reply.status in (200, 201, 204) and not is_page(reply)


def is_deleted(reply: WebReply) -> bool:
    """Whether a deletion was done; not by a page, either."""
    return reply.status in (200, 202, 204) and not is_page(reply)


def is_page(reply: WebReply) -> bool:
    """Whether it is for people: no server of calendars sends such."""
    kind = reply.headers.get("content-type", "").strip().casefold()
    return kind.startswith("text/html") or reply.body.lstrip()[:14].lower().startswith(_PAGES)


def _request(
    method: str, url: str, body: str, headers: dict[str, str] | None = None, *, has_password: bool = True
) -> WebRequest:
    data = ('<?xml version="1.0" encoding="utf-8"?>' + body).encode()
    return WebRequest(
        method=method, url=url, headers={**_XML, **(headers or {})}, body=data, has_password=has_password
    )


def _tags(names: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<{'D' if space == DAV else 'C'}:{local}/>" for space, local in names)


def check(reply: WebReply, *wanted: int) -> WebReply:
    """The reply, if it has a status that was wanted; else the sentence for what it says instead."""
    if reply.status in wanted:
        return reply
    raise failed(reply)


def failed(reply: WebReply) -> DavFailed:
    """Why the server did not do what it was asked to."""
    status = reply.status
    if 200 <= status < 300:  # a page for people, as of a sign-in
        return unreadable()
    if status == 0:
        return (ProxyWantsLogin if reply.wants_proxy_login else Unreachable)(reply.failure)
    if status == 429 or (status >= 500 and status != 507):
        return DavFailed(_sentence(status), wait=_wait(reply))
    if status in MOVED:
        return CalendarMoved(_sentence(status), is_lasting=True)
    return DavFailed(_sentence(status), is_lasting=status == 401)


def _wait(reply: WebReply) -> Wait | None:
    """How long the server asks to be left alone; of a date, by its own clock where it tells its time."""
    after = reply.headers.get("retry-after", "").strip()
    if after.isdecimal():
        seconds = int(after) if len(after) < _MANY_DIGITS else LONGEST_WAIT.total_seconds()
        return min(timedelta(seconds=seconds), LONGEST_WAIT) or None
    until = _date(after)
    now = _date(reply.headers.get("date", ""))
    if until is None or now is None:
        return until
    return max(timedelta(0), min(until - now, LONGEST_WAIT)) or None


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _sentence(status: int) -> str:
    sentences = {
        401: _("The server didn't accept the user name and app password. Enter them again."),
        403: _("The server doesn't let Follow Up do that ({status}). Check what your account allows."),
        404: _("There's no calendar at that address ({status})."),
        410: _("There's no calendar at that address ({status})."),
        413: _("Your calendar server is full. Make room there."),
        507: _("Your calendar server is full. Make room there."),
    }
    if status in sentences:
        text = sentences[status]
    elif status in MOVED:
        text = _("The server sends Follow Up to another address ({status}). Connect again.")
    elif 300 <= status < 400 or status == 429 or status >= 500:
        return str(in_trouble(status))
    else:
        text = _("The calendar server didn't accept a request ({status}).")
    return text.format(status=status)


def in_trouble(status: int) -> DavFailed:
    """The error of a server that has a problem for the moment."""
    return DavFailed(_("The calendar server has a problem right now ({status}).").format(status=status))


def too_large() -> DavFailed:
    """The error of an entry that is too large to be read."""
    return DavFailed(_("An entry of the calendar is too large to be read. See what was added to it there."))


def unreadable() -> DavFailed:
    """The error of an answer that makes no sense."""
    return DavFailed(_("The server's answer can't be read. Check that the address is of a calendar server."))
