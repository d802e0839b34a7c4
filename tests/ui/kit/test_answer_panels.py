"""What opens below a row of Today has the room that it needs, whatever the list went through before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.answer_panels import ChoicePanel, WhyPanel
from followup_desktop.ui.kit.date_panel import DatePanel, DateQuestion
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk


def shown(qtbot: QtBot, theme: Theme, desk: Desk) -> tuple[TodayView, FollowUpItem]:
    """Today with twelve follow-ups, and its selected row, which has the keyboard."""
    desk.put(situations.twelve())
    view = TodayView(desk.context(theme))
    desk.store.subscribe(view.refresh)
    qtbot.addWidget(view)
    view.resize(1040, 700)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.begin()
    row = view.list.current
    assert isinstance(row, FollowUpItem)
    return view, row


def test_after_the_list_changed_a_panel_is_as_high_as_what_is_in_it(
    qtbot: QtBot, theme: Theme, desk: Desk
) -> None:
    view, row = shown(qtbot, theme, desk)
    desk.now += timedelta(hours=1)
    view.refresh()  # rows stand elsewhere now
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: row.panel is not None and row.height() > row.head_height + 8)
    snoozing = row.panel
    assert isinstance(snoozing, ChoicePanel)
    QTest.keyClick(snoozing, Qt.Key.Key_Escape)
    QTest.keyClick(row, Qt.Key.Key_W)
    panel = row.panel
    assert isinstance(panel, WhyPanel)
    qtbot.waitUntil(lambda: panel.height() >= panel.inner.heightForWidth(panel.width()))


def test_escape_on_the_row_closes_what_is_open_below_it(qtbot: QtBot, theme: Theme, desk: Desk) -> None:
    _view, row = shown(qtbot, theme, desk)
    for key, kind in ((Qt.Key.Key_W, WhyPanel), (Qt.Key.Key_S, ChoicePanel)):
        QTest.keyClick(row, key)
        assert isinstance(row.panel, kind)
        QTest.keyClick(row, Qt.Key.Key_Escape)
        assert not isinstance(row.panel, kind)
    assert row.hasFocus()


def test_a_question_for_a_date_is_as_wide_as_what_it_is_in(qtbot: QtBot, theme: Theme, desk: Desk) -> None:
    asked = DateQuestion(label="Remind me again", initial=desk.now.replace(tzinfo=None), save="Snooze")
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    panel = DatePanel(theme, asked, desk.context(theme).days, holder)
    column.addWidget(panel)
    lines = []
    for width in (900, 420, 900):
        holder.resize(theme.px(width), 200)
        holder.show()
        settle()
        assert panel.width() < holder.width() == theme.px(width)
        assert panel.time is not None
        for part in (panel.date, panel.time, panel.save):
            assert panel.rect().contains(place_in(panel, part))
        lines.append(place_in(panel, panel.save).top() > place_in(panel, panel.date).bottom())
    assert lines == [False, True, False]


@pytest.mark.parametrize(("width", "below"), [(250, True), (420, False)])
def test_the_date_of_a_question_is_whole_where_there_is_little_room(
    qtbot: QtBot, theme: Theme, desk: Desk, width: int, below: bool
) -> None:
    asked = DateQuestion(label="Remind me again", initial=desk.now.replace(tzinfo=None), save="Snooze")
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = DatePanel(theme, asked, desk.context(theme).days, holder)
    QVBoxLayout(holder).addWidget(panel)
    holder.resize(theme.px(width), 300)
    holder.show()
    panel.begin()
    settle()
    line, time = panel.date.line, panel.time
    assert time is not None
    written = line.fontMetrics().horizontalAdvance(line.text())
    assert written < line.width() - theme.px(16 + 24), "beside the button of the calendar"
    assert (place_in(panel, time).top() > place_in(panel, panel.date).bottom()) == below


def test_a_question_in_the_detail_starts_near_its_edge_and_shows_where_to_type(
    qtbot: QtBot, theme: Theme, desk: Desk
) -> None:
    asked = DateQuestion(label="Remind me again", initial=desk.now.replace(tzinfo=None), save="Snooze")
    detail = QWidget()
    detail.setObjectName("details")
    qtbot.addWidget(detail)
    panel = DatePanel(theme, asked, desk.context(theme).days, detail)
    panel.stack()
    QVBoxLayout(detail).addWidget(panel)
    theme.dress(detail)
    for width in (420, 380):
        detail.resize(theme.px(width), 300)
        detail.show()
        settle()
    assert panel.date.mapTo(panel, QPoint()).x() < theme.px(16)
    assert panel.time is not None
    line = panel.time.line.grab().toImage()
    assert line.pixelColor(line.width() // 2, 0).name() == theme.colours.edge


def test_the_tab_key_goes_through_a_question_and_back_to_the_list(
    qtbot: QtBot, theme: Theme, desk: Desk
) -> None:
    asked = DateQuestion(label="Remind me again", initial=desk.now.replace(tzinfo=None), save="Snooze")
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    before, after = Button("Why?"), Button("Skip")
    panel = DatePanel(theme, asked, desk.context(theme).days, holder)
    panel.keep_as("answer/snooze/x", "Remind me again", None)
    for each in (before, panel, after):
        column.addWidget(each)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    panel.follow(before)
    panel.begin()
    names = [holder.focusWidget().accessibleName()]
    for _ in range(4):
        QTest.keyClick(holder.focusWidget(), Qt.Key.Key_Tab)
        names.append(holder.focusWidget().accessibleName())
    assert names == ["Remind me again", "Remind me again: time", "Snooze", "Cancel", "Skip"]


def test_a_question_s_field_has_the_keyboard_before_its_date_is_shown(
    qtbot: QtBot, theme: Theme, desk: Desk
) -> None:
    """Orca takes a text that changes for where the keyboard is, and then never says the field."""
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = DatePanel(
        theme, DateQuestion(label="Applied on", initial=desk.now.date()), desk.context(theme).days, holder
    )
    QVBoxLayout(holder).addWidget(panel)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    shown: list[bool] = []
    panel.date.line.textChanged.connect(lambda: shown.append(panel.date.line.hasFocus()))
    panel.begin()
    assert panel.date.line.selectedText() == panel.date.line.text() != ""
    assert shown == [True]


def place_in(panel: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(panel, part.rect().topLeft()), part.size())
