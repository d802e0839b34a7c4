"""What a follow-up is at one instant, and what the user's choice makes of it; nothing here is ever stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from followup_desktop.domain.casefile import is_over
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Acceptance,
    Application,
    Channel,
    Choice,
    FollowUp,
    FollowUpState,
    Policy,
    Rule,
)
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import QuietHours, WorkCalendar
from followup_desktop.i18n import _

_HOUR = timedelta(hours=1)
ENDLESS = datetime.max.replace(tzinfo=UTC)
"""When ends what has no end."""
BEGINS_SOON = timedelta(hours=2)
"""An interview that begins within this time goes before all else, what is late too."""
MISSED_FOR = timedelta(days=7)
"""So long a thank-you that expired is still offered: late is better than never."""


class Precedence(IntEnum):
    """What comes before what: an interview that begins, what is late, what is due, what is still ahead.

    A call is ahead while its hours are over, and an enquiry while it waits for another.
    """

    BEGINS = 0
    LATE = 1
    DUE = 2
    KIND_WORDS = 3
    AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the place of a follow-up depends on, beside itself.

    ``starts_at`` is when the interview starts that it prepares for, if it does; ``calendar`` has the hours in
    which its employer may be called; ``waits_until`` is when the enquiry expires that comes before this one;
    ``met_as`` says as which of an interview's people, in the user's order, its contact was met.
    """

    starts_at: datetime | None = None
    calendar: WorkCalendar | None = None
    waits_until: datetime | None = None
    met_as: int = 0


PrecedenceKey = tuple[Precedence, datetime, datetime, Rule, int, str]
"""The least comes first."""


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


def precedence(
    follow_up: FollowUp, choice: Choice | None, now: datetime, around: Circumstances
) -> PrecedenceKey:
    """By this the follow-ups of one application are ordered, those that aren't gone: the least comes first.

    What is due goes by when it ends, what is ahead by when its turn comes. A call ends with the hours for
    calls, and outside them its turn comes when they begin; that of an enquiry that waits comes at the latest
    when the one before it expires. Who was met together is thanked in the user's order.
    ``storage.plan_index`` says the same for every instant ahead.
    """
    due, state = follow_up.due_at, state_at(follow_up, choice, now)
    last = follow_up.rule, around.met_as, follow_up.key
    if state is FollowUpState.SNOOZED or now < due:
        chosen = valid_choice(choice, follow_up)
        rest = chosen.snoozed_until if chosen is not None else None
        return Precedence.AHEAD, max(due, rest or due), due, *last
    if row_of(follow_up.rule).before_interview and around.starts_at is not None:
        soon = around.starts_at - BEGINS_SOON <= now
        return Precedence.BEGINS if soon else Precedence.DUE, around.starts_at, due, *last
    if state is FollowUpState.LATE:
        return Precedence.LATE, follow_up.deadline_at or due, due, *last
    rank, turn = _when_due(follow_up, now, around)
    return rank, turn, due, *last


def _when_due(follow_up: FollowUp, now: datetime, around: Circumstances) -> tuple[Precedence, datetime]:
    """The place of what is due and not late, and when it ends or its turn comes."""
    end = follow_up.deadline_at or follow_up.expires_at or ENDLESS
    if around.waits_until is not None:
        return Precedence.AHEAD, min(around.waits_until, end)
    if follow_up.channel is Channel.PHONE and around.calendar is not None:
        if (until := around.calendar.call_until(now)) is not None:
            return Precedence.DUE, until
        if (slot := around.calendar.next_call_slot(now)) is not None:
            return Precedence.AHEAD, slot
    rank = Precedence.KIND_WORDS if row_of(follow_up.rule).kind_words else Precedence.DUE
    return rank, end


def is_gone(state: FollowUpState) -> bool:
    """Whether a follow-up in that state has left the lists."""
    return state in {FollowUpState.EXPIRED, FollowUpState.SKIPPED}


def has_retired(
    follow_up: FollowUp, application: Application, acceptance: Acceptance | None, policy: Policy
) -> bool:
    """Whether it is a kind word that nobody needs any more: an offer was taken elsewhere.

    The plan goes on having it; no list, calendar or announcement does. ``storage.plan_index`` says the same
    in SQL.
    """
    return row_of(follow_up.rule).kind_words and is_over(application, acceptance, policy)


def is_open(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    """Whether it is open at the instant, and so can be answered, snoozed and skipped."""
    return now >= follow_up.opens_at and not is_gone(state_at(follow_up, choice, now))


def is_missed(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    """Whether it is a thank-you that the user let expire, not longer than a week ago."""
    return (
        row_of(follow_up.rule).to_interviewer
        and follow_up.expires_at is not None
        and now - follow_up.expires_at < MISSED_FOR
        and state_at(follow_up, choice, now) is FollowUpState.EXPIRED
    )


def can_be_skipped(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    """Whether it can be left out: while it is open, and when it was missed."""
    return is_open(follow_up, choice, now) or is_missed(follow_up, choice, now)


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


def is_due(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    """Whether its time has come and it is neither settled by a choice nor past."""
    return state_at(follow_up, choice, now) in {FollowUpState.DUE, FollowUpState.LATE}


def waiting(
    planned: Iterable[tuple[str, FollowUp, Choice | None]], policy: Policy, now: datetime
) -> dict[str, str]:
    """One at a time: of the enquiries of one employer that are due, all but the first wait for it.

    Each follow-up comes with the key of its employer (``domain.model.employer_key``). By the key of each that
    waits, the key of the first: that of the least due time, then of the least application id.
    ``storage.enquiries`` says the same in SQL.
    """
    if policy.contact_gap_working_days == 0:
        return {}
    lines: dict[str, list[FollowUp]] = defaultdict(list)
    for employer, follow_up, choice in planned:
        if follow_up.rule in ENQUIRIES and is_due(follow_up, choice, now):
            lines[employer].append(follow_up)
    found = {}
    for line in lines.values():
        first, *others = sorted(line, key=lambda f: (f.due_at, f.application or ""))
        found.update({each.key: first.key for each in others})
    return found


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
            raise Refused(_("Your quiet hours leave no time to call. Change them in Settings."))
        until = slot
    if row_of(follow_up.rule).to_interviewer and follow_up.deadline_at is not None:
        latest = quiet.earlier(follow_up.deadline_at - _HOUR)
        if now < latest:
            until = min(until, max(latest, follow_up.due_at))
    if follow_up.expires_at is not None and until >= follow_up.expires_at:
        raise Refused(_("This follow-up ends before then. Choose an earlier time, or skip it."), "snooze")
    return until
