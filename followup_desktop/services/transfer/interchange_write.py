"""Writing the interchange file: every key of version 1, in the order of the format, arrays sorted by id."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from followup_desktop.domain.model import Application, Facts
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.formats import Contents


def write(facts: Facts) -> str:
    """The whole of the facts as an interchange file; the same facts always give the same text.

    Write it as UTF-8 with line ends ``\\n``.
    """
    contents = {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "policy": _object(facts.policy, layout.POLICY_KEYS),
        "search": _object(facts.search, layout.SEARCH_KEYS),
        "contacts": _array(facts.contacts, layout.CONTACT_KEYS),
        "applications": [_application(one) for one in sorted(facts.applications, key=attrgetter("id"))],
        "reminders": _array(facts.reminders, layout.REMINDER_KEYS),
        "choices": _array(facts.choices, layout.CHOICE_KEYS),
        "announced": _array(facts.announced, layout.ANNOUNCED_KEYS),
    }
    return json.dumps(contents, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_file(contents: Contents) -> bytes:
    """The file: all of the facts, and nothing of the plan."""
    return write(contents.facts).encode()


def _application(application: Application) -> dict[str, Any]:
    return {
        **_object(application, layout.APPLICATION_KEYS),
        "interviews": _array(application.interviews, layout.INTERVIEW_KEYS),
        "events": _array(application.events, layout.EVENT_KEYS),
    }


def _array(items: Iterable[Any], keys: tuple[layout.FileKey, ...]) -> list[dict[str, Any]]:
    """Objects sorted by their first key, which is their id or the key of a follow-up."""
    return [_object(item, keys) for item in sorted(items, key=attrgetter(keys[0].name))]


def _object(item: Any, keys: tuple[layout.FileKey, ...]) -> dict[str, Any]:
    return {
        key.name: _value(value, key)
        for key in keys
        if (value := getattr(item, key.field)) not in key.unset or not key.written_if_set
    }


def _value(value: Any, key: layout.FileKey) -> Any:
    return value if value is None or key.write is None else key.write(value)
