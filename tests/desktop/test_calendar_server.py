"""A calendar server connected and left in the window, and a phone whose changes Today asks about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.services.sync.account import Account
from tests.caldav_servers import PASSWORD, USER, HttpLine, Server, needs_loopback, radicale, xandikos
from tests.desktop.program import RunningProgram, facts, just_interviewed, problems, utc
from tests.desktop.programs import wait_until
from tests.desktop.reader import Reader
from tests.desktop.session import PrivateSession
from tests.services.sync.rig import Phone, Wire
from tests.web_servers import CERTIFICATES, Liar, Tunnels

TIMEOUT = 90.0
CONNECT, TRY, LEAVE = "Connect the calendar server", "Test connection", "Disconnect the calendar server"
REFUSED = "The server didn't accept the user name and app password. Enter them again."
IN_FILE = "No keyring was found, so your app password is in a file that only you can read."
UNKNOWN = (
    "Your computer doesn't trust the certificate of localhost. If it's your own server, add its certificate "
    "to those your system trusts."
)
ASKED = "Changed on your phone"
INTERVIEWS = {"i1", "i2", "i3"}
DENTIST = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phone//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
    b"DTSTAMP:20261001T080000Z\r\nDTSTART:20261020T080000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


@pytest.fixture(params=[radicale, xandikos])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with request.param(tmp_path) as server:
        yield server


def search(now: datetime) -> dict[str, Any]:
    """An interview of today that isn't written up yet, an answer promised for last week, and one to come."""
    today = just_interviewed(now)
    del today["interviews"][0]["debriefed_at"]
    del today["interviews"][0]["reply_by"]
    before = just_interviewed(now, timedelta(days=20)) | {
        "id": "a2",
        "employer": "Globex",
        "contacts": ["c1"],
    }
    held = {**before["interviews"][0], "id": "i2", "reply_by": f"{now - timedelta(days=7):%Y-%m-%d}"}
    thanked = {"id": "e1", "kind": "thank_you", "at": utc(now - timedelta(days=19)), "contact": "c1"}
    before |= {"contacts": ["c1"], "interviews": [held], "events": [{**thanked, "interview": "i2"}]}
    coming = just_interviewed(now, timedelta(days=-9)) | {"id": "a3", "employer": "Initech"}
    begins = f"{now + timedelta(days=9):%Y-%m-%dT10:00}"
    coming["interviews"] = [{"id": "i3", "starts_at": begins, "timezone": "UTC", "minutes": 45}]
    return facts(today, before, coming, quiet_from="00:00", quiet_until="00:00")


