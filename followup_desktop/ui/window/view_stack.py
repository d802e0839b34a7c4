"""The views of the window, each made when it is first shown: a start costs the one that is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QListView, QScrollBar, QStackedWidget, QWidget

from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import Request
from followup_desktop.ui.kit.turning import turn_to
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.window.views import VIEWS, row_of

Scrolls: TypeAlias = "Mapping[str, Sequence[int]]"
"""How far the parts of a view are scrolled down, by their kind."""


class ViewStack(QStackedWidget):
    """One view at a time. ``made`` tells of a view that was just made."""

    made = Signal(View)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages: dict[str, View] = {}
        self._scrolls: dict[str, Scrolls] = {}

    @property
    def shown(self) -> View | None:
        """The view that is shown, if it is one."""
        page = self.currentWidget()
        return page if isinstance(page, View) else None

    @property
    def name(self) -> str | None:
        """Its name."""
        return self.shown.name if self.shown is not None else None

    def page(self, name: str) -> View:
        """The view of this name, made if it has not been."""
        if name not in self._pages:
            page = self._pages[name] = row_of(name).load()(self._context, self)
            self.addWidget(page)
            self.made.emit(page)
        return self._pages[name]

    def show_view(self, name: str) -> View:
        """Show that view."""
        page = self.page(name)
        turn_to(self, page)
        page.catch_up()  # a window that is hidden, as in the tray, shows it to nobody yet
        if name in self._scrolls:
            QTimer.singleShot(0, page, partial(_scroll, page, self._scrolls.pop(name)))
        return page

    def refresh(self, changes: ChangesLike | None) -> None:
        """Tell every view that was made what differs."""
        for page in self._made():
            page.refresh(changes)

    def refresh_unseen(self) -> None:
        """Have every view but the one that is seen show everything anew when it is next shown."""
        for page in self._made():
            if page is not self.shown:
                page.refresh()

    def pass_time(self, now: datetime) -> None:
        """Show the times of the view that is seen as they are now."""
        if self.shown is not None:
            self.shown.pass_time(now)

    def flush(self) -> None:
        """Save what is being typed in the view that is seen; a view that is left has saved it."""
        if self.shown is not None:
            self.shown.flush()

    def places(self) -> list[Request]:
        """What leads to what is selected in each of the views that were made."""
        return [place for page in self._made() if (place := page.place()) is not None]

    def scrolls(self) -> dict[str, Scrolls]:
        """How far the parts of each view that was made are scrolled down, by the name of the view."""
        return {
            page.name: {kind: [bar.value() for bar in bars] for kind, bars in _bars(page).items()}
            for page in self._made()
        }

    def scroll_again(self, scrolls: Mapping[str, Scrolls]) -> None:
        """Scroll each view so when it is shown next."""
        self._scrolls = dict(scrolls)

    def keep_states(self) -> None:
        """Keep how the views that were made are arranged."""
        for page in self._made():
            page.keep_state()

    def _made(self) -> list[View]:
        return [self._pages[row.name] for row in VIEWS if row.name in self._pages]


def _bars(page: View) -> dict[str, list[QScrollBar]]:
    """The scroll bars of a view's parts, by the kind of these; lists that open are made when they do."""
    found: dict[str, list[QScrollBar]] = {}
    for area in page.findChildren(QAbstractScrollArea):
        found.setdefault(type(area).__name__, []).append(area.verticalScrollBar())
    found.pop(QListView.__name__, None)
    return found


def _scroll(page: View, values: Scrolls) -> None:
    for kind, bars in _bars(page).items():
        for bar, value in zip(bars, values.get(kind, ()), strict=False):
            if value:
                bar.setValue(value)
