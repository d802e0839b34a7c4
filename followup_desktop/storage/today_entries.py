"""Where each follow-up stands in Today, by SQL: thousands cost little while none of them is looked at."""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from followup_desktop.domain.agenda import MISSED_FOR
from followup_desktop.domain.model import Channel
from followup_desktop.domain.rules.table import rules_where
from followup_desktop.storage.database import AT_A_TIME, Database
from followup_desktop.storage.enquiries import IS_ENQUIRY, waits
from followup_desktop.storage.listing import ListingReads
from followup_desktop.storage.plan_index import (
    BEFORE_INTERVIEW,
    KIND_WORDS,
    RETIRED,
    SPAN_OF_FOLLOW_UP,
    SPANS,
    VALID_CHOICE,
    in_sql,
)
from followup_desktop.storage.plans import STARTING
from followup_desktop.storage.tables import seconds


class ListSlot(IntEnum):
    """What a listed follow-up is at an instant; where a call stands, its employer's calendar has to say.

    What is ``WAITING`` is due, and not its employer's turn: see ``domain.agenda.waiting``. What is ``MISSED``
    has expired: see ``domain.agenda.is_missed``.
    """

    SNOOZED = 0
    LATE = 1
    CALL = 2
    DUE = 3
    TODAY = 4
    NEAR = 5
    FAR = 6
    WAITING = 7
    MISSED = 8


class TodayEntry(NamedTuple):
    """A listed follow-up; the first values, in this order, say where it stands among others.

    ``at`` is the end of a snooze; the deadline of what is late; the end of what is due, which is its deadline
    or else its expiry, and for a preparation the start of the interview; when all others are due. Who was met
    together is in the order of ``met_as``. The ``application`` may be empty; the employer is its own, as are,
    of a call, zone and country. All of it holds until ``turns_at``, unless something is written; instants are
    in UTC seconds.
    """

    at: int
    due: int
    rule: str
    application: str
    met_as: int
    key: str
    slot: int
    channel: str
    is_open: int
    turns_at: int
    employer: str | None
    timezone: str | None
    country: str | None

    def moved(self, at: int) -> TodayEntry:
        """The same where another instant orders it; ``_replace`` takes three times as long."""
        return TodayEntry(at, *self[1:])


_ENTRY_OF: Callable[[tuple[Any, ...]], TodayEntry] = partial(tuple.__new__, TodayEntry)
"""Of a row: ``_make`` takes half as long again, for each of 10,000."""

TodayListing = Mapping[tuple[int, str], Sequence[TodayEntry]]
"""The entries of each slot and rule, in their order."""

_BEGINS = "min(follow_up.opens_at, follow_up.due_at)"
_BY_SPAN = f"""
    FROM json_each('{json.dumps(SPANS)}') AS spans
    CROSS JOIN follow_up INDEXED BY follow_up_by_span
        ON {SPAN_OF_FOLLOW_UP} = spans.value AND {_BEGINS} > :now - spans.value"""
_OPEN_BY_SPAN = f"{_BY_SPAN} AND {_BEGINS} <= max(:until, :now)"
_BEGUN_BY_SPAN = f"{_BY_SPAN} AND {_BEGINS} <= :now"
_TODAY_BY_SPAN = f"{_BY_SPAN} AND {_BEGINS} < :tomorrow"
_OF_THESE = "FROM json_each(:keys) AS keys CROSS JOIN follow_up ON follow_up.key = keys.value"

# Open now or due by an instant, neither expired, skipped nor retired.
_IS_LISTED = f"""
    follow_up.expires_at > :now AND (follow_up.due_at <= :until OR follow_up.opens_at <= :now)
        AND NOT coalesce(choice.skipped, 0) AND NOT {RETIRED}"""

_DUE = f"CASE WHEN follow_up.channel = '{Channel.PHONE}' THEN {ListSlot.CALL:d} ELSE {ListSlot.DUE:d} END"

# By the key, for those alone that have an interview: the index has all else that is asked of 10,000 of them,
# and to look up the row of each took 25 of 56 ms.
_START = """(SELECT starts_at FROM follow_up AS own
            CROSS JOIN interview_instant ON interview_instant.interview = own.interview
            WHERE own.key = follow_up.key)"""
_TO_INTERVIEWER = in_sql(rules_where(lambda row: row.to_interviewer))
_MET_AS = f"""
        CASE WHEN follow_up.rule IN {_TO_INTERVIEWER} THEN
            coalesce((SELECT position FROM follow_up AS own
                CROSS JOIN interview_interviewer AS met
                    ON met.interview = own.interview AND met.contact = own.contact
                WHERE own.key = follow_up.key), 0) ELSE 0 END"""

