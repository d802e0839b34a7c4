"""What happened in an application, as tables tell it within a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from followup_desktop.domain.model import Stage
from followup_desktop.services.transfer.tables.dates import CellDate, date_of_cell
from followup_desktop.services.transfer.tables.words import any_of, stage_of

_DAY = r"(\d{4}-\d{2}-\d{2})"
_PAIR = re.compile(r"""['"]stage['"]\s*:\s*['"]([^'"]*)['"]\s*,\s*['"]date['"]\s*:\s*['"]""" + _DAY)
_STEP = re.compile(rf"([^→>\n]+?)\s*\({_DAY}\)")
_ENTRY = re.compile(rf"{_DAY}(?:[T ][\d:.Z]+)?\s*[:–-]\s*(.+)")
_WORDS_OF_A_DATE = 5


@cache
def _followed_up() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('followed_up')}) {_DAY}", re.IGNORECASE)


@cache
def _day_and_verb() -> re.Pattern[str]:
    on = any_of("on")
    return re.compile(
        rf"{_DAY}\s{{0,3}}[:–-]?\s{{0,3}}({any_of('applied')})\b(?!:?\s+(?:(?:{on})\s+)?\d)", re.IGNORECASE
    )


@cache
def _verb_and_day() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{any_of('applied')})(?: (?:{any_of('on')}))?:?\s+(?P<day>[^;\n]{{4,40}})", re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One thing on a day: a move to a stage, or what is told of it in words."""

    day: date
    stage: Stage | None
    text: str


def history_steps(text: str) -> Iterator[HistoryStep]:
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
            yield HistoryStep(found, stage if is_sure else None, words.strip())


def followed_up(notes: str) -> Iterator[date]:
    """The days on which the user wrote again, as notes tell them: "follow-up sent 2026-07-15"."""
    yield from (day for text in _followed_up().findall(notes) if (day := _date(text)) is not None)


def applied_in(notes: str, now: datetime) -> CellDate | None:
    """The day of applying that stands in notes: "Applied 2026-06-10", "2026-06-10: applied by email"."""
    for day, _verb in _day_and_verb().findall(notes):
        if (told := date_of_cell(day, None, now)) is not None:
            return told
    for found in _verb_and_day().finditer(notes):
        words = found["day"].split()
        for count in range(min(len(words), _WORDS_OF_A_DATE), 0, -1):
            told = date_of_cell(" ".join(words[:count]).rstrip(".,:)"), None, now)
            if told is not None:
                return told
    return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
