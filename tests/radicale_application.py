"""Radicale for servers of WSGI; ``tests.caldav_servers.radicale_by_http2`` has Hypercorn serve it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import radicale


def application(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as Radicale does, but with a body: Hypercorn 0.18 sends the headers with its first piece."""
    return list(radicale.application(environment, start)) or [b""]
