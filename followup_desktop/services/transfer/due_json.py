"""The follow-ups due at an instant in JSON, for scripts: dates and instants as in the interchange file."""

from __future__ import annotations

from typing import Any

from followup_desktop.domain.model import Step
from followup_desktop.services.reading.due import DueEntry
from followup_desktop.services.transfer.layout import write_date, write_instant


def due_as_json(entry: DueEntry) -> dict[str, Any]:
    """The entry as ``due --json`` prints it, ready for ``json.dumps``."""
    f = entry.follow_up
    return {
        "rule": f.rule.value,
        "key": f.key,
        "application": f.application,
        "interview": f.interview,
        "contact": f.contact,
        "channel": f.channel.value,
        "opens_at": write_instant(f.opens_at),
        "due_at": write_instant(f.due_at),
        "remind_at": [write_instant(moment) for moment in f.remind_at],
        "deadline_at": write_instant(f.deadline_at) if f.deadline_at else None,
        "expires_at": write_instant(f.expires_at) if f.expires_at else None,
        "state": entry.state.value,
        "waits_for": entry.waits_for,
        "title": entry.title,
        "because": [_step_as_json(step) for step in f.because],
    }


def _step_as_json(step: Step) -> dict[str, Any]:
    """One step of the arithmetic, with only the keys that it needs besides its tip and its source."""
    found: dict[str, Any] = {"step": step.kind.value, "tip": step.tip, "source": step.source}
    if step.date is not None:
        found["date"] = write_date(step.date)
    if step.instant is not None:
        found["instant"] = write_instant(step.instant)
    if step.zone is not None:
        found["zone"] = step.zone
    if step.n is not None:
        found["n"] = step.n
    if step.skipped:
        found["skipped"] = [[write_date(day), why] for day, why in step.skipped]
    return found
