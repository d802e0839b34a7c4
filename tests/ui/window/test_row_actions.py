"""Whatever a row offers, by a menu, a button or a key, stands in the menu bar and is found by Ctrl+K."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QCheckBox, QMenu, QWidget

from followup_desktop.services.rows.figures import Chart
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.insights.view import InsightsView
from followup_desktop.ui.kit.commands.command import plain
from followup_desktop.ui.kit.requests import OpenApplication, SaveView
from followup_desktop.ui.kit.widgets.buttons import spoken
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.today.group import GroupItem, ReviewBar
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.trash.view import TrashView
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.views import SIDEBAR
from tests.scene import settle
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Open, page_of
from tests.ui.detail_parts import buttons_in_row

Row = tuple[str, QWidget | None]
"""What it is, and the widget in which its buttons are, if it has any of its own."""


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    window = open_window(situations.twelve())
    window.activateWindow()
    window.context.tracker.trash_application("hooli")
    return window


def of_today(window: MainWindow) -> Iterator[Row]:
    today = page_of(window, TodayView)
    for key in [item.key for item in today.list.items() if isinstance(item, FollowUpItem)]:
        settle()
        today.list.select(key, focus=True)
        yield key, today.list.item(key)


def of_groups(window: MainWindow) -> Iterator[Row]:
    today = page_of(window, TodayView)
    for group in [each for each in today.list.items() if isinstance(each, GroupItem)]:
        today.list.select(group.key, focus=True)
        yield group.key, None
        group.toggle()
        settle()
        today.list.select(group.key, focus=True)
        yield group.key, next(each for each in today.list.findChildren(ReviewBar) if each.isVisible())
        group.toggle()
        settle()


def of_applications(window: MainWindow) -> Iterator[Row]:
    window.answer(OpenApplication("acme"))
    page = page_of(window, ApplicationsView)
    page.table.setFocus()
    yield "application", None
    detail = page.detail
    for name, rows, buttons in (
        ("planned", detail.planned.list, detail.planned.answers),
        ("interview", detail.interviews.list, None),
        ("contact", detail.people.list, None),
        ("entry", detail.timeline.list, None),
    ):
        rows.setFocus()
        for place in range(rows.model().rowCount()):
            index = rows.model().index(place, 0)
            rows.setCurrentIndex(index)
            settle()
            if name != "entry" or detail.timeline.current_event is not None:  # an interview has its own list
                in_row = buttons_in_row(detail.interviews, place) if name == "interview" else None
                yield f"{name} {place}", buttons or in_row
    page.answer(SaveView())
    page.list.views.line.setText("Mine")
    QTest.keyClick(page.list.views.line, Qt.Key.Key_Return)
    chip = page.list.views.chips[0]
    chip.click()
    chip.setFocus()
    yield "view", None


def of_board(window: MainWindow) -> Iterator[Row]:
    page = page_of(window, BoardView)
    page.begin()
    page.select("acme")
    yield "card", None


def of_calendar(window: MainWindow) -> Iterator[Row]:
    page = page_of(window, CalendarView)
    for stop in [each for each in page.page.navigator.stops if isinstance(each, EntryFrame)]:
        page.page.navigator.select(stop.key, focus=True)
        settle()
        yield stop.key, stop


def of_people(window: MainWindow) -> Iterator[Row]:
    page = page_of(window, PeopleView)
    page.begin()
    page.show_person("ana")
    yield "person", page.pane


def of_insights(window: MainWindow) -> Iterator[Row]:
    page = page_of(window, InsightsView)
    for chart in (Chart.SOURCES, Chart.FLOW):
        card = page.cards[chart]
        card.picture.setFocus()
        yield chart, None


def of_trash(window: MainWindow) -> Iterator[Row]:
    page = page_of(window, TrashView)
    page.begin()
    yield "deleted", None


ROWS: dict[str, Callable[[MainWindow], Iterator[Row]]] = {
    "today": of_today,
    "applications": of_applications,
    "board": of_board,
    "calendar": of_calendar,
    "people": of_people,
    "insights": of_insights,
    "trash": of_trash,
}
CALLED = {
    "Full script": "What to say",
    "Edit": "Edit interview",
    "Delete": "Delete contact",
    "Join: meet.example": "Join the meeting",
    "Join": "Join the meeting",
    "Rename": "Rename view",
}
"""The few words of a button that are shorter beside what they are about."""
WITHOUT_ROWS = {"settings"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each menu offers that would be opened, on a screen of any size."""
    found: list[list[str]] = []

    def note(menu: QMenu, _where: QPoint) -> None:
        found.append([*labels(menu)])
        menu.deleteLater()

    monkeypatch.setattr(QMenu, "popup", note)
    return found


def ask_for_menu(window: MainWindow) -> None:
    """Press the menu key on the row with the keyboard."""
    focus = window.focusWidget()
    assert focus is not None
    where = QPoint(5, 5)
    if isinstance(focus, QAbstractItemView):
        where, focus = focus.visualRect(focus.currentIndex()).center(), focus.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, focus.mapToGlobal(where))
    QApplication.sendEvent(focus, event)


def labels(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from labels(inner)
        elif not action.isSeparator():
            yield plain(action.text().partition("\t")[0])


def on_buttons(row: QWidget | None) -> list[str]:
    """The names of the buttons in the row, but for what is ticked: that is a fact."""
    if row is None:
        return []
    buttons = [each for each in row.findChildren(QAbstractButton) if each.isVisible()]
    named = [each.text() for each in buttons if each.text() and not isinstance(each, QCheckBox)]
    return [plain(spoken(each)) for each in named]


def test_every_view_of_the_sidebar_is_looked_at() -> None:
    assert {row.name for row in SIDEBAR} == set(ROWS) | WITHOUT_ROWS


def called(label: str) -> str:
    """What the menus call it, without the number or the name in it."""
    general = re.sub(r" \d+$| “.*”", "", label)
    return CALLED.get(general, general)


def not_found(window: MainWindow, wanted: set[str]) -> list[str]:
    """Those that the palette, opened on the row, doesn't list once they are typed."""
    palette, missing = window.palette_, []
    palette.toggle()
    for label in sorted(wanted):
        palette.line.setText(label)
        if all(entry.title != label for entry in palette.entries):
            missing.append(label)
    palette.close_and_return()
    return missing


@tabled("view", ROWS)
def test_what_a_row_offers_is_in_the_menus_and_found_by_ctrl_k(
    window: MainWindow, opened: list[list[str]], view: str
) -> None:
    window.show_view(view)
    settle()
    check(window, opened, ROWS[view](window))


def test_what_a_group_offers_is_in_the_menus_and_found_by_ctrl_k(
    open_window: Open, opened: list[list[str]]
) -> None:
    window = open_window(situations.five_hundred())
    check(window, opened, of_groups(window))


def check(window: MainWindow, opened: list[list[str]], rows: Iterator[Row]) -> None:
    in_bar = {label for menu in window.menuBar().findChildren(QMenu) for label in labels(menu)}
    seen: set[str] = set()
    for row, widget in rows:
        ask_for_menu(window)
        assert opened, f"{row} has a menu of its own"
        in_menu = opened.pop()
        offered = {called(each) for each in (*in_menu, *on_buttons(widget))}
        assert offered <= in_bar, row
        assert not_found(window, offered - seen) == [], row
        seen |= offered
    assert seen
