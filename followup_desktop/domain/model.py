"""The facts of a job search and the follow-ups they call for, as values.

Instants are aware ``datetime`` in UTC, to the second. Dates are ``date``. An appointment is a naive wall
time with the name of its zone, so that a change of the zone's rules keeps ten o'clock at ten o'clock.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from followup_desktop.domain.facts import DetailPart, Kind, fact, record


class Stage(StrEnum):
    """Where an application stands."""

    SAVED = "saved"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"


ACTIVE_STAGES = frozenset({Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER})


class Channel(StrEnum):
    """How a follow-up reaches the employer; ``NONE`` for what the user does alone."""

    PHONE = "phone"
    EMAIL = "email"
    NONE = "none"


class EventKind(StrEnum):
    """What an entry of the timeline records."""

    THANK_YOU = "thank_you"
    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    FEEDBACK_REQUEST = "feedback_request"
    REPLY = "reply"
    WAIT = "wait"
    STAGE = "stage"
    NOTE = "note"


OUTREACH_KINDS = frozenset(
    {EventKind.THANK_YOU, EventKind.CALL, EventKind.EMAIL, EventKind.MESSAGE, EventKind.FEEDBACK_REQUEST}
)
"""The kinds of entries by which the user wrote or called."""


class CallOutcome(StrEnum):
    """How a call went."""

    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"


class InterviewKind(StrEnum):
    """The form an interview takes."""

    PHONE = "phone"
    VIDEO = "video"
    ONSITE = "onsite"
    TECHNICAL = "technical"
    PANEL = "panel"
    INFORMATIONAL = "informational"
    OTHER = "other"


class Repeat(StrEnum):
    """How often the user's own reminder comes back."""

    DAILY = "daily"
    WORKING_DAYS = "working_days"
    WEEKLY = "weekly"


class Rule(StrEnum):
    """The rules that call for a follow-up, in the order in which they are shown and described."""

    PREPARE = "prepare"
    DEBRIEF = "debrief"
    THANK_YOU = "thank_you"
    STATUS_CALL = "status_call"
    CHECK_IN = "check_in"
    MOVE_ON = "move_on"
    ASK_FEEDBACK = "ask_feedback"
    ENCOURAGEMENT = "encouragement"
    APPLY = "apply"
    OFFER_THANKS = "offer_thanks"
    OFFER_REPLY = "offer_reply"
    WITHDRAW_OTHERS = "withdraw_others"
    MANUAL = "manual"
    KEEP_SEARCHING = "keep_searching"


class FollowUpState(StrEnum):
    """What a follow-up is at one instant; derived when looked at, never stored."""

    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"
    SNOOZED = "snoozed"
    EXPIRED = "expired"
    SKIPPED = "skipped"


class StepKind(StrEnum):
    """One piece of the arithmetic behind a follow-up's date."""

    STATED_DATE = "stated_date"
    DEFAULT_REPLY = "default_reply"
    APPLIED = "applied"
    CONVERSATION = "conversation"
    INTERVIEW_END = "interview_end"
    WORKING_DAYS = "working_days"
    OUTREACH_DAY = "outreach_day"
    RETRY = "retry"
    GUARD = "guard"
    CALL_WINDOW = "call_window"
    QUIET_HOURS = "quiet_hours"
    DEADLINE = "deadline"
    ATTEMPTS = "attempts"
    CANCELLED_BY = "cancelled_by"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@record(kw_only=True)
class Policy:
    """The user's settings of the rules; the ranges are in ``followup_desktop.domain.policy``.

    ``no_call_weekdays`` holds ``date.weekday()`` numbers. Windows and periods are (first, last) pairs: a
    window's end is not part of it, the last day of an away period is.
    """

    timezone: str = "UTC"
    country: str | None = None
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    ask_lead_minutes: int = 120
    debrief_delay_minutes: int = 30
    thank_you_delay_minutes: int = 120
    thank_you_hours: int = 24
    grace_working_days: int = 2
    default_reply_working_days: int = 5
    retry_working_days: int = 3
    max_attempts: int = 2
    no_call_weekdays: tuple[int, ...] = (0,)
    call_windows: tuple[tuple[time, time], ...] = ((time(10), time(12)), (time(14), time(16)))
    contact_gap_working_days: int = 3
    check_in_working_days: int = 10
    check_in_retry_working_days: int = 5
    min_active_applications: int = 3
    search_gap_working_days: int = 5
    away: tuple[tuple[date, date], ...] = ()


