"""What weeks, months and days have in common: a list of entries, each where it belongs, that can be moved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.worktime import instant, local
from followup_desktop.i18n import format_number, ngettext, set_apart
from followup_desktop.services.reading.calendar import CalendarDay, CalendarInterview, CalendarPage
from followup_desktop.ui.calendar.days import DayHead
from followup_desktop.ui.calendar.drawing import EntryBrush, EntryForm
from followup_desktop.ui.calendar.entry import EntryFrame, EntryHolder, MoreButton
from followup_desktop.ui.calendar.navigator import Navigator, Stop
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.mirror import mirrored, placed, reckoned
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.free_place import IS_READ

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


class EntryPlace:
    """Where an entry of a day stands; ``key`` identifies it in its grid, by ``when`` it comes."""

    __slots__ = ("area", "day", "entry", "key", "when")

    def __init__(self, entry: Entry, day: CalendarDay, area: QRect) -> None:
        self.entry = entry
        self.day = day
        self.area = area
        self.key = entry_key(entry, day.day)
        self.when = day.day, max(start_of(entry), day.starts_at)


class MorePlace:
    """Where the button stands for so many of a day that aren't shown; ``at`` for those about that instant."""

    __slots__ = ("area", "at", "day", "hidden", "key", "when")

    def __init__(self, hidden: int, day: CalendarDay, area: QRect, at: datetime | None = None) -> None:
        self.hidden = hidden
        self.day = day
        self.area = area
        self.at = at
        about = "" if at is None else f" {at.isoformat()}"
        self.key = f"more {day.day.isoformat()}{about}"
        self.when = day.day, at or day.ends_at


Place: TypeAlias = EntryPlace | MorePlace


W = TypeVar("W", bound=QWidget)


class WidgetPool(Generic[W]):
    """Widgets that serve again, hidden until then: to make one and put its look on takes 0.2 ms."""

    def __init__(self) -> None:
        self._spare: list[W] = []

    def serve(self, shown: Mapping[str, W], keys: Collection[str], make: Callable[[], W]) -> dict[str, W]:
        """A widget for each of these keys: the one that has it, or one that was left over, or a new one.

        One that the keyboard is on serves nothing else, for nobody would be told that it does.
        """
        wanted = set(keys)
        gone = [widget for key, widget in shown.items() if key not in wanted]
        free = [widget for widget in gone if not widget.hasFocus()] + self._spare
        found = {key: shown[key] if key in shown else free.pop(0) if free else make() for key in keys}
        self._spare = free
        for widget in gone:
            if widget.hasFocus():
                widget.hide()
                widget.deleteLater()
        for widget in free:
            widget.hide()
        return found


