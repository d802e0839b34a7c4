"""The keys of the interchange file, and how each value is read and written.

They come from the table of facts and that of the settings. One table serves the reader and the writer, so
that what is written is what is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from types import MappingProxyType
from typing import Any

from followup_desktop.domain import checks, policy
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind, facts_of
from followup_desktop.domain.model import (
    WEEKDAYS,
    Application,
    Choice,
    Contact,
    Event,
    Interview,
    LastAnnouncement,
    Reminder,
    SearchState,
)
from followup_desktop.i18n import _

FORMAT = "followup-desktop"
VERSION = 1

Read = Callable[[Any, str], Any]
"""Takes a value of the file and its place, gives the value of the model; raises ``Refused``."""
Write = Callable[[Any], Any]
"""Takes a value of the model, gives that of the file."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """One key of an object of the file.

    ``attribute`` is its name in the model. ``null`` is a value of a ``nullable`` key; of another it means the
    same as if the key were missing, and of a ``required`` one that is refused. One that is ``written_if_set``
    is written only where its value isn't one of the ``unset``. ``usual`` is the default as it is in a file,
    which most values are: it needs no check. It is ``None`` where there is none.
    """

    name: str
    read: Read
    write: Write | None = None
    attribute: str = ""
    required: bool = False
    nullable: bool = False
    kind: Kind | None = None
    written_if_set: bool = False
    unset: tuple[Any, ...] = (None, "", ())
    usual: Any = None

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
        checks.refuse(place, _("{field} must be a list, not {value}."), value)
    return value


def _list_of(read: Read) -> Read:
    """A list read item by item; what is repeated is kept once, at its first place."""

    def read_list(value: object, place: str) -> tuple[Any, ...]:
        items = check_list(value, place)
        try:
            found = [read(item, place) for item in items]
        except Refused:  # where it stands is put together for what is refused alone
            for index, item in enumerate(items):
                read(item, f"{place}[{index}]")
            raise
        return tuple(dict.fromkeys(found))

    return read_list


def _pair_of(read: Read) -> Read:
    """A pair such as the start and the end of a window."""

    def read_pair(value: object, place: str) -> tuple[Any, Any]:
        if not isinstance(value, list) or len(value) != 2:
            sentence = _("{field} must be a list of two values, the first and the last, not {value}.")
            checks.refuse(place, sentence, value)
        return read(value[0], f"{place}[0]"), read(value[1], f"{place}[1]")

    return read_pair


def _weekday(value: object, place: str) -> int:
    if not isinstance(value, str) or value not in WEEKDAYS:
        checks.refuse_other_than(place, WEEKDAYS[:5], value)
    return WEEKDAYS.index(value)


_CODECS: Mapping[Kind, tuple[Read, Write | None]] = MappingProxyType(
    {
        **dict.fromkeys((Kind.DATE, Kind.PAST_DATE), (checks.parse_date, write_date)),
        Kind.INSTANT: (checks.parse_instant, write_instant),
        Kind.WALL_TIME: (checks.parse_wall_time, write_wall_time),
        Kind.REFERENCES: (_list_of(checks.check_id), list),
        Kind.TEXTS: (_list_of(checks.clean_name), list),
    }
)
"""Of the kinds that are written in another form than they are kept in: how they are read and written."""


def _keys(thing: type) -> tuple[FileKey, ...]:
    """The keys of a thing's facts, in the order in which they are declared."""
    found = []
    defaults = {field.name: field.default for field in fields(thing)}
    for fact in facts_of(thing):
        read, write = _CODECS.get(fact.kind) or (fact.checker(), None)
        key = FileKey(fact.key, read, write, fact.name, fact.required, fact.nullable, fact.kind)
        usual = None if fact.required else defaults[fact.name]
        usual = usual.value if isinstance(usual, Enum) else list(usual) if usual == () else usual
        found.append(replace(key, written_if_set=fact.written_if_set, usual=usual))
    return tuple(found)


CONTACT_KEYS = _keys(Contact)
APPLICATION_KEYS = _keys(Application)
"""The keys of an application but ``interviews`` and ``events``, which come after them."""
INTERVIEW_KEYS = _keys(Interview)
EVENT_KEYS = _keys(Event)
REMINDER_KEYS = _keys(Reminder)
CHOICE_KEYS = _keys(Choice)
ANNOUNCED_KEYS = _keys(LastAnnouncement)
SEARCH_KEYS = _keys(SearchState)


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


def setting_key(spec: policy.SettingSpec) -> FileKey:
    """The key of a setting: the form is read here, and the range is that of the table of settings."""
    form, write = _SETTING_FORMS[spec.kind]
    return FileKey(
        spec.name,
        lambda value, place: policy.check_setting(spec.name, form(value, place), place),
        write,
        nullable=spec.kind is policy.SettingKind.COUNTRY,
        written_if_set=spec.written_if_set,
        unset=(spec.default,),
    )


POLICY_KEYS = tuple(setting_key(spec) for spec in policy.SETTINGS)
