"""The calendar's pages: interviews and follow-ups by day where the user is, and what those days are."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import accumulate, chain, islice, pairwise
from typing import NamedTuple, TypeAlias

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
from followup_desktop.storage.tables import NEVER, instant, seconds

WEEK_DAYS = 7
LONGEST_INTERVIEW = 1440 * MINUTE
AT_MOST = 4
"""So many entries of each day a week or month has, unless more are asked for."""
CLASHES_NAMED = 5
"""So many of those that overlap an interview are named; of thousands at one hour it would be millions."""
InterviewSpan: TypeAlias = InterviewTimes
"""From when until when an interview goes on: all that is asked of one that finds no room."""
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


class Clash(NamedTuple):
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
    An interview over midnight stands in both days. ``spans`` are those of all its interviews, by start;
    ``interviews`` are those of them that were asked for, and ``follow_ups`` the first of as many as the
    count says. So many interviews as ``overlap_count`` overlap another, and aren't over.
    """

    day: date
    starts_at: datetime
    ends_at: datetime
    is_weekend: bool
    holiday: str | None
    is_away: bool
    no_calls: bool
    clock_change: ClockChange | None
    spans: tuple[InterviewSpan, ...]
    interviews: tuple[CalendarInterview, ...]
    follow_ups: tuple[CalendarFollowUp, ...]
    follow_up_count: int
    overlap_count: int

    @property
    def interview_count(self) -> int:
        return len(self.spans)

    @property
    def count(self) -> int:
        """How much it holds."""
        return self.interview_count + self.follow_up_count


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """Some days in a row, as seen at one instant; ``zone_name`` is the user's.

    ``interview_count`` and ``overlap_count`` are those of all days, each interview once. The days have only
    their first ``at_most`` entries, if it isn't ``None``, but in a week the interviews that were asked for.
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


Shown: TypeAlias = Callable[[Sequence[CalendarDay], str], Sequence[Iterable[int]]]
"""Which interviews of each day are to be shown, in this zone of the user's: their places among its spans."""
_Planned: TypeAlias = tuple[FollowUp, Choice | None]


