"""What the fields of a form must be: values as they are kept, or a refusal that names the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    CallOutcome,
    Channel,
    EventKind,
    InterviewKind,
    Repeat,
    Stage,
)

Check = Callable[[Any, str], Any]


def _optional(check: Check) -> Check:
    return lambda value, field: None if value is None else check(value, field)


def _enum(kind: type[StrEnum]) -> Check:
    return lambda value, field: checks.check_enum(value, field, kind)


def _each(check: Check) -> Check:
    def check_all(values: Iterable[Any], field: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(check(value, field) for value in values))

    return check_all


def _channel(value: Any, field: str) -> Channel:
    channel = checks.check_enum(value, field, Channel)
    if channel is Channel.NONE:
        raise Refused(f"{field} must be phone or email.", field)
    return channel


APPLICATION: Mapping[str, Check] = MappingProxyType(
    {
        "employer": checks.clean_name,
        "role": checks.clean_text,
        "stage": _enum(Stage),
        "applied_on": _optional(checks.check_date),
        "closes_on": _optional(checks.check_date),
        "offer_expires_on": _optional(checks.check_date),
        "timezone": _optional(checks.check_zone),
        "country": _optional(checks.check_country),
        "channel": _channel,
        "do_not_contact": checks.check_flag,
        "location": checks.clean_text,
        "url": checks.clean_text,
        "source": checks.clean_text,
        "salary": checks.clean_text,
        "resume": checks.clean_text,
        "priority": checks.check_priority,
        "fit": checks.check_fit,
        "tags": _each(checks.clean_name),
        "notes": checks.clean_text,
        "archived": checks.check_flag,
        "contacts": _each(checks.check_id),
    }
)
INTERVIEW: Mapping[str, Check] = MappingProxyType(
    {
        "kind": _enum(InterviewKind),
        "starts_at": checks.check_wall_time,
        "timezone": _optional(checks.check_zone),
        "fold": checks.check_fold,
        "minutes": checks.check_minutes,
        "location": checks.clean_text,
        "interviewers": _each(checks.check_id),
        "cancelled": checks.check_flag,
        "debriefed_at": _optional(checks.check_instant),
        "process": checks.clean_text,
        "reply_by": _optional(checks.check_date),
        "no_date_given": checks.check_flag,
        "topics": checks.clean_text,
        "notes": checks.clean_text,
        "fit": checks.check_fit,
    }
)
EVENT: Mapping[str, Check] = MappingProxyType(
    {
        "kind": _enum(EventKind),
        "outcome": _optional(_enum(CallOutcome)),
        "at": checks.check_instant,
        "contact": _optional(checks.check_id),
        "interview": _optional(checks.check_id),
        "reply_by": _optional(checks.check_date),
        "note": checks.clean_text,
    }
)
CONTACT: Mapping[str, Check] = MappingProxyType(
    {
        "name": checks.clean_name,
        "employer": checks.clean_text,
        "title": checks.clean_text,
        "email": checks.clean_text,
        "phone": checks.clean_text,
        "url": checks.clean_text,
        "notes": checks.clean_text,
        "no_thank_you": checks.check_flag,
    }
)
REMINDER: Mapping[str, Check] = MappingProxyType(
    {
        "title": checks.clean_name,
        "at": checks.check_wall_time,
        "timezone": _optional(checks.check_zone),
        "application": _optional(checks.check_id),
        "repeat": _optional(_enum(Repeat)),
        "done_at": _optional(checks.check_instant),
    }
)


def checked(table: Mapping[str, Check], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are kept; ``Refused`` with the field's name, ``TypeError`` for one there is not."""
    unknown = fields.keys() - table.keys()
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    return {name: table[name](value, name) for name, value in fields.items()}
