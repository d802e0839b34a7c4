"""One setting as a row: what it is called and does, and its field; one of the rules with its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from followup_desktop import i18n
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.policy import SettingKind, SettingSpec, Unit
from followup_desktop.i18n import _
from followup_desktop.services.reading.days import Days
from followup_desktop.services.wording.settings import setting_help, setting_title
from followup_desktop.ui.kit.forms.choices import CountryField
from followup_desktop.ui.kit.forms.dates import TimeField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.setting_fields import NumberField, OwnZoneField, WeekdaysField
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import LineText, Text, label_name, let_shrink, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.settings.range_lists import PeriodsField, WindowsField, spans_text

_BELOW = frozenset({SettingKind.WEEKDAYS, SettingKind.WINDOWS, SettingKind.PERIODS})
"""Kinds whose fields need the whole width."""
_LEAST_LETTERS = 72
"""The width of a row, in letters, from which on its field stands beside its words."""
_ASKED = frozenset({SettingKind.ZONE, SettingKind.COUNTRY})
"""Kinds that have no default: they are asked for at the first start."""


class LabelledRow(QWidget):
    """Title and help at the left, the field at the right; below where it ``needs_width`` or there is no room.

    Every setting that isn't a check box stands so, those of the program's own, too. ``field`` is named by its
    title.
    """

    def __init__(self, field: Field, help_text: str = "", *, needs_width: bool = False) -> None:
        super().__init__()
        self.field = field
        self._needs_width = needs_width
        title = Text(field.name, "strong", wrap=True)
        title.setAccessibleName(label_name(field.name))
        title.setBuddy(field.editor)
        let_shrink(title)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        if help_text:
            words.addWidget(small_print(help_text))
        words.addStretch(1)
        self.entry = QVBoxLayout()
        """The field, and what belongs below it."""
        self.entry.setSpacing(2)
        self.entry.addWidget(field)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.addLayout(words, 3)
        self._parts.addLayout(self.entry, 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the field below the words where there is no room for both beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = _LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        beside = not self._needs_width and self.width() >= least
        way = QBoxLayout.Direction
        self._parts.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._parts.setSpacing(Space.L if beside else Space.S)


class SettingRow(LabelledRow):
    """A setting of the rules, with its default; ``reset`` asks for that."""

    reset = Signal()

    def __init__(self, spec: SettingSpec, field: Field) -> None:
        super().__init__(field, setting_help(spec.name), needs_width=spec.kind in _BELOW)
        self.spec = spec
        self.default = LineText("", "small")
        self.reset_button = Button(
            _("Reset"),
            look="link",
            name=named(_("Reset"), setting_title(spec.name)),
        )
        self.reset_button.clicked.connect(self.reset)
        foot = FlowLayout(gap=Space.XS)
        foot.addWidget(self.default)
        foot.addWidget(self.reset_button)
        self.entry.addLayout(foot)
        self.entry.addStretch(1)

    def show_default(self) -> None:
        """Say what the default is, and offer it where the field says something else."""
        if self.spec.kind in _ASKED:
            self.default.hide()
            self.reset_button.hide()
            return
        self.default.setText(_("Default: {value}").format(value=default_text(self.spec)))
        self.reset_button.setVisible(not self._is_default())

    def use_default(self) -> None:
        """Put the default into the field, as if it had been typed."""
        self.field.fill_in(self.spec.default)

    def _is_default(self) -> bool:
        try:
            return bool(self.field.value() == self.spec.default)
        except Refused:
            return False


def make_field(spec: SettingSpec, theme: Theme, days: Days) -> Field:
    """The field that a setting of this kind is changed with."""
    name = setting_title(spec.name)
    makers: dict[SettingKind, Callable[[], Field]] = {
        SettingKind.ZONE: lambda: OwnZoneField(name, hint=_("a city, like Madrid")),
        SettingKind.COUNTRY: lambda: CountryField(name, hint=_("none (no holidays)")),
        SettingKind.TIME: lambda: TimeField(name),
        SettingKind.NUMBER: lambda: NumberField(theme, name, spec.low, spec.high, range_text(spec)),
        SettingKind.WEEKDAYS: lambda: WeekdaysField(name),
        SettingKind.WINDOWS: lambda: WindowsField(theme, name),
        SettingKind.PERIODS: lambda: PeriodsField(theme, name, days),
    }
    return makers[spec.kind]()


def range_text(spec: SettingSpec) -> str:
    """What a number counts, and its range: "working days, 0 to 20"."""
    units = {
        Unit.MINUTES: _("minutes"),
        Unit.HOURS: _("hours"),
        Unit.WORKING_DAYS: _("working days"),
        Unit.TIMES: _("times"),
        Unit.APPLICATIONS: _("applications"),
    }
    unit = units[spec.unit] if spec.unit is not None else ""
    # Translators: what is counted, and from how many to how many: "working days, 0 to 20"
    return _("{unit}, {low} to {high}").format(
        unit=unit, low=i18n.format_number(spec.low), high=i18n.format_number(spec.high)
    )


def default_text(spec: SettingSpec) -> str:
    """The default of a setting, in words."""
    value = spec.default
    match spec.kind:
        case SettingKind.TIME:
            return i18n.format_clock(value)
        case SettingKind.WEEKDAYS:
            return i18n.format_series(i18n.weekday_name(day) for day in value)
        case SettingKind.WINDOWS | SettingKind.PERIODS:
            of_days = spec.kind is SettingKind.PERIODS
            return spans_text(value, of_days=of_days) or _("none")
        case _:
            return i18n.format_number(value)