# As ``domain.agenda.state_at`` has it, for what is neither expired nor skipped.
_SLOT = f"""
        CASE WHEN choice.snoozed_until > :now THEN {ListSlot.SNOOZED:d}
            WHEN follow_up.deadline_at < :now THEN {ListSlot.LATE:d}
            WHEN {waits(":now")} THEN {ListSlot.WAITING:d}
            WHEN follow_up.due_at <= :now THEN {_DUE}
            WHEN follow_up.due_at < :tomorrow THEN {ListSlot.TODAY:d}
            WHEN follow_up.due_at <= :until THEN {ListSlot.NEAR:d}
            ELSE {ListSlot.FAR:d} END"""

_AT = f"""
        CASE WHEN choice.snoozed_until > :now THEN choice.snoozed_until
            WHEN follow_up.deadline_at < :now THEN follow_up.deadline_at
            WHEN follow_up.due_at > :now THEN follow_up.due_at
            WHEN follow_up.rule IN {BEFORE_INTERVIEW} THEN coalesce({_START}, follow_up.expires_at)
            ELSE coalesce(follow_up.deadline_at, follow_up.expires_at) END"""

# The days turn all of it; what an enquiry waits for turns at the ends of its spans.
_TURNS_AT = f"""
        min(follow_up.expires_at,
            CASE WHEN follow_up.opens_at > :now THEN follow_up.opens_at ELSE follow_up.expires_at END,
            CASE WHEN follow_up.due_at > :now THEN follow_up.due_at ELSE follow_up.expires_at END,
            CASE WHEN follow_up.deadline_at >= :now THEN follow_up.deadline_at + 1
                ELSE follow_up.expires_at END,
            CASE WHEN choice.snoozed_until > :now THEN choice.snoozed_until ELSE follow_up.expires_at END,
            CASE WHEN follow_up.{IS_ENQUIRY} THEN
                coalesce((SELECT min(CASE WHEN since > :now THEN since ELSE until END) FROM enquiry_wait
                    WHERE enquiry_wait.key = follow_up.key AND until > :now), follow_up.expires_at)
                ELSE follow_up.expires_at END)"""

_OF_APPLICATION = "LEFT JOIN application ON application.id = follow_up.application"


# Where the others are, nothing depends on: of 10,000 they were 1.2 MB.
_OF_CALLS = f"CASE WHEN follow_up.channel = '{Channel.PHONE}' THEN application.{{}} END"


def _entry(at: str, slot: str, is_open: str, turns_at: str) -> str:
    """What is selected of ``follow_up`` and ``application`` for a ``TodayEntry``."""
    return f"""
    SELECT {at}, follow_up.due_at, follow_up.rule, coalesce(follow_up.application, ''), {_MET_AS} AS met_as,
        follow_up.key, {slot}, follow_up.channel, {is_open}, {turns_at},
        application.employer, {_OF_CALLS.format("timezone")}, {_OF_CALLS.format("country")}"""


_FAR = _entry("follow_up.due_at", f"{ListSlot.FAR:d}", "0", "follow_up.opens_at")
_MISSED = f"""
    follow_up.rule IN {_TO_INTERVIEWER}
        AND follow_up.expires_at <= :now AND follow_up.expires_at > :now - :missed_for
        AND NOT coalesce(choice.skipped, 0)"""


def _entries(listed: str, missed: str) -> str:
    """The statement for the entries of follow-ups, each of them after FROM: listed ones, and missed ones."""
    is_missed = "follow_up.expires_at", f"{ListSlot.MISSED:d}", "0", "follow_up.expires_at + :missed_for"
    return f"""
    {_entry(_AT, _SLOT, "follow_up.opens_at <= :now", _TURNS_AT)}
    {listed} {VALID_CHOICE} {_OF_APPLICATION} WHERE {_IS_LISTED}
    UNION ALL {_entry(*is_missed)} {missed} {VALID_CHOICE} {_OF_APPLICATION} WHERE {_MISSED}"""


_ALL_ENTRIES = _entries(_OPEN_BY_SPAN, "FROM follow_up")
_THESE_ENTRIES = _entries(_OF_THESE, _OF_THESE)

# What is listed by now, and wasn't known before, has been opened since.
_BEGUN = f"SELECT follow_up.key {_BEGUN_BY_SPAN} AND {_BEGINS} > :then"

_TO_DO_SLOTS = (ListSlot.LATE, ListSlot.DUE, ListSlot.TODAY)
_TO_DO = f"""
    SELECT count(*) {_TODAY_BY_SPAN} {VALID_CHOICE} WHERE {_IS_LISTED}
        AND {_SLOT} IN ({", ".join(f"{slot:d}" for slot in _TO_DO_SLOTS)})"""

