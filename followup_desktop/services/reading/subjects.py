"""Follow-ups with the facts behind them, read in few queries, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from followup_desktop.domain.model import Application, Contact, FollowUp, Policy, id_in
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.domain.rules.table import row_of
from followup_desktop.services.wording import Subject
from followup_desktop.services.wording.subject import Ahead
from followup_desktop.storage.store import Store


class Subjects:
    """Reads what the words of follow-ups need."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, follow_ups: Collection[FollowUp], policy: Policy, now: datetime) -> list[Subject]:
        """The subjects, in the same order."""
        ahead = self._ahead(follow_ups, now)
        ids = {f.application for f in (*follow_ups, *ahead.values()) if f.application is not None}
        applications = {a.id: a for a in self._store.applications(ids)}
        subjects = {f.application for f in follow_ups}
        named = [a for a in applications.values() if a.id in subjects]
        contacts = self.people(named, {f.contact for f in follow_ups if f.contact})
        own = any(row_of(f.rule).own for f in follow_ups)
        reminders = {r.id: r for r in self._store.reminders()} if own else {}
        numbers = None
        if any(row_of(f.rule).tells_numbers for f in follow_ups):
            from followup_desktop.services.reading.totals import so_far  # few need it

            numbers = so_far(self._store, now)
        return [
            Subject(
                follow_up=f,
                policy=policy,
                application=applications.get(f.application or ""),
                contacts=contacts,
                reminder=reminders.get(id_in(f.key)) if row_of(f.rule).own else None,
                numbers=numbers if row_of(f.rule).tells_numbers else None,
                waits_for=_ahead(ahead[f.key], applications) if f.key in ahead else None,
            )
            for f in follow_ups
        ]

    def _ahead(self, follow_ups: Collection[FollowUp], now: datetime) -> dict[str, FollowUp]:
        """What has to be settled before each of these, by its key."""
        keys = [f.key for f in follow_ups if f.rule in ENQUIRIES and f.due_at <= now]
        waiting = self._store.waiting(keys, now) if keys else {}
        first = self._store.follow_ups_by_key(list(set(waiting.values()))) if waiting else {}
        return {key: first[other] for key, other in waiting.items() if other in first}

    def one(self, follow_up: FollowUp, now: datetime) -> Subject:
        """One subject."""
        return self.of((follow_up,), self._store.policy(), now)[0]

    def people(self, applications: Iterable[Application], more: Collection[str] = ()) -> dict[str, Contact]:
        """Everyone whom these applications name, by id."""
        people = dict(self._store.employer(tuple(applications)).contacts)
        missing = set(more) - people.keys()
        return people | {contact.id: contact for contact in self._store.contacts(missing)}


def _ahead(first: FollowUp, applications: Mapping[str, Application]) -> Ahead | None:
    application = applications.get(first.application or "")
    return None if application is None else Ahead.of(first, application)
