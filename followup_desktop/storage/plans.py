"""Reading the stored plan: what is listed, what is to be announced, which interviews there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from followup_desktop.domain.facts import record
from followup_desktop.domain.model import Choice, FollowUp, InterviewKind, LastAnnouncement, Rule
from followup_desktop.storage import enquiries, plan_index
from followup_desktop.storage.database import Database
from followup_desktop.storage.enquiries import waits
from followup_desktop.storage.failures import unreadable
from followup_desktop.storage.plan_index import (
    KIND_WORDS,
    RETIRED,
    VALID_CHOICE,
)
from followup_desktop.storage.reads import among, listed
from followup_desktop.storage.records import FOLLOW_UP, follow_up_of
from followup_desktop.storage.tables import instant, seconds
from followup_desktop.storage.trash import TrashReads

T = TypeVar("T")

UNDERWAY_AT_MOST = timedelta(hours=4)
"""How long an interview keeps announcements waiting."""

_COLUMNS = ", ".join(f"follow_up.{name}" for name in FOLLOW_UP.names)
_WIDTH = len(FOLLOW_UP.names)

_CHOICE = "choice.key, choice.made_at, choice.snoozed_until, choice.skipped"


def moments_due(rules: Collection[Rule] | None, begins_before: int | None) -> tuple[str, dict[str, Any]]:
    """The statement of ``PlanReads.moments_due``, and its values but for the present instant."""
    pending, values = plan_index.pending(rules, begins_before)
    statement = f"""
        SELECT {_COLUMNS}, {_CHOICE}, announced.key, announced.announced_at, announced.again_at
        FROM ({pending}) AS pending
        CROSS JOIN follow_up ON follow_up.key = pending.key
        {VALID_CHOICE}
        LEFT JOIN announced ON announced.key = follow_up.key
        WHERE NOT {waits(":now")}
        ORDER BY follow_up.due_at, follow_up.key"""
    return statement, values


_AT_ONCE = 20
_DUE = f"""
    SELECT 1 FROM follow_up {VALID_CHOICE}
    WHERE follow_up.key IN (SELECT value FROM json_each(:keys)) AND follow_up.expires_at > :now
        AND (follow_up.due_at <= :now OR follow_up.deadline_at < :now)
        AND NOT coalesce(choice.skipped, 0) AND coalesce(choice.snoozed_until, 0) <= :now
        AND NOT {RETIRED}
    LIMIT 1"""

NEXT_ANNOUNCEMENT = f"""
    SELECT key, at FROM announcement WHERE at > :now AND rule NOT IN {KIND_WORDS}
    ORDER BY at, key LIMIT 1"""

_DAY = "at >= day.value ->> 0 AND at < day.value ->> 1 AND expires_at > :now"

_COUNTED_BY_DAY = f"""
    SELECT (SELECT count(*) FROM calendar_entry WHERE {_DAY}) FROM json_each(:days) AS day ORDER BY day.key"""

# Day by day: of all of a month 10,000 rows would be read, to show five of each day.
_FIRST_BY_DAY = f"""
    SELECT day.key, {_COLUMNS}, {_CHOICE}
    FROM json_each(:days) AS day
    CROSS JOIN follow_up ON follow_up.key IN (
        SELECT key FROM calendar_entry WHERE {_DAY} ORDER BY at, key LIMIT :at_most)
    {VALID_CHOICE}
    ORDER BY day.key, coalesce(choice.snoozed_until, follow_up.due_at), follow_up.key"""

_RETIRED = f"""
    SELECT follow_up.key FROM json_each(:keys) AS keys
    CROSS JOIN follow_up ON follow_up.key = keys.value WHERE {RETIRED}"""

STARTING = """
    interview_instant.counts
        AND interview_instant.starts_at >= :first AND interview_instant.starts_at < :end"""
"""The condition for ``interviews_between``."""

_TIMES = """
    SELECT interview_instant.application, interview_instant.interview,
        interview_instant.starts_at, interview_instant.ends_at
    FROM interview_instant"""
_INTERVIEW_TIMES = f"""
    {_TIMES} WHERE {STARTING} ORDER BY interview_instant.starts_at, interview_instant.interview"""
_OF_THESE = f"""
    {_TIMES} INDEXED BY interview_instant_by_application
    WHERE {among("interview_instant.application")} AND {STARTING}"""

_CALENDAR_INTERVIEWS = f"""
    SELECT interview.id, interview.kind, interview.timezone,
        application.id, application.employer, application.role, application.timezone
    FROM interview JOIN application ON application.id = interview.application
    WHERE {among("interview.id")}"""

_EMPLOYERS = f"SELECT id, employer FROM application WHERE {among('id')}"

_KINDS = {kind.value: kind for kind in InterviewKind}
_KEPT_AT_MOST = 2_000
"""So many interviews and employers are known by their names: a crowded week draws 170, which overlap 500."""
_FEW = 100
"""Of so many applications at most what is kept is read again by itself."""

_INTERVIEW_INSTANTS = f"""
    SELECT interview_instant.interview, interview_instant.application,
        interview_instant.starts_at, interview_instant.ends_at
    FROM interview_instant WHERE {STARTING}
    ORDER BY interview_instant.starts_at, interview_instant.interview"""

_GOING_ON = f"SELECT count(*) FROM interview_instant WHERE {STARTING} AND interview_instant.ends_at > :now"


@record(kw_only=True)
class InterviewInstants:
    """When an interview starts and ends, as instants; a cancelled or archived one does not count.

    ``sent`` is any that isn't cancelled, archived or not, of an application that isn't just saved.
    """

    interview: str
    application: str
    starts_at: datetime
    ends_at: datetime
    counts: bool = True
    sent: bool = True

    @property
    def rests_until(self) -> datetime:
        """Until when no reminder disturbs it, once it has begun."""
        return min(self.ends_at, self.starts_at + UNDERWAY_AT_MOST)


class InterviewTimes(NamedTuple):
    """From when until when an interview goes on, in UTC seconds."""

    application: str
    interview: str
    starts_at: int
    ends_at: int

    @property
    def start(self) -> datetime:
        return instant(self.starts_at)

    @property
    def end(self) -> datetime:
        return instant(self.ends_at)


class PlacedInterview(NamedTuple):
    """An interview as the calendar names it; the zones are ``None`` where neither has one of its own."""

    kind: InterviewKind
    zone_name: str | None
    application: str
    employer: str
    role: str
    employer_zone: str | None


_times = partial(tuple.__new__, InterviewTimes)
"""From a row; by ``_make`` it takes four times as long, of the 4,000 of a crowded month."""


class KeptInterviews:
    """What the calendar asked last of interviews: their times in one span, and how some are named.

    With 10,000 applications open, to read them all took a quarter of an edit in a week.
    """

    def __init__(self) -> None:
        self.span: tuple[int, int] | None = None
        self.times: list[InterviewTimes] = []
        self.placed: dict[str, PlacedInterview] = {}
        self.employers: dict[str, str] = {}
        self.outdated: set[str] = set()

    def outdate(self, applications: Collection[str] | None) -> None:
        """Interviews of these applications, or of any (``None``), may have come, gone or changed."""
        self.outdated.update(applications or ())
        if applications is None or len(self.outdated) > _FEW:
            self.span = None
            for known in (self.placed, self.employers, self.outdated):
                known.clear()


_INTERVIEWS = "interviews of the calendar"
"""Under this name a database keeps them."""


def kept_interviews(database: Database) -> KeptInterviews:
    """What was read here of interviews, unless something was written since that didn't tell."""
    return database.kept(_INTERVIEWS, KeptInterviews)


