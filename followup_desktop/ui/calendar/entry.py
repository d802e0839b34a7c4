"""What stands in the calendar: interviews and follow-ups, and the button for those that find no room."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from itertools import islice

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from followup_desktop.domain.rules.table import icon_of
from followup_desktop.i18n import with_dots
from followup_desktop.services.reading.calendar import CalendarFollowUp, CalendarInterview
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording.formats import capitalised
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.mirror import draw_icon, elided, mirrored, write
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.plain import tool_tip
from followup_desktop.ui.kit.widgets.roles import ListFrame, OpenableFrame

RADIUS = 5.0
_LINK_RADIUS = 7.0
_MOST_GROUNDS = 60
"""So many are known, 0.5 MB, before all are forgotten: a week has a dozen."""
_AT_START = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


class EntryForm(Enum):
    """How an entry is drawn: in the hours of a week, on one line, or as a row of a day."""

    BLOCK = auto()
    LINE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class LongerText:
    """A text of which parts are known, and the rest is asked for only where these have room.

    In a crowded week few entries have room for the names of what they overlap: to list and measure these took
    a sixth of its painting.
    """

    parts: tuple[str, ...]
    whole: Callable[[], str]

    def fitting(self, metrics: QFontMetrics, room: int) -> str:
        """The text if it fits, or nothing."""
        width = metrics.horizontalAdvance
        if sum(map(width, self.parts)) > room or width(text := self.whole()) > room:
            return ""
        return text


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entry in a colour of the theme; ``shorter`` stands where the text does not fit."""

    text: str
    role: str
    bold: bool = False
    shorter: str = ""
    longer: LongerText | None = None
    """What stands instead where it fits."""
    icon: str = ""
    """What is drawn where not even the shorter text fits."""
    may_be_cut: bool = False
    """Whether it is before that shortened to as few letters as tell anything."""
    name: str = ""
    """What it ends with, which stands alone where too little of it would be left."""

    def fitting(self, metrics: QFontMetrics, room: int) -> str:
        """The text that fits; shortened by an ellipsis, or nothing where an icon says it.

        Of a name its first letters stand where there is no room for an ellipsis behind them.
        """
        if self.longer is not None and (text := self.longer.fitting(metrics, room)):
            return text
        for text in (self.text, self.shorter):
            if text and metrics.horizontalAdvance(text) <= room:
                return text
        text = self.shorter or self.text
        cut = elided(metrics, text, room)
        if self.name and len(cut) <= len(text) - len(self.name) + LEAST_LETTERS:
            cut = elided(metrics, self.name, room)
            if len(cut) <= LEAST_LETTERS and not self.icon:
                cut = _first_letters(self.name, metrics, room)
        return "" if self.icon and (not self.may_be_cut or len(cut) <= LEAST_LETTERS) else cut


LEAST_TARGET = 24
"""So high is a button at least, in pixels at the ordinary text size, to be hit: a line is lower."""
LEAST_LETTERS = 4
"""So many with the ellipsis, and fewer, tell nothing."""


def _first_letters(text: str, metrics: QFontMetrics, room: int) -> str:
    """As many of a text's letters as there is room for."""
    lengths = range(min(len(text), 2 * LEAST_LETTERS), 0, -1)
    return next((text[:n] for n in lengths if metrics.horizontalAdvance(text[:n]) <= room), "")


class CalendarStop:
    """Makes a widget something that the keyboard stops at: see ``navigator.Stop``."""

    _key: str
    _day: date
    _at: datetime
    _is_current = False

    @property
    def key(self) -> str:
        return self._key

    @property
    def day(self) -> date:
        return self._day

    @property
    def at(self) -> datetime:
        return self._at

    @property
    def widget(self) -> QWidget:
        assert isinstance(self, QWidget)
        return self

    def set_current(self, current: bool) -> None:
        if current is self._is_current:  # of two hundred, few change: to say it to each took a millisecond
            return
        self._is_current = current
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.widget.setFocusPolicy(policy)


class GroundSet:
    """The grounds of entries, each drawn once for its size and colours: a week has eighty, of a dozen kinds.

    To fill a rounded ground, with its outline and bar, takes 18 µs, to paint the picture of it less than one.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[Hashable, QPixmap] = {}

    def paint(self, painter: QPainter, size: QSize, ground: str, line: str, bar: str = "") -> None:
        """Paint it from the corner on, in colours of the theme; the ``bar`` is at the start of the lines."""
        ratio = painter.device().devicePixelRatio()
        colours = [self._theme.colour(role).rgba() for role in (ground, line, bar) if role]
        key = (size.width(), size.height(), ratio, self._theme.px(3), *colours)
        if key not in self._drawn:
            if len(self._drawn) == _MOST_GROUNDS:
                self._drawn.clear()
            self._drawn[key] = self._draw(size, ratio, ground, line, bar)
        painter.drawPixmap(0, 0, self._drawn[key])

    def _draw(self, size: QSize, ratio: float, ground: str, line: str, bar: str) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(QPoint(), size).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(outline, self._theme.colour(ground))
        painter.setPen(QPen(self._theme.colour(line), 1))
        painter.drawPath(outline)
        if bar:
            painter.setClipPath(outline)
            painter.fillRect(0, 0, self._theme.px(3), size.height(), self._theme.colour(bar))
        painter.end()
        return picture


class EntryHolder(ListFrame):
    """What entries stand in: it is told what the user does with them, directly.

    With a signal for each, a third of the time to make an entry went into connecting them.
    """

    grounds: GroundSet

    def note_focus(self, key: str) -> None:
        """The keyboard came to this one."""
        raise NotImplementedError

    def carry(self, key: str, corner: QPoint) -> None:
        """The pointer carries this one to there."""
        raise NotImplementedError

    def let_go(self, key: str, *, dropped: bool) -> None:
        """The pointer carries it no longer; it isn't ``dropped`` where the user thought better of it."""
        raise NotImplementedError


