"""One application as the rules read it: instants reckoned, interviews in days, conversations in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from followup_desktop.domain.facts import record
from followup_desktop.domain.model import (
    Acceptance,
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Policy,
    Stage,
)
from followup_desktop.domain.worktime import MINUTE, WorkCalendar, date_of, instant

NO_ID = "-"
DEBRIEF_FOR = timedelta(days=7)
"""So long after the last interview of a day a debrief can be written (tips 1, 2 and 9)."""
_METER_DAYS = 14
_BY_TIME = attrgetter("at", "id")
_BY_START = attrgetter("start", "interview.id")
CONTACT_MADE = frozenset({EventKind.EMAIL, EventKind.CALL, EventKind.FEEDBACK_REQUEST})
_STATES_REPLY_BY = frozenset({EventKind.REPLY, EventKind.WAIT, EventKind.CALL})


@record()
class InterviewSpan:
    """An interview that is not cancelled, with its start and end as instants."""

    interview: Interview
    start: datetime
    end: datetime


@record()
class InterviewDay:
    """The interviews of one application that start on one date of the employer's, in order.

    ``interview`` is the first of them, with which the day starts.
    """

    day: date
    held: tuple[InterviewSpan, ...]
    interview: Interview
    start: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, held: Sequence[InterviewSpan]) -> InterviewDay:
        """The day of these, in order."""
        first = held[0]
        return cls(day, tuple(held), first.interview, first.start, max([each.end for each in held]))

    def with_contact(self, contact: str | None) -> tuple[InterviewSpan, ...]:
        """The day's interviews with that interviewer; with ``None`` all of them."""
        if contact is None:
            return self.held
        return tuple(h for h in self.held if contact in h.interview.interviewers)

    def interviewers(self) -> tuple[str, ...]:
        """The ids of those met that day, each once, in the order they were met."""
        return tuple(dict.fromkeys(c for h in self.held for c in h.interview.interviewers))


@record()
class Moment:
    """An instant with the id of the fact that it comes from, which breaks ties."""

    at: datetime
    id: str

    @property
    def order(self) -> tuple[datetime, str]:
        return self.at, self.id


@record()
class Conversation(Moment):
    """A moment at which employer and user were in touch both ways; ``reply_by`` is what they stated."""

    reply_by: date | None = None
    contact: str | None = None


def interview_span(
    interview: Interview, application: Application, policy: Policy
) -> tuple[datetime, datetime]:
    """When an interview starts and ends."""
    zone_name = interview.timezone or application.timezone or policy.timezone
    return _span(interview.starts_at, zone_name, interview.fold, interview.minutes)


@lru_cache(maxsize=2_000)  # what is derived of an application asks four times
def _span(wall: datetime, zone_name: str, fold: int, minutes: int) -> tuple[datetime, datetime]:
    start = instant(wall, zone_name, fold)
    return start, start + minutes * MINUTE


def is_attempt(event: Event) -> bool:
    """A status enquiry that has had no answer of itself."""
    return event.kind is EventKind.EMAIL or (
        event.kind is EventKind.CALL and event.outcome in {CallOutcome.LEFT_MESSAGE, CallOutcome.NO_ANSWER}
    )


def is_contact_made(event: Event) -> bool:
    """What counts towards overwhelming an employer: enquiries, calls and requests for feedback."""
    return event.kind in CONTACT_MADE


def contacts_made(application: Application, now: datetime) -> int:
    """How many contacts were made in the last 14 days: the meter that keeps from overwhelming an employer."""
    since = now - timedelta(days=_METER_DAYS)
    return sum(is_contact_made(event) and since < event.at <= now for event in application.events)


def stage_instant(application: Application, stage: Stage) -> Moment | None:
    """When the application came to that stage: by its newest event into it, else by ``stage_at``."""
    into = [e for e in application.events if e.kind is EventKind.STAGE and e.to_stage is stage]
    if into:
        newest = max(into, key=_BY_TIME)
        return Moment(newest.at, newest.id)
    return Moment(application.stage_at, NO_ID) if application.stage_at is not None else None


