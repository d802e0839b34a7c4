"""Where an interview takes place on the net: the link of the meeting within the text of its location."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_CALLS = (
    "zoom.us", "zoom.com", "zoomgov.com", "meet.google.com", "teams.microsoft.com", "teams.live.com",
    "webex.com", "whereby.com", "meet.jit.si", "8x8.vc", "gotomeeting.com", "goto.com", "bluejeans.com",
    "skype.com", "chime.aws", "discord.gg", "facetime.apple.com", "hirevue.com", "coderpad.io",
    "hackerrank.com", "codesignal.com", "karat.io", "slack.com", "ringcentral.com",
)  # fmt: skip
"""Hosts of meetings: of several links theirs is the one to join, and theirs needs no ``https://``."""
_MAPS = (
    "maps.app.goo.gl", "maps.apple.com", "maps.apple", "openstreetmap.org", "osm.org", "waze.com", "here.com",
    "what3words.com", "w3w.co", "mapy.cz", "mapy.com", "citymapper.com",
)  # fmt: skip
_MAP_PAGE = re.compile(r"(?:^|\.)(?:google|bing|yandex|baidu|goo)\.[a-z.]+/maps(?:[/?@]|$)|^maps\.google\.")
"""Ways to the place, where nobody is met."""

_LINK = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}/[^\s<>\"“”„«»]+", re.IGNORECASE
)
_AFTER = ".,;:!?'’*_|"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """A page to open: its whole address, with ``http`` or ``https``, and the host by which it is named."""

    url: str
    host: str


def meeting_link(location: str) -> MeetingLink | None:
    """The link by which one joins a meeting that takes place there; ``None`` for a place one goes to.

    It may stand among other words ("Zoom: https://… (code 4711)"), and lack its ``https://`` where what
    follows the host shows that it is an address. A link to a map is a place. Of several links, the first of
    a host known for meetings is meant, else the first.
    """
    found = [link for link in _links(location) if not _is_map(link)]
    known = [link for link in found if _is_of(link.host, _CALLS)]
    return next(iter(known or found), None)


def without_addresses(text: str) -> str:
    """The text with the host instead of each whole address, which may hold a password: "Teams: meet.example".

    For what may be read over a shoulder or on a locked screen, and is opened by a button beside it.
    """
    for link in _links(text):
        written = link.url if link.url in text else link.url.removeprefix("https://")
        text = text.replace(written, link.host)
    return text


def _links(text: str) -> Iterator[MeetingLink]:
    """Every address in the text, in order."""
    matches = [*_LINK.finditer(text), *_BARE.finditer(_LINK.sub(lambda each: " " * len(each[0]), text))]
    for match in sorted(matches, key=lambda each: each.start()):
        address = _trimmed(match[0])
        with_scheme = _LINK.match(address) is not None
        link = _split(address if with_scheme else f"https://{address}")
        if link is not None and (with_scheme or _may_lack_scheme(address, link)):
            yield link


def _split(url: str) -> MeetingLink | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here, as reading it is what finds a wrong one
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return MeetingLink(url, host) if host else None


def _may_lack_scheme(address: str, link: MeetingLink) -> bool:
    """Whether it is an address, and not "Bldg.North/Room 3": those are written with capitals."""
    host, _slash, rest = address.partition("/")
    return bool(rest) and (host == host.lower() or _is_of(link.host, _CALLS))


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket that it opened itself stays."""
    while address:
        last = address[-1]
        opened = _BRACKETS.get(last)
        if last not in _AFTER and (opened is None or address.count(opened) >= address.count(last)):
            break
        address = address[:-1]
    return address


def _is_map(link: MeetingLink) -> bool:
    path = link.url.partition("://")[2].partition("/")[2]
    return _is_of(link.host, _MAPS) or _MAP_PAGE.search(f"{link.host}/{path}") is not None


def _is_of(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == each or host.endswith(f".{each}") for each in hosts)