# What tells them from others at once comes first: they are few.
_CALLS = f"""
    SELECT application.timezone, application.country, count(*) FROM (
        SELECT follow_up.application AS called {_BEGUN_BY_SPAN} {VALID_CHOICE} WHERE {_IS_LISTED}
            AND follow_up.channel = '{Channel.PHONE}' AND {_SLOT} = {ListSlot.CALL:d})
    CROSS JOIN application ON application.id = called
    GROUP BY application.timezone, application.country"""

_NOT_YET = f"""
    WHERE follow_up.expires_at > :now AND follow_up.due_at > :after AND follow_up.opens_at > :now
        AND NOT {RETIRED}"""

# All that falls due later, but for what is open by now or has retired: to look at each of 10,000 by when it
# begins took three times as long.
_COUNT_LATER = f"""
    SELECT (SELECT count(*) FROM follow_up INDEXED BY follow_up_by_due
            WHERE due_at > :after AND expires_at > :now)
        - (SELECT count(*) {_BEGUN_BY_SPAN} WHERE follow_up.due_at > :after AND follow_up.expires_at > :now)
        - (SELECT count(*) FROM follow_up INDEXED BY follow_up_by_expiry
            WHERE follow_up.rule IN {KIND_WORDS} AND follow_up.expires_at > :now
                AND follow_up.due_at > :after AND follow_up.opens_at > :now AND {RETIRED})"""

_LATER = f"""
    {_FAR} FROM follow_up INDEXED BY follow_up_by_due {_OF_APPLICATION} {_NOT_YET}
    ORDER BY follow_up.due_at, follow_up.rule, coalesce(follow_up.application, ''), met_as, follow_up.key
    LIMIT :limit"""

_ANSWERED_PREPARATION = f"""
    SELECT follow_up.key FROM interview_instant
    CROSS JOIN follow_up INDEXED BY follow_up_by_application
        ON follow_up.application = interview_instant.application
    CROSS JOIN choice ON choice.key = follow_up.key AND choice.made_at >= follow_up.opens_at
    WHERE {STARTING} AND interview_instant.ends_at > :now
        AND follow_up.rule IN {BEFORE_INTERVIEW} AND follow_up.opens_at <= :now
        AND (choice.skipped OR choice.snoozed_until > :now AND follow_up.expires_at > :now)
    ORDER BY interview_instant.starts_at, interview_instant.interview, follow_up.due_at, follow_up.key
    LIMIT 1"""


class CallCount(NamedTuple):
    """How many calls are due, and wait for nothing, to employers of that zone and country."""

    timezone: str | None
    country: str | None
    number: int


_Instants = dict[str, int]
"""By which a statement is asked, by their names."""


def _instants(until: datetime, tomorrow: datetime, now: datetime) -> _Instants:
    return {
        "until": seconds(until),
        "tomorrow": seconds(tomorrow),
        "now": seconds(now),
        "missed_for": int(MISSED_FOR.total_seconds()),
    }


def _days(at: _Instants) -> tuple[int, int]:
    """When the user's days turn by which the entries were placed."""
    return at["until"], at["tomorrow"]


_ENTRIES = "today entries"
"""Under this name a database keeps them."""


class KeptEntries:
    """The entries of Today as they were last read, in their order, and which of them may be others by now.

    With 10,000 follow-ups open, to read them all took 45 of the 110 ms of an edit in Today.
    """

    def __init__(self) -> None:
        self._days: tuple[int, int] | None = None
        self._read_at = 0
        self._turns_at = 0
        self._by_key: dict[str, TodayEntry] = {}
        self._alike: dict[tuple[int, str], list[TodayEntry]] = {}
        self._outdated: set[str] = set()

    @property
    def read_at(self) -> int:
        """At which instant they were read."""
        return self._read_at

    def outdate(self, keys: Collection[str] | None) -> None:
        """These follow-ups, or any (``None``), may have come, gone or changed."""
        if keys is None:
            self._days = None
        elif self._days is not None:
            self._outdated.update(keys)

    def outdated(self, at: _Instants) -> set[str] | None:
        """Which are to be read again now, as far as is known here; ``None`` for all, as on another day."""
        now = at["now"]
        if self._days != _days(at) or now < self._read_at:
            return None
        if self._turns_at <= now:
            self._outdated |= {each.key for each in self._by_key.values() if each.turns_at <= now}
        return self._outdated if len(self._outdated) <= AT_A_TIME else None

    def take_all(self, entries: Iterable[TodayEntry], at: _Instants) -> TodayListing:
        """There are these, and no others."""
        self._by_key = {each.key: each for each in entries}
        alike: dict[tuple[int, str], list[TodayEntry]] = defaultdict(list)
        for each in sorted(self._by_key.values()):
            alike[each.slot, each.rule].append(each)
        self._alike = dict(alike)
        self._days, self._turns_at = _days(at), at["now"]
        return self._note(at["now"])

    def take(self, keys: Iterable[str], entries: Iterable[TodayEntry], now: int) -> TodayListing:
        """Of those with these keys there are these, and no others."""
        for key in keys:
            if (gone := self._by_key.pop(key, None)) is not None:
                kin = self._alike[gone.slot, gone.rule]
                del kin[bisect_left(kin, gone)]
        for each in entries:
            self._by_key[each.key] = each
            self._turns_at = min(self._turns_at, each.turns_at)
            insort(self._alike.setdefault((each.slot, each.rule), []), each)
        return self._note(now)

    def _note(self, now: int) -> TodayListing:
        self._outdated = set()
        self._read_at = now
        if self._turns_at <= now:
            self._turns_at = min(map(attrgetter("turns_at"), self._by_key.values()), default=now)
        return self._alike


