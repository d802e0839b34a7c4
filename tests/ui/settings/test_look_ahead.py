"""What other settings would move, worked out beside the window."""

from __future__ import annotations

import gc
from threading import Event
from typing import cast

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Policy
from followup_desktop.services.reading.settings_preview import Cancelled, PolicyPreview, PreviewBasis
from followup_desktop.ui.settings.preview import LookAhead


def test_a_preview_that_another_one_replaces_leaves_nothing_behind(qtbot: QtBot) -> None:
    """Python's search for cycles is off while one is worked out, and was until the next heartbeat."""
    first, second = Policy(), Policy(grace_working_days=5)
    found = cast("PolicyPreview", object())
    noticed, begun = Event(), Event()

    def compare(_basis: PreviewBasis, policy: Policy, cancelled: Cancelled) -> PolicyPreview | None:
        if policy == second:
            return found
        begun.set()
        while not cancelled():
            pass
        noticed.set()
        return None

    owner = QObject()
    ahead = LookAhead(lambda: cast("PreviewBasis", object()), compare, owner)
    ahead.start(first)
    assert begun.wait(10)
    with qtbot.waitSignal(ahead.found) as told:
        ahead.start(second)
    assert told.args == [second, found]
    assert noticed.wait(10)
    qtbot.waitUntil(gc.isenabled)
