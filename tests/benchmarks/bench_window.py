"""What the window costs, in frames of 16.7 ms, from a hundred applications to a hundred thousand.

``python -m tests.benchmarks.bench_window [--sizes N …] [--only NAME …] [--live]``. The window is measured
without a display, over a database in a file: how long the thread that paints works, from what the user does
until the answer is painted, which is how long the window would not answer. A change of very many runs beside
it: there the figure is the longest time, by the clock, in which the window would not have answered. Each
figure is the 95th of a hundred; ``--live`` makes every application one of the last months, where most have
ended years ago else. As a frame is the same on every computer, the last row tells how evenly this one works.
"""

from __future__ import annotations

import tests.as_it_runs  # noqa: F401 - before anything of the program

# isort: split
import argparse
import gc
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from followup_desktop.domain.model import Stage
from followup_desktop.services.reminding.announcer import Host, Reminders
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.transfer import interchange
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.window_settings import SHOWN_VIEW, CalendarMode
from followup_desktop.ui.window.imports import Imports
from followup_desktop.ui.window.main_window import MainWindow
from tests.benchmarks.many import many
from tests.benchmarks.silent import Silent, no_answer
from tests.benchmarks.table import Row, table
from tests.ui.desk import Desk, page_of

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
NIGHT = NOW.replace(hour=1)
FRAME_SECONDS = 1 / 60
SIZES = (100, 1_000, 10_000, 100_000)
LIVE = 50
"""So many applications somebody has at a time who has had thousands."""
ROUNDS = 100
FEW = 20
"""Of fewer the longest counts instead of the 95th percentile."""
EDITED = "a000001"
FLOOR = "frame, 16.7 ms"
_ID = re.compile(r'"([aice]\d{6}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')
"""As ``many`` made it, or what was done in the rows before."""