class CalendarPages:
    """Reads the calendar from the store, only ever the days asked for; nothing here writes."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)
        self._times = _Timetable((), "")
        self._interviews: dict[int, CalendarInterview] = {}
        """Interviews of these times that were asked for, by their places."""
        self._days: dict[date, CalendarDay] = {}
        """The days of the page that was read last."""

    def zone(self) -> str:
        """The user's zone."""
        return self._store.policy().timezone

    def week(
        self,
        day: date,
        first_weekday: int,
        now: datetime,
        at_most: int | None = AT_MOST,
        shown: Shown | None = None,
    ) -> CalendarPage:
        """The week around a day; ``first_weekday`` is a ``date.weekday()`` number.

        ``at_most`` is of the follow-ups alone. Interviews stand side by side, so which of a day are there is
        for ``shown`` to say, or else all are.
        """
        first = week_start(day, first_weekday)
        return self._page(first, first + (WEEK_DAYS - 1) * DAY, now, at_most, shown or _all_of)

    def month(
        self, day: date, first_weekday: int, now: datetime, at_most: int | None = AT_MOST
    ) -> CalendarPage:
        """The whole weeks that the month of a day touches, with the first so many entries of each day."""
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        first = week_start(day.replace(day=1), first_weekday)
        end = week_start(last, first_weekday) + (WEEK_DAYS - 1) * DAY
        return self.days(first, end, now, at_most)

    def days(self, first: date, last: date, now: datetime, at_most: int | None = None) -> CalendarPage:
        """The days from the first to the last, both included, with the first so many entries of each.

        Of an interview and a follow-up at the same time, the interview is the first.
        """
        return self._page(first, last, now, at_most)

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
        employers = self._store.employers({each.application for each in spans})
        moments = {at: instant(at) for at in set(chain(*(each[2:] for each in spans)))}  # few hours
        return tuple(
            Clash(each.interview, employers[each.application], moments[each.starts_at], moments[each.ends_at])
            for each in spans
        )

    def _page(
        self, first: date, last: date, now: datetime, at_most: int | None, shown: Shown | None = None
    ) -> CalendarPage:
        """These days, each with its first so many entries; or follow-ups, and the interviews to be shown."""
        policy = self._store.policy()
        bounds = [at(first + n * DAY, time(), policy.timezone) for n in range((last - first).days + 2)]
        # What overlaps an interview of the range can have begun a day before it, and what is shown too.
        times = self._timetable(bounds[0] - 2 * LONGEST_INTERVIEW, bounds[-1] + LONGEST_INTERVIEW, policy)
        held = [times.within(seconds(start), seconds(end)) for start, end in pairwise(bounds)]
        overlapping = times.overlapping(seconds(now))
        counted = self._store.calendar_days(bounds, now, at_most)
        listed = [some for _count, some in counted]
        if shown is None:
            starts = [[times.starts[place] for place in each[:at_most]] for each in held]
            numbers = list(map(partial(_firsts, at_most=at_most), starts, listed))
            listed = [some[:number] for some, (_, number) in zip(listed, numbers, strict=True)]
        follow_ups = self._follow_ups(listed, policy, now)
        days = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            day = first + number * DAY
            marks = marks_of(day, policy)
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
                    spans=tuple(map(times.spans.__getitem__, held[number])),
                    interviews=(),
                    follow_ups=follow_ups[number],
                    follow_up_count=counted[number][0],
                    overlap_count=sum(map(overlapping.__contains__, held[number])),
                )
            )
        if shown is None:
            named = [each[:number] for each, (number, _) in zip(held, numbers, strict=True)]
        else:
            chosen = shown(days, policy.timezone)
            named = [[each[place] for place in some] for each, some in zip(held, chosen, strict=True)]
        interviews = self._interviews_at(set(chain(*named)), now)
        all_held = set(chain(*held))
        whole = (
            replace(day, interviews=tuple(map(interviews.__getitem__, places)))
            for day, places in zip(days, named, strict=True)
        )
        self._days = {day.day: self._as_before(day) for day in whole}
        return CalendarPage(
            zone_name=policy.timezone,
            today=date_of(now, policy.timezone),
            now=now,
            days=tuple(self._days.values()),
            interview_count=len(all_held),
            overlap_count=len(overlapping & all_held),
            at_most=at_most,
        )

    def _timetable(self, first: datetime, end: datetime, policy: Policy) -> _Timetable:
        """The interviews that start between these instants; the same one while nothing of it is another."""
        spans = self._store.known_interview_times(first, end)
        if spans is not self._times.spans or policy.timezone != self._times.zone_name:
            self._times, self._interviews = _Timetable(spans, policy.timezone), {}
        return self._times

    def _interviews_at(self, places: Collection[int], now: datetime) -> dict[int, CalendarInterview]:
        """The interviews at these places of the timetable, with what they overlap."""
        known = self._interviews
        for place in places:
            if (one := known.get(place)) is not None and one.is_over is not (one.ends_at <= now):
                del known[place]
        times, unread = self._times, [place for place in places if place not in known]
        others = {place: times.others(place) for place in unread}
        overlapped = list(set(chain(*others.values())))
        clashes = dict(zip(overlapped, self._named([times.spans[p] for p in overlapped]), strict=True))
        placed = self._store.placed_interviews([times.spans[place].interview for place in unread])
        for place in unread:
            known[place] = _interview(
                times.spans[place],
                placed[times.spans[place].interview],
                (tuple(clashes[other] for other in others[place]), times.number(place)),
                times.zone_name,
                now,
            )
        return known

    def _as_before(self, day: CalendarDay) -> CalendarDay:
        """The day as it was read before, if it is the same: who has shown that one has nothing to do."""
        before = self._days.get(day.day)
        return before if before == day else day

    def _follow_ups(
        self, days: Sequence[Sequence[_Planned]], policy: Policy, now: datetime
    ) -> list[tuple[CalendarFollowUp, ...]]:
        """The follow-ups of each day, in words."""
        subjects = self._subjects.of([follow_up for follow_up, _choice in chain(*days)], policy, now)
        made = iter(
            [
                self._follow_up(subject, choice, now)
                for subject, (_, choice) in zip(subjects, chain(*days), strict=True)
            ]
        )
        return [tuple(islice(made, len(some))) for some in days]

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


