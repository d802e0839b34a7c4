"""A follow-up as a row: where it stands in Today, what it says, and what may be answered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from followup_desktop.domain.agenda import ENDLESS, is_missed, is_open, state_at, valid_choice
from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Channel, Choice, FollowUpState, Policy
from followup_desktop.domain.rules.table import answers_of, row_of
from followup_desktop.domain.worktime import DAY, at, date_of
from followup_desktop.services.rows import FollowUpRow, TodaySection, Tone
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.chips import call_slot, call_until, may_call

_NEAR = timedelta(days=7)
MISSED_ANSWERS = (Answer.WRITE_EMAIL, Answer.SKIP)
"""What may still be done about a thank-you that expired: write it anyway, or let it go."""
WAITING_IN = TodaySection.NEXT_7_DAYS
"""Where an enquiry stands, last, that waits for another: that many days lie between the two."""


def tomorrow(policy: Policy, now: datetime) -> datetime:
    """When the next day begins where the user is."""
    return at(date_of(now, policy.timezone) + DAY, time(), policy.timezone)


def horizon(policy: Policy, now: datetime) -> datetime:
    """The last second of the seventh day from today where the user is: what is later is of Later."""
    beyond = date_of(now, policy.timezone) + _NEAR + DAY
    return at(beyond, time(), policy.timezone) - timedelta(seconds=1)


def section_of(subject: Subject, choice: Choice | None, now: datetime) -> tuple[TodaySection, datetime]:
    """Where a follow-up stands in Today, and by which instant it is ordered there.

    What can be done now is ordered by when it ends: a call slot, a deadline, an expiry, and what prepares for
    an interview with the interview's start. The rest is ordered by when it can be done.
    """
    follow_up = subject.follow_up
    state = state_at(follow_up, choice, now)
    if is_missed(follow_up, choice, now):
        return TodaySection.MISSED, follow_up.expires_at or follow_up.due_at
    if state is FollowUpState.SNOOZED:
        chosen = valid_choice(choice, follow_up)
        return TodaySection.SNOOZED, (chosen.snoozed_until if chosen else None) or follow_up.due_at
    if state is FollowUpState.LATE:
        return TodaySection.LATE, follow_up.deadline_at or follow_up.due_at
    moment = follow_up.due_at
    if state is FollowUpState.DUE:
        if subject.waits_for is not None:
            return WAITING_IN, horizon(subject.policy, now)
        if follow_up.channel is not Channel.PHONE or may_call(subject, now):
            return TodaySection.NOW, _end(subject, now)
        moment = call_slot(subject, now) or now
    return section_by_day(date_of(moment, subject.zone), subject.today(now)), moment


def _end(subject: Subject, now: datetime) -> datetime:
    """Until when something that can be done now can be done."""
    follow_up = subject.follow_up
    if follow_up.channel is Channel.PHONE and (until := call_until(subject, now)) is not None:
        return until
    if row_of(follow_up.rule).before_interview and subject.span is not None:
        return subject.span[0]
    return follow_up.deadline_at or follow_up.expires_at or ENDLESS


def section_by_day(day: date, today: date) -> TodaySection:
    """Where something stands that can be done on a day and not yet."""
    if day <= today:
        return TodaySection.TODAY
    return TodaySection.NEXT_7_DAYS if day <= today + _NEAR else TodaySection.LATER


def follow_up_row(
    wording: Wording, subject: Subject, choice: Choice | None, now: datetime, section: TodaySection
) -> FollowUpRow:
    """The row of a follow-up that stands in that section."""
    follow_up = subject.follow_up
    opened = is_open(follow_up, choice, now)
    missed = section is TodaySection.MISSED
    chip, tone = ("", Tone.NEUTRAL) if missed else wording.chip(subject, choice, now)
    first = subject.waits_for
    answers = answers_of(follow_up, waits=first is not None) if opened else ()
    if subject.contact is not None and subject.contact.email:
        answers = tuple(each for each in answers if each is not Answer.NO_ADDRESS)
    return FollowUpRow(
        key=follow_up.key,
        rule=follow_up.rule,
        state=state_at(follow_up, choice, now),
        section=section,
        title=wording.title_at(subject, now),
        detail=wording.missed_detail(subject, now) if missed else wording.detail(subject, now),
        chip=chip,
        tone=tone,
        channel=follow_up.channel,
        application=follow_up.application,
        interview=follow_up.interview,
        contact=follow_up.contact,
        due_at=follow_up.due_at,
        is_open=opened,
        answers=MISSED_ANSWERS if missed else answers,
        waits_for=first.key if first is not None else None,
    )
