"""The section of the phone's calendar, over a real store and real folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from followup_desktop.services.reminding.phone_calendar import FILE_NAME, CalendarWish
from followup_desktop.services.transfer.calendar_entries import CalendarOptions
from followup_desktop.ui.kit.reminder_options import stored_wish
from followup_desktop.ui.kit.window_settings import WindowSettings
from followup_desktop.ui.settings.phone_rows import PhoneRows
from followup_desktop.ui.settings.sections import PHONE
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import settle


@pytest.fixture
def rows(view: SettingsView) -> PhoneRows:
    return view.phone


def choose(rows: PhoneRows, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Choose a folder in the dialog, by keyboard."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: folder)
    rows.folder_button.setFocus()
    QTest.keyClick(rows.folder_button, Qt.Key.Key_Space)


def test_nothing_is_kept_until_a_folder_is_chosen(rows: PhoneRows) -> None:
    assert rows.state.text() == "You haven't chosen a folder."
    assert rows.stop_button.isHidden()
    assert not rows.as_events.isEnabled()


def test_the_calendar_is_written_as_soon_as_a_folder_is_chosen(
    rows: PhoneRows, app_settings: WindowSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(rows, monkeypatch, str(tmp_path))
    assert (tmp_path / FILE_NAME).exists()
    assert rows.state.text() == f"{FILE_NAME} in {tmp_path} is up to date"
    assert stored_wish(app_settings) == CalendarWish(tmp_path)


def test_a_dialog_that_is_left_changes_nothing(
    rows: PhoneRows, app_settings: WindowSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(rows, monkeypatch, "")
    assert stored_wish(app_settings) == CalendarWish()


def test_the_choices_are_followed_at_once(
    rows: PhoneRows, app_settings: WindowSettings, tmp_path: Path
) -> None:
    rows.keep_in(tmp_path)
    tasks = len(Calendar.from_ical((tmp_path / FILE_NAME).read_bytes()).walk("VTODO"))
    rows.as_events.box.click()
    rows.private.box.click()
    calendar = Calendar.from_ical((tmp_path / FILE_NAME).read_bytes())
    assert len(calendar.walk("VTODO")) == tasks
    assert "Follow-up due" in {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert stored_wish(app_settings) == CalendarWish(tmp_path, CalendarOptions(as_events=True, private=True))


def test_what_goes_wrong_stands_there_in_a_sentence(rows: PhoneRows, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"mine")
    rows.keep_in(tmp_path)
    assert "belongs to another program" in rows.state.text()
    assert rows.state.property("type") == "strong"
    (tmp_path / FILE_NAME).unlink()
    rows.keep_in(tmp_path)
    assert rows.state.text().endswith("is up to date")
    assert rows.state.property("type") == "text"


def test_a_failure_that_comes_or_goes_moves_nothing(
    view: SettingsView, rows: PhoneRows, tmp_path: Path
) -> None:
    view.show_section(PHONE)
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    rows.keep_in(folder)
    parts = (rows.folder_button, rows.stop_button, rows.as_events.box, rows.private.box)

    def places() -> list[QPoint]:
        settle()
        return [part.mapTo(rows, QPoint()) for part in parts]

    before = places()
    (folder / FILE_NAME).write_bytes(b"mine")
    rows.private.box.click()
    assert "belongs to another program" in rows.state.text()
    assert places() == before


def test_stopping_leaves_the_file_and_says_so(
    view: SettingsView, rows: PhoneRows, app_settings: WindowSettings, tmp_path: Path
) -> None:
    said: list[str] = []
    view.status.connect(said.append)
    rows.keep_in(tmp_path)
    rows.stop_button.click()
    assert (tmp_path / FILE_NAME).exists()
    assert said == [f"Follow Up no longer updates {FILE_NAME}. Delete it to clear your phone."]
    assert stored_wish(app_settings) == CalendarWish()
    assert rows.stop_button.isHidden()
    assert rows.folder_button.hasFocus()
