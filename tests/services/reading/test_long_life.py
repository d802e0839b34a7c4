"""Nothing that is kept in memory or derived in the file is stale, whatever was done, by whom and when."""

from __future__ import annotations

from functools import partial
from math import inf
from pathlib import Path

import pytest

from followup_desktop.domain.model import Policy
from followup_desktop.services.tracker import planner
from followup_desktop.storage import database, listing, plan_index, today_entries
from followup_desktop.storage.database import Database
from followup_desktop.storage.listing import KeptLists
from followup_desktop.storage.plan_index import Renewal, Scope
from followup_desktop.storage.today_entries import KeptEntries
from tests.services.reading.long_life import Life
from tests.sweeps import every, examples

_STEPS = 80


def lived(folder: Path, seed: int, steps: int) -> list[str]:
    """What was found wrong first in a life of so many steps."""
    life = Life(folder, seed)
    trail: list[str] = []
    try:
        for _ in range(steps):
            trail.append(life.step())
            # Now and then several things happen between two looks.
            if life.random.random() < 0.7 and (wrong := life.check()):
                return [f"{life.now}: {' '.join(trail[-6:])}", *wrong]
    finally:
        life.close()
    return []


@pytest.fixture(autouse=True)
def lists_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long ones are."""
    monkeypatch.setattr(listing, "LONG", 0)
    monkeypatch.setattr(listing, "PART", inf)


@pytest.mark.parametrize("seed", every(4, range(4)))
def test_what_is_kept_is_what_a_new_start_finds(tmp_path: Path, seed: int) -> None:
    assert lived(tmp_path, seed, examples(_STEPS)) == []


@pytest.mark.parametrize("seed", every(4, range(4, 8)))
def test_so_it_is_where_much_is_done_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for module in (plan_index, planner, today_entries):
        monkeypatch.setattr(module, "AT_A_TIME", 5)
    for module in (plan_index, planner):
        monkeypatch.setattr(module, "groups_in_parts", partial(database.groups_in_parts, most=5))
    assert lived(tmp_path, seed, examples(_STEPS)) == []


def test_what_isn_t_brought_up_to_date_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renew = plan_index.renew

    def renew_all_alone(kept: Database, scope: Scope | None, policy: Policy) -> Renewal | None:
        return renew(kept, scope, policy) if scope is None else Renewal(set(), set())

    with monkeypatch.context() as patch:
        patch.setattr(KeptEntries, "outdate", lambda _self, _keys: None)
        assert lived(tmp_path / "in memory", 1, _STEPS)
    with monkeypatch.context() as patch:
        patch.setattr(KeptLists, "outdate", lambda _self, _ids: None)
        assert lived(tmp_path / "in a list", 1, _STEPS)
    monkeypatch.setattr(plan_index, "renew", renew_all_alone)
    assert lived(tmp_path / "in the file", 1, _STEPS)
