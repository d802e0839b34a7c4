"""The sentence at the foot of the window leaves free what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.toast import Toast


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def test_it_stands_above_a_field_at_the_foot_that_gets_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    QLineEdit(window).setGeometry(100, 20, 600, 40)  # has the keyboard at first
    field = QLineEdit(window)
    field.setGeometry(100, 540, 600, 40)
    toast = Toast(theme, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    toast.say("Added the reminder", can_undo=True)
    assert toast.geometry().intersects(place_of(field, window))
    field.setFocus()  # as a view does that is shown after something was said
    qtbot.waitUntil(lambda: not toast.geometry().intersects(place_of(field, window)))
    assert window.rect().contains(toast.geometry())


def test_over_a_large_part_it_stays_at_the_foot(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    text = QTextEdit(window)
    text.setGeometry(0, 100, 800, 500)
    toast = Toast(theme, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    text.setFocus()
    toast.say("Saved", can_undo=False)
    assert toast.geometry().bottom() > 560
