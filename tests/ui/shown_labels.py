"""What the program shows as the name of something: read from real widgets, in every state for pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QMenu,
    QWidget,
)

from followup_desktop.services.rows.figures import Chart
from followup_desktop.ui.applications.interviews import InterviewSection
from followup_desktop.ui.insights.view import InsightsView
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests.scene import Shot, staged
from tests.screens import STATES

_SENTENCE = re.compile(r"[.!]( |$)|: ")
_MORE_OF_THE_SAME = re.compile(
    r"(?<![a-z])(500|long|many|one|some|clash|clocks|refused|kept|gone|nothing|nobody|alike|filtered|down|two|unfolded|end|paused|moved|ahead|"
    r"tray|skipped|copy|clash|address|organiser|search)$"
)
"""States that show no other names than the ones beside them."""

_TELLING = (
    *("debrief", "settings-notifications", "quick-add-suggestions", "today-missed", "today-interview-join"),
    *("today", "today-late", "interview-new", "settings-preview", "settings-phone", "settings-data"),
    *("email-answer", "insights", "problem", "import-asked", "compose-thank-you"),
)
"""States tried first: these few of a hundred show all that the pages name, in a fifth of the time."""


def not_shown(named: Iterable[str], theme: Theme) -> frozenset[str]:
    """Which of these labels no state shows.

    A label is taken as it is read: without the mark of a key, and the dots of what asks on. States are
    shown until all are found.
    """
    missing = set(named)
    states = {name: state for name, state in STATES.items() if not _MORE_OF_THE_SAME.search(name)}
    for state in (states[name] for name in sorted(states, key=lambda name: name not in _TELLING)):
        if not missing:
            break
        with staged(state, Shot(ThemeChoice.LIGHT, 1280, 800), theme):
            for top in QApplication.topLevelWidgets():
                missing.difference_update(map(as_read, _labels_of(top)))
    return frozenset(missing)


def as_read(label: str) -> str:
    """A label without what only says how it is chosen."""
    return re.sub(r"&(?=\S)", "", label).removesuffix("…").removesuffix(" ▾").strip()


def _labels_of(top: QWidget) -> Iterator[str]:
    for action in top.findChildren(QAction):
        yield action.text()
    for widget in (top, *top.findChildren(QWidget)):
        if isinstance(widget, QLabel):
            if not _SENTENCE.search(widget.text()):  # a sentence is no name
                yield widget.text()
        elif isinstance(widget, InterviewSection):
            yield from _of_menus(widget)
        elif isinstance(widget, InsightsView):
            yield from _of_pictures(widget)
        elif isinstance(widget, QAbstractButton):
            yield from (widget.text(), widget.accessibleName())
        elif isinstance(widget, QMenu | QGroupBox):
            yield widget.title()
            yield from (action.text() for action in widget.actions())
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(each) for each in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _headings(widget.model())
        if not isinstance(widget, QLabel):
            yield widget.accessibleName()


def _of_menus(section: InterviewSection) -> Iterator[str]:
    """The menus of the interviews, and those they would have once cancelled."""
    for row in section.model.rows:
        for cancelled in (False, True):
            menu = section.actions_of(replace(row, cancelled=cancelled))
            yield from (action.text() for action in menu.actions())
            menu.deleteLater()


def _of_pictures(view: InsightsView) -> Iterator[str]:
    """The menus of the pictures, made when they are opened."""
    for chart in Chart:
        menu = view.menu(chart)
        yield from (action.text() for action in menu.actions())
        menu.deleteLater()


def _headings(model: QAbstractItemModel) -> Iterator[str]:
    for column in range(_columns(model)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
