"""Invitations to interviews: what an iCalendar file asks to, when, where and with whom.

Read as Outlook, Google, Zoom and schedulers write them, also in an email. Nothing is decided here of what is
stored: an event is told from others by its ``UID``, and which of two versions is newer by ``SEQUENCE`` and
``DTSTAMP``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple, TypeAlias
from uuid import UUID, uuid5

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import InterviewKind
from followup_desktop.i18n import _, format_number
from followup_desktop.services.capture import mail_words
from followup_desktop.services.capture.interview_kinds import likely_kind
from followup_desktop.services.capture.interview_words import any_of, plain_words
from followup_desktop.services.capture.join_links import LINK, join_link
from followup_desktop.services.capture.vocabulary import plain
from followup_desktop.services.transfer.attendees import Attendee, interviewers_among
from followup_desktop.services.transfer.content_lines import Component, read_components
from followup_desktop.services.transfer.invitation_times import (
    MOST_MINUTES,
    CalendarTime,
    Zones,
    minutes_of,
    same_wall,
    series_of,
)

MOST_PEOPLE = 100
"""So many are asked to an interview at most; what is for more is an event of another kind."""
MOST_EVENTS = 500
"""An invitation has one event or a few; what has more is a calendar of everything."""

_NAMESPACE = UUID("5f0b8a1e-7c39-5d0e-9d0a-6a2b7d3c1e55")
_ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
"""Methods of calendars that tell what somebody says to an invitation (RFC 5546)."""
_SENT = frozenset({"REQUEST", "CANCEL", "ADD"})
"""Methods of calendars that are sent to those who are asked to come."""
_SPLIT_UID = re.compile(r"_R(\d{8}(?:T\d{6}Z?)?)(?=@|$)")
"""Google revises "this and what follows" under the ``UID`` of the event with the time it replaces."""
_PROGRAMS = ("teams", "zoom", "meet", "webex", "skype", "hangouts?")
_LINK_PROPERTIES = (
    "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "CONFERENCE",
)  # fmt: skip
_TITLED = (
    (InterviewKind.PANEL, "titled_panel", ()),
    (InterviewKind.TECHNICAL, "titled_technical", ()),
    (InterviewKind.PHONE, "titled_phone", ()),
    (InterviewKind.VIDEO, "titled_video", ("zoom", "teams")),
    (InterviewKind.ONSITE, "titled_onsite", ()),
    (InterviewKind.INFORMATIONAL, "titled_informational", ()),
)
"""By what a title calls an interview, the first that fits."""


@cache
def _cancelled() -> re.Pattern[str]:
    updated = rf"(?:(?:{any_of('updated')})\s*:\s*)?"
    return re.compile(rf"^\s*{updated}(?:{any_of('cancelled')})\s*:\s*", re.IGNORECASE)


@cache
def _before_title() -> re.Pattern[str]:
    """What programs put before the title, any number of times."""
    answers = mail_words.any_of("before_subject")
    said = rf"{answers}|{any_of('updated')}|{any_of('invitation')}"
    return re.compile(rf"^\s*(?:(?:{said})\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One time of an event, as its newest version in a file has it.

    ``starts_at`` is a wall time in ``timezone``; ``None`` is a floating time, or one in a zone that can't be
    told, ``zone_said``, for which ``zone_offered`` may be proposed. ``is_utc``: the file tells the instant
    alone, and the zone is the reader's to choose.
    ``others`` are those whom it names and who were not taken for interviewers: the user, rooms, robots.
    ``is_sent``: somebody sent it to be answered; else it may be any entry of a calendar that was exported.
    ``ask`` is the question of its time zone, where that is open; ``remark`` a sentence on what was not read.
    """

    uid: str
    occurrence: str = ""
    sequence: int = 0
    stamp: datetime | None = None
    summary: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    kind: InterviewKind = InterviewKind.OTHER
    starts_at: datetime
    timezone: str | None
    zone_said: str = ""
    zone_offered: str = ""
    is_utc: bool = False
    minutes: int
    cancelled: bool = False
    organizer: Attendee | None = None
    interviewers: tuple[Attendee, ...] = ()
    others: tuple[Attendee, ...] = ()
    user: Attendee | None = None
    names_people: bool = True
    is_sent: bool = True
    ask: str = ""
    remark: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids under which an interview of this event may be stored, the first for a new one."""
        whole = str(uuid5(_NAMESPACE, self.uid))
        return (
            (str(uuid5(_NAMESPACE, f"{self.uid}/{self.occurrence}")), whole) if self.occurrence else (whole,)
        )

    @property
    def place(self) -> str:
        """Where it takes place, and the link by which one joins."""
        if not self.url or self.url in self.location:
            return self.location
        return f"{self.location} {self.url}".strip()

    @property
    def revision(self) -> tuple[int, datetime]:
        """Which of two versions is the newer one."""
        return self.sequence, self.stamp or datetime.min.replace(tzinfo=UTC)


_Refused: TypeAlias = tuple[str, str, str]
"""The summary of an event, why it was refused, and which it is."""


class ZoneAsked(NamedTuple):
    """A question of a time zone: how the file calls it, empty for none, and which one to propose, if any."""

    said: str
    text: str
    offered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """What a file invites to, in order of time, and a sentence on each event of it that can't be taken."""

    found: tuple[Invitation, ...]
    refused: tuple[tuple[str, str], ...] = ()
    """The summary of an event, and why it was refused."""
    asks: tuple[ZoneAsked, ...] = ()
    remarks: tuple[str, ...] = ()


