"""What of the plan is found by an index: when each is announced, where it stands, what waits and comes next.

All follow from the plan, the user's choices and what was announced, whatever the instant is, so they are
written with these, and the heartbeat and the lists read no more than what they show.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from followup_desktop.domain.agenda import BEGINS_SOON, Precedence
from followup_desktop.domain.facts import record
from followup_desktop.domain.model import Channel, Policy, Rule
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.domain.rules.table import row_of, rules_where
from followup_desktop.domain.worktime import WorkCalendar
from followup_desktop.storage.database import AT_A_TIME, Database, groups_in_parts, in_parts
from followup_desktop.storage.enquiries import IS_ENQUIRY
from followup_desktop.storage.tables import NEVER, instant, seconds

VALID_CHOICE = "LEFT JOIN choice ON choice.key = follow_up.key AND choice.made_at >= follow_up.opens_at"
"""A choice made before the present opening is void: the thing was moved since."""

ACCEPTANCE = "acceptance"
"""The name in ``meta`` of the offer that the user took: application, instant, the user's date; or null."""


def in_sql(rules: Collection[Rule]) -> str:
    """The rules as a list in SQL."""
    return f"({', '.join(repr(str(rule)) for rule in sorted(rules))})"


KIND_WORDS = in_sql(rules_where(lambda row: row.kind_words))
_BEFORE_INTERVIEW = rules_where(lambda row: row.before_interview)
BEFORE_INTERVIEW = in_sql(_BEFORE_INTERVIEW)
_TO_INTERVIEWER = in_sql(rules_where(lambda row: row.to_interviewer))

RETIRED = f"""(follow_up.rule IN {KIND_WORDS} AND EXISTS (
        SELECT 1 FROM application AS lost JOIN meta ON meta.name = '{ACCEPTANCE}'
        WHERE lost.id = follow_up.application AND lost.id <> json_extract(meta.value, '$[0]')
            AND coalesce(lost.applied_on, '') <= json_extract(meta.value, '$[2]')))"""
"""The condition that a follow-up has retired, as ``domain.agenda.has_retired`` has it."""

_DAY = 86400
_LONGEST_INTERVIEW_DAY = 3 * _DAY
"""In seconds, and more than that: a date has 25 hours at most, and an interview 24."""
_SOON = int(BEGINS_SOON.total_seconds())
SPANS = (4 * _DAY, 16 * _DAY, 64 * _DAY, NEVER)
"""How long what begins at some instant lasts at most, in seconds.

What goes on at an instant began no longer ago: so an index finds it without what is over, years of which
may be kept. Four classes look at what began within four times its length.
"""

SPAN_OF_FOLLOW_UP = f"""
    CASE WHEN follow_up.expires_at - min(follow_up.opens_at, follow_up.due_at) <= {SPANS[0]} THEN {SPANS[0]}
        WHEN follow_up.expires_at - min(follow_up.opens_at, follow_up.due_at) <= {SPANS[1]} THEN {SPANS[1]}
        WHEN follow_up.expires_at - min(follow_up.opens_at, follow_up.due_at) <= {SPANS[2]} THEN {SPANS[2]}
        ELSE {NEVER} END"""
"""As the index ``follow_up_by_span`` has it."""

MET_AS = f"""
    CASE WHEN follow_up.rule IN {_TO_INTERVIEWER} THEN
        coalesce((SELECT position FROM interview_interviewer
            WHERE interview = follow_up.interview AND contact = follow_up.contact), 0) ELSE 0 END"""
"""As which of an interview's people, in the user's order, one is thanked."""

_PLANNED = f"""
    SELECT follow_up.key, follow_up.rule, follow_up.application, application.employer_key,
        application.timezone, application.country, follow_up.channel, follow_up.due_at,
        follow_up.remind_at, follow_up.deadline_at, follow_up.expires_at,
        CASE WHEN follow_up.rule IN {BEFORE_INTERVIEW} THEN
            (SELECT starts_at FROM interview_instant WHERE interview = follow_up.interview) END,
        {MET_AS}, choice.snoozed_until,
        coalesce(choice.skipped, 0) OR {RETIRED}, announced.announced_at, announced.again_at
    FROM follow_up {VALID_CHOICE}
    LEFT JOIN announced ON announced.key = follow_up.key
    LEFT JOIN application ON application.id = follow_up.application"""
