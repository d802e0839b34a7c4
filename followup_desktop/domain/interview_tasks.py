"""What had to be done after the interviews of an application, and whether it was done in time.

For figures alone: days are those of the user's calendar, and what is over counts as what is to come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from followup_desktop.domain.casefile import DEBRIEF_FOR, InterviewSpan, interview_span
from followup_desktop.domain.facts import record
from followup_desktop.domain.model import Application, EventKind, Policy, Rule, Stage
from followup_desktop.domain.worktime import date_of


@record(kw_only=True)
class InterviewTask:
    """One thing to do after the interviews of a day.

    ``contact`` is whom to thank; it is empty for a debrief, and where nobody is named.
    """

    rule: Rule
    application: str
    day: date
    contact: str = ""
    until: datetime
    done: bool


def interview_tasks(
    application: Application, spared: Collection[str], policy: Policy
) -> Iterator[InterviewTask]:
    """A debrief for each interview day, and thanks to each person met on it who isn't ``spared``."""
    if application.stage is Stage.SAVED:
        return
    days: dict[date, list[InterviewSpan]] = {}
    for interview in application.interviews:
        if not interview.cancelled:
            span = InterviewSpan(interview, *interview_span(interview, application, policy))
            days.setdefault(date_of(span.start, policy.timezone), []).append(span)
    for day, held in days.items():
        yield _debrief(application, day, held)
        met = dict.fromkeys(person for each in held for person in each.interview.interviewers)
        for contact in met or ("",):
            if contact not in spared:
                yield _thanks(application, day, contact, held, policy)


def _debrief(application: Application, day: date, held: Collection[InterviewSpan]) -> InterviewTask:
    until = max(each.end for each in held) + DEBRIEF_FOR
    noted = [each.interview.debriefed_at for each in held]
    return InterviewTask(
        rule=Rule.DEBRIEF,
        application=application.id,
        day=day,
        until=until,
        done=all(at is not None and at <= until for at in noted),
    )


def _thanks(
    application: Application, day: date, contact: str, held: Collection[InterviewSpan], policy: Policy
) -> InterviewTask:
    with_them = [each for each in held if not contact or contact in each.interview.interviewers]
    start = min(each.start for each in with_them)
    until = min(each.end for each in with_them) + timedelta(hours=policy.thank_you_hours)
    meant = {None, *(each.interview.id for each in held)}  # one that names another interview is for that one
    done = any(
        event.kind is EventKind.THANK_YOU
        and event.interview in meant
        and start <= event.at <= until
        and (not contact or event.contact in (None, contact))
        for event in application.events
    )
    return InterviewTask(
        rule=Rule.THANK_YOU, application=application.id, day=day, contact=contact, until=until, done=done
    )
