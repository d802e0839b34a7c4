"""Where each follow-up stands in Today, by SQL: thousands cost little while none of them is looked at."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from followup_desktop.domain.model import Channel, Rule
from followup_desktop.storage.enquiries import waits
from followup_desktop.storage.listing import ListingReads
from followup_desktop.storage.plan_index import BEFORE_INTERVIEW, MET_AS, RETIRED, VALID_CHOICE
from followup_desktop.storage.plans import LISTED
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
    """A listed follow-up; ``at``, then ``due`` (UTC seconds) order it where it stands.

    ``at`` is the end of a snooze; the deadline of what is late; the end of what is due, which is its deadline
    or else its expiry, and for a preparation the start of the interview; when all others are due. Who was met
    together is in the order of ``met_as``.
    """

    slot: int
    rule: str
    channel: str
    is_open: int
    at: int
    due: int
    key: str
    application: str | None
    met_as: int


_DUE = f"CASE WHEN follow_up.channel = '{Channel.PHONE}' THEN {ListSlot.CALL:d} ELSE {ListSlot.DUE:d} END"

_START = "(SELECT starts_at FROM interview_instant WHERE interview = follow_up.interview)"

# As ``domain.agenda.state_at`` has it, for what is neither expired nor skipped.
_SLOT = f"""
        CASE WHEN choice.snoozed_until > :now THEN {ListSlot.SNOOZED:d}
            WHEN follow_up.deadline_at < :now THEN {ListSlot.LATE:d}
            WHEN {waits(":now")} THEN {ListSlot.WAITING:d}
            WHEN follow_up.due_at <= :now THEN {_DUE}
            WHEN follow_up.due_at < :tomorrow THEN {ListSlot.TODAY:d}
            WHEN follow_up.due_at <= :until THEN {ListSlot.NEAR:d}
            ELSE {ListSlot.FAR:d} END"""

_PLACES = f"""
    SELECT {_SLOT},
        follow_up.rule, follow_up.channel, follow_up.opens_at <= :now,
        CASE WHEN choice.snoozed_until > :now THEN choice.snoozed_until
            WHEN follow_up.deadline_at < :now THEN follow_up.deadline_at
            WHEN follow_up.due_at > :now THEN follow_up.due_at
            WHEN follow_up.rule IN {BEFORE_INTERVIEW} THEN coalesce({_START}, follow_up.expires_at)
            ELSE coalesce(follow_up.deadline_at, follow_up.expires_at) END,
        follow_up.due_at, follow_up.key, follow_up.application, {MET_AS}
    {LISTED}"""

_TO_DO = f"""
    SELECT count(*) {LISTED}
        AND {_SLOT} IN ({ListSlot.LATE:d}, {ListSlot.DUE:d}, {ListSlot.TODAY:d})"""

# What tells them from others at once comes first: they are few.
_CALLS = f"""
    SELECT application.timezone, application.country, count(*) FROM (
        SELECT follow_up.application AS called {LISTED}
            AND follow_up.channel = '{Channel.PHONE}' AND {_SLOT} = {ListSlot.CALL:d})
    CROSS JOIN application ON application.id = called
    GROUP BY application.timezone, application.country"""

_MISSED = f"""
    SELECT {ListSlot.MISSED:d}, follow_up.rule, follow_up.channel, 0, follow_up.expires_at, follow_up.due_at,
        follow_up.key, follow_up.application, {MET_AS}
    FROM follow_up {VALID_CHOICE}
    WHERE follow_up.rule = :rule
        AND follow_up.expires_at <= :now AND follow_up.expires_at > :since
        AND NOT coalesce(choice.skipped, 0)"""

_NOT_YET = f"""
    FROM follow_up
    WHERE follow_up.expires_at > :now AND follow_up.due_at > :after AND follow_up.opens_at > :now
        AND NOT {RETIRED}"""

_LATER = f"""
    SELECT {ListSlot.FAR:d}, follow_up.rule, follow_up.channel, 0, follow_up.due_at, follow_up.due_at,
        follow_up.key, follow_up.application, {MET_AS} AS met_as
    {_NOT_YET}
    ORDER BY follow_up.due_at, follow_up.rule, coalesce(follow_up.application, ''), met_as, follow_up.key
    LIMIT :limit"""

_FIRST = f"""
    SELECT follow_up.key {LISTED}
        AND follow_up.rule NOT IN (SELECT value FROM json_each(:rules))
        AND follow_up.application IS NOT :application AND NOT {waits(":now")}
    ORDER BY follow_up.due_at, follow_up.key LIMIT 1"""


_EMPLOYERS = "SELECT id, employer FROM application WHERE id IN (SELECT value FROM json_each(?))"
_WHEREABOUTS = "SELECT id, timezone, country FROM application WHERE id IN (SELECT value FROM json_each(?))"


class CallCount(NamedTuple):
    """How many calls are due, and wait for nothing, to employers of that zone and country."""

    timezone: str | None
    country: str | None
    number: int


class TodayReads(ListingReads):
    """The follow-ups that Today lists, each as a few plain values."""

    def today_entries(self, until: datetime, tomorrow: datetime, now: datetime) -> list[TodayEntry]:
        """Where all that is open now or falls due by an instant stands, in no order.

        ``tomorrow`` is when the user's next day begins.
        """
        return list(map(TodayEntry._make, self._placed(_PLACES, until, tomorrow, now)))

    def count_to_do(self, until: datetime, tomorrow: datetime, now: datetime) -> tuple[int, list[CallCount]]:
        """How many ``today_entries`` has that are late, due or fall due today, but for calls; and those.

        To count 10,000 takes a sixth of listing them.
        """
        ((number,),) = self._placed(_TO_DO, until, tomorrow, now)
        return number, list(map(CallCount._make, self._placed(_CALLS, until, tomorrow, now)))

    def _placed(
        self, statement: str, until: datetime, tomorrow: datetime, now: datetime
    ) -> Iterator[tuple[Any, ...]]:
        values = {"until": seconds(until), "tomorrow": seconds(tomorrow), "now": seconds(now)}
        return self._database.sql(statement, values)

    def missed_entries(self, rule: Rule, now: datetime, within: timedelta) -> list[TodayEntry]:
        """What of a rule is called for, has expired within that time by now, and was not skipped."""
        values = {
            "rule": str(rule),
            "now": seconds(now),
            "since": seconds(now - within),
        }
        return list(map(TodayEntry._make, self._database.sql(_MISSED, values)))

    def later_entries(self, after: datetime, now: datetime, limit: int) -> tuple[list[TodayEntry], int]:
        """The first of what falls due after an instant and is not open yet, in its order; and how many.

        Nothing of it can have been chosen about yet.
        """
        values = {"after": seconds(after), "now": seconds(now)}
        count = int(next(self._database.sql(f"SELECT count(*) {_NOT_YET}", values))[0])
        rows = self._database.sql(_LATER, {**values, "limit": limit})
        return list(map(TodayEntry._make, rows)), count

    def employers(self, applications: Collection[str]) -> dict[str, str]:
        """The employer of each of these applications, by id."""
        return dict(self._database.sql(_EMPLOYERS, (json.dumps(list(applications)),)))

    def whereabouts(self, applications: Collection[str]) -> dict[str, tuple[str | None, str | None]]:
        """Zone and country of these applications, as far as they have their own."""
        rows = self._database.sql(_WHEREABOUTS, (json.dumps(list(applications)),))
        return {application: (zone, country) for application, zone, country in rows}

    def first_listed(
        self, until: datetime, now: datetime, *, but: Collection[Rule], application: str | None
    ) -> str | None:
        """The key of what comes first in ``today_entries`` and can be done.

        Rules are left out, and what is of one application.
        """
        values = {
            "until": seconds(until),
            "now": seconds(now),
            "rules": json.dumps(sorted(but)),
            "application": application,
        }
        return next((key for (key,) in self._database.sql(_FIRST, values)), None)
