"""What stands in the calendar: interviews and follow-ups, and the button for those that find no room."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from followup_desktop.ui.calendar.drawing import RADIUS, EntryBrush, EntryForm, EntryPicture
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry
from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.plain import tool_tip
from followup_desktop.ui.kit.widgets.roles import ListFrame, OpenableItem

_LINK_RADIUS = 7.0
_CENTRED = Qt.AlignmentFlag.AlignCenter.value
LEAST_TARGET = 24
"""So high is a button at least, in pixels at the ordinary text size, to be hit: a line is lower."""


class CalendarStop:
    """Makes a widget something that the keyboard stops at: see ``navigator.Stop``."""

    _key: str
    _day: date
    _at: datetime

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
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.widget.setFocusPolicy(policy)


class EntryHolder(ListFrame):
    """What entries stand in: it is told what the user does with them, directly.

    With a signal for each, a third of the time to make an entry went into connecting them.
    """

    def note_focus(self, key: str) -> None:
        """The keyboard came to this one."""
        raise NotImplementedError

    def carry(self, key: str, corner: QPoint) -> None:
        """The pointer carries this one to there."""
        raise NotImplementedError

    def let_go(self, key: str, *, dropped: bool) -> None:
        """The pointer carries it no longer; it isn't ``dropped`` where the user thought better of it."""
        raise NotImplementedError


class EntryFrame(CalendarStop, OpenableItem):
    """One entry of one day; its key is that of the interview or follow-up, and the day.

    What it stands in paints it, with all others.
    """

    def __init__(self, form: EntryForm, holder: EntryHolder) -> None:
        super().__init__(holder)
        self._holder = holder
        self._form = form
        self.picture = EntryPicture(form)
        self._shown: tuple[object, ...] = ()
        self._texts: CalendarTexts | None = None
        self._spoken = ""
        self._grab: QPoint | None = None
        self._carried = False
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
        self._texts, self._spoken = texts, ""  # hardly any is pointed at or read out
        self.picture.show_entry(entry, texts)
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

    def paint(self, brush: EntryBrush, area: QRect) -> None:
        """Paint it there, as reckoned from the left."""
        self.picture.paint(brush, area)
        if self.hasFocus():
            brush.keyboard_ring(QRectF(area).adjusted(1, 1, -1, -1), RADIUS)

    def show_drop(self, text: str) -> None:
        """Say when it would be, were it let go here."""
        self.picture.dropping_at = text
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
        self.picture.dropping_at = ""
        self.unsetCursor()
        self.update()
        self._holder.let_go(self._key, dropped=dropped)


class MoreButton(CalendarStop, QAbstractButton):
    """``+3 more``: opens the day in which there was no room for all.

    It looks like a link, and what it stands in paints it: of a push button, a style sheet takes three times
    as long to make.
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
        """What it stands in paints it."""

    def paint(self, brush: EntryBrush, area: QRect) -> None:
        """Paint it there, as reckoned from the left."""
        has_keyboard, is_pressed = self.hasFocus(), self.isDown() or self.underMouse()
        edge, ground = QRectF(area).adjusted(1, 1, -1, -1), "neutral_soft" if is_pressed else ""
        if has_keyboard:
            brush.keyboard_ring(edge, _LINK_RADIUS, ground)
        elif is_pressed:
            brush.ring(edge, _LINK_RADIUS, Qt.PenStyle.NoPen, ground)
        text = elided(brush.metrics(Type.TEXT), self.text(), area.width())
        brush.write(area, _CENTRED, text, "accent", size=Type.TEXT)