class Bench:
    """The window over so many applications."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self.theme = theme
        self._folder = folder
        self.open()

    def open(self) -> None:
        """A new window, at Settings: no other view has been made yet."""
        self.desk = Desk(self._folder, now=NOW)
        self.desk.settings().set(SHOWN_VIEW, "settings")
        self.window: MainWindow = self.desk.window(self.theme)
        self.window.resize(1280, 800)
        self.window.show()
        settle()
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # as the program does once its window is there: what it is made of isn't looked through

    def close(self) -> None:
        """Give everything back."""
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.desk.close()

    def reopen(self) -> None:
        """The window as after a start."""
        self.close()
        self.open()

    @property
    def applications(self) -> ApplicationsView:
        """The view, shown."""
        self.window.show_view("applications")
        settle()
        return page_of(self.window, ApplicationsView)


def settle(turns: int = 4) -> None:
    """Place and paint all that is to be: what took its place may ask others for another one a turn later."""
    for _turn in range(turns):
        QCoreApplication.processEvents()


def seconds(act: Callable[[], object], turns: int = 4) -> float:
    """How long this thread works until what it did is painted, and nothing moves any more."""
    begun = time.thread_time()
    act()
    settle(turns)
    return time.thread_time() - begun


def same_work() -> float:
    """How long this thread works at what is always the same, about a millisecond."""
    begun = time.thread_time()
    for _step in range(40_000):
        pass
    return time.thread_time() - begun


def typed(bench: Bench) -> Iterator[tuple[float, float | None]]:
    """A key typed in the search, and after a moment the detail, if it is that of another row then."""
    view = bench.applications
    field = bench.window.top_bar.search
    bench.window.begin_search()

    def follow() -> None:
        while view.is_to_follow:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    for first in view.model.ids_in(range(8)):
        view.show_application(first)
        settle()
        for key in (*"acme 1", *(Qt.Key.Key_Backspace,) * 6):
            taken = seconds(lambda key=key: QTest.keyClick(field, key))  # type: ignore[misc]
            yield taken, seconds(follow) if view.is_to_follow else None
    bench.window.top_bar.search.clear()
    bench.window.search_for("")
    settle()


def keys(bench: Bench) -> Iterator[float]:
    """A key typed in the search."""
    return (key for key, _detail in typed(bench))


def details(bench: Bench) -> Iterator[float]:
    """The detail of what a search found first, once no key has come for a moment."""
    return (detail for _key, detail in typed(bench) if detail is not None)


def edits(view: str) -> Callable[[Bench], Iterator[float]]:
    """An edit of one application, in that view."""

    def measured(bench: Bench) -> Iterator[float]:
        bench.window.show_view(view)
        settle()
        stages = cycle((Stage.OFFER, Stage.INTERVIEWING))
        for _round in range(ROUNDS):
            stage = next(stages)
            yield seconds(lambda stage=stage: bench.desk.tracker.set_stage(EDITED, stage))  # type: ignore[misc]

    return measured


def undo(bench: Bench) -> Iterator[float]:
    """The undo of an edit, in Applications."""
    _ = bench.applications
    for number in range(ROUNDS):
        bench.desk.tracker.edit_application(EDITED, notes=f"Called {number}")
        settle()
        yield seconds(bench.desk.tracker.undo)


def heartbeat(at: datetime) -> Callable[[Bench], Iterator[float]]:
    """A heartbeat with nothing to announce."""

    def measured(bench: Bench) -> Iterator[float]:
        desk = bench.desk
        host = Host(answer=no_answer, snooze=no_answer, open=no_answer, show=no_answer)
        reminders = Reminders(desk.store, Silent(), lambda: at, desk.log, host)
        while handed_on := reminders.beat(at):  # until there is no more to say
            for each in handed_on:
                reminders.shown(each.notification.tag, "the benchmark")
        for number in range(ROUNDS):
            now = at + timedelta(seconds=30 * number)
            yield seconds(lambda now=now: reminders.beat(now))  # type: ignore[misc]

    return measured


def sorting(bench: Bench) -> Iterator[float]:
    """A sort by each column in turn."""
    table = bench.applications.list.table
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        for column in range(table.model().columnCount()):
            yield seconds(lambda c=column, o=order: table.sortByColumn(c, o))  # type: ignore[misc]


def filters(bench: Bench) -> Iterator[float]:
    """A stage chosen above the table."""
    rows = bench.applications.list
    for stage in (*StageFilter, *StageFilter):
        yield seconds(lambda stage=stage: rows.show_stage(stage))  # type: ignore[misc]


def next_rows(bench: Bench) -> Iterator[float]:
    """The next row selected, with its detail."""
    view = bench.applications
    view.list.show_stage(StageFilter.ALL)
    view.show_application(view.model.ids_in(range(1))[0])
    settle()
    view.table.setFocus()
    for _round in range(min(ROUNDS, view.model.rowCount() - 1)):
        yield seconds(lambda: QTest.keyClick(view.table, Qt.Key.Key_Down))


def scrolls(bench: Bench) -> Iterator[float]:
    """A jump of the scroll bar."""
    bar = bench.applications.list.table.verticalScrollBar()
    for number in range(ROUNDS):
        place = bar.maximum() * (number * 7 % ROUNDS) // ROUNDS
        yield seconds(lambda place=place: bar.setValue(place))  # type: ignore[misc]


def first(view: str) -> Callable[[Bench], Iterator[float]]:
    """A view shown for the first time since the start; what is out of sight follows the first painting.

    Before all others: at the first size its modules are loaded with it, as whoever opens it meets it.
    """

    def measured(bench: Bench) -> Iterator[float]:
        for _round in range(5):
            bench.reopen()
            yield seconds(lambda: bench.window.show_view(view), turns=1)

    return measured


def calendar_pages(mode: CalendarMode) -> Callable[[Bench], Iterator[float]]:
    """The next week or month, or the one before, in the calendar."""

    def measured(bench: Bench) -> Iterator[float]:
        from followup_desktop.ui.calendar.view import CalendarView  # what it brings counts in its first look

        bench.window.show_view("calendar")
        view = page_of(bench.window, CalendarView)
        view.set_mode(mode)
        settle()
        for pages in (1, -1, -1, 1) * 3:
            yield seconds(lambda pages=pages: view.turn(pages))  # type: ignore[misc]
        view.set_mode(CalendarMode.WEEK)  # as it opens, and as an edit in it is measured

    return measured


def theme(bench: Bench) -> Iterator[float]:
    """Light to dark, and back."""
    _ = bench.applications
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT) * 3:
        yield seconds(lambda choice=choice: bench.theme.choose(choice))  # type: ignore[misc]


def many_at_once(bench: Bench) -> Iterator[float]:
    """All selected and moved to another stage: the longest time between two turns of the window's loop."""
    view = bench.applications
    view.list.show_stage(StageFilter.ALL)
    for stage in (Stage.OFFER, Stage.INTERVIEWING):

        def move(stage: Stage = stage) -> None:
            QTest.keySequence(view.table, QKeySequence.StandardKey.SelectAll)
            QTest.qWait(50)
            view.selecting.verbs.set_stage(stage)

        yield longest_turn(move)


