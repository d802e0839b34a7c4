"""Finding an application or a person by a few letters, for the palette of commands."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import with_dots
from followup_desktop.services.capture.matching import rank, rank_words, words_in, words_of
from followup_desktop.services.ports import Clock
from followup_desktop.services.wording import Wording
from followup_desktop.storage.folding import fold, folded_of, sort_key
from followup_desktop.storage.store import ApplicationSummary, Changes, Store

MOST = 20
"""So many applications, and so many people, are found at most."""
_LOOKED_AT = 100
"""Of so many that contain the text the best are taken, and of so many whose employer begins with it."""
_ELSEWHERE = 10_000
"""The rank of an application in which the text stands in its notes or its timeline alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A thing found: what it is known by, and what tells it from others of that name."""

    id: str
    title: str
    detail: str


class Finder:
    """Looks in the database for applications, and among the names of people.

    ``refresh`` is to be told of every change.
    """

    def __init__(self, store: Store, wording: Wording, clock: Clock) -> None:
        self._store = store
        self._wording = wording
        self._clock = clock
        self._people: list[tuple[tuple[str, ...], Contact]] | None = None

    def refresh(self, changes: Changes) -> None:
        """Forget the people that were read if a change concerns them."""
        if changes.contacts or changes.everything:
            self._people = None

    def applications(self, text: str, limit: int = MOST) -> list[SearchResult]:
        """The applications that have each word of the text or are in that stage, those named by it first."""
        if not fold(text):
            return []
        now = self._clock()
        ids = self._store.application_ids(
            now=now,
            archived=None,
            text=text,
            stage_names=self._wording.labels.stages,
            order_by="employer",
        )
        start = self._first_named(ids, folded_of(sort_key(text))) if len(ids) > _LOOKED_AT else 0
        near = list(dict.fromkeys([*ids[start : start + _LOOKED_AT], *ids[:_LOOKED_AT]]))
        summaries = self._store.application_summaries(near, now)
        ranked = sorted(
            (_rank_of(text, summaries[each]), place, each)
            for place, each in enumerate(near)
            if each in summaries
        )
        return [self._found(summaries[each]) for _, _, each in ranked[:limit]]

    def application(self, application_id: str) -> SearchResult | None:
        """One application, if it is still there."""
        summary = self._store.application_summaries([application_id], self._clock()).get(application_id)
        return None if summary is None else self._found(summary)

    def people(self, text: str, limit: int = MOST) -> list[SearchResult]:
        """The people whose name, employer or title the text names."""
        asked = words_of(text)
        if not asked:
            return []
        ranked = []
        for place, (words, contact) in enumerate(self._all_people()):
            fits = rank_words(asked, words)
            if fits is not None:
                ranked.append((fits, place, contact))
        return [_person(contact) for _, _, contact in sorted(ranked, key=lambda each: each[:2])[:limit]]

    def person(self, contact_id: str) -> SearchResult | None:
        """One person, if they are still there."""
        return next((_person(c) for c in self._store.contacts([contact_id])), None)

    def _all_people(self) -> list[tuple[tuple[str, ...], Contact]]:
        if self._people is None:
            people = sorted(self._store.all_contacts(), key=lambda c: (sort_key(c.name), c.id))
            self._people = [(words_in(f"{c.name} {c.employer} {c.title}"), c) for c in people]
        return self._people

    def _first_named(self, ids: list[str], asked: str) -> int:
        """Where, in the order of employers, those begin whose name begins with the text."""

        def employer(application_id: str) -> str:
            summary = self._store.application_summaries([application_id], self._clock())
            return sort_key(summary[application_id].employer) if application_id in summary else ""

        return bisect_left(ids, asked, key=employer)

    def _found(self, summary: ApplicationSummary) -> SearchResult:
        title = with_dots((summary.employer, summary.role))
        detail = self._wording.stage_label(summary.stage)
        return SearchResult(id=summary.id, title=title, detail=detail)


def _rank_of(text: str, summary: ApplicationSummary) -> int:
    fits = rank(text, f"{summary.employer} {summary.role}")
    return _ELSEWHERE if fits is None else fits


def _person(contact: Contact) -> SearchResult:
    detail = with_dots((contact.title, contact.employer))
    return SearchResult(id=contact.id, title=contact.name, detail=detail)