def sent_on(application: Application, zone_name: str, now: datetime) -> date | None:
    """The day an application was sent, by the calendar of a zone; ``None`` if it wasn't or nobody knows.

    ``applied_on``, else the day of its newest move to the stage Applied, else that since which it is in it.
    What is still to come at ``now`` wasn't sent.
    """
    if application.stage is Stage.SAVED:
        return None
    if application.applied_on is not None:
        return application.applied_on if application.applied_on <= date_of(now, zone_name) else None
    into = [e.at for e in application.events if e.kind is EventKind.STAGE and e.to_stage is Stage.APPLIED]
    since = [application.stage_at] if application.stage is Stage.APPLIED and application.stage_at else []
    known = [at for at in into if at <= now] or [at for at in since if at <= now]
    return date_of(max(known), zone_name) if known else None


def find_acceptance(applications: Iterable[Application]) -> Acceptance | None:
    """The newest instant of stage ``accepted`` among the applications in that stage, archived or not."""
    taken = [
        (moment.at, application.id)
        for application in applications
        if application.stage is Stage.ACCEPTED
        and (moment := stage_instant(application, Stage.ACCEPTED)) is not None
    ]
    if not taken:
        return None
    at, application_id = max(taken)
    return Acceptance(at=at, application=application_id)


def is_over(application: Application, acceptance: Acceptance | None, policy: Policy) -> bool:
    """Whether an offer taken elsewhere has ended an application."""
    if acceptance is None or acceptance.application == application.id:
        return False
    taken_on = date_of(acceptance.at, policy.timezone)
    return application.applied_on is None or application.applied_on <= taken_on


T = TypeVar("T")


class _KeptProperty(Generic[T]):
    """What is reckoned once: ``cached_property`` without the lock that it has before Python 3.12.

    An application has five of them, and to lock each took 5 % of its plan.
    """

    def __init__(self, reckon: Callable[[Any], T]) -> None:
        self._reckon = reckon
        self._name = reckon.__name__
        self.__doc__ = reckon.__doc__

    def __get__(self, of: Any, _kind: type) -> T:
        value = of.__dict__[self._name] = self._reckon(of)
        return value


class PlanBasis:
    """What a plan depends on besides the facts of an employer: the policy, and the offer that was taken.

    Whoever plans for many employers makes one for all, for their calendars are made once in it.
    """

    def __init__(self, policy: Policy, acceptance: Acceptance | None = None) -> None:
        self.policy = policy
        self.acceptance = acceptance
        self._calendars: dict[tuple[str | None, str | None], WorkCalendar] = {}

    @_KeptProperty
    def user_calendar(self) -> WorkCalendar:
        """The calendar of the user's own zone and country."""
        return WorkCalendar.of_user(self.policy)

    def calendar_of(self, application: Application) -> WorkCalendar:
        """The calendar of the application's employer."""
        return self.calendar_at(application.timezone, application.country)

    def calendar_at(self, timezone: str | None, country: str | None) -> WorkCalendar:
        """The calendar of an employer of that zone and country, or else the user's."""
        place = timezone, country
        if (calendar := self._calendars.get(place)) is None:
            calendar = self._calendars[place] = WorkCalendar.at_place(timezone, country, self.policy)
        return calendar


