"""Which interviews and events that are there those of a file's row are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Application, Event, Interview, Policy
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, format_clock, format_dated_day, format_series
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.joined_rows import changes
from followup_desktop.services.transfer.kept_ids import KeptIds
from followup_desktop.services.transfer.lasting_ids import HALF, interviews_of


class TimelineMatches:
    """Matches the interviews and events of a row with those of the application that it is about."""

    def __init__(self, policy: Policy, ids: KeptIds) -> None:
        self._policy = policy
        self._zone = policy.timezone
        self._ids = ids

    def interview(self, row: Row, owner: Application | None, of_owner: Mapping[str, Any]) -> Row:
        """The interview as a change of the one that it is, or as a new one.

        ``owner`` is the application as it is there, and ``of_owner`` what the file changes of it.
        """
        values = dict(row.values)
        if "interviewers" in values:
            values["interviewers"] = self._ids.all_kept(values["interviewers"])
        found = self._same_interview(row, owner, of_owner)
        if found is None:
            return replace(row, id=self._ids.new(row), values={**row.defaults, **values})
        return replace(row, id=found.id, values=changes(found, values))

    def with_moved(
        self, interviews: tuple[Row, ...], row: Row, owner: Application, of_owner: Mapping[str, Any]
    ) -> tuple[Row, ...]:
        """The interviews of a row, the only new one as the one that was moved, where that is certain.

        It is so of one that this row brought, that nobody edited, and that is still to come, and that the row
        no longer tells. Beside any other that is to come, the only interview of a row is told.
        """
        there = {one.id for one in owner.interviews}
        new = [
            (place, told)
            for place, (each, told) in enumerate(zip(interviews, row.interviews, strict=True))
            if each.id not in there
        ]
        if len(new) != 1:
            return interviews
        ((place, told),) = new
        start, _end = self._span(told, owner, of_owner)
        if told.since is None or start <= told.since:
            return interviews
        still = {each.id for each in interviews}
        ahead = [
            one
            for one in owner.interviews
            if not one.cancelled
            and one.id not in still
            and interview_span(one, owner, self._policy)[0] > told.since
        ]
        brought = [one for one in ahead if _is_as_brought(one, {row.id, owner.id}, told)]
        moved = interviews[place]
        if len(brought) == 1:
            values = {name: moved.values[name] for name in told.values}
            moved = replace(moved, id=brought[0].id, values=changes(brought[0], values))
        elif ahead and len(interviews) == 1:
            when = format_series(_when(one.starts_at) for one in ahead)
            moved = replace(moved, matched=_("new, beside the one on {when}").format(when=when))
        return (*interviews[:place], moved, *interviews[place + 1 :])

    def _span(self, row: Row, owner: Application, of_owner: Mapping[str, Any]) -> tuple[datetime, datetime]:
        """When the interview of a row begins and ends."""
        zone = {name: of_owner[name] for name in ("timezone",) if name in of_owner}
        told = Interview(id="-", **{"minutes": 60, **row.values, "interviewers": ()})
        return interview_span(told, replace(owner, **zone), self._policy)

    def _same_interview(
        self, row: Row, owner: Application | None, of_owner: Mapping[str, Any]
    ) -> Interview | None:
        """The one with its id, or with its start, told in the zone that each is in."""
        if owner is None:
            return None
        for one in owner.interviews:
            if one.id == row.id:
                return one
        start, _end = self._span(row, owner, of_owner)
        starts = ((one, interview_span(one, owner, self._policy)[0]) for one in owner.interviews)
        return next((one for one, at in starts if at == start), None)

    def event(self, row: Row, owner: Application | None, interviews: Mapping[str, str]) -> Row:
        """The event as a new one, or under the id of the one that it is, with nothing to change.

        ``interviews`` are the ids of those of the row, as the file has them and as they are kept.
        """
        values = dict(row.values)
        if values.get("contact") is not None:
            values["contact"] = self._ids.kept(values["contact"])
        if values.get("interview") is not None:
            values["interview"] = interviews.get(values["interview"], values["interview"])
        found = None if owner is None else self._same_event(row.id, values, owner)
        if found is None:
            return replace(row, id=self._ids.new(row), values=values)
        return replace(row, id=found.id, values={})

    def _same_event(self, row_id: str, values: Mapping[str, Any], owner: Application) -> Event | None:
        for one in owner.events:
            if one.id == row_id:
                return one
        told = (
            values["kind"],
            date_of(values["at"], self._zone),
            values.get("to_stage"),
            values.get("note", ""),
        )
        for one in owner.events:
            if (one.kind, date_of(one.at, self._zone), one.to_stage, one.note) == told:
                return one
        return None


def _is_as_brought(one: Interview, applications: Collection[str], row: Row) -> bool:
    """Whether a row of one of these applications brought it, and nobody has edited it since."""
    untouched = Interview(
        id=one.id,
        starts_at=one.starts_at,
        timezone=one.timezone,
        minutes=row.defaults.get("minutes", one.minutes),
        interviewers=one.interviewers,
    )
    return one == untouched and one.id[:HALF] in {interviews_of(each)[:HALF] for each in applications}


def _when(at: datetime) -> str:
    return f"{format_dated_day(at.date())} {format_clock(at.time())}"
