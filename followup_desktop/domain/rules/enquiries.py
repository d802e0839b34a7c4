"""The rules that turn to the employer, when to stop (tips 3, 4, 5 and 6), and the contact guard over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import (
    NO_ID,
    CaseFile,
    Conversation,
    is_contact_made,
    stage_instant,
)
from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.facts import record
from followup_desktop.domain.model import (
    Channel,
    ContactMade,
    Employer,
    Event,
    EventKind,
    FollowUp,
    Policy,
    Rule,
    SkippedDays,
    Stage,
    Step,
    StepKind,
    make_key,
)
from followup_desktop.domain.rules.rule_helpers import EVENING, MORNING, follow_up, quieted
from followup_desktop.domain.rules.table import RuleRow, declare
from followup_desktop.domain.worktime import DAY, MIDDAY, WorkCalendar, local

ENQUIRY_DAYS = 30
"""How many days after the first one an enquiry may still be made."""
FEEDBACK_DAYS = 14
"""How many days after the first one feedback may still be asked for."""
_ENQUIRE_FOR = ENQUIRY_DAYS * DAY
_DAY_AHEAD = timedelta(hours=24)
_SLOT_DAYS = 3
_WAITING = frozenset({Stage.APPLIED, Stage.INTERVIEWING})
_ORDER = attrgetter("day", "application")


declare(
    RuleRow(
        rule=Rule.STATUS_CALL,
        tip=3,
        answers=(
            Answer.SPOKE,
            Answer.LEFT_MESSAGE,
            Answer.NO_ANSWER,
            Answer.EMAILED_INSTEAD,
            Answer.THEY_ANSWERED,
        ),
        letter=TemplateName.STATUS_EMAIL,
        logged=EventKind.EMAIL,
        icon="phone",
        can_be_missed=True,
        counts_attempts=True,
        enquiry=True,
        by_email=Rule.CHECK_IN,
        script=TemplateName.CALL_SCRIPT,
    )
)
declare(
    RuleRow(
        rule=Rule.CHECK_IN,
        tip=3,
        answers=(Answer.WRITE_EMAIL, Answer.SENT, Answer.THEY_ANSWERED),
        letter=TemplateName.CHECK_IN,
        logged=EventKind.EMAIL,
        icon="mail",
        can_be_missed=True,
        counts_attempts=True,
        enquiry=True,
    )
)
declare(
    RuleRow(
        rule=Rule.MOVE_ON,
        tip=5,
        answers=(Answer.MOVE_ON, Answer.TRY_SOMEONE_ELSE, Answer.KEEP_WAITING),
        letter=TemplateName.STATUS_EMAIL,
        logged=EventKind.EMAIL,
        icon="move-on",
        counts_attempts=True,
        letter_settles=False,
    )
)
declare(
    RuleRow(
        rule=Rule.ASK_FEEDBACK,
        tip=6,
        answers=(Answer.WRITE_EMAIL, Answer.SENT),
        letter=TemplateName.FEEDBACK_REQUEST,
        logged=EventKind.FEEDBACK_REQUEST,
        icon="feedback",
        can_be_missed=True,
        enquiry=True,
        in_time=3,
    )
)


@record()
class PutOff:
    """By which contact, an event's or another application's id, the guard put something off until a day."""

    until: date
    source: str


@record()
class OtherOutreach:
    """The turn to the employer of an application that isn't planned itself, as the guard looks at it."""

    application: str
    calendar: WorkCalendar
    day: date
    last_day: date
    put_off_by: tuple[PutOff, ...] = ()

    def put_off(self, day: date, skipped: SkippedDays, by: PutOff, passed: SkippedDays) -> OtherOutreach:
        return OtherOutreach(self.application, self.calendar, day, self.last_day, (*self.put_off_by, by))


@record()
class Outreach:
    """A turn to the employer that the facts call for, before the guard has placed its day.

    ``earliest`` is the day from which it may be made, ``steps`` how that came; ``day`` the outreach day it
    falls on, ``skipped`` those passed over before it; after ``last_day`` it is too late.
    """

    case: CaseFile
    rule: Rule
    key_parts: tuple[str | int, ...]
    earliest: date
    day: date
    skipped: SkippedDays
    last_day: date
    interview: str | None
    contact: str | None
    attempts: tuple[Event, ...]
    steps: tuple[Step, ...]
    opens: datetime | None = None
    put_off_by: tuple[PutOff, ...] = ()

    @property
    def application(self) -> str:
        return self.case.application.id

    @property
    def calendar(self) -> WorkCalendar:
        return self.case.calendar

    def put_off(self, day: date, skipped: SkippedDays, by: PutOff, passed: SkippedDays) -> Outreach:
        """The same on a later day, with the steps by which it came there."""
        gap = self.case.policy.contact_gap_working_days
        guard = Step(kind=StepKind.GUARD, n=gap, source=by.source, date=by.until, skipped=passed)
        steps = *self.steps, self.on_day(), guard
        return replace(self, day=day, skipped=skipped, steps=steps, put_off_by=(*self.put_off_by, by))

    def on_day(self, instant: datetime | None = None) -> Step:
        """The step that comes to its day, and to an instant of it."""
        return Step(kind=StepKind.OUTREACH_DAY, tip=4, date=self.day, instant=instant, skipped=self.skipped)


