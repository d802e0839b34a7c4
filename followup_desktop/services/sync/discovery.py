"""Finding where calendars are kept, from an address or just the mail address (RFC 6764, 5397, 4791)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from itertools import chain, count
from urllib.parse import urlsplit

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.ports import WebReply
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.account import clean_address, is_mail_address
from followup_desktop.services.sync.failures import DavFailed, Steps, Unreachable

MOST_REDIRECTS = 5
CALENDAR_NAME = "Follow Up"
_WELL_KNOWN = "/.well-known/caldav"
_PROVIDERS = {
    "icloud.com": "https://caldav.icloud.com",
    "me.com": "https://caldav.icloud.com",
    "mac.com": "https://caldav.icloud.com",
    "fastmail.com": "https://caldav.fastmail.com",
    "fastmail.fm": "https://caldav.fastmail.com",
    "posteo.de": "https://posteo.de:8443",
    "posteo.net": "https://posteo.de:8443",
    "mailbox.org": "https://dav.mailbox.org",
}
"""Providers whose calendars are elsewhere than their name tells, which is the domain of the mail, too."""
_NEXTCLOUD = "/remote.php/dav/"
"""Below the address of a Nextcloud: nothing tells of it where that isn't the root of its host."""
_CALENDAR_SCHEMES = frozenset({"caldav", "caldavs"})
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_GOOGLE = frozenset({"gmail.com", "googlemail.com", "google.com", "apidata.googleusercontent.com"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OWN_PLACE = re.compile(r"/follow-up-[0-9a-f]{8}/$")
_OWN_NAME = re.compile(rf"{CALENDAR_NAME}( \d+)?", re.IGNORECASE | re.ASCII)
_LEAST_NAME = 4
"""Letters of a name below which ``name.uk`` is taken for a registry's, under which others have theirs."""


def starting_points(address: str) -> tuple[str, ...]:
    """Where to look, for what the user entered: an address of the web, or the mail address.

    Raises ``Refused`` where it is neither, is Google's, or would have the password travel in the clear.
    """
    entered, address = address.strip(), clean_address(address)
    if not address:
        raise Refused(_("Enter your calendar server's address, or your email address."), "address")
    if is_mail_address(address):
        address = f"https://{address.rpartition('@')[2]}"
    try:
        url = dav.absolute(_with_scheme(address), "")
        parts = urlsplit(url)
    except DavFailed:
        parts = urlsplit("")
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or not _is_host(host):
        raise Refused(
            _("“{address}” isn't an address. It looks like https://cloud.example.org.").format(
                address=entered
            ),
            "address",
        )
    _refuse_google(host)
    if parts.port is None and (known := _PROVIDERS.get(host.removeprefix("www."))):
        return known + _WELL_KNOWN, f"{known}/"
    if parts.scheme == "http" and not is_loopback(host):
        raise Refused(
            _("Without https, anyone in between could read your password. Use the https address."),
            "address",
        )
    root = f"{parts.scheme}://{parts.netloc}"
    places = (root + _WELL_KNOWN, f"{root}/") if parts.path in ("", "/") else (url, root + _WELL_KNOWN)
    below = url.partition("/index.php")[0].rstrip("/")
    return (*places, below + _NEXTCLOUD) if _NEXTCLOUD not in f"{below}/" else places


def _with_scheme(address: str) -> str:
    """The address of the web; in the clear only where it leads to this computer, and TLS isn't asked for."""
    scheme, separator, rest = address.partition("://")
    if separator and scheme.casefold() not in _CALENDAR_SCHEMES:
        return address
    rest = rest if separator else address
    try:
        host = urlsplit(f"//{rest}").hostname or ""
    except ValueError:
        host = ""
    is_plain = is_loopback(host) and scheme.casefold() != "caldavs"
    return f"{'http' if is_plain else 'https'}://{rest}"


def _is_host(host: str) -> bool:
    """Whether a host can be called so."""
    return _is_number(host) or _HOST.fullmatch(host) is not None


def _refuse_google(host: str) -> None:
    if host in _GOOGLE or host.endswith(".google.com"):
        raise Refused(
            _(
                "Google Calendar doesn't accept app passwords. Choose a folder above instead, "
                "and import or subscribe to the file in Google Calendar."
            ),
            "address",
        )


def is_loopback(host: str) -> bool:
    """Whether that is this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_have_password(entered: str, found: str) -> bool:
    """Whether the password, entered for one address, may be sent to another, to which the server points.

    It may on the same host, on one below it, and on its neighbours, as ``p42-caldav.icloud.com`` is one of
    ``caldav.icloud.com``; never from TLS to none.
    """
    first, second = urlsplit(entered), urlsplit(found)
    if second.scheme != "https" and (first.scheme, first.hostname) != (second.scheme, second.hostname):
        return False
    here, there = first.hostname or "", second.hostname or ""
    if here == there:
        return True
    if _is_number(here) or _is_number(there) or second.scheme != "https":
        return False
    parent = here.partition(".")[2]
    names = parent.split(".")
    is_own = len(names) >= 2 and len(names[-2]) >= _LEAST_NAME
    return there.endswith(f".{here}") or (is_own and f".{there}".endswith(f".{parent}"))


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def find_home(address: str) -> Steps[str]:
    """The address in which the user's calendars are; raises ``DavFailed`` or ``Refused``.

    The first request to an address carries no password; where that leads elsewhere, only neighbours get it.
    """
    failures = []
    points = starting_points(address)
    for point in points:
        try:
            return (yield from _home_from(point, points[0]))
        except DavFailed as error:
            if error.is_lasting:
                raise
            failures.append(error)
            if len(failures) > 1 and isinstance(error, Unreachable):
                break
    # What the second address says is the plainest reason.
    raise failures[1]


def _home_from(point: str, entered: str) -> Steps[str]:
    asked = (dav.dav("current-user-principal"), dav.caldav("calendar-home-set"), dav.dav("resourcetype"))
    start = yield from _led_to(point, asked)
    _check_trust(entered, start)
    here, found = yield from _properties(start, asked, entered)
    home = _href(found, here, dav.caldav("calendar-home-set"))
    if home is None:
        principal = _href(found, here, dav.dav("current-user-principal"))
        if principal is None:
            raise DavFailed(_("No calendars were found at {address}.").format(address=point))
        _check_trust(entered, principal)
        here, found = yield from _properties(principal, (dav.caldav("calendar-home-set"),), entered)
        home = _href(found, here, dav.caldav("calendar-home-set"))
    if home is None:
        raise DavFailed(_("No calendars were found at {address}.").format(address=point))
    _check_trust(entered, home)
    return home if home.endswith("/") else home + "/"


def _led_to(point: str, asked: Sequence[tuple[str, str]]) -> Steps[str]:
    """Where the redirects from an address end, asked without a password."""
    url = point
    for _step in range(MOST_REDIRECTS + 1):
        (reply,) = yield (dav.propfind(url, asked, has_password=False),)
        if reply.status == 0:
            raise dav.failed(reply)
        if reply.status not in _REDIRECTS:
            return url
        url = _redirected(url, reply)
    if may_have_password(point, url):
        raise DavFailed(_("{address} redirects in a loop.").format(address=point))
    text = _("{address} redirects to {host}, and on from there without end. Check the address.")
    raise DavFailed(text.format(address=point, host=urlsplit(url).hostname))


def _redirected(url: str, reply: WebReply) -> str:
    target = dav.absolute(url, reply.headers.get("location", ""))
    parts = urlsplit(target)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise DavFailed(_("The server redirects to an address without https, so Follow Up stopped there."))
    return target


def _properties(url: str, asked: Sequence[tuple[str, str]], entered: str) -> Steps[tuple[str, dav.Response]]:
    for _step in range(MOST_REDIRECTS + 1):
        (reply,) = yield (dav.propfind(url, asked),)
        if reply.status not in _REDIRECTS:
            answer = yield from dav.multistatus(dav.check(reply, 207), url)
            if not answer.responses:
                raise dav.failed(WebReply(status=404))
            return url, answer.responses[0]
        url = _redirected(url, reply)
        _check_trust(entered, url)
    raise DavFailed(_("{address} redirects in a loop.").format(address=url))


def _href(found: dav.Response, url: str, name: tuple[str, str]) -> str | None:
    node = found.prop.find(name, dav.dav("href"))
    return dav.absolute(url, node.text.strip()) if node is not None and node.text.strip() else None


def _check_trust(entered: str, found: str) -> None:
    if not may_have_password(entered, found):
        raise DavFailed(
            _(
                "{entered} sends Follow Up on to {found}. If you trust it with your password, enter that "
                "address."
            ).format(entered=urlsplit(entered).hostname, found=found),
            is_lasting=True,
        )


def find_again(calendar: str) -> Steps[str | None]:
    """Where the program's own calendar is now, though it may have moved; ``None`` if it's no longer there."""
    asked = (dav.dav("resourcetype"),)
    (reply,) = yield (dav.propfind(calendar, asked),)
    url = calendar
    if reply.status in dav.MOVED:
        url = yield from _led_to(calendar, asked)
        _check_trust(calendar, url)
        (reply,) = yield (dav.propfind(url, asked),)
    if reply.status in (404, 410):
        return None
    answer = yield from dav.multistatus(dav.check(reply, 207), url)
    if any(each.status == 404 for each in answer.responses):  # as Xandikos says it
        return None
    return url if url.endswith("/") else url + "/"


def make_own_calendar(home: str, name: str) -> Steps[tuple[str, bool]]:
    """Make the program's own calendar in the user's home; its address, and whether it takes tasks too.

    Open-Xchange, as at mailbox.org, makes a folder for the one kind or the other of it, some versions by the
    first that is named, others by the last.
    """
    url = dav.absolute(home, f"{name}/")
    shown_name = yield from _free_name(home)
    replies = []
    for components in (("VTODO", "VEVENT"), ("VEVENT",)):
        (reply,) = yield (dav.make_calendar(url, shown_name, components),)
        if dav.is_written(reply):
            kinds = yield from kinds_taken(url)
            if "VEVENT" in kinds or len(components) == 1:
                return url, "VTODO" in kinds and len(components) > 1
            (reply,) = yield (dav.delete_calendar(url),)
            if not dav.is_deleted(reply):
                raise dav.failed(reply)
            continue
        replies.append(reply)
        if reply.status in (0, 401, 429):
            break
    status = replies[0].status
    if status in (403, 405, 501):
        raise DavFailed(
            _("The server doesn't let Follow Up create a calendar ({status}).").format(status=status)
        )
    raise dav.failed(replies[0])


def kinds_taken(calendar: str) -> Steps[frozenset[str]]:
    """The components that a calendar says it takes; where it doesn't say, those of appointments and tasks."""
    name = dav.caldav("supported-calendar-component-set")
    (reply,) = yield (dav.propfind(calendar, (name,)),)
    if reply.status == 0:
        raise dav.failed(reply)
    told: frozenset[str] = frozenset()
    if reply.status == 207:
        answer = yield from dav.multistatus(reply, calendar)
        nodes = (each.prop.find(name) for each in answer.responses)
        kinds = (kind for node in nodes if node is not None for kind in node.all(dav.caldav("comp")))
        told = frozenset(kind.called.upper() for kind in kinds)
    return told or frozenset({"VEVENT", "VTODO"})


def _free_name(home: str) -> Steps[str]:
    """A name that no calendar there has: on the phone, two of the same name can't be told apart."""
    taken = {name.casefold() for name in (yield from _names(home)).values()}
    numbered = (f"{CALENDAR_NAME} {number}" for number in count(2))
    return next(name for name in chain((CALENDAR_NAME,), numbered) if name.casefold() not in taken)


def calendars_beside(home: str, calendar: str) -> Steps[tuple[str, ...]]:
    """What the program's own calendar is called, and those there that it made for others or before.

    Nothing where it's the only one, or the server doesn't say. A phone shows all of them alike.
    """
    names = yield from _names(home)
    own = names.pop(calendar, "")
    others = [name for url, name in names.items() if _OWN_PLACE.search(url) or _OWN_NAME.fullmatch(name)]
    return (own, *others) if own and others else ()


def _names(home: str) -> Steps[dict[str, str]]:
    """What is in the home is called, by address; whoever makes a calendar hears of what lasts."""
    name = dav.dav("displayname")
    (reply,) = yield (dav.propfind(home, (name,), depth=1),)
    try:
        answer = yield from dav.multistatus(dav.check(reply, 207), home)
    except DavFailed:
        return {}
    nodes = {f"{each.href.rstrip('/')}/": each.prop.find(name) for each in answer.responses}
    called = {url: " ".join(node.text.split()) for url, node in nodes.items() if node is not None}
    return {url: called_so for url, called_so in called.items() if called_so}
