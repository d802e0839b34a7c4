"""The calendar's pages: interviews and follow-ups by day where the user is, and what those days are."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, chain, islice, pairwise

from followup_desktop.domain.agenda import is_open, state_at, valid_choice
from followup_desktop.domain.model import (
    Channel,
    Choice,
    FollowUp,
    FollowUpState,
    InterviewKind,
    Policy,
    Rule,
)
from followup_desktop.domain.worktime import DAY, MINUTE, SECOND, at, date_of, local
from followup_desktop.i18n import _, format_number, format_series, ngettext
from followup_desktop.services.reading.days import marks_of
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.storage.plans import InterviewTimes, PlacedInterview
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import instant, seconds

WEEK_DAYS = 7
LONGEST_INTERVIEW = 1440 * MINUTE
AT_MOST = 4
"""So many entries of each day a week or month has, unless more are asked for."""
CLASHES_NAMED = 5
"""So many of those that overlap an interview are named; of thousands at one hour it would be millions."""
_NEAR = 7 * DAY
_TONES = {FollowUpState.LATE: Tone.LATE, FollowUpState.DUE: Tone.NOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarInterview:
    """An interview in the calendar. ``zone_name`` is its own, ``employer_zone`` that of its application.

    ``clashes`` names what it overlaps, by start; ``more_clashes`` is how many there are beyond these.
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
    more_clashes: int = 0


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
    An interview over midnight stands in both days. ``interviews`` and ``follow_ups`` are the first of as
    many as the counts say; so many interviews as ``overlap_count`` overlap another, and aren't over.
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
    interview_count: int
    follow_up_count: int
    overlap_count: int

    @property
    def count(self) -> int:
        """How much it holds."""
        return self.interview_count + self.follow_up_count


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """Some days in a row, as seen at one instant; ``zone_name`` is the user's.

    ``interview_count`` and ``overlap_count`` are those of all days, each interview once. The days have only
    their first ``at_most`` entries, if it isn't ``None``.
    """

    zone_name: str
    today: date
    now: datetime
    days: tuple[CalendarDay, ...]
    interview_count: int
    overlap_count: int
    at_most: int | None = None

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
        """Each interview once, by its start, of those that the days have."""
        return tuple({i.id: i for each in self.days for i in each.interviews}.values())

    @property
    def follow_ups(self) -> tuple[CalendarFollowUp, ...]:
        return tuple(follow_up for each in self.days for follow_up in each.follow_ups)

    @property
    def follow_up_count(self) -> int:
        return sum(each.follow_up_count for each in self.days)


