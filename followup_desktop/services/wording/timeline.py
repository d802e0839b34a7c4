"""What happened, in words: the entries of an application's timeline and its interviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import (
    OUTREACH_KINDS,
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.domain.worktime import at, date_of
from followup_desktop.i18n import _, format_list, pgettext, with_dots
from followup_desktop.services.rows import InterviewRow, MissedFollowUp, TimelineEntry
from followup_desktop.services.wording.formats import When
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.rules import RuleWords


def _order(entry: TimelineEntry) -> tuple[datetime, bool, str]:
    return entry.at, entry.kind == EventKind.STAGE, entry.id


class Timeline:
    """Titles of events and interviews, with when they happened in the user's zone."""

    def __init__(self, when: When, labels: Labels, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._labels = labels
        self._rules = rules

    def entries(
        self,
        application: Application,
        contacts: Mapping[str, Contact],
        policy: Policy,
        now: datetime,
        missed: Iterable[MissedFollowUp] = (),
    ) -> tuple[TimelineEntry, ...]:
        """Events, interviews that have begun or were cancelled, and what was missed, newest first.

        The day of the application stands among them where no event tells of it. Of the same instant are what
        happened and the stage that it led to, which is newer; other ties by the larger id.
        """
        found = [self._event(e, contacts, policy, now) for e in application.events]
        for interview in application.interviews:
            start, _end = interview_span(interview, application, policy)
            if start <= now or interview.cancelled:
                entry = self._interview(interview, start, policy, now)
                there = self._elsewhere(interview, application, start, policy)
                found.append(
                    replace(entry, when=self._when.with_elsewhere(entry.when, there)) if there else entry
                )
        found += [self._missed(each, contacts, policy, now) for each in missed]
        found += self._applied(application, policy, now)
        return tuple(sorted(found, key=_order, reverse=True))

    def _event(
        self, event: Event, contacts: Mapping[str, Contact], policy: Policy, now: datetime
    ) -> TimelineEntry:
        return TimelineEntry(
            id=event.id,
            kind=event.kind.value,
            title=self.event_title(event, contacts, date_of(now, policy.timezone)),
            when=self._moment(event.at, now, policy.timezone),
            note=event.note,
            at=event.at,
            strong=event.kind in OUTREACH_KINDS or event.to_stage is Stage.APPLIED,
        )

    def _interview(
        self, interview: Interview, start: datetime, policy: Policy, now: datetime
    ) -> TimelineEntry:
        kind = self._labels.interview_kinds_within[interview.kind]
        text = _("Interview, {kind}: cancelled") if interview.cancelled else _("Interview, {kind}")
        return TimelineEntry(
            id=interview.id,
            kind="interview",
            title=text.format(kind=kind),
            when=self._moment(start, now, policy.timezone),
            note=interview.notes,
            at=start,
            strong=False,
        )

    def _applied(self, application: Application, policy: Policy, now: datetime) -> list[TimelineEntry]:
        """The day on which the user applied, if it is known and no event tells that they did."""
        day, today = application.applied_on, date_of(now, policy.timezone)
        is_told = any(event.to_stage is Stage.APPLIED for event in application.events)
        if day is None or day > today or is_told:
            return []
        return [
            TimelineEntry(
                id="applied",
                kind="applied",
                title=self._stage(Stage.APPLIED),
                when=_("today") if day == today else self._when.day(day, today),
                note="",
                at=at(day, time(), policy.timezone),
                strong=True,
            )
        ]

    def _missed(
        self, missed: MissedFollowUp, contacts: Mapping[str, Contact], policy: Policy, now: datetime
    ) -> TimelineEntry:
        follow_up = missed.follow_up
        at = follow_up.expires_at or follow_up.due_at
        return TimelineEntry(
            id=follow_up.key,
            kind="missed",
            title=self._missed_title(missed, contacts),
            when=self._moment(at, now, policy.timezone),
            note="",
            at=at,
            strong=False,
        )

    def _missed_title(self, missed: MissedFollowUp, contacts: Mapping[str, Contact]) -> str:
        """What was not done while there was time: "Thank-you to Ana Ruiz: not sent in time", "sent late"."""
        told = self._rules[missed.follow_up.rule].missed
        if told is None:
            raise LookupError(f"nothing is said of a missed {missed.follow_up.rule}")
        person = contacts.get(missed.follow_up.contact) if missed.follow_up.contact else None
        return told(missed, person.name if person is not None else "")

    def _elsewhere(
        self, interview: Interview, application: Application, start: datetime, policy: Policy
    ) -> str:
        """When it starts where it is held, or where the employer is, if a clock there differs from here."""
        employer = application.timezone or policy.timezone
        return self._when.elsewhere(start, policy.timezone, interview.timezone or employer, employer)

    def _moment(self, at: datetime, now: datetime, zone_name: str) -> str:
        if date_of(at, zone_name) == date_of(now, zone_name):
            return self._when.soon(at, now, zone_name)
        return self._when.full(at, now, zone_name)

    def event_title(self, event: Event, contacts: Mapping[str, Contact], today: date) -> str:
        """What an event records: "Thanked Lena Park", "Called, no answer", "Moved to Offer"."""
        person = contacts.get(event.contact) if event.contact else None
        name = person.name if person else ""
        match event.kind:
            case EventKind.CALL:
                text = self._call(event.outcome, name)
            case EventKind.STAGE:
                text = self._stage(event.to_stage)
            case EventKind.THANK_YOU:
                text = _("Thanked {name}").format(name=name) if name else _("Thanked everyone")
            case EventKind.EMAIL:
                text = _("Asked {name} by email").format(name=name) if name else _("Asked by email")
            case EventKind.MESSAGE:
                text = _("Wrote to {name}").format(name=name) if name else _("Wrote to them")
            case EventKind.FEEDBACK_REQUEST:
                text = _("Asked {name} for feedback").format(name=name) if name else _("Asked for feedback")
            case EventKind.REPLY:
                text = _("{name} answered").format(name=name) if name else _("They answered")
            case EventKind.WAIT:
                text = pgettext("what happened", "Keep waiting")
            case EventKind.NOTE:
                text = pgettext("what happened", "Note")
        if event.reply_by is None:
            return text
        if event.kind is EventKind.WAIT:
            return _("Keep waiting until {date}").format(date=self._when.day(event.reply_by, today))
        return _("{what} — by {date}").format(what=text, date=self._when.day(event.reply_by, today))

    def _call(self, outcome: CallOutcome | None, name: str) -> str:
        if outcome is CallOutcome.SPOKE:
            return _("Spoke with {name}").format(name=name) if name else _("Spoke on the phone")
        if outcome is CallOutcome.LEFT_MESSAGE:
            text = _("Called {name}, left a message") if name else _("Called, left a message")
        else:
            text = _("Called {name}, no answer") if name else _("Called, no answer")
        return text.format(name=name)

    def _stage(self, stage: Stage | None) -> str:
        if stage is None:
            return _("Stage changed")
        if stage is Stage.APPLIED:
            return pgettext("what happened", "Applied")
        return _("Moved to {stage}").format(stage=self._labels.stages[stage])

    def interview_row(
        self,
        interview: Interview,
        application: Application,
        contacts: Mapping[str, Contact],
        policy: Policy,
        now: datetime,
    ) -> InterviewRow:
        """One interview on one line: "Wed 14 Oct 10:00–11:00 · onsite · Ana Ruiz and Tom Berg"."""
        start, end = interview_span(interview, application, policy)
        here = policy.timezone
        # Translators: from when to when: “Wed 14 Oct 10:00–11:00”.
        times = _("{start}–{end}").format(
            start=self._when.full(start, now, here), end=self._when.clock(end, here)
        )
        if there := self._elsewhere(interview, application, start, policy):
            times = self._when.with_elsewhere(times, there)
        parts = [times, self._labels.interview_kinds_within[interview.kind]]
        names = [contacts[c].name for c in interview.interviewers if c in contacts]
        if names:
            parts.append(format_list(names))
        if interview.cancelled:
            parts.append(pgettext("an interview", "cancelled"))
        is_ahead = end > now and not interview.cancelled
        return InterviewRow(
            id=interview.id,
            text=with_dots(parts),
            is_over=end <= now,
            cancelled=interview.cancelled,
            join=meeting_link(interview.location) if is_ahead else None,
        )
