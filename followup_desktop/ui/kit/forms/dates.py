"""The fields that take dates and times as people type them, and write out what they understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from followup_desktop import i18n
from followup_desktop.domain.checks import MAX_YEAR, MIN_YEAR
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.clocks import spoken_time
from followup_desktop.services.capture.dates import ReadDate, read_date, read_hours_ahead
from followup_desktop.services.capture.said_zones import zone_said
from followup_desktop.services.capture.spans import Direction, weekdays
from followup_desktop.services.capture.vocabulary import DateWriting
from followup_desktop.services.reading.days import Days
from followup_desktop.services.wording.formats import capitalised, clock_change, distance, sentences
from followup_desktop.ui.kit.forms.field import LineField
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.card import named
from followup_desktop.ui.kit.widgets.date_picker import DAY_SLOTS, DatePicker
from followup_desktop.ui.kit.widgets.hint import Hint

Today = Callable[[], date]
"""The present date in the user's zone, or the day on which something was said."""

_FAR = timedelta(days=366)
_EXAMPLE = time(14, 30)
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F4)
"""They go on by a step, or with Alt open the month; so does F4."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
"""A time as a draft keeps it."""


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
    understood. It shares its room with the refusal, and keeps it until the field gets another value, so that
    nothing below jumps. What is not understood is refused as soon as the field is left.
    """

    waits = True
    lasts = False

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._remark = ""
        self._shows_remark = True
        self.understood = Hint("small", announced=False)
        self._put_below(self.understood)
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

    def remark(self, sentence: str, *, is_shown: bool = True, anew: bool = False) -> None:
        """Have a sentence below the field about what is in it; empty takes it away, ``anew`` with its room.

        What another part shows is said to assistive technology alone.
        """
        if (sentence, is_shown) != (self._remark, self._shows_remark):
            self._remark, self._shows_remark = sentence, is_shown
            self._is_as_set = False  # the room of it stays until a value is set
            self.show_understood(anew=anew)

    def begin_with(self, value: Any) -> None:
        self._remark, self._shows_remark = "", True  # it was about what the form before this had
        super().begin_with(value)

    def show_value(self, value: Any) -> None:
        if value is None:
            self.show_text("")
        else:
            self._show_written(value)
        self.show_understood(anew=True)

    def settle(self) -> None:
        if not self.dirty:
            super().settle()
        elif self.line.text().strip():
            self._write_out()

    def refuse(self, sentence: str) -> None:
        super().refuse(sentence)
        self.show_understood()

    def clear_refusal(self) -> None:
        if self.refusal:
            super().clear_refusal()
            self.show_understood()

    def type_again(self, text: str) -> None:
        super().type_again(text)
        self.show_understood()

    def _write_out(self) -> None:
        try:
            value = self.value()
        except Refused as refusal:
            self.refuse(str(refusal))
            return
        if value is not None and self.line.text() != self.written(value):
            self._can_undo = True
            self._show_written(value)
            self._can_undo = False
            Announcer.of(self).announce(
                named(self.name, self.line.text()), about=self, unless=lambda: not self.isVisible()
            )
        self.show_understood()

    def _show_written(self, value: Any) -> None:
        self.show_text(self.written(value))

    def _changed(self) -> None:
        super()._changed()
        if not self._quiet:  # whoever puts in a text tells of it then
            self.show_understood()

    def _echo(self, value: Any) -> str:
        """What was understood, where the text says it in other words."""
        written = self.written(value)
        # Translators: what was typed, in other words: “= 14:30”.
        return "" if self.line.text().strip() == written else _("= {value}").format(value=written)

    def _notes(self, value: Any) -> list[str]:
        """What else there is to say of it."""
        del value
        return []

    def show_understood(self, *, anew: bool = False) -> None:
        """Say below the field what there is to say, ``anew`` without the room of what was there."""
        value = None if self.refusal else self.meaning()
        said = [] if value is None else [echo] if (echo := self._echo(value)) else []
        notes = self._notes(value) if value is not None else []
        remarks = [self._remark] if self._remark and not self.refusal else []
        shown = [*notes, *remarks] if self._shows_remark else notes
        text = sentences(*said, *shown)
        self.understood.show_sentence(text)
        if anew:
            self.understood.give_back_room()
        if not self.refusal:
            spoken = text if self._shows_remark else sentences(text, *remarks)
            self.describe(spoken)


