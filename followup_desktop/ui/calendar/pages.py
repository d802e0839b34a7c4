"""The pages of the calendar: a week, a month, a day, each with its heads above its entries."""

from __future__ import annotations

from datetime import date
from itertools import chain
from operator import is_not

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.i18n import _, with_dots
from followup_desktop.services.reading.calendar import WEEK_DAYS, CalendarPage
from followup_desktop.services.wording import Wording
from followup_desktop.ui.calendar.days import DayHead, WeekHeads
from followup_desktop.ui.calendar.grid import EntryGrid
from followup_desktop.ui.calendar.month import DayList, MonthCanvas
from followup_desktop.ui.calendar.navigator import Navigator, Stop
from followup_desktop.ui.calendar.texts import CalendarTexts, minute_of_day
from followup_desktop.ui.calendar.week import DayColumns, WeekCanvas, WeekStrip, first_minute
from followup_desktop.ui.kit.mirror import placed, set_margins
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import QuietButton
from followup_desktop.ui.kit.widgets.card import Card, ElidedLabel, Text
from followup_desktop.ui.kit.widgets.placing import read_as_placed
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

_LEAST_HOURS = 2
"""So many hours of a week are seen at once, however low the window is."""


class Page(Card):
    """One page: its grids share a navigator; what they want is what the page wants."""

    opened = Signal(object)
    moved = Signal(object, object)
    day_wanted = Signal(object)
    add_wanted = Signal(object)
    short = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.navigator = Navigator(self)
        self.navigator.day_wanted.connect(self.day_wanted)
        self.navigator.current_changed.connect(self._keep_in_sight)
        self.grids: tuple[EntryGrid, ...] = ()
        self._parts: list[list[Stop]] = []
        self._stops: list[Stop] = []
        """What the keyboard stops at in all of these parts."""
        self._today: date | None = None
        """Of the days that are shown; ``None`` until there are any, and while others come."""
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.relayout)

    def adopt(self, *grids: EntryGrid) -> None:
        """Take these parts, in the order in which they are read."""
        self.grids = grids
        for grid in grids:
            grid.opened.connect(self.opened)
            grid.moved.connect(self.moved)
            grid.day_wanted.connect(self.day_wanted)
            grid.add_wanted.connect(self.add_wanted)
            grid.short.connect(self.short)
            grid.rearranged.connect(self._gather_again)
        grids[-1].carried_to.connect(self._follow)

    def show_page(self, page: CalendarPage, texts: CalendarTexts) -> None:
        """Show these days in every part; the keyboard stays among the entries if it was there."""
        had_focus, self._today = self._has_focus(), None
        for grid in reversed(self.grids):
            grid.show_page(page, texts)
        self._today = page.today
        self._gather(page.today)
        current = self.navigator.current
        if had_focus and not (current is not None and current.widget.hasFocus()):
            self.focus()

    def relayout(self) -> None:
        """Place everything anew after the type has changed."""
        for grid in self.grids:
            grid.updateGeometry()
            grid.relayout()

    def focus(self) -> None:
        """Put the keyboard on the current entry, or on the page where there is none."""
        current = self.navigator.current
        target = current.widget if current is not None else self.grids[-1]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and any(g is focused or g.isAncestorOf(focused) for g in self.grids)

    def _follow(self, area: QRect) -> None:
        """Scroll along with what is carried to the edge."""
        margin = self.theme.px(16)
        for y in (area.bottom(), area.top()):
            self.area.ensureVisible(area.left(), y, 0, margin)

    def _gather_again(self) -> None:
        """Let the keyboard stop at what is there after the room has changed, and at nothing that went."""
        if self._today is not None:
            self._gather(self._today)
            if (current := self.navigator.current) is not None:
                self._keep_in_sight(current)

    def _gather(self, today: date) -> None:
        parts = [grid.stops() for grid in self.grids]
        if len(parts) != len(self._parts) or any(map(is_not, parts, self._parts)):
            self._parts = parts
            self._stops = sorted(chain(*parts), key=lambda stop: (stop.day, stop.at))
            empty = Qt.FocusPolicy.NoFocus if self._stops else Qt.FocusPolicy.StrongFocus
            self.grids[-1].setFocusPolicy(empty)
        self.navigator.set_stops(self._stops, today)

    def _keep_in_sight(self, stop: Stop) -> None:
        widget = stop.widget
        inner = self.area.widget()
        if inner is not None and inner.isAncestorOf(widget) and widget.hasFocus():
            self.area.ensureWidgetVisible(widget, 0, self.theme.px(16))


