"""Today over a real store: rows, answers, keys, names, and what stays as the page changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import (
    Application,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.rules.table import row_of
from followup_desktop.ui.kit.answer_panels import ChoicePanel, WhyPanel
from followup_desktop.ui.kit.commands.command import native
from followup_desktop.ui.kit.commands.table import COMMANDS, answer_keys
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.requests import OpenApplication, OpenDebrief, OpenFollowUp, Request, WriteMessage
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import spoken
from followup_desktop.ui.kit.widgets.card import ElidedLabel, SectionLabel
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.today.frames import RowFrame
from followup_desktop.ui.today.group import GroupItem, ReviewBar
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from tests.benchmarks.many import many
from tests.scene import settle
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, PutUp

Show = Callable[[Facts], TodayView]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, desk: Desk) -> Show:
    """Shows Today over these facts, 1040 pixels wide."""

    def show_facts(facts: Facts) -> TodayView:
        desk.put(facts)
        view = TodayView(desk.context(theme))
        desk.store.subscribe(view.refresh)
        qtbot.addWidget(view)
        view.resize(1040, 700)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.begin()
        return view

    return show_facts


def item_of(view: TodayView, rule: Rule) -> FollowUpItem:
    """The row of this rule."""
    for item in view.list.items():
        if isinstance(item, FollowUpItem) and item.row.rule is rule and item.row.is_open:
            return item
    raise AssertionError(f"no open row of {rule}")


def button(widget: QWidget, name: str) -> QAbstractButton:
    """The button with this accessible name."""
    found = [b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def events_of(desk: Desk, application: str, kind: EventKind) -> list[Event]:
    """The entries of this kind, by their instants."""
    events = desk.store.application(application).events
    return sorted((event for event in events if event.kind is kind), key=lambda event: event.at)


def take(panel: QWidget | None, answer: str) -> None:
    """Press an answer of the question that is open."""
    assert isinstance(panel, ChoicePanel)
    next(b for b in panel.findChildren(QAbstractButton) if b.accessibleName().startswith(answer)).click()


def test_every_open_row_has_the_answers_of_its_rule_as_buttons(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    seen = set()
    for item in view.list.items():
        assert isinstance(item, FollowUpItem)
        if not item.row.is_open:
            continue
        seen.add(item.row.rule)
        # Who is thanked here has an address.
        answers = [answer for answer in row_of(item.row.rule).answers if answer is not Answer.NO_ADDRESS]
        labels = [spoken(desk.wording.answer_label(answer)) for answer in answers]
        for name in (*labels, "Snooze", "Skip", "Why?"):
            assert button(item, name).isVisible()
    assert len(seen) == 12


def test_what_not_now_puts_off_has_no_button_that_skips_it_too(show: Show, desk: Desk) -> None:
    """The key and the command, which fit every row, still do."""
    view = show(situations.one())
    desk.tracker.set_search_paused(False)
    desk.now += timedelta(days=21)
    view.show_all()
    item = item_of(view, Rule.KEEP_SEARCHING)
    view.list.select(item.key, focus=True)
    settle()
    labels = [b.accessibleName() for b in item.buttons() if b.isVisible()]
    assert labels == ["Add application", "Not now", "Snooze", "Why?"]
    QTest.keyClick(item, Qt.Key.Key_K)
    assert not any(each.key == item.key for each in view.list.items())
    assert desk.tracker.undo_label == "Skip"


def test_a_button_names_the_key_of_its_command(show: Show, desk: Desk) -> None:
    item = show(situations.twelve()).list.current
    assert isinstance(item, FollowUpItem)
    for name, command in (("Snooze", "snooze"), ("Skip", "skip"), ("Why?", "why")):
        tip = button(item, name).toolTip()
        assert COMMANDS[command].tip(desk.wording, "today") in tip
        assert f"({COMMANDS[command].keys['today']})" in tip
    for answer, keys in zip(item.row.answers, answer_keys(item.row), strict=True):
        tip = button(item, spoken(desk.wording.answer_label(answer))).toolTip()
        assert f"({native(keys)})" in tip


@pytest.mark.parametrize("at_work", [True, False])
def test_what_comes_up_while_the_user_is_elsewhere_is_current(show: Show, desk: Desk, at_work: bool) -> None:
    view = show(situations.later_today())
    item = view.list.items()[-1]
    view.list.select(item.key)
    before = view.list.card
    assert before is None
    if at_work:
        item.setFocus()
    else:
        view.setFocus()
    desk.now += timedelta(hours=4)
    view.show_all()
    assert view.list.card is not None
    assert view.list.current is (item if at_work else view.list.card)


def test_what_waits_for_another_says_so_and_offers_no_call(show: Show, desk: Desk) -> None:
    """Two calls at one employer are due: Enter on the second opens it, and logs nothing."""
    facts = situations.two_calls()
    view = show(facts)
    first, second = facts.applications
    item = next(
        i for i in view.list.items() if isinstance(i, FollowUpItem) and i.row.application == second.id
    )
    assert item.accessibleName().endswith(f", after the call about {first.role}")
    names = {b.accessibleName() for b in item.buttons() if not b.accessibleName().startswith("More")}
    assert names == {"They answered", "Snooze", "Skip", "Why?"}
    opened: list[Request] = []
    view.asked.connect(opened.append)
    view.show_follow_up(item.key)
    QTest.keyClick(item, Qt.Key.Key_Return)
    QTest.keyClick(item, Qt.Key.Key_C)
    assert opened == [OpenApplication(second.id)]
    assert events_of(desk, second.id, EventKind.CALL) == []
    button(item, "Why?").click()
    assert isinstance(item.panel, WhyPanel)
    assert f"the call about {first.role}" in item.panel.accessibleDescription()
    desk.tracker.skip(f"status_call/{first.id}/{first.interviews[0].id}/0")
    view.refresh()
    assert "after the call" not in item.accessibleName()
    assert button(item, "Spoke").isVisible()


def test_the_reason_of_a_reminder_is_said_as_it_opens_and_not_as_it_goes(show: Show) -> None:
    view = show(situations.one())
    item = item_of(view, Rule.THANK_YOU)
    view.show_follow_up(item.key)
    voice = Announcer.of(view)
    voice.speak()
    before = list(voice.said)
    QTest.keyClick(item, Qt.Key.Key_W)
    voice.speak()
    assert isinstance(item.panel, WhyPanel)
    reason = item.panel.accessibleDescription()
    assert "24 hours" in reason
    assert voice.said == [*before, reason]
    view.refresh()
    QTest.keyClick(item_of(view, Rule.THANK_YOU), Qt.Key.Key_W)
    voice.speak()
    assert voice.said == [*before, reason]


def test_assistive_technology_finds_a_list_of_items_with_full_names(show: Show) -> None:
    install_roles()
    view = show(situations.one())
    frame = QAccessible.queryAccessibleInterface(view.list)
    assert frame is not None
    assert frame.role() == QAccessible.Role.List
    assert frame.text(QAccessible.Text.Name) == "Follow-ups"
    item = QAccessible.queryAccessibleInterface(item_of(view, Rule.THANK_YOU))
    assert item is not None
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == (
        "Thank Ana Ruiz, Acme · Data Engineer — you talked about the move to streaming, 20 h left"
    )


def test_a_parked_button_can_be_pressed_by_assistive_technology(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.THANK_YOU)
    assert "Needs none" in [b.accessibleName() for b in item.buttons() if b.parked]
    interface = QAccessible.queryAccessibleInterface(button(item, "Needs none"))
    assert interface is not None
    assert not interface.state().invisible
    interface.actionInterface().doAction(QAccessibleActionInterface.pressAction())
    qtbot.waitUntil(lambda: desk.store.contact("ana").no_thank_you)


@pytest.fixture
def twelve(show: Show) -> TodayView:
    return show(situations.twelve())


@tabled(
    "given, kind",
    [
        ((Rule.THANK_YOU, Answer.SENT), EventKind.THANK_YOU),
        ((Rule.STATUS_CALL, Answer.LEFT_MESSAGE), EventKind.CALL),
        ((Rule.STATUS_CALL, Answer.EMAILED_INSTEAD), EventKind.EMAIL),
        ((Rule.CHECK_IN, Answer.SENT), EventKind.EMAIL),
        ((Rule.ASK_FEEDBACK, Answer.SENT), EventKind.FEEDBACK_REQUEST),
        ((Rule.OFFER_THANKS, Answer.SENT), EventKind.THANK_YOU),
    ],
)
def test_an_answer_logs_what_the_table_says(
    twelve: TodayView, desk: Desk, qtbot: QtBot, given: tuple[Rule, Answer], kind: EventKind
) -> None:
    rule, answer = given
    item = item_of(twelve, rule)
    application, key = item.row.application, item.key
    assert application is not None
    before = events_of(desk, application, kind)
    with qtbot.waitSignal(twelve.status) as said:
        button(item, spoken(desk.wording.answer_label(answer))).click()
    assert item.row.title in said.args[0]
    assert len(events_of(desk, application, kind)) == len(before) + 1
    assert twelve.list.item(key) is None
    desk.tracker.undo()
    assert twelve.list.item(key) is not None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.DECLINE, "Marked “{title}” as declined. Moved to Withdrawn"),
        (
            Answer.ACCEPT,
            "Marked “{title}” as accepted. Congratulations! You'll be reminded to withdraw your other "
            "applications.",
        ),
    ],
)
def test_what_comes_of_an_answer_is_told_in_sentences(
    show: Show, desk: Desk, qtbot: QtBot, answer: Answer, said: str
) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.OFFER_REPLY)
    title = item.row.title
    with qtbot.waitSignal(view.status) as told:
        button(item, spoken(desk.wording.answer_label(answer))).click()
    assert told.args == [said.format(title=title)]


def test_nobody_is_reminded_to_withdraw_what_there_is_not(show: Show, desk: Desk, qtbot: QtBot) -> None:
    facts = situations.twelve()
    offer = [each for each in facts.applications if each.stage is Stage.OFFER]
    view = show(replace(facts, applications=tuple(offer[:1])))
    item = item_of(view, Rule.OFFER_REPLY)
    with qtbot.waitSignal(view.status) as told:
        button(item, spoken(desk.wording.answer_label(Answer.ACCEPT))).click()
    assert told.args == [f"Marked “{item.row.title}” as accepted. Moved to Accepted"]
    assert not any(each.rule is Rule.WITHDRAW_OTHERS for each in desk.store.follow_ups())


@pytest.mark.parametrize(
    ("rule", "answer", "stage"),
    [
        (Rule.MOVE_ON, Answer.MOVE_ON, Stage.NO_RESPONSE),
        (Rule.OFFER_REPLY, Answer.DECLINE, Stage.WITHDRAWN),
        (Rule.WITHDRAW_OTHERS, Answer.WITHDRAWN, Stage.WITHDRAWN),
    ],
)
def test_an_answer_moves_the_stage(show: Show, desk: Desk, rule: Rule, answer: Answer, stage: Stage) -> None:
    view = show(situations.twelve())
    item = item_of(view, rule)
    button(item, spoken(desk.wording.answer_label(answer))).click()
    assert desk.store.application(item.row.application or "").stage is stage


def test_the_day_of_an_application_sent_earlier_is_asked(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.APPLY)
    today = desk.clock().date()
    button(item, spoken(desk.wording.answer_label(Answer.APPLIED))).click()
    panel = item.findChild(DatePanel)
    assert panel is not None
    assert panel.value() == today
    QTest.keyClicks(panel.date.line, "2 days ago")
    panel.save.click()
    application = desk.store.application(item.row.application or "")
    assert (application.stage, application.applied_on) == (Stage.APPLIED, today - timedelta(days=2))


def test_after_an_answer_the_next_row_has_the_keyboard(show: Show, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    order = [item.key for item in view.list.items()]
    view.list.select(order[3], focus=True)
    QTest.keyClick(view.list.items()[3], Qt.Key.Key_K)
    assert order[3] not in [item.key for item in view.list.items()]
    assert view.list.current is not None
    assert view.list.current.key == order[4]
    assert view.list.current.hasFocus()


def test_after_the_last_row_of_a_section_the_one_above_is_current_and_undo_comes_back(
    show: Show, desk: Desk, qtbot: QtBot
) -> None:
    view = show(situations.twelve())
    view.list.items()  # all of them
    QApplication.processEvents()
    tops = [label.y() for label in view.list.findChildren(SectionLabel)]
    ends = [(a, b) for a, b in pairwise(view.list.items()) if any(a.y() < top < b.y() for top in tops)]
    last = next(a for a, _b in ends if isinstance(a, FollowUpItem) and not a.is_card and a.row.is_open)
    order = [item.key for item in view.list.items()]
    above = order[order.index(last.key) - 1]
    gone = last.key
    view.list.select(gone, focus=True)
    QTest.keyClick(last, Qt.Key.Key_K)
    assert view.list.current is not None
    assert (view.list.current.key, view.list.current.hasFocus()) == (above, True)
    desk.tracker.undo()
    assert (view.list.current.key, view.list.current.hasFocus()) == (gone, True)


def test_arrows_walk_the_rows_and_tab_walks_the_buttons(show: Show, qtbot: QtBot) -> None:
    view = show(situations.one())
    first = view.list.items()[0]
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert button(first, "Write email").hasFocus()
    QTest.keyClick(button(first, "Write email"), Qt.Key.Key_Tab)
    assert button(first, "Sent").hasFocus()
    QTest.keyClick(button(first, "Sent"), Qt.Key.Key_Down)
    assert view.list.current is view.list.items()[1]
    assert view.list.items()[1].hasFocus()
    QTest.keyClick(view.list.items()[1], Qt.Key.Key_Up)
    assert first.hasFocus()


def test_enter_gives_the_strong_answer_which_opens_compose(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.one())
    item = item_of(view, Rule.THANK_YOU)
    with qtbot.waitSignal(view.asked) as asked:
        QTest.keyClick(item, Qt.Key.Key_Return)
    assert asked.args == [WriteMessage(item.key)]


def test_who_has_no_address_is_thanked_through_the_organiser(show: Show, desk: Desk, qtbot: QtBot) -> None:
    facts = situations.one()
    view = show(replace(facts, contacts=tuple(replace(each, email="") for each in facts.contacts)))
    item = item_of(view, Rule.THANK_YOU)
    with qtbot.waitSignal(view.asked) as asked:
        button(item, "No address: ask the organiser").click()
    assert asked.args == [WriteMessage(item.key, organiser=True)]
    assert desk.store.application("acme").events == ()


def test_a_debrief_is_asked_for_by_its_key(show: Show, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.DEBRIEF)
    with qtbot.waitSignal(view.asked) as asked:
        button(item, "Debrief").click()
    assert asked.args == [OpenDebrief(item.key)]


def test_a_call_offers_its_script_and_an_offer_its_question(show: Show, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    for rule, name in ((Rule.STATUS_CALL, "Full script"), (Rule.OFFER_REPLY, "What to say")):
        item = item_of(view, rule)
        with qtbot.waitSignal(view.asked) as asked:
            button(item, name).click()
        assert asked.args == [WriteMessage(item.key)]
        view.list.select(item.key, focus=True)
        with qtbot.waitSignal(view.asked) as asked:
            QTest.keyClick(item, Qt.Key.Key_C)
        assert asked.args == [WriteMessage(item.key)]


def test_enter_on_another_button_presses_that_one(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.one())
    sent = button(item_of(view, Rule.THANK_YOU), "Sent")
    sent.setFocus()
    QTest.keyClick(sent, Qt.Key.Key_Return)
    assert desk.urls == []
    assert [event.kind for event in desk.store.application("acme").events] == [EventKind.THANK_YOU]


def test_digits_answer_by_number(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    view.list.select(item.key, focus=True)
    QTest.keyClick(item, Qt.Key.Key_3)
    assert events_of(desk, "initech", EventKind.CALL)[-1].outcome == "no_answer"


def test_why_opens_and_closes_below_the_row(show: Show, qtbot: QtBot) -> None:
    view = show(situations.one())
    item = item_of(view, Rule.THANK_YOU)
    QTest.keyClick(item, Qt.Key.Key_W)
    assert isinstance(item.panel, WhyPanel)
    assert "Tip 2" in item.panel.accessibleDescription()
    QTest.keyClick(item, Qt.Key.Key_W)
    assert item.panel is None


def test_what_opens_below_the_last_row_is_scrolled_into_sight(show: Show, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    last = view.list.items()[-1]
    QTest.keyClick(view.list.items()[0], Qt.Key.Key_End)
    assert last.hasFocus()
    QTest.keyClick(last, Qt.Key.Key_W)
    panel = last.panel
    assert panel is not None
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: panel.visibleRegion().boundingRect().height() == panel.height())


def test_the_page_stays_where_the_next_row_is_in_sight_after_an_answer(show: Show) -> None:
    facts = situations.twelve()
    call = situations.call_initech()
    more = tuple(
        replace(
            call,
            id=f"more-{n}",
            employer=f"More {n}",
            contacts=(),
            interviews=(),
            events=tuple(replace(event, id=f"{event.id}-{n}") for event in call.events),
        )
        for n in range(2)
    )
    view = show(replace(facts, applications=(*facts.applications, *more)))
    view.resize(1000, 700)
    page = view.findChild(QScrollArea)
    assert page is not None
    item = view.list.item("status_call/more-1/-/0")
    assert item is not None
    view.list.select(item.key, focus=True)
    settle()
    before, places = page.verticalScrollBar().value(), list[int]()
    page.verticalScrollBar().valueChanged.connect(places.append)
    button(item, "They answered").click()
    take(item.panel, "Offer")
    assert isinstance(item.panel, DatePanel)
    QTest.keyClick(item.panel.date.line, Qt.Key.Key_Return)
    settle()
    current = view.list.current
    assert current is not None
    assert (current.key, current.hasFocus()) == ("status_call/initech/initech-1/0", True)
    assert (places, page.verticalScrollBar().value()) == ([], before)


def test_a_row_that_grows_when_it_is_selected_is_seen_whole(show: Show, qtbot: QtBot) -> None:
    view = show(situations.missed_thanks())
    QTest.keyClick(view.list.items()[0], Qt.Key.Key_End)
    last = view.list.items()[-1]
    assert last.head_height > view.list.items()[-2].head_height
    qtbot.waitUntil(partial(_is_seen_whole, last, view))


def test_a_row_shows_all_words_of_why_it_is_there_selected_or_not(show: Show) -> None:
    view = show(situations.twelve())
    view.resize(1000, 700)
    item = item_of(view, Rule.DEBRIEF)
    (detail,) = [each for each in item.findChildren(ElidedLabel) if "what you talked about" in each.full_text]
    heights = []
    for width in (1000, 560):
        view.resize(width, 700)
        for is_selected in (False, True):
            view.list.select(item.key if is_selected else view.list.items()[0].key, focus=True)
            settle()
            assert item.selected is is_selected
            assert detail.full_text in detail.text()
            assert detail.height() >= detail.heightForWidth(detail.width())
            assert detail.geometry().bottom() < item.head_height
            heights.append(detail.height())
    assert max(heights) > detail.fontMetrics().lineSpacing()


def _is_seen_whole(item: QWidget, view: TodayView) -> bool:
    assert isinstance(item, FollowUpItem)
    page = view.findChild(QScrollArea)
    assert page is not None
    room = page.viewport()
    head = QRect(item.mapTo(view, QPoint()), QSize(item.width(), item.head_height))
    return item.height() >= item.head_height and room.rect().contains(
        head.translated(-room.mapTo(view, QPoint()))
    )


def test_they_answered_with_a_date_moves_the_call(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    button(item, "They answered").click()
    take(item.panel, "A date")
    assert isinstance(item.panel, DatePanel)
    assert item.panel.date.line.hasFocus()
    expected = item.panel.value()
    QTest.keyClick(item.panel.date.line, Qt.Key.Key_Return)
    assert [reply.reply_by for reply in events_of(desk, "initech", EventKind.REPLY)] == [expected]


def test_they_answered_takes_two_keys(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    view.list.select(item.key, focus=True)
    QTest.keyClick(item, Qt.Key.Key_5)
    assert isinstance(item.panel, ChoicePanel)
    first = QApplication.focusWidget()
    assert first is not None
    QTest.keyClick(first, Qt.Key.Key_R)
    assert desk.store.application("initech").stage is Stage.REJECTED


@pytest.mark.parametrize(
    ("typed", "until"), [("", None), ("2026-10-23", date(2026, 10, 23))], ids=["no date", "a date"]
)
def test_they_answered_with_an_offer_moves_the_stage(
    show: Show, desk: Desk, typed: str, until: date | None
) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    button(item, "Spoke").click()
    take(item.panel, "Offer")
    assert isinstance(item.panel, DatePanel)
    assert item.panel.date.name == "Offer expires on"
    assert item.panel.date.line.hasFocus()
    QTest.keyClicks(item.panel.date.line, typed)
    QTest.keyClick(item.panel.date.line, Qt.Key.Key_Return)
    stored = desk.store.application("initech")
    assert (stored.stage, stored.offer_expires_on) == (Stage.OFFER, until)


def test_an_offers_date_that_is_being_typed_is_gone_on_with(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    button(item, "They answered").click()
    take(item.panel, "Offer")
    assert isinstance(item.panel, DatePanel)
    QTest.keyClicks(item.panel.date.line, "2026-10-23")
    item.open_panel(None)
    (kept,) = [each for each in view.context.drafts.forms.waiting() if each.startswith("answer/")]
    _answer, what, key = kept.split("/", 2)
    assert view.resume_answer(key, what)
    assert isinstance(item.panel, DatePanel)
    assert (item.panel.date.name, item.panel.value()) == ("Offer expires on", date(2026, 10, 23))


def test_the_answer_that_asks_something_looks_chosen_and_none_stands_out(show: Show) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.STATUS_CALL)
    view.list.select(item.key, focus=True)
    spoke, heard = button(item, "Spoke"), button(item, "They answered")

    def looks() -> tuple[str, str]:
        return spoke.property("look"), heard.property("look")

    assert looks() == ("strong", "plain")
    heard.click()
    assert looks() == ("plain", "chosen")
    take(item.panel, "Offer")
    assert looks() == ("plain", "chosen")
    item.open_panel(None)
    assert looks() == ("strong", "plain")
    spoke.click()
    assert looks() == ("chosen", "plain")


def test_keep_waiting_asks_until_when(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.twelve())
    item = item_of(view, Rule.MOVE_ON)
    button(item, "Keep waiting until").click()
    assert isinstance(item.panel, DatePanel)
    button(item.panel, "Save").click()
    assert [wait.reply_by for wait in events_of(desk, "hooli", EventKind.WAIT)] == [date(2026, 10, 21)]


def test_a_refused_time_keeps_what_was_chosen_and_says_why(show: Show, desk: Desk) -> None:
    view = show(situations.one())
    item = item_of(view, Rule.THANK_YOU)
    button(item, "Snooze").click()
    take(item.panel, "Pick")
    panel = item.panel
    assert isinstance(panel, DatePanel)
    QTest.keyClicks(panel.date.line, "a month ago")
    button(panel, "Snooze").click()
    assert item.panel is panel
    assert "passed" in panel.problem


def test_snooze_moves_the_row_to_its_section(show: Show, desk: Desk) -> None:
    view = show(situations.one())
    item = item_of(view, Rule.THANK_YOU)
    button(item, "Snooze").click()
    take(item.panel, "In 1 hour")
    choice = desk.store.choice(item.key)
    assert choice is not None
    assert choice.snoozed_until == situations.NOW + timedelta(hours=1)
    assert view.list.item(item.key) is item


def test_undo_brings_the_row_back_and_leaves_the_others_alone(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    others = {item.key: item for item in view.list.items()}
    gone = item_of(view, Rule.CHECK_IN).key
    view.list.item(gone).skip_wanted.emit(gone)  # type: ignore[union-attr]
    assert view.list.item(gone) is None
    desk.tracker.undo()
    assert [item.key for item in view.list.items()] == list(others)
    assert all(others[item.key] is item for item in view.list.items() if item.key != gone)


def test_many_of_a_kind_are_one_row_that_opens_in_blocks(show: Show, desk: Desk, qtbot: QtBot) -> None:
    view = show(situations.five_hundred())
    first, group = view.list.items()[:2]
    assert first.key.startswith("thank_you/"), "what has a deadline comes first"
    assert isinstance(group, GroupItem)
    assert len(view.list.items()) < 6
    group.setFocus()
    QTest.keyClick(group, Qt.Key.Key_Return)
    assert 40 <= len(view.list.items()) < 60
    row = view.list.items()[2]
    view.list.select(row.key, focus=True)
    QTest.keyClick(row, Qt.Key.Key_K)
    assert len(group.group.keys) == 498
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    button(view, "Show more").click()
    assert len(view.list.items()) >= 80


def test_a_whole_group_can_be_skipped(show: Show, desk: Desk) -> None:
    facts = situations.five_hundred()
    few = facts.applications[:8]
    view = show(Facts(policy=facts.policy, search=facts.search, contacts=facts.contacts, applications=few))
    group = next(item for item in view.list.items() if isinstance(item, GroupItem))
    keys = group.group.keys
    count = len(keys)
    group.toggle()
    bar = button(view, f"Skip all {count}").parentWidget()
    assert isinstance(bar, ReviewBar)
    current = view.list.current
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert view.list.current is current, "beside its buttons it is no row"
    button(view, f"Skip all {count}").click()
    assert all(desk.store.choice(key).skipped for key in keys)  # type: ignore[union-attr]
    assert desk.tracker.undo_label == f"Skip {count} follow-ups"
    desk.tracker.undo()
    assert desk.store.choices() == {}


def test_an_empty_search_says_so_kindly(show: Show, desk: Desk) -> None:
    view = show(situations.nothing())
    assert desk.overview.today_counts(desk.now).open_count == 0
    assert view.list.items() == ()
    assert not view.list.isVisible()


def _is_laid_out(item: QWidget) -> bool:
    assert isinstance(item, FollowUpItem)
    return item.height() >= item.head_height


def test_a_row_keeps_its_next_step_where_text_is_twice_as_large(show: Show, theme: Theme) -> None:
    view = show(situations.twelve())
    theme.scale_text(2.0)
    try:
        view.resize(508, 330)  # what the window leaves it on a screen of 640 × 480
        QApplication.processEvents()
        rows = [item for item in view.list.items() if isinstance(item, FollowUpItem) and not item.is_card]
        steps = [next((each for each in row.buttons() if each.is_drawn), None) for row in rows]
        for row, step in zip(rows, steps, strict=True):
            assert step is not None
            assert row.rect().contains(step.geometry())
        assert {step.text() for step in steps if step is not None} >= {"Applied…", "Debrief…", "Write email…"}
    finally:
        theme.scale_text(1.0)


@pytest.mark.parametrize("width", [508, 660, 900])
def test_a_group_is_whole_where_text_is_twice_as_large(show: Show, theme: Theme, width: int) -> None:
    view = show(situations.five_hundred())
    theme.scale_text(2.0)
    try:
        view.resize(width, 330)
        QApplication.processEvents()
        group = next(item for item in view.list.items() if isinstance(item, GroupItem))
        parts = [each for each in group.findChildren(QWidget) if each.isVisible()]
        for number, part in enumerate(parts):
            assert group.rect().contains(part.geometry())
            assert not any(part.geometry().intersects(other.geometry()) for other in parts[number + 1 :])
        labels = group.findChildren(ElidedLabel)
        assert len(labels) == 2
        for label in labels:
            assert label.toolTip() == "", "it is cut"
            assert label.height() >= label.heightForWidth(label.width())
    finally:
        theme.scale_text(1.0)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_label_of_a_drawn_button_is_cut_off(show: Show, theme: Theme, qtbot: QtBot, scale: float) -> None:
    view = show(situations.twelve())
    theme.scale_text(scale)
    for width in (560, 740, 1040):
        view.resize(width if scale == 1.0 else round(width * 1.3), 560)
        settle()
        for item in view.list.items():
            view.list.select(item.key)
            qtbot.waitUntil(partial(_is_laid_out, item))
            assert isinstance(item, FollowUpItem)
            drawn = [b for b in item.buttons() if not b.parked and b.isVisible()]
            assert drawn
            for each in drawn:
                text = each.fontMetrics().horizontalAdvance(each.text())
                assert text <= each.width(), each.text()
                assert item.rect().contains(each.geometry()), each.text()
            for left, right in pairwise(drawn):
                assert not left.geometry().intersects(right.geometry())


def test_rows_below_the_screen_follow_once_the_first_are_seen(qtbot: QtBot, theme: Theme, desk: Desk) -> None:
    desk.put(many(60, desk.now))
    view = TodayView(desk.context(theme))
    qtbot.addWidget(view)
    view.resize(1040, 700)
    view.show_all()
    made = view.list.findChildren(RowFrame)
    assert {row.width() for row in made} == {view.list.width()}, "arranged once: the width is known"
    view.show()
    qtbot.waitUntil(lambda: len(view.list.findChildren(RowFrame)) > len(made))
    settle()
    last = max(made, key=RowFrame.y)
    top = last.mapTo(view, QPoint()).y()
    assert top <= view.height() < top + last.height(), "as many as are seen, and no fewer"
    shown = [item.key for item in view.list.items()]
    assert len(shown) > len(made)

    again = TodayView(desk.context(theme))
    qtbot.addWidget(again)
    again.show_all()
    again.list.select(shown[-1])
    assert again.list.current is not None, "a row that was not made yet can be asked for"
    assert [item.key for item in again.list.items()] == shown


def test_the_section_is_said_with_the_first_row_that_one_comes_to(show: Show) -> None:
    view = show(situations.twelve())
    told = []
    for item in view.list.items():
        view.list.select(item.key)
        told.append(item.accessibleDescription())
    sections = [each for each in told if each]
    assert sections == list(dict.fromkeys(sections))
    assert len(sections) > 1
    assert all(re.search(r": \d+ follow-ups?$", each) for each in sections)
    view.list.select(view.list.items()[-2].key)  # back within the last section
    assert view.list.items()[-2].accessibleDescription() == ""


def test_the_current_row_is_the_selected_one_to_assistive_technology(show: Show) -> None:
    install_roles()
    view = show(situations.twelve())
    states = [QAccessible.queryAccessibleInterface(item).state() for item in view.list.items()]
    assert all(state.selectable for state in states)
    assert [bool(state.selected) for state in states].count(True) == 1


def test_rows_are_heard_and_reached_in_the_order_in_which_they_are_seen(show: Show, desk: Desk) -> None:
    """Also those that came, and came back, after the others."""
    view = show(situations.twelve())
    gone = [item_of(view, Rule.CHECK_IN).key, view.list.items()[0].key]
    for key in gone:
        desk.tracker.skip(key)
    for _key in gone:
        desk.tracker.undo()
    parts = [part for part in view.list.children() if isinstance(part, QWidget) and part.isVisible()]
    assert [part.y() for part in parts] == sorted(part.y() for part in parts)
    assert {type(part) for part in parts} >= {SectionLabel, FollowUpItem}
    stops = [part for part in parts if part.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    reached, stop = [], stops[0].nextInFocusChain()
    while stop is not None and stop is not stops[0]:
        reached += [stop] if stop in stops else []
        stop = stop.nextInFocusChain()
    assert reached == stops[1:]


def test_the_page_stays_at_its_top_when_the_selected_row_is_missed(
    desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    """A thank-you that was selected on Friday has expired on Monday; what comes first then is in sight."""
    friday, monday = datetime(2026, 10, 16, 12, tzinfo=UTC), datetime(2026, 10, 19, 15, tzinfo=UTC)
    talk = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-16T10:00"), minutes=60)
    acme = Application(
        id="acme", employer="Acme", role="Analyst", stage=Stage.INTERVIEWING, interviews=(talk,)
    )
    reminders = tuple(
        Reminder(id=f"r{n}", title=f"Call {n}", at=datetime.fromisoformat("2026-10-19T09:00"))
        for n in range(15)
    )
    desk.now = friday
    desk.put(Facts(policy=Policy(timezone="Europe/Madrid"), applications=(acme,), reminders=reminders))
    view = TodayView(desk.context(theme))
    put_up(view)
    view.resize(700, 220)
    view.begin()
    view.show_follow_up("thank_you/acme/2026-10-16/-")
    desk.now = monday
    view.show_changes(None)
    QApplication.processEvents()
    current = view.list.current
    assert current is view.list.items()[0]
    assert current.hasFocus()
    (page,) = view.findChildren(QScrollArea)
    assert page.verticalScrollBar().maximum() > 0
    assert page.verticalScrollBar().value() == 0
    view.show_follow_up("thank_you/acme/2026-10-16/-")
    view.show_changes(None)
    assert view.place() == OpenFollowUp("thank_you/acme/2026-10-16/-"), "who goes there, stays"
