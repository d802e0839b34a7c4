"""How a search goes, in figures. What the words mean is said here and, for the user, in the guide.

- *Sent*: an application that isn't just saved; archived ones count, what is in the trash doesn't. Its day is
  ``applied_on``, else that of its last change to the stage Applied (``domain.casefile.sent_on``), here as in
  the weekly goal and in the report. One whose day is still to come isn't sent yet.
- *Answered*: there was a reply, a call in which they spoke, an interview, or one of the stages Interviewing,
  Offer, Accepted and Rejected. The first of these is the first answer; no answer is no rejection. Of a stage
  that an application left and no entry led to, as where it was added in it, nobody knows when it began: if
  nothing earlier is dated, the first answer has no day. So it is with the decision.
- *Interview*: there was one that wasn't cancelled, or one of the stages Interviewing, Offer and Accepted: who
  got an offer got as far. Where an offer came without an interview, sentences name both.
- *Offer*: there was one of the stages Offer and Accepted.
- *Decision*: the employer's first: the stage Offer, Accepted or Rejected.
- Days are whole days of the calendar where the user is, from the day of the application on; what came before
  that day has no time. Weeks start on Monday.
- *Silence*: the days from the application to its first answer, else to when it was given up, which is when it
  last got to the stage No response; where nobody knows that, until now.
- A period holds the applications sent in it, and what was answered, met, called and done in it. What is open
  now is the same in every period. Interviews and calls are what one did, of saved applications too.
- The weeks go from the first day of the period on, or from where the search began if that is later, until the
  end of the period or now. A period can cut the first and the last, and the present one isn't over.
- *Done in time* counts what could be done until a time that is up: each person to thank, for the first of the
  interviews with them on a day; each interview day to debrief; each posting that has closed, if it was
  applied to or is still saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta

from followup_desktop.domain.model import CallOutcome, Stage
from followup_desktop.domain.rules.table import all_rows
from followup_desktop.domain.worktime import date_of, monday_of
from followup_desktop.i18n import _
from followup_desktop.services.rows.figures import (
    FEW_TENTHS,
    Age,
    CallRow,
    End,
    Figures,
    FlowLevel,
    InsightQuery,
    InTime,
    LetteredEmployer,
    Level,
    Patience,
    SourceRow,
    Times,
    Week,
)
from followup_desktop.storage.folding import fold, sort_key
from followup_desktop.storage.insights import Count, CountSubject, InsightScope, day_of
from followup_desktop.storage.store import Store

_SURE = 0.9
_MOST_WEEKS_OF_SILENCE = 8
_AGES = (0, 7, 21, 42)
"""The first day of each band of ages."""
_TIMED = tuple(row.rule for row in sorted(all_rows(), key=lambda row: row.in_time) if row.in_time)
"""The rules whose follow-ups have to be done by a time, in the order in which they are shown."""
AT_ONCE = 2000
"""So many applications at most are counted while the window waits (10 ms)."""


def is_same_filter(one: str, other: str) -> bool:
    """Whether two sources or two tags are counted as one, however they are written."""
    return fold(one) == fold(other)


class Insights:
    """Reads the figures; nothing here writes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reading(self) -> AbstractContextManager[None]:
        """In this block all is read of one state."""
        return self._store.reading()

    def figures(self, query: InsightQuery, now: datetime) -> Figures:
        """The figures at an instant, on any thread that the store belongs to."""
        today = date_of(now, self._store.policy().timezone)
        found = figures_of(self._store.insight_counts(self._scope(query, now), now), query, today)
        days = None
        if found.first_day is not None and query.days(today) == (None, None):
            days = (today - found.first_day).days
        return replace(found, days=days)

    def counts_at_once(self) -> bool:
        """Whether counting is so quick that the window may wait for it."""
        return sum(self._store.stage_counts().values()) <= AT_ONCE

    def employers(self, query: InsightQuery, now: datetime) -> tuple[LetteredEmployer, ...]:
        """The employers of the same applications, without their names."""
        found = self._store.insight_employers(self._scope(query, now), now)
        return tuple(
            LetteredEmployer(letter=letters(place), sent=sent, level=_LEVELS[level])
            for place, (sent, level) in enumerate(found)
        )

    def _scope(self, query: InsightQuery, now: datetime) -> InsightScope:
        first, last = query.days(date_of(now, self._store.policy().timezone))
        scope = InsightScope(first=first, last=last, tag=query.tag, stage=query.stage)
        if query.source is None:
            return scope
        wanted = fold(query.source)
        same = (each for each in self._store.known_texts("source") if fold(each) == wanted)
        return replace(scope, sources=tuple(same) if wanted else ("",))

    def sources(self) -> list[str]:
        """Every source in use as it is mostly written, the most frequent first."""
        return list({fold(each): each for each in reversed(self._store.known_texts("source"))}.values())[::-1]

    def tags(self) -> list[str]:
        """Every tag in use, the most frequent first."""
        return list({fold(each): each for each in reversed(self._store.tags())}.values())[::-1]