def _all_of(days: Sequence[CalendarDay], _zone_name: str) -> Sequence[Iterable[int]]:
    return [range(day.interview_count) for day in days]


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week around a day."""
    return day - (day.weekday() - first_weekday) % WEEK_DAYS * DAY


def _stands_at(follow_up: FollowUp, choice: Choice | None) -> datetime:
    """At the end of its rest, or when it is due."""
    chosen = valid_choice(choice, follow_up)
    return (chosen.snoozed_until if chosen is not None else None) or follow_up.due_at


class _Timetable:
    """Interviews by their start, looked through by bisection: by pairs, a week of 800 took 40 ms."""

    def __init__(self, spans: Sequence[InterviewSpan], zone_name: str) -> None:
        self.spans = spans
        self.zone_name = zone_name
        self.starts = [each.starts_at for each in spans]
        self._ends = [each.ends_at for each in spans]
        self._ended = sorted(self._ends)
        self._reached = list(accumulate(self._ends, max))

    def within(self, begin: int, end: int) -> Sequence[int]:
        """The places of those that go on in that span."""
        first, last = bisect_left(self.starts, begin), bisect_left(self.starts, end)
        before = range(bisect_left(self.starts, begin - LONGEST_INTERVIEW // SECOND), first)
        return [*(place for place in before if self._ends[place] > begin), *range(first, last)]

    def overlapping(self, moment: int) -> set[int]:
        """The places of those that overlap another, and aren't over at that moment."""
        before = chain((0,), self._reached)
        after = chain(islice(self.starts, 1, None), (NEVER,))
        spans = zip(self.starts, self._ends, before, after, strict=False)
        return {
            place
            for place, (start, end, reached, following) in enumerate(spans)
            if end > moment and (reached > start or following < end)
        }

    def number(self, place: int) -> int:
        """How many others one overlaps: those that begin before it ends, but for what has ended by then."""
        start, end = self.starts[place], self._ends[place]
        return bisect_left(self.starts, end) - bisect_right(self._ended, start) - 1

    def others(self, place: int) -> Sequence[int]:
        """The places of the first that one overlaps."""
        start, end = self.starts[place], self._ends[place]
        near = range(bisect_right(self._reached, start), bisect_left(self.starts, end))
        others = (other for other in near if other != place and self._ends[other] > start)
        return list(islice(others, CLASHES_NAMED))


def _firsts(starts: Sequence[int], planned: Sequence[_Planned], at_most: int | None) -> tuple[int, int]:
    """How many interviews and follow-ups of a day, by their start each, its first so many entries are."""
    entries = [(start, 0) for start in starts]
    entries += [(seconds(_stands_at(follow_up, choice)), 1) for follow_up, choice in planned]
    of_these = sum(kind for _start, kind in sorted(entries)[:at_most])
    return len(entries[:at_most]) - of_these, of_these


def _interview(
    times: InterviewTimes,
    one: PlacedInterview,
    clashes: tuple[tuple[Clash, ...], int],
    zone_name: str,
    now: datetime,
) -> CalendarInterview:
    named, number = clashes
    end = times.end
    return CalendarInterview(
        id=times.interview,
        application=one.application,
        starts_at=times.start,
        ends_at=end,
        employer=one.employer,
        role=one.role,
        kind=one.kind,
        zone_name=one.zone_name or one.employer_zone or zone_name,
        employer_zone=one.employer_zone or zone_name,
        is_over=end <= now,
        clashes=named,
        more_clashes=number - len(named),
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
