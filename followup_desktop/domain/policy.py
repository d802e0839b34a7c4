"""The settings of the rules, and what each may be; their words are in ``services.wording.settings``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import WEEKDAYS, Policy
from followup_desktop.i18n import _, format_series, ngettext

MAX_QUIET_MINUTES = 12 * 60
MAX_NO_CALL_WEEKDAYS = 4
MAX_CALL_WINDOWS = 4
MAX_AWAY_PERIODS = 20
MAX_AWAY_DAYS = 60


class SettingKind(StrEnum):
    """What a setting's value is: the type of its field in ``Policy``."""

    ZONE = "zone"
    COUNTRY = "country"
    TIME = "time"
    NUMBER = "number"
    WEEKDAYS = "weekdays"
    WINDOWS = "windows"
    PERIODS = "periods"


class Unit(StrEnum):
    """What a number counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    TIMES = "times"
    APPLICATIONS = "applications"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpec:
    """One setting: ``low`` and ``high`` (both included) and ``unit`` belong to numbers only.

    One that is ``written_if_set`` came after version 1 of the interchange file, and is in it only where it
    isn't the default.
    """

    name: str
    kind: SettingKind
    low: int = 0
    high: int = 0
    unit: Unit | None = None
    written_if_set: bool = False

    @property
    def default(self) -> Any:
        """The value of a new policy."""
        return getattr(_DEFAULTS, self.name)


_DEFAULTS = Policy()


def _number(name: str, bounds: tuple[int, int], unit: Unit) -> SettingSpec:
    return SettingSpec(name=name, kind=SettingKind.NUMBER, low=bounds[0], high=bounds[1], unit=unit)


SETTINGS = (
    SettingSpec(name="timezone", kind=SettingKind.ZONE),
    SettingSpec(name="country", kind=SettingKind.COUNTRY),
    SettingSpec(name="away", kind=SettingKind.PERIODS),
    SettingSpec(name="quiet_from", kind=SettingKind.TIME),
    SettingSpec(name="quiet_until", kind=SettingKind.TIME),
    _number("ask_lead_minutes", (0, 720), Unit.MINUTES),
    _number("debrief_delay_minutes", (0, 720), Unit.MINUTES),
    _number("thank_you_delay_minutes", (0, 720), Unit.MINUTES),
    _number("thank_you_hours", (24, 48), Unit.HOURS),
    _number("grace_working_days", (0, 20), Unit.WORKING_DAYS),
    _number("default_reply_working_days", (1, 30), Unit.WORKING_DAYS),
    _number("retry_working_days", (1, 10), Unit.WORKING_DAYS),
    _number("max_attempts", (1, 5), Unit.TIMES),
    SettingSpec(name="no_call_weekdays", kind=SettingKind.WEEKDAYS),
    SettingSpec(name="call_windows", kind=SettingKind.WINDOWS),
    _number("contact_gap_working_days", (0, 10), Unit.WORKING_DAYS),
    _number("check_in_working_days", (1, 30), Unit.WORKING_DAYS),
    _number("check_in_retry_working_days", (1, 20), Unit.WORKING_DAYS),
    _number("min_active_applications", (0, 50), Unit.APPLICATIONS),
    _number("search_gap_working_days", (1, 30), Unit.WORKING_DAYS),
)
"""All settings, in the order in which they are written."""

SETTING = MappingProxyType({spec.name: spec for spec in SETTINGS})

PATIENT: Mapping[str, Any] = MappingProxyType({"grace_working_days": 5, "default_reply_working_days": 10})
"""The preset "Patient": more time for an employer to answer (tip 3)."""


def check_setting(name: str, value: Any, field: str) -> Any:
    """One setting's value as it is kept; ``Refused`` with ``field`` if it is out of its range."""
    spec = SETTING[name]
    if spec.kind is SettingKind.NUMBER:
        return checks.check_whole(value, field, spec.low, spec.high)
    return _CHECKS[spec.kind](value, field)


