"""The keeper of the phone's calendar: when it writes, when it does not, and what it says when it can't."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, FollowUp, Interview, Rule
from followup_desktop.services.reminding.phone_calendar import (
    AT_MOST_EVERY,
    FILE_NAME,
    PhoneCalendar,
    Wanted,
    in_own_thread,
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

    def read(self, source: Path) -> bytes:
        return source.read_bytes()

    def write(self, target: Path, data: bytes) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.writings += 1
        target.write_bytes(data)


class Keeping:
    """A keeper over a desk, whose work is done at once unless it is held."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.disk = Disk()
        self.told: list[str] = []
        self.held: list[Callable[[], None]] | None = None
        self.reads = 0
        self.calendar = PhoneCalendar(self._read, self.disk, desk.wording, self.told.append, self._run)
        self.calendar.keep(Wanted(folder))
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
def keeping(desk: Desk, tmp_path: Path) -> Keeping:
    desk.put(acme(interviews=(HELD,)))
    return Keeping(desk, tmp_path)


def test_it_is_written_at_the_start_and_then_only_after_a_change(keeping: Keeping) -> None:
    keeping.beat()
    assert "Interview at Acme · Data Engineer" in keeping.titles()
    assert keeping.calendar.is_current
    for _ in range(5):
        keeping.beat()
    assert (keeping.disk.writings, keeping.reads) == (1, 1)
    keeping.desk.tracker.edit_application("a1", employer="Initech")
    keeping.beat()
    assert "Interview at Initech · Data Engineer" in keeping.titles()
    assert keeping.disk.writings == 2


def test_a_change_that_does_not_show_leaves_the_file_alone(keeping: Keeping) -> None:
    keeping.beat()
    keeping.desk.tracker.edit_application("a1", salary="50 000")
    keeping.beat()
    assert keeping.reads == 2
    assert keeping.disk.writings == 1


def test_many_changes_are_written_together(keeping: Keeping) -> None:
    keeping.beat()
    for number in range(5):
        keeping.desk.tracker.edit_application("a1", employer=f"Acme {number}")
        keeping.beat(timedelta(seconds=1))
    assert keeping.disk.writings == 1
    keeping.beat(AT_MOST_EVERY)
    assert keeping.disk.writings == 2
    assert "Interview at Acme 4 · Data Engineer" in keeping.titles()


def test_a_clock_set_back_does_not_hold_it_up(keeping: Keeping) -> None:
    keeping.beat()
    keeping.desk.tracker.edit_application("a1", employer="Initech")
    keeping.beat(-timedelta(days=2))
    assert "Interview at Initech · Data Engineer" in keeping.titles()


def test_what_expires_leaves_it_within_a_heartbeat(keeping: Keeping) -> None:
    keeping.desk.now = madrid("2026-10-14T09:00")
    keeping.beat()
    assert "Prepare for Acme" in keeping.titles()
    keeping.desk.now = madrid("2026-10-14T10:29:30")
    keeping.beat()
    assert "Prepare for Acme" not in keeping.titles()


def test_a_file_that_was_deleted_is_written_again(keeping: Keeping) -> None:
    keeping.beat()
    keeping.file.unlink()
    keeping.beat()
    assert keeping.file.exists()


def test_another_run_goes_on_from_the_file(keeping: Keeping, desk: Desk) -> None:
    keeping.beat()
    again = Keeping(desk, keeping.folder)
    again.beat()
    assert again.disk.writings == 0
    assert again.calendar.is_current


def test_options_are_followed_at_once(keeping: Keeping) -> None:
    keeping.beat()
    keeping.calendar.keep(Wanted(keeping.folder, CalendarOptions(private=True)))
    keeping.beat(timedelta(0))
    assert keeping.titles() == {"Interview", "Follow-up due"}


def test_nowhere_means_nothing_is_read_or_written(keeping: Keeping) -> None:
    keeping.calendar.keep(Wanted())
    keeping.beat()
    keeping.calendar.close(keeping.desk.now)
    assert keeping.reads == 0
    assert not keeping.file.exists()
    assert not keeping.calendar.is_current


# Failures


def test_a_failure_is_told_once_and_tried_again(keeping: Keeping) -> None:
    keeping.disk.refusal = "It can't be written (No space left on device); choose another folder."
    for _ in range(4):
        keeping.beat()
    assert keeping.told == [keeping.disk.refusal]
    assert keeping.calendar.failure == keeping.disk.refusal
    assert not keeping.calendar.is_current
    keeping.disk.refusal = ""
    keeping.beat()
    assert keeping.calendar.failure == ""
    assert keeping.file.exists()