def read_invitations(
    calendars: Iterable[bytes], own_addresses: Collection[str] = (), preferred_zones: tuple[str, ...] = ()
) -> Invitations:
    """What the calendars, of one file or email, invite to; an event that is there twice is read once.

    ``own_addresses`` are the user's, who is no interviewer. Raises ``Refused`` where there is no event.
    """
    read = [calendar for data in calendars for calendar in read_components(data, "VCALENDAR")]
    events = [each for calendar in read for each in calendar.components if each.name == "VEVENT"]
    if not events and any(not calendar.is_whole for calendar in read):
        raise Refused(_("This calendar is cut off before its first event. Save the invitation again."))
    if not events:
        raise Refused(_("There's no event in this calendar."))
    if len(events) > MOST_EVENTS:
        raise Refused(_("This is a whole calendar. Open the invitation to the interview instead."))
    if not any(event.is_whole for event in events):
        raise Refused(_("This calendar is cut off in the middle of an event. Save the invitation again."))
    newest: dict[tuple[str, str], Invitation] = {}
    refused: list[_Refused] = []
    for calendar in read:
        for each in _EventReader(calendar, own_addresses, preferred_zones).all(refused):
            key = each.uid, each.occurrence
            before = newest.get(key)
            if before is None or before.revision < each.revision:
                newest[key] = each
    found = sorted(newest.values(), key=lambda one: (one.starts_at, one.uid, one.occurrence))
    return Invitations(
        found=tuple(found),
        refused=tuple((title, why) for title, why, _event in dict.fromkeys(refused)),
        asks=tuple(
            {
                one.zone_said: ZoneAsked(one.zone_said, one.ask, one.zone_offered)
                for one in reversed(found)
                if one.ask
            }.values()
        )[::-1],
        remarks=tuple(dict.fromkeys(one.remark for one in found if one.remark)),
    )


