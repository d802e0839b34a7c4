"""What the figures of a search are made from, counted in SQL.

One statement reads every application once; how often each value of a column is there is a ``Count``. What the
words in it mean is said in ``services.reading.insights`` and in the guide.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from followup_desktop.domain.model import Rule, Stage
from followup_desktop.domain.rules.enquiries import FEEDBACK_DAYS
from followup_desktop.domain.rules.outcomes import OFFER_THANKS_HOURS
from followup_desktop.domain.worktime import zone
from followup_desktop.storage import application_figures
from followup_desktop.storage.database import Database
from followup_desktop.storage.folding import fold
from followup_desktop.storage.listing import OUTREACH
from followup_desktop.storage.tables import day_number, seconds

_DAY = 86400
_LOOK = timedelta(days=7)
"""Zones never change twice within less."""

FEEDBACK_COUNTS_DAYS = FEEDBACK_DAYS + 7
"""So long after a refusal a request is in time, whatever the first day to ask was: mostly within a week."""


class CountSubject(StrEnum):
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

    kind: CountSubject
    keys: tuple[Any, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightScope:
    """Which applications, and from which days; ``None`` doesn't narrow.

    ``sources`` are texts as they were entered, ``tag`` is compared however it is written, ``stage`` is the
    present one. Both days are included.
    """

    first: date | None = None
    last: date | None = None
    sources: tuple[str, ...] | None = None
    tag: str | None = None
    stage: Stage | None = None


def day_of(number: int) -> date:
    """The date of so many days after 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=number)


_OUTSIDE = "application.trashed_at IS NULL"
_OPEN = f"('{Stage.APPLIED}', '{Stage.INTERVIEWING}', '{Stage.OFFER}')"
_TABLE, _COLUMNS = application_figures.TABLE, application_figures.COLUMNS

# Many are in `figure` and few in `found`: SQLite would join the other way round, by an index of its own.
_CHOSEN = f"""
WITH ahead AS MATERIALIZED (
    SELECT application AS id FROM {_TABLE} WHERE latest_at > :now
    UNION ALL SELECT id FROM application
        WHERE NOT EXISTS (SELECT 1 FROM {_TABLE} AS kept WHERE kept.application = application.id)
),
{application_figures.found_anew("SELECT id FROM ahead")},
figure AS (
    SELECT {_COLUMNS} FROM {_TABLE} WHERE latest_at <= :now UNION ALL SELECT {_COLUMNS} FROM found
),
chosen AS MATERIALIZED (
    SELECT application.id, application.stage, application.source, application.archived,
        application.do_not_contact, unixepoch(application.closes_on) / 86400 AS closes,
        unixepoch(application.offer_expires_on) / 86400 AS ends, figure.offered_at, figure.rejected_at,
        figure.first_end, figure.answered, figure.met, figure.offered,
        CASE WHEN application.applied_on IS NOT NULL THEN unixepoch(application.applied_on) / 86400
            ELSE {{sent_day}} END AS applied,
        {{answered_day}} AS answered_day, {{decided_day}} AS decided_day, {{offered_day}} AS offered_day,
        {{rejected_day}} AS rejected_day, coalesce({{given_up_day}}, :today) AS given_up_day,
        coalesce(application.applied_on <= :day, figure.sent_at <= :now, 1) AS has_gone
    FROM figure CROSS JOIN application ON application.id = figure.application
    WHERE application.stage <> '{Stage.SAVED}' AND {{kept}}
),
sent AS NOT MATERIALIZED (
    SELECT * FROM chosen WHERE has_gone AND (:first IS NULL OR applied BETWEEN :first AND :last)
)
"""

_EMPLOYERS = f"""
{_CHOSEN}
SELECT count(*), max(CASE WHEN sent.offered THEN 2 WHEN sent.met THEN 1 ELSE 0 END)
    FROM sent JOIN application ON application.id = sent.id
    GROUP BY application.employer_key ORDER BY min(sent.applied) IS NULL, min(sent.applied), min(sent.id)
"""


_IN_TIME = ("ask_feedback", "offer_thanks", "offer_reply", "apply")
"""The columns that tell what was done in time, by the names of their rules."""
_Column = tuple[Any, ...]


class _CountColumns(NamedTuple):
    """What each application counts as, all of one column together; ``None`` where one doesn't count."""

    stage: _Column
    """Of what was sent in the period, as are the next four."""
    source: _Column
    answered: _Column
    met: _Column
    offered: _Column
    sent_on: _Column
    """The day, if it is in the period."""
    ever_sent_on: _Column
    answered_on: _Column
    answer: _Column
    """So many days it took, as in the next two."""
    decision: _Column
    silence: _Column
    is_open: _Column
    age: _Column
    ask_feedback: _Column
    """Whether that was done in time, as in the next three."""
    offer_thanks: _Column
    offer_reply: _Column
    apply: _Column


