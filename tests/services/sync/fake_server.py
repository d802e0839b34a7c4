"""A calendar server in memory, for tests that ask it thousands of times: what Radicale does, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

from followup_desktop.services.ports import WebReply

HOME = "/ana/"
_TOKEN = re.compile(rb"<D:sync-token>([^<]*)</D:sync-token>")
_HREF = re.compile(rb"<D:href>([^<]*)</D:href>")


@dataclass
class FakeServer:
    """Its calendars are folders of entries, each with its revision; and each change is told since a token."""

    name: str = "in memory"
    netloc: str = "127.0.0.1:9"
    calendars: set[str] = field(default_factory=set)
    entries: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    written: dict[str, list[str]] = field(default_factory=dict)
    """What the program wrote to each address, one after another."""

    @property
    def url(self) -> str:
        return f"http://{self.netloc}/"

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        path = urlsplit(url).path
        answers: dict[str, Callable[[], WebReply]] = {
            "PROPFIND": lambda: self._found(path, deep=headers.get("Depth") == "1"),
            "REPORT": lambda: self._got(path, body) if b"multiget" in body else self._changed(path, body),
            "MKCALENDAR": lambda: self._made(path),
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

    def _found(self, path: str, *, deep: bool) -> WebReply:
        if path not in {"/.well-known/caldav", HOME} and path not in self.calendars:
            return WebReply(status=404)
        home = f"<C:calendar-home-set><D:href>{HOME}</D:href></C:calendar-home-set>"
        responses = [_response(path, home)]
        if deep:
            responses += [self._listed(each) for each in self._in(path)]
        return _told(responses)

    def _in(self, path: str) -> list[str]:
        return [each for each in self.entries if each.startswith(path)]

    def _listed(self, path: str) -> str:
        return _response(path, f"<D:getetag>{escape(self._tag(path))}</D:getetag>")

    def _changed(self, path: str, body: bytes) -> WebReply:
        found = _TOKEN.search(body)
        token = found[1].decode() if found is not None else ""
        since = set(self.changes[int(token) :]) if token else set(self._in(path))
        gone = "<D:status>HTTP/1.1 404 Not Found</D:status>"
        responses = [
            self._listed(each)
            if each in self.entries
            else f"<D:response><D:href>{each}</D:href>{gone}</D:response>"
            for each in sorted(since)
            if each.startswith(path)
        ]
        return _told(responses, f"<D:sync-token>{len(self.changes)}</D:sync-token>")

    def _got(self, _path: str, body: bytes) -> WebReply:
        asked = [href.decode() for href in _HREF.findall(body)]
        return _told([self._whole(path) for path in asked if path in self.entries])

    def _whole(self, path: str) -> str:
        data = f"<C:calendar-data>{escape(self.entries[path][1].decode())}</C:calendar-data>"
        return _response(path, f"<D:getetag>{escape(self._tag(path))}</D:getetag>{data}")

    def _made(self, path: str) -> WebReply:
        self.calendars.add(path)
        return WebReply(status=201)

    def _read(self, path: str) -> WebReply:
        if path not in self.entries:
            return WebReply(status=404)
        return WebReply(status=200, headers={"etag": self._tag(path)}, body=self.entries[path][1])

    def _written(self, path: str, headers: dict[str, str], body: bytes) -> WebReply:
        is_there = path in self.entries
        if headers.get("If-Match", self._tag(path) if is_there else "") != (
            self._tag(path) if is_there else ""
        ) or (is_there and "If-None-Match" in headers):
            return WebReply(status=412)
        self._keep(path, body)
        self.written.setdefault(path, []).append(self.text(path))
        return WebReply(status=201, headers={"etag": self._tag(path)})

    def _deleted(self, path: str, headers: dict[str, str]) -> WebReply:
        if path not in self.entries:
            return WebReply(status=404)
        if headers.get("If-Match", self._tag(path)) != self._tag(path):
            return WebReply(status=412)
        self.delete(path)
        return WebReply(status=204)


def _response(path: str, prop: str) -> str:
    stat = f"<D:propstat><D:prop>{prop}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
    return f"<D:response><D:href>{path}</D:href>{stat}</D:response>"


def _told(responses: list[str], token: str = "") -> WebReply:
    spaces = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    body = f"<D:multistatus {spaces}>{''.join(responses)}{token}</D:multistatus>"
    return WebReply(status=207, body=body.encode())