@record(kw_only=True)
class Contact:
    """A person, at whatever employer."""

    id: str = fact(Kind.ID)
    name: str = fact(Kind.NAME, searched=True, part=DetailPart.HEAD)
    employer: str = fact(Kind.TEXT, default="", part=DetailPart.FURTHER, after="title")
    title: str = fact(Kind.TEXT, default="", searched=True, part=DetailPart.FURTHER)
    email: str = fact(Kind.EMAIL, default="", searched=True, part=DetailPart.FURTHER)
    phone: str = fact(Kind.PHONE, default="", searched=True, part=DetailPart.FURTHER)
    url: str = fact(Kind.LINK, default="", part=DetailPart.FURTHER)
    notes: str = fact(Kind.PROSE, default="", searched=True, part=DetailPart.FURTHER)
    no_thank_you: bool = fact(Kind.FLAG, default=False, part=DetailPart.FURTHER)


@record(kw_only=True)
class Interview:
    """An appointment with an employer.

    ``starts_at`` is the naive wall time in ``timezone`` (``None``: the application's); ``fold`` 1 names the
    second of two equal wall times. It ends ``minutes`` elapsed minutes later.
    """

    id: str = fact(Kind.ID)
    kind: InterviewKind = fact(Kind.MEMBER, members=InterviewKind, default=InterviewKind.OTHER)
    starts_at: datetime = fact(Kind.WALL_TIME)
    timezone: str | None = fact(Kind.ZONE, default=None)
    fold: int = fact(Kind.FOLD, default=0)
    minutes: int = fact(Kind.MINUTES)
    location: str = fact(Kind.TEXT, default="", searched=True)
    interviewers: tuple[str, ...] = fact(Kind.REFERENCES, default=())
    cancelled: bool = fact(Kind.FLAG, default=False)
    debriefed_at: datetime | None = fact(Kind.INSTANT, default=None)
    process: str = fact(Kind.TEXT, default="", searched=True)
    reply_by: date | None = fact(Kind.DATE, default=None)
    no_date_given: bool = fact(Kind.FLAG, default=False)
    topics: str = fact(Kind.PROSE, default="", searched=True)
    notes: str = fact(Kind.PROSE, default="", searched=True)
    fit: int | None = fact(Kind.FIT, default=None)


@record(kw_only=True)
class Event:
    """Something that happened in an application, at an instant.

    ``reply_by`` is the date stated in a reply, a call that reached someone, or chosen by the user to wait
    until. ``from_stage`` and ``to_stage`` belong to events of kind ``stage``.
    """

    id: str = fact(Kind.ID)
    kind: EventKind = fact(Kind.MEMBER, members=EventKind)
    outcome: CallOutcome | None = fact(Kind.MEMBER, members=CallOutcome, default=None)
    at: datetime = fact(Kind.INSTANT)
    contact: str | None = fact(Kind.REFERENCE, default=None)
    interview: str | None = fact(Kind.REFERENCE, default=None)
    reply_by: date | None = fact(Kind.DATE, default=None)
    from_stage: Stage | None = fact(Kind.MEMBER, members=Stage, default=None, key="from")
    to_stage: Stage | None = fact(Kind.MEMBER, members=Stage, default=None, key="to")
    note: str = fact(Kind.PROSE, default="", searched=True)


