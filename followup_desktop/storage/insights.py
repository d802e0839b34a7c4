"""What the figures of a search are made from, counted in SQL.

One statement reads every application once and gives rows of a ``Count`` each; what the words in it mean is
said in ``services.reading.insights`` and in the guide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from followup_desktop.domain.model import Stage
from followup_desktop.domain.worktime import zone
from followup_desktop.storage.database import Database
from followup_desktop.storage.folding import fold
from followup_desktop.storage.listing import OUTREACH, SENT_AT
from followup_desktop.storage.tables import seconds

_EPOCH = date(1970, 1, 1)
_DAY = 86400
_LOOK = timedelta(days=7)
"""Zones never change twice within less."""

DEBRIEF_DAYS = 7
FEEDBACK_DAYS = 14
OFFER_HOURS = 24
"""So long one has for each, as the rules say."""


class Counted(StrEnum):
    """What a count is about; in brackets what stands in ``keys``, then in ``numbers``."""

    FLOW = "flow"
    """(stage, was answered, had an interview, had an offer, be it without one): applications."""
    SOURCE = "source"
    """(source): applications, answered ones, those with an interview or an offer."""
    APPLIED = "applied"
    """(Monday of the week): applications."""
    ANSWERED = "answered"
    """(Monday of the week): first answers."""
    MET = "met"
    """(Monday of the week): interviews."""
    ANSWER = "answer"
    """(days from the application to the first answer): applications."""
    DECISION = "decision"
    """(days from the application to the decision): applications."""
    SILENCE = "silence"
    """(days until the first answer or until it was given up, got further): those whose end is known."""
    CALL = "call"
    """(weekday, hour, outcome): calls."""
    IN_TIME = "in_time"
    """(kind): those whose time is up, those of them done in time."""
    AGE = "age"
    """(days since the application or None): applications that are open now."""
    FIRST = "first"
    """(the day of the first application, that of the first in any period): applications."""


class Count(NamedTuple):
    """One row: days and weeks in it are days since 1970-01-01."""

    kind: Counted
    keys: tuple[Any, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which applications, and from which days; ``None`` doesn't narrow.

    ``sources`` are texts as they were entered, ``tag`` is compared however it is written, ``stage`` is the
    present one. Both days are included.
    """

    first: date | None = None
    last: date | None = None
    sources: tuple[str, ...] | None = None
    tag: str | None = None
    stage: Stage | None = None


def day_number(day: date) -> int:
    """The days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The date of so many days after 1970-01-01."""
    return _EPOCH + timedelta(days=number)


_REACTED = f"('{Stage.INTERVIEWING}', '{Stage.OFFER}', '{Stage.ACCEPTED}', '{Stage.REJECTED}')"
_MET = f"('{Stage.INTERVIEWING}')"
_OFFERED = f"('{Stage.OFFER}', '{Stage.ACCEPTED}')"
_DECIDED = f"('{Stage.OFFER}', '{Stage.ACCEPTED}', '{Stage.REJECTED}')"
_OPEN = f"('{Stage.APPLIED}', '{Stage.INTERVIEWING}', '{Stage.OFFER}')"

