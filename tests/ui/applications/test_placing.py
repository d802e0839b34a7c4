"""What the next application needs of the detail: parts that are there serve again, and are placed at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from followup_desktop.ui.applications.delegates import FollowUpDelegate, InterviewDelegate
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.delegates import Index, RowDelegate
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.section import Section
from tests.benchmarks.many import many
from tests.ui.desk import Desk, PutUp

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


class Noted(QObject):
    """Counts how often each section or button gets another place, and the widgets that are made."""

    def __init__(self) -> None:
        super().__init__()
        self.places: Counter[QObject] = Counter()
        self.made = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and isinstance(watched, Section | Button):
            self.places[watched] += 1
        elif event.type() is QEvent.Type.Polish and isinstance(watched, QWidget):
            self.made += 1
        return False


@pytest.fixture
def noted(qapp: QApplication) -> Iterator[Noted]:
    """What happens from now on."""
    found = Noted()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


@pytest.fixture
def many_open(desk: Desk, theme: Theme, put_up: PutUp) -> ApplicationsView:
    """Thirty that go on in every stage, beside others, each looked at once; the first is shown."""
    desk.now = NOW
    desk.put(many(60, NOW, 30))
    view = ApplicationsView(desk.context(theme))
    put_up(view)
    view.table.setFocus()
    for _row in range(view.model.rowCount()):
        down(view)
    QTest.keyClick(view.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return view


def down(view: ApplicationsView) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QApplication.processEvents()


def test_the_next_row_has_its_place_before_it_is_painted(many_open: ApplicationsView, noted: Noted) -> None:
    """Nothing moves in the turns that follow, as it did where each height was taken in one of its own."""
    detail, shown = many_open.detail, set()
    lists = (detail.planned.list, detail.interviews.list, detail.timeline.list, detail.people.list)
    for _row in range(many_open.model.rowCount() - 1):
        QTest.keyClick(many_open.table, Qt.Key.Key_Down)
        assert [each.height() for each in lists] == [each.sizeHint().height() for each in lists]
        noted.places.clear()
        for _turn in range(4):
            QApplication.processEvents()
        assert not noted.places
        shown.add((len(detail.planned.model.rows), len(detail.interviews.model.rows)))
    assert len(shown) > 6


def test_the_next_row_makes_no_widget(many_open: ApplicationsView, noted: Noted) -> None:
    for _row in range(many_open.model.rowCount() - 1):
        down(many_open)
    assert noted.made == 0


def test_a_row_of_a_list_is_measured_anew_only_where_its_list_changes(
    many_open: ApplicationsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt asks each for its size about ten times until it is painted; three times it can be another."""
    asked: Counter[tuple[RowDelegate, int]] = Counter()
    for delegate in (FollowUpDelegate, InterviewDelegate):
        reckoned = delegate.height

        def height(self: RowDelegate, index: Index, reckoned: Any = reckoned) -> int:
            asked[self, index.row()] += 1
            return int(reckoned(self, index))

        monkeypatch.setattr(delegate, "height", height)
    most = []
    for _row in range(many_open.model.rowCount() - 1):
        asked.clear()
        down(many_open)
        most.append(max(asked.values(), default=0))
    assert 0 < max(most) <= 3