_Turn = Outreach | OtherOutreach


def enquiry(case: CaseFile) -> Outreach | None:
    """What ``status_call`` or ``check_in`` would be, whatever the attempts and the wish not to be called."""
    stage = case.application.stage
    if stage not in _WAITING or case.is_over:
        return None
    return _status_call(case) if stage is Stage.INTERVIEWING or case.held else _check_in(case)


def _status_call(case: CaseFile) -> Outreach | None:
    """Tips 3, 4 and 5: after the date they stated and some grace, ask where things stand."""
    if not case.conversations:
        return None
    last, calendar, policy = case.conversations[-1], case.calendar, case.policy
    spoke_on = calendar.date_of(last.at)
    steps = [Step(kind=StepKind.CONVERSATION, tip=3, source=last.id, date=spoke_on)]
    stated = _newest_stated(case)
    if last.reply_by is not None:
        base = last.reply_by
        steps.append(Step(kind=StepKind.STATED_DATE, tip=1, source=last.id, date=base))
    else:
        n = policy.default_reply_working_days
        base, skipped = calendar.count(spoke_on, n)
        steps.append(Step(kind=StepKind.DEFAULT_REPLY, tip=3, n=n, date=base, skipped=skipped))
        if stated is not None and stated.reply_by is not None and stated.reply_by > base:
            base = stated.reply_by
            steps.append(Step(kind=StepKind.STATED_DATE, tip=1, source=stated.id, date=base))
    first_day, skipped = calendar.count(base, policy.grace_working_days)
    steps.append(
        Step(kind=StepKind.WORKING_DAYS, tip=3, n=policy.grace_working_days, date=first_day, skipped=skipped)
    )
    asked_about = case.newest_ended(last.at)
    return _outreach(
        case,
        Rule.STATUS_CALL,
        last,
        first_day=first_day,
        retry=policy.retry_working_days,
        steps=steps,
        interview=asked_about.id if asked_about else None,
    )


def _check_in(case: CaseFile) -> Outreach | None:
    """Tip 3, before any interview: ask by email, a good while after applying."""
    application, calendar, policy = case.application, case.calendar, case.policy
    applied = application.applied_on
    if applied is None and (since := stage_instant(application, Stage.APPLIED)) is not None:
        applied = calendar.date_of(since.at)
    if applied is None:
        return None
    last = case.conversations[-1] if case.conversations else None
    stated = _newest_stated(case)
    grace = policy.grace_working_days
    after_stated: tuple[date, Sequence[Step]] | None = None
    if stated is not None and stated.reply_by is not None:
        day, skipped = calendar.count(stated.reply_by, grace)
        after_stated = (
            day,
            (
                Step(kind=StepKind.STATED_DATE, tip=1, source=stated.id, date=stated.reply_by),
                Step(kind=StepKind.WORKING_DAYS, tip=3, n=grace, date=day, skipped=skipped),
            ),
        )
    if last is not None and last.reply_by is not None and after_stated is not None:
        first_day, steps = after_stated[0], list(after_stated[1])
    else:
        first_day, steps = _after_applying(case, applied, last)
        if after_stated is not None and after_stated[0] > first_day:
            first_day = after_stated[0]
            steps += after_stated[1]
    return _outreach(
        case,
        Rule.CHECK_IN,
        last,
        first_day=first_day,
        retry=policy.check_in_retry_working_days,
        steps=steps,
    )


