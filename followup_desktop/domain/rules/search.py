"""What concerns the whole search: keep several applications going (tip 7), and the user's own reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import find_acceptance
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Acceptance,
    Application,
    EventKind,
    FollowUp,
    Policy,
    Reminder,
    Rule,
    Step,
    StepKind,
    make_key,
)
from followup_desktop.domain.rules.rule_helpers import MORNING, follow_up, quieted
from followup_desktop.domain.rules.table import RuleRow, declare
from followup_desktop.domain.worktime import DAY, WorkCalendar, date_of, instant

declare(
    RuleRow(
        rule=Rule.KEEP_SEARCHING,
        tip=7,
        answers=(Answer.ADD_APPLICATION, Answer.NOT_NOW),
        icon="search",
        gentle=True,
        tells_numbers=True,
        of_employer=False,
    )
)
declare(
    RuleRow(rule=Rule.MANUAL, answers=(Answer.DONE,), icon="bell", any_hour=True, own=True, of_employer=False)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSummary:
    """What tip 7 looks at; archived applications count in ``acceptance`` only."""

    applications: int
    active: int
    latest_stage_at: datetime | None
    latest_applied_on: date | None
    acceptance: Acceptance | None
    paused: bool = False


def summarise(applications: Iterable[Application], paused: bool) -> SearchSummary:
    """The summary of a whole search."""
    everything = tuple(applications)
    counted = [application for application in everything if not application.archived]
    stage_instants = [a.stage_at for a in counted if a.stage_at is not None]
    stage_instants += [e.at for a in counted for e in a.events if e.kind is EventKind.STAGE]
    return SearchSummary(
        applications=len(counted),
        active=sum(application.stage in ACTIVE_STAGES for application in counted),
        latest_stage_at=max(stage_instants, default=None),
        latest_applied_on=max((a.applied_on for a in counted if a.applied_on is not None), default=None),
        acceptance=find_acceptance(everything),
        paused=paused,
    )


def plan_search(summary: SearchSummary, acknowledged_at: datetime | None, policy: Policy) -> FollowUp | None:
    """Tip 7: too few applications are going, or none was sent for a while, however good an interview was."""
    if summary.applications == 0 or summary.paused or _has_ended(summary, policy):
        return None
    user = WorkCalendar.of_user(policy)
    reasons: list[tuple[date, tuple[Step, ...]]] = []
    if summary.active < policy.min_active_applications and summary.latest_stage_at is not None:
        moved_on = user.date_of(summary.latest_stage_at)
        reasons.append(
            _working_days(user, Step(kind=StepKind.CONVERSATION, tip=7, date=moved_on), moved_on, 3)
        )
    if summary.latest_applied_on is not None:
        applied_on = summary.latest_applied_on
        step = Step(kind=StepKind.APPLIED, tip=7, date=applied_on)
        reasons.append(_working_days(user, step, applied_on, policy.search_gap_working_days))
    if not reasons:
        return None
    day, steps = min(reasons, key=lambda reason: reason[0])
    if acknowledged_at is not None and (again := user.date_of(acknowledged_at) + 7 * DAY) > day:
        day, steps = again, (*steps, Step(kind=StepKind.RETRY, tip=7, n=7, date=again))
    day, skipped = user.find_own(day)
    morning = user.at(day, MORNING)
    due = user.quiet.later(morning)
    last = Step(kind=StepKind.WORKING_DAYS, tip=7, n=0, date=day, instant=morning, skipped=skipped)
    return follow_up(
        Rule.KEEP_SEARCHING,
        make_key(Rule.KEEP_SEARCHING, user.date_of(due)),
        application=None,
        opens=due,
        due=due,
        because=quieted([*steps, last], due, user.quiet),
    )


def _has_ended(summary: SearchSummary, policy: Policy) -> bool:
    """Whether an offer was taken and nothing applied for since."""
    if summary.acceptance is None:
        return False
    taken_on = date_of(summary.acceptance.at, policy.timezone)
    return summary.latest_applied_on is None or summary.latest_applied_on <= taken_on


def _working_days(user: WorkCalendar, start: Step, since: date, n: int) -> tuple[date, tuple[Step, ...]]:
    day, skipped = user.count(since, n)
    return day, (start, Step(kind=StepKind.WORKING_DAYS, tip=7, n=n, date=day, skipped=skipped))


def plan_reminder(reminder: Reminder, policy: Policy) -> FollowUp | None:
    """The user's own reminder, at the time they chose, even in quiet hours."""
    if reminder.done_at is not None:
        return None
    zone_name = reminder.timezone or policy.timezone
    due = instant(reminder.at, zone_name)
    return follow_up(
        Rule.MANUAL,
        make_key(Rule.MANUAL, reminder.id, reminder.at.date()),
        application=reminder.application,
        opens=due,
        due=due,
        because=[
            Step(
                kind=StepKind.DEADLINE,
                source=reminder.id,
                date=reminder.at.date(),
                instant=due,
                zone=zone_name,
            )
        ],
    )