_TABLES = """
WITH told AS MATERIALIZED (
    SELECT application AS id,
        min(CASE WHEN kind = 'reply' OR (kind = 'call' AND outcome = 'spoke')
            OR (kind = 'stage' AND to_stage IN {reacted} AND coalesce(from_stage, '') NOT IN {reacted})
            THEN at END) AS answered_at,
        min(CASE WHEN kind = 'stage' AND from_stage IN {reacted} THEN at END) AS known_answered_at,
        min(CASE WHEN kind = 'stage' AND to_stage IN {decided} AND coalesce(from_stage, '') NOT IN {decided}
            THEN at END) AS decided_at,
        min(CASE WHEN kind = 'stage' AND from_stage IN {decided} THEN at END) AS known_decided_at,
        max(CASE WHEN kind = 'stage' AND to_stage = 'offer' THEN at END) AS offered_at,
        max(CASE WHEN kind = 'stage' AND to_stage = 'rejected' THEN at END) AS rejected_at,
        max(CASE WHEN kind = 'stage' AND to_stage = 'no_response' THEN at END) AS given_up_at,
        max(kind = 'stage' AND (to_stage IN {met} OR from_stage IN {met})) AS met,
        max(kind = 'stage' AND (to_stage IN {offered} OR from_stage IN {offered})) AS offered
    FROM event WHERE at <= :now AND kind IN ('reply', 'call', 'stage') GROUP BY application
),
talk AS MATERIALIZED (
    SELECT interview_instant.application AS id, interview.id AS interview, interview_instant.starts_at,
        interview_instant.ends_at, interview.debriefed_at, {talk_day} AS day,
        application.stage <> 'saved' AS is_counted
    FROM interview_instant JOIN interview ON interview.id = interview_instant.interview
    JOIN application ON application.id = interview_instant.application
    WHERE NOT interview.cancelled AND {kept}
),
met AS MATERIALIZED (
    SELECT talk.id, talk.day, interview_interviewer.contact, min(talk.starts_at) AS starts_at,
        min(talk.ends_at) AS ends_at
    FROM talk LEFT JOIN interview_interviewer ON interview_interviewer.interview = talk.interview
    WHERE talk.is_counted GROUP BY talk.id, talk.day, interview_interviewer.contact
),
talks AS MATERIALIZED (
    SELECT id, min(CASE WHEN starts_at <= :now THEN starts_at END) AS first_at,
        min(ends_at) AS first_end
    FROM talk WHERE is_counted GROUP BY id
),
dated AS MATERIALIZED (
    SELECT application.id, application.stage, application.source, application.archived,
        application.do_not_contact, application.closes_on, application.offer_expires_on, talks.first_end,
        application.applied_on,
        coalesce(told.offered_at, CASE WHEN application.stage = 'offer' AND application.stage_at <= :now
            THEN application.stage_at END) AS offered_at,
        coalesce(told.rejected_at, CASE WHEN application.stage = 'rejected' AND application.stage_at <= :now
            THEN application.stage_at END) AS rejected_at,
        coalesce(told.given_up_at, CASE WHEN application.stage = 'no_response'
            AND application.stage_at <= :now THEN application.stage_at END, :now) AS given_up_at,
        CASE WHEN application.applied_on IS NULL THEN {sent_at} END AS applied_at,
        coalesce(min(told.answered_at, talks.first_at), told.answered_at, talks.first_at,
            CASE WHEN application.stage IN {reacted} AND application.stage_at <= :now
                AND told.known_answered_at IS NULL THEN application.stage_at END) AS answered_at,
        told.known_answered_at,
        coalesce(told.decided_at, CASE WHEN application.stage IN {decided} AND application.stage_at <= :now
            AND told.known_decided_at IS NULL THEN application.stage_at END) AS decided_at,
        told.known_decided_at,
        (application.stage IN {reacted} OR told.answered_at IS NOT NULL
            OR told.known_answered_at IS NOT NULL OR talks.id IS NOT NULL) AS answered,
        (application.stage IN {met} OR coalesce(told.met, 0) OR talks.id IS NOT NULL) AS met,
        (application.stage IN {offered} OR coalesce(told.offered, 0)) AS offered
    FROM application
    LEFT JOIN told ON told.id = application.id
    LEFT JOIN talks ON talks.id = application.id
    WHERE {counted}
),
chosen AS MATERIALIZED (
    SELECT id, stage, source, archived, do_not_contact, closes_on, offer_expires_on, offered_at, rejected_at,
        first_end, answered, met, offered,
        CASE WHEN applied_on IS NOT NULL THEN unixepoch(applied_on) / 86400 ELSE {applied_day} END AS applied,
        CASE WHEN coalesce(answered_at <= known_answered_at, 1) THEN {answered_day} END AS answered_day,
        CASE WHEN coalesce(decided_at <= known_decided_at, 1) THEN {decided_day} END AS decided_day,
        {rejected_day} AS rejected_day,
        {given_up_day} AS given_up_day,
        coalesce(applied_on <= :day, applied_at <= :now, 1) AS has_gone,
        {offered_day} AS offered_day
    FROM dated
),
sent AS NOT MATERIALIZED (
    SELECT * FROM chosen WHERE has_gone AND (:first IS NULL OR applied BETWEEN :first AND :last)
),
call AS MATERIALIZED (
    SELECT {call_second} AS second, outcome FROM event
    JOIN application ON application.id = event.application
    WHERE event.kind = 'call' AND event.at <= :now AND {kept}
),
reply AS MATERIALIZED (
    SELECT offered_at, rejected_at, rejected_day, unixepoch(offer_expires_on) / 86400 AS ends,
        (SELECT min(at) FROM event WHERE event.application = chosen.id AND kind = 'stage'
            AND to_stage IN ('accepted', 'withdrawn')
            AND at BETWEEN chosen.offered_at AND :now) AS replied_at
    FROM chosen WHERE offer_expires_on IS NOT NULL AND offered_at IS NOT NULL AND ends < :today
        AND ends >= offered_day AND (:first IS NULL OR offered_day BETWEEN :first AND :last)
)
"""

