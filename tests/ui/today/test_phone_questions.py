"""What came back from the phone, in rows above the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.model import Rule
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.storage.published import PhoneQuestion, QuestionKind
from followup_desktop.ui.kit.answer_panels import ChoicePanel
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.requests import OpenDebrief, Request, WriteMessage
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.phone_questions import MOST_SHOWN
from followup_desktop.ui.today.view import TodayView
from tests.screens_phone import from_the_phone
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


@pytest.fixture
def today(desk: Desk, theme: Theme, put_up: PutUp) -> Iterator[TodayView]:
    desk.put(sample_facts(situations.NOW, "Europe/Madrid"))
    view = TodayView(desk.context(theme))
    put_up(view)
    yield view


def test_without_a_server_there_are_none(today: TodayView) -> None:
    assert today.phone_questions.isHidden()
    assert today.phone_questions.bars == []


def test_what_was_asked_is_still_there_when_the_server_no_longer_is(today: TodayView, desk: Desk) -> None:
    from_the_phone(today)
    desk.store.published.forget()
    today.context.desktop.server.reload()
    today.phone_questions.refresh()
    assert today.context.desktop.server.account is None
    assert len(today.phone_questions.bars) == MOST_SHOWN
    assert today.phone_questions.isVisibleTo(today)


def test_the_first_are_shown_and_the_others_counted(today: TodayView) -> None:
    from_the_phone(today)
    rows = today.phone_questions
    assert len(rows.bars) == MOST_SHOWN
    assert rows.isVisibleTo(today)
    assert "was moved on your phone to" in rows.bars[0].sentence
    assert [button.text() for button in rows.bars[0].buttons] == ["Use the new time", "Keep it as it was"]
    assert rows._more.text() == "1 more change on your phone"


def test_an_answer_by_keyboard_leads_to_the_next(today: TodayView, desk: Desk) -> None:
    from_the_phone(today)
    rows = today.phone_questions
    first, second = rows.bars[0].sentence, rows.bars[1].sentence
    rows.bars[0].buttons[0].setFocus()
    QTest.keyClick(rows.bars[0].buttons[0], Qt.Key.Key_Return)
    assert first not in {bar.sentence for bar in rows.bars}
    assert rows.bars[0].sentence == second
    assert rows.bars[0].buttons[0].hasFocus()
    assert desk.store.history.undo_label is not None
    assert len(desk.store.published.questions()) == MOST_SHOWN
    while rows.bars:
        QTest.keyClick(rows.bars[0].buttons[-1], Qt.Key.Key_Return)
    current = today.list.current
    assert current is not None
    assert current.hasFocus()


def ticked_off(today: TodayView, desk: Desk, rule: Rule) -> str:
    """Have the phone say that a follow-up of this kind was done; its key."""
    key = next(each.key for each in desk.store.follow_ups() if each.rule is rule)
    from_the_phone(today)
    published = desk.store.published
    asked = PhoneQuestion(
        uid="done", kind=QuestionKind.DONE, subject=key, starts_at=None, asked_at=situations.NOW
    )
    published.save(asked=[asked], settled=list(published.questions()))
    today.show_all()
    return key


def press(today: TodayView, label: str) -> None:
    (bar,) = today.phone_questions.bars
    button = next(each for each in bar.buttons if each.text() == label)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def test_what_was_said_in_a_call_made_on_the_phone_is_asked_below_its_row(
    today: TodayView, desk: Desk
) -> None:
    key = ticked_off(today, desk, Rule.STATUS_CALL)
    press(today, "Spoke")
    item = today.list.current
    assert isinstance(item, FollowUpItem)
    assert item.key == key
    assert isinstance(item.panel, ChoicePanel)
    assert len(today.phone_questions.bars) == 1  # until it is answered
    item.panel.chosen.emit(EmployerReply.NOTHING_NEW)
    assert today.phone_questions.bars == []
    assert desk.store.follow_up(key) is None


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        (Rule.OFFER_REPLY, "Ask for time…"),
        (Rule.MOVE_ON, "Keep waiting until…"),
        (Rule.APPLY, "Applied…"),
    ],
)
def test_a_day_that_goes_with_what_was_ticked_off_is_asked_below_its_row(
    today: TodayView, desk: Desk, rule: Rule, label: str
) -> None:
    key = ticked_off(today, desk, rule)
    press(today, label)
    item = today.list.current
    assert isinstance(item, FollowUpItem)
    assert item.key == key
    assert isinstance(item.panel, DatePanel)
    assert len(today.phone_questions.bars) == 1
    item.panel.save.click()
    assert today.phone_questions.bars == []
    assert desk.store.published.questions() == {}


def test_what_did_not_take_place_opens_the_message_that_asks_for_a_new_time(
    desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    desk.put(situations.twelve())
    today = TodayView(desk.context(theme))
    put_up(today)
    ticked_off(today, desk, Rule.DEBRIEF)
    opened: list[Request] = []
    today.asked.connect(opened.append)
    press(today, "It didn't take place…")
    assert [type(request) for request in opened] == [WriteMessage]
    assert today.phone_questions.bars == []


def test_a_debrief_ticked_off_on_the_phone_opens_its_form(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    desk.put(situations.twelve())
    today = TodayView(desk.context(theme))
    put_up(today)
    key = ticked_off(today, desk, Rule.DEBRIEF)
    opened: list[Request] = []
    today.asked.connect(opened.append)
    press(today, "Debrief…")
    assert opened == [OpenDebrief(key)]
    assert len(today.phone_questions.bars) == 1


def test_what_is_gone_here_is_no_longer_asked(today: TodayView, desk: Desk) -> None:
    from_the_phone(today)
    with desk.store.transaction("Elsewhere") as t:
        t.put_facts(situations.nothing())
    assert today.phone_questions.bars == []
    assert not today.phone_questions.isVisibleTo(today)
