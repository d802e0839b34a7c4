"""What the views show, as plain values: rows ready to be painted, with nothing left to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.meeting import MeetingLink
from followup_desktop.domain.model import (
    Application,
    Channel,
    Contact,
    FollowUp,
    FollowUpState,
    Rule,
)
from followup_desktop.domain.rules.table import row_of
from followup_desktop.services.rows.columns import NEXT
from followup_desktop.storage.listing import ColumnFacts


class TodaySection(StrEnum):
    """The parts of Today, in their order."""

    LATE = "late"
    NOW = "now"
    TODAY = "today"
    NEXT_7_DAYS = "next_7_days"
    LATER = "later"
    SNOOZED = "snoozed"
    MISSED = "missed"


class Tone(StrEnum):
    """How urgent a chip looks; its words say the same."""

    LATE = "late"
    NOW = "now"
    WELL = "well"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One follow-up as a row: what to do, for whom, how long, and what may be answered.

    ``title`` says what and who ("Thank Ana Ruiz"), ``detail`` where and why now ("Acme · Data Engineer — you
    talked about streaming"), ``chip`` how long ("18 h left", "until 12:00", "not on Mondays: Tue 10:00").
    ``answers`` is empty for a row that is neither open nor was missed; the first is the strong one, but where
    it ``waits_for`` another enquiry at its employer, of which that is the key.
    """

    key: str
    rule: Rule
    state: FollowUpState
    section: TodaySection
    title: str
    detail: str
    chip: str
    tone: Tone
    channel: Channel
    application: str | None
    interview: str | None
    contact: str | None
    due_at: datetime
    is_open: bool
    answers: tuple[Answer, ...]
    waits_for: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is a reminder of the user's own."""
        return row_of(self.rule).own


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpGroup:
    """Many follow-ups of one rule in one section, shown as one row that opens a review list.

    ``keys`` names them all in their order, ``rows`` shows the first of them: one at least, or as many as were
    asked for. ``tone`` is that of all, or neutral; ``answers`` those that all of them have, if all are open.
    """

    rule: Rule
    section: TodaySection
    title: str
    detail: str
    tone: Tone
    keys: tuple[str, ...]
    all_open: bool
    answers: tuple[Answer, ...]
    rows: tuple[FollowUpRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayCounts:
    """How many follow-ups are open, and when the next reminder comes, in words, if one does."""

    open_count: int
    next_reminder: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The reminder view: the one thing to do, then its sections in order, none of them empty.

    ``first`` is what can be done now and ends first; the sections have all the others.
    ``summary`` is the line below the title ("Wednesday 14 October · 4 follow-ups, 1 interview");
    ``next_reminder`` says when the next one comes, or ``None``; ``open_count`` is the number on the sidebar;
    ``hidden_later`` counts rows of the last sections that were left out of ``sections``, and ``to_come`` what
    is still to follow because fewer rows were asked for. ``meeting`` is the preparation, answered or put off,
    of an interview that goes on or begins soon, or today if there is no ``first``.
    """

    summary: str
    first: FollowUpRow | None
    sections: tuple[tuple[TodaySection, tuple[FollowUpRow | FollowUpGroup, ...]], ...]
    open_count: int
    next_reminder: str | None
    hidden_later: int
    to_come: int = 0
    meeting: FollowUpRow | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing can be done now but to read kind words."""
        now = (
            row
            for section, rows in self.sections
            if section in (TodaySection.LATE, TodaySection.NOW)
            for row in rows
        )
        return self.first is None and all(row_of(row.rule).kind_words for row in now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer to *Why this reminder?*: the tip in a sentence, then the steps in words."""

    heading: str
    lines: tuple[str, ...]
    joins: tuple[MeetingLink, ...] = ()
    """The meetings that can be joined."""


class StageFilter(StrEnum):
    """The filters above the table of applications."""

    ACTIVE = "active"
    SAVED = "saved"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    CLOSED = "closed"
    ARCHIVED = "archived"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickFilters:
    """What an application has to be besides, to be in the table: all that is given here.

    It has all these tags, at least that fit (or ``NOT_RATED``), nothing has been logged for so many days, and
    its next follow-up is such a step.
    """

    tags: tuple[str, ...] = ()
    fit: int | None = None
    quiet_days: int | None = None
    next_step: NextStep | None = None

    @property
    def any(self) -> bool:
        """Whether anything is filtered out by them."""
        return self != NO_FILTERS


NO_FILTERS = QuickFilters()
SOON_DAYS = 7
"""How many days ``NextStep.SOON`` looks ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationQuery:
    """Which applications the table shows, and in what order: by the column of that name."""

    stage_filter: StageFilter = StageFilter.ACTIVE
    quick: QuickFilters = NO_FILTERS
    text: str = ""
    order_by: str = NEXT
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow(ColumnFacts):
    """One application as a row of the table; days are counted in the user's zone."""

    id: str
    next_text: str
    next_tone: Tone
    waiting_days: int | None
    quiet_days: int | None
    last_contact: date | None
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedFollowUp:
    """A follow-up that expired before it was done; ``is_done``: it was later, all the same."""

    follow_up: FollowUp
    is_done: bool


UNLOGGED = frozenset({"interview", "missed", "applied"})
"""The kinds of entries of a timeline that are no events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened, newest first in the timeline.

    ``kind`` is an event kind, ``interview``, or one of two that are not stored: ``missed`` for what was not
    done in time, its id the follow-up's key; ``applied`` for the day that the application itself names.
    """

    id: str
    kind: str
    title: str
    when: str
    note: str
    at: datetime
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRow:
    """One interview of the detail: "Wed 14 Oct 10:00–11:00 · onsite · Ana Ruiz, Tom Berg"."""

    id: str
    text: str
    is_over: bool
    cancelled: bool
    join: MeetingLink | None = None
    """The meeting, while it can be joined."""


@dataclass(frozen=True, slots=True)
class StatedReply:
    """The day by which they said they'd answer, and the id of the interview or event in which they did."""

    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDetail:
    """Everything that the detail shows of one application."""

    application: Application
    contacts: tuple[Contact, ...]
    interviews: tuple[InterviewRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    timeline: tuple[TimelineEntry, ...]
    contacts_made: int
    stated_reply: StatedReply | None
    subtitle: str
