"""Settings are written soon, into no folder that another has put in the place of the program's."""

from __future__ import annotations

import weakref
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.system.paths import DataPaths
from followup_desktop.ui.kit.theme import ThemeChoice
from followup_desktop.ui.kit.window_settings import SHOWN_VIEW, THEME, WindowSettings


def test_nothing_is_written_until_the_folder_is_back(qapp: QApplication, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    paths.folder.mkdir()
    began = paths.identity()
    file = QSettings(str(paths.settings), QSettings.Format.IniFormat)
    settings = WindowSettings(file, lambda: paths.identity() == began)
    settings.set(THEME, ThemeChoice.DARK)
    settings.write()
    before = paths.settings.read_bytes()
    away = paths.folder.rename(tmp_path / "away")
    paths.folder.mkdir()  # it is another's now
    settings.set(THEME, ThemeChoice.LIGHT)
    settings.write()
    qapp.processEvents()
    assert list(paths.folder.iterdir()) == []
    assert settings.get(THEME) is ThemeChoice.LIGHT
    settings.clear(THEME)
    assert not settings.is_kept(THEME)
    settings.set(THEME, ThemeChoice.LIGHT)
    paths.folder.rmdir()
    assert settings.get(THEME) is ThemeChoice.LIGHT
    settings.write()
    assert not paths.folder.exists()
    away.rename(paths.folder)
    assert paths.settings.read_bytes() == before
    settings.write()
    again = WindowSettings(QSettings(str(paths.settings), QSettings.Format.IniFormat))
    assert again.get(THEME) is ThemeChoice.LIGHT


def test_what_waits_at_the_end_is_not_written_by_qt(qapp: QApplication, tmp_path: Path) -> None:
    file = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings = WindowSettings(file, lambda: False)
    settings.set(THEME, ThemeChoice.DARK)
    settings.write()
    del settings, file
    qapp.processEvents()
    assert list(tmp_path.iterdir()) == []


def test_what_is_set_in_a_moment_is_written_together(qtbot: QtBot, tmp_path: Path) -> None:
    file = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings = WindowSettings(file)
    settings.set(THEME, ThemeChoice.DARK)
    QApplication.processEvents()
    assert list(tmp_path.iterdir()) == []
    settings.set(SHOWN_VIEW, "board")
    assert (settings.get(THEME), settings.get(SHOWN_VIEW)) == (ThemeChoice.DARK, "board")
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) != [], timeout=3000)
    again = WindowSettings(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert (again.get(THEME), again.get(SHOWN_VIEW)) == (ThemeChoice.DARK, "board")


def test_settings_that_go_before_they_were_written_leave_nothing_behind(
    qapp: QApplication, tmp_path: Path
) -> None:
    for number in range(20):
        settings = WindowSettings(QSettings(str(tmp_path / f"{number}.ini"), QSettings.Format.IniFormat))
        settings.set(THEME, ThemeChoice.DARK)
        gone = weakref.ref(settings)
        del settings
        assert gone() is None
    qapp.processEvents()
    assert list(tmp_path.iterdir()) == []
