"""The entries of the calendar file, each as iCalendar writes it; icalendar folds, escapes and encodes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from followup_desktop.domain.agenda import moments, valid_choice
from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    FollowUp,
    Interview,
    InterviewKind,
    Policy,
)
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import QuietHours, local, zone
from followup_desktop.i18n import _
from followup_desktop.services.wording import Subject, Wording

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Todo

_NAMESPACE = uuid.UUID("0c7d9c2e-6a0b-5a6e-9d53-3b5f0e6a4f11")
"""What the ``UID`` of each entry is made from, with its kind and its id or key."""
_EVENT_LENGTH = timedelta(minutes=15)
_INTERVIEW_ALARMS = (timedelta(hours=1), timedelta(minutes=10))
"""So long before an interview it rings: when it is time to leave, and when it is time to join."""
_HIGH, _MIDDLE, _LOW = 1, 5, 9
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOptions:
    """How the calendar is written.

    ``as_tasks``: follow-ups as tasks. ``as_events``: follow-ups as appointments of 15 minutes, for calendars
    that show no tasks. ``private``: entries say that there is an interview or a follow-up, and nothing of
    with whom or where. ``interviews_ring``: interviews have alarms of their own.
    """

    as_events: bool = False
    private: bool = False
    as_tasks: bool = True
    interviews_ring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One event or task without its revision, and what it is stamped with when it is first written.

    There is no ``stamp`` where nothing was recorded about it. ``at`` is when it begins, or is due.
    """

    uid: str
    body: bytes
    stamp: datetime | None
    at: datetime


class Entries:
    """Writes entries in the words of one language."""

    def __init__(self, wording: Wording, policy: Policy, options: CalendarOptions) -> None:
        self._wording = wording
        self._policy = policy
        self._options = options
        self._quiet = QuietHours.of(policy)

    def interview(
        self,
        interview: Interview,
        application: Application,
        contacts: Mapping[str, Contact],
        stamp: datetime | None,
    ) -> Iterator[CalendarEntry]:
        """An interview as an event at its own wall time; a cancelled one says so."""
        from icalendar import Event

        event, uid = Event(), interview_uid(interview)
        start, end = interview_span(interview, application, self._policy)
        event.add("uid", uid)
        zone_name = interview.timezone or application.timezone or self._policy.timezone
        # A zone tells the place, and the rules for it stand beside it: private, it is the instant alone.
        event.add("dtstart", start if self._options.private else _start(interview, start, zone_name))
        event.add("duration", end - start)
        event.add("status", "CANCELLED" if interview.cancelled else "CONFIRMED")
        if self._options.private:
            event.add("summary", _("Interview"))
        else:
            title = _("Interview at {employer}").format(employer=application.employer)
            event.add("summary", plain(" · ".join(filter(None, (title, application.role))), lines=False))
            if interview.location:
                event.add("location", plain(interview.location))
            if about := self._about(interview, contacts):
                event.add("description", plain(about))
        if self._options.interviews_ring and not interview.cancelled:
            for before in _INTERVIEW_ALARMS:
                event.add_component(_alarm(str(event["summary"]), -before))
        yield CalendarEntry(uid=uid, body=event.to_ical(), stamp=stamp, at=start)

    def follow_up(
        self, subject: Subject, choice: Choice | None, stamp: datetime | None
    ) -> Iterator[CalendarEntry]:
        """A follow-up as a task with an alarm at each of its moments, each of them as an event, or both."""
        times = self._alarms(subject.follow_up, choice)
        if self._options.as_tasks:
            yield self._task(subject, choice, times, stamp)
        if self._options.as_events:
            yield from self._events(subject, times, stamp)

    def _task(
        self, subject: Subject, choice: Choice | None, times: Sequence[datetime], stamp: datetime | None
    ) -> CalendarEntry:
        from icalendar import Todo

        follow_up, todo = subject.follow_up, Todo()
        uid = _uid("follow-up", follow_up.key)
        # A snoozed one is due when the snooze ends.
        due = max(follow_up.due_at, _snoozed_until(follow_up, choice) or follow_up.due_at)
        todo.add("uid", uid)
        if follow_up.opens_at < due:
            todo.add("dtstart", follow_up.opens_at)
        todo.add("due", due)
        todo.add("status", "NEEDS-ACTION")
        todo.add("priority", _priority(follow_up))
        title = self._name(todo, subject)
        for moment in times:
            todo.add_component(_alarm(title, moment))
        return CalendarEntry(uid=uid, body=todo.to_ical(), stamp=stamp, at=due)

    def _events(
        self, subject: Subject, times: Sequence[datetime], stamp: datetime | None
    ) -> Iterator[CalendarEntry]:
        from icalendar import Event

        for number, moment in enumerate(times):
            event, uid = Event(), _uid(f"event-{number}", subject.follow_up.key)
            event.add("uid", uid)
            event.add("dtstart", moment)
            event.add("duration", _EVENT_LENGTH)
            event.add("transp", "TRANSPARENT")  # it takes no time that could be given away
            title = self._name(event, subject)
            event.add_component(_alarm(title, timedelta(0)))
            yield CalendarEntry(uid=uid, body=event.to_ical(), stamp=stamp, at=moment)

    def _name(self, entry: Event | Todo, subject: Subject) -> str:
        """Put title and reasons into an entry; returns the title."""
        title = self._title(subject)
        entry.add("summary", title)
        if not self._options.private:
            entry.add("description", plain(self._why(subject)))
        return title

    def _title(self, subject: Subject) -> str:
        if not self._options.private:
            return plain(self._wording.title(subject), lines=False)
        return _("Your reminder") if row_of(subject.follow_up.rule).own else _("Follow-up due")

    def _why(self, subject: Subject) -> str:
        """Where it stands and why, in words that stay true whenever they are read."""
        now = subject.follow_up.due_at
        # What is said of an interview to prepare for tells the day from now: "tomorrow".
        rule = row_of(subject.follow_up.rule)
        where, why = self._wording.where_and_why(subject, now)
        if rule.before_interview or rule.own:  # whose heading says why
            why = ""
        explanation = self._wording.explain(subject, now)
        return "\n".join(line for line in (where, why, explanation.heading, *explanation.lines) if line)

    def _about(self, interview: Interview, contacts: Mapping[str, Contact]) -> str:
        lines = []
        if interview.kind is not InterviewKind.OTHER:
            lines.append(self._wording.interview_kind_label(interview.kind))
        for contact in (contacts[each] for each in interview.interviewers if each in contacts):
            parts = (contact.name, contact.title, contact.phone, contact.email)
            lines.append(" · ".join(part for part in parts if part))
        return "\n".join([*lines, *([interview.notes] if interview.notes else [])])

    def _alarms(self, follow_up: FollowUp, choice: Choice | None) -> tuple[datetime, ...]:
        """Its moments, none in quiet hours but where the rules allow it, and none after its end."""
        if row_of(follow_up.rule).kind_words:  # there when they are looked for (tip 8)
            return ()
        found = moments(follow_up, choice, None)
        if not row_of(follow_up.rule).any_hour:
            found = tuple(sorted({self._quiet.later(moment) for moment in found}))
        end = follow_up.expires_at
        return tuple(moment for moment in found if end is None or moment < end)


