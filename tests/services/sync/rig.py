"""A search that is published on a server, and the phone at the other end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Interview
from followup_desktop.services.ports import Credentials, KeyringUnavailable, WebReply, WebRequest
from followup_desktop.services.sync import dav
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.calendar_sync import CalendarSync, SyncPorts, WantedMaker
from followup_desktop.services.sync.entry_state import is_gone
from followup_desktop.services.sync.failures import Steps
from followup_desktop.services.sync.objects import CalendarObject, read_object
from followup_desktop.services.sync.passwords import Passwords
from followup_desktop.services.sync.wanted_calendar import wanted_calendar
from followup_desktop.storage.published import BESIDE_UID
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import URL
from tests.caldav_servers import PASSWORD, USER, CalendarServer, Line, authorization
from tests.services.conftest import Desk, acme

FIRST = datetime.fromisoformat("2026-10-19T09:00")


class Memory:
    """Passwords in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        self.kept[name] = secret

    def delete(self, name: str, is_cancelled: Callable[[], bool] = bool) -> None:
        self.kept.pop(name, None)


class NoKeyring(Memory):
    """A system without one."""

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        raise KeyringUnavailable("There's no keyring.")

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        raise KeyringUnavailable("There's no keyring.")


T = TypeVar("T")


def finished(steps: Steps[T]) -> T:
    """What comes of steps that ask the server for nothing."""
    try:
        while not next(steps):
            pass
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("the server is asked for something")


Answerer = Callable[[WebRequest], WebReply | None]


class Wire:
    """Sends requests over one connection; what is to come back waits until ``run``.

    ``instead`` may answer in the server's stead, or cut the wire by raising ``ConnectionError``.
    """

    def __init__(self, line: Line) -> None:
        self.plain = line.answer
        self.close = line.close
        self.proxy_login: Credentials | None = None
        self.sent: list[WebRequest] = []
        self.instead: Answerer = lambda _request: None
        self.after: Answerer = lambda _request: None
        self._waiting: list[Callable[[], None]] = []
        self._round = 0

    def send(
        self, requests: Sequence[WebRequest], login: Credentials, then: Callable[[list[WebReply]], None]
    ) -> None:
        number = self._round
        self._waiting.append(
            lambda: then([self._one(each, login) for each in requests]) if number == self._round else None
        )

    def stop(self) -> None:
        self._round += 1

    def later(self, _milliseconds: int, call: Callable[[], None]) -> None:
        self._waiting.append(call)

    def run(self) -> None:
        """Until nothing is under way any more."""
        while self._waiting:
            self.step()

    def step(self) -> None:
        """Let one thing come back, if one is to."""
        if self._waiting:
            self._waiting.pop(0)()

    def forget(self) -> None:
        """Nothing more comes back: the program that asked is gone."""
        self.stop()
        self._waiting.clear()

    def _one(self, request: WebRequest, login: Credentials) -> WebReply:
        self.sent.append(request)
        headers = dict(request.headers)
        if request.has_password:
            assert (login.user, login.password) == (USER, PASSWORD)
            headers["Authorization"] = authorization()
        try:
            reply = self.instead(request) or self.plain(request.method, request.url, headers, request.body)
            return self.after(request) or reply
        except OSError:
            self.close()
            return WebReply(status=0, failure="There's no connection to the server.")


class Phone:
    """Another program at the same calendar."""

    def __init__(self, wire: Wire, url: str) -> None:
        self._wire = wire
        self.url = url
        self._end = f"-{url.rstrip('/').rpartition('-')[2]}"
        """What the program puts behind a UID in this calendar."""

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> WebReply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._wire.plain(method, url, {"Authorization": authorization(), **named}, body)

    def hrefs(self) -> dict[str, str]:
        """The tags of what is there, by address."""
        request = dav.propfind(self.url, (dav.dav("getetag"),), depth=1)
        reply = self.ask("PROPFIND", self.url, request.body, Depth="1", Content_Type="application/xml")
        found = {}
        for each in finished(dav.multistatus(reply, self.url)).responses:
            tag = each.prop.find(dav.dav("getetag"))
            if each.href != self.url and tag is not None:
                found[each.href] = tag.text
        return found

    def texts(self) -> dict[str, str]:
        """What is there, by UID."""
        found = {}
        for href in self.hrefs():
            got = self.ask("GET", href)
            if got.status == 404:  # it went since they were listed
                continue
            text = got.body.decode().replace("\r\n ", "")
            there = read_object(text.encode())
            assert there is not None
            found[there.uid.removesuffix(self._end)] = text
        return found

    def objects(self) -> dict[str, CalendarObject]:
        found = {}
        for uid, text in self.texts().items():
            there = read_object(text.encode())
            assert there is not None
            found[uid] = there
        return found

    def titles(self) -> list[str]:
        return sorted(
            line.partition(":")[2]
            for text in self.texts().values()
            for line in text.splitlines()
            if line.startswith("SUMMARY")
        )

    def href(self, uid: str) -> str:
        return f"{self.url}{uid}{self._end}.ics"

    def delete(self, uid: str) -> None:
        assert self.ask("DELETE", self.href(uid)).status in (200, 204)

    def change(self, uid: str, change: Callable[[str], str]) -> None:
        """Read, change and write an entry, as a phone does: with its own name in it."""
        got = self.ask("GET", self.href(uid))
        text = change(got.body.decode().replace("\r\n ", ""))
        lines = ["PRODID:-//Phone//EN" if line.startswith("PRODID") else line for line in text.splitlines()]
        data = "".join(f"{line}\r\n" for line in lines).encode()
        tag = got.headers["etag"]
        written = self.ask("PUT", self.href(uid), data, If_Match=tag, Content_Type="text/calendar")
        assert written.status in (200, 201, 204)

    def complete(self, uid: str) -> None:
        self.change(uid, lambda text: text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))

    def move(self, uid: str, start: datetime) -> None:
        self.begin(uid, f"DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}")

    def begin(self, uid: str, start: str) -> None:
        """Have it begin as this line says."""

        def moved(text: str) -> str:
            lines = [
                start if line.startswith("DTSTART") and before == "BEGIN:VEVENT" else line
                for before, line in _in_components(text)
            ]
            return "\r\n".join(lines)

        self.change(uid, moved)


