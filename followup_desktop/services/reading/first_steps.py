"""The first steps of somebody new: what the ten tips begin with, each done when the facts say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup_desktop.domain.agenda import is_open
from followup_desktop.domain.model import Application, EventKind, Interview, Rule, Stage
from followup_desktop.i18n import _
from followup_desktop.services.reading.missed import missed_follow_ups
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.storage.store import Store

YOUNG = 10
"""With more applications than these, nobody is new."""


class FirstStep(StrEnum):
    """One of the first steps, in their order."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    DEBRIEF = "debrief"
    DATE = "date"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step in words; ``follow_up`` is the key of the planned one by which it is done, if there is one."""

    step: FirstStep
    title: str
    hint: str
    is_done: bool
    follow_up: str | None = None


_RULES = {FirstStep.DEBRIEF: Rule.DEBRIEF, FirstStep.DATE: Rule.DEBRIEF, FirstStep.THANKS: Rule.THANK_YOU}


class FirstSteps:
    """Reads how far somebody has got."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._subjects = Subjects(store)

    def is_empty(self) -> bool:
        """Whether there is no application at all."""
        return not self._store.stage_counts()

    def has_job(self) -> bool:
        """Whether an offer was accepted."""
        return any(stage is Stage.ACCEPTED for stage, _archived in self._store.stage_counts())

    def rows(self, now: datetime) -> tuple[StepRow, ...]:
        """All steps in their order; none with a job, or with too many applications for a beginning."""
        if self.has_job() or sum(self._store.stage_counts().values()) > YOUNG:
            return ()
        applications = self._store.applications()
        follow_ups = [each for each in self._store.follow_ups() if each.rule in _RULES.values()]
        choices = self._store.choices([each.key for each in follow_ups])
        planned: dict[Rule, str] = {}
        for follow_up in follow_ups:
            if is_open(follow_up, choices.get(follow_up.key), now):
                planned.setdefault(follow_up.rule, follow_up.key)
        done = _done(applications)
        if Rule.THANK_YOU not in planned and any(self._thanked_all(each, now) for each in applications):
            done.add(FirstStep.THANKS)
        return tuple(
            StepRow(
                step=step,
                title=title,
                hint=hint,
                is_done=step in done,
                follow_up=planned.get(_RULES[step]) if step in _RULES else None,
            )
            for step, (title, hint) in _words().items()
        )

    def _thanked_all(self, application: Application, now: datetime) -> bool:
        """Whether someone was thanked there, and nobody left out whose time is up."""
        if all(event.kind is not EventKind.THANK_YOU for event in application.events):
            return False
        people = self._subjects.people((application,))
        missed = missed_follow_ups(self._store, application, people, self._store.policy(), now)
        return all(each.is_done for each in missed if each.follow_up.rule is Rule.THANK_YOU)


def _done(applications: Iterable[Application]) -> set[FirstStep]:
    everything = list(applications)
    met: list[Interview] = [i for a in everything for i in a.interviews if not i.cancelled]
    events = [event for a in everything for event in a.events]
    has_date = any(i.reply_by or i.no_date_given for i in met) or any(event.reply_by for event in events)
    facts = {
        FirstStep.APPLICATION: bool(everything),
        FirstStep.INTERVIEW: bool(met),
        FirstStep.DEBRIEF: any(i.debriefed_at for i in met),
        FirstStep.DATE: has_date,
    }
    return {step for step, is_done in facts.items() if is_done}


def _words() -> dict[FirstStep, tuple[str, str]]:
    return {
        FirstStep.APPLICATION: (
            _("Add an application"),
            _("You only need an employer and a role. Or paste the posting."),
        ),
        FirstStep.INTERVIEW: (
            _("Add an interview"),
            _("Add when it is and who you'll meet. Past interviews count, too."),
        ),
        FirstStep.DEBRIEF: (_("Note how it went"), _("Afterwards, while it's fresh: a minute is enough.")),
        FirstStep.DATE: (
            _("Note when you'll hear back"),
            _("Ask before you leave. Follow Up uses the date to work out when to call."),
        ),
        FirstStep.THANKS: (
            _("Thank everyone you met"),
            _("Within 24 hours, one email each. A draft is waiting for you."),
        ),
    }
