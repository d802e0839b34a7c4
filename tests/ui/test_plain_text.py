"""What the user wrote is shown as it was written, everywhere: no markup, no pictures, no shortcuts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QMenu,
    QMessageBox,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.plain import label_text, show_in_a_box, tool_tip
from followup_desktop.ui.window.guide.book import Book
from followup_desktop.ui.window.guide.window import GuideWindow
from tests.scene import Shot, staged
from tests.screens import STATES
from tests.sources import trees_with
from tests.sweeps import swept

T = TypeVar("T")

MARK = '<b>bold</b> &amp; R&D <img src="file:///nowhere/probe.png">'
USERS_OWN = frozenset(
    {
        "employer", "role", "location", "source", "salary", "resume", "notes", "topics", "process", "note",
        "name", "title",
    }
)  # fmt: skip
_WITH_MORE = ("menu", "refused", "kept", "question", "trash", "guide", "duplicate", "many", "planned", "why")
SEEN = [name for name, state in STATES.items() if state.main or any(each in name for each in _WITH_MORE)]
"""Every view, and what comes over it: menus, refusals, hints, toasts."""
SHOT = Shot(ThemeChoice.LIGHT, 1280, 800)


def marked(value: T) -> T:
    """The facts with markup in all that the user writes."""
    if isinstance(value, tuple):
        return tuple(map(marked, value))  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in USERS_OWN and isinstance(found, str) and not isinstance(found, Enum) and found:
            changed[field.name] = f"{found} {MARK}"
        elif isinstance(found, tuple):
            changed[field.name] = marked(found)
    return replace(value, **changed)


@pytest.mark.parametrize("name", swept(SEEN, lambda name: STATES[name].main))
def test_no_view_takes_what_the_user_wrote_for_markup_or_a_shortcut(theme: Theme, name: str) -> None:
    state = STATES[name]
    with staged(replace(state, facts=lambda: marked(state.facts())), SHOT, theme):
        assert list(taken_for_something_else()) == []


def taken_for_something_else() -> Iterator[str]:
    """Every text of all windows that Qt would not show as it was written."""
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            yield from wrong_in(widget)


def wrong_in(widget: QWidget) -> Iterator[str]:
    where = type(widget).__name__
    if (
        isinstance(widget, QLabel)
        and widget.textFormat() != Qt.TextFormat.PlainText
        and "bold" in widget.text()
    ):
        yield f"{where}: {widget.text()}"
    if is_rendered(widget.toolTip()):
        yield f"tool tip of {where}: {widget.toolTip()}"
    if isinstance(widget, QAbstractButton) and is_shortcut(widget.text()):
        yield f"{where}: {widget.text()}"
    if isinstance(widget, QTextEdit) and "bold" in widget.toPlainText() and not widget.isReadOnly():
        yield f"{where} takes rich text"
    for action in widget.actions():
        shows_tips = isinstance(widget, QMenu) and widget.toolTipsVisible()
        if is_shortcut(action.text()) or (shows_tips and is_rendered(action.toolTip())):
            yield f"entry of {where}: {action.text()}"
    for text in (widget.accessibleName(), widget.accessibleDescription()):
        if "&&" in text or "&lt;" in text or "&amp;amp;" in text:
            yield f"what is read out of {where}: {text}"
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model():
        yield from wrong_in_model(widget.model(), where)


def wrong_in_model(model: QAbstractItemModel, where: str) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 200)):
        for column in range(columns):
            index: QModelIndex = model.index(row, column)
            tip = index.data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_rendered(tip):
                yield f"tool tip of a cell of {where}: {tip}"
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            if isinstance(spoken, str) and ("&lt;" in spoken or "&&" in spoken or "<span>" in spoken):
                yield f"what is read out of a cell of {where}: {spoken}"


def is_rendered(text: str) -> bool:
    """Whether a tool tip would be markup that the user wrote."""
    if "bold" not in text or not might_be_rich_text(text):
        return False
    document = QTextDocument()
    document.setHtml(text)
    return "<b>bold" not in document.toPlainText()


def might_be_rich_text(text: str) -> bool:
    """What Qt takes for rich text: what has, in its first line, a tag or ``&lt;``."""
    first_line = text.lstrip().partition("\n")[0]
    return re.search("</?[a-z]+[^>]*>|&lt;", first_line, re.IGNORECASE) is not None


def is_shortcut(text: str) -> bool:
    """Whether a button or an entry of a menu has its key in what the user wrote."""
    return re.search("R&(?!&)D", text) is not None


def test_the_eye_of_these_tests_sees_what_is_wrong(qtbot: QtBot) -> None:
    label, button = QLabel(MARK), QAbstractButtonWith(MARK)
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.setToolTip(f"<i>x</i> {MARK}")
        assert len(list(wrong_in(widget))) == 2


class QAbstractButtonWith(QAbstractButton):
    """A button with a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)

    def paintEvent(self, _event: object) -> None:
        """Nothing."""


