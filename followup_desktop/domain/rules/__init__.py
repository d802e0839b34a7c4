"""The follow-up rules: from the facts of an employer to the follow-ups they call for.

Everything here is pure: no clock, no I/O and no process time zone. The same facts give the same plan in any
order and on any machine, so a plan is stored and rewritten only when facts, policy, ``RULES_VERSION`` or the
holiday and zone data change.
"""

from __future__ import annotations

from collections.abc import Iterator

from followup_desktop.domain.casefile import CaseFile, find_acceptance, interview_span, stage_instant
from followup_desktop.domain.model import Acceptance, Employer, FollowUp, Policy
from followup_desktop.domain.rules import chases, interviews, outcomes
from followup_desktop.domain.rules.search import SearchSummary, plan_reminder, plan_search, summarise

__all__ = [
    "RULES_VERSION",
    "SearchSummary",
    "find_acceptance",
    "interview_span",
    "plan",
    "plan_reminder",
    "plan_search",
    "stage_instant",
    "summarise",
]

RULES_VERSION = 1
"""Raised whenever the same facts would give another plan."""


def plan(employer: Employer, policy: Policy, acceptance: Acceptance | None) -> tuple[FollowUp, ...]:
    """Every follow-up that the facts of one employer call for, whenever it falls due, by (due, key)."""
    cases = [
        CaseFile(application, policy, acceptance)
        for application in employer.applications
        if not application.archived
    ]
    found = [f for case in cases for f in _of_case(case, employer)]
    found += _of_employer(cases, employer, policy)
    return tuple(sorted((f for f in found if f is not None), key=lambda f: (f.due_at, f.key)))


def _of_case(case: CaseFile, employer: Employer) -> Iterator[FollowUp | None]:
    """The follow-ups that concern one application alone."""
    yield from interviews.prepare(case)
    yield from interviews.debrief(case)
    yield from interviews.thank_you(case, employer.contacts)
    yield outcomes.encouragement(case)
    yield outcomes.apply(case)
    yield outcomes.offer_thanks(case)
    yield outcomes.offer_reply(case)
    yield outcomes.withdraw_others(case)


def _of_employer(cases: list[CaseFile], employer: Employer, policy: Policy) -> Iterator[FollowUp | None]:
    """The contacts with the employer, kept apart by the guard, and letting go."""
    outreaches = []
    for case in cases:
        chase = chases.chase(case)
        if chase is not None:
            yield chases.move_on(chase)
            if chases.may_chase(chase):
                outreaches.append(chase)
        feedback = chases.ask_feedback(case)
        if feedback is not None:
            outreaches.append(feedback)
    for outreach in chases.keep_apart(outreaches, employer.applications, policy):
        yield chases.as_follow_up(outreach)