@record(kw_only=True)
class Application:
    """One position at one employer, with all that happened about it."""

    id: str = fact(Kind.ID)
    employer: str = fact(Kind.NAME, searched=True, part=DetailPart.HEAD, column=1)
    role: str = fact(Kind.TEXT, searched=True, part=DetailPart.HEAD, column=2)
    stage: Stage = fact(Kind.MEMBER, members=Stage, part=DetailPart.HEAD, column=3)
    stage_at: datetime | None = fact(Kind.INSTANT, default=None)
    applied_on: date | None = fact(Kind.PAST_DATE, default=None, part=DetailPart.FURTHER, column=11)
    closes_on: date | None = fact(Kind.DATE, default=None, part=DetailPart.FURTHER, column=15)
    offer_expires_on: date | None = fact(Kind.DATE, default=None, part=DetailPart.FURTHER, column=17)
    timezone: str | None = fact(Kind.ZONE, default=None, part=DetailPart.FURTHER, column=20)
    country: str | None = fact(Kind.COUNTRY, default=None, part=DetailPart.FURTHER, column=21)
    channel: Channel = fact(
        Kind.MEMBER,
        members=(Channel.PHONE, Channel.EMAIL),
        default=Channel.PHONE,
        part=DetailPart.FURTHER,
        column=19,
    )
    do_not_contact: bool = fact(
        Kind.FLAG, default=False, part=DetailPart.FURTHER, after="priority", column=22
    )
    location: str = fact(Kind.TEXT, default="", searched=True, part=DetailPart.CHIPS, column=12)
    url: str = fact(Kind.LINK, default="", searched=True, part=DetailPart.CHIPS, after="salary", column=16)
    source: str = fact(Kind.TEXT, default="", searched=True, part=DetailPart.FURTHER, column=14)
    salary: str = fact(Kind.TEXT, default="", searched=True, part=DetailPart.CHIPS, column=13)
    resume: str = fact(Kind.TEXT, default="", searched=True, part=DetailPart.FURTHER, column=18)
    priority: int = fact(Kind.PRIORITY, default=0, part=DetailPart.FURTHER, column=9)
    fit: int | None = fact(Kind.FIT, default=None, part=DetailPart.TOP, column=8)
    tags: tuple[str, ...] = fact(Kind.TEXTS, default=(), searched=True, part=DetailPart.CHIPS, column=10)
    notes: str = fact(Kind.PROSE, default="", searched=True, part=DetailPart.NOTES, column=24)
    archived: bool = fact(Kind.FLAG, default=False, part=DetailPart.FURTHER, column=23)
    language: str | None = fact(
        Kind.LANGUAGE, default=None, part=DetailPart.FURTHER, after="channel", column=25, written_if_set=True
    )
    """Of the messages to them; ``None`` to go by the others to this employer, or the program."""
    contacts: tuple[str, ...] = fact(Kind.REFERENCES, default=())
    interviews: tuple[Interview, ...] = ()
    events: tuple[Event, ...] = ()


@record(kw_only=True)
class ContactMade:
    """When the user turned to an employer: the event, and the zone of its application."""

    at: datetime
    event: str
    timezone: str | None


@record(kw_only=True)
class Employer:
    """All applications to one employer, and the contacts they name, by id.

    Or those alone that the others could concern: then ``last_contact`` is that with any of them.
    """

    applications: tuple[Application, ...]
    contacts: Mapping[str, Contact] = field(default_factory=lambda: MappingProxyType({}))
    last_contact: ContactMade | None = None


@record(kw_only=True)
class Acceptance:
    """The offer the user took: when, and with which application."""

    at: datetime
    application: str


@record(kw_only=True)
class Reminder:
    """The user's own reminder: a wall time in ``timezone`` (``None``: the user's), perhaps repeating."""

    id: str = fact(Kind.ID)
    title: str = fact(Kind.NAME)
    at: datetime = fact(Kind.WALL_TIME)
    timezone: str | None = fact(Kind.ZONE, default=None)
    application: str | None = fact(Kind.REFERENCE, default=None)
    repeat: Repeat | None = fact(Kind.MEMBER, members=Repeat, default=None)
    done_at: datetime | None = fact(Kind.INSTANT, default=None)


@record(kw_only=True)
class SearchState:
    """What the user said of the search as a whole."""

    paused: bool = fact(Kind.FLAG, default=False)
    acknowledged_at: datetime | None = fact(Kind.INSTANT, default=None)