def deletion(
    count: int, taken: Callable[[Callable[[], object]], float]
) -> Callable[[Bench], Iterator[float]]:
    """So many selected and deleted, from ten on with a backup before; ``taken`` tells how long it takes."""

    def measured(bench: Bench) -> Iterator[float]:
        view = bench.applications
        view.list.show_stage(StageFilter.ALL)
        for _round in range(6):
            view.table.select_only(view.model.ids_in(range(10, 11))[0])
            for _row in range(count - 1):
                QTest.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
            settle()
            yield taken(view._delete)
            bench.desk.tracker.undo()
            settle()

    return measured


def importing(bench: Bench) -> Iterator[float]:
    """An export of as many other applications: the longest time between two turns of the window's loop."""
    path = bench.desk.folder / "others.json"
    store = bench.desk.store
    path.write_text(_ID.sub(r'"of-others-\1', interchange.write(store.facts())), "utf-8")
    own = sum(store.stage_counts().values())
    for _round in range(2):
        window = bench.window
        imports = Imports(window, window.context, window.progress, window.toast)
        yield longest_turn(partial(imports.begin, path))
        if sum(store.stage_counts().values()) != 2 * own:
            raise RuntimeError("the import was refused")
        bench.desk.tracker.undo()
        settle()


def longest_turn(act: Callable[[], object]) -> float:
    """The longest time between two turns of the window's loop, by the clock, while it is done."""
    turns: list[float] = []
    turn = QTimer()
    turn.timeout.connect(lambda: turns.append(time.perf_counter()))
    sys.setswitchinterval(0.001)  # as the program does
    turn.start(1)
    QTest.qWait(50)
    act()
    QTest.qWait(50)
    turn.stop()
    return max(after - before for before, after in pairwise(turns))


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: what is done, and how many frames it may take at so many applications."""

    act: Callable[[Bench], Iterator[float]]
    allowed: Mapping[int, float]
    largest: int = SIZES[-1]
    """It isn't measured with more applications."""
    warms_up: bool = True
    """Whether the first time isn't counted, which brings everything into memory."""

    def most(self, size: int) -> float | None:
        """How many frames it may take with so many."""
        return next((most for at, most in sorted(self.allowed.items()) if size <= at), None)


