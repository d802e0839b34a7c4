"""The entries of the calendar file, each as iCalendar writes it; icalendar folds, escapes and encodes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
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
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.wording import Subject, Wording

if TYPE_CHECKING:
    from icalendar import Alarm

_NAMESPACE = uuid.UUID("0c7d9c2e-6a0b-5a6e-9d53-3b5f0e6a4f11")
"""What the ``UID`` of each entry is made from, with its kind and its id or key."""
_EVENT_LENGTH = timedelta(minutes=15)
_INTERVIEW_ALARMS = (timedelta(hours=1), timedelta(minutes=10))
"""So long before an interview it rings: when it is time to leave, and when it is time to join."""
_HIGH, _MIDDLE, _LOW = 1, 5, 9
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_KEPT = 2048
"""So many entries are remembered as they are written: of all on a server, an edit changes a few."""
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
        uid = interview_uid(interview)
        start, end = interview_span(interview, application, self._policy)
        zone_name = interview.timezone or application.timezone or self._policy.timezone
        # A zone tells the place, and the rules for it stand beside it: private, it is the instant alone.
        begins = start if self._options.private else _start(interview, start, zone_name)
        title = _("Interview")
        more = [("status", "CANCELLED" if interview.cancelled else "CONFIRMED")]
        if not self._options.private:
            title = _("Interview at {employer}").format(employer=application.employer)
            title = plain(with_dots((title, application.role), plain=True), lines=False)
            if interview.location:
                more.append(("location", plain(interview.location)))
            if about := self._about(interview, contacts):
                more.append(("description", plain(about)))
        rings = self._options.interviews_ring and not interview.cancelled
        alarms = _INTERVIEW_ALARMS if rings else ()
        body = _event(
            uid=uid,
            begins=begins,
            in_zone=begins.tzinfo,
            length=end - start,
            title=title,
            more=tuple(more),
            alarms=alarms,
        )
        yield CalendarEntry(uid=uid, body=body, stamp=stamp, at=start)

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
        follow_up = subject.follow_up
        uid = _uid("follow-up", follow_up.key)
        # A snoozed one is due when the snooze ends.
        due = max(follow_up.due_at, _snoozed_until(follow_up, choice) or follow_up.due_at)
        begins = follow_up.opens_at if follow_up.opens_at < due else None
        body = _task(
            uid=uid,
            begins=begins,
            due=due,
            priority=_priority(follow_up),
            title=self._title(subject),
            more=self._reasons(subject),
            alarms=tuple(times),
        )
        return CalendarEntry(uid=uid, body=body, stamp=stamp, at=due)

    def _events(
        self, subject: Subject, times: Sequence[datetime], stamp: datetime | None
    ) -> Iterator[CalendarEntry]:
        title = self._title(subject)
        # It takes no time that could be given away.
        more = (("transp", "TRANSPARENT"), *self._reasons(subject))
        for number, moment in enumerate(times):
            uid = _uid(f"event-{number}", subject.follow_up.key)
            body = _event(
                uid=uid,
                begins=moment,
                in_zone=moment.tzinfo,
                length=_EVENT_LENGTH,
                title=title,
                more=more,
                alarms=(timedelta(0),),
            )
            yield CalendarEntry(uid=uid, body=body, stamp=stamp, at=moment)

    def _reasons(self, subject: Subject) -> _Texts:
        return () if self._options.private else (("description", plain(self._why(subject))),)

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
            lines.append(with_dots(parts, plain=True))
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


_Texts = tuple[tuple[str, str], ...]


@lru_cache(maxsize=_KEPT)
def _event(
    *,
    uid: str,
    begins: datetime,
    in_zone: tzinfo | None,  # that of ``begins``: the same instant in another one is equal
    length: timedelta,
    title: str,
    more: _Texts,
    alarms: tuple[timedelta, ...],
) -> bytes:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstart", begins)
    event.add("duration", length)
    event.add("summary", title)
    for name, text in more:
        event.add(name, text)
    for before in alarms:
        event.add_component(_alarm(title, -before))
    written: bytes = event.to_ical()
    return written


@lru_cache(maxsize=_KEPT)
def _task(
    *,
    uid: str,
    begins: datetime | None,
    due: datetime,
    priority: int,
    title: str,
    more: _Texts,
    alarms: tuple[datetime, ...],
) -> bytes:
    from icalendar import Todo

    todo = Todo()
    todo.add("uid", uid)
    if begins is not None:
        todo.add("dtstart", begins)
    todo.add("due", due)
    todo.add("status", "NEEDS-ACTION")
    todo.add("priority", priority)
    todo.add("summary", title)
    for name, text in more:
        todo.add(name, text)
    for moment in alarms:
        todo.add_component(_alarm(title, moment))
    written: bytes = todo.to_ical()
    return written


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
