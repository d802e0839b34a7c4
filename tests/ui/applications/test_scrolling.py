"""The table scrolls by moving what is painted already, and looks as if all of it were painted anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from followup_desktop.services.rows import StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.ui.applications.delegates import ApplicationDelegate
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets import columns_table
from tests.ui.applications.conftest import FACTS, HOOLI
from tests.ui.desk import Desk, PutUp

MANY = replace(
    FACTS,
    applications=(
        *FACTS.applications,
        *(replace(HOOLI, id=f"h{n}", employer=f"Hooli {n}") for n in range(60)),
    ),
)


@pytest.fixture
def many(desk: Desk, theme: Theme, put_up: PutUp) -> ApplicationsView:
    """More applications than there is room for, the first of several kinds."""
    desk.put(MANY)
    view = ApplicationsView(desk.context(theme))
    put_up(view)
    view.list.show_stage(StageFilter.ALL)
    view.table.setFocus()
    QApplication.processEvents()
    return view


def on_screen(view: ApplicationsView) -> QImage:
    """What the user sees of the rows and the frame beside and below them: nothing is painted for it."""
    QApplication.processEvents()
    table = view.table
    seen = QGuiApplication.primaryScreen().grabWindow(view.window().winId()).toImage()
    rows = table.viewport().geometry().adjusted(-1, 0, 0, 1)
    return seen.copy(rows.translated(table.mapTo(view.window(), QPoint(0, 0))))


def check(view: ApplicationsView) -> None:
    """What is seen is what would be painted now."""
    seen = on_screen(view)
    view.window().repaint()
    view.table.viewport().repaint()  # it's opaque, so the window leaves it out
    assert seen == on_screen(view)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_what_was_moved_looks_as_if_painted_anew(
    many: ApplicationsView, theme: Theme, choice: ThemeChoice
) -> None:
    theme.choose(choice)
    bar = many.table.verticalScrollBar()
    assert bar.maximum() > 9
    for place in (3, 9, 8, bar.maximum(), 0):
        bar.setValue(place)
        check(many)


def test_so_does_what_was_moved_to_the_side(many: ApplicationsView) -> None:
    many.table.columns_shown.choose(COLUMN_NAMES)
    QApplication.processEvents()
    down, across = many.table.verticalScrollBar(), many.table.horizontalScrollBar()
    assert across.maximum() > 90
    for bar, place in ((across, 90), (down, 9), (down, 6), (across, 70), (across, 0)):
        bar.setValue(place)
        check(many)


def test_the_last_row_keeps_within_the_round_corner(many: ApplicationsView, theme: Theme) -> None:
    many.table.select_only(many.model.ids_in(range(many.model.rowCount()))[-1])
    seen = on_screen(many)
    assert seen.pixelColor(1, seen.height() - 2) == theme.colour("window")
    assert seen.pixelColor(9, seen.height() - 9) == theme.colour("accent_soft")


class Painted(QObject):
    """Notes how much of a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.region = QRegion()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return super().eventFilter(watched, event)


def test_the_next_row_below_paints_a_few_rows(many: ApplicationsView) -> None:
    while many.table.verticalScrollBar().value() == 0:
        QTest.keyClick(many.table, Qt.Key.Key_Down)
    QApplication.processEvents()
    painted = Painted(many.table.viewport())
    QTest.keyClick(many.table, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert painted.region.contains(many.table.visualRect(many.table.currentIndex()).center())
    # Two of them are those that the mouse lay over and lies over now, if it lies over the table.
    rows = [many.table.visualRect(many.model.index(row, 0)) for row in range(many.model.rowCount())]
    assert sum(painted.region.intersects(row) for row in rows) <= 6


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_rows_look_as_if_qt_asked_for_each_of_their_cells(
    many: ApplicationsView, theme: Theme, monkeypatch: pytest.MonkeyPatch, choice: ThemeChoice
) -> None:
    theme.choose(choice)
    table = many.table

    def compare() -> None:
        seen = on_screen(many)
        with monkeypatch.context() as patch:
            patch.setattr(columns_table, "RowsDelegate", QLabel)
            table.viewport().repaint()
            assert seen == on_screen(many)
        table.viewport().repaint()

    for columns in ((), COLUMN_NAMES):
        table.columns_shown.choose(columns)
        compare()
        for place in (5, 90):
            table.horizontalScrollBar().setValue(place)
            compare()
    table.columns_shown.choose(("employer", "next"))
    table.select_only(many.model.ids_in(range(3, 4))[0])
    compare()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ShiftModifier)
        compare()
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    compare()  # the keyboard is at a row that isn't selected
    many.list.filters.setFocus()
    compare()


def test_a_row_is_painted_at_once(many: ApplicationsView, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for that which is selected."""
    cells, rows = list[int](), list[int]()
    for name, kept in (("paint_cell", cells), ("paint_row", rows)):
        paint = getattr(ApplicationDelegate, name)

        def noted(
            self: object, *given: Any, paint: Any = paint, kept: list[int] = kept, **named: Any
        ) -> None:
            kept.append(given[1] if isinstance(given[1], int) else given[2][0])
            paint(self, *given, **named)

        monkeypatch.setattr(ApplicationDelegate, name, noted)
    many.table.viewport().repaint()
    current = many.table.currentIndex().row()
    assert {*cells} == {current}
    assert len(rows) > 9
    assert current not in rows
