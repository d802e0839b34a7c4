"""The table model: blocks of rows, order and filter of the database, and only what changed is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from followup_desktop.domain.facts import Kind
from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import (
    ApplicationQuery,
    ApplicationRow,
    StageFilter,
    Tone,
)
from followup_desktop.services.rows.columns import COLUMN_NAMES, COLUMNS
from followup_desktop.services.wording import Wording
from followup_desktop.ui.applications.model import (
    BLOCK,
    SORT_ROLE,
    ApplicationTableModel,
)
from followup_desktop.ui.kit.models import blocks
from tests.tables import tabled
from tests.ui.desk import Desk
from tests.ui.kit.test_fact_fields import VALUES

NOW = datetime(2026, 10, 14, 13, tzinfo=UTC)


class Source:
    """So many applications, and a record of which rows were asked for."""

    def __init__(self, count: int) -> None:
        self.ids = [f"a{number:06}" for number in range(count)]
        self.fetched: list[str] = []

    def application_ids(
        self, query: ApplicationQuery, now: datetime, among: Collection[str] | None = None
    ) -> list[str]:
        ids = [each for each in self.ids if among is None or each in among]
        return ids[::-1] if query.descending else ids

    def application_rows(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        self.fetched.extend(ids)
        return [
            ApplicationRow(
                id=each,
                facts={
                    **dict.fromkeys(COLUMN_NAMES),
                    "employer": f"Employer {each}",
                    "role": "Role",
                    "stage": Stage.APPLIED,
                    "fit": None,
                    "priority": 0,
                    "tags": ("x", "y"),
                },
                next_text="",
                next_tone=Tone.NEUTRAL,
                waiting_days=3,
                quiet_days=None,
                last_contact=NOW.date(),
                archived=False,
            )
            for each in ids
        ]


def test_values_that_are_no_texts_are_written_for_people(qapp: object) -> None:
    """A kind that the table doesn't know would be written as Python does."""
    model = ApplicationTableModel(Source(1), Wording(), lambda: NOW)
    (row,) = Source(1).application_rows(["a"], NOW)
    as_they_are = set()
    for column in COLUMNS:
        fact = column.fact
        if fact is None or fact.is_text or fact.members:
            continue
        said = model.texts[column](replace(row, facts={**row.facts, fact.name: VALUES[fact.kind]}))
        assert said, fact
        if said == str(VALUES[fact.kind]):
            as_they_are.add(fact.kind)
    assert as_they_are == {Kind.PRIORITY, Kind.ZONE}


def model_over(source: Source) -> ApplicationTableModel:
    model = ApplicationTableModel(source, Wording(), lambda: NOW)
    model.reload()
    return model


@pytest.fixture
def source() -> Source:
    return Source(10_000)


def test_holds_as_a_model(qtbot: QtBot, source: Source) -> None:
    source.ids = source.ids[:300]
    model = model_over(source)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    source.ids = ["new", *source.ids[40:], "last"]
    model.refresh_rows(["new"])
    source.ids = source.ids[::-1]
    model.refresh_rows([])
    source.ids = []
    model.refresh_rows(None)
    source.ids = [f"b{number}" for number in range(200)]
    model.set_query(ApplicationQuery(stage_filter=StageFilter.ALL))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.rowCount() == 200
    assert tester.model() is model


_SOME = st.permutations([f"a{number:06}" for number in range(9)]).flatmap(
    lambda ids: st.integers(0, len(ids)).map(lambda count: ids[:count])
)


