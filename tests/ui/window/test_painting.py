"""How much of the window is painted for a change, as where a bar below the view comes or goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.ui.applications.detail import ApplicationPane
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.column import StageColumn
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.pages import WeekPage
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.window.main_window import MainWindow
from tests.benchmarks.many import many
from tests.scene import settle
from tests.ui.desk import Desk, Open, page_of

EDITED = "a000001"
STEPS = (Stage.OFFER, Stage.INTERVIEWING) * 2


class PaintedArea(QObject):
    """Adds up how much of the widgets in a part of the window is painted, in pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pixels = 0
        self.times = 0

    def watch(self, part: QWidget) -> None:
        """Add up what is painted of this one, too."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.times += 1
            self.pixels += sum(each.width() * each.height() for each in event.region())  # type: ignore[attr-defined]
        return super().eventFilter(watched, event)


def on_screen(window: MainWindow) -> QImage:
    settle()
    return window.screen().grabWindow(window.winId()).toImage()


def painted_anew(window: MainWindow) -> QImage:
    for part in window.findChildren(QWidget):
        part.update()
    return on_screen(window)


@pytest.mark.parametrize("view", ["applications", "board", "calendar", "people", "today", "insights"])
@pytest.mark.parametrize("is_scrolled", [False, True])
def test_what_stays_is_as_it_would_be_painted(
    view: str, is_scrolled: bool, open_window: Open, desk: Desk
) -> None:
    window = open_window(many(60, desk.now), view)
    settle()
    desk.tracker.set_stage(EDITED, Stage.OFFER)
    desk.tracker.set_stage(EDITED, Stage.INTERVIEWING)
    for part in window.findChildren(QAbstractScrollArea) if is_scrolled else ():
        part.verticalScrollBar().setValue(part.verticalScrollBar().maximum())
    settle()
    for stage in STEPS:
        desk.tracker.set_stage(EDITED, stage)
        assert window.great_moment.isVisible() is (stage is Stage.OFFER)
        assert on_screen(window) == painted_anew(window)


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        ("applications", ApplicationPane),
        ("board", StageColumn),
        ("calendar", WeekPage),
        ("today", FollowUpItem),
    ],
)
def test_little_of_the_view_is_painted(view: str, kind: type[QWidget], open_window: Open, desk: Desk) -> None:
    window = open_window(many(100, desk.now, live=50), view)
    page = window.pages.shown
    assert page is not None
    for stage in STEPS:  # until each part has been shown
        desk.tracker.set_stage(EDITED, stage)
        settle()
    area = PaintedArea(window)
    for found in page.findChildren(kind):
        if not (isinstance(found, StageColumn) and found.stage in STEPS):  # their cards come and go
            for each in found.findChildren(QWidget):
                area.watch(each)
    painted_anew(window)
    whole = area.pixels
    for stage in STEPS[:2]:
        area.pixels = 0
        desk.tracker.set_stage(EDITED, stage)
        assert window.great_moment.isVisible() is (stage is Stage.OFFER)
        settle()
        assert area.pixels < whole / 2


def test_a_card_that_moves_has_its_columns_painted_once(open_window: Open, desk: Desk) -> None:
    window = open_window(many(60, desk.now), "board")
    desk.tracker.set_stage(EDITED, Stage.INTERVIEWING)
    settle()
    lists = [
        each.list for each in page_of(window, BoardView).findChildren(StageColumn) if each.stage in STEPS
    ]
    areas = []
    for cards in lists:
        areas.append(PaintedArea(cards))
        areas[-1].watch(cards.viewport())
    for times, stage in enumerate(STEPS, 1):
        desk.tracker.set_stage(EDITED, stage)
        settle()
        assert [area.times for area in areas] == [times, times]


def test_an_edit_of_what_is_out_of_sight_paints_nothing_of_the_detail(open_window: Open, desk: Desk) -> None:
    window = open_window(many(60, desk.now), "applications")
    settle()
    view = page_of(window, ApplicationsView)
    shown = view.current_application
    assert shown is not None
    desk.tracker.edit_application(shown, notes="Called")
    settle()
    area = PaintedArea(window)
    for each in view.detail.findChildren(QWidget):
        area.watch(each)
    desk.tracker.edit_application(shown, notes="Called again")
    desk.tracker.undo()
    settle()
    assert area.pixels == 0