def kept_entries(database: Database) -> KeptEntries:
    """The entries of Today as they were read here, unless something was written since that didn't tell."""
    return database.kept(_ENTRIES, KeptEntries)


def keeping_entries(entries: KeptEntries) -> dict[str, object]:
    """What a database is to hold for these to stay what it has kept: see ``Database.holding``."""
    return {_ENTRIES: entries}


class TodayReads(ListingReads):
    """The follow-ups that Today lists, each as a few plain values."""

    def today_entries(self, until: datetime, tomorrow: datetime, now: datetime) -> TodayListing:
        """Where all stands that is open now, falls due by an instant or was missed.

        ``tomorrow`` is when the user's next day begins. It is kept, and only what was changed or has turned
        since is read again; with the next reading it may be another.
        """
        values = _instants(until, tomorrow, now)
        listing = self._listing_as_kept(values)
        if listing is None:
            entries = map(_ENTRY_OF, self._database.sql(_ALL_ENTRIES, values))
            listing = kept_entries(self._database).take_all(entries, values)
        return listing

    def _listing_as_kept(self, values: _Instants) -> TodayListing | None:
        """The listing, where most of it is as it was read before."""
        kept = kept_entries(self._database)
        keys = kept.outdated(values)
        if keys is None:
            return None
        if kept.read_at < values["now"]:
            begun = self._database.sql(_BEGUN, {"then": kept.read_at, "now": values["now"]})
            keys = keys.union(key for (key,) in begun)
        asked = {**values, "keys": json.dumps(list(keys))}
        found = self._database.sql(_THESE_ENTRIES, asked) if keys else ()
        return kept.take(keys, map(_ENTRY_OF, found), values["now"])

    def count_to_do(self, until: datetime, tomorrow: datetime, now: datetime) -> tuple[int, list[CallCount]]:
        """How many ``today_entries`` has that are late, due or fall due today, but for calls; and those.

        To count 10,000 takes a tenth of listing them, and where that was done, as good as nothing.
        """
        values = _instants(until, tomorrow, now)
        listing = self._listing_as_kept(values)
        if listing is None:
            ((number,),) = self._database.sql(_TO_DO, values)
            return number, list(map(CallCount._make, self._database.sql(_CALLS, values)))
        calls = Counter(
            (each.timezone, each.country)
            for (slot, _), alike in listing.items()
            if slot == ListSlot.CALL
            for each in alike
        )
        number = sum(len(alike) for (slot, _), alike in listing.items() if slot in _TO_DO_SLOTS)
        return number, [CallCount(*where, count) for where, count in calls.items()]

    def later_entries(self, after: datetime, now: datetime, limit: int) -> tuple[list[TodayEntry], int]:
        """The first of what falls due after an instant and is not open yet, in its order; and how many.

        Nothing of it can have been chosen about yet.
        """
        values = {"after": seconds(after), "now": seconds(now)}
        ((count,),) = self._database.sql(_COUNT_LATER, values)
        rows = self._database.sql(_LATER, {**values, "limit": limit})
        return list(map(_ENTRY_OF, rows)), count

    def answered_preparation(self, first: datetime, end: datetime, now: datetime) -> str | None:
        """The key of a preparation that is open and was answered or put off, if there is one.

        It is that of the first of ``interviews_between`` which isn't over.
        """
        values = {"first": seconds(first), "end": seconds(end), "now": seconds(now)}
        return next((key for (key,) in self._database.sql(_ANSWERED_PREPARATION, values)), None)
