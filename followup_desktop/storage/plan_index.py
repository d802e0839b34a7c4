"""What of the plan is found by an index: when each follow-up is to be announced, and what comes next.

Both follow from the plan, the user's choices and what was announced, whatever the instant is, so they are
written with these, and the heartbeat and the lists read no more than what they show.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

from followup_desktop.domain.agenda import BEGINS_SOON, Precedence
from followup_desktop.domain.model import ENQUIRIES, Rule
from followup_desktop.storage.database import Database, groups_in_parts, in_parts
from followup_desktop.storage.tables import NEVER

VALID_CHOICE = "LEFT JOIN choice ON choice.key = follow_up.key AND choice.made_at >= follow_up.opens_at"
"""A choice made before the present opening is void: the thing was moved since."""

_DAY = 86400
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

_PLANNED = f"""
    SELECT follow_up.key, follow_up.rule, follow_up.application, application.employer_key, follow_up.channel,
        follow_up.due_at, follow_up.remind_at, follow_up.deadline_at, follow_up.expires_at,
        CASE follow_up.rule WHEN '{Rule.PREPARE}' THEN
            (SELECT starts_at FROM interview_instant WHERE interview = follow_up.interview) END,
        choice.snoozed_until, coalesce(choice.skipped, 0), announced.announced_at, announced.again_at
    FROM follow_up {VALID_CHOICE}
    LEFT JOIN announced ON announced.key = follow_up.key
    LEFT JOIN application ON application.id = follow_up.application"""
_THESE = """
    WHERE follow_up.key IN (
        SELECT value FROM json_each(:keys)
        UNION ALL SELECT key FROM follow_up
            WHERE application IN (SELECT value FROM json_each(:applications)))"""
# Of one employer an enquiry may wait for another.
_APPLICATIONS = """
    SELECT id, employer_key FROM application WHERE employer_key IN (
        SELECT value FROM json_each(:employers)
        UNION ALL SELECT application.employer_key FROM follow_up
            JOIN application ON application.id = follow_up.application
            WHERE follow_up.key IN (SELECT value FROM json_each(:keys)))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a change concerns: all of these employers, by their keys, these applications and follow-ups.

    What of it is gone is named too.
    """

    employers: Collection[str] = ()
    applications: Collection[str] = ()
    follow_ups: Collection[str] = ()


class _Planned(NamedTuple):
    """A follow-up with what the user chose and what was announced; instants in UTC seconds.

    ``starts_at`` is when the interview starts that it prepares for.
    """

    key: str
    rule: str
    application: str | None
    employer: str | None
    channel: str
    due_at: int
    remind_at: str
    deadline_at: int | None
    expires_at: int
    starts_at: int | None
    snoozed_until: int | None
    is_skipped: int
    announced_at: int | None
    again_at: int | None

    def moments(self) -> list[int]:
        """Those of ``domain.agenda.moments`` that were not announced, before it expires."""
        if self.is_skipped:
            return []
        found = {self.due_at, *json.loads(self.remind_at)}
        if self.again_at is not None:
            found.add(self.again_at)
        if (rest := self.snoozed_until) is not None:
            found = {moment for moment in found if moment > rest} | {rest}
        told = self.announced_at
        return sorted(m for m in found if m < self.expires_at and (told is None or told < m))

    @property
    def at(self) -> int:
        """When its turn comes: it is due then, or its snooze ends."""
        return max(self.due_at, self.snoozed_until or 0)

    def turns(self) -> set[int]:
        """The instants at which ``rank`` changes."""
        found = {self.at, self.expires_at}
        if self.deadline_at is not None:
            found.add(max(self.at, self.deadline_at + 1))
        if self.starts_at is not None:
            found.add(max(self.at, self.starts_at - _SOON))
        return found

    def rank(self, now: int) -> tuple[Precedence, int, int, str]:
        """Its place among those that aren't over, as ``domain.agenda.precedence`` has it."""
        if now < self.at:
            return Precedence.AHEAD, self.at, self.due_at, self.key
        if self.starts_at is not None:
            rank = Precedence.BEGINS if self.starts_at - _SOON <= now else Precedence.DUE
            return rank, self.starts_at, self.due_at, self.key
        if self.deadline_at is not None and self.deadline_at < now:
            return Precedence.LATE, self.deadline_at, self.due_at, self.key
        rank = Precedence.KIND_WORDS if self.rule == Rule.ENCOURAGEMENT else Precedence.DUE
        end = self.expires_at if self.deadline_at is None else self.deadline_at
        return rank, end, self.due_at, self.key


def renew(database: Database, scope: Scope | None, *, one_at_a_time: bool) -> None:
    """Bring both up to date, after a change of the plan, of choices or announcements, or all (``None``)."""
    if scope is None:
        planned = list(map(_Planned._make, database.sql(_PLANNED)))
        _ANNOUNCEMENT.replace(database, _announcements(planned, one_at_a_time))
        _NEXT_STEP.replace(database, _steps(planned))
        return
    values = {"employers": json.dumps([*scope.employers]), "keys": json.dumps([*scope.follow_ups])}
    of_employers: dict[str, list[str]] = defaultdict(list)
    for application, employer in database.sql(_APPLICATIONS, values):
        of_employers[employer].append(application)
    keys, applications = set(scope.follow_ups), set(scope.applications)
    for part in groups_in_parts(of_employers.values()):
        keys -= _renew_these(database, part, (), one_at_a_time)
        applications.difference_update(part)
    for some in in_parts(keys):  # of no application, or gone
        _renew_these(database, (), some, one_at_a_time)
    for gone in in_parts(applications):
        _NEXT_STEP.replace(database, (), "application", gone)


