"""Announcing: the timer's rule of the follow-up rules, over the real store and the real plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Choice,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    LastAnnouncement,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.services.ports import FateHandler, Notification, NotifierFailed, Urgency
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reminding.announcer import Announcement, Host, Reminders
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")
ANA = Contact(id="c1", name="Ana Ruiz", phone="+34 600 000 000")
INTERVIEW = Interview(
    id="i1", starts_at=wall("2026-10-14T10:00"), minutes=60, interviewers=("c1",), debriefed_at=None
)


def application(**fields: object) -> Application:
    values: dict[str, object] = {
        "id": "a1",
        "employer": "Acme",
        "role": "Data Engineer",
        "stage": Stage.INTERVIEWING,
        "timezone": "Europe/Madrid",
        "country": "ES-MD",
    }
    return Application(**(values | fields))  # type: ignore[arg-type]


def told(reply_by: date, **fields: object) -> Application:
    """An application that was told when it will hear; its status call follows."""
    event = Event(id="e1", kind=EventKind.REPLY, at=utc("2026-10-01T09:00"), reply_by=reply_by, contact="c1")
    return application(events=(event,), **fields)


CALL_ON_TUESDAY = told(date(2026, 10, 8))
"""Due Tue 13 Oct 2026, 10:00 in Madrid, which is 08:00 UTC; Mon 12 Oct is a holiday."""
CALL_KEY = "status_call/a1/e1/0"


def reminder(number: int, at: datetime) -> Reminder:
    return Reminder(id=f"m{number}", title=f"Own reminder {number}", at=at, timezone="Europe/Madrid")


class Screen:
    """A notifier that remembers what it was given, shows it at once or later, and breaks when told."""

    tell: FateHandler

    def __init__(self) -> None:
        self.shows: str | None = "screen"
        self.is_slow = False
        self.given: list[Notification] = []
        self.withdrawn: list[str] = []
        self.screen: list[str] = []
        self.error: Exception | None = None

    @property
    def name(self) -> str:
        return "screen"

    def notify(self, notification: Notification) -> None:
        if self.error is not None:
            raise self.error
        self.given.append(notification)
        if not self.is_slow:
            self.settle(notification.tag)

    def settle(self, tag: str) -> None:
        """Say what became of it."""
        if self.shows is not None:
            self.screen.append(tag)
        self.tell(tag, self.shows)

    @property
    def on_screen(self) -> frozenset[str]:
        return frozenset(self.screen)

    def withdraw(self, tag: str) -> None:
        self.withdrawn.append(tag)
        self.screen = [each for each in self.screen if each != tag]

    def close(self) -> None:
        pass


class Desk:
    """The reminders of one search, and everything that they do."""

    def __init__(
        self, *applications: Application, policy: Policy = MADRID, path: Path | None = None, **facts: object
    ) -> None:
        self.store = Store(open_database(path))
        Planner(self.store)
        self.now = utc("2026-10-01T10:00")
        self.encourage = False
        self.paused_until: datetime | None = None
        self.private = False
        self.in_sight = False
        self.calls: list[tuple[object, ...]] = []
        self.refusal: Refused | None = None
        self.start()
        values: dict[str, object] = {"contacts": (ANA,)}
        self.facts = Facts(policy=policy, applications=applications, **(values | facts))  # type: ignore[arg-type]
        with self.store.transaction("Start") as t:
            t.put_facts(self.facts)

    def start(self) -> None:
        """Start the program, perhaps again: the database is all that it knows."""
        self.screen = Screen()
        self.reminders = Reminders(
            self.store,
            self.screen,
            lambda: self.now,
            Announcements(self.store, Wording()),
            Host(
                answer=lambda key, answer: self._write("answer", key, answer),
                snooze=lambda key: self._write("snooze", key),
                open=lambda key: self.calls.append(("open", key)),
                show=lambda sentence: self.calls.append(("tell", sentence)),
                begin=lambda key, answer: self.calls.append(("begin", key, answer)),
                join=lambda url: self.calls.append(("join", url)),
                encourages=lambda: self.encourage,
                paused_until=lambda: self.paused_until,
                private=lambda: self.private,
                in_sight=lambda: self.in_sight,
            ),
        )
        self.screen.tell = self.reminders.shown

    def _write(self, *call: object) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(call)

    def beat(self, at: str) -> tuple[Announcement, ...]:
        self.now = utc(at)
        return self.reminders.beat(self.now)

    def keys(self, at: str) -> list[str]:
        return [key for announcement in self.beat(at) for key in announcement.keys]

    def titles(self, at: str) -> list[str]:
        return [announcement.notification.title for announcement in self.beat(at)]

    def bodies(self, at: str) -> list[str]:
        return [announcement.notification.body for announcement in self.beat(at)]

    def put(self, changed: Application) -> None:
        with self.store.transaction("Edit") as t:
            t.put_application(changed)


@pytest.fixture
def made() -> Iterator[list[Desk]]:
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.store.close()


@pytest.fixture
def desk(made: list[Desk]) -> type[Desk]:
    class Kept(Desk):
        def __init__(self, *applications: Application, **options: object) -> None:
            super().__init__(*applications, **options)  # type: ignore[arg-type]
            made.append(self)

    return Kept


# Joining


def test_a_meeting_is_joined_from_its_notification(desk: type[Desk]) -> None:
    online = replace(INTERVIEW, location="Teams: https://meet.example/acme")
    d = desk(application(interviews=(online,)))
    [announced] = d.beat("2026-10-14T06:00")
    assert [name for name, _label in announced.notification.actions][:2] == ["open", "join"]
    d.reminders.handle_action(announced.notification.tag, "join")
    assert d.calls == [("join", "https://meet.example/acme")]


def test_where_the_link_has_gone_the_follow_up_is_opened(desk: type[Desk]) -> None:
    online = replace(INTERVIEW, location="https://meet.example/acme")
    d = desk(application(interviews=(online,)))
    [announced] = d.beat("2026-10-14T06:00")
    d.put(application(interviews=(INTERVIEW,)))
    d.reminders.handle_action(announced.notification.tag, "join")
    assert d.calls == [("open", announced.notification.tag)]


def test_an_answer_that_asks_more_is_begun_in_the_window_and_can_be_begun_again(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    [announced] = d.beat("2026-10-13T08:00")
    assert [name for name, _label in announced.notification.actions][:2] == ["open", "spoke"]
    d.reminders.handle_action(CALL_KEY, "spoke")
    d.reminders.handle_action(CALL_KEY, "spoke")
    assert d.calls == [("begin", CALL_KEY, Answer.SPOKE)] * 2


def test_what_has_no_link_cannot_be_joined(desk: type[Desk]) -> None:
    d = desk(application(interviews=(replace(INTERVIEW, location="12 Main Street"),)))
    [announced] = d.beat("2026-10-14T06:00")
    assert "join" not in dict(announced.notification.actions)


# Level-triggered


def test_each_moment_is_announced_once(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    assert d.keys("2026-10-13T15:59") == []
    assert d.keys("2026-10-13T16:00") == ["prepare/a1/2026-10-14"]
    assert d.keys("2026-10-13T16:00:30") == []
    assert d.keys("2026-10-14T06:00") == ["prepare/a1/2026-10-14"], "the reminder two hours before"
    assert d.keys("2026-10-14T06:01") == []


def test_after_an_absence_what_fell_due_meanwhile_comes_at_once_and_once(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    assert d.keys("2026-10-14T15:00") == ["debrief/a1/2026-10-14", "thank_you/a1/2026-10-14/c1"]
    assert d.keys("2026-10-14T15:01") == []


def test_a_crash_before_the_record_repeats_and_loses_nothing(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    d.screen.error = RuntimeError("the program was killed")
    with pytest.raises(RuntimeError):
        d.beat("2026-10-13T16:00")
    d.screen.error = None
    assert d.keys("2026-10-13T16:01") == ["prepare/a1/2026-10-14"]


def test_what_no_notifier_takes_is_tried_again(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    d.screen.error = NotifierFailed("none")
    assert d.keys("2026-10-13T16:00") == []
    d.screen.error = None
    assert d.keys("2026-10-13T16:01") == ["prepare/a1/2026-10-14"]


def test_an_announcement_in_the_future_is_pulled_to_now(desk: type[Desk]) -> None:
    future = LastAnnouncement(key=CALL_KEY, announced_at=utc("2027-01-01T00:00"))
    d = desk(CALL_ON_TUESDAY, announced=(future,))
    assert d.keys("2026-10-12T12:00") == []
    record = d.store.announced(CALL_KEY)
    assert record is not None
    assert record.announced_at == utc("2026-10-12T12:00")
    assert d.keys("2026-10-13T08:00") == [CALL_KEY]


def test_a_snooze_silences_until_its_end(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    key = "thank_you/a1/2026-10-14/c1"
    choice = Choice(key=key, made_at=utc("2026-10-14T09:30"), snoozed_until=utc("2026-10-14T19:00"))
    with d.store.transaction("Snooze") as t:
        t.put_choice(choice)
    assert key not in d.keys("2026-10-14T12:00")
    assert d.keys("2026-10-14T18:45") == [], "its own reminder at 18:30 is silenced"
    assert d.keys("2026-10-14T19:00") == [], "quiet hours"
    assert key in d.keys("2026-10-15T06:00")


def test_what_is_skipped_is_not_announced(desk: type[Desk]) -> None:
    choice = Choice(key="debrief/a1/2026-10-14", made_at=utc("2026-10-14T09:30"), skipped=True)
    d = desk(application(interviews=(INTERVIEW,)), choices=(choice,))
    assert d.keys("2026-10-14T15:00") == ["thank_you/a1/2026-10-14/c1"]


def test_what_is_done_is_not_announced(desk: type[Desk]) -> None:
    d = desk(application(interviews=(INTERVIEW,)))
    thanked = Event(
        id="e9", kind=EventKind.THANK_YOU, at=utc("2026-10-14T10:00"), contact="c1", interview="i1"
    )
    d.put(application(interviews=(INTERVIEW,), events=(thanked,)))
    assert d.keys("2026-10-14T15:00") == ["debrief/a1/2026-10-14"]


def test_what_was_moved_to_later_is_not_announced_before_it_is_due(desk: type[Desk]) -> None:
    early = LastAnnouncement(
        key=CALL_KEY, announced_at=utc("2026-10-05T10:00"), again_at=utc("2026-10-06T08:00")
    )
    d = desk(CALL_ON_TUESDAY, announced=(early,))
    assert d.keys("2026-10-06T08:30") == []
    assert d.keys("2026-10-13T08:00") == [CALL_KEY]


# Quiet hours and interviews


def test_in_quiet_hours_only_the_user_s_own_reminders_come_and_the_rest_waits(desk: type[Desk]) -> None:
    own = reminder(1, wall("2026-10-14T23:30"))
    d = desk(application(interviews=(INTERVIEW,)), reminders=(own,))
    assert d.keys("2026-10-14T21:30") == ["manual/m1/2026-10-14"]
    assert d.keys("2026-10-15T05:59") == []
    assert "debrief/a1/2026-10-14" in d.keys("2026-10-15T06:00")


@pytest.mark.parametrize(("starts", "announced"), [(time(7, 30), True), (time(8), False), (time(10), False)])
def test_in_quiet_hours_an_interview_before_their_end_is_announced(
    desk: type[Desk], starts: time, announced: bool
) -> None:
    early = Interview(id="i1", starts_at=datetime.combine(date(2026, 10, 14), starts), minutes=60)
    d = desk(application(interviews=(early,)))
    assert d.keys("2026-10-14T03:00") == (["prepare/a1/2026-10-14"] if announced else [])


def test_while_an_interview_is_under_way_only_own_reminders_come(desk: type[Desk]) -> None:
    other = told(date(2026, 10, 9), id="a2", employer="Initech", interviews=())
    own = reminder(1, wall("2026-10-14T10:15"))
    d = desk(application(interviews=(INTERVIEW,)), other, reminders=(own,))
    d.beat("2026-10-14T07:59")
    assert d.keys("2026-10-14T08:30") == ["manual/m1/2026-10-14"]
    assert d.keys("2026-10-14T09:00") == ["status_call/a2/e1/0"], "when it is over, the rest comes"


def test_an_interview_keeps_announcements_waiting_for_four_hours_at_most(desk: type[Desk]) -> None:
    long = Interview(id="i1", starts_at=wall("2026-10-14T09:00"), minutes=600)
    other = told(date(2026, 10, 9), id="a2", employer="Initech")
    d = desk(application(interviews=(long,)), other)
    d.beat("2026-10-14T06:59")
    assert d.keys("2026-10-14T10:59:59") == []
    assert "status_call/a2/e1/0" in d.keys("2026-10-14T11:00")


# Calls


def test_in_its_slot_the_text_says_call_now(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    (announcement,) = d.beat("2026-10-13T08:00")
    assert announcement.notification.title == "Call Acme about the position"
    assert announcement.notification.body.startswith("Call now, until 12:00.")
    assert "Ana Ruiz" in announcement.notification.body
    record = d.store.announced(CALL_KEY)
    assert record is not None
    assert record.again_at is None


def test_outside_its_slot_it_names_the_next_and_comes_again_then(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    (body,) = d.bodies("2026-10-13T15:00")
    assert body.startswith("Call tomorrow, Wed 10:00.")
    record = d.store.announced(CALL_KEY)
    assert record is not None
    assert record.again_at == utc("2026-10-14T08:00")
    assert d.keys("2026-10-14T07:59") == []
    (body,) = d.bodies("2026-10-14T08:00")
    assert body.startswith("Call now")
    assert d.keys("2026-10-14T08:01") == []


@pytest.mark.parametrize("at", ["2026-10-17T09:00", "2026-10-18T09:00", "2026-10-19T09:00"])
def test_at_a_weekend_and_on_a_monday_nothing_says_call_now(desk: type[Desk], at: str) -> None:
    d = desk(CALL_ON_TUESDAY)
    (announcement,) = d.beat(at)
    assert "call now" not in announcement.notification.title.lower() + announcement.notification.body.lower()
    assert "Tue 10:00" in announcement.notification.body
    (body,) = d.bodies("2026-10-20T08:00")
    assert body.startswith("Call now")


def test_call_now_is_taken_away_when_the_slot_is_over(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.beat("2026-10-13T09:59:30")
    assert d.screen.withdrawn == []
    d.beat("2026-10-13T10:00")
    assert d.screen.withdrawn == [CALL_KEY]


# Many at once


def test_three_come_singly_and_four_as_one(desk: type[Desk]) -> None:
    at = wall("2026-10-06T09:00")
    d = desk(reminders=tuple(reminder(n, at) for n in range(3)))
    assert len(d.beat("2026-10-06T07:00")) == 3
    d = desk(CALL_ON_TUESDAY, reminders=tuple(reminder(n, wall("2026-10-13T17:00")) for n in range(3)))
    (summary,) = d.beat("2026-10-13T15:00")
    assert len(summary.keys) == 4
    assert "4" in summary.notification.title
    assert d.beat("2026-10-13T15:01") == ()
    (body,) = d.bodies("2026-10-14T08:00")
    assert body.startswith("Call now"), "the call still comes in its slot"


def test_a_summary_begins_with_what_today_begins_with(desk: type[Desk]) -> None:
    """The reminders of the morning came before it, but they have no end."""
    closing = application(
        stage=Stage.SAVED, interviews=(), events=(), closes_on=wall("2026-10-08T00:00").date()
    )
    d = desk(closing, reminders=tuple(reminder(n, wall("2026-10-06T09:00")) for n in range(3)))
    (summary,) = d.beat("2026-10-06T08:30")
    assert len(summary.keys) == 4
    assert summary.notification.body.startswith("Apply to Acme")


def test_the_summary_opens_today(desk: type[Desk]) -> None:
    d = desk(reminders=tuple(reminder(n, wall("2026-10-06T09:00")) for n in range(4)))
    (summary,) = d.beat("2026-10-06T07:00")
    d.reminders.handle_action(summary.notification.tag, "open")
    assert d.calls == [("open", None)]


# Encouragement


def rejected(number: int, at: str) -> Application:
    event = Event(id=f"r{number}", kind=EventKind.STAGE, at=utc(at), to_stage=Stage.REJECTED)
    return application(id=f"a{number}", employer=f"Employer {number}", stage=Stage.REJECTED, events=(event,))


def test_encouragement_is_off_unless_turned_on_and_then_one_in_seven_days(desk: type[Desk]) -> None:
    applications = [rejected(n, at) for n, at in enumerate(("2026-10-06T10:00", "2026-10-07T10:00"))]
    d = desk(*applications, rejected(7, "2026-10-13T10:00"))
    assert d.keys("2026-10-07T17:00") == []
    d.encourage = True
    assert d.keys("2026-10-07T17:01") == ["encouragement/a0/r0"]
    assert d.keys("2026-10-08T17:00") == []
    assert d.keys("2026-10-14T17:00") == []
    assert d.keys("2026-10-14T17:01") == ["encouragement/a7/r7"]
    assert d.screen.given[0].urgency is Urgency.LOW


def test_two_rejections_at_once_give_one_encouragement(desk: type[Desk]) -> None:
    d = desk(rejected(1, "2026-10-06T10:00"), rejected(2, "2026-10-06T11:00"))
    d.encourage = True
    assert d.keys("2026-10-07T17:00") == ["encouragement/a1/r1"]


def test_nobody_who_has_a_job_is_consoled(desk: type[Desk]) -> None:
    job = Application(
        id="job", employer="Globex", role="Cook", stage=Stage.ACCEPTED, stage_at=utc("2026-10-07T09:00")
    )
    d = desk(rejected(1, "2026-10-06T10:00"), job)
    d.encourage = True
    assert d.keys("2026-10-07T17:00") == []


# On the screen


def test_what_is_settled_snoozed_or_gone_is_taken_away(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    call = Event(id="e2", kind=EventKind.CALL, at=utc("2026-10-13T08:05"), outcome=CallOutcome.NO_ANSWER)
    d.put(replace(CALL_ON_TUESDAY, events=(*CALL_ON_TUESDAY.events, call)))
    d.beat("2026-10-13T08:06")
    assert d.screen.withdrawn == [CALL_KEY]


# Answers


def test_an_answer_goes_to_the_verb(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.reminders.handle_action(CALL_KEY, "left_message")
    d.reminders.handle_action(CALL_KEY, "open")
    assert d.calls == [("answer", CALL_KEY, Answer.LEFT_MESSAGE), ("open", CALL_KEY)]


def test_a_notification_pressed_twice_is_answered_once(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T15:00")
    d.reminders.handle_action(CALL_KEY, "snooze")
    d.reminders.handle_action(CALL_KEY, "snooze")
    assert [call[0] for call in d.calls] == ["snooze", "tell"]
    assert "nothing was saved" in str(d.calls[1][1])
    (body,) = d.bodies("2026-10-14T08:00")
    assert body.startswith("Call now")
    d.reminders.handle_action(CALL_KEY, "no_answer")
    assert d.calls[2] == ("answer", CALL_KEY, Answer.NO_ANSWER), "the new notification can be answered"


@pytest.mark.parametrize("action", ["debrief", "accept", "nonsense"])
def test_what_is_no_answer_of_this_rule_writes_nothing(desk: type[Desk], action: str) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.reminders.handle_action(CALL_KEY, action)
    assert d.calls == []


def test_an_answer_to_what_was_settled_meanwhile_is_told_kindly(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.put(application(stage=Stage.WITHDRAWN))
    d.reminders.handle_action(CALL_KEY, "left_message")
    (told,) = d.calls
    assert told[0] == "tell", "the window stays where it is"
    assert "already done" in str(told[1])
    assert "Acme" in str(told[1])
    assert d.screen.withdrawn == [CALL_KEY]


def test_a_click_on_what_was_settled_meanwhile_opens_today_and_says_so(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.put(application(stage=Stage.WITHDRAWN))
    d.reminders.handle_action(CALL_KEY, "open")
    assert [call[0] for call in d.calls] == ["open", "tell"]
    assert d.calls[0] == ("open", None)


def test_a_refusal_is_told(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.refusal = Refused("This follow-up ends before then.")
    d.reminders.handle_action(CALL_KEY, "snooze")
    assert d.calls == [("tell", "This follow-up ends before then.")]


def test_keep_searching_is_said_softly(desk: type[Desk]) -> None:
    d = desk(application(stage=Stage.APPLIED, applied_on=date(2026, 9, 1), stage_at=utc("2026-09-01T08:00")))
    d.beat("2026-10-06T08:00")
    soft = [each for each in d.screen.given if each.tag.startswith(Rule.KEEP_SEARCHING)]
    assert [each.urgency for each in soft] == [Urgency.LOW]


# Paused, private, with the user's own numbers


def test_while_paused_nothing_comes_and_nothing_is_lost(desk: type[Desk]) -> None:
    own = reminder(1, wall("2026-10-13T10:30"))
    d = desk(CALL_ON_TUESDAY, reminders=(own,))
    d.paused_until = utc("2026-10-13T15:00")
    assert d.keys("2026-10-13T08:00") == []
    assert d.keys("2026-10-13T14:59:59") == [], "not even the user's own"
    assert sorted(d.keys("2026-10-13T15:00")) == ["manual/m1/2026-10-13", CALL_KEY]
    assert d.keys("2026-10-13T15:01") == []


def test_while_paused_what_is_settled_is_still_taken_away(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    d.paused_until = utc("2026-10-13T15:00")
    d.put(application(stage=Stage.WITHDRAWN))
    d.beat("2026-10-13T08:01")
    assert d.screen.withdrawn == [CALL_KEY]


def test_a_pause_made_by_a_wrong_clock_silences_nothing(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.paused_until = utc("2031-01-01T00:00")
    assert d.keys("2026-10-13T08:00") == [CALL_KEY]


def test_a_summary_counts_as_the_window_does(desk: type[Desk]) -> None:
    """The three of the morning are still open when four more come at once."""
    early = tuple(reminder(n, wall("2026-10-06T09:00")) for n in range(3))
    d = desk(reminders=(*early, *(reminder(n, wall("2026-10-06T10:00")) for n in range(3, 7))))
    assert len(d.beat("2026-10-06T07:00")) == 3
    (summary,) = d.beat("2026-10-06T08:00")
    counted = Overview(d.store, Wording()).today_counts(utc("2026-10-06T08:00")).open_count
    assert (counted, len(summary.keys)) == (7, 4)
    assert summary.notification.title == "7 follow-ups are waiting"


def test_private_notifications_tell_nothing_and_lead_to_the_window(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY, reminders=tuple(reminder(n, wall("2026-10-14T09:00")) for n in range(4)))
    d.private = True
    (single,) = d.beat("2026-10-13T08:00")
    (summary,) = d.beat("2026-10-14T07:00")
    assert single.notification.title == "A follow-up is due"
    assert summary.notification.title == "5 follow-ups are waiting", "the call, too"
    for each in (single.notification, summary.notification):
        said = f"{each.title} {each.body}"
        assert not any(word in said for word in ("Acme", "Ana", "Own reminder", "Engineer", "+34"))
    assert dict(single.notification.actions) == {"open": "Open", "snooze": "Snooze"}
    d.put(application(stage=Stage.WITHDRAWN))
    d.reminders.handle_action(CALL_KEY, "left_message")
    assert "Acme" not in str(d.calls)


def test_a_kind_word_has_the_user_s_own_numbers(desk: type[Desk]) -> None:
    d = desk(rejected(1, "2026-10-06T10:00"), application(id="a9", employer="Globex", stage=Stage.APPLIED))
    d.encourage = True
    (announcement,) = d.beat("2026-10-07T17:00")
    assert "2 applications" in announcement.notification.body


# Clocks


def test_a_clock_set_forward_announces_what_is_due_then_and_back_repeats_once(desk: type[Desk]) -> None:
    own = reminder(1, wall("2026-10-14T12:00"))
    d = desk(reminders=(own,))
    assert d.keys("2026-10-13T10:00") == []
    assert d.keys("2026-10-15T10:00") == ["manual/m1/2026-10-14"], "two days forward"
    assert d.keys("2026-10-13T10:00") == [], "back again: it is not due"
    assert d.keys("2026-10-14T10:00") == ["manual/m1/2026-10-14"], "at its time, once more"
    assert d.keys("2026-10-14T10:01") == []


@pytest.mark.parametrize(
    ("night", "before", "after"),
    [
        ("2026-10-25", "2026-10-25T06:59:59", "2026-10-25T07:00"),
        ("2026-03-29", "2026-03-29T05:59:59", "2026-03-29T06:00"),
    ],
    ids=["clocks go back", "clocks go forward"],
)
def test_in_the_night_in_which_the_clocks_change_quiet_hours_end_by_the_wall(
    desk: type[Desk], night: str, before: str, after: str
) -> None:
    saturday = date.fromisoformat(night).replace(day=date.fromisoformat(night).day - 1)
    met = Interview(id="i1", starts_at=datetime.combine(saturday, time(20)), minutes=60, interviewers=("c1",))
    d = desk(application(interviews=(met,)))
    d.beat(f"{saturday}T12:00")
    assert d.keys(before) == []
    assert f"debrief/a1/{saturday}" in d.keys(after)


@pytest.mark.parametrize(
    ("at", "due"),
    [("2026-10-25T02:30", "2026-10-25T00:30"), ("2026-03-29T02:30", "2026-03-29T01:30")],
    ids=["an hour that comes twice", "an hour that is left out"],
)
def test_a_reminder_in_the_hour_of_the_change_comes_once(desk: type[Desk], at: str, due: str) -> None:
    d = desk(reminders=(reminder(1, wall(at)),))
    instant = utc(due)
    d.beat((instant - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S"))
    assert d.screen.given == []
    for minute in (0, 30, 60, 90):
        d.beat((instant + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S"))
    assert len(d.screen.given) == 1


# Facts that change meanwhile


def test_what_was_skipped_meanwhile_is_not_answered(desk: type[Desk]) -> None:
    d = desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T08:00")
    with d.store.transaction("Skip") as t:
        t.put_choice(Choice(key=CALL_KEY, made_at=utc("2026-10-13T08:01"), skipped=True))
    d.reminders.handle_action(CALL_KEY, "left_message")
    assert [call[0] for call in d.calls] == ["tell"]


def test_what_is_settled_while_it_is_looked_for_is_not_announced(
    desk: type[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    d = desk(CALL_ON_TUESDAY)
    found = d.store.moments_due(utc("2026-10-13T08:00"))
    d.put(application(stage=Stage.WITHDRAWN))
    monkeypatch.setattr(d.store, "moments_due", lambda *_asked, **_more: found)
    assert d.keys("2026-10-13T08:00") == []
    assert d.screen.given == []
