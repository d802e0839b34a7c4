"""The one way to a network, with servers that keep to nothing, and with a real one."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from socketserver import StreamRequestHandler
from threading import Event, Thread

import pytest
from jeepney import HeaderFields, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection
from PySide6.QtNetwork import QSslCertificate, QSslConfiguration
from pytestqt.qtbot import QtBot

from followup_desktop.services.ports import Credentials, KeyringUnavailable, WebReply, WebRequest
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.calendar_sync import CalendarSync, SyncPorts, WantedMaker
from followup_desktop.services.sync.passwords import Passwords
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system import web_client
from followup_desktop.system.keyrings.password_file import PasswordFile
from followup_desktop.system.web_client import QtWebClient
from tests.caldav_servers import PASSWORD, USER, needs_loopback, radicale, radicale_by_http2
from tests.desktop.conftest import is_missing
from tests.desktop.programs import wait_until
from tests.services.conftest import Desk, acme
from tests.services.sync.rig import Memory, Rig, at_once
from tests.web_servers import CERTIFICATES, Liar, Served, http

LOGIN = Credentials(user="ana", password="wörd")


class NoKeyring(Memory):
    """A system without one."""

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        raise KeyringUnavailable("There's no keyring.")


Serve = Callable[..., Liar]


@pytest.fixture
def serve() -> Iterator[Serve]:
    needs_loopback()
    servers: list[Liar] = []

    def start(answer: bytes, certificate: str = "", *, closes: bool = True) -> Liar:
        servers.append(Liar(answer, certificate, closes=closes))
        return servers[-1]

    yield start
    for server in servers:
        server.server_close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    store = Store(open_database(None))
    Planner(store)
    yield Desk(store)
    store.close()


@pytest.fixture
def client(qapp: object) -> Iterator[QtWebClient]:
    made = QtWebClient()
    yield made
    made.stop()
    made.deleteLater()


def ask(qtbot: QtBot, client: QtWebClient, *urls: str, **fields: object) -> list[WebReply]:
    found: list[list[WebReply]] = []
    requests = [WebRequest(method="PROPFIND", url=url, **fields) for url in urls]  # type: ignore[arg-type]
    client.send(requests, LOGIN, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_the_password_goes_with_a_request_only_where_it_is_to(
    qtbot: QtBot, client: QtWebClient, serve: Serve
) -> None:
    server = serve(http("207 Multi-Status", b"yes", ETag='"1"'))
    (reply,) = ask(qtbot, client, server.url())
    assert (reply.status, reply.body, reply.headers["etag"]) == (207, b"yes", '"1"')
    assert b"\r\nAuthorization: Basic YW5hOnfDtnJk\r\n" in b"\r\n" + server.asked[0]
    ask(qtbot, client, server.url(), has_password=False)
    assert b"authorization" not in server.asked[1].lower()


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_given_back_and_not_followed(
    qtbot: QtBot, client: QtWebClient, serve: Serve, status: str
) -> None:
    other = serve(http("200 OK", b"mine"))
    server = serve(http(status, Location=other.url()))
    (reply,) = ask(qtbot, client, server.url())
    assert reply.status == int(status[:3])
    assert reply.headers["location"] == other.url()
    assert other.asked == []


@pytest.mark.parametrize("status", [401, 403, 404, 412, 500, 503, 507])
def test_what_a_server_refuses_is_an_answer_with_its_body(
    qtbot: QtBot, client: QtWebClient, serve: Serve, status: int
) -> None:
    challenge = {"WWW-Authenticate": 'Basic realm="x"'} if status == 401 else {}
    server = serve(http(f"{status} No", b"why", **challenge))
    (reply,) = ask(qtbot, client, server.url())
    assert (reply.status, reply.failure) == (status, "")
    assert len(server.asked) == 1  # it isn't tried again with the same password


@pytest.mark.parametrize(
    "url",
    ["http://caldav.example.org/", "ftp://localhost/", "http://127.0.0.1.example.org/", "https://a:b@c/"],
)
def test_nothing_is_sent_where_others_could_read_it(qtbot: QtBot, client: QtWebClient, url: str) -> None:
    (reply,) = ask(qtbot, client, url)
    assert (reply.status, reply.failure) == (0, "Follow Up only connects over https.")


def test_an_answer_that_breaks_off_is_none_however_busy_the_window_is(
    qtbot: QtBot, qapp: object, serve: Serve
) -> None:
    """Qt takes it for a whole one if it hears of the end of the connection together with the beginning."""
    server = serve(http("207 Multi-Status", b"x" * 100)[:-10])
    busy = QTimer()
    busy.timeout.connect(lambda: Event().wait(0.02))
    busy.start(0)
    told: Counter[tuple[int, str]] = Counter()
    for _ in range(20):
        client = QtWebClient()
        (reply,) = ask(qtbot, client, server.url())
        told[reply.status, reply.failure] += 1
        client.deleteLater()
    busy.stop()
    assert told == {(0, "127.0.0.1 stopped responding halfway."): 20}


def test_an_answer_whose_length_is_told_twice_is_whole(
    qtbot: QtBot, client: QtWebClient, serve: Serve
) -> None:
    """So Qt tells it of each 401 over HTTP/2: no server that speaks it could be connected."""
    twice = http("401 Who", b"x" * 43).replace(b"Content-Length: 43\r\n", b"Content-Length: 43\r\n" * 2)
    (reply,) = ask(qtbot, client, serve(twice).url())
    assert (reply.status, reply.failure, reply.headers["content-length"]) == (401, "", "43, 43")


@pytest.mark.parametrize("garbage", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_an_answer_that_is_no_http_is_told_in_a_sentence(
    qtbot: QtBot, client: QtWebClient, serve: Serve, garbage: bytes
) -> None:
    (reply,) = ask(qtbot, client, serve(garbage).url())
    assert reply.status == 0
    assert reply.failure.startswith("127.0.0.1 ")


def test_a_server_that_falls_silent_is_given_up(
    qtbot: QtBot, client: QtWebClient, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_client, "IDLE_MS", 100)
    server = serve(http("207 Multi-Status", b"x" * 100)[:-10], closes=False)
    (reply,) = ask(qtbot, client, server.url())
    assert (reply.status, reply.failure) == (0, "127.0.0.1 takes too long to answer.")


def test_the_whole_may_take_no_longer_than_its_time(
    qtbot: QtBot, client: QtWebClient, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_client, "WHOLE_MS", 100)
    (reply,) = ask(qtbot, client, serve(b"HTTP/1.1 200 OK\r\n", closes=False).url())
    assert reply.failure == "127.0.0.1 takes too long to answer."


def test_an_answer_that_is_too_large_is_given_up(
    qtbot: QtBot, client: QtWebClient, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_client, "MOST_BYTES", 1000)
    (reply,) = ask(qtbot, client, serve(http("207 Multi-Status", b"x" * 100_000)).url())
    assert (reply.status, reply.failure) == (0, "The server's answer is too large.")


def test_a_server_that_is_not_there_is_told(qtbot: QtBot, client: QtWebClient, serve: Serve) -> None:
    server = serve(b"")
    url = server.url()
    server.server_close()
    (reply,) = ask(qtbot, client, url)
    assert reply.failure == "127.0.0.1 doesn't accept connections. Check the address."


@pytest.fixture
def trusted() -> Iterator[None]:
    """The certificates of the tests are among those that the system trusts."""
    before = QSslConfiguration.defaultConfiguration()
    changed = QSslConfiguration.defaultConfiguration()
    for name in ("localhost.pem", "expired.pem"):
        changed.addCaCertificates(QSslCertificate.fromPath(str(CERTIFICATES / name)))
    QSslConfiguration.setDefaultConfiguration(changed)
    yield
    QSslConfiguration.setDefaultConfiguration(before)


def test_a_certificate_that_no_one_vouches_for_is_refused(
    qtbot: QtBot, client: QtWebClient, serve: Serve
) -> None:
    server = serve(http("200 OK"), "localhost.pem")
    (reply,) = ask(qtbot, client, server.url("localhost"))
    assert reply.status == 0
    assert reply.failure.startswith("Your computer doesn't trust the certificate of localhost.")
    assert server.asked == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        ("expired.pem", "The certificate of localhost has expired."),
        ("localhost.pem", "The certificate doesn't belong to 127.0.0.1."),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(
    qtbot: QtBot, client: QtWebClient, serve: Serve, certificate: str, sentence: str
) -> None:
    host = next(word for word in ("localhost", "127.0.0.1") if word in sentence)
    server = serve(http("200 OK"), certificate)
    (reply,) = ask(qtbot, client, server.url(host))
    assert reply.failure.startswith(sentence)
    assert server.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_good_certificate_is_taken(qtbot: QtBot, client: QtWebClient, serve: Serve) -> None:
    (reply,) = ask(qtbot, client, serve(http("200 OK", b"yes"), "localhost.pem").url("localhost"))
    assert (reply.status, reply.body) == (200, b"yes")


class Proxy(Served):
    """Takes requests for a tunnel from whoever has its password, and gives none; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        super().__init__(_ProxyHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _ProxyHandler(StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        while line := self.rfile.readline():
            header = line
            while header.strip():
                header = self.rfile.readline()
                line += header
            self.server.asked.append(line)
            is_known = b"\r\nProxy-Authorization: Basic cHU6cHc=\r\n" in line
            asks = {"Proxy-Authenticate": 'Basic realm="x"'}
            self.wfile.write(http("503 Off") if is_known else http("407 Who", b"", **asks))


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    needs_loopback()
    with Proxy() as proxy:
        yield proxy


ABROAD = "https://calendar.invalid/"
KNOWN, UNKNOWN = Credentials(user="pu", password="pw"), Credentials(user="pu", password="other")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Callable[[list[str]], QDBusConnection]]:
    """A bus on which a desktop's portal names these proxies."""
    if shutil.which("dbus-daemon") is None:
        is_missing("not installed: dbus-daemon")
    address = f"unix:path={tmp_path}/bus"
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon, ExitStack() as stack:
        wait_until((tmp_path / "bus").exists, 60, "the bus has started")
        connection = stack.enter_context(open_dbus_connection(address))
        connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"), timeout=5)

        def serve(proxies: list[str]) -> None:
            with suppress(ConnectionError):
                while True:
                    message = connection.receive()
                    if message.header.fields.get(HeaderFields.member) == "Lookup":
                        assert message.body == (ABROAD,)
                        connection.send(new_method_return(message, "as", (proxies,)))

        portals: list[Thread] = []

        def start(proxies: list[str]) -> QDBusConnection:
            portals.append(Thread(target=serve, args=(proxies,), daemon=True))
            portals[-1].start()
            return QDBusConnection.connectToBus(address, "portal")

        yield start
        QDBusConnection.disconnectFromBus("portal")
        daemon.terminate()
        for each in portals:  # it reads until the bus is gone; closed before, its connection failed below it
            each.join(60)


@pytest.fixture
def proxied(
    request: pytest.FixtureRequest, qapp: object, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QtWebClient]:
    """A client whose way leads over the proxy: the environment says so, or the desktop."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    bus = None
    if request.param == "environment":
        monkeypatch.setenv("https_proxy", proxy.url)
    else:
        bus = request.getfixturevalue("portal")(["ftp://127.0.0.1:1", proxy.url])
    made = QtWebClient(bus=bus)
    yield made
    made.stop()
    made.deleteLater()


@pytest.mark.parametrize("proxied", ["environment", "desktop"], indirect=True)
def test_a_proxy_is_given_a_user_and_password_only_if_it_asks(
    qtbot: QtBot, proxied: QtWebClient, proxy: Proxy, serve: Serve
) -> None:
    client = proxied
    (reply,) = ask(qtbot, client, ABROAD)
    assert reply.wants_proxy_login
    asked = "Your network's proxy asks for a user name and password. Enter them, then try again."
    assert reply.failure == asked
    client.proxy_login = UNKNOWN
    (reply,) = ask(qtbot, client, ABROAD)
    assert reply.wants_proxy_login
    assert reply.failure.startswith("Your network's proxy didn't accept the user name and password.")
    assert len(proxy.asked) == 3  # not again and again
    client.proxy_login = KNOWN
    (reply,) = ask(qtbot, client, ABROAD)
    assert not reply.wants_proxy_login
    assert (reply.status, bool(reply.failure)) == (0, True)
    assert not any(b"\r\nAuthorization" in each for each in proxy.asked)  # the server's password isn't for it
    count = len(proxy.asked)
    (reply,) = ask(qtbot, client, serve(http("200 OK")).url())
    assert (reply.status, len(proxy.asked)) == (200, count)  # this computer is reached straight


def test_no_proxy_sees_the_password_for_a_server_on_this_computer(
    qtbot: QtBot, client: QtWebClient, proxy: Proxy, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", proxy.url)
    server = serve(http("207 Multi-Status"))
    for host in ("127.0.0.1", "localhost"):
        (reply,) = ask(qtbot, client, server.url(host))
        assert (reply.status, proxy.asked) == (207, [])
    assert all(b"\r\nAuthorization: Basic" in each for each in server.asked)


def test_what_is_stopped_calls_no_one_back(qtbot: QtBot, client: QtWebClient, serve: Serve) -> None:
    server = serve(http("200 OK"), closes=False)
    called: list[object] = []
    client.send([WebRequest(method="GET", url=server.url())] * 3, LOGIN, called.append)
    client.stop()
    ask(qtbot, client, serve(http("200 OK")).url())
    assert called == []


@pytest.fixture
def sync(client: QtWebClient, desk: Desk, tmp_path: Path) -> Iterator[CalendarSync]:
    """A calendar to be kept by the client; its server has a folder of its own."""
    desk.put(acme())
    (tmp_path / "server").mkdir()
    file = PasswordFile(tmp_path / "passwords.json")
    outside = SyncPorts(
        connect=lambda: client,
        passwords=Passwords(NoKeyring, lambda: file),
        run=at_once,
        later=QTimer.singleShot,
        clock=lambda: desk.now,
    )
    made = CalendarSync(desk.store, WantedMaker(desk.store.facts_and_plan, desk.wording), outside)
    yield made
    made.close()


@pytest.mark.usefixtures("trusted")
def test_it_speaks_http_2_where_the_server_does(
    qtbot: QtBot, sync: CalendarSync, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "server"

    def entries() -> str:
        files = folder.glob("collections/collection-root/*/*/*.ics")
        return "".join(each.read_text("utf-8") for each in files)

    with radicale_by_http2(folder, CERTIFICATES / "localhost.pem") as server:
        told: list[str] = []
        sync.connect(server.url, USER, "wrong", told.append)
        qtbot.waitUntil(lambda: bool(told))
        assert told == ["The server didn't accept the user name and app password. Enter them again."]
        sync.connect(server.url, USER, PASSWORD, told.append)
        qtbot.waitUntil(lambda: sync.synced_at is not None)
        assert (told[1:], sync.failure) == ([""], "")
        assert entries().count("BEGIN:VEVENT") == len(desk.store.published.all()) > 0
        desk.tracker.edit_application("a1", employer="Initech")
        desk.now += timedelta(minutes=1)
        sync.facts_changed()
        sync.beat(desk.now)
        qtbot.waitUntil(lambda: sync.synced_at == desk.now)
        assert "Initech" in entries()
        assert "Acme" not in entries()
        sync.disconnect(remove=True, done=told.append)
        qtbot.waitUntil(lambda: len(told) == 3)
        assert (told[-1], entries()) == ("", "")
        log = (folder / "log").read_text("utf-8")
    versions, methods = zip(*(line.split()[-2:] for line in log.splitlines()), strict=True)
    assert set(versions) == {"2"}
    assert set(methods) >= {"PROPFIND", "MKCALENDAR", "REPORT", "PUT", "DELETE"}


def test_it_speaks_to_a_real_server(qtbot: QtBot, sync: CalendarSync, desk: Desk, tmp_path: Path) -> None:
    with radicale(tmp_path / "server") as server:
        told: list[str] = []
        sync.connect(server.url, USER, "wrong", told.append)
        qtbot.waitUntil(lambda: bool(told))
        assert told == ["The server didn't accept the user name and app password. Enter them again."]
        assert sync.account is None
        assert not (tmp_path / "passwords.json").exists()
        sync.connect(server.url, USER, PASSWORD, told.append)
        qtbot.waitUntil(lambda: sync.synced_at is not None)
        assert told[1:] == [""]
        assert (tmp_path / "passwords.json").stat().st_mode & 0o777 == 0o600
        rig = Rig(desk, server, Memory())
        rig.sync.set_options(SyncOptions())
        assert rig.there() == rig.wanted()
        rig.close()
        server.stop()
        sync.try_now()
        qtbot.waitUntil(lambda: bool(sync.failure))
        assert sync.failure == "127.0.0.1 doesn't accept connections. Check the address."
