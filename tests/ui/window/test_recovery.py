"""The box where the database can't be opened: it says what there is, and a backup takes its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from followup_desktop.domain.errors import Refused
from followup_desktop.services.backups import Backups, BackupWording, Rescue
from followup_desktop.services.passphrase import was_locked
from followup_desktop.services.wording import Wording
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import Keys, Note, derive
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import LockedBackup, PerhapsLocked, Unusable, WrongPassphrase
from followup_desktop.storage.opening import Traces
from followup_desktop.storage.store import Store
from followup_desktop.system.autostart import window_command
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.passphrase_window import PassphraseWindow
from followup_desktop.ui.window.recovery import RecoveryBox, recover
from tests.places import NO_DATABASE, put_in_place
from tests.storage.conftest import ACME, NOW, put_acme

WORDS = "correct horse battery"
SALT = bytes(range(16))
SENTENCE = "The database is damaged."
LOCKED_OR_DAMAGED = "The backups in the data folder are damaged, or can only be opened with their passphrase."


@pytest.fixture
def database(tmp_path: Path, theme: Theme) -> Path:
    """A damaged database with a sound backup, and a newer one that is damaged too."""
    assert theme
    file = tmp_path / "data" / "followup.db"
    store = Store(open_database(file))
    put_acme(store)
    keep = Backups(store, store.backups_folder, lambda: NOW, Wording())
    keep.make(Why.DAILY)
    later = Backups(store, store.backups_folder, lambda: NOW + timedelta(hours=1), Wording())
    newer = later.make(Why.DAILY).file
    newer.write_bytes(newer.read_bytes().replace(b"Acme", b"Acne"))
    store.close()
    file.write_bytes(b"noise" * 3000)
    with pytest.raises(Unusable):
        open_database(file)
    return file


def rescue(database: Path, keys: Keys | None = None) -> Rescue:
    now = NOW + timedelta(days=1)
    folder = database.parent / "backups"
    return Rescue(database, folder, BackupWording(Wording(), "UTC", now), now, keys or Keys())


def answer(*ways: Callable[[RecoveryBox], object]) -> list[str]:
    """Answer the boxes that come in these ways, one after the other; gives what they said."""
    said: list[str] = []
    left = list(ways)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, RecoveryBox):
            said.append(f"{box.text()} {box.informativeText()}")
            way = left.pop(0)
            if left:
                QTimer.singleShot(0, look)
            way(box)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return said


def restore(box: RecoveryBox) -> None:
    assert box.restore_button is not None
    box.restore_button.click()


def save_what_can_be_read(box: RecoveryBox) -> None:
    assert box.salvage_button is not None
    box.salvage_button.click()


def nobody(_purpose: Purpose, _act: Callable[[str], object]) -> bool:
    """Gives no passphrase."""
    return False


def nowhere(_folder: Path) -> None:
    raise AssertionError("no other folder was chosen")


def test_another_data_folder_is_opened_and_this_one_left_as_it_is(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()}
    names, started = ["", str(tmp_path)], list[Path]()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: names.pop(0))
    answer(lambda box: box.elsewhere_button.click(), lambda box: box.elsewhere_button.click())
    assert recover(SENTENCE, rescue(database), lambda _folder: None, nobody, started.append) is None
    assert started == [tmp_path]
    assert {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()} == before
    assert window_command("follow", tmp_path, frozen=True) == ("follow", "--data-dir", str(tmp_path))


def test_the_newest_sound_backup_is_offered_and_takes_the_place_of_what_is_kept(database: Path) -> None:
    broken = database.read_bytes()
    said = answer(restore)
    done = recover(SENTENCE, rescue(database), lambda _folder: None, nobody, nowhere)
    assert said[0].startswith(f"{SENTENCE} Latest good backup: Wed 12:00 · 1 application · ")
    assert said[0].endswith("What you entered after that isn't in it.")
    assert done is not None
    assert done.startswith("Restored a backup: 1 application.")
    store = Store(open_database(database))
    assert store.application("a1") == ACME
    store.close()
    assert [each.read_bytes() for each in database.parent.glob("backups/kept-*/followup.db")] == [broken]


def put_right(database: Path) -> bytes:
    """The file is put back from where it was moved to, with more in it than the backup has."""
    database.unlink()
    store = Store(open_database(database.parent.parent / "moved" / "followup.db"))
    put_acme(store)
    store.close()
    (database.parent.parent / "moved" / "followup.db").rename(database)
    return database.read_bytes()


@pytest.mark.parametrize("way", [restore, save_what_can_be_read])
def test_a_file_that_opens_by_now_is_not_replaced(
    database: Path, way: Callable[[RecoveryBox], object]
) -> None:
    def late(box: RecoveryBox) -> None:
        assert QTest.qWaitForWindowActive(box)
        put_right(database)
        way(box)

    answer(late)
    done = recover(SENTENCE, rescue(database), lambda _folder: None, nobody, nowhere)
    assert done == "Your data can be opened again, so it wasn't replaced."
    assert not list(database.parent.glob("backups/kept-*"))
    store = Store(open_database(database))
    assert store.application("a1") == ACME
    store.close()


def test_another_try_changes_nothing_and_looks_again(database: Path) -> None:
    before = {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()}
    answer(lambda box: box.again_button.click())
    assert recover(SENTENCE, rescue(database), lambda _folder: None, nobody, nowhere) == ""
    assert {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()} == before


def test_it_looks_again_once_the_user_comes_back_to_a_file_that_was_changed(database: Path) -> None:
    box = RecoveryBox(SENTENCE, rescue(database))
    pressed: list[object] = []
    box.buttonClicked.connect(pressed.append)
    box.show()
    assert QTest.qWaitForWindowActive(box)
    QApplication.sendEvent(box, QEvent(QEvent.Type.ActivationChange))
    assert pressed == []
    put_right(database)
    QApplication.sendEvent(box, QEvent(QEvent.Type.ActivationChange))
    assert pressed == [box.again_button]


def test_who_quits_finds_every_byte_as_it_was(database: Path) -> None:
    before = {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()}
    opened: list[Path] = []
    answer(lambda box: box.folder_button.click(), lambda box: box.quit_button.click())
    assert recover(SENTENCE, rescue(database), opened.append, nobody, nowhere) is None
    assert opened == [database.parent]
    assert {each: each.read_bytes() for each in database.parent.rglob("*") if each.is_file()} == before


def test_where_no_backup_is_sound_none_is_offered(database: Path) -> None:
    for each in database.parent.glob("backups/*"):
        each.write_bytes(b"?")
    box = RecoveryBox(SENTENCE, rescue(database))
    assert box.restore_button is None
    assert box.informativeText() == "There's no good backup in the data folder."


def test_where_the_backups_are_locked_that_is_said(database: Path) -> None:
    for each in database.parent.glob("backups/*"):
        each.write_bytes(os.urandom(4096 * 4))
    box = RecoveryBox(SENTENCE, rescue(database))
    assert box.restore_button is None
    assert box.informativeText() == LOCKED_OR_DAMAGED


def test_a_backup_that_is_refused_is_told_and_asked_about_again(database: Path) -> None:
    offered = rescue(database)
    assert offered.newest is not None
    offered.newest.file.write_bytes(b"?" * 100)
    said = answer(restore, lambda box: box.quit_button.click())
    assert recover(SENTENCE, offered, lambda _folder: None, nobody, nowhere) is None
    assert "isn't a backup of Follow Up" in said[1]
    with pytest.raises(Refused):
        open_database(database)


def test_what_can_be_read_can_be_saved_instead(database: Path) -> None:
    newest = rescue(database).newest
    assert newest is not None
    content = newest.file.read_bytes()
    database.write_bytes(content[: len(content) - 4096])
    answer(save_what_can_be_read)
    done = recover(SENTENCE, rescue(database), lambda _folder: None, nobody, nowhere)
    assert done is not None
    assert done.startswith("Saved what could be read: 1 application, 2 people, 1 interview")
    store = Store(open_database(database))
    assert store.application("a1") == ACME
    store.close()


def test_where_there_is_nothing_to_read_it_is_not_offered(database: Path) -> None:
    assert RecoveryBox(SENTENCE, rescue(database)).salvage_button is not None
    database.write_bytes(b"")
    assert RecoveryBox(SENTENCE, rescue(database)).salvage_button is None
    database.unlink()
    assert RecoveryBox(SENTENCE, rescue(database)).salvage_button is None
    database.mkdir()
    assert RecoveryBox(SENTENCE, rescue(database)).salvage_button is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
@pytest.mark.parametrize("what", NO_DATABASE)
def test_where_an_encrypted_one_is_missing_or_replaced_its_passphrase_opens_the_backups(
    database: Path, what: str
) -> None:
    make_whole(database)
    store = Store(open_database(database))
    store.put_under_key(derive(WORDS, SALT))
    store.renew_backups()  # another one is damaged
    store.close()
    put_in_place(database, what)
    assert was_locked(database)
    keys = Keys()
    offered = rescue(database, keys)
    assert offered.newest is None
    with pytest.raises(WrongPassphrase):
        offered.unlock(database, "another passphrase")
    offered.unlock(database, WORDS)
    assert rescue(database, keys).newest is not None


def test_one_that_is_encrypted_or_damaged_opens_with_its_passphrase(database: Path, theme: Theme) -> None:
    make_whole(database)
    store = Store(open_database(database))
    store.put_under_key(derive(WORDS, SALT))
    store.close()
    database.with_suffix(".cipher").unlink()
    for each in database.parent.glob("backups/*"):
        each.unlink()
    with pytest.raises(PerhapsLocked) as told:
        open_database(database, traces=Traces(run=database))
    keys = Keys()
    offered = rescue(database, keys)
    answer(lambda box: box.unlock_button.click() if box.unlock_button else None)
    typed: list[str] = []

    def user(purpose: Purpose, act: Callable[[str], object]) -> bool:
        window = PassphraseWindow(theme, purpose, None, lambda _typed, _kept: None)
        said = " ".join(label.text() for label in window.findChildren(QLabel))
        assert "Enter the passphrase of your data. It opens your backups, too." in said
        assert "damaged" not in said, "before anything was typed"
        with pytest.raises(WrongPassphrase):
            act("quite another")
        act(WORDS)
        typed.append(WORDS)
        return True

    assert (
        recover(str(told.value), offered, lambda _folder: None, user, nowhere, is_perhaps_locked=True) == ""
    )
    assert typed
    store = Store(open_database(database, keys=keys))
    assert store.application("a1") == ACME
    store.close()
    assert Note(database).checks(), "the next start asks"


def test_a_backup_under_another_passphrase_takes_its_place_once_that_is_given(database: Path) -> None:
    newest = rescue(database).newest
    assert newest is not None
    broken = database.read_bytes()
    make_whole(database)
    store = Store(open_database(database))
    store.put_under_key(derive(WORDS, SALT))
    assert newest.file not in store.renew_backups(), "the other one is damaged"
    store.close()
    database.with_suffix(".cipher").unlink()
    database.write_bytes(broken)
    keys = Keys()
    offered = rescue(database, keys)
    assert offered.newest is None
    with pytest.raises(LockedBackup):
        offered.restore(newest.file)
    offered.unlock(newest.file, WORDS)
    said = offered.restore(newest.file)
    assert said.startswith("Restored a backup: 1 application.")
    assert said.endswith("Your data is now encrypted with the passphrase of this backup.")
    store = Store(open_database(database, keys=keys))
    assert store.application("a1") == ACME
    assert store.is_under_passphrase
    store.close()


def test_where_the_passphrase_of_the_data_is_not_known_a_plain_backup_leaves_them_plain(
    database: Path, tmp_path: Path
) -> None:
    newest = rescue(database).newest
    assert newest is not None
    plain = tmp_path / "plain.sqlite3"
    plain.write_bytes(newest.file.read_bytes())
    make_whole(database)
    store = Store(open_database(database))
    store.put_under_key(derive(WORDS, SALT))
    store.close()
    database.write_bytes(b"noise" * 3000)
    said = rescue(database).restore(plain)
    assert said.endswith("Your data isn't encrypted now because this backup isn't.")


def make_whole(database: Path) -> None:
    newest = rescue(database).newest
    assert newest is not None
    database.write_bytes(newest.file.read_bytes())
