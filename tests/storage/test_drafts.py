"""What was typed and not saved is in the database, cheaply, and survives what becomes of it."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import backups
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Key
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import Busy
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import salvage
from followup_desktop.storage.store import Store
from tests.storage.conftest import KEY, NOW, put_acme

TYPED = {"": "New application", "employer": "Globex — “größer”"}
ALL = {"new-application": TYPED, "reminder": {"title": "Call\nthe bank"}}


@pytest.fixture
def store(file: Path) -> Store:
    store = Store(open_database(file))
    Planner(store)
    put_acme(store)
    return store


def keep(store: Store) -> None:
    for key, texts in ALL.items():
        store.drafts.put("forms", key, texts)


def test_they_come_back_in_the_order_in_which_they_were_written(store: Store, file: Path) -> None:
    keep(store)
    store.drafts.put("letters", "reminder", {"body": "Dear Ana,"})
    store.drafts.put("forms", "new-application", TYPED)
    store.drafts.drop("letters", "reminder")
    store.close()
    again = Store(open_database(file))
    assert list(again.drafts.all("forms").items()) == list(reversed(ALL.items()))
    assert again.drafts.all("letters") == {}
    again.close()


def test_they_are_no_step_no_facts_no_change_and_nothing_to_back_up(store: Store) -> None:
    told: list[object] = []
    store.subscribe(told.append)
    facts, contents, label = store.facts(), store.contents(), store.history.undo_label
    store._database.kept("test", lambda: told.append("read again"))
    keep(store)
    store._database.kept("test", lambda: told.append("read again"))
    assert told == ["read again"]
    assert not store.poll_external_change()
    assert (store.facts(), store.contents(), store.history.undo_label) == (facts, contents, label)
    store.close()


def test_a_kill_loses_none_of_them_and_an_edit_puts_them_on_the_disk(store: Store, file: Path) -> None:
    keep(store)
    other = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    assert next(other.execute("SELECT count(*) FROM draft")) == (2,)
    other.close()
    assert store._database.connection.pragma("synchronous") == 2, "edits wait for the disk as ever"
    store.close()


def test_while_another_program_writes_they_are_refused_at_once(store: Store, file: Path) -> None:
    other = apsw.Connection(str(file))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        keep(store)
    other.execute("ROLLBACK")
    other.close()
    keep(store)
    assert store.drafts.all("forms") == ALL
    store.close()


def test_one_that_is_damaged_hides_no_other(store: Store) -> None:
    keep(store)
    store._database.sql("UPDATE draft SET texts = 'noise' WHERE key = 'reminder'")
    assert store.drafts.all("forms") == {"new-application": TYPED}
    store.close()


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_they_survive_a_restore(store: Store, key: Key | None) -> None:
    if key is not None:
        store.put_under_key(key)
    made = store.make_backup(store.backups_folder / "made.sqlite3", Why.ASKED, NOW)
    keep(store)
    store.put_back(made.file, "Restore")
    assert store.drafts.all("forms") == ALL
    store.history.undo()
    assert store.drafts.all("forms") == ALL
    store.close()


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_they_survive_a_backup_in_the_place_of_a_damaged_database(
    store: Store, file: Path, key: Key | None
) -> None:
    if key is not None:
        store.put_under_key(key)
    made = store.make_backup(store.backups_folder / "made.sqlite3", Why.ASKED, NOW)
    keep(store)
    store.settings.put("applications/views", "Globex")
    keys = store.keys
    page = root_page(store, "application")
    store.close()
    damage(file, page)
    with pytest.raises(Refused):
        open_database(file, keys=keys)
    replace_database(file, made.file, NOW, keys)
    again = Store(open_database(file, keys=keys))
    assert again.drafts.all("forms") == ALL
    assert again.settings.all() == {"applications/views": "Globex"}
    again.close()


def test_they_are_saved_with_what_can_be_read_of_a_damaged_database(store: Store, file: Path) -> None:
    keep(store)
    page = root_page(store, "contact")
    store.close()
    damage(file, page)
    made = salvage(file, file.parent / "backups" / "saved.sqlite3", NOW)
    with backups.opened(made.file) as (_backup, connection):
        assert next(connection.execute("SELECT count(*) FROM draft")) == (2,)


def test_nothing_of_them_can_be_read_under_a_passphrase(store: Store, file: Path) -> None:
    keep(store)
    store.put_under_key(KEY)
    store.drafts.put("forms", "reminder", {"title": "Call Globex"})
    assert store.drafts.all("forms")["new-application"] == TYPED
    for each in file.parent.rglob("*"):
        assert each.is_dir() or b"Globex" not in each.read_bytes(), each
    store.close()


def root_page(store: Store, table: str) -> int:
    (row,) = store._database.sql("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    return int(row[0])


def damage(file: Path, page: int) -> None:
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    file.write_bytes(content)
