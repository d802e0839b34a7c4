"""What counts as announced: what was shown, and at the end of the program what was dealt with."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.model import Choice, LastAnnouncement, Stage
from followup_desktop.services.ports import NotifierFailed
from followup_desktop.services.reminding.announcer import SUMMARY_TAG
from followup_desktop.storage.failures import Busy
from followup_desktop.storage.store import HEARTBEAT_PATIENCE
from tests.services.reminding.test_announcer import (
    CALL_KEY,
    CALL_ON_TUESDAY,
    INTERVIEW,
    Desk,
    application,
    reminder,
    utc,
)

PREPARE = "prepare/a1/2026-10-14"
DUE = "2026-10-13T16:00"
"""When the reminder to prepare falls due; it comes again at 06:00 on the next day."""
BEATS = [f"2026-10-13T16:0{minute}:{second}" for minute in range(3) for second in ("00", "30")]


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose database is a file, with one thing to be announced."""
    desk = Desk(application(interviews=(INTERVIEW,)), path=tmp_path / "followup.db")
    yield desk
    desk.store.close()


@contextmanager
def locked(desk: Desk, path: Path) -> Iterator[None]:
    """Another program writes for a long time."""
    other = apsw.Connection(str(path / "followup.db"))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def failing(desk: Desk, path: Path) -> Iterator[None]:
    """No file can be written: the system answers every write with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def full(desk: Desk, path: Path) -> Iterator[None]:
    """The database can't grow, and every page of what was announced is full."""
    (pages,) = next(desk.store._database.sql("PRAGMA page_count"))
    desk.store._database.sql(f"PRAGMA max_page_count = {pages}")
    filler = 0
    for length in (3000, 300, 30, 1):
        try:
            while True:
                filler += 1
                key = f"p{filler:06}".ljust(length, "x")
                desk.store.record_announced([LastAnnouncement(key=key, announced_at=utc("2020-01-01T00:00"))])
        except Exception:  # noqa: BLE001 - it is full
            continue
    try:
        yield
    finally:
        desk.store._database.sql("PRAGMA max_page_count = 1073741823")


def was_refused(desk: Desk) -> bool:
    return desk.reminders.refusal is not None


@pytest.mark.parametrize("trouble", [locked, failing, full])
def test_while_it_can_not_be_recorded_a_reminder_is_shown_once_and_the_record_tried_again(
    in_file: Desk, tmp_path: Path, trouble: Callable[[Desk, Path], AbstractContextManager[None]]
) -> None:
    d = in_file
    with trouble(d, tmp_path):
        shown = [key for at in BEATS for key in d.keys(at)]
        assert shown == [PREPARE]
        assert was_refused(d)
        assert d.store.announced(PREPARE) is None
        assert d.keys("2026-10-14T06:00") == [PREPARE], "the next of its moments is another reminder"
    assert d.keys("2026-10-14T06:00:30") == []
    assert not was_refused(d)
    record = d.store.announced(PREPARE)
    assert record is not None
    assert record.announced_at == utc("2026-10-14T06:00")


def test_a_beat_does_not_wait_for_the_lock_of_another_program(in_file: Desk, tmp_path: Path) -> None:
    """While it writes, SQLite is told to wait a moment only; the user's own writes wait longer."""
    connection = in_file.store._database.connection
    waits: list[int] = []

    def note(_cursor: object, statement: str, _values: object) -> bool:
        if statement.startswith("BEGIN IMMEDIATE"):
            waits.append(connection.pragma("busy_timeout"))
        return True

    connection.set_exec_trace(note)
    with locked(in_file, tmp_path):
        in_file.beat(DUE)
        assert waits
        assert sum(waits) <= 2 * HEARTBEAT_PATIENCE * 1000 <= 200
        in_file.store.wait_for_others(0.5)
        began = time.monotonic()
        with pytest.raises(Busy):
            in_file.put(application(stage=Stage.WITHDRAWN))
        assert time.monotonic() - began >= 0.5


def test_what_was_shown_and_never_recorded_is_recorded_at_the_end(in_file: Desk, tmp_path: Path) -> None:
    with locked(in_file, tmp_path):
        assert in_file.keys(DUE) == [PREPARE]
    in_file.screen.screen.clear()
    in_file.reminders.finish()
    assert in_file.store.announced(PREPARE) == LastAnnouncement(key=PREPARE, announced_at=utc(DUE))


def test_the_end_can_not_fail(in_file: Desk, tmp_path: Path) -> None:
    in_file.beat(DUE)
    with locked(in_file, tmp_path):
        in_file.reminders.finish()
    assert in_file.store.announced(PREPARE) is not None


