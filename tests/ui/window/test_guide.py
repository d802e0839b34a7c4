"""The guide in the program: pages, search, back, links, and what F1 opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.window.guide.book import CONTENTS, Book, anchor_of, guide_folder
from followup_desktop.ui.window.guide.window import GuideWindow
from followup_desktop.ui.window.help import WELCOME
from followup_desktop.ui.window.views import VIEWS
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk


@pytest.fixture
def book() -> Book:
    return Book(guide_folder())


@pytest.fixture
def guide(qtbot: QtBot, theme: Theme, book: Book) -> GuideWindow:
    window = GuideWindow(book, theme)
    qtbot.addWidget(window)
    window.open_page("index")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def titles(guide: GuideWindow) -> list[str]:
    return [guide.contents.item(row).text() for row in range(guide.contents.count())]


def test_every_file_is_in_the_contents(book: Book) -> None:
    assert {page.name for page in book.pages} == {path.stem for path in guide_folder().glob("*.md")}
    assert all(page.title and not page.title.startswith("#") for page in book.pages)


LANGUAGES = sorted(guide_folder().parent.iterdir())


@tabled("folder", LANGUAGES)
@tabled("about", [WELCOME, *(row.name for row in VIEWS)])
def test_every_view_has_its_page_and_heading_in_every_language(folder: Path, about: str) -> None:
    book = Book(folder)
    name, anchor = book.place(about)
    page = book.page(name)
    assert page is not None, name
    assert name != CONTENTS
    headings = re.findall(r"^#+ (.+)$", page.text, re.MULTILINE)
    assert not anchor or anchor in map(anchor_of, headings)


def test_what_the_contents_keep_for_the_program_is_not_read(guide: GuideWindow) -> None:
    contents = guide_folder() / f"{CONTENTS}.md"
    assert "[board]: " in contents.read_text("utf-8")
    assert "board]" not in guide.browser.toPlainText()


def test_search_lists_the_pages_with_all_words(guide: GuideWindow, book: Book) -> None:
    assert len(titles(guide)) == len(book.pages)
    QTest.keyClicks(guide.search, "MONDAY weekends")
    assert "Calls and their rules" not in titles(guide)
    assert titles(guide)[0] == "The ten tips"
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.page == "tips"
    assert guide.browser.textCursor().selectedText().casefold() == "monday"
    guide.search.setText("xylophone")
    assert guide.nothing.isVisible()
    assert not guide.contents.isVisible()


def test_search_does_not_find_addresses(book: Book) -> None:
    assert not book.found("import-and-export.md")
    assert book.found("import")


def test_back_returns_to_where_the_page_was_left(guide: GuideWindow) -> None:
    assert not guide.back.isEnabled()
    guide.open_page("tips")
    bar = guide.browser.verticalScrollBar()
    bar.setValue(bar.maximum())
    left = bar.value()
    assert left > 0
    guide.browser.anchorClicked.emit(QUrl("calls-and-rules.md"))
    assert guide.page == "calls-and-rules"
    QTest.keyClick(guide, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.page == "tips"
    assert bar.value() == left
    guide.back.click()
    assert guide.page == "index"
    assert not guide.back.isEnabled()


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.example/tips.md",
        "file:///etc/passwd",
        "../README.md",
        "missing.md",
        "mailto:a@b.example",
    ],
)
def test_links_lead_nowhere_else(guide: GuideWindow, address: str) -> None:
    guide.browser.anchorClicked.emit(QUrl(address))
    assert guide.page == "index"
    assert "The guide" in guide.browser.toPlainText()


def test_the_title_says_which_page_is_read(guide: GuideWindow) -> None:
    assert guide.windowTitle() == "The guide — Follow Up guide"
    guide.browser.anchorClicked.emit(QUrl("calls-and-rules.md#they-said-no"))
    assert guide.windowTitle() == "Calls and their rules — Follow Up guide"
    guide.go_back()
    assert guide.windowTitle() == "The guide — Follow Up guide"


def test_a_page_opens_at_a_heading(guide: GuideWindow) -> None:
    guide.open_page("calls-and-rules", "no-answer")
    assert guide.browser.textCursor().block().text() == "No answer"


def test_a_link_leads_to_a_heading(guide: GuideWindow) -> None:
    guide.browser.anchorClicked.emit(QUrl("calls-and-rules.md#they-said-no"))
    assert guide.browser.textCursor().block().text() == "They said no"


def test_another_look_keeps_the_place(guide: GuideWindow, theme: Theme) -> None:
    guide.open_page("tips")
    bar = guide.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    left = bar.value()
    theme.choose(ThemeChoice.DARK)
    assert bar.value() == left
    assert guide.browser.textCursor().position() == 0
    theme.choose(ThemeChoice.LIGHT)


def test_pictures_fit_the_page(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.open_page("today")
    for width in (880, 520):
        guide.resize(width, 600)
        bar = guide.browser.horizontalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() == 0)  # type: ignore[misc]


def test_headings_and_links_are_told_of_where_the_keyboard_comes_to_them(guide: GuideWindow) -> None:
    guide.open_page("calls-and-rules")
    page, voice = guide.browser, Announcer.of(guide.browser)
    assert page.accessibleName() == "Calls and their rules"
    page.setFocus()
    found: list[str] = []
    for _step in range(3):
        QTest.keyClick(page, Qt.Key.Key_H)
        voice.speak()
        found.append(page.textCursor().block().text())
        assert voice.said[-1] == f"{found[-1]}, heading level 2."
    assert len(set(found)) == 3
    QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert page.textCursor().block().text() == found[1]
    guide.open_page("index")
    QTest.keyClick(page, Qt.Key.Key_Tab)
    voice.speak()
    assert page.textCursor().charFormat().anchorHref()
    assert voice.said[-1] == f"{page.textCursor().selectedText()}, link."


def test_another_page_is_told_by_its_heading(guide: GuideWindow) -> None:
    page, voice = guide.browser, Announcer.of(guide.browser)
    page.setFocus()
    for address, told in (
        ("calls-and-rules.md#they-said-no", "They said no, heading level 2."),
        ("tips.md", "The ten tips, heading level 1."),
    ):
        page.anchorClicked.emit(QUrl(address))
        voice.speak()
        assert voice.said[-1] == told
    guide.go_back()
    voice.speak()
    assert voice.said[-1] == "Calls and their rules."
    assert page.textCursor().block().text() == "They said no", "where it was left"


def test_escape_closes_it(guide: GuideWindow) -> None:
    QTest.keyClick(guide.browser, Qt.Key.Key_Escape)
    assert not guide.isVisible()


@pytest.mark.parametrize(
    ("view", "page"), [("today", "today"), ("board", "applications"), ("settings", "settings")]
)
def test_f1_opens_the_page_on_the_view(qtbot: QtBot, theme: Theme, desk: Desk, view: str, page: str) -> None:
    desk.put(situations.twelve())
    window = desk.window(theme)
    qtbot.addWidget(window)
    trigger: Callable[[], None] = window.actions_["guide"].trigger
    window.show_view(view)
    trigger()
    assert window.help.guide.page == page
    window.actions_["tips"].trigger()
    assert window.help.guide.page == "tips"
    window.help.guide.close()
