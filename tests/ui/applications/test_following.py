"""While a search is typed the rows come first: the detail follows in a moment, or when anyone asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import ApplicationDetail, StageFilter
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.table import COMMANDS, STAGE
from followup_desktop.ui.kit.requests import AddInterview, OpenApplication, SearchApplications
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk

Searched = Callable[[str], None]


@pytest.fixture
def search(view: ApplicationsView) -> Searched:
    """Types that in the search, as far as the view hears of it."""

    def type_in(text: str) -> None:
        for end in range(1, len(text) + 1):
            view.answer(SearchApplications(text[:end]))

    return type_in


def seen(view: ApplicationsView) -> str | None:
    """Whose detail is seen."""
    return view._detail.application


def test_rows_come_at_once_and_the_detail_once_no_key_comes(
    view: ApplicationsView, search: Searched, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    detail = view.context.overview.detail

    def noted(application: str, now: datetime) -> ApplicationDetail:
        read.append(application)
        return detail(application, now)

    monkeypatch.setattr(view.context.overview, "detail", noted)
    search("initech")
    assert view.model.ids_in(range(9)) == ["initech"]
    assert view.table.selected_ids() == ["initech"]
    assert (seen(view), read, view.is_to_follow) == ("acme", [], True)
    qtbot.waitUntil(lambda: not view.is_to_follow)
    assert (seen(view), read) == ("initech", ["initech"])
    search("initech l")
    assert not view.is_to_follow
    assert read == ["initech"]


def test_one_that_is_found_again_was_never_left(view: ApplicationsView) -> None:
    view.answer(SearchApplications("initech"))
    view.answer(SearchApplications("zzz"))
    assert view.is_to_follow
    view.show_application("acme")
    assert (seen(view), view.is_to_follow) == ("acme", False)


def test_nothing_found_follows_too(view: ApplicationsView, qtbot: QtBot) -> None:
    view.answer(SearchApplications("zzz"))
    assert seen(view) == "acme"
    qtbot.waitUntil(lambda: not view.is_to_follow)
    assert view._pages.currentWidget() is view.nothing_chosen
    view.answer(SearchApplications("initech"))
    assert view.selection().application == "initech"
    assert view._pages.currentWidget() is view.detail


def of_selection(view: ApplicationsView) -> None:
    assert view.selection().application == "initech"


def of_command(view: ApplicationsView) -> None:
    offer_of(view).run(COMMANDS[STAGE.format(Stage.OFFER)])


def of_form(view: ApplicationsView) -> None:
    view.answer(AddInterview("initech"))


def of_enter(view: ApplicationsView) -> None:
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)


def of_keyboard(view: ApplicationsView) -> None:
    view._detail.focus_first()


def of_edit(view: ApplicationsView) -> None:
    view.context.tracker.edit_application("initech", notes="Called")
    view.refresh()


def of_leaving(view: ApplicationsView) -> None:
    assert view.leave()


def of_filter(view: ApplicationsView) -> None:
    view.list.show_stage(StageFilter.ALL)


def of_request(view: ApplicationsView) -> None:
    view.answer(OpenApplication("initech"))


@pytest.mark.parametrize(
    "ask",
    [of_selection, of_command, of_form, of_enter, of_keyboard, of_edit, of_leaving, of_filter, of_request],
)
def test_whoever_asks_for_the_detail_finds_what_was_found(
    view: ApplicationsView, desk: Desk, ask: Callable[[ApplicationsView], None]
) -> None:
    view.window().activateWindow()
    view.answer(SearchApplications("initech"))
    assert view.is_to_follow
    ask(view)
    assert (seen(view), view.is_to_follow) == ("initech", False)
    assert desk.store.application("acme") == FACTS.applications[0]


def test_a_press_shows_what_was_found_and_does_nothing_else(view: ApplicationsView, desk: Desk) -> None:
    """Where the press goes, the button of the application that is found would stand, or of the other one."""
    view.answer(SearchApplications("initech"))
    window, button = view.window().windowHandle(), view._detail.interviews.add_button
    place = button.mapTo(view.window(), button.rect().center())
    click = partial(QTest.mouseClick, window, Qt.MouseButton.LeftButton, pos=place)
    opened: list[str] = []
    view._detail.interview_wanted.connect(opened.append)
    click()
    assert seen(view) == "initech"
    assert (opened, view.is_to_follow) == ([], False)
    button = view._detail.interviews.add_button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [""]


def test_a_row_that_the_user_selects_has_its_detail_at_once(view: ApplicationsView) -> None:
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert seen(view) == view.table.current_id()
    view.list.show_stage(StageFilter.SAVED)
    assert seen(view) == "hooli"


def test_an_open_form_stays_and_what_many_are_is_said_at_once(view: ApplicationsView) -> None:
    view.table.selectAll()
    assert view._pages.currentWidget() is view.selecting.pane
    view.answer(SearchApplications("initech"))
    assert not view.is_to_follow
    assert seen(view) == "initech"
    view.add_application()
    view.answer(SearchApplications("hooli"))
    assert not view.is_to_follow
    assert view._pages.currentWidget() is view.quick_add