class CalendarPages:
    """Reads the calendar from the store, only ever the days asked for; nothing here writes."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)

    def zone(self) -> str:
        """The user's zone."""
        return self._store.policy().timezone

    def week(
        self, day: date, first_weekday: int, now: datetime, at_most: int | None = AT_MOST
    ) -> CalendarPage:
        """The week around a day; ``first_weekday`` is a ``date.weekday()`` number.

        ``at_most`` is of the follow-ups alone: interviews stand side by side, so all are there.
        """
        first = week_start(day, first_weekday)
        return self._page(first, first + (WEEK_DAYS - 1) * DAY, now, None, at_most)

    def month(
        self, day: date, first_weekday: int, now: datetime, at_most: int | None = AT_MOST
    ) -> CalendarPage:
        """The whole weeks that the month of a day touches, with the first so many entries of each day."""
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        first = week_start(day.replace(day=1), first_weekday)
        end = week_start(last, first_weekday) + (WEEK_DAYS - 1) * DAY
        return self.days(first, end, now, at_most)

    def days(self, first: date, last: date, now: datetime, at_most: int | None = None) -> CalendarPage:
        """The days from the first to the last, both included, with the first so many entries of each."""
        return self._page(first, last, now, at_most, at_most)

    def stands_at(self, key: str) -> datetime | None:
        """Where a follow-up stands in the calendar, if it is still there."""
        follow_up = self._store.follow_up(key)
        return None if follow_up is None else _stands_at(follow_up, self._store.choice(key))

    def clashes_of(
        self, starts_at: datetime, ends_at: datetime, interview: str | None = None
    ) -> tuple[Clash, ...]:
        """The interviews that go on at some instant of that span, by start; ``interview`` is left out.

        One that ends when the other starts does not clash; a cancelled or archived one never does.
        """
        return self._named(self._overlapping(starts_at, ends_at, interview))

    def clash_warning(self, starts_at: datetime, ends_at: datetime, interview: str | None = None) -> str:
        """What an interview at that time would overlap, in a sentence; empty if nothing."""
        found = self._overlapping(starts_at, ends_at, interview)
        if not found:
            return ""
        zone_name, clock = self.zone(), self._wording.when.clock
        # Translators: an interview in a list of them: “Acme 10:00–11:00”.
        text = _("{employer} {start}–{end}")
        spans = [
            text.format(
                employer=each.employer,
                start=clock(each.starts_at, zone_name),
                end=clock(each.ends_at, zone_name),
            )
            for each in self._named(found[:CLASHES_NAMED])
        ]
        if more := len(found) - len(spans):
            spans.append(ngettext("{n} more", "{n} more", more).format(n=format_number(more)))
        return ngettext(
            "Overlaps the interview at {what}.", "Overlaps the interviews at {what}.", len(found)
        ).format(what=format_series(spans))

    def upcoming(self, now: datetime) -> int:
        """How many interviews are still to end within the next seven days: the number on the sidebar."""
        return self._store.count_interviews_to_end(now - LONGEST_INTERVIEW, now + _NEAR, now)

    def _overlapping(
        self, starts_at: datetime, ends_at: datetime, interview: str | None
    ) -> list[InterviewTimes]:
        begin, end = seconds(starts_at), seconds(ends_at)
        return [
            each
            for each in self._store.interview_times(starts_at - LONGEST_INTERVIEW, ends_at)
            if each.interview != interview and each.starts_at < end and each.ends_at > begin
        ]

    def _named(self, spans: Collection[InterviewTimes]) -> tuple[Clash, ...]:
        placed = self._store.placed_interviews([each.interview for each in spans])
        return tuple(_clash(each, placed) for each in spans)

    def _page(
        self, first: date, last: date, now: datetime, interviews: int | None, follow_ups: int | None
    ) -> CalendarPage:
        """These days; each has at most so many interviews and so many follow-ups, besides their counts."""
        policy = self._store.policy()
        bounds = [at(first + n * DAY, time(), policy.timezone) for n in range((last - first).days + 2)]
        held = self._interviews(bounds, policy, now, interviews)
        planned = self._follow_ups(bounds, policy, now, follow_ups)
        all_held = set().union(*held.days)
        days = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            day = first + number * DAY
            marks = marks_of(day, policy)
            count, listed = planned[number]
            days.append(
                CalendarDay(
                    day=day,
                    starts_at=start,
                    ends_at=end,
                    is_weekend=day.weekday() >= 5,
                    holiday=marks.holiday,
                    is_away=marks.is_away,
                    no_calls=marks.no_calls,
                    clock_change=_clock_change(start, end, policy.timezone),
                    interviews=held.listed[number],
                    follow_ups=listed,
                    interview_count=len(held.days[number]),
                    follow_up_count=count,
                    overlap_count=sum(map(held.overlaps.__contains__, held.days[number])),
                )
            )
        return CalendarPage(
            zone_name=policy.timezone,
            today=date_of(now, policy.timezone),
            now=now,
            days=tuple(days),
            interview_count=len(all_held),
            overlap_count=len(held.overlaps & all_held),
            at_most=follow_ups,
        )

    def _interviews(
        self, bounds: Sequence[datetime], policy: Policy, now: datetime, at_most: int | None
    ) -> _InterviewPage:
        # What overlaps an interview of the range can have begun a day before it, and what is shown too.
        near = self._store.interview_times(bounds[0] - 2 * LONGEST_INTERVIEW, bounds[-1] + LONGEST_INTERVIEW)
        times = _Timetable(near)
        days = [times.within(seconds(start), seconds(end)) for start, end in pairwise(bounds)]
        wanted = {place for each in days for place in each[:at_most]}
        named = {place: times.overlapping(place) for place in wanted}
        ids = {near[place].interview for place in chain(wanted, *named.values())}
        placed = self._store.placed_interviews(ids)
        clashes = {place: _clash(near[place], placed) for place in set(chain(*named.values()))}
        made = {
            place: _interview(
                near[place],
                placed[near[place].interview],
                (tuple(clashes[other] for other in named[place]), times.number(place)),
                policy,
                now,
            )
            for place in wanted
        }
        moment = seconds(now)
        ahead = (place for place in set(chain(*days)) if times.ends[place] > moment)
        return _InterviewPage(
            days=days,
            listed=[tuple(made[place] for place in each[:at_most]) for each in days],
            overlaps={place for place in ahead if times.number(place)},
        )

    def _follow_ups(
        self, bounds: Sequence[datetime], policy: Policy, now: datetime, at_most: int | None
    ) -> list[tuple[int, tuple[CalendarFollowUp, ...]]]:
        """Of each day how many there are, and the first so many."""
        days = self._store.calendar_days(bounds, now, at_most)
        listed = [each for _count, some in days for each in some]
        subjects = self._subjects.of([follow_up for follow_up, _choice in listed], policy, now)
        made = iter(
            [
                self._follow_up(subject, choice, now)
                for subject, (_, choice) in zip(subjects, listed, strict=True)
            ]
        )
        return [(count, tuple(islice(made, len(some)))) for count, some in days]

    def _follow_up(self, subject: Subject, choice: Choice | None, now: datetime) -> CalendarFollowUp:
        follow_up = subject.follow_up
        state, first = state_at(follow_up, choice, now), subject.waits_for
        return CalendarFollowUp(
            key=follow_up.key,
            rule=follow_up.rule,
            channel=follow_up.channel,
            application=follow_up.application,
            at=_stands_at(follow_up, choice),
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


def _stands_at(follow_up: FollowUp, choice: Choice | None) -> datetime:
    """At the end of its rest, or when it is due."""
    chosen = valid_choice(choice, follow_up)
    return (chosen.snoozed_until if chosen is not None else None) or follow_up.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class _InterviewPage:
    """The interviews of some days, by their places among those near: all of each day, and the first ones.

    ``overlaps`` are the places of those that overlap another and aren't over.
    """

    days: Sequence[Sequence[int]]
    listed: Sequence[tuple[CalendarInterview, ...]]
    overlaps: set[int]


class _Timetable:
    """Interviews by their start, looked through by bisection: by pairs, a week of 800 took 40 ms."""

    def __init__(self, times: Sequence[InterviewTimes]) -> None:
        self._starts = [each.starts_at for each in times]
        self.ends = [each.ends_at for each in times]
        self._ended = sorted(self.ends)
        self._reached = list(accumulate(self.ends, max))

    def within(self, begin: int, end: int) -> Sequence[int]:
        """The places of those that go on in that span."""
        first, last = bisect_left(self._starts, begin), bisect_left(self._starts, end)
        before = range(bisect_left(self._starts, begin - LONGEST_INTERVIEW // SECOND), first)
        return [*(place for place in before if self.ends[place] > begin), *range(first, last)]

    def number(self, place: int) -> int:
        """How many others one overlaps: those that begin before it ends, but for what has ended by then."""
        start, end = self._starts[place], self.ends[place]
        return bisect_left(self._starts, end) - bisect_right(self._ended, start) - 1

    def overlapping(self, place: int) -> Sequence[int]:
        """The places of the first that one overlaps."""
        start, end = self._starts[place], self.ends[place]
        near = range(bisect_right(self._reached, start), bisect_left(self._starts, end))
        others = (other for other in near if other != place and self.ends[other] > start)
        return list(islice(others, CLASHES_NAMED))


def _interview(
    times: InterviewTimes,
    one: PlacedInterview,
    clashes: tuple[tuple[Clash, ...], int],
    policy: Policy,
    now: datetime,
) -> CalendarInterview:
    named, number = clashes
    end = instant(times.ends_at)
    return CalendarInterview(
        id=times.interview,
        application=one.application,
        starts_at=instant(times.starts_at),
        ends_at=end,
        employer=one.employer,
        role=one.role,
        kind=one.kind,
        zone_name=one.zone_name or one.employer_zone or policy.timezone,
        employer_zone=one.employer_zone or policy.timezone,
        is_over=end <= now,
        clashes=named,
        more_clashes=number - len(named),
    )


def _clash(other: InterviewTimes, placed: Mapping[str, PlacedInterview]) -> Clash:
    return Clash(
        interview=other.interview,
        employer=placed[other.interview].employer,
        starts_at=instant(other.starts_at),
        ends_at=instant(other.ends_at),
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
