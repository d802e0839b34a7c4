"""The first start: where the user is, and sample data that come and go in one step each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from followup_desktop.domain.checks import check_country, check_zone
from followup_desktop.domain.facts import HasId
from followup_desktop.domain.model import Facts, Policy, id_in
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.ports import Clock
from followup_desktop.services.tracker.base import Result
from followup_desktop.services.tracker.sample import sample_employers, sample_facts
from followup_desktop.services.wording import Wording
from followup_desktop.storage.reads import people_of
from followup_desktop.storage.store import Store

_T = TypeVar("_T", bound=HasId)


class FirstStartData:
    """Knows a database that is new, puts the sample in, and takes it out again."""

    def __init__(self, store: Store, clock: Clock, wording: Wording) -> None:
        self._store = store
        self._clock = clock
        self._wording = wording

    def is_new(self) -> bool:
        """Whether nothing was ever entered: no settings, no application, nobody, nothing in the trash."""
        return self._is_empty() and self._store.policy() == Policy()

    def _is_empty(self) -> bool:
        return not (self._store.stage_counts() or self._store.contact_count() or self._store.trash())

    def has_sample(self) -> bool:
        """Whether an application of the sample is there."""
        employers = sample_employers()
        present = self._store.application_summaries(employers, self._clock())
        return any(found.employer == employers[id_] for id_, found in present.items())

    def set_place(self, zone: str, country: str | None) -> None:
        """Keep where the user is; nothing that could be undone. ``Refused`` if there is no such place."""
        with self._store.transaction(lasting(lambda: pgettext("a step to undo", "Begin"))) as t:
            t.put_policy(
                replace(
                    t.policy(),
                    timezone=check_zone(zone, "timezone"),
                    country=None if country is None else check_country(country, "country"),
                )
            )
        self._store.history.clear()

    @contextmanager
    def placed(self, zone: str, country: str | None) -> Iterator[None]:
        """Keep where the user is with what is entered meanwhile; if nothing is, the data stay new."""
        self.set_place(zone, country)
        try:
            yield
        finally:
            if self._is_empty():
                self.set_place(Policy().timezone, Policy().country)

    def add_sample(self) -> Result:
        """Put the sample in beside what is there; the settings stay."""
        label = lasting(lambda: pgettext("a step to undo", "Add sample data"))
        with self._store.transaction(label) as t:
            facts, sample = t.facts(), self._sample()
            t.put_facts(
                replace(
                    facts,
                    contacts=_with(facts.contacts, sample.contacts),
                    applications=_with(facts.applications, sample.applications),
                    reminders=_with(facts.reminders, sample.reminders),
                    choices=(*facts.choices, *sample.choices),
                )
            )
        return Result(label=label, notice=_("Added the sample data"))

    def remove_sample(self) -> Result:
        """Take all of the sample out as one step, and leave what the user added themselves."""
        label = lasting(lambda: pgettext("a step to undo", "Remove sample data"))
        with self._store.transaction(label) as t:
            t.put_facts(_without(t.facts(), self._sample()))
        notice = _("Removed the sample data. What you added is still here.")
        return Result(label=label, notice=notice)

    def _sample(self) -> Facts:
        return sample_facts(self._clock(), self._store.policy().timezone)


def _with(present: tuple[_T, ...], more: tuple[_T, ...]) -> tuple[_T, ...]:
    """Both, each id once."""
    taken = {each.id for each in present}
    return (*present, *(each for each in more if each.id not in taken))


def _without(facts: Facts, sample: Facts) -> Facts:
    """What is not of the sample, and the people of the sample whom it names."""
    employers = {each.id: each.employer for each in sample.applications}
    applications = tuple(a for a in facts.applications if employers.get(a.id) != a.employer)
    kept = {a.id for a in applications}
    named = people_of(applications)
    people = {each.id: each.name for each in sample.contacts}
    own = {each.id: each.title for each in sample.reminders}
    reminders = (
        replace(r, application=r.application if r.application in kept else None)
        for r in facts.reminders
        if own.get(r.id) != r.title
    )
    gone = employers.keys() - kept
    return replace(
        facts,
        contacts=tuple(c for c in facts.contacts if people.get(c.id) != c.name or c.id in named),
        applications=applications,
        reminders=tuple(reminders),
        choices=tuple(c for c in facts.choices if id_in(c.key) not in gone),
    )