_THESE = """
    WHERE follow_up.key IN (
        SELECT value FROM json_each(:keys)
        UNION ALL SELECT key FROM follow_up
            WHERE application IN (SELECT value FROM json_each(:applications)))"""
# Left alone, SQLite looks for the first to fall due of all: with 10,000 open, 40 ms for nine applications.
_ENQUIRIES = f"""
    FROM follow_up INDEXED BY follow_up_by_application WHERE application = application.id AND {IS_ENQUIRY}"""
# Of an import hardly any application has anything to come.
_OWN = f"""
    SELECT application.id, employer_key,
        (SELECT min(due_at) {_ENQUIRIES}), (SELECT max(expires_at) {_ENQUIRIES}),
        EXISTS (SELECT 1 FROM follow_up WHERE application = application.id)
            OR EXISTS (SELECT 1 FROM next_step WHERE application = application.id)
    FROM application WHERE id IN (
        SELECT value FROM json_each(:applications)
        UNION SELECT application FROM follow_up
            WHERE key IN (SELECT value FROM json_each(:keys)) AND application IS NOT NULL)"""
_ENQUIRING = f"""
    SELECT application.id, employer_key, min(due_at), max(expires_at)
    FROM json_each(:employers) AS employers
    CROSS JOIN application ON application.employer_key = employers.value
    CROSS JOIN follow_up INDEXED BY follow_up_by_application ON follow_up.application = application.id
    WHERE {IS_ENQUIRY} AND due_at <= :last AND expires_at >= :first
    GROUP BY application.id"""

_ALL_APPLICATIONS = """
    SELECT id, employer_key
    FROM (SELECT application FROM follow_up UNION SELECT application FROM next_step) AS planned
    JOIN application ON application.id = planned.application ORDER BY planned.application"""
_OTHER_KEYS = f"""
    SELECT key FROM follow_up WHERE application IS NULL
    {
    " ".join(
        f"UNION SELECT key FROM {table} WHERE NOT EXISTS (SELECT 1 FROM follow_up WHERE key = {table}.key)"
        for table in ("announcement", "calendar_entry", "enquiry_wait")
    )
}"""
"""The keys of follow-ups of no application, and of those that are no longer planned."""
_GONE_APPLICATIONS = """
    SELECT DISTINCT application FROM next_step
    WHERE NOT EXISTS (SELECT 1 FROM application WHERE id = next_step.application)"""


Span = tuple[int, int]
"""From one instant to another, in UTC seconds."""


