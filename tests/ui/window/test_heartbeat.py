"""The pulse, and the tray's words and number."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import WindowSettings
from followup_desktop.ui.window.heartbeat import Heartbeat
from followup_desktop.ui.window.tray import Tray


def test_it_beats_at_the_start_and_once_for_many_changes(qtbot: QtBot) -> None:
    beats: list[int] = []
    heart = Heartbeat(lambda: beats.append(1))
    heart.start()
    qtbot.waitUntil(lambda: len(beats) == 1)
    for _ in range(5):
        heart.beat_soon()
    qtbot.waitUntil(lambda: len(beats) == 2)
    QApplication.processEvents()
    assert len(beats) == 2
    heart.stop()


def test_it_beats_when_the_computer_wakes_up_not_when_it_falls_asleep(qtbot: QtBot) -> None:
    beats: list[int] = []
    heart = Heartbeat(lambda: beats.append(1))
    heart.prepareForSleep(True)
    QApplication.processEvents()
    assert beats == []
    heart.prepareForSleep(False)
    qtbot.waitUntil(lambda: beats == [1])


def test_the_tray_says_how_many_are_open(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    told: list[str] = []
    tray = Tray(theme, WindowSettings(settings), told.append)
    plain = tray.icon.icon().pixmap(48, 48).toImage()
    tray.show_count(3)
    assert tray.icon.toolTip() == "Follow Up: 3 follow-ups open"
    assert tray.icon.icon().pixmap(48, 48).toImage() != plain
    tray.show_count(0)
    assert "nothing" in tray.icon.toolTip()
    if not tray.available:
        assert not tray.takes_the_window()
        assert told == []
