"""The follow-up rules: from the facts of an employer to the follow-ups they call for.

Everything here is pure: no clock, no I/O and no process time zone. The same facts give the same plan in any
order and on any machine, so a plan is stored and rewritten only when facts, policy, ``RULES_VERSION`` or the
holiday and zone data change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from followup_desktop.domain.casefile import (
    CaseFile,
    PlanBasis,
    find_acceptance,
    interview_span,
    stage_instant,
)
from followup_desktop.domain.facts import record
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
from followup_desktop.domain.rules.enquiries import OtherOutreach, Outreach
from followup_desktop.domain.rules.missed import is_done_otherwise, periods, with_late_entries
from followup_desktop.domain.rules.search import SearchSummary, plan_reminder, plan_search, summarise
from followup_desktop.domain.rules.table import plans_in, rules_where

__all__ = [
    "ENQUIRIES",
    "RULES_VERSION",
    "EmployerPlan",
    "OtherOutreach",
    "Outreach",
    "SearchSummary",
    "done_late",
    "find_acceptance",
    "interview_span",
    "missed",
    "plan",
    "plan_beside",
    "plan_facts",
    "plan_reminder",
    "plan_search",
    "put_off_otherwise",
    "stage_instant",
    "summarise",
]

RULES_VERSION = 1
"""Raised whenever the same facts would give another plan."""
ENQUIRIES = rules_where(lambda row: row.enquiry)


@record()
class EmployerPlan:
    """What the facts of an employer call for.

    ``outreaches`` are the turns to it before the guard; ``kept`` are those that it left, where it put them.
    """

    follow_ups: tuple[FollowUp, ...]
    outreaches: Sequence[Outreach]
    kept: Sequence[Outreach]


def plan(employer: Employer, basis: PlanBasis) -> tuple[FollowUp, ...]:
    """Every follow-up that the facts of one employer call for, whenever it falls due, by (due, key)."""
    return plan_beside((), employer, basis).follow_ups


def plan_beside(others: Sequence[OtherOutreach], employer: Employer, basis: PlanBasis) -> EmployerPlan:
    """The plan of some of the applications to an employer, beside the turns to it of all ``others``.

    The employer's ``last_contact`` is then that with any of them.
    """
    cases = _cases(employer, basis)
    found: list[FollowUp | None] = [
        f for case in cases for rule in plans_in(case.application.stage) for f in rule(case)
    ]
    outreaches = []
    for case in cases:
        outreach, letting_go = enquiries.outreach(case)
        found.append(letting_go)
        if outreach is not None:
            outreaches.append(outreach)
    kept = [
        each
        for each in enquiries.keep_apart(
            [*outreaches, *others], enquiries.last_contact(employer), basis.policy
        )
        if isinstance(each, Outreach)
    ]
    found += map(enquiries.as_follow_up, kept)
    return EmployerPlan(_in_order(found), outreaches, kept)


def put_off_otherwise(
    others: Sequence[OtherOutreach], employer: Employer, basis: PlanBasis
) -> dict[str, OtherOutreach]:
    """The turns of ``others`` that the guard leaves beside those of these applications, where it puts them.

    By application; the employer's ``last_contact`` is that with any of them.
    """
    found = [enquiries.outreach(case)[0] for case in _cases(employer, basis)]
    turns: list[Outreach | OtherOutreach] = [*filter(None, found), *others]
    kept = enquiries.keep_apart(turns, enquiries.last_contact(employer), basis.policy)
    return {each.application: each for each in kept if isinstance(each, OtherOutreach)}


def _cases(employer: Employer, basis: PlanBasis) -> list[CaseFile]:
    return [
        CaseFile(application, basis, employer.contacts)
        for application in employer.applications
        if not application.archived
    ]


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