def check_policy(policy: Policy, place: str = "") -> Policy:
    """The policy as it is kept, each setting in its range and quiet hours of twelve hours at most.

    ``place`` comes before the name of the setting in a refusal ("policy." for a file).
    """
    values = {
        spec.name: check_setting(spec.name, getattr(policy, spec.name), place + spec.name)
        for spec in SETTINGS
    }
    checked = Policy(**values)
    if quiet_minutes(checked) > MAX_QUIET_MINUTES:
        field = f"{place}quiet_until"
        sentence = _(
            "{field} would make quiet hours last from {start} to {end}. They can last up to 12 hours."
        )
        raise Refused(
            sentence.format(field=field, start=_hours(checked.quiet_from), end=_hours(checked.quiet_until)),
            field=field,
        )
    return checked


def quiet_minutes(policy: Policy) -> int:
    """How long the quiet hours last on the clock, in minutes; 0 if there are none."""
    return (_minute(policy.quiet_until) - _minute(policy.quiet_from)) % (24 * 60)


def _hours(moment: time) -> str:
    """A time of day as a file has it."""
    return f"{moment:%H:%M}"


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _check_time(value: time, _field: str) -> time:
    return value.replace(second=0, microsecond=0, tzinfo=None)


def _check_weekdays(value: tuple[int, ...], field: str) -> tuple[int, ...]:
    days = tuple(dict.fromkeys(value))
    if len(days) > MAX_NO_CALL_WEEKDAYS or any(day not in range(5) for day in days):
        sentence = _("{field} can include at most {most} of {names}. Leave at least one weekday to call on.")
        names = format_series(WEEKDAYS[:5])
        raise Refused(sentence.format(field=field, most=MAX_NO_CALL_WEEKDAYS, names=names), field=field)
    return days


def _check_windows(value: tuple[tuple[time, time], ...], field: str) -> tuple[tuple[time, time], ...]:
    windows = tuple((_check_time(start, field), _check_time(end, field)) for start, end in value)
    if not 1 <= len(windows) <= MAX_CALL_WINDOWS:
        sentence = ngettext(
            "{field} must have 1 to {most} window, not {n}.",
            "{field} must have 1 to {most} windows, not {n}.",
            MAX_CALL_WINDOWS,
        )
        raise Refused(sentence.format(field=field, most=MAX_CALL_WINDOWS, n=len(windows)), field=field)
    for index, (start, end) in enumerate(windows):
        place = f"{field}[{index}]"
        if start >= end:
            sentence = _("{place} must start before it ends, not {start} to {end}.")
            raise Refused(sentence.format(place=place, start=_hours(start), end=_hours(end)), field=field)
        if index and start < windows[index - 1][1]:
            sentence = _(
                "{place} starts at {start}, before the previous window ends. Put the windows "
                "in order, without overlaps."
            )
            raise Refused(sentence.format(place=place, start=_hours(start)), field=field)
    return windows


def _check_periods(value: tuple[tuple[date, date], ...], field: str) -> tuple[tuple[date, date], ...]:
    if len(value) > MAX_AWAY_PERIODS:
        sentence = ngettext(
            "{field} must have at most {most} period, not {n}.",
            "{field} must have at most {most} periods, not {n}.",
            MAX_AWAY_PERIODS,
        )
        raise Refused(sentence.format(field=field, most=MAX_AWAY_PERIODS, n=len(value)), field=field)
    for index, (first, last) in enumerate(value):
        checks.check_date(first, f"{field}[{index}][0]")
        checks.check_date(last, f"{field}[{index}][1]")
        days = (last - first).days + 1
        if not 1 <= days <= MAX_AWAY_DAYS:
            sentence = ngettext(
                "{place} must be a first and a last day covering at most {most} day, not {first} to {last}.",
                "{place} must be a first and a last day covering at most {most} days, not {first} to {last}.",
                MAX_AWAY_DAYS,
            )
            raise Refused(
                sentence.format(place=f"{field}[{index}]", most=MAX_AWAY_DAYS, first=first, last=last),
                field=field,
            )
    return value


def _check_country(value: str | None, field: str) -> str | None:
    return None if value is None else checks.check_country(value, field)


_CHECKS: Mapping[SettingKind, Callable[[Any, str], Any]] = MappingProxyType(
    {
        SettingKind.ZONE: checks.check_zone,
        SettingKind.COUNTRY: _check_country,
        SettingKind.TIME: _check_time,
        SettingKind.WEEKDAYS: _check_weekdays,
        SettingKind.WINDOWS: _check_windows,
        SettingKind.PERIODS: _check_periods,
    }
)
