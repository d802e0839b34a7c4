"""Dates in the answers of Today are read by the one reader, towards the side that the question is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import EventKind, Rule, Stage
from followup_desktop.domain.worktime import local
from followup_desktop.ui.kit.answer_panels import ChoicePanel
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import spoken
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from tests.ui import situations
from tests.ui.desk import Desk

TUESDAY = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
Ask = Callable[..., DatePanel]


@pytest.fixture
def ask(qtbot: QtBot, theme: Theme, desk: Desk) -> Ask:
    """Opens the question for a date behind an answer of a row, at an instant."""
    desk.put(situations.twelve())

    def opened(rule: Rule, answer: Answer, *more: str, now: datetime = situations.NOW) -> DatePanel:
        desk.now = now
        view = TodayView(desk.context(theme))
        desk.store.subscribe(view.refresh)
        qtbot.addWidget(view)
        view.resize(1040, 700)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        item = next(i for i in view.list.items() if isinstance(i, FollowUpItem) and i.row.rule is rule)
        item.setFocus()
        press(item.findChildren(QAbstractButton), spoken(desk.wording.answer_label(answer)))
        for choice in more:
            assert isinstance(item.panel, ChoicePanel)
            press(item.panel.findChildren(QAbstractButton), choice)
        assert isinstance(item.panel, DatePanel)
        kept.append(view)
        return item.panel

    kept: list[object] = []
    return opened


def press(buttons: list[QAbstractButton], name: str) -> None:
    next(each for each in buttons if each.accessibleName().startswith(name)).click()


def enter(panel: DatePanel, typed: str) -> None:
    QTest.keyClicks(panel.date.line, typed)
    QTest.keyClick(panel.date.line, Qt.Key.Key_Return)


def test_they_will_answer_by_friday_is_the_friday_to_come(ask: Ask, desk: Desk) -> None:
    enter(ask(Rule.STATUS_CALL, Answer.THEY_ANSWERED, "A date", now=TUESDAY), "friday")
    application = desk.store.application("initech")
    assert [e.reply_by for e in application.events if e.kind is EventKind.REPLY] == [date(2026, 10, 23)]
    call = next(f for f in desk.store.follow_ups("initech") if f.rule is Rule.STATUS_CALL)
    assert local(call.due_at, "Europe/Madrid").date() == date(2026, 10, 27)


@pytest.mark.parametrize(
    ("typed", "until"), [("monday week", date(2026, 10, 26)), ("8 jan", date(2027, 1, 8))]
)
def test_keep_waiting_takes_what_one_says(ask: Ask, desk: Desk, typed: str, until: date) -> None:
    enter(ask(Rule.MOVE_ON, Answer.KEEP_WAITING), typed)
    events = desk.store.application("hooli").events
    assert [e.reply_by for e in events if e.kind is EventKind.WAIT] == [until]


def test_applied_on_friday_is_the_last_one(ask: Ask, desk: Desk) -> None:
    panel = ask(Rule.APPLY, Answer.APPLIED)
    enter(panel, "friday")
    moved = [a for a in desk.store.applications() if a.applied_on == date(2026, 10, 9)]
    assert [a.stage for a in moved] == [Stage.APPLIED]


def test_what_is_no_date_keeps_the_question_open_with_its_reason(ask: Ask, desk: Desk) -> None:
    before = desk.store.facts()
    panel = ask(Rule.APPLY, Answer.APPLIED)
    enter(panel, "qqq")
    assert "“qqq” isn't a date" in panel.problem
    assert panel.date.line.hasFocus()
    assert desk.store.facts() == before


def test_a_new_time_takes_a_date_and_a_time_of_the_day(ask: Ask, desk: Desk) -> None:
    panel = ask(Rule.PREPARE, Answer.RESCHEDULED)
    assert panel.time is not None
    QTest.keyClicks(panel.date.line, "tuesday week")
    panel.time.line.setFocus()
    panel.time.line.selectAll()
    QTest.keyClicks(panel.time.line, "half past two")
    QTest.keyClick(panel.time.line, Qt.Key.Key_Return)
    [interview] = desk.store.application("globex").interviews
    assert interview.starts_at == datetime.fromisoformat("2026-10-27T14:30")


def test_no_time_is_refused_at_its_field(ask: Ask) -> None:
    panel = ask(Rule.PREPARE, Answer.RESCHEDULED)
    assert panel.time is not None
    panel.time.line.setText("qqq")
    panel.save.click()
    assert "isn't a time" in panel.problem
    assert panel.time.line.hasFocus()
