"""What the user is to do next by a row, with its day, and the reminder of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import lasting_id
from followup_desktop.services.transfer.tables.dates import CellDate
from followup_desktop.services.transfer.tables.row_dates import RowDates
from followup_desktop.services.transfer.tables.row_interviews import NINE
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.words import without_time

_LONG_PAST = timedelta(days=30)
"""What was to be done so long ago is nothing to be reminded of."""


class NextAction(NamedTuple):
    """By what a next step goes, its title, and its day."""

    called: str
    title: str
    told: CellDate


def next_action(texts: RowTexts, dates: RowDates) -> NextAction | None:
    """The next step with a day; one without words is called as its column."""
    for said in texts.said.get("next_action_date", ()):
        if (told := dates.date_of(said, "next_action_date")) is not None:
            own = texts.text("next_action")
            return NextAction(own or said.heading, own or without_time(said.heading) or said.heading, told)
    for said in texts.said.get("next_action", ()):
        if (told := dates.date_of(said, "next_action_date")) is not None:
            return NextAction(said.heading, said.heading, told)
    return None


def reminder_of(step: NextAction, application: str, place: str, now: datetime) -> Row:
    """The reminder of the application with that id, on its day; one that is long past is there as done."""
    told = step.told
    at = datetime.combine(told.day, told.clock or NINE).replace(second=0, microsecond=0)
    own = lasting_id("reminder", application, step.called, told.day.isoformat())
    values = {"title": step.title, "at": at, "application": application}
    is_past = now.date() - told.day > _LONG_PAST
    defaults = {"done_at": now.replace(microsecond=0)} if is_past else {}
    return Row(place=place, id=own, values=values, defaults=defaults)
