"""The verbs that concern what happens in an application: interviews, and entries of the timeline."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.casefile import CaseFile, PlanBasis, interview_span
from followup_desktop.domain.checks import check_instant
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    InterviewKind,
    Policy,
    Stage,
)
from followup_desktop.domain.stages import with_interview, with_stage
from followup_desktop.domain.worktime import local
from followup_desktop.i18n import _, lasting, ngettext, pgettext
from followup_desktop.services.capture.interview_kinds import kind_of_next
from followup_desktop.services.messages.new_time import new_time_key
from followup_desktop.services.reading.interview_zones import moved, zone_of
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.base import (
    Result,
    Verbs,
    check_event,
    check_people,
    interview_of,
    with_changed_interview,
    with_event,
)
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.plausible import check_stated
from followup_desktop.services.wording.formats import city, sentences
from followup_desktop.storage.writes import Transaction

DEFAULT_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerNews:
    """What they said: a date to hear by or to answer an offer by, or when the next interview is.

    ``off`` is the interview that is called off, or moved to ``starts_at``.
    """

    said: EmployerReply
    reply_by: date | None = None
    starts_at: datetime | None = None
    minutes: int = DEFAULT_MINUTES
    location: str = ""
    kind: InterviewKind | None = None
    off: str | None = None


class TimelineVerbs(Verbs):
    """Add, edit and cancel interviews; log what was sent, called and answered."""

    def add_interview(
        self,
        application_id: str,
        *,
        starts_at: datetime,
        minutes: int = DEFAULT_MINUTES,
        new_people: Collection[Contact] = (),
        **fields: Any,
    ) -> Result:
        """A new interview at a wall time of its zone (the employer's, unless given).

        ``new_people`` are those among the ``interviewers`` who become contacts with it; the ids by which they
        are named there are not theirs yet. Where it follows from it the application moves to
        ``interviewing``, and the notice says so.
        """
        label = lasting(lambda: pgettext("a step to undo", "Add interview"))
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            zone_name = application.timezone or t.policy().timezone
            known = self._with_new_people(t, fields, new_people, application)
            given = {"timezone": zone_name, **known, "starts_at": starts_at, "minutes": minutes}
            interview = Interview(id=self._new_id(), **checked(fields_of.INTERVIEW, given))
            check_stated(interview.reply_by, interview.starts_at.date())
            check_people(t, interview.interviewers, "interviewers")
            changed = with_interview(application, interview, t.policy(), self._now(), self._new_id())
            t.put_application(_with_people(changed, interview.interviewers))
        moved = changed.stage is not application.stage
        return Result(id=interview.id, notice=self._moved(changed.stage) if moved else None, label=label)

    def edit_interview(
        self, interview_id: str, *, new_people: Collection[Contact] = (), **fields: Any
    ) -> Result:
        """Other values for the named fields; ``new_people`` as for ``add_interview``."""
        return self._edit_interview(
            lasting(lambda: pgettext("a step to undo", "Edit interview")), interview_id, fields, new_people
        )

    def _edit_interview(
        self, label: str, interview_id: str, fields: Mapping[str, Any], new_people: Collection[Contact] = ()
    ) -> Result:
        with self._store.transaction(label) as t:
            application = t.application(t.interview_application(interview_id))
            fields = self._with_new_people(t, fields, new_people, application)
            changed = replace(interview_of(application, interview_id), **checked(fields_of.INTERVIEW, fields))
            if "reply_by" in fields:
                check_stated(changed.reply_by, changed.starts_at.date())
            check_people(t, changed.interviewers, "interviewers")
            application = with_changed_interview(application, changed)
            t.put_application(_with_people(application, changed.interviewers))
        return Result(id=interview_id, label=label)

    def _with_new_people(
        self,
        t: Transaction,
        fields: Mapping[str, Any],
        new_people: Collection[Contact],
        application: Application,
    ) -> Mapping[str, Any]:
        """The fields of an interview, in which new people go by the ids under which they are stored now."""
        stored = {
            person.id: self._put_new_contact(t, person.name, person.email, application)
            for person in new_people
        }
        if not stored:
            return fields
        return {**fields, "interviewers": tuple(stored.get(each, each) for each in fields["interviewers"])}

    def reschedule_interview(self, interview_id: str, start: datetime) -> Result:
        """Move an interview to start at another instant; its zone and its length stay."""
        moment = check_instant(start, "starts_at")
        application = self._store.application(self._store.interview_application(interview_id))
        interview = interview_of(application, interview_id)
        zone_name = interview.timezone or application.timezone or self._store.policy().timezone
        wall = local(moment, zone_name)
        label = self._label(lambda: pgettext("a step to undo", "Reschedule {name}"), application.employer)
        moved = {"starts_at": wall.replace(tzinfo=None, fold=0), "fold": wall.fold}
        return self._edit_interview(label, interview_id, moved)

    def move_to_zone_of(
        self, application_id: str, interview_ids: Collection[str], *, keep_moment: bool
    ) -> Result:
        """Bring interviews into their application's zone: at the same instants, or else at the same hours."""
        application, policy = self._store.application(application_id), self._store.policy()
        zone_name = zone_of(application, policy)
        count = len(interview_ids)
        label = lasting(
            lambda: ngettext(
                "Move {n} interview to {city} time", "Move {n} interviews to {city} time", count
            ).format(n=count, city=city(zone_name))
        )
        with self._store.transaction(label) as t:
            changed = application = t.application(application_id)
            for interview_id in interview_ids:
                interview = interview_of(application, interview_id)
                start, _end = interview_span(interview, application, policy)
                there = moved(interview, start, zone_name, keep_moment=keep_moment)
                changed = with_changed_interview(changed, there)
            t.put_application(changed)
        return Result(id=application_id, label=label)

    def they_cancelled(self, interview_id: str) -> Result:
        """They called the interview off: it is cancelled, and their word is logged as a reply."""
        label = lasting(lambda: pgettext("a step to undo", "Cancel interview"))
        with self._store.transaction(label) as t:
            application = t.application(t.interview_application(interview_id))
            t.put_application(cancelled(application, (interview_id,), self._now(), self._new_id()))
        return Result(id=interview_id, label=label)

    def did_not_take_place(self, interview_id: str) -> Result:
        """The interviews of that day were not held: they are cancelled; a message may ask for a new time."""
        label = lasting(lambda: pgettext("a step to undo", "It didn't take place"))
        with self._store.transaction(label) as t:
            application = t.application(t.interview_application(interview_id))
            self._call_off_day(t, application, interview_id)
        return Result(id=interview_id, label=label, letter=new_time_key(interview_id))

    def _call_off_day(self, t: Transaction, application: Application, interview_id: str) -> None:
        for interview in same_day(application, interview_id, t.policy()):
            application = with_changed_interview(application, replace(interview, cancelled=True))
        t.put_application(application)

    def delete_interview(self, interview_id: str) -> Result:
        """Delete an interview; entries that name it stay, for themselves."""
        label = lasting(lambda: pgettext("a step to undo", "Delete interview"))
        with self._store.transaction(label) as t:
            application = t.application(t.interview_application(interview_id))
            kept = tuple(i for i in application.interviews if i.id != interview_id)
            events = tuple(
                replace(e, interview=None) if e.interview == interview_id else e for e in application.events
            )
            t.put_application(replace(application, interviews=kept, events=events))
        return Result(id=interview_id, label=label)

    def interview_start(self, interview_id: str) -> datetime:
        """When an interview starts: the naive wall time of its zone."""
        application = self._store.application(self._store.interview_application(interview_id))
        return interview_of(application, interview_id).starts_at

    def interview_zone(self, interview_id: str) -> str:
        """The zone of that wall time."""
        application = self._store.application(self._store.interview_application(interview_id))
        interview = interview_of(application, interview_id)
        return interview.timezone or zone_of(application, self._store.policy())

    def log_event(
        self,
        application_id: str,
        kind: EventKind,
        *,
        outcome: CallOutcome | None = None,
        contact: str | None = None,
        interview: str | None = None,
        reply_by: date | None = None,
        note: str = "",
        at: datetime | None = None,
    ) -> Result:
        """One more entry of the timeline, now or when it happened; a stage is moved by ``set_stage``."""
        if kind is EventKind.STAGE:
            raise Refused(_("Change the stage itself. Its event is added automatically."), "kind")
        given = {"outcome": outcome, "contact": contact, "interview": interview, "reply_by": reply_by}
        values = checked(fields_of.EVENT, {"kind": kind, "note": note, "at": self._past(at), **given})
        event = Event(id=self._new_id(), **values)
        label = self._log_label(kind)
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            check_people(t, (event.contact,) if event.contact else (), "contact")
            t.put_application(with_event(application, event))
        return Result(id=event.id, label=label)

    def edit_event(self, event_id: str, **fields: Any) -> Result:
        """Other values for the named fields of an entry."""
        values = checked(fields_of.EVENT, fields)
        if "at" in values:
            values["at"] = self._past(values["at"])
        label = lasting(lambda: pgettext("a step to undo", "Edit event"))
        with self._store.transaction(label) as t:
            application = t.application(t.event_application(event_id))
            changed = replace(next(e for e in application.events if e.id == event_id), **values)
            if (changed.kind is EventKind.STAGE) != (changed.to_stage is not None):
                raise Refused(
                    _("You can't turn an event into a stage change, or a stage change into another event."),
                    "kind",
                )
            check_event(changed, application)
            check_people(t, (changed.contact,) if changed.contact else (), "contact")
            events = tuple(changed if e.id == event_id else e for e in application.events)
            t.put_application(replace(application, events=events))
        return Result(id=event_id, label=label)

    def delete_event(self, event_id: str) -> Result:
        """Take an entry out of the timeline; the stage stays as it is."""
        label = lasting(lambda: pgettext("a step to undo", "Delete event"))
        with self._store.transaction(label) as t:
            application = t.application(t.event_application(event_id))
            events = tuple(e for e in application.events if e.id != event_id)
            t.put_application(replace(application, events=events))
        return Result(id=event_id, label=label)

    def they_answered(
        self,
        application_id: str,
        news: EmployerNews,
        *,
        outcome: CallOutcome | None = None,
        note: str = "",
        contact: str | None = None,
        at: datetime | None = None,
    ) -> Result:
        """Log their answer, with what follows from what they said (a date, an interview, an offer, a no).

        It was given in a call if there is an ``outcome``. The notice tells of an interview that was added,
        moved or cancelled.
        """
        logged = EventKind.REPLY if outcome is None else EventKind.CALL
        said_so = {"kind": logged, "outcome": outcome, "contact": contact, "note": note}
        values = checked(fields_of.EVENT, {**said_so, "at": self._past(at)})
        event = Event(id=self._new_id(), **values)
        label = self._log_label(logged)
        with self._store.transaction(label) as t:
            check_people(t, (contact,) if contact else (), "contact")
            before = t.application(application_id)
            after = self._heard(before, event, news, t.policy())
            t.put_application(after)
        notices = []
        if len(after.interviews) > len(before.interviews):
            notices.append(_("Added the interview"))
        if news.off is not None:
            is_moved = not interview_of(after, news.off).cancelled
            notices.append(_("Moved the interview") if is_moved else _("Cancelled the interview"))
        if after.stage is not before.stage:
            notices.append(self._moved(after.stage))
        return Result(id=event.id, notice=sentences(*notices) or None, label=label)

    def _heard(
        self, application: Application, event: Event, news: EmployerNews, policy: Policy
    ) -> Application:
        """The application after they said something, in writing or on the phone (``event`` says which)."""
        if news.said is EmployerReply.DATE:
            if news.reply_by is None:
                raise Refused(_("Enter the date they gave you."), "reply_by")
            event = replace(event, **checked(fields_of.EVENT, {"reply_by": news.reply_by}))
        if news.off is not None:
            event = replace(event, interview=news.off)
        heard = with_event(application, event)
        if news.off is not None:
            was = interview_of(heard, news.off)
            if news.starts_at is None:
                return with_changed_interview(heard, replace(was, cancelled=True))
            given = {
                "starts_at": news.starts_at,
                "fold": 0,
                "timezone": application.timezone or policy.timezone,
                "location": news.location or was.location,
            }
            return with_changed_interview(heard, replace(was, **checked(fields_of.INTERVIEW, given)))
        if news.said is EmployerReply.OFFER:
            if news.reply_by is not None:
                values = checked(fields_of.APPLICATION, {"offer_expires_on": news.reply_by})
                heard = replace(heard, **values)
            return with_stage(heard, Stage.OFFER, event.at, self._new_id(), policy)
        if news.said is EmployerReply.REFUSED:
            return with_stage(heard, Stage.REJECTED, event.at, self._new_id(), policy)
        if news.said is EmployerReply.NEXT_INTERVIEW and news.starts_at is not None:
            given = {
                "starts_at": news.starts_at,
                "minutes": news.minutes,
                "timezone": application.timezone or policy.timezone,
                "location": news.location,
                "kind": news.kind or kind_of_next(application, news.location),
            }
            interview = Interview(id=self._new_id(), **checked(fields_of.INTERVIEW, given))
            return with_interview(heard, interview, policy, self._now(), self._new_id())
        return heard

    def _log_label(self, kind: EventKind) -> str:
        return lasting(lambda: self._logging(kind))

    def _logging(self, kind: EventKind) -> str:
        return {
            EventKind.THANK_YOU: pgettext("a step to undo", "Log thank-you"),
            EventKind.CALL: pgettext("a step to undo", "Log call"),
            EventKind.EMAIL: pgettext("a step to undo", "Log email"),
            EventKind.MESSAGE: pgettext("a step to undo", "Log message"),
            EventKind.FEEDBACK_REQUEST: pgettext("a step to undo", "Log feedback request"),
            EventKind.REPLY: pgettext("a step to undo", "Log their reply"),
            EventKind.WAIT: pgettext("a step to undo", "Keep waiting"),
            EventKind.NOTE: pgettext("a step to undo", "Add note"),
        }[kind]


def same_day(application: Application, interview_id: str, policy: Policy) -> list[Interview]:
    """The interviews of the day of that one, in their order; none if it is cancelled or not there."""
    for day in CaseFile(application, PlanBasis(policy)).days:
        held = [each.interview for each in day.held]
        if any(interview.id == interview_id for interview in held):
            return held
    return []


def cancelled(
    application: Application, interview_ids: tuple[str, ...], now: datetime, event_id: str
) -> Application:
    """The application with those interviews called off, and the reply that said so about the first."""
    for interview_id in interview_ids:
        called_off = replace(interview_of(application, interview_id), cancelled=True)
        application = with_changed_interview(application, called_off)
    reply = Event(id=event_id, kind=EventKind.REPLY, at=now, interview=interview_ids[0])
    return with_event(application, reply)


def _with_people(application: Application, people: tuple[str, ...]) -> Application:
    """The application naming these people too: whoever interviews belongs to its contacts."""
    return replace(application, contacts=tuple(dict.fromkeys((*application.contacts, *people))))