class HeadedPage(Page):
    """A page with heads above its columns, where they stand however wide the scroll bar is."""

    def align(self) -> None:
        """Place the heads above the columns."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.align()
        return super().eventFilter(watched, event)


class WeekPage(HeadedPage):
    """The heads of seven days, the strip of full days, and the hours."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._placed = False
        self._heads_box = WeekHeads(theme, WEEK_DAYS, self)
        for number, head in enumerate(self.heads):
            head.clicked.connect(lambda _on=False, number=number: self._open_day(number))
        self.canvas = WeekCanvas(theme, self.navigator, wording, self)
        self.strip = WeekStrip(theme, self.navigator, wording, self.canvas, self)
        self.area.setWidget(self.canvas)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        theme.keep_fit(self.area, lambda: self.area.setMinimumHeight(_LEAST_HOURS * self.canvas.hour))
        self.adopt(self.strip, self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._heads_box)
        column.addWidget(self.strip)
        column.addWidget(self.area, 1)
        read_as_placed(column)
        self.area.viewport().installEventFilter(self)

    def still_parts(self) -> tuple[QWidget, ...]:
        """What stands still where the page becomes lower or higher: the hours scroll."""
        return self._heads_box, self.strip, self.canvas

    @property
    def heads(self) -> tuple[DayHead, ...]:
        """The heads of the days, in their order."""
        return self._heads_box.heads

    def show_page(self, page: CalendarPage, texts: CalendarTexts) -> None:
        for head, day in zip(self.heads, page.days, strict=True):
            head.show_day(day, texts, page.today)
        super().show_page(page, texts)
        self.align()
        self._begin()

    def relayout(self) -> None:
        super().relayout()
        self.align()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.align()
        self.strip.follow_room()
        self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def show_now(self) -> None:
        """Scroll to the present hour, or in another week to the working hours."""
        page = self.canvas.page
        if page is not None:
            visible = 60 * self.area.viewport().height() // self.canvas.hour
            top = self.canvas.y_of(first_minute(page, visible)) - self.theme.px(8)
            self.area.verticalScrollBar().setValue(top)

            self._keep_now_in_sight(page)

    def _keep_now_in_sight(self, page: CalendarPage) -> None:
        """Scroll what the page itself stands in as far as now needs it."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inner = around.widget() if around is not None else None
        if around is not None and inner is not None and page.first <= page.today <= page.last:
            now = self.canvas.y_of(minute_of_day(page.now, page.zone_name))
            where = self.canvas.mapTo(inner, QPoint(0, now))
            around.ensureVisible(where.x(), where.y(), 0, self.theme.px(24))

    def _begin(self) -> None:
        """Show the present hour first; later the user's scroll bar decides."""
        if not self._placed and self.isVisible() and self.canvas.page is not None:
            self._placed = True
            self.show_now()
            QTimer.singleShot(0, self, self.show_now)  # heads, bars and the view's foot take their room first

    def align(self) -> None:
        width = self.area.viewport().width()
        columns = DayColumns(self.theme, width, WEEK_DAYS)
        room = columns.left(1) - columns.left(0)
        height = max(head.picture.height_at(room) for head in self.heads)
        form = max(head.picture.form_at(room) for head in self.heads)
        self._heads_box.setFixedHeight(height)
        for number, head in enumerate(self.heads):
            head.setGeometry(placed(columns.area(number, 0, height), self._heads_box))
            head.use_form(form)
        margin = max(0, self.strip.width() - width)
        if self.strip.contentsMargins().left() + self.strip.contentsMargins().right() != margin:
            set_margins(self.strip, 0, 0, margin, 0)
            self.strip.relayout()

    def _open_day(self, number: int) -> None:
        if self.canvas.page is not None:
            self.day_wanted.emit(self.canvas.page.days[number].day)


class MonthPage(HeadedPage):
    """The weekdays above the days of a month."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._month = 1
        self._names = QWidget(self)
        self._heads: list[tuple[str, str]] = []
        self._weekdays = [ElidedLabel("", "small", self._names) for _ in range(WEEK_DAYS)]
        self.canvas = MonthCanvas(theme, self.navigator, wording, self)
        self.area.setWidget(self.canvas)
        self.canvas.installEventFilter(self)
        self.adopt(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._names)
        column.addWidget(self.area, 1)
        read_as_placed(column)

    def show_month(self, month: int, page: CalendarPage, texts: CalendarTexts) -> None:
        """Show these weeks as those of a month."""
        self.canvas.set_month(month)
        self.show_page(page, texts)
        self.canvas.updateGeometry()
        self._heads = [(texts.weekday(day.day), texts.quiet_mark(day)) for day in page.days[:WEEK_DAYS]]
        self.align()

    def align(self) -> None:
        px = self.theme.px
        height = self._weekdays[0].sizeHint().height()
        self._names.setFixedHeight(height + 2 * px(5))
        width = self.canvas.width()
        room = width // WEEK_DAYS - px(8)
        for number, (label, (weekday, quiet)) in enumerate(zip(self._weekdays, self._heads, strict=False)):
            left = width * number // WEEK_DAYS + px(8)
            label.setGeometry(placed(QRect(left, px(5), room, height), self._names))
            whole = with_dots((weekday, quiet))
            fits = label.fontMetrics().horizontalAdvance(whole) <= room
            label.show_text(whole if fits else weekday)
            label.setAccessibleName(whole)
            set_tool_tip(label, "" if fits else whole)


class DayPage(Page):
    """Everything of one day, with the way back."""

    back = Signal()

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.back_button = QuietButton(_("‹ Back"), self, name=_("Back"))
        self.back_button.clicked.connect(self.back)
        self._marks = Text("", "secondary", self, wrap=True)
        self._nothing = Text(_("Nothing planned for this day."), "secondary", self, wrap=True)
        self.list = DayList(theme, self.navigator, wording, self)
        self.area.setWidget(self.list)
        self.area.verticalScrollBar().actionTriggered.connect(self._scroll)
        for ground in (self.list, self.area.viewport()):
            ground.setAutoFillBackground(False)
        self.adopt(self.list)
        column = QVBoxLayout(self)
        theme.set_margins(column, 12, 8, 12, 12)
        theme.set_spacing(column, 4)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._marks)
        theme.add_spacing(column, 4)
        column.addWidget(self._nothing)
        column.addWidget(self.area, 1)
        read_as_placed(column)

    def show_page(self, page: CalendarPage, texts: CalendarTexts) -> None:
        day = page.days[0]
        self._marks.show_words(with_dots([*texts.marks(day), texts.quiet_mark(day)]))
        self._nothing.setVisible(not day.count)
        super().show_page(page, texts)

    def _scroll(self, _action: int) -> None:
        """List more where the user comes to the end of those that are listed."""
        bar = self.area.verticalScrollBar()
        if bar.sliderPosition() == bar.maximum():
            self.list.show_next()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(360))
