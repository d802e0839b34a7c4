"""Random searches lived through for weeks: what is announced is what the rule says, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.agenda import is_gone, moments, state_at
from followup_desktop.domain.model import Announced, Application, Channel, Choice, Facts, FollowUp, Rule
from followup_desktop.domain.rules import interview_span
from followup_desktop.domain.worktime import QuietHours, WorkCalendar
from followup_desktop.services.planner import Planner
from followup_desktop.services.ports import Notification
from followup_desktop.services.reminders import Announcement, Reminders, Responses
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.strategies import facts

START = datetime(2026, 9, 28, tzinfo=UTC)
FOUR_HOURS = timedelta(hours=4)
STEPS = st.lists(st.sampled_from((0, 1, 7, 29, 60, 185, 480, 1440, 3000)), min_size=5, max_size=25)
"""Minutes between two beats: the timer, a night, a weekend."""


class Screen:
    """A notifier that accepts everything."""

    @property
    def name(self) -> str:
        return "screen"

    def notify(self, notification: Notification) -> None:
        assert len(notification.body) <= 200

    def withdraw(self, tag: str) -> None:
        pass

    def close(self) -> None:
        pass


class Life:
    """A search with its reminders, and the rule read off the page for comparison."""

    def __init__(self, known: Facts, *, encourage: bool) -> None:
        self.store = Store(open_database(None))
        Planner(self.store)
        with self.store.transaction("Start") as t:
            t.put_facts(known)
        self.facts = self.store.facts()
        self.encourage = encourage
        nothing = Responses(
            answer=lambda _key, _answer: None,
            snooze=lambda _key: None,
            open=lambda _key: None,
            tell=lambda _sentence: None,
        )
        self.reminders = Reminders(
            self.store,
            Screen(),
            lambda: START,
            Wording(),
            nothing,
            announce_encouragement=lambda: encourage,
        )
        self.announced = {each.key: each for each in self.facts.announced}
        self.choices: dict[str, Choice] = {each.key: each for each in self.facts.choices}
        self.applications = {each.id: each for each in self.facts.applications}

    def calls_for(self, now: datetime) -> set[str]:
        """The keys with a moment that has come and was not announced, and need not wait."""
        found = set()
        for follow_up in self.store.follow_ups():
            choice = self.choices.get(follow_up.key)
            if follow_up.due_at > now or is_gone(state_at(follow_up, choice, now)):
                continue
            record = self.announced.get(follow_up.key, Announced(key=follow_up.key))
            last = None if record.announced_at is None else min(record.announced_at, now)
            come = [m for m in moments(follow_up, choice, record.again_at) if m <= now]
            if any(last is None or last < m for m in come) and self.may(follow_up, now):
                found.add(follow_up.key)
        return found

    def may(self, follow_up: FollowUp, now: datetime) -> bool:
        quiet = QuietHours.of(self.facts.policy)
        if follow_up.rule is Rule.MANUAL:
            return True
        if any(start <= now < min(end, start + FOUR_HOURS) for start, end in self.interviews()):
            return False
        if quiet.contains(now):
            return follow_up.rule is Rule.PREPARE and self.start_of(follow_up) < quiet.later(now)
        return follow_up.rule is not Rule.ENCOURAGEMENT

    def interviews(self) -> Iterator[tuple[datetime, datetime]]:
        for application in self.applications.values():
            for interview in application.interviews:
                if not application.archived and not interview.cancelled:
                    yield interview_span(interview, application, self.facts.policy)

    def start_of(self, follow_up: FollowUp) -> datetime:
        application = self.application_of(follow_up)
        (interview,) = [each for each in application.interviews if each.id == follow_up.interview]
        return interview_span(interview, application, self.facts.policy)[0]

    def application_of(self, follow_up: FollowUp) -> Application:
        assert follow_up.application is not None
        return self.applications[follow_up.application]

    def note(self, announcement: Announcement) -> None:
        for key in announcement.keys:
            record = self.store.announced(key)
            assert record is not None
            assert record.announced_at == announcement.at
            self.check(key, record, announcement)
            self.announced[key] = record

    def check(self, key: str, record: Announced, announcement: Announcement) -> None:
        follow_up = self.store.follow_up(key)
        assert follow_up is not None
        now, text = announcement.at, announcement.notification.title + announcement.notification.body
        if follow_up.channel is not Channel.PHONE:
            assert record.again_at is None
            return
        calendar = WorkCalendar.of(self.application_of(follow_up), self.facts.policy)
        if calendar.in_call_slot(now):
            assert record.again_at is None
            assert "call now" in text or len(announcement.keys) > 1
        else:
            assert "call now" not in text
            assert record.again_at == calendar.next_call_slot(now)

    def pull_back(self, now: datetime) -> None:
        for key, record in self.announced.items():
            if record.announced_at is not None and record.announced_at > now:
                self.announced[key] = replace(record, announced_at=now)

    def beat(self, now: datetime) -> None:
        expected = self.calls_for(now)
        announcements = self.reminders.beat(now)
        keys = [key for announcement in announcements for key in announcement.keys]
        assert len(keys) == len(set(keys))
        assert len(announcements) <= 3
        cheers = {key for key in keys if key.startswith(Rule.ENCOURAGEMENT)}
        assert set(keys) - cheers == expected
        self.pull_back(now)
        self.check_cheers(cheers, now)
        for announcement in announcements:
            self.note(announcement)

    def check_cheers(self, cheers: set[str], now: datetime) -> None:
        if not cheers:
            return
        assert self.encourage
        assert len(cheers) == 1
        earlier = [
            record.announced_at
            for key, record in self.announced.items()
            if key.startswith(Rule.ENCOURAGEMENT) and record.announced_at is not None
        ]
        assert all(now - at >= timedelta(days=7) for at in earlier)


@settings(max_examples=40)
@given(facts(), st.booleans(), st.integers(0, 30 * 24 * 60), STEPS)
def test_what_is_announced_is_what_the_rule_says(
    known: Facts, encourage: bool, offset: int, steps: list[int]
) -> None:
    life = Life(known, encourage=encourage)
    now = START + timedelta(minutes=offset)
    for step in steps:
        now += timedelta(minutes=step)
        life.beat(now)
    life.store.close()


@settings(max_examples=20)
@given(facts(), STEPS, st.integers(1, 60 * 24 * 3))
def test_a_clock_set_back_loses_nothing(known: Facts, steps: list[int], back: int) -> None:
    life = Life(known, encourage=False)
    now = START + timedelta(days=14)
    for step in steps:
        now += timedelta(minutes=step)
        life.beat(now)
    now -= timedelta(minutes=back)
    for step in steps:
        life.beat(now)
        now += timedelta(minutes=step)
    life.store.close()