class CaseFile:
    """One application on the basis of a plan; every property is a term of the rules.

    ``contacts`` are the people at its employer, by id.
    """

    def __init__(
        self,
        application: Application,
        basis: PlanBasis,
        contacts: Mapping[str, Contact] = MappingProxyType({}),
    ) -> None:
        self.application = application
        self.basis = basis
        self.policy = basis.policy
        self.contacts = contacts
        self.calendar = basis.calendar_of(application)
        """The calendar of the employer."""

    @_KeptProperty
    def held(self) -> tuple[InterviewSpan, ...]:
        """The interviews that are not cancelled, by start, then id."""
        spans = (
            InterviewSpan(interview, *interview_span(interview, self.application, self.policy))
            for interview in self.application.interviews
            if not interview.cancelled
        )
        return tuple(sorted(spans, key=_BY_START))

    @_KeptProperty
    def days(self) -> tuple[InterviewDay, ...]:
        """The interview days, oldest first."""
        days: dict[date, list[InterviewSpan]] = {}
        for held in self.held:
            days.setdefault(self.calendar.date_of(held.start), []).append(held)
        return tuple(InterviewDay.of(day, held) for day, held in sorted(days.items()))

    @_KeptProperty
    def events(self) -> tuple[Event, ...]:
        """The events, oldest first."""
        return tuple(sorted(self.application.events, key=_BY_TIME))

    @_KeptProperty
    def conversations(self) -> tuple[Conversation, ...]:
        """The conversations, oldest first."""
        found = [self._of_interview(held) for held in self.held]
        found += [self._of_event(event) for event in self.events if self._is_conversation(event)]
        if (unlogged := self._unlogged_stage()) is not None:
            found.append(unlogged)
        return tuple(sorted(found, key=_BY_TIME))

    def stated(self, now: datetime) -> Conversation | None:
        """The newest conversation that names the day by which they answer, unless they did since.

        They did by an interview that was held on a later day, an offer or a rejection.
        """
        named = [each for each in self.conversations if each.reply_by is not None]
        if not named:
            return None
        newest = named[-1]
        day = self.calendar.date_of(newest.at)
        held = {each.interview.id for each in self.held}
        decided = {each.id for each in self.events if each.to_stage in {Stage.OFFER, Stage.REJECTED}}
        answers = (
            each.id in decided or (each.id in held and self.calendar.date_of(each.at) > day)
            for each in self.conversations
            if each.order > newest.order and each.at <= now
        )
        return None if any(answers) else newest

    def _of_interview(self, held: InterviewSpan) -> Conversation:
        met = tuple(dict.fromkeys(held.interview.interviewers))
        return Conversation(
            held.end,
            held.interview.id,
            self._stated(held.interview.reply_by, held.end),
            met[0] if len(met) == 1 else None,
        )

    def _of_event(self, event: Event) -> Conversation:
        counts = event.kind in _STATES_REPLY_BY
        return Conversation(
            event.at, event.id, self._stated(event.reply_by, event.at) if counts else None, event.contact
        )

    def _unlogged_stage(self) -> Conversation | None:
        """Being in stage ``interviewing`` without an event that says since when."""
        application = self.application
        if application.stage is not Stage.INTERVIEWING or application.stage_at is None:
            return None
        if any(e.kind is EventKind.STAGE and e.to_stage is Stage.INTERVIEWING for e in application.events):
            return None
        if self._ended_by(application.stage_at):
            return None
        return Conversation(application.stage_at, NO_ID)

    def _is_conversation(self, event: Event) -> bool:
        match event.kind:
            case EventKind.REPLY | EventKind.WAIT:
                return True
            case EventKind.CALL:
                return event.outcome is CallOutcome.SPOKE
            case EventKind.STAGE:
                if event.to_stage is Stage.INTERVIEWING:
                    return not self._ended_by(event.at)
                return event.to_stage in {Stage.OFFER, Stage.REJECTED}
            case _:
                return False

    def _stated(self, reply_by: date | None, at: datetime) -> date | None:
        return None if reply_by is None else max(reply_by, self.calendar.date_of(at))

    def _ended_by(self, moment: datetime) -> bool:
        return any(held.end <= moment for held in self.held)

    @property
    def attempts(self) -> tuple[Event, ...]:
        """The attempts, oldest first."""
        return self.attempts_since(None)

    def attempts_since(self, moment: datetime | None) -> tuple[Event, ...]:
        """The attempts strictly after an instant; with ``None`` all of them."""
        return tuple(
            event for event in self.events if is_attempt(event) and (moment is None or event.at > moment)
        )

    def newest_ended(self, moment: datetime) -> Interview | None:
        """The newest interview that ended at or before the instant."""
        ended = [held for held in self.held if held.end <= moment]
        return max(ended, key=lambda h: (h.end, h.interview.id)).interview if ended else None

    def person(self, until: datetime | None = None) -> str | None:
        """Whom to turn to: the contact of the newest conversation (up to an instant) that names just one."""
        for conversation in reversed(self.conversations):
            if conversation.contact is not None and (until is None or conversation.at <= until):
                return conversation.contact
        return None

    @property
    def is_over(self) -> bool:
        """Whether an offer taken elsewhere has ended this application."""
        return is_over(self.application, self.basis.acceptance, self.policy)

    def since(self) -> Moment | None:
        """The instant of the present stage."""
        return self._since

    @_KeptProperty
    def _since(self) -> Moment | None:
        return stage_instant(self.application, self.application.stage)
