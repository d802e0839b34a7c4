"""The keys of the interchange file: their order, and how each value is read and written.

One table serves the reader and the writer, so that what is written is what is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from followup_desktop.domain import checks, policy
from followup_desktop.domain.model import (
    WEEKDAYS,
    CallOutcome,
    Channel,
    EventKind,
    InterviewKind,
    Repeat,
    Stage,
)

FORMAT = "followup-desktop"
VERSION = 1

Read = Callable[[Any, str], Any]
"""Takes a value of the file and its place, gives the value of the model; raises ``Refused``."""
Write = Callable[[Any], Any]
"""Takes a value of the model, gives that of the file."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an object of the file.

    ``attribute`` is its name in the model. ``null`` is a value of a ``nullable`` key; of another it means the
    same as if the key were missing, and of a ``required`` one that is refused.
    """

    name: str
    read: Read
    write: Write | None = None
    attribute: str = ""
    required: bool = False
    nullable: bool = False

    @property
    def field(self) -> str:
        """The attribute of the model that holds the value."""
        return self.attribute or self.name


def write_date(value: date) -> str:
    """A date as ``YYYY-MM-DD``."""
    return value.isoformat()


def write_instant(value: datetime) -> str:
    """An instant in UTC, to the second, with ``Z``."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_wall_time(value: datetime) -> str:
    """A wall time as ``YYYY-MM-DDTHH:MM``."""
    return value.strftime("%Y-%m-%dT%H:%M")


def _write_time(value: time) -> str:
    return value.strftime("%H:%M")


def check_list(value: object, place: str) -> list[Any]:
    """The value, if it is a list."""
    if not isinstance(value, list):
        checks.refuse(place, "be a list", value)
    return value


def _list_of(read: Read) -> Read:
    """A list read item by item; what is repeated is kept once, at its first place."""

    def read_list(value: object, place: str) -> tuple[Any, ...]:
        items = check_list(value, place)
        return tuple(dict.fromkeys(read(item, f"{place}[{index}]") for index, item in enumerate(items)))

    return read_list


def _pair_of(read: Read) -> Read:
    """A pair such as the start and the end of a window."""

    def read_pair(value: object, place: str) -> tuple[Any, Any]:
        if not isinstance(value, list) or len(value) != 2:
            checks.refuse(place, "be a list of two values, the first and the last", value)
        return read(value[0], f"{place}[0]"), read(value[1], f"{place}[1]")

    return read_pair


def _enum(kind: type[StrEnum]) -> Read:
    return lambda value, place: checks.check_enum(value, place, kind)


def _one_channel(value: object, place: str) -> Channel:
    channels = {"phone": Channel.PHONE, "email": Channel.EMAIL}
    if not isinstance(value, str) or value not in channels:
        checks.refuse(place, "be phone or email", value)
    return channels[value]


def _weekday(value: object, place: str) -> int:
    if not isinstance(value, str) or value not in WEEKDAYS:
        checks.refuse(place, f"be one of {', '.join(WEEKDAYS[:5])}", value)
    return WEEKDAYS.index(value)


def _text(name: str) -> Key:
    return Key(name, checks.clean_text)


def _flag(name: str) -> Key:
    return Key(name, checks.check_flag)


def _date(name: str) -> Key:
    return Key(name, checks.parse_date, write_date, nullable=True)


def _instant(name: str, *, required: bool = False) -> Key:
    return Key(name, checks.parse_instant, write_instant, required=required, nullable=not required)


def _optional(name: str, read: Read) -> Key:
    return Key(name, read, nullable=True)


ID = Key("id", checks.check_id, required=True)
FOLLOW_UP_KEY = Key("key", checks.check_key, required=True)

CONTACT_KEYS = (
    ID,
    Key("name", checks.clean_name, required=True),
    _text("employer"),
    _text("title"),
    _text("email"),
    _text("phone"),
    _text("url"),
    _text("notes"),
    _flag("no_thank_you"),
)

