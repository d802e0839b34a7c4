"""What there was with an employer before: the other applications, and whether one was turned down lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.storage.store import OtherApplication, Store

LATELY = timedelta(days=90)
_NAMED = 3
"""So many of the other applications are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerHistory:
    """The other applications to an employer: how many there are, and the first ones.

    One that was turned down in the last 90 days comes first, then the newest.
    """

    number: int
    first: tuple[OtherApplication, ...]

    def banner(self, now: datetime) -> str | None:
        """One sentence about it, or ``None`` where there is nothing: a refusal lately comes first."""
        if not self.first:
            return None
        refused = self.first[0]
        if refused.was_refused and refused.since is not None:
            days = max(0, (now - refused.since).days)
            role = refused.role or _("another role")
            if not days:
                return _("They chose someone else as {role} today.").format(role=role)
            return ngettext(
                "They chose someone else as {role} {n} day ago.",
                "They chose someone else as {role} {n} days ago.",
                days,
            ).format(n=days, role=role)
        if self.number == 1:
            return _("You have another application here.")  # the link below names it
        return ngettext(
            "You have {n} other application here.", "You have {n} other applications here.", self.number
        ).format(n=format_number(self.number))


class EmployerHistories:
    """Finds the applications to one employer; names are equal as ``domain.model.employer_key`` says."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history_of(self, application_id: str, now: datetime) -> EmployerHistory:
        """The other applications to the employer of this one; none if it is not there any more."""
        first, number = self._store.others_at_employer(application_id, now - LATELY, now, _NAMED)
        return EmployerHistory(number=number, first=tuple(first))
