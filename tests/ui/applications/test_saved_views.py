"""The user's own views of the table: saving, choosing, changing, and what is left of a damaged file."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from followup_desktop.services.rows import ApplicationQuery, StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.requests import OpenSavedView
from followup_desktop.ui.kit.saved_views import Arrangement, SavedViews
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import SAVED_VIEWS, WindowSettings
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk, page_of

EMPLOYERS = Arrangement(
    ApplicationQuery(stage_filter=StageFilter.ALL, order_by="employer", descending=True),
    ("role", "employer", "tags"),
)


@pytest.fixture
def settings(desk: Desk) -> WindowSettings:
    return desk.settings()


@pytest.fixture
def views(settings: WindowSettings) -> SavedViews:
    return SavedViews(settings)


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    desk.put(FACTS)
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show_view("applications")
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.hide()


def save(view: ApplicationsView, name: str) -> None:
    view.save_view()
    QTest.keyClicks(view.list.views.line, name)
    QTest.keyClick(view.list.views.line, Qt.Key.Key_Return)


def chip_names(view: ApplicationsView) -> list[str]:
    return [chip.text() for chip in view.list.views.chips]


def rows(view: ApplicationsView) -> list[str | None]:
    return [view.model.id_at(row) for row in range(view.model.rowCount())]


def test_a_view_is_saved_and_brings_everything_back(view: ApplicationsView, views: SavedViews) -> None:
    view.list.arrange(EMPLOYERS)
    assert rows(view) == ["initech", "hooli", "acme"]
    save(view, "By employer")
    assert views.all()[0].arrangement == EMPLOYERS
    view.list.arrange(Arrangement(ApplicationQuery(text="acme"), COLUMN_NAMES))
    chip = view.list.views.chips[0]
    assert not chip.isChecked()
    chip.click()
    assert view.list.arrangement() == EMPLOYERS
    assert rows(view) == ["initech", "hooli", "acme"]
    header = view.table.horizontalHeader()
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    assert view.list.views.chips[0].isChecked()


def test_the_chip_tells_whether_it_is_what_is_shown(view: ApplicationsView) -> None:
    save(view, "Mine")
    chip = view.list.views.chips[0]
    assert chip.isChecked()
    view.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert not chip.isChecked()
    chip.click()
    assert chip.isChecked()
    chip.click()
    assert chip.isChecked()
    action = next(one for one in view.table.columns_shown.actions() if one.text() == "Tags")
    action.toggle()
    assert not chip.isChecked()


def test_it_is_chosen_by_a_key(view: ApplicationsView) -> None:
    save(view, "First")
    view.list.show_stage(StageFilter.SAVED)
    save(view, "Only saved")
    QTest.keyClick(view.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert view.model.query.stage_filter is StageFilter.ACTIVE
    QTest.keyClick(view.table, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert rows(view) == ["hooli"]


def test_a_name_is_needed_and_esc_gives_up(view: ApplicationsView, views: SavedViews, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.undoable) as told:
        save(view, " ")
    assert "name" in told.args[0]
    assert view.list.views.line.isVisible()
    QTest.keyClick(view.list.views.line, Qt.Key.Key_Escape)
    assert view.list.views.save_button.isVisible()
    assert QApplication.focusWidget() is view.list.views.save_button
    assert views.all() == ()


def test_the_same_name_replaces_and_can_be_taken_back(
    view: ApplicationsView, views: SavedViews, qtbot: QtBot
) -> None:
    save(view, "Mine")
    before = views.all()
    view.list.arrange(EMPLOYERS)
    with qtbot.waitSignal(view.undoable) as told:
        save(view, "Mine")
    assert [one.arrangement for one in views.all()] == [EMPLOYERS]
    assert "Replaced" in told.args[0]
    told.args[1]()
    assert views.all() == before


def test_it_is_renamed_by_f2_but_not_to_a_name_that_is_taken(
    view: ApplicationsView, views: SavedViews, qtbot: QtBot
) -> None:
    save(view, "One")
    view.list.show_stage(StageFilter.SAVED)
    save(view, "Two")
    QTest.keyClick(view.list.views.chips[0], Qt.Key.Key_F2)
    line = view.list.views.line
    assert line.text() == "One"
    line.setText("Two")
    with qtbot.waitSignal(view.undoable) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert "already" in told.args[0]
    line.setText("Three & four")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [one.name for one in views.all()] == ["Three & four", "Two"]
    assert chip_names(view) == ["Three && four", "Two"]


def test_delete_is_undone_from_the_toast(window: MainWindow, views: SavedViews) -> None:
    view = page_of(window, ApplicationsView)
    save(view, "Mine")
    QTest.keyClick(view.list.views.chips[0], Qt.Key.Key_Delete)
    assert views.all() == ()
    assert chip_names(view) == []
    assert "Deleted the view" in window.toast.message
    window.toast._undo.click()
    assert [one.name for one in views.all()] == ["Mine"]
    assert chip_names(view) == ["Mine"]


def test_it_brings_its_search_into_the_search_field(window: MainWindow, views: SavedViews) -> None:
    views.save("Data", Arrangement(ApplicationQuery(text="data"), ("employer",)))
    window.answer(OpenSavedView("Data"))
    assert window.top_bar.search.text() == "data"
    assert rows(page_of(window, ApplicationsView)) == ["acme"]


def test_the_palette_finds_it(window: MainWindow, views: SavedViews) -> None:
    views.save("Weekly review", EMPLOYERS)
    window.show_view("today")
    window.palette_.toggle()
    window.palette_.line.setText("weekly")
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Return)
    assert window.view == "applications"
    assert page_of(window, ApplicationsView).list.arrangement() == EMPLOYERS


def test_the_menu_stands_for_chips_without_room(view: ApplicationsView) -> None:
    for number in range(12):
        view.list.show_stage(list(StageFilter)[number % 8])
        save(view, f"A view with a long name, {number}")
    chips = view.list.views
    assert not any(chip.isVisible() for chip in chips.chips)
    assert chips.menu_button.isVisible()
    menu = chips.menu()
    menu.actions()[1].trigger()
    assert view.model.query.stage_filter is StageFilter.SAVED
    texts = [action.text() for action in menu.actions()]
    assert any("Rename" in text for text in texts)
    menu.deleteLater()


def test_the_menu_replaces_and_deletes_the_one_chosen_last(view: ApplicationsView, views: SavedViews) -> None:
    save(view, "Mine")
    view.list.show_stage(StageFilter.SAVED)
    menu = view.list.views.menu()
    trigger(menu, "Re&place")
    assert views.all()[0].arrangement.query.stage_filter is StageFilter.SAVED
    trigger(menu, "&Delete")
    assert views.all() == ()
    menu.deleteLater()


def test_the_menu_key_offers_what_can_be_done_with_a_chip(view: ApplicationsView, qtbot: QtBot) -> None:
    save(view, "Mine")
    chip = view.list.views.chips[0]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), chip.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(chip, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == 3
    menu.close()


@pytest.mark.parametrize("damage", ["", "{", "7", "[1, null, {}]", '[{"name": 3}]', '{"name": "x"}'])
def test_what_is_damaged_is_left_out(views: SavedViews, settings: WindowSettings, damage: str) -> None:
    settings.set(SAVED_VIEWS, damage)
    assert views.all() == ()


def test_what_is_sound_is_kept_beside_what_is_damaged(views: SavedViews, settings: WindowSettings) -> None:
    views.save("Sound", EMPLOYERS)
    good = json.loads(settings.get(SAVED_VIEWS))
    settings.set(SAVED_VIEWS, json.dumps([{"name": ""}, *good, {**good[0], "name": "Odd", "show": "gone"}]))
    assert [one.name for one in views.all()] == ["Sound"]
    settings.set(SAVED_VIEWS, json.dumps([{**good[0], "columns": ["role", "unheard of", "role"]}]))
    assert views.all()[0].arrangement.columns == ("role",)


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
