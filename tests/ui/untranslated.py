"""Which texts of a window, seen or spoken, went past the catalogue while the pseudo-locale is spoken."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QBuffer, QIODevice, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from followup_desktop.domain.places import region_names
from followup_desktop.services.wording.formats import city
from followup_desktop.ui.kit.widgets.quote import Quote
from followup_desktop.ui.kit.widgets.roles import HeardLine
from tests.pseudo_locale import english_words

ROWS = 40
"""So many rows of a list are looked at."""

SHORTEST = 3
"""Shorter texts of the user's may be a part of any word."""

_TYPED = (QLineEdit, QPlainTextEdit, QTextEdit)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:\w+|[^\s\w])|\b(?:Enter|Del|Esc|F\d+|https)\b")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|/\S*/tmp\w+|\$\w+")


def words_of(data: object) -> Iterator[str]:
    """Every text in these facts, however deep."""
    if isinstance(data, str):
        yield from (part for part in (data, *data.splitlines()) if part.strip())
        if "/" in data:
            yield city(data)
        country, _hyphen, region = data.partition("-")
        if region in region_names(country):
            yield region_names(country)[region]
        if "://" in data:
            address = data.partition("://")[2]
            yield from (address, address.partition("/")[0])
    elif is_dataclass(data) and not isinstance(data, type):
        for each in fields(data):
            yield from words_of(getattr(data, each.name))
    elif isinstance(data, dict):
        yield from words_of(tuple(data.values()))
    elif isinstance(data, tuple | list | frozenset | set):
        for each in data:
            yield from words_of(each)


def untranslated(window: QWidget, data: Collection[str]) -> Iterator[str]:
    """The place, the text, and the words in it that are neither of the catalogue nor of the ``data``."""
    known = {*data}
    tops = [top for top in QApplication.topLevelWidgets() if top is window or top.isVisible()]
    for top in tops:
        for widget in (top, *top.findChildren(QWidget)):
            if isinstance(widget, _TYPED):
                known.update(words_of(_typed(widget)))
            elif isinstance(widget, Quote):  # a letter has the language of its template
                known.add(widget.accessibleDescription())
    pieces = sorted((piece for piece in known if len(piece) >= SHORTEST), key=len, reverse=True)
    known_words = _Words(pieces)
    for top in tops:
        for place, text in _texts(top):
            if words := _strange(text, pieces):
                yield f"{place}: {text!r} has {', '.join(words)}"
        for text in drawn(top) if top.isVisible() else ():
            # Of something typed only a line, or the begin of one, may stand there.
            words = [word for word in _strange(text, pieces) if not known_words.has(word, text)]
            if words:
                yield f"drawn in {type(top).__name__}: {text!r} has {', '.join(words)}"


def drawn(top: QWidget) -> Iterator[str]:
    """Every text that is painted in it, by whatever paints it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(top.size())
    painter = QPainter(picture)
    top.render(painter, QPoint())
    painter.end()
    for text in re.findall(r"<text[^>]*>(.*?)</text>", bytes(buffer.data().data()).decode(), re.DOTALL):
        yield html.unescape(text).strip()


def _texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """What the widgets of a window say, and where."""
    for widget in (top, *top.findChildren(QWidget)):
        place = f"{type(widget).__name__} {widget.objectName()}".strip()
        found = {
            "tool tip": widget.toolTip(),
            "name": widget.accessibleName(),
            "description": widget.accessibleDescription(),
            "title": widget.windowTitle(),
        }
        if isinstance(widget, QLabel | QAbstractButton) and not _is_qts(widget):
            found["text"] = widget.text().replace("\n", " ")  # a narrow check box breaks its line
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            found["hint"] = widget.asked if isinstance(widget, HeardLine) else widget.placeholderText()
        if isinstance(widget, QMenu):
            found["menu"] = widget.title()
        for what, text in found.items():
            if text:
                yield f"{place}'s {what}", text
        if isinstance(widget, QComboBox):
            yield from ((f"{place}'s choice", widget.itemText(n)) for n in range(min(widget.count(), ROWS)))
        elif isinstance(widget, QAbstractItemView):
            yield from ((f"{place}'s {what}", text) for what, text in _of_model(widget.model()))
    for action in top.findChildren(QAction):
        yield from ((f"action's {what}", text) for what, text in _of_action(action) if text)


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    if not isinstance(action.parent(), _TYPED):
        yield "text", action.text().partition("\t")[0]
        yield "tool tip", action.toolTip()
        yield "status", action.statusTip()


def _of_model(model: QAbstractItemModel | None) -> Iterator[tuple[str, str]]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        for role in _ROLES:
            heading: Any = model.headerData(column, Qt.Orientation.Horizontal, role)
            if isinstance(heading, str):
                yield "heading", heading
            for row in range(min(model.rowCount(QModelIndex()), ROWS)):
                text: Any = model.data(model.index(row, column), role)
                if isinstance(text, str):
                    yield f"cell of column {column}", text


def _is_qts(widget: QWidget) -> bool:
    """Whether its words are Qt's own, which come from the catalogue of Qt."""
    return isinstance(widget.parentWidget(), QDialogButtonBox)


def _typed(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit | QTextEdit) else ""


class _Words:
    """The words of what the user typed."""

    def __init__(self, pieces: Collection[str]) -> None:
        self._words = {word for piece in pieces for word in english_words(piece)}

    def has(self, word: str, text: str) -> bool:
        """Whether it is one of them, or in a text that had no room the begin of one."""
        return word in self._words or ("…" in text and any(each.startswith(word) for each in self._words))


def _strange(text: str, pieces: Sequence[str]) -> list[str]:
    """The words in a text that are of no known language."""
    plain = _KEYS.sub(" ", html.unescape(_MARKUP.sub(" ", text)))
    words = english_words(plain, pieces)
    # Of something typed only the begin, or one line, may have had room.
    rest = plain.strip("\u200e… ")
    if not words or any(rest in piece for piece in pieces):
        return []
    for cut in re.findall(r"([^…]*)…", plain):
        starts = (cut[place.start() :].strip() for place in re.finditer(r"(?<!\w)\w", cut))
        if known := next((start for start in starts if any(start in piece for piece in pieces)), ""):
            words = english_words(plain.replace(f"{known} …", " ").replace(f"{known}…", " "), pieces)
    return words
