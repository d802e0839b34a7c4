"""A search in a few totals: what kind words, great moments and the weekly goal are told in.

They count what the figures of ``insights`` do: all that was sent, archived or not, and the interviews that it
led to, so none of what is only saved. What is ``active`` goes by the stage and leaves out what is archived,
as the rules do.
"""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.casefile import find_acceptance, interview_span, sent_on
from followup_desktop.domain.model import ACTIVE_STAGES, Application, Policy, Stage
from followup_desktop.domain.worktime import date_of
from followup_desktop.services.wording import SearchNumbers
from followup_desktop.services.wording.great_moments import MomentNumbers
from followup_desktop.storage.store import Store


def so_far(store: Store, now: datetime) -> SearchNumbers:
    """What was sent, met and goes on at an instant; what is only saved, or still to come, was not sent."""
    counts = store.stage_counts().items()
    ahead = store.count_ahead(now, store.policy().timezone)
    return SearchNumbers(
        applications=sum(n for (stage, _archived), n in counts if stage is not Stage.SAVED) - ahead,
        interviews=store.count_interviews(now),
        active=sum(n for (stage, archived), n in counts if stage in ACTIVE_STAGES and not archived),
    )


def of_search(store: Store, until: datetime, taken: str | None = None) -> MomentNumbers:
    """What the search took until an instant.

    With the application that was ``taken`` it is this search alone: since the job before, if there was one.
    """
    zone = store.policy().timezone
    since = None
    if taken is not None:
        jobs = store.applications_in_stage(Stage.ACCEPTED)
        before = find_acceptance(a for a in jobs if a.id != taken)
        since = date_of(before.at, zone) if before is not None and before.at < until else None
    total = store.search_total(until, zone_name=zone, since=since, taken=taken or "")
    first = total.first_applied_on
    days = max((date_of(until, zone) - first).days, 0) if first is not None else 0
    return MomentNumbers(applications=total.applications, interviews=total.interviews, days=days)


def of_application(application: Application, until: datetime, policy: Policy) -> MomentNumbers:
    """What one application took until then: whether it was sent, the interviews held, the days since.

    0 where nobody knows.
    """
    if application.stage is Stage.SAVED:
        return MomentNumbers(applications=0, interviews=0, days=0)
    applied_on = sent_on(application, policy.timezone, until)
    days = (date_of(until, policy.timezone) - applied_on).days if applied_on is not None else 0
    met = [i for i in application.interviews if not i.cancelled]
    held = sum(interview_span(i, application, policy)[1] <= until for i in met)
    return MomentNumbers(applications=1, interviews=held, days=days)
