"""Small interchange files for the tests, made as a user's script would make them."""

from __future__ import annotations

import copy
import json
from typing import Any

from followup_desktop.domain.model import Facts
from followup_desktop.services.transfer.interchange import MergeResult, merge, read

EMPTY = Facts()

FILE: dict[str, Any] = {
    "format": "followup-desktop",
    "version": 1,
    "policy": {"timezone": "Europe/Madrid", "country": "ES-MD", "away": [["2026-12-24", "2027-01-01"]]},
    "search": {"paused": False, "acknowledged_at": None},
    "contacts": [{"id": "c1", "name": "Ana Ruiz", "employer": "Acme"}, {"id": "c2", "name": "Tom Berg"}],
    "applications": [
        {
            "id": "a1",
            "employer": "Acme",
            "role": "Data Engineer",
            "stage": "interviewing",
            "stage_at": "2026-09-30T12:00:00+02:00",
            "contacts": ["c1"],
            "tags": ["python"],
            "interviews": [
                {"id": "i1", "starts_at": "2026-09-30T11:00", "minutes": 60, "interviewers": ["c1"]},
            ],
            "events": [
                {
                    "id": "e1",
                    "kind": "call",
                    "outcome": "left_message",
                    "at": "2026-10-13T10:20:00+02:00",
                    "contact": "c1",
                    "interview": "i1",
                },
                {
                    "id": "e2",
                    "kind": "stage",
                    "at": "2026-09-20T09:00:00Z",
                    "from": "applied",
                    "to": "interviewing",
                },
            ],
        },
        {"id": "a2", "employer": "Initech", "role": "", "stage": "saved", "interviews": [], "events": []},
    ],
    "reminders": [
        {"id": "m1", "title": "Renew certificate", "at": "2026-10-20T09:00", "application": "a2"},
    ],
    "choices": [{"key": "thank_you/a1/2026-09-30/c1", "made_at": "2026-09-30T14:00:00Z", "skipped": True}],
    "announced": [{"key": "thank_you/a1/2026-09-30/c1", "announced_at": "2026-09-30T12:00:00Z"}],
}
"""One of everything, with the required keys and a few more."""


def encoded(parsed: object) -> bytes:
    """A file with these contents."""
    return json.dumps(parsed).encode()


def with_value(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """``FILE`` with another value at a place."""
    changed = copy.deepcopy(FILE)
    target: Any = changed
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return changed


def without(path: tuple[str | int, ...]) -> dict[str, Any]:
    """``FILE`` without what is at a place."""
    changed = copy.deepcopy(FILE)
    target: Any = changed
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    return changed


def merged(parsed: object, base: Facts = EMPTY) -> MergeResult:
    """What an import of a file with these contents makes of ``base``."""
    return merge(read(encoded(parsed)), base)


def minimal(**arrays: Any) -> dict[str, Any]:
    """A file with these keys beside the format and its version."""
    return {"format": "followup-desktop", "version": 1, **arrays}
