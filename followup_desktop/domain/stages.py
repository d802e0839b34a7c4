"""How an application moves from stage to stage, and what of it moves along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Application, Event, EventKind, Interview, Policy, Stage
from followup_desktop.domain.worktime import date_of

_REOPENED_BY_AN_INTERVIEW = frozenset(
    {Stage.SAVED, Stage.APPLIED, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE}
)
_MOVED_BY_A_PAST_INTERVIEW = frozenset({Stage.SAVED, Stage.APPLIED})


def with_stage(
    application: Application, stage: Stage, at: datetime, event_id: str, policy: Policy
) -> Application:
    """The application moved to a stage, with the entry of the timeline that says so.

    Moving what was only saved to ``applied`` also dates the application, if it has no date yet.
    """
    if application.stage is stage:
        return application
    event = Event(id=event_id, kind=EventKind.STAGE, at=at, from_stage=application.stage, to_stage=stage)
    applied_on = application.applied_on
    if application.stage is Stage.SAVED and stage is Stage.APPLIED and applied_on is None:
        applied_on = date_of(at, policy.timezone)
    return replace(
        application, stage=stage, stage_at=at, applied_on=applied_on, events=(*application.events, event)
    )


def with_interview(
    application: Application, interview: Interview, policy: Policy, now: datetime, event_id: str
) -> Application:
    """The application with one more interview, moved to ``interviewing`` where that follows from it.

    An interview that is not over yet reopens what was closed, but not an offer; one that is over moves only
    what was saved or applied for.
    """
    _start, end = interview_span(interview, application, policy)
    moved_from = _REOPENED_BY_AN_INTERVIEW if end > now else _MOVED_BY_A_PAST_INTERVIEW
    added = replace(application, interviews=(*application.interviews, interview))
    if application.stage not in moved_from:
        return added
    return with_stage(added, Stage.INTERVIEWING, now, event_id, policy)
