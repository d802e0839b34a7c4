"""The fields of the rules' settings: numbers in a range, and weekdays to tick."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from followup_desktop import i18n
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.policy import MAX_NO_CALL_WEEKDAYS
from followup_desktop.i18n import _
from followup_desktop.services.wording.formats import capitalised
from followup_desktop.ui.kit.forms.choices import ZoneField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_TYPED_AT_MOST = 99_999
"""What may stand in a spin box while it is typed; the setting's own range is checked after that."""
_WORKING_WEEK = range(5)


class _Spin(QSpinBox):
    """A spin box whose arrows stay in the range while the keyboard may leave it, to be told what is wrong."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self._low = low
        self._high = high
        self.setRange(-_TYPED_AT_MOST, _TYPED_AT_MOST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fit(self, theme: Theme) -> None:
        """Make it as wide as a number of four digits and the arrows need."""
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + theme.px(52))
        self.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)  # a style sheet's padding does not reach it

    def stepBy(self, steps: int) -> None:  # noqa: N802
        """Step, but not out of the range."""
        self.setValue(max(self._low, min(self._high, self.value() + steps)))
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        event.ignore()


class NumberField(Field):
    """A whole number from ``low`` to ``high``; another stays as it was typed, and is refused."""

    def __init__(self, theme: Theme, name: str, low: int, high: int, unit: str = "") -> None:
        self.spin = _Spin(low, high)
        super().__init__(name, self.spin)
        self._range = (low, high)
        self._quiet = False
        self._theme = theme
        self._fit()
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            line = QHBoxLayout()
            line.setSpacing(Space.S)
            line.addWidget(self.spin)
            line.addWidget(Text(unit, "secondary", wrap=True), 1)
            layout.insertLayout(0, line)
        theme.changed.connect(self._fit)
        self.spin.valueChanged.connect(self._changed)

    def value(self) -> Any:
        low, high = self._range
        if not low <= self.spin.value() <= high:
            ends = {"low": i18n.format_number(low), "high": i18n.format_number(high)}
            raise Refused(_("Enter a whole number from {low} to {high}.").format(**ends), self.name)
        return self.spin.value()

    def show_value(self, value: Any) -> None:
        self._quiet = True
        self.spin.setValue(value)
        self._quiet = False

    def typed(self) -> str:
        return self.spin.text()

    def draft(self) -> str:
        return str(self.spin.value())

    def type_again(self, text: str) -> None:
        with suppress(ValueError):
            self.show_value(int(text))
            self.dirty = True

    def _fit(self) -> None:
        self.spin.fit(self._theme)

    def _changed(self) -> None:
        if not self._quiet:
            self._touch()


class WeekdaysField(Field):
    """Some of Monday to Friday, by ``date.weekday()`` numbers; one at least stays free."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        box = QWidget()
        super().__init__(name, box, parent)
        self._quiet = False
        self.boxes: dict[int, QCheckBox] = {}
        line = FlowLayout(box, gap=Space.M)
        for day in _WORKING_WEEK:
            self.boxes[day] = QCheckBox(capitalised(i18n.weekday_name(day)))
            self.boxes[day].toggled.connect(self._toggled)
            line.addWidget(self.boxes[day])
        box.setFocusProxy(self.boxes[0])

    def value(self) -> Any:
        days = tuple(day for day, box in self.boxes.items() if box.isChecked())
        if len(days) > MAX_NO_CALL_WEEKDAYS:
            raise Refused(
                _("You've selected every weekday. Leave at least one to call or write on."), self.name
            )
        return days

    def show_value(self, value: Any) -> None:
        self._quiet = True
        for day, box in self.boxes.items():
            box.setChecked(day in value)
        self._quiet = False

    def typed(self) -> str:
        return " ".join(str(day) for day, box in self.boxes.items() if box.isChecked())

    def type_again(self, text: str) -> None:
        self.show_value([int(day) for day in text.split() if day.isdecimal()])
        self.dirty = True

    def _toggled(self) -> None:
        if not self._quiet:
            self._touch()
            self.committed.emit()


class OwnZoneField(ZoneField):
    """The user's own zone, which can't be left empty as an application's can."""

    def value(self) -> Any:
        zone = super().value()
        if zone is None:
            raise Refused(
                _("{field} is empty. Enter a city, like Madrid or New York, to see the list.").format(
                    field=self.name
                ),
                self.name,
            )
        return zone
