"""The window: views, search, history, what it remembers, names and shortcuts."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.call_brief import CallBrief
from followup_desktop.ui.kit.requests import OpenApplication, WriteMessage
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.views import SIDEBAR
from tests.scene import settle
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of
from tests.ui.untranslated import drawn


def shown(window: MainWindow) -> str:
    """The name of the view that is shown now."""
    return window.view


def named(window: MainWindow, name: str) -> QAbstractButton:
    """The visible button with this accessible name, outside the views."""
    found = [
        button
        for part in (window.sidebar, window.top_bar, window.toast)
        for button in part.findChildren(QAbstractButton)
        if button.accessibleName() == name
    ]
    assert len(found) == 1
    return found[0]


def brief(window: MainWindow) -> CallBrief:
    """What the call on top of Today needs."""
    return page_of(window, TodayView).findChildren(CallBrief)[-1]


def test_the_stable_names_are_there(open_window: Open) -> None:
    window = open_window(situations.one())
    for name in ("Today", "Applications", "Add application", "Undo", "Redo"):
        assert named(window, name).isVisible()
    assert window.top_bar.search.accessibleName() == "Search"


def test_every_menu_entry_is_named_once_and_no_shortcut_is_used_twice(open_window: Open) -> None:
    window = open_window(situations.one())
    actions = set(window.actions())  # Quit is among them, and in the menu
    for menu_action in window.menuBar().actions():
        actions.update(menu_action.menu().actions())  # type: ignore[attr-defined]
    shortcuts = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+F", "Ctrl+K", "Ctrl+N", "Ctrl+1", "Ctrl+2"} <= set(shortcuts)


def test_the_button_of_the_menus_without_room_is_named_and_as_light_as_their_words(
    open_window: Open, theme: Theme
) -> None:
    window = open_window(situations.one())
    window.resize(480, 400)
    more = window.menuBar().findChild(QToolButton, "qt_menubar_ext_button")
    assert isinstance(more, QToolButton)
    assert (more.isVisible(), more.accessibleName()) == (True, "More menus")
    for look in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.choose(look)
        drawn = more.icon().pixmap(16).toImage()
        pixels = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
        strongest = max(pixels, key=QColor.alpha)
        assert (strongest.lightness() > 128) is (look is ThemeChoice.DARK)


def test_typing_in_search_shows_the_applications_found(open_window: Open) -> None:
    window = open_window(situations.twelve())
    assert shown(window) == "today"
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.top_bar.search.hasFocus()
    QTest.keyClicks(window.top_bar.search, "initech")
    assert shown(window) == "applications"
    assert page_of(window, ApplicationsView).model.rowCount() == 1
    assert window.top_bar.search.hasFocus()
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Escape)
    assert window.top_bar.search.text() == ""
    assert page_of(window, ApplicationsView).model.rowCount() > 1


def test_a_search_is_cleared_by_its_button(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(situations.twelve())
    search = window.top_bar.search
    qtbot.waitUntil(search.isClearButtonEnabled)
    QTest.keyClicks(search, "acme")
    (clear,) = search.findChildren(QToolButton)
    clear.click()
    assert (search.text(), page_of(window, ApplicationsView).model.rowCount() > 0) == ("", True)


def test_from_a_search_without_a_hit_down_and_enter_show_it_under_its_filter(open_window: Open) -> None:
    window = open_window(situations.twelve())
    table = page_of(window, ApplicationsView)
    window.show_view("applications")
    table.list.show_stage(StageFilter.ARCHIVED)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.top_bar.search, "initech")
    assert table.model.rowCount() == 0
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Down)
    assert window.focusWidget() is table.list.nothing_found.button
    QTest.keyClick(table.list.nothing_found.button, Qt.Key.Key_Return)
    assert table.model.rowCount() == 1
    assert window.top_bar.search.text() == "initech"


def test_undo_and_redo_name_their_step_and_say_what_they_did(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    assert not named(window, "Undo").isEnabled()
    item = page_of(window, TodayView).list.current
    assert item is not None
    page_of(window, TodayView).list.setFocus()
    QTest.keyClick(item, Qt.Key.Key_K)
    label = desk.tracker.undo_label
    assert label is not None
    assert label in named(window, "Undo").text()
    assert label in window.actions_["undo"].text()
    assert named(window, "Undo the last step").isVisible()
    named(window, "Undo").click()
    assert window.counts.open_count == 1
    assert label in window.toast.message
    assert named(window, "Redo").isEnabled()
    named(window, "Redo").click()
    assert window.counts.open_count == 0


def test_undo_names_its_step_as_far_as_the_search_leaves_it_room(open_window: Open) -> None:
    window = open_window(situations.one())
    bar, name = window.top_bar, "Move Maschinenbau GmbH to Interviewing"
    whole = f"Undo “{name}”"
    found = []
    for width in (1000, 1280, 1600):
        window.resize(width, 700)
        bar.show_history(name, None)
        settle()
        found.append(bar.undo.text() == whole)
        assert bar.search.width() == bar.search.maximumWidth() or not found[-1]
        assert bar.add.geometry().right() <= bar.width()
    assert found == [False, True, True]


def test_a_sentence_without_a_change_offers_no_undo(open_window: Open) -> None:
    window = open_window(situations.one())
    window.show_status("Exported")
    assert window.toast.isVisible()
    assert not named(window, "Undo the last step").isVisible()


def test_every_sentence_that_is_said_at_once_about_a_change_offers_to_undo_it(
    open_window: Open, desk: Desk
) -> None:
    window = open_window(situations.one())
    item = page_of(window, TodayView).list.current
    assert isinstance(item, FollowUpItem)
    desk.tracker.skip(item.key)
    for sentence in ("Ana Ruiz has been thanked.", "Skipped “Thank Ana Ruiz”"):
        window.show_status(sentence)
        assert named(window, "Undo the last step").isVisible()
    settle()
    window.show_status("Exported")
    assert not named(window, "Undo the last step").isVisible()


@pytest.mark.parametrize("saved", [True, False])
def test_a_number_that_is_entered_in_passing_leads_back_to_its_call(open_window: Open, saved: bool) -> None:
    window = open_window(situations.no_number())
    brief(window).add_button.click()
    assert window.view == "people"
    form = page_of(window, PeopleView).form
    assert form.fields["phone"].editor.hasFocus()
    form.fields["phone"].fill_in("+34 600 111 222")
    form.submit() if saved else form.cancelled.emit()
    assert window.view == "today"
    assert brief(window).copy_button.isVisible() == saved


def test_a_form_that_was_left_for_another_view_leads_nowhere(open_window: Open) -> None:
    window = open_window(situations.no_number())
    brief(window).add_button.click()
    window.show_view("board")
    window.show_view("people")
    people = page_of(window, PeopleView)
    people.begin_form(None)
    people.form.fields["name"].fill_in("Ana Ruiz")
    assert people.form.submit()
    assert window.view == "people"


def test_the_count_of_a_view_stands_at_some_distance_from_its_name(open_window: Open, theme: Theme) -> None:
    window = open_window(situations.one())
    for count in (0, 999, 7508, 100_000):
        window.sidebar.set_count("applications", count, "")
        button = named(window, "Applications")
        figures = button.fontMetrics().horizontalAdvance(format_number(count))
        chosen = theme.metrics(weight=QFont.Weight.DemiBold).horizontalAdvance("Applications")
        wider = chosen - button.fontMetrics().horizontalAdvance("Applications")
        free = window.sidebar.width() - 2 * theme.px(10) - button.sizeHint().width() - wider
        assert free >= figures + theme.px(8)
    wide = window.sidebar.width()
    window.sidebar.set_count("applications", 7508, "")
    assert window.sidebar.width() == wide, "all views would be placed anew"


def test_the_counts_and_the_next_reminder_stand_in_the_sidebar(open_window: Open) -> None:
    window = open_window(situations.twelve())
    assert window.counts.open_count == 12
    assert named(window, "Today").accessibleDescription() == "12 follow-ups, Ctrl+1"
    assert named(window, "Applications").accessibleDescription() == "8 applications, Ctrl+2"


def test_time_passes_without_a_change(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    desk.now += timedelta(hours=21)
    window.tick()
    item = page_of(window, TodayView).list.current
    assert item is not None
    assert "late" in item.accessibleName()


def test_a_call_that_may_be_made_no_longer_is_said_so_in_the_table(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.twelve())
    window.show_view("applications")
    model = page_of(window, ApplicationsView).model

    def followed_up() -> list[str]:
        columns = range(model.columnCount())
        rows = range(model.rowCount())
        return [str(model.index(row, column).data()) for row in rows for column in columns]

    assert any("Call · until 16:00" in text for text in followed_up())
    desk.now = desk.now.replace(hour=14, minute=0)  # 16:00 in Madrid
    window.tick()
    assert not any("Call · until 16:00" in text for text in followed_up())


def test_a_narrow_window_shows_icons_with_their_names(open_window: Open) -> None:
    window = open_window(situations.one())
    window.resize(800, 600)
    today = named(window, "Today")
    assert today.text() == ""
    assert "Today" in today.toolTip()
    window.resize(1280, 800)
    assert "Today" in today.text()


@pytest.mark.parametrize(("count", "painted"), [(0, []), (12, ["12"]), (99, ["99"]), (100, ["99+"])])
def test_a_narrow_sidebar_shows_the_counts_on_its_icons(
    open_window: Open, count: int, painted: list[str]
) -> None:
    window = open_window(situations.one())
    window.resize(800, 600)
    window.sidebar.set_count("today", count, "")
    assert [*drawn(named(window, "Today"))] == painted


@tabled("scale, count", [(1.0, 7), (1.0, 358), (2.0, 12), (2.0, 358)])
def test_a_count_on_a_narrow_sidebar_leaves_the_icon_free(
    open_window: Open, theme: Theme, count: int, scale: float
) -> None:
    theme.scale_text(scale)
    try:
        window = open_window(situations.nothing())
        window.resize(800, 600)
        board = named(window, "Board")

        def counted(n: int) -> QImage:
            window.sidebar.set_count("board", n, "")
            settle()
            return board.grab().toImage()

        wide, bare = counted(count), counted(0)
        ground = bare.pixelColor(bare.width() - 1, 0)
        places = [(x, y) for x in range(bare.width()) for y in range(bare.height())]
        icon = max(x for x, y in places if bare.pixelColor(x, y) != ground)
        badge = [x for x, y in places if wide.pixelColor(x, y) != bare.pixelColor(x, y)]
        assert icon < min(badge)
        assert max(badge) < wide.width() - 1
    finally:
        theme.scale_text(1.0)


def test_the_icons_of_a_low_sidebar_stand_apart_with_large_text(open_window: Open, theme: Theme) -> None:
    theme.scale_text(2.0)
    try:
        window = open_window(situations.one())
        window.resize(640, 480)
        settle()
        sidebar = window.sidebar
        shown = [each for each in sidebar.findChildren(QAbstractButton) if each.isVisible()]
        assert len(shown) == len(SIDEBAR)
        for above, below in pairwise(sorted(shown, key=lambda each: each.y())):
            assert above.geometry().bottom() < below.y(), (above.accessibleName(), below.accessibleName())
        for button in shown:
            assert button.height() > button.iconSize().height(), button.accessibleName()
            assert sidebar.rect().contains(button.geometry()), button.accessibleName()
        low = shown[0].height()
        window.resize(640, 1000)
        settle()
        assert shown[0].height() > low
    finally:
        theme.scale_text(1.0)


def test_the_window_remembers_view_and_size(
    open_window: Open, theme: Theme, desk: Desk, qtbot: QtBot
) -> None:
    window = open_window(situations.one())
    window.resize(760, 560)
    window.show_view("applications")
    window.close()
    assert desk.quits == 1
    again = desk.window(theme)
    qtbot.addWidget(again)
    assert shown(again) == "applications"
    assert (again.width(), again.height()) == (760, 560)


def test_closing_hides_where_a_tray_takes_the_window(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    window.hide_on_close(lambda: True)
    window.close()
    assert not window.isVisible()
    assert desk.quits == 0
    window.quit()
    assert desk.quits == 1


def test_an_import_says_what_it_did_or_why_not(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window(situations.nothing())
    file = tmp_path / "old.json"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    file.write_text('{"format": "followup-desktop", "version": 1}', "utf-8")
    window.actions_["import-file"].trigger()
    assert window.toast.message.startswith("There's nothing to import")
    file.write_text('{"format": "followup-desktop", "version": 99}', "utf-8")
    window.actions_["import-file"].trigger()
    assert "from a newer Follow Up" in window.toast.message


def test_a_debrief_opens_its_form_and_leads_back(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.twelve())
    item = next(i for i in page_of(window, TodayView).list.items() if "Umbrella" in i.accessibleName())
    next(b for b in item.findChildren(QAbstractButton) if b.accessibleName() == "Debrief").click()
    assert shown(window) == "debrief"
    page_of(window, DebriefView).back.click()
    assert shown(window) == "today"


def test_the_theme_menu_changes_the_look(open_window: Open, theme: Theme) -> None:
    window = open_window(situations.one())
    window.actions_.themes[ThemeChoice.DARK].trigger()
    assert theme.is_dark
    window.actions_.themes[ThemeChoice.LIGHT].trigger()
    assert not theme.is_dark


def test_the_look_chosen_in_the_settings_is_ticked_and_kept(
    open_window: Open, desk: Desk, theme: Theme
) -> None:
    window = open_window(situations.one())
    settings = page_of(window, SettingsView)
    settings.look.look.combo.setCurrentIndex(2)
    settings.look.look.committed.emit()
    assert theme.is_dark
    assert window.actions_.themes[ThemeChoice.DARK].isChecked()
    kept = QSettings(str(desk.folder / "window.ini"), QSettings.Format.IniFormat)
    desk.settings().write()
    assert kept.value("window/theme") == "dark"


def test_the_name_in_the_settings_signs_a_message(open_window: Open) -> None:
    window = open_window(situations.one())
    settings = page_of(window, SettingsView)
    settings.look.sender_name.line.setText("Alex Doe")
    settings.look.sender_name.committed.emit()
    key = next(i.key for i in page_of(window, TodayView).list.items() if i.key.startswith("thank_you/"))
    window.answer(WriteMessage(key))
    compose = page_of(window, ComposeView)
    assert "Alex Doe" in compose.email.message.typed()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_in_the_frame_is_cut_off_at_800_by_600(open_window: Open, theme: Theme, scale: float) -> None:
    theme.scale_text(scale)
    try:
        window = open_window(situations.one())
        window.resize(800, 600)
        for part in (window.sidebar, window.top_bar):
            for widget in part.findChildren(QAbstractButton) + part.findChildren(QLineEdit):
                if widget.isVisible() and not isinstance(widget.parent(), QLineEdit):
                    assert widget.width() >= widget.minimumSizeHint().width(), widget.accessibleName()
                    assert part.rect().contains(widget.geometry()), widget.accessibleName()
    finally:
        theme.scale_text(1.0)


def test_what_has_ended_stays_unfolded_on_the_board(open_window: Open, desk: Desk, theme: Theme) -> None:
    first = open_window(situations.twelve())
    first.show_view("board")
    board = first.findChild(BoardView)
    assert board is not None
    assert not board.closed.is_open
    board.closed.toggle.click()
    second = open_window(situations.twelve())
    second.show_view("board")
    again = second.findChild(BoardView)
    assert again is not None
    assert again.closed.is_open
    assert again.columns[Stage.REJECTED].list.cards.rowCount() > 0


def test_a_search_that_is_ended_in_another_view_is_ended_in_the_table(open_window: Open) -> None:
    window = open_window(situations.twelve())
    page = page_of(window, ApplicationsView)
    QTest.keyClicks(window.top_bar.search, "acme")
    assert page.model.rowCount() == 1
    window.show_view("today")
    window.top_bar.search.selectAll()
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Delete)
    assert window.view == "today"
    window.show_view("applications")
    assert page.model.rowCount() > 1


def test_a_view_that_has_nothing_to_show_says_so(open_window: Open) -> None:
    """By ear it was a table with 0 rows, or nothing at all; now the way on has the keyboard, too."""
    window = open_window(situations.nothing())
    voice = Announcer.of(window)
    for view, words, button in (
        ("applications", "No applications yet. Add your first one.", "Add application"),
        ("board", "No applications yet. Each application appears here", "Add application"),
        ("people", "No one yet. Everyone you meet", "Add the first contact"),
        ("insights", "Nothing to count yet. Once you've applied", "Add application"),
        ("trash", "The trash is empty. Deleted items wait here", None),
        ("today", "Nothing to follow up on yet. Add an application", None),
    ):
        window.show_view(view)
        voice.speak()
        assert voice.said[-1].startswith(words)
        focused = window.focusWidget()
        assert (focused.accessibleName() if isinstance(focused, QAbstractButton) else None) == button


def test_today_takes_the_keyboard_to_its_first_row_once_there_is_one(open_window: Open, desk: Desk) -> None:
    """As after the choice of sample data at the first start: arrows did nothing until Tab was pressed."""
    window = open_window(situations.nothing())
    today = page_of(window, TodayView)
    assert today.hasFocus()
    desk.put(situations.one())
    today.refresh()
    assert isinstance(window.focusWidget(), FollowUpItem)


def test_the_title_says_what_form_is_open(open_window: Open) -> None:
    window = open_window(situations.twelve())
    page = page_of(window, ApplicationsView)
    window.show_view("applications")
    assert window.windowTitle() == "Applications — Follow Up"
    window.answer(page.add_interview())
    assert window.windowTitle() == f"{page.interview_form.draft_title()} — Follow Up"
    assert "nterview" in window.windowTitle()
    QTest.keyClick(page.interview_form, Qt.Key.Key_Escape)
    assert window.windowTitle() == "Applications — Follow Up"
    window.show_view("today")
    assert window.windowTitle() == "Today — Follow Up"


def test_the_title_says_what_the_detail_is_about_where_that_stands_alone(open_window: Open) -> None:
    window = open_window(situations.twelve())
    first = window.context.data.store.facts().applications[0]
    window.resize(800, 600)
    window.answer(OpenApplication(first.id))
    settle()
    assert window.windowTitle() == f"{first.employer}, {first.role} — Follow Up"
    page_of(window, ApplicationsView).back()
    assert window.windowTitle() == "Applications — Follow Up"
    window.answer(OpenApplication(first.id))
    window.resize(1600, 900)
    settle()
    assert window.windowTitle() == "Applications — Follow Up", "the list is there, too"
