"""A request to end reaches the event loop."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.system.signals import TerminationWatch


@pytest.fixture
def handlers() -> Iterator[None]:
    """The handlers of these signals, put back after the test."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_asks_to_end(qtbot: QtBot, handlers: None, number: signal.Signals) -> None:
    asked: list[bool] = []
    watch = TerminationWatch(lambda: asked.append(True))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: asked == [True])
    finally:
        watch.close()
    os.kill(os.getpid(), number)  # while the program ends: nothing of that is broken off


def test_a_signal_that_is_ignored_at_the_start_stays_ignored(qtbot: QtBot, handlers: None) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    watch = TerminationWatch(lambda: None)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    watch.close()
