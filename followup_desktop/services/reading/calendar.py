"""The calendar's pages: interviews and follow-ups by day where the user is, and what those days are."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from followup_desktop.domain.agenda import is_open, state_at, valid_choice
from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    FollowUpState,
    InterviewKind,
    Policy,
    Rule,
)
from followup_desktop.domain.worktime import DAY, MINUTE, at, date_of, local
from followup_desktop.i18n import _, format_series, ngettext
from followup_desktop.services.reading.days import marks_of
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.storage.store import InterviewInstants, Store

WEEK_DAYS = 7
LONGEST_INTERVIEW = 1440 * MINUTE
_NEAR = 7 * DAY
_TONES = {FollowUpState.LATE: Tone.LATE, FollowUpState.DUE: Tone.NOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarInterview:
    """An interview in the calendar. ``zone_name`` is its own, ``employer_zone`` that of its application.

    ``clashes`` names what it overlaps.
    """

    id: str
    application: str
    starts_at: datetime
    ends_at: datetime
    employer: str
    role: str
    kind: InterviewKind
    zone_name: str
    employer_zone: str
    is_over: bool
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Another interview at the same time: whose, and from when until when."""

    interview: str
    employer: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFollowUp:
    """A follow-up in the calendar, at its due time or, while it rests, at the end of its rest.

    ``earliest`` is its due time, before which it can't be put; ``tone`` is ``Tone.LATE`` past its deadline;
    ``waits`` says what it has to wait for, if another enquiry at its employer comes first.
    """

    key: str
    rule: Rule
    channel: Channel
    application: str | None
    at: datetime
    earliest: datetime
    title: str
    short_title: str
    employer: str
    state: FollowUpState
    tone: Tone
    is_open: bool
    waits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """A change of the clocks: at minute ``at`` of the day they go forward, or if negative back, ``minutes``.

    The minutes from ``at`` on do not exist where they go forward; where they go back, those before ``at``
    come twice.
    """

    at: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day where the user is, from ``starts_at`` up to ``ends_at``.

    ``holiday`` is its name in the policy's country; ``no_calls`` a weekday on which nobody is called (tip 4).
    An interview over midnight stands in both days.
    """

    day: date
    starts_at: datetime
    ends_at: datetime
    is_weekend: bool
    holiday: str | None
    is_away: bool
    no_calls: bool
    clock_change: ClockChange | None
    interviews: tuple[CalendarInterview, ...]
    follow_ups: tuple[CalendarFollowUp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """Some days in a row, as seen at one instant; ``zone_name`` is the user's."""

    zone_name: str
    today: date
    now: datetime
    days: tuple[CalendarDay, ...]

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    @property
    def length(self) -> timedelta:
        """The time from the first day's start to the last one's end; a week has 167 to 169 hours."""
        return self.days[-1].ends_at - self.days[0].starts_at

    @property
    def interviews(self) -> tuple[CalendarInterview, ...]:
        """Each interview once, by its start."""
        return tuple({i.id: i for each in self.days for i in each.interviews}.values())

    @property
    def follow_ups(self) -> tuple[CalendarFollowUp, ...]:
        return tuple(follow_up for each in self.days for follow_up in each.follow_ups)


