"""The keeper of the phone's calendar: when it writes, when it does not, and what it says when it can't."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, FollowUp, Interview, Rule
from followup_desktop.services.own_thread import own_thread
from followup_desktop.services.reminding.phone_calendar import (
    AT_MOST_EVERY,
    FILE_NAME,
    CalendarWish,
    PhoneCalendar,
)
from followup_desktop.services.transfer.calendar_entries import CalendarOptions
from tests.services.conftest import Desk, acme, madrid

HELD = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-14T10:00"), minutes=30)
LATER = timedelta(seconds=30)


class Disk:
    """Files in memory's stead: real ones, that can be made to fail, and a count of the writings."""

    def __init__(self) -> None:
        self.writings = 0
        self.refusal = ""

    def read(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> bytes:
        return source.read_bytes()

    def open(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> bytes:
        return self.read(source, is_cancelled)

    def check_target(self, target: Path) -> None:
        return

    def write(self, target: Path, data: bytes, is_cancelled: Callable[[], bool] = bool) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.writings += 1
        target.write_bytes(data)


class DraftKeeper:
    """A keeper over a desk, whose work is done at once unless it is held."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.disk = Disk()
        self.told: list[str] = []
        self.held: list[Callable[[], None]] | None = None
        self.reads = 0
        self.calendar = PhoneCalendar(self._read, self.disk, desk.wording, self.told.append, self._run)
        self.calendar.keep(CalendarWish(folder))
        desk.store.subscribe(lambda _changes: self.calendar.facts_changed())

    @property
    def file(self) -> Path:
        return self.folder / FILE_NAME

    def beat(self, after: timedelta = LATER) -> None:
        """The next heartbeat."""
        self.desk.now += after
        self.calendar.beat(self.desk.now)

    def titles(self) -> set[str]:
        return {
            str(e["SUMMARY"]) for e in Calendar.from_ical(self.file.read_bytes()).walk() if "SUMMARY" in e
        }

    def _read(self) -> tuple[Facts, list[FollowUp]]:
        self.reads += 1
        return self.desk.store.facts_and_plan()

    def _run(self, work: Callable[[], None]) -> Callable[[float], bool]:
        if self.held is None:
            work()
            return lambda _seconds: True
        self.held.append(work)
        done = len(self.held)
        return lambda _seconds: self.held is None or len(self.held) < done


@pytest.fixture
def keeper(desk: Desk, tmp_path: Path) -> DraftKeeper:
    desk.put(acme(interviews=(HELD,)))
    return DraftKeeper(desk, tmp_path)


def test_it_is_written_at_the_start_and_then_only_after_a_change(keeper: DraftKeeper) -> None:
    keeper.beat()
    assert "Interview at Acme · Data Engineer" in keeper.titles()
    assert keeper.calendar.is_current
    for _ in range(5):
        keeper.beat()
    assert (keeper.disk.writings, keeper.reads) == (1, 1)
    keeper.desk.tracker.edit_application("a1", employer="Initech")
    keeper.beat()
    assert "Interview at Initech · Data Engineer" in keeper.titles()
    assert keeper.disk.writings == 2


def test_a_change_that_does_not_show_leaves_the_file_alone(keeper: DraftKeeper) -> None:
    keeper.beat()
    keeper.desk.tracker.edit_application("a1", salary="50 000")
    keeper.beat()
    assert keeper.reads == 2
    assert keeper.disk.writings == 1


def test_many_changes_are_written_together(keeper: DraftKeeper) -> None:
    keeper.beat()
    for number in range(5):
        keeper.desk.tracker.edit_application("a1", employer=f"Acme {number}")
        keeper.beat(timedelta(seconds=1))
    assert keeper.disk.writings == 1
    keeper.beat(AT_MOST_EVERY)
    assert keeper.disk.writings == 2
    assert "Interview at Acme 4 · Data Engineer" in keeper.titles()


def test_a_clock_set_back_does_not_hold_it_up(keeper: DraftKeeper) -> None:
    keeper.beat()
    keeper.desk.tracker.edit_application("a1", employer="Initech")
    keeper.beat(-timedelta(days=2))
    assert "Interview at Initech · Data Engineer" in keeper.titles()


def test_what_expires_leaves_it_within_a_heartbeat(keeper: DraftKeeper) -> None:
    keeper.desk.now = madrid("2026-10-14T09:00")
    keeper.beat()
    assert "Prepare for Acme" in keeper.titles()
    keeper.desk.now = madrid("2026-10-14T10:29:30")
    keeper.beat()
    assert "Prepare for Acme" not in keeper.titles()


def test_a_file_that_was_deleted_is_written_again(keeper: DraftKeeper) -> None:
    keeper.beat()
    keeper.file.unlink()
    keeper.beat()
    assert keeper.file.exists()


def test_another_run_goes_on_from_the_file(keeper: DraftKeeper, desk: Desk) -> None:
    keeper.beat()
    again = DraftKeeper(desk, keeper.folder)
    again.beat()
    assert again.disk.writings == 0
    assert again.calendar.is_current


def test_options_are_followed_at_once(keeper: DraftKeeper) -> None:
    keeper.beat()
    keeper.calendar.keep(CalendarWish(keeper.folder, CalendarOptions(private=True)))
    keeper.beat(timedelta(0))
    assert keeper.titles() == {"Interview", "Follow-up due"}


def test_nowhere_means_nothing_is_read_or_written(keeper: DraftKeeper) -> None:
    keeper.calendar.keep(CalendarWish())
    keeper.beat()
    keeper.calendar.close(keeper.desk.now)
    assert keeper.reads == 0
    assert not keeper.file.exists()
    assert not keeper.calendar.is_current


# Failures


def test_a_failure_is_told_once_and_tried_again(keeper: DraftKeeper) -> None:
    keeper.disk.refusal = "It can't be written (No space left on device); choose another folder."
    for _ in range(4):
        keeper.beat()
    assert keeper.told == [keeper.disk.refusal]
    assert keeper.calendar.failure == keeper.disk.refusal
    assert not keeper.calendar.is_current
    keeper.disk.refusal = ""
    keeper.beat()
    assert keeper.calendar.failure == ""
    assert keeper.file.exists()


def test_what_looks_again_and_again_does_not_try_as_often(keeper: DraftKeeper) -> None:
    keeper.disk.refusal = "It can't be written (No space left on device); choose another folder."
    for _ in range(5):
        keeper.beat(timedelta(seconds=1))
    assert keeper.reads == 1
    keeper.beat(AT_MOST_EVERY)
    assert keeper.reads == 2


def test_a_share_that_is_not_connected_is_told_as_a_folder_that_is_gone(
    keeper: DraftKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(_path: Path) -> bool:
        raise OSError(107, "Transport endpoint is not connected")

    keeper.beat()
    with monkeypatch.context() as away:
        away.setattr(Path, "exists", exists)
        keeper.beat()
        assert "doesn't exist" in keeper.calendar.failure
    keeper.beat()
    assert keeper.calendar.is_current


def test_a_folder_that_is_gone_is_told_and_not_made(keeper: DraftKeeper) -> None:
    keeper.calendar.keep(CalendarWish(keeper.folder / "gone"))
    keeper.beat()
    assert "doesn't exist" in keeper.calendar.failure
    assert keeper.told == [keeper.calendar.failure]
    assert not (keeper.folder / "gone").exists()
    (keeper.folder / "gone").mkdir()
    keeper.beat()
    assert (keeper.folder / "gone" / FILE_NAME).exists()
    assert keeper.calendar.failure == ""


@pytest.mark.parametrize(
    "contents", [b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n", b"notes"]
)
def test_another_program_s_file_is_left_alone(keeper: DraftKeeper, contents: bytes) -> None:
    keeper.file.write_bytes(contents)
    keeper.beat()
    keeper.beat()
    assert keeper.file.read_bytes() == contents
    assert keeper.calendar.failure.endswith(
        "belongs to another program and was left alone. Choose another folder."
    )
    assert len(keeper.told) == 1
    assert keeper.reads == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names, as POSIX has them")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_left_alone_and_not_waited_for(
    keeper: DraftKeeper, make: Callable[[Path], None]
) -> None:
    make(keeper.file)
    keeper.beat()
    assert keeper.calendar.failure.endswith(
        "belongs to another program and was left alone. Choose another folder."
    )
    assert not keeper.file.is_file()


def test_an_error_comes_up_where_the_heartbeat_is_and_does_not_stop_the_next(
    keeper: DraftKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.delattr(Disk, "write")
        with pytest.raises(AttributeError):
            keeper.beat()
    assert not keeper.calendar.is_current
    keeper.desk.tracker.edit_application("a1", employer="Initech")
    keeper.beat()
    assert keeper.file.exists()


# Beside the window


def test_while_it_is_written_nothing_else_begins_and_what_changes_meanwhile_follows(
    keeper: DraftKeeper,
) -> None:
    keeper.held = []
    keeper.beat()
    keeper.desk.tracker.edit_application("a1", employer="Initech")
    keeper.beat()
    keeper.beat()
    assert len(keeper.held) == 1
    assert keeper.calendar.is_busy
    work, keeper.held = keeper.held[0], None
    work()
    keeper.beat()
    assert "Interview at Initech · Data Engineer" in keeper.titles()
    assert keeper.calendar.is_current


def test_what_was_begun_for_another_folder_is_not_taken_for_this_one(keeper: DraftKeeper) -> None:
    keeper.held = []
    keeper.beat()
    other = keeper.folder / "other"
    other.mkdir()
    keeper.calendar.keep(CalendarWish(other))
    work, keeper.held = keeper.held[0], None
    work()
    keeper.beat(timedelta(0))
    assert (other / FILE_NAME).exists()
    assert keeper.calendar.is_current


def test_what_was_edited_last_is_written_before_the_end(keeper: DraftKeeper) -> None:
    keeper.beat()
    keeper.desk.tracker.edit_application("a1", employer="Initech")
    keeper.calendar.close(keeper.desk.now)
    assert "Interview at Initech · Data Engineer" in keeper.titles()


def test_the_work_is_done_in_a_thread_of_its_own() -> None:
    seen = []
    may_end = threading.Event()

    def work() -> None:
        may_end.wait(10)
        seen.append(threading.current_thread().name)

    ended = own_thread("calendar for the phone")(work)
    assert not ended(0)
    may_end.set()
    assert ended(10)
    assert seen == ["calendar for the phone"]


def test_settling_a_follow_up_takes_it_from_the_phone(keeper: DraftKeeper) -> None:
    keeper.beat()
    assert "How did it go at Acme?" in keeper.titles()
    keeper.desk.tracker.skip(keeper.desk.follow_up(Rule.DEBRIEF).key)
    keeper.beat()
    assert "How did it go at Acme?" not in keeper.titles()
    keeper.desk.put(replace(acme(interviews=(HELD,)), archived=True))
    keeper.beat()
    assert "Interview at Acme · Data Engineer" not in keeper.titles()