@record(kw_only=True)
class Choice:
    """What the user decided about one follow-up, by its key."""

    key: str = fact(Kind.KEY)
    made_at: datetime = fact(Kind.INSTANT)
    snoozed_until: datetime | None = fact(Kind.INSTANT, default=None)
    skipped: bool = fact(Kind.FLAG, default=False)


@record(kw_only=True)
class LastAnnouncement:
    """When a follow-up was last announced, and when it shall be once more."""

    key: str = fact(Kind.KEY)
    announced_at: datetime | None = fact(Kind.INSTANT, default=None)
    again_at: datetime | None = fact(Kind.INSTANT, default=None)


class Thing(StrEnum):
    """What the trash can hold."""

    APPLICATION = "application"
    CONTACT = "contact"


@record(kw_only=True)
class TrashEntry:
    """One thing in the trash, under a title to know it by, and since when it is there.

    ``run_days`` counts the days on which the program ran since it was first seen there.
    """

    kind: Thing
    id: str
    title: str
    trashed_at: datetime
    run_days: int


@record(kw_only=True)
class Facts:
    """Everything the user entered, as one value: what an interchange file holds."""

    policy: Policy = field(default_factory=Policy)
    search: SearchState = field(default_factory=SearchState)
    contacts: tuple[Contact, ...] = ()
    applications: tuple[Application, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    choices: tuple[Choice, ...] = ()
    announced: tuple[LastAnnouncement, ...] = ()


SkippedDays = tuple[tuple[date, str], ...]
"""Days that were passed over, each with the reason."""


@record(kw_only=True)
class Step:
    """One step of a follow-up's arithmetic; only what the step needs is set.

    ``skipped`` names the days passed over and why: ``weekend``, ``holiday``, ``away`` or a weekday's name.
    ``source`` is the id of the fact the step rests on.
    """

    kind: StepKind
    tip: int | None = None
    source: str | None = None
    date: date | None = None
    instant: datetime | None = None
    zone: str | None = None
    n: int | None = None
    skipped: SkippedDays = ()


@record(kw_only=True)
class FollowUp:
    """One thing to do, with its times and the reasons for them.

    It is shown as open from ``opens_at``, announced first at ``due_at`` and again at each of ``remind_at``,
    late after ``deadline_at``, gone from the lists from ``expires_at`` on.
    """

    rule: Rule
    key: str
    application: str | None
    interview: str | None
    contact: str | None
    channel: Channel
    opens_at: datetime
    due_at: datetime
    remind_at: tuple[datetime, ...] = ()
    deadline_at: datetime | None = None
    expires_at: datetime | None = None
    because: tuple[Step, ...] = ()


def employer_key(name: str) -> str:
    """The form in which two names of one employer are equal: NFKC, case folded, white space collapsed."""
    if name.isascii():  # as most are: to keep the keys of an import, which come in no order, takes longer
        return " ".join(name.lower().split())
    return _employer_key(name)


@lru_cache(maxsize=4_000)
def _employer_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def make_key(rule: Rule, *parts: str | date | int) -> str:
    """The key of a follow-up: its rule's name, the id of what it is about, and what tells it from others.

    They are joined by ``/``, with ``%`` and ``/`` escaped inside each part. A file may bring a choice under
    any other text, which is of no rule and about nothing.
    """
    return "/".join([rule, *[str(part).replace("%", "%25").replace("/", "%2F") for part in parts]])


def key_prefix(rule: Rule, *parts: str | date | int) -> str:
    """What every key begins with that has these parts and more."""
    return f"{make_key(rule, *parts)}/"


def key_parts(key: str) -> tuple[str, ...]:
    """The parts of a key after the name of its rule."""
    return tuple(part.replace("%2F", "/").replace("%25", "%") for part in key.split("/")[1:])


def rule_in(key: str) -> Rule | None:
    """The rule of a key, if it names one."""
    name = key.partition("/")[0]
    return next((rule for rule in Rule if rule == name), None)


def id_in(key: str) -> str:
    """The id of the application or of the reminder that a key is about; empty where it tells none."""
    return next(iter(key_parts(key)), "")