class _EventReader:
    """Reads the events of one calendar."""

    def __init__(
        self, calendar: Component, own_addresses: Collection[str], preferred: tuple[str, ...]
    ) -> None:
        self._calendar = calendar
        self._zones = Zones(calendar, preferred)
        self._own = own_addresses
        self._method = calendar.text("METHOD").upper()
        self._is_cancel = self._method == "CANCEL"

    def all(self, refused: list[_Refused]) -> Iterator[Invitation]:
        """Each time of each event, a moved one in place of that which the series planned."""
        events = [each for each in self._calendar.components if each.name == "VEVENT"]
        masters: dict[str, Component] = {}
        moved: dict[str, set[str]] = {}
        for event in events:
            if event.first("RECURRENCE-ID") is None:
                masters[event.text("UID")] = event
        for event in events:
            if event.is_whole and event.first("RECURRENCE-ID") is not None:
                found = self._one(event, refused, masters.get(event.text("UID")))
                if found is not None:
                    moved.setdefault(event.text("UID"), set()).add(found.occurrence)
                    yield found
        for event in events:
            if not event.is_whole:
                refused.append((_title(event), _("The file is cut off in this event."), _which(event)))
            elif event.first("RECURRENCE-ID") is None:
                yield from self._series(event, moved.get(event.text("UID"), set()), refused)

    def _series(self, event: Component, moved: set[str], refused: list[_Refused]) -> Iterator[Invitation]:
        first = self._one(event, refused)
        start = self._zones.moment(event.first("DTSTART"))
        if first is None or start is None:
            return
        series = series_of(event, start, self._zones)
        if event.first("RRULE") is None and event.first("RDATE") is None:
            yield first
            return
        remark = _("This event repeats. Only its first times were read.") if series.goes_on else ""
        for wall in series.walls:
            occurrence = f"{wall:%Y%m%dT%H%M%S}"
            if occurrence not in moved:
                yield replace(first, starts_at=wall, occurrence=occurrence, remark=remark)

    def _one(
        self, event: Component, refused: list[_Refused], master: Component | None = None
    ) -> Invitation | None:
        start = self._zones.moment(event.first("DTSTART"))
        why_not = self._why_not(event, start)
        if why_not or start is None:
            refused.append((_title(event), why_not, _which(event)))
            return None
        uid, occurrence = self._identity(event, start)
        people = [event] if event.first("ORGANIZER") or event.first("ATTENDEE") else [master or event]
        named = interviewers_among(people[0], self._own)
        location = _one_line(event.text("LOCATION") or (master.text("LOCATION") if master else ""))
        description = event.text("DESCRIPTION") or (master.text("DESCRIPTION") if master else "")
        url = _link_of(event, location, description)
        if LINK.fullmatch(location):
            url = location
        summary = _title(event)
        return Invitation(
            uid=uid,
            occurrence=occurrence,
            sequence=_number(event.text("SEQUENCE")),
            stamp=self._stamp(event),
            summary=summary,
            description=description,
            location=location,
            url=url,
            kind=_kind(location, url, summary),
            starts_at=start.wall,
            timezone=start.zone if not start.is_utc else "UTC",
            zone_said=start.said,
            zone_offered=start.offered,
            is_utc=start.is_utc,
            minutes=minutes_of(event, start, self._zones),
            cancelled=self._is_cancel or event.text("STATUS").upper() == "CANCELLED",
            organizer=named.organizer,
            interviewers=named.interviewers,
            others=named.others,
            user=named.user,
            # The word that an event is off names those it is sent to alone.
            names_people=not self._is_cancel,
            is_sent=self._method in _SENT,
            ask=_ask(start),
        )

    def _why_not(self, event: Component, start: CalendarTime | None) -> str:
        if start is None:
            return _("This event has no date and time that Follow Up can read.")
        if not start.has_time:
            return _("This event takes all day. Add the interview with its time instead.")
        if minutes_of(event, start, self._zones) > MOST_MINUTES:
            return _("This event is longer than a day.")
        if len(event.all("ATTENDEE")) > MOST_PEOPLE:
            text = _("This event is for more than {n} people, so it isn't an interview.")
            return text.format(n=format_number(MOST_PEOPLE))
        if self._method in _ANSWERS:
            return _("This is an answer to an invitation, not an invitation.")
        return ""

    def _identity(self, event: Component, start: CalendarTime) -> tuple[str, str]:
        """The ``UID`` without what Google adds to it, and which time of a series this is."""
        uid = event.text("UID") or f"{_title(event)}/{start.wall:%Y%m%dT%H%M%S}"
        split = _SPLIT_UID.search(uid)
        planned = self._zones.moment(event.first("RECURRENCE-ID"))
        occurrence = f"{same_wall(planned, start):%Y%m%dT%H%M%S}" if planned is not None else ""
        if split is not None:
            uid = uid[: split.start()] + uid[split.end() :]
            occurrence = occurrence or split[1].rstrip("Z")
        return uid, occurrence

    def _stamp(self, event: Component) -> datetime | None:
        lines = (event.first("DTSTAMP"), event.first("LAST-MODIFIED"))
        instants = [m.instant() for m in map(self._zones.moment, lines) if m is not None]
        return max((each for each in instants if each is not None), default=None)


def _ask(start: CalendarTime) -> str:
    if start.zone is not None:
        return ""
    if start.said:
        return _("The time zone “{zone}” isn't known. Which one is it?").format(zone=start.said[:60])
    return _("The invitation names no time zone. Which one is it in?")


def _which(event: Component) -> str:
    """What tells an event of a file from others; an email has the same one several times."""
    return " ".join(event.text(name) for name in ("UID", "RECURRENCE-ID", "DTSTART"))


def _title(event: Component) -> str:
    summary = _one_line(event.text("SUMMARY"))
    bare = _before_title().sub("", _cancelled().sub("", summary)).strip()
    return bare or summary


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _link_of(event: Component, location: str, description: str) -> str:
    """The link by which one joins: never one to cancel, to move, or to read something."""
    for name in _LINK_PROPERTIES:
        line = event.first(name)
        if line is not None and (found := LINK.search(line.value)) is not None:
            return found[0]
    known = meeting_link(location)
    if known is not None:
        return known.url
    return join_link(description) or join_link(event.text("URL"), needs_words=False)


def _kind(location: str, url: str, summary: str) -> InterviewKind:
    """By where it is, unless it is online or nowhere: then the summary may tell more."""
    words = plain(summary)
    if location and plain(location) and not plain_words("online", *_PROGRAMS).search(plain(location)):
        return likely_kind(location, InterviewKind.OTHER)
    found = next((kind for kind, name, more in _TITLED if plain_words(name, *more).search(words)), None)
    if url or location:
        return found if found in {InterviewKind.PANEL, InterviewKind.TECHNICAL} else InterviewKind.VIDEO
    return found or InterviewKind.OTHER


def _one_line(text: str) -> str:
    return " ".join(text.split())