class EntryGrid(EntryHolder):
    """A list of entries, one below or beside the other, which it paints.

    ``moved`` carries an entry and the start that the user wants for it, ``day_wanted`` a day to open,
    ``add_wanted`` when an interview is to be added, ``carried_to`` the place over which an entry is held.
    ``short`` tells that there is room for more than the page has.
    """

    opened = Signal(object)
    moved = Signal(object, object)
    day_wanted = Signal(object)
    add_wanted = Signal(object)
    carried_to = Signal(QRect)
    rearranged = Signal()
    short = Signal()

    def __init__(
        self, theme: Theme, navigator: Navigator, name: str, form: EntryForm, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty(IS_READ, True)
        self.theme = theme
        self._brush = EntryBrush(theme)
        self._navigator = navigator
        self._form = form
        self._frames: dict[str, EntryFrame] = {}
        self._more: dict[str, MoreButton] = {}
        self._entry_pool: WidgetPool[EntryFrame] = WidgetPool()
        self._button_pool: WidgetPool[MoreButton] = WidgetPool()
        self._places: dict[date, tuple[Hashable, Sequence[Place]]] = {}
        """Where the entries of a day stand, and what this went by: an edit changes one day of seven."""
        self._placed: dict[str, Place] = {}
        """What stands where it is to be, by its key."""
        self._order: list[str] = []
        self._stops: list[Stop] = []
        self._carried = ""
        """The key of the entry that the pointer carries."""
        self.page: CalendarPage | None = None
        self.texts: CalendarTexts | None = None

    def show_page(self, page: CalendarPage, texts: CalendarTexts) -> None:
        """Show these days; what lies below the entries is painted only where it is another."""
        before, self.page, self.texts = self.page, page, texts
        self._arrange_all()
        if before is None or self.ground(before) != self.ground(page):
            self.update()

    def stops(self) -> list[Stop]:
        """What the keyboard stops at, in the order of time; at the same time as it is seen.

        It's the same list as before, if nothing else is there.
        """
        return self._stops

    def frames(self) -> tuple[EntryFrame, ...]:
        """The entries that are shown."""
        return tuple(self._frames.values())

    def buttons(self) -> tuple[MoreButton, ...]:
        """The buttons for entries that found no room."""
        return tuple(self._more.values())

    def relayout(self) -> None:
        """Put everything where it belongs, after the room, the type or the colours have changed."""
        self._places.clear()
        if self.page is not None:
            self._arrange_all()
            self.update()

    def prepare(self, page: CalendarPage, texts: CalendarTexts) -> None:
        """Make ready for the entries of these days."""

    @abstractmethod
    def room_of(self, number: int) -> Hashable:
        """What the places in a day go by, by its number, other than the day and the size of text."""

    @abstractmethod
    def place_day(self, number: int, day: CalendarDay) -> Sequence[Place]:
        """Where the entries of a day stand that are shown, and the buttons for the others."""

    def arrange(self, page: CalendarPage) -> list[Place]:
        """Where everything stands; what stood there before is the same place."""
        before, self._places = self._places, {}
        for number, day in enumerate(page.days):
            asked = (day, self.room_of(number), page.zone_name, self.theme.sizes)
            known = before.get(day.day)
            if known is None or known[0] != asked:
                known = asked, self.place_day(number, day)
            self._places[day.day] = known
        return [place for _asked, places in self._places.values() for place in places]

    def ground(self, page: CalendarPage) -> object:
        """What is painted below the entries, as far as it goes by the page."""
        marks = [(d.day, d.is_weekend, d.holiday, d.is_away, d.clock_change) for d in page.days]
        return page.today, page.zone_name, marks

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.page is None or self.texts is None:
            return
        painter = QPainter(self)
        mirrored(painter, self.rect())
        self.paint_ground(painter, self.page, self.texts)
        self._brush.begin(painter)
        region, is_turned = event.region(), self.isRightToLeft()
        for part in self._painted():
            area = part.geometry()
            if region.intersects(area):
                part.paint(self._brush, placed(area, self) if is_turned else area)
        painter.end()

    @abstractmethod
    def paint_ground(self, painter: QPainter, page: CalendarPage, texts: CalendarTexts) -> None:
        """Paint what lies below the entries."""

    def _painted(self) -> Iterable[EntryFrame | MoreButton | DayHead]:
        """What is painted upon the ground, the last above all else."""
        frames: Iterable[EntryFrame] = self._frames.values()
        if self._carried:
            above = self._frames[self._carried]
            frames = [*(frame for frame in frames if frame is not above), above]
        return chain(self.heads(), self._more.values(), frames)

    def heads(self) -> Sequence[DayHead]:
        """The heads of days that are shown among the entries."""
        return ()

    @abstractmethod
    def place_of(self, frame: EntryFrame, corner: QPoint) -> tuple[QRect, datetime] | None:
        """Where an entry carried to there would stand, and from when on its user's clock; None: nowhere."""

    @abstractmethod
    def empty_at(self, point: QPoint) -> datetime | None:
        """The wall time of an empty place, to add an interview there."""

    def _arrange_all(self) -> None:
        page, texts = self.page, self.texts
        if page is None or texts is None or self._carried:
            return
        if self.is_short(page):
            self.short.emit()
            return
        self.prepare(page, texts)
        places = {place.key: place for place in self.arrange(page)}
        before, self._placed = self._placed, places
        if before.keys() == places.keys() and all(before[key] is place for key, place in places.items()):
            return
        new = [place for key, place in places.items() if before.get(key) is not place]
        entries = [key for key, place in places.items() if isinstance(place, EntryPlace)]
        self._frames = self._entry_pool.serve(self._frames, entries, self._new_frame)
        buttons = [key for key, place in places.items() if isinstance(place, MorePlace)]
        self._more = self._button_pool.serve(self._more, buttons, self._new_button)
        for place in new:
            if isinstance(place, EntryPlace):
                self._show_entry(place, texts)
            else:
                self._show_more(place, texts)
        parts: dict[str, Stop] = {**self._frames, **self._more}
        ordered = sorted((places[key] for key in parts), key=attrgetter("when"))
        order = [place.key for place in ordered]
        if order != self._order:
            self._order = order
            self._stops = [parts[key] for key in order]
            self._put_in_order([stop.widget for stop in self._stops])
            self.rearranged.emit()

    def is_short(self, page: CalendarPage) -> bool:
        """Whether the page lacks something that there is room for."""
        return False

    def _put_in_order(self, widgets: Sequence[QWidget]) -> None:
        """Let them lie in this order, in which assistive technology reads children."""
        there = set(widgets)
        if [child for child in self.children() if child in there] != widgets:
            for widget in widgets:
                widget.raise_()

    def _show_entry(self, place: EntryPlace, texts: CalendarTexts) -> None:
        frame = self._frames[place.key]
        frame.show_entry(place.key, place.entry, *place.when, texts)
        frame.setGeometry(placed(place.area, self))
        frame.show()

    def _new_frame(self) -> EntryFrame:
        frame = EntryFrame(self._form, self)
        frame.opened.connect(lambda: self.opened.emit(frame.entry))
        return frame

    def _show_more(self, place: MorePlace, texts: CalendarTexts) -> None:
        button = self._more[place.key]
        hidden, day = format_number(place.hidden), place.day.day
        label = ngettext("{more} more", "{more} more", place.hidden).format(more=f"+{hidden}")
        clock = "" if place.at is None else f" {texts.clock(place.at)}"
        width, room = self.theme.metrics().horizontalAdvance, place.area.width()
        fits = width(label) + self.theme.px(10) <= room
        short = set_apart(f"+{hidden}") if width(f"+{hidden}") <= room else hidden
        name = f"{label}, {texts.long_day(day)}{clock}"
        button.show_count(place.key, label if fits else short, name, *place.when)
        button.setGeometry(placed(place.area, self))
        button.show()

    def _new_button(self) -> MoreButton:
        button = MoreButton(self.theme, self)
        button.clicked.connect(lambda: self.show_hidden(button.day))
        button.focused.connect(self._navigator.select)
        return button

    def show_hidden(self, day: date) -> None:
        """Show what found no room in a day."""
        self.day_wanted.emit(day)

    def note_focus(self, key: str) -> None:
        self._navigator.select(key)

    def carry(self, key: str, corner: QPoint) -> None:
        self._carried = key
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

    def let_go(self, key: str, *, dropped: bool) -> None:
        self._carried = ""
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
    """The entries of a day by their start, interviews first."""
    entries: list[Entry] = [*day.interviews, *day.follow_ups]
    return sorted(entries, key=lambda e: (start_of(e), not isinstance(e, CalendarInterview)))


def wall_at(day: date, minute: int) -> datetime:
    """The wall time of a minute of the day; the 1440th is midnight of the next."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
