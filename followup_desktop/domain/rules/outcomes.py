"""The rules around what came of it: a refusal, a closing date, an offer (tips 8, 9, 10 and beyond them)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import CaseFile, is_contact_made
from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import Channel, EventKind, FollowUp, Rule, Stage, Step, StepKind, make_key
from followup_desktop.domain.rules.rule_helpers import EVENING, MORNING, follow_up, quieted
from followup_desktop.domain.rules.table import RuleRow, of_case
from followup_desktop.domain.worktime import DAY, at, date_of

HOUR = timedelta(hours=1)
_MIDNIGHT = time(0)
OFFER_THANKS_HOURS = 24
"""So long an offer may wait for thanks."""
TO_WITHDRAW = frozenset({Stage.INTERVIEWING, Stage.OFFER})
"""Who has talked with the user is told of an offer that was taken elsewhere."""


@of_case(
    RuleRow(
        rule=Rule.ENCOURAGEMENT,
        stages=frozenset({Stage.REJECTED}),
        tip=8,
        answers=(Answer.DONE,),
        icon="heart",
        gentle=True,
        kind_words=True,
        tells_numbers=True,
    )
)
def encouragement(case: CaseFile) -> Iterator[FollowUp | None]:
    """Tips 8, 9 and 10, one per rejection: a kind word the evening after."""
    refused = case.since()
    if refused is None:
        return
    quiet, zone_name = case.calendar.quiet, case.policy.timezone
    day = date_of(refused.at, zone_name) + DAY
    evening = at(day, EVENING, zone_name)
    due = quiet.later(evening)
    step = Step(kind=StepKind.CONVERSATION, tip=8, source=refused.id, date=day, instant=evening)
    yield follow_up(
        Rule.ENCOURAGEMENT,
        make_key(Rule.ENCOURAGEMENT, case.application.id, refused.id),
        application=case.application.id,
        opens=refused.at,
        due=due,
        expires=due + 48 * HOUR,
        because=quieted([step], due, quiet),
    )


@of_case(
    RuleRow(
        rule=Rule.APPLY,
        stages=frozenset({Stage.SAVED}),
        answers=(Answer.APPLIED,),
        icon="apply",
        can_be_missed=True,
        in_time=6,
    )
)
def apply(case: CaseFile) -> Iterator[FollowUp | None]:
    """A saved posting is about to close: two days before, and the day before."""
    closes_on = case.application.closes_on
    if closes_on is None:
        return
    quiet, zone_name, calendar = case.calendar.quiet, case.policy.timezone, case.calendar
    morning = at(closes_on - 2 * DAY, MORNING, zone_name)
    due = quiet.later(morning)
    deadline = calendar.at(closes_on, EVENING)
    steps = [
        Step(kind=StepKind.DEADLINE, date=closes_on, instant=deadline),
        Step(kind=StepKind.DEADLINE, n=2, instant=morning),
    ]
    yield follow_up(
        Rule.APPLY,
        make_key(Rule.APPLY, case.application.id, closes_on),
        application=case.application.id,
        opens=due,
        due=due,
        remind=quiet.later(at(closes_on - DAY, MORNING, zone_name)),
        deadline=deadline,
        expires=calendar.at(closes_on + DAY, _MIDNIGHT),
        because=quieted(steps, due, quiet),
    )


@of_case(
    RuleRow(
        rule=Rule.OFFER_THANKS,
        stages=frozenset({Stage.OFFER}),
        answers=(Answer.WRITE_EMAIL, Answer.SENT),
        letter=TemplateName.OFFER_THANKS,
        logged=EventKind.THANK_YOU,
        icon="offer",
        can_be_missed=True,
        in_time=4,
    )
)
def offer_thanks(case: CaseFile) -> Iterator[FollowUp | None]:
    """An offer deserves thanks the same day."""
    offered = case.since()
    if offered is None or case.is_over:
        return
    if any(e.at > offered.at and (is_contact_made(e) or e.kind is EventKind.THANK_YOU) for e in case.events):
        return
    quiet = case.calendar.quiet
    soon = offered.at + 2 * HOUR
    due = quiet.later(soon)
    deadline = offered.at + OFFER_THANKS_HOURS * HOUR
    steps = [
        Step(kind=StepKind.DEADLINE, n=OFFER_THANKS_HOURS, source=offered.id, instant=deadline),
        Step(kind=StepKind.CONVERSATION, n=120, source=offered.id, instant=soon),
    ]
    yield follow_up(
        Rule.OFFER_THANKS,
        make_key(Rule.OFFER_THANKS, case.application.id, offered.id),
        application=case.application.id,
        channel=Channel.EMAIL,
        opens=offered.at,
        due=due,
        deadline=deadline,
        expires=offered.at + 72 * HOUR,
        because=quieted(steps, due, quiet),
    )


@of_case(
    RuleRow(
        rule=Rule.OFFER_REPLY,
        stages=frozenset({Stage.OFFER}),
        answers=(Answer.ACCEPT, Answer.DECLINE, Answer.ASK_FOR_TIME, Answer.GAVE_DATE),
        letter=TemplateName.OFFER_REPLY,
        logged=EventKind.MESSAGE,
        icon="offer",
        offers_words=True,
        letter_settles=False,
        in_passing=False,
        in_time=5,
    )
)
def offer_reply(case: CaseFile) -> Iterator[FollowUp | None]:
    """An offer waits for an answer: before it lapses, or, without a date, ask by when they need one."""
    offered = case.since()
    if offered is None or case.is_over:
        return
    quiet, zone_name, calendar = case.calendar.quiet, case.policy.timezone, case.calendar
    offered_on = calendar.date_of(offered.at)
    lapses_on = case.application.offer_expires_on
    remind = deadline = None
    if lapses_on is not None and lapses_on >= offered_on:
        morning = at(lapses_on - 2 * DAY, MORNING, zone_name)
        deadline = calendar.at(lapses_on, EVENING)
        due = max(quiet.later(morning), quiet.later(offered.at))
        remind = quiet.later(at(lapses_on - DAY, MORNING, zone_name))
        steps = [Step(kind=StepKind.DEADLINE, date=lapses_on, instant=deadline)]
        if due == quiet.later(morning):
            steps.append(Step(kind=StepKind.DEADLINE, n=2, instant=morning))
        else:
            steps.append(Step(kind=StepKind.CONVERSATION, source=offered.id, instant=offered.at))
    else:
        lapses_on = None
        day, skipped = calendar.count(offered_on, 3)
        morning = at(day, MORNING, zone_name)
        due = quiet.later(morning)
        steps = [
            Step(kind=StepKind.CONVERSATION, source=offered.id, date=offered_on),
            Step(kind=StepKind.WORKING_DAYS, n=3, date=day, instant=morning, skipped=skipped),
        ]
    yield follow_up(
        Rule.OFFER_REPLY,
        make_key(Rule.OFFER_REPLY, case.application.id, offered.id, lapses_on or "-"),
        application=case.application.id,
        opens=offered.at,
        due=due,
        remind=remind,
        deadline=deadline,
        because=quieted(steps, due, quiet),
    )


@of_case(
    RuleRow(
        rule=Rule.WITHDRAW_OTHERS,
        stages=TO_WITHDRAW,
        answers=(Answer.WRITE_EMAIL, Answer.WITHDRAWN),
        letter=TemplateName.WITHDRAWAL,
        logged=EventKind.MESSAGE,
        icon="withdraw",
        moves_to=Stage.WITHDRAWN,
    )
)
def withdraw_others(case: CaseFile) -> Iterator[FollowUp | None]:
    """An offer was taken elsewhere: let the others know."""
    taken = case.basis.acceptance
    if taken is None or not case.is_over:
        return
    user = case.basis.user_calendar
    taken_on = user.date_of(taken.at)
    day, skipped = user.find_own(taken_on + DAY)
    morning = user.at(day, MORNING)
    due = user.quiet.later(morning)
    steps = [
        Step(kind=StepKind.CONVERSATION, source=taken.application, date=taken_on),
        Step(kind=StepKind.WORKING_DAYS, n=0, date=day, instant=morning, skipped=skipped),
    ]
    yield follow_up(
        Rule.WITHDRAW_OTHERS,
        make_key(Rule.WITHDRAW_OTHERS, case.application.id),
        application=case.application.id,
        channel=Channel.EMAIL,
        opens=due,
        due=due,
        because=quieted(steps, due, user.quiet),
    )
