"""What there was with an employer before: the other applications, and whether one was turned down lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.storage.store import Store

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerHistoryRow:
    """Another application to the same employer.

    ``since`` is the instant of its stage, if known; ``rejected_lately`` whether it was turned down in the
    last 90 days.
    """

    application: str
    employer: str
    role: str
    stage: Stage
    since: datetime | None
    archived: bool
    rejected_lately: bool


class EmployerHistory:
    """Finds the applications to one employer; names are equal as ``domain.model.employer_key`` says."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history_of(self, application_id: str, now: datetime) -> tuple[EmployerHistoryRow, ...]:
        """The other applications to the employer of this one; none if it is not there any more."""
        key = self._store.employer_keys((application_id,)).get(application_id)
        others = [each for each in self._store.ids_at_employer(key) if each != application_id] if key else []
        return self._rows(others, now) if others else ()

    def banner(self, rows: tuple[EmployerHistoryRow, ...], now: datetime) -> str | None:
        """One sentence about the history, or ``None`` where there is none: a refusal lately comes first."""
        refused = next((row for row in rows if row.rejected_lately), None)
        if refused is not None and refused.since is not None:
            days = max(0, (now - refused.since).days)
            role = refused.role or _("another role")
            if not days:
                return _("They chose someone else as {role} today.").format(role=role)
            return ngettext(
                "They chose someone else as {role} {n} day ago.",
                "They chose someone else as {role} {n} days ago.",
                days,
            ).format(n=days, role=role)
        if not rows:
            return None
        if len(rows) == 1:
            return _("You have another application here.")  # the link below names it
        return ngettext(
            "You have {n} other application here.", "You have {n} other applications here.", len(rows)
        ).format(n=format_number(len(rows)))

    def _rows(self, ids: Sequence[str], now: datetime) -> tuple[EmployerHistoryRow, ...]:
        found = self._store.application_summaries(ids, now).values()
        rows = [
            EmployerHistoryRow(
                application=each.id,
                employer=each.employer,
                role=each.role,
                stage=each.stage,
                since=each.stage_since,
                archived=each.archived,
                rejected_lately=(
                    each.stage is Stage.REJECTED
                    and each.stage_since is not None
                    and now - LATELY <= each.stage_since <= now
                ),
            )
            for each in sorted(found, key=lambda each: each.id)
        ]
        rows.sort(key=lambda row: (row.since is not None, row.since and row.since.timestamp()), reverse=True)
        return tuple(rows)