def hull(spans: Iterable[Span | None]) -> Span | None:
    """The shortest span that has all of these in it; ``None`` is none."""
    there = [each for each in spans if each is not None]
    return (min(begin for begin, _ in there), max(end for _, end in there)) if there else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a change concerns: enquiries at these employers, by their keys, these applications and follow-ups.

    What of it is gone is named too; ``enquiries`` is the span from the first due time to the last expiry of
    those that have changed, as they were and as they are.
    """

    employers: Collection[str] = ()
    enquiries: Span | None = None
    applications: Collection[str] = ()
    follow_ups: Collection[str] = ()


class _IndexedFollowUp(NamedTuple):
    """A follow-up with what the user chose and what was announced; instants in UTC seconds.

    ``starts_at`` is when the interview starts that it prepares for; ``is_out``: it is skipped or retired.
    """

    key: str
    rule: str
    application: str | None
    employer: str | None
    timezone: str | None
    country: str | None
    channel: str
    due_at: int
    remind_at: str
    deadline_at: int | None
    expires_at: int
    starts_at: int | None
    met_as: int
    snoozed_until: int | None
    is_out: int
    announced_at: int | None
    again_at: int | None

    def moments(self) -> list[int]:
        """Its ``domain.agenda.moments`` that were not announced, before it expires."""
        if self.is_out:
            return []
        found = {self.due_at, *json.loads(self.remind_at)}
        if self.again_at is not None:
            found.add(self.again_at)
        if (rest := self.snoozed_until) is not None:
            found = {moment for moment in found if moment > rest} | {rest}
        told = self.announced_at
        return sorted(m for m in found if m < self.expires_at and (told is None or told < m))

    def calendar_entry(self) -> tuple[int, str, int]:
        """Its row of ``calendar_entry``, if it is not out."""
        rests = self.snoozed_until
        return self.due_at if rests is None else rests, self.key, self.expires_at

    @property
    def at(self) -> int:
        """When its turn comes: it is due then, or its snooze ends."""
        return max(self.due_at, self.snoozed_until or 0)

    def turns(self) -> set[int]:
        """The instants at which ``rank`` changes, but for what others and the hours for calls change."""
        found = {self.at, self.expires_at}
        if self.deadline_at is not None:
            found.add(max(self.at, self.deadline_at + 1))
        if self.starts_at is not None:
            found.add(max(self.at, self.starts_at - _SOON))
        return found

    def rank(self, now: int, around: _Around) -> tuple[Precedence, int, int, str, int, str]:
        """Its place among those that aren't over, as ``domain.agenda.precedence`` has it."""
        last = self.rule, self.met_as, self.key
        if now < self.at:
            return Precedence.AHEAD, self.at, self.due_at, *last
        if self.starts_at is not None:
            rank = Precedence.BEGINS if self.starts_at - _SOON <= now else Precedence.DUE
            return rank, self.starts_at, self.due_at, *last
        if self.deadline_at is not None and self.deadline_at < now:
            return Precedence.LATE, self.deadline_at, self.due_at, *last
        rank, turn = self._when_due(now, around)
        return rank, turn, self.due_at, *last

    def _when_due(self, now: int, around: _Around) -> tuple[Precedence, int]:
        last = self.expires_at if self.deadline_at is None else self.deadline_at
        if (until := next((end for begin, end in around.before if begin <= now < end), None)) is not None:
            return Precedence.AHEAD, min(until, last)
        if (slot := next((slot for slot in around.call_slots if now < slot[1]), None)) is not None:
            begin, end = slot
            return (Precedence.AHEAD, begin) if now < begin else (Precedence.DUE, end)
        rank = Precedence.KIND_WORDS if row_of(Rule(self.rule)).kind_words else Precedence.DUE
        return rank, last


@record()
class _Around:
    """What else the place of a follow-up depends on, as spans from an instant until before another.

    ``before``: another enquiry goes first while it lasts; ``call_slots``: it is a call that may be made then.
    """

    before: Sequence[tuple[int, int]] = ()
    call_slots: Sequence[tuple[int, int]] = ()

    def turns(self) -> Iterator[int]:
        return chain(*self.before, *self.call_slots)


class Renewal(NamedTuple):
    """The keys of all follow-ups that were looked at, and the applications of which other ones come next."""

    follow_ups: set[str]
    applications: set[str]


def renew(database: Database, scope: Scope | None, policy: Policy) -> Renewal | None:
    """Bring them up to date, after a change of the plan, of choices or announcements, or all (``None``).

    Gives what it was about, with the enquiries at the same employers; ``None`` for many.
    """
    # In parts, be it all: with 100,000 applications open, the rows of all of them took 340 MB at once.
    if scope is None:
        of_employers = _by_employer(database.sql(_ALL_APPLICATIONS))
        keys = {str(key) for (key,) in database.sql(_OTHER_KEYS)}
        applications = {str(gone) for (gone,) in database.sql(_GONE_APPLICATIONS)}
    else:
        these, beside = _concerned(database, scope)
        of_employers = _by_employer(these.items())
        keys, applications = set(scope.follow_ups), set(scope.applications)
    if scope is not None and sum(map(len, of_employers.values())) <= AT_A_TIME:
        part = [*chain.from_iterable(of_employers.values())]
        # With what is of no application, or gone: to ask about that alone took ten statements of an edit.
        known, moved = _renew_these(database, part, keys, policy, beside)
        if gone := applications.difference(part):
            moved |= _NEXT_STEP.replace(database, (), "application", gone)
        return Renewal(keys | known, moved)
    # Of an import the keys of all would be kept in memory until its end.
    for part in groups_in_parts(of_employers.values()):
        keys -= _renew_these(database, part, (), policy).follow_ups
        applications.difference_update(part)
    for some in in_parts(keys):  # of no application, or gone
        _renew_these(database, (), some, policy)
    for some in in_parts(applications):
        _NEXT_STEP.replace(database, (), "application", some)
    return None


