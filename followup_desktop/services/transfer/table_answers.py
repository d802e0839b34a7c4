"""What was answered of tables before, by their headings: the same in the window and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from followup_desktop.domain.errors import Refused

if TYPE_CHECKING:
    from followup_desktop.services.transfer.document import Answers, MappedColumn
    from followup_desktop.storage.drafts import SettingRecords

KEY = "files/tables"
"""The name of the private setting that holds it: a text of JSON, itself kept as JSON."""
_MOST = 30


class TableAnswers:
    """The answers that imports kept, in the private settings. Each method raises ``Refused``."""

    def __init__(self, settings: SettingRecords) -> None:
        self._settings = settings

    def of(self, columns: Iterable[MappedColumn]) -> Answers | None:
        """What is kept of a table with these columns, if anything."""
        if not (heading := _heading(columns)):
            return None
        from followup_desktop.services.transfer.answers import read_answers  # with all that reads tables

        known = _read(self._settings.all().get(KEY)).get(heading)
        try:
            return None if known is None else read_answers(json.dumps(known).encode())
        except Refused:
            return None  # a later version kept it

    def keep(self, columns: Iterable[MappedColumn], answers: Answers) -> None:
        """Keep these answers for a table with these columns; of very many the oldest is forgotten."""
        if heading := _heading(columns):
            self._settings.change(KEY, lambda text: _written(_read(text), heading, answers))


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


def _heading(columns: Iterable[MappedColumn]) -> str:
    return "\n".join(column.heading for column in columns)


def _read(text: str | None) -> dict[str, dict[str, object]]:
    try:
        kept = json.loads(json.loads(text or '""'))
    except (TypeError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _written(kept: dict[str, dict[str, object]], heading: str, answers: Answers) -> str:
    kept.pop(heading, None)
    kept[heading] = {
        "columns": {heading: to or None for heading, to in answers.columns.items()},
        "headings": answers.headings,
        "rows": answers.rows,
        "stages": {word: stage.value for word, stage in answers.stages.items()},
        "day_first": answers.day_first,
    }
    return json.dumps(json.dumps(dict(list(kept.items())[-_MOST:])))
