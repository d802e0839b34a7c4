"""The desktop tests' session, and what happens where its programs are missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.session import PrivateSession, missing_programs

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.desktop)


@pytest.fixture(scope="session")
def need() -> Callable[..., None]:
    """Skip the test if the programs named, or those of a session, are missing; with ``CI=true``, fail it."""

    def check(*programs: str) -> None:
        if missing := missing_programs(*programs):
            sentence = f"not installed: {', '.join(missing)}"
            if os.environ.get("CI") == "true":
                pytest.fail(sentence)
            pytest.skip(sentence)

    return check


@pytest.fixture
def session(need: Callable[..., None]) -> Iterator[PrivateSession]:
    """A private desktop session, ended with the test."""
    need()
    with PrivateSession() as session:
        yield session