def keeping_interviews(interviews: KeptInterviews) -> dict[str, object]:
    """What a database is to hold for these to stay what it has kept: see ``Database.holding``."""
    return {_INTERVIEWS: interviews}


class CalendarReads(TrashReads):
    """When interviews go on, and how the calendar names them."""

    def interview_times(self, first: datetime, end: datetime) -> list[InterviewTimes]:
        """``interviews_between`` as plain values: to make instants of thousands takes longer than to read."""
        values = {"first": seconds(first), "end": seconds(end)}
        return list(map(_times, self._database.sql(_INTERVIEW_TIMES, values)))

    def known_interview_times(self, first: datetime, end: datetime) -> list[InterviewTimes]:
        """The same, by start and id, for a page of the calendar.

        It is the same list as the last time, as long as neither it is another nor what of these interviews
        was asked for since by ``placed_interviews`` and ``employers``.
        """
        kept, span = self._known_interviews(), (seconds(first), seconds(end))
        if kept.span != span:
            kept.span, kept.times = span, self.interview_times(first, end)
        return kept.times

    def placed_interviews(self, ids: Collection[str]) -> dict[str, PlacedInterview]:
        """These interviews, by id."""
        known = self._known_interviews().placed
        unread = [name for name in ids if name not in known]
        if len(known) + len(unread) > _KEPT_AT_MOST:
            known.clear()
            unread = [*ids]
        known |= self._read_placed(unread)
        return {name: known[name] for name in ids if name in known}

    def employers(self, application_ids: Collection[str]) -> dict[str, str]:
        """The employer of each of these applications."""
        known = self._known_interviews().employers
        unread = [name for name in application_ids if name not in known]
        if len(known) + len(unread) > _KEPT_AT_MOST:
            known.clear()
            unread = [*application_ids]
        known |= self._read_employers(unread)
        return {name: known[name] for name in application_ids if name in known}

    def _known_interviews(self) -> KeptInterviews:
        """What was asked last, as it is now."""
        kept = kept_interviews(self._database)
        if not kept.outdated:
            return kept
        changed = kept.outdated
        times = [each for each in kept.times if each.application in changed]
        placed = {name: one for name, one in kept.placed.items() if one.application in changed}
        employers = {name: employer for name, employer in kept.employers.items() if name in changed}
        times_now = self._times_of(changed, kept.span)
        placed_now, employers_now = self._read_placed(placed), self._read_employers(employers)
        kept.outdated = set()
        if (times, placed, employers) == (times_now, placed_now, employers_now):
            return kept
        others = (each for each in kept.times if each.application not in changed)
        kept.times = sorted([*others, *times_now], key=_by_start)
        kept.placed = _with(kept.placed, placed, placed_now)
        kept.employers = _with(kept.employers, employers, employers_now)
        return kept

    def _times_of(self, applications: Collection[str], span: tuple[int, int] | None) -> list[InterviewTimes]:
        if span is None:
            return []
        values = {"keys": listed(applications), "first": span[0], "end": span[1]}
        return sorted(map(_times, self._database.sql(_OF_THESE, values)), key=_by_start)

    def _read_placed(self, ids: Collection[str]) -> dict[str, PlacedInterview]:
        found: dict[str, PlacedInterview] = {}
        rows = self._database.sql(_CALENDAR_INTERVIEWS, {"keys": listed(ids)}) if ids else ()
        for name, kind, *others in rows:
            try:
                found[name] = PlacedInterview(_KINDS[kind], *others)
            except KeyError as error:
                raise unreadable("interview", name, "kind", kind) from error
        return found

    def _read_employers(self, ids: Collection[str]) -> dict[str, str]:
        return dict(self._database.sql(_EMPLOYERS, {"keys": listed(ids)})) if ids else {}