class DateField(WrittenOutField):
    """A date that may be missing: typed as one says it, or picked from a month (Alt+Down, F4).

    Dates without a year, and weekdays, lie in the ``direction`` of the field as seen from ``today``. Up and
    Down move it by a day. Where a moment is meant, the date has the field of its time beside it
    (``with_time``), and each of the two hands on what the other one is to say.
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
        self._read: ReadDate | None = None
        self._shown: tuple[str, date] | None = None
        self._days: Days | None = None
        self._time: TimeField | None = None
        self._zone: Callable[[], str] | None = None
        self._theme: Theme | None = None
        self._pick: QAction | None = None
        self.picker: DatePicker | None = None
        super().__init__(name, hint=hint)
        self.required = required

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            if self.required:
                raise Refused(
                    _("{field} is empty. Enter a date like 2026-10-14.").format(field=self.name), self.name
                )
            return None
        if self._shown is not None and self._shown[0] == typed:
            return self._shown[1]
        return self._reading(typed).day

    def written(self, value: Any) -> str:
        return i18n.format_day(value, self._present())

    def begin_with(self, value: Any) -> None:
        self._read = None
        super().begin_with(value)

    def show_value(self, value: Any) -> None:
        if self._read is not None and value != self._read.day:
            self._read = None
        self._shown = None
        super().show_value(value)
        self._refresh_time()

    def draft(self) -> str:
        """What was understood means the same tomorrow; "tomorrow" does not."""
        day = self.meaning()
        if day is None:
            return self.typed()
        clock = self.clock_of(self._read)
        return f"{day.isoformat()} {clock:%H:%M}" if clock is not None else str(day.isoformat())

    def type_again(self, text: str) -> None:
        super().type_again(text)
        self._understand(text.strip())
        if self._read is not None and text == self._read.day.isoformat():
            self._show_written(self._read.day)
        elif self._read is not None and text == self.draft():
            self._show_in_this_language(text)
        self.show_understood()

    def _show_in_this_language(self, kept: str) -> None:
        """Show a day and time that were kept for every language as this one writes them."""
        day, clock = self.meaning(), self.clock_of(self._read)
        if day is None or clock is None:
            return
        said = _("{date} {time}").format(date=self.written(day), time=i18n.format_clock(clock))
        for text in (said, kept):
            self.show_text(text)
            self._understand(text)
            if self.draft() == kept:
                break
        self.line.end(False)

    def finish(self) -> None:
        self._hand_on()

    def with_calendar(self, theme: Theme, days: Days | None = None) -> Self:
        """The field with a button that opens a month to pick from, which marks what the ``days`` are."""
        self._theme, self._days = theme, days or self._days
        pick = self._pick = QAction(self)
        self._name_button()
        pick.triggered.connect(self.open_picker)
        self.line.add_button(pick)
        theme.set_icon(pick, "calendar", "secondary")
        return self

    def with_time(self, field: TimeField, zone: Callable[[], str] | None = None) -> Self:
        """The field with that of its time beside it: "tomorrow at 5" fills both.

        The time is one of that ``zone``; else of the user's, if the field has a calendar.
        """
        self._time = field
        self._zone = zone
        field.date = self
        field.edited.connect(self.show_understood)
        return self

    def clock_change(self) -> str:
        """What the clocks do at the moment that date and time name, if they are changed then."""
        clock = self._time.meaning() if self._time is not None else None
        day, zone = self.meaning(), self._zone or (self._days.zone if self._days is not None else None)
        if self._time is None or clock is None or day is None or zone is None:
            return ""
        try:
            wall, name = datetime.combine(day, clock), zone()
            return clock_change(wall, name, is_asked_which=self._time.is_asked_which)
        except (Refused, OverflowError):
            return ""

    def rename(self, name: str) -> None:
        super().rename(name)
        self._name_button()

    def clock_in(self, text: str) -> time | None:
        """The time that a text names beside its day; ``None`` if it doesn't name both."""
        try:
            return self.clock_of(self._reading(text))
        except Refused:
            return None

    def take(self, text: str) -> None:
        """Say what was typed into the field of the time, which names a day, too."""
        self._read = self._reading(text)
        self._hand_on()
        self._write(self._read.day)

    def open_picker(self) -> None:
        """Show a month to pick from, at the present date of the field."""
        if self._theme is None:
            return
        if self.picker is None:
            self.picker = DatePicker(self._theme, self._days, self)
            self.picker.picked.connect(self._picked)
        self.picker.setAccessibleName(_("Calendar for {field}").format(field=self.name))
        clock = self._time.meaning() if self._time is not None else None
        slots = DAY_SLOTS if self._time is not None else ()
        self.picker.open_at(self.line, self._current(), self._present(), slots, clock)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() not in _KEYS or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() == Qt.Key.Key_F4 or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_picker()
        else:
            self._move(1 if event.key() == Qt.Key.Key_Up else -1)
        return True

    def _present(self) -> date:
        """The present date, which what they said in a conversation is not reckoned from."""
        return self._days.today() if self._days is not None else self._today()

    def _reading(self, typed: str) -> ReadDate:
        written = i18n.read_dated_day(typed, self._present().year)
        if written is not None and MIN_YEAR <= written.year <= MAX_YEAR:
            return ReadDate(written, written, written)
        if self._time is not None and self._days is not None:
            ahead = read_hours_ahead(typed)
            if ahead is not None:
                at = self._days.now() + ahead
                return ReadDate(at.date(), at.date(), at.date(), timed=True, clock=f"{at:%H:%M}")
        if self._time is not None:
            _check_no_zone(typed, self.name)
        try:
            works = self._days.is_worked if self._days is not None else weekdays
            read = read_date(typed, self._today(), self._direction, writing(), works)
        except Refused as refusal:
            raise Refused(str(refusal), self.name) from None
        if self._time is not None and read.no_time:
            raise Refused(_not_a_time(read.no_time), self.name)
        return read

    def clock_of(self, read: ReadDate | None) -> time | None:
        """The time that a text says beside its day, for the field of the time."""
        if read is None or not read.clock or self._time is None:
            return None
        return self._time.read(read.clock)

    def _hand_on(self) -> None:
        """The time that was typed here belongs to its own field."""
        clock = self.clock_of(self._read)
        if self._time is None or self._read is None or not self._read.timed:
            return
        if clock is not None:
            self._read = replace(self._read, timed=False, clock="")
            self._time.write(clock)
        elif not self._time.dirty:
            self._time.line.clear()  # "friday afternoon" isn't the hour that was proposed

    def _changed(self) -> None:
        if not self._quiet:
            self._understand(self.line.text().strip())
        super()._changed()
        self._refresh_time()

    def _refresh_time(self) -> None:
        if self._time is not None and not self._time.tells_beside:
            self._time.show_understood()

    def _write_out(self) -> None:
        self._hand_on()
        super()._write_out()

    def _show_written(self, value: Any) -> None:
        super()._show_written(value)
        self._shown = (self.line.text(), value)

    def _understand(self, typed: str) -> None:
        if self._shown is not None and typed == self._shown[0]:
            return
        try:
            self._read = self._reading(typed) if typed else None
        except Refused:
            self._read = None

    def echo_of(self, text: str) -> str:
        """What a text means, with how far off it is."""
        return self.echo(self._reading(text))

    def echo(self, read: ReadDate) -> str:
        """A moment that was understood, with how far off it is."""
        clock, far = self.clock_of(read), distance(read.day, self._present())
        day = i18n.format_dated_day(read.day)
        if clock is not None:
            at = i18n.format_clock(clock)
            # Translators: the same with its time: “= Fri 23 Oct, 17:00, in 9 days”.
            return _("= {date}, {time}, {distance}").format(date=day, time=at, distance=far)
        # Translators: what a date that was typed means: “= Fri 23 Oct, in 9 days”.
        return _("= {date}, {distance}").format(date=day, distance=far)

    def _echo(self, value: Any) -> str:
        is_written = self.line.text().strip() == self.written(value)
        if is_written or self._read is None:
            is_typed = self.dirty and not self.is_filled_in
            return capitalised(distance(value, self._present())) if is_typed else ""
        return self.echo(self._read)

    def _notes(self, value: Any) -> list[str]:
        read, today = self._read, self._today()
        notes = []
        if read is not None and not read.is_exact:
            notes.append(
                _("It can be any day from {first} to {last}.").format(
                    first=self.written(read.first), last=self.written(read.last)
                )
            )
        if read is not None and read.timed and self.clock_of(self._read) is None:
            if self._time is None:
                notes.append(_("The time isn't saved here."))
            elif not self._time.dirty or not self._time.typed().strip():
                notes.append(_("Enter a time, too."))
        if self._direction is Direction.LAST and value > today:
            notes.append(_("That day is in the future."))
        elif self._direction is Direction.NEXT and read is not None and value < today and not self._remark:
            notes.append(_("That day has passed."))
        elif self._direction is Direction.NEXT and read is not None and value > today + _FAR:
            notes.append(_("That's more than a year ahead."))
        if self._time is not None and self._time.tells_beside and (change := self.clock_change()):
            notes.append(change)
        return notes

    def _name_button(self) -> None:
        if self._pick is not None:
            self._pick.setText(_("Choose {field} in a calendar").format(field=self.name))

    def _current(self) -> date:
        current = self.meaning()
        return current if isinstance(current, date) else self._today()

    def _move(self, days: int) -> None:
        empty = not self.line.text().strip()
        self._write(self._today() if empty else self._current() + timedelta(days=days))

    def _write(self, day: date) -> None:
        """Put in a day as if it had been typed."""
        self._read = ReadDate(day, day, day)
        self._shown = (self.written(day), day)
        self.line.replace_text(self.written(day))

    def _picked(self, day: date, clock: time | None) -> None:
        self._write(day)
        if clock is not None and self._time is not None:
            self._time.write(clock)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.committed.emit()