def _renew_these(
    database: Database, applications: Collection[str], keys: Collection[str], one_at_a_time: bool
) -> set[str]:
    """Bring all of some employers up to date, or these follow-ups of none; gives which these were."""
    values = {"applications": json.dumps([*applications]), "keys": json.dumps([*keys])}
    planned = list(map(_Planned._make, database.sql(_PLANNED + _THESE, values)))
    known = {each.key for each in planned}
    _ANNOUNCEMENT.replace(database, _announcements(planned, one_at_a_time), "key", known.union(keys))
    if applications:
        _NEXT_STEP.replace(database, _steps(planned), "application", applications)
    return known


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of which some rows are made anew; its key are the first two columns."""

    name: str
    columns: tuple[str, ...]

    def replace(
        self, database: Database, rows: Iterable[tuple[Any, ...]], column: str = "", among: Iterable[str] = ()
    ) -> None:
        """Make its rows these: all of them, or those with one of these values in a column."""
        names, new = ", ".join(self.columns), set(rows)
        mine = f" WHERE {column} IN (SELECT value FROM json_each(?))" if column else ""
        values = (json.dumps(list(among)),) if column else ()
        present = set(database.sql(f"SELECT {names} FROM {self.name}{mine}", values))
        first, second = self.columns[:2]
        gone = [row[:2] for row in present - new]
        database.many(f"DELETE FROM {self.name} WHERE {first} = ? AND {second} = ?", gone)
        marks = ", ".join("?" * len(self.columns))
        database.many(f"INSERT INTO {self.name} ({names}) VALUES ({marks})", sorted(new - present))


_ANNOUNCEMENT = _Table("announcement", ("at", "key", "rule", "span", "expires_at"))
_NEXT_STEP = _Table("next_step", ("application", "until", "at", "key", "channel"))


def _announcements(
    planned: Iterable[_Planned], one_at_a_time: bool
) -> Iterator[tuple[int, str, str, int, int]]:
    """The rows of ``announcement``: of an enquiry that waits then, the instants at which it is released."""
    lines: dict[str, list[_Planned]] = defaultdict(list)
    alone: list[_Planned] = []
    for each in planned:
        waits = one_at_a_time and each.rule in ENQUIRIES and each.employer is not None
        (lines[each.employer or ""] if waits else alone).append(each)
    for each in alone:
        for at in each.moments():
            yield _row(each, at)
    for line in lines.values():
        line.sort(key=lambda each: (each.due_at, each.application or ""))
        for place, each in enumerate(line):
            for at in _released(each, line[:place]):
                yield _row(each, at)


def _row(each: _Planned, at: int) -> tuple[int, str, str, int, int]:
    span = next(span for span in SPANS if each.expires_at - at <= span)
    return at, each.key, each.rule, span, each.expires_at


def _released(each: _Planned, earlier: Iterable[_Planned]) -> set[int]:
    """Its moments at which none of the earlier ones comes before it, and when the last that does expires.

    As ``domain.agenda.waiting`` has it: one that rests or was skipped lets it pass.
    """
    moments = each.moments()
    before = [
        (max(other.due_at, other.snoozed_until or 0), other.expires_at)
        for other in earlier
        if not other.is_skipped and other.application != each.application
    ]
    ends = (end for _, end in before if moments and moments[0] <= end < each.expires_at)
    return {
        at
        for at in chain(moments, ends)
        if at < each.due_at or not any(begin <= at < end for begin, end in before)
    }


def _steps(planned: Iterable[_Planned]) -> Iterator[tuple[str, int, int, str, str]]:
    """The rows of ``next_step``: which follow-up comes first until when, as Today orders them."""
    of_applications: dict[str, list[_Planned]] = defaultdict(list)
    for each in planned:
        if each.application is not None and not each.is_skipped:
            of_applications[each.application].append(each)
    for application, steps in of_applications.items():
        steps.sort(key=lambda each: (each.at, each.key))
        for until, first in _firsts(steps):
            yield application, until, first.at, first.key, first.channel


def _firsts(steps: Sequence[_Planned]) -> list[tuple[int, _Planned]]:
    """Which of them, in the order of their turns, comes first until when."""
    if all(before.expires_at <= after.at < after.expires_at for before, after in pairwise(steps)):
        # Most often: one is over when the next has its turn.
        return [(each.expires_at, each) for each in steps]
    found: list[tuple[int, _Planned]] = []
    for since, until in pairwise([-NEVER, *sorted(set().union(*(each.turns() for each in steps)))]):
        left = [each for each in steps if each.expires_at > since]
        if not left:
            break  # a snooze of a file ends after all is over
        first = min(left, key=lambda each: each.rank(since))
        if found and found[-1][1] is first:
            found.pop()
        found.append((until, first))
    return found


def pending(rules: Collection[Rule] | None) -> tuple[str, dict[str, Any]]:
    """A query for the keys that may be announced at ``:now``, of these rules or all, with its values."""
    statement = """
        SELECT DISTINCT announcement.key AS key FROM json_each(:rules) AS wanted
        CROSS JOIN json_each(:spans) AS spans
        CROSS JOIN announcement INDEXED BY announcement_by_rule
            ON announcement.rule = wanted.value AND announcement.span = spans.value
            AND announcement.at > :now - spans.value AND announcement.at <= :now
        WHERE announcement.expires_at > :now"""
    wanted = sorted(Rule if rules is None else rules)
    return statement, {"rules": json.dumps(wanted), "spans": json.dumps(SPANS)}