# Announced is what was shown


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(application(interviews=(INTERVIEW,)))
    yield desk
    desk.store.close()


def test_what_no_back_end_shows_is_tried_again_at_each_beat_until_one_does(desk: Desk) -> None:
    desk.screen.shows = None
    for at in BEATS:
        assert desk.keys(at) == [PREPARE], "once a beat"
        assert desk.store.announced(PREPARE) is None
    desk.screen.shows = "screen"
    assert desk.keys("2026-10-13T16:05") == [PREPARE]
    assert desk.store.announced(PREPARE) == LastAnnouncement(
        key=PREPARE, announced_at=utc("2026-10-13T16:05")
    )
    assert desk.keys("2026-10-13T16:06") == []


def test_while_it_is_not_known_whether_it_is_shown_it_is_not_raised_again(desk: Desk) -> None:
    desk.screen.is_slow = True
    assert desk.keys(DUE) == [PREPARE]
    assert desk.keys("2026-10-13T16:00:30") == []
    assert desk.store.announced(PREPARE) is None
    desk.screen.settle(PREPARE)
    desk.reminders.record()
    assert desk.store.announced(PREPARE) == LastAnnouncement(key=PREPARE, announced_at=utc(DUE))


def test_of_what_nothing_is_heard_is_tried_again_after_a_while(desk: Desk) -> None:
    desk.screen.is_slow = True
    desk.beat(DUE)
    assert desk.keys("2026-10-13T16:01:59") == []
    assert desk.keys("2026-10-13T16:02:00") == [PREPARE]


def test_one_shown_late_counts_and_is_not_raised_again(desk: Desk) -> None:
    desk.screen.shows = None
    desk.beat(DUE)
    desk.reminders.shown(PREPARE, "slow")
    assert desk.keys("2026-10-13T16:00:30") == []
    assert desk.store.announced(PREPARE) == LastAnnouncement(key=PREPARE, announced_at=utc(DUE))


def test_what_is_shown_in_another_notification_is_not_to_come_late(desk: Desk) -> None:
    """The one that was refused is withdrawn when a summary takes its place, so a slow server drops it."""
    desk.screen.shows = None
    desk.beat(DUE)
    with desk.store.transaction("Remind") as t:
        for number in range(3):
            t.put_reminder(reminder(number, datetime(2026, 10, 13, 18)))  # noqa: DTZ001 - a wall time
    desk.screen.shows = "screen"
    (summary,) = desk.beat("2026-10-13T16:00:30")
    assert summary.notification.tag == SUMMARY_TAG
    assert len(summary.keys) == 4
    assert PREPARE in desk.screen.withdrawn
    desk.reminders.shown(PREPARE, "slow")
    assert desk.keys("2026-10-13T16:01") == []
    assert desk.store.announced(PREPARE) == LastAnnouncement(
        key=PREPARE, announced_at=utc("2026-10-13T16:00:30")
    )


def test_the_list_in_sight_is_an_announcement(desk: Desk) -> None:
    desk.screen.shows = None
    desk.in_sight = True
    assert desk.keys(DUE) == [PREPARE]
    assert desk.keys("2026-10-13T16:00:30") == []
    assert desk.store.announced(PREPARE) == LastAnnouncement(key=PREPARE, announced_at=utc(DUE))
    assert desk.screen.withdrawn == [PREPARE], "it need not come late"


def test_the_list_in_sight_is_an_announcement_also_where_a_notifier_refuses_at_once(desk: Desk) -> None:
    desk.screen.error = NotifierFailed("none")
    desk.in_sight = True
    desk.beat(DUE)
    assert desk.store.announced(PREPARE) is not None


def test_when_the_server_is_back_after_long_there_is_no_flood(desk: Desk) -> None:
    desk.screen.shows = None
    with desk.store.transaction("Remind") as t:
        for number in range(30):
            t.put_reminder(reminder(number, datetime(2026, 10, 13, 18, number)))  # noqa: DTZ001 - wall times
    for minute in range(35):
        desk.beat(f"2026-10-13T16:{minute:02}")
    desk.screen.shows, before = "screen", len(desk.screen.given)
    desk.beat("2026-10-13T16:40")
    desk.beat("2026-10-13T16:41")
    (only,) = desk.screen.given[before:]
    assert only.tag == SUMMARY_TAG
    assert only.title.startswith("31 ")


