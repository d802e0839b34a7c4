"""What the tests of the window share: one theme for the run, a real store in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from followup_desktop.ui.icons import IconSet, icon_folder
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests.ui.desk import Desk


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The light look, put on the application once."""
    return Theme(qapp, IconSet(icon_folder()), ThemeChoice.LIGHT)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """An empty store with everything above it, at a fixed instant."""
    desk = Desk(tmp_path)
    yield desk
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.close()
