"""Backups as services: when one is made, where, what is thinned, and how it is told."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Reminder, Stage
from followup_desktop.services.backups import (
    AFTER_START,
    AGAIN_AFTER,
    Backups,
    DailyBackup,
    check_all,
    holds,
    newest_sound,
    no_sound_one,
)
from followup_desktop.services.inside_backup import BackupPart
from followup_desktop.services.own_thread import own_thread
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.bulk import MANY_DELETED
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage import migrations
from followup_desktop.storage.backups import Why, read
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store, Thing
from tests.storage.conftest import ACME, ANA, NOW, put_acme
from tests.storage.test_disk_errors import FailingDisk, disk

__all__ = ["disk"]


class World:
    """A store in a file, with backups; the instant and the second folder are the test's."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.second: Path | None = None
        self.store = Store(open_database(folder / "followup.db"))
        Planner(self.store)
        self.backups = Backups(
            self.store, self.store.backups_folder, lambda: self.now, Wording(), lambda: self.second
        )
        self.tracker = Tracker(self.store, lambda: self.now, Wording())
        self.store.set_safeguard(self.backups.make_if_changed)
        put_acme(self.store)

    def edit(self, text: str) -> None:
        self.tracker.edit_application("a1", notes=text)

    def whys(self) -> list[Why | None]:
        return [each.why for each in self.backups.found()[0]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path / "data")
    yield world
    world.store.close()


def to_the_end(work: Callable[[], None]) -> Callable[[float], bool]:
    """In a thread of its own, which is waited for."""
    ended = own_thread("test")(work)
    return lambda _seconds: ended(60)


def days_of(world: World, count: int, *, edits: Callable[[int], bool]) -> DailyBackup:
    """Run the program for so many days, with an edit on some."""
    daily = DailyBackup(world.backups, world.now, lambda _now: True, to_the_end)
    for day in range(count):
        if edits(day):
            world.edit(f"day {day}")
        for minutes in (2, 3, 60, 61):
            world.now = NOW + timedelta(days=day, minutes=minutes)
            daily.beat(world.now)
    return daily


def test_one_a_day_if_anything_changed_and_none_otherwise(world: World) -> None:
    daily = days_of(world, 6, edits=lambda day: day in {0, 3})
    made = [each.made_at.date() for each in world.backups.found()[0]]
    assert made == [NOW.date() + timedelta(days=3), NOW.date()]
    assert daily.failure == ""


def test_none_while_the_program_starts_and_none_of_nothing(tmp_path: Path) -> None:
    world = World(tmp_path / "data")
    daily = DailyBackup(world.backups, NOW, lambda _now: True, to_the_end)
    daily.beat(NOW + AFTER_START / 2)
    assert world.whys() == []
    world.store.history.undo()
    daily.beat(NOW + AFTER_START)
    daily.beat(NOW + AFTER_START)
    assert world.whys() == []
    world.store.close()


def test_what_is_entered_later_on_a_day_without_one_is_kept_within_the_hour(world: World) -> None:
    daily = days_of(world, 1, edits=lambda _day: False)
    assert len(world.whys()) == 1
    world.now = NOW + timedelta(days=1, minutes=2)
    for minutes in range(0, 180, 30):
        if minutes == 60:
            world.edit("in the evening")
        daily.beat(world.now + timedelta(minutes=minutes))
        daily.beat(world.now + timedelta(minutes=minutes))
    assert len(world.whys()) == 2


def test_what_could_not_be_kept_is_told_and_tried_again(world: World) -> None:
    world.backups.folder.write_text("in the way")
    daily = DailyBackup(world.backups, NOW, lambda _now: True, to_the_end)
    at = NOW + AFTER_START
    daily.beat(at)
    daily.beat(at)
    assert "isn't a folder" in daily.failure
    world.backups.folder.unlink()
    for later in (timedelta(minutes=1), AGAIN_AFTER, AGAIN_AFTER):
        daily.beat(at + later)
    assert daily.failure == ""
    assert world.whys() == [Why.DAILY]


