"""What Today lists, as the domain has it, to be held against what the program reads by index."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.agenda import has_retired, is_gone, state_at, valid_choice
from followup_desktop.domain.casefile import find_acceptance
from followup_desktop.domain.model import Choice, FollowUp
from followup_desktop.storage.store import Store


def listed_follow_ups(store: Store, until: datetime, now: datetime) -> list[tuple[FollowUp, Choice | None]]:
    """What is open now or falls due by an instant, neither expired, skipped nor retired, by (due, key)."""
    facts, choices = store.facts(), store.choices()
    applications = {application.id: application for application in facts.applications}
    acceptance = find_acceptance(facts.applications)

    def is_listed(follow_up: FollowUp) -> bool:
        of = applications.get(follow_up.application or "")
        return (
            (follow_up.due_at <= until or follow_up.opens_at <= now)
            and not is_gone(state_at(follow_up, choices.get(follow_up.key), now))
            and (of is None or not has_retired(follow_up, of, acceptance, facts.policy))
        )

    return [
        (follow_up, valid_choice(choices.get(follow_up.key), follow_up))
        for follow_up in store.follow_ups()
        if is_listed(follow_up)
    ]
