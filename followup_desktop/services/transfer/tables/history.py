"""What happened in an application, as tables tell it within a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from followup_desktop.domain.model import Stage
from followup_desktop.services.transfer.tables.words import stage_of

_DAY = r"(\d{4}-\d{2}-\d{2})"
_PAIR = re.compile(r"""['"]stage['"]\s*:\s*['"]([^'"]*)['"]\s*,\s*['"]date['"]\s*:\s*['"]""" + _DAY)
_STEP = re.compile(rf"([^→>\n]+?)\s*\({_DAY}\)")
_ENTRY = re.compile(rf"{_DAY}(?:[T ][\d:.Z]+)?\s*[:–-]\s*(.+)")
_FOLLOWED = re.compile(
    rf"\bfollow(?:ed)?[- ]?up(?: (?:sent|emailed|by email|email|again))*(?: on)?:? {_DAY}", re.IGNORECASE
)
_APPLIED = re.compile(rf"\bapplied(?: on)?:? {_DAY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing on a day: a move to a stage, or what is told of it in words."""

    day: date
    stage: Stage | None
    text: str


def happened(text: str) -> Iterator[Happened]:
    """What a history says, in its order: a list of stages, steps with arrows between, or dated lines.

    The text is searched, and never run.
    """
    if pairs := _PAIR.findall(text):
        steps = [(day, words) for words, day in pairs]
    elif lines := _ENTRY.findall(text):
        steps = lines
    else:
        steps = [(day, words) for words, day in _STEP.findall(text)]
    for day, words in steps:
        if (found := _date(day)) is not None:
            stage, is_sure = stage_of(words)
            yield Happened(found, stage if is_sure else None, words.strip())


def followed_up(notes: str) -> Iterator[date]:
    """The days on which the user wrote again, as notes tell them: "follow-up sent 2026-07-15"."""
    yield from (day for text in _FOLLOWED.findall(notes) if (day := _date(text)) is not None)


def applied_in(notes: str) -> date | None:
    """The day of applying that stands in notes: "Applied 2026-06-10"."""
    found = _APPLIED.search(notes)
    return _date(found[1]) if found else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
