"""While the data are locked reminders can be counted, if that is wished: by their moments, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from followup_desktop.domain.model import Application, LastAnnouncement, Reminder, Stage
from followup_desktop.services.reminding.locked_count import LockedCount, count_at, moments_file
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.storage.conftest import KEY, NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Data under a passphrase with reminders in one, two and three hours."""
    store = Store(open_database(tmp_path / "followup.db"))
    Planner(store)
    for hours in (1, 2, 3):
        remind(store, NOW + hours * HOUR)
    store.put_under_key(KEY)
    yield store
    store.close()


def remind(store: Store, at: datetime) -> None:
    policy = store.policy()
    with store.transaction("Remind") as t:
        t.put_policy(policy)
        wall = at.replace(tzinfo=None)
        t.put_reminder(Reminder(id=f"r{at:%H%M}", title="Call Ana Ruiz", at=wall, timezone="UTC"))


def test_those_that_have_come_are_counted_without_the_passphrase(store: Store, tmp_path: Path) -> None:
    LockedCount(store).beat(NOW, is_wished=True)
    assert [count_at(tmp_path, NOW + hours * HOUR) for hours in (0, 1, 2, 3)] == [0, 1, 2, 3]
    assert moments_file(tmp_path).stat().st_mode & 0o077 == 0


def test_one_of_which_is_told_several_times_counts_once(store: Store, tmp_path: Path) -> None:
    with store.transaction("Save") as t:
        closing = NOW.date() + timedelta(days=9)
        t.put_application(
            Application(id="a1", employer="Acme", role="Cook", stage=Stage.SAVED, closes_on=closing)
        )
    (apply,) = [each for each in store.follow_ups() if each.application == "a1"]
    assert apply.remind_at
    LockedCount(store).beat(NOW, is_wished=True)
    assert count_at(tmp_path, max(apply.remind_at)) == 3 + 1


def test_nothing_but_moments_can_be_read(store: Store, tmp_path: Path) -> None:
    LockedCount(store).beat(NOW, is_wished=True)
    told = json.loads(moments_file(tmp_path).read_text())
    assert len(told) == 3
    assert all(isinstance(each, int) for span in told for each in span)


def test_what_is_entered_announced_or_over_is_followed(store: Store, tmp_path: Path) -> None:
    counted = LockedCount(store)
    counted.beat(NOW, is_wished=True)
    remind(store, NOW + 4 * HOUR)
    (key,) = [each.key for each in store.follow_ups() if each.due_at == NOW + HOUR]
    store.record_announced([LastAnnouncement(key=key, announced_at=NOW + HOUR)])
    counted.announced()
    counted.beat(NOW + HOUR, is_wished=True)
    assert count_at(tmp_path, NOW + 5 * HOUR) == 3


def test_without_the_wish_or_the_passphrase_nothing_is_left(store: Store, tmp_path: Path) -> None:
    counted = LockedCount(store)
    counted.beat(NOW, is_wished=False)
    assert not moments_file(tmp_path).exists()
    counted.beat(NOW, is_wished=True)
    assert moments_file(tmp_path).exists()
    counted.beat(NOW, is_wished=False)
    assert not moments_file(tmp_path).exists()
    counted.beat(NOW, is_wished=True)
    store.put_under_key(None)
    counted.beat(NOW, is_wished=True)
    assert not moments_file(tmp_path).exists()


@pytest.mark.parametrize("content", ["", "null", "[1]", '{"a": 1}', "[[1, 1e300]]", "noise \0"])
def test_a_damaged_file_counts_nothing(tmp_path: Path, content: str) -> None:
    moments_file(tmp_path).write_text(content)
    assert count_at(tmp_path, NOW) == 0