def _after_applying(case: CaseFile, applied: date, last: Conversation | None) -> tuple[date, list[Step]]:
    """The first day to check in, reckoned from applying, the closing date or the last conversation."""
    n = case.policy.check_in_working_days
    base, step = applied, Step(kind=StepKind.APPLIED, tip=3, date=applied)
    closes_on = case.application.closes_on
    if closes_on is not None and closes_on > base:
        base, step = closes_on, Step(kind=StepKind.DEADLINE, tip=3, date=closes_on)
    if last is not None and (spoke_on := case.calendar.date_of(last.at)) > base:
        base, step = spoke_on, Step(kind=StepKind.CONVERSATION, tip=3, source=last.id, date=spoke_on)
    day, skipped = case.calendar.count(base, n)
    return day, [step, Step(kind=StepKind.WORKING_DAYS, tip=3, n=n, date=day, skipped=skipped)]


def _newest_stated(case: CaseFile) -> Conversation | None:
    return next((c for c in reversed(case.conversations) if c.reply_by is not None), None)


def _outreach(
    case: CaseFile,
    rule: Rule,
    last: Conversation | None,
    *,
    first_day: date,
    retry: int,
    steps: Sequence[Step],
    interview: str | None = None,
) -> Outreach:
    """The chase that starts on ``first_day``, or after the last attempt has had time to be answered."""
    calendar = case.calendar
    attempts = case.attempts_since(last.at if last else None)
    steps, earliest = list(steps), first_day
    if attempts:
        newest = attempts[-1]
        again, skipped = calendar.count(calendar.date_of(newest.at), retry)
        steps.append(Step(kind=StepKind.ATTEMPTS, tip=5, n=len(attempts), source=newest.id))
        if again > earliest:
            earliest = again
            steps.append(
                Step(kind=StepKind.RETRY, tip=5, n=retry, source=newest.id, date=again, skipped=skipped)
            )
    day, skipped = calendar.find_outreach(earliest)
    return Outreach(
        case=case,
        rule=rule,
        key_parts=(case.application.id, last.id if last else NO_ID, len(attempts)),
        earliest=earliest,
        day=day,
        skipped=skipped,
        last_day=day + _ENQUIRE_FOR,
        interview=interview,
        contact=case.person(),
        attempts=attempts,
        steps=tuple(steps),
    )


def may_enquire(outreach: Outreach) -> bool:
    """Whether a chase is still to be made: contact is welcome and a couple of attempts are not yet spent."""
    case = outreach.case
    return not case.application.do_not_contact and len(outreach.attempts) < case.policy.max_attempts


def move_on(outreach: Outreach) -> FollowUp | None:
    """Tip 5: nothing came of it, so let go. Never before the date they stated and the grace after it."""
    case = outreach.case
    policy, quiet = case.policy, case.calendar.quiet
    user = case.basis.user_calendar
    if len(outreach.attempts) < policy.max_attempts:
        start = outreach.last_day + DAY
        too_late = Step(kind=StepKind.DEADLINE, tip=5, date=outreach.last_day)
        steps = (*outreach.steps, outreach.on_day(), too_late)
    else:
        start = outreach.earliest
        steps = outreach.steps
    day, skipped = user.find_own(start)
    morning = user.at(day, MORNING)
    due = quiet.later(morning)
    last = Step(kind=StepKind.WORKING_DAYS, tip=5, n=0, date=day, instant=morning, skipped=skipped)
    return follow_up(
        Rule.MOVE_ON,
        make_key(Rule.MOVE_ON, *outreach.key_parts),
        application=case.application.id,
        interview=outreach.interview,
        contact=outreach.contact,
        opens=due,
        due=due,
        because=quieted([*steps, last], due, quiet),
    )


def ask_feedback(case: CaseFile) -> Outreach | None:
    """Tip 6: after a refusal that followed an interview, ask what would have helped."""
    application = case.application
    if application.stage is not Stage.REJECTED or application.do_not_contact:
        return None
    refused = case.since()
    if refused is None or (interview := case.newest_ended(refused.at)) is None:
        return None
    if any(e.kind is EventKind.FEEDBACK_REQUEST and e.at >= refused.at for e in case.events):
        return None
    calendar = case.calendar
    refused_on = calendar.date_of(refused.at)
    after, passed = calendar.count(refused_on, 1)
    day, skipped = calendar.find_outreach(after)
    return Outreach(
        case=case,
        rule=Rule.ASK_FEEDBACK,
        key_parts=(application.id, refused.id),
        earliest=after,
        day=day,
        skipped=skipped,
        last_day=day + FEEDBACK_DAYS * DAY,
        interview=interview.id,
        contact=case.person(until=refused.at),
        attempts=(),
        steps=(
            Step(kind=StepKind.CONVERSATION, tip=6, source=refused.id, date=refused_on),
            Step(kind=StepKind.WORKING_DAYS, tip=6, n=1, date=after, skipped=passed),
        ),
        opens=refused.at,
    )