def _concerned(database: Database, scope: Scope) -> tuple[dict[str, str], set[str]]:
    """The applications that a scope concerns, with their employers' keys, and others whose enquiries matter.

    Of one employer an enquiry may wait for another that goes on while it does, and nothing else for anything.
    Of 3,000 applications to one, 790 had an enquiry, most of them years ago, and to bring all of them up to
    date was half of an edit.
    """
    values = {
        "applications": json.dumps([*scope.applications]),
        "keys": json.dumps([*scope.follow_ups]),
    }
    own = [*database.sql(_OWN, values)]
    concerned = {application: employer for application, employer, _, _, has_any in own if has_any}
    span = hull((scope.enquiries, *((first, last) for _, _, first, last, _ in own if first is not None)))
    if len(own) > AT_A_TIME:
        span = -NEVER, NEVER
    if span is None:
        return concerned, set()
    employers = json.dumps([*{*scope.employers, *(employer for _, employer, *_ in own)}])

    def enquiring(during: Span) -> list[tuple[Any, ...]]:
        first, last = during
        return [*database.sql(_ENQUIRING, {"employers": employers, "first": first, "last": last})]

    waiting = enquiring(span)
    concerned |= {application: employer for application, employer, _, _ in waiting}
    wider = hull((span, *((first, last) for _, _, first, last in waiting)))
    beside = enquiring(wider) if wider is not None and wider != span else ()
    return concerned, {application for application, *_ in beside}.difference(concerned)


def _by_employer(rows: Iterable[tuple[Any, ...]]) -> Mapping[str, list[str]]:
    """The ids of applications by the key of the employer, which stands behind each."""
    found: dict[str, list[str]] = defaultdict(list)
    for application, employer in rows:
        found[employer].append(application)
    return found


def _renew_these(
    database: Database,
    applications: Collection[str],
    keys: Collection[str],
    policy: Policy,
    beside: Collection[str] = (),
) -> Renewal:
    """Bring all of some applications up to date, and these follow-ups of none; gives which these were.

    What waits for another may wait for one of the applications ``beside``.
    """
    values = {"applications": json.dumps([*applications, *beside]), "keys": json.dumps([*keys])}
    found = list(map(_IndexedFollowUp._make, database.sql(_PLANNED + _THESE, values)))
    queues = _queues(found, policy)
    planned = [each for each in found if each.application not in beside] if beside else found
    known = {each.key for each in planned}
    these = known.union(keys)
    _ANNOUNCEMENT.replace(database, _announcements(planned, queues), "key", these)
    _CALENDAR_ENTRY.replace(database, _calendar_entries(planned), "key", these)
    _ENQUIRY_WAIT.replace(database, _waits(planned, queues), "key", these)
    moved: set[str] = set()
    if applications:
        moved = _NEXT_STEP.replace(database, _steps(planned, queues, policy), "application", applications)
    return Renewal(known, moved)


@dataclass(frozen=True, slots=True)
class _IndexTable:
    """A table of which some rows are made anew; its key are the first two columns."""

    name: str
    columns: tuple[str, ...]

    def replace(
        self, database: Database, rows: Iterable[tuple[Any, ...]], column: str, among: Iterable[str]
    ) -> set[str]:
        """Make its rows with one of these values in a column these; gives of which values any was another."""
        names, new = ", ".join(self.columns), set(rows)
        mine = f"SELECT {names} FROM {self.name} WHERE {column} IN (SELECT value FROM json_each(?))"
        present = set(database.sql(mine, (json.dumps(list(among)),)))
        first, second = self.columns[:2]
        if gone := [row[:2] for row in present - new]:
            database.many(f"DELETE FROM {self.name} WHERE {first} = ? AND {second} = ?", gone)
        if come := sorted(new - present):
            marks = ", ".join("?" * len(self.columns))
            database.many(f"INSERT INTO {self.name} ({names}) VALUES ({marks})", come)
        place = self.columns.index(column)
        return {row[place] for row in present ^ new}


