"""What is stored of the plan to be found by an index is what a fresh plan would have, whatever was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from followup_desktop.domain.agenda import Circumstances, Precedence, is_gone, precedence, state_at, waiting
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    EventKind,
    FollowUp,
    LastAnnouncement,
    Policy,
    Stage,
    employer_key,
)
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.domain.worktime import WorkCalendar
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.storage import database, plan_index
from followup_desktop.storage.store import Store, Thing
from tests.benchmarks.many import many
from tests.storage.conftest import NOW

FIRST, LAST = NOW - timedelta(days=9999), NOW + timedelta(days=9999)
DERIVED = (
    "announcement",
    "next_step",
    "calendar_entry",
    "enquiry_wait",
    "follow_up",
    "application_index",
    "interview_instant",
    "contact_index",
    "application_figures",
    "interview_task",
    "outreach",
)


def derived(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {name: list(store._database.sql(f"SELECT * FROM {name}")) for name in DERIVED}


@pytest.fixture
def tracker(store: Store) -> Tracker:
    """Over thirty applications, two to an employer."""
    with store.transaction("Put") as t:
        t.put_facts(many(30, NOW))
    store.history.clear()
    return Tracker(store, lambda: NOW, Wording())


def rename(tracker: Tracker, application: str, random: Random) -> None:
    """To the employer of another application, as which it may have to wait then."""
    other = random.choice(tracker._store.applications())
    tracker.edit_application(application, employer=other.employer)


def choose(tracker: Tracker, application: str, random: Random) -> None:
    store = tracker._store
    with store.transaction("Choose") as t:
        for each in store.follow_ups(application):
            until = random.choice((None, NOW + timedelta(hours=random.randint(-24, 48))))
            t.put_choice(Choice(key=each.key, made_at=each.opens_at, snoozed_until=until, skipped=not until))


def announce(tracker: Tracker, application: str, random: Random) -> None:
    tracker._store.record_announced(
        LastAnnouncement(key=each.key, announced_at=NOW - timedelta(hours=random.randint(-9, 9)))
        for each in tracker._store.follow_ups(application)
    )


def clear_trash(tracker: Tracker, application: str, _random: Random) -> None:
    tracker.trash_application(application)
    tracker._store.delete_for_good([(Thing.APPLICATION, application)])


def turn_to(tracker: Tracker, application: str, random: Random) -> None:
    """A contact with the employer, from which others keep their distance."""
    tracker.log_event(application, EventKind.EMAIL, at=NOW - timedelta(hours=random.randint(1, 300)))


def apply_earlier(tracker: Tracker, application: str, random: Random) -> None:
    """Whose turn comes at another time, be it years ago, may put others off, and lets others pass."""
    days = random.choice((random.randint(1, 60), random.randint(1, 1000)))
    tracker.edit_application(application, applied_on=NOW.date() - timedelta(days=days))


DEEDS: list[Callable[[Tracker, str, Random], object]] = [
    rename,
    apply_earlier,
    choose,
    announce,
    clear_trash,
    turn_to,
    lambda tracker, application, random: tracker.set_stage(application, random.choice(list(Stage))),
    lambda tracker, application, _random: tracker.archive_application(application),
    lambda tracker, application, _random: tracker.trash_application(application),
    lambda tracker, _application, random: tracker.edit_policy(contact_gap_working_days=random.randint(0, 5)),
    lambda tracker, _application, _random: tracker._store.pull_announced_back(NOW),
    lambda tracker, _application, _random: tracker.undo() if tracker.undo_label else None,
    lambda tracker, _application, _random: tracker.redo() if tracker.redo_label else None,
]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_stored_is_what_a_fresh_plan_has(store: Store, tracker: Tracker, seed: int) -> None:
    random = Random(seed)
    for n, application in enumerate(store.applications() if seed > 2 else ()):  # many to each employer
        tracker.edit_application(application.id, employer=f"Acme {n % 3}")
    done: set[str] = set()
    for _ in range(40):
        deed = random.choice(DEEDS)
        left = sorted(application.id for application in store.applications())
        deed(tracker, random.choice(left), random)
        done.add(str(deed))
        stored = derived(store)
        assert store.stage_counts() == Counter((a.stage, a.archived) for a in store.applications())
        assert store.contact_count() == len(store.all_contacts())
        total = store.search_total(NOW, zone_name="Europe/Madrid")
        assert store.count_interviews(NOW) == total.interviews
        assert store.has_interviews(NOW) == bool(total.interviews)
        store.replan()
        assert derived(store) == stored
    assert len(done) > 6


def test_of_an_employer_those_are_renewed_that_enquire_at_that_time(
    store: Store, tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else waits for another, nor lets it wait."""
    long_ago = NOW - timedelta(days=999)
    for number, application in enumerate(store.applications()):
        tracker.edit_application(application.id, employer="Acme")
        if number % 3 == 0:
            tracker.set_stage(application.id, Stage.APPLIED)
            tracker.edit_application(application.id, applied_on=(long_ago + timedelta(days=number)).date())
    looked_at: set[str | None] = set()
    queues = plan_index._queues

    def noted(planned: list[Any], policy: Policy) -> Any:
        looked_at.update(each.application for each in planned)
        return queues(planned, policy)

    monkeypatch.setattr(plan_index, "_queues", noted)
    planned = store.follow_ups()
    enquiries = [each for each in planned if each.rule in ENQUIRIES]
    then = {each.application for each in enquiries if each.due_at < NOW - timedelta(days=300)}
    now = {each.application for each in enquiries} - then
    assert min(len(then), len(now)) > 2
    others = {each.application for each in planned if each.application is not None} - then - now
    tracker.edit_application(min(others), notes="Called")
    assert looked_at == {min(others)}
    for enquiring in (then, now):
        looked_at.clear()
        edited = min(each for each in enquiring if each is not None)
        choose(tracker, edited, Random(1))
        assert {edited} < looked_at <= enquiring