def figures_of(counts: Iterable[Count], query: InsightQuery, today: date) -> Figures:
    """The figures that the counts for a query add up to."""
    by_kind: dict[CountSubject, list[Count]] = {kind: [] for kind in CountSubject}
    for count in counts:
        by_kind[count.kind].append(count)
    flow = _flow(by_kind[CountSubject.FLOW])
    first = next((c.keys[0] for c in by_kind[CountSubject.FIRST] if c.keys[0] is not None), None)
    answered = sum(c.numbers[0] for c in by_kind[CountSubject.FLOW] if c.keys[1])
    return Figures(
        query=query,
        sent=flow[0].reached,
        answered=answered,
        met=flow[1].reached,
        unmet_offers=sum(c.numbers[0] for c in by_kind[CountSubject.FLOW] if c.keys[3] and not c.keys[2]),
        offered=flow[2].reached,
        first_day=None if first is None else day_of(first),
        flow=flow,
        weeks=_weeks(by_kind, query.days(today), today),
        sources=_sources(by_kind[CountSubject.SOURCE]),
        answer_times=_times(by_kind[CountSubject.ANSWER]),
        decision_times=_times(by_kind[CountSubject.DECISION]),
        in_time=_in_time(by_kind[CountSubject.IN_TIME]),
        calls=_calls(by_kind[CountSubject.CALL]),
        ages=_ages(by_kind[CountSubject.AGE]),
        patience=_patience(by_kind[CountSubject.SILENCE]),
    )


_LEVELS = tuple(Level)
_ENDS = {
    Stage.NO_RESPONSE: End.NO_ANSWER,
    Stage.WITHDRAWN: End.WITHDRAWN,
    Stage.REJECTED: End.REJECTED,
    Stage.ACCEPTED: End.ACCEPTED,
}


def _flow(counts: Iterable[Count]) -> tuple[FlowLevel, ...]:
    ends: dict[Level, dict[End, int]] = {level: {} for level in Level}
    for (stage, answered, met, offered), (n, *_rest) in ((c.keys, c.numbers) for c in counts):
        level = Level.OFFER if offered else Level.INTERVIEW if met else Level.APPLIED
        end = _ENDS.get(Stage(stage), End.OPEN if answered else End.WAITING)
        ends[level][end] = ends[level].get(end, 0) + n
    reached, levels = 0, []
    for level in reversed(_LEVELS):
        reached += sum(ends[level].values())
        in_order = tuple((end, ends[level][end]) for end in End if end in ends[level])
        levels.append(FlowLevel(level=level, reached=reached, ends=in_order))
    return tuple(reversed(levels))


