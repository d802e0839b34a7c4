"""The chain that the Tab key goes by is walked without changing whose a widget is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from followup_desktop.ui.kit.widgets.placing import focus_chain


def test_a_part_that_goes_takes_nothing_with_it_that_came_after_it(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menu = window.menuBar().addMenu("Made by Qt, which tells Python nothing of its end")
    middle = QWidget()
    window.setCentralWidget(middle)
    buttons = [QPushButton(text) for text in ("first", "second", "third")]
    column = QVBoxLayout(middle)
    for button in buttons:
        column.addWidget(button)

    assert [part for part in focus_chain(middle) if part in buttons] == buttons
    assert window in focus_chain(middle)

    for button in buttons:
        button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert isValid(menu)
    assert menu.title().startswith("Made by Qt")
