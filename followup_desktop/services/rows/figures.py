"""How a search goes, in figures; ``services.reading.insights`` counts them, and says what each one means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from followup_desktop.domain.model import Rule, Stage

FEW = 5
"""From fewer nothing is concluded."""
FEW_TENTHS = 10
"""Nine in ten are told of no fewer than these, nor what silence has meant."""
_LONGEST_CHECK_IN = 30
_LENGTHS = (1, 2, 3, 7, 14, 28, 91, 365, 3650)
"""So many days a bar may stand for."""
MOST_WEEKS = 53


class Period(StrEnum):
    """From when on is counted."""

    ALL = "all"
    FOUR_WEEKS = "four_weeks"
    THREE_MONTHS = "three_months"
    YEAR = "year"
    OWN = "own"


_DAYS = {Period.FOUR_WEEKS: 28, Period.THREE_MONTHS: 91, Period.YEAR: 365}


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightQuery:
    """What is counted; ``first`` and ``last`` are for ``Period.OWN``, both included.

    ``source`` and ``tag`` are compared however they are written, ``stage`` is the present one.
    """

    period: Period = Period.ALL
    first: date | None = None
    last: date | None = None
    source: str | None = None
    tag: str | None = None
    stage: Stage | None = None

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last day, ``None`` where there is no limit."""
        if self.period is Period.OWN:
            return self.first, self.last
        length = _DAYS.get(self.period)
        return (None, None) if length is None else (today - timedelta(days=length - 1), today)


class Chart(StrEnum):
    """What the figures are shown as, in their order: each a picture with a table behind it."""

    FLOW = "flow"
    SOURCES = "sources"
    WEEKS = "weeks"
    ANSWER_TIMES = "answer_times"
    DECISION_TIMES = "decision_times"
    IN_TIME = "in_time"
    CALLS = "calls"
    AGES = "ages"


class Level(StrEnum):
    """How far an application got."""

    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFER = "offer"