class TimeField(WrittenOutField):
    """A time of day; Up and Down move it by a quarter of an hour.

    Of a ``working_day``, "5" is five in the afternoon. One beside a date (``DateField.with_time``) takes the
    day, too, where it is typed here.
    """

    tells_beside = False
    """Whether what there is to say of it stands below the date, which has more room."""
    is_asked_which = False
    """Whether the form asks which one is meant of a time that comes twice."""

    def __init__(
        self, name: str, *, working_day: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        self._working_day = working_day
        self.date: DateField | None = None
        super().__init__(name, hint=hint, parent=parent)

    def value(self) -> Any:
        typed = self.line.text().strip()
        if self.date is not None:
            _check_no_zone(typed, self.name)
        found = self.read(typed)
        if found is None and typed and self.date is not None:
            found = self.date.clock_in(typed)
        if found is None:
            if typed:
                raise Refused(_not_a_time(typed), self.name)
            sentence = _("{field} is empty. Enter a time like {example}.")
            raise Refused(sentence.format(field=self.name, example=i18n.format_clock(_EXAMPLE)), self.name)
        return found

    def written(self, value: Any) -> str:
        return i18n.format_clock(value)

    def draft(self) -> str:
        """What the field wrote out, as every language reads it; what is still being typed, as it is."""
        clock = self.meaning()
        is_written = clock is not None and self.typed() == self.written(clock)
        return f"{clock:%H:%M}" if is_written else self.typed()

    def type_again(self, text: str) -> None:
        super().type_again(text)
        if _CLOCK.fullmatch(text):
            self._show_written(time.fromisoformat(text))
            self.show_understood()

    def read(self, typed: str) -> time | None:
        """The time of day that a text means in this field, if it is nothing but one."""
        own = i18n.read_clock(typed)
        if own is not None:
            return own
        return spoken_time(typed, working_day=self._working_day, twelve_hours=i18n.has_twelve_hours())

    def write(self, clock: time) -> None:
        """Put in a time as if it had been typed."""
        if self.meaning() != clock:
            self.line.replace_text(self.written(clock))

    def finish(self) -> None:
        typed = self.line.text().strip()
        if self._names_day(typed) and self.date is not None:
            self.date.take(typed)

    def _names_day(self, typed: str) -> bool:
        is_moment = self.date is not None and self.read(typed) is None
        return is_moment and self.date is not None and self.date.clock_in(typed) is not None

    def _write_out(self) -> None:
        self.finish()
        super()._write_out()

    def _echo(self, value: Any) -> str:
        """Only where it is not just the figures that were typed."""
        typed = self.line.text().strip()
        if self.date is not None and self._names_day(typed):
            return self.date.echo_of(typed)
        return "" if spoken_time(typed) == value else super()._echo(value)

    def _notes(self, value: Any) -> list[str]:
        del value
        change = self.date.clock_change() if self.date is not None and not self.tells_beside else ""
        return [change] if change else []

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() not in _KEYS:
            return False
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.date is not None and (is_alt or event.key() == Qt.Key.Key_F4):
            self.date.open_picker()
            return True
        if event.key() == Qt.Key.Key_F4:
            return False
        now = self.meaning() or time(9, 45)
        minutes = now.hour * 60 + now.minute + (15 if event.key() == Qt.Key.Key_Up else -15)
        self.line.replace_text(self.written(time(minutes // 60 % 24, minutes % 60)))
        return True


def _not_a_time(typed: str) -> str:
    return _("“{text}” isn't a time. Enter one like {example}.").format(
        text=typed, example=i18n.format_clock(_EXAMPLE)
    )


def _check_no_zone(typed: str, name: str) -> None:
    """Raise ``Refused`` where a time zone is said beside a time: it has a field of its own."""
    if zone := zone_said(typed):
        text = _("{zone} is a time zone. Enter the time without it, and choose the zone under Time zone.")
        raise Refused(text.format(zone=zone), name)