_EACH = f"""
{_CHOSEN}
SELECT iif(is_sent, stage, NULL), source, answered, met, offered,
    iif(is_sent, applied, NULL), iif(has_gone, applied, NULL),
    iif(has_gone AND (:first IS NULL OR answered_day BETWEEN :first AND :last), answered_day, NULL),
    iif(is_sent AND answered_day >= applied, answered_day - applied, NULL),
    iif(is_sent AND decided_day >= applied, decided_day - applied, NULL),
    iif(is_sent AND (met OR offered OR stage IN ('{Stage.REJECTED}', '{Stage.NO_RESPONSE}')),
        iif(answered, answered_day, given_up_day) - applied, NULL),
    has_gone AND NOT archived AND stage IN {_OPEN}, :today - applied,
    CASE WHEN stage = '{Stage.REJECTED}' AND NOT do_not_contact AND first_end <= rejected_at
        AND rejected_at + :feedback <= :now AND (:first IS NULL OR rejected_day BETWEEN :first AND :last)
        THEN EXISTS (SELECT 1 FROM event WHERE event.application = one.id
            AND event.kind = 'feedback_request'
            AND event.at BETWEEN one.rejected_at AND one.rejected_at + :feedback) END,
    CASE WHEN offered_at + :offer <= :now AND (:first IS NULL OR offered_day BETWEEN :first AND :last)
        THEN EXISTS (SELECT 1 FROM event WHERE event.application = one.id AND event.kind IN ({OUTREACH})
            AND event.at > one.offered_at AND event.at <= one.offered_at + :offer) END,
    CASE WHEN ends < :today AND ends >= offered_day
        AND (:first IS NULL OR offered_day BETWEEN :first AND :last)
        THEN (SELECT CASE WHEN coalesce(one.rejected_at < one.offered_at OR one.rejected_day > one.ends, 1)
                OR min(at) < one.rejected_at THEN coalesce({{replied_day}} <= one.ends, 0) END
            FROM event WHERE event.application = one.id AND kind = 'stage'
                AND to_stage IN ('{Stage.ACCEPTED}', '{Stage.WITHDRAWN}')
                AND at BETWEEN one.offered_at AND :now) END,
    iif(has_gone AND closes < :today AND (:first IS NULL OR closes BETWEEN :first AND :last),
        applied <= closes, NULL)
FROM (
    SELECT *, has_gone AND (:first IS NULL OR applied BETWEEN :first AND :last) AS is_sent FROM chosen
) AS one
"""

_OTHERS = f"""
WITH talk AS NOT MATERIALIZED (
    SELECT interview_instant.starts_at, {{talk_day}} AS day
    FROM interview_instant JOIN interview ON interview.id = interview_instant.interview
    WHERE NOT interview.cancelled AND interview_instant.starts_at <= :now AND {{interviews_kept}}
),
call AS MATERIALIZED (
    SELECT {{call_second}} AS second, outcome FROM event
    JOIN application ON application.id = event.application
    WHERE event.kind = 'call' AND event.at <= :now AND {{kept}}
),
task AS NOT MATERIALIZED (
    SELECT rule, done FROM interview_task
    WHERE until <= :now AND (:first IS NULL OR day BETWEEN :first AND :last) AND {{tasks_kept}}
)
SELECT 'met', {{week_met}} AS week, NULL, NULL, count(*), 0
    FROM talk WHERE :first IS NULL OR day BETWEEN :first AND :last GROUP BY week
UNION ALL SELECT 'call', (second / 86400 + 3) % 7 AS weekday, second % 86400 / 3600 AS hour, outcome,
        count(*), 0
    FROM call WHERE :first IS NULL OR second / 86400 BETWEEN :first AND :last GROUP BY weekday, hour, outcome
UNION ALL SELECT 'in_time', '{Rule.THANK_YOU}', NULL, NULL, count(*), sum(done)
    FROM task WHERE rule = '{Rule.THANK_YOU}'
UNION ALL SELECT 'in_time', '{Rule.DEBRIEF}', NULL, NULL, count(*), sum(done)
    FROM task WHERE rule = '{Rule.DEBRIEF}'
UNION ALL SELECT 'in_time', 'apply', NULL, NULL, count(*), 0
    FROM (SELECT unixepoch(closes_on) / 86400 AS ends FROM application
        WHERE stage = '{Stage.SAVED}' AND NOT archived AND {{kept}})
    WHERE ends < :today AND (:first IS NULL OR ends BETWEEN :first AND :last)
"""
"""The counts of what isn't one for each application."""

_FIRST = """
SELECT min(first) FROM (SELECT min(at) AS first FROM event
    UNION ALL SELECT min(starts_at) FROM interview_instant
    UNION ALL SELECT min(stage_at) FROM application)
"""


