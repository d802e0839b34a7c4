"""The section of the backups, over a real store and real folders."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.inside_backup import BackupPart
from followup_desktop.storage import backups
from followup_desktop.storage.backups import Why
from followup_desktop.storage.cipher import derive
from followup_desktop.storage.database import open_database
from followup_desktop.storage.failures import not_read
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.window_settings import SECOND_BACKUPS
from followup_desktop.ui.settings.backup_window import BackupWindow
from followup_desktop.ui.settings.data_rows import DataRows
from followup_desktop.ui.settings.view import SettingsView
from tests.ui.desk import Desk

WORDS = "correct horse battery"


@pytest.fixture
def said(view: SettingsView) -> list[str]:
    said: list[str] = []
    view.status.connect(said.append)
    return said


@pytest.fixture
def rows(view: SettingsView) -> DataRows:
    view.show_section("Data")
    return view.data


def press(button: object) -> None:
    QTest.keyClick(button, Qt.Key.Key_Space)  # type: ignore[call-overload]  # any widget


def texts(rows: DataRows) -> list[str]:
    return [row.text for row in rows.model.rows]


def test_without_a_backup_it_says_so_and_nothing_can_be_restored(rows: DataRows) -> None:
    assert rows.state.text().startswith("There are no backups yet.")
    assert not rows.restore_button.isEnabled()
    assert not rows.look_button.isEnabled()


def test_a_file_in_the_place_of_their_folder_is_told(desk: Desk, rows: DataRows, said: list[str]) -> None:
    folder = desk.store.backups_folder
    folder.write_text("notes")
    rows.refresh()
    sentence = f"Follow Up can't keep a backup in {folder} because it isn't a folder."
    assert rows.state.text().startswith(sentence)
    press(rows.check_button)
    assert said[-1].startswith(sentence)
    folder.unlink()
    rows.refresh()
    assert rows.state.text().startswith("There are no backups yet.")


def test_one_made_by_hand_is_in_the_list_with_what_it_holds(
    desk: Desk, rows: DataRows, said: list[str]
) -> None:
    press(rows.make_button)
    count = len(desk.store.facts().applications)
    (text,) = texts(rows)
    assert f" · {count} applications · " in text
    assert text.endswith(" · checked when made · by hand")
    assert said == [f"Made a backup: {text}"]
    assert rows.state.text() == f"Last backup: {text}"


def test_restoring_brings_it_back_keeps_the_present_and_can_be_undone(
    desk: Desk, rows: DataRows, said: list[str]
) -> None:
    press(rows.make_button)
    then = desk.store.contents()
    desk.now += timedelta(hours=1)
    for application in desk.store.facts().applications[:3]:
        desk.tracker.trash_application(application.id)
    present = desk.store.contents()
    rows.list.select(0)
    press(rows.restore_button)
    assert desk.store.contents() == then
    assert said[-1].startswith("Restored the backup of today ")
    assert desk.tracker.undo_label is not None
    assert desk.tracker.undo_label.startswith("Restore the backup of Wed 14 Oct ")
    assert texts(rows)[0].endswith(" · checked when made · before restoring")
    desk.tracker.undo()
    assert desk.store.contents() == present


def test_a_damaged_one_is_not_restored_and_the_sentence_says_why(
    desk: Desk, rows: DataRows, said: list[str]
) -> None:
    press(rows.make_button)
    (row,) = rows.model.rows
    row.file.write_bytes(row.file.read_bytes().replace(b"interviewing", b"interviewinG"))
    before = desk.store.contents()
    rows.list.select(0)
    press(rows.restore_button)
    assert desk.store.contents() == before
    assert said[-1] == f"The backup {row.file} is damaged. Choose another one."
    press(rows.check_button)
    assert said[-1] == f"The backup {row.file} is damaged. Choose another one."


def test_it_can_be_looked_into_and_restored_from_there(desk: Desk, rows: DataRows) -> None:
    press(rows.make_button)
    then = desk.store.contents()
    desk.tracker.trash_application(desk.store.facts().applications[0].id)
    rows.list.select(0)
    QTest.keyClick(rows.list, Qt.Key.Key_Return)
    (window,) = rows.window().findChildren(BackupWindow)
    assert len(window.model.rows) == then.rows["application"]
    window.part_buttons[BackupPart.PEOPLE].click()
    assert len(window.model.rows) == then.rows["contact"]
    assert window.windowTitle().startswith("Backup of today ")
    press(window.restore_button)
    assert desk.store.contents() == then


@pytest.mark.parametrize("way", ["Close", "Esc", "×"])
def test_what_was_looked_into_is_closed_in_each_way_and_its_copy_given_up(rows: DataRows, way: str) -> None:
    press(rows.make_button)
    rows.look(rows.model.rows[0])
    (window,) = rows.window().findChildren(BackupWindow)
    inside = window._contents
    (line, *_others) = inside.lines(BackupPart.APPLICATIONS)
    assert inside.detail(BackupPart.APPLICATIONS, line.id).paragraphs
    ends = {
        "Close": lambda: press(window.close_button),
        "Esc": lambda: QTest.keyClick(window, Qt.Key.Key_Escape),
        "×": window.close,
    }
    ends[way]()
    assert not isValid(window) or not window.isVisible()
    with pytest.raises(apsw.SQLError, match="no such table"):
        inside.detail(BackupPart.APPLICATIONS, line.id)


def test_a_second_folder_gets_the_newest_at_once_and_each_later_one(
    desk: Desk, rows: DataRows, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    press(rows.make_button)
    synced = desk.folder / "synced"
    synced.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(synced))
    press(rows.folder_button)
    assert [each.name for each in synced.iterdir()] == [rows.model.rows[0].file.name]
    assert rows.second.text() == f"Backups are also copied to {synced}"
    assert rows.folder_button.text().startswith(rows.folder_button.accessibleName())
    desk.now += timedelta(minutes=1)
    press(rows.make_button)
    assert len(list(synced.iterdir())) == 2
    press(rows.stop_button)
    assert said[-1] == f"Backups are no longer copied to {synced}. Those already there stay."
    assert desk.settings().get(SECOND_BACKUPS) == ""
    assert rows.folder_button.hasFocus()
    assert len(list(synced.iterdir())) == 2


def test_a_check_says_what_is_sound(rows: DataRows, said: list[str]) -> None:
    press(rows.check_button)
    press(rows.make_button)
    press(rows.check_button)
    assert said[0] == "Your data is sound. There are no backups yet."
    assert said[-1] == "Your data is sound, and so is the backup."


@pytest.fixture
def foreign(desk: Desk, tmp_path: Path) -> Path:
    """A backup under a passphrase that the data aren't under: of another computer."""
    there = Store(open_database(tmp_path / "there" / "followup.db"))
    with there.transaction("Add") as t:
        t.put_application(Application(id="far", employer="Far Away", role="", stage=Stage.SAVED))
    there.put_under_key(derive(WORDS))
    made = there.make_backup(tmp_path / "there" / "far.sqlite3", Why.ASKED, desk.now)
    there.close()
    return made.file


