"""What the tests of the window share: one theme for the run, a real store in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.view import View
from followup_desktop.ui.window.main_window import MainWindow
from tests.pseudo_locale import speaking_to_the_left
from tests.ui.desk import Desk, Open, PutUp


@pytest.fixture(autouse=True)
def button_let_go(qapp: QApplication) -> Iterator[None]:
    """A test lets go of the mouse: the window of the next one would wait for that before it says a thing."""
    yield
    assert qapp.mouseButtons() == Qt.MouseButton.NoButton


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    """The light look, put on the application once: that takes longer than most tests."""
    return Theme(qapp, IconSet(icon_folder()), ThemeChoice.LIGHT)


@pytest.fixture
def theme(one_theme: Theme) -> Iterator[Theme]:
    """The light look at the system's text size, put back where a test changed it."""
    plain = (one_theme.choice, one_theme.px(100), one_theme.lettering)
    yield one_theme
    if (one_theme.choice, one_theme.px(100), one_theme.lettering) != plain:
        one_theme.letter(plain[2])
        one_theme.choose(ThemeChoice.LIGHT)
        one_theme.scale_text(1.0)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """An empty store with everything above it, at a fixed instant."""
    desk = Desk(tmp_path)
    yield desk
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.close()


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, desk: Desk) -> Open:
    """Opens the window over these facts, 1280 × 800."""

    def opened(facts: Facts, view: str = "") -> MainWindow:
        desk.put(facts)
        window = desk.window(theme, view=view)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return opened


@pytest.fixture
def put_up(desk: Desk, qtbot: QtBot) -> Iterator[PutUp]:
    """Shows a view over this store, 1084 × 748, told of changes; hidden at the end."""
    shown: list[View] = []

    def put(view: View) -> None:
        qtbot.addWidget(view)
        desk.store.subscribe(view.refresh)
        view.resize(1084, 748)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        shown.append(view)

    yield put
    for view in shown:
        view.hide()


@pytest.fixture
def to_the_left() -> Iterator[None]:
    """The program speaks a language that is written from right to left; what a test turns is turned back."""
    before = QApplication.layoutDirection()
    with speaking_to_the_left():
        yield
    QApplication.setLayoutDirection(before)