class CalendarPages:
    """Reads the calendar from the store, only ever the days asked for; nothing here writes."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)

    def zone(self) -> str:
        """The user's zone."""
        return self._store.policy().timezone

    def week(self, day: date, first_weekday: int, now: datetime) -> CalendarPage:
        """The week around a day; ``first_weekday`` is a ``date.weekday()`` number."""
        first = week_start(day, first_weekday)
        return self.days(first, first + (WEEK_DAYS - 1) * DAY, now)

    def month(self, day: date, first_weekday: int, now: datetime) -> CalendarPage:
        """The whole weeks that the month of a day touches."""
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        first = week_start(day.replace(day=1), first_weekday)
        return self.days(first, week_start(last, first_weekday) + (WEEK_DAYS - 1) * DAY, now)

    def days(self, first: date, last: date, now: datetime) -> CalendarPage:
        """The days from the first to the last, both included."""
        policy = self._store.policy()
        bounds = [at(first + n * DAY, time(), policy.timezone) for n in range((last - first).days + 2)]
        interviews = self._interviews(bounds[0], bounds[-1], policy, now)
        follow_ups = self._follow_ups(bounds[0], bounds[-1], policy, now)
        return CalendarPage(
            zone_name=policy.timezone,
            today=date_of(now, policy.timezone),
            now=now,
            days=tuple(
                self._day(first + n * DAY, (bounds[n], bounds[n + 1]), policy, interviews, follow_ups)
                for n in range(len(bounds) - 1)
            ),
        )

    def clashes_of(
        self, starts_at: datetime, ends_at: datetime, interview: str | None = None
    ) -> tuple[Clash, ...]:
        """The interviews that go on at some instant of that span, by start; ``interview`` is left out.

        One that ends when the other starts does not clash; a cancelled or archived one never does.
        """
        found = [
            each
            for each in self._store.interviews_between(starts_at - LONGEST_INTERVIEW, ends_at)
            if each.interview != interview and _overlap(each, starts_at, ends_at)
        ]
        employers = {a.id: a.employer for a in self._store.applications({i.application for i in found})}
        return tuple(_clash(each, employers) for each in found)

    def clash_warning(self, starts_at: datetime, ends_at: datetime, interview: str | None = None) -> str:
        """What an interview at that time would overlap, in a sentence; empty if nothing."""
        clashes = self.clashes_of(starts_at, ends_at, interview)
        zone_name = self._store.policy().timezone
        if not clashes:
            return ""
        clock = self._wording.when.clock
        # Translators: an interview in a list of them: “Acme 10:00–11:00”.
        text = _("{employer} {start}–{end}")
        spans = format_series(
            text.format(
                employer=each.employer,
                start=clock(each.starts_at, zone_name),
                end=clock(each.ends_at, zone_name),
            )
            for each in clashes
        )
        return ngettext(
            "Overlaps the interview at {what}.", "Overlaps the interviews at {what}.", len(clashes)
        ).format(what=spans)

    def upcoming(self, now: datetime) -> int:
        """How many interviews are still to end within the next seven days: the number on the sidebar."""
        near = self._store.interviews_between(now - LONGEST_INTERVIEW, now + _NEAR)
        return sum(each.ends_at > now for each in near)

    def _day(
        self,
        day: date,
        bounds: tuple[datetime, datetime],
        policy: Policy,
        interviews: Sequence[CalendarInterview],
        follow_ups: Sequence[CalendarFollowUp],
    ) -> CalendarDay:
        start, end = bounds
        marks = marks_of(day, policy)
        return CalendarDay(
            day=day,
            starts_at=start,
            ends_at=end,
            is_weekend=day.weekday() >= 5,
            holiday=marks.holiday,
            is_away=marks.is_away,
            no_calls=marks.no_calls,
            clock_change=_clock_change(start, end, policy.timezone),
            interviews=tuple(i for i in interviews if i.starts_at < end and i.ends_at > start),
            follow_ups=tuple(f for f in follow_ups if start <= f.at < end),
        )

    def _interviews(
        self, first: datetime, end: datetime, policy: Policy, now: datetime
    ) -> list[CalendarInterview]:
        # What overlaps an interview of the range can have begun a day before it, and what is shown too.
        near = self._store.interviews_between(first - 2 * LONGEST_INTERVIEW, end + LONGEST_INTERVIEW)
        applications = {a.id: a for a in self._store.applications({i.application for i in near})}
        employers = {a.id: a.employer for a in applications.values()}
        return [
            _interview(each, applications[each.application], policy, now, _clashes(each, near, employers))
            for each in near
            if each.starts_at < end and each.ends_at > first
        ]

    def _follow_ups(
        self, first: datetime, end: datetime, policy: Policy, now: datetime
    ) -> list[CalendarFollowUp]:
        listed = self._store.follow_ups_between(first, end, now)
        subjects = self._subjects.of([follow_up for follow_up, _ in listed], policy, now)
        return [
            self._follow_up(subject, choice, now)
            for subject, (_, choice) in zip(subjects, listed, strict=True)
        ]

    def _follow_up(self, subject: Subject, choice: Choice | None, now: datetime) -> CalendarFollowUp:
        follow_up = subject.follow_up
        chosen = valid_choice(choice, follow_up)
        rests_until = chosen.snoozed_until if chosen is not None else None
        state, first = state_at(follow_up, choice, now), subject.waits_for
        return CalendarFollowUp(
            key=follow_up.key,
            rule=follow_up.rule,
            channel=follow_up.channel,
            application=follow_up.application,
            at=rests_until or follow_up.due_at,
            earliest=follow_up.due_at,
            title=self._wording.title(subject),
            short_title=self._wording.short_title(subject),
            employer=subject.employer,
            state=state,
            tone=Tone.NEUTRAL if first else _TONES.get(state, Tone.NEUTRAL),
            is_open=is_open(follow_up, choice, now),
            waits=self._wording.waits(first) if first else "",
        )


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week around a day."""
    return day - (day.weekday() - first_weekday) % WEEK_DAYS * DAY


def _interview(
    instants: InterviewInstants,
    application: Application,
    policy: Policy,
    now: datetime,
    clashes: tuple[Clash, ...],
) -> CalendarInterview:
    interview = next(i for i in application.interviews if i.id == instants.interview)
    start, end = interview_span(interview, application, policy)
    return CalendarInterview(
        id=interview.id,
        application=application.id,
        starts_at=start,
        ends_at=end,
        employer=application.employer,
        role=application.role,
        kind=interview.kind,
        zone_name=interview.timezone or application.timezone or policy.timezone,
        employer_zone=application.timezone or policy.timezone,
        is_over=end <= now,
        clashes=clashes,
    )


def _overlap(other: InterviewInstants, starts_at: datetime, ends_at: datetime) -> bool:
    return other.starts_at < ends_at and other.ends_at > starts_at


def _clashes(
    one: InterviewInstants, others: Sequence[InterviewInstants], employers: dict[str, str]
) -> tuple[Clash, ...]:
    return tuple(
        _clash(other, employers)
        for other in others
        if other.interview != one.interview and _overlap(other, one.starts_at, one.ends_at)
    )


def _clash(other: InterviewInstants, employers: dict[str, str]) -> Clash:
    return Clash(
        interview=other.interview,
        employer=employers[other.application],
        starts_at=other.starts_at,
        ends_at=other.ends_at,
    )


def _clock_change(start: datetime, end: datetime, zone_name: str) -> ClockChange | None:
    """When the clocks change between two midnights, to the minute, if they do."""
    before = local(start, zone_name).utcoffset()
    if before == local(end - MINUTE, zone_name).utcoffset():
        return None
    low, high = 0, (end - start) // MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        same = local(start + middle * MINUTE, zone_name).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    after = local(start + high * MINUTE, zone_name).utcoffset()
    first = local(start, zone_name)
    shift = ((after or timedelta()) - (before or timedelta())) // MINUTE
    return ClockChange(at=first.hour * 60 + first.minute + high, minutes=shift)
