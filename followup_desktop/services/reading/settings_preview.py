"""What other settings of the rules would do to the plan, before they are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from followup_desktop.domain.agenda import is_gone, state_at
from followup_desktop.domain.casefile import PlanBasis
from followup_desktop.domain.facts import HasId
from followup_desktop.domain.model import (
    Application,
    Choice,
    Employer,
    Facts,
    FollowUp,
    Policy,
    Rule,
    employer_key,
    id_in,
)
from followup_desktop.domain.policy import check_policy
from followup_desktop.domain.rules import find_acceptance, plan, plan_reminder, plan_search, summarise
from followup_desktop.domain.rules.table import row_of
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.storage.store import Store

SHOWN = 50

Cancelled = Callable[[], bool]


def _never() -> bool:
    return False


class Effect(StrEnum):
    """What becomes of a follow-up; ``CHANGES`` is due when it was, but late, over or by phone otherwise."""

    MOVES = "moves"
    APPEARS = "appears"
    VANISHES = "vanishes"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeRow:
    """One follow-up that would be another: when it is due now and then (``None``: it is not there)."""

    key: str
    effect: Effect
    title: str
    before: datetime | None
    after: datetime | None
    application: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPreview:
    """How many follow-ups would be others, and the first 50 of them by when they would be or were due."""

    rows: tuple[PlanChangeRow, ...]
    counts: Mapping[Effect, int]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewBasis:
    """The facts and the stored plan, read once; good for any number of previews until the facts change."""

    facts: Facts
    plan: Mapping[str, FollowUp]

    @classmethod
    def of(cls, store: Store) -> PreviewBasis:
        """Read it, on the thread that the store belongs to."""
        return cls(facts=store.facts(), plan={each.key: each for each in store.follow_ups()})


@dataclass(frozen=True, slots=True)
class _Difference:
    either: FollowUp
    before: FollowUp | None
    after: FollowUp | None

    @property
    def effect(self) -> Effect:
        if self.before is None:
            return Effect.APPEARS
        if self.after is None:
            return Effect.VANISHES
        return Effect.MOVES if self.before.due_at != self.after.due_at else Effect.CHANGES


def compare(
    basis: PreviewBasis, policy: Policy, *, wording: Wording, now: datetime, cancelled: Cancelled = _never
) -> PolicyPreview | None:
    """What would move, appear or vanish if the policy were this; nothing is written.

    It touches no store, so any thread may run it. ``Refused`` if a setting is out of its range, ``None`` if
    ``cancelled`` became true, which is asked once an employer. What is over or skipped at ``now``, before and
    after, does not count.
    """
    wanted: dict[str, FollowUp] = {}
    for follow_up in _plan(basis.facts, check_policy(policy), cancelled):
        if follow_up is None:
            return None
        wanted[follow_up.key] = follow_up
    choices = {choice.key: choice for choice in basis.facts.choices}
    differences = [each for each in _differences(basis.plan, wanted) if _matters(each, choices, now)]
    differences.sort(key=lambda each: (each.either.due_at, each.either.key))
    counts = dict.fromkeys(Effect, 0)
    for each in differences:
        counts[each.effect] += 1
    rows = _TitledRows(basis.facts, policy, wording).rows(differences[:SHOWN])
    return PolicyPreview(rows=tuple(rows), counts=counts)


def _plan(facts: Facts, policy: Policy, cancelled: Cancelled) -> Iterator[FollowUp | None]:
    """The plan of all facts under another policy; ends with ``None`` when it was cancelled."""
    employers: dict[str, list[Application]] = {}
    for application in facts.applications:
        employers.setdefault(employer_key(application.employer), []).append(application)
    contacts = {contact.id: contact for contact in facts.contacts}
    basis = PlanBasis(policy, find_acceptance(facts.applications))
    for applications in employers.values():
        if cancelled():
            yield None
            return
        yield from plan(Employer(applications=tuple(applications), contacts=contacts), basis)
    summary = summarise(facts.applications, facts.search.paused)
    found = [plan_search(summary, facts.search.acknowledged_at, policy)]
    found += [plan_reminder(reminder, policy) for reminder in facts.reminders]
    yield from (follow_up for follow_up in found if follow_up is not None)


def _differences(old: Mapping[str, FollowUp], new: Mapping[str, FollowUp]) -> Iterator[_Difference]:
    """Keys last while times move; only that of the search has its date in it, and there is one of it."""
    before, after = ({_lasting_key(each): each for each in side.values()} for side in (old, new))
    for key, either in (before | after).items():
        difference = _Difference(either, before.get(key), after.get(key))
        if _times(difference.before) != _times(difference.after):
            yield difference


def _lasting_key(follow_up: FollowUp) -> str:
    return str(follow_up.rule) if follow_up.rule is Rule.KEEP_SEARCHING else follow_up.key


def _times(follow_up: FollowUp | None) -> object:
    if follow_up is None:
        return None
    times = (follow_up.opens_at, follow_up.due_at, follow_up.remind_at, follow_up.deadline_at)
    return (*times, follow_up.expires_at, follow_up.channel)


def _matters(difference: _Difference, choices: Mapping[str, Choice], now: datetime) -> bool:
    """Whether it is, or would be, on the lists."""
    sides = (side for side in (difference.before, difference.after) if side is not None)
    return any(not is_gone(state_at(side, choices.get(side.key), now)) for side in sides)


_T = TypeVar("_T", bound=HasId)


def _by_id(things: Iterable[_T]) -> dict[str, _T]:
    return {each.id: each for each in things}


class _TitledRows:
    """The rows with their titles, from the facts."""

    def __init__(self, facts: Facts, policy: Policy, wording: Wording) -> None:
        self._applications = _by_id(facts.applications)
        self._contacts = _by_id(facts.contacts)
        self._reminders = _by_id(facts.reminders)
        self._policy = policy
        self._wording = wording

    def rows(self, differences: Iterable[_Difference]) -> Iterator[PlanChangeRow]:
        for each in differences:
            yield PlanChangeRow(
                key=each.either.key,
                effect=each.effect,
                title=self._wording.title(self._subject(each.either)),
                before=each.before.due_at if each.before else None,
                after=each.after.due_at if each.after else None,
                application=each.either.application,
            )

    def _subject(self, follow_up: FollowUp) -> Subject:
        own = row_of(follow_up.rule).own
        return Subject(
            follow_up=follow_up,
            policy=self._policy,
            application=self._applications.get(follow_up.application or ""),
            contacts=self._contacts,
            reminder=self._reminders.get(id_in(follow_up.key)) if own else None,
        )