_EMPLOYERS = """
SELECT count(*), max(CASE WHEN sent.offered THEN 2 WHEN sent.met THEN 1 ELSE 0 END)
    FROM sent JOIN application ON application.id = sent.id
    GROUP BY application.employer_key ORDER BY min(sent.applied) IS NULL, min(sent.applied), min(sent.id)
"""

_FIGURES = """
SELECT 'flow', stage, answered, met, offered, count(*), 0, 0
    FROM sent GROUP BY stage, answered, met, offered
UNION ALL SELECT 'source', source, NULL, NULL, NULL, count(*), sum(answered), sum(met OR offered)
    FROM sent GROUP BY source
UNION ALL SELECT 'applied', {week_applied} AS week, NULL, NULL, NULL, count(*), 0, 0
    FROM sent WHERE applied IS NOT NULL GROUP BY week
UNION ALL SELECT 'answered', {week_answered} AS week, NULL, NULL, NULL, count(*), 0, 0
    FROM chosen
    WHERE has_gone AND answered_day IS NOT NULL AND (:first IS NULL OR answered_day BETWEEN :first AND :last)
    GROUP BY week
UNION ALL SELECT 'met', {week_met} AS week, NULL, NULL, NULL, count(*), 0, 0
    FROM talk
    WHERE talk.starts_at <= :now AND (:first IS NULL OR day BETWEEN :first AND :last) GROUP BY week
UNION ALL SELECT 'answer', answered_day - applied AS days, NULL, NULL, NULL, count(*), 0, 0
    FROM sent WHERE answered_day >= applied GROUP BY days
UNION ALL SELECT 'decision', decided_day - applied AS days, NULL, NULL, NULL, count(*), 0, 0
    FROM sent WHERE decided_day >= applied GROUP BY days
UNION ALL SELECT 'silence', CASE WHEN answered THEN answered_day ELSE given_up_day END - applied AS days,
        met OR offered AS led, NULL, NULL, count(*), 0, 0
    FROM sent WHERE applied IS NOT NULL AND (answered_day IS NOT NULL OR NOT answered)
        AND (led OR stage IN ('rejected', 'no_response'))
    GROUP BY days, led
UNION ALL SELECT 'call', (second / 86400 + 3) % 7 AS weekday, second % 86400 / 3600 AS hour, outcome, NULL,
        count(*), 0, 0
    FROM call WHERE :first IS NULL OR second / 86400 BETWEEN :first AND :last GROUP BY weekday, hour, outcome
UNION ALL SELECT 'in_time', 'thank_you', NULL, NULL, NULL, count(*), sum(done), 0 FROM (
        SELECT EXISTS (SELECT 1 FROM event WHERE event.application = met.id AND event.kind = 'thank_you'
                AND (met.contact IS NULL OR coalesce(event.contact, met.contact) = met.contact)
                AND event.at BETWEEN met.starts_at AND met.ends_at + :thanks) AS done
        FROM met LEFT JOIN contact ON contact.id = met.contact
        WHERE met.ends_at + :thanks <= :now AND (:first IS NULL OR met.day BETWEEN :first AND :last)
            AND NOT coalesce(contact.no_thank_you, 0)
            AND (met.contact IS NOT NULL OR NOT EXISTS (SELECT 1 FROM met AS named
                WHERE named.id = met.id AND named.day = met.day AND named.contact IS NOT NULL)))
UNION ALL SELECT 'in_time', 'debrief', NULL, NULL, NULL, count(*),
        sum(noted_at IS NOT NULL AND noted_at <= ends_at + :debrief), 0
    FROM (SELECT day, max(ends_at) AS ends_at,
            CASE WHEN count(debriefed_at) = count(*) THEN max(debriefed_at) END AS noted_at
        FROM talk WHERE is_counted GROUP BY id, day)
    WHERE ends_at + :debrief <= :now AND (:first IS NULL OR day BETWEEN :first AND :last)
UNION ALL SELECT 'in_time', 'ask_feedback', NULL, NULL, NULL, count(*), sum(EXISTS (
        SELECT 1 FROM event WHERE event.application = chosen.id AND event.kind = 'feedback_request'
            AND event.at BETWEEN chosen.rejected_at AND chosen.rejected_at + :feedback)), 0
    FROM chosen WHERE stage = 'rejected' AND NOT do_not_contact AND first_end <= rejected_at
        AND rejected_at + :feedback <= :now
        AND (:first IS NULL OR rejected_day BETWEEN :first AND :last)
UNION ALL SELECT 'in_time', 'offer_thanks', NULL, NULL, NULL, count(*), sum(EXISTS (
        SELECT 1 FROM event WHERE event.application = chosen.id
            AND event.kind IN ({outreach})
            AND event.at > chosen.offered_at AND event.at <= chosen.offered_at + :offer)), 0
    FROM chosen WHERE offered_at + :offer <= :now
        AND (:first IS NULL OR offered_day BETWEEN :first AND :last)
UNION ALL SELECT 'in_time', 'offer_reply', NULL, NULL, NULL, count(*), sum({replied_day} <= ends), 0
    FROM reply WHERE coalesce(rejected_at < offered_at OR rejected_day > ends, 1) OR replied_at < rejected_at
UNION ALL SELECT 'in_time', 'apply', NULL, NULL, NULL, count(*),
        sum(applied <= ends), 0
    FROM (SELECT applied, unixepoch(closes_on) / 86400 AS ends FROM chosen
            WHERE has_gone AND applied IS NOT NULL
        UNION ALL SELECT NULL, unixepoch(closes_on) / 86400 FROM application
            WHERE stage = 'saved' AND NOT archived AND {kept})
    WHERE ends < :today AND (:first IS NULL OR ends BETWEEN :first AND :last)
UNION ALL SELECT 'age', :today - applied AS days, NULL, NULL, NULL, count(*), 0, 0
    FROM chosen WHERE stage IN {open} AND NOT archived AND has_gone GROUP BY days
UNION ALL SELECT 'first', min(applied), (SELECT min(applied) FROM chosen WHERE has_gone), NULL, NULL,
        count(*), 0, 0
    FROM sent
"""

