"""The rules around an interview day: get ready, note what was said, thank each person (tips 1, 2 and 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import DEBRIEF_FOR, CaseFile, InterviewDay
from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Channel,
    Event,
    EventKind,
    FollowUp,
    Rule,
    Step,
    StepKind,
    make_key,
)
from followup_desktop.domain.rules.rule_helpers import EVENING, follow_up, quieted
from followup_desktop.domain.rules.table import RuleRow, of_case
from followup_desktop.domain.worktime import DAY, MINUTE, QuietHours, at, date_of

HOUR = timedelta(hours=1)
_PREPARE_FOR = 48 * HOUR
_STILL_AHEAD = 30 * MINUTE
"""So long before an interview the second reminder still helps."""
_THANKED_AGAIN = 4 * HOUR
"""So long before the deadline of the thanks the second reminder comes."""
_THANK_FOR = 72 * HOUR


@of_case(
    RuleRow(
        rule=Rule.PREPARE,
        stages=ACTIVE_STAGES,
        tip=1,
        answers=(Answer.DONE, Answer.RESCHEDULED, Answer.THEY_CANCELLED),
        icon="prepare",
        any_hour=True,
        before_interview=True,
    )
)
def prepare(case: CaseFile) -> Iterator[FollowUp | None]:
    """Tip 1, one per interview day: the evening before, and again shortly before it starts.

    Of the interview day it tells where, when and who, and what to ask before leaving.
    """
    quiet, zone_name = case.calendar.quiet, case.policy.timezone
    ahead = case.policy.ask_lead_minutes * MINUTE
    for day in case.days:
        evening = at(date_of(day.start, zone_name) - DAY, EVENING, zone_name)
        due = quiet.earlier(evening)
        shortly = quiet.later(day.start - ahead)
        step = Step(kind=StepKind.CONVERSATION, tip=1, source=day.interview.id, date=day.day, instant=evening)
        yield follow_up(
            Rule.PREPARE,
            make_key(Rule.PREPARE, case.application.id, day.day),
            application=case.application.id,
            interview=day.interview.id,
            opens=day.start - _PREPARE_FOR,
            due=due,
            remind=shortly if shortly <= day.start - _STILL_AHEAD else None,
            expires=day.end,
            because=quieted([step], due, quiet),
        )


@of_case(
    RuleRow(
        rule=Rule.DEBRIEF,
        stages=ACTIVE_STAGES,
        tip=1,
        answers=(Answer.DEBRIEF, Answer.DID_NOT_TAKE_PLACE),
        icon="debrief",
        can_be_missed=True,
        in_time=2,
    )
)
def debrief(case: CaseFile) -> Iterator[FollowUp | None]:
    """Tips 1, 2 and 9, one per interview day: whom you met, what they said, how it feels to you."""
    quiet = case.calendar.quiet
    minutes = case.policy.debrief_delay_minutes
    delay = minutes * MINUTE
    for day in case.days:
        if None not in [held.interview.debriefed_at for held in day.held]:
            continue
        after = day.end + delay
        due = quiet.later(after)
        step = Step(
            kind=StepKind.INTERVIEW_END,
            tip=1,
            source=day.interview.id,
            date=day.day,
            instant=after,
            n=minutes,
        )
        yield follow_up(
            Rule.DEBRIEF,
            make_key(Rule.DEBRIEF, case.application.id, day.day),
            application=case.application.id,
            interview=day.interview.id,
            opens=day.end,
            due=due,
            expires=day.end + DEBRIEF_FOR,
            because=quieted([step], due, quiet),
        )


@of_case(
    RuleRow(
        rule=Rule.THANK_YOU,
        stages=ACTIVE_STAGES,
        tip=2,
        answers=(
            Answer.WRITE_EMAIL,
            Answer.SENT,
            Answer.NO_ADDRESS,
            Answer.NEEDS_NONE,
            Answer.DID_NOT_TAKE_PLACE,
        ),
        letter=TemplateName.THANK_YOU,
        logged=EventKind.THANK_YOU,
        icon="mail",
        can_be_missed=True,
        to_interviewer=True,
        in_time=1,
    )
)
def thank_you(case: CaseFile) -> Iterator[FollowUp | None]:
    """Tip 2, one per interview day and interviewer: a note to each person within 24 hours."""
    settled = _settled(case)
    for day in case.days:
        met = day.interviewers()
        for contact in met or (None,):
            if contact is not None and contact in case.contacts and case.contacts[contact].no_thank_you:
                continue
            if (day.day, contact) not in settled:
                yield _thank(case, day, contact)


def _thank(case: CaseFile, day: InterviewDay, contact: str | None) -> FollowUp | None:
    policy, quiet = case.policy, case.calendar.quiet
    held = day.with_contact(contact)
    first = held[0]
    opens = max([h.end for h in held])
    deadline = first.end + policy.thank_you_hours * HOUR
    due, steps = _thank_due(policy.thank_you_delay_minutes, day, opens, deadline - HOUR, quiet)
    limit = Step(
        kind=StepKind.DEADLINE,
        tip=2,
        source=first.interview.id,
        instant=deadline,
        n=policy.thank_you_hours,
    )
    return follow_up(
        Rule.THANK_YOU,
        make_key(Rule.THANK_YOU, case.application.id, day.day, contact or "-"),
        application=case.application.id,
        interview=first.interview.id,
        contact=contact,
        channel=Channel.EMAIL,
        opens=opens,
        due=due,
        remind=quiet.earlier(deadline - _THANKED_AGAIN),
        deadline=deadline,
        expires=first.end + _THANK_FOR,
        because=quieted([limit, *steps], due, quiet),
    )


def _thank_due(
    delay: int, day: InterviewDay, opens: datetime, latest: datetime, quiet: QuietHours
) -> tuple[datetime, list[Step]]:
    """When to write, and how that comes: a while after the day's end, but an hour before the deadline."""
    source = day.interview.id
    after = day.end + delay * MINUTE
    due = quiet.later(after)
    steps = [Step(kind=StepKind.INTERVIEW_END, tip=2, source=source, date=day.day, instant=after, n=delay)]
    if due <= latest:
        return due, steps
    due = quiet.earlier(latest)
    if due < opens:
        return opens, [replace(steps[0], instant=opens, n=0)]
    return due, [Step(kind=StepKind.DEADLINE, tip=2, source=source, instant=latest)]


