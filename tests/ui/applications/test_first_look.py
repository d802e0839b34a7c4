"""What Applications has when it is first painted, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from followup_desktop.domain.model import Event, EventKind, Facts
from followup_desktop.ui.applications.detail import ApplicationPane
from followup_desktop.ui.applications.selection_bar import SelectionBar
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.applications.zone_question import ZoneQuestion
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.kit.widgets.placing import focus_chain
from tests.ui.applications.conftest import ACME, FACTS

_DAYS = range(12)
_BEGAN = datetime(2026, 9, 20, 8, tzinfo=UTC)
_BUSY = replace(
    FACTS,
    applications=(
        replace(
            ACME,
            events=tuple(
                Event(id=f"{day}", kind=EventKind.NOTE, at=_BEGAN + timedelta(days=day), note="A note")
                for day in _DAYS
            ),
        ),
    ),
)
"""Its timeline reaches below the window."""


class _FirstPainting(QObject):
    """Notes what is there when the application is first painted, and where its parts stand."""

    def __init__(self, view: ApplicationsView) -> None:
        super().__init__(view)
        self._view = view
        self.has_details: bool | None = None
        self.places: list[QRect] = []
        view.detail.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self.has_details is None:
            self.has_details = bool(self._view.findChildren(ZoneQuestion))
            self.places = upper_places(self._view)
        return False


def upper_places(view: ApplicationsView) -> list[QRect]:
    detail = view.detail
    return [part.geometry() for part in (detail.planned, detail.interviews, detail.timeline, detail.people)]


def test_what_is_out_of_sight_follows_the_first_painting_and_moves_nothing(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    view = open_view(_BUSY)
    behind = QPushButton("What stands behind it in the window", view)
    behind.show()
    first = _FirstPainting(view)
    for _turn in range(4):
        QApplication.processEvents()
    assert first.has_details is False
    assert view.findChildren(ZoneQuestion)
    assert upper_places(view) == first.places
    stops = [each for each in focus_chain(view.detail.timeline.list) if each.isVisible() and is_stop(each)]
    assert stops[2] is view.detail.fields["applied_on"].editor
    notes = view.detail.fields["notes"].editor
    assert stops.index(notes) < stops.index(behind)


def test_the_detail_is_placed_in_its_own_width_from_the_first(
    open_view: Callable[[Facts], ApplicationsView], monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    resized = ApplicationPane.resizeEvent

    def noted(pane: ApplicationPane, event: QResizeEvent) -> None:
        widths.append(event.size().width())
        resized(pane, event)

    monkeypatch.setattr(ApplicationPane, "resizeEvent", noted)
    view = open_view(_BUSY)
    for _turn in range(4):
        QApplication.processEvents()
    assert set(widths) == {view.detail.width()}


def is_stop(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_what_is_in_sight_is_there_at_once(open_view: Callable[[Facts], ApplicationsView]) -> None:
    view = open_view(FACTS)  # of which all have short timelines
    view.resize(1084, 1400)
    first = _FirstPainting(view)
    QApplication.processEvents()
    assert first.has_details


def test_what_most_days_do_without_is_made_when_it_is_needed(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    view = open_view(FACTS)
    assert not view.findChildren(SelectionBar) + view.findChildren(EmptyState)
    view.verbs()["tag-applications"]()
    (bar,) = view.findChildren(SelectionBar)
    assert bar.isVisible()
    stops = [each for each in focus_chain(view.table) if each.isVisible() and is_stop(each)]
    assert bar.isAncestorOf(next(each for each in stops if not view.table.isAncestorOf(each)))
