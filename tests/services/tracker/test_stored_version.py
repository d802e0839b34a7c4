"""Databases keep what is stored beside the plan until its version rises: other rows are another version."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from followup_desktop.domain import worktime
from followup_desktop.domain.model import Facts
from followup_desktop.domain.rules import RULES_VERSION
from followup_desktop.services.tracker.planner import STORED_VERSION, Planner
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import PLANNED, table_name
from tests.benchmarks.many import many

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
STORED = (1, 20, "348e62d29fbb6ee0")
"""The versions of rules and rows, and the sum of these when the test was last looked at."""


def _holidays(_country: str, year: int) -> dict[date, str]:
    """As many as show that they count; those of the countries change with another package's release."""
    return {date(year, month, day): "Holiday" for month, day in ((1, 1), (10, 12), (12, 25))}


def rows_of(facts: Facts) -> dict[str, list[str]]:
    """What the planner stores of these facts, by table."""
    database = open_database(None)
    store = Store(database)
    Planner(store)
    with store.transaction("Sample") as t:
        t.put_facts(facts)
    names = [table_name(model) for model in PLANNED]
    found = {name: sorted(map(repr, database.sql(f"SELECT * FROM {name}"))) for name in names}
    store.close()
    return found


def test_other_rows_beside_the_plan_are_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worktime, "days_of", _holidays)
    found = [rows_of(facts) for facts in (sample_facts(NOW, "Europe/Madrid"), many(300, NOW))]
    assert all(any(tables[name] for tables in found) for name in found[0]), "no rows to compare"
    now_stored = RULES_VERSION, STORED_VERSION, sha256(repr(found).encode()).hexdigest()[:16]
    assert now_stored == STORED, (
        "The planner stores something else. If the rules do not plan something else, raise STORED_VERSION in "
        "services/tracker/planner.py, so that existing databases are brought up to date, and then write all "
        "three here. If the facts of the sample data or of many() are what changed, write the sum alone."
    )
