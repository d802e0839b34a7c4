"""The fields that take dates and times as people type them, and write out what they understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cache
from typing import Any, Self

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from followup_desktop import i18n
from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.dates import DateWriting, Direction, ReadDate, read_date
from followup_desktop.services.capture.times import read_time
from followup_desktop.ui.kit.forms.field import LineField
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.theme import Theme

Today = Callable[[], date]
"""The present date in the user's zone, or the day on which something was said."""

_FAR = timedelta(days=366)
_EXAMPLE = time(14, 30)


def writing() -> DateWriting:
    """How the language of the interface writes dates."""
    return _writing(i18n.locale_name())


@cache
def _writing(_locale: str) -> DateWriting:
    figures = i18n.figures_pattern()
    order = _order_of(figures)
    separator = re.search(r"[yMd]\W*?([-./])", figures)
    return DateWriting(
        order=order,
        separator=separator[1] if separator else "/",
        # A year-first format in figures does not tell how 7/1 is read; that with the month's name does.
        day_first=_is_day_first(order if order[0] != "y" else _order_of(i18n.words_pattern())),
        months=i18n.month_names(),
        weekdays=i18n.weekday_names(),
    )


def _order_of(pattern: str) -> str:
    """``dMy`` of ``d 'de' MMMM 'de' y``: the order of day, month and year."""
    found = "".join(dict.fromkeys(re.findall("[dMy]", re.sub(r"'[^']*'", "", pattern.replace("L", "M")))))
    return found if set(found) == set("dMy") else "dMy"


def _is_day_first(order: str) -> bool:
    return order.index("d") < order.index("M")


class WrittenOutField(LineField):
    """A line in which something is typed as people say it; when it is left, it stands there written out.

    While it is typed, and where there is something to say of it, a small print below tells what was
    understood. What is not understood is refused as soon as the field is left.
    """

    waits = True

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._remark = ""
        self.understood = small_print()
        self.understood.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.understood)
        self.line.returnPressed.connect(self.settle)

    def written(self, value: Any) -> str:
        """The value as the field writes it."""
        raise NotImplementedError

    def meaning(self) -> Any:
        """What the text means; ``None`` if it means nothing."""
        try:
            return self.value()
        except Refused:
            return None

    def remark(self, sentence: str) -> None:
        """Have a sentence below the field about what is in it; empty takes it away."""
        if sentence != self._remark:
            self._remark = sentence
            self._tell()

    def show_value(self, value: Any) -> None:
        self.show_text("" if value is None else self.written(value))
        self._tell()

    def settle(self) -> None:
        if not self.dirty:
            super().settle()
        elif self.line.text().strip():
            self._write_out()

    def refuse(self, sentence: str) -> None:
        super().refuse(sentence)
        self._tell()

    def clear_refusal(self) -> None:
        super().clear_refusal()
        self._tell()

    def _write_out(self) -> None:
        try:
            value = self.value()
        except Refused as refusal:
            self.refuse(str(refusal))
            return
        if value is not None and self.line.text() != self.written(value):
            self._can_undo = True
            self.show_text(self.written(value))
            self._can_undo = False
        self._tell()

    def _changed(self) -> None:
        super()._changed()
        self._tell()

    def _echo(self, value: Any) -> str:
        """What was understood, where the text says it in other words."""
        return "" if self.line.text().strip() == self.written(value) else self.written(value)

    def _notes(self, value: Any) -> list[str]:
        """What else there is to say of it."""
        del value
        return []

    def _tell(self) -> None:
        value = None if self.refusal else self.meaning()
        echo = self._echo(value) if value is not None else ""
        notes = self._notes(value) if value is not None else []
        notes += [self._remark] if self._remark and not self.refusal else []
        if echo:
            said = _("That is {value}.") if notes else _("That is {value}")
            notes.insert(0, said.format(value=echo))
        text = " ".join(notes)
        self.understood.setText(text)
        self.understood.setVisible(bool(text))
        if not self.refusal:
            self.editor.setAccessibleDescription(text)


