"""A calendar server in memory: it answers as Radicale does, without a process, a wire and a disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from followup_desktop.services.ports import WebReply
from tests.caldav_servers import USER, authorization

HOME = f"/{USER}/"
_TOKENS = "http://example.org/sync/"
_TOKEN = re.compile(rb"<D:sync-token>([^<]*)</D:sync-token>")
_HREF = re.compile(rb"<D:href>([^<]*)</D:href>")
_PROP = re.compile(r"<D:prop>(.*?)</D:prop>", re.DOTALL)
_NAME = re.compile(r"<([DC]:[a-z-]+)/>")
_SHOWN_AS = re.compile(rb"<D:displayname>([^<]*)</D:displayname>")
_KIND = re.compile(rb'<C:comp name="([^"]*)"/>')
_UID = re.compile(r"^UID:(.*?)\r?$", re.MULTILINE)


@dataclass
class Calendar:
    """What it is called, and the kinds of entries that it takes."""

    name: str = ""
    kinds: tuple[str, ...] = ("VEVENT", "VTODO")


@dataclass
class FakeServer:
    """Its calendars are folders of entries, each with its revision; and each change is told since a token."""

    name: str = "in memory"
    port: int = 9
    calendars: dict[str, Calendar] = field(default_factory=dict)
    entries: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    written: dict[str, list[str]] = field(default_factory=dict)
    """What the program wrote to each address, one after another."""
    is_up: bool = True

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}/"

    def stop(self) -> None:
        self.is_up = False

    def start(self) -> None:
        self.is_up = True

    def line(self) -> FakeServer:
        return self

    def close(self) -> None:
        """Let go of the line, which is none."""

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        if not self.is_up:
            raise ConnectionRefusedError
        path = unquote(urlsplit(url).path)
        if path == "/.well-known/caldav":
            return WebReply(status=301, headers={"location": "/"})
        if headers.get("Authorization") != authorization():
            return WebReply(status=401)
        answers: dict[str, Callable[[], WebReply]] = {
            "PROPFIND": lambda: self._found(path, body.decode(), deep=headers.get("Depth") == "1"),
            "PROPPATCH": lambda: self._named(path, body),
            "REPORT": lambda: self._got(path, body) if b"multiget" in body else self._changed(path, body),
            "MKCALENDAR": lambda: self._made(path, body),
            "GET": lambda: self._read(path),
            "PUT": lambda: self._written(path, headers, body),
            "DELETE": lambda: self._deleted(path, headers),
        }
        return answers[method]()

    def text(self, path: str) -> str:
        """What stands there, unfolded."""
        return self.entries[path][1].decode().replace("\r\n ", "")

    def put(self, path: str, text: str) -> None:
        """Write it as a phone does, over whatever is there."""
        self._keep(path, text.encode())

    def delete(self, path: str) -> None:
        """Delete it as a phone does."""
        del self.entries[path]
        self.changes.append(path)

    def _keep(self, path: str, data: bytes) -> None:
        self.changes.append(path)
        self.entries[path] = len(self.changes), data

    def _tag(self, path: str) -> str:
        return f'"{self.entries[path][0]}"'

    def _in(self, path: str) -> list[str]:
        return [each for each in self.entries if each.startswith(path)]

    def _found(self, path: str, body: str, *, deep: bool) -> WebReply:
        if path not in {"/", HOME, *self.calendars, *self.entries}:
            return WebReply(status=404)
        below = [*self.calendars] if path == HOME else self._in(path) if path in self.calendars else []
        asked = _PROP.search(body)
        assert asked is not None
        names = _NAME.findall(asked[1])
        return _told([self._described(each, names) for each in [path, *(below if deep else [])]])

    def _described(self, path: str, names: list[str]) -> str:
        has = {"D:current-user-principal": _link(HOME)}
        if path == "/":
            has["D:resourcetype"] = "<D:collection/>"
        elif path == HOME:
            has |= {"D:resourcetype": "<D:principal/><D:collection/>", "C:calendar-home-set": _link(HOME)}
        elif (calendar := self.calendars.get(path)) is not None:
            has["D:resourcetype"] = "<C:calendar/><D:collection/>"
            has["D:displayname"] = escape(calendar.name)
            has["D:getetag"] = f'"of {len(self.changes)}"'
            kinds = "".join(f'<C:comp name="{kind}"/>' for kind in calendar.kinds)
            has["C:supported-calendar-component-set"] = kinds
        else:
            has |= {"D:resourcetype": "", "D:getetag": escape(self._tag(path))}
        there = "".join(f"<{name}>{has[name]}</{name}>" for name in names if name in has)
        missing = "".join(f"<{name}/>" for name in names if name not in has)
        return _response(path, (there, "200 OK"), (missing, "404 Not Found"))

    def _named(self, path: str, body: bytes) -> WebReply:
        found = _SHOWN_AS.search(body)
        if path not in self.calendars or found is None:
            return WebReply(status=404)
        self.calendars[path].name = unescape(found[1].decode())
        return _told([_response(path, ("<D:displayname/>", "200 OK"))])

    def _changed(self, path: str, body: bytes) -> WebReply:
        if path not in self.calendars:
            return WebReply(status=404)
        found = _TOKEN.search(body)
        token = found[1].decode() if found is not None else ""
        count = token.removeprefix(_TOKENS)
        if token and (not token.startswith(_TOKENS) or int(count) > len(self.changes)):
            return WebReply(status=403, body=b'<error xmlns="DAV:"><valid-sync-token/></error>')
        since = set(self.changes[int(count) :]) if token else set(self._in(path))
        responses = [self._listed(each) for each in sorted(since) if each.startswith(path)]
        return _told(responses, f"<D:sync-token>{_TOKENS}{len(self.changes)}</D:sync-token>")

    def _listed(self, path: str) -> str:
        return self._described(path, ["D:getetag"]) if path in self.entries else _gone(path)

    def _got(self, path: str, body: bytes) -> WebReply:
        if path not in self.calendars:
            return WebReply(status=404)
        return _told([self._whole(unquote(href.decode())) for href in _HREF.findall(body)])

    def _whole(self, path: str) -> str:
        if path not in self.entries:
            return _gone(path)
        data = f"<C:calendar-data>{escape(self.entries[path][1].decode())}</C:calendar-data>"
        return _response(path, (f"<D:getetag>{escape(self._tag(path))}</D:getetag>{data}", "200 OK"))

    def _made(self, path: str, body: bytes) -> WebReply:
        if path in self.calendars:
            return WebReply(status=409)
        found = _SHOWN_AS.search(body)
        kinds = tuple(kind.decode() for kind in _KIND.findall(body))
        self.calendars[path] = Calendar(unescape(found[1].decode()) if found is not None else "", kinds)
        return WebReply(status=201)

    def _read(self, path: str) -> WebReply:
        if path in self.calendars:
            return WebReply(status=200, body=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        if path not in self.entries:
            return WebReply(status=404)
        return WebReply(status=200, headers={"etag": self._tag(path)}, body=self.entries[path][1])

    def _written(self, path: str, headers: dict[str, str], body: bytes) -> WebReply:
        is_there, folder = path in self.entries, path.rpartition("/")[0] + "/"
        if headers.get("If-Match", self._tag(path) if is_there else "") != (
            self._tag(path) if is_there else ""
        ) or (is_there and "If-None-Match" in headers):
            return WebReply(status=412)
        if folder not in self.calendars or self._has_elsewhere(folder, path, body):
            return WebReply(status=409)
        if b"BEGIN:VCALENDAR" not in body:
            return WebReply(status=400)
        self._keep(path, body)
        self.written.setdefault(path, []).append(self.text(path))
        return WebReply(status=201, headers={"etag": self._tag(path)})

    def _has_elsewhere(self, folder: str, path: str, body: bytes) -> bool:
        """Whether another entry of that calendar has the UID."""
        uid = _UID.search(body.decode().replace("\r\n ", ""))
        line = f"\nUID:{uid[1]}\r\n" if uid is not None else ""
        return bool(line) and any(line in self.text(each) for each in self._in(folder) if each != path)

    def _deleted(self, path: str, headers: dict[str, str]) -> WebReply:
        if path in self.calendars:
            for each in self._in(path):
                self.delete(each)
            del self.calendars[path]
            return WebReply(status=200)
        if path not in self.entries:
            return WebReply(status=404)
        if headers.get("If-Match", self._tag(path)) != self._tag(path):
            return WebReply(status=412)
        self.delete(path)
        return WebReply(status=200)


def _link(path: str) -> str:
    return f"<D:href>{path}</D:href>"


def _response(path: str, *parts: tuple[str, str]) -> str:
    told = "".join(
        f"<D:propstat><D:prop>{props}</D:prop><D:status>HTTP/1.1 {status}</D:status></D:propstat>"
        for props, status in parts
        if props
    )
    return f"<D:response>{_link(escape(path))}{told}</D:response>"


def _gone(path: str) -> str:
    return f"<D:response>{_link(escape(path))}<D:status>HTTP/1.1 404 Not Found</D:status></D:response>"


def _told(responses: list[str], token: str = "") -> WebReply:
    spaces = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    body = f"<D:multistatus {spaces}>{''.join(responses)}{token}</D:multistatus>"
    return WebReply(status=207, body=body.encode())