def _with(known: Mapping[str, T], before: Mapping[str, T], now: Mapping[str, T]) -> dict[str, T]:
    """What is known, with this instead of what it was before."""
    return {name: value for name, value in known.items() if name not in before} | dict(now)


def _by_start(times: InterviewTimes) -> tuple[int, str]:
    return times.starts_at, times.interview


class PlanReads(CalendarReads):
    """The plan as it is stored. What a follow-up is at an instant is for ``domain.agenda`` to say."""

    def follow_up(self, key: str) -> FollowUp | None:
        """One follow-up of the plan."""
        for row in self._database.sql(FOLLOW_UP.select("key = ?"), (key,)):
            return follow_up_of(row)
        return None

    def follow_ups(self, application_id: str | None = None) -> list[FollowUp]:
        """The plan of one application, or all of it, by (due, key)."""
        where = "" if application_id is None else "application = :application"
        statement = FOLLOW_UP.select(where, "due_at, key")
        rows = self._database.sql(statement, {"application": application_id})
        return [follow_up_of(row) for row in rows]

    def calendar_days(
        self, bounds: Sequence[datetime], now: datetime, at_most: int | None = None
    ) -> list[tuple[int, list[tuple[FollowUp, Choice | None]]]]:
        """What falls due, or rests until, in each of the days between these instants.

        How many that are, and the first so many in that order, each with what the user chose, unless that is
        void. What has expired, was skipped or has retired is none of them.
        """
        values = {
            "days": json.dumps(list(pairwise(map(seconds, bounds)))),
            "now": seconds(now),
            "at_most": -1 if at_most is None else at_most,
        }
        found: list[tuple[int, list[tuple[FollowUp, Choice | None]]]] = [
            (count, []) for (count,) in self._database.sql(_COUNTED_BY_DAY, values)
        ]
        for row in self._database.sql(_FIRST_BY_DAY, values):
            day, columns, choice = row[0], row[1 : _WIDTH + 1], row[_WIDTH + 1 :]
            found[day][1].append((follow_up_of(columns), _choice(choice)))
        return found

    def moments_due(
        self,
        now: datetime,
        rules: Collection[Rule] | None = None,
        *,
        begins_before: datetime | None = None,
    ) -> list[tuple[FollowUp, Choice | None, LastAnnouncement | None]]:
        """What is to be announced now: each has a moment by now that was not announced yet.

        By (due, key), neither expired, skipped nor retired, none that waits for another. The moments are
        those of ``domain.agenda.moments``. Only of these rules, if they are given, and of what prepares for
        an interview only where that begins before an instant, if one is given.
        """
        statement, values = moments_due(rules, None if begins_before is None else seconds(begins_before))
        values["now"] = seconds(now)
        found: list[tuple[FollowUp, Choice | None, LastAnnouncement | None]] = []
        for row in self._database.sql(statement, values):
            key, announced_at, again_at = row[_WIDTH + 4 :]
            announced = None
            if key is not None:
                announced = LastAnnouncement(key=key, announced_at=_at(announced_at), again_at=_at(again_at))
            found.append((follow_up_of(row[:_WIDTH]), _choice(row[_WIDTH : _WIDTH + 4]), announced))
        return found

    def is_any_due(self, keys: Sequence[str], now: datetime) -> bool:
        """Whether one of these follow-ups is due, as ``domain.agenda.is_due`` has it.

        They are looked for until the first: one notification may be about thousands.
        """
        parts = (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))
        asked = ({"keys": json.dumps(part), "now": seconds(now)} for part in parts)
        return any(next(self._database.sql(_DUE, values), None) for values in asked)

    def next_announcement(self, now: datetime) -> tuple[str, datetime] | None:
        """The key of what is to be announced next, strictly after now, and when; but no encouragement.

        Of several at once that of the least key. Whether that is announced is not for the plan to say.
        """
        found = next(self._database.sql(NEXT_ANNOUNCEMENT, {"now": seconds(now)}), None)
        return None if found is None else (found[0], instant(found[1]))

    def waiting(self, keys: Collection[str], now: datetime) -> dict[str, str]:
        """Which of these follow-ups wait at an instant, each with the key of the one that comes first.

        As ``domain.agenda.waiting`` has it, for the plan that is stored.
        """
        values = {"keys": json.dumps(list(keys)), "now": seconds(now)}
        return dict(self._database.sql(enquiries.WAITING, values))

    def retired(self, keys: Collection[str]) -> frozenset[str]:
        """The keys, of these, of follow-ups that have retired, as ``domain.agenda.has_retired`` has it."""
        values = {"keys": json.dumps(list(keys))}
        return frozenset(str(key) for (key,) in self._database.sql(_RETIRED, values))

    def interviews_between(self, first: datetime, end: datetime) -> list[InterviewInstants]:
        """The interviews that start from one instant on and before another, not cancelled nor archived."""
        rows = self._database.sql(_INTERVIEW_INSTANTS, {"first": seconds(first), "end": seconds(end)})
        return [
            InterviewInstants(
                interview=interview,
                application=application,
                starts_at=instant(starts_at),
                ends_at=instant(ends_at),
            )
            for interview, application, starts_at, ends_at in rows
        ]

    def count_interviews_to_end(self, first: datetime, end: datetime, now: datetime) -> int:
        """How many of ``interviews_between`` aren't over at an instant."""
        values = {"first": seconds(first), "end": seconds(end), "now": seconds(now)}
        return int(next(self._database.sql(_GOING_ON, values))[0])

    def count_interviews(self, until: datetime) -> int:
        """The interviews of ``search_total`` over all years: those that had begun, archived or not."""
        # Years of them are behind, few ahead.
        ahead = "SELECT count(*) FROM interview_instant WHERE sent AND starts_at > ?"
        statement = f"SELECT number - ({ahead}) FROM counted WHERE thing = 'interview'"
        return int(next(self._database.sql(statement, (seconds(until),)))[0])

    def has_interviews(self, until: datetime) -> bool:
        """Whether ``count_interviews`` has any: of 10,000 open applications, to count them takes 0.6 ms."""
        statement = "SELECT EXISTS (SELECT 1 FROM interview_instant WHERE sent AND starts_at <= ?)"
        return bool(next(self._database.sql(statement, (seconds(until),)))[0])

    def underway_interviews(self, now: datetime) -> list[InterviewInstants]:
        """The interviews going on, for their first four hours at most."""
        started = self.interviews_between(
            now - UNDERWAY_AT_MOST + timedelta(seconds=1), now + timedelta(seconds=1)
        )
        return [interview for interview in started if now < interview.ends_at]

    def last_announced(self, rule: Rule) -> datetime | None:
        """When a follow-up of a rule was announced last."""
        rows = self._database.sql(
            "SELECT max(announced_at) FROM announced WHERE key >= ? AND key < ?", (f"{rule}/", f"{rule}0")
        )
        return _at(next(rows)[0])

    def announcements(self, since: datetime) -> list[LastAnnouncement]:
        """What was announced from an instant on, newest first."""
        rows = self._database.sql(
            "SELECT key, announced_at, again_at FROM announced WHERE announced_at >= ? "
            "ORDER BY announced_at DESC, key",
            (seconds(since),),
        )
        return [
            LastAnnouncement(key=key, announced_at=_at(announced_at), again_at=_at(again_at))
            for key, announced_at, again_at in rows
        ]

    def meta(self) -> dict[str, str]:
        """What the stored plan was made with, by name."""
        return dict(self._database.sql("SELECT name, value FROM meta"))

    def follow_ups_by_key(self, keys: list[str]) -> dict[str, FollowUp]:
        """The follow-ups with these keys, as far as the plan has them, by key."""
        rows = self._database.sql(FOLLOW_UP.select(among("key")), {"keys": listed(keys)})
        return {row[0]: follow_up_of(row) for row in rows}


def _at(value: int | None) -> datetime | None:
    return None if value is None else instant(value)


def _choice(cells: tuple[Any, ...]) -> Choice | None:
    key, made_at, snoozed_until, skipped = cells
    if key is None:
        return None
    return Choice(key=key, made_at=instant(made_at), snoozed_until=_at(snoozed_until), skipped=bool(skipped))