@pytest.mark.parametrize("runs_at_once", [64, 0], ids=["run by run", "brought together"])
@given(before=_SOME, after=_SOME, same=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_whatever_comes_goes_or_moves_the_rows_are_those_wanted(
    runs_at_once: int, before: list[str], after: list[str], same: tuple[int, int]
) -> None:
    """Between rows that stay at both ends; what was current is the same one as long as it is there."""
    first, last = (
        [f"{end}{number}" for number in range(count)] for end, count in zip("bc", same, strict=True)
    )
    source = Source(0)
    source.ids = [*first, *before, *last]
    model = model_over(source)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    current = [QPersistentModelIndex(model.index(row, 0)) for row in range(model.rowCount())]
    names = list(source.ids)
    source.ids = [*first, *after, *last]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_MANY_RUNS", runs_at_once)
        model.refresh_rows(())
    assert model.ids_in(range(model.rowCount())) == source.ids
    for name, index in zip(names, current, strict=True):
        assert index.isValid() is (name in source.ids)
        assert not index.isValid() or model.id_at(index.row()) == name
    assert tester.model() is model


def test_only_what_is_looked_at_is_fetched(source: Source) -> None:
    model = model_over(source)
    assert source.fetched == []
    assert model.index(9_000, 0).data() == "Employer a009000"
    assert len(source.fetched) == BLOCK
    model.index(9_001, 0).data()
    assert len(source.fetched) == BLOCK


def test_rows_are_fetched_at_once_but_for_those_that_were(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_over(source)
    model.index(BLOCK, 0).data()
    fetched = []
    fetch = source.application_rows

    def noted(ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        fetched.append(list(ids))
        return fetch(ids, now)

    monkeypatch.setattr(source, "application_rows", noted)
    rows = model.rows_in(range(3 * BLOCK))
    assert fetched == [[*source.ids[:BLOCK], *source.ids[2 * BLOCK : 3 * BLOCK]]]
    assert rows == [model.row(number) for number in range(3 * BLOCK)]
    assert model.rows_in(range(3 * BLOCK)) == rows
    assert len(fetched) == 1


def test_a_change_fetches_and_tells_only_its_rows(source: Source) -> None:
    model = model_over(source)
    model.index(0, 0).data()
    told: list[int] = []
    model.dataChanged.connect(lambda first, last, *_: told.extend(range(first.row(), last.row() + 1)))
    source.fetched.clear()
    model.refresh_rows(["a000005"])
    assert told == [5]
    assert model.index(5, 0).data() == "Employer a000005"
    assert source.fetched == ["a000005"]


def test_what_is_selected_stays_selected_over_coming_going_and_order(source: Source) -> None:
    source.ids = source.ids[:10]
    model = model_over(source)
    held = QPersistentModelIndex(model.index(3, 1))
    source.ids = ["new", *source.ids[1:]]
    model.refresh_rows(["new", "a000000"])
    assert model.id_at(held.row()) == "a000003"
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.id_at(held.row()) == "a000003"
    assert held.row() == 6


ROWS = 310
"""Every second of them makes more runs than a model changes one by one; with 600 the tester took 12 s."""

RUNS = {
    "one run": (130, lambda number: 20 <= number < 120),
    "few rows between": (90, lambda number: 20 <= number < 80 and number % 10),
    "many runs": (ROWS, lambda number: number >= 20 and number % 2 == 0),
}


@pytest.mark.parametrize(("rows", "gone"), RUNS.values(), ids=list(RUNS))
def test_what_stays_keeps_selection_and_current_row_however_many_go_and_come(
    qtbot: QtBot, source: Source, rows: int, gone: Callable[[int], bool]
) -> None:
    source.ids = source.ids[:rows]
    last = rows - 9
    assert not gone(last)
    before = list(source.ids)
    model = model_over(source)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    table = QTableView()
    qtbot.addWidget(table)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setModel(model)
    table.setCurrentIndex(model.index(31, 0))
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (5, 30, last):
        table.selectionModel().select(model.index(row, 0), flags)
    kept = {source.ids[row] for row in (5, 30, 31, last) if not gone(row)}
    source.ids = [one for row, one in enumerate(before) if not gone(row)]

    def selected() -> set[str | None]:
        return {model.id_at(index.row()) for index in table.selectionModel().selectedRows()}

    model.refresh_rows([])
    assert selected() == kept
    assert table.currentIndex().isValid()
    source.ids = before
    model.refresh_rows([])
    assert [model.id_at(row) for row in range(model.rowCount())] == before
    assert selected() == kept
    assert resets == []


def test_the_current_row_that_goes_leaves_the_one_beside_it_current(qtbot: QtBot, source: Source) -> None:
    source.ids = source.ids[:300]
    model = model_over(source)
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.setCurrentIndex(model.index(150, 0))
    source.ids = source.ids[:100] + source.ids[200:]
    model.refresh_rows([])
    assert model.id_at(table.currentIndex().row()) == "a000099"
    source.ids = source.ids[:10]
    model.refresh_rows([])
    assert model.id_at(table.currentIndex().row()) == "a000009"


def test_cells_have_native_values_and_words(source: Source) -> None:
    model = model_over(source)

    def cell(column: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return model.index(0, COLUMN_NAMES.index(column)).data(role)

    assert cell("waiting") == "3 d"
    assert cell("waiting", SORT_ROLE) == 3
    assert cell("last_contact", SORT_ROLE) == NOW.date()
    assert cell("tags") == "x, y"
    assert cell("quiet") == ""
    assert cell("quiet", Qt.ItemDataRole.AccessibleTextRole) == "none"
    assert cell("stage") == "Applied"


def test_an_application_that_has_gone_shows_nothing(source: Source) -> None:
    model = model_over(source)

    def gone(ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        return []

    source.application_rows = gone  # type: ignore[method-assign]
    assert model.index(0, 0).data() is None


@pytest.fixture
def three(desk: Desk) -> None:
    for number in range(3):
        desk.tracker.add_application(
            employer=f"E{number}", role=f"R{2 - number}", stage=Stage.APPLIED, priority=number, fit=number + 1
        )


@pytest.mark.usefixtures("three")
@tabled("column, order", product(COLUMN_NAMES, Qt.SortOrder))
def test_every_column_sorts_in_the_database(desk: Desk, column: str, order: Qt.SortOrder) -> None:
    model = ApplicationTableModel(desk.overview, desk.wording, desk.clock)
    model.reload()
    model.sort(COLUMN_NAMES.index(column), order)
    assert model.rowCount() == 3
    values = [model.index(row, COLUMN_NAMES.index(column)).data(SORT_ROLE) for row in range(3)]
    if column in ("employer", "role", "priority"):
        assert values == sorted(values, reverse=order == Qt.SortOrder.DescendingOrder)


def test_the_header_says_what_the_columns_are(source: Source) -> None:
    model: QAbstractItemModel = model_over(source)
    titles = [model.headerData(number, Qt.Orientation.Horizontal) for number in range(len(COLUMN_NAMES))]
    assert titles[0] == "Employer"
    assert len(set(titles)) == len(COLUMN_NAMES)
