"""A list of applications that is kept from one look to the next is what is read anew, whatever was done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.model import Stage
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage import listing
from followup_desktop.storage.database import open_database
from followup_desktop.storage.listing import (
    _ORDERS,
    KeptList,
    KeptLists,
    ListFilter,
    ListKind,
    keeping_lists,
    kept_lists,
)
from followup_desktop.storage.store import Store
from tests.storage.conftest import NOW
from tests.storage.test_plan_index import DEEDS, choose, tracker

__all__ = ["tracker"]

OPEN = (Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER)
PLACES = st.dictionaries(st.integers(0, 60).map(str), st.integers(0, 9) | st.none(), max_size=60)


@pytest.fixture
def any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every list were long, and each worth to be brought up to date."""
    monkeypatch.setattr(listing, "LONG", 0)
    monkeypatch.setattr(listing, "PART", inf)


def in_order(places: dict[str, int | None], among: Collection[str]) -> list[str]:
    """Those of these that have a place, by it."""
    here = (one for one in among if places.get(one) is not None)
    return sorted(here, key=lambda one: (places[one], one))


@given(PLACES, PLACES)
def test_what_moved_finds_its_place_among_the_others(
    before: dict[str, int | None], changed: dict[str, int | None]
) -> None:
    after, asked = {**before, **changed}, list[str]()

    def ask(ids: Collection[str]) -> list[str]:
        asked.extend(ids)
        return in_order(after, ids)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "PART", inf)
        known = KeptList("query", in_order(before, before), 0, set(changed))
        assert known.renewed((), ask) == in_order(after, after)
        assert KeptList("query", in_order(before, before), 0).renewed(changed, ask) == in_order(after, after)


def test_one_of_many_is_looked_for_among_few() -> None:
    places: dict[str, int | None] = {f"a{number:05}": number for number in range(10_000)}
    known, asked = KeptList("query", [*places], 0, {"a00017"}), list[str]()
    places["a00017"] = 7_000

    def ask(ids: Collection[str]) -> list[str]:
        asked.extend(ids)
        return in_order(places, ids)

    assert known.renewed((), ask) == in_order(places, places)
    assert len(asked) <= 210
    known.outdated.update(map("a{:05}".format, range(50)))
    asked.clear()
    assert known.renewed((), ask) is None
    assert not asked


@contextmanager
def other_lists(store: Store) -> Iterator[None]:
    """Within the block the store looks as if for the first time; afterwards it knows what it knew."""
    known = kept_lists(store._database)
    store._database._kept.clear()
    yield
    with store._database.holding(**keeping_lists(known)):
        pass


def a_query(random: Random) -> dict[str, Any]:
    """One that a list may be asked for."""
    step = random.choice((None, None, *NextStep))
    return {
        "stages": random.choice((None, OPEN, OPEN[:1])),
        "archived": random.choice((None, False, False, True)),
        "text": random.choice(("", "", "a", "acme", "offer")),
        "stage_names": {stage: str(stage) for stage in Stage},
        "narrowing": ListFilter(next_step=step, soon_until=NOW + timedelta(days=2)),
        "order_by": random.choice(("next", "next", "next", *_ORDERS)),
        "descending": random.random() < 0.3,
    }


@pytest.mark.usefixtures("any_length")
@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_is_read_anew(store: Store, tracker: Tracker, seed: int) -> None:
    random = Random(seed)
    now, query, renewed = NOW, a_query(random), 0
    deeds: list[Callable[[Tracker, str, Random], object] | None] = [*DEEDS, choose, choose, None, None]
    for _ in range(80):
        for _deed in range(random.choice((1, 1, 2))):
            deed = random.choice(deeds)
            left = sorted(application.id for application in store.applications())
            if deed is not None:
                deed(tracker, random.choice(left), random)
        hours = random.choice((0, 0, 0, 1, 9, 99, -1))
        now += timedelta(hours=hours, seconds=random.choice((0, 1)))
        if random.random() < 0.2:
            query = a_query(random)
        asked = [query, {**query, "text": ""}] if random.random() < 0.5 else [query]
        asked += [{**query, "stages": (stage,)} for stage in OPEN if random.random() < 0.3]
        for each in asked:
            renewed += any(known.outdated for known in kept_lists(store._database)._lists.values())
            found = store.application_ids(now=now, **each)
            with other_lists(store):
                assert found == store.application_ids(now=now, **each)
            found.clear()  # whoever is given a list may do with it what they want
    assert renewed > 20


@pytest.mark.usefixtures("any_length")
def test_the_lists_of_all_columns_are_kept(
    store: Store, tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ids() -> list[list[str]]:
        return [store.application_ids(now=NOW, stages=(stage,)) for stage in Stage]

    store.application_ids(now=NOW)
    ids()
    tracker.set_stage(ids()[list(Stage).index(Stage.APPLIED)][0], Stage.OFFER)
    with monkeypatch.context() as patch:
        patch.delattr(listing.ListingReads, "_in_order")  # nothing is read as a whole
        found = ids()
    with other_lists(store):
        assert found == ids()


def test_no_more_lists_are_kept_than_are_in_use() -> None:
    lists, ids = KeptLists(), ["a"] * listing.LONG
    for number in range(30):
        lists.keep(number, ids, 0, ListKind.LIST)
        lists.keep(f"search {number}", ids, 0, ListKind.FOUND)
        assert lists.get(number) is not None
        assert lists.get(f"search {number}") is not None
        assert lists.get(f"search {number - 1}") is None
    lists.keep(21, ids, 0, ListKind.LIST)
    lists.keep(30, ids[1:], 0, ListKind.LIST)
    assert [number for number in range(31) if lists.get(number)] == [21, *range(23, 30)]


@pytest.mark.usefixtures("any_length")
def test_a_list_moves_when_what_comes_next_is_over(store: Store, tracker: Tracker) -> None:
    first, second = store.application_ids(now=NOW)[:2]
    (until,) = next(store._database.sql("SELECT min(until) FROM next_step WHERE application = ?", (first,)))
    over = NOW.fromtimestamp(until, NOW.tzinfo)
    assert store.application_ids(now=over - timedelta(seconds=1))[0] == first
    assert second in store.application_ids(now=over)
    moved = store.application_ids(now=over)
    with other_lists(store):
        assert moved == store.application_ids(now=over)


@pytest.mark.usefixtures("any_length")
def test_what_others_write_is_read(tmp_path: Path) -> None:
    file = tmp_path / "data.db"
    ours, theirs = Store(open_database(file)), Store(open_database(file))
    for each in (ours, theirs):
        Planner(each)
    added = Tracker(ours, lambda: NOW, Wording()).add_application(employer="Acme", role="Cook")
    assert len(ours.application_ids(now=NOW, archived=None)) == 1
    Tracker(theirs, lambda: NOW, Wording()).trash_application(str(added.id))
    assert ours.application_ids(now=NOW, archived=None) == []
    for each in (ours, theirs):
        each.close()
