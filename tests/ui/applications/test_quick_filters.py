"""Filters by tag, fit, quiet and next step: chosen from a menu, removed by their chips, kept with a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from followup_desktop.domain.filters import NOT_RATED, NextStep
from followup_desktop.domain.model import Facts, Stage
from followup_desktop.services.rows import NO_FILTERS, QuickFilters, StageFilter
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.saved_views import SavedViews, read_filters
from followup_desktop.ui.kit.window_settings import QUICK_FILTERS
from tests.ui.applications.conftest import ACME, FACTS, HOOLI, INITECH
from tests.ui.applications.test_view import press, type_in
from tests.ui.desk import Desk

RATED = replace(
    FACTS,
    applications=(
        replace(ACME, tags=("remote", "data"), fit=4),
        replace(HOOLI, tags=("Remote",)),
        replace(INITECH, tags=("data",), fit=5),
    ),
)


@pytest.fixture
def rated(open_view: Callable[[Facts], ApplicationsView]) -> ApplicationsView:
    view = open_view(RATED)
    view.list.show_stage(StageFilter.ALL)
    return view


def rows(view: ApplicationsView) -> set[str | None]:
    return {view.model.id_at(row) for row in range(view.model.rowCount())}


def choose(view: ApplicationsView, kind: str, label: str) -> None:
    menus = view.list.quick.menu().findChildren(QMenu)
    part = next(each for each in menus if each.title().replace("&", "") == kind)
    next(each for each in part.actions() if each.text() == label).trigger()


def test_filters_are_chosen_from_the_menu_and_combined(rated: ApplicationsView) -> None:
    choose(rated, "Tag", "data")
    assert rows(rated) == {"acme", "initech"}
    choose(rated, "Tag", "remote")
    assert rows(rated) == {"acme"}
    choose(rated, "Tag", "data")
    assert rows(rated) == {"acme", "hooli"}, "a tag is the same however it is written"
    choose(rated, "Fit", "Fit 4 or more")
    assert rows(rated) == {"acme"}
    assert rated.list.quick.in_words() == ["remote", "Fit 4 or more"]


def test_a_chip_takes_its_filter_off(rated: ApplicationsView) -> None:
    choose(rated, "Tag", "data")
    choose(rated, "Fit", "Fit 5")
    assert rows(rated) == {"initech"}
    press(rated, "data")
    assert rated.model.query.quick == QuickFilters(fit=5)
    chip = rated.list.quick.chips[0]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert rated.model.query.quick == NO_FILTERS
    assert rows(rated) == {"acme", "hooli", "initech"}
    assert QApplication.focusWidget() is rated.list.quick.button


def test_the_numbers_by_stage_count_what_passes_the_filters(rated: ApplicationsView) -> None:
    choose(rated, "Fit", "Fit 5")
    assert rated.list.filters.accessibleName() == "Filters"
    texts = {button.text() for button in rated.list.filters.findChildren(type(rated.list.quick.button))}
    assert {"All 1", "Applied 1", "Interviewing 0"} <= texts


def test_filters_that_leave_nothing_say_so_and_can_be_cleared(rated: ApplicationsView) -> None:
    rated.list.show_stage(StageFilter.SAVED)
    choose(rated, "Fit", "Fit 5")
    assert rows(rated) == set()
    shown = rated.list.nothing_found
    assert shown.text.text() == "Nothing in “Saved” is “Fit 5”."
    press(rated, "Clear filters")
    assert rows(rated) == {"hooli"}
    assert rated.model.query.stage_filter is StageFilter.SAVED


def test_a_filtered_application_that_is_asked_for_is_shown_all_the_same(rated: ApplicationsView) -> None:
    choose(rated, "Fit", "Fit 5")
    rated.show_application("acme")
    assert rated.table.current_id() == "acme"


def test_filters_are_remembered_by_a_view_and_by_the_window(rated: ApplicationsView) -> None:
    wanted = QuickFilters(tags=("data",), fit=NOT_RATED, quiet_days=14, next_step=NextStep.CALL)
    rated.list.show_only(wanted)
    rated.save_view()
    QTest.keyClicks(rated.list.views.line, "Mine")
    QTest.keyClick(rated.list.views.line, Qt.Key.Key_Return)
    saved = SavedViews(rated.context.settings).named("Mine")
    assert saved is not None
    assert saved.arrangement.query.quick == wanted
    again = ApplicationsView(rated.context, rated)
    assert again.model.query.quick == wanted
    rated.list.show_only(NO_FILTERS)
    rated.list.views.chips[0].click()
    assert rated.model.query.quick == wanted


DAMAGED = ["", "[]", "5", '{"fit": "high"}', '{"tags": 3}', '{"next_step": "gone"}', '{"quiet_days": -1}']


def test_damaged_settings_filter_nothing(open_view: Callable[[Facts], ApplicationsView], desk: Desk) -> None:
    open_view(RATED).list.show_stage(StageFilter.ALL)
    for kept in DAMAGED:
        desk.given.settings.set(QUICK_FILTERS, kept)
        assert rows(open_view(RATED)) == {"acme", "hooli", "initech"}, kept


def test_what_was_kept_before_there_were_filters_has_none() -> None:
    assert read_filters({"show": "active"}) == NO_FILTERS


def test_a_row_that_no_longer_fits_stays_until_another_is_selected(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    view.list.show_stage(StageFilter.ACTIVE)
    view.table.select_only("initech")
    place = view.model.row_of("initech")
    desk.tracker.set_stage("initech", Stage.REJECTED)
    assert view.model.row_of("initech") == place
    assert view.table.current_id() == "initech"
    assert view.list.held.text.text().startswith("Initech no longer fits")
    desk.tracker.edit_application("initech", notes="Sad")
    assert view.model.row_of("initech") == place
    view.table.select_only("acme")
    qtbot.waitUntil(lambda: view.model.row_of("initech") < 0)
    assert view.table.current_id() == "acme"
    assert view.list.held.isHidden()


def test_a_row_that_fits_again_is_held_no_longer(view: ApplicationsView, desk: Desk) -> None:
    view.table.select_only("initech")
    desk.tracker.set_stage("initech", Stage.REJECTED)
    desk.tracker.undo()
    assert view.model.held is None
    assert view.list.held.isHidden()


def test_what_is_opened_from_elsewhere_leaves_the_filters_as_they_are(
    view: ApplicationsView, desk: Desk
) -> None:
    view.list.set_search_text("nothing has this")
    view.list.show_stage(StageFilter.OFFER)
    query = view.model.query
    view.show_application("acme")
    assert rows(view) == {"acme"}
    assert view.table.current_id() == view.detail.application == "acme"
    assert view.list.held.text.text().startswith("Acme isn't in this list")
    desk.tracker.edit_application("acme", notes="It went well")
    assert rows(view) == {"acme"}
    view.show_application("hooli")
    assert rows(view) == {"hooli"}
    assert view.table.current_id() == view.detail.application == "hooli"
    assert view.model.query == query


def test_what_was_brought_goes_when_another_that_is_listed_is_opened(
    view: ApplicationsView, desk: Desk
) -> None:
    view.list.show_stage(StageFilter.INTERVIEWING)
    view.show_application("hooli")
    assert view.list.held.isVisible()
    view.show_application("acme")
    assert rows(view) == {"acme"}
    assert view.table.current_id() == view.detail.application == "acme"
    assert not view.list.held.isVisible()


@pytest.mark.parametrize("text", ["acme", "hooli"])
def test_the_empty_list_names_the_filter_that_hides_what_has_the_text(
    view: ApplicationsView, text: str
) -> None:
    view.list.show_stage(StageFilter.ACTIVE)
    view.list.show_only(QuickFilters(fit=5))
    view.list.set_search_text(text)
    page = view.list.nothing_found
    told = {
        "acme": "Nothing in “All active” that contains this text is",
        "hooli": "1 application in the other filters contains this text.",
    }
    assert page.text.text().startswith(told[text])
    page.button.click()
    assert rows(view) == {text}


def test_the_first_application_stands_in_its_list(open_view: Callable[[Facts], ApplicationsView]) -> None:
    view = open_view(Facts())
    view.add_application()
    for name in ("Employer", "Role"):
        type_in(view, name, "Globex")
    press(view, "Save application")
    assert len(rows(view)) == 1
    assert view.model.query.stage_filter is StageFilter.ALL
    assert view.list.held.isHidden()


def test_what_is_added_stands_in_the_list_that_was_chosen(view: ApplicationsView, desk: Desk) -> None:
    for chosen in (StageFilter.ALL, StageFilter.ACTIVE):
        view.list.show_stage(chosen)
    before = rows(view)
    view.add_application()
    for name in ("Employer", "Role"):
        type_in(view, name, "Globex")
    press(view, "Save application")
    assert view.model.query.stage_filter is StageFilter.ACTIVE
    added = rows(view) - before
    assert {view.table.current_id()} == added
    assert view.detail.application in added
    desk.tracker.undo()
    assert rows(view) == before
    desk.tracker.redo()
    assert rows(view) - before == added
    view.list.show_stage(StageFilter.ACTIVE)
    assert rows(view) == before


def test_the_first_that_is_added_is_shown_again_when_that_is_redone(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk
) -> None:
    view = open_view(Facts())
    view.add_application()
    for name in ("Employer", "Role"):
        type_in(view, name, "Globex")
    press(view, "Save application")
    desk.tracker.undo()
    assert view.list.nothing_yet.isVisible()
    desk.tracker.redo()
    assert view.detail.isVisible()
    assert {view.table.current_id()} == {view.detail.application} == rows(view)


def test_an_archived_application_that_is_opened_goes_when_it_is_unarchived_elsewhere(
    view: ApplicationsView, desk: Desk
) -> None:
    desk.tracker.archive_application("hooli")
    view.list.show_stage(StageFilter.OFFER)
    view.show_application("hooli")
    desk.tracker.edit_application("hooli", notes="Perhaps later")
    assert rows(view) == {"hooli"}
    desk.tracker.archive_application("hooli", archived=False)
    assert rows(view) == set()


def test_what_is_put_away_or_deleted_goes_at_once(view: ApplicationsView, desk: Desk) -> None:
    view.table.select_only("initech")
    desk.tracker.archive_application("initech")
    assert view.model.row_of("initech") < 0
    view.table.select_only("acme")
    desk.tracker.trash_application("acme")
    assert view.model.row_of("acme") < 0


def test_another_filter_or_order_lets_the_row_go(view: ApplicationsView, desk: Desk) -> None:
    view.table.select_only("initech")
    desk.tracker.set_stage("initech", Stage.REJECTED)
    view.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert view.model.row_of("initech") < 0
