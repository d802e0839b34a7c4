"""How the program begins and what its menus do with files; the rest is tried on a real desktop."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from followup_desktop import program
from followup_desktop.app import missing_display
from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.first_start import guessed_place
from followup_desktop.ui.theme import ThemeChoice
from tests.ui.desk import Desk

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("platform", "environment", "is_missing"),
    [
        ("linux", {}, True),
        ("linux", {"DISPLAY": ":0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, False),
        ("darwin", {}, False),
    ],
)
def test_a_missing_display_is_told_instead_of_an_abort(
    platform: str, environment: dict[str, str], is_missing: bool
) -> None:
    sentence = missing_display(platform, environment)
    assert (sentence is not None) == is_missing
    assert sentence is None or sentence.endswith(".")


def test_sample_data_are_there_at_once_and_can_not_be_undone_into_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    program.fill_with_sample(desk.store, NOW)
    assert len(desk.store.facts().applications) > 10
    assert desk.tracker.undo_label is None


def test_the_guessed_place_is_one_that_can_be_set() -> None:
    zone, country = guessed_place()
    assert checks.check_zone(zone, "timezone") == zone
    assert country is None or checks.check_country(country, "country") == country


def test_import_and_export_from_the_menu(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    program.fill_with_sample(desk.store, NOW)
    file = tmp_path / "mine.json"
    assert program.export_file(desk.store, file) == "Everything was written to mine.json."
    assert file.stat().st_mode & 0o077 == 0
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    assert program.import_file(other.tracker, file).startswith("Imported: ")
    assert other.store.facts() == desk.store.facts()
    assert other.tracker.undo_label == "Import"
    with pytest.raises(Refused, match="can't be read"):
        program.import_file(other.tracker, tmp_path / "nowhere.json")


@pytest.mark.parametrize(("stored", "expected"), [("dark", ThemeChoice.DARK), ("pink", ThemeChoice.SYSTEM)])
def test_the_theme_chosen_last_time(tmp_path: Path, stored: str, expected: ThemeChoice) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/theme", stored)
    assert program.theme_choice(settings) is expected