def test_a_tool_tip_keeps_the_lines_of_its_text() -> None:
    document = QTextDocument()
    document.setHtml(tool_tip(f"one\n{MARK}"))
    assert document.toPlainText() == f"one\n{MARK}"
    assert tool_tip("") == ""


def test_a_label_shows_ampersands_and_has_no_shortcut_behind_a_tab() -> None:
    action = QAction(label_text("R&D\tF1"))
    assert action.text() == "R&&D F1"


def test_the_box_at_opening_shows_its_sentence_as_it_is(qtbot: QtBot) -> None:
    found: list[tuple[str, Qt.TextFormat]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        found.append((box.text(), box.textFormat()))
        box.accept()

    QTimer.singleShot(0, look)
    show_in_a_box(MARK)
    assert found == [(MARK, Qt.TextFormat.PlainText)]


def test_tool_tips_and_boxes_are_made_in_one_place() -> None:
    wrong = []
    for source, tree in trees_with("setToolTip", "setWhatsThis", "QMessageBox", "QToolTip", "QInputDialog"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in {"setToolTip", "setWhatsThis"} and not is_plain(node.args[0]):
                wrong.append(f"{source.name}:{node.lineno} {ast.unparse(node)}")
            if ast.unparse(node.func).startswith(("QMessageBox.", "QToolTip.", "QInputDialog.")):
                wrong.append(f"{source.name}:{node.lineno} {ast.unparse(node)}")
    assert [each for each in wrong if not each.startswith(("tray.py", "locked_start.py", "plain.py"))] == []


def is_plain(node: ast.expr) -> bool:
    """Whether an expression is nothing, or goes through ``tool_tip``."""
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    is_made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tool_tip"
    return is_made or (isinstance(node, ast.Constant) and node.value == "")


# The guide


@pytest.fixture
def guide(qtbot: QtBot, theme: Theme, tmp_path: Path) -> GuideWindow:
    """A guide whose page has markup in it, and pictures from here and elsewhere."""
    folder = tmp_path / "guide"
    (folder / "pictures").mkdir(parents=True)
    for picture in (folder / "pictures" / "own.png", tmp_path / "other.png"):
        looks = QTextBrowser().grab()
        assert looks.save(str(picture))
    (folder / "index.md").write_text("# <b>bold</b> &amp; R&D\n\n[a page](page.md)\n", "utf-8")
    (folder / "page.md").write_text(
        '# Page\n\n<b>bold</b> <img src="../other.png"> ![x](../other.png) ![y](pictures/own.png)\n', "utf-8"
    )
    window = GuideWindow(Book(folder), theme)
    qtbot.addWidget(window)
    window.open_page("page")
    return window


def test_the_guide_shows_no_html_and_no_picture_from_elsewhere(guide: GuideWindow, tmp_path: Path) -> None:
    assert '<b>bold</b> <img src="../other.png">' in guide.browser.toPlainText()
    image = QTextDocument.ResourceType.ImageResource.value
    assert guide.browser.loadResource(image, QUrl("pictures/own.png")) is not None
    for name in (
        "../other.png",
        str(tmp_path / "other.png"),
        QUrl.fromLocalFile(tmp_path / "other.png").toString(),
    ):
        assert guide.browser.loadResource(image, QUrl(name)) is None


def test_the_guide_is_searched_for_what_is_typed(guide: GuideWindow) -> None:
    for typed in (MARK, "<img src=x>", "<b>bold</b>"):
        guide.search.setText(typed)
        assert list(wrong_in(guide)) == []
        assert all(list(wrong_in(each)) == [] for each in guide.findChildren(QWidget))
    assert guide.contents.count() == 2