def test_old_ones_are_thinned_out_unless_the_clock_is_in_doubt(world: World) -> None:
    for hours in range(0, 24 * 5, 6):
        world.now = NOW + timedelta(hours=hours)
        world.backups.make(Why.ASKED)
    mine = world.backups.folder / "mine.sqlite3"
    world.backups.save_as(mine)
    world.now = NOW + timedelta(days=5)
    doubtful = DailyBackup(world.backups, NOW, lambda _now: False, to_the_end)
    doubtful.beat(world.now)
    doubtful.beat(world.now)
    assert len(world.whys()) == 21
    certain = DailyBackup(world.backups, NOW, lambda _now: True, to_the_end)
    certain.beat(world.now)
    certain.beat(world.now)
    kept = [each.made_at for each in world.backups.found()[0] if each.file != mine]
    assert sum(world.now - each >= timedelta(days=2) for each in kept) == 3
    assert mine.exists()


def test_a_second_folder_has_the_same_and_is_thinned_with_the_first(world: World, tmp_path: Path) -> None:
    world.second = tmp_path / "synced"
    world.second.mkdir()
    others = world.second / "followup-2020-01-01-000000-daily.sqlite3"
    others.write_bytes(b"of another computer")
    days_of(world, 20, edits=lambda _day: True)
    mine = {each.name: each.read_bytes() for each in world.backups.folder.iterdir()}
    assert {each.name: each.read_bytes() for each in world.second.iterdir() if each != others} == mine
    assert others.read_bytes() == b"of another computer"
    assert 13 <= len(mine) < 20
    if sys.platform != "win32":
        assert {stat.S_IMODE(each.stat().st_mode) for each in world.second.iterdir() if each != others} == {
            0o600
        }


def test_a_second_folder_that_is_gone_is_told_and_the_backup_is_made_all_the_same(
    world: World, tmp_path: Path
) -> None:
    world.second = tmp_path / "unplugged"
    with pytest.raises(Refused, match=r"couldn't be copied to .*unplugged"):
        world.backups.make_by_hand()
    assert world.whys() == [Why.ASKED]
    world.backups.make(Why.IMPORT)
    assert not world.second.exists()


def test_many_deletions_and_those_for_good_are_preceded_by_one(world: World) -> None:
    many = [
        Application(id=f"n{number}", employer=f"E{number}", role="R", stage=Stage.SAVED)
        for number in range(MANY_DELETED)
    ]
    with world.store.transaction("Add") as t:
        t.put_applications(many)
    world.tracker.trash_many(["n0", "n1"])
    assert world.whys() == []
    world.tracker.trash_many([each.id for each in many])
    assert world.whys() == []  # two of them are in the trash already
    world.store.history.undo()
    world.store.history.undo()
    before = world.store.contents()
    world.tracker.trash_many([each.id for each in many])
    (made,) = world.backups.found()[0]
    assert (made.why, made.contents) == (Why.DELETION, before)
    world.now += timedelta(seconds=1)
    world.tracker.delete_for_good([(Thing.APPLICATION, "n3")])
    assert world.whys() == [Why.DELETION, Why.DELETION]
    kept = world.backups.restore(world.backups.found()[0][0].file).kept
    assert kept is not None
    assert read(kept).why is Why.RESTORE
    assert len(world.store.trash()) == MANY_DELETED


def test_what_cannot_be_kept_is_not_deleted(world: World) -> None:
    world.tracker.trash_application("a1")
    world.backups.folder.write_text("in the way")
    with pytest.raises(Refused, match="isn't a folder"):
        world.tracker.delete_for_good([(Thing.APPLICATION, "a1")])
    assert len(world.store.trash()) == 1


def test_a_backup_is_told_in_a_line(world: World) -> None:
    world.backups.make(Why.IMPORT)
    world.now += timedelta(days=2)
    (row,) = world.backups.rows()
    when, holds, size, state, why = row.text.split(" · ")
    assert (when, holds, state, why) == (
        "Wed 12:00",
        "1 application",
        "checked when made",
        "before an import",
    )
    assert size.endswith("kB")
    (world.backups.folder / "x.sqlite3").write_bytes(b"?")
    assert world.backups.rows()[-1].text == "x · damaged"
    row.file.write_bytes(b"?" * 5000)
    assert [each.backup for each in world.backups.rows()] == [None, None]


