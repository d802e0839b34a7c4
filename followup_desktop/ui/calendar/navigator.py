"""Going through the entries of a page by the keyboard, whichever part of the page they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

STEP_MINUTES = 15


class Stop(Protocol):
    """Something the keyboard stops at: an entry, or the button for those that found no room."""

    @property
    def key(self) -> str:
        """What identifies it while the page changes."""

    @property
    def day(self) -> date:
        """The day it stands in."""

    @property
    def at(self) -> datetime:
        """When it stands there, which orders it."""

    def set_current(self, current: bool) -> None:
        """Become, or no longer be, what the Tab key stops at."""

    @property
    def widget(self) -> QWidget:
        """What is shown and focused."""


class Navigator(QObject):
    """Keeps the current stop of a page and turns keys into wishes.

    Left and Right go to the day before and after that has entries, Up and Down through the entries in order.
    ``current_changed`` carries the current stop, when it is another, stands elsewhere or was gone to;
    ``nudged`` minutes and days by which the current entry is to move, ``turned`` pages to turn.
    """

    current_changed = Signal(object)
    nudged = Signal(str, int, int)
    day_wanted = Signal(object)
    turned = Signal(int)
    today_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[Stop, ...] = ()
        self._by_key: dict[str, Stop] = {}
        self._current: str | None = None
        self._marked: Stop | None = None
        """The stop that was told last that it is the current one."""
        self._stood: tuple[str, date, datetime] | None = None
        """Where the current one stood when it was told of last."""

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops in their order."""
        return self._stops

    @property
    def current(self) -> Stop | None:
        """Where the keyboard is, or would be."""
        return None if self._current is None else self._by_key.get(self._current)

    def set_stops(self, stops: Sequence[Stop], today: date) -> None:
        """Take these stops; the current one stays, or else the first of today or later becomes it."""
        self._stops = tuple(stops)
        self._by_key = {stop.key: stop for stop in self._stops}
        ahead = (stop for stop in self._stops if stop.day >= today)
        chosen = self.current or next(ahead, None) or next(iter(self._stops), None)
        self.select(chosen.key if chosen is not None else None)

    def select(self, key: str | None, *, focus: bool = False) -> None:
        """Make this the current stop."""
        self._current = key
        current, marked = self.current, self._marked
        if current is not marked:
            if marked is not None:
                marked.set_current(False)
            if current is not None:
                current.set_current(True)
            self._marked = current
        if current is not None:
            if focus:
                current.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            # Other entries may change around it: who scrolled elsewhere is left there.
            if focus or (current.key, current.day, current.at) != self._stood:
                self._stood = current.key, current.day, current.at
                self.current_changed.emit(current)

    def handle(self, event: QKeyEvent) -> bool:
        """Act on a key; tells whether it meant anything."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not control:
            self.turned.emit(-1 if key is Qt.Key.Key_PageUp else 1)
        elif key is Qt.Key.Key_Home and control:
            self.today_wanted.emit()
        elif key is Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            return self._handle_at_stop(key, control)
        return True

    def _handle_at_stop(self, key: Qt.Key, control: bool) -> bool:
        stop = self.current
        if stop is None:
            return False
        shifts = {
            Qt.Key.Key_Up: (-STEP_MINUTES, 0),
            Qt.Key.Key_Down: (STEP_MINUTES, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        if key in shifts:
            minutes, days = shifts[key]
            days = -days if stop.widget.isRightToLeft() else days
            if control:
                self.nudged.emit(stop.key, minutes, days)
            else:
                self._go(self._background(stop, days) if days else self._along(stop, minutes))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._stops[0 if key is Qt.Key.Key_Home else -1])
        elif key is Qt.Key.Key_D:
            self.day_wanted.emit(stop.day)
        else:
            return False
        return True

    def _go(self, stop: Stop | None) -> None:
        if stop is not None:
            self.select(stop.key, focus=True)

    def _along(self, stop: Stop, step: int) -> Stop | None:
        place = self._stops.index(stop) + (1 if step > 0 else -1)
        return self._stops[place] if 0 <= place < len(self._stops) else None

    def _background(self, stop: Stop, days: int) -> Stop | None:
        """The one nearest in time of day, in the nearest day on that side that has any."""
        side = [each for each in self._stops if (each.day - stop.day).days * days > 0]
        if not side:
            return None
        nearest = (max if days < 0 else min)(each.day for each in side)
        offset = stop.at - _midnight(stop)
        return min(
            (each for each in side if each.day == nearest),
            key=lambda each: abs((each.at - _midnight(each)) - offset),
        )


def _midnight(stop: Stop) -> datetime:
    return datetime(stop.day.year, stop.day.month, stop.day.day, tzinfo=stop.at.tzinfo)
