"""A request to end reaches the event loop."""

from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.system.signals import TerminationWatch


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_to_end(qtbot: QtBot, number: signal.Signals) -> None:
    asked: list[bool] = []
    watch = TerminationWatch(lambda: asked.append(True))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: asked == [True])
    finally:
        watch.close()
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
