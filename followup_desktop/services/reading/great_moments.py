"""The great moments of a search: a first interview, an offer, a job. Each is told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote, unquote

from followup_desktop.domain.casefile import interview_span, stage_instant
from followup_desktop.domain.model import Application, Interview, Rule, Stage, make_key
from followup_desktop.services.reading import totals
from followup_desktop.services.wording.formats import When
from followup_desktop.services.wording.great_moments import MomentNumbers, MomentWords
from followup_desktop.storage.store import Store

NEWS_FOR = timedelta(days=7)
"""What is older, as a file can bring it, is no news."""


class MomentKind(StrEnum):
    """What happened, the greatest last."""

    FIRST_INTERVIEW = "first_interview"
    OFFER = "offer"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodbye:
    """An employer who is still to hear that the user has a job: the key of that follow-up, and the name."""

    key: str
    employer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GreatMoment:
    """A moment in the user's own numbers; the ``key`` names it, as long as it holds."""

    key: str
    sentence: str
    goodbyes: tuple[Goodbye, ...] = ()


class GreatMoments:
    """Finds the moments that an edit brought about, and tells whether one still holds."""

    def __init__(self, store: Store, when: When) -> None:
        self._store = store
        self._when = when
        self._numbers: dict[str, tuple[MomentNumbers, bool]] = {}
        """What was counted for the moments that are told; the whole search is counted for one."""

    def news(self, ids: Collection[str], now: datetime) -> tuple[str, ...]:
        """The keys of what happened lately in these applications, the greatest first."""
        if len(ids) > 1:  # one is known, for it was read as it was edited
            ids = self._store.offered_or_ahead(ids, now)
        found = [
            (kind, key)
            for application in self._store.applications(ids)
            for kind, at, key in self._of(application, now)
            if now - NEWS_FOR <= at <= now
        ]
        order = list(MomentKind)
        return tuple(key for kind, key in sorted(found, key=lambda each: -order.index(each[0])))

    def moment(self, key: str, now: datetime) -> GreatMoment | None:
        """The moment of that key as it is told now; ``None`` if it holds no longer."""
        for application in self._store.applications((_application_in(key),)):
            for kind, at, present in self._of(application, now):
                if present == key:
                    return self._great_moment(kind, key, application, at, now)
        self._numbers.pop(key, None)
        return None

    def _of(self, application: Application, now: datetime) -> Iterable[tuple[MomentKind, datetime, str]]:
        """The moments of an application; that of a first interview is when it was found to be the first."""
        for stage, kind in ((Stage.OFFER, MomentKind.OFFER), (Stage.ACCEPTED, MomentKind.ACCEPTED)):
            into = stage_instant(application, stage)
            if application.stage is stage and into is not None:
                yield kind, into.at, _key(kind, application.id, into.id)
        first = self._first_interview(application, now)
        if first is not None:
            yield MomentKind.FIRST_INTERVIEW, now, _key(MomentKind.FIRST_INTERVIEW, application.id, first.id)

    def _first_interview(self, application: Application, now: datetime) -> Interview | None:
        """Its next interview, if that is still to come and there was none before it anywhere."""
        if application.archived or self._store.has_interviews(now):
            return None
        policy = self._store.policy()
        spans = [
            (interview_span(i, application, policy)[0], i) for i in application.interviews if not i.cancelled
        ]
        starts, first = min(spans, key=lambda span: (span[0], span[1].id), default=(now, None))
        return first if first is not None and not self._store.interviews_between(now, starts) else None

    def _great_moment(
        self, kind: MomentKind, key: str, application: Application, at: datetime, now: datetime
    ) -> GreatMoment:
        policy, words = self._store.policy(), MomentWords(self._when)
        if key not in self._numbers:
            self._numbers[key] = self._counted(kind, application, at)
        numbers, is_first = self._numbers[key]
        if kind is MomentKind.ACCEPTED:
            goodbyes = self._goodbyes()
            return GreatMoment(key=key, sentence=words.accepted(numbers, len(goodbyes)), goodbyes=goodbyes)
        if kind is MomentKind.OFFER:
            return GreatMoment(key=key, sentence=words.offer(application.employer, numbers, first=is_first))
        interview = self._first_interview(application, now)
        starts = interview_span(interview, application, policy)[0] if interview is not None else now
        sentence = words.first_interview(application.employer, starts, now, policy.timezone, numbers)
        return GreatMoment(key=key, sentence=sentence)

    def _counted(
        self, kind: MomentKind, application: Application, at: datetime
    ) -> tuple[MomentNumbers, bool]:
        """The numbers of a moment, and whether it is the first of its kind."""
        if kind is MomentKind.OFFER:
            numbers = totals.of_application(application, at, self._store.policy())
            return numbers, not self._store.was_offered(but=application.id)
        taken = application.id if kind is MomentKind.ACCEPTED else None
        return totals.of_search(self._store, at, taken), True

    def _goodbyes(self) -> tuple[Goodbye, ...]:
        """Whom to tell, as the plan has it; what the user has skipped is left out."""
        going = [
            *(a for s in (Stage.OFFER, Stage.INTERVIEWING) for a in self._store.applications_in_stage(s))
        ]
        names = {make_key(Rule.WITHDRAW_OTHERS, a.id): a.employer for a in going}
        choices = self._store.choices(list(names))
        planned = self._store.follow_ups_by_key(list(names))
        skipped = {key for key, choice in choices.items() if choice.skipped}
        return tuple(Goodbye(key=key, employer=names[key]) for key in planned if key not in skipped)


def _key(kind: MomentKind, application: str, source: str) -> str:
    return "/".join((kind, quote(application, safe=""), quote(source, safe="")))


def _application_in(key: str) -> str:
    return unquote(key.split("/")[1]) if key.count("/") == 2 else ""
