"""Days: their heads, and the ground on which their entries stand."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from followup_desktop.i18n import format_number, with_dots
from followup_desktop.services.reading.calendar import CalendarDay
from followup_desktop.ui.calendar.entry import LEAST_LETTERS
from followup_desktop.ui.calendar.texts import CalendarTexts
from followup_desktop.ui.kit.mirror import draw_icon, elided, mirrored, write
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.plain import set_seen_tip


def paint_ground(
    painter: QPainter, theme: Theme, area: QRect, day: CalendarDay, *, muted: bool = False, head: int = 0
) -> None:
    """The ground of a day: shaded at weekends and on holidays, hatched while the user is away.

    The ``head`` is the height at the top, in pixels, in which words stand on it.
    """
    free = day.is_weekend or day.holiday is not None
    painter.fillRect(area, theme.colour("sidebar" if free else "window" if muted else "surface"))
    if day.is_away:
        painter.fillRect(
            area.adjusted(0, head, 0, 0), QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern)
        )


_CLASH = "warning"
"""The icon of a day with a clash: "2 over…" says less than it."""


class DayHead(QAbstractButton):
    """A day's weekday and number, how much it holds, and what is special about it; pressed, it opens the day.

    In a month it has one line, and the weekday stands above the column. The Tab key passes it by, for the
    key D opens the day of an entry.
    """

    def __init__(self, theme: Theme, *, in_month: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._in_month = in_month
        self._names: tuple[str, ...] = ("",)
        self._form = 0
        self._mark = ""
        self._icon = ""
        """What stands for the mark where its words have no room."""
        self._count = ""
        self._shown: tuple[object, ...] = ()
        self._is_today = False
        self._muted = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def count(self) -> str:
        """How much the day holds; nothing for none."""
        return self._count

    @property
    def name(self) -> str:
        """How the day is named, such as ``Wed 14`` or ``W 14``."""
        return self._names[min(self._form, len(self._names) - 1)]

    @property
    def mark(self) -> str:
        """The words on what is special about the day."""
        return self._mark

    @property
    def shown_mark(self) -> list[str]:
        """The lines of the mark as they are painted; none where an icon stands for it."""
        if not self._mark:
            return []
        px, metrics = self._theme.px, self._theme.metrics(Type.SMALL)
        if not self._in_month:
            return self._lines(metrics, self.width() - px(10), 2)
        used = self._width_of_count() if self.shows_count else 0
        number = px(4) + min(self._number_width(), self.width() - px(8) - used)
        return self._lines(metrics, self.width() - number - px(6) - used, 1)

    @property
    def shows_count(self) -> bool:
        """Whether how much the day holds is written beside its number, which comes first."""
        needed = self._number_width() + self._width_of_count()
        return self._form < len(self._names) and needed <= self.width() - self._theme.px(8)

    def height_at(self, width: int) -> int:
        """The height that a head in a week needs: one line for its mark, or two at most."""
        px, metrics = self._theme.px, self._theme.metrics(Type.SMALL)
        lines = len(self._lines(metrics, width - px(10), 2))
        return px(24) + max(lines, 1) * metrics.height() + px(5)

    def form_at(self, width: int) -> int:
        """In how short a form the weekday has room beside the count: 0 for the longest, 2 for none.

        3 is without the count, too: what the day holds is told by its tool tip.
        """
        room = width - self._theme.px(8) - self._width_of_count()
        fitting = (form for form, name in enumerate(self._names) if self._name_width(name) <= room)
        return next(fitting, len(self._names))

    def use_form(self, form: int) -> None:
        """Name the day in that form, as the other days of the week are."""
        if form != self._form:
            self._form = form
            self.update()

    def show_day(self, day: CalendarDay, texts: CalendarTexts, today: date, *, muted: bool = False) -> None:
        """Be the head of this day; ``muted`` where it belongs to another month."""
        shown = (
            (day.day, day.holiday, day.is_away, day.no_calls, day.clock_change),
            (day.interview_count, day.follow_up_count, day.overlap_count),
            (today, muted),
        )
        if shown == self._shown:
            return
        self._shown = shown
        number = format_number(day.day.day)
        weekdays = ("",) if self._in_month else (texts.weekday(day.day), texts.initial(day.day), "")
        self._names = tuple(f"{weekday} {number}".strip() for weekday in weekdays)
        quiet = "" if self._in_month else texts.quiet_mark(day)
        self._mark = with_dots(texts.marks(day)) or quiet
        self._icon = _CLASH if day.overlap_count else "info"
        self._count = format_number(day.count) if day.count else ""
        self._is_today, self._muted = day.day == today, muted
        spoken = texts.spoken_day(day, today)
        self.setAccessibleName(spoken)
        set_seen_tip(self, spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._theme.px
        line = px(22)
        metrics = self._theme.metrics(Type.SMALL)
        shown = self._count if self.shows_count else ""
        used = self._width_of_count() if shown else 0
        left = self._paint_number(painter, QRect(px(4), px(2), self.width() - px(8) - used, line))
        painter.setFont(self._theme.measured(Type.SMALL)[0])
        painter.setPen(self._theme.colour("secondary"))
        corner = QRect(0, px(2), self.width() - px(7), line)
        write(painter, corner, (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value, shown)
        if self._in_month:
            area = QRect(left + px(4), px(2), self.width() - left - px(6) - used, line)
        else:
            area = QRect(px(8), px(2) + line, self.width() - px(10), metrics.height())
        lines = self.shown_mark
        if self._mark and not lines:
            side = min(px(14), area.width())
            top = area.center().y() - side // 2
            draw_icon(painter, self._theme.icon(self._icon, "secondary"), area.left(), top, side)
        for text in lines:
            write(painter, area, (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value, text)
            area.translate(0, metrics.height())
        if self.underMouse():
            painter.setPen(QPen(self._theme.colour("secondary"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        painter.end()

    def _lines(self, metrics: QFontMetrics, width: int, most: int) -> list[str]:
        """The words on what is special about the day; none where too few letters of them would be left."""
        lines = in_lines(self._mark, metrics, width, most)
        cut = [each for each in lines if each.endswith("…")]
        is_told = not cut or (self._icon != _CLASH and min(map(len, cut)) > LEAST_LETTERS)
        return lines if is_told else []

    def _paint_number(self, painter: QPainter, area: QRect) -> int:
        """Weekday and number, today's on the accent's ground; returns where they end."""
        wide = min(self._number_width(), area.width())
        pill = QRect(area.left(), area.top(), wide, area.height())
        if self._is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
        role = "on_accent" if self._is_today else "secondary" if self._muted else "text"
        painter.setFont(self._measured_name()[0])
        painter.setPen(self._theme.colour(role))
        write(painter, pill, Qt.AlignmentFlag.AlignCenter.value, self.name)
        return pill.right()

    def _number_width(self) -> int:
        """The room for the weekday and number, with the ground of today's."""
        return max(self._name_width(self.name), self._theme.px(22))

    def _measured_name(self) -> tuple[QFont, QFontMetrics]:
        strong = QFont.Weight.DemiBold if self._is_today or not self._in_month else QFont.Weight.Normal
        return self._theme.measured(Type.TEXT, strong)

    def _name_width(self, name: str) -> int:
        return self._measured_name()[1].horizontalAdvance(name) + self._theme.px(8)

    def _width_of_count(self) -> int:
        """The room that the count takes at the right."""
        if not self._count:
            return 0
        metrics = self._theme.metrics(Type.SMALL)
        return metrics.horizontalAdvance(self._count) + self._theme.px(6)


def in_lines(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """The text in at most so many lines of whole words, the last one ending in an ellipsis if need be."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
            count += 1
        lines.append(" ".join(words[:count]))
        words = words[count:]
    if words:
        lines.append(" ".join(words))
    return [elided(metrics, line, width) for line in lines]
