"""On a wide screen a page keeps its width, and its buttons stay beside what they act on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.window.guide.book import Book, guide_folder
from followup_desktop.ui.window.guide.window import GuideWindow
from tests.scene import Shot, staged
from tests.screens import STATES

WIDE = Shot(ThemeChoice.LIGHT, 1920, 1080)


@pytest.mark.parametrize(
    ("name", "widest"),
    [("compose-thank-you", 1140), ("debrief-planned", 820), ("people", 1490), ("settings", 1020)],
)
def test_a_page_is_no_wider_than_can_be_read(theme: Theme, name: str, widest: int) -> None:
    with staged(STATES[name], WIDE, theme) as window:
        page = window.pages.currentWidget()
        assert page is not None
        reach = {part.accessibleName(): right_edge(part, page) for part in page.findChildren(QAbstractButton)}
        assert reach
        assert {button: right for button, right in reach.items() if right > theme.px(widest)} == {}
        assert page.width() > theme.px(1600)


def test_a_page_of_the_guide_is_no_wider_than_can_be_read(theme: Theme, qtbot: QtBot) -> None:
    guide = GuideWindow(Book(guide_folder()), theme)
    qtbot.addWidget(guide)
    guide.resize(1920, 1000)
    guide.show()
    browser = guide.findChild(QTextBrowser)
    assert browser is not None
    assert browser.width() <= theme.px(780)
    assert browser.mapTo(guide, QPoint()).x() < theme.px(400)


def right_edge(part: QWidget, page: QWidget) -> int:
    """Where it ends, in the page's coordinates; 0 for what can't be seen."""
    return part.mapTo(page, part.rect().topRight()).x() if part.isVisibleTo(page) else 0
