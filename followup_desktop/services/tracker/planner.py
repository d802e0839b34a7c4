"""Keeps the stored plan true, in the same transaction as the edit that changed the facts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from typing import Protocol

from followup_desktop.domain import public_holidays, zone_data
from followup_desktop.domain import rules as the_rules
from followup_desktop.domain.casefile import Moment, PlanBasis
from followup_desktop.domain.facts import searched_texts
from followup_desktop.domain.model import (
    OUTREACH_KINDS,
    Acceptance,
    Application,
    ContactMade,
    Employer,
    FollowUp,
    Interview,
    Policy,
    Reminder,
    Rule,
    Stage,
    employer_key,
    key_prefix,
)
from followup_desktop.domain.rules import EmployerPlan, OtherOutreach, SearchSummary
from followup_desktop.domain.worktime import date_of
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.storage.database import AT_A_TIME, groups_in_parts
from followup_desktop.storage.failures import Busy
from followup_desktop.storage.folding import searchable, stored_key
from followup_desktop.storage.plan_index import ACCEPTANCE, Scope
from followup_desktop.storage.plan_writes import (
    PlanChange,
    PlanWriter,
    SearchEntry,
    StoredOutreach,
    placement,
)
from followup_desktop.storage.plans import InterviewInstants
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import day_of
from followup_desktop.storage.touched import TouchedRecords

_MADE_WITH = "made_with"
STORED_VERSION = 20
"""Raised when other rows than before are stored of the same facts and plan, so that they are made anew."""
_HOLIDAYS = "holidays"


class Rules(Protocol):
    """The functions of ``domain.rules`` that a plan is made of."""

    RULES_VERSION: int

    def plan_beside(
        self, others: Sequence[OtherOutreach], employer: Employer, basis: PlanBasis
    ) -> EmployerPlan:
        """The plan of some of the applications to an employer, beside the turns to it of all others."""

    def put_off_otherwise(
        self, others: Sequence[OtherOutreach], employer: Employer, basis: PlanBasis
    ) -> dict[str, OtherOutreach]:
        """Where the guard leaves the turns of ``others``, by application, beside those of these."""

    def plan_search(
        self, summary: SearchSummary, acknowledged_at: datetime | None, policy: Policy
    ) -> FollowUp | None:
        """The follow-up that the whole search calls for."""

    def plan_reminder(self, reminder: Reminder, policy: Policy) -> FollowUp | None:
        """The follow-up of the user's own reminder."""

    def find_acceptance(self, applications: Iterable[Application]) -> Acceptance | None:
        """The offer that the user took."""

    def interview_span(
        self, interview: Interview, application: Application, policy: Policy
    ) -> tuple[datetime, datetime]:
        """When an interview starts and ends."""

    def stage_instant(self, application: Application, stage: Stage) -> Moment | None:
        """Since when an application is in a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Applications:
    """The ``touched`` applications, those that are gone too; of the ``made`` ones nothing is stored yet.

    Of employers, by key, of which not all applications are planned anew ``others`` has the turns of the
    others, and ``last_contacts`` the newest contact.
    """

    touched: frozenset[str]
    made: frozenset[str] = frozenset()
    others: Mapping[str, Sequence[OtherOutreach]] = field(default_factory=dict)
    last_contacts: Mapping[str, ContactMade] = field(default_factory=dict)


class Planner:
    """Replans what an edit touched; everything when what concerns every employer has changed.

    Making one registers it with the store, and makes the plan anew if the stored one came from other rules,
    holidays or zone data. Where that can wait, it is left to ``Store.renew_plan`` while another process
    writes; until then an edit does it.
    """

    def __init__(self, store: Store, rules: Rules = the_rules, *, can_wait: bool = False) -> None:
        self._rules = rules
        made_with = [rules.RULES_VERSION, public_holidays.version(), zone_data.VERSION, STORED_VERSION]
        self._made_with = json.dumps(made_with)
        store.set_planner(self._follow, lambda: store.meta().get(_MADE_WITH) == self._made_with)
        public_holidays.remember(store.meta().get(_HOLIDAYS))
        with suppress(*([Busy] if can_wait else [])):
            store.renew_plan()

    def _follow(self, plan: PlanWriter, touched: TouchedRecords | None) -> PlanChange:
        policy = plan.policy()
        acceptance = self._rules.find_acceptance(plan.applications_in_stage(Stage.ACCEPTED))
        basis = PlanBasis(policy, acceptance)
        taken = json.dumps(acceptance and _written(acceptance, policy))
        meta = plan.meta()
        made_with = {_MADE_WITH: self._made_with, ACCEPTANCE: taken}
        search = self._search(plan, basis)
        is_current = all(meta.get(name) == made_with[name] for name in made_with)
        if touched is None or touched.policy or not is_current:
            plan.put_meta(made_with)
            made = touched.made if touched is not None and is_current else frozenset[str]()
            change = search | self._everything(plan, made, basis)
            plan.renew_index(None, policy)
        else:
            change = search | self._employers(plan, touched, basis)
            if touched.contacts:
                plan.replace_people(touched.contacts, plan.contacts(touched.contacts))
            change |= self._reminders(plan, touched.reminders, policy)
            # A reminder may have left an application that nothing else has touched.
            left = plan.employer_keys(change.applications - touched.applications)
            scope = Scope(
                employers=touched.employers.union(left.values()),
                enquiries=change.enquiries,
                applications=touched.applications | change.applications,
                follow_ups=change.follow_ups | touched.choices | touched.announced,
            )
            plan.renew_index(scope, policy)
        if meta.get(_HOLIDAYS) != (asked := public_holidays.as_text()):
            plan.put_meta({_HOLIDAYS: asked})
        return change

    def _everything(self, plan: PlanWriter, made: frozenset[str], basis: PlanBasis) -> PlanChange:
        plan.replace_people(None, plan.all_contacts())
        ids = plan.ids_of_employers(None)
        touched = plan.planned_applications().union(*ids.values())
        change = self._in_parts(plan, ids, _Applications(touched=touched, made=made), basis)
        found = (self._rules.plan_reminder(reminder, basis.policy) for reminder in plan.reminders())
        return change | plan.replace_manual(None, [f for f in found if f is not None])

    def _employers(self, plan: PlanWriter, touched: TouchedRecords, basis: PlanBasis) -> PlanChange:
        if not touched.applications:
            return PlanChange()
        ids = plan.ids_by_employer(touched.applications)
        others = plan.others_at(touched.employers, touched.applications)
        last_contacts = plan.last_contacts(others)
        rest = self._rest(plan, ids, others, last_contacts, basis)
        those = _Applications(
            touched=touched.applications, made=touched.made, others=rest, last_contacts=last_contacts
        )
        return self._in_parts(plan, ids, those, basis)

    def _rest(
        self,
        plan: PlanWriter,
        ids: dict[str, list[str]],
        others: Mapping[str, Sequence[StoredOutreach]],
        last_contacts: Mapping[str, ContactMade],
        basis: PlanBasis,
    ) -> dict[str, Sequence[OtherOutreach]]:
        """The turns of others that stay where they are, by employer; whose turn moves joins the ids.

        Of 3,000 applications to one employer an edit of one took 23 frames when all that call for a turn were
        read and planned.
        """
        few = sum(map(len, ids.values())) <= AT_A_TIME
        touched = plan.employer(plan.applications([*chain(*ids.values())])) if few and others else None
        rest: dict[str, Sequence[OtherOutreach]] = {}
        for key, stored in others.items():
            turns = [_as_other(each, basis) for each in stored]
            moved = frozenset(each.application for each in stored)
            if touched is not None:
                mine = tuple(each for each in touched.applications if employer_key(each.employer) == key)
                employer = replace(touched, applications=mine, last_contact=last_contacts.get(key))
                moved = _moved(stored, self._rules.put_off_otherwise(turns, employer, basis))
            if moved:
                ids[key] = sorted(moved.union(ids.get(key, ())))
            rest[key] = [each for each in turns if each.application not in moved]
        return rest

    def _in_parts(
        self,
        plan: PlanWriter,
        ids: Mapping[str, Collection[str]],
        those: _Applications,
        basis: PlanBasis,
    ) -> PlanChange:
        """Plan the applications to these employers, and nothing for what was touched and is gone."""
        total, done = sum(map(len, ids.values())), 0
        changes = []
        touched = those.touched
        if gone := touched.difference(*ids.values()):
            plan.begin(gone)
            self._write_terms(plan, gone, plan.employer(()), basis.policy)
            changes.append(plan.replace_plan(gone, ()))
            plan.replace_outreaches(gone, ())
        if total > AT_A_TIME:
            plan.forget_moved_interviews()
        for part in groups_in_parts(ids.values()):
            plan.begin(part, are_new=those.made.issuperset(part))
            all_of_them = plan.employer(plan.applications(part))
            # Of the others nothing changed that they are found by, but what is planned of them may have.
            if touched.issuperset(part):
                self._write_terms(plan, part, all_of_them, basis.policy)
            elif changed := [each for each in all_of_them.applications if each.id in touched]:
                ids_of_changed = [each.id for each in changed]
                self._write_terms(plan, ids_of_changed, plan.employer(changed), basis.policy)
            plans = self._planned(plan, all_of_them, basis, those, (done, total))
            changes.append(plan.replace_plan(part, [each for of in plans for each in of.follow_ups]))
            plan.replace_outreaches(part, plans)
            plan.forget(part)
            done += len(part)
        return PlanChange.of(changes)

    def _write_terms(self, plan: PlanWriter, scope: Collection[str], those: Employer, policy: Policy) -> None:
        """Write what the applications of the scope are searched, sorted and counted by."""
        from followup_desktop.domain.interview_tasks import interview_tasks  # few starts plan anything

        texts = {person.id: searched_texts(person) for person in those.contacts.values()}
        plan.replace_entries(scope, [self._entry(each, texts, policy) for each in those.applications])
        plan.replace_instants(
            scope,
            [
                self._instants(interview, application, policy)
                for application in those.applications
                for interview in application.interviews
            ],
        )
        plan.renew_figures(scope)
        spared = {person.id for person in those.contacts.values() if person.no_thank_you}
        met = [each for each in those.applications if each.interviews]
        plan.replace_tasks(scope, [task for each in met for task in interview_tasks(each, spared, policy)])

    def _planned(
        self,
        plan: PlanWriter,
        employer: Employer,
        basis: PlanBasis,
        those: _Applications,
        before: tuple[int, int],
    ) -> list[EmployerPlan]:
        """What is planned of these; ``before`` says how many of how many are planned already."""
        by_employer: dict[str, list[Application]] = {}
        for application in employer.applications:
            by_employer.setdefault(employer_key(application.employer), []).append(application)
        plans: list[EmployerPlan] = []
        done, total = before
        for key, group in by_employer.items():
            last = those.last_contacts.get(key)
            mine = Employer(applications=tuple(group), contacts=employer.contacts, last_contact=last)
            plans.append(self._rules.plan_beside(those.others.get(key, ()), mine, basis))
            done += len(group)
            plan.on_progress(done, total)
        return plans

    def _instants(self, interview: Interview, application: Application, policy: Policy) -> InterviewInstants:
        starts_at, ends_at = self._rules.interview_span(interview, application, policy)
        return InterviewInstants(
            interview=interview.id,
            application=application.id,
            starts_at=starts_at,
            ends_at=ends_at,
            counts=not (interview.cancelled or application.archived),
            sent=not (interview.cancelled or application.stage is Stage.SAVED),
        )

    def _reminders(self, plan: PlanWriter, ids: Collection[str], policy: Policy) -> PlanChange:
        change = PlanChange()
        if not ids:
            return change
        present = {reminder.id: reminder for reminder in plan.reminders()}
        for each in ids:
            found = self._rules.plan_reminder(present[each], policy) if each in present else None
            change |= plan.replace_manual(key_prefix(Rule.MANUAL, each), () if found is None else (found,))
        return change

    def _search(self, plan: PlanWriter, basis: PlanBasis) -> PlanChange:
        state, figures = plan.search_state(), plan.search_figures()
        applied_on = figures.latest_applied_on
        summary = SearchSummary(
            applications=figures.applications,
            active=figures.active,
            latest_stage_at=figures.latest_stage_at,
            latest_applied_on=None if applied_on is None else date.fromisoformat(applied_on),
            acceptance=basis.acceptance,
            paused=state.paused,
        )
        return plan.replace_search(self._rules.plan_search(summary, state.acknowledged_at, basis.policy))

    def _entry(
        self, application: Application, people: Mapping[str, list[str]], policy: Policy
    ) -> SearchEntry:
        since = self._rules.stage_instant(application, application.stage)
        contacts = [event.at for event in application.events if event.kind in OUTREACH_KINDS]
        happened = [event.at for event in application.events]
        happened += [
            self._rules.interview_span(interview, application, policy)[1]
            for interview in application.interviews
            if not interview.cancelled
        ]
        return SearchEntry(
            application=application.id,
            employer_fold=stored_key(application.employer),
            role_fold=stored_key(application.role),
            text=searchable(_texts(application, people)),
            stage_since=None if since is None else since.at,
            last_event_at=max(happened, default=None),
            last_contact_at=max(contacts, default=None),
            posting=posting_key(application.url),
        )


def _as_other(stored: StoredOutreach, basis: PlanBasis) -> OtherOutreach:
    calendar = basis.calendar_at(stored.timezone, stored.country)
    return OtherOutreach(stored.application, calendar, day_of(stored.day), day_of(stored.last_day))


def _moved(stored: Iterable[StoredOutreach], kept: Mapping[str, OtherOutreach]) -> frozenset[str]:
    """The applications whose turn the guard puts elsewhere than it is stored."""
    return frozenset(
        each.application
        for each in stored
        if each.placed != (placement(kept[each.application]) if each.application in kept else None)
    )


def _written(taken: Acceptance, policy: Policy) -> list[str]:
    """The acceptance as ``meta`` keeps it, described at ``plan_index.ACCEPTANCE``."""
    return [taken.application, taken.at.isoformat(), date_of(taken.at, policy.timezone).isoformat()]


def _texts(application: Application, people: Mapping[str, list[str]]) -> list[str]:
    """All that is written in an application and about its people."""
    found = searched_texts(application)
    named = dict.fromkeys(application.contacts)
    for interview in application.interviews:
        found += searched_texts(interview)
        named.update(dict.fromkeys(interview.interviewers))
    for event in application.events:
        found += searched_texts(event)
        if event.contact is not None:
            named[event.contact] = None
    for name in named:
        found += people.get(name, ())
    return found
