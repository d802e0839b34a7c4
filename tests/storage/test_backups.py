"""Backups: a copy that was verified, what it says of itself, and the way back from it."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Contact, LastAnnouncement, Policy, Reminder, Stage
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.storage import backups, opening
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.migrations import LATEST
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.store import Changes, Store
from followup_desktop.storage.writes import Transaction
from tests.faulty_disk import Way, faulty_disk
from tests.storage.conftest import ACME, ANA, NOW, put_acme
from tests.storage.test_migrations import FACTS, shipped

REMINDER = Reminder(id="r1", title="Renew the certificate", at=datetime(2026, 10, 20, 9))  # noqa: DTZ001
GLOBEX = Application(id="a2", employer="Globex", role="Backend", stage=Stage.APPLIED)


@pytest.fixture
def backup(first: Store, tmp_path: Path) -> Path:
    """A backup with one application, made a moment before the second was added."""
    put_acme(first)
    made = first.make_backup(tmp_path / "backups" / "one.sqlite3", Why.DAILY, NOW)
    with first.transaction("Add Globex") as t:
        t.put_application(GLOBEX)
        t.put_application(replace(ACME, role="Changed", events=()))
    return made.file


def names(store: Store) -> list[str]:
    return sorted(application.id for application in store.facts().applications)


def test_it_holds_what_was_committed_also_what_is_in_the_log_alone(first: Store, backup: Path) -> None:
    assert opening.has_log(Path(str(first._database.path)))
    found = backups.verify(backup)
    assert (found.made_at, found.why, found.schema) == (NOW, Why.DAILY, LATEST)
    assert (found.rows["application"], found.rows["contact"], found.rows["event"]) == (1, 2, 2)
    assert found.size == backup.stat().st_size
    copy = Store(open_database(backup))
    assert copy.application("a1") == ACME
    copy.close()


def test_it_is_one_file_for_the_user_alone(backup: Path) -> None:
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]
    if sys.platform != "win32":
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700


def test_to_make_it_writes_nothing_into_the_database(first: Store, tmp_path: Path) -> None:
    put_acme(first)
    version, before = first._database.data_version(), first.contents()
    first.make_backup(tmp_path / "one.sqlite3", Why.ASKED, NOW)
    assert (first._database.data_version(), first.contents()) == (version, before)
    assert not first.poll_external_change()


def test_the_sum_over_the_contents_tells_every_edit_and_nothing_else(first: Store) -> None:
    empty = first.contents()
    put_acme(first)
    filled = first.contents()
    first.record_run(NOW.date(), NOW)
    first.replan()
    assert first.contents() == filled
    with first.transaction("Edit") as t:
        t.put_application(replace(ACME, notes="x"))
    changed = first.contents()
    first.history.undo()
    assert first.contents() == filled
    assert len({empty.digest, filled.digest, changed.digest}) == 3


def test_each_of_many_rows_is_counted_and_summed_up(first: Store, tmp_path: Path) -> None:
    """Also those at which one part of them ends and the next begins."""
    people = [Contact(id=f"n{number:04}", name="Ana Ruiz") for number in range(605)]
    with first.transaction("Add many") as t:
        for each in people:
            t.put_contact(each)
    made = first.make_backup(tmp_path / "many.sqlite3", Why.ASKED, NOW)
    assert made.rows["contact"] == len(people)
    sums = {first.contents().digest}
    for number in range(195, 405):
        with first.transaction("Change") as t:
            t.put_contact(replace(people[number], name="Tom Berg"))
        sums.add(first.contents().digest)
    assert len(sums) == 1 + 405 - 195


def test_one_with_the_sum_of_former_versions_is_not_called_damaged(first: Store, backup: Path) -> None:
    """They left rows out of it, so nothing can be told by it: it counts as one that wasn't checked."""
    connection = apsw.Connection(str(backup))
    note = json.loads(str(next(connection.execute("SELECT value FROM meta WHERE name = 'backup'"))[0]))
    note["digest"] = note.pop("sha256")
    connection.execute("UPDATE meta SET value = ? WHERE name = 'backup'", (json.dumps(note),))
    connection.close()
    found = backups.verify(backup)
    assert (found.made_at, found.why, found.contents, found.rows["contact"]) == (NOW, Why.DAILY, None, 2)
    first.put_back(backup, "Restore")
    assert names(first) == ["a1"]


