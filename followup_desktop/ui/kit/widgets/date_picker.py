"""A month to pick a day from, and a time where one is meant; what is special about a day is said in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QFont,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from followup_desktop import i18n
from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.i18n import _, format_series, pgettext
from followup_desktop.services.reading.days import DayMarks, Days
from followup_desktop.services.wording.formats import capitalised, distance
from followup_desktop.ui.kit.theme import Space, Theme, Type
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.content_area import ContentArea
from followup_desktop.ui.kit.widgets.plain import set_seen_tip, show_tool_tip, tool_tip
from followup_desktop.ui.kit.widgets.roles import ItemFrame, PartFrame, WithoutCells

DAY_SLOTS = tuple(
    time(hour, minute) for hour in range(8, 19) for minute in (0, 30) if (hour, minute) < (18, 1)
)
"""The times that are offered where a time is meant: those at which people meet, and are reminded."""

_FIRST, _LAST = date(MIN_YEAR, 1, 1), date(MAX_YEAR, 12, 31)
_WEEKS, _DAYS = 6, 7
_CELL_WIDTH = 38
_CELL_HEIGHTS = (32, 26, 21, 18)
"""The more of the screen the field and what stands beside it take, the lower are the days."""
_GAP = 2
_DAY_ROLE = Qt.ItemDataRole.UserRole
_MARKS_ROLE = _DAY_ROLE + 1
_SIGNS = {"holiday": "●", "away": "▬", "no_calls": "○"}

_Index = QModelIndex | QPersistentModelIndex


def words_of(day: date, marks: DayMarks) -> tuple[str, ...]:
    """What is special about a day, in words."""
    found = [_("holiday: {name}").format(name=marks.holiday) if marks.holiday else ""]
    found += [_("you're away") if marks.is_away else ""]
    found += [_("no calls") if marks.no_calls and day.weekday() < 5 else ""]
    return tuple(each for each in found if each)


class _Month(QAbstractTableModel):
    """The six weeks around a month."""

    def __init__(self, days: Days | None, parent: QObject) -> None:
        super().__init__(parent)
        self._days = days
        self.today = date.min
        self._first = date.min
        self.month = (0, 0)

    def show_month(self, day: date) -> None:
        """Hold the weeks of the month in which a day lies."""
        first = day.replace(day=1)
        self.beginResetModel()
        self.month = (first.year, first.month)
        self._first = first - timedelta(days=(first.weekday() - i18n.first_weekday()) % _DAYS)
        self.endResetModel()

    def day(self, index: _Index) -> date:
        """The day of a cell."""
        return self._first + timedelta(days=_DAYS * index.row() + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day that is in sight."""
        return self.index(*divmod((day - self._first).days, _DAYS))

    def marks(self, day: date) -> DayMarks:
        """What is special about a day."""
        return self._days.marks(day) if self._days is not None else DayMarks()

    def in_month(self) -> list[date]:
        """The days of the month."""
        year, month = self.month
        return [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]

    def words(self, day: date) -> str:
        """A day with what is special about it."""
        present = (_("today"),) if day == self.today else ()
        name = i18n.weekday_name(day.weekday())
        return format_series((name, i18n.format_full_date(day), *present, *words_of(day, self.marks(day))))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else _DAYS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return i18n.format_number(day.day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = self.words(day)
            return tool_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return (
            {_DAY_ROLE: day, _MARKS_ROLE: self.marks(day)}.get(Qt.ItemDataRole(role)) if role >= 256 else None
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        day = self._first + timedelta(days=section)
        if role == Qt.ItemDataRole.DisplayRole:
            return i18n.format_weekday(day)
        return i18n.weekday_name(day.weekday()) if role == Qt.ItemDataRole.AccessibleTextRole else None


class _DayDelegate(QStyledItemDelegate):
    """Paints a day: its number, and the signs of what is special about it."""

    def __init__(self, theme: Theme, month: _Month, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._month = month

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        px, colour = self._theme.px, self._theme.colour
        day, marks = self._month.day(index), self._month.marks(self._month.day(index))
        area = QRect(option.rect)
        view = self.parent()
        is_current = isinstance(view, QTableView) and view.currentIndex() == index
        here = (day.year, day.month) == self._month.month
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if day.weekday() >= 5 or marks.holiday:
            painter.fillRect(area, colour("sidebar"))
        if marks.is_away:
            painter.fillRect(area, QBrush(colour("line"), Qt.BrushStyle.BDiagPattern))
        box = QRectF(area).adjusted(2, 2, -2, -2)
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(box, px(6), px(6))
        elif day == self._month.today:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, px(6), px(6))
        ink = "on_accent" if is_current else "text" if here else "secondary"
        weight = QFont.Weight.DemiBold if day == self._month.today else QFont.Weight.Normal
        painter.setFont(self._theme.font(Type.TEXT, weight))
        painter.setPen(colour(ink))
        # In low cells they would lie on the numbers; words and tool tips tell what is special as well.
        signs = _signs(day, marks) if area.height() >= px(_CELL_HEIGHTS[1]) else []
        shown = area.adjusted(0, 0, 0, -px(6)) if signs else area
        painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, i18n.format_number(day.day))
        self._paint_signs(painter, area, signs, "on_accent" if is_current else "secondary")
        painter.restore()

    def _paint_signs(self, painter: QPainter, area: QRect, signs: Sequence[str], ink: str) -> None:
        px, size = self._theme.px, self._theme.px(5)
        left = area.center().x() - (len(signs) * (size + px(3)) - px(3)) / 2 + 0.5
        top = area.bottom() - px(9)
        for number, sign in enumerate(signs):
            spot = QRectF(left + number * (size + px(3)), top, size, size)
            painter.setPen(QPen(self._theme.colour(ink), 1))
            painter.setBrush(self._theme.colour(ink) if sign != "no_calls" else Qt.BrushStyle.NoBrush)
            if sign == "away":
                painter.drawRect(spot.adjusted(0, size / 3, 0, -size / 3))
            else:
                painter.drawEllipse(spot)


def _signs(day: date, marks: DayMarks) -> list[str]:
    is_quiet = marks.no_calls and day.weekday() < 5
    shown = {"holiday": bool(marks.holiday), "away": marks.is_away, "no_calls": is_quiet}
    return [name for name, holds in shown.items() if holds]


class _DayStop(ItemFrame):
    """Where the keyboard is in a month, named by the day; the view below does what the keys say."""

    is_current = True


class _MonthView(QTableView, WithoutCells):
    """The days of a month; the keys that go beyond it turn the page.

    The keyboard is in one of two stops that lie over the current day, and in the other on the next one:
    assistive technology says where it has gone, and nothing about one that has another name.
    """

    wanted = Signal(object)
    """A day to go to, perhaps of another month."""
    chosen = Signal(object)

    def __init__(self, theme: Theme, month: _Month, parent: QWidget) -> None:
        super().__init__(parent)
        self._month = month
        self.setModel(month)
        self.setItemDelegate(_DayDelegate(theme, month, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self.cell_height = _CELL_HEIGHTS[0]
        self.widest_cell = theme.px(_CELL_WIDTH)
        self._stops = [_DayStop(self), _DayStop(self)]
        for stop in self._stops:
            stop.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            stop.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Take the size that the days need at the present size of the text."""
        px, width = self._theme.px, min(self._theme.px(_CELL_WIDTH), self.widest_cell)
        for column in range(_DAYS):
            self.setColumnWidth(column, width)
        for row in range(_WEEKS):
            self.setRowHeight(row, px(self.cell_height))
        head = self.horizontalHeader()
        head.setFixedHeight(head.sizeHint().height())
        self.setFixedSize(_DAYS * width + 4, _WEEKS * px(self.cell_height) + head.height() + 4)

    @property
    def day(self) -> date:
        """The day at which the keyboard is."""
        return self._month.day(self.currentIndex())

    @property
    def stop(self) -> QWidget:
        """Where the keyboard is, or comes."""
        return self._stops[0]

    def go_to(self, day: date, words: str) -> None:
        """Make a day that is in sight the current one, which is said in these words."""
        self.setCurrentIndex(self._month.index_of(day))
        before, stop = self._stops
        had_keyboard = before.hasFocus()
        self._stops.reverse()
        stop.setAccessibleName(words)
        stop.setGeometry(self.visualRect(self.currentIndex()).translated(self.viewport().pos()))
        stop.show()
        self.setFocusProxy(stop)
        if had_keyboard:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
        before.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = Qt.Key(event.key()), self.day
        control = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        forward = -1 if self.isRightToLeft() else 1
        days = {
            Qt.Key.Key_Left: -forward, Qt.Key.Key_Right: forward,
            Qt.Key.Key_Up: -_DAYS, Qt.Key.Key_Down: _DAYS,
        }  # fmt: skip
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in days:
            self.wanted.emit(day + timedelta(days=days[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.wanted.emit(
                _months_on(day, (12 if control else 1) * (-1 if key is Qt.Key.Key_PageUp else 1))
            )
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            ends = self._month.in_month()
            self.wanted.emit(self._month.today if control else ends[0 if key is Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(day)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.wanted.emit(self._month.day(index))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex() and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(index)

    def viewportEvent(self, event: QEvent) -> bool:
        """A tool tip, which a popup of its own would not show."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid():
                show_tool_tip(index.data(Qt.ItemDataRole.ToolTipRole), event.globalPos(), self)
                return True
        return super().viewportEvent(event)


class _Area(ContentArea):
    """An area as large as its content; where that is higher than ``tallest``, it scrolls."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.tallest = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setWidget(content)
        for each in (content, self.viewport()):
            each.setAutoFillBackground(False)

    @property
    def scrolls(self) -> bool:
        """Whether the content is too high."""
        return self._wanted().height() > self.tallest

    def _wanted(self) -> QSize:
        content = self.widget()
        width = content.sizeHint().width() if content is not None else 0
        return QSize(width, self.content_height(width))

    def sizeHint(self) -> QSize:
        """The size of the content, or less."""
        wanted = self._wanted()
        bar = self.verticalScrollBar().sizeHint().width() if self.scrolls else 0
        return QSize(wanted.width() + bar, min(wanted.height(), self.tallest))


def _months_on(day: date, months: int) -> date:
    """The same day so many months later or earlier, or the last of a shorter month, within the years."""
    more, month = divmod(day.month - 1 + months, 12)
    year = min(max(day.year + more, MIN_YEAR), MAX_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class DatePicker(PartFrame):
    """Picks a day, and a time where times are offered; ``picked`` carries both, or ``None`` for no time.

    The arrows go by days and weeks, Page Up and Page Down by months, with Shift by years, Home and End to the
    ends of the month, Enter picks, Esc closes. It opens beside a field, and stays on its screen.
    """

    picked = Signal(object, object)

    def __init__(self, theme: Theme, days: Days | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("datePicker")
        self._theme = theme
        self._month = _Month(days, self)
        self._view = _MonthView(theme, self._month, self)
        self._anchor: QWidget | None = None
        self._title = Text("", "strong", wrap=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._about_day = Text("", "small", wrap=True)
        self._about_day.setMinimumHeight(2 * self._about_day.fontMetrics().lineSpacing())
        self._about_day.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._legend = Text("", "small", wrap=True)
        self.times = QListWidget()
        self.times.setAccessibleName(_("Times"))
        self.choose_button = StrongButton("")
        self.today_button = QuietButton(pgettext("a button: go to this day", "Today"))
        self._arrange()
        self._view.wanted.connect(self.go_to)
        self._view.chosen.connect(self._pick)
        self._view.clicked.connect(self._clicked)
        self.times.currentRowChanged.connect(self._show_day)
        self.times.itemClicked.connect(self._pick)
        self.times.itemActivated.connect(self._pick)
        self.choose_button.clicked.connect(self._pick)
        self.today_button.clicked.connect(self._go_to_today)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.XS)
        head.addWidget(self._title, 1)
        turns = (("‹", _("Previous month"), -1), ("›", _("Next month"), 1))
        for sign, name, months in turns:
            turn = Button(sign, look="quiet", name=name)
            set_seen_tip(turn, name)
            turn.clicked.connect(lambda _checked=False, by=months: self.go_to(_months_on(self.day, by)))
            head.addWidget(turn)
        inside = QWidget(self)
        month = QVBoxLayout(inside)
        month.setContentsMargins(0, 0, 0, 0)
        month.setSpacing(Space.XS)
        month.addLayout(head)
        month.addWidget(self._view)
        month.addWidget(self._about_day)
        month.addWidget(self._legend)
        sides = QHBoxLayout()
        sides.setSpacing(Space.M)
        self._area = _Area(inside)
        sides.addWidget(self._area)
        sides.addWidget(self.times)
        self._below = below = QHBoxLayout()
        below.setSpacing(Space.S)
        below.addWidget(self.today_button)
        below.addStretch(1)
        below.addWidget(self.choose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(sides)
        column.addLayout(below)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    @property
    def day(self) -> date:
        """The day at which the keyboard is."""
        return self._view.day

    @property
    def clock(self) -> time | None:
        """The time that is chosen beside it, if times are offered."""
        item = self.times.currentItem()
        chosen = item.data(_DAY_ROLE) if item is not None else None
        return chosen if isinstance(chosen, time) else None

    def open_at(
        self, anchor: QWidget, day: date, today: date, slots: Sequence[time] = (), clock: time | None = None
    ) -> None:
        """Open below a field, or above or beside it where there is more room, at this day and time."""
        self._anchor = anchor
        self._month.today = today
        self._offer(slots, clock)
        self.go_to(day)
        self._fit(anchor)
        self.show()
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def go_to(self, day: date) -> None:
        """Make this the current day, and turn to its month."""
        day = min(max(day, _FIRST), _LAST)
        if (day.year, day.month) != self._month.month:
            self._month.show_month(day)
            self._view.fit()
            title = capitalised(i18n.format_month(day))
            self._title.setText(title)
            self._show_legend()
        self._view.go_to(day, self._month.words(day))
        self._show_day()
        self._area.ensureWidgetVisible(self._view.stop, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt_up = event.key() == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4) or is_alt_up:
            self.hide()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._anchor is not None:
            self.move(self._place(self._anchor))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._anchor is not None:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offer(self, slots: Sequence[time], clock: time | None) -> None:
        offered = sorted({*slots, *((clock,) if clock is not None and slots else ())})
        self.times.blockSignals(True)
        self.times.clear()
        for each in offered:
            item = QListWidgetItem(i18n.format_clock(each))
            item.setData(_DAY_ROLE, each)
            item.setSizeHint(QSize(0, self._theme.px(26)))
            self.times.addItem(item)
        if clock in offered:
            self.times.setCurrentRow(offered.index(clock))
            self.times.scrollToItem(self.times.currentItem(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.times.blockSignals(False)
        self.times.setVisible(bool(offered))
        self.choose_button.setVisible(bool(offered))
        metrics = self.times.fontMetrics()
        widest = max((metrics.horizontalAdvance(i18n.format_clock(each)) for each in offered), default=0)
        self.times.setFixedWidth(widest + self._theme.px(48))

    def _fit(self, anchor: QWidget) -> None:
        """Be as high as the screen allows, and leave the field in sight; what is too high scrolls."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()  # each has its height from its look
        self._below.setDirection(QHBoxLayout.Direction.LeftToRight)
        self._take_room(anchor.screen().availableGeometry().size())
        tallest = 0
        for height in _CELL_HEIGHTS:
            self._be_so_high(height)
            if self._area.scrolls:
                continue
            if self._free_place(anchor) is not None:
                break
            tallest = max(tallest, height)
        else:  # the field can't be left in sight: then the days are to be read as well as may be
            self._be_so_high(tallest or _CELL_HEIGHTS[-1])
        self.move(self._place(anchor))

    def _take_room(self, screen: QSize) -> None:
        around = 2 * (Space.M + 1)
        self._below.invalidate()  # another text of a button is not known to it yet
        if self._below.sizeHint().width() > screen.width() - around:
            self._below.setDirection(QHBoxLayout.Direction.TopToBottom)
        self._area.tallest = screen.height() - around - Space.S - self._below.sizeHint().height()
        beside = 0 if self.times.isHidden() else self.times.width() + Space.M
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._view.widest_cell = (screen.width() - around - beside - bar - 4) // _DAYS

    def _be_so_high(self, cell_height: int) -> None:
        self._view.cell_height = cell_height
        self._view.fit()
        for words in (self._about_day, self._legend):
            words.setMaximumWidth(self._view.width())
        self._show_legend()
        self._area.updateGeometry()  # at once, not when the layout's request is delivered
        self.adjustSize()

    def _place(self, anchor: QWidget) -> QPoint:
        screen, free = anchor.screen().availableGeometry(), self._free_place(anchor)
        if free is not None:
            return free
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + _GAP))
        left = min(below.x(), screen.right() + 1 - self.width())
        return QPoint(max(screen.left(), left), max(screen.top(), screen.bottom() + 1 - self.height()))

    def _free_place(self, anchor: QWidget) -> QPoint | None:
        """Where it covers no part of the field: below it, above it or beside it; ``None`` if nowhere."""
        screen = anchor.screen().availableGeometry()
        field = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
        wide, tall = self.width(), self.height()
        left = max(screen.left(), min(field.left(), screen.right() + 1 - wide))
        top = max(screen.top(), min(field.top(), screen.bottom() + 1 - tall))
        below, above = field.bottom() + 1 + _GAP, field.top() - _GAP - tall
        after, before = field.right() + 1 + _GAP, field.left() - _GAP - wide
        places = (QPoint(left, below), QPoint(left, above), QPoint(after, top), QPoint(before, top))
        return next((each for each in places if screen.contains(QRect(each, self.size()))), None)

    def _show_day(self) -> None:
        """Say what the day is, and what would be picked."""
        day, marks = self.day, self._month.marks(self.day)
        written = i18n.format_dated_day(day)
        told = (written, distance(day, self._month.today), *words_of(day, marks))
        self._about_day.setText(format_series(told))
        clock = self.clock
        if clock is None:
            self.choose_button.setText(_("Choose {date}").format(date=i18n.format_short_day(day)))
        else:
            at = i18n.format_clock(clock)
            label = _("Choose {date}, {time}").format(date=i18n.format_short_day(day), time=at)
            self.choose_button.setText(label)
        self.choose_button.setAccessibleName(self.choose_button.text())
        if self._anchor is not None:
            self._take_room(self._anchor.screen().availableGeometry().size())

    def _show_legend(self) -> None:
        found = {sign for day in self._month.in_month() for sign in _signs(day, self._month.marks(day))}
        words = {"holiday": _("holiday"), "away": _("you're away"), "no_calls": _("no calls")}
        text = [
            # Translators: a sign in the calendar, and what it means
            _("{sign} {meaning}").format(sign=_SIGNS[each], meaning=words[each])
            for each in _SIGNS
            if each in found
        ]
        self._legend.setText("   ".join(text))
        # Without room for it, what is special about a day is told below the month, and by its tool tip.
        self._legend.setVisible(bool(text) and self._view.cell_height == _CELL_HEIGHTS[0])

    def _go_to_today(self) -> None:
        self.go_to(self._month.today)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        """Without a time to choose, a click is all that it takes."""
        if self.times.isHidden():
            self._pick()

    def _pick(self, *_told_by: object) -> None:
        day, clock = self.day, self.clock
        self.hide()
        self.picked.emit(day, clock)
