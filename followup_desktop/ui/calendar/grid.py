"""What weeks, months and days have in common: a list of entries, each where it belongs, that can be moved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.worktime import instant, local
from followup_desktop.i18n import format_number, set_apart
from followup_desktop.services.reading.calendar import CalendarDay, CalendarInterview, CalendarPage
from followup_desktop.ui.calendar.entry import EntryForm, EntryFrame, MoreButton
from followup_desktop.ui.calendar.navigator import Navigator, Stop
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.mirror import placed, reckoned
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.free_place import IS_READ
from followup_desktop.ui.kit.widgets.roles import ListFrame

LEAST_WIDTH = 220
"""So narrow a page may be, in pixels at the ordinary text size; what it lacks is not to be scrolled to."""


def entry_key(entry: Entry, day: date) -> str:
    """What identifies an entry in one of its days."""
    kind, name = ("interview", entry.id) if isinstance(entry, CalendarInterview) else ("follow-up", entry.key)
    return f"{kind} {name} {day.isoformat()}"


def start_of(entry: Entry) -> datetime:
    """When an entry begins, whichever day it is shown in."""
    return entry.starts_at if isinstance(entry, CalendarInterview) else entry.at


def moved_start(entry: Entry, shift: timedelta, zone_name: str) -> datetime:
    """When an entry begins once the user's clock was put on by ``shift`` for it."""
    wall = local(start_of(entry), zone_name).replace(tzinfo=None, fold=0) + shift
    return instant(wall, zone_name)


class EntryGrid(ListFrame):
    """A list of entries, one below or beside the other.

    ``moved`` carries an entry and the start that the user wants for it, ``day_wanted`` a day to open,
    ``add_wanted`` when an interview is to be added, ``carried_to`` the place over which an entry is held.
    """

    opened = Signal(object)
    moved = Signal(object, object)
    day_wanted = Signal(object)
    add_wanted = Signal(object)
    carried_to = Signal(QRect)
    rearranged = Signal()

    def __init__(
        self, theme: Theme, navigator: Navigator, name: str, form: EntryForm, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty(IS_READ, True)
        self.theme = theme
        self._navigator = navigator
        self._form = form
        self._frames: dict[str, EntryFrame] = {}
        self._more: dict[str, MoreButton] = {}
        self._order: list[str] = []
        self.page: CalendarPage | None = None
        self.texts: CalendarTexts | None = None

    def show_page(self, page: CalendarPage, texts: CalendarTexts) -> None:
        """Show these days."""
        self.page, self.texts = page, texts
        self._arrange_all()
        self.update()

    def stops(self) -> list[Stop]:
        """What the keyboard stops at, in the order of time."""
        found: list[Stop] = [*self._frames.values(), *self._more.values()]
        return sorted(found, key=lambda stop: (stop.day, isinstance(stop, MoreButton), stop.at, stop.key))

    def frames(self) -> tuple[EntryFrame, ...]:
        """The entries that are shown."""
        return tuple(self._frames.values())

    def relayout(self) -> None:
        """Put everything where it belongs, after the room, the type or the colours have changed."""
        if self.page is not None:
            self._arrange_all()
            self.update()

    @abstractmethod
    def arrange(self, page: CalendarPage, texts: CalendarTexts) -> Collection[str]:
        """Place the entries; returns the keys of those that are shown."""

    @abstractmethod
    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        """Where an entry carried to there would stand, and from when on its user's clock; None: nowhere."""

    @abstractmethod
    def empty_at(self, point: QPoint) -> datetime | None:
        """The wall time of an empty place, to add an interview there."""

    def _arrange_all(self) -> None:
        page, texts = self.page, self.texts
        if page is None or texts is None or any(frame.is_carried for frame in self._frames.values()):
            return
        kept = set(self.arrange(page, texts))
        for table in (self._frames, self._more):
            for key in [key for key in table if key not in kept]:
                widget: QWidget = table.pop(key)
                widget.hide()
                widget.deleteLater()
        stops = self.stops()
        order = [stop.key for stop in stops]
        if order != self._order:
            self._order = order
            for stop in stops:  # assistive technology reads children in the order in which they lie
                stop.widget.raise_()
            self.rearranged.emit()

    def put(self, entry: Entry, day: CalendarDay, area: QRect, texts: CalendarTexts) -> str:
        """Show an entry of a day there; returns its key."""
        key = entry_key(entry, day.day)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = EntryFrame(self.theme, self._form, key, self)
            frame.opened.connect(lambda: self.opened.emit(frame.entry))
            frame.focused.connect(self._navigator.select)
            frame.carried.connect(self._carry)
            frame.let_go.connect(self._let_go)
        frame.show_entry(entry, day.day, max(start_of(entry), day.starts_at), texts)
        frame.setGeometry(placed(area, self))
        frame.show()
        return key

    def put_more(self, hidden: int, label: str, day: CalendarDay, area: QRect, texts: CalendarTexts) -> str:
        """Show the button for so many of a day that are not shown; returns its key."""
        key = f"more {day.day.isoformat()}"
        button = self._more.get(key)
        if button is None:
            button = self._more[key] = MoreButton(key, self)
            button.clicked.connect(lambda: self.day_wanted.emit(button.day))
            button.focused.connect(self._navigator.select)
        name = f"{label}, {texts.long_day(day.day)}"
        width, count = button.fontMetrics().horizontalAdvance, format_number(hidden)
        fits = width(label) + self.theme.px(10) <= area.width()
        short = set_apart(f"+{count}") if width(f"+{count}") <= area.width() else count
        button.show_count(label if fits else short, name, day.day, day.ends_at)
        button.setGeometry(placed(area, self))
        button.show()
        return key

    def _carry(self, key: str, corner: QPoint) -> None:
        frame = self._frames[key]
        place = self.place_of(frame, self._reckoned(QRect(corner, frame.size())))
        if place is None or self.texts is None:
            frame.move(corner)
            frame.show_drop("")
            return
        area, wall = placed(place[0], self), place[1]
        frame.setGeometry(area)
        self.carried_to.emit(area)
        frame.show_drop(f"{self.texts.weekday(wall.date())} {self.texts.time(wall.time())}")

    def _let_go(self, key: str, dropped: bool) -> None:
        frame = self._frames[key]
        place = self.place_of(frame, self._reckoned(frame.geometry())) if dropped else None
        entry, was_at = frame.entry, frame.at
        self.relayout()
        if place is None or self.texts is None:
            return
        zone_name = self.texts.zone_name
        shift = place[1] - local(was_at, zone_name).replace(tzinfo=None, fold=0)
        if shift:
            self.moved.emit(entry, moved_start(entry, shift, zone_name))

    def _reckoned(self, area: QRect) -> QPoint:
        """The corner of an area at which its layout begins, as areas are reckoned."""
        return placed(area, self).topLeft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys go through the entries of the page, move them, and turn the page."""
        if not self._navigator.handle(event):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On an empty place: add an interview there."""
        wall = self.empty_at(reckoned(event.position().toPoint(), self))
        if wall is not None and self.texts is not None and event.button() is Qt.MouseButton.LeftButton:
            self.add_wanted.emit(instant(wall, self.texts.zone_name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()


def by_time(day: CalendarDay) -> list[Entry]:
    """Everything of a day by its start, interviews first."""
    entries: list[Entry] = [*day.interviews, *day.follow_ups]
    return sorted(entries, key=lambda e: (start_of(e), not isinstance(e, CalendarInterview)))


def wall_at(day: date, minute: int) -> datetime:
    """The wall time of a minute of the day; the 1440th is midnight of the next."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