def test_putting_it_back_brings_everything_with_its_plan_in_one_step(first: Store, backup: Path) -> None:
    plan_then = [key for key in (f.key for f in first.follow_ups()) if "a1" in key]
    told: list[Changes] = []
    first.subscribe(told.append)
    first.put_back(backup, "Restore")
    assert names(first) == ["a1"]
    assert first.application("a1") == ACME
    assert {f.application for f in first.follow_ups()} <= {"a1", None}
    stored = first.follow_ups()
    first.replan()
    assert first.follow_ups() == stored
    assert len(plan_then) <= len(stored)
    assert told[0].applications >= {"a1", "a2"}


def test_undo_takes_it_back_and_redo_does_it_again(first: Store, backup: Path) -> None:
    before = first.contents()
    first.put_back(backup, "Restore")
    after = first.contents()
    assert first.history.undo().label == "Restore"
    assert first.contents() == before
    first.history.redo()
    assert first.contents() == after
    first.history.undo()
    first.history.undo()
    assert first.history.undo_label == "Add Acme"


def test_the_trash_and_the_settings_come_back_as_well(first: Store, backup: Path) -> None:
    with first.transaction("Delete") as t:
        t.trash_application("a1", NOW)
        t.put_policy(replace(first.policy(), max_attempts=9))
    first.put_back(backup, "Restore")
    assert names(first) == ["a1"]
    assert first.policy() == Policy()
    assert first.is_trash_empty()


def test_what_was_announced_follows_but_when_the_program_ran_does_not(first: Store, backup: Path) -> None:
    key = "thank_you/a1/2026-10-14/c1"
    first.record_announced([LastAnnouncement(key=key, announced_at=NOW)])
    first.record_run(NOW.date(), NOW)
    first.put_back(backup, "Restore")
    assert first.announced(key) is None
    assert first.last_run() == NOW


def test_another_window_sees_it_as_a_change_and_goes_on(first: Store, second: Store, backup: Path) -> None:
    assert names(second) == ["a1", "a2"]
    first.put_back(backup, "Restore")
    assert second.poll_external_change()
    assert names(second) == ["a1"]
    with second.transaction("Edit") as t:
        t.put_application(replace(ACME, notes="on"))
    assert first.poll_external_change()
    assert first.application("a1").notes == "on"
    assert second.why_misplaced() is None


def test_what_is_refused_before_it_begins_changes_nothing(first: Store, backup: Path) -> None:
    def fail() -> None:
        raise Refused("The disk is full.")

    before = first.contents()
    with pytest.raises(Refused, match="full"):
        first.put_back(backup, "Restore", fail)
    assert first.contents() == before
    assert first.history.undo_label == "Add Globex"
    first.put_back(backup, "Restore")


def test_what_breaks_it_off_is_told_though_a_statement_still_reads_the_backup(
    first: Store, backup: Path
) -> None:
    reading = first._database.connection.cursor()

    def fail() -> None:
        next(reading.execute("SELECT id FROM restored.application UNION ALL SELECT 1"))
        raise Refused("no room")

    with pytest.raises(Refused, match="no room"):
        first.put_back(backup, "Restore", fail)
    reading.close()
    first.put_back(backup, "Restore")


def test_nobody_writes_between_what_is_kept_and_what_is_put_back(
    first: Store, second: Store, backup: Path, tmp_path: Path
) -> None:
    second.wait_for_others(0.01)

    def keep() -> None:
        with pytest.raises(Refused, match="Another program is writing"), second.transaction("Edit") as t:
            t.put_contact(replace(ANA, notes="late"))
        first.make_backup(tmp_path / "kept.sqlite3", Why.RESTORE, NOW)

    before = first.contents()
    first.put_back(backup, "Restore", keep)
    assert backups.verify(tmp_path / "kept.sqlite3").contents == before


@pytest.mark.parametrize("schema", range(1, LATEST))
def test_one_of_an_older_schema_is_brought_to_ours_first(first: Store, tmp_path: Path, schema: int) -> None:
    old = tmp_path / "old" / "old.sqlite3"
    shipped(schema, old)
    before = old.read_bytes()
    assert first.put_back(old, "Restore").schema == schema
    assert interchange.write(first.facts()) == FACTS.read_text("utf-8")
    assert old.read_bytes() == before