MEASURES: dict[str, Measure] = {
    "Today, first": Measure(first("today"), {100: 6, 100_000: 8}, warms_up=False),
    "Applications, first": Measure(first("applications"), {100: 6, 100_000: 8}, warms_up=False),
    "Board, first": Measure(first("board"), {100: 6, 100_000: 8}, warms_up=False),
    "Calendar, first": Measure(first("calendar"), {100: 6, 100_000: 8}, warms_up=False),
    "Calendar, next week": Measure(calendar_pages(CalendarMode.WEEK), {100_000: 2}),
    "Calendar, next month": Measure(calendar_pages(CalendarMode.MONTH), {100_000: 2}),
    "People, first": Measure(first("people"), {100: 6, 100_000: 8}, warms_up=False),
    "Insights, first": Measure(first("insights"), {100: 6, 100_000: 8}, warms_up=False),
    "key in the search": Measure(keys, {10_000: 1, 100_000: 2}),
    "key, the detail follows": Measure(details, {100_000: 1}),
    "edit, in Applications": Measure(edits("applications"), {10_000: 2, 100_000: 3}),
    "edit, in Today": Measure(edits("today"), {10_000: 2, 100_000: 3}),
    "edit, on the Board": Measure(edits("board"), {10_000: 2, 100_000: 3}),
    "edit, in Calendar": Measure(edits("calendar"), {10_000: 2, 100_000: 3}),
    "edit, in Insights": Measure(edits("insights"), {10_000: 3, 100_000: 3}),
    "undo": Measure(undo, {10_000: 2, 100_000: 3}),
    "heartbeat, nothing to say": Measure(heartbeat(NOW), {100_000: 0.1}),
    "heartbeat, all held back": Measure(heartbeat(NIGHT), {100_000: 0.1}),
    "sort": Measure(sorting, {10_000: 2, 100_000: 6}),
    "filter by stage": Measure(filters, {10_000: 2, 100_000: 6}),
    "next row and its detail": Measure(next_rows, {100_000: 1}),
    "scroll jump": Measure(scrolls, {100_000: 1}),
    "theme": Measure(theme, {100_000: 6}),
    "stage of all, away at most": Measure(many_at_once, {10_000: 2}, largest=10_000),
    "delete 9, all in all": Measure(deletion(9, seconds), {10_000: 2, 100_000: 6}),
    "import, away at most": Measure(importing, {10_000: 2}, largest=10_000),
    "delete 9, away at most": Measure(deletion(9, longest_turn), {10_000: 2, 100_000: 6}),
    "delete 20, away at most": Measure(deletion(20, longest_turn), {10_000: 2}, largest=10_000),
    "delete 200, away at most": Measure(deletion(200, longest_turn), {10_000: 2}, largest=10_000),
}


def percentile(taken: Sequence[float]) -> float:
    """The 95th, or with few the longest."""
    return max(taken) if len(taken) < FEW else statistics.quantiles(taken, n=20, method="inclusive")[-1]


def measure(sizes: Sequence[int], *, live: bool, only: Sequence[str] = tuple(MEASURES)) -> list[Row]:
    """The rows of the table whose names begin so."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    look = Theme(application, IconSet(icon_folder()), ThemeChoice.LIGHT)
    found: dict[tuple[str, int], float] = {}
    same: dict[int, list[float]] = {}
    names = [name for name in MEASURES if name.startswith(tuple(only))]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            place = Path(folder, str(size))
            place.mkdir()
            desk = Desk(place, many(size, NOW, size if live else LIVE), NOW)
            stored = len(desk.store.facts().applications)
            desk.close()
            if stored != size:
                raise RuntimeError(f"{stored} applications are there instead of {size}")
            bench = Bench(place, look)
            for name in names:
                if size <= MEASURES[name].largest:
                    taken: list[float] = []
                    for each in MEASURES[name].act(bench):
                        taken.append(each)
                        same.setdefault(size, []).append(same_work())
                    del taken[: MEASURES[name].warms_up]
                    found[name, size] = percentile(taken) / FRAME_SECONDS
                    sys.stderr.write(f"{size}: {name}: {found[name, size]:.2f}\n")
                    QTest.qWait(500)  # figures that are made beside the window are no cost of what follows
            bench.close()
    shortest = min(map(min, same.values()), default=1)
    return [
        *(
            Row(name, FLOOR, size, found[name, size], MEASURES[name].most(size), all_open=live)
            for name in names
            for size in sizes
            if (name, size) in found
        ),
        *(
            Row("the same work", "its shortest", size, percentile(each) / shortest, all_open=live)
            for size, each in same.items()
        ),
    ]


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", default=list(MEASURES), help="rows whose names begin so")
    parser.add_argument("--live", action="store_true", help="make every application one of the last months")
    arguments = parser.parse_args()
    sys.stdout.write(table(measure(arguments.sizes, live=arguments.live, only=arguments.only)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