@pytest.mark.parametrize("at_a_time", [1, 8])
def test_the_whole_is_brought_up_to_date_in_parts(
    store: Store, tracker: Tracker, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    """No more is in memory at once than is planned of a part, and what is no longer planned goes, too."""
    random = Random(2)
    for application in random.sample(store.applications(), 15):
        choose(tracker, application.id, random)
    tracker.add_reminder(title="Call", at=NOW.replace(tzinfo=None))
    tracker.trash_application(store.applications()[0].id)
    kept = derived(store)
    for statement in (
        "INSERT INTO announcement"
        " SELECT at, 'gone', rule, span, expires_at, starts_at FROM announcement LIMIT 1",
        "INSERT INTO calendar_entry SELECT at, 'gone', expires_at FROM calendar_entry LIMIT 1",
        "INSERT INTO enquiry_wait (key, since, until) VALUES ('gone', 1, 2)",
        "INSERT INTO next_step SELECT 'gone', until, at, key, channel, since FROM next_step LIMIT 1",
        "DELETE FROM announcement WHERE at % 2 = 0",
    ):
        store._database.sql(statement)
    assert derived(store) != kept
    at_once: list[int] = []
    queues = plan_index._queues

    def counted(planned: list[Any], policy: Policy) -> Any:
        at_once.append(len(planned))
        return queues(planned, policy)

    monkeypatch.setattr(plan_index, "_queues", counted)
    in_parts = partial(database.groups_in_parts, most=at_a_time)
    monkeypatch.setattr(plan_index, "groups_in_parts", in_parts)
    store.replan()
    assert derived(store) == kept
    assert max(at_once) < sum(at_once) / 2


def met_as(application: Application, follow_up: FollowUp) -> int:
    met = next((i.interviewers for i in application.interviews if i.id == follow_up.interview), ())
    return met.index(follow_up.contact) if follow_up.contact in met else 0


def test_what_comes_next_is_what_the_agenda_says_at_any_instant(store: Store, tracker: Tracker) -> None:
    random = Random(1)
    for application in random.sample(store.applications(), 15):
        choose(tracker, application.id, random)
    enquiring = {each.application for each in store.follow_ups() if each.rule in ENQUIRIES}
    for enquirer in sorted(filter(None, enquiring))[::2]:
        tracker.edit_application(enquirer, employer="One for all")
    choices = store.choices()
    starts = {each.interview: each.starts_at for each in store.interviews_between(FIRST, LAST)}
    policy = store.policy()
    siblings = {a.id: a for a in store.applications()}
    calendars = {a.id: WorkCalendar.of(a, policy) for a in siblings.values()}
    planned = [
        (employer_key(siblings[each.application].employer), each, choices.get(each.key))
        for each in store.follow_ups()
        if each.application is not None
    ]
    by_key = {each.key: each for _, each, _ in planned}
    seen = set()
    waited = 0
    calls = set()
    hours = (-720, -26, 0, 1, 3, 7, 20, 25, 50, 75, 145, 170, 720)
    before_one = max(starts.values()) - timedelta(hours=1)
    for now in (before_one, *(NOW + timedelta(hours=each) for each in hours)):
        expected = {}
        held_back = waiting(
            [each for each in planned if not is_gone(state_at(each[1], each[2], now))], policy, now
        )
        for application in store.applications():
            left = []
            for each in store.follow_ups(application.id):
                choice = choices.get(each.key)
                if not is_gone(state_at(each, choice, now)):
                    first = by_key.get(held_back.get(each.key, ""))
                    around = Circumstances(
                        starts_at=starts.get(each.interview or ""),
                        calendar=calendars[application.id],
                        waits_until=None if first is None else first.expires_at,
                        met_as=met_as(application, each),
                    )
                    left.append(precedence(each, choice, now, around))
                    waited += first is not None
                    if each.channel is Channel.PHONE and each.due_at <= now:
                        calls.add(left[-1][0])
            expected[application.id] = min(left)[-1] if left else None
            seen |= {place[0] for place in left}
        found = store.application_summaries(list(expected), now)
        assert {each.id: each.next_key for each in found.values()} == expected
    assert seen == set(Precedence) - {Precedence.KIND_WORDS}
    assert waited
    assert calls >= {Precedence.DUE, Precedence.AHEAD}
