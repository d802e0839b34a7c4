"""What Insights counts an application by, found once for each application and kept.

A kept row says how things are once all that is dated has come. Until then, and where there is none, it is
found anew by the same statement: kept rows save time, and are no other definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followup_desktop.domain.model import Stage
from followup_desktop.storage.database import Database
from followup_desktop.storage.listing import SENT_AT
from followup_desktop.storage.tables import NEVER, ApplicationFiguresTable, table_name

TABLE = table_name(ApplicationFiguresTable)
NAMES: tuple[str, ...] = tuple(ApplicationFiguresTable._meta.fields)
COLUMNS = ", ".join(NAMES)
"""The columns of a row, that of the application first."""

_REACTED = f"('{Stage.INTERVIEWING}', '{Stage.OFFER}', '{Stage.ACCEPTED}', '{Stage.REJECTED}')"
_MET = f"('{Stage.INTERVIEWING}')"
_OFFERED = f"('{Stage.OFFER}', '{Stage.ACCEPTED}')"
_DECIDED = f"('{Stage.OFFER}', '{Stage.ACCEPTED}', '{Stage.REJECTED}')"


def found_anew(wanted: str) -> str:
    """The tables of a statement that end with ``found``: the rows of these applications as of ``:now``.

    Of a stage that it left and that no entry led to, nobody knows when it began: what came later wasn't the
    first.
    """
    return f"""
told AS MATERIALIZED (
    SELECT application AS id, max(at) AS latest_at,
        min(CASE WHEN kind = 'reply' OR (kind = 'call' AND outcome = 'spoke')
            OR (kind = 'stage' AND to_stage IN {_REACTED} AND coalesce(from_stage, '') NOT IN {_REACTED})
            THEN at END) AS answered_at,
        min(CASE WHEN kind = 'stage' AND from_stage IN {_REACTED} THEN at END) AS known_answered_at,
        min(CASE WHEN kind = 'stage' AND to_stage IN {_DECIDED} AND coalesce(from_stage, '') NOT IN {_DECIDED}
            THEN at END) AS decided_at,
        min(CASE WHEN kind = 'stage' AND from_stage IN {_DECIDED} THEN at END) AS known_decided_at,
        max(CASE WHEN kind = 'stage' AND to_stage = '{Stage.OFFER}' THEN at END) AS offered_at,
        max(CASE WHEN kind = 'stage' AND to_stage = '{Stage.REJECTED}' THEN at END) AS rejected_at,
        max(CASE WHEN kind = 'stage' AND to_stage = '{Stage.NO_RESPONSE}' THEN at END) AS given_up_at,
        max(kind = 'stage' AND (to_stage IN {_MET} OR from_stage IN {_MET})) AS met,
        max(kind = 'stage' AND (to_stage IN {_OFFERED} OR from_stage IN {_OFFERED})) AS offered
    FROM event WHERE at <= :now AND kind IN ('reply', 'call', 'stage') AND application IN ({wanted})
    GROUP BY application
),
held AS MATERIALIZED (
    SELECT application AS id, min(starts_at) AS starts_at, min(ends_at) AS ends_at
    FROM interview_instant WHERE sent AND application IN ({wanted}) GROUP BY application
),
dated AS MATERIALIZED (
    SELECT application.id, application.stage, told.known_answered_at, told.known_decided_at,
        CASE WHEN application.stage_at <= :now THEN application.stage_at END AS stage_at,
        CASE WHEN application.applied_on IS NULL THEN {SENT_AT} END AS sent_at,
        told.answered_at AS told_at, CASE WHEN held.starts_at <= :now THEN held.starts_at END AS held_at,
        told.decided_at, told.offered_at, told.rejected_at, told.given_up_at,
        held.ends_at AS first_end, held.id IS NOT NULL AS held,
        coalesce(told.met, 0) AS met, coalesce(told.offered, 0) AS offered,
        max(coalesce(told.latest_at, 0), coalesce(held.starts_at, 0), coalesce(application.stage_at, 0))
            AS latest_at
    FROM application LEFT JOIN told ON told.id = application.id LEFT JOIN held ON held.id = application.id
    WHERE application.id IN ({wanted}) AND application.trashed_at IS NULL
),
named AS MATERIALIZED (
    SELECT dated.*,
        coalesce(min(told_at, held_at), told_at, held_at,
            CASE WHEN stage IN {_REACTED} AND known_answered_at IS NULL THEN stage_at END) AS first_answer_at,
        coalesce(decided_at, CASE WHEN stage IN {_DECIDED} AND known_decided_at IS NULL THEN stage_at END)
            AS decision_at
    FROM dated
),
found AS MATERIALIZED (
    SELECT id AS application, latest_at, sent_at,
        CASE WHEN coalesce(first_answer_at <= known_answered_at, 1) THEN first_answer_at END AS answered_at,
        CASE WHEN coalesce(decision_at <= known_decided_at, 1) THEN decision_at END AS decided_at,
        coalesce(offered_at, CASE WHEN stage = '{Stage.OFFER}' THEN stage_at END) AS offered_at,
        coalesce(rejected_at, CASE WHEN stage = '{Stage.REJECTED}' THEN stage_at END) AS rejected_at,
        coalesce(given_up_at, CASE WHEN stage = '{Stage.NO_RESPONSE}' THEN stage_at END) AS given_up_at,
        first_end,
        stage IN {_REACTED} OR told_at IS NOT NULL OR known_answered_at IS NOT NULL OR held AS answered,
        stage IN {_MET} OR met OR held AS met,
        stage IN {_OFFERED} OR offered AS offered
    FROM named
)"""


_ROWS = f"WITH {found_anew('SELECT value FROM json_each(:ids)')} SELECT {COLUMNS} FROM found"


_PUT = f"INSERT INTO {TABLE} ({COLUMNS}) {_ROWS}"


def rows(database: Database, listed_ids: str) -> Iterator[tuple[Any, ...]]:
    """The rows that are to be kept of these applications, as ``reads.listed`` has their ids."""
    return database.sql(_ROWS, {"ids": listed_ids, "now": NEVER})


def put(database: Database, listed_ids: str) -> None:
    """Keep these rows, where none is kept of these applications yet."""
    database.sql(_PUT, {"ids": listed_ids, "now": NEVER})