@pytest.mark.parametrize(
    ("days", "when"),
    [(0, "today 12:00"), (6, "Wed 12:00"), (7, "Wed 14 Oct 12:00"), (400, "Wed 14 Oct 2026 12:00")],
)
def test_its_instant_is_told_as_briefly_as_it_is_clear(world: World, days: int, when: str) -> None:
    world.backups.make(Why.DAILY)
    world.now += timedelta(days=days)
    assert world.backups.rows()[0].when == when


def test_what_is_in_one_can_be_read_without_restoring_it(world: World) -> None:
    made = world.backups.make(Why.DAILY)
    world.edit("later")
    before, bytes_ = world.store.contents(), made.file.read_bytes()
    inside = world.backups.look_into(made.file)
    lines = inside.contents.lines(BackupPart.APPLICATIONS)
    inside.contents.close()
    assert [line.text for line in lines] == ["Acme · Data Engineer · Interviewing"]
    assert inside.summary == "1 application, 2 people, 1 interview and 2 events"
    assert (world.store.contents(), made.file.read_bytes()) == (before, bytes_)


def test_restoring_says_what_was_restored_and_where_the_rest_is(world: World) -> None:
    made = world.backups.make(Why.DAILY)
    world.now += timedelta(hours=1)
    world.edit("later")
    before = world.store.contents()
    done = world.backups.restore(made.file)
    assert done.sentence.startswith(
        "Restored the backup of today 12:00: 1 application. What you had before is"
    )
    assert done.kept is not None
    assert str(done.kept) in done.sentence
    assert read(done.kept).contents == before
    assert world.store.application("a1") == ACME
    world.now += timedelta(days=1)
    assert world.tracker.undo().label == "Restore the backup of Wed 14 Oct 12:00"
    assert world.store.contents() == before


def test_a_check_looks_at_the_database_and_the_newest(world: World) -> None:
    assert check_all(world.backups) == "Your data is sound. There are no backups yet."
    made = world.backups.make(Why.DAILY)
    assert check_all(world.backups) == "Your data is sound, and so is the backup."
    made.file.write_bytes(made.file.read_bytes().replace(b"Ana Ruiz", b"Ana Ruix"))
    with pytest.raises(Refused, match="is damaged"):
        check_all(world.backups)


def test_a_check_tells_of_locked_backups_and_does_not_call_them_damaged(world: World) -> None:
    locked = world.backups.folder / "followup-2026-01-01-120000-daily.sqlite3"
    locked.parent.mkdir(parents=True, exist_ok=True)
    locked.write_bytes(os.urandom(4096 * 4))
    told = "1 backup wasn't checked: it's encrypted with another passphrase, or damaged."
    assert check_all(world.backups) == f"Your data is sound. {told}"
    world.backups.make(Why.DAILY)
    assert check_all(world.backups) == f"Your data is sound, and so is the backup. {told}"


def test_what_a_copy_that_was_killed_left_goes_when_it_is_old(world: World) -> None:
    world.second = world.backups.folder.with_name("second")
    world.second.mkdir()
    made = world.backups.make(Why.DAILY)
    left = [
        world.backups.folder / "followup-x.sqlite3.99.partial",
        world.second / f"{made.file.name}.99.partial",
        world.second / f".{made.file.name}.part",
    ]
    others = world.second / ".of another computer.sqlite3.part"
    for each in (*left, others):
        each.write_bytes(b"half")
    written = datetime.fromtimestamp(others.stat().st_mtime, NOW.tzinfo)
    world.now = written + timedelta(minutes=3)
    world.backups.thin_out()
    assert all(each.exists() for each in left)
    world.now = written + timedelta(minutes=6)
    world.backups.thin_out()
    assert not any(each.exists() for each in left)
    assert others.exists()


