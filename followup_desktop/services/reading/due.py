"""The follow-ups due at an instant, as the command line lists them: of a file's facts or the stored plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from followup_desktop.domain.agenda import has_retired, is_gone, state_at, waiting
from followup_desktop.domain.casefile import find_acceptance
from followup_desktop.domain.model import (
    Application,
    Choice,
    Employer,
    Facts,
    FollowUp,
    FollowUpState,
    employer_key,
    id_in,
)
from followup_desktop.domain.rules import plan_facts
from followup_desktop.domain.rules.table import row_of
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.subject import Ahead, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """One follow-up of the listing, with what it is at the instant asked about.

    ``waits`` says in words what it has to wait for, or is empty.
    """

    follow_up: FollowUp
    state: FollowUpState
    waits_for: str | None
    title: str
    detail: str
    waits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuestion:
    """What is asked: the follow-ups open ``at`` an instant, those due by ``until`` as well, or all."""

    at: datetime
    until: datetime | None = None
    everything: bool = False

    def includes(self, follow_up: FollowUp, state: FollowUpState) -> bool:
        if self.everything:
            return True
        if is_gone(state):
            return False
        return follow_up.opens_at <= self.at or (self.until is not None and follow_up.due_at <= self.until)


def entries(
    subjects: Iterable[Subject], choices: Mapping[str, Choice], question: DueQuestion, wording: Wording
) -> list[DueEntry]:
    """The entries that the question includes, by (due, key)."""
    found = []
    for subject in subjects:
        follow_up = subject.follow_up
        state = state_at(follow_up, choices.get(follow_up.key), question.at)
        if question.includes(follow_up, state):
            first = subject.waits_for
            found.append(
                DueEntry(
                    follow_up=follow_up,
                    state=state,
                    waits_for=first.key if first else None,
                    title=wording.title(subject),
                    detail=wording.detail(subject, question.at),
                    waits=wording.waits(first) if first else "",
                )
            )
    return sorted(found, key=lambda entry: (entry.follow_up.due_at, entry.follow_up.key))


def entries_of_facts(facts: Facts, question: DueQuestion, wording: Wording) -> list[DueEntry]:
    """The entries of a search that is not in the database, planned afresh."""
    return entries_of_plan(facts, plan_facts(facts), question, wording)


def entries_of_plan(
    facts: Facts, plan: Iterable[FollowUp], question: DueQuestion, wording: Wording
) -> list[DueEntry]:
    """The entries of a plan that is stored with its facts."""
    choices = {choice.key: choice for choice in facts.choices}
    return entries(subjects_at(facts, plan, question.at), choices, question, wording)


def _ahead(
    facts: Facts, planned: Iterable[FollowUp], choices: Mapping[str, Choice], now: datetime
) -> dict[str, Ahead]:
    """What has to be settled before an enquiry, by its key."""
    applications = {application.id: application for application in facts.applications}
    of_employers = {
        each.key: (employer_key(applications[each.application].employer), each, choices.get(each.key))
        for each in planned
        if each.application is not None
    }
    found = {}
    for key, other in waiting(of_employers.values(), facts.policy, now).items():
        first = of_employers[other][1]
        found[key] = Ahead.of(first, applications[first.application or ""])
    return found


def listed_at(facts: Facts, plan: Iterable[FollowUp], now: datetime) -> list[FollowUp]:
    """What of a search's plan is listed at an instant: neither expired, skipped nor retired."""
    choices = {choice.key: choice for choice in facts.choices}
    applications = {application.id: application for application in facts.applications}
    acceptance = find_acceptance(facts.applications)

    def is_listed(each: FollowUp) -> bool:
        if is_gone(state_at(each, choices.get(each.key), now)):
            return False
        of = applications.get(each.application or "")
        return of is None or not has_retired(each, of, acceptance, facts.policy)

    return [each for each in plan if is_listed(each)]


def subjects_at(facts: Facts, plan: Iterable[FollowUp], now: datetime) -> Iterator[Subject]:
    """The follow-ups of a search, each with the facts behind it and what it waits for at an instant."""
    planned = tuple(plan)
    ahead = _ahead(facts, planned, {choice.key: choice for choice in facts.choices}, now)
    return (replace(each, waits_for=ahead.get(each.follow_up.key)) for each in subjects(facts, planned))


def subjects(facts: Facts, follow_ups: Iterable[FollowUp]) -> Iterator[Subject]:
    """The follow-ups of a search, each with the facts behind it; whether they wait is left open."""
    applications = {application.id: application for application in facts.applications}
    reminders = {reminder.id: reminder for reminder in facts.reminders}
    contacts = {contact.id: contact for contact in facts.contacts}
    employers: dict[str, list[Application]] = {}
    for application in facts.applications:
        employers.setdefault(employer_key(application.employer), []).append(application)
    for follow_up in follow_ups:
        employer = None
        if follow_up.application is not None:
            siblings = employers[employer_key(applications[follow_up.application].employer)]
            employer = Employer(applications=tuple(siblings), contacts=contacts)
        reminder = reminders.get(id_in(follow_up.key)) if row_of(follow_up.rule).own else None
        yield Subject.of(follow_up, facts.policy, employer=employer, reminder=reminder)
