"""What is to stand on the calendar server: every interview ahead or held, and every follow-up to come."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Facts, FollowUp
from followup_desktop.domain.rules.table import rules_where
from followup_desktop.domain.worktime import instant, local
from followup_desktop.services.reading.due import listed_at, subjects
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.transfer.calendar_entries import CalendarEntry, CalendarOptions, Entries
from followup_desktop.services.transfer.calendar_file import PRODUCT, shown
from followup_desktop.services.transfer.zone_rules import zone_rules
from followup_desktop.services.wording import Wording
from followup_desktop.storage.published import ItemKind, PhoneQuestion, QuestionKind
from followup_desktop.storage.tables import seconds

if TYPE_CHECKING:
    from followup_desktop.services.transfer.invitation_times import CalendarTime

_END_AT_ONCE = rules_where(lambda row: row.before_interview or row.own)
_DTSTART = re.compile(rb"^DTSTART[^\r\n]*", re.MULTILINE)
MARK = "X-FOLLOW-UP-WROTE"
"""When the entry began, and its revision, as the program wrote it: what a phone changes doesn't fit that."""
_HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntry:
    """One entry as it is to stand on the server, without its revision.

    ``subject`` is the id of the interview, or the key of the follow-up. ``starts_at`` is when it begins or is
    due, in the zone ``zone_name``; ``ends_at`` is when an interview ends, and ``here`` is the user's zone.
    ``hash`` tells whether the entry says something else than before. ``ends_at_once``: done on the phone it
    is done, with nothing more to ask.
    """

    uid: str
    kind: ItemKind
    subject: str
    starts_at: datetime
    zone_name: str
    here: str
    zone: bytes
    body: bytes
    hash: str
    ends_at_once: bool = False
    ends_at: datetime | None = None

    def meant(self, start: CalendarTime) -> datetime:
        """The instant that is meant by a start which the phone wrote in the place of this one.

        All day keeps the time of day. A floating time is one of the user's clocks, and one in a zone that
        nobody knows is of those that the entry had.
        """
        if not start.has_time:
            at = local(self.starts_at, self.zone_name).time()
            return instant(datetime.combine(start.wall.date(), at), self.zone_name)
        return start.instant() or instant(start.wall, self.zone_name if start.said else self.here)

    def as_on_phone(self, question: PhoneQuestion) -> WantedEntry:
        """The entry as the phone has left it until the user decides: moved, called off or done.

        ``starts_at`` stays, and with it the mark: that it begins otherwise is the phone's doing.
        """
        if question.kind is QuestionKind.DONE:
            return replace(self, body=self.body.replace(b"STATUS:NEEDS-ACTION", b"STATUS:COMPLETED", 1))
        if question.kind is QuestionKind.DELETED or question.starts_at is None:
            return replace(self, body=self.body.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED", 1))
        start = f"DTSTART:{question.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode()
        return replace(self, body=_DTSTART.sub(start, self.body, count=1))

    def uid_in(self, calendar: str) -> str:
        """The entry's ``UID`` in the calendar at this address, with the end of that calendar's name in it.

        The same may stand in another one of the account, kept when it was left or made of the file, and
        Open-Xchange takes an entry out of that one then, or refuses this (its error CAL-4090).
        """
        return self.uid + self.end_in(calendar)

    @staticmethod
    def end_in(calendar: str) -> str:
        """What stands behind each ``UID`` in the calendar at this address."""
        return f"-{calendar.rstrip('/').rpartition('-')[2]}"

    def resource(self, calendar: str, sequence: int, now: datetime) -> bytes:
        """The calendar object that is put there, revised for the so-many-th time at this instant."""
        stamp = f"{now:%Y%m%dT%H%M%SZ}".encode()
        first, _line, rest = self.body.partition(b"\r\n")
        rest = rest.replace(f"UID:{self.uid}\r\n".encode(), f"UID:{self.uid_in(calendar)}\r\n".encode(), 1)
        mark = f"{MARK}:{seconds(self.starts_at)}-{sequence}\r\n".encode()
        revision = b"DTSTAMP:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n%b" % (stamp, stamp, sequence, mark)
        return b"".join((_HEAD, self.zone, first, b"\r\n", revision, rest, b"END:VCALENDAR\r\n"))


def own_uid(calendar: str, href: str) -> str | None:
    """The ``UID`` of the entry at this address, if it's named as the program names those in this calendar."""
    end = re.escape(WantedEntry.end_in(calendar))
    name = re.fullmatch(rf"([0-9a-f-]{{36}}){end}\.ics", href.rpartition("/")[2])
    return name[1] if name is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCalendar:
    """All of it by UID, and from when on it will be other although no fact has changed."""

    items: dict[str, WantedEntry]
    until: datetime | None


def wanted_calendar(
    read: tuple[Facts, Sequence[FollowUp]],
    now: datetime,
    wording: Wording,
    options: SyncOptions,
    between: Callable[[], object] = lambda: None,
) -> WantedCalendar:
    """What is to stand there at an instant, by all facts and the plan.

    ``between`` is called after each entry, to let other threads on.

    A cancelled interview is not there: it would go on ringing.
    """
    facts, plan = read
    listed = listed_at(facts, plan, now)
    entries = Entries(wording, facts.policy, _calendar_options(options))
    items = {}
    interviews = _interviews(facts, entries, is_private=options.private)
    for each in (*interviews, *_follow_ups(facts, listed, entries)):
        items[each.uid] = each
        between()
    ends = [f.expires_at for f in listed if f.expires_at is not None]
    return WantedCalendar(items=items, until=min(ends, default=None))


def _calendar_options(options: SyncOptions) -> CalendarOptions:
    return CalendarOptions(
        as_events=not options.tasks, as_tasks=options.tasks, private=options.private, interviews_ring=True
    )


def _interviews(facts: Facts, entries: Entries, *, is_private: bool) -> Iterator[WantedEntry]:
    contacts = {contact.id: contact for contact in facts.contacts}
    for application in shown(facts):
        for interview in application.interviews:
            if interview.cancelled:
                continue
            start, end = interview_span(interview, application, facts.policy)
            name = interview.timezone or application.timezone or facts.policy.timezone
            year = local(start, name).year
            zone = b"" if is_private or name == "UTC" else zone_rules(name, year, year)
            for entry in entries.interview(interview, application, contacts, None):
                made = _wanted(entry, ItemKind.INTERVIEW, interview.id, facts.policy.timezone)
                yield replace(made, zone_name=name, zone=zone, hash=_hash(zone + entry.body), ends_at=end)


def _follow_ups(facts: Facts, listed: Sequence[FollowUp], entries: Entries) -> Iterator[WantedEntry]:
    choices = {choice.key: choice for choice in facts.choices}
    for subject in subjects(facts, listed):
        follow_up = subject.follow_up
        for entry in entries.follow_up(subject, choices.get(follow_up.key), None):
            made = _wanted(entry, ItemKind.FOLLOW_UP, follow_up.key, facts.policy.timezone)
            yield replace(made, ends_at_once=follow_up.rule in _END_AT_ONCE)


def _wanted(entry: CalendarEntry, kind: ItemKind, subject: str, here: str) -> WantedEntry:
    return WantedEntry(
        uid=entry.uid,
        kind=kind,
        subject=subject,
        starts_at=entry.at,
        zone_name=here,
        here=here,
        zone=b"",
        body=entry.body,
        hash=_hash(entry.body),
    )


def _hash(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:32]
