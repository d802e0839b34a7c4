"""What a row tells of the past of its application, as events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from followup_desktop.domain.model import EventKind, Stage
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import lasting_id
from followup_desktop.services.transfer.tables.file_dates import FileDates
from followup_desktop.services.transfer.tables.history import HistoryStep, followed_up, history_steps
from followup_desktop.services.transfer.tables.row_end import RowEnd
from followup_desktop.services.transfer.tables.row_texts import RowTexts


def story_of(texts: RowTexts, end: RowEnd) -> list[HistoryStep]:
    """What the row tells of the past, each thing once, in the order of its days."""
    found: dict[tuple[object, ...], HistoryStep] = {}
    for said in texts.said.get("history", ()):
        entries = list(history_steps(said.text))
        if not entries:
            texts.keep(said)
        for entry in entries:
            each = replace(entry, stage=end.stage) if end.is_closed(entry.text) else entry
            found.setdefault((each.day, each.stage or each.text), each)
    return sorted(found.values(), key=lambda each: each.day)


def events_of(
    story: Sequence[HistoryStep], texts: RowTexts, dates: FileDates, application: str
) -> Iterator[Row]:
    """The events of the application with that id: its story, and that the user wrote again."""

    def event(day: date, what: str, values: dict[str, Any]) -> Row:
        own = lasting_id("event", application, day.isoformat(), what)
        return Row(place=texts.place, id=own, values={"at": dates.noon(day), **values})

    before: Stage | None = None
    values: dict[str, Any]
    for each in story:
        if each.stage is not None:
            values = {"kind": EventKind.STAGE, "from_stage": before, "to_stage": each.stage}
            before = each.stage
        else:
            values = {"kind": EventKind.NOTE, "note": each.text}
        yield event(each.day, each.stage or each.text, values)
    for day in followed_up(texts.text("followed")):
        yield event(day, "email", {"kind": EventKind.EMAIL})
