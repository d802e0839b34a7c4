"""The tray, only where there is one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from followup_desktop.services.ports import NotifierFailed
from followup_desktop.system.notifiers.tray import TrayNotifier
from tests.system.doubles import Notes, notification


class Icon(QSystemTrayIcon):
    """A tray icon on a desktop that may have a tray."""

    def __init__(self, *, there_is_a_tray: bool) -> None:
        super().__init__(QIcon())
        self._there_is_a_tray = there_is_a_tray
        self.balloons: list[tuple[object, ...]] = []

    def isSystemTrayAvailable(self) -> bool:  # type: ignore[override]  # noqa: N802
        return self._there_is_a_tray

    def isVisible(self) -> bool:  # noqa: N802
        return self._there_is_a_tray

    def showMessage(self, *texts: object) -> None:  # noqa: N802
        self.balloons.append(texts)


def test_without_a_tray_it_says_so(qtbot: QtBot) -> None:
    icon, notes = Icon(there_is_a_tray=False), Notes()
    tray = TrayNotifier(notes, icon)
    with pytest.raises(NotifierFailed, match="no tray"):
        tray.notify(notification("a"))
    assert (icon.balloons, notes.shown) == ([], [])
    tray.close()


def test_a_click_on_the_balloon_opens_what_it_was_about(qtbot: QtBot) -> None:
    icon, notes = Icon(there_is_a_tray=True), Notes()
    tray = TrayNotifier(notes, icon)
    tray.notify(notification("a", "Thank Ana\nRuiz"))
    assert notes.shown == ["a"]
    assert icon.balloons[0][0] == "Thank Ana Ruiz"
    icon.messageClicked.emit()
    assert notes.actions == [("a", "open")]
    tray.withdraw("a")
    icon.messageClicked.emit()
    assert len(notes.actions) == 1
    tray.close()


def test_a_tray_that_hands_its_balloons_to_the_server_shows_none(qtbot: QtBot) -> None:
    """Nothing would be known of them, and the server is the first back end already."""
    icon, notes = Icon(there_is_a_tray=True), Notes()
    tray = TrayNotifier(notes, icon, balloons=False)
    with pytest.raises(NotifierFailed, match="balloons"):
        tray.notify(notification("a"))
    assert (icon.balloons, notes.shown) == ([], [])
    tray.close()
