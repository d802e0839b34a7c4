"""What a window shows that follows every change is what it shows once all is read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from difflib import unified_diff
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import StageFilter
from followup_desktop.storage.touched import Changes
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import CalendarMode
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.view_stack import ViewStack
from tests.scene import settle
from tests.services.reading.long_life import Life
from tests.sweeps import every, examples
from tests.ui.desk import Desk, page_of
from tests.ui.heard import nodes

_STEPS = 12
_VIEWS = ("today", "applications", "board", "calendar", "people", "insights", "trash")
_LEFT_OUT = ("do_back_up", "do_beside_the_window", "do_break_off", "do_put_back")
"""What the window is told of in a way of its own."""


class WindowLife:
    """A window over a long life, in which its user goes about."""

    def __init__(self, folder: Path, theme: Theme, seed: int) -> None:
        self.random = Random(seed)
        self.life = Life(folder, seed)
        self.life.deeds = [each for each in self.life.deeds if each.__name__ not in _LEFT_OUT]
        self.desk = Desk(folder)
        vars(self.desk).update(store=self.life.store, tracker=self.life.tracker, overview=self.life.overview)
        self.window: MainWindow = self.desk.window(theme)
        self.window.resize(1280, 800)
        self.window.show()
        self.trail: list[str] = []

    def step(self) -> None:
        """One or two things more are done, by the user in the window or elsewhere."""
        for _ in range(self.random.randint(1, 2)):
            act: Callable[[], object] = self.random.choice(
                (self._live, self._live, self._turn_to, self._filter, self._sort, self._page, self._press)
            )
            act()
            settle()

    def wrong(self) -> list[str]:
        """What the window says that it no longer says once all of it was read anew."""
        shown = self.window.pages.shown
        while isinstance(shown, ApplicationsView) and shown.is_to_follow:  # the detail of another row
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        settle()
        before = self._said()
        self.life.store._database._kept.clear()
        self.window.refresh(Changes(everything=True))
        settle()
        return list(unified_diff(before, self._said(), lineterm="", n=0))

    def close(self) -> None:
        self.desk.close()

    def _said(self) -> list[str]:
        return [f"{node} {node.description!r} {node.state.selected}" for node in nodes(self.window)]

    def _live(self) -> None:
        before = self.life.now
        self.trail.append(self.life.step())
        if self.life.now != before:  # at the full minute, by which the window shows what has changed
            self.life.now = self.life.now.replace(second=0) + timedelta(minutes=1)
        self.desk.now = self.life.now
        self.window.tick()
        self.window.steps.show_history()

    def _turn_to(self) -> None:
        view = self.random.choice(_VIEWS)
        self.trail.append(view)
        self.window.show_view(view)

    def _applications(self) -> ApplicationsView:
        self.window.show_view("applications")
        return page_of(self.window, ApplicationsView)

    def _filter(self) -> None:
        stage = self.random.choice(list(StageFilter))
        self.trail.append(f"filter {stage}")
        self._applications().list.show_stage(stage)

    def _sort(self) -> None:
        table = self._applications().list.table
        column = self.random.randrange(table.model().columnCount())
        self.trail.append(f"sort {column}")
        table.sortByColumn(column, self.random.choice(list(Qt.SortOrder)))

    def _page(self) -> None:
        self.window.show_view("calendar")
        view = page_of(self.window, CalendarView)
        view.set_mode(self.random.choice(list(CalendarMode)))
        view.turn(self.random.choice((-1, 1)))
        self.trail.append("turn")

    def _press(self) -> None:
        key = self.random.choice((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End))
        self.trail.append(key.name)
        if (focused := QApplication.focusWidget()) is not None:
            QTest.keyClick(focused, key)


@pytest.mark.parametrize("seed", every(4, range(8)))
def test_nothing_that_a_window_shows_is_stale(tmp_path: Path, theme: Theme, seed: int) -> None:
    life = WindowLife(tmp_path, theme, seed)
    try:
        for _ in range(examples(_STEPS)):
            life.step()
            wrong = life.wrong()
            assert wrong == [], life.trail[-8:]
    finally:
        life.close()


def test_a_window_that_isn_t_told_is_found_out(
    tmp_path: Path, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = ViewStack.refresh

    def refresh_all_alone(pages: ViewStack, changes: ChangesLike | None) -> None:
        if changes is None or changes.everything:
            refresh(pages, changes)

    monkeypatch.setattr(ViewStack, "refresh", refresh_all_alone)
    life = WindowLife(tmp_path, theme, 0)
    try:
        life.window.show_view("board")
        assert life.wrong() == []
        ids = [each.id for each in life.life.store.applications()]
        life.life.tracker.set_stage_many(ids, Stage.OFFER)
        assert life.wrong() != []
    finally:
        life.close()