def _in_components(text: str) -> list[tuple[str, str]]:
    """Each line, with the component it stands in."""
    path, found = [""], []
    for line in text.splitlines():
        if line.startswith("BEGIN:"):
            path.append(line)
        found.append((path[-1], line))
        if line.startswith("END:"):
            path.pop()
    return found


def at_once(work: Callable[[], None]) -> Callable[[float], bool]:
    """Run work now, in place of a thread."""
    work()
    return lambda _seconds: True


@dataclass
class Rig:
    """A desk, the sync over it, the wire between, and the phone."""

    desk: Desk
    server: CalendarServer
    secrets: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.wire, self.other = Wire(self.server.line()), Wire(self.server.line())
        self.start()

    def start(self) -> None:
        """Start the program, perhaps again."""
        maker = WantedMaker(self.desk.store.facts_and_plan, self.desk.wording)
        outside = SyncPorts(
            connect=lambda: self.wire,
            passwords=Passwords(lambda: self.secrets, Memory),
            run=at_once,
            later=self.wire.later,
            clock=lambda: self.desk.now,
        )
        self.sync = CalendarSync(self.desk.store, maker, outside)
        self.sync.finish_with(self.finish)
        self.desk.store.subscribe(lambda _changes: self.sync.facts_changed())

    def close(self) -> None:
        """Let go of the connections."""
        self.wire.close()
        self.other.close()

    def finish(self, key: str) -> bool:
        try:
            self.desk.tracker.answer(key, Answer.DONE)
        except Refused:
            return False
        return True

    def connect(self, *, tasks: bool = False, private: bool = False) -> Phone:
        told: list[str] = []
        self.sync.connect(self.server.url, USER, PASSWORD, told.append)
        self.wire.run()
        assert told == [""]
        self.desk.store.published.save(settled=(BESIDE_UID,))  # other tests make calendars there, too
        self.sync.set_options(SyncOptions(tasks=tasks, private=private))
        self.beat()
        return self.phone()

    def phone(self) -> Phone:
        return Phone(self.other, self.desk.store.published.state()[URL])

    def beat(self, after: timedelta = timedelta(seconds=30)) -> None:
        """The next heartbeat, with all that it brings about."""
        self.desk.now += after
        self.sync.beat(self.desk.now)
        self.wire.run()

    def look(self) -> None:
        """The heartbeat with which the server is looked at."""
        self.beat(timedelta(minutes=15))

    def wanted(self) -> dict[str, datetime]:
        """What is to stand there: when each begins, by UID."""
        account = self.sync.account
        assert account is not None
        made = wanted_calendar(
            self.desk.store.facts_and_plan(), self.desk.now, self.desk.wording, account.written_as
        )
        return {uid: each.starts_at for uid, each in made.items.items()}

    def there(self) -> dict[str, datetime | None]:
        """What does."""
        return {uid: each.starts_at for uid, each in self.phone().objects().items()}

    def uid(self, subject: str) -> str:
        rows = self.desk.store.published.all().values()
        return next(row.uid for row in rows if row.subject == subject and not is_gone(row))

    def writes(self) -> int:
        """How many writes there were since this was last asked."""
        count = sum(request.method in ("PUT", "DELETE") for request in self.wire.sent)
        self.wire.sent.clear()
        return count


def busy(count: int) -> list[Application]:
    """So many applications, each with an interview some day in the coming weeks."""
    return [
        acme(
            id=f"a{n}",
            employer=f"Company {n}",
            interviews=(
                Interview(
                    id=f"i{n}",
                    starts_at=FIRST + timedelta(days=n % 20, minutes=15 * (n % 30)),
                    minutes=45,
                ),
            ),
        )
        for n in range(count)
    ]


__all__ = ["Memory", "Phone", "Rig", "Store", "Wire", "busy"]