def counts(database: Database, scope: InsightScope, now: datetime, zone_name: str) -> list[Count]:
    """Everything that is counted at an instant, by the calendar of a zone."""
    moment = (now, zone_name)
    with database.reading():
        each = _rows(database, _EACH, scope, moment)
        others = _rows(database, _OTHERS, scope, moment)
    columns = (
        _CountColumns(*zip(*each, strict=True)) if each else _CountColumns(*[()] * len(_CountColumns._fields))
    )
    kinds = {str(kind): kind for kind in CountSubject}
    found = [Count(kinds[row[0]], row[1:4], (row[4], row[5] or 0)) for row in others]
    return [*_of_columns(columns), *found]


def _of_columns(each: _CountColumns) -> Iterator[Count]:
    """The counts of applications. SQLite would sort all of them anew for each of these."""
    yield from _reached(each)
    sent_on, ever_sent_on, answered_on = map(_days, (each.sent_on, each.ever_sent_on, each.answered_on))
    yield Count(
        CountSubject.FIRST, (min(sent_on, default=None), min(ever_sent_on, default=None)), (len(each.stage),)
    )
    for kind, days in ((CountSubject.APPLIED, sent_on), (CountSubject.ANSWERED, answered_on)):
        weeks: Counter[int] = Counter()
        for day, n in days.items():
            weeks[day - (day + 3) % 7] += n
        yield from (Count(kind, (monday,), (n,)) for monday, n in weeks.items())
    for kind, column in ((CountSubject.ANSWER, each.answer), (CountSubject.DECISION, each.decision)):
        yield from (Count(kind, (days,), (n,)) for days, n in _days(column).items())
    for (silence, met, offered), n in Counter(zip(each.silence, each.met, each.offered, strict=True)).items():
        if silence is not None:
            yield Count(CountSubject.SILENCE, (silence, met or offered), (n,))
    for (is_open, age), n in Counter(zip(each.is_open, each.age, strict=True)).items():
        if is_open:
            yield Count(CountSubject.AGE, (age,), (n,))
    for name in _IN_TIME:
        done = Counter(getattr(each, name))
        yield Count(CountSubject.IN_TIME, (name,), (done[0] + done[1], done[1]))


def _days(column: _Column) -> dict[int, int]:
    """How often each number of days is there."""
    found = Counter(column)
    del found[None]
    return found


def _reached(each: _CountColumns) -> Iterator[Count]:
    """How far those of the period got, in all and of each source."""
    sent: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    met: Counter[str] = Counter()
    columns = zip(each.stage, each.source, each.answered, each.met, each.offered, strict=True)
    for (stage, source, was_answered, had_interview, had_offer), n in Counter(columns).items():
        if stage is not None:
            yield Count(CountSubject.FLOW, (stage, was_answered, had_interview, had_offer), (n,))
            sent[source] += n
            answered[source] += n * was_answered
            met[source] += n * (had_interview or had_offer)
    for source, n in sent.items():
        yield Count(CountSubject.SOURCE, (source,), (n, answered[source], met[source]))


def employers(
    database: Database, scope: InsightScope, now: datetime, zone_name: str
) -> list[tuple[int, int]]:
    """How many were sent to each employer, and how far the best got; in the order of the first to each.

    That is 0, or 1 with an interview, or 2 with an offer.
    """
    return [(sent, level) for sent, level in _rows(database, _EMPLOYERS, scope, (now, zone_name))]


def _rows(
    database: Database, figures: str, scope: InsightScope, moment: tuple[datetime, str]
) -> list[tuple[Any, ...]]:
    now, zone_name = moment
    last = scope.last or now.astimezone(zone(zone_name)).date()
    values: dict[str, Any] = {
        "now": seconds(now),
        "today": day_number(now.astimezone(zone(zone_name)).date()),
        "day": now.astimezone(zone(zone_name)).date().isoformat(),
        "first": None if scope.first is None and scope.last is None else day_number(scope.first or date.min),
        "last": day_number(last),
        "feedback": FEEDBACK_COUNTS_DAYS * _DAY,
        "offer": OFFER_THANKS_HOURS * 3600,
    }
    kept, more = _kept(scope)
    ((first,),) = database.kept("the first instant", lambda: list(database.sql(_FIRST)))
    years = (now if first is None else min(now, datetime.fromtimestamp(first, UTC))).year, now.year
    return list(database.sql(_statement(figures, zone_name, years, kept), values | more))


def _kept(scope: InsightScope) -> tuple[str, dict[str, Any]]:
    """What the scope keeps, just saved ones too: their calls count."""
    conditions, values = _OUTSIDE, {}
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

    # What is in the trash has none of what the plan makes.
    these = "1" if kept == _OUTSIDE else f"application IN (SELECT id FROM application WHERE {kept})"
    named = ("sent", "answered", "decided", "offered", "rejected", "given_up")
    statement = figures.format(
        **{f"{name}_day": day(f"figure.{name}_at") for name in named},
        week_met=week("day"),
        talk_day=day("interview_instant.starts_at"),
        call_second=local("event.at"),
        replied_day=day("min(at)"),
        kept=kept,
        tasks_kept=these,
        interviews_kept=these.replace("application IN", "interview_instant.application IN"),
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