class Connected:
    """The program in its window, worked by the names of its controls, with what it knows of the server."""

    def __init__(self, session: PrivateSession, netloc: str, **env: str) -> None:
        self.program = RunningProgram(session, search(datetime.now(UTC).replace(microsecond=0)))
        self.program.start(**env)
        self.reader = Reader(session)
        self._netloc = netloc
        self._wires: list[Wire] = []

    def close(self) -> None:
        for wire in self._wires:
            wire.close()
        self.reader.close()

    def press_and_hear(self, button: str, words: str) -> None:
        """Press it, and fail unless this is told. It is shown for 8 s, as long as a look may take."""
        self.reader.listen()
        self.reader.press(button)
        assert words in [name for _kind, name in self.reader.heard(words)]

    def open_settings(self) -> None:
        self.reader.press("Settings", role="radio button")
        self.reader.enter("Find a setting", "CalDAV")

    def open_today(self) -> None:
        self.reader.press("Today", role="radio button")

    def enter(self, address: str, user: str, password: str) -> None:
        """Fill in the form and press its button."""
        self.reader.enter("Server or email address", address)
        self.reader.enter("User name", user)
        self.reader.enter("App password", password)
        self.reader.press(CONNECT)

    def account(self) -> Account | None:
        return Account.from_text(self._state("account"))

    def phone(self) -> Phone:
        """Another program at the calendar that this one has made."""
        wire = Wire(HttpLine(self._netloc))
        self._wires.append(wire)
        return Phone(wire, self._state("calendar"))

    def published(self) -> dict[str, str]:
        """What the entries are about, by their UIDs; an appointment is repeated for a second reminder."""
        return dict(self._rows("SELECT uid, subject FROM published WHERE etag <> ''"))

    def uid(self, subject: str) -> str:
        """The only entry's that is about this."""
        (found,) = (uid for uid, about in self.published().items() if about == subject)
        return found

    def is_alike(self, *, tasks: bool) -> bool:
        """Whether all that is wanted stands there, the follow-ups in that form."""
        published, texts = self.published(), self.phone().texts()
        follow_ups = {uid for uid, about in published.items() if about not in INTERVIEWS}
        written = {uid for uid, text in texts.items() if "BEGIN:VTODO" in text}
        is_due = {each["key"] for each in self.program.due()} <= set(published.values())
        return is_due and texts.keys() == published.keys() and written == (follow_ups if tasks else set())

    def _state(self, name: str) -> str:
        found = self._rows("SELECT value FROM sync_state WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def _rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        path = f"file:{self.program.folder}/followup.db?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            return database.execute(statement, values).fetchall()


@contextmanager
def connected(session: PrivateSession, netloc: str = "", **env: str) -> Iterator[Connected]:
    with ExitStack() as stack:
        there = Connected(session, netloc, **env)
        stack.callback(there.close)
        yield there
        there.program.leave()
    assert problems(there.program.folder) == ""


@pytest.fixture
def there(accessible_session: PrivateSession, server: Server) -> Iterator[Connected]:
    with connected(accessible_session, server.netloc) as there:
        yield there


def test_a_server_is_connected_tried_and_left(there: Connected, server: Server) -> None:
    reader = there.reader
    there.open_settings()
    if server.name == "Radicale":  # the other one asks for no password
        there.enter(server.url, USER, "wrong")
        reader.has(REFUSED)
        assert there.account() is None
        reader.enter("App password", PASSWORD)
        reader.press(CONNECT)
    else:
        there.enter(server.url, USER, PASSWORD)
    reader.has(f"Connected to 127.0.0.1 as {USER}, up to date", part=True)
    reader.has(IN_FILE)
    (kept,) = there.program.folder.glob("**/passwords.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    wait_until(lambda: there.is_alike(tasks=False), TIMEOUT, "all stands on the server")
    titles = there.phone().titles()
    assert any("Initech" in title for title in titles)

    reader.press("Hide names on the server")
    wait_until(lambda: set(there.phone().titles()) <= {"Interview", "Follow-up due"}, TIMEOUT, "no names")
    reader.press("Follow-ups as tasks")
    wait_until(lambda: there.is_alike(tasks=True), TIMEOUT, "follow-ups are tasks")
    reader.press("Hide names on the server")
    reader.press("Follow-ups as tasks")
    wait_until(
        lambda: there.is_alike(tasks=False) and there.phone().titles() == titles, TIMEOUT, "all is as before"
    )

    phone = there.phone()
    reader.press(LEAVE)
    there.press_and_hear("Keep the calendar", "Disconnected. The calendar stays on the server as it is now.")
    assert there.account() is None
    assert not kept.exists()
    assert phone.titles() == titles

    there.enter(f"{server.url}{USER}/", USER, PASSWORD)
    reader.has(f"Connected to 127.0.0.1 as {USER}, up to date", part=True)
    second = there.phone()
    assert second.url != phone.url
    wait_until(lambda: second.titles() == titles, TIMEOUT, "another calendar is filled")
    there.open_today()
    reader.has("Your calendar server also has “Follow Up”", part=True)
    reader.press("OK", below=ASKED)
    there.open_settings()
    own = second.ask("PUT", f"{second.url}dentist.ics", DENTIST, Content_Type="text/calendar")
    assert own.status in (201, 204)
    reader.press(LEAVE)
    reader.has("The calendar also holds 1 entry that isn't from Follow Up.", part=True)
    there.press_and_hear(
        "Remove the calendar", "Disconnected, and removed the calendar. Your data here stays as it is."
    )
    gone = second.ask("PROPFIND", second.url, Depth="0")
    assert "404" in f"{gone.status} {gone.body.decode()}"  # Xandikos says it within an answer
    assert phone.titles() == titles  # no other one is touched


def test_what_the_phone_does_is_answered_in_today(there: Connected, server: Server) -> None:
    reader, program = there.reader, there.program
    there.open_settings()
    there.enter(server.url, USER, PASSWORD)
    reader.has(IN_FILE)
    reader.press("Follow-ups as tasks")
    wait_until(lambda: there.is_alike(tasks=True), TIMEOUT, "follow-ups are tasks")
    keys = {each["rule"]: each["key"] for each in program.due()}
    phone, interview = there.phone(), there.uid("i3")
    phone.complete(there.uid(keys["debrief"]))
    phone.complete(there.uid(keys["status_call"]))
    moved = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
    phone.move(interview, moved)
    reader.press(TRY)
    there.open_today()

    reader.press("Debrief", below=ASKED)
    reader.enter("What did you talk about?", "the move to streaming")
    reader.press("Save debrief")
    wait_until(lambda: _interview(program, 0).get("debriefed_at"), TIMEOUT, "the debrief is stored")
    assert "the move to streaming" in str(_interview(program, 0))
    there.open_today()
    reader.press("Spoke", below=ASKED)
    reader.press("Nothing new")
    wait_until(lambda: "spoke" in _outcomes(program), TIMEOUT, "the call is stored")
    reader.press("Use the new time", below=ASKED)
    wait_until(
        lambda: _interview(program, 2)["starts_at"] == f"{moved:%Y-%m-%dT%H:%M}", TIMEOUT, "it is taken over"
    )

    def asked() -> bool:
        return any(ASKED in name for _role, name in reader.shown())

    wait_until(lambda: not asked(), TIMEOUT, "nothing more is asked")
    wait_until(lambda: there.is_alike(tasks=True), TIMEOUT, "both sides are alike")
    phone.delete(interview)
    there.open_settings()
    reader.press(TRY)
    there.open_today()
    reader.press("They cancelled", below=ASKED)
    wait_until(lambda: _interview(program, 2).get("cancelled"), TIMEOUT, "it is cancelled")


def test_a_way_that_others_could_read_is_refused_in_a_sentence(accessible_session: PrivateSession) -> None:
    needs_loopback()
    with ExitStack() as stack:
        good, expired = (stack.enter_context(Liar(b"", each)) for each in ("localhost.pem", "expired.pem"))
        there = stack.enter_context(connected(accessible_session))
        there.open_settings()
        there.enter("http://cloud.example.org", USER, PASSWORD)
        there.reader.has("Without https, anyone in between could read your password. Use the https address.")
        for address, sentence in (
            (good.url("localhost"), UNKNOWN),
            (
                expired.url("localhost"),
                "The certificate of localhost has expired. Its owner has to renew it.",
            ),
            (good.url(), "The certificate doesn't belong to 127.0.0.1. Check the address."),
        ):
            there.reader.enter("Server or email address", address)
            there.reader.press(CONNECT)
            there.reader.has(sentence)
        assert there.account() is None
        assert good.asked == expired.asked == []


TRUST = """
from PySide6.QtNetwork import QSslCertificate, QSslConfiguration
trusting = QSslConfiguration.defaultConfiguration()
trusting.addCaCertificates(QSslCertificate.fromPath({certificate!r}))
QSslConfiguration.setDefaultConfiguration(trusting)
"""


def test_a_mail_address_is_enough_and_the_way_leads_through_the_proxy(
    accessible_session: PrivateSession, tmp_path: Path
) -> None:
    certificate = CERTIFICATES / "calendar.example.pem"
    (tmp_path / "sitecustomize.py").write_text(TRUST.format(certificate=str(certificate)), "utf-8")
    with radicale(tmp_path, certificate) as server, Tunnels(server.port) as proxy:
        env = {"https_proxy": proxy.url, "PYTHONPATH": str(tmp_path)}
        with connected(accessible_session, **env) as there:
            there.open_settings()
            there.enter(f"{USER}@calendar.example", USER, PASSWORD)
            there.reader.has(f"Connected to calendar.example as {USER}, up to date", part=True)
            written = {each.stem for each in tmp_path.glob("collections/**/follow-up-*/*.ics")}
            assert len(written) == len(there.published()) > len(INTERVIEWS)
            assert set(proxy.asked) == {"CONNECT calendar.example:443 HTTP/1.1"}


def _interview(program: RunningProgram, place: int) -> dict[str, Any]:
    interview: dict[str, Any] = program.exported()["applications"][place]["interviews"][0]
    return interview


def _outcomes(program: RunningProgram) -> list[str]:
    """How the calls to Globex went."""
    events = program.exported()["applications"][1]["events"]
    return [event.get("outcome", "") for event in events if event["kind"] == "call"]
