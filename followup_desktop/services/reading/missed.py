"""What expired without being done, for the history of an application."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from followup_desktop.domain.agenda import valid_choice
from followup_desktop.domain.model import Application, Choice, Contact, FollowUp, Policy, Stage
from followup_desktop.domain.rules import done_late, find_acceptance, missed
from followup_desktop.services.rows import MissedFollowUp
from followup_desktop.storage.store import Store


def missed_follow_ups(
    store: Store, application: Application, people: Mapping[str, Contact], policy: Policy, now: datetime
) -> tuple[MissedFollowUp, ...]:
    """The follow-ups that had expired by now and that the user did not skip, by expiry."""
    acceptance = find_acceptance(store.applications_in_stage(Stage.ACCEPTED))
    found = missed(application, people, policy, acceptance, now)
    choices = store.choices([each.key for each in found])
    return tuple(
        MissedFollowUp(follow_up=each, is_done=done_late(each, application, people, policy, now))
        for each in found
        if not _skipped(each, choices.get(each.key))
    )


def _skipped(follow_up: FollowUp, choice: Choice | None) -> bool:
    chosen = valid_choice(choice, follow_up)
    return chosen is not None and chosen.skipped
