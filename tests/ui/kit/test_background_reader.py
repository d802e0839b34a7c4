"""What is read beside the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.services.background_work import BackgroundWork
from followup_desktop.ui.kit.background_reader import BackgroundReader
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
