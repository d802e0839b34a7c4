"""The chain that the Tab key goes by: it is walked without changing whose a widget is, and put in order."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from followup_desktop.ui.kit.widgets.placing import focus_chain, read_as_placed


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


def bar(around: QWidget) -> QWidget:
    """Two buttons in something that has no keyboard itself."""
    made = QWidget(around)
    for _number in range(2):
        QPushButton(made)
    return made


def row(around: QWidget) -> QWidget:
    """What has the keyboard itself, with a choice, whose list is a window, and a button that comes before."""
    made = QFrame(around)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    choice = QComboBox(made)
    choice.view()
    button = QPushButton(made)
    for before, after in pairwise((made, button, choice)):
        QWidget.setTabOrder(before, after)
    return made


def stops(parts: list[QWidget]) -> list[QWidget]:
    """Where Tab is to stop within these, from the first to the last."""
    found: list[QWidget] = []
    for part in parts:
        inner = part.findChildren(QPushButton) + part.findChildren(QComboBox)
        found += [each for each in (part, *inner) if each.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    return found


@pytest.mark.parametrize("seed", range(20))
def test_tab_and_assistive_technology_follow_whatever_comes_goes_and_moves(
    seed: int, qapp: QApplication
) -> None:
    random, makers = Random(seed), (bar, row, QPushButton, QLabel)
    window = QWidget()
    around = QWidget(window)
    first, last = QPushButton(window), QPushButton(window)
    for before, after in pairwise((first, around, last)):
        QWidget.setTabOrder(before, after)
    column = QVBoxLayout(around)
    parts: list[QWidget] = []
    for _round in range(8):
        for part in random.sample(parts, min(len(parts), random.randrange(4))):
            parts.remove(part)
            delete(part)
        for _part in range(random.randrange(5)):
            parts.insert(random.randint(0, len(parts)), random.choice(makers)(around))
        for _move in range(random.randrange(4)):
            if parts:
                parts.insert(random.randrange(len(parts)), parts.pop(random.randrange(len(parts))))
        while column.takeAt(0) is not None:
            pass
        for part in parts:
            column.addWidget(part)
        read_as_placed(column)
        wanted = stops(parts)
        chain = [stop for stop in focus_chain(window) if stop in wanted]
        assert chain == wanted
        assert [child for child in around.children() if child in parts] == parts
    delete(window)