_ANNOUNCEMENT = _IndexTable("announcement", ("at", "key", "rule", "span", "expires_at", "starts_at"))
_CALENDAR_ENTRY = _IndexTable("calendar_entry", ("at", "key", "expires_at"))
_ENQUIRY_WAIT = _IndexTable("enquiry_wait", ("key", "since", "until"))
_NEXT_STEP = _IndexTable("next_step", ("application", "until", "at", "key", "channel", "since"))


_Spans = Sequence[tuple[int, int]]
_Queues = Mapping[str, _Spans]
"""When others stand before an enquiry, by its key."""


def _queues(planned: Iterable[_IndexedFollowUp], policy: Policy) -> _Queues:
    """One at a time, as ``domain.agenda.waiting`` has it: what rests or was skipped lets the others pass.

    Of each, the others that go on while it does.
    """
    if policy.contact_gap_working_days == 0:
        return {}
    lines: dict[str, list[_IndexedFollowUp]] = defaultdict(list)
    for each in planned:
        if each.rule in ENQUIRIES and each.employer is not None:
            lines[each.employer].append(each)
    found = {}
    for line in lines.values():
        line.sort(key=lambda each: (each.due_at, each.application or ""))
        for place, each in enumerate(line):
            found[each.key] = [
                (other.at, other.expires_at)
                for other in line[:place]
                # Years of them may be over by then: to reckon with these was a third of an edit at an
                # employer with a hundred applications.
                if other.expires_at >= each.due_at and other.at < each.expires_at
                if not other.is_out and other.application != each.application
            ]
    return found


def _announcements(
    planned: Iterable[_IndexedFollowUp], queues: _Queues
) -> Iterator[tuple[int, str, str, int, int, int | None]]:
    """The rows of ``announcement``: of an enquiry that waits then, the instants at which it is released."""
    for each in planned:
        before = queues.get(each.key)
        for at in _released(each, before) if before else each.moments():
            yield _row(each, at)


def _row(each: _IndexedFollowUp, at: int) -> tuple[int, str, str, int, int, int | None]:
    span = next(span for span in SPANS if each.expires_at - at <= span)
    return at, each.key, each.rule, span, each.expires_at, each.starts_at


def _calendar_entries(planned: Iterable[_IndexedFollowUp]) -> Iterator[tuple[int, str, int]]:
    """The rows of ``calendar_entry``."""
    return (each.calendar_entry() for each in planned if not each.is_out)


def _released(each: _IndexedFollowUp, before: Iterable[tuple[int, int]]) -> set[int]:
    """Its moments at which no other stands before it, and when the last that does expires once it is due."""
    moments = each.moments()
    since = max(moments[0], each.due_at) if moments else NEVER
    ends = (end for _, end in before if since <= end < each.expires_at)
    return {
        at
        for at in chain(moments, ends)
        if at < each.due_at or not any(begin <= at < end for begin, end in before)
    }


def _waits(planned: Iterable[_IndexedFollowUp], queues: _Queues) -> Iterator[tuple[str, int, int]]:
    """The rows of ``enquiry_wait``: once it is due, the spans in which any other stands before it."""
    for each in planned:
        spans: list[tuple[int, int]] = []
        for begin, end in sorted(queues.get(each.key, ())):
            since, until = max(begin, each.due_at), min(end, each.expires_at)
            if spans and since <= spans[-1][1]:
                since, until = spans[-1][0], max(spans.pop()[1], until)
            if since < until:
                spans.append((since, until))
        yield from ((each.key, since, until) for since, until in spans)


def _steps(
    planned: Iterable[_IndexedFollowUp], queues: _Queues, policy: Policy
) -> Iterator[tuple[str, int, int, str, str, int]]:
    """The rows of ``next_step``: which follow-up comes first until when, as Today orders them."""
    of_applications: dict[str, list[_IndexedFollowUp]] = defaultdict(list)
    for each in planned:
        if each.application is not None and not each.is_out:
            of_applications[each.application].append(each)
    for application, steps in of_applications.items():
        steps.sort(key=lambda each: (each.at, each.key))
        before = tuple(tuple(queues.get(each.key, ())) for each in steps)
        since = -NEVER
        for until, first in _firsts(tuple(steps), before, policy):
            yield application, until, first.at, first.key, first.channel, since
            since = until


