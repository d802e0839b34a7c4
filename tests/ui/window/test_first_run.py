"""The first start: zone and country asked, one of three beginnings chosen by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.first_start import FirstStart
from followup_desktop.services.tracker.first_start import FirstStartData
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    GoBack,
    SearchApplications,
    ShowView,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.first_run import FirstRun, SampleBanner, StartingPoint
from followup_desktop.ui.window.import_window import ImportWindow
from tests.ui import situations
from tests.ui.desk import Desk


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> FirstRun:
    page = FirstRun(theme, "Europe/Madrid", "ES")
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.begin()
    return page


def chosen(page: FirstRun) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    page.chosen.connect(lambda *what: found.append(what))
    return found


def test_the_guess_is_taken_with_one_key(page: FirstRun) -> None:
    found = chosen(page)
    QTest.keyClick(page.buttons[StartingPoint.EMPTY], Qt.Key.Key_Return)
    assert found == [(StartingPoint.EMPTY, "Europe/Madrid", "ES")]


def test_arrows_walk_over_the_beginnings(page: FirstRun) -> None:
    found = chosen(page)
    QTest.keyClick(page.buttons[StartingPoint.EMPTY], Qt.Key.Key_Down)
    assert page.buttons[StartingPoint.IMPORT].hasFocus()
    QTest.keyClick(page.buttons[StartingPoint.IMPORT], Qt.Key.Key_Down)
    QTest.keyClick(page.buttons[StartingPoint.SAMPLE], Qt.Key.Key_Space)
    assert [what[0] for what in found] == [StartingPoint.SAMPLE]
    QTest.keyClick(page.buttons[StartingPoint.EMPTY], Qt.Key.Key_Up)
    assert page.buttons[StartingPoint.SAMPLE].hasFocus()


def test_another_place_is_typed_and_enter_goes_on(page: FirstRun) -> None:
    found = chosen(page)
    page.zone.setFocus()
    page.zone.line.selectAll()
    QTest.keyClicks(page.zone.line, "new york")
    QTest.keyClick(page.zone.line, Qt.Key.Key_Return)
    assert page.country.line.hasFocus()
    page.country.line.selectAll()
    QTest.keyClicks(page.country.line, "US-NY")
    QTest.keyClick(page.country.line, Qt.Key.Key_Return)
    QTest.keyClick(page.buttons[StartingPoint.EMPTY], Qt.Key.Key_Return)
    assert found == [(StartingPoint.EMPTY, "America/New_York", "US-NY")]


def test_no_country_is_an_answer(page: FirstRun) -> None:
    found = chosen(page)
    page.country.line.clear()
    page.buttons[StartingPoint.IMPORT].click()
    assert found == [(StartingPoint.IMPORT, "Europe/Madrid", None)]


@pytest.mark.parametrize("typed", ["", "Nowhere"])
def test_a_zone_that_is_none_is_told_and_stays_as_typed(page: FirstRun, typed: str) -> None:
    found = chosen(page)
    page.zone.line.setText(typed)
    page.buttons[StartingPoint.EMPTY].click()
    assert found == []
    assert page.zone.refusal
    assert page.zone.line.text() == typed
    assert page.zone.line.hasFocus()


def test_the_banner_asks_for_the_sample_to_go(theme: Theme, qtbot: QtBot) -> None:
    banner = SampleBanner()
    qtbot.addWidget(banner)
    with qtbot.waitSignal(banner.own_wanted):
        banner.button.click()


def test_who_brings_data_by_the_command_line_is_welcomed_no_longer(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    window = desk.window(theme)
    qtbot.addWidget(window)
    first = FirstStart(window, FirstStartData(desk.store, desk.clock, desk.wording), theme, desk.settings())
    desk.store.subscribe(first.follow)
    window.show()
    assert isinstance(window.pages.currentWidget(), FirstRun)
    window.postings.open("Data Engineer\nInitech")
    background = Store(open_database(desk.folder / "data.db"))
    Planner(background)
    with background.transaction("Import") as t:
        t.put_facts(situations.one())
    background.close()
    assert isinstance(window.pages.currentWidget(), FirstRun)
    assert desk.store.poll_external_change()
    assert isinstance(window.pages.currentWidget(), TodayView)
    assert window.sidebar.isVisible()
    qtbot.waitUntil(lambda: window.view == AddApplication.view)  # what was handed over meanwhile is opened
    assert not window.drafts_bar.isVisible()


def test_who_starts_empty_finds_the_first_steps_after_the_first_application(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    window = desk.window(theme)
    qtbot.addWidget(window)
    first = FirstStart(window, FirstStartData(desk.store, desk.clock, desk.wording), theme, desk.settings())
    desk.store.subscribe(first.follow)
    window.show()
    page = window.pages.currentWidget()
    assert isinstance(page, FirstRun)
    page.buttons[StartingPoint.EMPTY].click()
    desk.tracker.add_application(employer="Acme", role="Data Analyst")
    window.show_view("today")
    today = window.pages.currentWidget()
    assert isinstance(today, TodayView)
    assert today.first_steps.isVisible()


def test_a_list_that_is_dropped_on_the_welcome_is_shown(
    desk: Desk, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("Company,Role,Status\nGlobex,Cook,Applied\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window = desk.window(theme)
    qtbot.addWidget(window)
    first = FirstStart(window, FirstStartData(desk.store, desk.clock, desk.wording), theme, desk.settings())
    desk.store.subscribe(first.follow)
    window.show()
    page = window.pages.currentWidget()
    assert isinstance(page, FirstRun)
    copy, no_button, no_key = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(9, 9), copy, data, no_button, no_key)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, no_button, no_key))
    (preview,) = window.findChildren(ImportWindow)
    assert window.sidebar.isVisible()
    preview.import_button.click()
    assert [each.employer for each in desk.store.applications()] == ["Globex"]


def test_nothing_leads_away_from_the_welcome(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    """Without sidebar and menus there would be no way back."""
    window = desk.window(theme)
    qtbot.addWidget(window)
    first = FirstStart(window, FirstStartData(desk.store, desk.clock, desk.wording), theme, desk.settings())
    desk.store.subscribe(first.follow)
    window.show()
    page = window.pages.currentWidget()
    assert isinstance(page, FirstRun)
    away = (ShowView("applications"), AddApplication(), AddInterview(), SearchApplications("x"), GoBack())
    for request in away:
        window.answer(request)
        assert window.pages.currentWidget() is page, request
    window.actions_.views["calendar"].trigger()
    assert window.pages.currentWidget() is page
    page.buttons[StartingPoint.EMPTY].click()
    assert window.sidebar.isVisible()
    assert window.view == "applications"


def test_the_country_follows_the_zone_until_the_user_says_which(page: FirstRun) -> None:
    page.zone.setFocus()
    page.zone.line.selectAll()
    QTest.keyClicks(page.zone.line, "kolkata")
    QTest.keyClick(page.zone.line, Qt.Key.Key_Return)
    assert (page.country.value(), page.country.line.text()) == ("IN", "India")
    page.country.line.selectAll()
    QTest.keyClicks(page.country.line, "madrid")
    QTest.keyClick(page.country.line, Qt.Key.Key_Return)
    page.zone.setFocus()
    page.zone.line.selectAll()
    QTest.keyClicks(page.zone.line, "London")
    QTest.keyClick(page.zone.line, Qt.Key.Key_Return)
    assert page.country.value() == "ES-MD"


def test_a_region_that_was_guessed_is_named_and_stays_with_its_zone(theme: Theme, qtbot: QtBot) -> None:
    page = FirstRun(theme, "Europe/Madrid", "ES-MD")
    qtbot.addWidget(page)
    assert page.country.line.text() == "Madrid, Spain"
    page.zone.committed.emit()
    assert page.country.value() == "ES-MD"


def test_a_country_that_could_be_two_is_asked_back(page: FirstRun) -> None:
    found = chosen(page)
    page.country.line.setText("La Rioja")
    page.buttons[StartingPoint.EMPTY].click()
    assert found == []
    assert "La Rioja, Argentina or La Rioja, Spain" in page.country.refusal
    assert page.country.line.text() == "La Rioja"


def test_the_window_that_welcomes_is_called_so(desk: Desk, theme: Theme) -> None:
    window = desk.window(theme)
    assert window.windowTitle() == "Today — Follow Up"
    window.welcome(FirstRun(theme, "Europe/Madrid", "ES"))
    assert window.windowTitle() == "Welcome — Follow Up"
    window.end_welcome()
    assert window.windowTitle() == "Today — Follow Up"
