"""The next reminder: about what, and when it really comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from followup_desktop.domain.model import (
    Application,
    Event,
    EventKind,
    Facts,
    Policy,
    Reminder,
    SearchState,
    Stage,
)
from followup_desktop.services.reading.next_reminder import NextReminder, UpcomingReminders
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store

MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(open_database(None))
    Planner(store)
    yield store
    store.close()


def put(store: Store, *applications: Application, reminders: tuple[Reminder, ...] = ()) -> UpcomingReminders:
    with store.transaction("Begin") as t:
        t.put_facts(
            Facts(
                policy=MADRID,
                applications=applications,
                reminders=reminders,
                search=SearchState(paused=True),
            )
        )
    return UpcomingReminders(store, Wording())


def call() -> Application:
    told = Event(id="e1", kind=EventKind.REPLY, at=utc("2026-10-01T09:00"), reply_by=date(2026, 10, 8))
    return Application(
        id="a1",
        employer="Acme",
        role="Data Engineer",
        stage=Stage.INTERVIEWING,
        timezone="Europe/Madrid",
        country="ES-MD",
        events=(told,),
    )


def own(at: str) -> Reminder:
    return Reminder(id="m1", title="Iron a shirt", at=datetime.fromisoformat(at), timezone="Europe/Madrid")


def test_where_nothing_is_planned_there_is_none(store: Store) -> None:
    assert put(store).next(utc("2026-10-12T10:00")) is None


def test_it_names_what_comes_first_and_when(store: Store) -> None:
    upcoming = put(store, call(), reminders=(own("2026-10-13T09:30"),))
    assert upcoming.next(utc("2026-10-12T10:00")) == NextReminder(
        title="Iron a shirt", at=utc("2026-10-13T07:30"), when="Tue 09:30", soon="tomorrow, Tue 09:30"
    )
    following = upcoming.next(utc("2026-10-13T07:30"))
    assert following is not None
    assert (following.title, following.when) == ("Call Acme about the position", "10:00")


def test_none_comes_before_a_pause_ends(store: Store) -> None:
    upcoming = put(store, call())
    following = upcoming.next(utc("2026-10-12T10:00"), utc("2026-10-13T10:00"))
    assert following is not None
    assert following.at == utc("2026-10-13T10:00")


def test_in_quiet_hours_only_the_user_s_own_is_named_for_its_time(store: Store) -> None:
    upcoming = put(store, reminders=(own("2026-10-13T23:30"),))
    following = upcoming.next(utc("2026-10-13T20:00"))
    assert following is not None
    assert following.at == utc("2026-10-13T21:30")
    upcoming = put(store, call())
    following = upcoming.next(utc("2026-10-12T10:00"), utc("2026-10-13T20:00"))
    assert following is not None
    assert following.at == utc("2026-10-14T06:00"), "the pause ends in quiet hours"


def test_encouragement_is_no_reminder_to_wait_for(store: Store) -> None:
    refused = Event(id="r1", kind=EventKind.STAGE, at=utc("2026-10-06T10:00"), to_stage=Stage.REJECTED)
    put(
        store,
        Application(id="a1", employer="Acme", role="Cook", stage=Stage.REJECTED, events=(refused,)),
    )
    assert store.moments_due(utc("2026-10-07T17:00")), "there is one"
    assert store.next_announcement(utc("2026-10-07T10:00")) is None
