"""Turning to another page of a stack: where the keyboard goes, and that nobody is told of it on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.turning import turn_to


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[QStackedWidget]:
    """Two pages with two lines each, below a button that is next for the keyboard."""
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(QPushButton("Next in the window"))
    stack = QStackedWidget(window)
    layout.addWidget(stack)
    for _number in range(2):
        page = QWidget()
        page.setFocusProxy(QLineEdit(page))
        QLineEdit(page)
        stack.addWidget(page)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page_of(stack, 0).setFocus()
    yield stack  # while this frame has the window, which owns the stack


def page_of(stack: QStackedWidget, number: int) -> QWidget:
    """That page."""
    page = stack.widget(number)
    assert page is not None
    return page


def test_the_keyboard_takes_no_way_round(stack: QStackedWidget) -> None:
    had: list[QWidget] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(lambda _old, now: had.append(now) if now is not None else None)
    wanted = page_of(stack, 1).findChildren(QLineEdit)[1]
    turn_to(stack, page_of(stack, 1))
    wanted.setFocus()
    QApplication.processEvents()
    assert had == [wanted]


def test_the_page_has_the_keyboard_that_nobody_put_elsewhere(stack: QStackedWidget, qtbot: QtBot) -> None:
    turn_to(stack, page_of(stack, 1))
    proxy = page_of(stack, 1).focusProxy()
    assert proxy is not None
    qtbot.waitUntil(proxy.hasFocus)


def test_a_keyboard_that_is_elsewhere_stays(stack: QStackedWidget) -> None:
    button = stack.window().findChild(QPushButton)
    assert button is not None
    button.setFocus()
    turn_to(stack, page_of(stack, 1))
    QApplication.processEvents()
    assert button.hasFocus()
