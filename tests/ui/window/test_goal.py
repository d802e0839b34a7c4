"""The weekly goal: set in the settings, shown quietly in the sidebar, and nowhere until it is set."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, Facts, Policy, Stage
from followup_desktop.ui.kit.requests import OpenSetting
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from tests.searches import search
from tests.ui.desk import Desk, Open, page_of
from tests.ui.situations import NOW

LONG_AGO = NOW - timedelta(days=30)
MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")


def test_today_tells_a_goal_as_soon_as_it_is_set_and_no_longer_when_it_is_off(
    open_window: Open, desk: Desk
) -> None:
    """In the reminder to keep searching; Today was shown before, and no edit follows."""
    rejected = Application(id="a1", employer="Acme", role="Cook", stage=Stage.REJECTED, stage_at=LONG_AGO)
    window = open_window(Facts(policy=MADRID, applications=(rejected,)))

    def told() -> list[str]:
        window.show_view("today")
        labels = page_of(window, TodayView).findChildren(QLabel)
        return [label.text() for label in labels if "of 4 applications this week" in label.text()]

    def set_to(number: int) -> None:
        window.answer(OpenSetting("goal"))
        row = page_of(window, SettingsView).goal
        row.number.spin.setValue(number)
        row.number.committed.emit()

    assert not told()
    set_to(4)
    assert told()
    set_to(0)
    assert not told()


def test_it_is_off_until_it_is_set_and_follows_what_is_done(open_window: Open, desk: Desk) -> None:
    window = open_window(search(10, NOW))
    assert not window.sidebar.goal.isVisible()
    window.answer(OpenSetting("goal"))
    row = page_of(window, SettingsView).goal
    row.number.spin.setValue(4)
    row.number.committed.emit()
    assert window.sidebar.goal.isVisible()
    before = window.sidebar.goal.text()
    assert before.endswith(" of 4 applications this week")
    desk.tracker.add_application(employer="Acme", role="Cook", stage=Stage.APPLIED)
    done = int(before.split()[0])
    assert window.sidebar.goal.text() == f"{done + 1} of 4 applications this week"
    row.number.spin.setValue(0)
    row.number.committed.emit()
    assert not window.sidebar.goal.isVisible()
    window.resize(QSize(700, 500))
    assert not window.sidebar.goal_bar.isVisible()


def test_a_narrow_window_shows_it_in_figures(open_window: Open, desk: Desk, qtbot: QtBot) -> None:
    """With the words for the ear and under the pointer, on the strip of icons."""
    window = open_window(search(10, NOW))
    sidebar = window.sidebar
    sidebar.show_goal("3 of 5 applications this week", "3/5", 0.6)
    window.resize(QSize(1280, 720))
    assert sidebar.goal.text() == "3 of 5 applications this week"
    window.resize(QSize(800, 600))
    assert sidebar.goal.isVisible()
    assert sidebar.goal_bar.isVisible()
    assert sidebar.goal.text() == "3/5"
    assert sidebar.goal.sizeHint().width() <= sidebar.goal.width()
    for part in (sidebar.goal, sidebar.goal_bar):
        assert sidebar.rect().contains(part.geometry())
    assert "3 of 5 applications this week" in sidebar.goal_bar.toolTip()
    with qtbot.waitExposed(window):
        window.show()
    middle = sidebar.goal.rect().center()
    pointed = QHelpEvent(QEvent.Type.ToolTip, middle, sidebar.goal.mapToGlobal(middle))
    QApplication.sendEvent(sidebar.goal, pointed)
    qtbot.waitUntil(lambda: "3 of 5 applications this week" in QToolTip.text())
    QToolTip.hideText()
    assert sidebar.goal.accessibleName() == "3 of 5 applications this week"
    assert sidebar.goal_bar.accessibleDescription() == "3 of 5 applications this week"
    window.resize(QSize(1280, 720))
    assert sidebar.goal.text() == "3 of 5 applications this week"