_FIRST = """
SELECT min(first) FROM (SELECT min(at) AS first FROM event
    UNION ALL SELECT min(starts_at) FROM interview_instant
    UNION ALL SELECT min(stage_at) FROM application)
"""


def counts(database: Database, scope: Scope, now: datetime, zone_name: str, thanks_hours: int) -> list[Count]:
    """Everything that is counted at an instant, by the calendar of a zone."""
    rows = _rows(database, _FIGURES, scope, (now, zone_name), thanks_hours)
    kinds = {str(kind): kind for kind in Counted}
    return [Count(kinds[row[0]], row[1:5], (row[5], row[6] or 0, row[7] or 0)) for row in rows]


def employers(database: Database, scope: Scope, now: datetime, zone_name: str) -> list[tuple[int, int]]:
    """How many were sent to each employer, and how far the best got; in the order of the first to each.

    That is 0, or 1 with an interview, or 2 with an offer.
    """
    return [(sent, level) for sent, level in _rows(database, _EMPLOYERS, scope, (now, zone_name))]


def _rows(
    database: Database, figures: str, scope: Scope, moment: tuple[datetime, str], thanks_hours: int = 0
) -> Iterable[tuple[Any, ...]]:
    now, zone_name = moment
    last = scope.last or now.astimezone(zone(zone_name)).date()
    values: dict[str, Any] = {
        "now": seconds(now),
        "today": day_number(now.astimezone(zone(zone_name)).date()),
        "day": now.astimezone(zone(zone_name)).date().isoformat(),
        "first": None if scope.first is None and scope.last is None else day_number(scope.first or date.min),
        "last": day_number(last),
        "thanks": thanks_hours * 3600,
        "debrief": DEBRIEF_DAYS * _DAY,
        "feedback": FEEDBACK_DAYS * _DAY,
        "offer": OFFER_HOURS * 3600,
    }
    kept, more = _kept(scope)
    ((first,),) = database.sql(_FIRST)
    years = (now if first is None else min(now, datetime.fromtimestamp(first, UTC))).year, now.year
    return database.sql(_statement(figures, zone_name, years, kept), values | more)