class EntryFrame(CalendarStop, OpenableFrame):
    """One entry of one day; its key is that of the interview or follow-up, and the day."""

    def __init__(self, theme: Theme, form: EntryForm, holder: EntryHolder) -> None:
        super().__init__(holder)
        self._holder = holder
        self._theme = theme
        self._form = form
        self._shown: tuple[object, ...] = ()
        self._texts: CalendarTexts | None = None
        self._lines: list[EntryLine] = []
        self._unsaid: Iterator[EntryLine] = iter(())
        """The lines below these, for which there was no height yet."""
        self._spoken = ""
        self._grab: QPoint | None = None
        self._carried = False
        self._dropping_at = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def entry(self) -> Entry:
        """What it shows."""
        return self._entry

    @property
    def is_carried(self) -> bool:
        """Whether the pointer is moving it now."""
        return self._carried

    def show_entry(self, key: str, entry: Entry, day: date, at: datetime, texts: CalendarTexts) -> None:
        """Show this from now on."""
        shown = entry, day, at, texts.zone_name
        if shown == self._shown:
            return
        self._shown = shown
        self._key, self._entry, self._day, self._at = key, entry, day, at
        # Most of a busy week is out of sight, and hardly any is pointed at or read out.
        self._texts, self._spoken = texts, ""
        self._lines, self._unsaid = [], self._lines_of(entry, texts)
        if self.underMouse():
            self.setToolTip(tool_tip(self.accessibleName()))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def accessibleName(self) -> str:  # noqa: N802
        """All of it in a sentence, put into words when someone asks."""
        if not self._spoken and self._texts is not None:
            self._spoken = self._texts.spoken(self._entry)
        return self._spoken

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.setToolTip(tool_tip(self.accessibleName()))

    def _lines_of(self, entry: Entry, texts: CalendarTexts) -> Iterator[EntryLine]:
        """Its lines, the more telling first, each put into words when there is height for it."""
        if isinstance(entry, CalendarInterview):
            yield from _lines_of_interview(entry, texts, self._form)
        else:
            clock = texts.clock(entry.at) if self._form is EntryForm.ROW else ""
            said = with_dots((clock, entry.title), plain=True)
            yield EntryLine(said, "late" if entry.tone is Tone.LATE else "text")

    def show_drop(self, text: str) -> None:
        """Say when it would be, were it let go here."""
        self._dropping_at = text
        self.update()

    # What the user does

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._holder.note_focus(self._key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open it; Escape puts it back where it was."""
        if event.key() == Qt.Key.Key_Escape and self._carried:
            self._end(dropped=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton:
            self._grab = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is None or self._form is EntryForm.ROW:
            return
        point = event.position().toPoint()
        far = (point - self._grab).manhattanLength() >= QGuiApplication.styleHints().startDragDistance()
        if far and not self._carried:
            self._carried = True
            self.raise_()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._carried:
            self._holder.carry(self._key, self.mapToParent(point) - self._grab)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end(dropped=True)
            self._grab = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grab = None
        self.opened.emit()
        event.accept()

    def _end(self, *, dropped: bool) -> None:
        if not self._carried:
            return
        self._grab = None
        self._carried = False
        self._dropping_at = ""
        self.unsetCursor()
        self.update()
        self._holder.let_go(self._key, dropped=dropped)

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(self._entry, CalendarInterview):
            self._paint_interview(painter, self._entry)
        else:
            self._paint_follow_up(painter, self._entry)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def _paint_interview(self, painter: QPainter, one: CalendarInterview) -> None:
        px = self._theme.px
        ink, ground = ("accent", "accent_soft")
        if one.is_over:
            ink, ground = "secondary", "neutral_soft"
        elif one.clashes:
            ink, ground = "late", "late_soft"
        self._holder.grounds.paint(painter, self.size(), ground, "surface", ink)
        left = px(8)
        if one.clashes and self._form is not EntryForm.BLOCK:
            left = self._paint_icon(painter, "warning", ink, left)
        self._paint_lines(painter, left)

    def _paint_follow_up(self, painter: QPainter, one: CalendarFollowUp) -> None:
        ink = {Tone.LATE: "late", Tone.NOW: "now"}.get(one.tone, "secondary")
        ground = {Tone.LATE: "late_soft", Tone.NOW: "now_soft"}.get(one.tone, "surface")
        line = "line" if one.tone is Tone.NEUTRAL else ground
        self._holder.grounds.paint(painter, self.size(), ground, line)
        left = self._paint_icon(painter, icon_of(one.rule, one.channel), ink, self._theme.px(5))
        self._paint_lines(painter, left)

    def _paint_icon(self, painter: QPainter, name: str, role: str, left: int) -> int:
        side = self._theme.px(14)
        top = (min(self.height(), self._theme.px(24)) - side) // 2 if self._form is not EntryForm.ROW else 0
        if self._form is EntryForm.ROW:
            top = (self.height() - side) // 2
        draw_icon(painter, self._theme.icon(name, role), left, top, side)
        return left + side + self._theme.px(4)

    def _paint_lines(self, painter: QPainter, left: int) -> None:
        """Paint as many lines as there is height for; while it is carried, when it would be."""
        room = self.width() - left - self._theme.px(3)
        height = self._theme.metrics(Type.SMALL).height()
        fits = max(1, (self.height() - self._theme.px(4)) // height)
        self._lines += islice(self._unsaid, max(0, fits - len(self._lines)))
        lines = [EntryLine(self._dropping_at, "text", bold=True)] if self._dropping_at else self._lines
        centred = self._form is not EntryForm.BLOCK or fits == 1
        top = (self.height() - height) // 2 if centred else self._theme.px(3)
        for number, line in enumerate(lines[:fits]):
            weight = QFont.Weight.DemiBold if line.bold else QFont.Weight.Normal
            font, metrics = self._theme.measured(Type.SMALL, weight)
            painter.setFont(font)
            painter.setPen(self._theme.colour(line.role))
            area = QRect(left, top + number * height, room, height)
            text = line.fitting(metrics, room)
            if not text and line.icon:
                draw_icon(painter, self._theme.icon(line.icon, line.role), left, area.top(), height)
            else:
                write(painter, area, _AT_START, text)


class MoreButton(CalendarStop, QAbstractButton):
    """``+3 more``: opens the day in which there was no room for all.

    It looks like a link, and draws itself: of a push button, a style sheet takes three times as long to make.
    """

    focused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_count(self, key: str, label: str, name: str, day: date, at: datetime) -> None:
        """Stand for that many more, in a day and about an instant."""
        self._key, self._day, self._at = key, day, at
        self.setMinimumHeight(self._theme.px(LEAST_TARGET))
        self.setText(label)
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it; the other keys belong to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirrored(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_keyboard = self.hasFocus()
        if has_keyboard or self.isDown() or self.underMouse():
            ring = QPen(self._theme.colour("focus"), 2) if has_keyboard else Qt.PenStyle.NoPen
            ground = self.isDown() or self.underMouse()
            painter.setPen(ring)
            painter.setBrush(self._theme.colour("neutral_soft") if ground else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _LINK_RADIUS, _LINK_RADIUS)
        font, metrics = self._theme.measured()
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent"))
        write(
            painter,
            self.rect(),
            Qt.AlignmentFlag.AlignCenter.value,
            elided(metrics, self.text(), self.width()),
        )
        painter.end()


def _lines_of_interview(one: CalendarInterview, texts: CalendarTexts, form: EntryForm) -> Iterator[EntryLine]:
    """The lines of an interview, the more telling first."""
    ink = "secondary" if one.is_over else "text"
    if form is EntryForm.LINE:
        said = f"{texts.clock(one.starts_at)} {one.employer}"
        longer = LongerText(
            (said, texts.overlaps_at_least(one)),
            lambda: with_dots((said, texts.overlaps(one)), plain=True),
        )
        yield EntryLine(
            said,
            ink,
            True,
            "" if one.clashes else one.employer,
            longer if one.clashes else None,
            icon="" if one.clashes else "interviewing",
            may_be_cut=True,
            name=one.employer,
        )
        return
    if form is EntryForm.ROW:
        parts = (texts.span(one), texts.there(one), one.employer, one.role, texts.overlaps(one))
        yield EntryLine(with_dots(parts, plain=True), ink, bold=True)
        return
    if one.employer:
        yield EntryLine(one.employer, ink, bold=True, name=one.employer)
    if one.clashes:
        yield EntryLine(
            texts.overlap,
            "secondary" if one.is_over else "late",
            longer=LongerText((texts.overlaps_at_least(one),), lambda: capitalised(texts.overlaps(one))),
            icon="warning",
        )
    yield EntryLine(texts.span(one), "secondary", shorter=texts.clock(one.starts_at))
    for text in (texts.there(one), one.role):
        if text:
            yield EntryLine(text, "secondary")
