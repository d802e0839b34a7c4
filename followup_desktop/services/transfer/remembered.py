"""What was answered of tables before, by their headings: the same in the window and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from followup_desktop.domain.errors import Refused

if TYPE_CHECKING:
    from followup_desktop.services.transfer.document import Answers, MappedColumn

PLACE = "files/tables"
"""The name of the private setting that holds it, as a text of JSON."""
_MOST = 30


def as_told(kept: str | None) -> str:
    """The text that the private settings hold as a value in JSON; empty for none."""
    try:
        found = json.loads(kept or '""')
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def as_kept(text: str) -> str:
    """The text as the private settings hold it."""
    return json.dumps(text, ensure_ascii=False)


def remembered(text: str, columns: Iterable[MappedColumn]) -> Answers | None:
    """What the text holds of a table with these columns, if anything."""
    from followup_desktop.services.transfer.answers import read_answers  # with all that reads tables

    known = _all(text).get(_key(columns))
    try:
        return None if known is None else read_answers(json.dumps(known).encode())
    except Refused:
        return None  # a later version kept it


def with_answers(text: str, columns: Iterable[MappedColumn], answers: Answers) -> str:
    """The text that also holds these answers, but for the oldest of very many."""
    kept, key = _all(text), _key(columns)
    kept.pop(key, None)
    kept[key] = {
        "columns": {heading: to or None for heading, to in answers.columns.items()},
        "headings": answers.headings,
        "rows": answers.rows,
        "stages": {word: stage.value for word, stage in answers.stages.items()},
        "day_first": answers.day_first,
    }
    return json.dumps(dict(list(kept.items())[-_MOST:]))


def joined(before: Answers, answers: Answers) -> Answers:
    """The answers, and those from before to what they leave open."""
    return replace(
        answers,
        columns={**before.columns, **answers.columns},
        stages={**before.stages, **answers.stages},
        headings=before.headings if answers.headings is None else answers.headings,
        rows=before.rows if answers.rows is None else answers.rows,
        day_first=before.day_first if answers.day_first is None else answers.day_first,
    )


def _key(columns: Iterable[MappedColumn]) -> str:
    return "\n".join(column.heading for column in columns)


def _all(text: str) -> dict[str, dict[str, object]]:
    try:
        kept = json.loads(text)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