def outreach(case: CaseFile) -> tuple[Outreach | None, FollowUp | None]:
    """The turn to the employer that an application calls for, before the guard, and letting go of it."""
    chase = enquiry(case)
    if chase is not None:
        return (chase if may_enquire(chase) else None), move_on(chase)
    return ask_feedback(case), None


def keep_apart(turns: Sequence[_Turn], last: ContactMade | None, policy: Policy) -> list[_Turn]:
    """The contact guard: at one employer, contacts keep their distance from each other (never overwhelm).

    ``last`` is the newest contact made with any application of the employer, with archived ones too. What the
    guard moves past its last day is left out.
    """
    gap = policy.contact_gap_working_days
    if gap == 0 or (last is None and len(turns) < 2):
        return list(turns)
    if last is not None:
        made_on = local(last.at, last.timezone or policy.timezone).date()
        turns = [_not_before(each, made_on, gap, last.event) for each in turns]
    kept: list[_Turn] = []
    for turn in sorted((each for each in turns if each.day <= each.last_day), key=_ORDER):
        placed = turn
        if kept:
            placed = _not_before(turn, kept[-1].day, gap, kept[-1].application)
        if placed.day <= placed.last_day:
            kept.append(placed)
    return kept


def last_contact(employer: Employer) -> ContactMade | None:
    """The newest contact made with the employer."""
    made = [
        ContactMade(at=event.at, event=event.id, timezone=application.timezone)
        for application in employer.applications
        for event in application.events
        if is_contact_made(event)
    ]
    if employer.last_contact is not None:
        made.append(employer.last_contact)
    return max(made, key=lambda contact: (contact.at, contact.event), default=None)


def _not_before(turn: _Turn, contact_on: date, gap: int, source: str) -> _Turn:
    """The turn on a day that keeps the gap, by the working days of its own application."""
    earliest, passed = turn.calendar.count(contact_on, gap)
    if turn.day >= earliest:
        return turn
    day, skipped = turn.calendar.find_outreach(earliest)
    return turn.put_off(day, skipped, PutOff(earliest, source), passed)


def as_follow_up(outreach: Outreach) -> FollowUp | None:
    """The follow-up on the day that the guard has left it."""
    case, calendar = outreach.case, outreach.case.calendar
    by_phone = outreach.rule is Rule.STATUS_CALL and case.application.channel is Channel.PHONE
    slot = _call_slot(outreach) if by_phone else None
    steps: tuple[Step, ...]
    if slot is None:
        morning = calendar.at(outreach.day, MORNING)
        channel, due = Channel.EMAIL, calendar.quiet.later(morning)
        steps = quieted([*outreach.steps, outreach.on_day(morning)], due, calendar.quiet)
    else:
        channel, due = Channel.PHONE, slot
        window = Step(
            kind=StepKind.CALL_WINDOW,
            tip=4,
            date=calendar.date_of(slot),
            instant=slot,
            zone=calendar.zone_name,
        )
        steps = (*outreach.steps, outreach.on_day(), window)
    remind = None
    if outreach.rule is Rule.ASK_FEEDBACK:
        again = calendar.outreach(calendar.wd_after(outreach.day, 3))
        remind = calendar.quiet.later(calendar.at(again, MORNING))
    return follow_up(
        outreach.rule,
        make_key(outreach.rule, *outreach.key_parts),
        application=case.application.id,
        interview=outreach.interview,
        contact=outreach.contact,
        channel=channel,
        opens=outreach.opens or due - _DAY_AHEAD,
        due=due,
        remind=remind,
        expires=calendar.at(outreach.last_day, EVENING),
        because=steps,
    )


def _call_slot(outreach: Outreach) -> datetime | None:
    """The first call slot on the day or the next two outreach days, after a call in the other half first."""
    calendar = outreach.case.calendar
    halves: list[str | None] = [None]
    if outreach.attempts and outreach.attempts[-1].kind is EventKind.CALL:
        was_morning = local(outreach.attempts[-1].at, calendar.zone_name).time() < MIDDAY
        halves.insert(0, "pm" if was_morning else "am")
    for half in halves:
        for day in _slot_days(outreach):
            slot = calendar.first_slot_on(day, half=half)
            if slot is not None:
                return slot
    return None


def _slot_days(outreach: Outreach) -> Iterator[date]:
    """The days on which the call is tried: that of the outreach, and the next outreach days."""
    day = outreach.day
    yield day
    for _day in range(1, _SLOT_DAYS):
        day = outreach.case.calendar.outreach(day + DAY)
        yield day
