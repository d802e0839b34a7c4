"""Lists of spans: the hours in which a call is welcome, and the days on which the user is away."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.policy import MAX_AWAY_DAYS, MAX_AWAY_PERIODS, MAX_CALL_WINDOWS
from followup_desktop.i18n import _, format_clock, format_dated_day, format_number, format_series, ngettext
from followup_desktop.services.reading.days import Days
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.forms.field import Field, LineField
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_EXAMPLE = time(10)


class PairRow(QWidget):
    """One span of the list: from, to, and the button that takes it out."""

    def __init__(self, first: LineField, last: LineField, remove: Button) -> None:
        super().__init__()
        self.first = first
        self.last = last
        self.remove = remove
        self._dash = Text("–", "secondary")
        line = FlowLayout(self, gap=Space.S, at_top=True)
        for widget in (first, self._dash, last, remove):
            line.addWidget(widget)

    def set_sizes(self, width: int, above: int) -> None:
        """Let each field be so many pixels wide, and the dash stand so many lower than their tops."""
        for field in (self.first, self.last):
            field.setFixedWidth(width)
        self._dash.setContentsMargins(0, above, 0, 0)

    def rename(self, first: str, last: str, remove: str) -> None:
        """Take other names, after a span before this one has come or gone."""
        self.first.rename(first)
        self.last.rename(last)
        self.remove.setAccessibleName(remove)


class PairsField(Field):
    """Spans that can be added and taken out; a subclass says what they are of and checks them."""

    def __init__(self, theme: Theme, name: str, add_label: str, most: int) -> None:
        self._theme = theme
        self._most = most
        self.rows: list[PairRow] = []
        box = QWidget()
        super().__init__(name, box)
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self.add_button = Button(add_label)
        self.add_button.clicked.connect(self.add_row)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.setFocusProxy(self.add_button)

    def show_value(self, value: Any) -> None:
        for row in tuple(self.rows):
            self._take_out(row)
        for first, last in value:
            row = self._append()
            row.first.set_value(first)
            row.last.set_value(last)
        self._number()

    def typed(self) -> str:
        return json.dumps([[row.first.typed(), row.last.typed()] for row in self.rows])

    def draft(self) -> str:
        return json.dumps([[row.first.draft(), row.last.draft()] for row in self.rows])

    def type_again(self, text: str) -> None:
        try:
            spans = [(str(first), str(last)) for first, last in json.loads(text)]
        except (ValueError, TypeError):
            return
        self.show_value(())
        for first, last in spans[: self._most]:
            row = self._append()
            row.first.type_again(first)
            row.last.type_again(last)
        self._number()
        self.dirty = True

    def add_row(self) -> None:
        """One more span, empty, with the keyboard in it."""
        row = self._append()
        self._number()
        row.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touch()

    def value(self) -> Any:
        return tuple((row.first.value(), row.last.value()) for row in self.rows)

    def make(self, first: LineField | None) -> LineField:
        """One of the two fields of a span: the first, or the last that belongs to ``first``."""
        raise NotImplementedError

    def names(self, number: int) -> tuple[str, str, str]:
        """The names of a span's two fields and of its button."""
        raise NotImplementedError

    def _append(self) -> PairRow:
        first = self.make(None)
        row = PairRow(first, self.make(first), Button(_("Remove"), look="quiet"))
        for field in (row.first, row.last):
            field.edited.connect(self._touch)
            field.committed.connect(self.committed)
        self._theme.keep_fit(row, lambda: row.set_sizes(self.width_of_one(), self._theme.px(5)))
        row.remove.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        row.show()
        return row

    def width_of_one(self) -> int:
        """How wide one of the two fields is, in pixels."""
        return self._theme.px(96)

    def _remove(self, row: PairRow) -> None:
        place = self.rows.index(row)
        self._take_out(row)
        self._number()
        near = self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add_button
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touch()
        self.committed.emit()

    def _take_out(self, row: PairRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _number(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.rename(*self.names(number))
        self.add_button.setEnabled(len(self.rows) < self._most)


class WindowsField(PairsField):
    """The hours in which a call is welcome: one to four windows, in order and apart."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, _("Add window"), MAX_CALL_WINDOWS)

    def make(self, first: LineField | None) -> LineField:
        del first
        return TimeField("", working_day=True, hint=format_clock(_EXAMPLE))

    def names(self, number: int) -> tuple[str, str, str]:
        return (
            _("Start of call window {number}").format(number=number),
            _("End of call window {number}").format(number=number),
            _("Remove call window {number}").format(number=number),
        )

    def value(self) -> Any:
        windows = super().value()
        if not windows:
            raise Refused(_("There's no window left to call in. Add one."), self.name)
        for number, (start, end) in enumerate(windows, 1):
            if start >= end:
                raise Refused(_("Window {number} must end after it starts.").format(number=number), self.name)
            if number > 1 and start < windows[number - 2][1]:
                raise Refused(
                    _(
                        "Window {number} starts before the one above it ends. Put them in order, "
                        "without overlaps."
                    ).format(number=number),
                    self.name,
                )
        return windows


class PeriodsField(PairsField):
    """The days on which the user is away, as first and last days, both included."""

    def __init__(self, theme: Theme, name: str, days: Days) -> None:
        self._days = days
        super().__init__(theme, name, _("Add period"), MAX_AWAY_PERIODS)

    def make(self, first: LineField | None) -> LineField:
        def begun() -> date:
            """The last day is one after the first, which may be months ahead."""
            day = first.meaning() if isinstance(first, DateField) else None
            today = self._days.today()
            return max(today, day) if isinstance(day, date) else today

        return DateField("", begun, required=True, hint=_("a date")).with_calendar(self._theme, self._days)

    def names(self, number: int) -> tuple[str, str, str]:
        return (
            _("First day of period {number}").format(number=number),
            _("Last day of period {number}").format(number=number),
            _("Remove period {number}").format(number=number),
        )

    def width_of_one(self) -> int:
        return self._theme.px(170)

    def value(self) -> Any:
        periods = super().value()
        for number, (first, last) in enumerate(periods, 1):
            if last < first:
                raise Refused(
                    _("Period {number} must end on or after the day it starts.").format(number=number),
                    self.name,
                )
            days = (last - first).days + 1
            if days > MAX_AWAY_DAYS:
                raise Refused(
                    ngettext(
                        "Period {number} has {days} day, but can have {most} at most. Split it in two.",
                        "Period {number} has {days} days, but can have {most} at most. Split it in two.",
                        days,
                    ).format(number=number, days=format_number(days), most=format_number(MAX_AWAY_DAYS)),
                    self.name,
                )
        return periods


def spans_text(value: Sequence[tuple[Any, Any]], *, of_days: bool) -> str:
    """Spans in words, for a default: "10:00–12:00, 14:00–16:00"."""
    show: Callable[[Any], str] = format_dated_day if of_days else format_clock
    return format_series(f"{show(first)}–{show(last)}" for first, last in value)
