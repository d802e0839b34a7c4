"""The parts of the sample search: dates from the user's day, and facts with what they have in common."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from followup_desktop.domain.model import Application, Event, EventKind, Interview, Stage
from followup_desktop.domain.worktime import DAY, at, date_of
from followup_desktop.services.sample_people import people_of


class SampleParts:
    """Makes facts around one instant; days are counted from the user's date then."""

    def __init__(self, now: datetime, zone: str) -> None:
        self.now = now
        self.zone = zone
        self.today = date_of(now, zone)

    def _days(self, n: int) -> date:
        return self.today + n * DAY

    def _workday(self, back: int) -> date:
        """The date that many working days ago."""
        day = self.today
        while back:
            day -= DAY
            back -= day.weekday() < 5
        return day

    def _chase_day(self, back: int) -> date:
        """That working day, or the Friday before where it is a Monday (tip 4)."""
        day = self._workday(back)
        return day - 3 * DAY if day.weekday() == 0 else day

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return at(day, time(hour, minute), self.zone)

    def _application(
        self, name: str, employer: str, role: str, stage: Stage, applied: date | None, **fields: Any
    ) -> Application:
        stage_at = fields.pop("stage_at", None) or self._at(applied or self._workday(5), 9, 30)
        met = dict.fromkeys(c for i in fields.get("interviews", ()) for c in i.interviewers)
        people = dict.fromkeys((*people_of(employer), *met))
        return Application(
            id=name,
            employer=employer,
            role=role,
            stage=stage,
            stage_at=stage_at,
            applied_on=applied,
            contacts=tuple(people),
            **{"timezone": self.zone, **fields},
        )

    def _interview(self, name: str, day: date, hour: int, minutes: int = 60, **fields: Any) -> Interview:
        return Interview(
            id=name,
            starts_at=datetime.combine(day, time(hour)),
            minutes=minutes,
            **{"timezone": self.zone, **fields},
        )

    def _debriefed(self, name: str, day: date, hour: int, **fields: Any) -> Interview:
        """An interview that was held and written down the same evening."""
        return self._interview(name, day, hour, debriefed_at=self._at(day, 19), **fields)

    def _into(self, name: str, before: Stage, stage: Stage, moment: datetime) -> Event:
        return Event(id=name, kind=EventKind.STAGE, at=moment, from_stage=before, to_stage=stage)

    def _thanked(self, name: str, interview: str, contact: str | None, day: date) -> Event:
        return Event(
            id=name, kind=EventKind.THANK_YOU, at=self._at(day, 20), contact=contact, interview=interview
        )
