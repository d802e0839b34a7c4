"""The interviews of a row: one with its time, and of a day alone a reminder to ask for the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from followup_desktop.i18n import _
from followup_desktop.services.capture.interview_kinds import called_kind
from followup_desktop.services.transfer.document import Row, UntimedInterview
from followup_desktop.services.transfer.lasting_ids import interview_id, lasting_id
from followup_desktop.services.transfer.tables.cells import CellText
from followup_desktop.services.transfer.tables.dates import CellDate, with_clock
from followup_desktop.services.transfer.tables.row_dates import RowDates
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import (
    flag_of,
    is_of_interviews,
    is_of_rounds,
    number_in,
)

NINE = time(9)
_TIME_TO_ASK = timedelta(days=2)


class RowInterviews:
    """What a row tells of the interviews of the application with that id in the file.

    A day alone is none, and goes into the notes; if it is still to come, a reminder asks for its time.
    ``interviewers`` are the ids of those who are met, each with the number of the round, if it has one.
    """

    def __init__(
        self, texts: RowTexts, dates: RowDates, application: str, interviewers: Mapping[str, str]
    ) -> None:
        self._texts = texts
        self._dates = dates
        self._application = application
        self._interviewers = interviewers
        self.interviews: list[Row] = []
        self.untimed: list[UntimedInterview] = []
        """The days alone, with their reminders."""
        self.ticks: list[CellText] = []
        """Where the row says yes or no to an interview, and no day."""
        self._read()

    @property
    def reminders(self) -> list[Row]:
        """What asks for a time."""
        return [each.reminder for each in self.untimed if each.reminder is not None]

    def _read(self) -> None:
        texts = self._texts
        clocks = {said.whose: said for said in texts.said.get("interview_clock", ()) if said.text}
        rounds: list[CellText] = []
        for said in texts.said.get("interview_at", ()):
            told = self._dates.date_of(said, "interview_at")
            clock = clocks.get(said.whose)
            if told is not None and not told.clock and clock is not None:
                told = with_clock(told, clock.cell)
                if told.clock:
                    del clocks[said.whose]
            if told is not None and told.clock:
                self.interviews.append(self._interview(said, told))
            elif told is not None:
                self.untimed.append(self._untimed(said, told.day))
            elif is_of_rounds(said.heading):
                rounds.append(said)
            elif flag_of(said.text) is not None and is_of_interview(texts, said):
                self.ticks.append(said)
            else:
                texts.keep(said)
        for said in clocks.values():
            texts.keep(said)
        for said in rounds:
            self._name(said)

    def _interview(self, said: CellText, told: CellDate) -> Row:
        of_file = self._dates.of_file
        starts = of_file.wall_time(told)
        kind = called_kind(said.heading)
        values: dict[str, Any] = {"starts_at": starts, "timezone": of_file.timezone}
        # Those of its number, where the headings have numbers.
        number = number_in(said.heading)
        met = tuple(each for each, of in self._interviewers.items() if not number or of in ("", number))
        return Row(
            place=self._texts.place,
            id=interview_id(self._application, starts),
            values=values | ({"interviewers": met} if met else {}),
            defaults={"minutes": 60} | ({} if kind is None else {"kind": kind}),
            since=of_file.now,
        )

    def _name(self, said: CellText) -> None:
        """Take a cell for the kind of the interviews, or for how else this round is called."""
        if not self.interviews:
            self._texts.keep(said)
            return
        kind = called_kind(said.text)
        notes = _("{label}: {value}").format(label=said.heading, value=said.text)
        more = {"notes": notes} if kind is None else {"kind": kind}
        self.interviews = [replace(each, defaults={**each.defaults, **more}) for each in self.interviews]

    def _untimed(self, said: CellText, day: date) -> UntimedInterview:
        note = self._texts.keep(said)
        is_ahead = day >= self._dates.of_file.today
        return UntimedInterview(day, note, self._asking_for_time(said, day) if is_ahead else None)

    def _asking_for_time(self, said: CellText, day: date) -> Row:
        own = lasting_id("reminder", self._application, "time", folded(said.heading))
        at = datetime.combine(day - _TIME_TO_ASK, NINE)
        values = {"title": _("Enter the time of the interview"), "at": at, "application": self._application}
        return Row(place=self._texts.place, id=own, values=values)


def is_of_interview(texts: RowTexts, said: CellText) -> bool:
    """Whether a yes tells of an interview: "Onsite" may be the place, but not beside "Phone screen"."""
    rounds = (place.heading for place in texts.header.places if place.field == "interview_at")
    return is_of_interviews(said.heading) or (
        not is_of_rounds(said.heading) and any(map(is_of_interviews, rounds))
    )