def test_what_is_settled_while_it_is_on_its_way_is_withdrawn_and_not_recorded(desk: Desk) -> None:
    desk.screen.is_slow = True
    desk.beat(DUE)
    desk.put(application(stage=Stage.WITHDRAWN))
    desk.beat("2026-10-13T16:00:30")
    assert desk.screen.withdrawn == [PREPARE]
    desk.screen.settle(PREPARE)
    desk.reminders.record()
    assert desk.store.announced(PREPARE) is None


# What is on the screen at the end


def started_again(desk: Desk) -> Desk:
    """The program ends and is started with the same database."""
    desk.reminders.finish()
    desk.start()
    return desk


def test_what_is_on_the_screen_at_the_end_is_raised_again_at_the_start(desk: Desk) -> None:
    desk.beat(DUE)
    before = desk.screen
    again = started_again(desk)
    assert before.withdrawn == [PREPARE], "nobody would hear its buttons"
    assert again.keys("2026-10-13T18:00") == [PREPARE]
    assert again.keys("2026-10-13T18:00:30") == []


@pytest.mark.parametrize("how", ["closed", "answered", "settled", "snoozed", "gone with its server"])
def test_what_is_not_on_the_screen_at_the_end_was_announced(desk: Desk, how: str) -> None:
    desk.beat(DUE)
    match how:
        case "closed" | "gone with its server":
            desk.screen.screen.clear()
        case "answered":
            desk.reminders.handle_action(PREPARE, "open")
        case "settled":
            desk.put(application(stage=Stage.WITHDRAWN))
        case "snoozed":
            choice = Choice(key=PREPARE, made_at=utc(DUE), snoozed_until=utc("2026-10-13T20:00"))
            with desk.store.transaction("Snooze") as t:
                t.put_choice(choice)
    desk.beat("2026-10-13T16:00:30")
    again = started_again(desk)
    assert again.store.announced(PREPARE) == LastAnnouncement(key=PREPARE, announced_at=utc(DUE))
    assert again.keys("2026-10-13T18:00") == []


def test_the_record_before_comes_back_with_what_was_to_come_again() -> None:
    """Announced on the Monday, to come again in the call slot; that one is on the screen at the end."""
    d = Desk(CALL_ON_TUESDAY)
    d.beat("2026-10-13T10:30")
    first = d.store.announced(CALL_KEY)
    assert first is not None
    assert first.again_at == utc("2026-10-13T12:00"), "between two windows"
    d.screen.screen.clear()
    assert d.keys("2026-10-13T12:00") == [CALL_KEY]
    again = started_again(d)
    assert again.store.announced(CALL_KEY) == first
    (body,) = again.bodies("2026-10-13T12:30")
    assert body.startswith("Call now")
    d.store.close()


def test_two_notifications_about_one_are_both_taken_back(desk: Desk) -> None:
    """In a summary first, then for itself: both are on the screen."""
    with desk.store.transaction("Remind") as t:
        for number in range(3):
            t.put_reminder(reminder(number, datetime(2026, 10, 13, 18)))  # noqa: DTZ001 - a wall time
    desk.beat(DUE)
    assert desk.keys("2026-10-14T06:00") == [PREPARE]
    again = started_again(desk)
    assert again.store.announced(PREPARE) is None
    assert len(again.keys("2026-10-14T06:10")) == 4


def test_what_was_closed_last_is_not_taken_back_though_an_older_one_is_on_the_screen(desk: Desk) -> None:
    with desk.store.transaction("Remind") as t:
        for number in range(3):
            t.put_reminder(reminder(number, datetime(2026, 10, 13, 18)))  # noqa: DTZ001 - a wall time
    desk.beat(DUE)
    desk.beat("2026-10-14T06:00")
    desk.screen.screen.remove(PREPARE)
    again = started_again(desk)
    assert again.store.announced(PREPARE) == LastAnnouncement(
        key=PREPARE, announced_at=utc("2026-10-14T06:00")
    )
    assert len(again.keys("2026-10-14T06:10")) == 3


@pytest.mark.parametrize("beats", [True, False], ids=["noticed", "not noticed"])
def test_after_the_clock_was_set_back_it_is_taken_back_all_the_same(desk: Desk, beats: bool) -> None:
    desk.beat("2026-10-13T17:00")
    desk.now = utc("2026-10-13T16:30")
    if beats:
        desk.beat("2026-10-13T16:30")
    again = started_again(desk)
    assert again.store.announced(PREPARE) is None


def test_what_was_recorded_by_another_run_is_left(desk: Desk) -> None:
    """Another start with the same data has announced it later."""
    desk.beat(DUE)
    other = LastAnnouncement(key=PREPARE, announced_at=utc("2026-10-13T16:10"))
    desk.store.record_announced([other])
    desk.reminders.finish()
    assert desk.store.announced(PREPARE) == other