@pytest.mark.parametrize("why", [Why.SALVAGED, Why.ASKED])
def test_a_backup_of_an_empty_program_is_not_the_latest_good_one(
    world: World, tmp_path: Path, why: Why
) -> None:
    made = world.backups.make(Why.DAILY)
    nothing = Store(open_database(tmp_path / "empty.db"))
    empty = nothing.make_backup(world.backups.folder / "empty.sqlite3", why, NOW + timedelta(days=1))
    nothing.close()
    newest = newest_sound(world.backups.folder)
    assert newest is not None
    assert newest.file == made.file
    made.file.unlink()
    assert empty.file.exists()
    assert newest_sound(world.backups.folder) is None
    assert no_sound_one(world.backups.folder) == "The only good backups in the data folder are empty."


@pytest.mark.parametrize(("thing", "said"), [("reminder", "1 reminder"), ("person", "1 person")])
def test_a_backup_of_reminders_or_people_alone_is_one(tmp_path: Path, thing: str, said: str) -> None:
    store = Store(open_database(tmp_path / "data" / "followup.db"))
    with store.transaction("Add") as transaction:
        if thing == "person":
            transaction.put_contact(ANA)
        else:
            at = datetime(2026, 10, 20, 9)  # noqa: DTZ001 - a wall time
            transaction.put_reminder(Reminder(id="m1", title="Renew certificate", at=at))
    made = store.make_backup(tmp_path / "backups" / "one.sqlite3", Why.DAILY, NOW)
    store.close()
    newest = newest_sound(tmp_path / "backups")
    assert newest is not None
    assert newest.file == made.file
    assert holds(newest) == said


def test_one_read_that_fails_calls_no_backup_damaged(world: World, disk: FailingDisk, tmp_path: Path) -> None:
    """Neither in the list, nor where one takes the place of an older one."""
    made = world.backups.make_by_hand()
    target = tmp_path / "mine.sqlite3"
    world.backups.save_as(target)
    disk.as_system = True
    for act in (lambda: [row.state for row in world.backups.rows()], lambda: world.store.compare(target)):
        disk.reads, disk.failing = 0, 0
        expected = act()
        needed = disk.reads
        assert needed > 3
        for number in range(1, needed + 1):
            world.backups = world.backups.over(world.store)
            disk.reads, disk.failing = 0, number
            assert act() == expected, number
            disk.failing = 0
    disk.failing, disk.reads, disk.all_after = 1, 0, True
    world.backups = world.backups.over(world.store)
    assert [row.state for row in world.backups.rows()] == ["can't be read now"]
    disk.failing = 0
    assert [row.state for row in world.backups.rows()] == ["checked when made"]
    made.file.write_bytes(made.file.read_bytes()[:5000])
    assert [row.state for row in world.backups.rows()] == ["damaged"]


def test_one_of_a_newer_version_is_called_that(world: World) -> None:
    made = world.backups.make_by_hand()
    connection = apsw.Connection(str(made.file))
    connection.pragma("user_version", migrations.LATEST + 1)
    connection.close()
    (row,) = world.backups.rows()
    assert (row.state, row.is_locked) == ("from a newer version", False)


def test_what_was_deleted_or_emptied_of_a_timeline_since_is_more(world: World, tmp_path: Path) -> None:
    target = tmp_path / "mine.sqlite3"
    assert world.backups.save_as(target).kept is None
    others = tuple(replace(each, id=f"{each.id}-of-now") for each in ACME.events)
    interviews = tuple(replace(each, topics="Streaming", interviewers=()) for each in ACME.interviews)
    for change in (
        {"events": others},
        {"events": tuple(replace(each, note="") for each in ACME.events)},
        {"interviews": tuple(replace(each, topics="") for each in interviews)},
    ):
        with world.store.transaction("Change") as t:
            t.put_application(replace(ACME, interviews=interviews))
        target.unlink()
        assert world.backups.save_as(target).kept is None
        assert world.backups.save_as(target).kept is None
        with world.store.transaction("Change") as t:
            t.put_application(replace(ACME, **{"interviews": interviews} | change))
        kept = world.backups.save_as(target).kept
        assert kept is not None, change
        kept.unlink()
