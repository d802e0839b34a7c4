"""Menus that open on a row or below a button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.roles import PopupMenu


@pytest.mark.parametrize("pointer", ["elsewhere", "on the button", "where it opens"])
def test_the_first_entry_has_the_keyboard_unless_the_pointer_opened_the_menu(
    qtbot: QtBot, pointer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a screen reader says it, in place of nothing until the first arrow."""
    holder = QWidget()
    qtbot.addWidget(holder)
    button = Button("Log event")
    QVBoxLayout(holder).addWidget(button)
    holder.move(200, 200)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    button.setFocus()
    menu = PopupMenu(button)
    menu.addSeparator()
    menu.addAction("Not now").setEnabled(False)
    spoke = menu.addAction("Call: spoke")
    where = button.mapToGlobal(button.rect().bottomLeft())
    places = {
        "elsewhere": QPoint(5, 5),
        "on the button": button.mapToGlobal(button.rect().center()),
        "where it opens": where + QPoint(0, 1),
    }
    monkeypatch.setattr(QCursor, "pos", lambda: places[pointer])
    menu.popup(where)
    assert menu.isVisible()
    assert menu.activeAction() is (spoke if pointer == "elsewhere" else None)
    menu.close()
