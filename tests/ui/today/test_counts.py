"""What a row of Today is made of: a widget for each thing that it offers, and none for what it doesn't."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import TodaySection
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.list import FollowUpList
from followup_desktop.ui.today.row_buttons import RowButton
from followup_desktop.ui.today.view import TodayView
from tests.benchmarks.many import many
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


def test_a_row_has_the_buttons_that_it_offers_and_no_others(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    desk.put(situations.twelve())
    view = TodayView(desk.context(theme))
    put_up(view)
    rows = [item for item in view.list.items() if isinstance(item, FollowUpItem) and not item.is_card]
    assert any(row.row.section is TodaySection.LATER for row in rows)
    for row in rows:
        assert set(row.findChildren(RowButton)) == set(row.buttons())
        others = [part for part in row.findChildren(QWidget) if not isinstance(part, RowButton)]
        assert len(others) == 3  # the two lines and the chip


def test_a_row_that_is_laid_out_while_its_answers_change_has_them_all(
    desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    desk.put(situations.twelve())
    view = TodayView(desk.context(theme))
    put_up(view)
    rows = [item for item in view.list.items() if isinstance(item, FollowUpItem) and item.isVisible()]
    row = next(item for item in rows if not item.is_card and len(item.row.answers) > 1)
    width, around = row.width(), row.parentWidget()
    layout = around.layout() if around is not None else None
    assert layout is not None
    layout.setContentsMargins(0, 0, 40, 0)  # which is done when the first answer is shown
    row.show_row(replace(row.row, answers=row.row.answers[::-1]))
    assert row.width() < width
    assert [answer for answer, _button in row._answers] == list(row.row.answers)
    assert set(row.findChildren(RowButton)) >= set(row.buttons())


def test_a_change_of_one_row_places_no_other_row_anew(
    desk: Desk, theme: Theme, put_up: PutUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even for a moment: pressed into the old height of the list, all rows would be placed twice."""
    placed: set[str] = set()
    real = FollowUpItem.resizeEvent

    def noted(item: FollowUpItem, event: QResizeEvent) -> None:
        placed.add(item.key)
        real(item, event)

    monkeypatch.setattr(FollowUpItem, "resizeEvent", noted)
    desk.put(many(100, desk.now, live=40))
    view = TodayView(desk.context(theme))
    put_up(view)
    rows = {item.key for item in view.list.items()}
    view.begin()
    QTest.qWait(0)
    placed.clear()
    desk.tracker.set_stage("a000001", Stage.OFFER)
    QTest.qWait(0)
    new = {item.key for item in view.list.items()} - rows
    assert len(rows) > 40
    assert placed == new != set()


def test_a_change_of_one_row_leaves_the_others_where_they_are_in_the_layout(
    desk: Desk, theme: Theme, put_up: PutUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in: list[QWidget] = []
    real = FollowUpList._put_in

    def noted(rows: FollowUpList, place: int, widget: QWidget, gap: int) -> None:
        put_in.append(widget)
        real(rows, place, widget, gap)

    monkeypatch.setattr(FollowUpList, "_put_in", noted)
    desk.put(many(100, desk.now, live=40))
    view = TodayView(desk.context(theme))
    put_up(view)
    for stage in (Stage.OFFER, Stage.REJECTED, Stage.INTERVIEWING, Stage.APPLIED):
        before = set(view.list.items())
        put_in.clear()
        desk.tracker.set_stage("a000001", stage)
        QTest.qWait(0)
        new = {item for item in view.list.items() if item not in before}
        others = {item for item in view.list.items() if item in put_in} - new
        assert len(others) <= 2 < len(before) - 40  # below a heading, the first row has another gap above it
        other = TodayView(desk.context(theme))
        put_up(other)
        other.list.items()
        other.list.select(view.list.current.key if view.list.current is not None else None)
        settle()
        assert [(item.key, item.geometry()) for item in view.list.items()] == [
            (item.key, item.geometry()) for item in other.list.items()
        ]
        assert [*map(_shown, view.list.items())] == [*map(_shown, other.list.items())]
        other.hide()


def _shown(row: QWidget) -> list[tuple[object, ...]]:
    """What is seen and told of a row and its parts."""
    parts = [row, *(part for part in row.findChildren(QWidget) if part.isVisible())]
    return [
        (
            type(part),
            part.geometry(),
            part.text() if isinstance(part, QLabel | QAbstractButton) else "",
            getattr(part, "is_drawn", True),
            part.toolTip(),
            part.accessibleName(),
            part.accessibleDescription(),
            part.focusPolicy(),
            part.property("look"),
        )
        for part in parts
    ]


def test_a_row_that_went_serves_the_next_that_comes(
    desk: Desk, theme: Theme, put_up: PutUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[QWidget] = []
    real = RowButton.__init__

    def noted(button: RowButton, *args: Any) -> None:
        made.append(button)
        real(button, *args)

    monkeypatch.setattr(RowButton, "__init__", noted)
    desk.put(many(100, desk.now, live=40))
    view = TodayView(desk.context(theme))
    put_up(view)
    counts = []
    for stage in (Stage.OFFER, Stage.INTERVIEWING) * 3:
        made.clear()
        before = set(view.list.items())
        desk.tracker.set_stage("a000001", stage)
        QTest.qWait(0)
        counts.append((len(set(view.list.items()) - before), len(made)))
    rows, buttons = zip(*counts, strict=True)
    assert max(rows[2:]) > 0
    assert buttons[2:] == (0, 0, 0, 0)
