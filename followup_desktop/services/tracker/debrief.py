"""The debrief of a whole interview day, as one step (tips 1, 2 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from followup_desktop.domain.casefile import CaseFile, InterviewSpan, PlanBasis
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Interview
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.base import Result, Verbs, check_people, with_changed_interview
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.plausible import check_stated
from followup_desktop.storage.writes import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPerson:
    """Somebody met for the first time, in which interviews of the day (by id; none named: the first)."""

    name: str
    email: str = ""
    interviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDebrief:
    """What the debrief says.

    ``topics`` and ``met`` (ids of contacts) are by the interview's id; an interview left out keeps what it
    has. ``reply_by``, ``no_date_given``, ``process`` and ``notes`` were said at the end of the day, and are
    kept with the interview that ended last. ``fit`` is how the company feels, 1 to 5; ``None``: not said.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    met: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    new_people: tuple[MetPerson, ...] = ()
    reply_by: date | None = None
    no_date_given: bool = False
    process: str = ""
    notes: str = ""
    fit: int | None = None


class DebriefVerbs(Verbs):
    """Write down an interview day."""

    def debrief(self, application_id: str, interview_id: str, said: DayDebrief) -> Result:
        """Write down how the day of that interview went; all its interviews count as debriefed from now on.

        New people become contacts of the application at its employer. What was said counts as said by the
        end of the day; an earlier date of another interview of that day gives way to it. ``Refused`` if the
        interview is not there or was cancelled.
        """
        label = lasting(lambda: pgettext("a step to undo", "Debrief"))
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            day = _day(application, interview_id, t)
            held = tuple(h.interview for h in day)
            last = max(day, key=lambda h: (h.end, h.interview.id)).interview
            met = {i.id: list(said.met.get(i.id, i.interviewers)) for i in held}
            for person in said.new_people:
                contact = self._put_new_contact(t, person.name, person.email, application)
                for each in [i for i in person.interviews if i in met] or [held[0].id]:
                    met[each].append(contact)
            for interview in held:
                changed = self._written(interview, said, tuple(met[interview.id]), is_last=interview is last)
                check_people(t, changed.interviewers, "interviewers")
                application = with_changed_interview(application, changed)
            people = (*application.contacts, *(c for each in met.values() for c in each))
            fit = said.fit if said.fit is not None else application.fit
            t.put_application(replace(application, contacts=tuple(dict.fromkeys(people)), fit=fit))
        return Result(id=application_id, label=label)

    def _written(
        self, interview: Interview, said: DayDebrief, met: tuple[str, ...], *, is_last: bool
    ) -> Interview:
        values: dict[str, Any] = {
            "debriefed_at": self._now(),
            "interviewers": met,
            "topics": said.topics.get(interview.id, interview.topics),
            "reply_by": said.reply_by if is_last else None,
            "no_date_given": said.no_date_given and is_last,
        }
        if said.fit is not None:
            values["fit"] = said.fit
        if is_last:
            values |= {"process": said.process, "notes": said.notes}
        changed = replace(interview, **checked(fields_of.INTERVIEW, values))
        check_stated(changed.reply_by, changed.starts_at.date())
        return changed


def _day(application: Application, interview_id: str, t: Transaction) -> tuple[InterviewSpan, ...]:
    """The interviews of the day of that interview, in order."""
    for day in CaseFile(application, PlanBasis(t.policy())).days:
        if any(held.interview.id == interview_id for held in day.held):
            return day.held
    raise Refused(_("That interview was deleted or cancelled, so there's nothing to write down."))
