"""The Calendar: the interviews and follow-ups of a week, a month or a day, to look at and to move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.domain.model import id_in
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import date_of, instant, local
from followup_desktop.i18n import _, first_weekday, pgettext
from followup_desktop.services.reading.calendar import CalendarInterview, CalendarPage
from followup_desktop.services.wording.formats import capitalised
from followup_desktop.ui.calendar.entry import EntryFrame, MoreButton
from followup_desktop.ui.calendar.grid import entry_key, start_of
from followup_desktop.ui.calendar.moving import EntryMover
from followup_desktop.ui.calendar.pages import DayPage, MonthPage, Page, WeekPage
from followup_desktop.ui.calendar.side_by_side import MOST_MARKS
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import ANSWER, COMMANDS, FOLLOW_UP_VERBS, INTERVIEW_VERBS
from followup_desktop.ui.kit.forms.panel import scroll_area
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import (
    ActOnFollowUp,
    AddInterview,
    EditReminder,
    OpenApplication,
    OpenFollowUp,
    OpenInterview,
    Request,
)
from followup_desktop.ui.kit.selection import CurrentFollowUp, CurrentInterview, Selection
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import MINUTES_5, Context, View
from followup_desktop.ui.kit.widgets.buttons import Button, ChoiceGroup
from followup_desktop.ui.kit.widgets.card import ElidedLabel, WrappedLabel, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.kit.window_settings import CALENDAR_MODE, CalendarMode

NARROW = 720
"""Below this width, in pixels at the ordinary text size, the buttons stand below the title."""
_MENU = (*INTERVIEW_VERBS, *FOLLOW_UP_VERBS, None, "open-application")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_LATE_ENOUGH = 10


class CalendarView(View):
    """Weeks and months of what is planned."""

    name = "calendar"
    times_change_every = MINUTES_5

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        wording, theme = context.wording, context.theme
        self._calendar_pages = context.readers.calendar
        self._wording = wording
        self._clock = context.clock
        self._theme = theme
        self._mode = CalendarMode.WEEK
        self._day: date | None = None
        self._moving = EntryMover(self.context)
        self._anchor = self._today()
        self.setAccessibleName(_("Calendar view"))
        self._title = as_heading(ElidedLabel("", "title", self))
        self._summary = WrappedLabel("", "secondary", self)
        self.week = WeekPage(theme, wording, self)
        self.month = MonthPage(theme, wording, self)
        self.day = DayPage(theme, wording, self)
        self._pages = QStackedWidget(self)
        self._make_buttons()
        self._lay_out()
        self._wire()
        self.set_mode(context.settings.get(CALENDAR_MODE))

    @property
    def mode(self) -> CalendarMode:
        """Whether weeks or months are shown; a day that is opened does not change it."""
        return self._mode

    @property
    def page(self) -> Page:
        """What is shown now."""
        page = self._pages.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def anchor(self) -> date:
        """The day around which the calendar is open."""
        return self._day or self._anchor

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Show what the store holds now."""
        page = self._read()
        texts = CalendarTexts(self._wording, page.zone_name)
        self._texts = texts
        if self._day is not None:
            self._title.show_text(capitalised(texts.long_day(self._day)))
            self.day.show_page(page, texts)
        elif self._mode is CalendarMode.WEEK:
            self._title.show_text(texts.days(page.first, page.last))
            self.week.show_page(page, texts)
        else:
            self._title.show_text(capitalised(texts.month(self._anchor)))
            self.month.show_month(self._anchor.month, page, texts)
        self._summary.show_text(texts.summary(page))
        self._turn_head()

    def still_parts(self) -> Sequence[QWidget]:
        return self.week.still_parts()

    def begin(self) -> None:
        """Put the keyboard on the current entry."""
        self.page.focus()

    @property
    def current_application(self) -> str | None:
        """The application of the current entry."""
        stop = self.page.navigator.current
        return stop.entry.application if isinstance(stop, EntryFrame) else None

    def selection(self) -> Selection:
        """The current entry, with its application."""
        stop = self.page.navigator.current
        if not isinstance(stop, EntryFrame):
            return Selection()
        entry, applications = stop.entry, self.current_application
        found = Selection(applications=() if applications is None else (applications,))
        if isinstance(entry, CalendarInterview):
            return replace(found, interview=CurrentInterview(id=entry.id, is_over=entry.is_over))
        row = self.context.overview.follow_up(entry.key, self._clock())
        if row is None:
            return found
        return replace(
            found,
            follow_up=CurrentFollowUp(
                row=row,
                answer=lambda answer: self._act(row.key, ANSWER.format(answer)),
                snooze=partial(self._act, row.key, "snooze"),
                skip=partial(self._act, row.key, "skip"),
                explain=partial(self._act, row.key, "why"),
            ),
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of an entry, by the pointer or the menu key."""
        stop = self.page.navigator.current
        if isinstance(stop, EntryFrame) and stop.rect().contains(stop.mapFromGlobal(event.globalPos())):
            command_menu(offer_of(self), _MENU, self).popup(event.globalPos())
            event.accept()
        else:
            super().contextMenuEvent(event)

    def _act(self, key: str, command: str) -> None:
        """Have it done where there is room for a question."""
        self.context.open(ActOnFollowUp(key, command))

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """The ways about in the calendar."""
        found: dict[str, Callable[[], object]] = {
            "calendar-today": self._today_by_key,
            "calendar-previous": partial(self._turn_by_key, -1),
            "calendar-next": partial(self._turn_by_key, 1),
            "calendar-week": partial(self._mode_chosen, CalendarMode.WEEK, True),
            "calendar-month": partial(self._mode_chosen, CalendarMode.MONTH, True),
        }
        stop = self.page.navigator.current
        if stop is not None and self._day is None:
            found["calendar-day"] = partial(self.show_day, stop.day)
        return found

    def add_interview(self) -> Request:
        """An interview on the day that is looked at, in the next morning that is still ahead."""
        now = self._clock()
        stop = self.page.navigator.current
        zone_name = self._texts.zone_name
        day = stop.day if stop is not None else self.anchor
        here = local(now, zone_name)
        day = max(day, here.date())
        hour = _LATE_ENOUGH if day > here.date() else max(_LATE_ENOUGH, min(here.hour + 1, 23))
        at = instant(datetime(day.year, day.month, day.day, hour), zone_name)  # noqa: DTZ001
        return AddInterview(self.current_application, at)

    def show_day(self, day: date) -> None:
        """Open one day, with everything in it."""
        self._look_at(day)
        self._turned(self.day)

    def show_today(self) -> None:
        """Go to the week, the month or the day of today."""
        self._go(self._today())
        self.week.show_now()

    def turn(self, pages: int) -> None:
        """Go so many weeks, months or days on, or back."""
        if self._day is not None:
            self._go(self._day + pages * _DAY)
        elif self._mode is CalendarMode.WEEK:
            self._go(self._anchor + pages * _WEEK)
        else:
            months = self._anchor.year * 12 + self._anchor.month - 1 + pages
            self._go(date(months // 12, months % 12 + 1, 1))

    def set_mode(self, mode: CalendarMode) -> None:
        """Show weeks, or months."""
        if self._day is not None:
            self._anchor = self._day
        self._day = None
        self._mode = mode
        (self.week_button if mode is CalendarMode.WEEK else self.month_button).setChecked(True)
        self._turned(self.week if mode is CalendarMode.WEEK else self.month)

    def restyle(self) -> None:
        """Keep the modes, which are lower, in the middle of a line beside the other buttons."""
        self._mode_buttons.setMinimumHeight(self.today_button.sizeHint().height())

    def keep_state(self) -> None:
        """Keep whether weeks or months are shown."""
        self.context.settings.set(CALENDAR_MODE, self._mode)

    # Building

    def _make_buttons(self) -> None:
        self.today_button = Button(pgettext("a button: go to this day", "Today"), self)
        self.previous_button = Button("‹", self, name=_("Previous"))
        self.next_button = Button("›", self, name=_("Next"))
        self.week_button = Button(_("Week"), self, "filter", checkable=True)
        self.month_button = Button(_("Month"), self, "filter", checkable=True)
        self.add_button = Button(_("Add interview"), self)
        for button, command in (
            (self.today_button, "calendar-today"),
            (self.previous_button, "calendar-previous"),
            (self.next_button, "calendar-next"),
        ):
            set_tool_tip(button, COMMANDS[command].tip(self.context.wording, self.name))
        self._modes = ChoiceGroup(self)
        for button in (self.week_button, self.month_button):
            self._modes.addButton(button)
        self.week_button.setChecked(True)

    def _lay_out(self) -> None:
        px = self._theme.px
        self._buttons = QWidget(self)
        flow = FlowLayout(self._buttons)
        self._theme.set_spacing(flow, 6)
        modes = self._mode_buttons = QWidget(self._buttons)
        row = QHBoxLayout(modes)
        row.setContentsMargins(0, 0, 0, 0)
        self._theme.set_spacing(row, 6)
        row.addWidget(self.week_button)
        row.addWidget(self.month_button)
        for part in (self.today_button, self.previous_button, self.next_button, modes, self.add_button):
            flow.addWidget(part)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._theme.set_spacing(self._head, 8)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        for page in (self.week, self.month, self.day):
            self._pages.addWidget(page)
        column = QVBoxLayout()
        self._theme.keep_fit(column, lambda: set_margins(column, px(24), px(14), px(24) - Space.M, px(16)))
        column.setSpacing(0)
        column.addLayout(self._head)
        self._theme.add_spacing(column, 4)
        column.addWidget(self._summary)
        self._theme.add_spacing(column, 10)
        column.addWidget(self._pages, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        # It scrolls where the text is large and the window low; else the pages alone do.
        outer.addWidget(scroll_area(column, stretches=True, shrinks=True))
        self.restyle()

    def _wire(self) -> None:
        self.today_button.clicked.connect(self.show_today)
        self.previous_button.clicked.connect(lambda: self.turn(-1))
        self.next_button.clicked.connect(lambda: self.turn(1))
        self.week_button.toggled.connect(lambda on: self._mode_chosen(CalendarMode.WEEK, on))
        self.month_button.toggled.connect(lambda on: self._mode_chosen(CalendarMode.MONTH, on))
        self.week_button.clicked.connect(lambda: self._mode_chosen(CalendarMode.WEEK, True))
        self.month_button.clicked.connect(lambda: self._mode_chosen(CalendarMode.MONTH, True))
        self.add_button.clicked.connect(lambda: self.context.open(self.add_interview()))
        self.day.back.connect(self._back)
        self._theme.changed.connect(self.refresh)
        for page in (self.week, self.month, self.day):
            page.opened.connect(self._open)
            page.short.connect(self.refresh)
            page.moved.connect(self._move)
            page.day_wanted.connect(self.show_day)
            page.add_wanted.connect(lambda at: self.context.open(AddInterview(at=at)))
            page.navigator.nudged.connect(self._nudge)
            page.navigator.turned.connect(self._turn_by_key)
            page.navigator.today_wanted.connect(self._today_by_key)
            page.navigator.back_wanted.connect(self._back)

    # What is shown

    def _today(self) -> date:
        return date_of(self._clock(), self._calendar_pages.zone())

    def _read(self) -> CalendarPage:
        now = self._clock()
        start = first_weekday()
        if self._day is not None:
            return self._calendar_pages.days(self._day, self._day, now, self.day.list.at_most)
        if self._mode is CalendarMode.WEEK:
            shown = self.week.canvas.shown
            return self._calendar_pages.week(self._anchor, start, now, MOST_MARKS, shown)
        return self._calendar_pages.month(self._anchor, start, now, self.month.canvas.at_most)

    def _go(self, day: date) -> None:
        """Show the page of another day, within the years that the calendar knows."""
        if not 1970 < day.year < 2100:
            return
        if self._day is not None:
            self._look_at(day)
        self._anchor = day
        self.refresh()

    def _look_at(self, day: date) -> None:
        if day != self._day:
            self.day.list.begin_anew()
        self._day = day

    def _turned(self, page: Page) -> None:
        had_focus = self._has_focus()
        self._pages.setCurrentWidget(page)
        self.refresh()
        if had_focus:
            self.begin()

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self._pages.isAncestorOf(focused)

    def _mode_chosen(self, mode: CalendarMode, on: bool) -> None:
        if on and (mode is not self._mode or self._day is not None):
            self.set_mode(mode)

    def _turn_by_key(self, pages: int) -> None:
        self.turn(pages)
        self.begin()

    def _today_by_key(self) -> None:
        self.show_today()
        self.begin()

    def _back(self) -> None:
        if self._day is not None:
            self.set_mode(self._mode)
            self.begin()

    # What the user wants

    def _open(self, entry: Entry) -> None:
        if isinstance(entry, CalendarInterview):
            self.context.open(OpenInterview(entry.id))
        elif row_of(entry.rule).own and not entry.is_open:
            self.context.open(EditReminder(id_in(entry.key)))
        elif entry.is_open or entry.application is None:
            self.context.open(OpenFollowUp(entry.key))
        else:
            self.context.open(OpenApplication(entry.application))

    def _move(self, entry: Entry, start: datetime) -> None:
        if self._moving.move(entry, start, self._texts):
            self._follow(entry, start)

    def _nudge(self, key: str, minutes: int, days: int) -> None:
        stop = self.page.navigator.current
        if not isinstance(stop, EntryFrame) or stop.key != key:
            return
        start = start_of(stop.entry)
        if days:
            zone_name = self._texts.zone_name
            start = instant(local(start, zone_name).replace(tzinfo=None, fold=0) + days * _DAY, zone_name)
        self._move(stop.entry, start + timedelta(minutes=minutes))

    def _follow(self, entry: Entry, start: datetime) -> None:
        """Keep the keyboard on what has moved, turning the page where it went beyond it."""
        self.refresh()
        name = entry.id if isinstance(entry, CalendarInterview) else entry.key
        if not self._select(name):
            self._go(local(start, self._texts.zone_name).date())
            if not self._select(name):
                self._select_hidden(start)

    def _select(self, name: str) -> bool:
        for stop in self.page.navigator.stops:
            if isinstance(stop, EntryFrame):
                entry = stop.entry
                if name == (entry.id if isinstance(entry, CalendarInterview) else entry.key):
                    self.page.navigator.select(entry_key(entry, stop.day), focus=True)
                    return True
        return False

    def _select_hidden(self, start: datetime) -> None:
        """Select the button for what found no room about that time."""
        day = local(start, self._texts.zone_name).date()
        buttons = [s for s in self.page.navigator.stops if isinstance(s, MoreButton) and s.day == day]
        about = [each for each in buttons if each.at <= start][-1:] or buttons[:1]
        for button in about:
            self.page.navigator.select(button.key, focus=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's keys work wherever in the view the keyboard is."""
        if not self.page.navigator.handle(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_head()

    def _turn_head(self) -> None:
        """The buttons below the title where the window is narrow, or the title would be cut beside them."""
        px = self._theme.px
        beside = self._title.sizeHint().width() + px(8) + self._buttons.sizeHint().width() + 2 * px(24)
        narrow = self.width() < max(px(NARROW), beside)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() is not way:
            self._head.setDirection(way)
