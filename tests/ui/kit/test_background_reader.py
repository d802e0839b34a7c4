"""What is read beside the window."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Semaphore, Thread, current_thread
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.services.background_work import BackgroundWork, Session
from followup_desktop.ui.kit.background_reader import BackgroundReader
from followup_desktop.ui.kit.worker_thread import LatestWork
from tests.ui.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_python_looks_for_cycles_again_once_it_is_there(desk: Desk, qtbot: QtBot) -> None:
    """Else it would at the next heartbeat alone, through all that the window has made until then."""
    owner = QObject()
    reader = BackgroundReader(BackgroundWork(desk.store, desk.clock, desk.wording), owner)
    with qtbot.waitSignal(reader.found) as found:
        reader.start("test", lambda _session: gc.isenabled())
    assert found.args == [False]
    assert gc.isenabled()


def test_what_is_given_up_leaves_nothing_behind(desk: Desk, qtbot: QtBot) -> None:
    """An edit in Insights gives up the counting of the edit before: of each 137 objects stayed."""
    owner = QObject()
    reader = BackgroundReader(BackgroundWork(desk.store, desk.clock, desk.wording), owner)
    threads: list[weakref.ref[Thread]] = []
    began, ends = Event(), Event()

    def read(_session: Session) -> None:
        threads.append(weakref.ref(current_thread()))
        began.set()
        ends.wait(10)
        raise RuntimeError("It noticed that it is no longer wanted")

    slots = owner_slots(reader)
    for _each in range(3):
        began.clear()
        reader.start("test", read)
        assert began.wait(10)
    reader.cancel()
    assert not reader.is_busy
    ends.set()
    gc.disable()  # what is left would have to be found first
    try:
        qtbot.waitUntil(lambda: all(each() is None for each in threads), timeout=10_000)
    finally:
        gc.enable()
    assert owner_slots(reader) == slots
    with qtbot.waitSignal(reader.found) as found:
        reader.start("test", lambda _session: gc.isenabled())
    assert found.args == [False]
    assert gc.isenabled()


def test_the_end_of_its_parent_gives_up_what_is_being_read(desk: Desk, qapp: QApplication) -> None:
    class UntilGivenUp(BackgroundWork):
        """Does nothing else."""

        def run(self, _verb: object, cancelled: Callable[[], bool] = bool, *_more: object) -> Any:
            while not cancelled():
                pass
            noticed.release()

    noticed = Semaphore(0)
    owner = QObject()
    reader = BackgroundReader(UntilGivenUp(desk.store, desk.clock, desk.wording), owner)
    reader.start("test", lambda _session: None)
    reader.start("test", lambda _session: None)
    assert noticed.acquire(timeout=10)  # the first, for the second
    shiboken6.delete(owner)
    assert noticed.acquire(timeout=10)


def owner_slots(reader: BackgroundReader) -> int:
    """How many are told of the end of its work."""
    work = reader.findChild(LatestWork)
    assert work is not None
    return work.receivers(SIGNAL("destroyed(QObject*)"))