class End(StrEnum):
    """Where an application is that got no further: the stage it has now."""

    WAITING = "waiting"
    """Open, and never answered."""
    OPEN = "open"
    NO_ANSWER = "no_answer"
    """Given up without an answer: no rejection."""
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLevel:
    """The applications that got to a level, and what became of those that got no further."""

    level: Level
    reached: int
    ends: tuple[tuple[End, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What happened from one day to another, both included: a week, several, or a part of one."""

    first: date
    last: date
    applied: int = 0
    answered: int = 0
    met: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is from a Monday to a Sunday."""
        return self.first.weekday() == 0 and self.last.weekday() == 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """The applications from one source, as it is mostly written; ``""`` where none was entered."""

    source: str
    sent: int
    answered: int
    met: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to conclude from."""
        return self.sent < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How many took how many days, in the order of days."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def n(self) -> int:
        """How many in all."""
        return sum(number for _days, number in self.counts)

    @property
    def is_few(self) -> bool:
        """Whether there are too few to conclude from."""
        return self.n < FEW

    @property
    def has_tenths(self) -> bool:
        """Whether there are ten of them, so that nine in ten are some."""
        return self.n >= FEW_TENTHS

    @property
    def longest(self) -> int:
        """How long the last one took."""
        return self.counts[-1][0]

    @property
    def median(self) -> float:
        """The middle one, or the mean of the two in the middle."""
        return (self._at((self.n - 1) // 2) + self._at(self.n // 2)) / 2

    @property
    def p90(self) -> int:
        """The least number of days within which nine of ten were there."""
        return self._at(ceil(self.n * 9 / 10) - 1)

    def bars(self, most: int = 24) -> tuple[tuple[int, int, int], ...]:
        """At most so many spans of days of one length, from day 0 on: first and last day, and how many."""
        longest = self.counts[-1][0] if self.counts else 0
        length = next(each for each in _LENGTHS if each * most > longest)
        numbers: dict[int, int] = {}
        for days, number in self.counts:
            numbers[days // length] = numbers.get(days // length, 0) + number
        return tuple(
            (place * length, place * length + length - 1, numbers.get(place, 0))
            for place in range(longest // length + 1 if self.counts else 0)
        )

    def _at(self, place: int) -> int:
        for days, number in self.counts:
            if place < number:
                return days
            place -= number
        raise IndexError(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class InTime:
    """Of one kind of follow-up, those whose time is up, and those of them done in time."""

    rule: Rule
    n: int
    done: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to conclude from."""
        return self.n < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """The calls of one hour of one day of the week (Monday is 0), by what came of them."""

    weekday: int
    hour: int
    spoke: int = 0
    left_message: int = 0
    no_answer: int = 0

    @property
    def n(self) -> int:
        """How many calls."""
        return self.spoke + self.left_message + self.no_answer

    @property
    def is_few(self) -> bool:
        """Whether there are too few to conclude from."""
        return self.n < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """The open applications sent between so many days ago; ``None``: no limit, and twice: nobody knows."""

    first: int | None
    last: int | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """What silence meant: of ``n`` applications without an answer after these weeks ``no`` led to nothing."""

    weeks: int
    n: int
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is counted of one query.

    ``days`` have passed since the first application; ``None`` where a period ends what is looked at.
    ``met`` had an interview or an offer, ``unmet_offers`` of them an offer alone.
    """

    query: InsightQuery = field(default_factory=InsightQuery)

    sent: int = 0
    answered: int = 0
    met: int = 0
    unmet_offers: int = 0
    offered: int = 0
    first_day: date | None = None
    flow: tuple[FlowLevel, ...] = ()
    weeks: tuple[Week, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    answer_times: Times = field(default_factory=Times)
    decision_times: Times = field(default_factory=Times)
    in_time: tuple[InTime, ...] = ()
    calls: tuple[CallRow, ...] = ()
    ages: tuple[Age, ...] = ()
    patience: Patience | None = None
    days: int | None = None

    def shown_in(self, chart: Chart) -> object:
        """What a picture shows of them: where that is the same, it would be drawn the same."""
        return {
            Chart.FLOW: (self.flow, self.sent),
            Chart.SOURCES: self.sources,
            Chart.WEEKS: self.weeks,
            Chart.ANSWER_TIMES: self.answer_times,
            Chart.DECISION_TIMES: self.decision_times,
            Chart.IN_TIME: self.in_time,
            Chart.CALLS: self.calls,
            Chart.AGES: self.ages,
        }[chart]

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows what was counted."""
        return self.query == InsightQuery()

    @property
    def tells_late(self) -> bool:
        """Whether later answers could have come by now: a short time has no long ones."""
        times = self.answer_times
        return times.has_tenths and self.days is not None and self.days >= 2 * times.p90

    @property
    def due(self) -> int:
        """How many follow-ups had a time that is up."""
        return sum(each.n for each in self.in_time)

    @property
    def done_in_time(self) -> int:
        """How many of them were done in time."""
        return sum(each.done for each in self.in_time)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not (self.sent or self.weeks or self.ages or self.calls or self.in_time)

    @property
    def check_in_days(self) -> int | None:
        """The working days after which nine of ten answers were there, in the whole search.

        ``None`` from too few or within too short a time, and where the setting can't be that.
        """
        if not (self.is_everything and self.tells_late):
            return None
        days = ceil(self.answer_times.p90 * 5 / 7)
        return days if 1 <= days <= _LONGEST_CHECK_IN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetteredEmployer:
    """One employer of whom nothing is told but a letter: how many applications, and how far the best got."""

    letter: str
    sent: int
    level: Level


def spans(weeks: Sequence[Week], most: int = MOST_WEEKS) -> tuple[Week, ...]:
    """At most so many spans of as many weeks each, the first being the shorter one."""
    if not weeks:
        return ()
    length = ceil(len(weeks) / most)
    first = len(weeks) % length
    starts = ([0] if first else []) + list(range(first, len(weeks), length))
    return tuple(
        Week(
            first=weeks[start].first,
            last=weeks[end - 1].last,
            applied=sum(week.applied for week in weeks[start:end]),
            answered=sum(week.answered for week in weeks[start:end]),
            met=sum(week.met for week in weeks[start:end]),
        )
        for start, end in zip(starts, [*starts[1:], len(weeks)], strict=True)
    )