def _weeks(
    by_kind: dict[CountSubject, list[Count]], days: tuple[date | None, date | None], today: date
) -> tuple[Week, ...]:
    """Each week of a period, also those in which nothing happened; none if nothing happened at all."""
    kinds = (CountSubject.APPLIED, CountSubject.ANSWERED, CountSubject.MET)
    found = [{day_of(int(c.keys[0])): c.numbers[0] for c in by_kind[kind]} for kind in kinds]
    mondays = {monday for each in found for monday in each}
    if not mondays:
        return ()
    first, last = days[0], min(days[1] or today, today)
    monday = min(mondays)
    if first is not None:
        began = [day_of(c.keys[1]) for c in by_kind[CountSubject.FIRST] if c.keys[1] is not None]
        if began:
            monday = min(monday, monday_of(max(first, *began)))
    made = []
    while monday <= last:
        sunday = monday + timedelta(days=6)
        applied, answered, met = (each.get(monday, 0) for each in found)
        span = (max(monday, first or monday), min(sunday, last))
        made.append(Week(first=span[0], last=span[1], applied=applied, answered=answered, met=met))
        monday = sunday + timedelta(days=1)
    return tuple(made)


def _sources(counts: Iterable[Count]) -> tuple[SourceRow, ...]:
    rows: dict[str, SourceRow] = {}
    for count in sorted(counts, key=lambda c: (-c.numbers[0], c.keys[0])):
        sent, answered, met = count.numbers
        same = fold(count.keys[0])
        known = rows.get(same, SourceRow(source=count.keys[0], sent=0, answered=0, met=0))
        rows[same] = replace(
            known, sent=known.sent + sent, answered=known.answered + answered, met=known.met + met
        )
    return tuple(sorted(rows.values(), key=lambda row: (-row.sent, sort_key(row.source))))


def _times(counts: Iterable[Count]) -> Times:
    return Times(counts=tuple(sorted((int(c.keys[0]), c.numbers[0]) for c in counts)))


def _in_time(counts: Sequence[Count]) -> tuple[InTime, ...]:
    found = ((rule, [c.numbers for c in counts if c.keys[0] == rule]) for rule in _TIMED)
    rows = (
        InTime(rule=rule, n=sum(n for n, _ in each), done=sum(done for _, done in each))
        for rule, each in found
    )
    return tuple(row for row in rows if row.n)


def _calls(counts: Iterable[Count]) -> tuple[CallRow, ...]:
    rows: dict[tuple[int, int], CallRow] = {}
    for (weekday, hour, outcome), (n, *_rest) in ((c.keys, c.numbers) for c in counts):
        row = rows.get((weekday, hour), CallRow(weekday=weekday, hour=hour))
        if outcome is None:
            continue
        rows[weekday, hour] = replace(row, **{str(CallOutcome(outcome)): n})
    return tuple(rows[key] for key in sorted(rows))


def _ages(counts: Iterable[Count]) -> tuple[Age, ...]:
    numbers: dict[int | None, int] = {}
    for count in counts:
        days = count.keys[0]
        first = None if days is None else max((each for each in _AGES if each <= days), default=0)
        numbers[first] = numbers.get(first, 0) + count.numbers[0]
    if not numbers:
        return ()
    lasts = (*(first - 1 for first in _AGES[1:]), None)
    bands = [Age(first=f, last=last, n=numbers.get(f, 0)) for f, last in zip(_AGES, lasts, strict=True)]
    return (*bands, *([Age(first=None, last=None, n=numbers[None])] if None in numbers else []))


def _patience(counts: Sequence[Count]) -> Patience | None:
    """The fewest weeks of silence after which nothing came of nine applications in ten."""
    for weeks in range(1, _MOST_WEEKS_OF_SILENCE + 1):
        silent = [c for c in counts if c.keys[0] > weeks * 7]
        n = sum(c.numbers[0] for c in silent)
        no = sum(c.numbers[0] for c in silent if not c.keys[1])
        if n < FEW_TENTHS:
            return None
        if no >= _SURE * n:
            return Patience(weeks=weeks, n=n, no=no)
    return None


def letters(place: int) -> str:
    """A to Z, and on with AA, AB."""
    before, place = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + place)


def without_names(figures: Figures) -> Figures:
    """The figures with letters for the sources, which are all that the user wrote among them."""
    named = [row.source for row in figures.sources if row.source]
    of_source = {source: letters(place) for place, source in enumerate(named)}
    lettered = tuple(
        replace(row, source=_("Source {letter}").format(letter=of_source[row.source])) if row.source else row
        for row in figures.sources
    )
    return replace(figures, sources=lettered)