class DateField(WrittenOutField):
    """A date that may be missing: typed as one says it, or picked from a calendar (Alt+Down).

    Dates without a year, and weekdays, lie in the ``direction`` of the field as seen from ``today``. Up and
    Down move it by a day.
    """

    def __init__(
        self,
        name: str,
        today: Today,
        direction: Direction = Direction.NEXT,
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        self._today = today
        self._direction = direction
        self._required = required
        self._read: ReadDate | None = None
        self.calendar: QCalendarWidget | None = None
        self._pick: QAction | None = None
        super().__init__(name, hint=hint)

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            if self._required:
                raise Refused(
                    _("{field} is empty; type a date like 2026-10-14.").format(field=self.name), self.name
                )
            return None
        for known in (self.kept, self._read.day if self._read else None):
            if isinstance(known, date) and typed == self.written(known):
                return known
        return self._reading(typed).day

    def written(self, value: Any) -> str:
        return i18n.format_dated_day(value)

    def show_value(self, value: Any) -> None:
        if self._read is not None and value != self._read.day:
            self._read = None
        super().show_value(value)

    def draft(self) -> str:
        """What was understood means the same tomorrow; "tomorrow" does not."""
        day = self.meaning()
        return self.typed() if day is None else str(day.isoformat())

    def type_again(self, text: str) -> None:
        super().type_again(text)
        self._understand(text.strip())
        if self._read is not None and text == self._read.day.isoformat():
            self.show_text(self.written(self._read.day))
        self._tell()

    def _reading(self, typed: str) -> ReadDate:
        written = i18n.read_dated_day(typed)
        if written is not None and MIN_YEAR <= written.year <= MAX_YEAR:
            return ReadDate(written, written, written)
        try:
            return read_date(typed, self._today(), self._direction, writing())
        except Refused as refusal:
            raise Refused(str(refusal), self.name) from None

    def _changed(self) -> None:
        if not self._quiet:
            self._understand(self.line.text().strip())
        super()._changed()

    def _understand(self, typed: str) -> None:
        if self._read is not None and typed == self.written(self._read.day):
            return
        try:
            self._read = self._reading(typed) if typed else None
        except Refused:
            self._read = None

    def _notes(self, value: Any) -> list[str]:
        read, today = self._read, self._today()
        notes = []
        if read is not None and not read.is_exact:
            notes.append(
                _("It may be any day from {first} to {last}.").format(
                    first=self.written(read.first), last=self.written(read.last)
                )
            )
        if read is not None and read.timed:
            notes.append(_("The time of day is not kept here."))
        if self._direction is Direction.LAST and value > today:
            notes.append(_("That day is still to come."))
        elif self._direction is Direction.NEXT and read is not None and value < today and not self._remark:
            notes.append(_("That day has passed."))
        elif self._direction is Direction.NEXT and read is not None and value > today + _FAR:
            notes.append(_("That is more than a year ahead."))
        return notes

    def with_calendar(self, theme: Theme) -> Self:
        """The same with a button that opens the calendar."""
        pick = self._pick = QAction(self)
        self._name_button()
        pick.triggered.connect(self.open_calendar)
        self.line.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        theme.set_icon(pick, "calendar", "secondary")
        return self

    def rename(self, name: str) -> None:
        super().rename(name)
        self._name_button()

    def _name_button(self) -> None:
        if self._pick is not None:
            self._pick.setText(_("Choose {field} in a calendar").format(field=self.name))

    def open_calendar(self) -> None:
        """Show a month to pick from, at the present date of the field."""
        if self.calendar is None:
            self.calendar = QCalendarWidget(self)
            self.calendar.setWindowFlag(Qt.WindowType.Popup)
            self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self.calendar.setAccessibleName(_("Calendar for {field}").format(field=self.name))
            self.calendar.setDateRange(QDate(MIN_YEAR, 1, 1), QDate(MAX_YEAR, 12, 31))
            self.calendar.activated.connect(self._picked)
            self.calendar.clicked.connect(self._picked)
        current = self._current()
        self.calendar.setSelectedDate(QDate(current.year, current.month, current.day))
        self.calendar.move(self.mapToGlobal(QPoint(0, self.line.height())))
        self.calendar.show()
        self.calendar.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
            else:
                self._move(1 if event.key() == Qt.Key.Key_Up else -1)
            return True
        return super().eventFilter(watched, event)

    def _current(self) -> date:
        current = self.meaning()
        return current if isinstance(current, date) else self._today()

    def _move(self, days: int) -> None:
        empty = not self.line.text().strip()
        self._write(self._today() if empty else self._current() + timedelta(days=days))

    def _write(self, day: date) -> None:
        self._read = ReadDate(day, day, day)
        self.line.replace_text(self.written(day))

    def _picked(self, picked: QDate) -> None:
        if self.calendar is not None:
            self.calendar.hide()
        self._write(date(picked.year(), picked.month(), picked.day()))
        self.line.setFocus()
        self.committed.emit()


class TimeField(WrittenOutField):
    """A time of day; Up and Down move it by a quarter of an hour.

    Of a ``working_day``, "5" is five in the afternoon.
    """

    def __init__(
        self, name: str, *, working_day: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        self._working_day = working_day
        super().__init__(name, hint=hint, parent=parent)

    def value(self) -> Any:
        typed = self.line.text().strip()
        found = self._reading(typed)
        if found is None:
            if typed:
                sentence = _("“{text}” is no time of day; type one like {example}.")
            else:
                sentence = _("{field} is empty; type a time like {example}.")
            example = i18n.format_clock(_EXAMPLE)
            raise Refused(sentence.format(text=typed, field=self.name, example=example), self.name)
        return found

    def written(self, value: Any) -> str:
        return i18n.format_clock(value)

    def _reading(self, typed: str) -> time | None:
        own = i18n.read_clock(typed)
        if own is not None:
            return own
        return read_time(typed, working_day=self._working_day, twelve_hours=i18n.has_twelve_hours())

    def _echo(self, value: Any) -> str:
        """Only where it is not just the figures that were typed."""
        return "" if read_time(self.line.text()) == value else super()._echo(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            now = self.meaning() or time(9, 45)
            minutes = now.hour * 60 + now.minute + (15 if event.key() == Qt.Key.Key_Up else -15)
            self.line.replace_text(self.written(time(minutes // 60 % 24, minutes % 60)))
            return True
        return super().eventFilter(watched, event)
