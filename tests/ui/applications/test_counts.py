"""What a key, a row or an edit in Applications costs, in counts that don't depend on the machine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.rows import (
    ApplicationDetail,
    ApplicationQuery,
    ApplicationRow,
    StageFilter,
)
from followup_desktop.ui.applications.table_columns import TableColumns
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.requests import SearchApplications
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import STAGE_FILTER
from tests.benchmarks.many import many
from tests.scene import settle
from tests.ui.desk import Desk, PutUp

ALL = ApplicationQuery(stage_filter=StageFilter.ALL)
Show = Callable[[int], ApplicationsView]
"""Shows the view over so many applications."""


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


class CountingOverview(Overview):
    """Notes whose detail is read, and how often the table asks for ids and for rows."""

    details: list[str]
    asked: list[str]

    def application_ids(
        self, query: ApplicationQuery, now: datetime, among: Collection[str] | None = None
    ) -> list[str]:
        self.asked.append("ids" if among is None else "some ids")
        return super().application_ids(query, now, among)

    def application_rows(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        self.asked.append("rows")
        return super().application_rows(ids, now)

    def detail(self, application: str, now: datetime) -> ApplicationDetail:
        self.details.append(application)
        return super().detail(application, now)


@pytest.fixture
def overview(desk: Desk) -> CountingOverview:
    overview = CountingOverview(desk.store, desk.wording)
    overview.details = []
    overview.asked = []
    return overview


@pytest.fixture
def show(desk: Desk, theme: Theme, put_up: PutUp, overview: CountingOverview) -> Show:
    def shown(count: int) -> ApplicationsView:
        desk.put(many(count, desk.now))
        view = ApplicationsView(replace(desk.context(theme), overview=overview))
        put_up(view)
        view.list.show_stage(StageFilter.ALL)
        overview.details.clear()
        return view

    return shown


@pytest.mark.parametrize("kept", [False, True])
def test_what_is_first_shown_is_read_once_be_a_filter_kept_or_not(
    kept: bool, desk: Desk, theme: Theme, put_up: PutUp, overview: CountingOverview
) -> None:
    desk.put(many(20, desk.now))
    if kept:
        desk.settings().set(STAGE_FILTER, StageFilter.ALL)
    view = ApplicationsView(replace(desk.context(theme), overview=overview))
    assert overview.asked == []
    put_up(view)
    view.table.grab()
    assert overview.asked == ["ids", "rows"]
    assert view.model.query.stage_filter is (StageFilter.ALL if kept else StageFilter.ACTIVE)
    assert overview.details == [view.model.id_at(0)]


def test_the_next_row_is_read_and_shown_once(show: Show, overview: CountingOverview) -> None:
    view = show(20)
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QTest.qWait(0)
    assert overview.details == [view.model.id_at(1)]


def test_a_key_in_the_search_reads_rows_once_and_no_detail_that_is_shown(
    show: Show, overview: CountingOverview
) -> None:
    view = show(20)
    resets: list[None] = []
    view.model.modelReset.connect(lambda: resets.append(None))
    row = view.model.row(0)
    assert row is not None
    view.answer(SearchApplications(row.employer))
    assert view.current_application == row.id
    assert (len(resets), overview.details) == (1, [])


def test_a_row_that_was_under_another_filter_is_read_again_only_once_it_changed(
    show: Show, overview: CountingOverview, desk: Desk
) -> None:
    view = show(20)
    view.table.grab()
    overview.asked.clear()
    view.list.show_stage(StageFilter.SAVED)
    view.list.show_stage(StageFilter.ALL)
    view.table.grab()
    assert overview.asked == ["ids", "ids"]
    view.list.show_stage(StageFilter.SAVED)
    hidden = next(one for one in overview.application_ids(ALL, desk.now) if view.model.row_of(one) < 0)
    desk.tracker.edit_application(hidden, employer="Another name")
    view.list.show_stage(StageFilter.ALL)
    row = view.model.row(view.model.row_of(hidden))
    assert row is not None
    assert row.employer == "Another name"


def test_another_filter_measures_once_those_columns_that_have_room(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(60)
    measured: list[str] = []
    measure = TableColumns._measure

    def noted(columns: TableColumns, names: Iterable[str]) -> None:
        measured.extend(wanted := list(names))
        measure(columns, wanted)

    view.list.show_stage(StageFilter.ARCHIVED)  # in which there is none
    monkeypatch.setattr(TableColumns, "_measure", noted)
    view.list.show_stage(StageFilter.ACTIVE)
    settle()
    assert sorted(measured) == sorted(view.list.table.columns_shown.shown())


def test_another_filter_paints_its_rows_once_though_their_columns_are_wider(show: Show, desk: Desk) -> None:
    view = show(60)
    view.list.show_stage(StageFilter.SAVED)
    settle()
    table = view.table
    before = [table.columnWidth(place) for place in range(view.model.columns)]
    painted = Painted(table.viewport())
    view.list.show_stage(StageFilter.ALL)
    settle()
    assert before != [table.columnWidth(place) for place in range(view.model.columns)]
    assert painted.times == 1
    assert table.horizontalScrollBar().maximum() == 0


def test_a_row_that_moves_while_a_bar_comes_is_painted_once(show: Show, desk: Desk) -> None:
    view = show(60)
    view.model.order_by("employer", descending=False)
    moved = view.model.ids_in(range(5, 6))[0]
    view.show_application(moved)
    settle()
    painted = Painted(view.table.viewport())
    desk.tracker.edit_application(moved, employer="0 first of all by name")
    view.window().resize(view.width(), view.height() - 41)
    settle()
    assert view.model.row_of(moved) == 0
    assert painted.times == 1


@pytest.mark.parametrize(("employer", "times"), [("zzz last of all", 0), ("0 first of all by name", 1)])
def test_a_row_out_of_sight_that_moves_has_rows_painted_where_it_comes_into_sight(
    employer: str, times: int, show: Show, desk: Desk
) -> None:
    view = show(60)
    view.model.order_by("employer", descending=False)
    settle()
    moved = view.model.ids_in(range(40, 41))[0]
    painted = Painted(view.table.viewport())
    desk.tracker.edit_application(moved, employer=employer)
    settle()
    assert view.model.row_of(moved) == (0 if times else 59)
    assert painted.times == times


def test_what_leaves_the_table_has_not_all_of_it_asked_for(
    show: Show, overview: CountingOverview, desk: Desk
) -> None:
    view = show(20)
    before = view.model.ids_in(range(20))
    overview.asked.clear()
    desk.tracker.trash_many(before[3:6])
    assert view.model.ids_in(range(20)) == [*before[:3], *before[6:]]
    assert "ids" not in overview.asked
    desk.tracker.undo()
    assert view.model.ids_in(range(20)) == before
    assert overview.asked.count("ids") == 1


def test_rows_that_come_into_sight_are_read_at_once_and_no_others(
    show: Show, overview: CountingOverview
) -> None:
    view = show(300)
    settle()
    table, model = view.table, view.model
    overview.asked.clear()
    known = set(model._rows)
    for place in (200, 100):
        table.verticalScrollBar().setValue(place)
        settle()
        seen = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
        known.update(model.ids_in(seen))
        assert set(model._rows) == known
    assert overview.asked == ["rows", "rows"]


def test_another_order_is_asked_for_once(show: Show, overview: CountingOverview) -> None:
    view = show(20)
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        overview.asked.clear()
        view.table.sortByColumn(0, order)
        assert overview.asked.count("ids") == 1
        assert view.model.query.descending is (order is Qt.SortOrder.DescendingOrder)


def test_a_row_that_is_held_goes_when_the_order_is_asked_for_again(show: Show, desk: Desk) -> None:
    view = show(20)
    view.list.show_stage(StageFilter.SAVED)
    query, held = view.model.query, view.current_application
    assert held is not None
    desk.tracker.set_stage(held, Stage.OFFER)
    assert view.model.row_of(held) >= 0
    view.model.order_by(query.order_by, descending=query.descending)
    assert view.model.row_of(held) == -1


def test_what_stays_in_the_table_may_have_another_place(
    show: Show, overview: CountingOverview, desk: Desk
) -> None:
    view = show(20)
    view.model.order_by("employer", descending=False)
    moved = view.model.ids_in(range(9, 10))[0]
    desk.tracker.edit_application(moved, employer="0 first of all by name")
    assert view.model.row_of(moved) == 0


def test_an_edit_fills_the_detail_once(show: Show, overview: CountingOverview, desk: Desk) -> None:
    view = show(20)
    shown = view.current_application
    assert shown is not None
    desk.tracker.edit_application(shown, notes="Called")
    assert overview.details == [shown]


def test_selecting_everything_reads_no_detail(show: Show, overview: CountingOverview) -> None:
    view = show(20)
    view.table.selectAll()
    assert len(view.selection().applications) == 20
    assert overview.details == []


def test_what_is_selected_in_several_runs_comes_in_the_order_of_the_rows(
    show: Show,
) -> None:
    view = show(9)
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.table.clearSelection()
    for row in (7, 1, 2):
        view.table.selectionModel().select(view.model.index(row, 0), how)
    assert view.table.selected_ids() == [view.model.id_at(row) for row in (1, 2, 7)]


def test_a_view_is_made_of_as_many_widgets_for_many_applications_as_for_few(
    desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    counts = []
    for count in (60, 600):
        desk.put(many(count, desk.now, live=30))
        view = ApplicationsView(desk.context(theme))
        put_up(view)
        view.show_application("a000031")
        settle()  # what the application shown before had is let go
        counts.append(len(view.findChildren(QWidget)))
    assert counts[0] == pytest.approx(counts[1], abs=24)  # for the answers of what was shown so far
