"""Dates and times as people type them, and the fields that take them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, QTime
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR, check_date
from followup_desktop.domain.errors import Refused
from followup_desktop.ui.forms.field import LineField
from followup_desktop.ui.theme import Theme

Today = Callable[[], date]
"""The present date in the user's zone."""

SHOWN = "ddd d MMM yyyy"
"""How a date is written in a field: no two readers take it for different days."""
_NAMED = ("d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy")
_NAMED_NO_YEAR = ("d MMM", "d MMMM", "MMM d", "MMMM d")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"\d{4}")


def show_date(value: date, locale: QLocale) -> str:
    """The date as a field writes it, with its weekday."""
    return locale.toString(QDate(value.year, value.month, value.day), SHOWN)


def read_date(text: str, locale: QLocale, today: date) -> date | None:
    """The date that was typed: ISO, the locale's order of numbers, or with the month's name.

    Without a year it is this year's. ``None`` if it is no date.
    """
    typed = " ".join(text.split())
    shown = locale.toDate(typed, SHOWN)
    if shown.isValid():
        return date(shown.year(), shown.month(), shown.day())
    if re.fullmatch(r"\d+(?:\D{1,2}\d+){1,2}\D?", typed):
        return _numbers([int(part) for part in re.findall(r"\d+", typed)], locale, today)
    return _month_name(typed, locale, today)


def _numbers(parts: list[int], locale: QLocale, today: date) -> date | None:
    order = "".join(dict.fromkeys(re.findall("[dMy]", locale.dateFormat(QLocale.FormatType.ShortFormat))))
    if parts[0] > 31:
        order = "yMd"
    elif len(parts) == 2:
        order = order.replace("y", "")
    elif order.startswith("y"):
        order = "yMd" if parts[0] > 31 or parts[2] <= 31 else "dMy"
    named = dict(zip(order, parts, strict=False))
    year = named.get("y", today.year)
    if year < 100:
        year += 2000
    return _date(year, named.get("M", 0), named.get("d", 0))


def _month_name(typed: str, locale: QLocale, today: date) -> date | None:
    plain = " ".join(typed.replace(",", " ").replace(".", " ").split())
    first, _, rest = plain.partition(" ")
    forms = [plain, rest] if not first[:1].isdigit() else [plain]
    for form in forms:
        for reader in (locale, QLocale.c()):
            for pattern in (*_NAMED, *_NAMED_NO_YEAR):
                found = reader.toDate(form, pattern)
                if found.isValid():
                    year = found.year() if pattern in _NAMED else today.year
                    return _date(year, found.month(), found.day())
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str, locale: QLocale) -> time | None:
    """The time of day that was typed: ``14:30``, ``14.30``, ``1430``, ``2:30 pm``, ``9``; else ``None``."""
    typed = text.strip()
    own = locale.toTime(typed, QLocale.FormatType.ShortFormat)
    if own.isValid():
        return time(own.hour(), own.minute())
    if _FOUR_DIGITS.fullmatch(typed):
        typed = f"{typed[:2]}:{typed[2:]}"
    match = _TIME.fullmatch(typed)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def show_time(value: time, locale: QLocale) -> str:
    """The time of day as the locale writes it."""
    return locale.toString(QTime(value.hour, value.minute), QLocale.FormatType.ShortFormat)


class DateField(LineField):
    """A date that may be missing, typed or picked from a calendar (Alt+Down).

    Up and Down move it by a day.
    """

    def __init__(
        self,
        name: str,
        today: Today,
        *,
        required: bool = False,
        hint: str = "",
        theme: Theme | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._today = today
        self._required = required
        self.calendar: QCalendarWidget | None = None
        self._pick: QAction | None = None
        if theme is not None:
            self._add_button(theme)

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            if self._required:
                raise Refused(
                    self.tr("{} is empty; type a date like 2026-10-14.").format(self.name), self.name
                )
            return None
        if self.kept is not None and typed == show_date(self.kept, self.locale()):
            return self.kept
        found = read_date(typed, self.locale(), self._today())
        if found is None:
            raise Refused(
                self.tr("“{}” is no date; type one like {} or 2026-10-14.").format(
                    typed, self.locale().toString(QDate(2026, 10, 14), "d MMM yyyy")
                ),
                self.name,
            )
        if not MIN_YEAR <= found.year <= MAX_YEAR:
            raise Refused(
                self.tr("{} lies outside the years {} to {}; check the year.").format(
                    typed, MIN_YEAR, MAX_YEAR
                ),
                self.name,
            )
        return check_date(found, self.name)

    def show_value(self, value: Any) -> None:
        self.show_text("" if value is None else show_date(value, self.locale()))

    def _add_button(self, theme: Theme) -> None:
        pick = self._pick = QAction(self)
        self._name_button()
        pick.triggered.connect(self.open_calendar)
        self.line.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        theme.set_icon(pick, "calendar", "secondary")

    def rename(self, name: str) -> None:
        super().rename(name)
        self._name_button()

    def _name_button(self) -> None:
        if self._pick is not None:
            self._pick.setText(self.tr("Choose {} in a calendar").format(self.name))

    def open_calendar(self) -> None:
        """Show a month to pick from, at the present date of the field."""
        if self.calendar is None:
            self.calendar = QCalendarWidget(self)
            self.calendar.setWindowFlag(Qt.WindowType.Popup)
            self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self.calendar.setAccessibleName(self.tr("Calendar for {}").format(self.name))
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
        try:
            return self.value() or self._today()
        except Refused:
            return self._today()

    def _move(self, days: int) -> None:
        empty = not self.line.text().strip()
        self._write(self._today() if empty else self._current() + timedelta(days=days))

    def _write(self, day: date) -> None:
        self.line.setText(show_date(day, self.locale()))

    def _picked(self, picked: QDate) -> None:
        if self.calendar is not None:
            self.calendar.hide()
        self._write(date(picked.year(), picked.month(), picked.day()))
        self.line.setFocus()
        self.committed.emit()


class TimeField(LineField):
    """A time of day; Up and Down move it by a quarter of an hour."""

    def value(self) -> Any:
        typed = self.line.text().strip()
        found = read_time(typed, self.locale())
        if found is None:
            sentence = self.tr("{} is empty; type a time like 14:30.").format(self.name)
            if typed:
                sentence = self.tr("“{}” is no time of day; type one like 14:30.").format(typed)
            raise Refused(sentence, self.name)
        return found

    def show_value(self, value: Any) -> None:
        self.show_text("" if value is None else show_time(value, self.locale()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            now = read_time(self.line.text(), self.locale()) or time(9, 45)
            minutes = now.hour * 60 + now.minute + (15 if event.key() == Qt.Key.Key_Up else -15)
            self.line.setText(show_time(time(minutes // 60 % 24, minutes % 60), self.locale()))
            return True
        return super().eventFilter(watched, event)
