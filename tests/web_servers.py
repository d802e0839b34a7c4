"""Servers of the web on this computer that keep to nothing, and a proxy."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from pathlib import Path
from select import select
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

CERTIFICATES = Path(__file__).with_name("system") / "certificates"
"""Made for ``localhost`` by no one: one that holds for a hundred years, and one that has expired."""


class Served(ThreadingTCPServer):
    """Serves on a thread of its own, until it is closed."""

    daemon_threads = True

    def __init__(self, handler: type[StreamRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def server_close(self) -> None:
        self.shutdown()
        super().server_close()


class Liar(Served):
    """Answers every request with the same bytes, in pieces; keeps what it was asked."""

    def __init__(self, answer: bytes, certificate: str = "", *, closes: bool = True) -> None:
        self.answer, self.closes = answer, closes
        self.asked: list[bytes] = []
        self.context: ssl.SSLContext | None = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(CERTIFICATES / certificate, CERTIFICATES / "key.pem")
        super().__init__(_Handler)

    def url(self, host: str = "127.0.0.1") -> str:
        scheme = "https" if self.context is not None else "http"
        return f"{scheme}://{host}:{self.server_address[1]}/"


class _Handler(StreamRequestHandler):
    server: Liar

    def setup(self) -> None:
        self.request.settimeout(10)
        if self.server.context is not None:
            self.request = self.server.context.wrap_socket(
                self.request, server_side=True, do_handshake_on_connect=False
            )
        super().setup()

    def handle(self) -> None:
        with suppress(OSError):  # whoever doesn't trust the certificate hangs up
            self._answer()
        with suppress(OSError):
            self.request.close()

    def _answer(self) -> None:
        lines = []
        while (line := self.rfile.readline()).strip():
            lines.append(line)
        if lines:
            self.server.asked.append(b"".join(lines))
            self.wfile.write(self.server.answer)
        if not self.server.closes:
            self.rfile.read(1)


class Tunnels(Served):
    """A proxy that leads everyone to one server, wherever they want to go; keeps where that was."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        super().__init__(_TunnelHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _TunnelHandler(StreamRequestHandler):
    server: Tunnels
    rbufsize = 0

    def handle(self) -> None:
        self.server.asked.append(self.rfile.readline().decode().strip())
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 There you are\r\n\r\n")
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port)) as there:
            ways = {self.connection: there, there: self.connection}
            while True:
                for one in select(list(ways), (), ())[0]:
                    if not (data := one.recv(65536)):
                        return
                    ways[one].sendall(data)


def http(status: str, body: bytes = b"", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body
