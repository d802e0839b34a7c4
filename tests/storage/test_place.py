"""The file is renamed, deleted or replaced while it is open: no edit is accepted that nobody finds again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, put_acme

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move an open file")

GONE = "is not in its place any more, so nothing is saved"
REPLACED = "Another file has taken the place"


@pytest.fixture
def store(file: Path) -> Store:
    """A store with an application, open."""
    store = Store(open_database(file))
    put_acme(store)
    return store


def add(store: Store, name: str) -> None:
    with store.transaction(f"Add {name}") as t:
        t.put_contact(Contact(id=name, name=name))


def names(file: Path) -> set[str]:
    """The people in the file, as another process reads them."""
    code = (
        "import sys, apsw\n"
        "rows = apsw.Connection(sys.argv[1]).execute('SELECT id FROM contact')\n"
        "print(*(row[0] for row in rows))\n"
    )
    told = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=True, text=True)
    return set(told.stdout.split())


def is_sound(file: Path) -> bool:
    connection = apsw.Connection(str(file))
    try:
        return bool(connection.pragma("integrity_check") == "ok")
    finally:
        connection.close()


def test_while_the_file_is_renamed_edits_are_refused_and_reads_go_on(store: Store, file: Path) -> None:
    away = file.with_name("away.db")
    file.rename(away)
    for _ in range(2):
        with pytest.raises(Refused, match=GONE):
            add(store, "lost")
    with pytest.raises(Refused, match=GONE):
        store.record_announced([])
    with pytest.raises(Refused, match=GONE):
        store.history.undo()
    assert store.application("a1") == ACME
    assert store.history.undo_label == "Add Acme"
    away.rename(file)
    add(store, "back")
    store.close()
    assert names(file) == {"c1", "c2", "back"}


def test_a_file_that_goes_between_the_edit_and_its_commit(store: Store, file: Path) -> None:
    away = file.with_name("away.db")
    with pytest.raises(Refused, match=GONE), store.transaction("Add") as t:
        t.put_contact(Contact(id="lost", name="lost"))
        file.rename(away)
    away.rename(file)
    assert names(file) == {"c1", "c2"}
    store.close()


def test_a_renamed_file_has_all_edits_after_the_end(store: Store, file: Path) -> None:
    add(store, "late")
    away = file.parent / "away" / "away.db"
    away.parent.mkdir()
    file.rename(away)
    store.close()
    assert names(away) == {"c1", "c2", "late"}
    assert not file.exists()
    away.rename(file)
    again = Store(open_database(file))
    assert {contact.id for contact in again.all_contacts()} == {"c1", "c2", "late"}
    again.close()


def test_what_has_taken_the_place_is_left_alone(store: Store, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "followup.db"
    second = Store(open_database(other))
    add(second, "other")
    second.close()
    before = other.read_bytes()
    away = file.with_name("away.db")
    file.rename(away)
    shutil.copy(other, file)
    with pytest.raises(Refused, match=REPLACED):
        add(store, "lost")
    assert store.application("a1") == ACME
    store.close()
    assert file.read_bytes() == before
    assert names(away) == {"c1", "c2"}
    again = Store(open_database(file))
    assert [contact.id for contact in again.all_contacts()] == ["other"]
    again.close()
    assert is_sound(file)
    assert is_sound(away)


def test_a_deleted_file_is_kept_as_a_backup_at_the_end(store: Store, file: Path) -> None:
    add(store, "late")
    file.unlink()
    with pytest.raises(Refused, match=GONE):
        add(store, "lost")
    store.close()
    (kept,) = (file.parent / "backups").iterdir()
    with pytest.raises(Refused, match=rf"put the newest in its place, .*{kept.name}|belongs to the database"):
        open_database(file)
    for left in file.parent.glob("followup.sqlite3-*"):
        left.unlink()
    kept.rename(file)
    again = Store(open_database(file))
    assert {contact.id for contact in again.all_contacts()} == {"c1", "c2", "late"}
    again.close()


@pytest.mark.parametrize("endings", [("-wal",), ("-shm",), ("-wal", "-shm")])
def test_a_log_that_was_deleted_costs_no_edit(store: Store, file: Path, endings: tuple[str, ...]) -> None:
    add(store, "in the log")
    for ending in endings:
        Path(f"{file}{ending}").unlink()
    add(store, "after")
    assert store.poll_external_change()
    with store.transaction("Change") as t:
        t.put_application(replace(ACME, role="Lead"))
    assert names(file) == {"c1", "c2", "in", "the", "log", "after"}
    assert store.history.undo_label == "Change"
    store.history.undo()
    store.close()
    assert names(file) >= {"after"}
    assert is_sound(file)


def test_the_window_can_ask_what_has_become_of_the_file(store: Store, file: Path) -> None:
    assert store.why_misplaced() is None
    away = file.with_name("away.db")
    file.rename(away)
    assert GONE in str(store.why_misplaced())
    away.rename(file)
    assert store.why_misplaced() is None
    store.close()