def test_what_looks_again_and_again_does_not_try_as_often(keeping: Keeping) -> None:
    keeping.disk.refusal = "It can't be written (No space left on device); choose another folder."
    for _ in range(5):
        keeping.beat(timedelta(seconds=1))
    assert keeping.reads == 1
    keeping.beat(AT_MOST_EVERY)
    assert keeping.reads == 2


def test_a_share_that_is_not_connected_is_told_as_a_folder_that_is_gone(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(_path: Path) -> bool:
        raise OSError(107, "Transport endpoint is not connected")

    keeping.beat()
    with monkeypatch.context() as away:
        away.setattr(Path, "exists", exists)
        keeping.beat()
        assert "is not there" in keeping.calendar.failure
    keeping.beat()
    assert keeping.calendar.is_current


def test_a_folder_that_is_gone_is_told_and_not_made(keeping: Keeping) -> None:
    keeping.calendar.keep(Wanted(keeping.folder / "gone"))
    keeping.beat()
    assert "is not there" in keeping.calendar.failure
    assert keeping.told == [keeping.calendar.failure]
    assert not (keeping.folder / "gone").exists()
    (keeping.folder / "gone").mkdir()
    keeping.beat()
    assert (keeping.folder / "gone" / FILE_NAME).exists()
    assert keeping.calendar.failure == ""


@pytest.mark.parametrize(
    "contents", [b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n", b"notes"]
)
def test_another_program_s_file_is_left_alone(keeping: Keeping, contents: bytes) -> None:
    keeping.file.write_bytes(contents)
    keeping.beat()
    keeping.beat()
    assert keeping.file.read_bytes() == contents
    assert keeping.calendar.failure.endswith(
        "is another program's and was left alone; choose another folder."
    )
    assert len(keeping.told) == 1
    assert keeping.reads == 0


def test_an_error_comes_up_where_the_heartbeat_is_and_does_not_stop_the_next(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.delattr(Disk, "write")
        with pytest.raises(AttributeError):
            keeping.beat()
    assert not keeping.calendar.is_current
    keeping.desk.tracker.edit_application("a1", employer="Initech")
    keeping.beat()
    assert keeping.file.exists()


# Beside the window


def test_while_it_is_written_nothing_else_begins_and_what_changes_meanwhile_follows(keeping: Keeping) -> None:
    keeping.held = []
    keeping.beat()
    keeping.desk.tracker.edit_application("a1", employer="Initech")
    keeping.beat()
    keeping.beat()
    assert len(keeping.held) == 1
    assert keeping.calendar.is_busy
    work, keeping.held = keeping.held[0], None
    work()
    keeping.beat()
    assert "Interview at Initech · Data Engineer" in keeping.titles()
    assert keeping.calendar.is_current


def test_what_was_begun_for_another_folder_is_not_taken_for_this_one(keeping: Keeping) -> None:
    keeping.held = []
    keeping.beat()
    other = keeping.folder / "other"
    other.mkdir()
    keeping.calendar.keep(Wanted(other))
    work, keeping.held = keeping.held[0], None
    work()
    keeping.beat(timedelta(0))
    assert (other / FILE_NAME).exists()
    assert keeping.calendar.is_current


def test_what_was_edited_last_is_written_before_the_end(keeping: Keeping) -> None:
    keeping.beat()
    keeping.desk.tracker.edit_application("a1", employer="Initech")
    keeping.calendar.close(keeping.desk.now)
    assert "Interview at Initech · Data Engineer" in keeping.titles()


def test_the_work_is_done_in_a_thread_of_its_own() -> None:
    seen = []
    may_end = threading.Event()

    def work() -> None:
        may_end.wait(10)
        seen.append(threading.current_thread().name)

    ended = in_own_thread(work)
    assert not ended(0)
    may_end.set()
    assert ended(10)
    assert seen == ["calendar for the phone"]


def test_settling_a_follow_up_takes_it_from_the_phone(keeping: Keeping) -> None:
    keeping.beat()
    assert "How did it go at Acme?" in keeping.titles()
    keeping.desk.tracker.skip(keeping.desk.follow_up(Rule.DEBRIEF).key)
    keeping.beat()
    assert "How did it go at Acme?" not in keeping.titles()
    keeping.desk.put(replace(acme(interviews=(HELD,)), archived=True))
    keeping.beat()
    assert "Interview at Acme · Data Engineer" not in keeping.titles()