APPLICATION_KEYS = (
    ID,
    Key("employer", checks.clean_name, required=True),
    Key("role", checks.clean_text, required=True),
    Key("stage", _enum(Stage), required=True),
    _instant("stage_at"),
    _date("applied_on"),
    _date("closes_on"),
    _date("offer_expires_on"),
    _optional("timezone", checks.check_zone),
    _optional("country", checks.check_country),
    Key("channel", _one_channel),
    _flag("do_not_contact"),
    _text("location"),
    _text("url"),
    _text("source"),
    _text("salary"),
    _text("resume"),
    Key("priority", checks.check_priority),
    _optional("fit", checks.check_fit),
    Key("tags", _list_of(checks.clean_name), list),
    _text("notes"),
    _flag("archived"),
    Key("contacts", _list_of(checks.check_id), list),
)
"""The keys of an application but ``interviews`` and ``events``, which come after them."""

INTERVIEW_KEYS = (
    ID,
    Key("kind", _enum(InterviewKind)),
    Key("starts_at", checks.parse_wall_time, write_wall_time, required=True),
    _optional("timezone", checks.check_zone),
    Key("fold", checks.check_fold),
    Key("minutes", checks.check_minutes, required=True),
    _text("location"),
    Key("interviewers", _list_of(checks.check_id), list),
    _flag("cancelled"),
    _instant("debriefed_at"),
    _text("process"),
    _date("reply_by"),
    _flag("no_date_given"),
    _text("topics"),
    _text("notes"),
    _optional("fit", checks.check_fit),
)

EVENT_KEYS = (
    ID,
    Key("kind", _enum(EventKind), required=True),
    _optional("outcome", _enum(CallOutcome)),
    _instant("at", required=True),
    _optional("contact", checks.check_id),
    _optional("interview", checks.check_id),
    _date("reply_by"),
    Key("from", _enum(Stage), attribute="from_stage", nullable=True),
    Key("to", _enum(Stage), attribute="to_stage", nullable=True),
    _text("note"),
)

REMINDER_KEYS = (
    ID,
    Key("title", checks.clean_name, required=True),
    Key("at", checks.parse_wall_time, write_wall_time, required=True),
    _optional("timezone", checks.check_zone),
    _optional("application", checks.check_id),
    _optional("repeat", _enum(Repeat)),
    _instant("done_at"),
)

CHOICE_KEYS = (
    FOLLOW_UP_KEY,
    _instant("made_at", required=True),
    _instant("snoozed_until"),
    _flag("skipped"),
)
ANNOUNCED_KEYS = (FOLLOW_UP_KEY, _instant("announced_at"), _instant("again_at"))
SEARCH_KEYS = (_flag("paused"), _instant("acknowledged_at"))


def _as_given(value: object, _place: str) -> object:
    return value


def _write_pairs(write: Write) -> Write:
    return lambda pairs: [[write(first), write(last)] for first, last in pairs]


def _pairs_of(read: Read) -> Read:
    pair = _pair_of(read)
    return lambda value, place: tuple(
        pair(item, f"{place}[{index}]") for index, item in enumerate(check_list(value, place))
    )


_SETTING_FORMS: Mapping[policy.SettingKind, tuple[Read, Write | None]] = MappingProxyType(
    {
        policy.SettingKind.ZONE: (_as_given, None),
        policy.SettingKind.COUNTRY: (_as_given, None),
        policy.SettingKind.NUMBER: (_as_given, None),
        policy.SettingKind.TIME: (checks.parse_time, _write_time),
        policy.SettingKind.WEEKDAYS: (_list_of(_weekday), lambda days: [WEEKDAYS[day] for day in days]),
        policy.SettingKind.WINDOWS: (_pairs_of(checks.parse_time), _write_pairs(_write_time)),
        policy.SettingKind.PERIODS: (_pairs_of(checks.parse_date), _write_pairs(write_date)),
    }
)


def _setting(spec: policy.SettingSpec) -> Key:
    """The key of a setting: the form is read here, and the range is that of the table of settings."""
    form, write = _SETTING_FORMS[spec.kind]
    return Key(
        spec.name,
        lambda value, place: policy.check_setting(spec.name, form(value, place), place),
        write,
        nullable=spec.kind is policy.SettingKind.COUNTRY,
    )


POLICY_KEYS = tuple(_setting(spec) for spec in policy.SETTINGS)
