"""The plain rows of the small lists: what came, went or changed, and rows of two kinds in one list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.kit.delegates import RowDelegate
from followup_desktop.ui.kit.models.rows import ROW_ROLE, RowsModel
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.flat_list import FlatList


@dataclass(frozen=True)
class Row:
    id: str
    kind: str = "event"
    text: str = ""


def model_of(*rows: Row) -> RowsModel[Row]:
    model: RowsModel[Row] = RowsModel(lambda row: row.text, identity=lambda row: f"{row.kind} {row.id}")
    model.set_rows(rows)
    return model


def test_rows_of_two_kinds_may_have_the_same_id() -> None:
    rows = (Row("1", "interview"), Row("2"), Row("1"))
    model = model_of(*rows)
    assert list(model.rows) == list(rows)
    model.set_rows((rows[2], rows[0]))
    assert list(model.rows) == [rows[2], rows[0]]


def test_only_what_changed_is_told(qapp: object) -> None:
    model = model_of(Row("1"), Row("2"))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.rowsInserted.connect(lambda _parent, first, _last: told.append(10 + first))
    model.set_rows((Row("1"), Row("2", text="now"), Row("3")))
    assert told == [1, 12]


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("abcdefg"), st.sampled_from(["", "now"])), unique_by=lambda r: r[0]
        )
    )
)
def test_rows_are_what_was_given_whatever_was_there_before(shown: list[list[tuple[str, str]]]) -> None:
    model = model_of()
    seen: list[str] = []

    def note() -> None:
        seen[:] = [model.data(model.index(place, 0), ROW_ROLE).id for place in range(model.rowCount())]

    for change in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
        change.connect(note)
    for rows in shown:
        wanted = tuple(Row(each, text=text) for each, text in rows)
        model.set_rows(wanted)
        assert tuple(model.rows) == wanted
        assert seen == [row.id for row in wanted]
        assert [model.data(model.index(place, 0)) for place in range(len(wanted))] == [
            row.text for row in wanted
        ]


def test_nobody_types_into_a_row_nor_drags_one(qapp: object) -> None:
    model = model_of(Row("1"))
    flags, moved = (
        model.flags(model.index(0, 0)),
        Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled,
    )
    assert flags & Qt.ItemFlag.ItemIsSelectable
    assert not flags & (moved | Qt.ItemFlag.ItemIsEditable)


def test_a_refusal_that_went_through_qt_is_the_sentence_alone(qapp: QApplication) -> None:
    """PySide writes the name of the override before what an error was made with."""

    class Unsorted(QStandardItemModel):
        def sort(self, _column: int, _order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
            raise Refused("The database can't be read.", field="employer")

    model, table = Unsorted(1, 1), QTableView()
    table.setModel(model)
    with pytest.raises(Refused) as told:
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert str(told.value) == "The database can't be read."
    assert told.value.field == "employer"
    table.deleteLater()


def test_the_row_that_keys_act_on_is_seen_as_soon_as_the_keyboard_comes(qtbot: QtBot, theme: Theme) -> None:
    names = QStringListModel(["Ana", "Ben"])
    people = FlatList(theme, "Contacts", names, "No one yet")
    people.setItemDelegate(RowDelegate(theme, people))
    qtbot.addWidget(people)
    people.show()
    people.activateWindow()
    people.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(people.hasFocus)
    row = people.visualRect(people.model().index(people.current_row(), 0))
    ground = people.viewport().grab(row).toImage().pixelColor(row.width() // 2, row.height() - 4)
    assert ground == theme.colour("accent_soft")