def _settled(case: CaseFile) -> set[tuple[date, str | None]]:
    """The (day, contact) pairs that logged thank-yous have settled; contact ``None``: no one was named."""
    thanks = [event for event in case.events if event.kind is EventKind.THANK_YOU]
    interviewers = {contact for day in case.days for contact in day.interviewers()} if thanks else set()
    settled: set[tuple[date, str | None]] = set()
    for event in thanks:
        day = _thanked_day(case, event, interviewers)
        if day is None:
            continue
        met = day.interviewers()
        if not met:
            settled.add((day.day, None))
        elif event.contact is None:
            settled.update((day.day, contact) for contact in met)
        else:
            settled.add((day.day, event.contact))
    return settled


def _thanked_day(case: CaseFile, event: Event, interviewers: set[str]) -> InterviewDay | None:
    """The day that a thank-you is for: that of its interview, else the newest that it can be for."""
    if event.interview is not None:
        return next((d for d in case.days if any(h.interview.id == event.interview for h in d.held)), None)
    if event.contact in interviewers:
        with_them = ((day, day.with_contact(event.contact)) for day in case.days)
        begun = [day for day, held in with_them if held and held[0].start <= event.at]
        return begun[-1] if begun else None
    begun = [day for day in case.days if day.start <= event.at]
    if not begun or (event.contact is not None and begun[-1].interviewers()):
        return None
    return begun[-1]
