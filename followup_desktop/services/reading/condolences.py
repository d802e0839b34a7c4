"""Kind words about a rejection retire once there is a job: nobody consoles who has been hired."""

from __future__ import annotations

from collections.abc import Collection

from followup_desktop.domain.casefile import find_acceptance, is_over
from followup_desktop.domain.model import Stage
from followup_desktop.storage.store import Store


def beyond_consoling(store: Store, applications: Collection[str]) -> frozenset[str]:
    """Those of the applications that were over when the user took an offer elsewhere.

    The plan goes on having the rule ``encouragement`` for them; it is neither shown nor announced.
    """
    acceptance = find_acceptance(store.applications_in_stage(Stage.ACCEPTED)) if applications else None
    if acceptance is None:
        return frozenset()
    policy = store.policy()
    return frozenset(a.id for a in store.applications(applications) if is_over(a, acceptance, policy))
