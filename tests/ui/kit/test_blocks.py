"""Long lists of ids, as a table and as a list that Qt counts by itself: both follow what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.models.blocks import BlockListModel, BlockModel, Blocks, Index


@dataclass(frozen=True)
class Row:
    id: str


class _Asked(Blocks[Row]):
    """Rows that are what a test wants."""

    asked: Sequence[str] = ()

    def wanted(self) -> list[str]:
        return list(self.asked)

    def fetch(self, ids: Sequence[str]) -> list[Row]:
        return [Row(each) for each in ids]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        return row.id if row is not None and role == Qt.ItemDataRole.DisplayRole else None


class AsTable(_Asked, BlockModel[Row]):
    """As a table."""


class AsList(_Asked, BlockListModel[Row]):
    """As a list."""


@pytest.mark.parametrize("kind", [AsTable, AsList])
@pytest.mark.parametrize("seed", range(3))
def test_rows_come_and_go_as_they_are_wanted(
    qtbot: QtBot, kind: type[AsTable] | type[AsList], seed: int
) -> None:
    random = Random(seed)
    model, view = kind(), QListView()
    qtbot.addWidget(view)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.setModel(model)
    told: list[int] = []
    for change in (model.rowsInserted, model.rowsRemoved):
        change.connect(lambda: told.append(len([model.id_at(row) for row in range(model.rowCount())])))
    model.reload()
    for _ in range(60):
        model.asked = random.sample([f"a{n}" for n in range(200)], random.choice((0, 3, 90, 150)))
        if random.random() < 0.6:  # most changes are of one or two
            kept = [each for row in range(model.rowCount()) if (each := model.id_at(row)) is not None]
            model.asked = [*kept[:2], *kept[3:], *dict.fromkeys(each for each in model.asked[:1])]
            model.asked = list(dict.fromkeys(model.asked))
        held = [QPersistentModelIndex(model.index(row, 0)) for row in range(0, model.rowCount(), 7)]
        ids = [model.id_at(index.row()) for index in held]
        model.refresh_rows(model.asked[:2])
        assert [model.index(row, 0).data() for row in range(model.rowCount())] == list(model.asked)
        there = [(index, one) for index, one in zip(held, ids, strict=True) if index.isValid()]
        assert all(model.id_at(index.row()) == one for index, one in there)
        assert {one for _, one in there} == set(ids) & set(model.asked)
    assert told
    del tester


def test_a_list_counts_its_rows_without_python(qtbot: QtBot) -> None:
    view, model = QListView(), AsList()
    qtbot.addWidget(view)
    model.asked = [f"a{n}" for n in range(500)]
    model.reload()
    view.setModel(model)
    view.setUniformItemSizes(True)
    view.doItemsLayout()
    assert model.rowCount() == 500
    assert "rowCount" not in {name for kind in AsList.__mro__[:-1] for name in vars(kind) if _is_ours(kind)}
    assert not model.flags(model.index(0, 0)) & (
        Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsDragEnabled
    )


def _is_ours(kind: type[object]) -> bool:
    return not kind.__module__.startswith(("PySide6", "Shiboken"))
