"""One at a time, in SQL: which enquiries of an employer stand before another (``domain.agenda.waiting``).

Whether one waits is stored with the plan, as spans (``plan_index``); for which other is asked of few. The
statements name the row of ``follow_up`` that is asked about, and hold of an instant, be it a parameter or a
column.
"""

from __future__ import annotations

from followup_desktop.domain.rules import ENQUIRIES

IS_ENQUIRY = f"rule IN ({', '.join(repr(str(rule)) for rule in sorted(ENQUIRIES))})"


def waits(at: str) -> str:
    """The condition that a follow-up, which is neither snoozed, skipped nor expired then, has to wait."""
    return f"""(follow_up.due_at <= {at} AND follow_up.{IS_ENQUIRY}
        AND EXISTS (SELECT 1 FROM enquiry_wait
            WHERE enquiry_wait.key = follow_up.key AND since <= {at} AND until > {at}))"""


# From an application to those of the same employer, each by its index.
_FIRST = f"""
    SELECT earlier.key
    FROM application AS mine
    CROSS JOIN application AS sibling ON sibling.employer_key = mine.employer_key AND sibling.id <> mine.id
    CROSS JOIN follow_up AS earlier ON earlier.application = sibling.id
    LEFT JOIN choice AS chosen ON chosen.key = earlier.key AND chosen.made_at >= earlier.opens_at
    WHERE mine.id = follow_up.application AND earlier.{IS_ENQUIRY}
        AND (earlier.due_at, earlier.application) < (follow_up.due_at, follow_up.application)
        AND earlier.expires_at > :now
        AND NOT coalesce(chosen.skipped, 0) AND coalesce(chosen.snoozed_until, 0) <= :now
    ORDER BY earlier.due_at, earlier.application LIMIT 1"""

# By their keys: left alone, SQLite goes through all enquiries that aren't over, 20 ms where 8,000 are open.
WAITING = f"""
    SELECT follow_up.key, ({_FIRST}) FROM json_each(:keys) AS keys
    CROSS JOIN follow_up ON follow_up.key = keys.value
    LEFT JOIN choice ON choice.key = follow_up.key AND choice.made_at >= follow_up.opens_at
    WHERE follow_up.expires_at > :now
        AND NOT coalesce(choice.skipped, 0) AND coalesce(choice.snoozed_until, 0) <= :now
        AND {waits(":now")}"""