def plain(text: str, *, lines: bool = True) -> str:
    """The text without what iCalendar allows in none: control characters; or all on one line."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return text if lines else " ".join(text.split())


def _alarm(title: str, when: datetime | timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    # Without its type an instant would be read as a span.
    alarm.add("trigger", when, parameters={"VALUE": "DATE-TIME"} if isinstance(when, datetime) else {})
    return alarm


def _start(interview: Interview, start: datetime, zone_name: str) -> datetime:
    """The wall time in the interview's zone; in UTC where that wall time is not the name of one instant."""
    wall = local(start, zone_name)
    if zone_name == "UTC" or wall.replace(tzinfo=None) != interview.starts_at:
        return start  # the clocks leave that time out
    first, second = (interview.starts_at.replace(tzinfo=zone(zone_name), fold=fold) for fold in (0, 1))
    return start if first.utcoffset() != second.utcoffset() else wall


def _snoozed_until(follow_up: FollowUp, choice: Choice | None) -> datetime | None:
    chosen = valid_choice(choice, follow_up)
    return chosen.snoozed_until if chosen is not None else None


def _priority(follow_up: FollowUp) -> int:
    """High where there is a deadline, low for what is only a nudge."""
    if follow_up.deadline_at is not None:
        return _HIGH
    return _LOW if row_of(follow_up.rule).gentle else _MIDDLE


def interview_uid(interview: Interview) -> str:
    """The ``UID`` of an interview in the calendars written here."""
    return _uid("interview", interview.id)


def _uid(kind: str, name: str) -> str:
    """The ``UID`` of a thing: it never changes, and nothing of what the user calls the thing is in it."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))