@lru_cache(maxsize=256)
def _firsts(
    steps: tuple[_IndexedFollowUp, ...], before: tuple[_Spans, ...], policy: Policy
) -> Sequence[tuple[int, _IndexedFollowUp]]:
    """Which of them, in the order of their turns, comes first until when; ``before`` is the queue of each.

    Remembered: most edits change nothing of it, and to find it takes a third of one where a call is ahead.
    """
    if all(before.expires_at <= after.at < after.expires_at for before, after in pairwise(steps)):
        # Most often: one is over when the next has its turn.
        return [(each.expires_at, each) for each in steps]
    queues = zip(steps, before, strict=True)
    around = {each.key: _around(each, steps, queue, policy) for each, queue in queues}
    turns = set().union(*(each.turns() for each in steps), *(one.turns() for one in around.values()))
    found: list[tuple[int, _IndexedFollowUp]] = []
    for since, until in pairwise([-NEVER, *sorted(turns)]):
        left = [each for each in steps if each.expires_at > since]
        if not left:
            break  # a snooze of a file ends after all is over
        first = min(left, key=lambda each: each.rank(since, around[each.key]))
        if found and found[-1][1] is first:
            found.pop()
        found.append((until, first))
    return found


def _around(
    each: _IndexedFollowUp, steps: Iterable[_IndexedFollowUp], before: _Spans, policy: Policy
) -> _Around:
    """What else its place depends on, of a call while there is another step beside it."""
    slots: list[tuple[int, int]] = []
    if each.channel == Channel.PHONE:
        calendar = WorkCalendar(each.timezone or policy.timezone, each.country or policy.country, policy)
        alone = max((other.expires_at for other in steps if other is not each), default=each.at)
        moment, last = instant(each.at), min(each.expires_at, alone)
        while seconds(moment) < last and (begin := calendar.next_call_slot(moment)) is not None:
            if (until := calendar.call_until(begin)) is None:
                break  # a slot that begins may be used
            moment = until
            slots.append((seconds(begin), seconds(moment)))
    return _Around(before, slots)


_PENDING = """
    SELECT announcement.key AS key FROM json_each(:rules) AS wanted
    CROSS JOIN json_each(:spans) AS spans
    CROSS JOIN announcement INDEXED BY announcement_by_rule
        ON announcement.rule = wanted.value AND announcement.span = spans.value
        AND announcement.at > :now - spans.value AND announcement.at <= :now
    WHERE announcement.expires_at > :now"""
# By the interview: in the night before a day with a thousand of them, nearly all that could be said waits.
_PENDING_BEFORE = f"""
    SELECT key FROM announcement INDEXED BY announcement_by_start
    WHERE starts_at > :now - {_LONGEST_INTERVIEW_DAY} AND starts_at < :begins_before
        AND rule IN (SELECT value FROM json_each(:before_interview)) AND at <= :now AND expires_at > :now"""


def pending(rules: Collection[Rule] | None, begins_before: int | None) -> tuple[str, dict[str, Any]]:
    """A query for the keys that may be announced at ``:now``, of these rules or all, with its values.

    Of what prepares for an interview only where that begins before an instant, if one is given.
    """
    wanted = frozenset(Rule if rules is None else rules)
    values: dict[str, Any] = {"spans": json.dumps(SPANS)}
    if begins_before is None:
        return f"SELECT DISTINCT key FROM ({_PENDING})", values | {"rules": json.dumps(sorted(wanted))}
    values |= {
        "rules": json.dumps(sorted(wanted - _BEFORE_INTERVIEW)),
        "before_interview": json.dumps(sorted(wanted & _BEFORE_INTERVIEW)),
        "begins_before": begins_before,
    }
    return f"{_PENDING} UNION {_PENDING_BEFORE}", values
