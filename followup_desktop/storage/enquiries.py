"""One at a time, in SQL: which enquiries of an employer stand before another (``domain.agenda.waiting``).

The statements name the row of ``follow_up`` that is asked about, and hold of an instant, be it a parameter or
a column. They go from an application to those of the same employer, each by its index.
"""

from __future__ import annotations

from followup_desktop.domain.rules import ENQUIRIES

IS_ENQUIRY = f"rule IN ({', '.join(repr(str(rule)) for rule in sorted(ENQUIRIES))})"


def _before(at: str) -> str:
    """From FROM on: the enquiries ``earlier`` that are due at that instant and come before the follow-up."""
    return f"""
    FROM application AS mine
    CROSS JOIN application AS sibling ON sibling.employer_key = mine.employer_key AND sibling.id <> mine.id
    CROSS JOIN follow_up AS earlier ON earlier.application = sibling.id
    LEFT JOIN choice AS chosen ON chosen.key = earlier.key AND chosen.made_at >= earlier.opens_at
    WHERE mine.id = follow_up.application AND earlier.{IS_ENQUIRY}
        AND (earlier.due_at, earlier.application) < (follow_up.due_at, follow_up.application)
        AND earlier.expires_at > {at}
        AND NOT coalesce(chosen.skipped, 0) AND coalesce(chosen.snoozed_until, 0) <= {at}"""


def waits(at: str) -> str:
    """The condition that a follow-up, which is neither snoozed, skipped nor expired then, has to wait.

    ``:one_at_a_time`` is 0 where the policy lets none wait.
    """
    return f"""(:one_at_a_time AND follow_up.{IS_ENQUIRY} AND follow_up.due_at <= {at}
        AND EXISTS (SELECT 1 {_before(at)}))"""


# By their keys: left alone, SQLite goes through all enquiries that aren't over, 20 ms where 8,000 are open.
WAITING = f"""
    SELECT key, first FROM (
        SELECT follow_up.key AS key, (
            SELECT earlier.key {_before(":now")}
            ORDER BY earlier.due_at, earlier.application LIMIT 1) AS first
        FROM follow_up
        LEFT JOIN choice ON choice.key = follow_up.key AND choice.made_at >= follow_up.opens_at
        WHERE follow_up.key IN (SELECT value FROM json_each(:keys)) AND :one_at_a_time
            AND +follow_up.{IS_ENQUIRY} AND follow_up.due_at <= :now AND +follow_up.expires_at > :now
            AND NOT coalesce(choice.skipped, 0) AND coalesce(choice.snoozed_until, 0) <= :now)
    WHERE first IS NOT NULL"""
