"""Real calendar servers on this computer, Radicale and Xandikos, each a process with its folder."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest

from followup_desktop.services.ports import WebReply

USER, PASSWORD = "ana", "app pass:wörd"
_RADICALE = pytest.param("radicale_server", marks=pytest.mark.journey)
_XANDIKOS = pytest.param("xandikos_server", marks=pytest.mark.journey)
SERVERS = ["server_in_memory", _RADICALE, _XANDIKOS]
"""For ``pytest.mark.parametrize``: in every run a test is made in memory, as a journey with real servers."""
ONE_REAL_SERVER = ["server_in_memory", _RADICALE]
"""The same for what doesn't hang on the server."""
REAL_IN_EVERY_RUN = [
    "server_in_memory",
    pytest.param("radicale_server", marks=pytest.mark.xdist_group("radicale")),
    _XANDIKOS,
]
"""The same for the few that are made with a real server in every run."""

_PATIENCE = 30
_ROOT = Path(__file__).resolve().parents[1]


class Line(Protocol):
    """A connection to a server, which is made when it is first needed."""

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply: ...

    def close(self) -> None: ...


class CalendarServer(Protocol):
    """What a test is made with: a real server, or one in memory."""

    @property
    def name(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def netloc(self) -> str: ...

    @property
    def port(self) -> int: ...

    def line(self) -> Line: ...

    def stop(self) -> None: ...

    def start(self) -> None: ...


class HttpLine:
    """One connection by HTTP."""

    def __init__(self, netloc: str) -> None:
        self._netloc = netloc
        self._connection: http.client.HTTPConnection | None = None

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> WebReply:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._netloc, timeout=20)
        self._connection.request(method, urlsplit(url).path, body=body, headers=headers)
        got = self._connection.getresponse()
        return WebReply(
            status=got.status,
            headers={name.lower(): value for name, value in got.getheaders()},
            body=got.read(),
        )

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass
class Server:
    """A server that runs."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    command: list[str] = field(default_factory=list)

    @property
    def netloc(self) -> str:
        return self.url.partition("://")[2].rstrip("/")

    @property
    def port(self) -> int:
        return int(self.netloc.rpartition(":")[2])

    def line(self) -> HttpLine:
        return HttpLine(self.netloc)

    def stop(self) -> None:
        """End it as if its computer lost power."""
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start it again over the same files, at the same address."""
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait(self.netloc, self.process)


def needs_loopback() -> None:
    """Skip the test where not even this computer can be reached, as in ``make offline``."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("127.0.0.1", 9))
        except OSError:
            pytest.skip("the loopback interface is down")


def authorization() -> str:
    """The header that opens the servers."""
    return "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(netloc: str, process: subprocess.Popen[bytes]) -> None:
    host, _colon, port = netloc.partition(":")
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not come up")


@contextmanager
def radicale(folder: Path, certificate: Path | None = None) -> Iterator[Server]:
    """Radicale with one user, who has a password; by TLS with a certificate, whose key is beside it."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    port = _free_port()
    command = [
        *(sys.executable, "-m", "radicale", "--config", ""),
        *("--server-hosts", f"127.0.0.1:{port}", "--auth-type", "htpasswd"),
        *("--auth-htpasswd-filename", str(users), "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"),
        *("--storage-filesystem-folder", str(folder / "collections"), "--logging-level", "critical"),
    ]
    if certificate is not None:
        key = certificate.with_name("key.pem")
        command += ["--server-ssl", "--server-certificate", str(certificate), "--server-key", str(key)]
    scheme = "http" if certificate is None else "https"
    with _running("Radicale", f"{scheme}://127.0.0.1:{port}/", command) as server:
        yield server


@contextmanager
def radicale_by_http2(folder: Path, certificate: Path) -> Iterator[Server]:
    """The same behind Hypercorn, which notes the HTTP version and method of each request in ``log``."""
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    config = folder / "config"
    config.write_text(
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\n"
        f"delay = 0\n[storage]\nfilesystem_folder = {folder / 'collections'}\n[logging]\nlevel = critical\n",
        encoding="utf-8",
    )
    port = _free_port()
    command = [
        *(sys.executable, "-m", "hypercorn", "--workers", "0", "--bind", f"127.0.0.1:{port}"),
        *("--certfile", str(certificate), "--keyfile", str(certificate.with_name("key.pem"))),
        *("--access-logfile", str(folder / "log"), "--access-logformat", "%(H)s %(m)s"),
        "wsgi:tests.radicale_application:application",
    ]
    environment = {"RADICALE_CONFIG": str(config), "PYTHONPATH": str(_ROOT)}
    with _running("Radicale", f"https://localhost:{port}/", command, environment) as server:
        yield server


@contextmanager
def xandikos(folder: Path) -> Iterator[Server]:
    """Xandikos, which asks no one for a password."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "xandikos", "serve", "-d", str(folder), "--listen-address", "127.0.0.1"),
        *("--port", str(port), "--current-user-principal", f"/{USER}/", "--autocreate", "--defaults"),
    ]
    with _running("Xandikos", f"http://127.0.0.1:{port}/", command) as server:
        yield server


@contextmanager
def _running(
    name: str, url: str, command: list[str], environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    needs_loopback()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", **(environment or {})}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(name, url, process, command)
    try:
        _wait(server.netloc, process)
        yield server
    finally:
        server.process.kill()
        server.process.wait()