def test_one_under_another_passphrase_is_restored_once_that_is_typed(
    desk: Desk, rows: DataRows, said: list[str], foreign: Path
) -> None:
    kept = desk.store.backups_folder / "far.sqlite3"
    kept.parent.mkdir(exist_ok=True)
    shutil.copyfile(foreign, kept)
    rows.refresh()
    assert texts(rows) == ["far · damaged, or encrypted with another passphrase"]
    rows.list.setCurrentIndex(rows.model.index(0, 0))
    press(rows.restore_button)
    window = rows.unlock_shown
    assert window is not None
    QTest.keyClicks(window.fields.fields["present"].line, "wrong")
    press(window.act_button)
    assert "isn't the passphrase" in window.fields.fields["present"].refusal
    window.fields.clear()
    QTest.keyClicks(window.fields.fields["present"].line, WORDS)
    press(window.act_button)
    assert [each.employer for each in desk.store.applications()] == ["Far Away"]
    assert said[-1].startswith("Restored the backup of")
    assert not desk.store.is_under_passphrase
    assert "far · encrypted" not in texts(rows)
    desk.store.history.undo()
    assert "Far Away" not in {each.employer for each in desk.store.applications()}


def test_a_backup_from_anywhere_can_be_looked_into_first(
    rows: DataRows, said: list[str], foreign: Path, tmp_path: Path
) -> None:
    rows.choose(foreign, rows.look)
    assert rows.unlock_shown is not None
    QTest.keyClicks(rows.unlock_shown.fields.fields["present"].line, WORDS)
    press(rows.unlock_shown.act_button)
    (window,) = rows.window().findChildren(BackupWindow)
    assert window.isVisible()
    window.close()
    (tmp_path / "letter.txt").write_text("Dear Ana")
    rows.choose(tmp_path / "letter.txt", rows.look)
    assert "isn't a backup" in said[-1]


def test_what_is_said_follows_the_second_folder_while_it_is_seen(desk: Desk, rows: DataRows) -> None:
    stick = desk.folder.parent / "stick that is pulled out"
    stick.mkdir()
    rows.keep_in(stick)
    there = f"Backups are also copied to {stick}"
    assert rows.second.text() == there
    assert rows.looking.isActive()
    away = stick.rename(stick.with_name("elsewhere"))
    rows.looking.timeout.emit()
    assert rows.second.text() == f"{stick} can't be reached, so backups aren't copied there now."
    away.rename(stick)
    rows.looking.timeout.emit()
    assert rows.second.text() == there


def test_a_backup_that_could_not_be_read_is_looked_at_again_while_it_is_seen(
    rows: DataRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(rows.make_button)
    (made,) = rows.model.rows

    def failing(file: Path, *_keys: object) -> None:
        raise not_read(str(file))

    rows._backups._known.clear()
    monkeypatch.setattr(backups, "read", failing)
    rows.refresh()
    assert [row.state for row in rows.model.rows] == ["can't be read now"]
    monkeypatch.undo()
    rows.looking.timeout.emit()
    assert rows.model.rows == (made,)


def test_it_looks_again_when_it_comes_into_sight_and_not_while_it_is_not(
    desk: Desk, view: SettingsView, rows: DataRows
) -> None:
    stick = desk.folder.parent / "another stick"
    stick.mkdir()
    rows.keep_in(stick)
    view.hide()
    assert not rows.looking.isActive()
    shutil.rmtree(stick)
    view.show()
    assert rows.second.text() == f"{stick} can't be reached, so backups aren't copied there now."
