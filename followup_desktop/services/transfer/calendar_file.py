"""The search as an iCalendar file (RFC 5545): interviews as events, follow-ups as tasks with alarms.

Made to be written again and again into a folder that is synchronised: the same facts give the same bytes,
and what is revised keeps its ``UID`` and takes the next ``SEQUENCE``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Application, Choice, Facts, FollowUp
from followup_desktop.domain.worktime import local
from followup_desktop.services.reading.due import listed_at, subjects
from followup_desktop.services.transfer.calendar_entries import CalendarEntry, CalendarOptions, Entries
from followup_desktop.services.transfer.formats import Contents
from followup_desktop.services.transfer.zone_rules import zone_rules
from followup_desktop.services.wording import Wording

__all__ = ["CALENDAR_NAME", "CalendarFile", "CalendarOptions", "CalendarWriter", "is_ours"]

CALENDAR_NAME = "Follow Up"
PRODUCT = "-//Follow Up Desktop//Follow-ups//EN"

PLAIN = CalendarOptions()

_ENTRY = re.compile(rb"BEGIN:(VEVENT|VTODO)\r\n.*?END:\1\r\n", re.DOTALL)
_UID = re.compile(rb"^UID:(\S+)\r$", re.MULTILINE)
_REVISION = re.compile(rb"DTSTAMP:(\d{8}T\d{6}Z)\r\nLAST-MODIFIED:\1\r\nSEQUENCE:(\d+)\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """The bytes of the file, and from when on they will be others although no fact has changed."""

    data: bytes
    until: datetime | None


class _MadeEntries(NamedTuple):
    """The entries of one interview or follow-up, and the hash of the facts that they were made from.

    The facts themselves would be a second copy of the search in memory.
    """

    name: str
    made_from: int
    entries: tuple[CalendarEntry, ...]


class _EntryRevision(NamedTuple):
    """When an entry was last revised, how often, and what it said."""

    stamp: bytes
    sequence: int
    body: bytes


def is_ours(data: bytes) -> bool:
    """Whether this program wrote the file, or another one wrote it again and left its name in it."""
    head = data[:4096].partition(b"\nBEGIN:V")[0].replace(b"\r", b"").splitlines()
    return f"PRODID:{PRODUCT}".encode() in head or f"X-WR-CALNAME:{CALENDAR_NAME}".encode() in head


def write_file(contents: Contents) -> bytes:
    """The calendar, which goes on from the previous one if that is ours."""
    previous = contents.previous if is_ours(contents.previous) else b""
    writer = CalendarWriter(contents.wording)
    return writer.write(contents.facts, contents.plan, contents.now, previous=previous).data


class CalendarWriter:
    """Writes calendars in the words of one language; what has not changed since the last is not made again.

    ``between`` is called after each entry that is made, so that a thread can let others have their turn.
    """

    def __init__(self, wording: Wording, between: Callable[[], object] = lambda: None) -> None:
        self._wording = wording
        self._between = between
        self._basis: object = None
        self._made: dict[str, _MadeEntries] = {}

    def write(
        self,
        facts: Facts,
        plan: Iterable[FollowUp],
        now: datetime,
        *,
        options: CalendarOptions = PLAIN,
        previous: bytes = b"",
    ) -> CalendarFile:
        """The calendar of a search at an instant: what is listed then, and every interview.

        An archived application's is not in it. ``previous`` is the file as it is: an entry that says the same
        as there stays as it is there, and one that says something else is stamped with ``now``. One that is
        not there is stamped with what was last recorded about it, or else about anything, so that as little
        hangs on the clock as can be.
        """
        choices = {choice.key: choice for choice in facts.choices}
        listed = listed_at(facts, plan, now)
        basis = (facts.policy, facts.contacts, options)
        if basis != self._basis:
            self._made.clear()
            self._basis = basis
        entries = Entries(self._wording, facts.policy, options)
        made = [*self._interviews(facts, entries), *self._follow_ups(facts, listed, choices, entries)]
        self._made = {each.name: each for each in made}
        before = _revisions(previous)
        parts = [_head(), *([] if options.private else _zones(facts))]
        last = max(filter(None, map(_recorded, facts.applications)), default=now)
        parts += [
            _revised(entry, before.get(entry.uid), now, last) for each in made for entry in each.entries
        ]
        parts.append(b"END:VCALENDAR\r\n")
        ends = [f.expires_at for f in listed if f.expires_at is not None]
        return CalendarFile(data=b"".join(parts), until=min(ends, default=None))

    def _interviews(self, facts: Facts, entries: Entries) -> Iterator[_MadeEntries]:
        contacts = {contact.id: contact for contact in facts.contacts}
        for application in shown(facts):
            stamp = _recorded(application)
            about = (application.employer, application.role, application.timezone, stamp)
            for interview in application.interviews:
                make = partial(entries.interview, interview, application, contacts, stamp)
                yield self._kept(f"interview/{interview.id}", (interview, about), make)

    def _follow_ups(
        self, facts: Facts, listed: Sequence[FollowUp], choices: Mapping[str, Choice], entries: Entries
    ) -> Iterator[_MadeEntries]:
        for subject in subjects(facts, listed):
            choice = choices.get(subject.follow_up.key)
            recorded = _recorded(subject.application) if subject.application is not None else None
            instants = (recorded, choice.made_at if choice is not None else None)
            stamp = max((at for at in instants if at is not None), default=None)
            made_from = (subject.follow_up, subject.application, subject.reminder, choice)
            make = partial(entries.follow_up, subject, choice, stamp)
            yield self._kept(f"follow-up/{subject.follow_up.key}", made_from, make)

    def _kept(
        self, name: str, made_from: object, make: Callable[[], Iterable[CalendarEntry]]
    ) -> _MadeEntries:
        """What was made from the same before, or else now."""
        made = self._made.get(name)
        if made is None or made.made_from != hash(made_from):
            made = _MadeEntries(name, hash(made_from), tuple(make()))
            self._between()
        return made


def shown(facts: Facts) -> list[Application]:
    """The applications whose interviews are in a calendar."""
    return [application for application in facts.applications if not application.archived]


def _recorded(application: Application) -> datetime | None:
    """The newest instant that is written down about an application, if there is one."""
    instants = [event.at for event in application.events]
    instants += [i.debriefed_at for i in application.interviews if i.debriefed_at is not None]
    if application.stage_at is not None:
        instants.append(application.stage_at)
    return max(instants, default=None)


def _head() -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("x-wr-calname", CALENDAR_NAME)
    head: bytes = calendar.to_ical()
    return head.removesuffix(b"END:VCALENDAR\r\n")


def _zones(facts: Facts) -> Iterator[bytes]:
    """The rules of the interviews' zones, for all the years in which any begins."""
    years: dict[str, set[int]] = {}
    for application in shown(facts):
        for interview in application.interviews:
            name = interview.timezone or application.timezone or facts.policy.timezone
            start, _ = interview_span(interview, application, facts.policy)
            years.setdefault(name, set()).add(local(start, name).year)
    for name, held in sorted(years.items()):
        if name != "UTC":
            yield zone_rules(name, min(held), max(held))


def _revisions(data: bytes) -> dict[str, _EntryRevision]:
    """What the entries of a file written here say, by ``UID``; what is not as written here is left out."""
    found = {}
    for entry in _ENTRY.finditer(data):
        uid, revision = _UID.search(entry[0]), _REVISION.search(entry[0])
        if uid is not None and revision is not None:
            body = entry[0].replace(revision[0], b"", 1)
            found[uid[1].decode("ascii", "replace")] = _EntryRevision(revision[1], int(revision[2]), body)
    return found


def _revised(entry: CalendarEntry, before: _EntryRevision | None, now: datetime, last: datetime) -> bytes:
    """The entry with the stamp and the number of its last revision; ``last`` is for one without a stamp."""
    stamp, sequence = f"{min(entry.stamp or last, now):%Y%m%dT%H%M%SZ}".encode(), 0
    if before is not None:
        stamp, sequence = before.stamp, before.sequence
        if before.body != entry.body:
            stamp, sequence = f"{now:%Y%m%dT%H%M%SZ}".encode(), sequence + 1
    first, _, rest = entry.body.partition(b"\r\n")
    revision = b"DTSTAMP:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n" % (stamp, stamp, sequence)
    return first + b"\r\n" + revision + rest
