"""What a follow-up is about: all that its words need, in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from followup_desktop.domain.agenda import ENDLESS, Circumstances, PrecedenceKey, precedence
from followup_desktop.domain.casefile import CaseFile, InterviewDay, InterviewSpan, PlanBasis, interview_span
from followup_desktop.domain.meeting import MeetingLink, meeting_link
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    Contact,
    Employer,
    Event,
    FollowUp,
    Interview,
    Policy,
    Reminder,
    Step,
    StepKind,
)
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import WorkCalendar, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchNumbers:
    """The user's own numbers, for a kind word: what was sent, how often they talked, what is going on.

    ``next_title`` names the next thing to do elsewhere, if there is one.
    """

    applications: int
    interviews: int
    active: int
    next_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The enquiry at the same employer that comes first: its key, how it is made, and about which role.

    ``until`` is when it expires, if it is not settled before.
    """

    key: str
    channel: Channel
    role: str
    until: datetime

    @classmethod
    def of(cls, first: FollowUp, application: Application) -> Ahead:
        return cls(
            key=first.key,
            channel=first.channel,
            role=application.role,
            until=first.expires_at or ENDLESS,
        )


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A follow-up with the facts behind it; only ``encouragement`` and ``keep_searching`` use ``numbers``.

    ``waits_for`` is there while it is due, and another enquiry has to be settled first.
    """

    follow_up: FollowUp
    policy: Policy
    application: Application | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    reminder: Reminder | None = None
    numbers: SearchNumbers | None = None
    waits_for: Ahead | None = None

    @classmethod
    def of(
        cls,
        follow_up: FollowUp,
        policy: Policy,
        *,
        employer: Employer | None = None,
        reminder: Reminder | None = None,
        numbers: SearchNumbers | None = None,
    ) -> Subject:
        """The subject of a follow-up, its application found among the employer's."""
        applications = employer.applications if employer else ()
        return cls(
            follow_up=follow_up,
            policy=policy,
            application=next((a for a in applications if a.id == follow_up.application), None),
            contacts=employer.contacts if employer else {},
            reminder=reminder,
            numbers=numbers,
        )

    @property
    def zone(self) -> str:
        """The user's zone."""
        return self.policy.timezone

    @property
    def employer_zone(self) -> str:
        return (self.application.timezone if self.application else None) or self.policy.timezone

    @property
    def employer(self) -> str:
        return self.application.employer if self.application else ""

    @property
    def role(self) -> str:
        return self.application.role if self.application else ""

    @property
    def contact(self) -> Contact | None:
        return self.contacts.get(self.follow_up.contact) if self.follow_up.contact else None

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The days and windows in which this employer may be contacted."""
        if self.application is None:
            return WorkCalendar.of_user(self.policy)
        return WorkCalendar.of(self.application, self.policy)

    @cached_property
    def case(self) -> CaseFile | None:
        return CaseFile(self.application, PlanBasis(self.policy)) if self.application else None

    @property
    def interview(self) -> Interview | None:
        return self._by_id(self.follow_up.interview)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When the follow-up's interview starts and ends."""
        if self.application is None or self.interview is None:
            return None
        return interview_span(self.interview, self.application, self.policy)

    def place(self, choice: Choice | None, now: datetime) -> PrecedenceKey:
        """Its place among others that aren't gone, as ``domain.agenda.precedence`` has it."""
        around = Circumstances(
            starts_at=self.span[0] if self.span is not None else None,
            calendar=self.calendar,
            waits_until=self.waits_for.until if self.waits_for is not None else None,
            met_as=self._met_as,
        )
        return precedence(self.follow_up, choice, now, around)

    @property
    def _met_as(self) -> int:
        met = self.interview.interviewers if self.interview is not None else ()
        return met.index(self.follow_up.contact) if self.follow_up.contact in met else 0

    @cached_property
    def day(self) -> InterviewDay | None:
        """The interview day that the follow-up is about."""
        if self.case is None:
            return None
        wanted = self.follow_up.interview
        return next((d for d in self.case.days if any(h.interview.id == wanted for h in d.held)), None)

    @property
    def held(self) -> tuple[InterviewSpan, ...]:
        """The interviews of that day."""
        return self.day.held if self.day else ()

    def joins(self, now: datetime) -> tuple[MeetingLink, ...]:
        """The links of that day's meetings that are not over."""
        ahead = (meeting_link(held.interview.location) for held in self.held if held.end > now)
        return tuple(dict.fromkeys(link for link in ahead if link is not None))

    @property
    def attempts(self) -> int:
        """How many attempts were made since the last conversation, for the rules that count them."""
        if not row_of(self.follow_up.rule).counts_attempts:
            return 0
        return int(self.follow_up.key.rsplit("/", 1)[-1])

    def attempts_made(self, now: datetime) -> int:
        """How many of those attempts are not still to come: an import can bring entries dated ahead."""
        counted = self.case.attempts[-self.attempts :] if self.case and self.attempts else ()
        return sum(event.at <= now for event in counted)

    def step(self, kind: StepKind) -> Step | None:
        """The last step of that kind behind the follow-up's date."""
        return next((s for s in reversed(self.follow_up.because) if s.kind is kind), None)

    def event(self, event_id: str | None) -> Event | None:
        events = self.application.events if self.application else ()
        return next((e for e in events if e.id == event_id), None)

    def source_interview(self, interview_id: str | None) -> Interview | None:
        return self._by_id(interview_id)

    def talked_at(self, source: str | None) -> datetime | None:
        """The instant of the conversation with that id; an interview's is its end."""
        conversations = self.case.conversations if self.case else ()
        return next((c.at for c in conversations if c.id == source), None)

    def is_ahead(self, source: str | None, now: datetime) -> bool:
        """Whether that conversation is still to come: what was reckoned from it was not heard yet."""
        at = self.talked_at(source)
        return at is not None and at > now

    def names(self, contact_ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names of those people, without any that are not known."""
        return tuple(self.contacts[c].name for c in contact_ids if c in self.contacts)

    def today(self, now: datetime) -> date:
        """The user's date at that instant."""
        return date_of(now, self.zone)

    def _by_id(self, interview_id: str | None) -> Interview | None:
        interviews = self.application.interviews if self.application else ()
        return next((i for i in interviews if i.id == interview_id), None)
