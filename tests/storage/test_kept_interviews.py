"""What is kept of interviews from one page of the calendar to the next is what is read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from followup_desktop.services.reading.calendar import CalendarPage, CalendarPages
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage import plans
from followup_desktop.storage.database import open_database
from followup_desktop.storage.plans import keeping_interviews, kept_interviews
from followup_desktop.storage.store import Store
from tests.storage.conftest import NOW
from tests.storage.test_plan_index import DEEDS, tracker

__all__ = ["tracker"]


@contextmanager
def other_interviews(store: Store) -> Iterator[None]:
    """Within the block the store looks as if for the first time; afterwards it knows what it knew."""
    known = kept_interviews(store._database)
    store._database._kept.clear()
    yield
    with store._database.holding(**keeping_interviews(known)):
        pass


def page_of(pages: CalendarPages, kind: str, day: date, now: datetime, at_most: int) -> CalendarPage:
    """A page about this day."""
    if kind == "week":
        return pages.week(day, 0, now, at_most)
    return pages.month(day, 0, now, at_most) if kind == "month" else pages.days(day, day, now)


def add_interview(tracker: Tracker, application: str, random: Random) -> None:
    """At one of few hours, so that some overlap."""
    starts_at = datetime(2026, 10, random.randint(9, 20), random.choice((9, 10, 11, 23)))  # noqa: DTZ001
    tracker.add_interview(application, starts_at=starts_at, minutes=random.choice((30, 60, 1440)))


def on_interview(deed: Callable[[Tracker, str, Random], object]) -> Callable[[Tracker, str, Random], object]:
    """To be done with any interview that there is."""

    def done(tracker: Tracker, _application: str, random: Random) -> None:
        held = [each.id for a in tracker._store.applications() for each in a.interviews]
        if held:
            deed(tracker, random.choice(held), random)

    return done


INTERVIEW_DEEDS: list[Callable[[Tracker, str, Random], object]] = [
    add_interview,
    add_interview,
    add_interview,
    on_interview(lambda tracker, held, _random: tracker.delete_interview(held)),
    on_interview(lambda tracker, held, _random: tracker.edit_interview(held, cancelled=True)),
    on_interview(lambda tracker, held, _random: tracker.edit_interview(held, timezone="America/New_York")),
    on_interview(
        lambda tracker, held, random: tracker.reschedule_interview(
            held, NOW + timedelta(hours=random.randint(-99, 99))
        )
    ),
    lambda tracker, application, _random: tracker.edit_application(application, role="Cook"),
    lambda tracker, application, _random: tracker.edit_application(application, timezone="Asia/Tokyo"),
    lambda tracker, _application, random: tracker.edit_policy(
        timezone=random.choice(("Europe/Madrid", "Asia/Tokyo"))
    ),
]


@pytest.mark.parametrize("few", [100, 1])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_is_read_anew(
    store: Store, tracker: Tracker, monkeypatch: pytest.MonkeyPatch, seed: int, few: int
) -> None:
    monkeypatch.setattr(plans, "_FEW", few)
    monkeypatch.setattr(plans, "_KEPT_AT_MOST", 20)
    random, now, day, renewed = Random(seed), NOW, NOW.date(), 0
    pages = CalendarPages(store, Wording())
    for _ in range(80):
        for _deed in range(random.choice((0, 1, 1, 2))):
            deed = random.choice([*DEEDS, *INTERVIEW_DEEDS])
            left = sorted(application.id for application in store.applications())
            deed(tracker, random.choice(left), random)
        now += random.choice((timedelta(), timedelta(minutes=30), timedelta(hours=9), timedelta(hours=-1)))
        if random.random() < 0.2:
            day = NOW.date() + timedelta(days=random.choice((-7, 0, 0, 7)))
        kind, at_most = random.choice(("week", "month", "day")), random.choice((2, 4))
        renewed += bool(kept_interviews(store._database).outdated)
        found = page_of(pages, kind, day, now, at_most)
        with other_interviews(store):
            assert found == page_of(CalendarPages(store, Wording()), kind, day, now, at_most)
    assert renewed > 15


def test_interviews_that_are_the_same_are_the_same_list(store: Store, tracker: Tracker) -> None:
    first, end = NOW - timedelta(days=400), NOW + timedelta(days=400)
    times = store.known_interview_times(first, end)
    held = times[0]
    store.placed_interviews([held.interview])
    store.employers([held.application])
    assert store.known_interview_times(first, end) is times
    tracker.edit_application(held.application, notes="Called")
    assert store.known_interview_times(first, end) is times
    tracker.edit_application(times[1].application, employer="Globex")
    assert store.known_interview_times(first, end) is times, "nobody asked for that employer"
    tracker.edit_application(held.application, employer="Globex")
    renamed = store.known_interview_times(first, end)
    assert renamed is not times
    assert renamed == times
    assert store.employers([held.application]) == {held.application: "Globex"}
    assert store.placed_interviews([held.interview])[held.interview].employer == "Globex"


def test_what_another_connection_wrote_is_read(tmp_path: Path) -> None:
    ours, theirs = (Store(open_database(tmp_path / "data.db")) for _ in range(2))
    for each in (ours, theirs):
        Planner(each)
    pages = CalendarPages(ours, Wording())
    added = Tracker(ours, lambda: NOW, Wording()).add_application(employer="Acme", role="Cook")
    assert pages.days(NOW.date(), NOW.date(), NOW).interviews == ()
    Tracker(theirs, lambda: NOW, Wording()).add_interview(
        str(added.id),
        starts_at=datetime(2026, 10, 14, 10),  # noqa: DTZ001
    )
    (held,) = pages.days(NOW.date(), NOW.date(), NOW).interviews
    assert held.employer == "Acme"