def spoil_text(file: Path) -> None:
    """Change a letter of what the user wrote, which no check of SQLite's sees."""
    data = file.read_bytes()
    assert data.count(b"Data Engineer") >= 1
    file.write_bytes(data.replace(b"Data Engineer", b"Data Engineor"))


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def make_noise(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096 * 3 : 4096 * 5] = bytes(range(256)) * 32
    file.write_bytes(data)


def drop_a_table(file: Path) -> None:
    connection = apsw.Connection(str(file))
    connection.execute("DROP TABLE event")
    connection.close()


def leave_a_reference(file: Path) -> None:
    connection = apsw.Connection(str(file))
    connection.execute("DELETE FROM contact WHERE id = 'c1'")
    connection.close()


@pytest.mark.parametrize("spoil", [spoil_text, cut_short, make_noise, drop_a_table, leave_a_reference])
def test_one_that_is_not_as_it_was_made_is_never_put_back(first: Store, backup: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(backup)
    before, bytes_before = first.contents(), backup.read_bytes()
    with pytest.raises(Refused, match="is damaged"):
        backups.verify(backup)
    with pytest.raises(Refused, match="is damaged"):
        first.put_back(backup, "Restore")
    assert first.contents() == before
    assert backup.read_bytes() == bytes_before


def test_what_is_no_backup_is_refused_in_a_sentence(first: Store, backup: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    apsw.Connection(str(foreign)).execute("CREATE TABLE t (x)")
    text = tmp_path / "text.sqlite3"
    text.write_text("notes")
    (tmp_path / "folder").mkdir()
    for file in (foreign, text, tmp_path / "folder"):
        with pytest.raises(Refused, match="isn't a backup of Follow Up"):
            first.put_back(file, "Restore")
    with pytest.raises(Refused, match="doesn't exist"):
        first.put_back(tmp_path / "missing", "Restore")
    newer = Path(shutil.copy(backup, tmp_path / "newer.sqlite3"))
    connection = apsw.Connection(str(newer))
    connection.pragma("user_version", LATEST + 1)
    connection.close()
    with pytest.raises(Refused, match="newer version"):
        first.put_back(newer, "Restore")


def test_the_database_itself_is_no_backup_of_it(first: Store) -> None:
    put_acme(first)
    with pytest.raises(Refused, match="is the database itself"):
        first.put_back(Path(str(first._database.path)), "Restore")


def test_a_database_copied_by_hand_counts_as_one_that_says_nothing_of_itself(
    first: Store, backup: Path, tmp_path: Path
) -> None:
    first._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = Path(shutil.copy(Path(str(first._database.path)), tmp_path / "mine.sqlite3"))
    found = backups.verify(copy)
    assert (found.why, found.contents, found.rows["application"]) == (None, None, 2)
    first.put_back(backup, "Restore")
    first.put_back(copy, "Restore mine")
    assert names(first) == ["a1", "a2"]


def test_a_damaged_database_makes_no_backup_and_says_whose_fault_it_is(file: Path, tmp_path: Path) -> None:
    store = Store(open_database(file))
    put_acme(store)
    for number in range(60):
        with store.transaction("Add") as t:
            t.put_contact(replace(ANA, id=f"n{number}", notes="x" * 2000))
    store.close()
    store = Store(open_database(file))
    with file.open("r+b") as written:
        written.seek(4096 * 60)
        written.write(b"\xff" * 4096 * 2)
    target = tmp_path / "kept" / "one.sqlite3"
    with pytest.raises(Refused):
        store.make_backup(target, Why.DAILY, NOW)
    assert not target.exists()
    assert not list(target.parent.glob("*"))


def test_a_list_has_the_newest_first_and_names_what_can_t_be_read(first: Store, tmp_path: Path) -> None:
    put_acme(first)
    folder = tmp_path / "backups"
    for days in (0, 2, 1):
        at = NOW - timedelta(days=days)
        first.make_backup(folder / backups.name_of(at, Why.DAILY), Why.DAILY, at)
    (folder / "broken.sqlite3").write_bytes(b"no")
    (folder / "readme.txt").write_text("mine")
    found, others = backups.listed(folder)
    assert [(NOW - each.made_at).days for each in found] == [0, 1, 2]
    assert all(each.is_automatic for each in found)
    assert [each.name for each in others] == ["broken.sqlite3"]


def test_its_name_sorts_by_the_instant_wherever_it_was_made() -> None:
    here = datetime.fromisoformat("2026-11-28T01:30:00+02:00")
    assert backups.name_of(here, Why.IMPORT) == "followup-2026-11-27-233000-before-import.sqlite3"
    assert backups.name_of(datetime(2026, 1, 2, tzinfo=UTC), Why.DAILY) < backups.name_of(here, Why.ASKED)


def test_one_that_is_given_up_leaves_nothing(first: Store, tmp_path: Path) -> None:
    put_acme(first)
    with pytest.raises(apsw.InterruptError):
        first.make_backup(tmp_path / "kept" / "one.sqlite3", Why.DAILY, NOW, lambda: True)
    assert not list(tmp_path.glob("kept/*"))


def test_a_planner_is_not_needed_to_put_one_back(file: Path, backup: Path, first: Store) -> None:
    first.close()
    store = Store(open_database(file))
    Planner(store)
    store.put_back(backup, "Restore")
    store.close()
    again = Store(open_database(file))
    assert again.application("a1") == ACME
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be deleted there")
def test_a_backup_is_put_back_though_the_log_was_deleted_meanwhile(tmp_path: Path) -> None:
    file = tmp_path / "data" / "followup.db"
    store = Store(open_database(file))
    put_acme(store)
    made = store.make_backup(tmp_path / "one.sqlite3", Why.ASKED, NOW)
    with store.transaction("Edit") as t:
        t.put_contact(replace(ANA, notes="later"))
    Path(f"{file}-wal").unlink()
    store.put_back(made.file, "Restore")
    assert store.contents() == made.contents
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the disk is made of POSIX files")
def test_a_disk_that_is_full_as_one_takes_the_place_is_not_said_to_be_that_of_the_backup(
    tmp_path: Path,
) -> None:
    file, made = tmp_path / "data" / "followup.db", tmp_path / "one.sqlite3"
    store = Store(open_database(file))
    put_acme(store)
    store.make_backup(made, Why.ASKED, NOW)
    store.close()
    file.write_bytes(b"noise" * 2000)
    with faulty_disk() as disk:
        disk.way, disk.failing = Way.FULL, 1
        with pytest.raises(Refused, match=f"The disk with {file} is full"):
            replace_database(file, made, NOW)
    assert file.read_bytes() == b"noise" * 2000


@pytest.mark.parametrize(
    ("lose", "has_more"),
    [
        (lambda t: t.put_contact(replace(ANA, email="")), True),
        (lambda t: t.put_application(replace(ACME, notes="")), True),
        (lambda t: t.put_application(replace(ACME, notes="Other notes")), False),
        (lambda t: t.delete_reminder("r1"), True),
        (lambda t: t.put_reminder(replace(REMINDER, title="Renew it")), False),
    ],
    ids=["an address emptied", "notes emptied", "notes changed", "a reminder deleted", "a reminder renamed"],
)
def test_what_was_emptied_or_deleted_since_is_more(
    first: Store, tmp_path: Path, lose: Callable[[Transaction], None], has_more: bool
) -> None:
    put_acme(first)
    with first.transaction("Add") as t:
        t.put_application(replace(ACME, notes="Long notes"))
        t.put_reminder(REMINDER)
    made = first.make_backup(tmp_path / "backup.sqlite3", Why.ASKED, NOW).file
    assert not first.compare(made).has_more
    with first.transaction("Lose") as t:
        lose(t)
    assert first.compare(made) == (True, has_more)


def test_one_that_fails_leaves_nothing_that_sqlite_kept_beside_it(
    first: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_acme(first)

    def failing(_source: object, partial: Path, *_others: object) -> None:
        Path(f"{partial}-journal").write_bytes(b"a page")
        raise apsw.IOError("the disk failed")

    monkeypatch.setattr(backups, "_verify_copy", failing)
    with pytest.raises(Refused):
        first.make_backup(tmp_path / "kept" / "backup.sqlite3", Why.ASKED, NOW)
    assert list((tmp_path / "kept").iterdir()) == []
