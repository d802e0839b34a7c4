"""Joining what rows of a file say of one thing, with each other and with what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from followup_desktop.domain.model import Application, Event, Interview, employer_key
from followup_desktop.i18n import N_
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.merge import stage_rank

SAME_ROW = N_("the same as {place}")
"""Why a row adds to an earlier one."""
_BEFORE_COLON = re.compile(r"\s+:")
"""French sets a colon apart: what a row said of a heading is the same in every language."""


def changes(before: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values those that change something, with lists and notes joined to what is there."""
    found = {}
    for name, value in values.items():
        had = getattr(before, name)
        new = _joined(name, had, value)
        if new != had:
            found[name] = new
    return found


def _joined(name: str, had: Any, value: Any) -> Any:
    if isinstance(had, tuple):
        return tuple(dict.fromkeys((*had, *value)))
    if name == "notes" and had:
        told, there = (_BEFORE_COLON.sub(":", each.replace("\r\n", "\n")) for each in (value, had))
        if told in there:
            return had
        if there in told:
            return value
        known = set(there.splitlines())
        blocks = had.split("\n\n")
        for block in filter(None, (_without_known(block, known) for block in value.split("\n\n"))):
            grown = next((place for place, old in enumerate(blocks) if old and block.startswith(old)), None)
            if grown is None:
                blocks.append(block)
            else:
                blocks[grown] = block
        return "\n\n".join(blocks)
    return value


def _without_known(block: str, known: Collection[str]) -> str:
    """A part of notes without what columns said before: lines of a heading and its value that are there."""
    lines = block.splitlines()
    said = [_BEFORE_COLON.sub(":", line) for line in lines]
    if not all(":" in line for line in said):
        return block
    return "\n".join(line for line, plain_line in zip(lines, said, strict=True) if plain_line not in known)


def together(first: Row, later: Row) -> Row:
    """All that two rows say of one application, whatever their order is where they tell when it was.

    Else the later row counts, but for another spelling of the same, and a stage that goes back.
    """
    values = dict(first.values)
    stage = {name: later.values[name] for name in ("stage", "stage_at") if name in later.values}
    if _is_later_stage(stage, first.values):
        for name in ("stage", "stage_at"):
            values.pop(name, None)
        values |= stage
        if "stage_at" in first.values and values.get("stage") is first.values.get("stage"):
            values.setdefault("stage_at", first.values["stage_at"])
    for name, value in later.values.items():
        had = values.get(name)
        if name in stage or (name in ("employer", "role") and employer_key(value) == employer_key(had or "")):
            continue
        if name == "url" and had and posting_key(value) == posting_key(had) != "":
            continue
        values[name] = _joined(name, had, value)
    return replace(
        first,
        values=values,
        defaults={**later.defaults, **first.defaults},
        interviews=_united(first.interviews, later.interviews),
        events=_united(first.events, later.events),
    )


def _is_later_stage(stage: Mapping[str, Any], former: Mapping[str, Any]) -> bool:
    if not stage or not former.keys() & {"stage", "stage_at"}:
        return bool(stage)
    at, was = stage.get("stage_at"), former.get("stage_at")
    if at is not None and was is not None and at != was:
        return bool(at > was)
    if "stage" not in stage or "stage" not in former:
        return "stage" in stage
    return stage_rank(stage["stage"]) >= stage_rank(former["stage"])


def _united(first: Iterable[Row], later: Iterable[Row]) -> tuple[Row, ...]:
    """Interviews or entries of the timeline, each told once."""
    found = {each.id: each for each in first}
    for each in later:
        if (same := found.get(each.id)) is None:
            found[each.id] = each
            continue
        joined = {name: _joined(name, same.values.get(name), value) for name, value in each.values.items()}
        found[each.id] = replace(same, values={**same.values, **joined})
    return tuple(found.values())


def after_row(before: Application | None, row: Row) -> Application:
    """The application as the row leaves it, for a later row about the same."""
    events = tuple(Event(id=each.id, **each.values) for each in row.events if each.values)
    if before is None:
        interviews = (Interview(id=each.id, **each.values) for each in row.interviews)
        return Application(id=row.id, **row.values, events=events, interviews=tuple(interviews))
    there = {one.id: one for one in before.interviews}
    for each in row.interviews:
        known = there.get(each.id)
        there[each.id] = replace(known, **each.values) if known else Interview(id=each.id, **each.values)
    return replace(before, **row.values, events=(*before.events, *events), interviews=tuple(there.values()))
