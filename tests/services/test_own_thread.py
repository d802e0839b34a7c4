"""Work on a thread of its own."""

from __future__ import annotations

import gc
import weakref
from threading import Event

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.own_thread import without_collector
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
