"""Random searches lived through for weeks: what is announced is what the rule says, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.agenda import is_gone, moments, state_at
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Choice,
    Event,
    EventKind,
    Facts,
    FollowUp,
    Interview,
    LastAnnouncement,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import interview_span
from followup_desktop.domain.worktime import QuietHours, WorkCalendar
from followup_desktop.services.ports import FateHandler, Notification
from followup_desktop.services.reminding.announcer import Announcement, Host, Reminders
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.sweeps import examples

START = datetime(2026, 9, 28, tzinfo=UTC)
FOUR_HOURS = timedelta(hours=4)

Step = tuple[int, str | int | None]

STEPS = st.lists(
    st.tuples(
        st.sampled_from((0, 1, 7, 29, 60, 60, 95, 185, 480, 1440, 3000)),
        st.sampled_from((None, None, "skip", 1, 5, 30)),
    ),
    min_size=10,
    max_size=40,
)
"""Minutes before each beat (the timer, a night, a weekend), and what the user does to the first thing
announced by it: nothing, skip it, or snooze it for so many hours."""

POLICIES = st.builds(
    Policy,
    timezone=st.sampled_from(("Europe/Madrid", "America/New_York")),
    country=st.sampled_from((None, "ES-MD")),
    quiet_from=st.sampled_from((time(21), time(0), time(11), time(8))),
    quiet_until=st.sampled_from((time(8), time(9, 30))),
    grace_working_days=st.integers(0, 2),
    default_reply_working_days=st.integers(1, 4),
    check_in_working_days=st.integers(1, 5),
    no_call_weekdays=st.sampled_from(((0,), (), (0, 4))),
)


def moments_of_the_weeks() -> st.SearchStrategy[datetime]:
    return st.integers(0, 21 * 24 * 4).map(lambda quarters: START + timedelta(minutes=15 * quarters))


def wall_times() -> st.SearchStrategy[datetime]:
    return moments_of_the_weeks().map(lambda moment: moment.replace(tzinfo=None))


@st.composite
def applications(draw: st.DrawFn, number: int) -> Application:
    """An application about which something happens in these weeks."""
    name = f"a{number}"
    interviews = [
        Interview(
            id=f"{name}-i{n}", starts_at=draw(wall_times()), minutes=draw(st.sampled_from((30, 90, 400)))
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    kinds = draw(st.lists(st.sampled_from((EventKind.REPLY, EventKind.EMAIL, EventKind.CALL)), max_size=3))
    events = [_event(draw, f"{name}-e{n}", kind) for n, kind in enumerate(kinds)]
    return Application(
        id=name,
        employer=f"Employer {number}",
        role="Engineer",
        stage=draw(st.sampled_from(STAGES)),
        stage_at=draw(moments_of_the_weeks()),
        applied_on=draw(moments_of_the_weeks()).date(),
        timezone=draw(st.sampled_from((None, "Europe/Madrid", "America/New_York", "Asia/Kolkata"))),
        channel=draw(st.sampled_from((Channel.PHONE, Channel.PHONE, Channel.EMAIL))),
        interviews=tuple(interviews),
        events=tuple(events),
    )


STAGES = (Stage.INTERVIEWING, Stage.INTERVIEWING, Stage.APPLIED, Stage.OFFER, Stage.REJECTED)


def _event(draw: st.DrawFn, name: str, kind: EventKind) -> Event:
    at = draw(moments_of_the_weeks())
    return Event(
        id=name,
        kind=kind,
        at=at,
        outcome=CallOutcome.NO_ANSWER if kind is EventKind.CALL else None,
        reply_by=(at + timedelta(days=draw(st.integers(0, 7)))).date() if kind is EventKind.REPLY else None,
    )


@st.composite
def searches(draw: st.DrawFn) -> Facts:
    """A busy search, with reminders of the user's own and a record of announcements."""
    return Facts(
        policy=draw(POLICIES),
        applications=tuple(draw(applications(number)) for number in range(draw(st.integers(1, 5)))),
        reminders=tuple(
            Reminder(id=f"m{number}", title="Own", at=draw(wall_times()))
            for number in range(draw(st.integers(0, 3)))
        ),
        announced=tuple(
            LastAnnouncement(key=f"encouragement/a{number}/-", announced_at=draw(moments_of_the_weeks()))
            for number in range(draw(st.integers(0, 1)))
        ),
    )


class Screen:
    """A notifier that shows everything, and says so at once."""

    tell: FateHandler
    on_screen: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return "screen"

    def notify(self, notification: Notification) -> None:
        assert len(notification.body) <= 200
        self.tell(notification.tag, self.name)

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
        nothing = Host(
            answer=lambda _key, _answer: None,
            snooze=lambda _key: None,
            open=lambda _key: None,
            show=lambda _sentence: None,
            encourages=lambda: encourage,
        )
        screen = Screen()
        self.reminders = Reminders(
            self.store,
            screen,
            lambda: START,
            Announcements(self.store, Wording()),
            nothing,
        )
        screen.tell = self.reminders.shown
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
            record = self.announced.get(follow_up.key, LastAnnouncement(key=follow_up.key))
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

    def check(self, key: str, record: LastAnnouncement, announcement: Announcement) -> None:
        follow_up = self.store.follow_up(key)
        assert follow_up is not None
        now, text = announcement.at, announcement.notification.body.lower()
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

    def live(self, now: datetime, steps: list[Step]) -> datetime:
        for minutes, deed in steps:
            now += timedelta(minutes=minutes)
            keys = self.beat(now)
            if keys and deed is not None:
                self.choose(keys[0], deed, now)
        return now

    def choose(self, key: str, deed: str | int, now: datetime) -> None:
        choice = Choice(key=key, made_at=now, skipped=True)
        if isinstance(deed, int):
            choice = Choice(key=key, made_at=now, snoozed_until=now + timedelta(hours=deed))
        with self.store.transaction("Choose") as t:
            t.put_choice(choice)
        self.choices[key] = choice

    def beat(self, now: datetime) -> list[str]:
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
        return keys

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


@settings(max_examples=examples(20))
@given(searches(), st.booleans(), st.integers(0, 7 * 24 * 60), STEPS)
def test_what_is_announced_is_what_the_rule_says(
    known: Facts, encourage: bool, offset: int, steps: list[Step]
) -> None:
    life = Life(known, encourage=encourage)
    life.live(START + timedelta(minutes=offset), steps)
    life.store.close()


@settings(max_examples=examples(10))
@given(searches(), STEPS, STEPS, st.integers(1, 60 * 24 * 3))
def test_a_clock_set_back_loses_nothing(
    known: Facts, before: list[Step], after: list[Step], back: int
) -> None:
    life = Life(known, encourage=False)
    now = life.live(START + timedelta(days=5), before)
    life.live(now - timedelta(minutes=back), after)
    life.store.close()
