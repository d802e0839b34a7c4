"""An interview day as its debrief asks about it: who, what, by when, and how it felt (tips 1, 2 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from followup_desktop.domain.casefile import CaseFile, InterviewDay, PlanBasis
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Contact, Policy, Rule, employer_key
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DayInterview:
    """One interview of the day; ``title`` says when and how: "10:00, onsite"."""

    id: str
    title: str
    met: tuple[str, ...]
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefDay:
    """The day of a debrief, with what is known already.

    ``day`` is its date where the employer is. ``people`` are those who may have been met, the likely ones
    first.
    """

    key: str
    application: str
    interview: str
    title: str
    detail: str
    country: str | None
    day: date
    interviews: tuple[DayInterview, ...]
    people: tuple[Contact, ...]
    reply_by: date | None
    no_date_given: bool
    process: str
    notes: str
    fit: int | None


class DebriefReader:
    """Reads interview days for their debrief."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording

    def of_follow_up(self, key: str, now: datetime) -> DebriefDay:
        """The day that a debrief follow-up is about; raises ``Refused`` if it is not asked for any more."""
        follow_up = self._store.follow_up(key)
        if follow_up is None or follow_up.rule is not Rule.DEBRIEF or not follow_up.interview:
            raise Refused(
                _("This is already done or has been rescheduled, so there's nothing left to write down.")
            )
        return self.of_interview(follow_up.interview, now, key=key)

    def of_interview(self, interview_id: str, now: datetime, *, key: str = "") -> DebriefDay:
        """The day of an interview; raises ``Refused`` if it was cancelled or is not over yet."""
        application = self._store.application(self._store.interview_application(interview_id))
        policy = self._store.policy()
        days = CaseFile(application, PlanBasis(policy)).days
        day = next((d for d in days if any(h.interview.id == interview_id for h in d.held)), None)
        if day is None or day.start > now:
            raise Refused(_("That interview hasn't happened yet, so there's nothing to write down."))
        last = max(day.held, key=lambda h: (h.end, h.interview.id)).interview
        return DebriefDay(
            key=key or interview_id,
            application=application.id,
            interview=interview_id,
            title=_title(application.employer),
            detail=with_dots((application.role, self._wording.when.long_date(day.day))),
            country=application.country,
            day=day.day,
            interviews=tuple(self._interviews(day, application, policy)),
            people=self._people(application.employer, application.contacts, day),
            reply_by=last.reply_by,
            no_date_given=last.no_date_given,
            process=last.process,
            notes=last.notes,
            fit=last.fit if last.fit is not None else application.fit,
        )

    def title(self, key: str) -> str:
        """What is asked about the interview of a follow-up, or the one with this id; empty if it is gone."""
        follow_up = self._store.follow_up(key)
        try:
            application = self._store.interview_application(
                key if follow_up is None else follow_up.interview or ""
            )
            return _title(self._store.application(application).employer)
        except Refused:
            return ""

    def is_asked_for(self, key: str) -> bool:
        """Whether the facts still call for this debrief."""
        return self._store.follow_up(key) is not None

    def _interviews(self, day: InterviewDay, application: Application, policy: Policy) -> list[DayInterview]:
        found = []
        for held in day.held:
            interview = held.interview
            clock = self._wording.when.clock(held.start, policy.timezone)
            zone_name = interview.timezone or application.timezone or policy.timezone
            if there := self._wording.when.there(held.start, policy.timezone, zone_name):
                clock = self._wording.when.with_elsewhere(clock, there)
            kind = self._wording.labels.interview_kinds_within[interview.kind]
            found.append(
                DayInterview(
                    id=interview.id,
                    # Translators: an interview of a day: “10:00, onsite”.
                    title=_("{time}, {kind}").format(time=clock, kind=kind),
                    met=interview.interviewers,
                    topics=interview.topics,
                )
            )
        return found

    def _people(self, employer: str, linked: tuple[str, ...], day: InterviewDay) -> tuple[Contact, ...]:
        """The people of the day first, then of the application, then everybody else at the employer."""
        name = employer_key(employer)
        everyone = {contact.id: contact for contact in self._store.all_contacts()}
        colleagues = [c.id for c in everyone.values() if employer_key(c.employer) == name]
        order = dict.fromkeys((*day.interviewers(), *linked, *colleagues))
        return tuple(everyone[each] for each in order if each in everyone)


def _title(employer: str) -> str:
    return _("How did it go at {employer}?").format(employer=employer)
