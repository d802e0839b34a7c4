"""It didn't take place: from Today, the detail and a notification to its message."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Application, EventKind, Facts
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.kit.requests import OpenApplication
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of


def to_debrief() -> Facts:
    """The interview at Umbrella is over and nothing was written of it."""
    return replace(situations.twelve(), applications=(situations.debrief_umbrella(),))


def row(window: MainWindow) -> FollowUpItem:
    item = page_of(window, TodayView).list.current
    assert isinstance(item, FollowUpItem)
    return item


def drafted(window: MainWindow) -> ComposeView:
    """Compose, which is shown with the message that asks for a new time."""
    assert window.view == "compose"
    page = window.pages.currentWidget()
    assert isinstance(page, ComposeView)
    assert page.key is not None
    assert page.key.startswith("new_time/")
    assert "Umbrella" in page.email.message.typed() or "Umbrella" in page._title.full_text
    return page


def umbrella(desk: Desk) -> Application:
    return desk.store.application("umbrella")


def test_a_key_in_today_cancels_the_day_and_opens_the_draft_and_undo_closes_it(
    open_window: Open, desk: Desk
) -> None:
    window = open_window(to_debrief())
    before = desk.store.facts()
    item = row(window)
    assert item.row.answers[1] is Answer.DID_NOT_TAKE_PLACE
    QTest.keyClick(item, Qt.Key.Key_2)
    drafted(window)
    assert all(interview.cancelled for interview in umbrella(desk).interviews)
    assert window.toast.message.startswith("Marked the interview as cancelled, as it didn't take place")
    assert window.toast.isVisible()
    voice = Announcer.of(window)
    voice.speak()
    assert "Ask Umbrella for a new time." in voice.said[-1], "the row is gone: Orca says only the field else"
    window.steps.undo()
    assert desk.store.facts() == before
    assert window.view == "today", "there is nothing left to ask for"
    assert row(window).key == item.key


def test_the_draft_that_was_sent_is_logged_with_its_text(open_window: Open, desk: Desk) -> None:
    window = open_window(to_debrief())
    QTest.keyClick(row(window), Qt.Key.Key_2)
    page = drafted(window)
    page.email.message.type_again("Could we find another time?")
    page.email.sent_button.click()
    [event] = [e for e in umbrella(desk).events if e.kind is EventKind.MESSAGE]
    assert event.note == "Could we find another time?"
    assert window.view == "today"
    assert window.toast.message == "Marked “Ask Umbrella for a new time” as sent"


def test_a_draft_that_was_left_is_kept_and_found_again_at_the_interview(
    open_window: Open, desk: Desk
) -> None:
    window = open_window(to_debrief())
    QTest.keyClick(row(window), Qt.Key.Key_2)
    drafted(window).email.message.type_again("Half of it")
    window.show_view("today")
    window.answer(OpenApplication("umbrella"))
    menu = interview_menu(page_of(window, ApplicationsView))
    entry(menu, "Ask for a new time…")
    assert drafted(window).email.message.typed() == "Half of it"


def test_the_detail_answers_so_too(open_window: Open, desk: Desk) -> None:
    window = open_window(to_debrief())
    window.answer(OpenApplication("umbrella"))
    QTest.keyClick(page_of(window, ApplicationsView).detail.planned.list, Qt.Key.Key_2)
    drafted(window)
    assert all(interview.cancelled for interview in umbrella(desk).interviews)
    window.answer(OpenApplication("umbrella"))
    assert not [
        p for p in page_of(window, ApplicationsView).detail.planned.model.rows if p.row.rule == "debrief"
    ]


def test_an_interview_that_is_over_offers_it_in_its_menu(open_window: Open, desk: Desk) -> None:
    window = open_window(to_debrief())
    window.answer(OpenApplication("umbrella"))
    entry(interview_menu(page_of(window, ApplicationsView)), "It didn't take place…")
    drafted(window)
    assert all(interview.cancelled for interview in umbrella(desk).interviews)
    assert desk.tracker.undo_label == "It didn't take place"


def interview_menu(view: ApplicationsView) -> QMenu:
    section = view.detail.interviews
    [shown] = section.model.rows
    return section.actions_of(shown)


def entry(menu: QMenu, text: str) -> None:
    [action] = [each for each in menu.actions() if each.text().replace("&", "") == text]
    action.trigger()
    QApplication.processEvents()
