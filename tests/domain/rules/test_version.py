"""Databases keep their plan until the version of the rules rises, so another plan is another version."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from followup_desktop.domain import worktime
from followup_desktop.domain.model import Rule
from followup_desktop.domain.rules import RULES_VERSION, plan_facts
from followup_desktop.services.tracker.sample import sample_facts
from tests.benchmarks.many import many

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
PLANNED = (1, "b54377c7e29a52ca")
"""The version of the rules, and the sum of what they planned when the test was last looked at."""


def _holidays(_country: str, year: int) -> dict[date, str]:
    """As many as show that they count; those of the countries change with another package's release."""
    return {date(year, month, day): "Holiday" for month, day in ((1, 1), (10, 12), (12, 25))}


def test_another_plan_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worktime, "days_of", _holidays)
    plans = [plan_facts(facts) for facts in (sample_facts(NOW, "Europe/Madrid"), many(300, NOW))]
    assert {each.rule for plan in plans for each in plan} == set(Rule)
    now_planned = RULES_VERSION, sha256(repr(plans).encode()).hexdigest()[:16]
    assert now_planned == PLANNED, (
        "The rules plan something else. Raise RULES_VERSION in domain/rules, so that existing databases are "
        "planned anew, and then write both here. If the facts of the sample data or of many() are what "
        "changed, write the sum alone."
    )
