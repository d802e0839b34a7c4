"""The desktop tests' session, and what happens where its programs are missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.servers import Server
from tests.desktop.session import PrivateSession, missing_programs, speaks_at_spi

HERE = Path(__file__).parent

IN_EVERY_RUN = {
    *("test_activation", "test_display", "test_keyring", "test_main_job", "test_private", "test_session"),
}
"""Modules whose tests ``make test`` runs: the main job by keys, and what is quickly done.

The others are journeys. They live through days, or through one thing on many servers, screens or sessions,
and are half of all the tests' time; ``make journeys`` and the continuous integration run them.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.desktop)
            if item.path.stem not in IN_EVERY_RUN:
                item.add_marker(pytest.mark.journey)


def is_missing(sentence: str) -> None:
    """Skip the test for what is not installed; with ``CI=true``, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def need() -> Callable[..., None]:
    """A function that ends the test if the programs named, or those of a session, are not installed."""

    def check(*programs: str) -> None:
        if missing := missing_programs(*programs):
            is_missing(f"not installed: {', '.join(missing)}")

    return check


@pytest.fixture(scope="session")
def need_server() -> Callable[[Server], None]:
    """A function that ends the test if this notification server, or what it needs, is not installed."""

    def check(server: Server) -> None:
        missing = server.missing()
        if not missing and server.application and not speaks_at_spi():
            missing = ["at-spi2-core, python3-gi or gir1.2-atspi-2.0"]
        if missing:
            is_missing(f"not installed: {', '.join(missing)}")

    return check


@pytest.fixture
def need_bus() -> None:
    """End the test if there is no session bus to be had."""
    if shutil.which("dbus-daemon") is None:
        is_missing("not installed: dbus-daemon")


@pytest.fixture(autouse=True)
def _zone_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)  # the other tests' own


@pytest.fixture
def session(need: Callable[..., None]) -> Iterator[PrivateSession]:
    """A private desktop session, ended with the test."""
    need()
    with PrivateSession() as session:
        yield session


@pytest.fixture
def accessible_session(need: Callable[..., None]) -> Iterator[PrivateSession]:
    """A private desktop session with an accessibility bus."""
    need()
    if not speaks_at_spi():
        is_missing("not installed: at-spi2-core, python3-gi or gir1.2-atspi-2.0")
    with PrivateSession(accessibility=True) as session:
        yield session
