"""What the rules have in common: the laws every follow-up obeys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from followup_desktop.domain.model import Channel, FollowUp, Rule, Step, StepKind
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import QuietHours

MORNING = time(10)
EVENING = time(18)


def settled_by(rule: Rule, source: str | None) -> Step:
    """The last step: what would cancel the follow-up."""
    return Step(kind=StepKind.CANCELLED_BY, tip=row_of(rule).tip, source=source)


def quieted(steps: Iterable[Step], due: datetime, quiet: QuietHours) -> tuple[Step, ...]:
    """The steps, and one more if quiet hours moved the last instant to ``due``."""
    done = tuple(steps)
    if done and done[-1].instant == due:
        return done
    return (*done, Step(kind=StepKind.QUIET_HOURS, instant=due, zone=quiet.zone_name))


def follow_up(
    rule: Rule,
    key: str,
    *,
    application: str | None,
    interview: str | None = None,
    contact: str | None = None,
    channel: Channel = Channel.NONE,
    opens: datetime,
    due: datetime,
    remind: datetime | None = None,
    deadline: datetime | None = None,
    expires: datetime | None = None,
    because: Iterable[Step],
) -> FollowUp | None:
    """A follow-up, or ``None`` where its due is not before its expiry.

    A reminder that is not after due, or not before the expiry, is left out.
    """
    if expires is not None and due >= expires:
        return None
    if remind is not None and (remind <= due or (expires is not None and remind >= expires)):
        remind = None
    return FollowUp(
        rule=rule,
        key=key,
        application=application,
        interview=interview,
        contact=contact,
        channel=channel,
        opens_at=opens,
        due_at=due,
        remind_at=() if remind is None else (remind,),
        deadline_at=deadline,
        expires_at=expires,
        because=(*because, settled_by(rule, application)),
    )