def _kept(scope: Scope) -> tuple[str, dict[str, Any]]:
    """What the scope keeps, just saved ones too: their calls count."""
    conditions, values = "application.trashed_at IS NULL", {}
    if scope.sources is not None:
        conditions += " AND application.source IN (SELECT value FROM json_each(:sources))"
        values["sources"] = json.dumps(scope.sources)
    if scope.tag is not None:
        conditions += " AND :tag IN (SELECT fold(value) FROM json_each(application.tags))"
        values["tag"] = fold(scope.tag)
    if scope.stage is not None:
        conditions += " AND application.stage = :stage"
        values["stage"] = str(scope.stage)
    return conditions, values


@lru_cache(maxsize=16)
def _statement(figures: str, zone_name: str, years: tuple[int, int], kept: str) -> str:
    """The statement with what is local in these years written out.

    A function in Python that is called for each row takes longer, and all years since 1970 would make it so
    long that to read it takes an eighth of the time. Literals in it have no blanks.
    """
    offsets = tuple(reversed(tuple(_changes(zone_name, *years))))

    def local(column: str) -> str:
        return f"({column} + {_offset(column, offsets)})"

    def day(column: str) -> str:
        return f"({local(column)} / 86400)"

    def week(column: str) -> str:
        return f"(({column} + 3) / 7 * 7 - 3)"

    statement = (_TABLES + figures).format(
        reacted=_REACTED,
        decided=_DECIDED,
        met=_MET,
        offered=_OFFERED,
        open=_OPEN,
        sent_at=SENT_AT,
        applied_day=day("applied_at"),
        answered_day=day("answered_at"),
        decided_day=day("decided_at"),
        week_applied=week("applied"),
        week_answered=week("answered_day"),
        week_met=week("day"),
        talk_day=day("interview_instant.starts_at"),
        call_second=local("event.at"),
        rejected_day=day("rejected_at"),
        given_up_day=day("given_up_at"),
        offered_day=day("offered_at"),
        replied_day=day("replied_at"),
        counted=f"application.stage <> '{Stage.SAVED}' AND {kept}",
        kept=kept,
        outreach=OUTREACH,
    )
    return " ".join(statement.split())  # of what is longer than 16 KiB, apsw keeps no prepared statement


def _offset(column: str, offsets: Sequence[tuple[int, int]]) -> str:
    """The offset at an instant, looked up by halves: years of changes, and nothing, are few comparisons."""
    if len(offsets) == 1:
        return str(offsets[0][1])
    half = len(offsets) // 2
    later, earlier = offsets[:half], offsets[half:]
    since = later[-1][0]
    return f"iif({column}>={since},{_offset(column, later)},{_offset(column, earlier)})"


def _changes(zone_name: str, first_year: int, last_year: int) -> Iterator[tuple[int, int]]:
    """The seconds that a zone is ahead of UTC in these years, each with since when."""
    tz = zone(zone_name)

    def offset(moment: datetime) -> int:
        ahead = moment.astimezone(tz).utcoffset() or timedelta()
        return round(ahead.total_seconds())

    moment = datetime(first_year, 1, 1, tzinfo=UTC) - _LOOK
    end = datetime(last_year + 2, 1, 1, tzinfo=UTC)
    known = offset(moment)
    yield seconds(moment), known
    while moment < end:
        after = moment + _LOOK
        if offset(after) != known:
            low, high = seconds(moment), seconds(after)
            while high - low > 1:
                middle = (low + high) // 2
                if offset(datetime.fromtimestamp(middle, UTC)) == known:
                    low = middle
                else:
                    high = middle
            known = offset(after)
            yield high, known
        moment = after
