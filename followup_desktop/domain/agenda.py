"""What a follow-up is at one instant, and what the user's choice makes of it; nothing here is ever stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Channel, Choice, FollowUp, FollowUpState, Rule
from followup_desktop.domain.worktime import QuietHours, WorkCalendar

_HOUR = timedelta(hours=1)


def valid_choice(choice: Choice | None, follow_up: FollowUp) -> Choice | None:
    """The choice, or ``None`` where it is void: made before the present opening, so the thing was moved."""
    if choice is None or choice.made_at < follow_up.opens_at:
        return None
    return choice


def state_at(follow_up: FollowUp, choice: Choice | None, now: datetime) -> FollowUpState:
    """The state at an instant; of several that hold, the one named last in ``FollowUpState``."""
    chosen = valid_choice(choice, follow_up)
    if chosen is not None and chosen.skipped:
        return FollowUpState.SKIPPED
    if follow_up.expires_at is not None and now >= follow_up.expires_at:
        return FollowUpState.EXPIRED
    if chosen is not None and chosen.snoozed_until is not None and now < chosen.snoozed_until:
        return FollowUpState.SNOOZED
    if follow_up.deadline_at is not None and now > follow_up.deadline_at:
        return FollowUpState.LATE
    return FollowUpState.DUE if now >= follow_up.due_at else FollowUpState.UPCOMING


def is_gone(state: FollowUpState) -> bool:
    """Whether a follow-up in that state has left the lists."""
    return state in {FollowUpState.EXPIRED, FollowUpState.SKIPPED}


def is_open(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    """Whether it is open at the instant, and so can be answered, snoozed and skipped."""
    return now >= follow_up.opens_at and not is_gone(state_at(follow_up, choice, now))


def moments(follow_up: FollowUp, choice: Choice | None, again_at: datetime | None) -> tuple[datetime, ...]:
    """The instants at which it is to be announced, in order.

    A snooze silences those up to its end and adds that one; a skip silences all.
    """
    chosen = valid_choice(choice, follow_up)
    if chosen is not None and chosen.skipped:
        return ()
    found = {follow_up.due_at, *follow_up.remind_at}
    if again_at is not None:
        found.add(again_at)
    if chosen is not None and chosen.snoozed_until is not None:
        until = chosen.snoozed_until
        found = {moment for moment in found if moment > until} | {until}
    return tuple(sorted(found))


def snooze_until(
    follow_up: FollowUp, wanted: datetime, calendar: WorkCalendar, quiet: QuietHours, now: datetime
) -> datetime:
    """When a snooze until the wanted instant really ends.

    Never before due; for a call the first call slot from then on; for a thank-you at most an hour before its
    deadline, outside quiet hours, while that is ahead. Raises ``Refused`` where it would pass the expiry.
    """
    until = max(wanted, follow_up.due_at)
    if follow_up.channel is Channel.PHONE:
        slot = calendar.next_call_slot(until)
        if slot is None:
            raise Refused("No call is possible outside your quiet hours; change them in the settings.")
        until = slot
    if follow_up.rule is Rule.THANK_YOU and follow_up.deadline_at is not None:
        latest = quiet.earlier(follow_up.deadline_at - _HOUR)
        if now < latest:
            until = min(until, max(latest, follow_up.due_at))
    if follow_up.expires_at is not None and until >= follow_up.expires_at:
        raise Refused("That is after this follow-up ends; choose an earlier time, or skip it.", "snooze")
    return until
