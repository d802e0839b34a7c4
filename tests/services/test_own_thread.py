"""Work on a thread of its own."""

from __future__ import annotations

import gc
import weakref
from threading import Event, Thread

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.own_thread import resume_collector, without_collector
from followup_desktop.ui.kit.worker_thread import WorkerThread


def test_the_collector_stays_off_until_the_last_thread_has_ended() -> None:
    """Else it would give up things of Qt on the thread that is still at work."""
    assert gc.isenabled()
    begun, may_end = Event(), Event()

    def work() -> bool:
        begun.set()
        may_end.wait()
        return gc.isenabled()

    longer = WorkerThread("longer", work)
    with without_collector():
        longer.start()
        begun.wait()
    shorter = WorkerThread("shorter", gc.isenabled)
    shorter.start()
    shorter.join()
    assert not gc.isenabled()
    may_end.set()
    longer.join()
    assert not shorter.result()
    assert not longer.result()
    assert gc.isenabled()


def test_the_collector_stays_off_where_it_was() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_begins_on_no_other_thread() -> None:
    """What it gives up there may be of Qt: a timer that another thread stops ends the program."""
    ended = Event()

    def work() -> None:
        with without_collector():
            pass
        ended.set()

    Thread(target=work).start()
    ended.wait()
    assert not gc.isenabled()
    resume_collector()
    assert gc.isenabled()


class _Large:
    """What a work has in memory."""


def test_what_failing_work_had_in_memory_goes_with_its_error() -> None:
    """By counting references alone: the collector doesn't run while the next file is read."""
    held: list[weakref.ref[_Large]] = []

    def work() -> None:
        large = _Large()
        held.append(weakref.ref(large))
        raise Refused("too large")

    failing = WorkerThread("failing", work)
    failing.start()
    failing.join()
    gc.disable()
    try:
        with pytest.raises(Refused):
            failing.result()
        assert held[0]() is None
    finally:
        gc.enable()
