"""Stores for the tests of the storage: in memory, and in a file that two connections can share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Stage,
)
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.cipher import Key
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)

KEY = Key(bytes(range(16)), bytes(range(32)))
"""One of no passphrase: making one from that takes longer than most tests do."""

ANA = Contact(id="c1", name="Ana Ruiz", email="ana@acme.example")
TOM = Contact(id="c2", name="Tom Berg")
ACME = Application(
    id="a1",
    employer="Acme",
    role="Data Engineer",
    stage=Stage.INTERVIEWING,
    applied_on=date(2026, 9, 14),
    timezone="Europe/Madrid",
    contacts=("c1", "c2"),
    tags=("remote", "data"),
    interviews=(
        Interview(
            id="i1",
            starts_at=datetime(2026, 10, 14, 10),  # noqa: DTZ001 - a wall time
            minutes=60,
            interviewers=("c2", "c1"),
            reply_by=date(2026, 10, 30),
        ),
    ),
    events=(
        Event(
            id="e1",
            kind=EventKind.CALL,
            outcome=CallOutcome.SPOKE,
            at=datetime(2026, 9, 30, 9, 20, tzinfo=UTC),
            contact="c1",
            note="They liked the streaming work",
        ),
        Event(
            id="e2",
            kind=EventKind.THANK_YOU,
            at=datetime(2026, 10, 14, 11, 0, tzinfo=UTC),
            contact="c2",
            interview="i1",
        ),
    ),
)


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory with its planner."""
    store = Store(open_database(None))
    Planner(store)
    yield store
    store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database can be."""
    return tmp_path / "data" / "followup.sqlite3"


@pytest.fixture
def first(file: Path) -> Iterator[Store]:
    """The store of the window."""
    store = Store(open_database(file))
    Planner(store)
    yield store
    store.close()


@pytest.fixture
def second(first: Store, file: Path) -> Iterator[Store]:
    """The store of the command line, on the same file."""
    assert first
    store = Store(open_database(file))
    Planner(store)
    yield store
    store.close()


@pytest.fixture
def acme(store: Store) -> Store:
    """The store with one application and its two people."""
    put_acme(store)
    return store


def put_acme(store: Store) -> None:
    """Add one application and its two people, in one step."""
    with store.transaction("Add Acme") as transaction:
        transaction.put_contact(ANA)
        transaction.put_contact(TOM)
        transaction.put_application(ACME)
