"""The weekly goal: set in the settings, shown quietly in the sidebar, and nowhere until it is set."""

from __future__ import annotations

from PySide6.QtCore import QSize

from followup_desktop.domain.model import Stage
from followup_desktop.ui.kit.requests import OpenSetting
from followup_desktop.ui.settings.view import SettingsView
from tests.searches import search
from tests.ui.desk import Desk, Open, page_of
from tests.ui.situations import NOW


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
