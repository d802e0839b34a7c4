"""Nothing is destroyed by one look at the clock: the trash ages by days on which the program ran."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from followup_desktop.services.reminding.clock_watch import ClockWatch
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store
from tests.services.conftest import Desk, acme

YEAR = timedelta(days=365)


class Life:
    """A user who starts the program again and again, with one application in the trash."""

    def __init__(self, desk: Desk) -> None:
        self.store: Store = desk.store
        self.now = desk.now
        self.tracker = Tracker(desk.store, lambda: self.now, Wording())
        desk.put(acme())
        self.watch = self.started()
        self.tracker.trash_application("a1")
        self.beat()

    def started(self) -> ClockWatch:
        """A start: what is old enough is purged, unless the clock is in doubt."""
        watch = ClockWatch(self.store, lambda: "Europe/Madrid")
        watch.look(self.now)
        if watch.may_destroy(self.now):
            self.tracker.purge_trash()
        return watch

    def start(self, at: datetime | None = None) -> None:
        self.now = at or self.now
        self.watch = self.started()

    def beat(self, at: datetime | None = None) -> int | None:
        self.now = at or self.now
        jump = self.watch.look(self.now)
        return None if jump is None else jump.days

    @property
    def is_kept(self) -> bool:
        return not self.store.is_trash_empty()


@pytest.fixture
def life(desk: Desk) -> Life:
    return Life(desk)


def test_what_is_in_the_trash_goes_after_thirty_days_of_use(life: Life) -> None:
    for _ in range(30):
        assert life.is_kept
        life.start(life.now + timedelta(days=1))
    assert not life.is_kept


def test_days_on_which_the_program_did_not_run_do_not_count(life: Life) -> None:
    for _ in range(29):
        life.start(life.now + timedelta(days=6))
        assert life.is_kept


def test_a_program_that_is_never_ended_counts_its_days_too(life: Life) -> None:
    for _ in range(30):
        life.beat(life.now + timedelta(days=1))
    life.start()
    assert not life.is_kept


def test_however_often_it_is_started_on_a_day_it_counts_once(life: Life) -> None:
    for _ in range(40):
        life.start(life.now + timedelta(seconds=60))
    assert life.is_kept


@pytest.mark.parametrize("ahead", [timedelta(days=8), timedelta(days=31), YEAR, 10 * YEAR])
def test_one_start_with_the_clock_ahead_destroys_nothing_and_asks(life: Life, ahead: timedelta) -> None:
    right = life.now
    life.start(right + ahead)
    assert life.beat() == ahead.days
    assert life.is_kept
    life.start(right)
    assert life.beat() is None
    assert life.is_kept


def test_a_jump_while_the_program_runs_is_asked_about(life: Life) -> None:
    assert life.beat(life.now + timedelta(days=7)) is None
    assert life.beat(life.now + timedelta(days=7, seconds=1)) == 7


def test_without_an_answer_no_day_counts_and_nothing_goes(life: Life) -> None:
    life.now += YEAR
    for _ in range(40):
        life.start(life.now + timedelta(days=1))
        assert life.beat() is not None
    assert life.is_kept


def test_a_yes_is_believed_and_counts_one_day(life: Life) -> None:
    life.start(life.now + YEAR)
    life.watch.trust(life.now)
    assert life.beat() is None
    life.start()
    assert life.beat() is None
    assert life.is_kept


def test_a_no_is_not_asked_again_before_the_next_start_and_holds_until_the_clock_is_right(life: Life) -> None:
    right = life.now
    life.start(right + YEAR)
    life.watch.doubt()
    assert life.beat() is None
    assert life.beat(life.now + timedelta(days=1)) is None
    assert not life.watch.may_destroy(life.now)
    life.start()
    assert life.beat() is not None
    assert life.beat(right + timedelta(days=1)) is None
    assert life.watch.may_destroy(life.now)


def test_a_clock_that_was_behind_when_it_was_thrown_away(life: Life) -> None:
    right = life.now
    life.tracker.undo()
    life.start(datetime(1999, 1, 1, tzinfo=right.tzinfo))
    life.tracker.trash_application("a1")
    life.beat()
    for day in range(29):
        life.start(right + timedelta(days=day))
        life.watch.trust(life.now)
    life.start()
    assert life.is_kept


def test_what_was_restored_and_thrown_away_again_begins_anew(life: Life) -> None:
    for _ in range(20):
        life.start(life.now + timedelta(days=1))
    life.tracker.restore(next(iter(life.store.trash())).kind, "a1")
    life.now += timedelta(hours=1)
    life.tracker.trash_application("a1")
    life.beat()
    for _ in range(20):
        life.start(life.now + timedelta(days=1))
    assert life.is_kept


def test_an_empty_trash_is_nothing_to_ask_about(life: Life) -> None:
    life.tracker.restore(next(iter(life.store.trash())).kind, "a1")
    life.start(life.now + YEAR)
    assert life.beat() is None
