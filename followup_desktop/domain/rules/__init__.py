"""The follow-up rules: from the facts of an employer to the follow-ups they call for.

Everything here is pure: no clock, no I/O and no process time zone. The same facts give the same plan in any
order and on any machine, so a plan is stored and rewritten only when facts, policy, ``RULES_VERSION`` or the
holiday and zone data change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter

from followup_desktop.domain.casefile import (
    CaseFile,
    PlanBasis,
    find_acceptance,
    interview_span,
    stage_instant,
)
from followup_desktop.domain.model import (
    Acceptance,
    Application,
    Contact,
    Employer,
    Facts,
    FollowUp,
    Policy,
    employer_key,
)
from followup_desktop.domain.rules import enquiries, interviews, outcomes  # noqa: F401 - they declare rules
from followup_desktop.domain.rules.missed import is_done_otherwise, periods, with_late_entries
from followup_desktop.domain.rules.search import SearchSummary, plan_reminder, plan_search, summarise
from followup_desktop.domain.rules.table import plans_in, rules_where

__all__ = [
    "ENQUIRIES",
    "RULES_VERSION",
    "SearchSummary",
    "done_late",
    "find_acceptance",
    "interview_span",
    "missed",
    "plan",
    "plan_facts",
    "plan_reminder",
    "plan_search",
    "stage_instant",
    "summarise",
]

RULES_VERSION = 1
"""Raised whenever the same facts would give another plan."""
ENQUIRIES = rules_where(lambda row: row.enquiry)


def plan(employer: Employer, basis: PlanBasis) -> tuple[FollowUp, ...]:
    """Every follow-up that the facts of one employer call for, whenever it falls due, by (due, key)."""
    cases = [
        CaseFile(application, basis, employer.contacts)
        for application in employer.applications
        if not application.archived
    ]
    found = [f for case in cases for rule in plans_in(case.application.stage) for f in rule(case)]
    found += _of_employer(cases, employer, basis.policy)
    return _in_order(found)


def missed(
    application: Application,
    contacts: Mapping[str, Contact],
    policy: Policy,
    acceptance: Acceptance | None,
    now: datetime,
) -> tuple[FollowUp, ...]:
    """What had expired by an instant while the facts of its time called for it, by expiry.

    Derived, never stored: an entry that is added, undone or dated otherwise changes it. What a stage that was
    reopened later calls for in retrospect was never asked for, and isn't missed. Other applications to the
    employer are not looked at, for they could only put a contact off.
    """
    found: dict[str, FollowUp] = {}
    for period in periods(application, now):
        taken = acceptance if acceptance is not None and acceptance.at < period.end else None
        employer = Employer(applications=(period.application,), contacts=contacts)
        found |= {f.key: f for f in plan(employer, PlanBasis(policy, taken)) if period.missed(f)}
    return tuple(sorted(found.values(), key=lambda f: (f.expires_at or now, f.key)))


def done_late(
    missed: FollowUp, application: Application, contacts: Mapping[str, Contact], policy: Policy, now: datetime
) -> bool:
    """Whether what was missed was done all the same, by now.

    It was where what was logged later would have settled it, by the rule itself.
    """
    if is_done_otherwise(missed, application, now):
        return True
    settled = with_late_entries(missed, application, now)
    if settled is None:
        return False
    employer = Employer(applications=(settled,), contacts=contacts)
    return all(each.key != missed.key for each in plan(employer, PlanBasis(policy)))


def plan_facts(facts: Facts) -> tuple[FollowUp, ...]:
    """The plan of a whole search: of every employer, of the search itself and of the user's reminders."""
    employers: dict[str, list[Application]] = {}
    for application in facts.applications:
        employers.setdefault(employer_key(application.employer), []).append(application)
    contacts = {contact.id: contact for contact in facts.contacts}
    basis = PlanBasis(facts.policy, find_acceptance(facts.applications))
    found: list[FollowUp | None] = []
    for applications in employers.values():
        employer = Employer(applications=tuple(applications), contacts=contacts)
        found += plan(employer, basis)
    summary = summarise(facts.applications, facts.search.paused)
    found.append(plan_search(summary, facts.search.acknowledged_at, facts.policy))
    found += [plan_reminder(reminder, facts.policy) for reminder in facts.reminders]
    return _in_order(found)


def _in_order(found: Iterable[FollowUp | None]) -> tuple[FollowUp, ...]:
    """The follow-ups that there are, by (due, key)."""
    return tuple(sorted(filter(None, found), key=attrgetter("due_at", "key")))


def _of_employer(cases: list[CaseFile], employer: Employer, policy: Policy) -> Iterator[FollowUp | None]:
    """The contacts with the employer, kept apart by the guard, and letting go."""
    outreaches = []
    for case in cases:
        enquiry = enquiries.enquiry(case)
        if enquiry is not None:
            yield enquiries.move_on(enquiry)
            if enquiries.may_enquire(enquiry):
                outreaches.append(enquiry)
        feedback = enquiries.ask_feedback(case)
        if feedback is not None:
            outreaches.append(feedback)
    for outreach in enquiries.keep_apart(outreaches, employer, policy):
        yield enquiries.as_follow_up(outreach)
